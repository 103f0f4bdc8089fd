/** Posts a review: the comment and statuses of a pull request, or the status of a merge group. */
import type { Against } from '../compare/against.ts';
import { mayAsk } from '../compare/verdict.ts';
import { TooLong } from '../github/bounded-list.ts';
import type { CommitStatuses, SetStatus } from '../github/commit-statuses.ts';
import { isForbidden, isOfGitHub } from '../github/failures.ts';
import { errorText, logInfo } from '../github/log.ts';
import type { PresentPull } from '../github/present-pulls.ts';
import type { PullRequest, PullRequests } from '../github/pulls.ts';
import { comment } from '../review/comment.ts';
import { partUpdate, planPart } from '../review/parts.ts';
import { type ShownReview, withShownLine } from '../review/shown.ts';
import {
  closedStatuses,
  DRAFT,
  elsewhereStatuses,
  groupConsent,
  leftStatuses,
  outdatedStatuses,
  pendingStatuses,
  unshownStatuses,
} from '../review/statuses.ts';
import { isCurrent } from './latest-tip.ts';
import { isUnjudged, type ReviewAccess } from './review-access.ts';
import type { PullReview } from './review-pull.ts';
import { keeps, keepsShared, turnsGreen } from './still-as-judged.ts';

type PostAccess = Pick<ReviewAccess, 'pulls' | 'statuses' | 'defaultBranch' | 'root'>;

/**
 * Posts the comment, and both statuses to the commit that was judged. If GitHub names another head by now, nothing is
 * posted; that head is pending until it is judged itself. Where GitHub takes no comment, as in a locked conversation,
 * nothing is green. The status `rota` is posted even if this job is a check of the same name: the daily run belongs to
 * the main branch and can fail a pull request only by its status. `known` are the statuses of the commit, if they were
 * read after it was judged. What GitHub refuses is thrown: a run on the default branch that takes nothing back is no
 * success. Returns whether this turned the commit green: `takeBackChanged` is to follow.
 */
export async function writeReview(
  { pulls, statuses: commits }: PostAccess,
  pull: PullRequest,
  review: PullReview,
  known?: readonly SetStatus[],
): Promise<boolean> {
  if (pull.isFork) {
    logForbidden(REVIEW);
    return false;
  }
  const { commit } = review.judged;
  if (pull.headSha !== commit) {
    await commits.setMissing(pull.headSha, pendingStatuses(UNCHECKED));
    return false;
  }
  let { statuses } = review;
  try {
    await writeComment(pulls, pull, review);
  } catch (error) {
    if (!isForbidden(error)) {
      // What nobody could read, nobody can agree to.
      await postUnanswered(commits, commit, error);
      throw error;
    }
    // A token that is read-only may set no status either. Any other one has to say what it may not show.
    statuses = unshownStatuses(statuses, pull);
    logInfo(`the comment on pull request ${pull.number} could not be written: ${errorText(error)}`);
  }
  const isEarlier = known === undefined && review.earlier !== undefined;
  await commits.set(commit, statuses, known ?? review.earlier, { isEarlier });
  return turnsGreen(statuses, known ?? review.earlier ?? []);
}

/** The same, and takes back what has turned green if something has changed meanwhile. */
export async function postReview(access: PostAccess, pull: PullRequest, review: PullReview): Promise<void> {
  const { tip } = review;
  if (await writeReview(access, pull, review)) await takeBackChanged(access, [{ pull, review, tip }]);
}

/** A pull request whose head a review has turned green. */
export interface TurnedGreen {
  readonly pull: PullRequest;
  readonly review: PullReview;
  /** The tip of the default branch before this turned green. */
  readonly tip: string | undefined;
}

/**
 * Takes back what has turned green where the pull request, its approvals or its labels, or those of another one with
 * its head, are not those that were judged, another one has got its head, or the default branch has moved on meanwhile:
 * no run follows when our account closes one, or it has come before. They are few, and all of them are tried.
 */
