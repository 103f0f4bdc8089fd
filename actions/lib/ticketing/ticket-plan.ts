/** What a run writes to a ticket: the difference between how it should look on GitHub and how it does. Pure. */

import { type ReadTicket, readTicket } from './read-ticket.ts';
import {
  serviceQuestion,
  TICKET_MARKER,
  ticketComment,
  uncountedComment,
  unreadComment,
} from './ticket-comment.ts';
import type { CommentItem, TicketIssue } from './ticket-issue.ts';
import { type LabelChange, labelChange, PAGED_LABEL } from './ticket-labels.ts';
import { isIncidentMark, PAGED, postsFor, type TicketPost } from './ticket-posts.ts';
import { type TicketRun, type TicketView, type UncountedTicket, viewOf } from './ticket-view.ts';

/** Writes in the order in which they are made; each is undefined or empty where nothing has to be written. */
export interface TicketPlan {
  /** The text of the comment that is kept up to date. */
  readonly comment: string | undefined;
  /** Whether it is a new one. */
  readonly isFirst: boolean;
  readonly labels: LabelChange;
  readonly posts: readonly TicketPost[];
  /** Whether somebody is to be woken, and has not been yet. */
  readonly pages: boolean;
  readonly closes: boolean;
  /** What cannot be said because the conversation is locked. */
  readonly unsaid: 'comment' | 'posts' | undefined;
}

/** A ticket, how it stands, and what has to be written. */
export interface PlannedTicket {
  readonly issue: TicketIssue;
  /** Undefined while its service is not known. */
  readonly view: TicketView | UncountedTicket | undefined;
  readonly plan: TicketPlan;
}

const NOTHING: TicketPlan = {
  comment: undefined,
  isFirst: false,
  labels: { add: [], remove: [] },
  posts: [],
  pages: false,
  closes: false,
  unsaid: undefined,
};

/** Whether a plan writes anything. */
export const isEmptyPlan = ({ comment, labels, posts, pages, closes, unsaid }: TicketPlan): boolean =>
  comment === undefined &&
  labels.add.length + labels.remove.length + posts.length === 0 &&
  !pages &&
  !closes &&
  unsaid !== 'posts';

/** Whether a ticket is one whose clocks are known to exist. */
export const isCounted = (view: PlannedTicket['view']): view is TicketView =>
  view !== undefined && 'history' in view;

/** Plans the writes for an issue that is a ticket. */
export function planTicket(run: TicketRun, issue: TicketIssue, writers: ReadonlySet<string>): PlannedTicket {
  const planned = planUnlocked(run, issue, writers);
  const { comment, posts } = planned.plan;
  if (!issue.isLocked || (comment === undefined && posts.length === 0)) return planned;
  const unsaid = posts.length > 0 ? 'posts' : 'comment';
  return { ...planned, plan: { ...planned.plan, comment: undefined, isFirst: false, posts: [], unsaid } };
}

/**
 * Of a plan, what does not depend on commands of which it is not known whether they count: who is called for an
 * incident. Somebody who is called for nothing is the smaller harm.
 */
export const withoutCommands = ({
  plan: { posts, pages, unsaid },
  ...planned
}: PlannedTicket): PlannedTicket => ({
  ...planned,
  plan: { ...NOTHING, posts: posts.filter(({ mark }) => isIncidentMark(mark)), pages, unsaid },
});

/** The same as if everything could be said. */
function planUnlocked(run: TicketRun, issue: TicketIssue, writers: ReadonlySet<string>): PlannedTicket {
  const read = readTicket(run, issue, writers);
  const view = hasService(read) ? viewOf(run, read) : undefined;
  const main = mainComment(run, issue);
  // Of an issue that was closed before our first comment, nothing is said any more.
  if (!issue.isOpen && main === undefined) return { issue, view, plan: NOTHING };
  const body = commentFor(run, read, view) ?? main?.body ?? unreadComment(read.incident !== undefined);
  const comment = main?.body === body ? undefined : body;
  const first = { comment, isFirst: main === undefined };
  if (!isCounted(view)) return { issue, view, plan: { ...NOTHING, ...first } };
  const paged = pagedBy(run, issue);
  const wanted = paged === undefined ? postsFor(view) : [...postsFor(view), PAGED];
  const posts = wanted.filter(({ mark }) => !hasComment(run, issue, mark));
  const isUnsolved = issue.isOpen && view.solvedAt === undefined;
  const pages = run.canPage && isUnsolved && view.course === 'call' && paged === undefined;
  const closes = issue.isOpen && view.solvedAt !== undefined;
  const { add, remove } = labelChange(view);
  const labels = { add: paged === 'comment' ? [...add, PAGED_LABEL] : add, remove };
  return { issue, view, plan: { ...NOTHING, ...first, labels, posts, pages, closes } };
}

const hasService = (read: ReadTicket): read is ReadTicket & { readonly service: object } & Served =>
  read.service !== undefined;
type Served = { readonly service: NonNullable<ReadTicket['service']> };

/** Our comments on an issue. */
export const ownComments = ({ self }: Self, { timeline }: TicketIssue): readonly CommentItem[] =>
  timeline.filter((it): it is CommentItem => it.kind === 'comment' && it.by === self);

type Self = Pick<TicketRun, 'self'>;

/** Whether there is a comment of ours that starts with a mark. */
export const hasComment = (run: Self, issue: TicketIssue, mark: string): boolean =>
  ownComments(run, issue).some(({ body }) => body.startsWith(mark));

/**
 * By what it is known that an incident was paged: by our label, also after somebody removed it, or by our comment
 * alone. There are both, because a locked conversation takes no comment; a run that is killed between them leaves one.
 */
function pagedBy(run: Self, issue: TicketIssue): 'label' | 'comment' | undefined {
  const isLabelled = issue.timeline.some(
    (it) => it.kind === 'labelled' && it.by === run.self && it.label === PAGED_LABEL,
  );
  if (isLabelled) return 'label';
  return hasComment(run, issue, PAGED.mark) ? 'comment' : undefined;
}

/** Our comment that is kept up to date. */
export const mainComment = (run: Self, issue: TicketIssue): CommentItem | undefined =>
  ownComments(run, issue).find(({ body }) => body.startsWith(TICKET_MARKER));

/** Undefined where the handbook does not say enough: what an earlier run said is better than a wrong question. */
function commentFor(
  { handbook, isWhole }: TicketRun,
  { faults, incident }: ReadTicket,
  view: TicketView | UncountedTicket | undefined,
): string | undefined {
  if (view === undefined && !isWhole) return undefined;
  if (view === undefined)
    return serviceQuestion(faults, [...handbook.services.keys()].toSorted(), incident !== undefined);
  return isCounted(view) ? ticketComment(view) : uncountedComment(view.why);
}
