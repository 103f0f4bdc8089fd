/** Whose word a pull request carries, given what GitHub says about it and what it changes. Pure. */
import type { Against, DiscountReason, Pull } from '../compare/against.ts';
import { withPull } from '../compare/compare.ts';
import { sameLogin } from '../compare/people.ts';
import { isFirstCall } from '../compare/planned-identity.ts';
import { labelsAsNamed, sameLabel } from '../compare/terms.ts';
import { mayAsk } from '../compare/verdict.ts';
import type { LastPush } from '../github/activity.ts';
import { isOffer, type PullEvent } from '../github/pull-events.ts';
import type { Approval } from '../github/pulls.ts';
import {
  addsNothingSince,
  changesSame,
  isLabelled,
  isLateBy,
  passingLabels,
  type ShownInput,
  showsLate,
} from '../review/shown.ts';
import type { Instant } from '../timeline.ts';
import type { PullFacts } from './pull-facts.ts';
import type { RequestFacts } from './request-facts.ts';

/** The addresses of the requests of planned changes that decide who is called first; '' for one without a request. */
export const firstCallsIn = ({ identity, head }: Against): readonly string[] =>
  identity.filter(isFirstCall).map(({ id }) => head.changes.get(id)?.request ?? '');

/** What a pull request changes, and whether that is what our comment shows. */
interface ShownChange {
  readonly against: Against;
  readonly isShown: boolean;
}

/**
 * The same facts, where words of before the first verdict about a commit are none of what has become visible since, as
 * the published span moved on.
 */
export function withEarlyWords(read: PullFacts, against: Against): PullFacts {
  const { authorAt, approvals, shown, sameSince, isAuthorLate } = read;
  if (authorAt === undefined || !mayAsk(against)) return read;
  const input = shownInput(read, against);
  const isOfLess = (at: Instant) => !addsNothingSince(input, at);
  const early = shown === undefined ? approvals.filter(({ at }) => isOfLess(at)) : [];
  const since = early.map(({ at }) => at).concat(sameSince === 'start' ? [] : sameSince);
  return {
    ...read,
    sameSince: since.length === 0 ? 'start' : Math.max(...since),
    isAuthorLate: isAuthorLate || isOfLess(authorAt),
  };
}

/** Whose word a pull request carries, given what it changes. */
export function wordOf(read: PullFacts, against: Against, requests?: RequestFacts): Pull {
  const facts = withEarlyWords(read, against);
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
    meantAt: meantAt(facts, judgement),
    ...(requests && { requestedAt: requests.requestedAt }),
  };
  const covers = labelCover(facts, withPull(against, facts.now, own));
  const unlabelled = facts.approvals.filter(({ at }) => !covers.approvalAt(at)).map(({ login }) => login);
  return { ...own, unlabelled: covers.isAuthors ? unlabelled : [...unlabelled, pull.author] };
}

/** Since when a commit changes what it does, where that is not since its push; now, if no comment has shown it. */
function meantAt({ shown, commit, isAuthorLate, wasJudged, now }: PullFacts, { isShown }: ShownChange) {
  if (shown?.commit !== commit) return isAuthorLate || (shown === undefined && wasJudged) ? now : undefined;
  if (!isShown) return now;
  if (!shown.isRevised) return undefined;
  // An approval may have been of it before there was a comment; nobody else need have known of it then.
  return typeof shown.since === 'number' ? Math.max(shown.since, shown.at) : shown.at;
}

/**
 * Whether our account opened the pull request and moved its branch, and nobody else has offered it since: it closes its
 * pull request when a lead declines or the request changes, and somebody else could reopen that one. Nor has anybody
 * else ever closed it: that ends the approval in the issue, even if no run saw it closed.
 */
export function isOurs({ pull, push, self, events }: PullFacts): boolean {
  const isSelf = (login = '') => sameLogin(login, self);
  if (!isSelf(pull.author) || push === undefined || !isSelf(push.by)) return false;
  return events.every((it) =>
    it.kind === 'closed' ? isSelf(it.by) : !isOffer(it) || it.at < push.at || isSelf(it.by),
  );
}

/** What ends every approval of before; of one that was closed then, nobody could expect anything. */
const ENDS: readonly PullEvent['kind'][] = ['base_ref_changed', 'closed', 'reopened'];

/**
 * Why an approval does not count. Where we have shown nothing, an approval may have come before our first verdict of
 * the commit, if the default branch was the same then; after a verdict that showed nothing, it is of nothing.
 */
