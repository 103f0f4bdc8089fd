/**
 * Rotas that come to a list of holidays by which those of another team go on the same days, then or so far. A lead of
 * either may then agree to its further days, so that one of a team that had it agrees to a further team, and one of the
 * rota's own team, unless the rota shared a list with the others already. Pure.
 */
import { childLocation, type Handbook, isUnread } from '../model.ts';
import type { Day } from '../time/date.ts';
import { clip, layered, restrict, type Timeline, without } from '../timeline.ts';
import { type RotaUsers, rotaUsers, serviceUsers, type TeamDays } from './holiday-lists.ts';
import { agreedByEach, type IdentityChange, type KeyChange } from './identity-change.ts';
import { teamsText } from './shared-identity.ts';

/** What is said of a rota that comes to a list, before the teams that go by it as well. */
export const SHARED_WITH = 'shared with ';

/** A rota that comes to a list on some days, and who agrees to that. */
interface Coming {
  readonly key: KeyChange;
  /** The teams that had it, a lead of any of which agrees. */
  readonly asked: ReadonlySet<string>;
  /** The team of the rota, if a lead of it agrees as well. */
  readonly own: readonly string[];
}

/** The changes, by list and by who agrees. From `from` on, a list has the services whose hours have it. */
export function* sharedLists(base: Handbook, head: Handbook, from: Day): Iterable<IdentityChange> {
  const [before, after] = [rotaUsers(base), rotaUsers(head)];
  const ofServices = serviceUsers(base, from);
  const isShared = sharedBefore(before);
  for (const [id, teams] of after) {
    const had: ReadonlyMap<string, TeamDays> = before.get(id) ?? new Map();
    const sharing = byDays((days) => sharingOn(days, had, teams, new Set(ofServices.get(id)?.keys())));
    const coming = [...teams].flatMap(([team, { rotas }]) =>
      [...rotas].flatMap(([rota, all]): Coming[] => {
        // Of a rota that the base could not read, a lead agrees already.
        const days = isUnread(base, 'rota', rota) ? [] : without(all, had.get(team)?.rotas.get(rota) ?? []);
        if (days.length === 0) return [];
        const { together, names } = sharing(days);
        const further = without(days, had.get(team)?.days ?? []);
        // Who went by it on days that are over has no say about those to come.
        const ahead = clip(further, { startAt: from, endAt: Number.POSITIVE_INFINITY });
        const { known } = sharing(ahead.length > 0 ? ahead : further);
        const asked = further.length === 0 || known.has(team) ? NOBODY : known;
        const isOwn = base.teams.has(team) && !isShared(rota, team, together, days);
        if (asked.size === 0 && !isOwn) return [];
        const location = childLocation(head.rotas.get(rota)?.location ?? { file: '', path: [] }, 'hours');
        const after = `${SHARED_WITH}${othersText(names, team)}`;
        return [{ key: { key: rota, before: undefined, after, location }, asked, own: isOwn ? [team] : [] }];
      }),
    );
    for (const [given, all] of Map.groupBy(coming, ({ asked }) => asked)) {
      const [asked, own] = [[...given].toSorted(), new Set(all.flatMap((it) => it.own))];
      const consent = asked.length === 0 ? agreedByEach(own) : { teams: asked, alsoTeams: [...own] };
      yield { kind: 'holidays', id, keys: all.map(({ key }) => key), concerned: [], ...consent };
    }
  }
}

const NOBODY: ReadonlySet<string> = new Set();

/** A list can be shared by more teams than anybody reads. */
const MOST_NAMED = 10;

/** The first of some teams but one, and whether there are more. */
function othersText(names: readonly string[], but: string): string {
  const first = names.slice(0, MOST_NAMED + 1).filter((it) => it !== but);
  const isAll = names.length <= MOST_NAMED + 1 && first.length <= MOST_NAMED;
  return isAll ? teamsText(first) : `${teamsText(first.slice(0, MOST_NAMED))} and others`;
}

/** Computes something once for the same days. */
function byDays<T>(compute: (days: Timeline<true>) => T): (days: Timeline<true>) => T {
  const known = new Map<string, T>();
  return (days) => {
    const key = daysText(days);
    const found = known.get(key) ?? compute(days);
    known.set(key, found);
    return found;
  };
}

/** Who goes by a list on some days. */
interface Sharing {
  /** So far: the teams of rotas, or else those of services. */
  readonly known: ReadonlySet<string>;
  /** The teams whose rotas do then. */
  readonly together: ReadonlySet<string>;
  readonly names: readonly string[];
}

function sharingOn(
  days: Timeline<true>,
  before: ReadonlyMap<string, TeamDays>,
  after: ReadonlyMap<string, TeamDays>,
  services: ReadonlySet<string>,
): Sharing {
  const [ofRotas, together] = [before, after].map(
    (users) =>
      new Set([...users].flatMap(([team, it]) => (restrict(it.days, days).length > 0 ? [team] : []))),
  ) as [Set<string>, Set<string>];
  const known = ofRotas.size > 0 ? ofRotas : services;
  return { known, together, names: [...new Set([...known, ...together])] };
}

/** Whether each of some teams went by a list by which a rota of a team went, on each of certain days. */
function sharedBefore(before: RotaUsers) {
  const lists = Map.groupBy(
    [...before].flatMap(([list, teams]) =>
      [...teams].flatMap(([team, { rotas }]) =>
        [...rotas].map(([rota, days]) => ({ list, team, rota, days })),
      ),
    ),
    ({ rota }) => rota,
  );
  /** Those that go by a list on all of these days, of which there may be many. */
  const allOn = byDays((days) => {
    const isAll = (it: TeamDays) => without(days, it.days).length === 0;
    return new Map(
      [...before].map(([list, teams]) => [
        list,
        new Set([...teams].flatMap(([team, it]) => (isAll(it) ? [team] : []))),
      ]),
    );
  });
  return (rota: string, team: string, others: ReadonlySet<string>, days: Timeline<true>): boolean => {
    const own = lists.get(rota) ?? [];
    const together = own.flatMap((it) =>
      without(days, it.days).length === 0 ? (allOn(days).get(it.list) ?? []) : [],
    );
    const isShared = (other: string) => {
      const shared = own.flatMap((it) => restrict(before.get(it.list)?.get(other)?.days ?? [], it.days));
      return without(days, layered(shared)).length === 0;
    };
    return [...others].every((it) => it === team || together.some((all) => all.has(it)) || isShared(it));
  };
}

const daysText = (days: Timeline<true>): string =>
  days.map(({ startAt, endAt }) => `${startAt} ${endAt}`).join();
