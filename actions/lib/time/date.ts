/** Days, times of day and local date-times as plain numbers; their time zone is known from the context. */

/** A calendar day as the number of days since 1970-01-01; its time zone is known from the context. */
export type Day = number;

/** A local date-time: what a wall clock shows, in milliseconds since it showed 1970-01-01T00:00. */
export type Wall = number;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** In the order of the week; `weekdayOf` gives the index of a day. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** The day of a date written `2026-12-02`, or undefined when the date does not exist. */
export function dayOf(text: string): Day | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  // Not by `Date.parse`: a large handbook has hundreds of thousands of dates.
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  if (month < 1 || month > 12 || day < 1 || day > lastOf(year, month)) return undefined;
  // `Date.UTC` takes a year below 100 as one of the 20th century.
  return Date.UTC(year + 400, month - 1, day) / DAY - DAYS_OF_400_YEARS;
}

/** After this many days the calendar repeats. */
const DAYS_OF_400_YEARS = 146_097;

/** The last day of a month, from 1 to 12. */
function lastOf(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** `2026-12-02`. */
export const dateText = (day: Day): string => new Date(day * DAY).toISOString().slice(0, 10);

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: Day): number => (((day + 3) % 7) + 7) % 7;

/** The number of the week, Monday to Sunday, that contains the day. */
export const weekOf = (day: Day): number => Math.floor((day + 3) / 7);

/** Milliseconds after midnight of a local time written `10:00`. */
export const timeOf = (text: string): number =>
  Number(text.slice(0, 2)) * HOUR + Number(text.slice(3)) * MINUTE;

/** The local date-time of a text such as `2026-12-03T18:00`, or undefined when the date does not exist. */
export function wallOfText(text: string): Wall | undefined {
  const day = dayOf(text.slice(0, 10));
  return day === undefined ? undefined : day * DAY + timeOf(text.slice(11));
}

/** `2026-12-03T18:00`. */
export const wallText = (wall: Wall): string => new Date(wall).toISOString().slice(0, 16);

/** The day so many months later, or earlier when negative: the same day of the month, or its last day. */
export function monthsAfter(day: Day, months: number): Day {
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / DAY;
}

/** The start of the month of UTC that an instant is in. */
export function monthOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}
