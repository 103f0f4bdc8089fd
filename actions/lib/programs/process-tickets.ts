/**
 * The program of the action `tickets`: brings comment, labels and posts of a ticket up to date, and closes it when it
 * counts as solved. All state is on GitHub, and everything is computed from it anew, so that the next run completes one
 * that was stopped at any point. No text of a ticket is logged.
 */
import { addressOf, keyOf } from '../drivers/pagerduty/access.ts';
import { EVENTS_HOSTS, type EventsAccess, sendPage } from '../drivers/pagerduty/events.ts';
import { PagerDutyFault } from '../drivers/pagerduty/fault.ts';
import { readRevision } from '../git/revision.ts';
import { connect } from '../github/connection.ts';
import type { ActionContext } from '../github/context.ts';
import { Issues } from '../github/issues.ts';
import { errorText } from '../github/log.ts';
import { isRateLimit } from '../github/ticket-issues.ts';
import { load, type Texts } from '../load/load.ts';
import type { Handbook } from '../model.ts';
import { plural } from '../text/plural.ts';
import { DutyNow } from '../ticketing/duty-now.ts';
import { type LeftOut, queueSummary } from '../ticketing/queue-summary.ts';
import { isTicket } from '../ticketing/read-ticket.ts';
import { TICKET_MARKER } from '../ticketing/ticket-comment.ts';
import type { TicketIssue } from '../ticketing/ticket-issue.ts';
import { allTicketLabels, ticketLabel } from '../ticketing/ticket-labels.ts';
import {
  hasComment,
  isCounted,
  isEmptyPlan,
  mainComment,
  type PlannedTicket,
  planTicket,
  type TicketPlan,
} from '../ticketing/ticket-plan.ts';
import { NOT_PAGED, PAGED } from '../ticketing/ticket-posts.ts';
import type { TicketRun } from '../ticketing/ticket-view.ts';
import { queueOf } from '../tickets/queue.ts';
import { DAY } from '../time/date.ts';
import { GitHubTickets, ticketContext } from './github-tickets.ts';

/** The pager for critical incidents as it is given; with an empty key nobody is paged. */
interface PagerInputs {
  readonly key: string;
  /** The address of the Events API, if not that of the service region. */
  readonly api: string;
  readonly serviceRegion: string;
}

function pagerOf({ key, api, serviceRegion }: PagerInputs): EventsAccess | undefined {
  if (key === '') return undefined;
  const url = addressOf(api, serviceRegion, EVENTS_HOSTS);
  return { url, key: keyOf(key, 'PAGERDUTY_EVENTS_KEY'), patienceMs: 1000 };
}

/** Where a run writes what people see of it. */
export interface RunOutput {
  readonly info: (line: string) => void;
  readonly error: (line: string) => void;
  readonly summary: (markdown: string) => Promise<void>;
}

/** Processes the ticket that the run's event is about, or all of them, with the committed handbook. */
export async function processTickets(
  action: ActionContext,
  inputs: PagerInputs,
  output: RunOutput,
): Promise<0 | 1> {
  const pager = pagerOf(inputs);
  const texts = readRevision(action.root, 'HEAD');
  if ('trouble' in texts) throw new Error(texts.trouble);
  return processTicketEvent(action, texts, pager, output);
}

/** Processes the ticket that an event is about, or the queue if it is about none. */
export async function processTicketEvent(
  action: ActionContext,
  texts: Texts,
  pager: EventsAccess | undefined,
  output: RunOutput,
): Promise<0 | 1> {
  const { handbook, unreadFiles } = load(texts);
  const trouble =
    `the handbook cannot be read in ${unreadFiles.slice(0, 5).join(', ')}; ` +
    'run "rota check", and mend it, as tickets may be left alone until then';
  if (![...handbook.services.values()].some((it) => handbook.serviceLevels.has(it.serviceLevel ?? ''))) {
    if (unreadFiles.length > 0) throw new Error(trouble);
    output.info('no service has a service level, so there are no tickets');
    return 0;
  }
  const isWhole = unreadFiles.length === 0;
  if (!isWhole) output.error(trouble);
  const work = new TicketWork(action, { handbook, isWhole }, pager, output);
  const { issue } = action.payload;
  let status: 0 | 1 = isWhole ? 0 : 1;
  if (issue === undefined) status = (await work.queue()) === 1 ? 1 : status;
  else if (issue.pull_request === undefined) await work.one(issue.number);
  return status;
}

