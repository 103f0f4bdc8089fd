/**
 * PagerDuty's handling of a call, without HTTP: authorisation, rate limit, validation, the change of state, and
 * injected faults.
 *
 * The one surprise: it keeps every past state with the instant from which it applied, so a test can check for each of
 * them whether anybody would have been called.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { MINUTE } from '../../actions/lib/time/date.ts';
import type { Instant } from '../../actions/lib/timeline.ts';
import { pagerDutyContract } from './contract.ts';
import { type Fault, Faults } from './faults.ts';
import { type Ids, idsFrom } from './ids.ts';
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
import type { ApiResponse, Mode, ShiftBehaviour } from './request.ts';
import { pathValues, type Route, respond, routeOf } from './routes.ts';
import { remembered, type State, type Written } from './state.ts';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
  readonly at: Instant;
  /** Undefined while the call is in progress, and if the connection was dropped. */
  status: number | undefined;
}

/** A state, the instant from which it applied, and its cause. */
export interface Moment {
  readonly at: Instant;
  readonly by: string;
  readonly state: State;
}

export interface Settings {
  readonly now: () => Instant;
  readonly mode: Mode;
  readonly remembers: Written;
  /** Default: 960 requests per minute. */
  readonly limit?: Limit;
  /** Whether each turn of a layer has its own entry. Default: `by turn`. PagerDuty has done both. */
  readonly entries?: 'by turn' | 'by person';
  readonly shifts?: Partial<ShiftBehaviour>;
  /** New ids depend only on this text. */
  readonly ids?: string;
  /** Called for each request, before it is processed. */
  readonly onRequest?: (call: Call) => void;
  /** Called after each change of state. */
  readonly onState?: (moment: Moment) => void;
}

/** A response with its headers, or `dropped` to close the connection without one. */
export type SentResponse = (ApiResponse & { readonly headers: Readonly<Record<string, string>> }) | 'dropped';

const SHIFTS: ShiftBehaviour = {
  bulk: 'nothing',
  errors: 'by field',
  settleMs: 0,
  roundMs: 1,
  holes: 'left out',
};

const DEFAULT_LIMIT: Limit = { requests: 960, windowMs: MINUTE };

/** Headers that a client should send, although PagerDuty tolerates requests without them. */
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

/** The refusal of a request without a valid key, or of a write with a read-only key. */
function denied({ method, headers }: Call, keys: State['keys']): Refusal | undefined {
  const key = /^Token token=(\S+)$/.exec(headers.authorization ?? '')?.[1];
  const access = key === undefined ? undefined : keys[key];
  if (access === undefined) return unauthenticated();
  return access === 'read-only' && method !== 'GET' ? readOnlyKey() : undefined;
}

export class FakePagerDuty {
  readonly history: Moment[];
  readonly violations: string[] = [];
  readonly faults = new Faults();
  readonly #settings: Settings;
  readonly #ids: Ids;
  readonly #limiter: Limiter;
  readonly #contract = pagerDutyContract();

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#ids = idsFrom(settings.ids ?? 'stand-in');
    this.#limiter = new Limiter(settings.limit ?? DEFAULT_LIMIT);
    const state = remembered(settings.remembers, this.#ids);
    this.history = [{ at: settings.now(), by: 'the start', state }];
  }

  get state(): State {
    return (this.history.at(-1) as Moment).state;
  }

  commit(by: string, state: State): void {
    const moment = { at: this.#settings.now(), by, state };
    this.history.push(moment);
    this.#settings.onState?.(moment);
  }

  /** The response to a call, after its effect. `cut` is the fault for a client that is no longer served. */
  respond(call: Call, cut: Fault | undefined): SentResponse {
    const fault = cut ?? this.faults.of(call.method, call.path);
    if (fault?.kind === 'drop' && fault.effect === 'before') return 'dropped';
    if (fault?.kind === 'bare 429') return { status: 429, headers: {} };
    const route = routeOf(call.method, call.path);
    if (route === undefined) return { ...refused(notFound()), headers: {} };
    const { isWithin, headers } = this.#limiter.take(call.headers.authorization ?? '', this.#settings.now());
    if (!isWithin) return { ...refused(tooMany()), headers };
    const response = respond(() => this.#work(route, call, fault));
    if (response.state !== undefined) this.commit(`${call.method} ${call.path}`, response.state);
    if (fault?.kind === 'drop') return 'dropped';
    if (fault?.kind === 'outage') return { ...refused(internal()), headers };
    return { ...this.#checked(route, call, response), headers };
  }

  #work(route: Route, call: Call, fault: Fault | undefined): ApiResponse {
    const { now, mode, entries = 'by turn' } = this.#settings;
    const refusal = denied(call, this.state.keys);
    if (refusal !== undefined) throw refusal;
    if (fault?.kind === 'timeout') throw tookTooLong();
    if (fault?.kind === 'outage' && fault.effect === 'before') throw internal();
    const wrong = [
      ...(mode === 'strict' ? missingHeaders(call) : []),
      ...(this.#contract?.requestFaults(route, call.query, call.body) ?? []),
    ];
    this.#violated(call, wrong);
    if (mode === 'strict' && wrong.length > 0) throw wrongInput(...wrong);
    return route.operation({
      state: (fault?.kind === 'lag' ? this.history.at(-2)?.state : undefined) ?? this.state,
      now: now(),
      mode,
      entries,
      ids: this.#ids,
      shifts: { ...SHIFTS, ...this.#settings.shifts },
      path: pathValues(route, call.path),
      query: call.query,
      body: call.body,
      refusedItem: fault?.kind === 'refused item' ? fault.item : undefined,
    });
  }

  /** A response that violates the contract is a bug in the stand-in. */
  #checked(route: Route, call: Call, response: ApiResponse): ApiResponse {
    const broken = this.#contract?.responseFaults(route, response.status, response.body) ?? [];
    this.#violated(call, broken);
    return broken.length === 0 ? response : refused(internal());
  }

  #violated({ method, path }: Call, faults: readonly string[]): void {
    this.violations.push(...faults.map((fault) => `${method} ${path}: ${fault}`));
  }
}
