/** What the operations on custom shifts and on overrides of shifts have in common: checks, ranges and bulks. */
import { DAY, MINUTE } from '../../actions/lib/time/date.ts';
import type { Instant, Interval } from '../../actions/lib/timeline.ts';
import { instantIn } from './bodies.ts';
import { layerBased, notFound, Refusal, refused } from './refusal.ts';
import { type ApiRequest, type ApiResponse, fields, isRequested, requestedRange } from './request.ts';
import { type Member, phaseOf } from './shift-state.ts';
import type { Schedule, State } from './state.ts';

/** The shift-based schedule that the path names. */
export function requestedShiftSchedule({ state, path }: ApiRequest): Schedule {
  const schedule = state.schedules.find(({ id }) => id === path.id);
  if (schedule === undefined) throw notFound(3004, 'Schedule Not Found');
  if (schedule.kind === 'v2') throw layerBased();
  return schedule;
}

/** Why a field is refused. */
export interface FieldError {
  readonly field: string;
  readonly text: string;
}
export const fieldError = (field: string, text: string): FieldError => ({ field, text });
export const isFieldError = (value: unknown): value is FieldError => 'text' in fields(value);

/** The refusal of fields, keyed by field or as a list. */
export function refusedFields({ shifts }: ApiRequest, ...found: readonly FieldError[]): Refusal {
  const errors =
    shifts.errors === 'as list'
      ? found.map(({ field, text }) => `${field} ${text}`)
      : Object.fromEntries(found.map(({ field, text }) => [field, [text]]));
  return new Refusal(400, 2001, 'Invalid Input Provided', errors);
}

/** `since` and `until`, both of them; a part of a shift-based schedule is never listed without. */
function rangeRequired(request: ApiRequest): Interval {
  const missing = ['since', 'until'].filter((name) => !request.query.has(name));
  if (missing.length > 0)
    throw refusedFields(request, ...missing.map((name) => fieldError(name, 'is required')));
  return requestedRange(request) as Interval;
}

/** The parts of a list that overlap the requested range, by start; cut at its bounds unless `overflow` is requested. */
export function partsInRange<T extends Interval>(request: ApiRequest, list: readonly T[]): readonly T[] {
  const range = rangeRequired(request);
  return list
    .filter(({ startAt, endAt }) => startAt < endAt && endAt > range.startAt && startAt < range.endAt)
    .toSorted((one, other) => one.startAt - other.startAt)
    .map((part) => (isRequested(request, 'overflow') ? part : clippedTo(part, range)));
}

export const clippedTo = <T extends Interval>(part: T, { startAt, endAt }: Interval): T => ({
  ...part,
  startAt: Math.max(part.startAt, startAt),
  endAt: Math.min(part.endAt, endAt),
});

/** A part by its id; one that was just created is not found yet. */
export function partById<T extends { readonly id: string; readonly createdAt: Instant }>(
  { now, shifts }: ApiRequest,
  list: readonly T[],
  id: string | undefined,
  name: string,
): T {
  const part = list.find((each) => each.id === id);
  if (part === undefined || now < part.createdAt + shifts.settleMs) throw notFound(2100, `${name} Not Found`);
  return part;
}

/** A member in a request. */
export function memberIn({ users }: State, written: unknown, field: string): Member | FieldError {
  const { type, user_id: id } = fields(written);
  if (type === 'empty_member') return undefined;
  if (type !== 'user_member') return fieldError(field, 'is neither a user_member nor an empty_member');
  const user = users.find((each) => each.id === id && each.deletedAt === undefined);
  return user === undefined ? fieldError(field, 'User not found') : user.id;
}

/** A request rarely arrives at exactly the instant it names; strict mode accepts one that is this much in the past. */
const GRACE = MINUTE;
/** As documented for events, and assumed for shifts. */
const AHEAD = 366 * DAY;
const NO_INSTANT = 'is not a date and time with a zone';

/** A requested time, rounded as PagerDuty does. */
function timeIn({ shifts }: ApiRequest, text: unknown): Instant | undefined {
  const given = instantIn(text);
  return given === undefined ? undefined : Math.floor(given / shifts.roundMs) * shifts.roundMs;
}

