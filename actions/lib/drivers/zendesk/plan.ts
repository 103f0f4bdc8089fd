/**
 * The difference between the desired and the actual members of a group, as a target of a plan. Whoever is on is added.
 * Others are removed only where the handbook says so, never from their default group, not before everybody who is on
 * can be a member, and not while their turn goes on. Pure.
 */
import type { Person } from '../../model.ts';
import { type Item, listChange, type Note, type StateTarget } from '../converge/target.ts';
import type { ActualGroup } from './actual.ts';
import type { DesiredGroup } from './desired.ts';
import {
  defaultMembers,
  heldBack,
  hindrance,
  memberName,
  missingGroup,
  nobodyOn,
  notRemoved,
  onAgain,
  removalText,
  withoutUser,
} from './group-text.ts';
import type { Membership } from './responses.ts';

/** What `apply` needs to carry a change out. Numbers are those of users. */
export interface GroupTarget extends StateTarget {
  readonly group: number;
  /** Those of whom at least one has to be a member before anybody is removed. */
  readonly on: readonly number[];
  readonly add: readonly number[];
  readonly remove: readonly number[];
}

/** How many unsolved tickets of a group a user has who would be removed. */
export type OpenTickets = ReadonlyMap<number, number>;

/** The target of one group; `openTickets` are those of `leaving`. */
export function groupTarget(
  desired: DesiredGroup,
  actual: ActualGroup,
  openTickets: OpenTickets,
): GroupTarget {
  if (actual.kind === 'unread') return blocked(desired, { code: 'unread', message: actual.message });
  if (actual.kind === 'missing') return blocked(desired, missingGroup(desired));
  const { on } = desired;
  const { can, obstacles } = able(desired, actual);
  const members = new Set(actual.memberships.map(({ user }) => user));
  const add = can.filter((user) => !members.has(user));
  const { remove, notes } = removals(desired, actual);
  const item = (user: number, text = memberName(desired, user)): Item => ({ id: String(user), text });
  const leave = (user: number) =>
    item(user, removalText(memberName(desired, user), openTickets.get(user) ?? 0));
  return {
    ...basics(desired),
    on: can,
    add,
    remove,
    change: listChange(
      add.map((user) => item(user)),
      remove.map(leave),
      members.size + add.length - remove.length,
    ),
    kept: [...members].filter((user) => isForeign(desired, user)).map((user) => item(user)),
    notes: [
      ...(on.size + desired.withoutUser.length === 0 ? [nobodyOn] : []),
      ...desired.withoutUser.map(withoutUser),
      ...notes,
    ],
    obstacles,
  };
}

/** Who would be removed from a group. */
export const leaving = (desired: DesiredGroup, actual: ActualGroup): readonly number[] =>
  actual.kind === 'read' ? removals(desired, actual).remove : [];

const basics = ({ team, group }: DesiredGroup) => ({ team, group, kind: 'group', id: String(group) });

const blocked = (desired: DesiredGroup, obstacle: Note): GroupTarget => ({
  ...basics(desired),
  ...{ on: [], add: [], remove: [], change: undefined, kept: [], notes: [] },
  obstacles: [obstacle],
});

type ReadGroup = Extract<ActualGroup, { readonly kind: 'read' }>;

/** Those who are on and can be members, and what prevents the others. */
function able({ on }: DesiredGroup, { users }: ReadGroup) {
  const all = [...on].map(([user, person]: [number, Person]) => ({
    user,
    obstacle: hindrance(person, user, users.get(user)),
  }));
  return {
    can: all.filter(({ obstacle }) => obstacle === undefined).map(({ user }) => user),
    obstacles: all.flatMap(({ obstacle }) => obstacle ?? []),
  };
}

/** Whether a member was put there by hand, and the group is not ours as a whole. */
const isForeign = ({ owned, ours }: DesiredGroup, user: number): boolean => !owned && !ours.has(user);

/** Whether a group has members who are none of ours and not on. */
export const hasStrangers = (desired: DesiredGroup, actual: ActualGroup): boolean =>
  actual.kind === 'read' &&
  actual.memberships.some(({ user }) => isForeign(desired, user) && !desired.on.has(user));

/** Who is to be removed, and why others of ours who are not on stay. */
function removals(
  desired: DesiredGroup,
  actual: ReadGroup,
): { readonly remove: readonly number[]; readonly notes: readonly Note[] } {
  const { on, withoutUser: unknown, again, removes } = desired;
  const { obstacles } = able(desired, actual);
  const off = actual.memberships.filter(({ user }) => !on.has(user) && !isForeign(desired, user));
  const names = (all: readonly Membership[]) => all.map(({ user }) => memberName(desired, user)).sort();
  if (off.length === 0 || on.size + unknown.length === 0) return { remove: [], notes: [] };
  if (!removes) return { remove: [], notes: [notRemoved(names(off))] };
  if (obstacles.length > 0 || on.size === 0) return { remove: [], notes: [heldBack(names(off))] };
  const [back, gone] = [
    off.filter(({ user }) => again.has(user)),
    off.filter(({ user }) => !again.has(user)),
  ];
  const stay = gone.filter(({ isDefault }) => isDefault);
  return {
    remove: gone.filter(({ isDefault }) => !isDefault).map(({ user }) => user),
    notes: [
      ...(back.length === 0 ? [] : [onAgain(names(back))]),
      ...(stay.length === 0 ? [] : [defaultMembers(names(stay))]),
    ],
  };
}