/** Closed tickets that changed within this time are brought up to date once more, in case their event was lost. */
const CLOSED_SINCE = 7 * DAY;

/** GitHub limits how much is written in an hour. The most urgent come first, and the next run goes on. */
const MOST_WRITTEN = 60;

/** One run of the action. */
class TicketWork {
  readonly #run: TicketRun;
  readonly #output: RunOutput;
  readonly #tickets: GitHubTickets;
  readonly #issues: Issues;
  /** The labels that the repository is known to have. */
  readonly #labels = new Set<string>();
  readonly #slug: string;
  readonly #pager: EventsAccess | undefined;

  constructor(
    action: ActionContext,
    { handbook, isWhole }: { readonly handbook: Handbook; readonly isWhole: boolean },
    pager: EventsAccess | undefined,
    output: RunOutput,
  ) {
    const connection = connect(action);
    const duty = new DutyNow(handbook, action.now);
    const canPage = pager !== undefined;
    const context = ticketContext(handbook, action.commentAuthor, action.now);
    this.#run = { ...context, duty, canPage, isWhole };
    this.#pager = pager;
    this.#slug = `${action.repository.owner}/${action.repository.repo}`;
    this.#output = output;
    this.#tickets = new GitHubTickets(connection, this.#run);
    this.#issues = new Issues(connection);
  }

  /** Brings one ticket up to date, from what GitHub says about it now. */
  async one(number: number): Promise<void> {
    const issue = await this.#tickets.get(number);
    if (issue === undefined || !isTicket(this.#run, issue)) {
      this.#output.info(
        `issue ${number} ${issue === undefined ? 'does not exist any more' : 'is not a ticket'}`,
      );
      return;
    }
    const planned = await this.#plan(issue);
    await this.#carryOut(planned);
    this.#output.info(`issue ${number}: ${stateOf(planned)}`);
  }

