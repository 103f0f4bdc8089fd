/** The facts a request is decided on: the handbook at one commit, the issue as GitHub has it, and what started the run. Values only. */
import type { Texts } from '../load/load.ts';
import type { Handbook } from '../model.ts';
import type { Instant } from '../timeline.ts';

/** What is the same for every request of one run. */
export interface RequestContext {
  readonly texts: Texts;
  readonly handbook: Handbook;
  /** Where the texts lie in the repository; `.` for its top. */
  readonly folder: string;
  /** The commit that the texts are of, and the branch that it is on. */
  readonly commit: string;
  readonly base: string;
  readonly now: Instant;
  /** The login under which our comments are posted. */
  readonly self: string;
}

/** The issue of a request, by GitHub's word. */
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
  /** Whether nobody edited it: whoever may write to the repository can edit the comments of others. */
  readonly isUntouched: boolean;
}

/** Who made a request, where, and since when it has its dates. */
export interface Origin extends Pick<RequestIssue, 'number' | 'url' | 'author' | 'labels'> {
  /** GitHub's time of the request with these dates. */
  readonly requestedAt: Instant;
}

/** The event on an issue that started the run; `other` also where the run has another cause. */
export type Trigger =
  | { readonly kind: 'opened' | 'edited'; readonly body: string; readonly updatedAt: Instant }
  | { readonly kind: 'reopened' | 'other' };

/** Everything known of one issue before its request is read. */
export interface IssueFacts {
  readonly issue: RequestIssue;
  /** Oldest first. */
  readonly comments: readonly IssueComment[];
  readonly trigger: Trigger;
}

/** The last pull request of a request's branch. */
export interface RequestPull {
  readonly number: number;
  readonly state: 'open' | 'merged' | 'closed';
  readonly body: string;
}
