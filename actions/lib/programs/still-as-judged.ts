/**
 * A verdict is of a pull request as it was when it was read: about another state, it turns nothing green. Runs of other
 * workflows can judge the same pull request meanwhile, and what they took back would be green again.
 */
import { isSet, type SetStatus } from '../github/commit-statuses.ts';
import { logInfo } from '../github/log.ts';
import type { PresentPull } from '../github/present-pulls.ts';
import type { PullRequest } from '../github/pulls.ts';
import type { ReviewStatus } from '../review/statuses.ts';
import type { ReviewAccess } from './review-access.ts';
import type { JudgedPull, PullReview } from './review-pull.ts';

/** A pull request as it is at present, and the tip of the default branch. */
export async function presentOf(
  { pulls, defaultBranch }: Pick<ReviewAccess, 'pulls' | 'defaultBranch'>,
  pull: Pick<PullRequest, 'number' | 'headSha'>,
): Promise<{ readonly tip: string; readonly pull: PresentPull }> {
  const { tip, pulls: found } = await pulls.present(defaultBranch, [pull]);
  const present = found.get(pull.number);
  if (present === undefined) throw new Error(`GitHub does not show pull request ${pull.number}`);
  return { tip, pull: present };
}

/**
 * Whether what turns green may be posted: the pull request is open, and no draft, with the head, base, labels and
 * approvals that it had when it was judged, and was neither closed nor offered again since.
 */
export function isStillAsJudged(present: PresentPull, pull: PullRequest, review: PullReview): boolean {
  const [before, after] = [pull, present].map((it) => it.labels.toSorted().join('\n'));
  const isSame =
    present.isOpen &&
    !present.isDraft &&
    present.headSha === pull.headSha &&
    present.baseRef === pull.baseRef &&
    before === after &&
    keeps(present, review);
  if (!isSame) logInfo(`pull request ${pull.number} has changed meanwhile: a run of its own judges it`);
  return isSame;
}

/**
 * Whether a pull request still has the approvals that it had when it was judged, nothing has happened since that may
 * end them, and no other one has got its head; further approvals change nothing about what is green by these.
 */
export const keeps = (present: PresentPull, review: PullReview): boolean =>
  keepsWord(present, review) &&
  present.sharing?.every((it) => review.sharing.some(({ pull }) => pull.number === it)) === true;

/** The same of another one with this head; one that is closed, or has another head by now, asks for nothing. */
export const keepsShared = (present: PresentPull | undefined, judged: JudgedPull): boolean => {
  const { headSha, labels } = judged.pull;
  if (present === undefined) return false;
  if (!present.isOpen || present.headSha !== headSha) return true;
  const isReady = !present.isDraft || judged.pull.isDraft;
  return isReady && keepsWord(present, judged) && labels.every((it) => present.labels.includes(it));
};

const keepsWord = (
  { approvals, changedAt }: PresentPull,
  { approvals: judged, changedAt: known }: Pick<JudgedPull, 'approvals' | 'changedAt'>,
): boolean =>
  (changedAt ?? 0) <= (known ?? 0) &&
  judged.every(({ login, at }) => approvals?.some((it) => it.login === login && it.at === at));

/** Whether a status of ours is a success among those of a commit. */
export const isGreen = (known: readonly SetStatus[], name: string): boolean =>
  known.find(({ context, isOurs }) => isOurs && context === name)?.state === 'success';

/**
 * Whether statuses make a commit green: also where it was, but for another reason, as another run may have taken that
 * back meanwhile.
 */
export const turnsGreen = (statuses: readonly ReviewStatus[], known: readonly SetStatus[]): boolean =>
  statuses.every(({ state }) => state === 'success') && statuses.some((it) => !isSet(known, it));
