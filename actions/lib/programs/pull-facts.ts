/** Reads what GitHub says about a pull request at one commit. */

import { sameLogin } from '../compare/people.ts';
import { isAtHand, parentsOf } from '../git/revision.ts';
import type { IsMergeOnto, LastPush } from '../github/activity.ts';
import type { OwnComment } from '../github/comments.ts';
import { isOffer, type PullEvent } from '../github/pull-events.ts';
import type { Approval, PullRequest } from '../github/pulls.ts';
import { OPENING_MARK } from '../review/opening-note.ts';
import { PARTS } from '../review/parts.ts';
import { type EarlierReview, type EarlierShown, type ShownReview, shownIn } from '../review/shown.ts';
import type { Instant } from '../timeline.ts';
import type { EarlierStatuses } from './earlier-statuses.ts';
import { sameStateSince } from './early-words.ts';
import type { ReviewAccess } from './review-access.ts';

/** What of a pull request is judged. */
export interface JudgedCommit {
  readonly commit: string;
  /** The commit of the base that it is merged into. */
  readonly into: string;
  /**
   * When the default branch got it, if it has been merged: then only approvals of what was shown count, and what
   * happens to the pull request later changes nothing.
   */
  readonly mergedAt?: Instant;
}

/** What GitHub says about a pull request at one commit. */
export interface PullFacts extends Omit<EarlierReview, 'labelsSetAt'> {
  readonly pull: PullRequest;
  readonly commit: string;
  readonly self: string;
  readonly now: Instant;
  readonly approvals: readonly Approval[];
  readonly push: LastPush | undefined;
  readonly events: readonly PullEvent[];
  readonly old: OwnComment | undefined;
  /** The tip of the default branch, where it was asked for together with that comment. */
  readonly tip: string | undefined;
  /** When its author spoke for the commit; undefined where there was a verdict about it since. */
  readonly authorAt: Instant | undefined;
  /** Whether somebody else opened it, and its author has done no more than push to it since. */
  readonly isOfOther: boolean;
}

/** Reads the facts of a commit; throws where GitHub does not answer, as nothing may turn green then. */
export async function readFacts(
  access: ReviewAccess,
  found: PullRequest,
  { commit, into, mergedAt }: JudgedCommit,
  statuses: EarlierStatuses,
): Promise<PullFacts> {
  const { pulls, activity, pullEvents: listed, root, self, defaultBranch } = access;
  const now = mergedAt ?? access.now;
  const { approvals, notedAt } = await pulls.reviews(found.number, commit, OPENING_MARK);
  // The activity of a fork is not ours to read.
  const push = found.isFork
    ? undefined
    : await activity.lastPush(found.headRef, commit, isMergeIn(root), found.mergedAt);
  // What happened to a fork's pull request decides nothing: it gets no status.
  const all = found.isFork ? [] : await listed(found.number);
  const { pull, events } = mergedAt === undefined ? { pull: found, events: all } : asMerged(found, all);
  const { comment: old, isPassedOver, tip } = await pulls.comment(pull.number, PARTS, defaultBranch);
  const shown = old === undefined ? undefined : shownIn(old.body, old.editedAt);
  const earlier = old && shown && earlierOf(old, shown, { commit, push });
  // On that of a fork, no comment shows anything.
  const wasJudged = mergedAt !== undefined || isPassedOver || pull.isFork;
  // Another action may have written a comment that shows nothing of this. Somebody may approve while this is judged.
  const isUnshown = !wasJudged && shown === undefined;
  const hasPassed = isUnshown && (await statuses.hasPassed());
  const offer = access.offerOf(pull);
  // Whoever pushes to a branch may not know yet that somebody has opened a pull request of it for them.
  const isOfOther =
    notedAt === undefined ? offer === 'opened-by-other' : !isOfferedAfter(notedAt, pull, events);
  // Where an earlier run could write no comment, nobody knows what it was for.
  const isFirstRun = isUnshown && !(await statuses.hasAny());
  const wasOffered = offer !== undefined || isFirstRun || shown?.isOffered === true;
  const of = { pull, commit, self, now, approvals, push, events, old, tip, earlier };
  const read = { ...of, shown, wasJudged, hasPassed, isOfOther, isOffered: wasOffered && !isOfOther };
  return { ...read, ...(await earlyWords(access, read, into)) };
}

