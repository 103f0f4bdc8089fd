/** The types of a comparison: its two sides, and everything that differs between them. */
import type { Handbook, PathLocation } from '../model.ts';
import type { Instant } from '../timeline.ts';
import type { CoverChange } from './changes.ts';
import type { Exception } from './exceptions.ts';

/** What GitHub reports about a pull request. Logins are compared case-insensitively. */
export interface Pull {
  readonly author: string;
  readonly labels: readonly string[];
  /** The logins whose latest review of the head commit approves it. */
  readonly approvals: readonly string[];
}

/** A comparison of a handbook, the head, with its base. */
export interface Against {
  /** The base, whose policies apply. */
  readonly handbook: Handbook;
  /** The handbook as changed. */
  readonly head: Handbook;
  /** The changes of cover, from the start of the published span of the base on. */
  readonly changes: readonly CoverChange[];
  /** The same changes grouped into exceptions, from now on (`ahead`) and before now (`past`). */
  readonly ahead: readonly Exception[];
  readonly past: readonly Exception[];
  /** The rotas that could not be compared, because they, or what they need, could not be read before or after. */
  readonly unread: readonly string[];
  /** Entries that only the head has and that ended before `beganAt`, the start of the comparison. */
  readonly expiredEntries: readonly PathLocation[];
  readonly beganAt: Instant;
  /** The end of the full comparison; beyond it, only turns and overrides that one side alone has are compared. */
  readonly horizon: Instant;
  /** The files in `policies/` that differ. */
  readonly policies: readonly string[];
  /** Undefined without a pull request. */
  readonly pull: Pull | undefined;
}
