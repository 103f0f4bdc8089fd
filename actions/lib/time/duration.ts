/** Lengths of time as people write them, and the instant one of them after another. */
import type { Instant } from '../timeline.ts';
import { DAY, HOUR, MINUTE } from './date.ts';
import type { Zone } from './zone.ts';

/** A length as people write it: minutes and hours have elapsed, days and weeks are local, working days need hours. */
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

/** Elapsed milliseconds of a duration, a day taken as 24 hours; undefined for working time. */
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

/** The instant a duration after another: elapsed for minutes and hours, the same wall clock for days and weeks. */
export function after(zone: Zone, instant: Instant, duration: Duration): Instant {
  return duration.unit === 'day' || duration.unit === 'week'
    ? zone.instantOf(zone.wallOf(instant) + daysOf(duration) * DAY)
    : instant + (elapsedOf(duration) ?? 0);
}
