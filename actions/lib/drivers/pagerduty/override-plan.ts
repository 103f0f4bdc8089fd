/** What is to change on one schedule: which overrides to add and to remove, which were made by others. Pure. */
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
import type { ExistingOverride, Rendered } from './actual.ts';
import type { Seat } from './desired.ts';

/** An override to add; one that begins at once has no start of its own. */
export interface Addition {
  readonly user: string;
  readonly startAt: Instant | undefined;
  readonly endAt: Instant;
}

/** What is to change on a schedule, and what stays. */
export interface OverridePlan {
  readonly add: readonly Addition[];
  /** Ours, and no longer what the handbook says. */
  readonly remove: readonly ExistingOverride[];
  /** What the handbook says already; left alone. */
  readonly right: readonly ExistingOverride[];
  /** Made by somebody in PagerDuty; they stay, and win. */
  readonly foreign: readonly ExistingOverride[];
}

/**
 * What is over so soon is not worth a change; nor is the moment in which what begins at once has not begun yet. Where
 * something that is on is to be removed, the moment counts: that has to wait for it.
 */
const MOMENT = MINUTE;

/** Compares what is wanted with what stands. An override that says what the handbook says is left alone, however it is cut. */
export function overridePlan(seat: Seat, overrides: readonly ExistingOverride[], now: Instant): OverridePlan {
  const standing = overrides.filter(({ endAt }) => endAt > now);
  const right = standing.filter((it) => isWithin(it, seat.now, now));
  const others = standing.filter((it) => !right.includes(it));
  const remove = others.filter((it) => seat.applied.some((cover) => isWithin(it, cover, now)));
  const foreign = others.filter((it) => !remove.includes(it));
  const held = layered([...right, ...foreign].map(({ startAt, endAt }) => ({ startAt, endAt, value: true })));
  const leastAt = remove.some(({ startAt }) => startAt <= now) ? now : now + MOMENT;
  const open = without(seat.cover, held).filter(({ endAt }) => endAt > leastAt);
  const add = open.map(({ startAt, endAt, value }) => ({
    user: value,
    startAt: startAt <= now ? undefined : startAt,
    endAt,
  }));
  return { add, remove, right, foreign };
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
 * Who will be on: whoever was put there by hand, else who the handbook says, else who the layers say. Of two overrides
 * that stay, the one made last wins, which only the rendering tells: who is on by one of them stays on.
 */
export function coverAfter(
  { add, right, foreign }: OverridePlan,
  { final, base }: Rendered,
  span: Interval,
): Timeline<string> {
  const added = add.map(({ user, startAt = span.startAt, endAt }) => ({ startAt, endAt, user }));
  const ours = layered(
    [...right, ...added].map(({ startAt, endAt, user }) => ({ startAt, endAt, value: user })),
  );
  const byHand = layered(foreign.map(({ startAt, endAt, user }) => ({ startAt, endAt, value: user })));
  const staying = Map.groupBy([...right, ...foreign], ({ user }) => user);
  const shown = [...staying].map(([user, own]) =>
    restrict(
      final.filter(({ value }) => value === user),
      layered(own.map(({ startAt, endAt }) => ({ startAt, endAt, value: true }))),
    ),
  );
  return clip([ours, byHand, ...shown].reduce(overlay, base), span);
}
