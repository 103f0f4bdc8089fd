/**
 * A timeline is a value that changes over time: sorted, non-overlapping, half-open spans, each with a value; between
 * spans there is none. A rotation is a timeline of people, support hours are timelines of windows, overrides are
 * overlaid on a rotation, and a change of cover is the difference of two timelines.
 *
 * Adjacent spans with the same value are merged in every result, so equal timelines are equal arrays.
 */

/** An instant, in milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

/** From `startAt`, included, to `endAt`, excluded; never empty. */
export interface Interval {
  readonly startAt: Instant;
  readonly endAt: Instant;
}

/** An interval in which one value holds. */
export interface Span<T> extends Interval {
  readonly value: T;
}

/** Spans sorted by start, none overlapping another, none empty. */
export type Timeline<T> = readonly Span<T>[];

/** Whether two values count as equal: adjacent spans with equal values are merged. */
type Same<T> = (one: T, other: T) => boolean;

/**
 * Applies `decide` to two timelines wherever at least one of them has a value; where it returns `undefined`, the result
 * has no value. Nearly all other operations are built on this one sweep.
 */
export function combine<A, B, T>(
  a: Timeline<A>,
  b: Timeline<B>,
  decide: (a: A | undefined, b: B | undefined) => T | undefined,
  same: Same<T> = Object.is,
): Timeline<T> {
  const result: Span<T>[] = [];
  let i = 0;
  let j = 0;
  let cursor = Number.NEGATIVE_INFINITY;
  for (;;) {
    const left = a[i];
    const right = b[j];
    if (left === undefined && right === undefined) return result;
    const leftStartAt = left === undefined ? Number.POSITIVE_INFINITY : Math.max(left.startAt, cursor);
    const rightStartAt = right === undefined ? Number.POSITIVE_INFINITY : Math.max(right.startAt, cursor);
    const startAt = Math.min(leftStartAt, rightStartAt);
    const inLeft = leftStartAt === startAt;
    const inRight = rightStartAt === startAt;
    const endAt = Math.min(
      inLeft && left !== undefined ? left.endAt : leftStartAt,
      inRight && right !== undefined ? right.endAt : rightStartAt,
    );
    const value = decide(inLeft ? left?.value : undefined, inRight ? right?.value : undefined);
    if (value !== undefined) append(result, startAt, endAt, value, same);
    cursor = endAt;
    if (left !== undefined && left.endAt <= cursor) i++;
    if (right !== undefined && right.endAt <= cursor) j++;
  }
}

function append<T>(spans: Span<T>[], startAt: Instant, endAt: Instant, value: T, same: Same<T>): void {
  const last = spans.at(-1);
  if (last !== undefined && last.endAt === startAt && same(last.value, value)) {
    spans[spans.length - 1] = { startAt: last.startAt, endAt, value: last.value };
  } else {
    spans.push({ startAt, endAt, value });
  }
}

/** `top` wherever it has a value, `base` elsewhere. */
export const overlay = <T>(base: Timeline<T>, top: Timeline<T>): Timeline<T> =>
  base.length === 0
    ? merge(top)
    : top.length === 0
      ? base
      : combine(base, top, (below, above) => above ?? below);

/**
 * `timeline` only where `mask` has a value, whatever that value is. It has its own sweep because resolving spends most
 * of its time here.
 */
export function restrict<T>(timeline: Timeline<T>, mask: Timeline<unknown>): Timeline<T> {
  const result: Span<T>[] = [];
  let i = mask[0] === undefined ? 0 : indexFrom(timeline, mask[0].startAt);
  let j = timeline[i] === undefined ? 0 : indexFrom(mask, (timeline[i] as Span<T>).startAt);
  for (;;) {
    const span = timeline[i];
    const inside = mask[j];
    if (span === undefined || inside === undefined) return result;
    const startAt = Math.max(span.startAt, inside.startAt);
    const endAt = Math.min(span.endAt, inside.endAt);
    if (startAt < endAt) append(result, startAt, endAt, span.value, Object.is);
    if (span.endAt <= inside.endAt) i++;
    else j++;
  }
}

/** `timeline` only where `mask` has no value. */
export const without = <T>(timeline: Timeline<T>, mask: Timeline<unknown>): Timeline<T> =>
  timeline.length === 0 || mask.length === 0
    ? timeline
    : combine(timeline, mask, (value, inside) => (inside === undefined ? value : undefined));

/** `timeline` within one interval. */
export const clip = <T>(timeline: Timeline<T>, { startAt, endAt }: Interval): Timeline<T> =>
  startAt < endAt ? restrict(timeline, [{ startAt, endAt, value: true }]) : [];

/** Merges adjacent spans whose values are equal under `same`; the first value is kept. */
export function merge<T>(timeline: Timeline<T>, same: Same<T> = Object.is): Timeline<T> {
  const joins = (span: Span<T>, i: number) => {
    const last = timeline[i - 1];
    return last !== undefined && last.endAt === span.startAt && same(last.value, span.value);
  };
  // Most timelines have nothing to merge, and are returned without a copy.
  if (!timeline.some(joins)) return timeline;
  const result: Span<T>[] = [];
  for (const { startAt, endAt, value } of timeline) append(result, startAt, endAt, value, same);
  return result;
}

/** The two values where timelines differ; `undefined` means no value. */
export interface Change<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** The spans in which `before` and `after` hold different values; empty when they are equal. */
export function difference<T>(
  before: Timeline<T>,
  after: Timeline<T>,
  same: Same<T> = Object.is,
): Timeline<Change<T>> {
  const equal = (one: T | undefined, other: T | undefined) =>
    one === undefined || other === undefined ? one === other : same(one, other);
  return combine<T, T, Change<T>>(
    before,
    after,
    (one, other) => (equal(one, other) ? undefined : { before: one, after: other }),
    (one, other) => equal(one.before, other.before) && equal(one.after, other.after),
  );
}

/** A timeline from spans in any order; empty ones are dropped, and where two overlap, the later in the list wins. */
export function layered<T>(spans: readonly Span<T>[]): Timeline<T> {
  // Most lists are sorted and free of overlaps, and are not copied.
  if (isTimeline(spans)) return merge(spans);
  const filled = spans.filter((span) => span.startAt < span.endAt);
  const sorted = filled.toSorted((one, other) => one.startAt - other.startAt);
  return isTimeline(sorted) ? merge(sorted) : overlaid(filled);
}

/** Spans laid over each other in their order: half over half, because one by one takes quadratic time. */
function overlaid<T>(spans: readonly Span<T>[]): Timeline<T> {
  if (spans.length < 2) return spans;
  const middle = spans.length >>> 1;
  return overlay(overlaid(spans.slice(0, middle)), overlaid(spans.slice(middle)));
}

const isTimeline = (spans: readonly Interval[]): boolean =>
  spans.every(({ startAt, endAt }, i) => startAt < endAt && (spans[i - 1]?.endAt ?? startAt) <= startAt);

/** The index of the first span that ends after `instant`: the one that contains it, or the next one. */
export function indexFrom(timeline: Timeline<unknown>, instant: Instant): number {
  let low = 0;
  let high = timeline.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    // biome-ignore lint/style/noNonNullAssertion: middle lies within the array by construction
    if (timeline[middle]!.endAt <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The span that contains `instant`, if any. */
export function spanAt<T>(timeline: Timeline<T>, instant: Instant): Span<T> | undefined {
  const span = timeline[indexFrom(timeline, instant)];
  return span !== undefined && span.startAt <= instant ? span : undefined;
}
