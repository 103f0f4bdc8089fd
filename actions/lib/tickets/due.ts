/**
 * When a target is due: what a priority is promised, and the instant at which that is used up, less the pauses. Pure.
 *
 * An amount such as `20 minutes` is elapsed time within counted windows. Where a priority has two amounts, one in hours
 * and one out of hours, each window uses up its own share. A working day later is the same local time on the next
 * working day, moved into its hours.
 */
import type { Clock, Priority, ServiceLevelTerms, Target } from '../model.ts';
import { DAY, HOUR } from '../time/date.ts';
import { type Duration, elapsedOf } from '../time/duration.ts';
import type { Instant, Interval } from '../timeline.ts';
import { type CountedTime, PastHolidayList, type Weights } from './counted-time.ts';

/** How a promise is counted. */
export type Promised =
  | {
      readonly kind: 'amount';
      /** Used up when the weighted time reaches `total`. */
      readonly weights: Weights;
      readonly total: number;
      /** Which clocks count at all, each millisecond as one. */
      readonly counted: Weights;
    }
  | {
      readonly kind: 'working-days' | 'days';
      readonly count: number;
      readonly clock: Clock;
      readonly counted: Weights;
    };

/** A promise, and whether pauses stop it. */
export interface Bound {
  readonly promised: Promised;
  readonly isPausable: boolean;
}

const CLOCKS: readonly Clock[] = ['in_hours', 'out_of_hours'];

/** What bounds a target of a priority, in the order in which ties are decided; empty where nothing is promised. */
export function boundsOf(
  { priorities, firstResponse, clock }: ServiceLevelTerms,
  priority: string | undefined,
  target: Target,
): readonly Bound[] {
  const own = promiseOf(priorities.get(priority ?? ''), target);
  // Where no window counts in hours, a first response in working days would never be due.
  const isCounted = target === 'respond' && [...clock.values()].includes('in_hours');
  const first = isCounted && firstResponse !== undefined ? inHours(firstResponse) : undefined;
  return [
    ...(own === undefined ? [] : [{ promised: own, isPausable: true }]),
    ...(first === undefined ? [] : [{ promised: first, isPausable: false }]),
  ];
}

function promiseOf(priority: Priority | undefined, target: Target): Promised | undefined {
  const amounts = CLOCKS.flatMap((clock) => {
    const amount = priority?.targets[clock]?.[target];
    return amount === undefined ? [] : [{ clock, amount }];
  });
  const [first, second] = amounts;
  if (first === undefined) return undefined;
  const counted = weightsOf(Object.fromEntries(amounts.map(({ clock }) => [clock, 1])));
  const days = daysOf(first.amount, first.clock, counted);
  if (days !== undefined) return days;
  const [one, other] = [elapsedIn(first.amount), second === undefined ? 0 : elapsedIn(second.amount)];
  if (second === undefined || other === 0 || one === other)
    return { kind: 'amount', weights: counted, total: one, counted };
  const shared = greatestDivisor(one, other);
  const weights = weightsOf({ [first.clock]: other / shared, [second.clock]: one / shared });
  return { kind: 'amount', weights, total: (one * other) / shared, counted };
}

/** A first response is counted in hours, whatever else a priority is promised. */
function inHours(amount: Duration): Promised {
  const counted = weightsOf({ in_hours: 1 });
  return (
    daysOf(amount, 'in_hours', counted) ?? {
      kind: 'amount',
      weights: counted,
      total: elapsedIn(amount),
      counted,
    }
  );
}

function daysOf({ unit, count }: Duration, clock: Clock, counted: Weights): Promised | undefined {
  if (unit === 'working day') return { kind: 'working-days', count, clock, counted };
  return unit === 'day' ? { kind: 'days', count, clock, counted } : undefined;
}

/** Milliseconds within windows; 0 for days. */
const elapsedIn = (amount: Duration): number =>
  amount.unit === 'working hour' ? amount.count * HOUR : amount.unit === 'day' ? 0 : (elapsedOf(amount) ?? 0);

const weightsOf = ({ in_hours = 0, out_of_hours = 0 }: Partial<Record<Clock, number>>): Weights => ({
  in_hours,
  out_of_hours,
});

const greatestDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestDivisor(other, one % other);

/**
 * When a promise that counts from `from` is used up, with pauses in order of time, of which the last may have no end;
 * undefined if it never is. Throws `PastHolidayList` where that is unknown.
 */
export const dueAt = (
  counted: CountedTime,
  promised: Promised,
  from: Instant,
  pauses: readonly Interval[],
): Instant | undefined =>
  new DueSearch(counted, promised, { from, pauses }).dueAsOf(Number.POSITIVE_INFINITY);

/** Follows the due instant of a promise through its pauses, each of which is looked at once. */
export class DueSearch {
  readonly #counted: CountedTime;
  readonly #promised: Promised;
  readonly #from: Instant;
  readonly #pauses: readonly Interval[];
  /** The first pause that is not behind. */
  #next = 0;
  /** With the pauses that are behind; undefined if nothing is ever due. */
  #found: Found | undefined;
  #unknown: PastHolidayList | undefined;

  /** Pauses are in order of time and do not overlap. */
  constructor(
    counted: CountedTime,
    promised: Promised,
    { from, pauses }: { readonly from: Instant; readonly pauses: readonly Interval[] },
  ) {
    this.#counted = counted;
    this.#promised = promised;
    this.#from = from;
    this.#pauses = pauses;
  }