  /** Brings every ticket up to date, and shows the queue; 1 if something is missing from it. */
  async queue(): Promise<0 | 1> {
    const { issues, missing: unread } = await this.#tickets.find(this.#run.now - CLOSED_SINCE);
    const { planned, unplanned } = await this.#planAll(issues);
    const missing = [...unread, ...unplanned];
    const events = planned.flatMap(({ view }) => (isCounted(view) ? view.read.events : []));
    const { rows } = queueOf(this.#run.counter, { events, faults: [], at: this.#run.now, all: false });
    const urls = new Map(issues.map(({ number, url }) => [String(number), url]));
    const leftOut = [...missing, ...uncounted(planned)];
    await this.#output.summary(queueSummary({ handbook: this.#run.handbook, rows, urls, leftOut }));
    const order = rows.map(({ ticket }) => Number(ticket));
    const failed = await this.#writeAll(planned, order);
    for (const { number, why } of [...missing, ...failed])
      this.#output.error(
        `${number === undefined ? 'the rest of the list of issues' : `issue ${number}`}: ${why}`,
      );
    const left = missing.length + failed.length;
    this.#output.info(
      `${plural(rows.length, 'ticket')} in the queue${left === 0 ? '' : `, and ${left} not done`}`,
    );
    return left > 0 ? 1 : 0;
  }

  async #plan(issue: TicketIssue): Promise<PlannedTicket> {
    return planTicket(this.#run, issue, await this.#tickets.writersOn(issue));
  }

  /** One ticket of which something cannot be looked up hides no other. */
  async #planAll(issues: readonly TicketIssue[]) {
    const planned: PlannedTicket[] = [];
    const unplanned: LeftOut[] = [];
    for (const issue of issues) {
      try {
        planned.push(await this.#plan(issue));
      } catch (error) {
        unplanned.push({ number: issue.number, why: errorText(error) });
      }
    }
    return { planned, unplanned };
  }

  /** Writes to all tickets to which something is to be written, the most urgent first; returns those that failed. */
  async #writeAll(planned: readonly PlannedTicket[], order: readonly number[]): Promise<readonly LeftOut[]> {
    const place = new Map(order.map((number, i) => [number, i]));
    // Before all others whoever has to be called for an incident, which may have no due instant.
    const rank = ({ issue, view }: PlannedTicket): number =>
      isCounted(view) && view.course !== undefined
        ? -1
        : (place.get(issue.number) ?? Number.MAX_SAFE_INTEGER);
    const due = planned
      .filter(({ plan }) => !isEmptyPlan(plan))
      .toSorted((one, other) => rank(one) - rank(other));
    const failed: LeftOut[] = [];
    if (due.length > 0) await this.#createLabels();
    for (const { issue } of due.slice(0, MOST_WRITTEN)) {
      try {
        // It is read again, because it may have changed while the others were written.
        await this.one(issue.number);
      } catch (error) {
        failed.push({ number: issue.number, why: errorText(error) });
        if (isRateLimit(error)) break;
      }
    }
    if (due.length > MOST_WRITTEN)
      this.#output.info(`${due.length - MOST_WRITTEN} tickets follow in the next run`);
    return failed;
  }

  /** Creates all labels of tickets, so that people can choose them. */
  async #createLabels(): Promise<void> {
    const names = allTicketLabels(this.#run.handbook);
    await this.#issues.createLabels(names.map(ticketLabel));
    for (const name of names) this.#labels.add(name);
  }

  /** First what is said and who is called. A page does not wait for a comment that fails, nor the rest for a page. */
  async #carryOut({ issue, view, plan }: PlannedTicket): Promise<void> {
    const unsaid = await failureOf(this.#say(issue, plan));
    const unpaged = plan.pages && isCounted(view) ? await this.#page(issue, view.service.name) : undefined;
    if (unsaid !== undefined) throw unpaged ?? unsaid.error;
    const { labels, closes } = plan;
    const unknown = labels.add.filter((name) => !this.#labels.has(name));
    await this.#issues.ensureLabels(unknown.map(ticketLabel));
    await this.#issues.changeLabels(issue.number, labels.add, labels.remove);
    if (closes) await this.#issues.close(issue.number, 'completed');
    if (unpaged !== undefined) throw unpaged;
  }

  async #say(issue: TicketIssue, { comment, posts }: TicketPlan): Promise<void> {
    if (comment !== undefined) {
      const main = { mark: TICKET_MARKER, body: comment };
      await this.#issues.writeOnlyComment(issue.number, main, mainComment(this.#run, issue));
    }
    for (const post of posts) await this.#issues.writeOnlyComment(issue.number, post);
  }

  /** Wakes whoever is on call, once for each issue; returns the error if PagerDuty did not take the page. */
  async #page(issue: TicketIssue, service: string): Promise<Error | undefined> {
    const { number, url } = issue;
    if (this.#pager === undefined) return undefined;
    const page = {
      dedupKey: `${this.#slug}#${number}`,
      summary: `Critical incident: ${service} (issue ${number})`,
      source: this.#slug,
      url,
    };
    try {
      await sendPage(this.#pager, page);
      await this.#issues.writeOnlyComment(number, PAGED);
      return undefined;
    } catch (error) {
      if (!(error instanceof PagerDutyFault)) throw error;
      // That nobody was paged is what the run reports, also if it cannot be said on the issue.
      if (!hasComment(this.#run, issue, NOT_PAGED.mark))
        await failureOf(this.#issues.writeOnlyComment(number, NOT_PAGED));
      return error;
    }
  }
}

/** With which error something failed, if it did. */
const failureOf = (work: Promise<void>): Promise<{ readonly error: unknown } | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );

/** What the log says about a ticket: nothing that anybody wrote. */
function stateOf({ issue, view }: PlannedTicket): string {
  if (view === undefined) return 'its service is not known';
  if (!isCounted(view)) return `not counted (${view.code})`;
  if (!issue.isOpen || view.solvedAt !== undefined) return 'solved';
  const { priority = 'no priority', first } = view;
  return `${priority}, ${first === undefined ? 'no clock runs' : `${first.target} ${first.state}`}`;
}

/** The tickets that are not in the queue because of what they are. */
const uncounted = (planned: readonly PlannedTicket[]): readonly LeftOut[] =>
  planned.flatMap((it): LeftOut[] => {
    if (isCounted(it.view)) {
      const { trouble } = it.view;
      return trouble === undefined ? [] : [{ number: it.issue.number, why: trouble }];
    }
    return it.issue.isOpen ? [{ number: it.issue.number, why: stateOf(it) }] : [];
  });
