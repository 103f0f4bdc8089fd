/**
 * The events of one ticket as a history: which priority and status it had when, when it was solved, and when it was
 * answered. A ticket of which something cannot be true has faults instead.
 *
 * A ticket is solved by an event, or after it has been in a status for its `solved_after`, which the same status set
 * again does not restart. A status that is set while a ticket counts as solved by its status re-opens it into the new
 * one. A status that is set while an event says that it is solved changes nothing, also when the ticket is re-opened.
 * It is no fault, because the labels of a closed issue may be changed, and that shall not lose the ticket.
 */
import {
  type Handbook,
  isUnread,
  priorityIds,
  type Service,
  type ServiceLevel,
  type TicketPolicy,
  USUAL_STATUSES,
} from '../model.ts';
import { Suggestions } from '../text/suggest.ts';
import { HOUR } from '../time/date.ts';
import { after, type Duration, estimateOf } from '../time/duration.ts';
import { type Zone, zoneOf } from '../time/zone.ts';
import type { Instant, Interval } from '../timeline.ts';
import type { ClockInput } from './clock-run.ts';
import type { TicketEvent } from './event.ts';
import { type CodedTicketFault, shortName, type TicketFault } from './ticket-faults.ts';

/** What happened to one ticket, in order of time. */
export interface TicketHistory extends ClockInput {
  readonly ticket: string;
  readonly title: string | undefined;
  readonly author: string | undefined;
  readonly events: readonly TicketEvent[];
  /** Each estimate in milliseconds of work, from when on. */
  readonly estimates: readonly { readonly at: Instant; readonly length: number }[];
  /** Undefined for a service without one, see `statusesOf`. */
  readonly policy: TicketPolicy | undefined;
}

/** The statuses of tickets, of which the first is that of a new one. A service without a policy on them has four. */
export const statusesOf = (policy: TicketPolicy | undefined): readonly string[] =>
  policy === undefined ? USUAL_STATUSES : [...policy.statuses.keys()];

/** The length of a day of an estimate where no policy says it. */
const DAY_LENGTH = 7 * HOUR;

/**
 * The history of a ticket from all of its events, in any order; events of one instant keep theirs. `suggestions` limits
 * how many misspelt names are compared with those that exist.
 */
export function historyOf(
  handbook: Handbook,
  events: readonly TicketEvent[],
  suggestions = new Suggestions(),
): TicketHistory | readonly TicketFault[] {
  const sorted = inOrder(events);
  const opening = sorted.find(({ kind }) => kind === 'opened');
  if (opening === undefined) {
    const [first] = sorted;
    return first === undefined ? [] : [faultAt(first, { code: 'not-opened', args: {} })];
  }
  const rules = rulesOf(handbook, opening.service ?? '', suggestions);
  if ('code' in rules) return [faultAt(opening, rules)];
  const names = new Names(rules, suggestions);
  const course = new Course(rules);
  const faults = sorted.flatMap((event) => {
    const fault = misplaced(event, opening) ?? names.faultOf(event) ?? course.add(event);
    return fault === undefined ? [] : [faultAt(event, fault)];
  });
  return faults.length > 0 ? faults : { ...course.result(), ...partsOf(opening, rules), events: sorted };
}

const partsOf = ({ ticket, title, author, at: openedAt }: TicketEvent, { service, policy }: Rules) => ({
  ticket,
  title,
  author,
  openedAt,
  service,
  policy,
});

/** In order of time. An opening comes before what happened at the same instant. */
const inOrder = (events: readonly TicketEvent[]): readonly TicketEvent[] =>
  events.toSorted(
    (one, other) => one.at - other.at || Number(other.kind === 'opened') - Number(one.kind === 'opened'),
  );

const faultAt = ({ ticket, line }: TicketEvent, fault: CodedTicketFault): TicketFault => ({
  ...fault,
  ticket,
  line,
});

/** What the handbook says about the tickets of a service. */
interface Rules {
  readonly service: Service;
  readonly level: ServiceLevel | undefined;
  readonly policy: TicketPolicy | undefined;
  readonly statuses: readonly string[];
  /** Local days are those of the support hours. */
  readonly zone: Zone;
}

function rulesOf(handbook: Handbook, id: string, suggestions: Suggestions): Rules | CodedTicketFault {
  const service = handbook.services.get(id);
  if (service === undefined) {
    if (isUnread(handbook, 'services', id)) return unread('the entry', id);
    const nearest = suggestions.nearest(id, handbook.services.keys());
    return {
      code: 'service-unknown',
      args: { name: shortName(id), nearest, names: [...handbook.services.keys()] },
    };
  }
  const level = handbook.serviceLevels.get(service.serviceLevel ?? '');
  const hours = handbook.hours.get(level?.hours ?? '');
  if (level === undefined && service.serviceLevel !== undefined) return unread('the service level', id);
  if (level !== undefined && hours === undefined) return unread('the support hours', id);
  const policy = handbook.ticketPolicies.get(service.tickets ?? '');
  if (policy === undefined && service.tickets !== undefined) return unread('the policy on tickets', id);
  return { service, level, policy, statuses: statusesOf(policy), zone: hours?.zone ?? zoneOf('UTC') };
}

const unread = (what: string, service: string): CodedTicketFault => ({
  code: 'unread',
  args: { what, service },
});

/** An event before the opening, or a second opening. */
function misplaced(event: TicketEvent, opening: TicketEvent): CodedTicketFault | undefined {
  const { kind, at } = event;
  if (kind === 'opened')
    return event === opening ? undefined : { code: 'opened-twice', args: { line: opening.line } };
  return at < opening.at ? { code: 'before-opening', args: { kind, openedAt: opening.at } } : undefined;
}

