/**
 * The client of Zendesk's Support API: reads tickets and their history, reads the members of groups, and adds and
 * removes members; it changes nothing else. Waits out the rate limit, which for the export is 10 requests a minute,
 * retries requests that are safe to repeat, and repeats a POST only when it was certainly not carried out.
 *
 * - The export: https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/
 * - The history of a ticket: https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_audits/
 * - Members of groups: https://developer.zendesk.com/api-reference/ticketing/groups/group_memberships/
 * - Rate limits: https://developer.zendesk.com/api-reference/introduction/rate-limits/
 * - Pages of a list: https://developer.zendesk.com/api-reference/introduction/pagination/
 */
import ky, { HTTPError, type KyInstance, type Options } from '#ky';
import { boundedFetch, RefusedResponse } from '../../text/bounded-fetch.ts';
import { connectionError } from '../../text/service-request.ts';
import type { Instant } from '../../timeline.ts';
import { ZendeskFault } from './fault.ts';
import {
  type AuditPage,
  auditPage,
  type GroupMembers,
  memberPage,
  type Page,
  searchCount,
  ticketPage,
  UnreadablePart,
  userList,
  type ZendeskTicket,
  type ZendeskUser,
} from './responses.ts';

/** The account to connect to, and how. */
interface ZendeskAccess {
  /** `https://example.zendesk.com`. */
  readonly url: string;
  /** The header that authorizes requests. */
  readonly authorization: string;
  /** The wait before the first retry if Zendesk gives none; each further retry waits twice as long. */
  readonly patienceMs: number;
}

/** A page of 1,000 tickets, each with a description of up to 64 KiB, is mostly far smaller than this. */
const MOST_RESPONSE_BYTES = 64 * 1024 ** 2;

/** A longer wait ends the run. */
const LONGEST_WAIT_MS = 90_000;

/** More pages than any list has: a million tickets, or 100,000 updates of one. */
const MOST_PAGES = 1000;

/** The most users that one request may ask for. */
const MOST_USERS = 100;

/** One Zendesk account. */
export class Zendesk {
  readonly #ky: KyInstance;
  readonly #host: string;
  readonly #counts = { reads: 0, writes: 0 };

