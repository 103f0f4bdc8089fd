/**
 * The facts that decide a request: the handbook at one commit, the issue on GitHub, and the trigger of the run. Data
 * only.
 */
import type { Texts } from '../load/load.ts';
import type { Handbook } from '../model.ts';
import type { Instant } from '../timeline.ts';

/** The facts that all requests of one run share. */
export interface RequestContext {
  readonly texts: Texts;
  readonly handbook: Handbook;
  /** The folder of the handbook in the repository; `.` for the root. */
  readonly folder: string;
  /** The commit of the texts, and its branch. */
  readonly commit: string;
  readonly base: string;
  readonly now: Instant;
  /** The login under which our comments are posted. */
  readonly self: string;
}

/** The issue of a request, as GitHub returns it. */
export interface RequestIssue {
  readonly number: number;
  readonly url: string;
  readonly body: string;
  readonly author: string;
  readonly labels: readonly string[];
  readonly state: 'open' | 'closed';
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A comment on the issue of a request. */
export interface IssueComment {
  readonly id: number;
  readonly author: string;
  readonly isBot: boolean;
  readonly body: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Whether nobody edited it: people with write access can edit the comments of others. */
  readonly isUntouched: boolean;
}

/** Who made a request, where, and when it got its dates. */
export interface Origin extends Pick<RequestIssue, 'number' | 'url' | 'author' | 'labels'> {
  /** When the request got its present dates, by GitHub's clock. */
  readonly requestedAt: Instant;
}

/** The event on an issue that started the run; `other` for every other cause. */
export type Trigger =
  | { readonly kind: 'opened' | 'edited'; readonly body: string; readonly updatedAt: Instant }
  | { readonly kind: 'reopened' | 'other' };

/** Everything known about one issue before its request is read. */
export interface IssueFacts {
  readonly issue: RequestIssue;
  /** Oldest first. */
  readonly comments: readonly IssueComment[];
  readonly trigger: Trigger;
}

/** The latest pull request of a request's branch. */
export interface RequestPull {
  readonly number: number;
  readonly state: 'open' | 'merged' | 'closed';
  readonly body: string;
}
