/**
 * A stateful stand-in for PagerDuty on loopback: layer-based schedules, their overrides and escalation policies, as
 * far as a handbook uses them. The clock is given, ids come from a seed, and calls can be made to fail.
 *
 * The one surprise: it validates calls against PagerDuty's own document only where that file is available
 * (`contract.ts`).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, listen } from '../loopback.ts';
import { type Call, FakePagerDuty, type Moment, type Settings } from './fake-pagerduty.ts';
import type { Fault, Match } from './faults.ts';
import type { State } from './state.ts';

export interface StandIn {
  readonly url: string;
  readonly state: State;
  /** Oldest first, beginning with the initial state. */
  readonly history: readonly Moment[];
  readonly requests: readonly Call[];
  /** The requests with a method other than GET. */
  readonly writes: readonly Call[];
  /** The largest number of concurrent requests. */
  readonly mostAtOnce: number;
  /** Violations of PagerDuty's document, by a request or by the stand-in itself; tests expect none. */
  readonly violations: readonly string[];
  /** Makes the next matching request fail. */
  fault(fault: Fault, match?: Match): void;
  /** Drops the request that is the `from`th from now (1), before or after its effect, and every one after it. */
  stopServing(given: { readonly from: number; readonly effect: 'before' | 'after' }): void;
  serveAgain(): void;
  /** Changes the state by hand, like a person in PagerDuty's own pages. */
  change(by: string, edit: (state: State) => State): void;
  stop(): Promise<void>;
}

async function callOf(request: IncomingMessage): Promise<Omit<Call, 'at'>> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
  const { method = 'GET', headers } = request;
  const body = await bodyOf(request);
  return { method, path: pathname, query: searchParams, body, headers, status: undefined };
}

/** Starts it on a free port. */
export async function startStandIn(settings: Settings): Promise<StandIn> {
  const fake = new FakePagerDuty(settings);
  const requests: Call[] = [];
  let stopsAt: { readonly request: number; readonly effect: 'before' | 'after' } | undefined;
  let underWay = 0;
  let mostAtOnce = 0;

  /** The fault for a client that is no longer served. */
  const cut = (): Fault | undefined => {
    if (stopsAt === undefined || requests.length < stopsAt.request) return undefined;
    return { kind: 'drop', effect: requests.length === stopsAt.request ? stopsAt.effect : 'before' };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call: Call = { ...(await callOf(request)), at: settings.now() };
    requests.push(call);
    settings.onRequest?.(call);
    const sent = fake.respond(call, cut());
    if (sent === 'dropped') return void request.socket.destroy();
    const { status, headers, body } = sent;
    call.status = status;
    // The stand-in's clock: by default Node would send the machine's.
    const date = new Date(settings.now()).toUTCString();
    const type = { 'content-type': 'application/json; charset=utf-8' };
    response.writeHead(status, { date, ...headers, ...(body === undefined ? {} : type) });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };

  const counted = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    await serve(request, response).finally(() => {
      underWay -= 1;
    });
  };

  const { url, stop } = await listen(counted, (what) => fake.violations.push(what));
  return {
    url,
    get state() {
      return fake.state;
    },
    history: fake.history,
    requests,
    get writes() {
      return requests.filter(({ method }) => method !== 'GET');
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
    violations: fake.violations,
    fault: (fault, match = {}) => fake.faults.plan(fault, match),
    stopServing: ({ from, effect }) => {
      stopsAt = { request: requests.length + from, effect };
    },
    serveAgain: () => {
      stopsAt = undefined;
    },
    change: (by, edit) => fake.commit(by, edit(fake.state)),
    stop,
  };
}
