/** Durations as files write them, and the instant a duration after another. */
import type { Instant } from '../timeline.ts';
import { DAY, type Day, HOUR, MINUTE, monthsAfter } from './date.ts';
import type { Zone } from './zone.ts';

/**
 * A duration as written: minutes and hours are elapsed time, days, weeks and months are local days, and working time
 * depends on support hours.
 */
export interface Duration {
  readonly count: number;
  readonly unit: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'working day' | 'working hour';
}

/** The duration of a text that the schemas accept, such as `7 days` or `2 working days`. */
export function durationOf(text: string): Duration {
  const [count = '', ...unit] = text.split(' ');
  return { count: Number(count), unit: unit.join(' ').replace(/s$/, '') as Duration['unit'] };
}

/** `7 days`, `1 hour`. */
export const durationText = ({ count, unit }: Duration): string =>
  `${count} ${unit}${count === 1 ? '' : 's'}`;

/** Elapsed milliseconds of a duration, with 24 hours to a day; undefined for months and for working time. */
export function elapsedOf({ count, unit }: Duration): number | undefined {
  switch (unit) {
    case 'minute':
      return count * MINUTE;
    case 'hour':
      return count * HOUR;
    case 'day':
      return count * DAY;
    case 'week':
      return count * 7 * DAY;
    case 'month':
    case 'working day':
    case 'working hour':
      return undefined;
  }
}

/** The milliseconds by which durations are compared, with months of mean length; working time counts nothing. */
export const lengthOf = (duration: Duration): number =>
  duration.unit === 'month' ? duration.count * MEAN_MONTH : (elapsedOf(duration) ?? 0);

/** A twelfth of the mean year of the calendar. */
const MEAN_MONTH = (365.2425 / 12) * DAY;

/** The day so many days, weeks or months after another; months lead to the same day of the month, or to its last. */
export const dayAfter = (day: Day, { count, unit }: Duration): Day =>
  unit === 'month' ? monthsAfter(day, count) : day + (unit === 'week' ? count * 7 : count);

/** The day so many days, weeks or months before another. */
export const dayBefore = (day: Day, { count, unit }: Duration): Day => dayAfter(day, { count: -count, unit });

/**
 * The instant a duration after another: elapsed time for minutes and hours; for days, weeks and months, the same local
 * time on a later day.
 */
export function after(zone: Zone, instant: Instant, duration: Duration): Instant {
  if (duration.unit !== 'day' && duration.unit !== 'week' && duration.unit !== 'month')
    return instant + (elapsedOf(duration) ?? 0);
  const wall = zone.wallOf(instant);
  const day = Math.floor(wall / DAY);
  return zone.instantOf(wall + (dayAfter(day, duration) - day) * DAY);
}

const ESTIMATE = /^(\d{1,4}(?:\.\d{1,2})?) (minute|hour|day)s?$/;

/** The milliseconds of an estimate such as `0.5 days`, rounded; undefined for another form, or for nothing. */
export function estimateOf(text: string, dayLength: number): number | undefined {
  const [, count, unit] = ESTIMATE.exec(text) ?? [];
  const each = unit === 'day' ? dayLength : unit === 'hour' ? HOUR : MINUTE;
  const length = Math.round(Number(count) * each);
  return length > 0 ? length : undefined;
}
