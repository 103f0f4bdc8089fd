/**
 * Derives the desired state on GitHub from a verdict and a decision: a pull request, or a phase with actions. Pure;
 * `programs/process-issue.ts` reads the facts and carries the result out.
 */

import { roleText } from '../model.ts';
import { type ReviewStatus, stalledStatuses } from '../review/statuses.ts';
import { forMarkdown } from '../text/escape.ts';
import { plural } from '../text/plural.ts';
import type { ChangeVerdict } from './change.ts';
import { declineReason } from './commands.ts';
import type { RequestContext, RequestPull } from './facts.ts';
import { outcomeQuestion } from './issue-comment.ts';
import type { JoinVerdict } from './join.ts';
import { placeText } from './join-comment.ts';
import { nameOf, type Phase } from './phase.ts';
import { type DesiredPull, desiredPull, pullMarker } from './pull-request.ts';
import type { Case } from './read-issue.ts';
import { recordedChange } from './recorded-change.ts';
import type { SwapVerdict } from './swap.ts';
import { transferText } from './swap-comment.ts';

/** An action on GitHub. All are idempotent. */
export type RequestAction =
  | { readonly kind: 'drop-pull'; readonly pull: number }
  /** Sets both statuses of a pull request so that it cannot be merged. */
  | { readonly kind: 'block-pull'; readonly pull: number; readonly statuses: readonly ReviewStatus[] }
  | { readonly kind: 'close-issue'; readonly reason: 'completed' | 'not_planned' }
  | { readonly kind: 'post-question'; readonly body: string };

/**
 * What to do: create or update a pull request, after which the phase is known; or reach a phase by actions in order.
 */
export type RequestOutcome =
  | { readonly kind: 'propose'; readonly desired: DesiredPull }
  | { readonly kind: 'reach'; readonly phase: Phase; readonly actions: readonly RequestAction[] };

const reach = (phase: Phase, ...actions: readonly (readonly RequestAction[])[]): RequestOutcome => ({
  kind: 'reach',
  phase,
  actions: actions.flat(),
});

/** The branch whose pull request `reconcile` needs; undefined if the handbook already has the change. */
export function branchToRead(context: RequestContext, at: Case): string | undefined {
  if (at.verdict.of === 'time-off') return undefined;
  const isDone = at.verdict.of === 'change' && recordedChange(context, at) !== undefined;
  return isDone ? undefined : branchOf(at);
}

const branchOf = ({ verdict, issue }: Case): string => `${verdict.of}/issue-${issue.number}`;

/** What to do for a request, given our latest pull request for it; a merged one has brought what was requested. */
export function reconcile(context: RequestContext, at: Case, pull: RequestPull | undefined): RequestOutcome {
  const { verdict } = at;
  switch (verdict.of) {
    case 'change':
      return reconcileChange(context, at, verdict.change, pull);
    case 'swap':
      return reconcileSwap(context, at, verdict.swap, pull);
    case 'time-off':
      return reconcileClaim(at);
    case 'join':
      return reconcileJoin(context, at, verdict.join, pull);
  }
}

/** The issue itself is the record of a claim: there is nothing to write. */
function reconcileClaim(at: Case): RequestOutcome {
  const { decision } = at.state;
  if (decision?.kind === 'approved')
    return reach({ kind: 'granted', by: decision.by }, closedIssue(at, 'completed'));
  return endedByPeople(at, undefined) ?? reach({ kind: 'judged' });
}

function reconcileChange(
  context: RequestContext,
  at: Case,
  verdict: ChangeVerdict,
  pull: RequestPull | undefined,
): RequestOutcome {
  const recorded = recordedChange(context, at);
  if (recorded !== undefined && context.now < recorded.endAt)
    return reach({ kind: 'written', pull: undefined });
  if (recorded !== undefined) {
    const question: RequestAction = { kind: 'post-question', body: outcomeQuestion(recorded.endAt) };
    return reach({ kind: 'over' }, at.issue.state === 'open' ? [question] : []);
  }
  const ended = endedByPeople(at, pull);
  if (ended !== undefined) return ended;
  const closed = closedPull(pull, at);
  if (closed !== undefined) return reach(closed);
  if (at.state.decision === undefined) return reach({ kind: 'judged' }, dropped(pull));
  if (verdict.kind !== 'accepted' || verdict.edit === undefined) return blocked(at, pull);
  const { timed } = verdict;
  const title = `Planned change: ${timed.request.service}, ${timed.request.start}`;
  const people = timed.onThen.flatMap(({ person }) => person ?? []);
  const { edit } = verdict;
  const given = { branch: branchOf(at), title, edit, lines: [title], people };
  return { kind: 'propose', desired: desiredPull(context, at, given) };
}

