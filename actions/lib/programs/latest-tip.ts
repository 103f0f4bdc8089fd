/** A verdict is of a merge into the tip of the default branch: about another state of it, it turns nothing green. */
import { haveSameHandbook } from '../git/merge-refs.ts';
import { isAtHand } from '../git/revision.ts';
import { outdatedStatuses, worstStatuses } from '../review/statuses.ts';
import type { ReviewAccess } from './review-access.ts';
import type { PullReview } from './review-pull.ts';

/** What was judged: the pull request, and the commit of the default branch into which it was merged for that. */
interface Judged {
  readonly root: string;
  readonly number: number;
  readonly into: string;
}

/**
 * Whether the tip of a branch has the handbook that a commit has, as far as the checkout can tell: a tip that is not
 * there has another one.
 */
export const isCurrent = (root: string, tip: string, commit: string): boolean =>
  tip === commit || (tip !== '' && isAtHand(root, tip) && haveSameHandbook(root, tip, commit));

/**
 * Whether a merge is into the default branch as it is now: into its tip, or into an earlier tip with the same handbook.
 * After a change of the base, GitHub may still have the merge into the previous base, which GitHub's record of the
 * default branch does not have.
 */
export const isMergedIntoTip = async (
  { root, record }: Pick<ReviewAccess, 'root' | 'record'>,
  tip: string,
  into: string,
): Promise<boolean> => tip === into || (isCurrent(root, tip, into) && (await record.has(into)));

/**
 * The review with the tip that it was posted at, unless the default branch has another handbook by then than the commit
 * that it merges into, or was never at that commit.
 */
export async function ofLatestTip(
  access: ReviewAccess,
  { root, number, into }: Judged,
  review: PullReview,
): Promise<PullReview> {
  const tip = review.tip ?? (await access.pulls.tipOf(access.defaultBranch));
  if (await isMergedIntoTip({ ...access, root }, tip, into)) return { ...review, tip };
  const outdated = { number, statuses: outdatedStatuses() };
  return { ...review, statuses: worstStatuses([{ number, statuses: review.statuses }, outdated]) };
}