function discountOf(
  facts: PullFacts,
  { isShown }: ShownChange,
  { hasAccess, at }: Approval,
): DiscountReason | undefined {
  const { shown, wasJudged, hasPassed } = facts;
  if (!hasAccess) return 'no-access';
  // What it would change in another branch was never shown, and what is closed nobody expects any more.
  if (facts.events.some((it) => ENDS.includes(it.kind) && it.at >= at)) return 'not-shown';
  if (shown === undefined && (wasJudged || hasPassed)) return 'not-shown';
  const since = shown === undefined ? facts.sameSince : shown.since;
  // In the very second of the edit, nobody has read it.
  const isAfter = since === 'start' || (since !== undefined && at > since);
  if (shown === undefined) return isAfter ? undefined : 'not-shown';
  return isAfter && isShown && shown.isWhole ? undefined : 'not-shown';
}

export const shownInput = ({ pull, push, commit, now }: PullFacts, against: Against): ShownInput => ({
  ...{ against, commit, labels: labelsAsNamed(pull.labels, against.handbook.notice), now },
  writtenAt: push === undefined ? now : Math.max(pull.openedAt, push.at),
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
function setterOf({ events }: Pick<PullFacts, 'events'>, name: string): PullEvent | undefined {
  const last = events.findLastIndex(({ label }) => label !== undefined && sameLabel(label, name));
  const isRemoved = events.slice(last).some(({ kind }) => kind === 'unlabeled');
  return last < 0 || isRemoved ? undefined : events[last];
}

/** Since when a pull request has had all the labels that let something pass; undefined if that is not known. */
export function labelsSetAt(
  facts: Pick<PullFacts, 'pull' | 'events'>,
  labels: readonly string[],
): Instant | undefined {
  const set = labels.map((name) => setterOf(facts, name)?.at);
  return set.every((it) => it !== undefined) ? Math.max(facts.pull.openedAt, ...set) : undefined;
}

/**
 * Since when at the latest nobody has removed these labels: where nobody knows who set one, since the last removal of
 * any label. It may have been set after that, so a comment has to have shown it as well.
 */
function labelsKeptSince(
  { pull, events }: Pick<PullFacts, 'pull' | 'events'>,
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
function labelCover(facts: PullFacts, against: Against): LabelCover {
  const { pull, shown, commit, now } = facts;
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
  // Not when they last pushed: GitHub has a button that only brings the branch up to date.
  const spokenAt = setAt ?? pull.openedAt;
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
 * restored; somebody else was the last to reopen it, make it ready or choose its base; no run has seen the author offer
 * it; somebody else had pushed to the branch before, and no comment showed by the author's last push what it changes;
 * or the commit changes something else than when it was first judged.
 */
function authorDoubtOf(facts: PullFacts, { against, isShown }: ShownChange): Pull['authorDoubt'] {
  const { pull, push, self, events, shown, commit, wasJudged } = facts;
  const { author } = pull;
  const isAuthor = (login: string | undefined) => login?.toLowerCase() === author.toLowerCase();
  if (author === self) return 'ours';
  // GitHub merges none, but takes one for merged whose commits another pull request, or a push, has brought.
  if (pull.isDraft && pull.mergedAt !== undefined) return 'draft';
  if (push?.by === undefined) return 'pushed-by-unknown';
  if (!isAuthor(push.by)) return 'pushed-by-other';
  if (push.isOfOthers) return 'only-updated';
  // Whoever pushes to a branch may not know yet what somebody else has made of its pull request.
  const last = events.findLast(isOffer);
  if (last !== undefined && !isAuthor(last.by)) return 'changed-by-other';
  if (!facts.isOffered && mayAsk(against)) return facts.isOfOther ? 'opened-by-other' : 'not-offered';
  if (!isBelowShown(facts, push, against)) return 'pushed-before-shown';
  if (shown?.commit !== commit) {
    const isOther = facts.isAuthorLate || (shown === undefined && wasJudged);
    return isOther && mayAsk(against) ? 'moved-on' : undefined;
  }
  return shown.isRevised || !isShown ? 'moved-on' : undefined;
}

/**
 * Whether the author's push agrees to what somebody else had pushed before it. Like an approval, it counts for what
 * our comment showed by then, if that had room for everything and is what the branch changes now.
 */
function isBelowShown(facts: PullFacts, { below }: LastPush, against: Against): boolean {
  const { earlier } = facts;
  if (below === undefined) return true;
  if (earlier === undefined || !earlier.isWhole || earlier.writtenAt >= below.at) return false;
  const { commit, writtenAt } = earlier;
  const isOfBranch = below.movements.some(({ after, at }) => after === commit && at < writtenAt);
  return isOfBranch && changesSame({ ...shownInput(facts, against), commit }, earlier);
}
