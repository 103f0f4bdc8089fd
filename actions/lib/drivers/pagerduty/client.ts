/**
 * The client of PagerDuty's API. Sends one request after another, waits out the rate limit, retries requests that are
 * safe to repeat, and repeats a POST only when it was certainly not carried out.
 *
 * PagerDuty's document describes some responses wrongly (a POST of overrides returns three shapes, errors are a list, a
 * map or text), so `responses.ts` parses responses leniently and throws on anything that it cannot parse.
 */
import { setTimeout as pause } from 'node:timers/promises';
import ky, { HTTPError, type KyInstance, type Options } from '#ky';
import { boundedFetch, RefusedResponse } from '../../text/bounded-fetch.ts';
import { connectionError } from '../../text/service-request.ts';
import { instantText } from '../../time/format.ts';
import type { Instant, Interval } from '../../timeline.ts';
import type {
  ActualPolicy,
  ActualService,
  AddResult,
  ExistingRecord,
  Rendered,
  ScheduleKind,
  ScheduleKinds,
  ShiftSchedule,
} from './actual.ts';
import { NO_USER } from './actual.ts';
import { PagerDutyFault } from './fault.ts';
import * as read from './responses.ts';

/** The account to connect to, and how. */
export interface PagerDutyAccess {
  /** `https://api.pagerduty.com`, or another of `HOSTS`. */
  readonly url: string;
  readonly key: string;
  /** The wait before the first retry if PagerDuty gives none; each further retry waits twice as long. */
  readonly patienceMs: number;
  /** Our clock, which is compared with PagerDuty's. */
  readonly clock: () => Instant;
}

/** By how many milliseconds our clock is ahead of PagerDuty's, at least and at most; negative where it is behind. */
export interface ClockSkew {
  readonly least: number;
  readonly most: number;
}

/** The most records in one request; PagerDuty documents no limit. */
export const MAX_BATCH = 50;

/** The longest page that all lists have. */
const PAGE = 100;

/** The overrides of a year are a hundredth of it. */
const MOST_RESPONSE_BYTES = 8 * 1024 ** 2;

/** A longer wait ends the run. */
const LONGEST_WAIT_MS = 90_000;

/** One account of PagerDuty. */
export class PagerDuty {
  readonly #ky: KyInstance;
  readonly #host: string;
  readonly #counts = { reads: 0, writes: 0 };
  readonly #clock: () => Instant;
  #restMs = 0;
  #sentAt: Instant = Number.NEGATIVE_INFINITY;
  #skew: ClockSkew = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