/** The times of a new part, or of one that has not begun; it begins now at the earliest. */
export function timesOf(request: ApiRequest, given: unknown, known?: Interval): Interval | FieldError {
  const { now, mode } = request;
  const { start_time: start, end_time: end } = fields(given);
  const startAt = start === undefined ? known?.startAt : timeIn(request, start);
  const endAt = end === undefined ? known?.endAt : timeIn(request, end);
  if (startAt === undefined) return fieldError('start_time', NO_INSTANT);
  if (endAt === undefined) return fieldError('end_time', NO_INSTANT);
  if (endAt <= startAt) return fieldError('end_time', 'must be after start_time');
  if (endAt <= now) return fieldError('end_time', "can't be in the past");
  if (mode === 'strict' && startAt < now - GRACE) return fieldError('start_time', "can't be in the past");
  if (startAt > now + AHEAD)
    return fieldError('start_time', 'Date cannot be more than 12 months in the future');
  return { startAt: Math.max(startAt, now), endAt };
}

/** The times of a part after a change: before its start everything may change, then only the end, and nothing after. */
export function changedTimes(request: ApiRequest, given: unknown, known: Interval): Interval | FieldError {
  const { now, mode } = request;
  const phase = phaseOf(known, now);
  if (phase === 'ended') return fieldError('end_time', 'has passed, so nothing can be changed');
  if (phase === 'future') return timesOf(request, given, known);
  const { start_time: start, end_time: end } = fields(given);
  if (start !== undefined && !isSameSecond(instantIn(start), known.startAt))
    return fieldError('start_time', "can't be changed after the start");
  const endAt = end === undefined ? known.endAt : timeIn(request, end);
  if (endAt === undefined) return fieldError('end_time', NO_INSTANT);
  if (mode === 'strict' && endAt < now - GRACE) return fieldError('end_time', "can't be in the past");
  return { startAt: known.startAt, endAt: Math.max(endAt, now) };
}

/** Responses show whole seconds. */
const isSameSecond = (one: Instant | undefined, other: Instant): boolean =>
  one !== undefined && Math.floor(one / 1000) === Math.floor(other / 1000);

/** A list without a part: removed if it has not begun, ended now if it is in progress, and refused if it has ended. */
export function withoutPart<T extends Interval>(
  request: ApiRequest,
  list: readonly T[],
  part: T,
): readonly T[] {
  const phase = phaseOf(part, request.now);
  if (phase === 'ended')
    throw refusedFields(request, fieldError('end_time', 'has passed, so nothing can be deleted'));
  if (phase === 'future') return list.filter((each) => each !== part);
  return list.map((each) => (each === part ? { ...each, endAt: request.now } : each));
}

interface Bulk<T> {
  /** The name of the list in the request and in the response. */
  readonly name: string;
  readonly make: (item: unknown) => T | FieldError;
  readonly add: (made: readonly T[]) => State;
  readonly body: (one: T) => object;
}

/** Creates several parts. What PagerDuty does when one of them is refused is not known; see `ShiftBehaviour`. */
export function createdInBulk<T extends object>(
  request: ApiRequest,
  { name, make, add, body }: Bulk<T>,
): ApiResponse {
  const { shifts, refusedItem } = request;
  const items = fields(request.body)[name];
  if (!Array.isArray(items) || items.length === 0) throw refusedFields(request, fieldError(name, 'is empty'));
  const results = items.map((item, i) =>
    refusedItem === i ? fieldError('start_time', 'Refused by the test') : make(item),
  );
  const problems = results.flatMap((result, i) =>
    isFieldError(result) ? [fieldError(`${name}.${i}.${result.field}`, result.text)] : [],
  );
  const isMade = (result: T | FieldError): result is T => !isFieldError(result);
  const made = results.filter(isMade);
  if (problems.length > 0 && (shifts.bulk !== 'the others' || made.length === 0)) {
    const before = results.slice(0, results.findIndex(isFieldError)).filter(isMade);
    if (shifts.bulk !== 'those before' || before.length === 0) throw refusedFields(request, ...problems);
    return { ...refused(refusedFields(request, ...problems)), state: add(before) };
  }
  return { status: 201, body: { [name]: made.map(body) }, state: add(made) };
}
