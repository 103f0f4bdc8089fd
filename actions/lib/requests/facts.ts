/**
 * The facts that decide a request: the handbook at one commit, the issue on GitHub, and whether it was opened again.
 * Data only.
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
  readonly nodeId: string;
  readonly url: string;
  readonly body: string;
  readonly author: string;
  readonly labels: readonly string[];
  readonly state: 'open' | 'closed';
  readonly createdAt: Instant;
  /** The last edit of the body, by GitHub's history of it; undefined if nobody edited it. */
  readonly lastEditedAt: Instant | undefined;
}

/** Who edited a comment, by GitHub's history of it; unknown where nobody asked. */
export type EditedBy = 'nobody' | 'author' | 'others' | 'unknown';

/** A comment on the issue of a request. */
export interface IssueComment {
  readonly id: number;
  readonly nodeId: string;
  readonly author: string;
  readonly isBot: boolean;
  readonly body: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** People with write access can edit the comments of others, which changes no time within the same second. */
  readonly editedBy: EditedBy;
}

/** Who made a request, where, and when it last changed who has to be there. */
export interface Origin extends Pick<RequestIssue, 'number' | 'url' | 'author' | 'labels'> {
  /** When the request got its present dates, service, role and people, by GitHub's clock. */
  readonly requestedAt: Instant;
}

/** Everything known about one issue before its request is read. */
export interface IssueFacts {
  readonly issue: RequestIssue;
  /** Oldest first. */
  readonly comments: readonly IssueComment[];
  /** Whether the run was started by the issue being opened again. */
  readonly isReopened: boolean;
}

/** The latest pull request of a request's branch. */
export interface RequestPull {
  readonly number: number;
  readonly state: 'open' | 'merged' | 'closed';
  readonly body: string;
  /** Whether it is closed, and our account did not do that. */
  readonly isClosedByOther: boolean;
}
