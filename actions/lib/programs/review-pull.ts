/**
 * Reviews a pull request at one commit: reads what GitHub says about whose word it carries, judges it, and posts the
 * comment and both statuses.
 */
import type { Against, DiscountReason, Pull } from '../compare/against.ts';
import { withPull } from '../compare/compare.ts';
import { isFirstCall } from '../compare/planned-identity.ts';
import { labelsAsNamed, sameLabel } from '../compare/terms.ts';
import { isAtHand, parentsOf } from '../git/revision.ts';
import { BranchActivity, type BranchRecord, type IsMergeOnto, type LastPush } from '../github/activity.ts';
import type { OwnComment } from '../github/comments.ts';
import type { Connection } from '../github/connection.ts';
import type { ActionContext } from '../github/context.ts';
import { hasCause, isOffer, type PullEvent, pullEvents } from '../github/pull-events.ts';
import { type Approval, type PullRequest, PullRequests, type SetStatus } from '../github/pulls.ts';
import type { PullOf } from '../pipeline.ts';
import { showsAll } from '../review/consent-part.ts';
import type { Judgement } from '../review/judgement.ts';
import { PARTS } from '../review/parts.ts';
import {
  changesSame,
  type EarlierReview,
  isLabelled,
  isLateBy,
  passingLabels,
  type ShownInput,
  type ShownReview,
  shownIn,
  shownOf,
  showsLate,
} from '../review/shown.ts';
import { type ReviewStatus, reviewStatuses, skippedStatuses, worstStatuses } from '../review/statuses.ts';
import type { Instant } from '../timeline.ts';
import { defaultBranchOf } from './default-branch.ts';
import { EarlierStatuses } from './earlier-statuses.ts';
import { sameStateSince } from './early-words.ts';
import { type RequestFacts, requestFacts } from './request-facts.ts';
import { skipsRuns } from './skipped-runs.ts';

/** What a review needs of GitHub. */
export interface ReviewAccess {
  readonly pulls: PullRequests;
  readonly activity: BranchActivity;
  /** Who moved the default branch. */
  readonly record: BranchRecord;
  /** What happened to a pull request, oldest first. */
  readonly pullEvents: (number: number) => Promise<readonly PullEvent[]>;
  /** What the issues at these addresses say of the planned changes of two handbooks. */
  readonly requests: (
    given: Parameters<typeof requestFacts>[2],
    addresses: readonly string[],
  ) => Promise<RequestFacts>;
  /** The folder of the handbook in the checkout. */
  readonly root: string;
  /** The only branch about which our statuses say anything. */
  readonly defaultBranch: string;
  /** The login of our account. */
  readonly self: string;
  readonly now: Instant;
}

/** What a review needs of GitHub, for a run. */
export function reviewAccess(context: ActionContext, connection: Connection): ReviewAccess {
  const { root, now, commentAuthor: self } = context;
  const activity = new BranchActivity(connection);
  const defaultBranch = defaultBranchOf(context);
  return {
    ...{ activity, root, defaultBranch, self, now },
    pulls: new PullRequests(connection),
    record: activity.recordOf(defaultBranch, now),
    pullEvents: (number) => eventsOf(context, connection, number),
    requests: (given, addresses) => requestFacts(connection, now, given, addresses),
  };
}

/** What happened to a pull request. Throws where GitHub does not list what started the run: more may be missing. */
async function eventsOf(
  { payload }: ActionContext,
  connection: Connection,
  number: number,
): Promise<readonly PullEvent[]> {
  const events = await pullEvents(connection, number);
  if (payload.pull_request?.number === number && !hasCause(events, payload))
    throw new Error('its record of what happened to this pull request lags behind');
  return events;
}

