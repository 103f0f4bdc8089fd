/** Reads the events of the tickets of a Zendesk account that an instant's queue needs. */
import type { Handbook, TicketPolicy, ZendeskMap, ZendeskMatch } from '../../model.ts';
import type { TicketEvent } from '../../tickets/event.ts';
import type { ReadEvents } from '../../tickets/event-texts.ts';
import type { TicketFault } from '../../tickets/ticket-faults.ts';
import { DAY } from '../../time/date.ts';
import type { Instant } from '../../timeline.ts';
import type { Zendesk } from './client.ts';
import { eventsOf, type TicketTerms } from './events.ts';
import type { ZendeskTicket } from './responses.ts';

/** Which tickets are read. */
export interface ZendeskQuery {
  /** The instant of the queue. */
  readonly at: Instant;
  /** Tickets to which nothing has happened since then are not seen. */
  readonly since: Instant;
  /** Whether tickets that were solved lately are read, too. */
  readonly all: boolean;
}

/** Solved tickets that changed in this time before the queue's instant were solved lately. */
const LATELY = 7 * DAY;

/** Histories that are read at once: a queue of hundreds would take minutes one by one. */
const AT_ONCE = 4;

/** Tickets that belong to no service are listed by their organization, up to this many of them. */
const MOST_ORGANIZATIONS = 10;

/** Reads the tickets that are not solved, and their events. What cannot be read of one ticket is a fault. */
export async function readZendesk(
  client: Zendesk,
  handbook: Handbook,
  query: ZendeskQuery,
  progress: (doing: string) => void,
): Promise<ReadEvents> {
  const maps = zendeskMaps(handbook);
  const needed = new Map<number, ZendeskTicket>();
  let count = 0;
  for await (const page of client.tickets(query.since)) {
    count += page.length;
    progress(`reading tickets: ${count}`);
    // A ticket that changed meanwhile comes again, perhaps as deleted.
    for (const ticket of page) {
      if (isNeeded(ticket, maps, query)) needed.set(ticket.id, ticket);
      else needed.delete(ticket.id);
    }
  }
  const matched = [...needed.values()].map((ticket) => ({ ticket, match: matchOf(ticket, maps) }));
  const own = matched.flatMap(({ ticket, match }) => {
    const terms = match && termsOf(match, handbook);
    return terms === undefined ? [] : [{ ticket, terms }];
  });
  const unmatched = matched.flatMap(({ ticket, match }) => (match === undefined ? [ticket] : []));
  const read = await readHistories(client, own, progress);
  return { events: read.events, faults: [...read.faults, ...withoutService(unmatched)] };
}

/** A policy with its map. */
interface MappedPolicy {
  readonly policy: TicketPolicy;
  readonly map: ZendeskMap;
}

/** The policies that say which tickets of Zendesk are theirs, in order of their ids. */
export const zendeskMaps = ({ ticketPolicies }: Handbook): readonly MappedPolicy[] =>
  [...ticketPolicies.values()].flatMap((policy) =>
    policy.zendesk === undefined ? [] : [{ policy, map: policy.zendesk }],
  );

function isNeeded(ticket: ZendeskTicket, maps: readonly MappedPolicy[], { at, all }: ZendeskQuery): boolean {
  const { status, createdAt, updatedAt, tags } = ticket;
  // Zendesk tags what was merged into another ticket.
  if (status === 'deleted' || tags.includes('closed_by_merge') || createdAt > at) return false;
  const map = matchOf(ticket, maps)?.map;
  const isOver = status === 'closed' || (status === 'solved' && !isMapped(ticket, map));
  // What changed after the queue's instant may not have been solved then.
  return !isOver || updatedAt > at || (all && updatedAt >= at - LATELY);
}

const isMapped = ({ status, customStatus }: ZendeskTicket, map: ZendeskMap | undefined): boolean =>
  map !== undefined && (map.statuses.has(customStatus ?? '') || map.statuses.has(status));

interface Matched extends MappedPolicy {
  /** Undefined for a ticket that concerns no service. */
  readonly service: string | undefined;
}

/** The first entry of all policies that a ticket matches. */
function matchOf(ticket: ZendeskTicket, maps: readonly MappedPolicy[]): Matched | undefined {
  for (const { policy, map } of maps) {
    const match = map.services.find((it) => matches(ticket, it));
    if (match !== undefined) return { policy, map, service: match.service };
  }
  return undefined;
}

const matches = (ticket: ZendeskTicket, { organization, brand, group, tag }: ZendeskMatch): boolean =>
  (organization === undefined || organization === ticket.organization) &&
  (brand === undefined || brand === ticket.brand) &&
  (group === undefined || group === ticket.group) &&
  (tag === undefined || ticket.tags.includes(tag));

const termsOf = ({ policy, map, service }: Matched, { services }: Handbook): TicketTerms | undefined =>
  service === undefined
    ? undefined
    : { policy, map, service, hasPriorities: services.get(service)?.serviceLevel !== undefined };

/** The events of each ticket, in order of the tickets. */
async function readHistories(
  client: Zendesk,
  tickets: readonly { readonly ticket: ZendeskTicket; readonly terms: TicketTerms }[],
  progress: (doing: string) => void,
): Promise<ReadEvents> {
  const read: ReadEvents[] = [];
  const open = [...tickets.entries()];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const [i, { ticket, terms }] = next;
      const audits = await client.audits(ticket.id);
      read[i] = audits === undefined ? gone(ticket) : eventsOf(ticket, audits, terms);
      progress(`reading histories: ${++done} of ${tickets.length}`);
    }
  };
  const stop = (error: unknown): never => {
    // The others finish what they have begun.
    open.length = 0;
    throw error;
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => work().catch(stop)));
  for (const it of ended) if (it.status === 'rejected') throw it.reason;
  const events: TicketEvent[] = [];
  for (const own of read) for (const event of own.events) events.push(event);
  return { events, faults: read.flatMap(({ faults }) => faults) };
}

const gone = ({ id }: ZendeskTicket): ReadEvents => ({
  events: [],
  faults: [{ code: 'gone', args: {}, ticket: String(id), line: undefined }],
});

/** The tickets of each organization that belong to no service; most tickets first. */
function withoutService(tickets: readonly ZendeskTicket[]): readonly TicketFault[] {
  const groups = [...Map.groupBy(tickets, ({ organization }) => organization)]
    .map(([organization, own]) => ({ organization, ids: own.map(({ id }) => id).sort((a, b) => a - b) }))
    .toSorted(
      (one, other) =>
        other.ids.length - one.ids.length || (one.organization ?? 0) - (other.organization ?? 0),
    );
  const more = groups.slice(MOST_ORGANIZATIONS);
  const place = { ticket: undefined, line: undefined };
  return [
    ...groups.slice(0, MOST_ORGANIZATIONS).map(({ organization, ids }) => ({
      code: 'no-service' as const,
      args: { count: ids.length, organization, ticket: String(ids[0]) },
      ...place,
    })),
    ...(more.length === 0
      ? []
      : [
          {
            code: 'no-service-more' as const,
            args: { count: more.flatMap(({ ids }) => ids).length, organizations: more.length },
            ...place,
          },
        ]),
  ];
}
