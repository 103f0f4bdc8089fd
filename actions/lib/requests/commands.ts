/**
 * What is known of a request from run to run, brought up to date: since when its dates are asked for, and what the leads of the
 * team said. Only unedited comments of people whom the handbook names as leads and GitHub lets write count as commands.
 */

import type { Comment, Issue } from '../github/issues.ts';
import { fingerprintOf } from '../text/digest.ts';
import type { Instant } from '../timeline.ts';
import { REPLY_MARKER, replyText } from './answer.ts';
import type { RequestContext, Trigger } from './context.ts';
import { datesOf, deciderBy, decidersOf, meaningOf, type Request, type Verdict } from './requests.ts';
import type { IgnoredCommand, RequestState } from './state.ts';
import { stateIn } from './state.ts';

/** What our comment says, and since when, by GitHub's clock. */
interface Remembered {
  readonly state: RequestState;
  readonly shownAt: Instant;
}

/** The state in our own comment; anybody can write its mark, so only ours counts. */
export const storedState = (
  remarks: readonly Comment[],
  { self, now }: RequestContext,
  { createdAt }: Issue,
): Remembered | undefined => {
  const within = { startAt: createdAt, endAt: now };
  for (const { author, body, updatedAt } of remarks) {
    const state = author === self ? stateIn(body, within) : undefined;
    if (state !== undefined) return { state, shownAt: updatedAt };
  }
  return undefined;
};

/** The state of a request as it reads now, before anybody's word on it is heard. */
export function stateOf(
  issue: Issue,
  request: Request,
  heard: Trigger,
  old: RequestState | undefined,
): RequestState {
  const [digest, dates] = [fingerprintOf(meaningOf(request)), fingerprintOf(datesOf(request))];
  const isSame = old?.digest === digest;
  const isReopened = heard.kind === 'reopened' && old?.decision?.kind === 'declined';
  const decision = isSame && !isReopened ? old.decision : undefined;
  const isVoid = old?.decision?.kind === 'approved' && !isSame;
  return {
    form: request.form.kind,
    digest,
    dates,
    requestedAt: old?.dates === dates ? old.requestedAt : requestedAt(issue, heard, old),
    seen: old?.seen ?? 0,
    decision,
    ignored: isVoid ? { why: 'void', comment: old.decision.comment } : isSame ? old.ignored : undefined,
  };
}

/**
 * GitHub's time of a request with the dates it has: of its opening, or of the edit that brought them. Where that is not known
 * for sure, the last change of the issue: later than the edit, never earlier.
 */
function requestedAt(issue: Issue, heard: Trigger, old: RequestState | undefined): Instant {
  const isHeard = (heard.kind === 'opened' || heard.kind === 'edited') && heard.body === issue.body;
  if (isHeard && heard.kind === 'opened' && old === undefined) return issue.createdAt;
  if (isHeard && heard.kind === 'edited') return Math.min(heard.updatedAt, issue.updatedAt);
  return issue.updatedAt;
}

interface Command {
  readonly kind: 'approve' | 'decline';
  readonly rest: string;
}

/** A command is the first line of a comment. */
function commandIn(body: string): Command | undefined {
  const [, kind, rest = ''] =
    /^\/(approve|decline)(?:[ \t]+(.*))?$/.exec(body.split(/\r?\n/, 1)[0] ?? '') ?? [];
  return kind === 'approve' || kind === 'decline' ? { kind, rest: rest.trim() } : undefined;
}

/** Why somebody declined: the words behind the command, as long as the comment is there and as it was. */
export const reasonIn = (remarks: readonly Comment[], comment: number): string => {
  const remark = remarks.find(({ id, isUntouched }) => id === comment && isUntouched);
  return (remark === undefined ? '' : (commandIn(remark.body)?.rest ?? '')).slice(0, 500);
};

/** Hears every command that was not heard yet, in order. */
export async function applyCommands(
  desk: RequestContext,
  issue: Issue,
  request: Request,
  verdict: Verdict,
  remarks: readonly Comment[],
  begun: { readonly state: RequestState; readonly old: Remembered | undefined },
): Promise<RequestState> {
  let { state } = begun;
  for (const remark of remarks) {
    const command = commandIn(remark.body);
    if (command === undefined || remark.id <= state.seen || !remark.isUntouched || remark.isBot) continue;
    if (remark.author === desk.self) continue;
    state = { ...state, seen: remark.id };
    const decider = deciderBy(desk.handbook, request, remark.author);
    if (decider === undefined || !(await desk.issues.canWrite(remark.author))) {
      const reply = replyText(desk.handbook, decidersOf(desk.handbook, request));
      await desk.issues.upsertComment(issue.number, REPLY_MARKER, reply);
      continue;
    }
    const { digest } = state;
    const said = { digest, by: decider.id, comment: remark.id };
    const why =
      command.kind === 'approve' ? whyUnheard(command, remark, verdict, state, begun.old) : undefined;
    if (why !== undefined) state = { ...state, ignored: { why, comment: remark.id } };
    else {
      const kind = command.kind === 'approve' ? 'approved' : 'declined';
      state = { ...state, ignored: undefined, decision: { kind, ...said } };
    }
  }
  return state;
}

/** Why an approval by somebody who may give it does not count; undefined when it does. */
function whyUnheard(
  { rest }: Command,
  { createdAt }: Comment,
  verdict: Verdict,
  state: RequestState,
  old: Remembered | undefined,
): IgnoredCommand['why'] | undefined {
  if (verdict.of === 'swap') return 'not-asked';
  // What they approve is what our comment said when they did: in the second of its edit, nobody has read it yet.
  const isShown = old?.state.digest === state.digest && createdAt > old.shownAt;
  const isMeant = rest === '' || (rest.length >= 7 && state.digest.startsWith(rest.toLowerCase()));
  if (!isShown || !isMeant) return 'changed';
  const { change } = verdict;
  return change.kind === 'accepted' && change.edit !== undefined ? undefined : 'not-ready';
}
