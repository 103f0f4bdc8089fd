/** Judges a change of a handbook: an evaluation against a base, as the input of a review. */
import type { Against, Pull } from '../compare/against.ts';
import { readRevision } from '../git/revision.ts';
import type { Texts } from '../load/load.ts';
import { evaluate, type Progress, type PullOf } from '../pipeline.ts';
import type { Judgement } from '../review/judgement.ts';
import type { Instant } from '../timeline.ts';

/** A change of a handbook: its files before and after, and the commit after. */
export interface HandbookChange {
  readonly before: Texts;
  readonly after: Texts;
  readonly commit: string;
}

/** Judges a change at an instant, with what GitHub says about its pull request, if anything does. */
export function judgeChangeOf(
  { before, after, commit }: HandbookChange,
  now: Instant,
  pull: Pull | PullOf | undefined,
  progress: Progress = () => {},
): Judgement {
  const { handbook, against, findings } = evaluate(after, now, progress, { texts: before, pull });
  return { handbook, against: against as Against, findings, now, commit };
}

/** The word of nobody: of a change that GitHub names no pull request of, or says nothing about. */
export const NOBODY: Pull = { author: '', authorDoubt: 'pushed-by-unknown', labels: [], approvals: [] };

/** A commit whose handbook cannot be read, such as one that is too large, or that git does not have. */
export class UnreadableCommit extends Error {}

/** The files of a handbook at a commit; throws `UnreadableCommit` if it cannot be read. */
export function textsAt(root: string, commit: string): Texts & { readonly commit: string } {
  const revision = readRevision(root, commit);
  if ('trouble' in revision) throw new UnreadableCommit(revision.trouble);
  return revision;
}