/** What a comment showed before the author's last push of their own to a branch that somebody else has pushed to. */
function earlierOf(
  { editedAt }: Pick<OwnComment, 'editedAt'>,
  shown: ShownReview,
  { commit, push }: Pick<PullFacts, 'commit' | 'push'>,
): EarlierShown | undefined {
  const pushedAt = push?.below?.at ?? Number.POSITIVE_INFINITY;
  // After that push, the comment shows an update of the branch, which they did not push to.
  if (shown.commit === commit || editedAt >= pushedAt) return shown.earlier;
  return { ...shown, writtenAt: editedAt };
}

const isOfferedAfter = (at: Instant, { author }: PullRequest, events: readonly PullEvent[]): boolean =>
  events.some((it) => isOffer(it) && it.at > at && sameLogin(it.by ?? '', author));

/** GitHub's times of a merge and of its event may differ by seconds. */
const MERGE_MARGIN = 10_000;

/** A pull request with the labels that it had when it was merged, and what happened to it before. */
function asMerged(
  pull: PullRequest,
  all: readonly PullEvent[],
): { readonly pull: PullRequest; readonly events: readonly PullEvent[] } {
  const { mergedAt = Number.POSITIVE_INFINITY } = pull;
  const last = all.findLastIndex(({ kind }) => kind === 'closed' || kind === 'reopened');
  // If it was reopened after that, it was not the merge, which GitHub's record may not have yet.
  const isMerge = all[last]?.kind === 'closed' && (all[last]?.at ?? 0) >= mergedAt - MERGE_MARGIN;
  const closed = isMerge ? last : -1;
  const count = closed < 0 ? all.filter(({ at }) => at <= mergedAt).length : closed;
  const labels = new Set(pull.labels);
  for (const { kind, label = '' } of all.slice(count).toReversed()) {
    if (kind === 'labeled') labels.delete(label);
    if (kind === 'unlabeled') labels.add(label);
  }
  return { pull: { ...pull, labels: [...labels] }, events: all.slice(0, count) };
}

/**
 * Tells of the commits of a branch that a checkout has, or can fetch, whether they only merge something into another:
 * true of all others, once so many were looked at, however many pushes brought them.
 */
const isMergeIn = (root: string): IsMergeOnto => {
  let count = 0;
  return (commit, onto) => {
    let merge = commit;
    while (count++ < MOST_MERGES) {
      if (!isAtHand(root, merge)) return true;
      const [first, ...others] = parentsOf(root, merge);
      if (first === undefined || others.length === 0) return false;
      if (first === onto || others.includes(onto)) return true;
      merge = first;
    }
    return true;
  };
};

/** How many merges of a branch are looked at, each of which may have to be fetched. */
const MOST_MERGES = 20;

type EarlyWords = Pick<PullFacts, 'sameSince' | 'isAuthorLate' | 'authorAt'>;

/** Which words of before the first verdict of a commit were given about the same merge. */
async function earlyWords(
  { record }: ReviewAccess,
  { pull, commit, push, events, approvals, shown, wasJudged }: Omit<PullFacts, keyof EarlyWords>,
  into: string,
): Promise<EarlyWords> {
  const isJudged = shown === undefined ? wasJudged : shown.commit === commit;
  if (isJudged || pull.isFork) return { sameSince: 'start', isAuthorLate: false, authorAt: undefined };
  const chosen = events.filter(({ kind }) => kind === 'base_ref_changed').map(({ at }) => at);
  const authorAt = Math.max(pull.openedAt, push?.at ?? pull.openedAt, ...chosen);
  // Somebody who has no access yet can get it.
  const approvedAt = approvals.map(({ at }) => at);
  const { baseSha } = pull;
  const isSame = await sameStateSince({ record, into, baseSha }, [authorAt, ...approvedAt]);
  const others = approvedAt.filter((at) => !isSame(at));
  return {
    sameSince: others.length > 0 ? Math.max(...others) : 'start',
    isAuthorLate: !isSame(authorAt),
    authorAt,
  };
}
