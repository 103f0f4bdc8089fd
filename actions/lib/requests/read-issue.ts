/** Reads an issue and its comments into a case: the request, its verdict, and its state before new commands. Pure. */
import { type Handbook, type PlannedChange, roleText } from '../model.ts';
import { fingerprintOf } from '../text/digest.ts';
import type { Instant } from '../timeline.ts';
import type { IssueComment, IssueFacts, RequestContext, RequestIssue } from './facts.ts';
import { isOfRequest } from './recorded-change.ts';
import {
  decidersOf,
  decisiveOf,
  judge,
  meaningOf,
  type Request,
  type RequestVerdict,
  readRequest,
} from './request.ts';
import { REQUEST_MARKER, type RequestState, type StoredState, stateIn } from './stored-state.ts';
import { supportOf } from './support.ts';
import { amountsOf } from './time-off-claim.ts';

/** One request with everything that its next step depends on. */
export interface Case extends IssueFacts {
  readonly request: Request;
  readonly verdict: RequestVerdict;
  readonly state: RequestState;
  /** The state in our comment when the run began. */
  readonly stored: StoredState | undefined;
}

/** Whether an issue may be a request: a form made it, or there is a comment of ours on it. */
export const mayBeRequest = (
  { handbook, self }: RequestContext,
  { issue, comments }: Pick<IssueFacts, 'issue' | 'comments'>,
): boolean => readRequest(handbook, issue.body) !== undefined || comments.some((it) => isMarked(it, self));

/** The comments of ours that may have the state of a request; others can edit them. */
export const markedComments = (
  { self }: Pick<RequestContext, 'self'>,
  comments: readonly IssueComment[],
): readonly IssueComment[] => comments.filter((it) => isMarked(it, self));

const isMarked = ({ author, body }: IssueComment, self: string): boolean =>
  author === self && body.startsWith(REQUEST_MARKER);

/** Reads an issue; undefined if it is not a request, or was closed before our first comment on it. */
export function readIssue(context: RequestContext, facts: IssueFacts): Case | undefined {
  const { texts, handbook, now } = context;
  const { issue, isReopened } = facts;
  const stored = storedState(context, facts);
  const request = readRequest(handbook, issue.body, stored?.state.form);
  if (request === undefined || (issue.state === 'closed' && stored === undefined)) return undefined;
  const requestedAt = requestedAtOf(issue, fingerprintOf(decisiveOf(request)), stored?.state);
  const verdict = judge(texts, handbook, now, request, { ...issue, requestedAt });
  const state = currentState({ handbook, now }, issue, { request, verdict }, isReopened, stored?.state);
  return { ...facts, request, verdict, state, stored };
}

/**
 * When the request in an issue got its present decisive values, by GitHub's clock, for a planned change that says it
 * was requested there; undefined if the issue requests no change, or another service, other times or other people.
 */
export function requestedAtIn(
  context: Pick<RequestContext, 'handbook' | 'now' | 'self'>,
  change: PlannedChange,
  { issue, comments }: IssueWithState,
): Instant | undefined {
  const { handbook } = context;
  const old = storedState(context, { issue, comments })?.state;
  const request = readRequest(handbook, issue.body, old?.form);
  const service = handbook.services.get(change.service);
  if (request?.form.kind !== 'change' || service === undefined) return undefined;
  if (!isOfRequest(change, request.values)) return undefined;
  const { startAt, endAt, zone } = change;
  const support = supportOf(withoutChange(handbook, change), service, { span: { startAt, endAt }, zone });
  if (typeof support === 'string') return undefined;
  const isOnThen = change.assigned.every(({ role, person }) =>
    support.onThen.some((it) => it.person === person && roleText(it.role) === roleText(role)),
  );
  return isOnThen ? requestedAtOf(issue, fingerprintOf(decisiveOf(request)), old) : undefined;
}

/** A handbook without the time for which a planned change itself assigns people. */
function withoutChange(handbook: Handbook, { id }: PlannedChange): Handbook {
  const rotas = [...handbook.rotas].map(([name, rota]) => {
    const overrides = rota.overrides.filter(({ assignment }) => assignment.change !== id);
    return [name, { ...rota, overrides }] as const;
  });
  return { ...handbook, rotas: new Map(rotas) };
}

