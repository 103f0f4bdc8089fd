/**
 * The daily look: judges every open pull request again, because notice runs out while they wait. Those that change the
 * handbook are judged as they would be merged now. Those that run out of notice next come first, and those that cannot
 * be merged come last. One that takes too long fails by name, and the job says whom it did not reach.
 */
import { compare } from '../compare/compare.ts';
import { shiftsResolved } from '../compare/far-entries.ts';
import { changedBytes, haveSameHandbook, mergeCommits } from '../git/merge-refs.ts';
import { parentsOf, readRevision } from '../git/revision.ts';
import type { SetStatus } from '../github/commit-statuses.ts';
import type { ActionContext } from '../github/context.ts';
import { rateLimitSeconds } from '../github/failures.ts';
import { MOST_COMMITS } from '../github/green-commits.ts';
import { errorText, logInfo, logWarning } from '../github/log.ts';
import type { PullRequest } from '../github/pulls.ts';
import { load } from '../load/load.ts';
import type { Handbook } from '../model.ts';
import {
  conflictStatuses,
  failedStatuses,
  leftStatuses,
  outdatedStatuses,
  pendingStatuses,
  type ReviewStatus,
} from '../review/statuses.ts';
import { countOf } from '../text/findings.ts';
import { plural } from '../text/plural.ts';
import type { Instant } from '../timeline.ts';
import { judgeChangeOf, textsAt } from './judge.ts';
import { isMergedIntoTip } from './latest-tip.ts';
import { postUnanswered, type TurnedGreen, takeBackChanged, writeReview } from './post-review.ts';
import type { ReviewAccess } from './review-access.ts';
import { type Judge, judgePull, type OpenPulls } from './review-pull.ts';
import { isGreen, isStillAsJudged, presentOf, turnsGreen } from './still-as-judged.ts';
import { takeBackOthers } from './take-back-others.ts';

/** How long one pull request may take, without its requests to GitHub. */
const MOST_SECONDS = 60;

/**
 * By when no more pull requests are judged, and by when the whole ends, so that slow ones leave time to take back what
 * is green and nobody judges: the workflow ends the job after ten minutes.
 */
const MOST_MINUTES = { judging: 6, all: 8 };

/** GitHub's clock may differ from the runner's. */
const MARGIN = 60_000;

/** How much changed text of one pull request is read. */
const MOST_BYTES = 4 * 1024 ** 2;

/** A pull request that changes the handbook. */
interface Candidate {
  readonly pull: PullRequest;
  readonly tip: string;
  /** Its merge into the tip. */
  readonly merge: string;
  /** When the first change of cover begins. */
  readonly firstAt: Instant;
}

/** Judges the open pull requests of this repository into the default branch. */
export async function checkOpenPulls(
  context: ActionContext,
  access: ReviewAccess,
  clock: () => Instant,
): Promise<0> {
  const startedAt = clock();
  const deadline = startedAt + MOST_MINUTES.judging * 60_000;
  const open = await access.pulls.open();
  const times = { clock, startedAt, deadline };
  const look: Look = { context, access, ...times, failures: [], open, shared: new Map(), turned: [] };
  const ours = open.filter(({ isFork, baseRef }) => !isFork && baseRef === access.defaultBranch);
  logInfo(`${plural(open.length, 'open pull request')}; into the default branch and no fork: ${ours.length}`);
  const { candidates, unmerged } = sorted(look, ours);
  const latest = candidates.length === 0 ? '' : await tipOrNone(look);
  const unreached: string[] = [];
  let isRefused = false;
  for (const candidate of candidates) {
    if (isRefused || clock() > deadline) unreached.push(`#${candidate.pull.number}`);
    else isRefused = await checkOne(look, latest, candidate);
    await takeBackTurned(look, false);
  }
  await takeBackTurned(look, true);
  // Last, because anybody may open and close a thousand.
  const isOver = () => clock() > startedAt + MOST_MINUTES.all * 60_000;
  if (isRefused) unreached.push(OTHERS);
  else {
    await takeBackUnmerged(look, unmerged, isOver);
    look.failures.push(...(await takeBackOthers(context, access, open, isOver)));
  }
  if (unreached.length > 0) throw new Error(`not reached: ${unreached.join(', ')}; run this again`);
  if (look.failures.length > 0) throw look.failures[0];
  return 0;
}

const OTHERS =
  'those that cannot be merged, and the commits that branches have left, or whose pull requests were closed';

/** The tip of the default branch; none where GitHub does not say, so that nothing turns green, and red is posted. */
const tipOrNone = ({ access, failures }: Look): Promise<string> =>
  access.pulls.tipOf(access.defaultBranch).catch((error: unknown) => {
    logWarning(`nothing turns green, because GitHub does not name the tip of the default branch`);
    failures.push(error);
    return '';
  });

