/** Spans as findings report them: the first one, how many more there are, and the list of all of them. Pure. */
import type { Finding } from '../model.ts';
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

/** Under this key the arguments of a finding carry all its spans, until `withSpans` moves them to the finding. */
const ALL = Symbol('all spans');

/** The first of some spans; the list is not empty. */
export function firstOf({ name }: Zone, spans: readonly Interval[]): FirstSpan {
  const [{ startAt, endAt }] = spans as readonly [Interval];
  const first = { zone: name, startAt, endAt, more: spans.length - 1 };
  return spans.length === 1 ? first : Object.assign(first, { [ALL]: spans });
}

/** A finding with all the spans that `firstOf` put into its arguments, or that a change has; these stay plain data. */
export function withSpans(finding: Finding): Finding {
  const { [ALL]: all, ...args } = finding.args as Finding['args'] & {
    readonly [ALL]?: readonly Interval[];
    readonly spans?: readonly Interval[];
  };
  const spans = all ?? args.spans;
  if (spans === undefined) return finding;
  return { ...finding, args, spans: spans.map(({ startAt, endAt }) => ({ startAt, endAt })) };
}

/** "Wed 2 Dec 17:00 – 19:00", for each of a finding's times if there are several. */
export const allSpanWords = ({ args, spans = [] }: Pick<Finding, 'args' | 'spans'>): readonly string[] =>
  spans.map((span) => spanWords({ zone: String(args.zone), ...span }));

/** "Wed 2 Dec 17:00 – 19:00". */
export const spanWords = ({ zone, startAt, endAt }: ZonedSpan): string =>
  formatSpan(zoneOf(zone), startAt, endAt);

/** "Wed 2 Dec 17:00 – 19:00 and 3 more times". */
export const firstWords = (first: FirstSpan): string =>
  `${spanWords(first)}${first.more === 0 ? '' : ` and ${first.more} more time${first.more === 1 ? '' : 's'}`}`;
