/**
 * What follows from a verdict and a decision: the pull request as it should be, or what becomes of the one that exists. Pure;
 * `programs/process-request.ts` reads the facts and carries the outcome out.
 */
import { type ReviewStatus, stalledStatuses } from '../review/statuses.ts';
import { wallOfText } from '../time/date.ts';
import { zoneOf } from '../time/zone.ts';
import type { ChangeVerdict } from './change.ts';
import { declineReason } from './commands.ts';
import type { RequestContext, RequestPull } from './facts.ts';
import { outcomeQuestion } from './issue-comment.ts';
import type { Phase } from './phase.ts';
import { type DesiredPull, desiredPull, droppedBody, pullMarker } from './pull-request.ts';
import type { Case } from './read-issue.ts';
import type { SwapVerdict } from './swap.ts';
import { transferText } from './swap-comment.ts';

/** One thing to do on GitHub; each can be done twice to the same end. */
export type RequestAction =
  | { readonly kind: 'drop-pull'; readonly pull: number; readonly body: string }
  /** Both statuses of a pull request turn bad, so that nobody merges what cannot be done any more. */
  | { readonly kind: 'block-pull'; readonly pull: number; readonly statuses: readonly ReviewStatus[] }
  | { readonly kind: 'close-issue'; readonly reason: 'completed' | 'not_planned' }
  | { readonly kind: 'post-question'; readonly body: string };

/** What to bring about: a pull request, whose number and checks are not known yet; or a phase, by actions in order. */
export type RequestOutcome =
  | { readonly kind: 'propose'; readonly desired: DesiredPull }
  | { readonly kind: 'reach'; readonly phase: Phase; readonly actions: readonly RequestAction[] };

const reach = (phase: Phase, ...actions: readonly (readonly RequestAction[])[]): RequestOutcome => ({
  kind: 'reach',
  phase,
  actions: actions.flat(),
});

/** The branch whose pull request `reconcile` has to know; undefined where the handbook has the change already. */
export function branchToRead(context: RequestContext, at: Case): string | undefined {
  const isDone = at.verdict.of === 'change' && recordedChange(context, at) !== undefined;
  return isDone ? undefined : branchOf(at);
}

const branchOf = ({ verdict, issue }: Case): string => `${verdict.of}/issue-${issue.number}`;

/** What has to come about for a request in its state, with the last pull request of its branch. */
export function reconcile(context: RequestContext, at: Case, pull: RequestPull | undefined): RequestOutcome {
  const { verdict } = at;
  return verdict.of === 'change'
    ? reconcileChange(context, at, verdict.change, pull)
    : reconcileSwap(context, at, verdict.swap, pull);
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
  if (at.state.decision === undefined) return reach({ kind: 'judged' }, dropped(pull));
  const closed = closedPull(pull, at.state.digest);
  if (closed !== undefined) return reach(closed);
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
  // Applied a second time, a swap would be swapped back: once merged, it is done.
  if (pull?.state === 'merged')
    return reach({ kind: 'written', pull: pull.number }, closedIssue(at, 'completed'));
  const ended = endedByPeople(at, pull);
  if (ended !== undefined) return ended;
  const closed = closedPull(pull, at.state.digest);
  if (closed !== undefined) return reach(closed);
  // A swap that has become too late keeps the pull request it has and is checked there; a new one is not opened for it.
  if (verdict.kind === 'right' || (verdict.kind === 'late' && pull?.state === 'open')) {
    const { edit, people, rota } = verdict;
    const lines = edit.transfers.map((it) => transferText(context.handbook, it));
    const title = `Swap: ${rota}, ${people.join(' and ')}`;
    const given = { branch: branchOf(at), title, edit, lines, people };
    return { kind: 'propose', desired: desiredPull(context, at, given) };
  }
  return verdict.kind === 'lacking' ? reach({ kind: 'judged' }, dropped(pull)) : blocked(at, pull);
}

/** The end that a lead gave a request by declining it, or its author by closing the issue. */
function endedByPeople(at: Case, pull: RequestPull | undefined): RequestOutcome | undefined {
  const { decision } = at.state;
  if (decision?.kind === 'declined') {
    const reason = declineReason(at.comments, decision.comment);
    const phase = { kind: 'declined', by: decision.by, reason } as const;
    return reach(phase, dropped(pull), closedIssue(at, 'not_planned'));
  }
  return at.issue.state === 'closed' ? reach({ kind: 'withdrawn' }, dropped(pull)) : undefined;
}

/** The change as the handbook has it, when that has the times that the request has now, or is over. */
function recordedChange({ handbook, now }: RequestContext, { issue, request: { values } }: Case) {
  // By its id, whichever team has it: the fields of the request may no longer be readable.
  const recorded = [...handbook.changes.values()].filter(
    ({ id, team }) => id === `${team}/issue-${issue.number}`,
  );
  const [service, zone, start, end] = ['service', 'zone', 'start', 'end'].map((id) => values.get(id) ?? '');
  const [startAt, endAt] = [start, end].map((text) => {
    const wall = wallOfText(text ?? '');
    return wall === undefined || !zone ? undefined : zoneOf(zone).instantOf(wall);
  });
  return (
    recorded.find((it) => it.service === service && it.startAt === startAt && it.endAt === endAt) ??
    (recorded.every((it) => it.endAt <= now) ? recorded.at(-1) : undefined)
  );
}

/** Nothing can be written down as things are: an open pull request stays, and cannot be merged meanwhile. */
function blocked({ issue }: Case, pull: RequestPull | undefined): RequestOutcome {
  if (pull?.state !== 'open') return reach({ kind: 'judged' });
  const { number } = pull;
  const statuses = stalledStatuses(issue.number);
  return reach({ kind: 'proposed', pull: number, refused: [] }, [
    { kind: 'block-pull', pull: number, statuses },
  ]);
}

/** How a pull request of this very request ended; undefined while one can still be made or changed. */
function closedPull(pull: RequestPull | undefined, digest: string): Phase | undefined {
  if (pull === undefined || pull.state === 'open' || !pull.body.includes(pullMarker(digest)))
    return undefined;
  return { kind: pull.state === 'merged' ? 'written' : 'returned', pull: pull.number };
}

const dropped = (pull: RequestPull | undefined): readonly RequestAction[] =>
  pull?.state === 'open' ? [{ kind: 'drop-pull', pull: pull.number, body: droppedBody(pull.body) }] : [];

const closedIssue = ({ issue }: Case, reason: 'completed' | 'not_planned'): readonly RequestAction[] =>
  issue.state === 'open' ? [{ kind: 'close-issue', reason }] : [];
