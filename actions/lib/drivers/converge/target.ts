/**
 * What states outside have in common, whichever service has them: a target, such as a topic or the members of a group,
 * and what would change there. Plain data; a driver makes it, and carries it out. Pure.
 */

/** One thing in a list: a member of a group, for example. */
export interface Item {
  /** What the service knows it by. */
  readonly id: string;
  /** What people know it by: a person's id in the handbook, for example. */
  readonly text: string;
}

/** A text that is replaced, or a list to which things are added and from which others are removed. */
export type TargetChange =
  | { readonly kind: 'text'; readonly before: string; readonly after: string }
  | {
      readonly kind: 'list';
      readonly add: readonly Item[];
      readonly remove: readonly Item[];
      /** How many there are afterwards; undefined for a list that may be empty. */
      readonly left: number | undefined;
    };

/** Something to know about a target, with its remedy if there is one. */
export interface Note {
  readonly code: string;
  readonly message: string;
}

/** A state outside that the handbook describes. */
export interface StateTarget {
  readonly team: string;
  /** What it is, in words that follow the team: "topic", "user group". */
  readonly kind: string;
  /** What the service knows it by. */
  readonly id: string;
  /** Undefined where it is as the handbook describes it, or where something prevents the change. */
  readonly change: TargetChange | undefined;
  /** What others put there by hand, and stays. */
  readonly kept: readonly Item[];
  /** What people should know, and prevents nothing. */
  readonly notes: readonly Note[];
  /** What prevents a change, each with what to do. The other targets go on. */
  readonly obstacles: readonly Note[];
}

/** The key of a target among those of one service. */
export const keyOfTarget = ({ kind, id }: Pick<StateTarget, 'kind' | 'id'>): string => `${kind} ${id}`;

/** "paas user group (S0OPS)". */
export const stateName = ({ team, kind, id }: Pick<StateTarget, 'team' | 'kind' | 'id'>): string =>
  `${team} ${kind} (${id})`;

/** Whether there is anything to say about a target. */
export const isReported = ({ change, kept, notes, obstacles }: StateTarget): boolean =>
  change !== undefined || kept.length + notes.length + obstacles.length > 0;

/** How many changes a target needs: one for a text, one for each thing of a list. */
export function writesOfTarget({ change }: StateTarget): number {
  if (change === undefined) return 0;
  return change.kind === 'text' ? 1 : change.add.length + change.remove.length;
}

/** A change of a list, or undefined where nothing is added or removed. */
export const listChange = (
  add: readonly Item[],
  remove: readonly Item[],
  left: number | undefined,
): TargetChange | undefined =>
  add.length + remove.length === 0 ? undefined : { kind: 'list', add, remove, left };

/** A change of a text, or undefined where it is the same. */
export const textChange = (before: string, after: string): TargetChange | undefined =>
  before === after ? undefined : { kind: 'text', before, after };
