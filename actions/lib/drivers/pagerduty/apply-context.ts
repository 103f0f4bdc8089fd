/** Shared by the steps of an apply: the client, the clock, time margins, and the error that stops the run. */
import type { Instant } from '../../timeline.ts';
import type { PagerDuty } from './client.ts';
import type { Trouble } from './trouble.ts';

/** The client and the clock that an apply uses. */
export interface ApplyContext {
  readonly client: PagerDuty;
  readonly clock: () => Instant;
  readonly wait: (ms: number) => Promise<void>;
  readonly progress: (doing: string) => void;
}

/** The largest clock skew at which we still write. */
export const MAX_SKEW_MS = 5_000;

/**
 * After this delay an instant has certainly passed on PagerDuty's clock too: the largest skew, the fraction of a second
 * that PagerDuty omits, and the response time.
 */
export const MARGIN_MS = MAX_SKEW_MS + 5_000;

/** Ends an apply; the next run continues from there. */
export class ApplyStopped extends Error {
  readonly trouble: readonly Trouble[];
  constructor(...trouble: readonly Trouble[]) {
    super('the apply stopped');
    this.trouble = trouble;
  }
}
