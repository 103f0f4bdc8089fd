/** What follows from a verdict and a decision: a branch with its pull request, kept as they should be, or none. */
import { missingConsent, personIn } from '../compare/verdict.ts';
import type { Edit } from '../edit/edit.ts';
import type { BranchPull } from '../github/branches.ts';
import type { Issue } from '../github/issues.ts';
import { evaluate } from '../pipeline.ts';
import { postReview } from '../programs/post-review.ts';
import { stalledStatuses } from '../review/statuses.ts';
import { wallOfText } from '../time/date.ts';
import { zoneOf } from '../time/zone.ts';
import { droppedText, OUTCOME_MARKER, outcomeText, pullMark, pullText } from './answer.ts';
import type { ChangeVerdict } from './change.ts';
import type { RequestContext } from './context.ts';
import type { Phase } from './phase.ts';
import { decidersOf, type Request } from './requests.ts';
import type { RequestState } from './state.ts';
import type { SwapVerdict } from './swap.ts';
import { transferText } from './swap-answer.ts';

/** The case at hand. */
export interface Case {
  readonly issue: Issue;
  readonly request: Request;
  readonly state: RequestState;
  readonly reason: string;
}

/** Brings about what a change's verdict and decision ask for, and says how far it has come. */
export async function reconcileChange(
  desk: RequestContext,
  at: Case,
  verdict: ChangeVerdict,
): Promise<Phase> {
  const { issue, state, reason } = at;
  const { decision } = state;
  const branch = `change/issue-${issue.number}`;
  const written = writtenChange(desk, at);
  if (written !== undefined && desk.now < written.endAt) return { kind: 'written', pull: undefined };
  if (written !== undefined) {
    if (issue.state === 'open')
      await desk.issues.upsertComment(issue.number, OUTCOME_MARKER, outcomeText(written.endAt));
    return { kind: 'over' };
  }
  const proposed = await desk.branches.latestPull(branch);
  if (decision?.kind === 'declined') {
    await drop(desk, proposed);
    if (issue.state === 'open') await desk.issues.close(issue.number, 'not_planned');
    return { kind: 'declined', by: decision.by, reason };
  }
  if (issue.state === 'closed') {
    await drop(desk, proposed);
    return { kind: 'withdrawn' };
  }
  if (decision === undefined) {
    await drop(desk, proposed);
    return { kind: 'judged' };
  }
  const kept = fateOf(proposed, state.digest);
  if (kept !== undefined) return kept;
  if (verdict.kind !== 'accepted' || verdict.edit === undefined) return stalled(desk, issue, proposed);
  const { timed } = verdict;
  const lines = timed.onThen.flatMap(({ person }) => person ?? []);
  const title = `Planned change: ${timed.request.service}, ${timed.request.start}`;
  return propose(desk, at, { branch, title, edit: verdict.edit, lines: [title], people: lines });
}

/** The change as the handbook has it, when that has the times that the request has now, or is over. */
function writtenChange({ handbook, now }: RequestContext, { issue, request: { values } }: Case) {
  // By what it is called, whichever team has it: what the request says may no longer be read.
  const written = [...handbook.changes.values()].filter(
    ({ id, team }) => id === `${team}/issue-${issue.number}`,
  );
  const [service, zone, start, end] = ['service', 'zone', 'start', 'end'].map((id) => values.get(id) ?? '');
  const [startAt, endAt] = [start, end].map((text) => {
    const wall = wallOfText(text ?? '');
    return wall === undefined || !zone ? undefined : zoneOf(zone).instantOf(wall);
  });
  return (
    written.find((it) => it.service === service && it.startAt === startAt && it.endAt === endAt) ??
    (written.every((it) => it.endAt <= now) ? written.at(-1) : undefined)
  );
}

