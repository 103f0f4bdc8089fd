/**
 * Processes one issue: reads the facts from GitHub, passes them to `requests/`, and carries out the result. All state
 * is on GitHub, so the next run completes a run that was stopped at any point.
 */
import type { Branches, OwnBranches, OwnPull } from '../github/branches.ts';
import type { Issues } from '../github/issues.ts';
import type { PullRequests } from '../github/pulls.ts';
import { evaluate } from '../pipeline.ts';
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
import { fileOf, isBrought } from '../requests/written.ts';
import { postReview } from './post-review.ts';

/** The facts that all issues of a run share, and the clients for GitHub. */
export interface RequestRun {
  readonly context: RequestContext;
  readonly issues: Issues;
  readonly branches: Branches;
  readonly pulls: PullRequests;
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
  let at: Case = { ...opened, state };
  const comment = (phase: Phase) =>
    issues.upsertComment(number, REQUEST_MARKER, commentOf(context, at, phase));
  // A decision is recorded before it is carried out, so that a later run can complete it.
  if (state.decision?.comment !== at.stored?.state.decision?.comment) await comment({ kind: 'judged' });
  const branch = branchToRead(context, at);
  const own = branch === undefined ? undefined : await branches.find(branch, context.base);
  const pull = await pullThatCounts(run, at, own?.pull);
  if (pull?.state === 'merged') at = { ...at, state: { ...at.state, written: pull.number } };
  const phase = await carryOut(run, at, own, reconcile(context, at, pull));
  await comment(phase);
  await issues.setLabel(issue, labelFor(at.verdict, phase), Object.values(REQUEST_LABELS));
  return phase.kind;
}

/** Our latest pull request, unless it was merged without bringing what was requested. */
async function pullThatCounts(
  { context, branches }: RequestRun,
  at: Case,
  pull: OwnPull | undefined,
): Promise<OwnPull | undefined> {
  if (pull?.state !== 'merged' || pull.number === at.state.written) return pull;
  const file = fileOf(context, at);
  if (file === undefined || pull.mergedAs === undefined) return undefined;
  const path = context.folder === '.' ? file : `${context.folder}/${file}`;
  return isBrought(context, at, file, await branches.mergedFile(pull.mergedAs, path)) ? pull : undefined;
}

const commentOf = ({ handbook }: RequestContext, { verdict, state, request }: Case, phase: Phase): string =>
  requestComment({ handbook, verdict, phase, state, deciders: decidersOf(handbook, request) });

async function writersAmong({ context, issues }: RequestRun, at: Case): Promise<ReadonlySet<string>> {
  const writers = new Set<string>();
  for (const login of loginsToLookUp(context, at)) if (await issues.canWrite(login)) writers.add(login);
  return writers;
}

async function carryOut(
  run: RequestRun,
  at: Case,
  own: OwnBranches | undefined,
  outcome: RequestOutcome,
): Promise<Phase> {
  if (outcome.kind === 'propose') {
    const { desired } = outcome;
    const branch = own === undefined ? desired.branch : await run.branches.branchFor(own);
    return propose(run, at, { ...desired, branch });
  }
  for (const action of outcome.actions) await act(run, at.issue.number, action);
  return outcome.phase;
}

async function act(
  { issues, branches, pulls }: RequestRun,
  issue: number,
  action: RequestAction,
): Promise<void> {
  switch (action.kind) {
    case 'drop-pull':
      return branches.closePull(action.pull, action.body);
    case 'block-pull': {
      const { headSha } = await pulls.get(action.pull);
      for (const status of action.statuses) await pulls.setStatus(headSha, status);
      return;
    }
    case 'close-issue':
      return issues.close(issue, action.reason);
    case 'post-question':
      return issues.upsertComment(issue, OUTCOME_MARKER, action.body);
  }
}

/** Creates or updates branch and pull request, checks them like any pull request, and requests the reviews. */
async function propose(
  { context, branches, pulls }: RequestRun,
  at: Case,
  desired: DesiredPull,
): Promise<Phase> {
  const written = await branches.propose(desired);
  const { number, sha } = written;
  // Checks the proposed commit, even if the branch has moved since.
  let pull = await pulls.get(number, sha);
  for (const label of desired.labels.filter((it) => !pull.labels.includes(it))) {
    await branches.addLabel(number, label);
    pull = { ...pull, labels: [...pull.labels, label] };
  }
  const { texts, now } = context;
  const { handbook, against, findings } = evaluate(desired.edited, now, () => {}, { texts, pull });
  if (against === undefined) return { kind: 'proposed', pull: number, refused: [] };
  const judged = { handbook, against, findings, now, commit: pull.headSha };
  await postReview(pulls, pull, judged);
  const refused = await branches.requestReviews(written, reviewersOf(context, at, desired, against));
  return { kind: 'proposed', pull: number, refused };
}
