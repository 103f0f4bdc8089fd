/**
 * Counted time: the time in the windows of support hours for which a service level promises something. It is measured
 * and searched with sums over the windows, so that a due instant costs two binary searches. Pure.
 */
import { type Clock, type Handbook, type Hours, type ServiceLevel, termsOn } from '../model.ts';
import { knownRange, windowsOf, windowTimeline } from '../resolve/hours.ts';
import { workingDaysOfHours } from '../resolve/working-days.ts';
import { DAY, type Day } from '../time/date.ts';
import type { Zone } from '../time/zone.ts';
import { type Instant, type Interval, indexFrom, type Timeline } from '../timeline.ts';

/** Counting would need a day for which it is unknown whether it is a holiday. */
export class PastHolidayList extends Error {
  /** The id of the support hours. */
  readonly hours: string;

  constructor(hours: string) {
    super(`the holiday list of ${hours} does not reach far enough; extend it with "rota holidays"`);
    this.hours = hours;
  }
}

/** How much a millisecond of each clock counts. */
export type Weights = Readonly<Record<Clock, number>>;

/** Every date that files can contain ends before this instant. */
const END_OF_DATES = Date.UTC(2100, 0, 1);

/** The windows of support hours over a span that grows to cover the times in use. */
class HoursTime {
  readonly hours: Hours;
  readonly workingDays: readonly Day[];
  readonly #handbook: Handbook;
  /** The stretches of time in which every day is within the holiday lists. */
  readonly #known: readonly Interval[];
  windows: Timeline<string> = [];
  span: Interval = { startAt: 0, endAt: 0 };

  constructor(handbook: Handbook, hours: Hours) {
    this.#handbook = handbook;
    this.hours = hours;
    this.workingDays = workingDaysOfHours(handbook, hours);
    this.#known = knownTimes(handbook, hours);
  }

  /** The known time around an instant. */
  knownAround(at: Instant): Interval {
    const found = this.#known.find(({ startAt, endAt }) => startAt <= at && at < endAt);
    if (found === undefined) throw new PastHolidayList(this.hours.id);
    return found;
  }

  /** Makes the windows cover a span, and more than that, so that a search does not grow them day by day. */
  cover({ startAt, endAt }: Interval): void {
    const { span } = this;
    if (span.startAt < span.endAt && span.startAt <= startAt && endAt <= span.endAt) return;
    const isFirst = span.startAt === span.endAt;
    const from = isFirst ? startAt : Math.min(startAt, span.startAt);
    const until = isFirst ? endAt : Math.max(endAt, span.endAt);
    const more = Math.max(60 * DAY, until - from);
    const earlier = isFirst ? 30 * DAY : startAt < span.startAt ? more : 0;
    this.span = { startAt: from - earlier, endAt: until + more };
    this.windows = windowTimeline(windowsOf(this.#handbook, this.hours, this.span) ?? new Map());
  }
}

function knownTimes(handbook: Handbook, hours: Hours): readonly Interval[] {
  const always: Interval = { startAt: Number.NEGATIVE_INFINITY, endAt: Number.POSITIVE_INFINITY };
  const known: Interval[] = [];
  for (const i of hours.terms.keys()) {
    const { startAt, endAt } = knownRange(handbook, hours, i, always);
    const last = known.at(-1);
    if (startAt >= endAt) continue;
    if (last?.endAt === startAt) known[known.length - 1] = { startAt: last.startAt, endAt };
    else known.push({ startAt, endAt });
  }
  return known;
}

/** The counted time of one of the terms of a service level. */
export class CountedTime {
  readonly #time: HoursTime;
  readonly #clockOf: (window: string, at: Instant) => Clock | undefined;
  #span: Interval | undefined;
  #counted: Timeline<Clock> = [];
  /** Milliseconds of each clock before the span with the same index. */
  #before: Readonly<Record<Clock, number[]>> = { in_hours: [], out_of_hours: [] };
  readonly #hoursOn = {
    in_hours: new Map<Day, Interval | undefined>(),
    out_of_hours: new Map<Day, Interval | undefined>(),
  };

  constructor(time: HoursTime, clockOf: (window: string, at: Instant) => Clock | undefined) {
    this.#time = time;
    this.#clockOf = clockOf;
  }

  get zone(): Zone {
    return this.#time.hours.zone;
  }

  /** The window in force at an instant, and until when it or the time without one lasts, at most a few weeks. */
  windowAt(at: Instant): { readonly window: string | undefined; readonly endAt: Instant } {
    this.#time.knownAround(at);
    this.#time.cover({ startAt: at, endAt: at + DAY });
    const { windows } = this.#time;
    const next = windows[indexFrom(windows, at)];
    if (next === undefined) return { window: undefined, endAt: this.#time.span.endAt };
    return next.startAt <= at
      ? { window: next.value, endAt: next.endAt }
      : { window: undefined, endAt: next.startAt };
  }

  /** The promise that counts in a window. */
  clockOf(window: string, at: Instant): Clock | undefined {
    return this.#clockOf(window, at);
  }

  /** The weighted time between two instants, 0 if the second is not later. */
  measure(weights: Weights, from: Instant, to: Instant): number {
    if (to <= from) return 0;
    this.#require(from);
    this.#require(to - 1);
    this.#cover({ startAt: from, endAt: to });
    return this.#sumAt(weights, to) - this.#sumAt(weights, from);
  }

  /**
   * The first instant from `from` on by which so much weighted time has passed; undefined if it never has. Throws
   * `PastHolidayList` if that is unknown.
   */
  reach(weights: Weights, from: Instant, amount: number): Instant | undefined {
    if (amount <= 0) return from;
    this.#require(from);
    const { endAt } = this.#time.knownAround(from);
    for (let until = from + 7 * DAY; ; until = from + 2 * (until - from)) {
      this.#cover({ startAt: from, endAt: Math.min(until, endAt) });
      const span = this.#span as Interval;
      const found = this.#search(weights, this.#sumAt(weights, from) + amount);
      if (found !== undefined && found <= endAt) return found;
      if (span.endAt >= endAt) throw new PastHolidayList(this.#time.hours.id);
      if (span.endAt >= END_OF_DATES) return undefined;
    }
  }

  /** The hours of a clock on a local day, from the first opening to the last closing; undefined if there are none. */
  hoursOn(clock: Clock, day: Day): Interval | undefined {
    const known = this.#hoursOn[clock];
    const found = known.get(day);
    if (found !== undefined || known.has(day)) return found;
    const hours = this.#findHours(clock, day);
    known.set(day, hours);
    return hours;
  }

  #findHours(clock: Clock, day: Day): Interval | undefined {
    const startAt = this.zone.startOf(day);
    const endAt = this.zone.startOf(day + 1);
    this.#cover({ startAt, endAt });
    let open: Instant | undefined;
    let close: Instant | undefined;
    for (let i = indexFrom(this.#counted, startAt); ; i++) {
      const span = this.#counted[i];
      if (span === undefined || span.startAt >= endAt) break;
      if (span.value !== clock) continue;
      open ??= Math.max(span.startAt, startAt);
      close = Math.min(span.endAt, endAt);
    }
    return open === undefined || close === undefined ? undefined : { startAt: open, endAt: close };
  }

  /** The day so many working days after a day, where those without time of the clock do not count. */
  workingDay(clock: Clock, from: Day, count: number): Day {
    const days = this.#time.workingDays;
    let left = count;
    for (let i = indexAfter(days, from); i < days.length; i++) {
      const day = days[i] as Day;
      if (this.hoursOn(clock, day) === undefined) continue;
      left--;
      if (left === 0) return day;
    }
    throw new PastHolidayList(this.#time.hours.id);
  }

  isWorkingDay(day: Day): boolean {
    this.#require(this.zone.startOf(day));
    return this.#time.workingDays[indexAfter(this.#time.workingDays, day - 1)] === day;
  }

  /** Throws unless it is known whether the day of an instant is a holiday. */
  #require(at: Instant): void {
    this.#time.knownAround(at);
  }

  #cover(span: Interval): void {
    this.#time.cover(span);
    if (this.#span === this.#time.span) return;
    this.#span = this.#time.span;
    const counted = this.#time.windows.flatMap(({ startAt, endAt, value }) => {
      const clock = this.#clockOf(value, startAt);
      return clock === undefined ? [] : [{ startAt, endAt, value: clock }];
    });
    const before: Record<Clock, number[]> = { in_hours: [0], out_of_hours: [0] };
    const sums: Record<Clock, number> = { in_hours: 0, out_of_hours: 0 };
    for (const { startAt, endAt, value } of counted) {
      sums[value] += endAt - startAt;
      before.in_hours.push(sums.in_hours);
      before.out_of_hours.push(sums.out_of_hours);
    }
    this.#counted = counted;
    this.#before = before;
  }

  /** Weighted time before the span with an index. */
  #sumBefore(weights: Weights, index: number): number {
    const { in_hours, out_of_hours } = this.#before;
    return (
      weights.in_hours * (in_hours[index] as number) + weights.out_of_hours * (out_of_hours[index] as number)
    );
  }

