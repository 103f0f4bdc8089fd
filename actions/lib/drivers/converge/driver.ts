/** What a service with states is made of, so that one program can plan and apply any of them. */
import type { Handbook } from '../../model.ts';
import type { Instant } from '../../timeline.ts';
import type { StateTarget } from './target.ts';

/** The states of one service. Its targets hold what it needs to carry out their changes. */
export interface StateDriver<T extends StateTarget = StateTarget> {
  /** The name of the service, as people write it. */
  readonly service: string;
  /**
   * The targets as the handbook describes them at an instant, compared with what the service has: all of them, or
   * those of some keys.
   */
  readonly targets: (
    handbook: Handbook,
    now: Instant,
    progress: (doing: string) => void,
    keys?: ReadonlySet<string>,
  ) => Promise<readonly T[]>;
  /**
   * Carries out the change of one of its own targets; throws if that fails. Safe to repeat after any of its requests.
   * A method, so that a program can hold any driver.
   */
  carryOut(target: T): Promise<void>;
  /** Whether an error will meet every other request, too, such as a token that was revoked. */
  readonly endsRun: (error: unknown) => boolean;
  /** The number of requests so far. */
  readonly counts: () => { readonly reads: number; readonly writes: number };
}
