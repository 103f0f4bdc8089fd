/**
 * The clocks of a ticket at an instant: a pure function of its events, the service level and its hours. Nothing that
 * was accumulated is stored, so the same events give the same answer for ever.
 *
 * A clock is judged by what is in force at each instant, as if that had applied from its start. It is breached at the
 * first instant at which its target is used up: when time passes the due instant, or when another priority or other
 * terms make it so.
 */
import {
  type Service,
  type ServiceLevel,
  type ServiceLevelTerms,
  TARGETS,
  type Target,
  termsOn,
} from '../model.ts';
import type { Instant, Interval } from '../timeline.ts';
import type { ClockState, ClockVerdict, TicketClocks } from './clock-state.ts';
import type { CountedTime, Counter, Weights } from './counted-time.ts';
import { type Bound, boundsOf, dueAt, soonestFirst } from './due.ts';

/** What the clocks of a ticket depend on. Lists are in order of time. */
export interface ClockInput {
  readonly service: Service;
  readonly openedAt: Instant;
  /** Each priority that was set; before the first, the default of the service level applies. */
  readonly priorities: readonly { readonly at: Instant; readonly priority: string }[];
  /** The first is that of the opening. */
  readonly statuses: readonly { readonly at: Instant; readonly status: string }[];
  /** When it was solved; the last may end at infinity. */
  readonly solved: readonly Interval[];
  /** Replies of ours that the author can see. */
  readonly replies: readonly Instant[];
}

/** The level of a service, with the counted time of each of its terms. */
export interface Measured {
  readonly level: ServiceLevel;
  readonly counted: readonly CountedTime[];
}

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
      const clock: Clock = { measured, input, target, startAt: life.startAt };
      for (const endedAt of endsOf(input, life))
        if (endedAt <= at) verdicts.push(...verdictOf(clock, endedAt));
      if (life.endAt > at && !isWithin(input.solved, at)) open.push(...stateOf(clock, at));
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
  const solutions = solved.map((span) => span.startAt).filter((it) => startAt < it && it < endAt);
  const isStill = solved.some((span) => span.startAt < endAt && endAt < span.endAt && startAt < span.endAt);
  return isStill || endAt === Number.POSITIVE_INFINITY ? solutions : [...solutions, endAt];
}

const isWithin = (spans: readonly Interval[], at: Instant): boolean =>
  spans.some(({ startAt, endAt }) => startAt <= at && at < endAt);

interface Clock {
  readonly measured: Measured;
  readonly input: ClockInput;
  readonly target: Target;
  readonly startAt: Instant;
}

/** What is in force from one instant until the next change of it. */
interface Force extends Interval {
  readonly terms: ServiceLevelTerms;
  readonly counted: CountedTime;
  readonly priority: string | undefined;
  readonly bounds: readonly Bound[];
}

/** How a clock stands when it ends, or at the instant asked for. */
interface Outcome {
  readonly dueAt: Instant | undefined;
  readonly breachedAt: Instant | undefined;
  readonly byRetriage: boolean;
  readonly isPaused: boolean;
  readonly counted: CountedTime;
  /** The time that counts toward the due instant; undefined where nothing is promised. */
  readonly weights: Weights | undefined;
  /** The statuses in which it stands still. */
  readonly pausing: ReadonlySet<string>;
}

function verdictOf(clock: Clock, endedAt: Instant): readonly ClockVerdict[] {
  const { dueAt: due, breachedAt, byRetriage, weights } = outcomeOf(clock, endedAt);
  if (weights === undefined) return [];
  const { target, startAt: startedAt } = clock;
  return [{ target, startedAt, dueAt: due, endedAt, breachedAt, byRetriage }];
}

function stateOf(clock: Clock, at: Instant): readonly ClockState[] {
  const { dueAt: due, breachedAt, byRetriage, isPaused, counted, weights, pausing } = outcomeOf(clock, at);
  if (weights === undefined) return [];
  const { target, startAt: startedAt } = clock;
  const known = { target, startedAt, breachedAt, byRetriage };
  if (breachedAt !== undefined) {
    // Time in which the clock stands still makes nothing later.
    const still = pausesOf(clock.input, pausing, at).reduce(
      (sum, { startAt, endAt }) => sum + counted.measure(weights, Math.max(startAt, breachedAt), endAt),
      0,
    );
    return [
      {
        ...{ ...known, state: 'breached', dueAt: due },
        left: still - counted.measure(weights, breachedAt, at),
      },
    ];
  }
  if (due === undefined) return [];
  if (isPaused)
    return [{ ...known, state: 'paused', dueAt: undefined, left: counted.measure(weights, at, due) }];
  const ahead = dueAhead(clock, at) ?? due;
  return [{ ...known, state: 'running', dueAt: ahead, left: counted.measure(weights, at, ahead) }];
}

