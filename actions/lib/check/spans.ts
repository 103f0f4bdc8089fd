/** Spans as findings report them: the first one, and how many more there are. Pure. */
import { formatSpan } from '../time/format.ts';
import { type Zone, zoneOf } from '../time/zone.ts';
import type { Instant, Interval } from '../timeline.ts';

/** A span with the zone it is shown in. */
export interface ZonedSpan {
  /** The name of a time zone. */
  readonly zone: string;
  readonly startAt: Instant;
  readonly endAt: Instant;
}

/** The first of several spans. */
export interface FirstSpan extends ZonedSpan {
  /** How many others follow. */
  readonly more: number;
}

/** The first of some spans; the list is not empty. */
export function firstOf({ name }: Zone, spans: readonly Interval[]): FirstSpan {
  const [{ startAt, endAt }] = spans as readonly [Interval];
  return { zone: name, startAt, endAt, more: spans.length - 1 };
}

/** "Wed 2 Dec 17:00 – 19:00". */
export const spanWords = ({ zone, startAt, endAt }: ZonedSpan): string =>
  formatSpan(zoneOf(zone), startAt, endAt);

/** "Wed 2 Dec 17:00 – 19:00 and 3 more times". */
export const firstWords = (first: FirstSpan): string =>
  `${spanWords(first)}${first.more === 0 ? '' : ` and ${first.more} more time${first.more === 1 ? '' : 's'}`}`;
