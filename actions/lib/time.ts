/**
 * Local time: zones, dates, and the one map from the wall clock to instants. Takes and gives plain numbers, because
 * resolving asks for them by the hundred thousand; luxon supplies every zone's offsets once and stays here.
 *
 * The one surprise: a wall-clock time that happens twice means its first occurrence, and one that never happens means
 * the first instant after the gap. Both are one rule (the first instant at which the clock shows that time or later),
 * and because of it windows that touch on the wall touch in time, in any zone.
 */
import { DateTime, IANAZone } from 'luxon';
import tzdata from 'tzdata' with { type: 'json' };
import type { Instant } from './timeline.ts';

/** A calendar day as the number of days since 1970-01-01; which zone's day it is, the context says. */
export type Day = number;

/** What a wall clock shows, in milliseconds since it showed 1970-01-01T00:00. */
export type Wall = number;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** In the order in which a week has them; the index of a day is `weekdayOf`. */
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

/** The day of a date written `2026-12-02`, or undefined when there is no such day. */
export function dayOf(text: string): Day | undefined {
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || dateText(at / DAY) !== text ? undefined : at / DAY;
}

/** `2026-12-02`. */
export const dateText = (day: Day): string => new Date(day * DAY).toISOString().slice(0, 10);

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: Day): number => (((day + 3) % 7) + 7) % 7;

/** The number of the week, Monday to Sunday, that holds the day. */
export const weekOf = (day: Day): number => Math.floor((day + 3) / 7);

/** Milliseconds after midnight of a local time written `10:00`. */
export const timeOf = (text: string): number =>
  Number(text.slice(0, 2)) * HOUR + Number(text.slice(3)) * MINUTE;

/** What the wall clock shows at a local date-time written `2026-12-03T18:00`, or undefined when there is no such day. */
export function wallOfText(text: string): Wall | undefined {
  const day = dayOf(text.slice(0, 10));
  return day === undefined ? undefined : day * DAY + timeOf(text.slice(11));
}

/** `2026-12-03T18:00`. */
export const wallText = (wall: Wall): string => new Date(wall).toISOString().slice(0, 16);

/** A time zone's offsets as a table that grows to the years that are asked for. */
export class Zone {
  readonly name: string;
  readonly #zone: IANAZone;
  /** Since `#starts[i]` the clock is `#offsets[i]` milliseconds ahead of UTC; the table ends at `#endAt`. */
  #starts: Instant[] = [];
  #offsets: number[] = [];
  #endAt: Instant = 0;
  #near = 0;

  constructor(name: string) {
    this.name = name;
    this.#zone = IANAZone.create(name);
  }

