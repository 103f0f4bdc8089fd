/** The desired members of Zendesk's groups by the handbook: whoever holds the roles of a group now. Pure. */
import type { Handbook, MemberGroup, Person } from '../../model.ts';
import { everHolders, holdersAt, holdersUntilTurnEnds } from '../../query/group-holders.ts';
import type { Instant } from '../../timeline.ts';

/** One group, and who should be in it now. */
export interface DesiredGroup {
  readonly team: string;
  readonly group: number;
  /** The file that names it. */
  readonly file: string;
  /** Whether people who are not in the handbook, or hold none of its roles at any time, are removed, too. */
  readonly owned: boolean;
  /** Whether anybody is removed at all. */
  readonly removes: boolean;
  /** Whoever holds one of its roles now, by the number of the user. */
  readonly on: ReadonlyMap<number, Person>;
  /** Those of them who have no user. */
  readonly withoutUser: readonly Person[];
  /** The users of those who are on, or are again before the turn ends, and keep their tickets. */
  readonly again: ReadonlySet<number>;
  /** The users of those who hold, or lately held, one of its roles at some time. */
  readonly ours: ReadonlySet<number>;
  /** The ids of all people of the handbook, by the number of the user. */
  readonly names: ReadonlyMap<number, string>;
}

/** The groups of all teams, in order of their numbers; the rule `group-members` lets no two teams name the same. */
export function desiredGroups(handbook: Handbook, now: Instant): readonly DesiredGroup[] {
  const names = new Map(
    [...handbook.people.values()].flatMap(({ id, zendesk }) =>
      zendesk === undefined ? [] : [[zendesk, id] as const],
    ),
  );
  return [...handbook.teams.values()]
    .flatMap(({ id: team, zendeskGroups }) =>
      [...zendeskGroups].map(([group, terms]) => ({
        ...{ team, group, names },
        ...membersOf(handbook, terms, now),
      })),
    )
    .toSorted((one, other) => one.group - other.group);
}

const usersOf = ({ people }: Handbook, ids: Iterable<string>): ReadonlySet<number> =>
  new Set([...ids].flatMap((id) => people.get(id)?.zendesk ?? []));

const oursIn = (handbook: Handbook, roles: readonly string[]): ReadonlySet<number> =>
  usersOf(handbook, everHolders(handbook, roles));

/** A group with those whom runs of former handbooks may have put there: leavers, and other users of people. */
export const withFormerMembers = (group: DesiredGroup, former: readonly Handbook[]): DesiredGroup => ({
  ...group,
  ours: new Set([
    ...group.ours,
    ...former.flatMap((handbook) =>
      [...handbook.teams.values()]
        .flatMap(({ zendeskGroups }) => zendeskGroups.get(group.group) ?? [])
        .flatMap(({ roles }) => [...oursIn(handbook, roles)]),
    ),
  ]),
});

function membersOf(handbook: Handbook, { roles, owned, removes, location }: MemberGroup, now: Instant) {
  const people = (ids: Iterable<string>) => [...ids].flatMap((id) => handbook.people.get(id) ?? []);
  const on = people(holdersAt(handbook, roles, now));
  return {
    ...{ owned, removes, file: location.file },
    on: new Map(on.flatMap((it) => (it.zendesk === undefined ? [] : [[it.zendesk, it] as const]))),
    withoutUser: on.filter(({ zendesk }) => zendesk === undefined),
    again: usersOf(handbook, holdersUntilTurnEnds(handbook, roles, now)),
    ours: oursIn(handbook, roles),
  };
}
