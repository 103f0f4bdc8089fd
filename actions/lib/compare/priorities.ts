/** For which priorities somebody is called: sets that can have all but some. Pure. */

/** The priorities with these ids, or all but these, such as those that PagerDuty, which knows none, calls for. */
export interface Priorities {
  readonly isAllBut: boolean;
  readonly named: ReadonlySet<string>;
}

const setOf = (isAllBut: boolean, named: Iterable<string>): Priorities => ({
  isAllBut,
  named: new Set([...named].toSorted()),
});

export const only = (named: Iterable<string>): Priorities => setOf(false, named);
export const allBut = (named: Iterable<string>): Priorities => setOf(true, named);

export const EVERY_PRIORITY = allBut([]);
export const NONE = only([]);

export const isNone = ({ isAllBut, named }: Priorities): boolean => !isAllBut && named.size === 0;

/** Not the id of a priority: one that no set names. */
const ANY = '';

const has = ({ isAllBut, named }: Priorities, priority: string): boolean => named.has(priority) !== isAllBut;

/** Whether the second has a priority that the first has not. */
export const isWider = (before: Priorities, after: Priorities): boolean =>
  before !== after && [ANY, ...before.named, ...after.named].some((it) => has(after, it) && !has(before, it));

export function joined(one: Priorities, other: Priorities): Priorities {
  if (!isWider(one, other)) return one;
  if (!isWider(other, one)) return other;
  const isAllBut = one.isAllBut || other.isAllBut;
  const named = [...one.named, ...other.named];
  return setOf(
    isAllBut,
    named.filter((it) => (has(one, it) || has(other, it)) !== isAllBut),
  );
}
