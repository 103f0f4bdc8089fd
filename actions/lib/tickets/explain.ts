/** How the time of a target is counted from the opening of a ticket, step by step. Pure. */
import { type Clock, type Service, type Target, termsOn } from '../model.ts';
import { DAY } from '../time/date.ts';
import type { Duration } from '../time/duration.ts';
import type { Instant, Interval } from '../timeline.ts';
import { measuredLevel } from './clocks.ts';
import type { CountedTime, Counter } from './counted-time.ts';
import { type Bound, boundsOf, dueAt, type Promised, soonestFirst, workingStart } from './due.ts';

/** A step of the count. */
export type CountStep =
  /** Time that counts: so many milliseconds of the amount that the priority has in this window. */
  | (Interval & { readonly kind: 'counts'; readonly window: string; readonly amount: Duration })
  /** Time that does not: outside the windows, or in one that promises nothing. */
  | (Interval & { readonly kind: 'waits'; readonly window: string | undefined })
  /** Days are counted from this instant, which is later than the opening. */
  | { readonly kind: 'begins'; readonly at: Instant }
  /** So many days later; `isMoved` if the same local time is outside the hours of that day. */
  | { readonly kind: 'days'; readonly amount: Duration; readonly at: Instant; readonly isMoved: boolean };

/** The count of one target of a ticket to which nothing has happened since it was opened. */
export interface Count {
  readonly dueAt: Instant;
  /** Whether the first response that everything has is due sooner than what the priority is promised. */
  readonly isFirstResponse: boolean;
  readonly steps: readonly CountStep[];
}

/** How a target is counted; undefined where nothing is promised. Throws `PastHolidayList` if that is unknown. */
export function explainCount(
  counter: Counter,
  service: Service,
  {
    priority,
    target,
    openedAt,
  }: { readonly priority: string | undefined; readonly target: Target; readonly openedAt: Instant },
): Count | undefined {
  const measured = measuredLevel(counter, service);
  if (measured === undefined) return undefined;
  const { level, counted: all } = measured;
  const terms = termsOn(level.terms, (all[0] as CountedTime).zone.dayOf(openedAt));
  const counted = all[level.terms.indexOf(terms)] as CountedTime;
  const own = priority ?? terms.defaultPriority;
  const [found] = soonestFirst(boundsOf(terms, own, target), (bound) => {
    const due = dueAt(counted, bound.promised, openedAt, []);
    return due === undefined ? undefined : { bound, due };
  });
  if (found === undefined) return undefined;
  const { bound, due } = found;
  const amountOf = (clock: Clock): Duration | undefined =>
    isOwn(bound)
      ? terms.priorities.get(own ?? '')?.targets[clock]?.[target]
      : clock === 'in_hours'
        ? terms.firstResponse
        : undefined;
  const steps =
    bound.promised.kind === 'amount'
      ? [...spansCounted(counted, { startAt: openedAt, endAt: due }, amountOf)]
      : dayCount(counted, bound.promised, amountOf(bound.promised.clock) as Duration, openedAt, due);
  return { dueAt: due, isFirstResponse: !isOwn(bound), steps };
}

/** The first response that everything has is the one bound that nothing pauses. */
const isOwn = ({ isPausable }: Bound): boolean => isPausable;

function* spansCounted(
  counted: CountedTime,
  { startAt, endAt }: Interval,
  amountOf: (clock: Clock) => Duration | undefined,
): Iterable<CountStep> {
  for (let at = startAt; at < endAt; ) {
    const { window, endAt: until } = counted.windowAt(at);
    const clock = window === undefined ? undefined : counted.clockOf(window, at);
    const amount = clock === undefined ? undefined : amountOf(clock);
    const span = { startAt: at, endAt: Math.min(until, endAt) };
    yield window === undefined || amount === undefined
      ? { kind: 'waits', ...span, window }
      : { kind: 'counts', ...span, window, amount };
    at = until;
  }
}

function dayCount(
  counted: CountedTime,
  promised: Exclude<Promised, { readonly kind: 'amount' }>,
  amount: Duration,
  openedAt: Instant,
  due: Instant,
): readonly CountStep[] {
  const start = promised.kind === 'days' ? openedAt : workingStart(counted, promised.clock, openedAt);
  const timeOfDay = (at: Instant) => counted.zone.wallOf(at) - counted.zone.dayOf(at) * DAY;
  return [
    ...(start > openedAt ? [{ kind: 'begins', at: start } as const] : []),
    { kind: 'days', amount, at: due, isMoved: timeOfDay(start) !== timeOfDay(due) },
  ];
}