/** A judged pull request, and what is to be posted. */
export interface PullReview {
  readonly judged: Judgement;
  readonly statuses: readonly ReviewStatus[];
  /** The statuses of the commit, where they were read before it was judged. */
  readonly earlier: readonly SetStatus[] | undefined;
  /** The approvals that it had when it was judged, whether they count or not. */
  readonly approvals: readonly Approval[];
  /** Our comment as it was, and what it is to show. */
  readonly old: OwnComment | undefined;
  readonly shown: ShownReview;
}

/** What of a pull request is judged. */
export interface JudgedCommit {
  readonly commit: string;
  /** The commit of the base that it is merged into. */
  readonly into: string;
  /** Whether it has been merged: then only approvals of what was shown count. */
  readonly isMerged?: boolean;
}

/** Judges one commit, given what GitHub says about its pull request. */
export type Judge = (pull: Pull | PullOf | undefined) => Judgement;

/**
 * Judges a commit of a pull request. Where it is the head of other pull requests into the default branch too, the
 * statuses are the worst of all, because they belong to the commit. Those from forks are passed over: they merge the
 * same commit, and anybody can open one. `open` are all open pull requests, if they are known. A commit for which
 * GitHub starts no run is no success.
 */
export async function judgePull(
  access: ReviewAccess,
  pull: PullRequest,
  given: JudgedCommit,
  judge: Judge,
  open?: readonly PullRequest[],
): Promise<PullReview> {
  const { pulls, defaultBranch } = access;
  const { commit } = given;
  const earlier = new EarlierStatuses(pulls, commit);
  const own = await judgeWithWord(access, pull, given, judge, earlier);
  const known = open?.filter(({ headSha }) => headSha === commit);
  const sharing = pull.isFork ? [] : (known ?? (await pulls.withHead(commit)));
  const others = sharing.filter(
    ({ number, baseRef, isFork }) => number !== pull.number && baseRef === defaultBranch && !isFork,
  );
  const all = [{ number: pull.number, statuses: reviewStatuses(own.judged) }];
  for (const other of others) {
    const { judged } = await judgeWithWord(access, other, given, judge, earlier);
    all.push({ number: other.number, statuses: reviewStatuses(judged) });
  }
  const worst = worstStatuses(all);
  const statuses = skipsRuns(access.root, commit) ? skippedStatuses(worst) : worst;
  return { ...own, statuses, earlier: earlier.read };
}

/** Judges a commit with the word of one pull request. */
export async function judgeWithWord(
  access: ReviewAccess,
  pull: PullRequest,
  given: JudgedCommit,
  judge: Judge,
  statuses = new EarlierStatuses(access.pulls, given.commit),
): Promise<Omit<PullReview, 'statuses' | 'earlier'>> {
  const read = await readFacts(access, pull, given, statuses);
  let judged = judge((against) => wordOf(read, against));
  const { against } = judged;
  const logins = new Set([...against.handbook.people.values()].map(({ github }) => github?.toLowerCase()));
  const isKnown = (login: string) => !pull.isFork && logins.has(login.toLowerCase());
  const facts = { ...read, approvals: await access.pulls.withAccess(read.approvals, isKnown) };
  const addresses = [...requestsIn(against), ...(isOurs(facts) ? firstCallsIn(against) : [])];
  if (facts.approvals !== read.approvals) judged = judge((against) => wordOf(facts, against));
  if (addresses.length > 0) {
    const merged = given.isMerged === true ? { mergedAt: pull.mergedAt ?? access.now } : {};
    const sides = { base: against.handbook, head: judged.handbook, ...merged };
    const requests = await access.requests(sides, [...new Set(addresses)]);
    judged = judge((against) => wordOf(facts, against, requests));
  }
  const input = shownInput(facts, judged.against);
  const before = { ...facts, labelsSetAt: labelsSetAt(facts, passingLabels(input)) };
  const { old, approvals } = facts;
  return { judged, old, approvals, shown: shownOf(input, before, showsAll(judged)) };
}

