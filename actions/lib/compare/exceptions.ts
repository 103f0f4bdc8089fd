/** Groups changes of cover: what one person gives up to another is checked and reported as one exception. Pure. */
import type { PathLocation } from '../model.ts';
import type { Instant, Interval } from '../timeline.ts';
import type { CoverChange } from './changes.ts';

/** Changes of one pair of people that belong together, such as a swapped turn or an evening of cover. */
export interface Exception
  extends Omit<CoverChange, 'startAt' | 'endAt' | 'line' | 'continues' | 'inGivenTurn'> {
  readonly changes: readonly CoverChange[];
  /** The first and the last changed instant. */
  readonly startAt: Instant;
  readonly endAt: Instant;
  /**
   * What changes, as it is shown: changes by one line are one span where nobody is on duty between them, so that a turn
   * of office hours is one; two evenings with time between them that stays as it was are two.
   */
  readonly spans: readonly Interval[];
  /** What is counted together when a short cover is measured. */
  readonly counted: Counted;
}

/**
 * An exception, and what the same person gives up to anybody right before and after it or in the same turn: a week
 * shared among several people, or given away with a pause every day, is still a week. Where nothing of a turn stays
 * with whoever holds it, the time between counts as in one override of the turn.
 */
interface Counted {
  readonly startAt: Instant;
  /** The sum of the spans, without the time between them; a turn that is given away whole is one span. */
  readonly milliseconds: number;
  readonly spans: number;
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
  /** The changes that are one span with the change before them. */
  const joined = new Set<CoverChange>();
  let previous: CoverChange | undefined;
  for (const change of changes) {
    const pair = pairOf(change);
    const group = open.get(pair);
    const last = group?.at(-1);
    if (last === previous && change.continues && isSameLocation(last?.line, change.line)) joined.add(change);
    if (last !== undefined && (joined.has(change) || belongs(last, change, shortestIn(change.rota)))) {
      group?.push(change);
    } else {
      const fresh = [change];
      open.set(pair, fresh);
      exceptions.push(fresh);
    }
    previous = change;
  }
  const count = counterOf(changes, joined, shortestIn);
  return exceptions.map((own) => {
    const [first, last] = [own[0], own.at(-1)] as [CoverChange, CoverChange];
    return {
      ...first,
      endAt: last.endAt,
      changes: own,
      spans: spansOf(own, joined),
      counted: count(first, last),
    };
  });
}

const pairOf = ({ rota, role, before, after, extra, effect, change }: CoverChange): string =>
  JSON.stringify([rota, role, before, after, extra, effect, change]);

function spansOf(own: readonly CoverChange[], joined: ReadonlySet<CoverChange>): readonly Interval[] {
  const spans: Interval[] = [];
  for (const change of own) {
    const { startAt, endAt } = change;
    const last = spans.at(-1);
    if (last !== undefined && joined.has(change)) spans[spans.length - 1] = { startAt: last.startAt, endAt };
    else spans.push({ startAt, endAt });
  }
  return spans;
}

/** What one person gives up of one role: sums up to each change, and the first and last change of a run. */
interface Given {
  readonly milliseconds: number[];
  readonly spans: number[];
  /** By change, its index, and the first index of its run. */
  readonly indexes: Map<CoverChange, { readonly index: number; readonly firstIndex: number }>;
  /** By the first index of a run, its last. */
  readonly lastIndexes: Map<number, number>;
  readonly changes: CoverChange[];
}

/** Counts, in one pass, what each person gives up of each role in one turn, or without a longer pause. */
function counterOf(
  changes: readonly CoverChange[],
  joined: ReadonlySet<CoverChange>,
  shortestIn: (rota: string) => number,
): (first: CoverChange, last: CoverChange) => Counted {
  const given = new Map<string, Given>();
  for (const change of changes) {
    const giver = giving(change);
    const own: Given = given.get(giver) ?? {
      milliseconds: [0],
      spans: [0],
      indexes: new Map(),
      lastIndexes: new Map(),
      changes: [],
    };
    given.set(giver, own);
    const last = own.changes.at(-1);
    const index = own.changes.length;
    const isJoined = last !== undefined && (joined.has(change) || change.inGivenTurn);
    const isNear =
      last !== undefined &&
      (isJoined || isInTurnOf(last, change) || change.startAt - last.endAt <= shortestIn(change.rota));
    const firstIndex = isNear ? (own.indexes.get(last)?.firstIndex ?? index) : index;
    const from = isJoined ? last.endAt : change.startAt;
    own.milliseconds.push((own.milliseconds[index] as number) + change.endAt - from);
    own.spans.push((own.spans[index] as number) + (isJoined ? 0 : 1));
    own.indexes.set(change, { index, firstIndex });
    own.lastIndexes.set(firstIndex, index);
    own.changes.push(change);
  }
  return (first, last) => {
    const own = given.get(giving(first)) as Given;
    const from = own.indexes.get(first)?.firstIndex ?? 0;
    const to = (own.lastIndexes.get(own.indexes.get(last)?.firstIndex ?? 0) ?? 0) + 1;
    const sum = (sums: readonly number[]) => (sums[to] as number) - (sums[from] as number);
    return {
      startAt: (own.changes[from] as CoverChange).startAt,
      milliseconds: sum(own.milliseconds),
      spans: sum(own.spans),
    };
  };
}

/** Whether a change begins in a turn in which the one before it already took time. */
const isInTurnOf = (last: CoverChange, { turnAt }: CoverChange): boolean =>
  turnAt !== undefined && turnAt < last.endAt;

const giving = ({ rota, role, before }: CoverChange): string => JSON.stringify([rota, role, before]);

const belongs = (last: CoverChange, change: CoverChange, shortest: number): boolean =>
  change.startAt - last.endAt <= shortest ||
  // A whole file is no line: what is removed with a rota is as many exceptions as it had turns.
  (change.cause.path.length > 0 && isSameLocation(last.cause, change.cause));

const isSameLocation = (one: PathLocation | undefined, other: PathLocation): boolean =>
  one?.file === other.file && one.path.join('/') === other.path.join('/');
