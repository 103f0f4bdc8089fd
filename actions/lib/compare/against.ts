/** The nouns of a comparison: what is compared with what, and everything that differs. */
import type { Handbook, PathLocation } from '../model.ts';
import type { Instant } from '../timeline.ts';
import type { CoverChange } from './changes.ts';
import type { Exception } from './exceptions.ts';

/** What is known of a pull request, by GitHub's word. Logins are compared without regard to case. */
export interface Pull {
  readonly author: string;
  readonly labels: readonly string[];
  /** Whose latest review of the head commit approves it. */
  readonly approvals: readonly string[];
}

/** The state that a handbook is compared with. */
export interface Against {
  /** The base: its policy is the judge. */
  readonly handbook: Handbook;
  /** How it would be. */
  readonly head: Handbook;
  /** Whose cover changes, from the start of the base's published span to its horizon. */
  readonly changes: readonly CoverChange[];
  /** The same with what belongs together as one, from now on and before now. */
  readonly ahead: readonly Exception[];
  readonly past: readonly Exception[];
  /** The rotas that could not be compared, because they, or what they need, could not be read before or after. */
  readonly unread: readonly string[];
  /** What only the head has written down and is over since before `beganAt`, the start of what is compared. */
  readonly expiredEntries: readonly PathLocation[];
  readonly beganAt: Instant;
  /** Up to when all was compared; beyond it, only what one of the two has written for single turns and hours. */
  readonly horizon: Instant;
  /** Files below `policies/` that do not read as they did. */
  readonly policies: readonly string[];
  /** Undefined where no pull request is at hand. */
  readonly pull: Pull | undefined;
}
