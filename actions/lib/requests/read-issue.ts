/** Reads an issue and its comments into a case: the request, its verdict, and its state before new commands. Pure. */
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
  /** The state in our comment when the run began. */
  readonly stored: StoredState | undefined;
}

/** Reads an issue; undefined if it is not a request, or was closed before our first comment on it. */
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

/** The state in our own comment; anybody can write the marker, so comments of others are ignored. */
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

/** The present state of a request: the stored state, without what an edit or a reopening made void. */
function currentState(
  issue: RequestIssue,
  request: Request,
  trigger: Trigger,
  old: RequestState | undefined,
): RequestState {
  const digest = fingerprintOf(meaningOf(request));
  const dates = fingerprintOf(datesOf(request));
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
    written: old?.written,
    ignored: isVoid ? { why: 'void', comment: old.decision.comment } : isSame ? old.ignored : undefined,
  };
}

/**
 * When the request got its present dates, by GitHub's clock: when it was opened, or when an edit set them. If that is
 * not certain, the last change of the issue, which is never before that edit.
 */
function requestedAt(issue: RequestIssue, trigger: Trigger, old: RequestState | undefined): Instant {
  const isCause = (trigger.kind === 'opened' || trigger.kind === 'edited') && trigger.body === issue.body;
  if (isCause && trigger.kind === 'opened' && old === undefined) return issue.createdAt;
  if (isCause && trigger.kind === 'edited') return Math.min(trigger.updatedAt, issue.updatedAt);
  return issue.updatedAt;
}
