/** What a run writes to a ticket: the difference between how it should look on GitHub and how it does. Pure. */

import { type ReadTicket, readTicket } from './read-ticket.ts';
import { serviceQuestion, TICKET_MARKER, ticketComment, uncountedComment } from './ticket-comment.ts';
import type { CommentItem, TicketIssue } from './ticket-issue.ts';
import { type LabelChange, labelChange } from './ticket-labels.ts';
import { PAGED, postsFor, type TicketPost } from './ticket-posts.ts';
import { type TicketRun, type TicketView, type UncountedTicket, viewOf } from './ticket-view.ts';

/** Writes in the order in which they are made; each is undefined or empty where nothing has to be written. */
export interface TicketPlan {
  /** The text of the comment that is kept up to date. */
  readonly comment: string | undefined;
  readonly labels: LabelChange;
  readonly posts: readonly TicketPost[];
  /** Whether somebody is to be woken, and has not been yet. */
  readonly pages: boolean;
  readonly closes: boolean;
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
  labels: { add: [], remove: [] },
  posts: [],
  pages: false,
  closes: false,
};

/** Whether a plan writes anything. */
export const isEmptyPlan = ({ comment, labels, posts, pages, closes }: TicketPlan): boolean =>
  comment === undefined && labels.add.length + labels.remove.length + posts.length === 0 && !pages && !closes;

/** Whether a ticket is one whose clocks are known to exist. */
export const isCounted = (view: PlannedTicket['view']): view is TicketView =>
  view !== undefined && 'history' in view;

/** Plans the writes for an issue that is a ticket. */
export function planTicket(run: TicketRun, issue: TicketIssue, writers: ReadonlySet<string>): PlannedTicket {
  const read = readTicket(run, issue, writers);
  const view = hasService(read) ? viewOf(run, read) : undefined;
  const main = mainComment(run, issue);
  // Of an issue that was closed before our first comment, nothing is said any more.
  if (!issue.isOpen && main === undefined) return { issue, view, plan: NOTHING };
  const body = commentFor(run, read, view);
  const comment = main?.body === body ? undefined : body;
  if (!isCounted(view)) return { issue, view, plan: { ...NOTHING, comment } };
  const posts = postsFor(view).filter(({ mark }) => !hasComment(run, issue, mark));
  const isUnsolved = issue.isOpen && view.solvedAt === undefined;
  const pages = run.canPage && isUnsolved && view.course === 'call' && !hasComment(run, issue, PAGED.mark);
  const closes = issue.isOpen && view.solvedAt !== undefined;
  return { issue, view, plan: { comment, labels: labelChange(view), posts, pages, closes } };
}

const hasService = (read: ReadTicket): read is ReadTicket & { readonly service: object } & Served =>
  read.service !== undefined;
type Served = { readonly service: NonNullable<ReadTicket['service']> };

const ownComments = ({ self }: Self, { timeline }: TicketIssue): readonly CommentItem[] =>
  timeline.filter((it): it is CommentItem => it.kind === 'comment' && it.by === self);

type Self = Pick<TicketRun, 'self'>;

/** Whether there is a comment of ours that starts with a mark. */
export const hasComment = (run: Self, issue: TicketIssue, mark: string): boolean =>
  ownComments(run, issue).some(({ body }) => body.startsWith(mark));

/** Our comment that is kept up to date. */
export const mainComment = (run: Self, issue: TicketIssue): CommentItem | undefined =>
  ownComments(run, issue).find(({ body }) => body.startsWith(TICKET_MARKER));

function commentFor(
  { handbook }: TicketRun,
  { faults }: ReadTicket,
  view: TicketView | UncountedTicket | undefined,
): string {
  if (view === undefined) return serviceQuestion(faults, [...handbook.services.keys()].toSorted());
  return isCounted(view) ? ticketComment(view) : uncountedComment(view.why);
}
