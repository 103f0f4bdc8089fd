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
export interface Wrong {
  readonly field: string;
  readonly text: string;
}
export const wrong = (field: string, text: string): Wrong => ({ field, text });
export const isWrong = (value: unknown): value is Wrong => 'text' in fields(value);

/** The refusal of fields, keyed by field or as a list. */
export function wrongFields({ shifts }: ApiRequest, ...found: readonly Wrong[]): Refusal {
  const errors =
    shifts.errors === 'as list'
      ? found.map(({ field, text }) => `${field} ${text}`)
      : Object.fromEntries(found.map(({ field, text }) => [field, [text]]));
  return new Refusal(400, 2001, 'Invalid Input Provided', errors);
}

/** `since` and `until`, both of them; a part of a shift-based schedule is never listed without. */
function rangeRequired(request: ApiRequest): Interval {
  const missing = ['since', 'until'].filter((name) => !request.query.has(name));
  if (missing.length > 0) throw wrongFields(request, ...missing.map((name) => wrong(name, 'is required')));
  return requestedRange(request) as Interval;
}

/** The parts of a list that overlap the requested range, by start; cut at its bounds unless `overflow` is requested. */
export function listed<T extends Interval>(request: ApiRequest, list: readonly T[]): readonly T[] {
  const range = rangeRequired(request);
  return list
    .filter(({ startAt, endAt }) => startAt < endAt && endAt > range.startAt && startAt < range.endAt)
    .toSorted((one, other) => one.startAt - other.startAt)
    .map((part) => (isRequested(request, 'overflow') ? part : cutAt(part, range)));
}

export const cutAt = <T extends Interval>(part: T, { startAt, endAt }: Interval): T => ({
  ...part,
  startAt: Math.max(part.startAt, startAt),
  endAt: Math.min(part.endAt, endAt),
});

/** A part by its id; one that was just created is not found yet. */
export function found<T extends { readonly id: string; readonly createdAt: Instant }>(
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
export function memberIn({ users }: State, written: unknown, field: string): Member | Wrong {
  const { type, user_id: id } = fields(written);
  if (type === 'empty_member') return undefined;
  if (type !== 'user_member') return wrong(field, 'is neither a user_member nor an empty_member');
  const user = users.find((each) => each.id === id && each.deletedAt === undefined);
  return user === undefined ? wrong(field, 'User not found') : user.id;
}

/** A request rarely arrives at exactly the instant it names; strict mode accepts one that is this much in the past. */
const GRACE = MINUTE;
/** As documented for events, and assumed for shifts. */
const AHEAD = 366 * DAY;
const NO_INSTANT = 'is not a date and time with a zone';

/** The times of a new part, or of one that has not begun; it begins now at the earliest. */
export function timesOf({ now, mode }: ApiRequest, given: unknown, known?: Interval): Interval | Wrong {
  const { start_time: start, end_time: end } = fields(given);
  const startAt = start === undefined ? known?.startAt : instantIn(start);
  const endAt = end === undefined ? known?.endAt : instantIn(end);
  if (startAt === undefined) return wrong('start_time', NO_INSTANT);
  if (endAt === undefined) return wrong('end_time', NO_INSTANT);
  if (endAt <= startAt) return wrong('end_time', 'must be after start_time');
  if (endAt <= now) return wrong('end_time', "can't be in the past");
  if (mode === 'strict' && startAt < now - GRACE) return wrong('start_time', "can't be in the past");
  if (startAt > now + AHEAD) return wrong('start_time', 'Date cannot be more than 12 months in the future');
  return { startAt: Math.max(startAt, now), endAt };
}

/** The times of a part after a change: before its start everything may change, then only the end, and nothing after. */
export function changedTimes(request: ApiRequest, given: unknown, known: Interval): Interval | Wrong {
  const { now, mode } = request;
  const phase = phaseOf(known, now);
  if (phase === 'ended') return wrong('end_time', 'has passed, so nothing can be changed');
  if (phase === 'future') return timesOf(request, given, known);
  const { start_time: start, end_time: end } = fields(given);
  if (start !== undefined && !isSameSecond(instantIn(start), known.startAt))
    return wrong('start_time', "can't be changed after the start");
  const endAt = end === undefined ? known.endAt : instantIn(end);
  if (endAt === undefined) return wrong('end_time', NO_INSTANT);
  if (mode === 'strict' && endAt < now - GRACE) return wrong('end_time', "can't be in the past");
  return { startAt: known.startAt, endAt: Math.max(endAt, now) };
}

/** Responses show whole seconds. */
const isSameSecond = (one: Instant | undefined, other: Instant): boolean =>
  one !== undefined && Math.floor(one / 1000) === Math.floor(other / 1000);

/** A list without a part: removed if it has not begun, ended now if it is in progress, and refused if it has ended. */
export function removed<T extends Interval>(request: ApiRequest, list: readonly T[], part: T): readonly T[] {
  const phase = phaseOf(part, request.now);
  if (phase === 'ended')
    throw wrongFields(request, wrong('end_time', 'has passed, so nothing can be deleted'));
  if (phase === 'future') return list.filter((each) => each !== part);
  return list.map((each) => (each === part ? { ...each, endAt: request.now } : each));
}

interface Bulk<T> {
  /** The name of the list in the request and in the response. */
  readonly name: string;
  readonly make: (item: unknown) => T | Wrong;
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
  if (!Array.isArray(items) || items.length === 0) throw wrongFields(request, wrong(name, 'is empty'));
  const results = items.map((item, i) =>
    refusedItem === i ? wrong('start_time', 'Refused by the test') : make(item),
  );
  const problems = results.flatMap((result, i) =>
    isWrong(result) ? [wrong(`${name}.${i}.${result.field}`, result.text)] : [],
  );
  const isMade = (result: T | Wrong): result is T => !isWrong(result);
  const made = results.filter(isMade);
  if (problems.length > 0 && (shifts.bulk !== 'the others' || made.length === 0)) {
    const before = results.slice(0, results.findIndex(isWrong)).filter(isMade);
    if (shifts.bulk !== 'those before' || before.length === 0) throw wrongFields(request, ...problems);
    return { ...refused(wrongFields(request, ...problems)), state: add(before) };
  }
  return { status: 201, body: { [name]: made.map(body) }, state: add(made) };
}
