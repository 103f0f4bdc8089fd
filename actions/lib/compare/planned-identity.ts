/**
 * People who are assigned to a planned change that gives no cover: it is published in their calendar and on the pages
 * all the same. Where it gives cover, their time changes like any other. Whoever is assigned is called first for its
 * service, so that a lead agrees to that. Pure.
 */
import { type Handbook, type PlannedChange, roleText } from '../model.ts';
import { plural } from '../text/plural.ts';
import { instantText } from '../time/format.ts';
import { type Instant, layered, type Timeline, without } from '../timeline.ts';
import { teamAsked } from './chain-targets.ts';
import type { CoverChange } from './changes.ts';
import { type IdentityChange, type KeyChange, keyChange } from './identity-change.ts';

/** The key of what a planned change puts before the chain of its service: no person has an id like this. */
export const FIRST_CALL = 'first call';

/** Whether a change of identity is that a planned change decides who is called first. */
export const isFirstCall = ({ keys }: IdentityChange): boolean => keys.some(({ key }) => key === FIRST_CALL);

/** What somebody agrees to of planned changes that were not over by the end of the past. */
export const plannedIdentity = (
  base: Handbook,
  head: Handbook,
  changes: readonly CoverChange[],
  pastUntil: Instant,
): readonly IdentityChange[] => [
  ...assignmentChanges(base, head, changes, pastUntil),
  ...[...head.changes.values()]
    .filter(({ endAt, assigned }) => endAt > pastUntil && assigned.length > 0)
    .flatMap((is) => callChanges(base, head, is)),
];

/**
 * What leads agree to of a planned change that is new, or gets another service, another role, other hours or more
 * people: its people are called first for its service. If a role is another team's, the chains of that team call them,
 * too, so that a lead of that team agrees as well.
 */
function callChanges(base: Handbook, head: Handbook, is: PlannedChange): readonly IdentityChange[] {
  const was = base.changes.get(is.id);
  const hours = was !== undefined && was.startAt <= is.startAt && is.endAt <= was.endAt ? was : undefined;
  const kept = new Set(hours?.assigned.map(({ role }) => roleText(role)));
  const filled = new Map(is.assigned.map(({ role }) => [roleText(role), role]));
  const byTeam = Map.groupBy(
    [...filled].filter(([text]) => !kept.has(text)),
    ([, role]) => teamAsked(base, head, role),
  );
  const team = (base.services.get(is.service) ?? head.services.get(is.service))?.team;
  const isWithin = hours?.service === is.service && countOf(is) <= countOf(hours) && !byTeam.has(team);
  const { id, location } = is;
  const change = (of: string | undefined, keys: readonly KeyChange[]): IdentityChange => ({
    kind: 'planned-change',
    id,
    keys,
    concerned: [],
    teams: of === undefined ? [] : [of],
  });
  const text = (it: PlannedChange) => {
    const roles = kept.size > 0 && byTeam.has(team) ? ` as ${rolesText(it.assigned)}` : '';
    return `${it.service} ${hoursText(it)} (${plural(countOf(it), 'person', 'people')}${roles})`;
  };
  const others = [...byTeam].filter(([of]) => of !== undefined && of !== team);
  return [
    ...(isWithin ? [] : [change(team, keyChange(FIRST_CALL, was && text(was), text(is), location))]),
    ...others.map(([of, roles]) =>
      change(
        of,
        roles.flatMap(([role]) => keyChange(role, undefined, hoursText(is), location)),
      ),
    ),
  ];
}

/**
 * Assignments that only one side has, or has at another time, in another role or for another service, which calls them
 * first.
 */
function assignmentChanges(
  base: Handbook,
  head: Handbook,
  changes: readonly CoverChange[],
  pastUntil: Instant,
): readonly IdentityChange[] {
  const covered = Map.groupBy(
    changes.flatMap((it) => [it.before, it.after].map((person) => ({ key: `${it.change} ${person}`, it }))),
    ({ key }) => key,
  );
  /** Whether all time that the change comes to have, or has no longer, is asked about as a change of cover. */
  const isCovered = (id: string, person: string) => {
    const time = layered((covered.get(`${id} ${person}`) ?? []).map(({ it }) => ({ ...it, value: true })));
    const [was, is] = [base, head].map((own) => timeOf(own.changes.get(id))) as [
      Timeline<true>,
      Timeline<true>,
    ];
    return [...without(was, is), ...without(is, was)].every((it) => without([it], time).length === 0);
  };
  const found: IdentityChange[] = [];
  for (const id of new Set([...base.changes.keys(), ...head.changes.keys()])) {
    const [was, is] = [base.changes.get(id), head.changes.get(id)];
    if (Math.max(was?.endAt ?? pastUntil, is?.endAt ?? pastUntil) <= pastUntil) continue;
    for (const person of new Set([...peopleIn(was), ...peopleIn(is)])) {
      const isBoth = was !== undefined && is !== undefined;
      const more = {
        service: isBoth && was.service !== is.service,
        roles: isBoth && rolesOf(was, person) !== rolesOf(is, person),
      };
      const [before, after] = [was, is].map((change) => assignmentOf(change, person, more));
      if (before === after) continue;
      if (covered.has(`${id} ${person}`) && !more.service && !more.roles && isCovered(id, person)) continue;
      const location = (is ?? was)?.location;
      if (location === undefined) continue;
      const keys = [{ key: person, before, after, location }];
      found.push({ kind: 'planned-change', id, keys, concerned: [person], teams: undefined });
    }
  }
  return found;
}

const peopleIn = (change: PlannedChange | undefined): readonly string[] =>
  (change?.assigned ?? []).map(({ person }) => person);

/** `2026-12-03T20:00:00Z – 2026-12-03T23:00:00Z`. */
const hoursText = ({ startAt, endAt }: PlannedChange): string =>
  `${instantText(startAt)} – ${instantText(endAt)}`;

const countOf = (change: PlannedChange): number => new Set(peopleIn(change)).size;

const timeOf = (change: PlannedChange | undefined): Timeline<true> =>
  change === undefined ? [] : [{ startAt: change.startAt, endAt: change.endAt, value: true }];

/** The roles in which a planned change assigns somebody. */
const rolesOf = ({ assigned }: PlannedChange, person: string): string =>
  rolesText(assigned.filter((it) => it.person === person));

const rolesText = (assigned: PlannedChange['assigned']): string =>
  [...new Set(assigned.map(({ role }) => roleText(role)))].toSorted().join(' and ');

/** In UTC and with its year, so that it is the same whenever it is shown, and another in another zone. */
function assignmentOf(
  change: PlannedChange | undefined,
  person: string,
  more: { readonly service: boolean; readonly roles: boolean },
): string | undefined {
  if (change === undefined || !peopleIn(change).includes(person)) return undefined;
  const service = more.service ? `, for ${change.service}` : '';
  const roles = more.roles ? `, as ${rolesOf(change, person)}` : '';
  return `${hoursText(change)}${service}${roles}`;
}
