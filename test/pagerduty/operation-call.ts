/** The request and the response of an operation, and parsing that many operations share. */
import { DAY } from '../../actions/lib/time/date.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import type { Instant, Interval } from '../../actions/lib/timeline.ts';
import { instantIn } from './bodies.ts';
import { notFound, shiftBased, wrongInput, wrongRange } from './refusal.ts';
import type { Ids, Policy, Schedule, State } from './state.ts';

/** `faithful` tolerates what PagerDuty tolerates; `strict` refuses it. */
export type Mode = 'strict' | 'faithful';

export interface OperationCall {
  readonly state: State;
  readonly now: Instant;
  readonly mode: Mode;
  readonly entries: 'by turn' | 'by person';
  readonly ids: Ids;
  /** The values of `{id}` and `{override_id}` in the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** The item of a bulk request to refuse in any case, counted from 0. */
  readonly refusedItem: number | undefined;
}

/** `state` is set if the operation changed something; there is no body if PagerDuty sends none. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly state?: State;
}

/** An object of unknown content, or one without any. */
export const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** The id in `{"id": …, "type": …}`, or ''. */
export const idIn = (value: unknown): string => String(fields(value).id ?? '');

/** The layer-based schedule in the path. */
export function requestedSchedule({ state, path }: OperationCall): Schedule {
  const schedule = state.schedules.find(({ id }) => id === path.id);
  if (schedule === undefined) throw notFound();
  if (schedule.kind === 'v3') throw shiftBased();
  return schedule;
}

export function requestedPolicy({ state, path }: OperationCall): Policy {
  const policy = state.policies.find(({ id }) => id === path.id);
  if (policy === undefined) throw notFound();
  return policy;
}

function instantAsked({ query }: OperationCall, name: string): Instant | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const instant = instantIn(text);
  if (instant === undefined) throw wrongRange(`${name} is not a date and time with a zone`);
  return instant;
}

/** The range of `since` and `until`; with only one of them it is two weeks, with neither there is no range. */
export function requestedRange(call: OperationCall): Interval | undefined {
  const since = instantAsked(call, 'since');
  const until = instantAsked(call, 'until');
  if (since === undefined && until === undefined) return undefined;
  const startAt = since ?? (until as Instant) - 14 * DAY;
  const endAt = until ?? startAt + 14 * DAY;
  if (endAt < startAt) throw wrongRange('until is before since');
  return { startAt, endAt };
}

/** Whether a parameter of the query is true. */
export const isSet = ({ query }: OperationCall, name: string): boolean => query.get(name) === 'true';

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export function zoneAsked({ query }: OperationCall) {
  const name = query.get('time_zone');
  if (name === null) return undefined;
  if (!isTimeZone(name)) throw wrongInput('Time zone is not a known zone');
  return zoneOf(name);
}

/** A whole number in the query, or the default. */
function numberAsked({ query }: OperationCall, name: string, otherwise: number): number {
  const text = query.get(name) ?? `${otherwise}`;
  if (!/^-?\d+$/.test(text)) throw wrongInput(`${name} is not a number`);
  return Number(text);
}

/** One page of a list in PagerDuty's classic pagination, with at most a hundred entries. */
export function page<T>(
  call: OperationCall,
  name: string,
  list: readonly T[],
  body: (one: T) => object,
): Answer {
  const limit = Math.min(numberAsked(call, 'limit', 25), 100);
  const offset = numberAsked(call, 'offset', 0);
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
      total: isSet(call, 'total') ? list.length : null,
    },
  };
}

/** Whether a name matches the query; PagerDuty finds nothing for a text with brackets. */
export function matchesName({ query }: OperationCall, ...names: readonly string[]): boolean {
  const sought = query.get('query');
  if (sought === null || sought === '') return true;
  if (/[[\]]/.test(sought)) return false;
  return names.some((name) => name.toLowerCase().includes(sought.toLowerCase()));
}

export const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