  /**
   * The due instant if nothing pauses from an instant on, which is never earlier than the one asked for before.
   * Undefined and `PastHolidayList` as in `dueAt`; what is unknown once stays so, because pauses only make it later.
   */
  dueAsOf(until: Instant): Instant | undefined {
    if (this.#unknown !== undefined) throw this.#unknown;
    try {
      return this.#follow(until);
    } catch (error) {
      if (error instanceof PastHolidayList) this.#unknown = error;
      throw error;
    }
  }

  #follow(until: Instant): Instant | undefined {
    this.#found ??= this.#begin();
    for (; ; this.#next++) {
      const { due } = this.#found;
      const pause = this.#pauses[this.#next];
      if (due === undefined || pause === undefined || pause.startAt >= until) return due;
      const beginAt = Math.max(pause.startAt, this.#from);
      if (due <= beginAt) return due;
      const endAt = Math.min(pause.endAt, until);
      if (endAt === Number.POSITIVE_INFINITY) return undefined;
      const found = this.#moved({ ...this.#found, due }, beginAt, endAt);
      if (until < pause.endAt) return found.due;
      this.#found = found;
    }
  }

  #begin(): Found {
    const [counted, promised, from] = [this.#counted, this.#promised, this.#from];
    switch (promised.kind) {
      case 'amount':
        return { due: counted.reach(promised.weights, from, promised.total), amount: promised.total };
      case 'days':
        return { due: daysLater(counted, promised, from), amount: 0 };
      case 'working-days':
        return { due: workingDaysLater(counted, promised, from), amount: 0 };
    }
  }

  /** A pause adds to an amount the counted time that it took away, and moves a due day on by that. */
  #moved({ due, amount }: Found & { readonly due: Instant }, beginAt: Instant, endAt: Instant): Found {
    const [counted, promised] = [this.#counted, this.#promised];
    if (promised.kind !== 'amount') {
      const weights = promised.kind === 'days' ? promised.counted : weightsOf({ [promised.clock]: 1 });
      // What is due at an opening, and paused since before that, is due at the first opening after the pause.
      const isAtOpening = counted.measure(weights, beginAt, due) === 0;
      const moved = isAtOpening
        ? nextCounted(counted, weights, endAt)
        : counted.reach(weights, due, counted.measure(weights, beginAt, endAt));
      return { due: moved, amount };
    }
    const paused = counted.measure(promised.weights, beginAt, endAt);
    if (paused === 0) return { due, amount };
    return { due: counted.reach(promised.weights, this.#from, amount + paused), amount: amount + paused };
  }
}

/** When something is due, and of an amount how much it is with what pauses added. */
interface Found {
  readonly due: Instant | undefined;
  readonly amount: number;
}

/**
 * Bounds with their due instants, the soonest first. One that would be due past the end of a holiday list is later than
 * any that is known; throws `PastHolidayList` if there is no other.
 */
export function soonestFirst<B, T extends { readonly due: Instant }>(
  bounds: readonly B[],
  dueOf: (bound: B) => T | undefined,
): readonly T[] {
  let unknown: PastHolidayList | undefined;
  const found = bounds.flatMap((bound) => {
    try {
      return dueOf(bound) ?? [];
    } catch (error) {
      if (!(error instanceof PastHolidayList)) throw error;
      unknown = error;
      return [];
    }
  });
  if (unknown !== undefined && found.length === 0) throw unknown;
  return found.toSorted((one, other) => one.due - other.due);
}

type Days = Exclude<Promised, { readonly kind: 'amount' }>;

/** The same local time so many days later, or the next opening where that is outside the counted windows. */
function daysLater(
  counted: CountedTime,
  { count, counted: weights }: Days,
  from: Instant,
): Instant | undefined {
  const at = counted.zone.instantOf(counted.zone.wallOf(from) + count * DAY);
  return counted.measure(weights, at - 1, at) > 0 ? at : nextCounted(counted, weights, at);
}

/** The first instant from an instant on at which time counts; undefined if none ever does. */
function nextCounted(counted: CountedTime, weights: Weights, from: Instant): Instant | undefined {
  const end = counted.reach(weights, from, 1);
  return end === undefined ? undefined : end - 1;
}

/**
 * The same local time so many working days later, moved to the first opening or the last closing of that day where it
 * is outside them. What is opened on another day, or at or after the last closing, counts from the next working day's
 * opening.
 */
function workingDaysLater(counted: CountedTime, { count, clock }: Days, from: Instant): Instant {
  const { zone } = counted;
  const start = workingStart(counted, clock, from);
  const day = zone.dayOf(start);
  const dueOn = counted.workingDay(clock, day, count);
  const hours = counted.hoursOn(clock, dueOn) as Interval;
  const at = zone.instantOf(zone.wallOf(start) + (dueOn - day) * DAY);
  return Math.min(Math.max(at, hours.startAt), hours.endAt);
}

/** From when working days are counted for what is opened at an instant. */
export function workingStart(counted: CountedTime, clock: Clock, from: Instant): Instant {
  const day = counted.zone.dayOf(from);
  const hours = counted.isWorkingDay(day) ? counted.hoursOn(clock, day) : undefined;
  if (hours !== undefined && from < hours.endAt) return from;
  return (counted.hoursOn(clock, counted.workingDay(clock, day, 1)) as Interval).startAt;
}
