/**
 * The clocks of a ticket at an instant: a pure function of its events, the service level and its hours. Nothing that
 * was accumulated is stored, so the same events give the same answer for ever.
 */
import { type Service, TARGETS, type Target } from '../model.ts';
import type { Instant, Interval } from '../timeline.ts';
import { type ClockInput, ClockRun, type Measured } from './clock-run.ts';
import type { ClockState, ClockVerdict, TicketClocks } from './clock-state.ts';
import type { Counter } from './counted-time.ts';

/** The level of a service; undefined if it has none that could be read. */
export function measuredLevel(counter: Counter, { serviceLevel }: Service): Measured | undefined {
  const level = counter.handbook.serviceLevels.get(serviceLevel ?? '');
  const counted = level === undefined ? undefined : counter.termsOf(level);
  return level === undefined || counted === undefined ? undefined : { level, counted };
}

/** The clocks at an instant; none for a service without a level. Throws `PastHolidayList` if they are unknown. */
export function clocksOf(counter: Counter, whole: ClockInput, at: Instant): TicketClocks {
  const measured = measuredLevel(counter, whole.service);
  if (measured === undefined || whole.openedAt > at) return { open: [], verdicts: [] };
  const past = inputUntil(whole, at);
  const open: ClockState[] = [];
  const verdicts: ClockVerdict[] = [];
  for (const target of TARGETS)
    for (const life of livesOf(past, target)) {
      if (life.startAt > at) continue;
      const input = inputWithin(past, life);
      const run = new ClockRun(measured, input, { target, startAt: life.startAt });
      for (const endedAt of endsOf(input, life)) if (endedAt <= at) verdicts.push(...run.verdict(endedAt));
      if (life.endAt > at && !isWithin(input.solved, at)) open.push(...run.state(at));
    }
  return { open, verdicts: verdicts.toSorted((one, other) => one.endedAt - other.endedAt) };
}

/** What has happened by an instant. */
const inputUntil = (input: ClockInput, at: Instant): ClockInput => ({
  ...input,
  priorities: input.priorities.filter((it) => it.at <= at),
  statuses: input.statuses.filter((it) => it.at <= at),
  solved: input.solved
    .filter(({ startAt }) => startAt <= at)
    .map(({ startAt, endAt }) => ({ startAt, endAt: endAt <= at ? endAt : Number.POSITIVE_INFINITY })),
  replies: input.replies.filter((reply) => reply <= at),
});

/** What a clock depends on, so that those of many replies do not each look at all that happened to the ticket. */
const inputWithin = (input: ClockInput, life: Interval): ClockInput => ({
  ...input,
  priorities: sliceOf(input.priorities, ({ at }) => at, life),
  statuses: sliceOf(input.statuses, ({ at }) => at, life),
  solved: sliceOf(input.solved, ({ startAt }) => startAt, life),
});

/** What begins within an interval, both ends included, and the last that begins before it. */
function sliceOf<T>(list: readonly T[], atOf: (it: T) => Instant, { startAt, endAt }: Interval) {
  const beginsUntil = (until: Instant): number => {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (atOf(list[middle] as T) <= until) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return list.slice(Math.max(0, beginsUntil(startAt) - 1), beginsUntil(endAt));
}

/** From the start of a clock to the reply that ends it, or to infinity. */
function livesOf({ openedAt, replies }: ClockInput, target: Target): readonly Interval[] {
  const never = Number.POSITIVE_INFINITY;
  switch (target) {
    case 'respond':
      return [{ startAt: openedAt, endAt: replies[0] ?? never }];
    case 'update':
      return replies.map((startAt, i) => ({ startAt, endAt: replies[i + 1] ?? never }));
    case 'resolve':
      return [{ startAt: openedAt, endAt: never }];
  }
}

/** When a clock ends: each time the ticket is solved while it runs, and at its reply unless it stands still then. */
function endsOf({ solved }: ClockInput, { startAt, endAt }: Interval): readonly Instant[] {
  const solutions = solved.map((span) => span.startAt).filter((it) => startAt <= it && it < endAt);
  const isStill = solved.some((span) => span.startAt < endAt && endAt < span.endAt && startAt < span.endAt);
  return isStill || endAt === Number.POSITIVE_INFINITY ? solutions : [...solutions, endAt];
}

const isWithin = (spans: readonly Interval[], at: Instant): boolean =>
  spans.some(({ startAt, endAt }) => startAt <= at && at < endAt);