  #sumAt(weights: Weights, at: Instant): number {
    const index = indexFrom(this.#counted, at);
    const span = this.#counted[index];
    const inside = span === undefined ? 0 : Math.max(0, at - span.startAt);
    return this.#sumBefore(weights, index) + (span === undefined ? 0 : inside * weights[span.value]);
  }

  #search(weights: Weights, sum: number): Instant | undefined {
    let low = 0;
    let high = this.#counted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sumBefore(weights, middle + 1) < sum) low = middle + 1;
      else high = middle;
    }
    const span = this.#counted[low];
    if (span === undefined) return undefined;
    return span.startAt + Math.ceil((sum - this.#sumBefore(weights, low)) / weights[span.value]);
  }
}

/** The index of the first day after another. */
function indexAfter(days: readonly Day[], day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] as Day) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The counted time of every service level of a handbook, computed once for as many tickets as there are. */
export class Counter {
  readonly handbook: Handbook;
  readonly #hours = new Map<string, HoursTime>();
  readonly #counted = new Map<string, readonly CountedTime[]>();

  constructor(handbook: Handbook) {
    this.handbook = handbook;
  }

  /** The counted time of each of the terms of a level; undefined if its support hours could not be read. */
  termsOf(level: ServiceLevel): readonly CountedTime[] | undefined {
    const known = this.#counted.get(level.id);
    if (known !== undefined) return known;
    const time = this.#timeOf(level.hours);
    if (time === undefined) return undefined;
    const { zone } = time.hours;
    const counted = level.terms.map(
      (terms) =>
        new CountedTime(time, (window, at) => {
          const own = terms.clock.get(window);
          if (own !== undefined || terms.unpromised.includes(window)) return own;
          // A window that these terms do not know counts as it did while it existed.
          return termsOn(level.terms, zone.dayOf(at)).clock.get(window);
        }),
    );
    this.#counted.set(level.id, counted);
    return counted;
  }

  #timeOf(id: string): HoursTime | undefined {
    const hours = this.handbook.hours.get(id);
    const known = this.#hours.get(id);
    if (hours === undefined || known !== undefined) return known;
    if (windowsOf(this.handbook, hours, { startAt: 0, endAt: 1 }) === undefined) return undefined;
    const time = new HoursTime(this.handbook, hours);
    this.#hours.set(id, time);
    return time;
  }
}
