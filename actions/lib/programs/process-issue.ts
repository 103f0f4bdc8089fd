/**
 * Processes one issue: reads the facts from GitHub, passes them to `requests/`, and carries out the result. All state
 * is on GitHub, so the next run completes a run that was stopped at any point.
 */
import { sameLogin } from '../compare/people.ts';
import { type Branches, isNameOf, type OwnBranches, type OwnPull } from '../github/branches.ts';
import { hasStatus } from '../github/failures.ts';
import type { Issues } from '../github/issues.ts';
import { errorText } from '../github/log.ts';
import { applyCommands, commentsToVerify, loginsToLookUp } from '../requests/commands.ts';
import type { IssueComment, RequestContext, RequestPull } from '../requests/facts.ts';
import { OUTCOME_MARKER, REPLY_MARKER, requestComment } from '../requests/issue-comment.ts';
import { labelFor, REQUEST_LABELS } from '../requests/labels.ts';
import type { Phase } from '../requests/phase.ts';
import { type DesiredPull, reviewersOf } from '../requests/pull-request.ts';
import { type Case, markedComments, mayBeRequest, readIssue } from '../requests/read-issue.ts';
import { branchToRead, type RequestAction, type RequestOutcome, reconcile } from '../requests/reconcile.ts';
import { decidersOf } from '../requests/request.ts';
import { REQUEST_MARKER, type RequestState } from '../requests/stored-state.ts';
import { filesOf, isBrought, type MergedFile } from '../requests/written.ts';
import { closedStatuses, leftStatuses } from '../review/statuses.ts';
import { judgeChangeOf } from './judge.ts';
import { ofLatestTip } from './latest-tip.ts';
import { postReview } from './post-review.ts';
import { isUnjudged, type ReviewAccess } from './review-access.ts';
import { type Judge, judgePull } from './review-pull.ts';
import { isStillAsJudged, presentOf, turnsGreen } from './still-as-judged.ts';

/** The facts that all issues of a run share, and the clients for GitHub. */
export interface RequestRun {
  readonly context: RequestContext;
  readonly issues: Issues;
  readonly branches: Branches;
  readonly access: ReviewAccess;
  /** The checkout. */
  readonly root: string;
  /** The numbers of our account's open pull requests, whatever their base, by the issue their branch is named after. */
  readonly openPulls: () => Promise<ReadonlyMap<number, readonly number[]>>;
}

/** Reconciles the request in an issue and returns its phase; undefined for an issue that is not a request. */
export async function processIssue(
  run: RequestRun,
  number: number,
  isReopened: boolean,
): Promise<Phase['kind'] | undefined> {
  const { context, issues, branches } = run;
  const facts = await factsOf(run, number);
  const opened = facts && readIssue(context, { ...facts, isReopened });
  if (opened === undefined) {
    await dropOthers(run, number, undefined);
    return undefined;
  }
  const { issue } = opened;
  const { state, verdict, reply } = applyCommands(context, opened, await writersAmong(run, opened));
  if (keepsGrant(opened, state)) return 'granted';
  let at: Case = { ...opened, state, verdict };
  const comment = (phase: Phase) =>
    issues.upsertComment(number, REQUEST_MARKER, commentOf(context, at, phase), editedByOthers(context, at));
  const branch = branchToRead(context, at);
  const own = branch === undefined ? undefined : await branches.find(branch, context.base);
  const pull = await pullOfVersion(run, at, branch, own?.pull);
  if (pull?.state === 'merged') at = { ...at, state: { ...at.state, written: pull.number } };
  const outcome = reconcile(context, at, pull);
  // A lead may have closed it: without this, somebody else could have it made again.
  if (outcome.kind === 'reach' && outcome.phase.kind === 'returned')
    at = { ...at, state: { ...at.state, decision: undefined } };
  const [blocking, others] = byWhetherBlocking(outcome);
  const steps = new Steps();
  const actions = new Steps();
  // What blocks needs nobody's leave: somebody may have locked the issue, so that GitHub takes no comment.
  // One that is over does not count, although somebody may have reopened it.
  const counting = pull?.number === own?.pull?.number ? pull?.number : undefined;
  await actions.attempt(() => dropOthers(run, number, counting));
  for (const action of blocking) await actions.attempt(() => act(run, number, action));
  if (reply !== undefined) await steps.attempt(() => issues.upsertComment(number, REPLY_MARKER, reply));
  // A decision is recorded before the rest of it is carried out, so that a later run can complete it.
  if (state.decision?.comment !== at.stored?.state.decision?.comment)
    await steps.attempt(() => comment({ kind: 'judged' }));
  // Nothing is told as done that was not; comments alone may be refused.
  actions.end();
  if (outcome.kind === 'propose') steps.end();
  // The approval in an issue is of the pull request that its comment names, so this comes before that is judged.
  const record = async (pull: number) => {
    if (at.state.proposed === pull) return;
    at = { ...at, state: { ...at.state, proposed: pull } };
    await comment({ kind: 'proposed', pull, refused: [] });
  };
  const phase =
    outcome.kind === 'reach' ? outcome.phase : await proposed(run, at, own, outcome.desired, record);
  if (phase.kind === 'proposed') at = { ...at, state: { ...at.state, proposed: phase.pull } };
  for (const action of others) await actions.attempt(() => act(run, number, action));
  actions.end();
  await steps.attempt(() => comment(phase));
  const label = labelFor(at.verdict, phase);
  await steps.attempt(() => issues.setLabel(issue, label, Object.values(REQUEST_LABELS)));
  steps.end();
  return phase.kind;
}