export async function takeBackChanged(access: PostAccess, turned: readonly TurnedGreen[]): Promise<void> {
  const errors: unknown[] = [];
  const { pulls, statuses, defaultBranch } = access;
  const asked = turned.flatMap(({ pull, review }) => [pull, ...review.sharing.map((it) => it.pull)]);
  const heads = [...new Map(asked.map((it) => [it.number, it])).values()];
  const present = await pulls.present(defaultBranch, heads).catch((error: unknown) => {
    errors.push(error);
    return undefined;
  });
  for (const { pull, review, tip } of turned)
    try {
      const now = present?.pulls.get(pull.number);
      if (present === undefined) throw errors[0];
      if (now === undefined) throw new Error(`GitHub does not show pull request ${pull.number}`);
      const hasMoved = tip !== undefined && !isCurrent(access.root, present.tip, tip);
      const isShared = review.sharing.every((it) => keepsShared(present.pulls.get(it.pull.number), it));
      await takeBackIfOther(access, { ...now, hasMoved, isShared }, pull, review);
    } catch (error) {
      await postUnanswered(statuses, pull.headSha, error);
      errors.push(error);
    }
  if (errors.length > 0) throw errors[0];
}

async function takeBackIfOther(
  access: PostAccess,
  now: PresentPull & { readonly hasMoved: boolean; readonly isShared: boolean },
  { headSha, labels }: PullRequest,
  review: PullReview,
): Promise<void> {
  const { statuses, defaultBranch } = access;
  const isElsewhere = now.baseRef !== defaultBranch;
  if (now.isMerged && !isElsewhere) return;
  if (now.isOpen && !isElsewhere && now.headSha === headSha) {
    const isKept = now.isShared && keeps(now, review) && labels.every((it) => now.labels.includes(it));
    if (!isKept || now.isDraft)
      await statuses.takeBackSuccess(headSha, pendingStatuses(now.isDraft ? DRAFT : WITHDRAWN));
    else if (now.hasMoved) await statuses.takeBackSuccess(headSha, outdatedStatuses());
    return;
  }
  const why = now.isOpen ? (isElsewhere ? elsewhereStatuses() : leftStatuses()) : closedStatuses();
  await statuses.takeBackSuccess(headSha, why, () => isUnjudged(access, headSha));
}

const WITHDRAWN =
  'an approval or a label was withdrawn, this was closed, or another one got its head, meanwhile; run this check again';

/** Posts a review in a run that the pull request itself started, whose token may be read-only. */
export const postOwnReview = (access: PostAccess, pull: PullRequest, review: PullReview): Promise<void> =>
  unlessForbidden(REVIEW, () => postReview(access, pull, review));

const UNCHECKED = 'this commit has not been checked yet';

async function writeComment(
  pulls: PullRequests,
  { number }: PullRequest,
  { judged, old, shown }: PullReview,
): Promise<void> {
  const { against, findings } = judged;
  const isNews = mayAsk(against) || findings.length > 0;
  const part = comment(judged);
  const update = (it: ShownReview) => partUpdate(withShownLine(part, it), { isNews });
  const written = await pulls.writeComment(number, update(shown), old);
  const { since, labels, labelledSince } = shown;
  const isDated = since !== undefined && (labels.length === 0 || labelledSince !== undefined);
  if (written === undefined || isDated) return;
  // Another action may edit the comment later, so the time of this edit is written down.
  const { editedAt } = written;
  const dated = { since: since ?? editedAt, labelledSince: labelledSince ?? editedAt };
  await pulls.writeComment(number, update({ ...shown, ...dated }), written);
}

/** Sets both statuses of a commit to pending, with the reason why nobody could judge it; never throws. */
export async function postUnanswered(
  statuses: CommitStatuses,
  commit: string,
  error: unknown,
): Promise<void> {
  await statuses.set(commit, pendingStatuses(unansweredText(error))).catch((failure: unknown) => {
    logInfo(`the statuses of ${commit} could not be set: ${errorText(failure)}`);
  });
}

function unansweredText(error: unknown): string {
  const text = errorText(error);
  if (error instanceof TooLong) return `not judged, because ${text}; close it, and open another one`;
  const why = isOfGitHub(error) ? `, because GitHub did not answer (${text})` : `: ${text}`;
  return `not judged${why}; run this check again`;
}

/** Posts the status of consent on the commit of a merge group. */
export const postGroupStatus = (statuses: CommitStatuses, commit: string, against: Against): Promise<void> =>
  statuses.set(commit, [groupConsent(against)]);

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
