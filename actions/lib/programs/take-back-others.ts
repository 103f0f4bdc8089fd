/**
 * The part of the daily look that takes back what is green of commits that are not judged: they can be the head of a
 * pull request into the default branch again, and be merged before a run has judged it.
 */
import type { ActionContext } from '../github/context.ts';
import { MOST_COMMITS } from '../github/green-commits.ts';
import { errorText, logWarning } from '../github/log.ts';
import type { PullRequest } from '../github/pulls.ts';
import { closedStatuses, elsewhereStatuses, leftStatuses, type ReviewStatus } from '../review/statuses.ts';
import { isUnjudged, type ReviewAccess } from './review-access.ts';

/** Since when the closed ones are looked at: a run for one with conflicts never starts, and a look may fail. */
const CLOSED_DAYS = 7;

/** Why a commit is not judged. */
type Others = ReadonlyMap<string, readonly ReviewStatus[]>;

/**
 * Takes back what is green of commits that are the head of none of the open pull requests that are judged: of those
 * into another branch, of those that were closed lately, and of those that a branch has left lately, by which no run
 * may have started. Returns what failed; once `isOver`, every commit that is left counts as failed.
 */
export async function takeBackOthers(
  context: ActionContext,
  access: ReviewAccess,
  open: readonly PullRequest[],
  isOver: () => boolean,
): Promise<readonly unknown[]> {
  const { pulls, statuses, defaultBranch } = access;
  const failures: unknown[] = [];
  const failed = (what: string, error: unknown) => {
    logWarning(`${what}: ${errorText(error)}`);
    failures.push(error);
    return [];
  };
  const since = context.now - CLOSED_DAYS * 24 * 60 * 60_000;
  const closed = await pulls
    .closedSince(since, defaultBranch)
    .catch((error: unknown) => failed('those that were closed lately were not looked at', error));
  // What left the default branch is its history.
  const left = await access.activity.leftLately(defaultBranch).catch((error: unknown) => ({
    commits: failed('what branches have left lately was not looked at', error),
    isComplete: true,
  }));
  if (!left.isComplete) failed('what branches have left lately was not looked at as a whole', TOO_MANY);
  const others = othersAmong(access, { open, closed, left: left.commits });
  const asked = [...others.keys()];
  for (let i = 0; i < asked.length; i += MOST_COMMITS) {
    // What one query could not say keeps nothing else from being taken back.
    const green = await statuses
      .maybeGreen(asked.slice(i, i + MOST_COMMITS), leftStatuses())
      .catch((error: unknown) => failed('what is green and nobody judges was not taken back', error));
    for (const commit of green) {
      const took = isOver()
        ? Promise.reject(new Error('there is no time left; run this again'))
        : statuses.takeBackSuccess(commit, others.get(commit) ?? leftStatuses(), () =>
            isUnjudged(access, commit),
          );
      await took.catch((error: unknown) => failed(`what is green of ${commit} was not taken back`, error));
    }
  }
  return failures;
}

const TOO_MANY = new Error('branches moved too often in the last seven days');

/** The commits of these that are not judged; where several say why, an open one, then a closed one. */
function othersAmong(
  { defaultBranch }: ReviewAccess,
  {
    open,
    closed,
    left,
  }: Readonly<Record<'open' | 'closed', readonly PullRequest[]>> & { readonly left: readonly string[] },
): Others {
  const isJudged = ({ isFork, baseRef }: PullRequest) => !isFork && baseRef === defaultBranch;
  const others = new Map(left.map((commit) => [commit, leftStatuses()]));
  for (const { headSha } of closed.filter(({ isFork }) => !isFork)) others.set(headSha, closedStatuses());
  for (const { headSha, isFork, baseRef } of open)
    if (!isFork && baseRef !== defaultBranch) others.set(headSha, elsewhereStatuses());
  for (const { headSha } of open.filter(isJudged)) others.delete(headSha);
  return others;
}
