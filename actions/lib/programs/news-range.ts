/** What has changed since news were last told: the range of commits, the handbooks of both ends, and their news. */
import type { Against } from '../compare/against.ts';
import { compare } from '../compare/compare.ts';
import { parentsOf, readRevision } from '../git/revision.ts';
import type { PullRequest } from '../github/pulls.ts';
import { load } from '../load/load.ts';
import { type News, newsOf } from '../messages/news.ts';
import { forMarkdown, forSlack } from '../text/escape.ts';
import type { Instant } from '../timeline.ts';
import { textsAt } from './judge.ts';
import { hasSameFiles } from './judge-merges.ts';
import type { ReviewAccess } from './review-pull.ts';

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
  email: newsOf(against, at),
});

/** The first of some commits that can be read here. */
export const firstReadable = (root: string, commits: readonly string[]): string | undefined =>
  commits.find((it) => !/^0*$/.test(it) && !('trouble' in readRevision(root, it)));

/** After this many commits without a pull request, none is looked for any more. */
const MOST_WALKED = 50;

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
    const pull = await pulls.mergedWith(at, defaultBranch);
    if (pull !== undefined && !pull.isLocked) return { pull, isWithin };
    const [parent] = parentsOf(root, at);
    // A shallow checkout fetches the parent, whose own parents are needed next.
    at = parent === undefined || 'trouble' in readRevision(root, parent) ? undefined : parent;
  }
  return undefined;
}
