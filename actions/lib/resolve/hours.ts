/**
 * Support hours as timelines: takes a policy and a span, returns a timeline for each window. Days outside the holiday
 * list have no windows at all, because it is unknown whether they are working days.
 */
import type { Handbook, Hours, HoursTerms, Stretch } from '../model.ts';
import { DAY, type Day, weekdayOf } from '../time/date.ts';
import type { Zone } from '../time/zone.ts';
import {
  clip,
  type Instant,
  type Interval,
  layered,
  merge,
  type Span,
  type Timeline,
  without,
} from '../timeline.ts';
import { type HolidayDays, holidayDaysOf } from './holiday-days.ts';

/**
 * The windows of one policy by name, each a timeline whose value is that name; they may overlap, which is a finding.
 */
export type Windows = ReadonlyMap<string, Timeline<string>>;

/** The windows of support hours within a span; undefined when a holiday list they use could not be read. */
export function windowsOf(handbook: Handbook, hours: Hours, span: Interval): Windows | undefined {
  const result = new Map<string, Timeline<string>>();
  for (const [i, terms] of hours.terms.entries()) {
    const holidays = holidayDaysOf(handbook, terms.holidays, hours.zone);
    if (terms.holidays.length > 0 && holidays === undefined) return undefined;
    const range = knownRange(handbook, hours, i, span);
    if (range.startAt >= range.endAt) continue;
    const before = holidayDaysOf(handbook, hours.terms[i - 1]?.holidays ?? [], hours.zone);
    for (const [name, timeline] of windowsUnder(terms, hours.zone, holidays, before, range)) {
      result.set(name, merge([...(result.get(name) ?? []), ...timeline]));
    }
  }
  return result;
}

/**
 * The part of a span in which the windows of some terms are known: while these apply, on the days of their holiday
 * list. It may be empty.
 */
export function knownRange(handbook: Handbook, { zone, terms }: Hours, i: number, span: Interval): Interval {
  const holidays = holidayDaysOf(handbook, terms[i]?.holidays ?? [], zone);
  const range = rangeOf(zone, terms, i, span);
  return holidays === undefined ? range : daysWithin(zone, holidays.fromOn, holidays.untilOn + 1, range);
}

/**
 * The stretches of support hours with an edge in another zone, on each of their days that begins within a span; one
 * that ends before it starts has no time.
 */
export function* zonedStretches(
  handbook: Handbook,
  hours: Hours,
  span: Interval,
): Iterable<Interval & { readonly stretch: Stretch; readonly on: Day }> {
  for (const [i, terms] of hours.terms.entries()) {
    const windows = [...terms.windows.values()];
    const zoned = windows
      .flatMap((window) => (window.kind === 'recurring' ? window.stretches : []))
      .filter(({ zones }) => zones !== undefined);
    const range = knownRange(handbook, hours, i, span);
    if (zoned.length === 0 || range.startAt >= range.endAt) continue;
    const fallsOn = dayTest(terms, holidayDaysOf(handbook, terms.holidays, hours.zone), undefined);
    const last = hours.zone.dayOf(range.endAt - 1);
    for (const stretch of zoned)
      for (let on = hours.zone.dayOf(range.startAt); on <= last; on++)
        if (fallsOn(stretch.days, on)) yield { ...stretchOn(stretch, on, hours.zone), stretch, on };
  }
}

/** The window in force at each instant; where two overlap, the later in the file. */
export const windowTimeline = (windows: Windows): Timeline<string> => layered([...windows.values()].flat());

/** The part of a span in which one of several terms applies, from local midnight to local midnight; it may be empty. */
export function rangeOf(
  zone: Zone,
  terms: readonly { readonly firstOn: Day }[],
  i: number,
  span: Interval,
): Interval {
  const from = terms[i]?.firstOn ?? Number.NEGATIVE_INFINITY;
  return daysWithin(zone, from, terms[i + 1]?.firstOn ?? Number.POSITIVE_INFINITY, span);
}

/** The part of a span from the start of one day to the start of another, either of which may be infinite. */
function daysWithin(zone: Zone, from: Day, to: Day, { startAt, endAt }: Interval): Interval {
  const startOf = (day: Day): Instant => (Number.isFinite(day) ? zone.startOf(day) : day);
  return { startAt: Math.max(startAt, startOf(from)), endAt: Math.min(endAt, startOf(to)) };
}

function windowsUnder(
  terms: HoursTerms,
  zone: Zone,
  holidays: HolidayDays | undefined,
  before: HolidayDays | undefined,
  range: Interval,
): ReadonlyMap<string, Timeline<string>> {
  const fallsOn = dayTest(terms, holidays, before);
  const result = new Map<string, Timeline<string>>();
  for (const [name, window] of terms.windows) {
    if (window.kind === 'outside') continue;
    const spans = window.stretches.flatMap((stretch) => stretchSpans(stretch, name, fallsOn, zone, range));
    result.set(name, clip(layered(spans), range));
  }
  for (const [name, window] of terms.windows) {
    if (window.kind !== 'outside') continue;
    const whole: Timeline<string> = [{ ...range, value: name }];
    result.set(
      name,
      window.of.reduce((rest, other) => without(rest, result.get(other) ?? []), whole),
    );
  }
  return result;
}

type DayTest = (days: Stretch['days'], day: Day) => boolean;

/** Whether a day is one of those on which a stretch begins. */
function dayTest(
  { workingDays }: HoursTerms,
  holidays: HolidayDays | undefined,
  before: HolidayDays | undefined,
): DayTest {
  // The day before a list's first is known by the list that the terms before went by.
  const lists = [holidays, before].filter((list) => list !== undefined);
  const listOf = (day: Day) => lists.find(({ fromOn, untilOn }) => fromOn <= day && day <= untilOn);
  const isHoliday = (day: Day) => holidays !== undefined && listOf(day)?.days.has(day) === true;
  const isWorking = (day: Day) => workingDays.has(weekdayOf(day)) && !isHoliday(day);
  // Whether a day outside every list was a working day is not guessed.
  const isKnown = (day: Day) => holidays === undefined || listOf(day) !== undefined;
  return (days, day) => {
    switch (days) {
      case 'every':
        return true;
      case 'working':
        return isKnown(day) && isWorking(day);
      case 'non-working':
        return isKnown(day) && !isWorking(day);
      case 'holidays':
        return isKnown(day) && isHoliday(day);
      default:
        return days.has(weekdayOf(day));
    }
  };
}

function stretchSpans(
  stretch: Stretch,
  name: string,
  fallsOn: DayTest,
  zone: Zone,
  range: Interval,
): readonly Span<string>[] {
  const spans: Span<string>[] = [];
  // The window of the day before may run over midnight into the range; in other zones the date is up to a day off.
  const astray = stretch.zones === undefined ? 0 : 2;
  const first = zone.dayOf(range.startAt) - 1 - astray;
  const last = zone.dayOf(range.endAt) + astray;
  for (let day = first; day <= last; day++) {
    if (!fallsOn(stretch.days, day)) continue;
    const { startAt, endAt } = stretchOn(stretch, day, zone);
    if (startAt < endAt) spans.push({ startAt, endAt, value: name });
  }
  return spans;
}

/** A stretch on one of its days. Each edge is the local time on that date, or the next, in its own zone. */
function stretchOn({ from, to, zones }: Stretch, day: Day, zone: Zone): Interval {
  const endDay = to <= from ? day + 1 : day;
  return {
    startAt: (zones?.from ?? zone).instantOf(day * DAY + from),
    endAt: (zones?.to ?? zone).instantOf(endDay * DAY + to),
  };
}
