/** For which priorities somebody is called. Pure. */

/** The ids of priorities; undefined for all, such as those that PagerDuty, which knows none, calls for. */
export type Priorities = ReadonlySet<string> | undefined;

/** Not the id of a priority. */
const ANY = '';

export const joined = (one: Priorities, other: Priorities): Priorities =>
  one === undefined || other === undefined ? undefined : new Set([...one, ...other].toSorted());

export const isWider = (before: Priorities, after: Priorities): boolean =>
  before !== undefined && [...(after ?? [ANY])].some((it) => !before.has(it));
