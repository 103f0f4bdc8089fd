/**
 * The program of the action `check`: checks the handbook of a pull request, merge group or push, and posts the
 * review.
 */
import { described } from '../check/describe.ts';
import { parentsOf, type Revision, readBase, readRevision } from '../git/revision.ts';
import { connect } from '../github/connection.ts';
import type { ActionContext, EventPayload } from '../github/context.ts';
import { isForbidden } from '../github/failures.ts';
import { annotate, errorText, logError, logWarning, writeSummary } from '../github/log.ts';
import { evaluate } from '../pipeline.ts';
import type { Judgement } from '../review/judgement.ts';
import { OPENING_MARK, openingNote } from '../review/opening-note.ts';
import { closedStatuses, leftStatuses, pendingStatuses, type ReviewStatus } from '../review/statuses.ts';
import { summary } from '../review/summary.ts';
import type { Instant } from '../timeline.ts';
import { checkOpenPulls } from './check-open-pulls.ts';
import { checkPush } from './check-push.ts';
import { checkedOutTexts } from './checked-out-texts.ts';
import { judgeChangeOf, NOBODY, textsAt } from './judge.ts';
import { ofLatestTip } from './latest-tip.ts';
import { postGroupStatus, postOwnReview, postUnanswered } from './post-review.ts';
import { isUnjudged, type ReviewAccess, reviewAccess } from './review-access.ts';
import { type Judge, judgePull, judgeWithWord } from './review-pull.ts';

const ALL_OPEN: readonly string[] = ['schedule', 'workflow_dispatch'];

/**
 * Checks what the event is about, against `base` unless that is empty; on a schedule, every open pull request, for as
 * long as `clock` allows.
 */
export async function checkPullRequest(
  context: ActionContext,
  base: string,
  clock: () => Instant,
): Promise<0 | 1> {
  const access = reviewAccess(context, connect(context));
  const { eventName, payload } = context;
  const { pull_request: pull, merge_group: group } = payload;
  if (pull !== undefined) return checkPull(context, access, pull, base);
  if (group !== undefined) return checkGroup(context, access, group, base);
  const branch = `refs/heads/${access.defaultBranch}`;
  if (ALL_OPEN.includes(eventName)) {
    if (payload.ref === undefined || payload.ref === branch) return checkOpenPulls(context, access, clock);
    logError(`the open pull requests are looked at only by a run on ${access.defaultBranch}; start it there`);
    return 1;
  }
  const isDefault = eventName === 'push' && payload.ref === branch;
  return isDefault ? checkPush(context, access) : checkHandbook(context, base);
}

/**
 * Checks the pull request whose merge commit is checked out. The verdict is of its second parent, merged into the
 * first. If GitHub cannot be asked, the handbook is still checked, with the word of nobody; both statuses are pending,
 * and the error is thrown.
 */
async function checkPull(
  context: ActionContext,
  access: ReviewAccess,
  opened: NonNullable<EventPayload['pull_request']>,
  named: string,
): Promise<0 | 1> {
  const { root, repository } = context;
  const [tip = '', head] = parentsOf(root, 'HEAD');
  const isFork = opened.head.repo?.full_name !== `${repository.owner}/${repository.repo}`;
  const isIntoDefault = opened.base.ref === access.defaultBranch;
  if (context.payload.action === 'closed') {
    // It can be reopened weeks later, and merged before that run has judged it.
    if (opened.merged !== true && !isFork && isIntoDefault)
      await takeBack(access, opened.head.sha, closedStatuses());
    return 0;
  }
  // The branch can be moved back to it weeks later.
  if (context.payload.action === 'synchronize' && context.payload.before !== undefined && !isFork)
    await takeBack(access, context.payload.before, leftStatuses());
  if (!isFork) await noteOpening(context, access, opened);
  if (head !== opened.head.sha) {
    if (!isFork && isIntoDefault) await access.statuses.set(opened.head.sha, pendingStatuses(NOT_MERGED));
    logError(`${opened.head.sha} was not judged: ${NOT_MERGED}`);
    return 1;
  }
  const judge = judgeCheckout(context, named === '' ? readRevision(root, tip) : readBase(root, named), head);
  if (!isIntoDefault) return reportOther(context, access, judge(NOBODY), opened.base.ref);
  const merged: Merged = { root, into: tip, head };
  const answered = await askedAbout(access, opened.number, merged, judge).catch((error: unknown) => ({
    error,
  }));
  if ('error' in answered) {
    // Before anything else, as judging it with nobody's word may throw the same error.
    if (!isFork) await postUnanswered(access.statuses, head, answered.error);
    await report(context, judge(NOBODY));
    throw answered.error;
  }
  const { pull, review } = answered;
  const isMerged = pull.mergedAt !== undefined && pull.baseRef === access.defaultBranch;
  if (!pull.isOpen) {
    // A review of a closed one starts a run, too.
    if (!isFork && !isMerged) await takeBack(access, head, closedStatuses());
    return report(context, review.judged);
  }
  if (pull.baseRef !== access.defaultBranch) return reportOther(context, access, review.judged, pull.baseRef);
  const status = await report(context, review.judged);
  await postOwnReview(access, pull, review);
  return status;
}

