/**
 * PagerDuty on loopback, with a memory: its layer-based schedules, their overrides and its escalation policies, as far as
 * a handbook has to do with them. The clock is given, ids come from a seed, and calls can be made to fail.
 *
 * The one surprise: every state it passed through is kept, with the instant since when it was in force, so that a test
 * can ask of each whether anybody would have been woken.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { MINUTE } from '../../actions/lib/time.ts';
import type { Instant } from '../../actions/lib/timeline.ts';
import { bodyOf, listen } from '../loopback.ts';
import type { Answer, Mode } from './asked.ts';
import { pagerDutyContract } from './contract.ts';
import { type Fault, Faults, type Match } from './faults.ts';
import { type Limit, Limiter } from './limits.ts';
import {
  internal,
  notFound,
  type Refusal,
  readOnlyKey,
  refused,
  tookTooLong,
  tooMany,
  unauthenticated,
  wrongInput,
} from './refusal.ts';
import { answered, pathValues, type Route, routeOf } from './routes.ts';
import { idsFrom, remembered, type State, type Written } from './state.ts';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
  readonly at: Instant;
  /** Undefined while it is under way and when the connection was dropped. */
  status: number | undefined;
}

/** A state, since when it was in force, and what brought it about. */
export interface Moment {
  readonly at: Instant;
  readonly by: string;
  readonly state: State;
}

export interface Settings {
  readonly now: () => Instant;
  readonly mode: Mode;
  readonly remembers: Written;
  /** 960 requests in a minute, unless given. */
  readonly limit?: Limit;
  /** Whether each turn of a layer is an entry of its own (it is, unless given); PagerDuty has done both. */
  readonly entries?: 'by turn' | 'by person';
  /** New ids depend on this text and on nothing else. */
  readonly ids?: string;
  /** Called when a request has come in and nothing is done about it yet. */
  readonly onRequest?: (call: Call) => void;
  /** Called after each effect. */
  readonly onState?: (moment: Moment) => void;
}

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

const DEFAULT_LIMIT: Limit = { requests: 960, windowMs: MINUTE };

/** What PagerDuty puts up with, and a client had better send. */
function missingHeaders({ headers }: Call): readonly string[] {
  return [
    ...(/^application\/vnd\.pagerduty\+json; ?version=2$/.test(headers.accept ?? '')
      ? []
      : ['the header Accept is not application/vnd.pagerduty+json;version=2']),
    ...(headers['content-type']?.startsWith('application/json') === true
      ? []
      : ['the header Content-Type is not application/json']),
  ];
}

/** The key in a request's header, when it is written as PagerDuty wants it. */
const keyIn = ({ headers }: Call): string | undefined =>
  /^Token token=(\S+)$/.exec(headers.authorization ?? '')?.[1];

/** Starts it on a free port. */
export async function startStandIn(settings: Settings): Promise<StandIn> {
  const { now, mode, remembers, limit = DEFAULT_LIMIT, entries = 'by turn', onRequest, onState } = settings;
  const ids = idsFrom(settings.ids ?? 'stand-in');
  let state = remembered(remembers, ids);
  const history: Moment[] = [{ at: now(), by: 'the start', state }];
  const requests: Call[] = [];
  const violations: string[] = [];
  const faults = new Faults();
  const limiter = new Limiter(limit);
  const contract = pagerDutyContract();
  let stopsAt: { readonly request: number; readonly effect: 'before' | 'after' } | undefined;
  let underWay = 0;
  let mostAtOnce = 0;

  const commit = (by: string, next: State): void => {
    state = next;
    const moment = { at: now(), by, state };
    history.push(moment);
    onState?.(moment);
  };

  /** Who may not ask this, whatever it is. */
  const barred = (call: Call): Refusal | undefined => {
    const key = keyIn(call);
    const right = key === undefined ? undefined : state.keys[key];
    if (right === undefined) return unauthenticated();
    return right === 'read-only' && call.method !== 'GET' ? readOnlyKey() : undefined;
  };

  /** What PagerDuty makes of a request that is not made to fail; its effect is in the answer's `state`. */
  const work = (route: Route, call: Call, fault: Fault | undefined): Answer => {
    const refusal = barred(call);
    if (refusal !== undefined) throw refusal;
    if (fault?.kind === 'timeout') throw tookTooLong();
    if (fault?.kind === 'outage' && fault.effect === 'before') throw internal();
    const wrong = [
      ...(mode === 'strict' ? missingHeaders(call) : []),
      ...(contract?.requestFaults(route, call.query, call.body) ?? []),
    ];
    violations.push(...wrong.map((each) => `${call.method} ${call.path}: ${each}`));
    if (mode === 'strict' && wrong.length > 0) throw wrongInput(...wrong);
    return route.operation({
      state,
      now: now(),
      mode,
      entries,
      ids,
      path: pathValues(route, call.path),
      query: call.query,
      body: call.body,
      refusedItem: fault?.kind === 'refused item' ? fault.item : undefined,
    });
  };

  /** The answer to send, after its effect; a broken one is the stand-in's own mistake. */
  const concluded = (route: Route, call: Call, answer: Answer, fault: Fault | undefined): Answer => {
    if (answer.state !== undefined) commit(`${call.method} ${call.path}`, answer.state);
    if (fault?.kind === 'outage' && fault.effect === 'after') return refused(internal());
    const broken = contract?.answerFaults(route, answer.status, answer.body) ?? [];
    violations.push(...broken.map((each) => `${call.method} ${call.path}: ${each}`));
    return broken.length === 0 ? answer : refused(internal());
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
    const { method = 'GET', headers } = request;
    const body = await bodyOf(request);
    const call: Call = {
      method,
      path: pathname,
      query: searchParams,
      body,
      headers,
      at: now(),
      status: undefined,
    };
    requests.push(call);
    onRequest?.(call);
    const fault = cut() ?? faults.of(method, pathname);
    if (fault?.kind === 'drop' && fault.effect === 'before') return void request.socket.destroy();
    if (fault?.kind === 'bare 429') {
      call.status = 429;
      return void response.writeHead(429).end();
    }
    const route = routeOf(method, pathname);
    const told = limiter.take(headers.authorization ?? '', now());
    const answer =
      route === undefined
        ? refused(notFound())
        : told.isWithin
          ? concluded(
              route,
              call,
              answered(() => work(route, call, fault)),
              fault,
            )
          : refused(tooMany());
    if (fault?.kind === 'drop') return void request.socket.destroy();
    call.status = answer.status;
    response.writeHead(answer.status, {
      ...(route === undefined ? {} : told.headers),
      ...(answer.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  };

  /** The fault of a client that is no longer listened to. */
  const cut = (): Fault | undefined => {
    if (stopsAt === undefined || requests.length < stopsAt.request) return undefined;
    return { kind: 'drop', effect: requests.length === stopsAt.request ? stopsAt.effect : 'before' };
  };

  const counted = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    await serve(request, response).finally(() => {
      underWay -= 1;
    });
  };

  const { url, stop } = await listen(counted, (what) => violations.push(what));
  return {
    url,
    get state() {
      return state;
    },
    history,
    requests,
    get writes() {
      return requests.filter((call) => call.method !== 'GET');
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
    violations,
    fault: (fault, match = {}) => faults.plan(fault, match),
    stopServing: ({ from, effect }) => {
      stopsAt = { request: requests.length + from, effect };
    },
    serveAgain: () => {
      stopsAt = undefined;
    },
    change: (by, edit) => commit(by, edit(state)),
    stop,
  };
}