/**
 * Whether an issue is the record of a claim that was granted: our comment stays as it was then, although the policy or
 * the record counts the same alerts otherwise by now.
 */
const keepsGrant = ({ issue, stored, verdict }: Case, state: RequestState): boolean =>
  verdict.of === 'time-off' &&
  issue.state === 'closed' &&
  stored?.state.decision?.kind === 'approved' &&
  stored.state.decisive === state.decisive &&
  state.decision === undefined;

/** The actions of an outcome that keep something from being merged, and the others. */
function byWhetherBlocking(
  outcome: RequestOutcome,
): readonly [blocking: readonly RequestAction[], others: readonly RequestAction[]] {
  const actions = outcome.kind === 'reach' ? outcome.actions : [];
  const blocks = ({ kind }: RequestAction) => kind === 'drop-pull' || kind === 'block-pull';
  return [actions.filter(blocks), actions.filter((it) => !blocks(it))];
}

/** Steps of which each is tried, whatever becomes of the others; the first error is thrown at the end. */
class Steps {
  readonly #errors: unknown[] = [];

  async attempt(step: () => Promise<unknown>): Promise<void> {
    await step().catch((error: unknown) => this.#errors.push(error));
  }

  end(): void {
    if (this.#errors.length > 0) throw this.#errors[0];
  }
}

/**
 * Closes every open pull request of ours for an issue except the one that counts. Somebody can change the base of one,
 * so that a second one is made, or edit the issue into another request or none; a decline would not reach the first.
 */
async function dropOthers(run: RequestRun, issue: number, counting: number | undefined): Promise<void> {
  const steps = new Steps();
  for (const pull of (await run.openPulls()).get(issue) ?? [])
    if (pull !== counting) await steps.attempt(() => act(run, issue, { kind: 'drop-pull', pull }));
  steps.end();
}

/**
 * An issue that may be a request, and its comments, with who edited them as far as it matters. Without GitHub's answer
 * nothing counts, so that the issue waits for the next run.
 */
async function factsOf({ context, issues }: RequestRun, number: number) {
  const issue = await issues.get(number);
  if (issue === undefined) return undefined;
  const comments = await issues.comments(number);
  if (!mayBeRequest(context, { issue, comments })) return undefined;
  const unverified = comments.map((it): IssueComment => ({ ...it, editedBy: 'nobody' }));
  const at = readIssue(context, { issue, comments: unverified, isReopened: false });
  const marked = markedComments(context, comments);
  // Where there are several, the first was edited by others, and what it says of earlier commands does not count.
  const asked = [...marked, ...commentsToVerify(context, comments, marked.length > 1 ? undefined : at)];
  return issues.withHistory(issue, comments, asked).catch((error: unknown) => {
    const why = `GitHub did not say who edited issue ${number} and its comments, so the request waits`;
    throw new Error(`${why}: ${errorText(error)}`, { cause: error });
  });
}

/** The comments of ours whose state does not count. */
const editedByOthers = (context: RequestContext, { comments }: Case): ReadonlySet<number> =>
  new Set(
    markedComments(context, comments)
      .filter(({ editedBy }) => editedBy === 'others' || editedBy === 'unknown')
      .map(({ id }) => id),
  );

/** Our latest pull request, unless it was merged without bringing what was requested. */
async function pullThatCounts(
  { context, branches }: RequestRun,
  at: Case,
  pull: OwnPull | undefined,
): Promise<OwnPull | undefined> {
  if (pull?.state !== 'merged' || pull.number === at.state.written) return pull;
  if (pull.mergedAs === undefined) return undefined;
  const merged: MergedFile[] = [];
  for (const file of filesOf(context, at)) {
    const path = context.folder === '.' ? file : `${context.folder}/${file}`;
    const [before, after] = await branches.mergedFile(pull.mergedAs, path);
    merged.push({ file, before, after });
  }
  return isBrought(context, at, merged) ? pull : undefined;
}

/**
 * The pull request that counts; or the one that was made for this version of the request, if somebody else closed that:
 * they may have exchanged its base before, so that it is none of those that count.
 */
async function pullOfVersion(
  run: RequestRun,
  at: Case,
  branch: string | undefined,
  latest: OwnPull | undefined,
): Promise<RequestPull | undefined> {
  const found = await pullThatCounts(run, at, latest);
  const isEnded = found?.state === 'closed' && (await isEndedByOther(run, at, found.number));
  const pull = found && { ...found, isClosedByOther: isEnded };
  const { proposed } = at.state;
  if (proposed === undefined || proposed === pull?.number || branch === undefined) return pull;
  const { pulls, self } = run.access;
  // An issue that was moved here keeps our comment, which has the number of another repository.
  const recorded = await pulls.get(proposed).catch((error: unknown) => {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  });
  if (recorded === undefined || recorded.mergedAt !== undefined) return pull;
  if (!sameLogin(recorded.author, self) || !isNameOf(recorded.headRef, branch)) return pull;
  const isOver = await isEndedByOther(run, at, proposed, recorded.isOpen);
  return isOver ? { number: proposed, state: 'closed', body: '', isClosedByOther: true } : pull;
}

/**
 * Whether somebody else than our account closed a pull request last, or at any time since the approval that stands: a
 * run may not have seen that, or not been able to record it. Where GitHub does not say who closed it, or not yet, it
 * may be anybody.
 */
async function isEndedByOther(
  { access: { pullEvents, self } }: RequestRun,
  { state: { decision }, comments }: Case,
  pull: number,
  isOpen = false,
): Promise<boolean> {
  const turns = (await pullEvents(pull)).filter(({ kind }) => kind === 'closed' || kind === 'reopened');
  const closings = turns.filter(({ kind }) => kind === 'closed');
  const isOther = ({ by }: { readonly by: string | undefined }) => !sameLogin(by ?? '', self);
  const approval =
    decision?.kind === 'approved' ? comments.find(({ id }) => id === decision.comment) : undefined;
  if (approval !== undefined && closings.some((it) => it.at >= approval.createdAt && isOther(it)))
    return true;
  const last = (isOpen ? closings : turns).at(-1);
  return last?.kind === 'closed' ? isOther(last) : !isOpen;
}

const commentOf = (context: RequestContext, at: Case, phase: Phase): string => {
  const { handbook, now } = context;
  const { verdict, state } = at;
  return requestComment({ handbook, now, verdict, phase, state, deciders: decidersOf(context, at) });
};

async function writersAmong({ context, issues }: RequestRun, at: Case): Promise<ReadonlySet<string>> {
  const writers = new Set<string>();
  for (const login of loginsToLookUp(context, at)) if (await issues.canWrite(login)) writers.add(login);
  return writers;
}

async function proposed(
  run: RequestRun,
  at: Case,
  own: OwnBranches | undefined,
  desired: DesiredPull,
  record: Recording,
): Promise<Phase> {
  if (own === undefined) return propose(run, at, desired, undefined, record);
  const branch = await run.branches.branchFor(own);
  const open = own.pull?.state === 'open' ? own.pull.number : undefined;
  return propose(run, at, { ...desired, branch }, open, record);
}

/** Writes into our comment that a pull request is the one of the request. */
type Recording = (pull: number) => Promise<void>;

async function act(
  { issues, branches, access: { pulls, statuses } }: RequestRun,
  issue: number,
  action: RequestAction,
): Promise<void> {
  switch (action.kind) {
    case 'drop-pull': {
      // GitHub starts no run for what our account closes, and somebody else can reopen it.
      const steps = new Steps();
      const takeBack = () =>
        steps.attempt(async () =>
          statuses.takeBackSuccess((await pulls.get(action.pull)).headSha, closedStatuses()),
        );
      await takeBack();
      await steps.attempt(() => branches.closePull(action.pull));
      // A check that was under way may have turned it green until then.
      await takeBack();
      return steps.end();
    }
    case 'block-pull': {
      const { headSha } = await pulls.get(action.pull);
      return statuses.set(headSha, action.statuses);
    }
    case 'close-issue':
      return issues.close(issue, action.reason);
    case 'post-question':
      return issues.upsertComment(issue, OUTCOME_MARKER, action.body);
  }
}

/** Creates or updates branch and pull request, checks them like any pull request, and requests the reviews. */
async function propose(
  { context, branches, access, root }: RequestRun,
  at: Case,
  desired: DesiredPull,
  open: number | undefined,
  record: Recording,
): Promise<Phase> {
  const written = await branches.propose(desired, open);
  const { number, sha, left } = written;
  // GitHub starts no run for what our account pushes unless somebody approves it.
  if (left !== undefined)
    await access.statuses.takeBackSuccess(left, leftStatuses(), () => isUnjudged(access, left));
  await record(number);
  let pull = await access.pulls.get(number);
  for (const label of desired.labels.filter((it) => !pull.labels.includes(it))) {
    await branches.addLabel(number, label);
    pull = { ...pull, labels: [...pull.labels, label] };
  }
  // The proposed commit is checked, even if the branch has moved since.
  const change = { before: context.texts, after: desired.edited, commit: sha };
  const judge: Judge = (word) => judgeChangeOf(change, context.now, word);
  const into = context.commit;
  const review = await judgePull(access, pull, { commit: sha, into }, judge);
  const latest = await ofLatestTip(access, { root, number, into }, review);
  const present = turnsGreen(latest.statuses, []) ? await presentOf(access, pull) : undefined;
  if (present === undefined || isStillAsJudged(present.pull, pull, latest))
    await postReview(access, pull, latest);
  const { against } = review.judged;
  const refused = await branches.requestReviews(written, reviewersOf(context, at, desired, against));
  return { kind: 'proposed', pull: number, refused };
}