/** When a clock that runs will be due if nothing happens, where terms that are written already begin before that. */
function dueAhead(clock: Clock, at: Instant): Instant | undefined {
  const { level, counted } = clock.measured;
  const zone = (counted[0] as CountedTime).zone;
  const isAmended = level.terms.slice(1).some(({ firstOn }) => zone.startOf(firstOn) > at);
  return isAmended ? outcomeOf(clock, Number.POSITIVE_INFINITY).breachedAt : undefined;
}

/** Runs a clock from its start to an instant, at which a reply would still be in time. */
function outcomeOf(clock: Clock, until: Instant): Outcome {
  const none = {
    dueAt: undefined,
    breachedAt: undefined,
    byRetriage: false,
    isPaused: false,
    pausing: NO_STATUS,
  };
  let last: Outcome | undefined;
  for (const force of forcesOf(clock, until)) {
    const found = boundsIn(clock, force);
    const { counted } = force;
    const [first] = found;
    if (first === undefined) {
      last = { ...none, counted, weights: undefined };
      continue;
    }
    // What applies from the start on changes nothing.
    const byRetriage = force.startAt > clock.startAt && first.due <= force.startAt;
    if (byRetriage || first.due < force.endAt) {
      const breachedAt = byRetriage ? force.startAt : first.due;
      const { weights, isPaused, pausing } = first;
      return { dueAt: breachedAt, breachedAt, byRetriage, isPaused, counted, weights, pausing };
    }
    // While one bound is paused, the other one is what is due.
    const { due, isPaused, weights } = found.find((it) => !it.isPaused) ?? first;
    last = { ...none, dueAt: due, isPaused, counted, weights };
  }
  return last as Outcome;
}

/** The parts of a clock's time up to an instant in which priority and terms stay the same; at least one. */
function forcesOf({ measured: { level, counted }, input, target, startAt }: Clock, until: Instant): Force[] {
  const { zone } = counted[0] as CountedTime;
  const changes = [
    ...input.priorities.map(({ at }) => at),
    ...level.terms.slice(1).map(({ firstOn }) => zone.startOf(firstOn)),
  ];
  const starts = new Set([startAt, ...changes.filter((at) => startAt < at && at <= until)]);
  const forces: Force[] = [];
  for (const from of [...starts].toSorted((one, other) => one - other)) {
    const terms = termsOn(level.terms, zone.dayOf(from));
    const set = input.priorities.findLast(({ at }) => at <= from)?.priority;
    const priority = set ?? terms.defaultPriority;
    const before = forces.pop();
    if (before?.terms === terms && before.priority === priority) {
      forces.push(before);
      continue;
    }
    if (before !== undefined) forces.push({ ...before, endAt: from });
    const own = counted[level.terms.indexOf(terms)] as CountedTime;
    const bounds = boundsOf(terms, priority, target);
    forces.push({ startAt: from, endAt: until, terms, counted: own, priority, bounds });
  }
  return forces;
}

/** A bound with the instant at which it is used up, and whether it is paused when what is in force ends. */
interface Found {
  readonly due: Instant;
  readonly weights: Weights;
  readonly isPaused: boolean;
  readonly pausing: ReadonlySet<string>;
}

/** The bounds that are in force, the one that is used up first before the others. */
function boundsIn(clock: Clock, { terms, counted, bounds, endAt }: Force): readonly Found[] {
  const { input, target, startAt } = clock;
  return soonestFirst(bounds, ({ promised, isPausable }): Found | undefined => {
    const pausing = isPausable ? terms.pauses[target] : NO_STATUS;
    const due = dueAt(counted, promised, startAt, pausesOf(input, pausing, endAt));
    const isPaused = isWithin(pausingTimes(input, pausing), endAt);
    return due === undefined ? undefined : { due, weights: promised.counted, isPaused, pausing };
  });
}

const NO_STATUS: ReadonlySet<string> = new Set();

/** The times in a pausing status, in order. */
function pausingTimes({ statuses }: ClockInput, pausing: ReadonlySet<string>): readonly Interval[] {
  if (pausing.size === 0) return [];
  return statuses.flatMap(({ at, status }, i) => {
    const endAt = statuses[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    return pausing.has(status) && at < endAt ? [{ startAt: at, endAt }] : [];
  });
}

/** The times up to an instant in which a clock stands still: in a pausing status, or solved. They do not overlap. */
function pausesOf(input: ClockInput, pausing: ReadonlySet<string>, until: Instant): readonly Interval[] {
  const all = [...pausingTimes(input, pausing), ...input.solved]
    .filter(({ startAt }) => startAt < until)
    .map(({ startAt, endAt }) => ({ startAt, endAt: Math.min(endAt, until) }))
    .toSorted((one, other) => one.startAt - other.startAt);
  const joined: Interval[] = [];
  for (const span of all) {
    const last = joined.at(-1);
    if (last === undefined || last.endAt < span.startAt) joined.push(span);
    else joined[joined.length - 1] = { startAt: last.startAt, endAt: Math.max(last.endAt, span.endAt) };
  }
  return joined;
}
