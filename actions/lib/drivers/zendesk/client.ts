/**
 * The client of Zendesk's Support API: reads tickets and their history, and changes nothing. Waits out the rate limit,
 * which for the export is 10 requests a minute, and retries what failed.
 *
 * - The export: https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/
 * - The history of a ticket: https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_audits/
 * - Rate limits: https://developer.zendesk.com/api-reference/introduction/rate-limits/
 * - Pages of a list: https://developer.zendesk.com/api-reference/introduction/pagination/
 */
import ky, { HTTPError, type KyInstance } from '#ky';
import { boundedFetch, RefusedResponse } from '../../text/bounded-fetch.ts';
import { connectionError } from '../../text/service-request.ts';
import type { Instant } from '../../timeline.ts';
import { ZendeskFault } from './fault.ts';
import {
  type AuditPage,
  auditPage,
  type Page,
  ticketPage,
  UnreadablePart,
  type ZendeskTicket,
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

/** One Zendesk account. */
export class Zendesk {
  readonly #ky: KyInstance;
  readonly #host: string;

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
        methods: ['get'],
        statusCodes: [408, 429, 500, 502, 503, 504],
        maxRetryAfter: LONGEST_WAIT_MS,
        retryOnTimeout: true,
        delay: (attempt) => patienceMs * 2 ** (attempt - 1),
      },
    });
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
    const pages: AuditPage[] = [];
    try {
      const all = this.#pages(path, search, auditPage, (cursor) => ({ ...search, 'page[after]': cursor }));
      for await (const page of all) pages.push(page);
    } catch (error) {
      if (error instanceof ZendeskFault && error.status === 404) return undefined;
      throw error;
    }
    return {
      audits: pages.flatMap(({ audits }) => audits),
      roles: new Map(pages.flatMap(({ roles }) => [...roles])),
    };
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
    try {
      return parse(JSON.parse(await this.#ky(path, { searchParams: search }).text()));
    } catch (error) {
      throw faultOf(error, `GET ${path}`, this.#host);
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