  /** The first instant at which the clock of this zone shows `wall` or later. */
  instantOf(wall: Wall): Instant {
    this.#cover(wall - 2 * DAY, wall + 2 * DAY);
    for (let i = this.#index(wall - DAY); ; i++) {
      const instant = Math.max(this.#starts[i] as number, wall - (this.#offsets[i] as number));
      if (instant < (this.#starts[i + 1] ?? Number.POSITIVE_INFINITY)) return instant;
    }
  }

  /** What the clock of this zone shows at an instant. */
  wallOf(instant: Instant): Wall {
    this.#cover(instant, instant);
    return instant + (this.#offsets[this.#index(instant)] as number);
  }

  /** The local day that holds an instant. */
  dayOf(instant: Instant): Day {
    return Math.floor(this.wallOf(instant) / DAY);
  }

  /** The instant at which a local day begins: midnight, or the end of the gap where midnight is skipped. */
  startOf(day: Day): Instant {
    return this.instantOf(day * DAY);
  }

  /** Whether the clock of this zone ever shows `wall`. */
  shows(wall: Wall): boolean {
    return this.wallOf(this.instantOf(wall)) === wall;
  }

  /** Questions come in order of time, so the last answer is mostly the next one too. */
  #index(instant: Instant): number {
    const starts = this.#starts;
    let i = Math.min(this.#near, starts.length - 1);
    while (i > 0 && (starts[i] as number) > instant) i--;
    while (i + 1 < starts.length && (starts[i + 1] as number) <= instant) i++;
    this.#near = i;
    return i;
  }

  #cover(fromAt: Instant, untilAt: Instant): void {
    // A table up to the end of time would never be done.
    if (!Number.isFinite(fromAt) || !Number.isFinite(untilAt))
      throw new RangeError(`no clock shows a time without end (${this.name})`);
    const startAt = this.#starts[0];
    if (startAt === undefined) {
      const aroundAt = fromAt - (fromAt % DAY) - 400 * DAY;
      [this.#starts, this.#offsets] = this.#table(aroundAt, untilAt + 400 * DAY);
      this.#endAt = untilAt + 400 * DAY;
      return;
    }
    if (fromAt < startAt) {
      const earlierAt = fromAt - (fromAt % DAY) - 400 * DAY;
      const [starts, offsets] = this.#table(earlierAt, startAt);
      this.#starts = [...starts, ...this.#starts.slice(1)];
      this.#offsets = [...offsets, ...this.#offsets.slice(1)];
    }
    if (untilAt > this.#endAt) {
      const [starts, offsets] = this.#table(this.#endAt, untilAt + 400 * DAY);
      this.#starts.push(...starts.slice(1));
      this.#offsets.push(...offsets.slice(1));
      this.#endAt = untilAt + 400 * DAY;
    }
  }

  /** No zone changes its offset twice within a day, so a look at each day and a bisection find every change. */
  #table(fromAt: Instant, untilAt: Instant): [Instant[], number[]] {
    const offsetAt = (instant: Instant) => Math.round(this.#zone.offset(instant) * MINUTE);
    const starts = [fromAt];
    const offsets = [offsetAt(fromAt)];
    for (let at = fromAt; at < untilAt; at += DAY) {
      const before = offsets.at(-1);
      const nextAt = Math.min(at + DAY, untilAt);
      const after = offsetAt(nextAt);
      if (before === after) continue;
      let unchangedAt = at;
      let changedAt = nextAt;
      while (changedAt - unchangedAt > 1) {
        const middle = Math.floor((unchangedAt + changedAt) / 2);
        if (offsetAt(middle) === before) unchangedAt = middle;
        else changedAt = middle;
      }
      starts.push(changedAt);
      offsets.push(after);
    }
    return [starts, offsets];
  }
}

const zones = new Map<string, Zone>();

/** The zone of a name that `isZoneName` accepts; one table per zone however often it is asked for. */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = new Zone(name);
    zones.set(name, zone);
  }
  return zone;
}

/** Every name a handbook may use for a zone: IANA's `Area/Place` names, links included, and `UTC`. */
export const zoneNames: readonly string[] = [
  'UTC',
  ...Object.keys(tzdata.zones).filter((name) => name.includes('/') && !name.startsWith('Etc/')),
];

/** Asking the machine builds a formatter, so each name is asked for once. */
const known = new Map(zoneNames.map((name) => [name, undefined as boolean | undefined]));

/** Whether a name is a zone in IANA's exact spelling that this machine's time-zone data knows. */
export function isZoneName(name: string): boolean {
  if (!known.has(name)) return false;
  const answer = known.get(name) ?? IANAZone.isValidZone(name);
  known.set(name, answer);
  return answer;
}

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

/** The instant of an ISO 8601 text with a zone (`2026-12-02T10:00:00Z`, `…+01:00`) in the years 2000 to 2099. */
export function instantOfText(text: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/.test(text))
    return undefined;
  const parsed = DateTime.fromISO(text, { setZone: true });
  return parsed.isValid && parsed.year >= 2000 && parsed.year < 2100 ? parsed.toMillis() : undefined;
}

/** `2026-12-02T17:00:00Z`. */
export const instantText = (instant: Instant): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `Wed 2 Dec`: English on every machine, because output must not depend on the locale. */
export function spokenDay(day: Day): string {
  const date = new Date(day * DAY);
  const weekday = WEEKDAYS[weekdayOf(day)] as Weekday;
  return `${(weekday[0] as string).toUpperCase()}${weekday.slice(1, 3)} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** `10:00`, on the wall clock. */
export function clockText(wall: Wall): string {
  const minutes = Math.floor((((wall % DAY) + DAY) % DAY) / MINUTE);
  return `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}`;
}

/** Pages and calendars say the time of day a million times. */
const TWO_DIGITS = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));

/** `Wed 2 Dec 2026`. */
export const spokenDate = (day: Day): string => `${spokenDay(day)} ${new Date(day * DAY).getUTCFullYear()}`;

/** So far from now, a date without its year is taken for that of another one. */
const NEARLY_A_YEAR = 300 * DAY;

/** `Wed 2 Dec 17:00`, on the wall clock of the zone; with the year where it is nearly a year or more from `now`. */
export function spoken(zone: Zone, instant: Instant, now: Instant = instant): string {
  const wall = zone.wallOf(instant);
  const day = Math.floor(wall / DAY);
  return `${Math.abs(instant - now) < NEARLY_A_YEAR ? spokenDay(day) : spokenDate(day)} ${clockText(wall)}`;
}

/** `Wed 2 Dec 17:00 – 19:00`, or with both days where they differ, on the wall clock of the zone; years as in `spoken`. */
export function spokenSpan(zone: Zone, startAt: Instant, endAt: Instant, now?: Instant): string {
  const end =
    zone.dayOf(startAt) === zone.dayOf(endAt) ? clockText(zone.wallOf(endAt)) : spoken(zone, endAt, now);
  return `${spoken(zone, startAt, now)} – ${end}`;
}
