/**
 * One clock of a ticket, asked at ever later instants how it stands. What happened to the ticket is gone through once,
 * however often it is asked, so that the cost grows with the number of events and not with their square.
 *
 * A clock is judged by what is in force at each instant, as if that had applied from its start. It is breached at the
 * first instant at which its target is used up: when time passes the due instant, or when another priority or other
 * terms make it so.
 */
import { type Service, type ServiceLevel, type ServiceLevelTerms, type Target, termsOn } from '../model.ts';
import { type Instant, type Interval, type Span, spanAt, type Timeline } from '../timeline.ts';
import type { ClockState, ClockVerdict } from './clock-state.ts';
import type { CountedTime, Weights } from './counted-time.ts';
import { boundsOf, DueSearch, soonestFirst } from './due.ts';

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

/** What is in force from one instant until the next change of it. */
interface Force {
  readonly startAt: Instant;
  readonly terms: ServiceLevelTerms;
  readonly priority: string | undefined;
}

/** A bound of the target, with the search for its due instant. */
interface Track {
  readonly search: DueSearch;
  readonly weights: Weights;
  readonly pauses: Pauses;
}

/** When a clock stands still. */
interface Pauses {
  /** In a pausing status. */
  readonly statuses: Timeline<true>;
  /** In a pausing status, or solved. */
  readonly all: readonly Interval[];
}

/** How a clock stands when it ends, or at the instant asked for. */
interface Outcome {
  readonly dueAt: Instant | undefined;
  readonly breachedAt: Instant | undefined;
  readonly byRetriage: boolean;
  readonly isPaused: boolean;
  readonly counted: CountedTime;
  /** The time that counts toward the due instant, and what stops it; undefined where nothing is promised. */
  readonly track: Track | undefined;
}

const NOTHING = { dueAt: undefined, breachedAt: undefined, byRetriage: false, isPaused: false };

const NO_STATUS: ReadonlySet<string> = new Set();

/** A clock from its start on. It may be asked at the same instant again, and never at an earlier one. */
export class ClockRun {
  readonly #measured: Measured;
  readonly #input: ClockInput;
  readonly #target: Target;
  readonly #startAt: Instant;
  readonly #forces: readonly Force[];
  /** The index of what is in force at the instant asked for last. */
  #index = 0;
  #breach: Outcome | undefined;
  readonly #tracks = new Map<ServiceLevelTerms, Map<string | undefined, readonly Track[]>>();
  readonly #pauses = new Map<ReadonlySet<string>, Pauses>();

  /** `input` may lack what begins before the start of the clock, except for what is in force then. */
  constructor(
    measured: Measured,
    input: ClockInput,
    { target, startAt }: { readonly target: Target; readonly startAt: Instant },
  ) {
    this.#measured = measured;
    this.#input = input;
    this.#target = target;
    this.#startAt = startAt;
    this.#forces = forcesFrom(measured, input, startAt);
  }

  /**
   * What it says when it ends; nothing where nothing is promised. Its end is judged by what was in force until then: a
   * priority that is set at that very instant would be due at that instant, at which an answer is in time.
   */
  verdict(endedAt: Instant): readonly ClockVerdict[] {
    const { dueAt, breachedAt, byRetriage, track } = this.#outcomeAt(
      endedAt,
      (changeAt) => changeAt < endedAt,
    );
    const [target, startedAt] = [this.#target, this.#startAt];
    return track === undefined ? [] : [{ target, startedAt, dueAt, endedAt, breachedAt, byRetriage }];
  }

  /** What it says while it has not ended; nothing where nothing is promised. Nothing can be asked after that. */
  state(at: Instant): readonly ClockState[] {
    const { dueAt: due, breachedAt, byRetriage, isPaused, counted, track } = this.#outcomeAt(at);
    if (track === undefined || due === undefined) return [];
    const { weights, pauses } = track;
    const [target, startedAt] = [this.#target, this.#startAt];
    const known = { target, startedAt, breachedAt, byRetriage };
    if (breachedAt !== undefined) {
      // Time in which the clock stands still makes nothing later.
      const still = pauses.all.reduce(
        (sum, { startAt, endAt }) =>
          sum + counted.measure(weights, Math.max(startAt, breachedAt), Math.min(endAt, at)),
        0,
      );
      const left = still - counted.measure(weights, breachedAt, at);
      return [{ ...known, state: 'breached', dueAt: due, left }];
    }
    if (isPaused)
      return [{ ...known, state: 'paused', dueAt: undefined, left: counted.measure(weights, at, due) }];
    const ahead = this.#dueAhead(at) ?? due;
    return [{ ...known, state: 'running', dueAt: ahead, left: counted.measure(weights, at, ahead) }];
  }

  /** When it will be due if nothing happens, where terms that are written already begin before that. */
  #dueAhead(at: Instant): Instant | undefined {
    const isAmended = this.#forces.some(({ startAt }) => startAt > at);
    return isAmended ? this.#outcomeAt(Number.POSITIVE_INFINITY).breachedAt : undefined;
  }

