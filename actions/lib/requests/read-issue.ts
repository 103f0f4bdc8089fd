/** From an issue and its comments to a case: the request, its verdict, and the state it is in before new commands are applied. Pure. */
import { fingerprintOf } from '../text/digest.ts';
import type { Instant } from '../timeline.ts';
import type { IssueFacts, RequestContext, RequestIssue, Trigger } from './facts.ts';
import { datesOf, judge, meaningOf, type Request, type RequestVerdict, readRequest } from './request.ts';
import { type RequestState, type StoredState, stateIn } from './stored-state.ts';

/** One request with everything that its next step depends on. */
export interface Case extends IssueFacts {
  readonly request: Request;
  readonly verdict: RequestVerdict;
  readonly state: RequestState;
  /** What our comment held when the run began. */
  readonly stored: StoredState | undefined;
}

/** Reads an issue; undefined where it is no request, or was closed before we ever commented on it. */
export function readIssue(context: RequestContext, facts: IssueFacts): Case | undefined {
  const { texts, handbook, now } = context;
  const { issue, trigger } = facts;
  const stored = storedState(context, facts);
  const request = readRequest(handbook, issue.body, stored?.state.form);
  if (request === undefined || (issue.state === 'closed' && stored === undefined)) return undefined;
  const state = currentState(issue, request, trigger, stored?.state);
  const verdict = judge(texts, handbook, now, request, { ...issue, requestedAt: state.requestedAt });
  return { ...facts, request, verdict, state, stored };
}

/** The state in our own comment; anybody can write its marker, so only ours counts. */
function storedState(
  { self, now }: RequestContext,
  { issue: { createdAt }, comments }: IssueFacts,
): StoredState | undefined {
  const within = { startAt: createdAt, endAt: now };
  for (const { author, body, updatedAt } of comments) {
    const state = author === self ? stateIn(body, within) : undefined;
    if (state !== undefined) return { state, shownAt: updatedAt };
  }
  return undefined;
}

/** The state of a request as it reads now: what was stored, less what an edit or a reopening makes void. */
function currentState(
  issue: RequestIssue,
  request: Request,
  trigger: Trigger,
  old: RequestState | undefined,
): RequestState {
  const [digest, dates] = [fingerprintOf(meaningOf(request)), fingerprintOf(datesOf(request))];
  const isSame = old?.digest === digest;
  const isReopened = trigger.kind === 'reopened' && old?.decision?.kind === 'declined';
  const decision = isSame && !isReopened ? old.decision : undefined;
  const isVoid = old?.decision?.kind === 'approved' && !isSame;
  return {
    form: request.form.kind,
    digest,
    dates,
    requestedAt: old?.dates === dates ? old.requestedAt : requestedAt(issue, trigger, old),
    seen: old?.seen ?? 0,
    decision,
    ignored: isVoid ? { why: 'void', comment: old.decision.comment } : isSame ? old.ignored : undefined,
  };
}

/**
 * GitHub's time of a request with the dates it has: of its opening, or of the edit that brought them. Where that is not known
 * for sure, the last change of the issue: later than the edit, never earlier.
 */
function requestedAt(issue: RequestIssue, trigger: Trigger, old: RequestState | undefined): Instant {
  const isCause = (trigger.kind === 'opened' || trigger.kind === 'edited') && trigger.body === issue.body;
  if (isCause && trigger.kind === 'opened' && old === undefined) return issue.createdAt;
  if (isCause && trigger.kind === 'edited') return Math.min(trigger.updatedAt, issue.updatedAt);
  return issue.updatedAt;
}
