/**
 * Applies the commands `/approve` and `/decline` in the comments of an issue, and counts `/done`. A command counts only
 * in an unedited comment of a lead, or for `/done` of whoever is asked, with write access on GitHub. Pure: the caller
 * looks up the write access of `loginsToLookUp`.
 */
import { countDone, doneLogins, possibleDoneComments } from './done-items.ts';
import type { IssueComment, RequestContext } from './facts.ts';
import { replyText } from './issue-comment.ts';
import { placeJoin } from './join.ts';
import type { Case } from './read-issue.ts';
import { deciderBy, decidersOf, type RequestVerdict } from './request.ts';
import type { IgnoredCommand, RequestState } from './stored-state.ts';

interface Command {
  readonly kind: 'approve' | 'decline';
  /** What follows the command on its line. */
  readonly rest: string;
  readonly comment: IssueComment;
}

/** The command in the first line of a comment. */
function commandIn(comment: IssueComment): Command | undefined {
  const [, kind, rest = ''] =
    /^\/(approve|decline)(?:[ \t]+(.*))?$/.exec(comment.body.split(/\r?\n/, 1)[0] ?? '') ?? [];
  return kind === 'approve' || kind === 'decline' ? { kind, rest: rest.trim(), comment } : undefined;
}

/**
 * The comments that are commands unless somebody edited them, and that no earlier run has applied: GitHub has to be
 * asked for their history. Without a case, all of them.
 */
const possibleCommands = (
  { self }: Pick<RequestContext, 'self'>,
  comments: readonly IssueComment[],
  at: Pick<Case, 'state'> | undefined,
): readonly IssueComment[] =>
  comments.filter((comment) => {
    const isNew = comment.id > (at?.state.seen ?? 0) && comment.createdAt === comment.updatedAt;
    return isNew && !comment.isBot && comment.author !== self && commandIn(comment) !== undefined;
  });

/** The commands that no earlier run has applied, oldest first. */
const newCommands = (context: RequestContext, at: Case): readonly Command[] =>
  possibleCommands(context, at.comments, at)
    .filter(({ editedBy }) => editedBy === 'nobody')
    .flatMap((comment) => commandIn(comment) ?? []);

/** The comments whose edits GitHub has to be asked for: those, and every word that something is done. */
export const commentsToVerify = (
  context: Pick<RequestContext, 'handbook' | 'self'>,
  comments: readonly IssueComment[],
  at: Pick<Case, 'state'> | undefined,
): readonly IssueComment[] => [
  ...possibleCommands(context, comments, at),
  ...(at === undefined || at.state.form === 'join' ? possibleDoneComments(context, comments) : []),
];

/** The logins of people with a command that may count, whose write access `applyCommands` needs to know. */
export function loginsToLookUp(context: RequestContext, at: Case): readonly string[] {
  const logins = newCommands(context, at).map(({ comment }) => comment.author);
  const leads = logins.filter((login) => deciderBy(context.handbook, at, login) !== undefined);
  const words = wordsOf(at);
  return [...new Set([...leads, ...(words === undefined ? [] : doneLogins(context, words))])];
}

/** What is to be counted of a request to join; undefined for any other. */
const wordsOf = ({ verdict, comments, state }: Case) =>
  verdict.of === 'join' && verdict.join.kind === 'open'
    ? { joining: verdict.join.joining, comments, since: state.requestedAt }
    : undefined;

/** The state after every new command, the verdict with what is done, and the reply to people who may not decide. */
export interface AppliedCommands {
  readonly state: RequestState;
  readonly verdict: RequestVerdict;
  readonly reply: string | undefined;
}

/** Applies every new command in order; `writers` are the logins of `loginsToLookUp` with write access. */
export function applyCommands(
  context: RequestContext,
  at: Case,
  writers: ReadonlySet<string>,
): AppliedCommands {
  const { handbook } = context;
  let { state } = at;
  let reply: string | undefined;
  for (const command of newCommands(context, at)) {
    const { author, id } = command.comment;
    state = { ...state, seen: id };
    const decider = writers.has(author) ? deciderBy(handbook, at, author) : undefined;
    if (decider === undefined) reply = replyText(handbook, decidersOf(handbook, at));
    else state = applied(command, decider.id, at, state);
  }
  return { state, reply, verdict: countedVerdict(context, at, writers) };
}

function countedVerdict(context: RequestContext, at: Case, writers: ReadonlySet<string>): RequestVerdict {
  const words = wordsOf(at);
  if (words === undefined) return at.verdict;
  const joining = countDone(context, words, writers);
  return { of: 'join', join: placeJoin(context.texts, context.handbook, context.now, joining) };
}

/** The state after the command of somebody who may decide. */
function applied(command: Command, by: string, at: Case, state: RequestState): RequestState {
  const comment = command.comment.id;
  const why = command.kind === 'approve' ? whyIgnored(command, at) : undefined;
  if (why !== undefined) return { ...state, ignored: { why, comment } };
  const kind = command.kind === 'approve' ? 'approved' : 'declined';
  return { ...state, ignored: undefined, decision: { kind, digest: state.digest, by, comment } };
}

/** Why an approval by somebody who may give it does not count; undefined when it does. */
function whyIgnored(
  { rest, comment }: Command,
  { verdict, state, stored }: Case,
): IgnoredCommand['why'] | undefined {
  if (verdict.of === 'swap' || verdict.of === 'join') return 'not-asked';
  // An approval is of what our comment showed then; in the very second of its edit, nobody has read the new text.
  const isShown = stored?.state.digest === state.digest && comment.createdAt > stored.shownAt;
  const isMeant = rest === '' || (rest.length >= 7 && state.digest.startsWith(rest.toLowerCase()));
  if (!isShown || !isMeant) return 'changed';
  if (verdict.of === 'time-off') return verdict.claim.kind === 'counted' ? undefined : 'not-ready';
  const { change } = verdict;
  return change.kind === 'accepted' && change.edit !== undefined ? undefined : 'not-ready';
}

/** The reason of a decline: the rest of the command's line, while its comment exists unedited. */
export function declineReason(comments: readonly IssueComment[], id: number): string {
  const comment = comments.find(
    (it) => it.id === id && it.createdAt === it.updatedAt && ['nobody', 'unknown'].includes(it.editedBy),
  );
  return (comment === undefined ? '' : (commandIn(comment)?.rest ?? '')).slice(0, 500);
}
