/**
 * A stateful stand-in of PagerDuty on loopback: layer-based schedules, their overrides and escalation policies, as far
 * as a handbook uses them. The clock is a parameter, ids are derived from a seed, and calls can be made to fail.
 *
 * Calls are validated against PagerDuty's document only if that is available; see `contract.ts`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, listen } from '../loopback.ts';
import { type Call, FakePagerDuty, type Moment, type Settings } from './fake-pagerduty.ts';
import type { Fault, Match } from './faults.ts';
import type { State } from './state.ts';

export interface StandIn {
  readonly url: string;
  readonly state: State;
  /** Oldest first; the first is the initial state. */
  readonly history: readonly Moment[];
  readonly requests: readonly Call[];
  /** The requests that can change something. */
  readonly writes: readonly Call[];
  /** The largest number of concurrent requests. */
  readonly mostAtOnce: number;
  /** Violations of PagerDuty's document, by a request or by the stand-in itself; a test expects none. */
  readonly violations: readonly string[];
  /** Makes the next matching request fail. */
  fault(fault: Fault, match?: Match): void;
  /** Drops the `from`th request from now (default 1), before or after its effect, and all later ones. */
  stopServing(given: { readonly from: number; readonly effect: 'before' | 'after' }): void;
  serveAgain(): void;
  /** A manual change in PagerDuty's user interface. */
  change(by: string, edit: (state: State) => State): void;
  stop(): Promise<void>;
}

async function callOf(request: IncomingMessage): Promise<Omit<Call, 'at'>> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
  const { method = 'GET', headers } = request;
  const body = await bodyOf(request);
  return { method, path: pathname, query: searchParams, body, headers, status: undefined };
}

/** Starts the server on a free port. */
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
    const answer = fake.answer(call, cut());
    if (answer === 'dropped') return void request.socket.destroy();
    const { status, headers, body } = answer;
    call.status = status;
    // The clock of the stand-in, not of this machine.
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
