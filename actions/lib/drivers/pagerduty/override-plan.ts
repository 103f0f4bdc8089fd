/** Compares a schedule of layers with its desired cover: which overrides to add, to remove and to leave. Pure. */
import { MINUTE } from '../../time/date.ts';
import {
  clip,
  type Instant,
  type Interval,
  layered,
  overlay,
  restrict,
  type Timeline,
  without,
} from '../../timeline.ts';
import type { ExistingRecord, Rendered } from './actual.ts';
import type { ScheduleChanges } from './changes.ts';
import type { DesiredSchedule } from './desired.ts';
import { byOwner } from './ownership.ts';

/** The changes of overrides over layers: none of them is edited, and none loses what it is over. */
export type OverridePlan = Pick<ScheduleChanges, 'add' | 'remove' | 'unchanged' | 'manual'>;

/**
 * A gap that ends this soon is not filled, unless an override in progress is to be removed: its removal waits until the
 * replacement has started.
 */
const SHORTEST_GAP = MINUTE;

/** Keeps every override that matches the handbook, however the shift is divided into overrides. */
export function overridePlan(
  desired: DesiredSchedule,
  overrides: readonly ExistingRecord[],
  now: Instant,
): OverridePlan {
  const { unchanged, stale, manual } = byOwner(desired, overrides, now);
  const kept = layered(
    [...unchanged, ...manual].map(({ startAt, endAt }) => ({ startAt, endAt, value: true })),
  );
  const leastAt = leastEndOf(stale, now);
  const gaps = without(desired.cover, kept).filter(({ endAt }) => endAt > leastAt);
  const add = gaps.map(({ startAt, endAt, value }) => ({
    user: value,
    startAt: startAt <= now ? undefined : startAt,
    endAt,
  }));
  return { add, remove: stale, unchanged, manual };
}

/** Gaps that end by then are not filled. */
export const leastEndOf = (stale: readonly ExistingRecord[], now: Instant): Instant =>
  stale.some(({ startAt }) => startAt <= now) ? now : now + SHORTEST_GAP;

/**
 * Who will be on: a manual override wins over the handbook, the handbook over the layers. Where two overrides that stay
 * overlap, PagerDuty applies the newer one. Their age is known only from the rendering, so the person whom it shows for
 * one of them is taken to stay on.
 */
export function coverAfter(
  { add, unchanged, manual }: OverridePlan,
  { final, base }: Rendered,
  span: Interval,
): Timeline<string> {
  const added = add.map(({ user, startAt = span.startAt, endAt }) => ({ startAt, endAt, user }));
  const pushed = layered(
    [...unchanged, ...added].map(({ startAt, endAt, user }) => ({ startAt, endAt, value: user })),
  );
  const byHand = layered(manual.map(({ startAt, endAt, user }) => ({ startAt, endAt, value: user })));
  const staying = Map.groupBy([...unchanged, ...manual], ({ user }) => user);
  const shown = [...staying].map(([user, own]) =>
    restrict(
      final.filter(({ value }) => value === user),
      layered(own.map(({ startAt, endAt }) => ({ startAt, endAt, value: true }))),
    ),
  );
  return clip([pushed, byHand, ...shown].reduce(overlay, base), span);
}
