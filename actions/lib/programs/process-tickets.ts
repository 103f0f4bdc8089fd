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
import { allTicketLabels, PAGED_LABEL, ticketLabel } from '../ticketing/ticket-labels.ts';
import {
  hasComment,
  isCounted,
  isEmptyPlan,
  mainComment,
  type PlannedTicket,
  planTicket,
  withoutCommands,
} from '../ticketing/ticket-plan.ts';
import { NOT_PAGED, PAGED } from '../ticketing/ticket-posts.ts';
import type { TicketRun } from '../ticketing/ticket-view.ts';
import { affordable } from '../ticketing/write-budget.ts';
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
    const { planned, trouble } = await this.#plan(issue);
    const undone = await this.#carryOut(planned);
    const failed = undoneError(
      trouble === undefined ? undone : [...undone, { what: 'commands', error: trouble }],
    );
    if (failed !== undefined) throw failed;
    this.#output.info(`issue ${number}: ${stateOf(planned)}`);
  }

  /** Brings every ticket up to date, and shows the queue; 1 if something is missing from it. */
  async queue(): Promise<0 | 1> {
    const { issues, missing: unread } = await this.#tickets.find(this.#run.now - CLOSED_SINCE);
    const { planned, unsure } = await this.#planAll(issues);
    const missing = [...unread, ...unsure];
    const events = planned.flatMap(({ view }) => (isCounted(view) ? view.read.events : []));
    const { rows } = queueOf(this.#run.counter, { events, faults: [], at: this.#run.now, all: false });
    const urls = new Map(issues.map(({ number, url }) => [String(number), url]));
    const leftOut = [...missing, ...uncounted(planned), ...locked(planned)];
    await this.#output.summary(queueSummary({ handbook: this.#run.handbook, rows, urls, leftOut }));
    const order = rows.map(({ ticket }) => Number(ticket));
    const { failed, troubles } = await this.#writeAll(issues, planned, order);
    for (const trouble of troubles) this.#output.error(trouble);
    for (const { number, why } of [...missing, ...failed])
      this.#output.error(
        `${number === undefined ? 'the rest of the list of issues' : `issue ${number}`}: ${why}`,
      );
    const left = missing.length + failed.length + troubles.length;
    this.#output.info(
      `${plural(rows.length, 'ticket')} in the queue${left === 0 ? '' : `, and ${left} not done`}`,
    );
    return left > 0 ? 1 : 0;
  }

  /** Where it cannot be looked up who may write, what does not depend on it is planned all the same. */
  async #plan(issue: TicketIssue) {
    const { writers, trouble } = await this.#tickets.writersOn(issue);
    const planned = planTicket(this.#run, issue, writers);
    return { planned: trouble === undefined ? planned : withoutCommands(planned), trouble };
  }

  async #planAll(issues: readonly TicketIssue[]) {
    const planned: PlannedTicket[] = [];
    const unsure: LeftOut[] = [];
    for (const issue of issues) {
      const it = await this.#plan(issue);
      planned.push(it.planned);
      if (it.trouble !== undefined) unsure.push({ number: issue.number, why: errorText(it.trouble) });
    }
    return { planned, unsure };
  }

  /** Writes to all tickets to which something is to be written, the most urgent first; returns what failed. */
  async #writeAll(
    issues: readonly TicketIssue[],
    planned: readonly PlannedTicket[],
    order: readonly number[],
  ) {
    const due = planned.filter(({ plan }) => !isEmptyPlan(plan));
    const now = affordable(this.#run, issues, due, order);
    const failed: LeftOut[] = [];
    const unlabelled = now.length > 0 ? await failureOf(this.#createLabels()) : undefined;
    let isLimited = isRateLimit(unlabelled?.error);
    for (const each of now) {
      const { number } = each.issue;
      try {
        // It is read again, because it may have changed while the others were written.
        if (!isLimited) await this.one(number);
        else if (each.plan.pages) await this.#pageOnly(each);
      } catch (error) {
        failed.push({ number, why: errorText(error) });
        isLimited ||= isRateLimit(error);
      }
    }
    if (due.length > now.length)
      this.#output.info(`${plural(due.length - now.length, 'ticket')} follow in the next run`);
    const troubles =
      unlabelled === undefined
        ? []
        : [
            `not all labels of tickets could be created; the next run goes on: ${errorText(unlabelled.error)}`,
          ];
    return { failed, troubles };
  }

  /** Somebody is woken also when GitHub takes nothing more of this run. */
  async #pageOnly({ issue, view }: PlannedTicket): Promise<void> {
    if (!isCounted(view)) return;
    const failed = undoneError(await this.#page(issue, view.service.name));
    if (failed !== undefined) throw failed;
  }

  /** Creates all labels of tickets, so that people can choose them. */
  async #createLabels(): Promise<void> {
    const names = allTicketLabels(this.#run.handbook);
    await this.#issues.createLabels(names.map(ticketLabel));
    for (const name of names) this.#labels.add(name);
  }

  /** First what is said and who is called. A part that fails stops only what depends on it; returns what failed. */
  async #carryOut({ issue, view, plan }: PlannedTicket): Promise<readonly Undone[]> {
    const { number } = issue;
    const undone: Undone[] = [];
    // At a rate limit, whatever else is asked fails, too.
    const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
      const limit = undone.find(({ error }) => isRateLimit(error));
      const failed = limit ?? (await failureOf(work()));
      if (failed !== undefined) undone.push({ what, error: failed.error });
    };
    const { comment, posts, labels, closes } = plan;
    if (comment !== undefined) await attempt('the comment', () => this.#update(issue, comment));
    for (const post of posts)
      await attempt('a comment that calls somebody', () => this.#issues.writeOnlyComment(number, post));
    const isSaid = undone.length === 0;
    if (plan.pages && isCounted(view)) undone.push(...(await this.#page(issue, view.service.name)));
    const { add, remove } = labels;
    if (add.length > 0) await attempt('new labels', () => this.#ensureLabels(add));
    if (add.length + remove.length > 0)
      await attempt('labels', () => this.#issues.changeLabels(number, add, remove));
    // Closed, it would never say why.
    if (closes && isSaid) await attempt('closing it', () => this.#issues.close(number, 'completed'));
    if (plan.unsaid === 'posts') undone.push({ what: 'who is to be called', error: new Error(LOCKED) });
    return undone;
  }

  #update(issue: TicketIssue, comment: string): Promise<void> {
    const main = { mark: TICKET_MARKER, body: comment };
    return this.#issues.writeOnlyComment(issue.number, main, mainComment(this.#run, issue));
  }

  #ensureLabels(names: readonly string[]): Promise<void> {
    return this.#issues.ensureLabels(names.filter((name) => !this.#labels.has(name)).map(ticketLabel));
  }

  /** Wakes whoever is on call, once for each issue; returns what failed. */
  async #page(issue: TicketIssue, service: string): Promise<readonly Undone[]> {
    const { number, url } = issue;
    if (this.#pager === undefined) return [];
    const page = {
      dedupKey: `${this.#slug}#${number}`,
      summary: `Critical incident: ${service} (issue ${number})`,
      source: this.#slug,
      url,
    };
    try {
      await sendPage(this.#pager, page);
    } catch (error) {
      if (!(error instanceof PagerDutyFault)) throw error;
      // That nobody was paged is what the run reports, also if it cannot be said on the issue.
      if (!issue.isLocked && !hasComment(this.#run, issue, NOT_PAGED.mark))
        await failureOf(this.#issues.writeOnlyComment(number, NOT_PAGED));
      return [{ what: 'the page', error }];
    }
    return this.#recordPage(issue);
  }

  /** Either record is enough to page nobody again, and the next run completes the other. */
  async #recordPage({ number, isLocked }: TicketIssue): Promise<readonly Undone[]> {
    await failureOf(this.#ensureLabels([PAGED_LABEL]));
    const unlabelled = await failureOf(this.#issues.changeLabels(number, [PAGED_LABEL], []));
    const unsaid = isLocked ? undefined : await failureOf(this.#issues.writeOnlyComment(number, PAGED));
    const failed = unlabelled === undefined || (!isLocked && unsaid === undefined) ? undefined : unlabelled;
    return failed === undefined ? [] : [{ what: 'the record of the page', ...failed }];
  }
}

/** A part of the work on a ticket that failed. */
interface Undone {
  readonly what: string;
  readonly error: unknown;
}

/** One error that says what was left undone; undefined if nothing was. */
function undoneError(undone: readonly Undone[]): Error | undefined {
  if (undone.length === 0) return undefined;
  const parts = [...new Set(undone.map(({ what }) => what))].join(', ');
  const why = [...new Set(undone.map(({ error }) => errorText(error)))].join('; ');
  const cause = undone.find(({ error }) => isRateLimit(error)) ?? undone[0];
  return new Error(`not done: ${parts}; the next run tries again: ${why}`, { cause: cause?.error });
}

const LOCKED = 'its conversation is locked, so nobody can be called on it; unlock it';

/** The tickets on which something could not be said. */
const locked = (planned: readonly PlannedTicket[]): readonly LeftOut[] =>
  planned.flatMap(({ issue: { number }, plan: { unsaid } }): LeftOut[] => {
    if (unsaid === undefined) return [];
    const comment = 'its conversation is locked, so its comment is out of date';
    return [{ number, why: unsaid === 'posts' ? LOCKED : comment }];
  });

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
