/**
 * A stand-in for Zendesk's API on loopback: the cursor-based export of tickets and the histories of tickets, by pages,
 * and the members of groups, with its rate limits and errors. What a client must never do is a violation.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { bodyOf, listen } from '../loopback.ts';
import { type AccountTicket, usersOf } from './account.ts';
import { GroupAccount, type GroupSettings } from './groups.ts';

const EMAIL = 'administrator@example.org';
export const TOKEN = 'a-token-that-nobody-may-see';

/** The environment of somebody who may read the account. */
export const ENVIRONMENT = { ZENDESK_EMAIL: EMAIL, ZENDESK_API_TOKEN: TOKEN };

const AUTHORIZATIONS: readonly string[] = [
  `Basic ${Buffer.from(`${EMAIL}/token:${TOKEN}`).toString('base64')}`,
  `Bearer ${TOKEN}`,
];

/**
 * A response in place of the right one; `drop` closes the connection, `lost` does so once the request is carried out,
 * and `endless` goes on and on.
 */
export type Answer =
  | 'drop'
  | 'lost'
  | 'endless'
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    };

interface Settings {
  readonly tickets?: readonly AccountTicket[];
  /** Groups and their members; without them, the account is only read. */
  readonly groups?: GroupSettings;
  /** So many requests about groups are answered before one is refused by the rate limit. */
  readonly groupRequestsAtOnce?: number;
  /** Tickets and updates in a page. */
  readonly pageSize?: number;
  /** So many requests for pages of the export are answered before one is refused by the rate limit. */
  readonly exportsAtOnce?: number;
}

export interface ZendeskStandIn
  extends Pick<
    FakeZendesk,
    'tickets' | 'groups' | 'requests' | 'writes' | 'violations' | 'fault' | 'stopAt' | 'goOn'
  > {
  readonly url: string;
  /** The largest number of concurrent requests so far. */
  readonly mostAtOnce: () => number;
  /** Called before each request is answered. */
  onRequest: (path: string) => void;
}

type Response = Exclude<Answer, string>;

const NOT_FOUND: Response = { status: 404, body: { error: 'RecordNotFound', description: 'Not found' } };

const LIMITED: Response = {
  status: 429,
  headers: { 'retry-after': '0' },
  body: { error: 'APIRateLimitExceeded' },
};

/** What Zendesk answers. */
class FakeZendesk {
  readonly tickets: AccountTicket[];
  /** The paths of all requests, with what is searched for. */
  readonly requests: string[] = [];
  /** Those of them that may change something, with their methods. */
  readonly writes: string[] = [];
  readonly groups: GroupAccount;
  readonly violations: string[];
  onRequest: (path: string) => void = () => {};
  readonly #pageSize: number;
  readonly #exportsAtOnce: number;
  readonly #faults: { readonly path: string; readonly answer: Answer; times: number }[] = [];
  readonly #hasGroups: boolean;
  readonly #groupRequestsAtOnce: number;
  #exportsLeft: number;
  #groupRequestsLeft: number;
  #stop: { readonly at: number; readonly effect: 'before' | 'after' } | undefined;

  constructor({
    tickets = [],
    groups,
    pageSize = 100,
    exportsAtOnce = 10,
    groupRequestsAtOnce = Number.POSITIVE_INFINITY,
  }: Settings) {
    this.tickets = [...tickets];
    this.#hasGroups = groups !== undefined;
    this.groups = new GroupAccount(groups ?? { users: [], members: {} });
    this.violations = this.groups.violations;
    this.#groupRequestsAtOnce = groupRequestsAtOnce;
    this.#groupRequestsLeft = groupRequestsAtOnce;
    this.#pageSize = pageSize;
    this.#exportsAtOnce = exportsAtOnce;
    this.#exportsLeft = exportsAtOnce;
  }

  /** Answers the next requests whose path contains a text otherwise. */
  fault = (path: string, answer: Answer, times = 1): void => void this.#faults.push({ path, answer, times });

  /** Answers no request any more from a numbered one on, which is carried out or not: whoever sent it is stopped. */
  stopAt = (at: number, effect: 'before' | 'after'): void => {
    this.#stop = { at, effect };
  };

  goOn = (): void => {
    this.#stop = undefined;
  };