  constructor({ url, key, patienceMs, clock }: PagerDutyAccess) {
    this.#clock = clock;
    this.#host = new URL(url).host;
    this.#ky = ky.create({
      prefix: url,
      // A redirect would send the key to another host.
      redirect: 'manual',
      timeout: 60_000,
      fetch: boundedFetch(globalThis.fetch, MOST_RESPONSE_BYTES),
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
        afterResponse: [({ response }) => this.#observe(response)],
      },
    });
  }

  /** The number of requests so far, without retries. */
  get counts(): { readonly reads: number; readonly writes: number } {
    return { ...this.#counts };
  }

  /** The clock skew by the dates of all responses so far; unbounded if none had a date. */
  get skew(): ClockSkew {
    return this.#skew;
  }

  /** Waits out the rate limit, so that the next request is sent without delay. */
  async ready(): Promise<void> {
    const ms = this.#restMs;
    this.#restMs = 0;
    if (ms > 0) await pause(ms);
  }

  /** The kind of every schedule; each of the two interfaces lists its own. */
  async kinds(): Promise<ScheduleKinds> {
    const found = new Map<string, ScheduleKind | { readonly unknownType: string }>();
    const take = (answer: unknown) => {
      const page = read.scheduleKinds(answer);
      for (const [id, kind] of page.kinds) found.set(id, kind);
      return page.more;
    };
    await this.#pages('schedules', {}, take);
    try {
      await this.#pages('v3/schedules', {}, take);
    } catch (error) {
      // An account that does not have them yet.
      if (!(error instanceof PagerDutyFault && (error.status === 404 || error.status === 402))) throw error;
    }
    return found;
  }

  /** The overrides over layers that touch a span, whole. */
  async overrides(schedule: string, span: Interval): Promise<readonly ExistingRecord[]> {
    const path = `schedules/${schedule}/overrides`;
    return read.overrides(await this.#get(path, { ...between(span), overflow: 'true' }));
  }

  /** Who is on in a schedule of shifts, and by what, clipped to a span. */
  async finalSchedule(schedule: string, span: Interval): Promise<ShiftSchedule> {
    const search = { 'include[]': 'final_schedule', ...between(span) };
    return read.finalSchedule(await this.#get(`v3/schedules/${schedule}`, search));
  }

  /** The custom shifts and the overrides of members that touch a span, whole. */
  async shiftRecords(schedule: string, span: Interval): Promise<readonly ExistingRecord[]> {
    const found: ExistingRecord[] = [];
    for (const key of ['custom_shifts', 'overrides'] as const)
      await this.#pages(
        `v3/schedules/${schedule}/${key}`,
        { ...between(span), overflow: 'true' },
        (answer) => {
          const page = read.shiftRecords(answer, key);
          found.push(...page.records);
          return page.more;
        },
      );
    return found;
  }

  /** Who is on by a schedule's overrides and by its layers, clipped to a span. */
  async rendered(id: string, span: Interval): Promise<Rendered> {
    return read.rendered(await this.#get(`schedules/${id}`, between(span)));
  }

  /** A page of what happened to incidents in a span: at most a hundred entries from an offset on. */
  async logEntries(span: Interval, offset: number): Promise<unknown> {
    const page = { limit: '100', offset: String(offset) };
    // Without the overview, which leaves notifications out; with the incidents, whose urgency matters.
    const search = { ...between(span), ...page, is_overview: 'false', 'include[]': 'incidents' };
    return this.#get('log_entries', search);
  }

  /** An escalation policy, or undefined if it does not exist. */
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

  /** A service, or undefined if it does not exist. */
  async service(id: string): Promise<ActualService | undefined> {
    try {
      return read.service(await this.#get(`services/${id}`, {}));
    } catch (error) {
      if (error instanceof PagerDutyFault && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The ids of all users. */
  async users(): Promise<ReadonlySet<string>> {
    const users = new Set<string>();
    await this.#pages('users', {}, (answer) => {
      const page = read.users(answer);
      for (const id of page.ids) users.add(id);
      return page.more;
    });
    return users;
  }

  /** Adds at most `MAX_BATCH` overrides over layers; the results are in the order of the overrides. */
  async addOverrides(
    schedule: string,
    overrides: readonly Omit<ExistingRecord, 'id'>[],
  ): Promise<readonly AddResult[]> {
    const items = overrides.map(({ startAt, endAt, user }) => ({
      start: instantText(startAt),
      end: instantText(endAt),
      user: { id: user, type: 'user_reference' },
    }));
    const answer = await this.#write('post', `schedules/${schedule}/overrides`, { overrides: items });
    return read.addResults(answer, items.length);
  }

  /**
   * Adds at most `MAX_BATCH` custom shifts, or at most as many overrides of members; the ids are in their order, and
   * undefined where the response has none.
   */
  async addShiftRecords(
    schedule: string,
    records: readonly Omit<ExistingRecord, 'id'>[],
  ): Promise<readonly (string | undefined)[]> {
    const key = records.some(({ over }) => over !== undefined) ? 'overrides' : 'custom_shifts';
    const items = records.map(({ startAt, endAt, user, over }) => ({
      ...(over === undefined
        ? { type: 'custom_shift', assignments: [assignmentTo(user)] }
        : {
            type: 'override_shift',
            [over.source === 'rotation' ? 'rotation_id' : 'custom_shift_id']: over.id,
            overridden_member: memberOf(over.member),
            overriding_member: memberOf(user),
          }),
      start_time: instantText(startAt),
      end_time: instantText(endAt),
    }));
    return read.shiftResults(
      await this.#write('post', `v3/schedules/${schedule}/${key}`, { [key]: items }),
      key,
    );
  }

  /** Gives a custom shift, or an override of a member, to another person at the same times. */
  async edit(schedule: string, { id, startAt, endAt, over }: ExistingRecord, user: string): Promise<void> {
    const times = { start_time: instantText(startAt), end_time: instantText(endAt) };
    await (over === undefined
      ? this.#write('put', `v3/schedules/${schedule}/custom_shifts/${id}`, {
          custom_shift: { ...times, assignments: [assignmentTo(user)] },
        })
      : this.#write('put', `v3/schedules/${schedule}/overrides/${id}`, {
          override: { ...times, overriding_member: memberOf(user) },
        }));
  }

  /**
   * Removes a record; one that has begun ends now. Ignores that it no longer exists or is over: an earlier attempt may
   * have removed it, and its response may have been lost.
   */
  async remove(schedule: string, kind: ScheduleKind, { id, over }: ExistingRecord): Promise<void> {
    const [prefix, key] =
      kind === 'layers' ? ['', 'overrides'] : ['v3/', over ? 'overrides' : 'custom_shifts'];
    try {
      await this.#write('delete', `${prefix}schedules/${schedule}/${key}/${id}`);
    } catch (error) {
      const isGone =
        error instanceof PagerDutyFault &&
        (error.status === 404 || error.status === 400) &&
        !error.isOtherKind;
      if (!isGone) throw error;
    }
  }

  /** Sends an escalation policy as a whole. */
  async change(policy: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#write('put', `escalation_policies/${policy}`, { escalation_policy: body });
  }

  /** Gives a service another escalation policy, and leaves the rest of it. */
  async assign(service: string, policy: string): Promise<void> {
    const escalation_policy = { id: policy, type: 'escalation_policy_reference' };
    await this.#write('put', `services/${service}`, {
      service: { id: service, type: 'service', escalation_policy },
    });
  }

  /** Reads a list page by page, until `take` says that there are no more. */
  async #pages(
    path: string,
    search: Readonly<Record<string, string>>,
    take: (answer: unknown) => boolean,
  ): Promise<void> {
    for (let offset = 0; ; offset += PAGE) {
      const page = { limit: String(PAGE), offset: String(offset) };
      if (!take(await this.#get(path, { ...search, ...page }))) return;
    }
  }

  async #get(path: string, search: Readonly<Record<string, string>>): Promise<unknown> {
    this.#counts.reads++;
    return this.#request(path, { method: 'get', searchParams: search });
  }

  async #write(method: 'post' | 'put' | 'delete', path: string, json?: unknown): Promise<unknown> {
    this.#counts.writes++;
    // A POST is repeated only after a 429, when it was certainly not carried out.
    const retry: Options['retry'] =
      method === 'post'
        ? {
            methods: ['post'],
            // Undefined keeps ky's default, which is to wait out the rate limit and retry.
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
   * Narrows the clock skew: PagerDuty responded between our sending and now, and gives that time in whole seconds.
   * After the last request that the rate limit allows, the next one waits for the reset.
   */
  #observe(response: Response): void {
    const answeredAt = Date.parse(response.headers.get('date') ?? '');
    if (response.ok && !Number.isNaN(answeredAt))
      this.#skew = {
        least: Math.max(this.#skew.least, this.#sentAt - answeredAt - 1000),
        most: Math.min(this.#skew.most, this.#clock() - answeredAt),
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

const memberOf = (user: string) =>
  user === NO_USER ? { type: 'empty_member' } : { type: 'user_member', user_id: user };

const assignmentTo = (user: string) => ({ type: 'shift_assignment', member: memberOf(user) });

function faultOf(error: unknown, request: string, host: string): PagerDutyFault {
  if (error instanceof PagerDutyFault) return error;
  if (error instanceof HTTPError) {
    const { status } = error.response;
    return new PagerDutyFault(request, { kind: 'answered', status, reason: read.reason(error.data) });
  }
  if (error instanceof RefusedResponse)
    return new PagerDutyFault(request, { kind: 'refused', why: error.message });
  if (error instanceof SyntaxError) return new PagerDutyFault(request, { kind: 'unreadable' });
  return new PagerDutyFault(request, { kind: 'unanswered', host, code: connectionError(error) });
}