/** Notes for later runs that somebody else opened a pull request, whatever becomes of this run. */
async function noteOpening(
  { payload }: ActionContext,
  { offerOf, pulls, statuses }: ReviewAccess,
  { number, user, head }: NonNullable<EventPayload['pull_request']>,
): Promise<void> {
  const author = user?.login ?? '';
  if (offerOf({ number, author }) !== 'opened-by-other') return;
  try {
    // This run can be started again.
    const { notedAt } = await pulls.reviews(number, head.sha, OPENING_MARK);
    if (notedAt === undefined)
      await pulls.writeNote(number, openingNote(author, payload.sender?.login ?? ''));
  } catch (error) {
    if (isForbidden(error)) logWarning(`who opened this could not be noted: ${errorText(error)}`);
    else {
      await postUnanswered(statuses, head.sha, error);
      throw error;
    }
  }
}

/** Takes back the success of a commit, unless it is the head of an open pull request that is judged. */
const takeBack = (access: ReviewAccess, head: string, statuses: readonly ReviewStatus[]): Promise<void> =>
  access.statuses.takeBackSuccess(head, statuses, () => isUnjudged(access, head));

const NOT_MERGED =
  'the commit checked out is not its merge into the base; check it out without "ref" and with fetch-depth: 2';

/** The merge that is checked out. */
interface Merged {
  readonly root: string;
  /** The commit of the base that it merges into. */
  readonly into: string;
  readonly head: string;
}

async function askedAbout(access: ReviewAccess, number: number, { root, into, head }: Merged, judge: Judge) {
  const pull = await access.pulls.get(number);
  const review = await judgePull(access, pull, { commit: head, into }, judge);
  return { pull, review: await ofLatestTip(access, { root, number, into }, review) };
}

/** Judges the checkout as a change of a base. */
function judgeCheckout(context: ActionContext, base: Revision, commit: string): Judge {
  if ('trouble' in base) throw new Error(base.trouble);
  // What git has, not what is in the folder: attributes can make these differ.
  const change = { before: base, after: textsAt(context.root, 'HEAD'), commit };
  return (pull) => judgeChangeOf(change, context.now, pull);
}

/** A pull request into another branch says nothing about the default branch, so the job does not succeed. */
async function reportOther(
  context: ActionContext,
  { defaultBranch }: ReviewAccess,
  judged: Judgement,
  base: string,
): Promise<1> {
  await report(context, judged);
  logError(
    `this pull request goes into ${base}, so it gets no status; it is judged when its base is ${defaultBranch}`,
  );
  return 1;
}

/** Annotates the findings and writes the summary; the exit status of the job. */
async function report({ folder }: ActionContext, judged: Judgement): Promise<0 | 1> {
  const errors = annotate(described(judged.findings), folder);
  await writeSummary(summary(judged.findings, judged));
  return errors > 0 ? 1 : 0;
}

/**
 * Checks a merge group. Groups are built on each other: the difference between a group and its base is one pull
 * request, named in the group's branch, whose reviews and labels count.
 */
async function checkGroup(
  context: ActionContext,
  access: ReviewAccess,
  group: NonNullable<EventPayload['merge_group']>,
  named: string,
): Promise<0 | 1> {
  const { root } = context;
  const { statuses } = access;
  const number = /\/pr-(\d+)-[0-9a-f]+$/.exec(group.head_ref)?.[1];
  if (number === undefined) logWarning(`${group.head_ref} names no pull request, so nobody has agreed to it`);
  const base = named === '' ? readRevision(root, group.base_sha) : readBase(root, named);
  const judge = judgeCheckout(context, base, group.head_sha);
  const judged = await askedAboutGroup(access, number, group, judge).catch((error: unknown) => ({
    error,
  }));
  if ('error' in judged) {
    await postUnanswered(statuses, group.head_sha, judged.error);
    await report(context, judge(NOBODY));
    throw judged.error;
  }
  const status = await report(context, judged);
  if (group.base_ref === `refs/heads/${access.defaultBranch}`)
    await postGroupStatus(statuses, group.head_sha, judged.against);
  return status;
}

/**
 * A group has the word of an open pull request of this repository into its branch; that of a fork has no comment that
 * shows what it changes, and no record of who pushed it.
 */
async function askedAboutGroup(
  access: ReviewAccess,
  number: string | undefined,
  { base_ref: ref, base_sha: into }: NonNullable<EventPayload['merge_group']>,
  judge: Judge,
) {
  if (number === undefined) return judge(NOBODY);
  const pull = await access.pulls.get(Number(number));
  if (pull.isFork || !pull.isOpen || `refs/heads/${pull.baseRef}` !== ref) return judge(NOBODY);
  return (await judgeWithWord(access, pull, { commit: pull.headSha, into }, judge)).judged;
}

/** Checks the handbook that is checked out, against a base where one is named. */
async function checkHandbook(context: ActionContext, named: string): Promise<0 | 1> {
  if (named !== '')
    return report(context, judgeCheckout(context, readBase(context.root, named), context.sha)(undefined));
  const { findings } = evaluate(checkedOutTexts(context), context.now, () => {});
  const errors = annotate(described(findings), context.folder);
  await writeSummary(summary(findings, undefined));
  return errors > 0 ? 1 : 0;
}