/** An issue and the comments that may have its state. */
export interface IssueWithState {
  readonly issue: Pick<RequestIssue, 'body' | 'createdAt' | 'lastEditedAt'>;
  readonly comments: readonly IssueComment[];
}

/** The last edit is never before the one that set the present values. */
const requestedAtOf = (
  { lastEditedAt, createdAt }: Pick<RequestIssue, 'createdAt' | 'lastEditedAt'>,
  decisive: string,
  old: RequestState | undefined,
): Instant => (old?.decisive === decisive ? old.requestedAt : (lastEditedAt ?? createdAt));

/** The state in a comment of ours that nobody else edited. */
export function storedState(
  { self, now }: Pick<RequestContext, 'self' | 'now'>,
  { issue: { createdAt }, comments }: IssueWithState,
): StoredState | undefined {
  const within = { startAt: createdAt, endAt: now };
  for (const { body, updatedAt, editedBy } of markedComments({ self }, comments)) {
    const state = editedBy === 'nobody' || editedBy === 'author' ? stateIn(body, within) : undefined;
    if (state !== undefined) return { state, shownAt: updatedAt };
  }
  return undefined;
}

/** What an approval covers: the values of a request and, of a claim, what they earn by the handbook. */
const versionOf = (request: Request, verdict: RequestVerdict): string =>
  verdict.of === 'time-off'
    ? JSON.stringify([meaningOf(request), amountsOf(verdict.claim)])
    : meaningOf(request);

/** The version of the planned change that an issue requests; undefined if it requests none. */
export function requestDigest(handbook: Handbook, body: string): string | undefined {
  const request = readRequest(handbook, body);
  return request?.form.kind === 'change' ? fingerprintOf(meaningOf(request)) : undefined;
}

/**
 * Whether an approval is of somebody who may not decide any more, as the service has another team or the team other
 * leads. A decline stays, and so does an approval of a claim, whose issue is its record from then on; and while nobody
 * is known who may decide, as in a team whose file cannot be read.
 */
function isOfFormer(
  context: Pick<RequestContext, 'handbook' | 'now'>,
  judged: Pick<Case, 'request' | 'verdict'>,
  { decision }: RequestState,
): boolean {
  if (judged.verdict.of === 'time-off' || decision?.kind !== 'approved') return false;
  const deciders = decidersOf(context, judged);
  return deciders.length > 0 && deciders.every(({ id }) => id !== decision.by);
}

/** The present state of a request: the stored state, without what an edit, a reopening or other deciders made void. */
function currentState(
  context: Pick<RequestContext, 'handbook' | 'now'>,
  issue: RequestIssue,
  { request, verdict }: Pick<Case, 'request' | 'verdict'>,
  isReopened: boolean,
  old: RequestState | undefined,
): RequestState {
  const digest = fingerprintOf(versionOf(request, verdict));
  const decisive = fingerprintOf(decisiveOf(request));
  const isFormer = old !== undefined && isOfFormer(context, { request, verdict }, old);
  const isSame = old?.digest === digest && !isFormer;
  const isUndone = isReopened && old?.decision?.kind === 'declined';
  const decision = isSame && !isUndone ? old.decision : undefined;
  const isVoid = old?.decision?.kind === 'approved' && !isSame;
  return {
    form: request.form.kind,
    digest,
    decisive,
    requestedAt: requestedAtOf(issue, decisive, old),
    seen: old?.seen ?? 0,
    decision,
    ignored: isVoid ? { why: 'void', comment: old.decision.comment } : isSame ? old.ignored : undefined,
    written: old?.written,
    ...(isSame && old.proposed !== undefined && { proposed: old.proposed }),
    ...(old?.heard !== undefined && { heard: old.heard }),
    ...(old?.unclear !== undefined && { unclear: old.unclear }),
    ...(old?.read !== undefined && { read: old.read }),
  };
}
