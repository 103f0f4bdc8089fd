/**
 * PagerDuty on loopback, with a memory: its layer-based schedules, their overrides and its escalation policies, as far as
 * a handbook has to do with them. The clock is given, ids come from a seed, and calls can be made to fail.
 *
 * The one surprise: it holds every call against PagerDuty's own document only where that lies beside the project.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, listen } from '../loopback.ts';
import { type Call, Desk, type Moment, type Settings } from './desk.ts';
import type { Fault, Match } from './faults.ts';
import type { State } from './state.ts';

export interface StandIn {
  readonly url: string;
  readonly state: State;
  /** Oldest first; the first is what it remembered at the start. */
  readonly history: readonly Moment[];
  readonly requests: readonly Call[];
  /** Those of the requests that are to change something. */
  readonly writes: readonly Call[];
  /** How many requests were under way at once, at the most. */
  readonly mostAtOnce: number;
  /** Where PagerDuty's document was broken, by a request or by the stand-in itself; a test expects none. */
  readonly violations: readonly string[];
  /** Makes the next request that matches go wrong. */
  fault(fault: Fault, match?: Match): void;
  /** Drops the request that is the `from`th from now (1), before or after its effect, and every one after it. */
  stopServing(given: { readonly from: number; readonly effect: 'before' | 'after' }): void;
  serveAgain(): void;
  /** Something done by hand, in PagerDuty's own pages. */
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
  const desk = new Desk(settings);
  const requests: Call[] = [];
  let stopsAt: { readonly request: number; readonly effect: 'before' | 'after' } | undefined;
  let underWay = 0;
  let mostAtOnce = 0;

  /** The fault of a client that is no longer served. */
  const cut = (): Fault | undefined => {
    if (stopsAt === undefined || requests.length < stopsAt.request) return undefined;
    return { kind: 'drop', effect: requests.length === stopsAt.request ? stopsAt.effect : 'before' };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call: Call = { ...(await callOf(request)), at: settings.now() };
    requests.push(call);
    settings.onRequest?.(call);
    const told = desk.answer(call, cut());
    if (told === 'dropped') return void request.socket.destroy();
    const { status, headers, body } = told;
    call.status = status;
    // Its own clock, as the machine's would be PagerDuty's.
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

  const { url, stop } = await listen(counted, (what) => desk.violations.push(what));
  return {
    url,
    get state() {
      return desk.state;
    },
    history: desk.history,
    requests,
    get writes() {
      return requests.filter(({ method }) => method !== 'GET');
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
    violations: desk.violations,
    fault: (fault, match = {}) => desk.faults.plan(fault, match),
    stopServing: ({ from, effect }) => {
      stopsAt = { request: requests.length + from, effect };
    },
    serveAgain: () => {
      stopsAt = undefined;
    },
    change: (by, edit) => desk.commit(by, edit(desk.state)),
    stop,
  };
}
