/** Everything that requests are answered with and from, and what was heard: values and edges, made by `main.ts`. */

import type { Branches } from '../github/branches.ts';
import type { Issues } from '../github/issues.ts';
import type { PullRequests } from '../github/pulls.ts';
import type { Texts } from '../load/load.ts';
import type { Handbook } from '../model.ts';
import type { Instant } from '../timeline.ts';

export interface RequestContext {
  readonly texts: Texts;
  readonly handbook: Handbook;
  /** Where they lie in the repository; `.` for its top. */
  readonly folder: string;
  /** The commit that the texts are of, and the branch that it is on. */
  readonly commit: string;
  readonly base: string;
  readonly now: Instant;
  /** The login that our comments have. */
  readonly self: string;
  readonly issues: Issues;
  readonly branches: Branches;
  readonly github: PullRequests;
}

/** What GitHub told of an issue, if that is why we look at it. */
export type Trigger =
  | { readonly kind: 'opened' | 'edited'; readonly body: string; readonly updatedAt: Instant }
  | { readonly kind: 'reopened' | 'other' };