/** Brings about what a swap's verdict asks for, and says how far it has come. */
export async function reconcileSwap(desk: RequestContext, at: Case, verdict: SwapVerdict): Promise<Phase> {
  const { issue, state, reason } = at;
  const branch = `swap/issue-${issue.number}`;
  const proposed = await desk.branches.latestPull(branch);
  if (proposed?.state === 'merged') {
    // Made once more, a swap would swap back: what is merged is done.
    if (issue.state === 'open') await desk.issues.close(issue.number, 'completed');
    return { kind: 'written', pull: proposed.number };
  }
  if (state.decision?.kind === 'declined') {
    await drop(desk, proposed);
    if (issue.state === 'open') await desk.issues.close(issue.number, 'not_planned');
    return { kind: 'declined', by: state.decision.by, reason };
  }
  if (issue.state === 'closed') {
    await drop(desk, proposed);
    return { kind: 'withdrawn' };
  }
  const kept = fateOf(proposed, state.digest);
  if (kept !== undefined) return kept;
  // What comes too late by now is judged again where its pull request waits, and no longer made where there is none.
  if (verdict.kind === 'right' || (verdict.kind === 'late' && proposed?.state === 'open')) {
    const lines = verdict.edit.transfers.map((it) => transferText(desk.handbook, it));
    const title = `Swap: ${verdict.rota}, ${verdict.people.join(' and ')}`;
    return propose(desk, at, { branch, title, edit: verdict.edit, lines, people: verdict.people });
  }
  if (verdict.kind === 'lacking') {
    await drop(desk, proposed);
    return { kind: 'judged' };
  }
  return stalled(desk, issue, proposed);
}

/** Nothing can be written down as things are: a pull request that waits still does, and cannot be merged meanwhile. */
async function stalled(
  { github }: RequestContext,
  { number }: Issue,
  proposed: BranchPull | undefined,
): Promise<Phase> {
  if (proposed?.state !== 'open') return { kind: 'judged' };
  const { headSha } = await github.get(proposed.number);
  for (const status of stalledStatuses(number)) await github.setStatus(headSha, status);
  return { kind: 'proposed', pull: proposed.number, unasked: [] };
}

/** How a pull request of this very request ended; undefined while it can still be made or changed. */
function fateOf(proposed: BranchPull | undefined, digest: string): Phase | undefined {
  if (proposed === undefined || proposed.state === 'open' || !proposed.body.includes(pullMark(digest)))
    return undefined;
  return { kind: proposed.state === 'merged' ? 'written' : 'returned', pull: proposed.number };
}

async function drop({ branches }: RequestContext, proposed: BranchPull | undefined): Promise<void> {
  if (proposed?.state === 'open') await branches.closePull(proposed.number, droppedText(proposed.body));
}

interface Proposal {
  readonly branch: string;
  readonly title: string;
  readonly edit: Edit;
  readonly lines: readonly string[];
  readonly people: readonly string[];
}

/** The branch and its pull request as they should be, judged as a pull request is, and put before those it concerns. */
async function propose(
  desk: RequestContext,
  { issue, request, state }: Case,
  given: Proposal,
): Promise<Phase> {
  const { branch, title, edit, lines, people } = given;
  const { file, text } = edit;
  const written = await desk.branches.propose({
    branch,
    base: desk.base,
    commit: desk.commit,
    file: desk.folder === '.' ? file : `${desk.folder}/${file}`,
    text,
    title,
    body: pullText(issue.number, state.digest, lines),
  });
  const emergency = desk.handbook.notice.emergency.label;
  const { number, sha } = written;
  // Whatever its head is by now, what is judged is what was proposed.
  let pull = await desk.github.get(number, sha);
  if (issue.labels.includes(emergency) && !pull.labels.includes(emergency)) {
    await desk.branches.addLabel(number, emergency);
    pull = { ...pull, labels: [...pull.labels, emergency] };
  }
  const edited = { ...desk.texts, texts: new Map(desk.texts.texts).set(file, text) };
  const { handbook, against, findings } = evaluate(edited, desk.now, () => {}, { texts: desk.texts, pull });
  if (against === undefined) return { kind: 'proposed', pull: number, unasked: [] };
  const judged = { handbook, against, findings, now: desk.now, commit: pull.headSha };
  await postReview(desk.github, pull, judged);
  const concerned = [
    ...people.flatMap((id) => desk.handbook.people.get(id) ?? []),
    ...missingConsent(against).flatMap(({ person }) => personIn(against, person) ?? []),
    ...decidersOf(desk.handbook, request),
  ];
  const logins = new Set(concerned.flatMap(({ github }) => github ?? []));
  return {
    kind: 'proposed',
    pull: number,
    unasked: await desk.branches.requestReviews(written, [...logins]),
  };
}
