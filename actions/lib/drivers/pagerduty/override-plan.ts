/** Compares one schedule with its desired cover: which overrides to add, to remove and to leave. Pure. */
import { MINUTE } from '../../time/date.ts';
import {
  clip,
  type Instant,
  type Interval,
  indexFrom,
  layered,
  overlay,
  restrict,
  type Timeline,
  without,
} from '../../timeline.ts';
import type { ActualSchedule, ExistingOverride, Rendered } from './actual.ts';
import type { DesiredSchedule, DesiredState } from './desired.ts';
import { coverToWrite } from './off-duty-plan.ts';

/** An override to add; one that starts immediately has no start of its own. */
export interface Addition {
  readonly user: string;
  readonly startAt: Instant | undefined;
  readonly endAt: Instant;
}

/** What is to change on a schedule, and what stays. */
export interface OverridePlan {
  readonly add: readonly Addition[];
  /** Pushed from the handbook earlier, and no longer in it. */
  readonly remove: readonly ExistingOverride[];
  /** Already as in the handbook; not changed. */
  readonly unchanged: readonly ExistingOverride[];
  /** Made by somebody in PagerDuty; they are kept, and take precedence. */
  readonly manual: readonly ExistingOverride[];
}

/**
 * A gap that ends this soon is not filled, unless an override in progress is to be removed: its removal waits until the
 * replacement has started.
 */
const SHORTEST_GAP = MINUTE;

/**
 * The changes of a schedule as it was read; one that does not exist or takes no overrides has none. What is wanted off
 * duty is included once the schedule is rendered.
 */
export const scheduleChanges = (
  desired: DesiredSchedule,
  actual: ActualSchedule | undefined,
  { now, horizon }: Pick<DesiredState, 'now' | 'horizon'>,
  rendered: Rendered | undefined,
): OverridePlan => {
  const cover = coverToWrite(desired, rendered?.base, { startAt: now, endAt: horizon });
  return overridePlan({ ...desired, cover }, actual?.kind === 'layers' ? actual.overrides : [], now);
};

/** Keeps every override that matches the handbook, however the shift is divided into overrides. */
export function overridePlan(
  desired: DesiredSchedule,
  overrides: readonly ExistingOverride[],
  now: Instant,
): OverridePlan {
  const existing = overrides.filter(({ endAt }) => endAt > now);
  const unchanged = existing.filter((it) => isWithin(it, desired.current, now));
  const others = existing.filter((it) => !unchanged.includes(it));
  const remove = others.filter((it) => desired.applied.some((cover) => isWithin(it, cover, now)));
  const manual = others.filter((it) => !remove.includes(it));
  const kept = layered(
    [...unchanged, ...manual].map(({ startAt, endAt }) => ({ startAt, endAt, value: true })),
  );
  const leastAt = remove.some(({ startAt }) => startAt <= now) ? now : now + SHORTEST_GAP;
  const gaps = without(desired.cover, kept).filter(({ endAt }) => endAt > leastAt);
  const add = gaps.map(({ startAt, endAt, value }) => ({
    user: value,
    startAt: startAt <= now ? undefined : startAt,
    endAt,
  }));
  return { add, remove, unchanged, manual };
}

/** Whether a cover has the override's person for all of it that still lies ahead. */
function isWithin(
  { startAt, endAt, user }: ExistingOverride,
  cover: Timeline<string>,
  now: Instant,
): boolean {
  const ahead: Interval = { startAt: Math.max(startAt, now), endAt };
  const span = cover[indexFrom(cover, ahead.startAt)];
  return (
    span !== undefined && span.value === user && span.startAt <= ahead.startAt && span.endAt >= ahead.endAt
  );
}

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
