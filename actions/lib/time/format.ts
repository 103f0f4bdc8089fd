/**
 * Formats instants, days and spans for people and JSON: in English on every machine, because output must not depend on
 * the locale.
 */
import type { Instant } from '../timeline.ts';
import { DAY, type Day, MINUTE, type Wall, WEEKDAYS, type Weekday, weekdayOf } from './date.ts';
import type { Zone } from './zone.ts';

/** `2026-12-02T17:00:00Z`. */
export const instantText = (instant: Instant): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `2 Dec`. */
export function formatDayOfMonth(day: Day): string {
  const date = new Date(day * DAY);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** `Wed 2 Dec`. */
export function formatDay(day: Day): string {
  const weekday = WEEKDAYS[weekdayOf(day)] as Weekday;
  const name = `${(weekday[0] as string).toUpperCase()}${weekday.slice(1, 3)}`;
  return `${name} ${formatDayOfMonth(day)}`;
}

/** `10:00`, on the wall clock. */
export function clockText(wall: Wall): string {
  const minutes = Math.floor((((wall % DAY) + DAY) % DAY) / MINUTE);
  return `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}`;
}

/** Precomputed, because pages and calendars format times of day a million times. */
const TWO_DIGITS = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));

/** `Wed 2 Dec 2026`. */
export const formatDate = (day: Day): string => `${formatDay(day)} ${new Date(day * DAY).getUTCFullYear()}`;

/** From this distance on, a date without its year could be read as one of another year. */
const NEARLY_A_YEAR = 300 * DAY;

/** `Wed 2 Dec 17:00`, local time in the zone; with the year when it is 300 days or more from `now`. */
export function formatInstant(zone: Zone, instant: Instant, now: Instant = instant): string {
  const wall = zone.wallOf(instant);
  const day = Math.floor(wall / DAY);
  return `${Math.abs(instant - now) < NEARLY_A_YEAR ? formatDay(day) : formatDate(day)} ${clockText(wall)}`;
}

/**
 * `Wed 2 Dec 17:00 – 19:00`, local time in the zone; with both days when they differ, and with years as in
 * `formatInstant`.
 */
export function formatSpan(zone: Zone, startAt: Instant, endAt: Instant, now?: Instant): string {
  const end =
    zone.dayOf(startAt) === zone.dayOf(endAt)
      ? clockText(zone.wallOf(endAt))
      : formatInstant(zone, endAt, now);
  return `${formatInstant(zone, startAt, now)} – ${end}`;
}
