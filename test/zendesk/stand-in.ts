/**
 * A stand-in for Zendesk's API on loopback: the cursor-based export of tickets and the histories of tickets, by pages,
 * with its rate limits and errors. What a client must never do is a violation.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen } from '../loopback.ts';
import { type AccountTicket, type Json, usersOf } from './account.ts';

const EMAIL = 'administrator@example.org';
export const TOKEN = 'a-token-that-nobody-may-see';

/** The environment of somebody who may read the account. */
export const ENVIRONMENT = { ZENDESK_EMAIL: EMAIL, ZENDESK_API_TOKEN: TOKEN };

const AUTHORIZATIONS: readonly string[] = [
  `Basic ${Buffer.from(`${EMAIL}/token:${TOKEN}`).toString('base64')}`,
  `Bearer ${TOKEN}`,
];

/** A response in place of the right one; `drop` closes the connection, and `endless` goes on and on. */
export type Answer =
  | 'drop'
  | 'endless'
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    };

interface Settings {
  readonly tickets: readonly AccountTicket[];
  /** Tickets and updates in a page. */
  readonly pageSize?: number;
  /** So many requests for pages of the export are answered before one is refused by the rate limit. */
  readonly exportsAtOnce?: number;
}

export interface ZendeskStandIn {
  readonly url: string;
  readonly tickets: AccountTicket[];
  /** The paths of all requests, with what is searched for. */
  readonly requests: readonly string[];
  readonly violations: readonly string[];
  readonly mostAtOnce: number;
  /** Answers the next requests whose path contains a text otherwise. */
  fault(path: string, answer: Answer, times?: number): void;
  /** Called before each request is answered. */
  onRequest: (path: string) => void;
}

const NOT_FOUND = { status: 404, body: { error: 'RecordNotFound', description: 'Not found' } };

/** Starts it for one test. */
export async function zendeskStandIn({
  tickets: given,
  pageSize = 100,
  exportsAtOnce = 10,
}: Settings): Promise<ZendeskStandIn> {
  const tickets = [...given];
  const requests: string[] = [];
  const violations: string[] = [];
  const faults: { path: string; answer: Answer; times: number }[] = [];
  let exportsLeft = exportsAtOnce;
  let [underWay, mostAtOnce] = [0, 0];

  const exported = (search: URLSearchParams): Exclude<Answer, string> => {
    if (exportsLeft-- === 0) {
      exportsLeft = exportsAtOnce;
      return { status: 429, headers: { 'retry-after': '0' }, body: { error: 'APIRateLimitExceeded' } };
    }
    const [since, cursor] = [search.get('start_time'), search.get('cursor')];
    if ((since === null) === (cursor === null)) violations.push('a page has either start_time or cursor');
    if (since !== null && !/^\d{9,10}$/.test(since)) violations.push(`start_time is ${since}`);
    const from = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64').toString());
    const changed = tickets.filter(
      ({ ticket }) => since === null || Date.parse(ticket.updated_at) >= Number(since) * 1000,
    );
    // The export repeats what changes meanwhile, so a place in it is a number of tickets that were sent.
    const page = changed.slice(from, from + pageSize);
    const next = Buffer.from(String(from + page.length)).toString('base64');
    return {
      body: {
        tickets: page.map(({ ticket }) => ticket),
        after_cursor: next,
        after_url: `https://elsewhere.example.org/api/v2/incremental/tickets/cursor.json?cursor=${next}`,
        before_cursor: null,
        before_url: null,
        end_of_stream: from + page.length >= changed.length,
      },
    };
  };

  const history = (id: number, search: URLSearchParams): Exclude<Answer, string> => {
    const found = tickets.findLast(({ ticket }) => ticket.id === id);
    if (found === undefined || found.ticket.status === 'deleted') return NOT_FOUND;
    if (search.get('page[size]') !== '100') violations.push('the size of a page is not given');
    const from = Number(search.get('page[after]') ?? '0');
    const audits = found.audits.slice(from, from + pageSize);
    const hasMore = from + audits.length < found.audits.length;
    const users = search.get('include') === 'users' ? { users: usersOf(audits) } : {};
    const body: Json = { audits, ...users };
    // The histories of archived tickets have no pages.
    if (found.ticket.status === 'closed') return { body: { ...body, audits: found.audits, count: 1 } };
    return { body: { ...body, meta: { has_more: hasMore, after_cursor: String(from + audits.length) } } };
  };

  const answerTo = (request: IncomingMessage): Answer => {
    const { method = '', url = '', headers } = request;
    const { pathname, searchParams } = new URL(url, 'http://stand-in');
    requests.push(decodeURIComponent(url));
    stand.onRequest(pathname);
    if (method !== 'GET') violations.push(`${method} ${pathname}`);
    const fault = faults.find(({ path, times }) => times > 0 && pathname.includes(path));
    if (fault !== undefined) {
      fault.times--;
      return fault.answer;
    }
    if (!AUTHORIZATIONS.includes(headers.authorization ?? ''))
      return { status: 401, body: { error: "Couldn't authenticate you" } };
    if (pathname === '/api/v2/incremental/tickets/cursor.json') return exported(searchParams);
    const [, id] = /^\/api\/v2\/tickets\/(\d+)\/audits\.json$/.exec(pathname) ?? [];
    if (id !== undefined) return history(Number(id), searchParams);
    violations.push(`there is no ${pathname}`);
    return NOT_FOUND;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    mostAtOnce = Math.max(mostAtOnce, ++underWay);
    response.on('close', () => underWay--);
    const answer = answerTo(request);
    if (answer === 'drop') return void request.socket.destroy();
    if (answer === 'endless') return pour(response);
    const { status = 200, headers = {}, body } = answer;
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

  const { url, stop } = await listen(serve, (what) => violations.push(what));
  onTestFinished(stop);
  const stand: ZendeskStandIn = {
    ...{ url, tickets, requests, violations },
    get mostAtOnce() {
      return mostAtOnce;
    },
    fault: (path, answer, times = 1) => void faults.push({ path, answer, times }),
    onRequest: () => {},
  };
  return stand;
}

/** Writes on and on, as fast as it is read, until the connection is closed. */
function pour(response: ServerResponse): void {
  const part = Buffer.alloc(1024 ** 2, ' ');
  const more = () => {
    while (!response.destroyed && response.write(part));
  };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.on('drain', more);
  more();
}
