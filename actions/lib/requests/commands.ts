/**
 * Applies the commands `/approve` and `/decline` in the comments of an issue, and counts `/done`. A command counts only
 * in an unedited comment of a lead, or for `/done` of whoever is asked, with write access on GitHub. Pure: the caller
 * looks up the write access of `loginsToLookUp`.
 */
import type { Instant } from '../timeline.ts';
import { countDone, doneLogins, possibleDoneComments } from './done-items.ts';
import type { IssueComment, RequestContext } from './facts.ts';
import { replyText } from './issue-comment.ts';
import { placeJoin } from './join.ts';
import type { Case } from './read-issue.ts';
import { deciderBy, decidersOf, type RequestVerdict } from './request.ts';
import type { IgnoredCommand, RequestState } from './stored-state.ts';
import { personOf } from './swap.ts';

export interface Command {
  readonly kind: 'approve' | 'decline';
  /** What follows the command on its line. */
  readonly rest: string;
  readonly comment: IssueComment;
}

/**
 * The command in the first line of a comment. `/decline` ends an approval, so it is read in any case of letters, after
 * empty lines, and with punctuation.
 */
function commandIn(comment: IssueComment): Command | undefined {
  const rest = declineIn(comment);
  if (rest !== undefined) return { kind: 'decline', rest, comment };
  const approve = /^\/approve(?:[ \t]+(.*))?$/.exec(comment.body.split(/\r?\n/, 1)[0] ?? '');
  return approve === null ? undefined : { kind: 'approve', rest: (approve[1] ?? '').trim(), comment };
}

/** What follows `/decline` on its line; undefined where a comment does not begin with it. */
function declineIn({ body }: IssueComment): string | undefined {
  const [line = ''] = body.trimStart().split(/\r?\n/, 1);
  return /^\/decline(?![\w-])[.,:;!]*(.*)$/i.exec(line)?.[1]?.trim();
}

/** Whether a comment says that something is declined, also after an edit. */
export const isDecline = (comment: IssueComment): boolean => declineIn(comment) !== undefined;

/** The command in a comment that nobody edited, whoever wrote it. */
export const uneditedCommand = (comment: IssueComment): Command | undefined =>
  comment.editedBy === 'nobody' && comment.createdAt === comment.updatedAt ? commandIn(comment) : undefined;

/** Whether what follows `/approve` is the version of a request that is approved, or its beginning. */
export const namesVersion = (rest: string, digest: string): boolean =>
  rest.length >= 7 && digest.startsWith(rest.toLowerCase());

/**
 * The comments that are commands unless somebody edited them, and that no earlier run has applied: GitHub has to be
 * asked for their history, and of a decline for that alone, as its time may change otherwise. Without a case, all of
 * them.
 */
const possibleCommands = (
  { self }: Pick<RequestContext, 'self'>,
  comments: readonly IssueComment[],
  at: Pick<Case, 'state'> | undefined,
): readonly IssueComment[] =>
  comments.filter((comment) => {
    const isSame = comment.createdAt === comment.updatedAt || isDecline(comment);
    return (
      comment.id > (at?.state.seen ?? 0) &&
      isSame &&
      !comment.isBot &&
      comment.author !== self &&
      commandIn(comment) !== undefined
    );
  });

/** The commands that no earlier run has applied, oldest first. */
const newCommands = (context: RequestContext, at: Case): readonly Command[] =>
  possibleCommands(context, at.comments, at)
    .filter(({ editedBy }) => editedBy === 'nobody')
    .flatMap((comment) => commandIn(comment) ?? []);

/** The comments whose edits GitHub has to be asked for: those, what may be hidden, and words that something is done. */
export const commentsToVerify = (
  context: Pick<RequestContext, 'handbook' | 'self'>,
  comments: readonly IssueComment[],
  at: Pick<Case, 'state'> | undefined,
): readonly IssueComment[] => {
  const commands = possibleCommands(context, comments, at);
  const isApproved =
    at?.state.decision?.kind === 'approved' || commands.some((it) => commandIn(it)?.kind === 'approve');
  return [
    ...new Set([
      ...commands,
      ...(isApproved ? [...possiblyHidden(context, comments, at), ...turnedDown(context, comments, at)] : []),
      ...(at === undefined || at.state.form === 'join' ? possibleDoneComments(context, comments) : []),
    ]),
  ];
};

/** More than anybody of the handbook writes between two runs. */
const MOST_HIDDEN = 200;

/** Whether somebody wrote a comment, rather than a bot or this action. */
const isOfPeople =
  ({ self }: Pick<RequestContext, 'self'>) =>
  ({ isBot, author }: IssueComment): boolean =>
    !isBot && author !== self;

/**
 * The comments of people of the handbook that may have been a decline before somebody else edited them, and that no
 * earlier run has read. A state of an earlier version says only which command was the last.
 */
const possiblyHidden = (
  { handbook, self }: Pick<RequestContext, 'handbook' | 'self'>,
  comments: readonly IssueComment[],
  at: Pick<Case, 'state'> | undefined,
): readonly IssueComment[] =>
  comments
    .filter(isOfPeople({ self }))
    .filter(({ id }) => id > Math.max(at?.state.seen ?? 0, at?.state.read ?? 0))
    .filter(({ author }) => personOf(handbook, author) !== undefined)
    .slice(-MOST_HIDDEN);

