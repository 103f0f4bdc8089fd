/**
 * The edge that talks to PagerDuty, one request after another: waits as its rate limit asks, retries what may be done
 * twice, and never a POST that may have been done. The one home of `ky`.
 *
 * The one surprise: PagerDuty's own description of its answers is wrong in places (an override's POST answers in three
 * shapes, errors come as list, map or text), so every answer is read leniently and what is not understood is said.
 */
import { setTimeout as pause } from 'node:timers/promises';
import ky, { HTTPError, type KyInstance, type Options } from '#ky';
import { instantText } from '../../time/format.ts';
import type { Instant, Interval } from '../../timeline.ts';
import type { ActualPolicy, ActualSchedule, Added, ExistingOverride, Rendered } from './actual.ts';
import * as read from './responses.ts';

/** Where to talk, with which key. */
export interface Access {
  /** `https://api.pagerduty.com`, or another of `HOSTS`. */
  readonly url: string;
  readonly key: string;
  /** How long to wait before the first retry where PagerDuty does not say; each further one waits twice as long. */
  readonly patienceMs: number;
  /** The clock that everything goes by here, to be compared with PagerDuty's. */
  readonly clock: () => Instant;
}

/** By how many milliseconds our clock is before PagerDuty's, at least and at most; behind it is negative. */
export interface Lead {
  readonly least: number;
  readonly most: number;
}

/** Something that PagerDuty did not do; `mayHaveHappened` where nobody can tell. Holds neither key nor body of the request. */
export class PagerDutyFault extends Error {
  override readonly name = 'PagerDutyFault';
  readonly status: number | undefined;

  constructor(message: string, status: number | undefined) {
    super(message);
    this.status = status;
  }

  get mayHaveHappened(): boolean {
    return this.status === undefined || this.status >= 500 || this.status === 408;
  }
}

/** As many overrides in one request; PagerDuty names no limit. */
export const MOST_AT_ONCE = 50;

/** More than this is not waited for within one run. */
const LONGEST_WAIT_MS = 90_000;

/** One account of PagerDuty. */
export class PagerDuty {
  readonly #ky: KyInstance;
  readonly #host: string;
  readonly #counts = { reads: 0, writes: 0 };
  readonly #clock: () => Instant;
  #restMs = 0;
  #sentAt: Instant = Number.NEGATIVE_INFINITY;
  #lead: Lead = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

