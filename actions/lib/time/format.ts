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

/** As `formatInstant`; a time that the clock shows twice, when it is put back, is followed by its offset. */
export const formatExactly = (zone: Zone, instant: Instant, now?: Instant): string =>
  formatInstant(zone, instant, now) + offsetMark(zone, instant);

/** `01:30`, the local time of an instant in the zone, with an offset as in `formatExactly`. */
export const clockExactly = (zone: Zone, instant: Instant): string =>
  clockText(zone.wallOf(instant)) + offsetMark(zone, instant);

/** ` (UTC+1)` where the clock of a zone shows the time of an instant twice; empty for any other. */
function offsetMark(zone: Zone, instant: Instant): string {
  const wall = zone.wallOf(instant);
  if (!zone.repeats(wall)) return '';
  const offset = Math.round((wall - instant) / MINUTE);
  const minutes = Math.abs(offset) % 60;
  const rest = minutes === 0 ? '' : `:${TWO_DIGITS[minutes]}`;
  return ` (UTC${offset < 0 ? '-' : '+'}${Math.floor(Math.abs(offset) / 60)}${rest})`;
}

/**
 * `Wed 2 Dec 17:00 – 19:00`, local time in the zone; with both days when they differ, and with years as in
 * `formatInstant`.
 */
export const formatSpan = (zone: Zone, startAt: Instant, endAt: Instant, now?: Instant): string =>
  `${formatInstant(zone, startAt, now)} – ${endText(zone, startAt, endAt, now)}`;

/** As `formatSpan`, with an offset after each time that the clock shows twice. */
export const formatSpanExactly = (zone: Zone, startAt: Instant, endAt: Instant, now?: Instant): string =>
  `${formatExactly(zone, startAt, now)} – ${endText(zone, startAt, endAt, now)}${offsetMark(zone, endAt)}`;

const endText = (zone: Zone, startAt: Instant, endAt: Instant, now?: Instant): string =>
  zone.dayOf(startAt) === zone.dayOf(endAt) ? clockText(zone.wallOf(endAt)) : formatInstant(zone, endAt, now);
