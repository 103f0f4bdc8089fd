/** An alert of one person, as a file, a pager or a form says. */
import type { Instant } from '../timeline.ts';

/** Somebody was alerted at an instant; everything else may be unknown. */
export interface Alert {
  readonly person: string;
  readonly alertedAt: Instant;
  readonly acknowledgedAt: Instant | undefined;
  /** Not before `alertedAt`; undefined where no work is known. */
  readonly workedUntil: Instant | undefined;
  /** The person's own word on whether it woke them. */
  readonly woken: boolean | undefined;
  readonly service: string | undefined;
  readonly id: string | undefined;
}

/** The longest work on one alert; a longer one is more likely a wrong date. */
export const LONGEST_WORK_DAYS = 7;
