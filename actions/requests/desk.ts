/** Everything that requests are answered with and from, and what was heard: values and edges, made by `main.ts`. */
import type { Texts } from '../lib/load/load.ts';
import type { Handbook } from '../lib/model.ts';
import type { Branches } from '../lib/publish/branches.ts';
import type { GitHub } from '../lib/publish/github.ts';
import type { Issues } from '../lib/publish/issues.ts';
import type { Instant } from '../lib/timeline.ts';

export interface Desk {
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
  readonly github: GitHub;
}

/** What GitHub told of an issue, if that is why we look at it. */
export type Heard =
  | { readonly kind: 'opened' | 'edited'; readonly body: string; readonly updatedAt: Instant }
  | { readonly kind: 'reopened' | 'other' };
