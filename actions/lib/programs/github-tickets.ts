/** Reads the tickets of a repository from GitHub: for the action, and as events for the command line. */
import type { Connection } from '../github/connection.ts';
import { Issues } from '../github/issues.ts';
import { errorText } from '../github/log.ts';
import { TicketIssues } from '../github/ticket-issues.ts';
import type { Handbook } from '../model.ts';
import { incidentForm, TICKET_LABEL, ticketForm } from '../requests/forms.ts';
import type { LeftOut } from '../ticketing/queue-summary.ts';
import {
  commandersIn,
  isTicket,
  readTicket,
  SERVICE_PREFIX,
  type TicketContext,
} from '../ticketing/read-ticket.ts';
import type { TicketIssue } from '../ticketing/ticket-issue.ts';
import { allTicketLabels } from '../ticketing/ticket-labels.ts';
import { Counter } from '../tickets/counted-time.ts';
import type { TicketEvent } from '../tickets/event.ts';
import type { Instant } from '../timeline.ts';

/** Tickets, and those that could not be read. */
interface FoundTickets {
  readonly issues: readonly TicketIssue[];
  readonly missing: readonly LeftOut[];
}

/** Who may write, of those of whom that could be looked up; and the error if it could not of all. */
interface Writers {
  readonly writers: ReadonlySet<string>;
  readonly trouble: Error | undefined;
}

/** What tickets of a handbook are read with. */
export const ticketContext = (handbook: Handbook, self: string, now: Instant): TicketContext => ({
  ...{ handbook, self, now },
  counter: new Counter(handbook),
  forms: { ticket: ticketForm(handbook), incident: incidentForm(handbook) },
});

/** A repository may have a label of ours in another case, which is the same label to GitHub. */
class LabelSpelling {
  readonly #ours: ReadonlySet<string>;
  readonly #byLowerCase: ReadonlyMap<string, string>;

  constructor(handbook: Handbook) {
    const services = [...handbook.services.keys()].map((it) => SERVICE_PREFIX + it);
    this.#ours = new Set([...allTicketLabels(handbook), ...services]);
    this.#byLowerCase = new Map(Array.from(this.#ours, (it) => [it.toLowerCase(), it]));
  }

  /** A label as this project writes it; any other as it is. */
  readonly ofLabel = (label: string): string =>
    this.#ours.has(label) ? label : (this.#byLowerCase.get(label.toLowerCase()) ?? label);

  ofIssue({ labels, timeline, ...issue }: TicketIssue): TicketIssue {
    return {
      ...issue,
      labels: labels.map(this.ofLabel),
      timeline: timeline.map((it) => ('label' in it ? { ...it, label: this.ofLabel(it.label) } : it)),
    };
  }
}

/** The tickets of one repository, and who may write there. */
export class GitHubTickets {
  readonly #context: TicketContext;
  readonly #spelling: LabelSpelling;
  readonly #issues: Issues;
  readonly #tickets: TicketIssues;
  /** Who may write, looked up once. */
  readonly #mayWrite = new Map<string, Promise<boolean>>();

  constructor(connection: Connection, context: TicketContext) {
    this.#context = context;
    this.#spelling = new LabelSpelling(context.handbook);
    this.#issues = new Issues(connection);
    this.#tickets = new TicketIssues(connection);
  }

  /** All open tickets, and those of the closed ones with the label that changed since an instant. */
  async find(closedSince: Instant): Promise<FoundTickets> {
    const open = await this.#tickets.listOpen();
    const closed = await this.#closed(closedSince);
    const listed = [...open.issues, ...closed.issues].filter((it) =>
      isTicket(this.#context, { ...it, labels: it.labels.map(this.#spelling.ofLabel) }),
    );
    const reading = await this.#tickets.read([...new Set(listed.map(({ number }) => number))]);
    const issues = reading.issues.map((it) => this.#spelling.ofIssue(it));
    return { issues, missing: [...open.missing, ...closed.missing, ...reading.missing] };
  }

  /** Without them, the open tickets are still worth reading. */
  async #closed(since: Instant): ReturnType<TicketIssues['listClosed']> {
    if (since === Number.POSITIVE_INFINITY) return { issues: [], missing: [] };
    return this.#tickets.listClosed(TICKET_LABEL, since).catch((error: unknown) => ({
      issues: [],
      missing: [{ number: undefined, why: errorText(error) }],
    }));
  }

  /** An issue; undefined if it does not exist. */
  async get(number: number): Promise<TicketIssue | undefined> {
    const issue = await this.#tickets.get(number);
    return issue === undefined ? undefined : this.#spelling.ofIssue(issue);
  }

  /** Those who gave commands on a ticket and may write. */
  async writersOn(issue: TicketIssue): Promise<Writers> {
    const writers = new Set<string>();
    let trouble: unknown;
    for (const login of commandersIn(this.#context, issue))
      try {
        if (await this.#canWrite(login)) writers.add(login);
      } catch (error) {
        trouble ??= error;
      }
    if (trouble === undefined) return { writers, trouble: undefined };
    const why = 'who may write cannot be looked up, so commands wait for the next run';
    return { writers, trouble: new Error(`${why}: ${errorText(trouble)}`, { cause: trouble }) };
  }

  #canWrite(login: string): Promise<boolean> {
    const known = this.#mayWrite.get(login) ?? this.#issues.canWrite(login);
    this.#mayWrite.set(login, known);
    return known;
  }
}

/**
 * The events of all tickets of a repository, and which are not among them. The closed ones are those with the label; an
 * instant limits them to those that changed since, and infinity leaves them out.
 */
export async function ticketEventsOn(
  connection: Connection,
  handbook: Handbook,
  { now, closedSince }: { readonly now: Instant; readonly closedSince: Instant },
): Promise<{ readonly events: readonly TicketEvent[]; readonly missing: readonly LeftOut[] }> {
  const context = ticketContext(handbook, connection.self, now);
  const tickets = new GitHubTickets(connection, context);
  const { issues, missing } = await tickets.find(closedSince);
  const events: TicketEvent[] = [];
  const unknown: LeftOut[] = [];
  for (const issue of issues) {
    const { writers, trouble } = await tickets.writersOn(issue);
    if (trouble !== undefined) unknown.push({ number: issue.number, why: errorText(trouble) });
    const read = readTicket(context, issue, writers);
    if (read.service === undefined) unknown.push({ number: issue.number, why: 'its service is not known' });
    for (const event of read.events) events.push(event);
  }
  return { events, missing: [...missing, ...unknown] };
}