  answer(request: IncomingMessage, body: unknown): Answer {
    const { method = '', url = '' } = request;
    const { pathname } = new URL(url, 'http://stand-in');
    this.requests.push(decodeURIComponent(url));
    this.onRequest(pathname);
    if (method !== 'GET') this.writes.push(`${method} ${pathname}`);
    const stop = this.#stop;
    if (stop !== undefined && this.requests.length >= stop.at) {
      if (this.requests.length === stop.at && stop.effect === 'after') this.#right(request, body);
      return 'drop';
    }
    const fault = this.#faults.find(({ path, times }) => times > 0 && `${method} ${pathname}`.includes(path));
    if (fault === undefined) return this.#right(request, body);
    fault.times--;
    if (fault.answer !== 'lost') return fault.answer;
    this.#right(request, body);
    return 'drop';
  }

  /** What Zendesk does and answers when nothing goes wrong. */
  #right({ method = '', url = '', headers }: IncomingMessage, body: unknown): Answer {
    const { pathname, searchParams } = new URL(url, 'http://stand-in');
    if (method !== 'GET' && !this.#hasGroups) this.violations.push(`${method} ${pathname}`);
    if (!AUTHORIZATIONS.includes(headers.authorization ?? ''))
      return { status: 401, body: { error: "Couldn't authenticate you" } };
    if (pathname === '/api/v2/incremental/tickets/cursor.json') return this.#exported(searchParams);
    const [, id] = /^\/api\/v2\/tickets\/(\d+)\/audits\.json$/.exec(pathname) ?? [];
    if (id !== undefined) return this.#history(Number(id), searchParams);
    if (this.#groupRequestsLeft-- <= 0) {
      this.#groupRequestsLeft = this.#groupRequestsAtOnce;
      return LIMITED;
    }
    const reply = this.groups.answer(method, pathname, searchParams, body);
    if (reply !== undefined) return reply;
    this.violations.push(`there is no ${method} ${pathname}`);
    return NOT_FOUND;
  }

  #exported(search: URLSearchParams): Response {
    if (this.#exportsLeft-- === 0) {
      this.#exportsLeft = this.#exportsAtOnce;
      return LIMITED;
    }
    const [since, cursor] = [search.get('start_time'), search.get('cursor')];
    if ((since === null) === (cursor === null))
      this.violations.push('a page has either start_time or cursor');
    if (since !== null && !/^\d{9,10}$/.test(since)) this.violations.push(`start_time is ${since}`);
    const changed = this.tickets.filter(
      ({ ticket }) => since === null || Date.parse(ticket.updated_at) >= Number(since) * 1000,
    );
    // The export repeats what changes meanwhile, so a place in it is a number of tickets that were sent.
    const from = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64').toString());
    const page = changed.slice(from, from + this.#pageSize);
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
  }

  #history(id: number, search: URLSearchParams): Response {
    const found = this.tickets.findLast(({ ticket }) => ticket.id === id);
    if (found === undefined || found.ticket.status === 'deleted') return NOT_FOUND;
    if (search.get('page[size]') !== '100') this.violations.push('the size of a page is not given');
    const from = Number(search.get('page[after]') ?? '0');
    const audits = found.audits.slice(from, from + this.#pageSize);
    const next = from + audits.length;
    const users = search.get('include') === 'users' ? { users: usersOf(audits) } : {};
    // The histories of archived tickets have no pages.
    if (found.ticket.status === 'closed') return { body: { audits: found.audits, ...users, count: 1 } };
    const meta = { has_more: next < found.audits.length, after_cursor: String(next) };
    return { body: { audits, ...users, meta } };
  }
}

/** Starts it; `stop` ends it. */
export async function startZendesk(
  settings: Settings,
): Promise<ZendeskStandIn & { readonly stop: () => Promise<void> }> {
  const fake = new FakeZendesk(settings);
  let [underWay, mostAtOnce] = [0, 0];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    mostAtOnce = Math.max(mostAtOnce, ++underWay);
    response.on('close', () => underWay--);
    const answer = fake.answer(request, await bodyOf(request));
    if (answer === 'drop' || answer === 'lost') return void request.socket.destroy();
    if (answer === 'endless') return pour(response);
    const { status = 200, headers = {}, body } = answer;
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
  };
  const { url, stop } = await listen(serve, (what) => fake.violations.push(what));
  return Object.assign(fake, { url, mostAtOnce: () => mostAtOnce, stop });
}

/** Starts it for one test. */
export async function zendeskStandIn(settings: Settings): Promise<ZendeskStandIn> {
  const started = await startZendesk(settings);
  onTestFinished(started.stop);
  return started;
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
