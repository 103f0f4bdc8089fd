/**
 * By which login each person's word is recognised, according to the base: a pull request must not choose who speaks for
 * whom. Only people who are new in it are known as it has them. Pure.
 */
import type { Handbook, Person } from '../model.ts';
import type { Against, DiscountReason, Pull } from './against.ts';
import { hasLeftBy, placesIn, sameLogin } from './people.ts';

/** How somebody's word is recognised, or why it cannot be. */
type Voice =
  | { readonly kind: 'login'; readonly login: string }
  | { readonly kind: 'no-login' }
  /** Two people have this login, so that it is nobody's. */
  | { readonly kind: 'shared'; readonly login: string; readonly people: readonly string[] }
  /** The base names them, or may name them, and does not say who they are. */
  | { readonly kind: 'unknown' };

/** Everybody's voice, and the leads of the base. */
export interface Voices {
  readonly of: (person: string) => Voice;
  /** The leads of these teams in the base who can be asked; if there are none, those of any team. */
  readonly leadsOf: (teams: Iterable<string>) => readonly string[];
}

/** Two handbooks, and since when the people of the base can be asked: who left before cannot. */
type Sides = Pick<Against, 'handbook' | 'head' | 'unreadBefore' | 'beganAt'>;

/** The voices of each comparison, because every change asks for them. */
const known = new WeakMap<Sides, Voices>();

/** Everybody's voice in a comparison. */
export function voicesIn(against: Sides): Voices {
  const voices = known.get(against) ?? computeVoices(against);
  known.set(against, voices);
  return voices;
}

function computeVoices(against: Sides): Voices {
  const { handbook, head, unreadBefore, beganAt } = against;
  const owners = ownersOf(against);
  const named = namedIn(handbook);
  const of = (person: string): Voice => {
    const own = handbook.people.get(person);
    // Whoever the base could not read would look new.
    if (own === undefined && (unreadBefore.length > 0 || named.has(person))) return { kind: 'unknown' };
    const login = (own ?? head.people.get(person))?.github;
    if (login === undefined) return { kind: 'no-login' };
    const people = owners.get(login.toLowerCase()) ?? [];
    if (people.length === 1 && people[0] === person) return { kind: 'login', login };
    if (isRenamed(against, people, person)) return { kind: 'login', login };
    return { kind: 'shared', login, people: [...new Set([...people, person])] };
  };
  const heard = (teams: Iterable<string>) => [
    ...new Set(
      [...teams]
        .flatMap((id) => handbook.teams.get(id)?.leads ?? [])
        .filter((lead) => of(lead).kind === 'login' && handbook.people.has(lead))
        .filter((lead) => !hasLeftBy(handbook.people.get(lead), beganAt)),
    ),
  ];
  const anywhere = heard(handbook.teams.keys());
  return {
    of,
    leadsOf: (teams) => {
      const own = heard(teams);
      return own.length > 0 ? own : anywhere;
    },
  };
}

/**
 * The people behind each login, in lower case: those of the base, or, where these do not have it, those who are new. So
 * nobody is silenced by somebody new who claims their login.
 */
function ownersOf({
  handbook,
  head,
}: Pick<Sides, 'handbook' | 'head'>): ReadonlyMap<string, readonly string[]> {
  const fresh = [...head.people.values()].filter(({ id }) => !handbook.people.has(id));
  const [known, added] = [[...handbook.people.values()], fresh].map((people) =>
    Map.groupBy(people, ({ github }) => github?.toLowerCase() ?? ''),
  ) as [Map<string, Person[]>, Map<string, Person[]>];
  const ids = (people: readonly Person[]) => people.map(({ id }) => id);
  return new Map([...added, ...known].map(([login, people]) => [login, ids(people)]));
}

/** Whether somebody new has the login of the one person of the base who had it and is removed: the id has changed. */
const isRenamed = (
  { handbook, head }: Pick<Sides, 'handbook' | 'head'>,
  owners: readonly string[],
  person: string,
): boolean => {
  const [owner] = owners;
  const login = head.people.get(person)?.github?.toLowerCase();
  const claims = [...head.people.values()].filter(({ github }) => github?.toLowerCase() === login);
  return (
    owners.length === 1 &&
    owner !== undefined &&
    handbook.people.has(owner) &&
    !head.people.has(owner) &&
    claims.length === 1
  );
};

/** Everybody whom a handbook names as holder of a role, as lead or as delivery lead. */
const namedIn = (handbook: Handbook): ReadonlySet<string> =>
  new Set([
    ...placesIn(handbook).keys(),
    ...[...handbook.teams.values()].flatMap(({ leads }) => leads),
    ...[...handbook.people.values()].flatMap(({ deliveryLead }) => deliveryLead ?? []),
  ]);

/** Whether the owner of a login has approved the head of a pull request, or wrote it. */
export const hasApproved = ({ author, authorDoubt, approvals }: Pull, login: string): boolean =>
  (authorDoubt === undefined && sameLogin(author, login)) || approvals.some((it) => sameLogin(it, login));

/** Whether the owner of a login has approved that its labels let a pull request pass. */
export const hasApprovedLabels = (pull: Pull, login: string): boolean =>
  hasApproved(pull, login) && !(pull.unlabelled ?? []).some((it) => sameLogin(it, login));

/** Why a word that the owner of a login seems to have given does not count. */
export type Doubt = NonNullable<Pull['authorDoubt']> | DiscountReason;

export function doubtAbout({ author, authorDoubt, discounted = [] }: Pull, login: string): Doubt | undefined {
  const why = discounted.find((it) => sameLogin(it.login, login))?.why;
  return why ?? (sameLogin(author, login) ? authorDoubt : undefined);
}
