/**
 * Time zones, and the only conversion from local time to instants. It works on plain numbers, because resolving
 * converts hundreds of thousands of them; luxon supplies the offsets of each zone once and is imported nowhere else.
 *
 * A local time that occurs twice means its first occurrence; one that is skipped means the first instant after the gap.
 * Both follow from one rule: the first instant at which the clock shows that time or later. The rule is that of
 * `convert` in cctz and differs from "compatible" in Temporal. Because of it, windows that touch in local time also
 * touch in absolute time, in every zone.
 */
import { IANAZone } from '#luxon';
import type { Instant } from '../timeline.ts';
import { DAY, type Day, dayOf, MINUTE, type Wall } from './date.ts';
import names from './zone-names.json' with { type: 'json' };

/** Well below the shortest time between two changes of a zone: a week, of Gaza in 2040. */
const SAMPLED_EVERY = 3 * DAY;

/** Before and after, offsets stay as they are then: nothing is written there, and centuries take seconds to sample. */
const SAMPLED = { fromAt: Date.UTC(1900, 0, 1), untilAt: Date.UTC(2200, 0, 1) };

const withinSampled = (instant: Instant): Instant =>
  Math.min(Math.max(instant, SAMPLED.fromAt), SAMPLED.untilAt);

/** The offsets of a time zone, as a table that grows to cover the years in use. */
export class Zone {
  readonly name: string;
  readonly #zone: IANAZone;
  /** From `#starts[i]` on, the clock is `#offsets[i]` milliseconds ahead of UTC; the table ends at `#endAt`. */
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
      const startAt = i === 0 ? Number.NEGATIVE_INFINITY : (this.#starts[i] as number);
      const instant = Math.max(startAt, wall - (this.#offsets[i] as number));
      if (instant < (this.#starts[i + 1] ?? Number.POSITIVE_INFINITY)) return instant;
    }
  }

  /** The local time of this zone at an instant. */
  wallOf(instant: Instant): Wall {
    this.#cover(instant, instant);
    return instant + (this.#offsets[this.#index(instant)] as number);
  }

  /** The local day that contains an instant. */
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

  /** Whether the clock of this zone shows `wall` twice, because it is put back over it. */
  repeats(wall: Wall): boolean {
    this.#cover(wall - 2 * DAY, wall + 2 * DAY);
    for (let i = this.#index(wall - DAY) + 1; i < this.#starts.length; i++) {
      const changedAt = this.#starts[i] as number;
      if (changedAt > wall + DAY) return false;
      if (
        changedAt + (this.#offsets[i] as number) <= wall &&
        wall < changedAt + (this.#offsets[i - 1] as number)
      )
        return true;
    }
    return false;
  }

  /** Calls mostly come in order of time, so the search starts at the last index found. */
  #index(instant: Instant): number {
    const starts = this.#starts;
    let i = Math.min(this.#near, starts.length - 1);
    while (i > 0 && (starts[i] as number) > instant) i--;
    while (i + 1 < starts.length && (starts[i + 1] as number) <= instant) i++;
    this.#near = i;
    return i;
  }

  #cover(from: Instant, until: Instant): void {
    // What has no end is a mistake of the caller.
    if (!Number.isFinite(from) || !Number.isFinite(until))
      throw new RangeError(`cannot convert an infinite time (${this.name})`);
    const [fromAt, untilAt] = [withinSampled(from), withinSampled(until)];
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

  /** Changes of offset are at least six days apart in every zone, so sampling and bisecting finds each of them. */
  #table(fromAt: Instant, untilAt: Instant): [Instant[], number[]] {
    const offsetAt = (instant: Instant) => Math.round(this.#zone.offset(instant) * MINUTE);
    const starts = [fromAt];
    const offsets = [offsetAt(fromAt)];
    for (let at = fromAt; at < untilAt; at += SAMPLED_EVERY) {
      const before = offsets.at(-1);
      const nextAt = Math.min(at + SAMPLED_EVERY, untilAt);
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

/** The zone of a name that `isZoneName` accepts; the table of each zone is built once. */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = new Zone(name);
    zones.set(name, zone);
  }
  return zone;
}

/** Every time-zone name that a handbook may use: the `Area/Place` names of IANA, links included, and `UTC`. */
export const zoneNames: readonly string[] = names;

/** Validating a name builds a formatter, so each result is cached. */
const known = new Map(zoneNames.map((name) => [name, undefined as boolean | undefined]));

/** Whether a name is a time zone, in the exact spelling of IANA, that this machine's time-zone data contains. */
export function isZoneName(name: string): boolean {
  if (!known.has(name)) return false;
  const isValid = known.get(name) ?? IANAZone.isValidZone(name);
  known.set(name, isValid);
  return isValid;
}

/**
 * The instant of an ISO 8601 text with a zone (`2026-12-02T10:00:00Z`, `…+01:00`) in the years 2000 to 2099. Without
 * luxon, because files of events hold hundreds of thousands.
 */
export function instantOfText(text: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/.test(text))
    return undefined;
  const year = Number(text.slice(0, 4));
  const at = dayOf(text.slice(0, 10)) === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) || year < 2000 || year > 2099 ? undefined : at;
}