/** Finds names and estimates that the handbook does not have. */
class Names {
  readonly #rules: Rules;
  readonly #suggestions: Suggestions;

  constructor(rules: Rules, suggestions: Suggestions) {
    this.#rules = rules;
    this.#suggestions = suggestions;
  }

  faultOf({ kind, value = '', priority }: TicketEvent): CodedTicketFault | undefined {
    switch (kind) {
      case 'opened':
        return priority === undefined ? undefined : this.#priority(priority);
      case 'priority':
        return this.#priority(value);
      case 'status':
        return this.#rules.statuses.includes(value)
          ? undefined
          : { code: 'status-unknown', args: this.#unknown(value, this.#rules.statuses) };
      case 'estimate':
        return lengthIn(value, this.#rules) === undefined
          ? { code: 'estimate', args: { value: shortName(value) } }
          : undefined;
      default:
        return undefined;
    }
  }

  #priority(name: string): CodedTicketFault | undefined {
    const { level, service } = this.#rules;
    if (level === undefined)
      return { code: 'no-priorities', args: { name: shortName(name), service: service.id } };
    if (level.terms.some(({ priorities }) => priorities.has(name))) return undefined;
    const args = { ...this.#unknown(name, [...priorityIds(level)]), serviceLevel: level.id };
    return { code: 'priority-unknown', args };
  }

  #unknown(name: string, names: readonly string[]) {
    return { name: shortName(name), nearest: this.#suggestions.nearest(name, names), names };
  }
}

const lengthIn = (estimate: string, { policy }: Rules): number | undefined =>
  estimateOf(estimate, policy?.dayLength ?? DAY_LENGTH);

/** Follows the status of a ticket through its events, in their order. */
class Course {
  readonly #rules: Rules;
  readonly #priorities: { readonly at: Instant; readonly priority: string }[] = [];
  readonly #statuses: { readonly at: Instant; readonly status: string }[] = [];
  readonly #estimates: { readonly at: Instant; readonly length: number }[] = [];
  readonly #replies: Instant[] = [];
  readonly #solved: Interval[] = [];
  #author: string | undefined;
  #solvedAt: Instant | undefined;
  /** Whether an event says that it is solved. */
  #isSaid = false;
  /** When it counts as solved if its status stays the same; infinity for never. */
  #solvesAt: Instant = Number.POSITIVE_INFINITY;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** Follows an event; the fault of one that cannot be true. */
  add(event: TicketEvent): CodedTicketFault | undefined {
    const { kind, at, value = '' } = event;
    this.#expire(at);
    switch (kind) {
      case 'opened':
        this.#open(event);
        return undefined;
      case 'priority':
        this.#prioritise(at, value);
        return undefined;
      case 'estimate':
        this.#estimates.push({ at, length: lengthIn(value, this.#rules) as number });
        return undefined;
      case 'reply':
        if (event.bot !== true && (event.author === undefined || event.author !== this.#author))
          this.#replies.push(at);
        return undefined;
      case 'note':
        return undefined;
      case 'status':
        if (!this.#isSaid) this.#enter(at, value);
        return undefined;
      case 'solved':
        return this.#solve(at);
      case 'reopened':
        return this.#reopen(at);
    }
  }

  result() {
    this.#expire(Number.POSITIVE_INFINITY);
    const last =
      this.#solvedAt === undefined ? [] : [{ startAt: this.#solvedAt, endAt: Number.POSITIVE_INFINITY }];
    return {
      priorities: this.#priorities,
      statuses: this.#statuses,
      estimates: this.#estimates,
      replies: this.#replies,
      solved: [...this.#solved, ...last],
    };
  }

  #open({ at, author, priority }: TicketEvent): void {
    this.#author = author;
    if (priority !== undefined) this.#prioritise(at, priority);
    this.#enter(at, this.#rules.statuses[0] as string);
  }

  #prioritise(at: Instant, priority: string): void {
    if (this.#priorities.at(-1)?.priority !== priority) this.#priorities.push({ at, priority });
  }

  /** Sets a status, which ends a time of being solved. The same status again changes nothing. */
  #enter(at: Instant, status: string): void {
    if (this.#solvedAt === undefined && this.#statuses.at(-1)?.status === status) return;
    if (this.#solvedAt !== undefined && this.#solvedAt < at)
      this.#solved.push({ startAt: this.#solvedAt, endAt: at });
    this.#solvedAt = undefined;
    this.#isSaid = false;
    this.#statuses.push({ at, status });
    const solvedAfter: Duration | undefined = this.#rules.policy?.statuses.get(status)?.solvedAfter;
    this.#solvesAt =
      solvedAfter === undefined ? Number.POSITIVE_INFINITY : after(this.#rules.zone, at, solvedAfter);
  }

  /** Whether its status has made it solved by an instant. */
  #expire(at: Instant): void {
    if (this.#solvedAt === undefined && this.#solvesAt <= at && Number.isFinite(this.#solvesAt))
      this.#solvedAt = this.#solvesAt;
  }

  #solve(at: Instant): CodedTicketFault | undefined {
    if (this.#isSaid) return { code: 'solved-twice', args: { solvedAt: this.#solvedAt as Instant } };
    this.#isSaid = true;
    this.#solvedAt ??= at;
    return undefined;
  }

  #reopen(at: Instant): CodedTicketFault | undefined {
    if (this.#solvedAt === undefined) return { code: 'not-solved', args: {} };
    this.#enter(at, this.#rules.statuses[1] as string);
    return undefined;
  }
}
