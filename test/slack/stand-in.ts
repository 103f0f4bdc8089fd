/**
 * A stand-in for Slack's Web API on loopback, with its limits by method and minute, its errors and lost answers, on a
 * clock of its own. What a client must never do is a violation.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { Slack } from '../../actions/lib/drivers/slack/client.ts';
import { bodyOf, listen } from '../loopback.ts';
import { POST_METHODS } from './posts.ts';
import { deliver, SCHEDULED_METHODS } from './scheduled.ts';
import { type GroupState, type Method, METHODS as STATES, type WorkspaceState } from './workspace.ts';

const METHODS: Readonly<Record<string, Method>> = { ...STATES, ...SCHEDULED_METHODS, ...POST_METHODS };

export const SLACK_TOKEN = 'xoxb-a-token-that-nobody-may-see';

/** A response in place of the right one; `lost` carries the request out and closes the connection. */
type Fault =
  | 'drop'
  | 'lost'
  | 'endless'
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    };

export interface SlackStandIn
  extends Pick<FakeSlack, 'state' | 'requests' | 'writes' | 'limited' | 'violations' | 'fault'> {
  readonly url: string;
  /** After so many requests from now on, the last of which is carried out, no request is answered; none by default. */
  stopAfter: (requests: number) => void;
  /** Answers again. */
  resume: () => void;
  /** Called before each request is answered, with its method. */
  onRequest: (method: string) => void;
  /** Lets time pass on its clock; what is due then is posted. */
  readonly wait: (ms: number) => Promise<void>;
  readonly clock: () => number;
  /** A client of it. */
  readonly client: () => Slack;
}

export type Workspace = Partial<{
  readonly users: Readonly<Record<string, 'active' | 'deactivated' | 'bot' | 'guest'>>;
  readonly groups: Readonly<Record<string, GroupState>>;
  readonly channels: Readonly<
    Record<string, { topic: string; archived?: boolean; foreign?: boolean; private?: boolean }>
  >;
  /** The time on its clock, in milliseconds. */
  readonly now: number;
}>;

/** All scopes that the actions need. */
const SCOPES = Object.values(METHODS).map(({ scope }) => scope);

/** What Slack answers. */
class FakeSlack {
  readonly state: WorkspaceState;
  /** The methods of all requests. */
  readonly requests: string[] = [];
  /** Those that were to write, with their arguments. */
  readonly writes: string[] = [];
  /** The methods of requests that were refused because of a limit. */
  readonly limited: string[] = [];
  readonly violations: string[] = [];
  onRequest: (method: string) => void = () => {};
  /** Milliseconds on its own clock. */
  #now: number;
  #left = Number.POSITIVE_INFINITY;
  readonly #calls = new Map<string, number[]>();
  readonly #faults: { readonly method: string; readonly fault: Fault; times: number }[] = [];

  constructor({ users = {}, groups = {}, channels = {}, now = 0 }: Workspace) {
    this.#now = now;
    this.state = {
      users: new Map(Object.entries(users)),
      groups: new Map(Object.entries(structuredClone(groups))),
      channels: new Map(Object.entries(structuredClone(channels))),
      scopes: new Set(SCOPES),
      mayEditGroups: true,
      isPaid: true,
      lines: [],
      memberships: [],
      scheduled: [],
      posted: [],
      lastScheduled: 0,
    };
  }

  wait = async (ms: number): Promise<void> => {
    this.#now += ms;
    deliver(this.state, this.#now);
  };

  clock = (): number => this.#now;

  stopAfter = (requests: number): void => {
    this.#left = requests;
  };

  resume = (): void => this.stopAfter(Number.POSITIVE_INFINITY);

  /** Answers the next requests of a method otherwise. */
  fault = (method: string, fault: Fault, times = 1): void => void this.#faults.push({ method, fault, times });

  async answer(request: IncomingMessage): Promise<Fault> {
    const name = (request.url ?? '').replace(/^\/api\//, '');
    const args = Object.fromEntries(new URLSearchParams(String((await bodyOf(request)) ?? '')));
    this.onRequest(name);
    const method = METHODS[name];
    if (this.#left <= 0) return 'drop';
    this.requests.push(name);
    if (method?.isWrite) this.writes.push(`${name} ${JSON.stringify(args)}`);
    if (request.method !== 'POST') this.violations.push(`${request.method} ${name}`);
    if (args.token !== undefined) this.violations.push('the token is in the body');
    const fault = this.#faults.find((it) => it.times > 0 && it.method === name);
    if (fault !== undefined) fault.times--;
    if (fault !== undefined && fault.fault !== 'lost') return fault.fault;
    const right = this.#answer(name, method, args, request.headers.authorization);
    // Whoever is stopped never learns of the last one.
    if (--this.#left === 0) return 'drop';
    return fault === undefined ? right : 'drop';
  }

  #answer(
    name: string,
    method: Method | undefined,
    args: Readonly<Record<string, string>>,
    authorization = '',
  ): Fault {
    const refused = (error: string, more = {}) => ({ body: { ok: false, error, ...more } });
    if (authorization !== `Bearer ${SLACK_TOKEN}`) return refused('invalid_auth');
    if (method === undefined) {
      this.violations.push(`there is no method ${name}`);
      return refused('unknown_method');
    }
    const wait = this.#untilAllowed(name, method.perMinute);
    if (wait > 0) {
      this.limited.push(name);
      return {
        status: 429,
        headers: { 'retry-after': String(wait) },
        body: { ok: false, error: 'ratelimited' },
      };
    }
    const { scopes } = this.state;
    if (!scopes.has(method.scope))
      return refused('missing_scope', { needed: method.scope, provided: [...scopes].join(',') });
    if (method.isWrite && args.users === '') this.violations.push('a user group is emptied');
    const result = method.run(this.state, args, this.#now);
    return { body: { ok: !('error' in result), ...result } };
  }

  /** The seconds until a method may be called again; counts the call if that is now. */
  #untilAllowed(name: string, perMinute: number): number {
    const recent = (this.#calls.get(name) ?? []).filter((at) => at > this.#now - 60_000);
    const oldest = recent[0] ?? 0;
    if (recent.length >= perMinute) return Math.ceil((oldest + 60_000 - this.#now) / 1000);
    this.#calls.set(name, [...recent, this.#now]);
    return 0;
  }
}

/** Starts it; `stop` ends it. */
export async function startSlack(
  workspace: Workspace,
): Promise<SlackStandIn & { readonly stop: () => Promise<void> }> {
  const fake = new FakeSlack(workspace);
  let underWay = 0;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (++underWay > 1) fake.violations.push('two requests at once');
    response.on('close', () => underWay--);
    const answer = await fake.answer(request);
    if (answer === 'drop' || answer === 'lost') return void request.socket.destroy();
    if (answer === 'endless') return pour(response);
    const { status = 200, headers = {}, body } = answer;
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const { url: root, stop } = await listen(serve, (what) => fake.violations.push(what));
  const url = `${root}/api/`;
  const client = () => new Slack({ url, token: SLACK_TOKEN, patienceMs: 1000, wait: fake.wait });
  return Object.assign(fake, { url, client, stop });
}

/** Starts it for one test. */
export async function slackStandIn(workspace: Workspace): Promise<SlackStandIn> {
  const started = await startSlack(workspace);
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
