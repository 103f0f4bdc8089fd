/**
 * Whose the records on a schedule are: PagerDuty does not say, so a record is recognised by its content. It is ours
 * when the handbook, now or at a revision that was applied, has its person on for all of it. Pure.
 */
import { type Instant, type Interval, indexFrom, type Timeline } from '../../timeline.ts';
import type { ExistingRecord } from './actual.ts';
import type { DesiredSchedule } from './desired.ts';

/** The records of a schedule that are not over, by whose they are. */
export interface OwnedRecords {
  /** As in the handbook. */
  readonly unchanged: readonly ExistingRecord[];
  /** Pushed from the handbook earlier, and no longer in it. */
  readonly stale: readonly ExistingRecord[];
  /** Made by somebody in PagerDuty. */
  readonly manual: readonly ExistingRecord[];
}

/** Divides the records of a schedule by whose they are. */
export function byOwner(
  { current, applied }: Pick<DesiredSchedule, 'current' | 'applied'>,
  records: readonly ExistingRecord[],
  now: Instant,
): OwnedRecords {
  const existing = records.filter(({ endAt }) => endAt > now);
  const unchanged = existing.filter((it) => isWithin(it, current, now));
  const others = existing.filter((it) => !unchanged.includes(it));
  const stale = others.filter((it) => applied.some((cover) => isWithin(it, cover, now)));
  return { unchanged, stale, manual: others.filter((it) => !stale.includes(it)) };
}

/** Whether a cover has the record's person for all of it that still lies ahead. */
export function isWithin(
  { startAt, endAt, user }: Interval & { readonly user: string },
  cover: Timeline<string>,
  now: Instant,
): boolean {
  const ahead: Interval = { startAt: Math.max(startAt, now), endAt };
  const span = cover[indexFrom(cover, ahead.startAt)];
  return (
    span !== undefined && span.value === user && span.startAt <= ahead.startAt && span.endAt >= ahead.endAt
  );
}