/** One daily look. */
interface Look {
  readonly context: ActionContext;
  readonly access: ReviewAccess;
  readonly clock: () => Instant;
  readonly startedAt: Instant;
  readonly deadline: Instant;
  readonly failures: unknown[];
  readonly open: readonly PullRequest[];
  readonly shared: OpenPulls['shared'];
  /** What has turned green and was not looked at since, and when it did. */
  readonly turned: (TurnedGreen & { readonly at: Instant })[];
}

/** A pull request of whose head GitHub has no merge. */
interface Unmerged {
  readonly pull: PullRequest;
  /** What takes the place of what is green. */
  readonly statuses: readonly ReviewStatus[];
  /** Whether they are set, too, where there are none. */
  readonly isSet: boolean;
}

/**
 * Those that change the handbook, in the order in which their first change of cover begins; and those of whose head
 * GitHub has no merge, for conflicts, or because what it offers is of another head.
 */
function sorted(
  look: Look,
  pulls: readonly PullRequest[],
): { readonly candidates: readonly Candidate[]; readonly unmerged: readonly Unmerged[] } {
  const { root, now } = look.context;
  const merges = mergeCommits(
    root,
    pulls.map(({ number }) => number),
  );
  const candidates: Candidate[] = [];
  const unmerged: Unmerged[] = [];
  for (const pull of pulls) {
    const merge = merges.get(pull.number);
    const [tip, head] = merge === undefined ? [] : parentsOf(root, merge);
    if (merge === undefined || tip === undefined) {
      logInfo(`pull request ${pull.number} cannot be merged`);
      unmerged.push({ pull, statuses: conflictStatuses(), isSet: false });
    } else if (head !== pull.headSha)
      unmerged.push({ pull, statuses: pendingStatuses(NOT_MERGED_YET), isSet: true });
    else if (!haveSameHandbook(root, tip, merge)) {
      const isLate = look.clock() > look.deadline;
      candidates.push({ pull, tip, merge, firstAt: isLate ? LAST : firstChange(root, tip, merge, now) });
    }
  }
  const isBefore = (one: Candidate, other: Candidate) =>
    one.firstAt - other.firstAt || one.pull.number - other.pull.number;
  return { candidates: candidates.toSorted(isBefore), unmerged };
}

/**
 * Takes back what is green of those whose head GitHub has not merged: once it can be merged, it would be green without
 * having been looked at. One that changes no file of the handbook stays as it is, since no look would judge it again.
 * Those of which GitHub has not merged the head yet are pending, if nothing has said anything about it.
 */
async function takeBackUnmerged(
  look: Look,
  unmerged: readonly Unmerged[],
  isOver: () => boolean,
): Promise<void> {
  const { pulls, statuses: commits } = look.access;
  const folders = ['rotas', 'policies'].map((it) =>
    look.context.folder === '.' ? it : `${look.context.folder}/${it}`,
  );
  for (let i = 0; i < unmerged.length; i += MOST_COMMITS) {
    const part = unmerged.slice(i, i + MOST_COMMITS);
    const heads = part.map(({ pull }) => pull.headSha);
    const failed = (error: unknown) => {
      look.failures.push(error);
      // Each may be one.
      return heads;
    };
    const lacking = part.some(({ isSet }) => isSet)
      ? await commits.lacking(heads, leftStatuses()).catch(failed)
      : [];
    const green = await commits.maybeGreen(heads, leftStatuses()).catch(failed);
    for (const { pull, statuses, isSet } of part) {
      const { number, headSha } = pull;
      const isLacking = isSet && lacking.includes(headSha);
      if (!isLacking && !green.includes(headSha)) continue;
      try {
        if (isOver()) throw new Error('there is no time left; run this again');
        if (isLacking) await commits.setMissing(headSha, statuses);
        else await commits.takeBackSuccess(headSha, statuses, () => pulls.changesAny(number, folders));
      } catch (error) {
        notJudged(look, pull, error);
      }
    }
  }
}

const NOT_MERGED_YET = 'GitHub has not merged this commit for a check yet';

/** The place of what is too large to be read, or cannot be compared. */
const LAST = Number.POSITIVE_INFINITY;

/** When the first change of cover begins. */
function firstChange(root: string, tip: string, merge: string, now: Instant): Instant {
  if (changedBytes(root, tip, merge) > MOST_BYTES) return LAST;
  const [before, after] = [readRevision(root, tip), readRevision(root, merge)];
  if ('trouble' in before || 'trouble' in after) return LAST;
  try {
    const [base, head] = [load(before).handbook, load(after).handbook];
    if (isTooHeavy(base, head, now)) return LAST;
    const { ahead, reached } = compare(base, head, now, [], undefined);
    const starts = [...ahead, ...reached.flatMap(({ gained }) => gained[0] ?? [])];
    return starts.reduce((first, { startAt }) => Math.min(first, startAt), LAST);
  } catch {
    // One that ends a comparison fails by name when it is judged, and no other waits for it.
    return LAST;
  }
}

/** About as many shifts as are resolved within seconds; a handbook of 1,000 rotas has some more in half a year. */
const MOST_SHIFTS = 500_000;