  constructor({ url, authorization, patienceMs }: ZendeskAccess) {
    this.#host = new URL(url).host;
    this.#ky = ky.create({
      prefix: `${url.replace(/\/$/, '')}/api/v2`,
      // A redirect would send the token to another host.
      redirect: 'manual',
      timeout: 60_000,
      fetch: boundedFetch(globalThis.fetch, MOST_RESPONSE_BYTES),
      headers: { authorization, accept: 'application/json' },
      retry: {
        limit: 5,
        methods: ['get', 'delete'],
        statusCodes: [408, 429, 500, 502, 503, 504],
        maxRetryAfter: LONGEST_WAIT_MS,
        retryOnTimeout: true,
        delay: (attempt) => patienceMs * 2 ** (attempt - 1),
      },
    });
  }

  /** The number of requests so far, without retries. */
  get counts(): { readonly reads: number; readonly writes: number } {
    return { ...this.#counts };
  }

  /**
   * The tickets that were made or changed since an instant, page by page, in order of their last change. One that
   * changes meanwhile comes again. Those of the last minute are left out by Zendesk.
   */
  async *tickets(since: Instant): AsyncGenerator<readonly ZendeskTicket[]> {
    const path = 'incremental/tickets/cursor.json';
    const search = { start_time: String(Math.floor(since / 1000)) };
    yield* this.#pages(path, search, ticketPage, (cursor) => ({ cursor }));
  }

  /** The history of a ticket, or undefined if it no longer exists. */
  async audits(ticket: number): Promise<AuditPage | undefined> {
    const path = `tickets/${ticket}/audits.json`;
    const search = { 'page[size]': '100', include: 'users' };
    const pages = await this.#existing(path, search, auditPage);
    return (
      pages && {
        audits: pages.flatMap(({ audits }) => audits),
        roles: new Map(pages.flatMap(({ roles }) => [...roles])),
      }
    );
  }

  /** The members of a group, or undefined if there is no such group. */
  async groupMembers(group: number): Promise<GroupMembers | undefined> {
    const path = `groups/${group}/memberships.json`;
    const search = { 'page[size]': '100', include: 'users' };
    const pages = await this.#existing(path, search, memberPage);
    return (
      pages && {
        memberships: pages.flatMap(({ memberships }) => memberships),
        users: new Map(pages.flatMap(({ users }) => [...users])),
      }
    );
  }

  /** The users with these ids who exist. */
  async users(ids: readonly number[]): Promise<ReadonlyMap<number, ZendeskUser>> {
    const found = new Map<number, ZendeskUser>();
    for (let from = 0; from < ids.length; from += MOST_USERS) {
      const search = { ids: ids.slice(from, from + MOST_USERS).join(',') };
      for (const [id, user] of await this.#get('users/show_many.json', search, userList)) found.set(id, user);
    }
    return found;
  }

  /** How many unsolved tickets of a group are assigned to a user; a change is counted some minutes later. */
  async openTickets(group: number, user: number): Promise<number> {
    const query = `type:ticket status<solved group:${group} assignee:${user}`;
    return this.#get('search/count.json', { query }, searchCount);
  }

  /** Makes a user a member of a group. It is not repeated after a lost response: read the members to see. */
  async addMember(group: number, user: number): Promise<void> {
    await this.#write('post', 'group_memberships.json', {
      group_membership: { user_id: user, group_id: group },
    });
  }

  /**
   * Removes a membership. Zendesk then takes the user's unsolved tickets of that group from them. Ignores that it no
   * longer exists: an earlier attempt may have removed it, and its response may have been lost.
   */
  async removeMember(membership: number): Promise<void> {
    try {
      await this.#write('delete', `group_memberships/${membership}.json`);
    } catch (error) {
      if (!(error instanceof ZendeskFault && error.status === 404)) throw error;
    }
  }

  /** All pages of a list of something, or undefined if that does not exist. */
  async #existing<T>(
    path: string,
    search: Readonly<Record<string, string>>,
    parse: (response: unknown) => Page<T>,
  ): Promise<readonly T[] | undefined> {
    const pages: T[] = [];
    try {
      const all = this.#pages(path, search, parse, (cursor) => ({ ...search, 'page[after]': cursor }));
      for await (const page of all) pages.push(page);
    } catch (error) {
      if (error instanceof ZendeskFault && error.status === 404) return undefined;
      throw error;
    }
    return pages;
  }

  /** All pages of a list; a cursor that leads back, or a list without end, is a fault. */
  async *#pages<T>(
    path: string,
    first: Readonly<Record<string, string>>,
    parse: (response: unknown) => Page<T>,
    searchAfter: (cursor: string) => Readonly<Record<string, string>>,
  ): AsyncGenerator<T> {
    const seen = new Set<string>();
    let search = first;
    for (;;) {
      const { items, next } = await this.#get(path, search, parse);
      yield items;
      if (next === undefined) return;
      if (seen.has(next) || seen.size === MOST_PAGES)
        throw new ZendeskFault(`GET ${path}`, { kind: 'unreadable', what: 'its pages do not end' });
      seen.add(next);
      search = searchAfter(next);
    }
  }

  async #get<T>(
    path: string,
    search: Readonly<Record<string, string>>,
    parse: (response: unknown) => T,
  ): Promise<T> {
    this.#counts.reads++;
    try {
      return parse(JSON.parse(await this.#ky(path, { searchParams: search }).text()));
    } catch (error) {
      throw faultOf(error, `GET ${path}`, this.#host);
    }
  }

  /** What Zendesk responds to a write is not read: what it did is read back. */
  async #write(method: 'post' | 'delete', path: string, json?: unknown): Promise<void> {
    this.#counts.writes++;
    // A POST is repeated only after a 429, when it was certainly not carried out.
    const retry: Options['retry'] =
      method === 'post'
        ? {
            methods: ['post'],
            // Undefined keeps ky's default, which is to wait out the rate limit and retry.
            shouldRetry: ({ error }) =>
              error instanceof HTTPError && error.response.status === 429 ? undefined : false,
          }
        : {};
    try {
      await this.#ky(path, { method, retry, ...(json === undefined ? {} : { json }) });
    } catch (error) {
      throw faultOf(error, `${method.toUpperCase()} ${path}`, this.#host);
    }
  }
}

function faultOf(error: unknown, request: string, host: string): ZendeskFault {
  if (error instanceof HTTPError)
    return new ZendeskFault(request, { kind: 'answered', status: error.response.status });
  if (error instanceof RefusedResponse)
    return new ZendeskFault(request, { kind: 'refused', why: error.message });
  // The message of a syntax error quotes the response.
  if (error instanceof SyntaxError)
    return new ZendeskFault(request, { kind: 'unreadable', what: 'it is no JSON' });
  if (error instanceof UnreadablePart)
    return new ZendeskFault(request, { kind: 'unreadable', what: error.message });
  return new ZendeskFault(request, { kind: 'unanswered', host, code: connectionError(error) });
}
