/** What has changed since news were last told: the range of commits, the handbooks of both ends, and their news. */
import type { Against } from '../compare/against.ts';
import { compare } from '../compare/compare.ts';
import { isAtHand, parentsOf } from '../git/revision.ts';
import type { PullRequest } from '../github/pulls.ts';
import { load } from '../load/load.ts';
import { type News, newsOf } from '../messages/news.ts';
import { forMail, forMarkdown, forSlack } from '../text/escape.ts';
import type { Instant } from '../timeline.ts';
import { textsAt } from './judge.ts';
import { hasSameFiles } from './judge-merges.ts';
import type { ReviewAccess } from './review-access.ts';

/** A range of commits of the default branch. */
export interface NewsRange {
  readonly from: string;
  readonly to: string;
}

/** The comparison of a range at an instant; undefined if it changes no file of the handbook. */
export function comparedRange(root: string, { from, to }: NewsRange, at: Instant): Against | undefined {
  const [before, after] = [textsAt(root, from), textsAt(root, to)];
  if (hasSameFiles(before, after)) return undefined;
  return compare(load(before).handbook, load(after).handbook, at, [], undefined);
}

/** The same news for each place where it is read. */
export interface NewsTexts {
  readonly comment: readonly News[];
  readonly slack: readonly News[];
  readonly email: readonly News[];
}

export const NO_NEWS: NewsTexts = { comment: [], slack: [], email: [] };

export const newsTexts = (against: Against, at: Instant): NewsTexts => ({
  comment: newsOf(against, at, forMarkdown),
  slack: newsOf(against, at, forSlack),
  email: newsOf(against, at, forMail),
});

/** Whether a commit that an event or a comment names can be read here. */
export const isCommit = (root: string, commit: string | undefined): commit is string =>
  commit !== undefined && !/^0*$/.test(commit) && isAtHand(root, commit);

/** The commit before another, on the branch. */
export function commitBefore(root: string, commit: string): string | undefined {
  const [parent] = parentsOf(root, commit);
  // A shallow checkout fetches the parent, whose own parents are needed next.
  return parent !== undefined && isAtHand(root, parent) ? parent : undefined;
}

/** After this many commits without a pull request, none is looked for any more. */
const MOST_WALKED = 50;

/** The one of two commits that is the older by the history of a tip. */
export function olderOf(root: string, tip: string, one: string, other: string): string {
  let [at, found]: [string | undefined, string] = [tip, one];
  for (let count = 0; at !== undefined && count < MOST_WALKED; count++) {
    if (at === one || at === other) found = at;
    at = commitBefore(root, at);
  }
  return found;
}

/**
 * The newest merged pull request of a range whose conversation is open; where it has none, the newest before it, so
 * that what was pushed directly is told, too.
 */
export async function pullForNews(
  { pulls, defaultBranch }: Pick<ReviewAccess, 'pulls' | 'defaultBranch'>,
  root: string,
  { from, to }: NewsRange,
): Promise<{ readonly pull: PullRequest; readonly isWithin: boolean } | undefined> {
  let [at, isWithin]: [string | undefined, boolean] = [to, true];
  for (let count = 0; at !== undefined && count < MOST_WALKED; count++) {
    if (at === from) isWithin = false;
    const pull = await pulls.mergedWith(at, defaultBranch, parentsOf(root, at)[1]);
    if (pull !== undefined && !pull.isLocked) return { pull, isWithin };
    at = commitBefore(root, at);
  }
  return undefined;
}