  /** How it stands at an instant, at which a reply would still be in time. */
  #outcomeAt(until: Instant, isPast = (changeAt: Instant) => changeAt <= until): Outcome {
    for (; this.#breach === undefined; this.#index++) {
      const next = this.#forces[this.#index + 1];
      const isLast = next === undefined || !isPast(next.startAt);
      const outcome = this.#outcomeIn(this.#forces[this.#index] as Force, isLast ? until : next.startAt);
      if (outcome.breachedAt !== undefined) this.#breach = outcome;
      if (isLast) return outcome;
    }
    return this.#breach;
  }

  /** How it stands at an instant up to which something has been in force. */
  #outcomeIn(force: Force, endAt: Instant): Outcome {
    const found = soonestFirst(this.#tracksOf(force), (track) => {
      const due = track.search.dueAsOf(endAt);
      const isPaused = spanAt(track.pauses.statuses, endAt) !== undefined;
      return due === undefined ? undefined : { due, track, isPaused };
    });
    const counted = this.#countedOf(force);
    const [first] = found;
    if (first === undefined) return { ...NOTHING, counted, track: undefined };
    // What applies from the start on changes nothing.
    const byRetriage = force.startAt > this.#startAt && first.due <= force.startAt;
    if (byRetriage || first.due < endAt) {
      const breachedAt = byRetriage ? force.startAt : first.due;
      return { ...first, dueAt: breachedAt, breachedAt, byRetriage, counted };
    }
    // While one bound is paused, the other one is what is due.
    const { due, isPaused, track } = found.find((it) => !it.isPaused) ?? first;
    return { ...NOTHING, dueAt: due, isPaused, counted, track };
  }

  #countedOf({ terms }: Force): CountedTime {
    return this.#measured.counted[this.#measured.level.terms.indexOf(terms)] as CountedTime;
  }

  /** The bounds that are in force. Those of a priority go on where they were when it is set again. */
  #tracksOf(force: Force): readonly Track[] {
    const { terms, priority } = force;
    const ofTerms = this.#tracks.get(terms) ?? new Map<string | undefined, readonly Track[]>();
    this.#tracks.set(terms, ofTerms);
    const known = ofTerms.get(priority);
    if (known !== undefined) return known;
    const tracks = boundsOf(terms, priority, this.#target).map(({ promised, isPausable }) => {
      const pauses = this.#pausesIn(isPausable ? terms.pauses[this.#target] : NO_STATUS);
      const span = { from: this.#startAt, pauses: pauses.all };
      const search = new DueSearch(this.#countedOf(force), promised, span);
      return { search, weights: promised.counted, pauses };
    });
    ofTerms.set(priority, tracks);
    return tracks;
  }

  #pausesIn(pausing: ReadonlySet<string>): Pauses {
    const known = this.#pauses.get(pausing);
    if (known !== undefined) return known;
    const statuses = timesIn(this.#input, pausing);
    const pauses = { statuses, all: joined([...statuses, ...this.#input.solved]) };
    this.#pauses.set(pausing, pauses);
    return pauses;
  }
}

/** What is in force from the start of a clock on, with every change of it; at least one. */
function forcesFrom(
  { level, counted }: Measured,
  { priorities }: ClockInput,
  startAt: Instant,
): readonly Force[] {
  const { zone } = counted[0] as CountedTime;
  const changes = [
    ...priorities.map(({ at }) => at),
    ...level.terms.slice(1).map(({ firstOn }) => zone.startOf(firstOn)),
  ];
  const starts = new Set([startAt, ...changes.filter((at) => startAt < at)]);
  const forces: Force[] = [];
  let next = 0;
  for (const from of [...starts].toSorted((one, other) => one - other)) {
    while ((priorities[next]?.at ?? Number.POSITIVE_INFINITY) <= from) next++;
    const terms = termsOn(level.terms, zone.dayOf(from));
    const priority = priorities[next - 1]?.priority ?? terms.defaultPriority;
    const last = forces.at(-1);
    if (last?.terms !== terms || last.priority !== priority) forces.push({ startAt: from, terms, priority });
  }
  return forces;
}

/** The times in a pausing status. */
function timesIn({ statuses }: ClockInput, pausing: ReadonlySet<string>): Timeline<true> {
  if (pausing.size === 0) return [];
  return statuses.flatMap(({ at, status }, i): readonly Span<true>[] => {
    const endAt = statuses[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    return pausing.has(status) && at < endAt ? [{ startAt: at, endAt, value: true }] : [];
  });
}

/** Times in order, of which none overlaps or touches another. */
function joined(times: readonly Interval[]): readonly Interval[] {
  const all: Interval[] = [];
  for (const { startAt, endAt } of times.toSorted((one, other) => one.startAt - other.startAt)) {
    const last = all.at(-1);
    if (last === undefined || last.endAt < startAt) all.push({ startAt, endAt });
    else all[all.length - 1] = { startAt: last.startAt, endAt: Math.max(last.endAt, endAt) };
  }
  return all;
}