/** Whether resolving the head takes much longer than resolving the base: a few lines can ask for millions of spans. */
const isTooHeavy = (base: Handbook, head: Handbook, now: Instant): boolean =>
  shiftsResolved(head, now) > Math.max(MOST_SHIFTS, 2 * shiftsResolved(base, now));

function notJudged({ failures }: Look, { number }: PullRequest, error: unknown): void {
  logWarning(`pull request ${number} was not judged: ${errorText(error)}`);
  failures.push(error);
}

/** Judges and posts one; whether GitHub answers no more requests for now. */
async function checkOne(look: Look, latest: string, { pull, tip, merge }: Candidate): Promise<boolean> {
  const { access, context, clock, turned } = look;
  const open = { all: look.open, shared: look.shared };
  try {
    const judge = judgeWithin(context, clock, { tip, merge, head: pull.headSha });
    const review = await judgePull(access, pull, { commit: pull.headSha, into: tip }, judge, open);
    const fresh = review.earlier === undefined ? await access.statuses.of(pull.headSha) : undefined;
    // What was green before it was judged may have been taken back since, and the branch may have moved.
    const isTurning = turnsGreen(review.statuses, fresh ?? []);
    // A run may have judged a newer head since this look began, and shows it already.
    const isEdited = (review.old?.editedAt ?? 0) > look.startedAt - MARGIN;
    const present = isTurning || isEdited ? await presentOf(access, pull) : undefined;
    if (present !== undefined && present.pull.headSha !== pull.headSha) return false;
    if (isTurning && present !== undefined && !isStillAsJudged(present.pull, pull, review)) return false;
    // GitHub renews a merge late, and what is checked out may be older than the default branch, too.
    const statuses = (await isMergedIntoTip(access, present?.tip ?? latest, tip))
      ? review.statuses
      : unrenewed(review.statuses, fresh ?? review.earlier ?? []);
    const posted = { ...review, statuses };
    const isGreenNow = await writeReview(access, pull, posted, fresh);
    if (isGreenNow) turned.push({ pull, review: posted, tip: present?.tip, at: clock() });
    logInfo(`pull request ${pull.number}: ${countOf(review.judged.findings)}`);
    return false;
  } catch (error) {
    notJudged(look, pull, error);
    if (error instanceof TooMuch)
      await access.statuses.set(pull.headSha, failedStatuses(error.message)).catch(() => {});
    else if (rateLimitSeconds(error) === undefined)
      await postUnanswered(access.statuses, pull.headSha, error);
    return rateLimitSeconds(error) !== undefined;
  }
}

/** How many that have turned green are looked at once more in one request, and how long the first of them waits. */
const MOST_TURNED = 10;
const LONGEST_WAIT_SECONDS = 20;

/** Takes back what has turned green in this look and has changed meanwhile. */
async function takeBackTurned({ access, turned, failures, clock }: Look, isLast: boolean): Promise<void> {
  const [first] = turned;
  if (first === undefined) return;
  const isDue = turned.length >= MOST_TURNED || clock() > first.at + LONGEST_WAIT_SECONDS * 1000;
  if (!isDue && !isLast) return;
  await takeBackChanged(access, turned.splice(0)).catch((error: unknown) => failures.push(error));
}

/** The statuses of a merge that GitHub has not renewed: nothing turns green by it, and what is not says what to do. */
const unrenewed = (statuses: readonly ReviewStatus[], known: readonly SetStatus[]): readonly ReviewStatus[] =>
  statuses.flatMap((status) => {
    if (status.state !== 'success') return [status];
    return isGreen(known, status.context)
      ? []
      : outdatedStatuses().filter(({ context }) => context === status.context);
  });

/** A pull request that takes more than it may, or cannot be read as a handbook. */
class TooMuch extends Error {}

/** Judges a merge within the limits of time and size. */
function judgeWithin(
  { root, now }: ActionContext,
  clock: () => Instant,
  { tip, merge, head }: { readonly tip: string; readonly merge: string; readonly head: string },
): Judge {
  const bytes = changedBytes(root, tip, merge);
  if (bytes > MOST_BYTES)
    throw new TooMuch(
      `this changes ${Math.ceil(bytes / 1024 ** 2)} MiB of the handbook, and 4 MiB are read; split it`,
    );
  const before = textsAt(root, tip);
  const after = readRevision(root, merge);
  if ('trouble' in after) throw new TooMuch(after.trouble);
  if (isTooHeavy(load(before).handbook, load(after).handbook, now))
    throw new TooMuch('this asks for so many shifts that it takes minutes to check; split it');
  const deadline = clock() + MOST_SECONDS * 1000;
  const progress = () => {
    if (clock() > deadline)
      throw new TooMuch(`this takes more than ${MOST_SECONDS} seconds to check; split it`);
  };
  return (word) => judgeChangeOf({ before, after, commit: head }, now, word, progress);
}
