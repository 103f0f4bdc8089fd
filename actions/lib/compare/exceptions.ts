/** Groups changes of cover: what one person gives up to another is checked and reported as one exception. Pure. */
import type { PathLocation } from '../model.ts';
import type { Instant, Interval } from '../timeline.ts';
import type { CoverChange } from './changes.ts';

/** Changes of one pair of people that belong together, such as a swapped turn or an evening of cover. */
export interface Exception extends Omit<CoverChange, 'startAt' | 'endAt'> {
  readonly changes: readonly CoverChange[];
  /** The first and the last changed instant. */
  readonly startAt: Instant;
  readonly endAt: Instant;
  /**
   * The same span, extended by what the person gives up to anybody right before and after: a week shared among several
   * people is still a week.
   */
  readonly whole: Interval;
}

/**
 * Groups changes into exceptions. Changes of one pair of people belong together when one line causes them, or when the
 * time between them is no longer than the longest short cover, so that a week given away night by night counts as a
 * week. Changes of two planned changes are never grouped: each has its own request, from which its notice counts.
 */
export function exceptionsIn(
  changes: readonly CoverChange[],
  shortestIn: (rota: string) => number,
): readonly Exception[] {
  const exceptions: CoverChange[][] = [];
  const open = new Map<string, CoverChange[]>();
  for (const change of changes) {
    const { rota, role, before, after: taker, extra, effect, change: planned } = change;
    const pair = JSON.stringify([rota, role, before, taker, extra, effect, planned]);
    const last = open.get(pair)?.at(-1);
    if (
      last !== undefined &&
      (change.startAt - last.endAt <= shortestIn(rota) || isSameLocation(last.cause, change.cause))
    ) {
      open.get(pair)?.push(change);
    } else {
      const fresh = [change];
      open.set(pair, fresh);
      exceptions.push(fresh);
    }
  }
  const given = Map.groupBy(changes, giving);
  return exceptions.map((own) => {
    const [first, last] = [own[0], own.at(-1)] as [CoverChange, CoverChange];
    const whole = wholeOf(given.get(giving(first)) ?? [], first, last, shortestIn(first.rota));
    return { ...first, endAt: last.endAt, changes: own, whole };
  });
}

const giving = ({ rota, role, before }: CoverChange): string => JSON.stringify([rota, role, before]);

/** From the first to the last change by which one person gives up a role without a longer pause. */
function wholeOf(
  alike: readonly CoverChange[],
  first: CoverChange,
  last: CoverChange,
  shortest: number,
): Interval {
  let { startAt } = first;
  let { endAt } = last;
  for (const it of alike)
    if (it.startAt >= startAt && it.startAt - endAt <= shortest) endAt = Math.max(endAt, it.endAt);
  for (const it of alike.toReversed())
    if (it.endAt <= endAt && startAt - it.endAt <= shortest) startAt = Math.min(startAt, it.startAt);
  return { startAt, endAt };
}

const isSameLocation = (one: PathLocation, other: PathLocation): boolean =>
  one.file === other.file && one.path.join('/') === other.path.join('/') && one.path.length > 0;