function reconcileSwap(
  context: RequestContext,
  at: Case,
  verdict: SwapVerdict,
  pull: RequestPull | undefined,
): RequestOutcome {
  // Applying a swap a second time would undo it, so a merged one is final.
  const written = pull?.state === 'merged' ? pull.number : at.state.written;
  if (written !== undefined) return reach({ kind: 'written', pull: written }, closedIssue(at, 'completed'));
  const ended = endedByPeople(at, pull);
  if (ended !== undefined) return ended;
  const closed = closedPull(pull, at);
  if (closed !== undefined) return reach(closed);
  // A swap that has become too late keeps its open pull request, whose check fails; a new one is not opened.
  if (verdict.kind === 'right' || (verdict.kind === 'late' && pull?.state === 'open')) {
    const { edit, people, rota } = verdict;
    const lines = edit.transfers.map((it) => transferText(context.handbook, it));
    const title = `Swap: ${rota}, ${people.join(' and ')}`;
    const given = { branch: branchOf(at), title, edit, lines, people };
    return { kind: 'propose', desired: desiredPull(context, at, given) };
  }
  return verdict.kind === 'lacking' ? reach({ kind: 'judged' }, dropped(pull)) : blocked(at, pull);
}

function reconcileJoin(
  context: RequestContext,
  at: Case,
  verdict: JoinVerdict,
  pull: RequestPull | undefined,
): RequestOutcome {
  // Joining a second time would add somebody twice, so a merged one is final.
  const written = pull?.state === 'merged' ? pull.number : at.state.written;
  if (written !== undefined) return reach({ kind: 'written', pull: written }, closedIssue(at, 'completed'));
  const ended = endedByPeople(at, pull);
  if (ended !== undefined) return ended;
  const closed = closedPull(pull, at);
  if (closed !== undefined) return reach(closed);
  // A check of the pull request does not know that somebody has taken back their word.
  if (verdict.kind === 'lacking' || verdict.kind === 'open') return reach({ kind: 'judged' }, dropped(pull));
  // An error that others made since leaves the pull request open but blocked.
  if (verdict.kind !== 'ready') return blocked(at, pull);
  const { joining, place, edit } = verdict;
  const { newcomer, rota, role, items } = joining;
  const seat = roleText({ rota: rota.id, role: role.id });
  const words = new Set(items.flatMap(({ done }) => done?.by ?? []));
  const given = {
    branch: branchOf(at),
    title: `Join: ${seat}, ${newcomer.id}`,
    edit,
    lines: [
      `${forMarkdown(newcomer.name)} joins ${forMarkdown(seat)}: ${placeText(joining, place)}`,
      `${plural(items.length, 'item')} of the onboarding ${items.length === 1 ? 'is' : 'are'} done` +
        (words.size === 0
          ? '.'
          : `, as confirmed by ${[...words].map((id) => nameOf(context.handbook, id)).join(', ')}.`),
    ],
    people: newcomer.known === undefined ? [] : [newcomer.id],
  };
  return { kind: 'propose', desired: desiredPull(context, at, given) };
}

/** The outcome if a lead declined the request or its author closed the issue; undefined otherwise. */
function endedByPeople(at: Case, pull: RequestPull | undefined): RequestOutcome | undefined {
  const { decision } = at.state;
  if (decision?.kind === 'declined') {
    const reason = declineReason(at.comments, decision.comment);
    const phase = { kind: 'declined', by: decision.by, reason } as const;
    return reach(phase, dropped(pull), closedIssue(at, 'not_planned'));
  }
  return at.issue.state === 'closed' ? reach({ kind: 'withdrawn' }, dropped(pull)) : undefined;
}

/**
 * The request cannot be carried out at present: an open pull request stays open but cannot be merged. That of another
 * version is closed, as a check of it would not know that it is not wanted any more.
 */
function blocked(at: Case, pull: RequestPull | undefined): RequestOutcome {
  const { issue } = at;
  if (pull?.state !== 'open' || !isOfVersion(pull, at)) return reach({ kind: 'judged' }, dropped(pull));
  const { number } = pull;
  const statuses = stalledStatuses(issue.number);
  return reach({ kind: 'proposed', pull: number, refused: [] }, [
    { kind: 'block-pull', pull: number, statuses },
  ]);
}

/** The phase after the pull request of this version of the request was merged, or closed by somebody else than us. */
function closedPull(pull: RequestPull | undefined, at: Case): Phase | undefined {
  if (pull === undefined || pull.state === 'open' || !isOfVersion(pull, at)) return undefined;
  if (pull.state === 'merged') return { kind: 'written', pull: pull.number };
  return pull.isClosedByOther ? { kind: 'returned', pull: pull.number } : undefined;
}

/**
 * Whether a pull request was made for this version of the request. Whoever may write can edit its description, so that
 * the state says it as well; a run that was stopped before it recorded the state has left the description alone.
 */
const isOfVersion = ({ number, body }: RequestPull, { state }: Case): boolean =>
  number === state.proposed || body.includes(pullMarker(state.digest));

const dropped = (pull: RequestPull | undefined): readonly RequestAction[] =>
  pull?.state === 'open' ? [{ kind: 'drop-pull', pull: pull.number }] : [];

const closedIssue = ({ issue }: Case, reason: 'completed' | 'not_planned'): readonly RequestAction[] =>
  issue.state === 'open' ? [{ kind: 'close-issue', reason }] : [];
