/** What a clock of a ticket says at an instant. */
import type { Target } from '../model.ts';
import type { Instant } from '../timeline.ts';

/**
 * `running` also in a window that counts nothing just then; `breached` also while paused or after its end; `none` where
 * nothing is promised.
 */
export type ClockStatus = 'running' | 'paused' | 'met' | 'breached' | 'none';

/** One clock of a ticket at an instant. */
export interface ClockState {
  readonly target: Target;
  readonly startedAt: Instant;
  readonly state: ClockStatus;
  /** When it is due; undefined while paused, and where nothing is promised. */
  readonly dueAt: Instant | undefined;
  /**
   * Counted milliseconds from the instant asked for to the due instant, negative from the breach on; undefined where
   * nothing is promised, and for a clock that was met.
   */
  readonly left: number | undefined;
  readonly breachedAt: Instant | undefined;
  /** Whether another priority, or other terms, made it breached at the instant of that change. */
  readonly byRetriage: boolean;
}

/** A clock that ended: by a reply, or because the ticket was solved. */
export interface ClockVerdict {
  readonly target: Target;
  readonly startedAt: Instant;
  readonly dueAt: Instant | undefined;
  readonly endedAt: Instant;
  readonly breachedAt: Instant | undefined;
  readonly byRetriage: boolean;
}

/** The clocks of a ticket at an instant. */
export interface TicketClocks {
  /** Those that have not ended, at most one of each target; none while the ticket is solved. */
  readonly open: readonly ClockState[];
  /** Those that ended, in order of their end. */
  readonly verdicts: readonly ClockVerdict[];
}
