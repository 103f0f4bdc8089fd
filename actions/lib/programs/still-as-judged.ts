/**
 * A verdict is of a pull request as it was when it was read: about another state, it turns nothing green. Runs of other
 * workflows can judge the same pull request meanwhile, and what they took back would be green again.
 */
import type { SetStatus } from '../github/commit-statuses.ts';
import { logInfo } from '../github/log.ts';
import type { Approval, PullRequest } from '../github/pulls.ts';
import type { ReviewStatus } from '../review/statuses.ts';
import type { ReviewAccess } from './review-access.ts';
import type { PullReview } from './review-pull.ts';

/**
 * Whether what turns green may be posted: the pull request is open with the head, base and labels that it had, and with
 * the approvals that it had when it was judged. `fresh` are the statuses of its head, if they were read after that.
 */
export async function isStillAsJudged(
  access: ReviewAccess,
  pull: PullRequest,
  review: PullReview,
  fresh?: readonly SetStatus[],
): Promise<boolean> {
  const { statuses, earlier } = review;
  // What was green before it was judged may have been taken back since.
  const isListed = !turnsGreen(statuses, fresh ?? []) || (await isAsListed(access, pull));
  // So may the word of anybody.
  const isSame =
    isListed &&
    (!turnsGreen(statuses, fresh ?? earlier ?? []) || (await isStillApproved(access, pull, review)));
  if (!isSame) logInfo(`pull request ${pull.number} has changed meanwhile: a run of its own judges it`);
  return isSame;
}

/** Whether a status of ours is a success among those of a commit. */
export const isGreen = (known: readonly SetStatus[], name: string): boolean =>
  known.find(({ context, isOurs }) => isOurs && context === name)?.state === 'success';

/** Whether statuses make a commit green that was not. */
export const turnsGreen = (statuses: readonly ReviewStatus[], known: readonly SetStatus[]): boolean =>
  statuses.every(({ state }) => state === 'success') &&
  statuses.some(({ context }) => !isGreen(known, context));

/** Whether a pull request still is as it was when the look began: it may have been closed or labelled since. */
async function isAsListed({ pulls }: ReviewAccess, listed: PullRequest): Promise<boolean> {
  const now = await pulls.get(listed.number);
  const [before, after] = [listed, now].map((it) => it.labels.toSorted().join('\n'));
  return now.isOpen && now.headSha === listed.headSha && now.baseRef === listed.baseRef && before === after;
}

/** Whether a pull request has the approvals that it had when it was judged. */
async function isStillApproved(
  { pulls }: ReviewAccess,
  { number, headSha }: PullRequest,
  { approvals }: PullReview,
): Promise<boolean> {
  const textOf = (all: readonly Approval[]) => JSON.stringify(all.map(({ login, at }) => [login, at]));
  return textOf(await pulls.approvals(number, headSha)) === textOf(approvals);
}
