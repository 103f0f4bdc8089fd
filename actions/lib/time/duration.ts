/** Durations as files write them, and the instant a duration after another. */
import type { Instant } from '../timeline.ts';
import { DAY, HOUR, MINUTE } from './date.ts';
import type { Zone } from './zone.ts';

/**
 * A duration as written: minutes and hours are elapsed time, days and weeks are local days, and working time depends on
 * support hours.
 */
export interface Duration {
  readonly count: number;
  readonly unit: 'minute' | 'hour' | 'day' | 'week' | 'working day' | 'working hour';
}

/** The duration of a text that the schemas accept, such as `7 days` or `2 working days`. */
export function durationOf(text: string): Duration {
  const [count = '', ...unit] = text.split(' ');
  return { count: Number(count), unit: unit.join(' ').replace(/s$/, '') as Duration['unit'] };
}

/** `7 days`, `1 hour`. */
export const durationText = ({ count, unit }: Duration): string =>
  `${count} ${unit}${count === 1 ? '' : 's'}`;

/** Elapsed milliseconds of a duration, with 24 hours to a day; undefined for working time. */
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
    case 'working day':
    case 'working hour':
      return undefined;
  }
}

/** Whole days of a duration of days or weeks. */
export const daysOf = ({ count, unit }: Duration): number => (unit === 'week' ? count * 7 : count);

/**
 * The instant a duration after another: elapsed time for minutes and hours; for days and weeks, the same local time on
 * a later day.
 */
export function after(zone: Zone, instant: Instant, duration: Duration): Instant {
  return duration.unit === 'day' || duration.unit === 'week'
    ? zone.instantOf(zone.wallOf(instant) + daysOf(duration) * DAY)
    : instant + (elapsedOf(duration) ?? 0);
}
