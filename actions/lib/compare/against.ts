/** The types of a comparison: its two sides, and everything that differs between them. */
import type { Handbook, PathLocation } from '../model.ts';
import type { Instant } from '../timeline.ts';
import type { CoverChange } from './changes.ts';
import type { Exception } from './exceptions.ts';
import type { IdentityChange } from './identity-change.ts';
import type { Reached } from './reached.ts';

/** Why an approval does not count. */
export type DiscountReason =
  /** GitHub says that the account is no owner, member or collaborator of the repository. */
  | 'no-access'
  /** It was given before our comment showed what it would approve. */
  | 'not-shown';

/** What GitHub reports about a pull request. Logins are compared case-insensitively. */
export interface Pull {
  readonly author: string;
  /**
   * Why having opened the pull request is not the author's consent to its head: somebody else, or nobody that GitHub
   * names, moved the branch there, the author only brought up to date or restored what somebody else had pushed, or
   * pushed to the same branch before a comment showed what it changes, somebody else opened the pull request or changed
   * it since, no run has seen the author offer it, the base branch gave it another meaning, or our own account opened
   * it. Undefined if the author moved the branch there.
   */
  readonly authorDoubt?:
    | 'pushed-by-other'
    | 'pushed-by-unknown'
    | 'only-updated'
    | 'pushed-before-shown'
    | 'changed-by-other'
    | 'opened-by-other'
    | 'not-offered'
    | 'moved-on'
    | 'draft'
    | 'ours'
    | undefined;
  /**
   * Whether our own account opened the pull request and moved its branch to the head, and a lead approved in its issue
   * whatever it puts before the chain of a service.
   */
  readonly isRequested?: boolean;
  readonly labels: readonly string[];
  /** The logins whose latest review of the head commit approves it, as far as the approval counts. */
  readonly approvals: readonly string[];
  /**
   * The logins among these, or the author's, whose word is not of the labels that let something pass: it was given
   * before our comment showed them, or somebody else set them. It is no approval of an emergency.
   */
  readonly unlabelled?: readonly string[];
  /** Approvals of the head commit that do not count. */
  readonly discounted?: readonly { readonly login: string; readonly why: DiscountReason }[];
  /** When planned changes got their present dates, by GitHub's clock; by the address of the issue in `request`. */
  readonly requestedAt?: ReadonlyMap<string, Instant>;
  /** When the pull request was opened, by GitHub's clock; now, where GitHub reports less than the comparison needs. */
  readonly openedAt?: Instant | undefined;
  /** When it was last reopened, made ready for review or given another base; nobody had to look at it before. */
  readonly offeredAt?: Instant | undefined;
  /** When the branch was moved to its head, by GitHub's clock: the time at which new text was first there. */
  readonly pushedAt?: Instant | undefined;
  /** Since when the same head changes what it does now, where the base branch has given it another meaning since. */
  readonly meantAt?: Instant | undefined;
}

/** A comparison of a handbook, the head, with its base. */
export interface Against {
  /** The base, whose policies apply. */
  readonly handbook: Handbook;
  /** The handbook as changed. */
  readonly head: Handbook;
  /** The changes of cover, of the record before the published span of the base, too. */
  readonly changes: readonly CoverChange[];
  /**
   * Where the past ends: when the pull request was opened or pushed, whichever was later, so that waiting for an
   * approval turns nothing into a change of the past. Without these times now, or when an agreed cover that is under
   * way began.
   */
  readonly pastUntil: Instant;
  /** The same changes grouped into exceptions, from `pastUntil` on (`ahead`) and before it (`past`). */
  readonly ahead: readonly Exception[];
  readonly past: readonly Exception[];
  /** The rotas that could not be compared, because they, or what they need, could not be read before or after. */
  readonly unread: readonly string[];
  /**
   * The files of the base that could not be read, wholly or in part, where any file of the handbook differs: what
   * depends on them is not known, and must not be taken from the head.
   */
  readonly unreadBefore: readonly string[];
  /** The files of the head that could not be read, wholly or in part. */
  readonly unreadAfter: readonly string[];
  /** Who is known, called or asked otherwise from then on, although no shift changes. */
  readonly identity: readonly IdentityChange[];
  /** Who is called from then on, up to the horizon, although no shift changes. */
  readonly reached: readonly Reached[];
  /** Entries that only the head has, that ended before `beganAt`, the start of the comparison, and change nothing. */
  readonly expiredEntries: readonly PathLocation[];
  /** Rotas whose cover before `beganAt` differs, or may, and is too much to compare at once. */
  readonly uncompared: readonly string[];
  /** Rotas that are too much to compare up to what either side has written out for years ahead, which ends then. */
  readonly tooFar: ReadonlyMap<string, Instant>;
  /** Services of which it is too much to compare whom they call. */
  readonly uncomparedServices: readonly string[];
  readonly beganAt: Instant;
  /** The end of the full comparison; beyond it, only turns and overrides that one side alone has are compared. */
  readonly horizon: Instant;
  /** The files in `policies/` that differ. */
  readonly policies: readonly string[];
  /** Undefined without a pull request. */
  readonly pull: Pull | undefined;
}
