/** The desired members of Zendesk's groups by the handbook: whoever holds the roles of a group now. Pure. */
import type { Handbook, MemberGroup, Person } from '../../model.ts';
import { groupHolders } from '../../query/group-holders.ts';
import type { Instant } from '../../timeline.ts';

/** One group, and who should be in it now. */
export interface DesiredGroup {
  /** Several teams that name it are joined by "and". */
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
  /** The users of those who hold one of its roles at some time. */
  readonly ours: ReadonlySet<number>;
  /** The ids of all people of the handbook, by the number of the user. */
  readonly names: ReadonlyMap<number, string>;
}

/** The groups of all teams, in order of their numbers. */
export function desiredGroups(handbook: Handbook, now: Instant): readonly DesiredGroup[] {
  const named = [...handbook.teams.values()].flatMap(({ id: team, zendeskGroups }) =>
    [...zendeskGroups].map(([group, terms]) => ({ team, group, terms })),
  );
  const names = new Map(
    [...handbook.people.values()].flatMap(({ id, zendesk }) =>
      zendesk === undefined ? [] : [[zendesk, id] as const],
    ),
  );
  return [...Map.groupBy(named, ({ group }) => group)]
    .toSorted(([one], [other]) => one - other)
    .map(([group, all]) => ({
      team: [...new Set(all.map(({ team }) => team))].sort().join(' and '),
      group,
      file: all[0]?.terms.location.file as string,
      ...membersOf(
        handbook,
        all.map(({ terms }) => terms),
        now,
      ),
      names,
    }));
}

/** Of a group that several teams name, nobody is removed unless all of them say so. */
function membersOf(handbook: Handbook, terms: readonly MemberGroup[], now: Instant) {
  const roles = terms.flatMap((it) => it.roles);
  const holders = groupHolders(handbook, roles, now);
  const people = (ids: Iterable<string>) => [...ids].flatMap((id) => handbook.people.get(id) ?? []);
  const on = people(holders.now);
  return {
    owned: terms.every(({ owned }) => owned),
    removes: terms.every(({ removes }) => removes),
    on: new Map(on.flatMap((it) => (it.zendesk === undefined ? [] : [[it.zendesk, it] as const]))),
    withoutUser: on.filter(({ zendesk }) => zendesk === undefined),
    ours: new Set(people(holders.ever).flatMap(({ zendesk }) => zendesk ?? [])),
  };
}
