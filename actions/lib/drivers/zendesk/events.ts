/**
 * Makes the events of a ticket from its history in Zendesk, by the map of the policy on tickets. What a comment says is
 * not read; people are ids. Pure.
 *
 * - Comments of agents that are public are replies, and those of rules, merges and bots are a bot's. The comment that
 *   opened a ticket is none. Other people who may write, such as those in copy, start and end nothing; roles are those
 *   of now, and whoever has none counts as an agent.
 * - A custom status that is mapped goes before the status that it belongs to. `solved` is solved unless it is mapped,
 *   and `closed` is always.
 *
 * The pages of https://developer.zendesk.com/documentation/ticketing/reference-guides/ on this:
 * ticket-audit-events-reference, the parts of an update; via-object-reference, which way it came.
 */
import type { TicketPolicy, ZendeskMap } from '../../model.ts';
import type { TicketEvent } from '../../tickets/event.ts';
import type { ReadEvents } from '../../tickets/event-texts.ts';
import type { CodedTicketFault, TicketFault } from '../../tickets/ticket-faults.ts';
import { estimateOf } from '../../time/duration.ts';
import type { Instant } from '../../timeline.ts';
import type { AuditEvent, AuditPage, Via, ZendeskAudit, ZendeskTicket } from './responses.ts';

/** What the handbook says about a ticket of Zendesk. */
export interface TicketTerms {
  readonly policy: TicketPolicy;
  readonly map: ZendeskMap;
  readonly service: string;
  /** Whether the service has priorities at all. */
  readonly hasPriorities: boolean;
}

/** The events of a ticket, and what is wrong with it; neither for a ticket that was merged into another. */
export function eventsOf(ticket: ZendeskTicket, page: AuditPage, terms: TicketTerms): ReadEvents {
  const audits = page.audits.toSorted((one, other) => one.at - other.at || one.id - other.id);
  const [opening] = audits;
  const id = String(ticket.id);
  if (opening === undefined)
    return { events: [], faults: [{ code: 'no-history', args: {}, ticket: id, line: undefined }] };
  if (audits.some(isMergedAway)) return { events: [], faults: [] };
  const reading = new Reading(ticket, page.roles, terms);
  for (const audit of audits) reading.add(audit, audit === opening);
  return reading.result();
}

/** The update that closes a ticket because it was merged into another one. */
const isMergedAway = ({ events }: ZendeskAudit): boolean =>
  events.some(({ via }) => via.relation === 'merge') &&
  events.some((event) => event.kind === 'field' && event.name === 'status' && event.value === 'closed');

/** A status here, or solved. */
type Standing = { readonly kind: 'status'; readonly value: string } | { readonly kind: 'solved' };

type Field = Extract<AuditEvent, { kind: 'field' }>;
type Comment = Extract<AuditEvent, { kind: 'comment' }>;

/** Follows the history of one ticket. */
class Reading {
  readonly #ticket: ZendeskTicket;
  readonly #roles: ReadonlyMap<number, string>;
  readonly #terms: TicketTerms;
  readonly #events: TicketEvent[] = [];
  readonly #faults: TicketFault[] = [];
  /** The status in Zendesk. */
  #status = 'new';
  #customStatus: string | undefined;
  #standing: Standing;

  constructor(ticket: ZendeskTicket, roles: ReadonlyMap<number, string>, terms: TicketTerms) {
    this.#ticket = ticket;
    this.#roles = roles;
    this.#terms = terms;
    this.#standing = { kind: 'status', value: [...terms.policy.statuses.keys()][0] as string };
  }