  constructor({ url, key, patienceMs, clock }: Access) {
    this.#clock = clock;
    this.#host = new URL(url).host;
    this.#ky = ky.create({
      prefix: url,
      // The key goes nowhere else.
      redirect: 'manual',
      timeout: 60_000,
      headers: {
        authorization: `Token token=${key}`,
        accept: 'application/vnd.pagerduty+json;version=2',
        'content-type': 'application/json',
      },
      retry: {
        limit: 5,
        methods: ['get', 'put', 'delete'],
        statusCodes: [408, 429, 500, 502, 503, 504],
        maxRetryAfter: LONGEST_WAIT_MS,
        retryOnTimeout: true,
        delay: (attempt) => patienceMs * 2 ** (attempt - 1),
      },
      hooks: {
        beforeRequest: [
          async () => {
            await this.ready();
            this.#sentAt = this.#clock();
          },
        ],
        afterResponse: [({ response }) => this.#heed(response)],
      },
    });
  }

  /** How many requests were made, retries not counted. */
  get counts(): { readonly reads: number; readonly writes: number } {
    return { ...this.#counts };
  }

  /** How far our clock is before PagerDuty's, as all answers together tell; without a date in any, nothing is known. */
  get lead(): Lead {
    return this.#lead;
  }

  /** Waits as the rate limit asks, so that what is asked next is asked at once. */
  async ready(): Promise<void> {
    const ms = this.#restMs;
    this.#restMs = 0;
    if (ms > 0) await pause(ms);
  }

  /** The overrides of a schedule that touch a span, whole. */
  async schedule(id: string, span: Interval): Promise<ActualSchedule> {
    try {
      const answer = await this.#get(`schedules/${id}/overrides`, { ...between(span), overflow: 'true' });
      return { kind: 'layers', overrides: read.overrides(answer) };
    } catch (error) {
      if (!(error instanceof PagerDutyFault)) throw error;
      if (error.status === 404) return { kind: 'missing' };
      if (error.status === 400 && /shift-based/i.test(error.message)) return { kind: 'shifts' };
      throw error;
    }
  }

  /** Who is on by a schedule's overrides and layers, minute for minute, clipped to a span. */
  async rendered(id: string, span: Interval): Promise<Rendered> {
    return read.rendered(await this.#get(`schedules/${id}`, between(span)));
  }

  /** An escalation policy, or undefined when there is none. */
  async policy(id: string): Promise<ActualPolicy | undefined> {
    try {
      return read.policy(
        await this.#get(`escalation_policies/${id}`, {
          'include[]': 'escalation_rule_assignment_strategies',
        }),
      );
    } catch (error) {
      if (error instanceof PagerDutyFault && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The ids of all users. */
  async users(): Promise<ReadonlySet<string>> {
    const users = new Set<string>();
    for (let offset = 0; ; offset += 100) {
      const page = read.users(await this.#get('users', { limit: '100', offset: String(offset) }));
      for (const id of page.ids) users.add(id);
      if (!page.more) return users;
    }
  }

  /** Adds overrides, at most `MOST_AT_ONCE`; each has an answer of its own. */
  async add(schedule: string, overrides: readonly Omit<ExistingOverride, 'id'>[]): Promise<readonly Added[]> {
    const items = overrides.map(({ startAt, endAt, user }) => ({
      start: instantText(startAt),
      end: instantText(endAt),
      user: { id: user, type: 'user_reference' },
    }));
    const answer = await this.#write('post', `schedules/${schedule}/overrides`, { overrides: items });
    return read.added(answer, items.length);
  }

  /**
   * Takes an override away; one that has begun ends now. One that is gone or over cannot be taken away, and need not be:
   * it may be this very request that did it, and the answer was lost.
   */
  async remove(schedule: string, override: string): Promise<void> {
    try {
      await this.#write('delete', `schedules/${schedule}/overrides/${override}`);
    } catch (error) {
      if (!(error instanceof PagerDutyFault && (error.status === 404 || error.status === 400))) throw error;
    }
  }

  /** Sends an escalation policy as a whole. */
  async change(policy: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#write('put', `escalation_policies/${policy}`, { escalation_policy: body });
  }

  async #get(path: string, search: Readonly<Record<string, string>>): Promise<unknown> {
    this.#counts.reads++;
    return this.#request(path, { method: 'get', searchParams: search });
  }

  async #write(method: 'post' | 'put' | 'delete', path: string, json?: unknown): Promise<unknown> {
    this.#counts.writes++;
    // Only a POST that was certainly not done may be done again.
    const retry: Options['retry'] =
      method === 'post'
        ? {
            methods: ['post'],
            // Undefined asks for the usual, which waits as long as the rate limit says.
            shouldRetry: ({ error }) =>
              error instanceof HTTPError && error.response.status === 429 ? undefined : false,
          }
        : {};
    return this.#request(path, { method, retry, ...(json === undefined ? {} : { json }) });
  }

  async #request(path: string, options: Options): Promise<unknown> {
    try {
      const text = await this.#ky(path, options).text();
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    } catch (error) {
      throw faultOf(error, `${options.method?.toUpperCase()} ${path}`, this.#host);
    }
  }

  /**
   * The last request of a minute was used up, so the next waits for the next minute. When it was answered, on PagerDuty's
   * clock, lies between the sending and now, and is told in whole seconds.
   */
  #heed(response: Response): void {
    const answeredAt = Date.parse(response.headers.get('date') ?? '');
    if (response.ok && !Number.isNaN(answeredAt))
      this.#lead = {
        least: Math.max(this.#lead.least, this.#sentAt - answeredAt - 1000),
        most: Math.min(this.#lead.most, this.#clock() - answeredAt),
      };
    const [remaining, reset] = ['remaining', 'reset'].map((it) => response.headers.get(`ratelimit-${it}`));
    this.#restMs =
      response.ok && remaining === '0' ? Math.min(Number(reset) * 1000 || 0, LONGEST_WAIT_MS) : 0;
  }
}

const between = ({ startAt, endAt }: Interval) => ({
  since: instantText(startAt),
  until: instantText(endAt),
});

function faultOf(error: unknown, request: string, host: string): PagerDutyFault {
  if (error instanceof PagerDutyFault) return error;
  if (error instanceof HTTPError) {
    const { status } = error.response;
    const hint = HINTS[status];
    return new PagerDutyFault(
      `PagerDuty answered ${request} with ${status}${read.reason(error.data)}${hint === undefined ? '' : `; ${hint}`}`,
      status,
    );
  }
  if (error instanceof SyntaxError)
    return new PagerDutyFault(
      `PagerDuty gave no JSON for ${request}; run it again when it is back`,
      undefined,
    );
  const code = codeOf(error);
  return new PagerDutyFault(
    `PagerDuty did not answer ${request}${code === undefined ? '' : ` (${code} at ${host})`}; look at the address, or run it again when it is back`,
    undefined,
  );
}

/** What the machine said of a connection, such as ECONNREFUSED, however deep it is wrapped. */
function codeOf(error: unknown): string | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if ('code' in cause && typeof cause.code === 'string' && /^[A-Z_]+$/.test(cause.code)) return cause.code;
  }
  return undefined;
}

const HINTS: Readonly<Record<number, string>> = {
  401: 'look at the key in PAGERDUTY_API_KEY, and at the service region',
  403: 'the key may not do this; a plan needs a key that reads, and apply one that writes',
  429: 'its rate limit was not over in time; run it again',
  500: 'run it again when it is back',
};