/** The addresses of the requests whose time can decide whether a change has enough notice. */
const requestsIn = ({ ahead, head }: Against): readonly string[] =>
  ahead.flatMap(({ change }) => head.changes.get(change ?? '')?.request ?? []);

/** The addresses of the requests of planned changes that decide who is called first; '' for one without a request. */
const firstCallsIn = ({ identity, head }: Against): readonly string[] =>
  identity.filter(isFirstCall).map(({ id }) => head.changes.get(id)?.request ?? '');

/** What GitHub says about a pull request at one commit. */
interface Facts extends Omit<EarlierReview, 'labelsSetAt'> {
  readonly pull: PullRequest;
  readonly commit: string;
  readonly self: string;
  readonly now: Instant;
  readonly approvals: readonly Approval[];
  readonly push: LastPush | undefined;
  readonly events: readonly PullEvent[];
  readonly old: OwnComment | undefined;
}

async function readFacts(
  access: ReviewAccess,
  pull: PullRequest,
  { commit, into, isMerged = false }: JudgedCommit,
  statuses: EarlierStatuses,
): Promise<Facts> {
  const { pulls, activity, pullEvents: listed, root, self, now } = access;
  const approvals = await pulls.approvals(pull.number, commit);
  // The activity of a fork is not ours to read.
  const push = pull.isFork
    ? undefined
    : await activity.lastPush(pull.headRef, commit, isMergeIn(root), pull.mergedAt);
  // What happened to a fork's pull request decides nothing: it gets no status.
  const events = pull.isFork ? [] : await listed(pull.number);
  const { comment: old, isPassedOver } = await pulls.comment(pull.number, PARTS);
  const shown = old === undefined ? undefined : shownIn(old.body, old.editedAt);
  // On that of a fork, no comment shows anything.
  const wasJudged = isMerged || isPassedOver || pull.isFork;
  const isUnshown = !wasJudged && old === undefined && approvals.length > 0;
  const hasPassed = isUnshown && (await statuses.hasPassed());
  const read = { pull, commit, self, now, approvals, push, events, old, shown, wasJudged, hasPassed };
  return { ...read, ...(await earlyWords(access, read, into)) };
}

/** Tells of commits that a checkout has, or can fetch, whether they merge something into another. */
const isMergeIn =
  (root: string): IsMergeOnto =>
  (commit, onto) => {
    if (!isAtHand(root, commit)) return true;
    const parents = parentsOf(root, commit);
    return parents.length > 1 && parents.includes(onto);
  };

/** Which words of before the first verdict of a commit were given about the same merge. */
async function earlyWords(
  { record }: ReviewAccess,
  { pull, commit, push, events, approvals, shown, wasJudged }: Omit<Facts, 'sameSince' | 'isAuthorLate'>,
  into: string,
): Promise<Pick<Facts, 'sameSince' | 'isAuthorLate'>> {
  const isJudged = shown === undefined ? wasJudged : shown.commit === commit;
  if (isJudged || pull.isFork) return { sameSince: 'start', isAuthorLate: false };
  const chosen = events.filter(({ kind }) => kind === 'base_ref_changed').map(({ at }) => at);
  const authorAt = Math.max(pull.openedAt, push?.at ?? pull.openedAt, ...chosen);
  // Somebody who has no access yet can get it.
  const approvedAt = approvals.map(({ at }) => at);
  const { baseSha } = pull;
  const isSame = await sameStateSince({ record, into, baseSha }, [authorAt, ...approvedAt]);
  const others = approvedAt.filter((at) => !isSame(at));
  return { sameSince: others.length > 0 ? Math.max(...others) : 'start', isAuthorLate: !isSame(authorAt) };
}

/** What a pull request changes, and whether that is what our comment shows. */
interface ShownChange {
  readonly against: Against;
  readonly isShown: boolean;
}

