/**
 * How much a run writes, so that it stays within what GitHub allows a workflow: 500 new comments an hour, and a
 * thousand requests of its REST API, of which a new comment with its labels takes three. What was posted in the last
 * hour is counted from the timelines, and the next run goes on where this one stops. Pure.
 */
import { HOUR } from '../time/date.ts';
import type { TicketIssue } from './ticket-issue.ts';
import { isCounted, ownComments, type PlannedTicket } from './ticket-plan.ts';
import type { TicketRun } from './ticket-view.ts';

/** Tickets to which one run writes, besides incidents. */
const MOST_TICKETS = 60;

/** How urgent a write is, the most urgent first: an incident, a comment that calls or answers, anything else. */
type Tier = 0 | 1 | 2;

/** New comments in an hour up to which something is written; the rest is left to what is more urgent. */
const MOST_COMMENTS: Readonly<Record<Tier, number>> = { 0: Number.POSITIVE_INFINITY, 1: 400, 2: 250 };

const tierOf = ({ view, plan }: PlannedTicket): Tier => {
  if (isCounted(view) && view.course !== undefined) return 0;
  return plan.posts.length > 0 || plan.unsaid === 'posts' ? 1 : 2;
};

/** What of these plans is written now, in this order; `order` are the numbers of tickets in order of work. */
export function affordable(
  run: Pick<TicketRun, 'self' | 'now'>,
  issues: readonly TicketIssue[],
  plans: readonly PlannedTicket[],
  order: readonly number[],
): readonly PlannedTicket[] {
  const place = new Map(order.map((number, i) => [number, i]));
  const placeOf = ({ issue }: PlannedTicket): number => place.get(issue.number) ?? Number.MAX_SAFE_INTEGER;
  const sorted = plans.toSorted((one, other) => tierOf(one) - tierOf(other) || placeOf(one) - placeOf(other));
  let comments = issues.reduce((sum, issue) => sum + lately(run, issue), 0);
  let tickets = 0;
  return sorted.filter((planned) => {
    const tier = tierOf(planned);
    const added = planned.plan.posts.length + (planned.plan.isFirst ? 1 : 0);
    if (tier > 0 && (tickets >= MOST_TICKETS || (added > 0 && comments + added > MOST_COMMENTS[tier])))
      return false;
    comments += added;
    if (tier > 0) tickets += 1;
    return true;
  });
}

/** How many comments of ours an issue got within the last hour. */
const lately = (run: Pick<TicketRun, 'self' | 'now'>, issue: TicketIssue): number =>
  ownComments(run, issue).filter(({ at }) => at > run.now - HOUR).length;
