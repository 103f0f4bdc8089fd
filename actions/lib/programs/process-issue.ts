/**
 * Processes one issue: reads the facts from GitHub, passes them to `requests/`, and carries out the result. All state
 * is on GitHub, so the next run completes a run that was stopped at any point.
 */
import type { Branches } from '../github/branches.ts';
import type { Issues } from '../github/issues.ts';
import { applyCommands, loginsToLookUp } from '../requests/commands.ts';
import type { RequestContext, Trigger } from '../requests/facts.ts';
import { OUTCOME_MARKER, REPLY_MARKER, requestComment } from '../requests/issue-comment.ts';
import { labelFor, REQUEST_LABELS } from '../requests/labels.ts';
import type { Phase } from '../requests/phase.ts';
import { type DesiredPull, reviewersOf } from '../requests/pull-request.ts';
import { type Case, readIssue } from '../requests/read-issue.ts';
import { branchToRead, type RequestAction, type RequestOutcome, reconcile } from '../requests/reconcile.ts';
import { decidersOf } from '../requests/request.ts';
import { REQUEST_MARKER } from '../requests/stored-state.ts';
import { judgeChangeOf } from './judge.ts';
import { postReview } from './post-review.ts';
import { type Judge, judgePull, type ReviewAccess } from './review-pull.ts';

/** The facts that all issues of a run share, and the clients for GitHub. */
export interface RequestRun {
  readonly context: RequestContext;
  readonly issues: Issues;
  readonly branches: Branches;
  readonly access: ReviewAccess;
}

/** Reconciles the request in an issue and returns its phase; undefined for an issue that is not a request. */
export async function processIssue(
  run: RequestRun,
  number: number,
  trigger: Trigger,
): Promise<Phase['kind'] | undefined> {
  const { context, issues, branches } = run;
  const issue = await issues.get(number);
  if (issue === undefined) return undefined;
  const comments = await issues.comments(number);
  const opened = readIssue(context, { issue, comments, trigger });
  if (opened === undefined) return undefined;
  const { state, reply } = applyCommands(context, opened, await writersAmong(run, opened));
  if (reply !== undefined) await issues.upsertComment(number, REPLY_MARKER, reply);
  const at: Case = { ...opened, state };
  const comment = (phase: Phase) =>
    issues.upsertComment(number, REQUEST_MARKER, commentOf(context, at, phase));
  // A decision is recorded before it is carried out, so that a later run can complete it.
  if (state.decision?.comment !== at.stored?.state.decision?.comment) await comment({ kind: 'judged' });
  const branch = branchToRead(context, at);
  const pull = branch === undefined ? undefined : await branches.latestPull(branch);
  const phase = await carryOut(run, at, reconcile(context, at, pull));
  await comment(phase);
  await issues.setLabel(issue, labelFor(at.verdict, phase), Object.values(REQUEST_LABELS));
  return phase.kind;
}

const commentOf = ({ handbook }: RequestContext, { verdict, state, request }: Case, phase: Phase): string =>
  requestComment({ handbook, verdict, phase, state, deciders: decidersOf(handbook, request) });

async function writersAmong({ context, issues }: RequestRun, at: Case): Promise<ReadonlySet<string>> {
  const writers = new Set<string>();
  for (const login of loginsToLookUp(context, at)) if (await issues.canWrite(login)) writers.add(login);
  return writers;
}

async function carryOut(run: RequestRun, at: Case, outcome: RequestOutcome): Promise<Phase> {
  if (outcome.kind === 'propose') return propose(run, at, outcome.desired);
  for (const action of outcome.actions) await act(run, at.issue.number, action);
  return outcome.phase;
}

async function act(
  { issues, branches, access: { pulls } }: RequestRun,
  issue: number,
  action: RequestAction,
): Promise<void> {
  switch (action.kind) {
    case 'drop-pull':
      return branches.closePull(action.pull, action.body);
    case 'block-pull': {
      const { headSha } = await pulls.get(action.pull);
      return pulls.setStatuses(headSha, action.statuses);
    }
    case 'close-issue':
      return issues.close(issue, action.reason);
    case 'post-question':
      return issues.upsertComment(issue, OUTCOME_MARKER, action.body);
  }
}

/** Creates or updates branch and pull request, checks them like any pull request, and requests the reviews. */
async function propose(
  { context, branches, access }: RequestRun,
  at: Case,
  desired: DesiredPull,
): Promise<Phase> {
  const written = await branches.propose(desired);
  const { number, sha } = written;
  let pull = await access.pulls.get(number);
  for (const label of desired.labels.filter((it) => !pull.labels.includes(it))) {
    await branches.addLabel(number, label);
    pull = { ...pull, labels: [...pull.labels, label] };
  }
  // The proposed commit is checked, even if the branch has moved since.
  const change = { before: context.texts, after: desired.edited, commit: sha };
  const judge: Judge = (word) => judgeChangeOf(change, context.now, word);
  const review = await judgePull(access, pull, sha, judge);
  await postReview(access.pulls, pull, review);
  const { against } = review.judged;
  const refused = await branches.requestReviews(written, reviewersOf(context, at, desired, against));
  return { kind: 'proposed', pull: number, refused };
}