/** Whose word a pull request carries, given what it changes. */
function wordOf(facts: Facts, against: Against, requests?: RequestFacts): Pull {
  const { pull, push, shown } = facts;
  const judgement = {
    against,
    isShown: shown !== undefined && changesSame(shownInput(facts, against), shown),
  };
  const judged = facts.approvals.map((approval) => ({
    approval,
    why: discountOf(facts, judgement, approval),
  }));
  const own: Pull = {
    author: pull.author,
    authorDoubt: authorDoubtOf(facts, judgement),
    isRequested: isOurs(facts) && firstCallsIn(against).every((it) => requests?.approved.has(it)),
    labels: labelsAsNamed(pull.labels, against.handbook.notice),
    approvals: judged.flatMap(({ approval, why }) => (why === undefined ? [approval.login] : [])),
    discounted: judged.flatMap(({ approval: { login }, why }) => (why === undefined ? [] : [{ login, why }])),
    // Where GitHub does not say when the head was pushed, it may be younger than the pull request.
    openedAt: push === undefined ? facts.now : pull.openedAt,
    offeredAt: facts.events.findLast(isOffer)?.at,
    pushedAt: push?.at,
    ...(requests && { requestedAt: requests.requestedAt }),
  };
  const covers = labelCover(facts, withPull(against, facts.now, own));
  const unlabelled = facts.approvals.filter(({ at }) => !covers.approvalAt(at)).map(({ login }) => login);
  return { ...own, unlabelled: covers.isAuthors ? unlabelled : [...unlabelled, pull.author] };
}

/**
 * Whether our account opened the pull request and moved its branch, and nobody else has offered it since: it closes its
 * pull request when a lead declines or the request changes, and somebody else could reopen that one.
 */
function isOurs({ pull, push, self, events }: Facts): boolean {
  const isSelf = (login: string | undefined) => login?.toLowerCase() === self.toLowerCase();
  if (!isSelf(pull.author) || push === undefined || !isSelf(push.by)) return false;
  return events.every((it) => !isOffer(it) || it.at < push.at || isSelf(it.by));
}

/**
 * Why an approval does not count. Where we have shown nothing, an approval may have come before our first verdict of
 * the commit, if the default branch was the same then; after a verdict that showed nothing, it is of nothing.
 */
function discountOf(
  facts: Facts,
  { isShown }: ShownChange,
  { hasAccess, at }: Approval,
): DiscountReason | undefined {
  const { shown, wasJudged, hasPassed } = facts;
  if (!hasAccess) return 'no-access';
  // What it would change in another branch was never shown.
  if (facts.events.some((it) => it.kind === 'base_ref_changed' && it.at >= at)) return 'not-shown';
  if (shown === undefined && (wasJudged || hasPassed)) return 'not-shown';
  const since = shown === undefined ? facts.sameSince : shown.since;
  // In the very second of the edit, nobody has read it.
  const isAfter = since === 'start' || (since !== undefined && at > since);
  if (shown === undefined) return isAfter ? undefined : 'not-shown';
  return isAfter && isShown && shown.isWhole ? undefined : 'not-shown';
}

const shownInput = ({ pull, commit, now }: Facts, against: Against): ShownInput => ({
  ...{ against, commit, labels: labelsAsNamed(pull.labels, against.handbook.notice), now },
});

/** Whose word is also of the labels that let something pass. */
interface LabelCover {
  readonly approvalAt: (at: Instant) => boolean;
  readonly isAuthors: boolean;
}

/**
 * Who set a label that a pull request has, and when; undefined where GitHub has no record of it under this name, such
 * as for a label that got the name later. GitHub records those that were set at the opening, too. An event keeps the
 * name that a label had, and whoever may write can rename labels, so a label that was removed since, under any name,
 * may be the one that was set.
 */
function setterOf({ events }: Pick<Facts, 'events'>, name: string): PullEvent | undefined {
  const last = events.findLastIndex(({ label }) => label !== undefined && sameLabel(label, name));
  const isRemoved = events.slice(last).some(({ kind }) => kind === 'unlabeled');
  return last < 0 || isRemoved ? undefined : events[last];
}

