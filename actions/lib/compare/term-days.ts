/**
 * Days on which terms of a rota or of support hours apply. Spans are of days, from the first to the one after the last.
 * Pure.
 */
import type { Day } from '../time/date.ts';
import type { Interval, Timeline } from '../timeline.ts';

export const ALWAYS: Interval = { startAt: Number.NEGATIVE_INFINITY, endAt: Number.POSITIVE_INFINITY };

/** The days on which one of several terms applies, within others. */
export const daysUnder = (
  terms: readonly { readonly firstOn: Day }[],
  i: number,
  within: Interval,
): Interval =>
  intersection(within, {
    startAt: terms[i]?.firstOn ?? Number.NEGATIVE_INFINITY,
    endAt: terms[i + 1]?.firstOn ?? Number.POSITIVE_INFINITY,
  });

/** What two spans have in common, which ends before it starts if that is nothing. */
export const intersection = (one: Interval, other: Interval): Interval => ({
  startAt: Math.max(one.startAt, other.startAt),
  endAt: Math.min(one.endAt, other.endAt),
});

/** A span as a timeline. */
export const spanOf = (days: Interval): Timeline<true> =>
  days.startAt < days.endAt ? [{ ...days, value: true }] : [];
