/**
 * The program of the action `check`: checks the handbook of a pull request, merge group or push, and posts the
 * review.
 */
import { described } from '../check/describe.ts';
import { parentsOf, type Revision, readBase, readRevision } from '../git/revision.ts';
import type { ActionContext, EventPayload } from '../github/context.ts';
import { annotate, errorText, logInfo, logWarning, writeSummary } from '../github/log.ts';
import type { PullRequests } from '../github/pulls.ts';
import { type Evaluation, evaluate } from '../pipeline.ts';
import type { Judgement } from '../review/judgement.ts';
import { summary } from '../review/summary.ts';
import { countOf } from '../text/findings.ts';
import type { Instant } from '../timeline.ts';
import { checkedOutTexts } from './checked-out-texts.ts';
import { postGroupStatus, postReview } from './post-review.ts';

const ALL_OPEN: readonly string[] = ['schedule', 'workflow_dispatch'];

/** Checks what the event is about, against `base` unless that is empty; on a schedule, every open pull request. */
export async function checkPullRequest(
  context: ActionContext,
  pulls: PullRequests,
  base: string,
): Promise<0 | 1> {
  const isAboutAll = context.payload.pull_request === undefined && ALL_OPEN.includes(context.eventName);
  return isAboutAll ? checkOpenPulls(context, pulls) : checkCheckout(context, pulls, base);
}

/**
 * Checks the pull request, merge group or branch that is checked out. Merge groups are built on each other: the
 * difference between a group and its base is one pull request, named in the group's branch, whose reviews and labels
 * count.
 *
 * If a request to GitHub fails, the handbook is still checked; the error is thrown at the end.
 */
async function checkCheckout(context: ActionContext, pulls: PullRequests, named: string): Promise<0 | 1> {
  const texts = checkedOutTexts(context);
  const { merge_group: group, pull_request: opened } = context.payload;
  const number = opened?.number ?? numberIn(group?.head_ref);
  const isNameless = group !== undefined && number === undefined;
  if (isNameless) logWarning(`${group.head_ref} names no pull request; ${NAMELESS}`);
  const base = isNameless ? undefined : baseOf(context, named);
  if (base !== undefined && 'trouble' in base) throw new Error(base.trouble);
  const failures: unknown[] = [];
  const keep = (error: unknown) => void failures.push(error);
  const pull = number === undefined ? undefined : await pulls.get(number).catch(keep);
  const before = base === undefined ? undefined : { texts: base, pull: pull ?? undefined };
  const evaluation = evaluate(texts, context.now, () => {}, before);
  const judged = judgementOf(evaluation, context.now, group?.head_sha ?? pull?.headSha ?? context.sha);
  const errors = annotate(described(evaluation.findings), context.folder);
  await writeSummary(summary(evaluation.findings, judged));
  if (group !== undefined && failures.length === 0)
    await postGroupStatus(pulls, group.head_sha, judged?.against).catch(keep);
  else if (pull !== undefined && judged !== undefined) await postReview(pulls, pull, judged).catch(keep);
  if (failures.length > 0) throw failures[0];
  return errors > 0 ? 1 : 0;
}

/**
 * Checks every open pull request as it would be merged now, because notice runs out while they wait. An error with one
 * does not prevent the checks of the others.
 */
async function checkOpenPulls(context: ActionContext, pulls: PullRequests): Promise<0> {
  const failures: unknown[] = [];
  for (const number of await pulls.openNumbers())
    await checkMerged(context, pulls, number).catch((error: unknown) => {
      logWarning(`pull request ${number} is skipped: ${errorText(error)}`);
      failures.push(error);
    });
  if (failures.length > 0) throw failures[0];
  return 0;
}

/** Checks a pull request as GitHub would merge it. */
async function checkMerged({ root, now }: ActionContext, pulls: PullRequests, number: number): Promise<void> {
  const pull = await pulls.get(number);
  const head = readRevision(root, `refs/pull/${number}/merge`);
  const base = 'trouble' in head ? head : readRevision(root, parentsOf(root, head.commit)[0] ?? 'HEAD');
  if ('trouble' in head || 'trouble' in base) {
    const why = 'trouble' in base ? base.trouble : 'it cannot be merged';
    return logWarning(`pull request ${number} is skipped: ${why}`);
  }
  const evaluation = evaluate(head, now, () => {}, { texts: base, pull });
  const judged = judgementOf(evaluation, now, pull.headSha);
  if (judged !== undefined) await postReview(pulls, pull, judged);
  logInfo(`pull request ${number}: ${countOf(evaluation.findings)}`);
}

const judgementOf = (
  { handbook, against, findings }: Evaluation,
  now: Instant,
  commit: string,
): Judgement | undefined =>
  against === undefined ? undefined : { handbook, against, findings, now, commit };

/** The number in `refs/heads/gh-readonly-queue/main/pr-7-<sha>`: the last pull request of a merge group. */
function numberIn(ref: string | undefined): number | undefined {
  const number = /\/pr-(\d+)-[0-9a-f]+$/.exec(ref ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}

const NAMELESS = 'notice, history and consent were checked when it was queued, and are not checked again';

/** What the checkout is compared with: the first parent of a merge commit, or the base that the event names. */
function baseOf({ root, payload }: ActionContext, named: string): Revision | undefined {
  const { merge_group: group, pull_request: pull }: EventPayload = payload;
  if (named !== '') return readBase(root, named);
  if (group !== undefined) return readRevision(root, group.base_sha);
  if (pull === undefined) return undefined;
  const [first, second] = parentsOf(root, 'HEAD');
  return first !== undefined && second !== undefined
    ? readRevision(root, first)
    : readBase(root, pull.base.sha);
}