/**
 * The comments of people, however old, that became a decline by an edit after the approval. If the comment of the
 * approval is gone, every decline counts.
 */
function turnedDown(
  { self }: Pick<RequestContext, 'self'>,
  comments: readonly IssueComment[],
  at: Pick<Case, 'state'> | undefined,
): readonly IssueComment[] {
  const approval = comments.find(({ id }) => id === at?.state.decision?.comment);
  const since = approval?.createdAt ?? Number.NEGATIVE_INFINITY;
  return comments.filter(isOfPeople({ self })).filter((it) => isDecline(it) && it.updatedAt > since);
}

/**
 * The state with the last comment that was read. Without an approval there is nothing that a decline could end, and
 * our comment stays as it is: an approval counts only after its last edit.
 */
function withRead(context: RequestContext, { issue, comments }: Case, state: RequestState): RequestState {
  const { read, ...others } = state;
  if (state.decision?.kind !== 'approved') return others;
  // Of a closed issue, what others edited is looked at once it is opened again.
  const ids = issue.state === 'open' ? comments.filter(isOfPeople(context)).map(({ id }) => id) : [];
  return { ...others, read: Math.max(read ?? 0, ...ids) };
}

/**
 * The comments of people who may decide that others edited: a decline may have been there, which no text of it shows
 * any more, so each makes an earlier approval void. So does what they made a decline themselves by an edit.
 */
function hidden(context: RequestContext, at: Case): readonly IssueComment[] {
  const possible = possiblyHidden(context, at.comments, at).filter(({ editedBy }) => editedBy === 'others');
  const declined = turnedDown(context, at.comments, at).filter(({ editedBy }) => editedBy === 'author');
  return [...possible, ...declined].filter(({ author }) => deciderBy(context, at, author) !== undefined);
}

/** The logins of people with a command that may count, whose write access `applyCommands` needs to know. */
export function loginsToLookUp(context: RequestContext, at: Case): readonly string[] {
  const logins = newCommands(context, at).map(({ comment }) => comment.author);
  const leads = logins.filter((login) => deciderBy(context, at, login) !== undefined);
  const words = wordsOf(at);
  return [...new Set([...leads, ...(words === undefined ? [] : doneLogins(context, words))])];
}

/** What is to be counted of a request to join; undefined for any other. */
const wordsOf = ({ verdict, comments, state }: Case) =>
  verdict.of === 'join' && verdict.join.kind === 'open'
    ? { joining: verdict.join.joining, comments, since: state.requestedAt, unclear: state.unclear ?? [] }
    : undefined;

/**
 * A request to join with the words that were read. One that came before the last edit of the issue, and that no run had
 * read by then, may be about somebody else whom the issue named for a while.
 */
function withHeard(context: RequestContext, at: Case): Case {
  const words = wordsOf(at);
  if (words === undefined) return at;
  const { stored, state, issue, comments } = at;
  const all = possibleDoneComments(context, comments);
  const heard = Math.max(state.heard ?? 0, ...all.map(({ id }) => id));
  const edited = issue.lastEditedAt ?? Number.NEGATIVE_INFINITY;
  // A state of an earlier version does not say what was read.
  const read = stored === undefined ? 0 : (state.heard ?? heard);
  const missed = all.filter(({ id, createdAt }) => id > read && createdAt <= edited).map(({ id }) => id);
  const unclear = [...new Set([...words.unclear, ...missed])].filter((id) => all.some((it) => it.id === id));
  return { ...at, state: { ...state, heard, unclear: unclear.length === 0 ? undefined : unclear } };
}

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
  const heard = withHeard(context, at);
  let { state } = heard;
  let reply: string | undefined;
  const isOpen = at.issue.state === 'open';
  const edited = isOpen ? hidden(context, at).map((comment) => ({ kind: 'edited', comment }) as const) : [];
  const all = [...newCommands(context, at), ...edited];
  for (const command of all.toSorted((one, other) => saidAt(one) - saidAt(other) || orderOf(one, other))) {
    const { author, id } = command.comment;
    const seen = Math.max(state.seen, id);
    if (command.kind === 'edited') {
      if (state.decision?.kind !== 'approved') continue;
      state = { ...state, seen, decision: undefined, ignored: { why: 'edited', comment: id } };
      continue;
    }
    state = { ...state, seen };
    const decider = writers.has(author) ? deciderBy(context, at, author) : undefined;
    if (decider === undefined) reply = replyText(handbook, decidersOf(context, at));
    else state = applied(command, decider.id, at, state);
  }
  const verdict = countedVerdict(context, heard, writers);
  return { state: withRead(context, at, state), reply, verdict };
}

interface Said {
  readonly kind: Command['kind'] | 'edited';
  readonly comment: IssueComment;
}

/** When a comment got its present text. */
const saidAt = ({ kind, comment }: Said): Instant =>
  kind === 'edited' ? comment.updatedAt : comment.createdAt;

const orderOf = (one: Said, other: Said): number => one.comment.id - other.comment.id;

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
  const isMeant = rest === '' || namesVersion(rest, state.digest);
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
