/** A request as an operation receives it, its response, and the parameters that many operations share. */
import { DAY } from '../../actions/lib/time/date.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import type { Instant, Interval } from '../../actions/lib/timeline.ts';
import { instantIn } from './bodies.ts';
import type { Ids } from './ids.ts';
import { notFound, shiftBased, wrongInput, wrongRange } from './refusal.ts';
import type { Policy, Schedule, State } from './state.ts';

/** `faithful` accepts what PagerDuty accepts; `strict` also refuses mistakes that PagerDuty tolerates. */
export type Mode = 'strict' | 'faithful';

/** Where PagerDuty's behaviour with shift-based schedules is not known or differs; the defaults are in brackets. */
export interface ShiftBehaviour {
  /**
   * What is left of a bulk in which an item is refused: nothing (`nothing`), the items before it although the response
   * is 400 (`those before`), or all others, with the response 201 (`the others`).
   */
  readonly bulk: 'nothing' | 'those before' | 'the others';
  /** The details of an error, keyed by field (`by field`) or in a list. */
  readonly errors: 'by field' | 'as list';
  /** For how long a new part is not found by its id, in milliseconds (0). */
  readonly settleMs: number;
  /** The unit to which requested times are rounded down, in milliseconds (1). */
  readonly roundMs: number;
  /** Whether the final schedule has entries for time that nobody holds by any shift (`left out`). */
  readonly holes: 'left out' | 'shown';
}

export interface ApiRequest {
  readonly state: State;
  readonly now: Instant;
  readonly mode: Mode;
  readonly entries: 'by turn' | 'by person';
  readonly ids: Ids;
  readonly shifts: ShiftBehaviour;
  /** The values of `{id}`, `{override_id}` and the like in the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** The item of a bulk request to refuse regardless of its content, counted from 0. */
  readonly refusedItem: number | undefined;
}

/** `state` is defined if the operation changed something; `body` is undefined if PagerDuty sends none. */
export interface ApiResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly state?: State;
}

/** The value as an object of unknown content; an empty object for any other value. */
export const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** The id in `{"id": …, "type": …}`, or ''. */
export const idIn = (value: unknown): string => String(fields(value).id ?? '');

/** The layer-based schedule that the path names. */
export function requestedSchedule({ state, path }: ApiRequest): Schedule {
  const schedule = state.schedules.find(({ id }) => id === path.id);
  if (schedule === undefined) throw notFound();
  if (schedule.kind === 'v3') throw shiftBased();
  return schedule;
}

export function requestedPolicy({ state, path }: ApiRequest): Policy {
  const policy = state.policies.find(({ id }) => id === path.id);
  if (policy === undefined) throw notFound();
  return policy;
}

function instantParameter({ query }: ApiRequest, name: string): Instant | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const instant = instantIn(text);
  if (instant === undefined) throw wrongRange(`${name} is not a date and time with a zone`);
  return instant;
}

/** `since` and `until`; with only one of them, a range of two weeks; with neither, undefined. */
export function requestedRange(request: ApiRequest): Interval | undefined {
  const since = instantParameter(request, 'since');
  const until = instantParameter(request, 'until');
  if (since === undefined && until === undefined) return undefined;
  const startAt = since ?? (until as Instant) - 14 * DAY;
  const endAt = until ?? startAt + 14 * DAY;
  if (endAt < startAt) throw wrongRange('until is before since');
  return { startAt, endAt };
}

/** Whether a query parameter is `true`. */
export const isRequested = ({ query }: ApiRequest, name: string): boolean => query.get(name) === 'true';

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export function requestedZone({ query }: ApiRequest) {
  const name = query.get('time_zone');
  if (name === null) return undefined;
  if (!isTimeZone(name)) throw wrongInput('Time zone is not a known zone');
  return zoneOf(name);
}

/** A whole number in the query, or the default. */
function numberParameter({ query }: ApiRequest, name: string, otherwise: number): number {
  const text = query.get(name) ?? `${otherwise}`;
  if (!/^-?\d+$/.test(text)) throw wrongInput(`${name} is not a number`);
  return Number(text);
}

/** One page of a list, with PagerDuty's classic pagination: by default 25 items, and at most a hundred. */
export function page<T>(
  request: ApiRequest,
  name: string,
  list: readonly T[],
  body: (one: T) => object,
  { usual, most } = { usual: 25, most: 100 },
): ApiResponse {
  const limit = Math.min(numberParameter(request, 'limit', usual), most);
  const offset = numberParameter(request, 'offset', 0);
  if (limit < 1) throw wrongInput('Limit is less than 1');
  if (offset < 0) throw wrongInput('Offset is less than 0');
  if (offset + limit > 10_000) throw wrongInput('Offset and limit together are more than 10000');
  return {
    status: 200,
    body: {
      [name]: list.slice(offset, offset + limit).map(body),
      limit,
      offset,
      more: offset + limit < list.length,
      total: isRequested(request, 'total') ? list.length : null,
    },
  };
}

/** Whether a name matches `query`; PagerDuty finds nothing for a text with brackets. */
export function matchesQuery({ query }: ApiRequest, ...names: readonly string[]): boolean {
  const search = query.get('query');
  if (search === null || search === '') return true;
  if (/[[\]]/.test(search)) return false;
  return names.some((name) => name.toLowerCase().includes(search.toLowerCase()));
}

export const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