/** Since when a pull request has had all the labels that let something pass; undefined if that is not known. */
function labelsSetAt(facts: Pick<Facts, 'pull' | 'events'>, labels: readonly string[]): Instant | undefined {
  const set = labels.map((name) => setterOf(facts, name)?.at);
  return set.every((it) => it !== undefined) ? Math.max(facts.pull.openedAt, ...set) : undefined;
}

/**
 * Since when at the latest nobody has removed these labels: where nobody knows who set one, since the last removal of
 * any label. It may have been set after that, so a comment has to have shown it as well.
 */
function labelsKeptSince(
  { pull, events }: Pick<Facts, 'pull' | 'events'>,
  labels: readonly string[],
): Instant {
  const removedAt = events.findLast(({ kind }) => kind === 'unlabeled')?.at ?? pull.openedAt;
  return Math.max(pull.openedAt, ...labels.map((name) => setterOf({ events }, name)?.at ?? removedAt));
}

/**
 * An approval is of the labels that our comment showed by then, or before our first verdict of those that were set by
 * then; the author's word is of those that the author set. Neither is of what had enough notice at that time: whoever
 * speaks for it then lets no emergency pass.
 */
function labelCover(facts: Facts, against: Against): LabelCover {
  const { pull, push, shown, commit, now } = facts;
  const judged = shownInput(facts, against);
  const labels = passingLabels(judged);
  const setAt = labelsSetAt(facts, labels);
  const isShown = shown?.commit === commit && isLabelled(shown, judged);
  const since = shown === undefined ? setAt : isShown ? shown.labelledSince : undefined;
  // Also after the label was last set: whoever removed it has withdrawn their word.
  const keptSince = labelsKeptSince(facts, labels);
  const approvalAt = (at: Instant) =>
    since !== undefined && Math.max(since, keptSince) < at && isLateBy(judged, at);
  const isAuthor = (name: string) => setterOf(facts, name)?.by?.toLowerCase() === pull.author.toLowerCase();
  const spokenAt = Math.max(push?.at ?? pull.openedAt, setAt ?? pull.openedAt);
  // What was shown to have enough notice since then may have lost it otherwise than by time.
  const isRead =
    shown?.commit !== commit || (shown.labelledSince ?? now) < spokenAt || showsLate(shown, judged);
  return {
    approvalAt: (at) => labels.length === 0 || approvalAt(at),
    isAuthors: labels.every(isAuthor) && isRead && isLateBy(judged, Math.min(spokenAt, now)),
  };
}

/**
 * Why having opened the pull request is no agreement: somebody else pushed its head, or what the author only updated or
 * restored; somebody else reopened it, made it ready or chose its base since; or the commit changes something else than
 * when it was first judged.
 */
function authorDoubtOf(facts: Facts, { against, isShown }: ShownChange): Pull['authorDoubt'] {
  const { pull, push, self, events, shown, commit, wasJudged } = facts;
  const { author } = pull;
  const isAuthor = (login: string | undefined) => login?.toLowerCase() === author.toLowerCase();
  if (author === self) return 'ours';
  if (push?.by === undefined) return 'pushed-by-unknown';
  if (!isAuthor(push.by)) return 'pushed-by-other';
  if (push.isOfOthers) return 'only-updated';
  const since = events.filter((it) => isOffer(it) && it.at >= push.at);
  if (since.some(({ by }) => !isAuthor(by))) return 'changed-by-other';
  if (shown?.commit !== commit) {
    const isOther = facts.isAuthorLate || (shown === undefined && wasJudged);
    return isOther && hasChanges(against) ? 'moved-on' : undefined;
  }
  return shown.isRevised || !isShown ? 'moved-on' : undefined;
}

const hasChanges = ({ ahead, past, identity }: Against): boolean =>
  ahead.length + past.length + identity.length > 0;
