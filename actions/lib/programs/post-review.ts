/** Posts a review: the comment and statuses of a pull request, or the status of a merge group. */
import type { Against } from '../compare/against.ts';
import { isForbidden } from '../github/failures.ts';
import { logInfo } from '../github/log.ts';
import type { PullRequest, PullRequests } from '../github/pulls.ts';
import { comment } from '../review/comment.ts';
import type { Judgement } from '../review/judgement.ts';
import { partUpdate, planPart } from '../review/parts.ts';
import { checkStatus, groupConsent, pullConsent } from '../review/statuses.ts';

/**
 * Posts the comment and both statuses. The status `rota` is posted even if this job is a check of the same name: the
 * daily run belongs to the main branch and can fail a pull request only by its status, which a later run then clears.
 */
export async function postReview(pulls: PullRequests, pull: PullRequest, judged: Judgement): Promise<void> {
  if (pull.isFork) return logForbidden(REVIEW);
  const { against, findings } = judged;
  const isNews = against.ahead.length + against.past.length + findings.length > 0;
  await unlessForbidden(REVIEW, async () => {
    await pulls.upsertComment(pull.number, partUpdate(comment(judged), { isNews }));
    for (const status of [pullConsent(against), checkStatus(judged)])
      await pulls.setStatus(pull.headSha, status);
  });
}

/** Posts the status of consent on the commit of a merge group. */
export const postGroupStatus = (
  pulls: PullRequests,
  commit: string,
  against: Against | undefined,
): Promise<void> => unlessForbidden(REVIEW, () => pulls.setStatus(commit, groupConsent(against)));

/** Posts the plan for PagerDuty into the comment on a pull request. */
export const postPlan = (
  pulls: PullRequests,
  number: number,
  plan: string,
  news: { readonly isNews: boolean },
): Promise<void> =>
  unlessForbidden('no comment', () => pulls.upsertComment(number, partUpdate(planPart(plan), news)));

const REVIEW = 'no comment and no status';

const logForbidden = (missing: string): void =>
  logInfo(`the token has no write permission here, so there is ${missing}; the job summary has everything`);

/** On a fork, and for some bots, the token has no write permission, which only the log can report. */
async function unlessForbidden(missing: string, post: () => Promise<void>): Promise<void> {
  try {
    await post();
  } catch (error) {
    if (!isForbidden(error)) throw error;
    logForbidden(missing);
  }
}