  result(): ReadEvents {
    return { events: this.#events, faults: this.#faults };
  }

  add({ at: auditedAt, events }: ZendeskAudit, isOpening: boolean): void {
    const { createdAt, requester, subject } = this.#ticket;
    // The server that opened it may have recorded that some seconds earlier or later.
    const at = isOpening ? createdAt : Math.max(auditedAt, createdAt);
    const fields = events.filter((event) => event.kind === 'field');
    if (isOpening)
      this.#push(at, {
        kind: 'opened',
        service: this.#terms.service,
        ...(subject === undefined ? {} : { title: subject }),
        ...(requester === undefined ? {} : { author: String(requester) }),
      });
    for (const field of fields) this.#set(at, field);
    if (!isOpening) for (const event of events) if (event.kind === 'comment') this.#comment(at, event);
    this.#move(at, fields);
  }

  /** A priority or an estimate. One that is taken away stays as it was. */
  #set(at: Instant, { name, value }: Field): void {
    const { map, policy } = this.#terms;
    if (value === undefined || value === '') return;
    if (name === 'priority') this.#prioritise(at, value);
    if (name !== map.estimate?.field) return;
    const estimate = estimateIn(value, map.estimate.unit);
    if (estimateOf(estimate, policy.dayLength) !== undefined)
      this.#push(at, { kind: 'estimate', value: estimate });
    // A field that somebody mistyped leaves no ticket out.
    else this.#fault({ code: 'no-estimate', args: { ticket: String(this.#ticket.id), field: name } }, false);
  }

  #prioritise(at: Instant, name: string): void {
    const { map, policy, hasPriorities } = this.#terms;
    if (map.priorities === undefined || !hasPriorities) return;
    const priority = map.priorities.get(name);
    if (priority !== undefined) this.#push(at, { kind: 'priority', value: priority });
    else this.#fault({ code: 'priority-unmapped', args: { name, policy: policy.id } });
  }

  #comment(at: Instant, { author, isPublic, via }: Comment): void {
    if (!isPublic) this.#push(at, { kind: 'note' });
    else if (isBot(author, via)) this.#push(at, { kind: 'reply', bot: true });
    else if (author === this.#ticket.requester || this.#roles.get(author as number) !== 'end-user')
      this.#push(at, { kind: 'reply', author: String(author) });
  }

  /** The status after an update, which is written in two fields where the account has custom statuses. */
  #move(at: Instant, fields: readonly Field[]): void {
    const lastOf = (name: string) => fields.findLast((field) => field.name === name)?.value;
    const [status, custom] = [lastOf('status'), lastOf('custom_status_id')];
    if (status === undefined && custom === undefined) return;
    // A custom status belongs to one status, so another status alone ends it.
    if (status !== undefined && status !== this.#status) this.#customStatus = undefined;
    this.#status = status ?? this.#status;
    this.#customStatus = custom ?? this.#customStatus;
    const next = standingOf(this.#status, this.#customStatus, this.#terms);
    if (next !== undefined) this.#enter(at, next);
    else
      this.#fault({ code: 'status-unmapped', args: { name: this.#status, policy: this.#terms.policy.id } });
  }

  #enter(at: Instant, next: Standing): void {
    const before = this.#standing;
    this.#standing = next;
    if (next.kind === 'solved') {
      if (before.kind !== 'solved') this.#push(at, { kind: 'solved' });
      return;
    }
    if (before.kind === 'solved') this.#push(at, { kind: 'reopened' });
    else if (before.value === next.value) return;
    this.#push(at, { kind: 'status', value: next.value });
  }

  #push(at: Instant, event: Omit<TicketEvent, 'ticket' | 'at'>): void {
    this.#events.push({ ticket: String(this.#ticket.id), at, ...event });
  }

  /** Each fault once. */
  #fault(fault: CodedTicketFault, leavesOut = true): void {
    const ticket = leavesOut ? String(this.#ticket.id) : undefined;
    if (!this.#faults.some(({ code }) => code === fault.code))
      this.#faults.push({ ...fault, ticket, line: undefined });
  }
}

/** What a status of Zendesk is here; undefined where the policy has no such status and maps it to none. */
function standingOf(
  status: string,
  customStatus: string | undefined,
  { map, policy }: TicketTerms,
): Standing | undefined {
  if (status === 'closed') return { kind: 'solved' };
  const mapped = map.statuses.get(customStatus ?? '') ?? map.statuses.get(status);
  if (mapped !== undefined) return { kind: 'status', value: mapped };
  if (status === 'solved') return { kind: 'solved' };
  const same = status === 'hold' ? 'on-hold' : status;
  return policy.statuses.has(same) ? { kind: 'status', value: same } : undefined;
}

/** Rules, what Zendesk writes itself, and bots; the system is user -1. */
const isBot = (author: number | undefined, { channel, relation }: Via): boolean =>
  author === undefined ||
  author <= 0 ||
  ['rule', 'system'].includes(channel) ||
  channel.startsWith('answer_bot') ||
  relation === 'merge';

/** A number with its unit, or a text such as `3 hours`, which the tag of a choice writes as `3_hours`. */
function estimateIn(value: string, unit: string | undefined): string {
  const text = value.trim().toLowerCase();
  if (unit !== undefined && /^\d{1,7}(\.\d{1,9})?$/.test(text)) return `${+Number(text).toFixed(2)} ${unit}`;
  return text.replaceAll('_', ' ');
}
