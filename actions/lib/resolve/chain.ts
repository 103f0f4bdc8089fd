/**
 * Escalation chains: which levels are called for a priority, in which order and after how long. A level that reaches
 * nobody takes no time, as in PagerDuty. Pure.
 */
import type { Escalation, Handbook, Level, PlannedChange } from '../model.ts';
import { elapsedOf } from '../time/duration.ts';
import type { Instant } from '../timeline.ts';

/** A level as one priority meets it. */
export interface ChainLevel {
  readonly level: Level;
  /** Its position in the file, from 0. */
  readonly index: number;
  /** Called beside the first level, and without time of its own later in the chain. */
  readonly isAtOnce: boolean;
}

/** A level and when it is called. */
export interface ChainStep extends ChainLevel {
  /** Milliseconds from the first call to this one. */
  readonly after: number;
  /** It reaches nobody, so the next level is called in its place. */
  readonly isEmpty: boolean;
}

/**
 * The levels that are called for a priority; without one, all levels as written, of which those are called at once that
 * have no other priorities than these.
 */
export const levelsFor = ({ levels }: Escalation, priority?: string): readonly ChainLevel[] =>
  levels.flatMap((level, index) => {
    const { onlyFor, atOnceFor } = level;
    if (priority !== undefined && onlyFor?.includes(priority) === false) return [];
    const called = priority === undefined ? onlyFor : [priority];
    const isAtOnce = index > 0 && called?.every((it) => atOnceFor.includes(it)) === true;
    return [{ level, index, isAtOnce }];
  });

/** How long a level has before the next one is called, in milliseconds. */
export const waitOf = ({ escalateAfter }: Level): number => (escalateAfter && elapsedOf(escalateAfter)) ?? 0;

/** The levels in the order in which they are called. */
export function stepsOf(
  levels: readonly ChainLevel[],
  isEmpty: (level: Level) => boolean,
): readonly ChainStep[] {
  let after = 0;
  const steps = levels.map((it): ChainStep => {
    const step = { ...it, after: it.isAtOnce ? 0 : after, isEmpty: isEmpty(it.level) };
    if (!it.isAtOnce && !step.isEmpty) after += waitOf(it.level);
    return step;
  });
  return steps.toSorted((one, other) => one.after - other.after);
}

/** The planned changes of a service under way at an instant, in order of start: their people are called first. */
export const changesUnderWay = (
  { changes }: Handbook,
  service: string,
  at: Instant,
): readonly PlannedChange[] =>
  [...changes.values()]
    .filter((it) => it.service === service && it.startAt <= at && at < it.endAt)
    .toSorted((one, other) => one.startAt - other.startAt || (one.id < other.id ? -1 : 1));
