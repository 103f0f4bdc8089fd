/** A change of who somebody is, as data. */
import type { PathLocation, Person } from '../model.ts';
import { dateText } from '../time/date.ts';
import type { Instant } from '../timeline.ts';

/** What an identity belongs to. */
export type IdentityKind =
  | 'person'
  | 'leads'
  | 'schedule'
  | 'group'
  | 'chain'
  | 'service'
  | 'contact'
  | 'known-as'
  | 'holidays'
  | 'planned-change'
  | 'named'
  | 'policy'
  | 'time-off';

/** One changed value; undefined where it is absent. */
export interface KeyChange {
  readonly key: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly location: PathLocation;
  /** The first instant at which it differs, where it is a day: a comparison sees it until then, and not from afar. */
  readonly at?: Instant;
}

/** What changes about one person, team, role, chain, service, contact or list of holidays, and who may agree to it. */
export interface IdentityChange {
  readonly kind: IdentityKind;
  /** Of a role, with its rota. */
  readonly id: string;
  readonly keys: readonly KeyChange[];
  /** The people concerned, any of whom may agree. */
  readonly concerned: readonly string[];
  /** The teams whose leads may agree as well; undefined where only whoever is concerned may. */
  readonly teams: readonly string[] | undefined;
  /** Whether a lead of each of these teams has to agree, where nobody concerned does; of any by default. */
  readonly byEach?: true | undefined;
  /** Teams of each of which a lead has to agree as well. */
  readonly alsoTeams?: readonly string[];
  /** Of a service that calls a person: the windows in which it does so from then on. */
  readonly windows?: readonly string[];
  /** A digest of what is behind its names in the head: with other content it is another change. */
  readonly content?: string;
}

/** A change of one value, as a list that is empty where it is the same. */
export const keyChange = (
  key: string,
  before: string | undefined,
  after: string | undefined,
  location: PathLocation,
  isSame: (one: string, other: string) => boolean = Object.is,
): readonly KeyChange[] =>
  before === after || (before !== undefined && after !== undefined && isSame(before, after))
    ? []
    : [{ key, before, after, location }];

/** What belongs to several teams, a lead of each of which has to agree; of any team where there is none. */
export const agreedByEach = (teams: Iterable<string>): Pick<IdentityChange, 'teams' | 'alsoTeams'> => {
  const [first, ...rest] = new Set(teams);
  return { teams: first === undefined ? [] : [first], alsoTeams: rest };
};

/** `govpress: vetting 2026-11-20, vpn 2026-11-24`; in whichever order the items are written. */
export function onboardedText(onboarded: Person['onboarded']): string | undefined {
  const lists = [...onboarded].map(([list, items]) => {
    const done = [...items].map(([item, on]) => `${item} ${dateText(on)}`).toSorted();
    return `${list}: ${done.join(', ')}`;
  });
  return lists.length === 0 ? undefined : lists.toSorted().join('; ');
}
