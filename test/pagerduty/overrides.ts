/**
 * Overrides: list, create in bulk, delete.
 *
 * The one surprise: some items of a bulk may be refused, and the response is still 201, with a status for each item.
 */
import { MINUTE } from '../../actions/lib/time/date.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import type { Instant } from '../../actions/lib/timeline.ts';
import { instantIn, overrideBody } from './bodies.ts';
import { notFound, wrongInput, wrongOverride, wrongRange } from './refusal.ts';
import {
  type ApiRequest,
  type ApiResponse,
  fields,
  idIn,
  isRequested,
  requestedRange,
  requestedSchedule,
} from './request.ts';
import { type Override, present, withSchedule } from './state.ts';

/**
 * A request rarely arrives at exactly the start it names; strict mode accepts a start that is this much in the past.
 */
const GRACE = MINUTE;

export function listOverrides(request: ApiRequest): ApiResponse {
  const { state, now, query } = request;
  const schedule = requestedSchedule(request);
  const range = requestedRange(request);
  if (range === undefined || !query.has('since') || !query.has('until'))
    throw wrongRange('since and until are both required');
  const zone = zoneOf(present(schedule).timeZone);
  const overrides = schedule.overrides
    .filter(({ startAt, endAt }) => endAt > range.startAt && startAt < range.endAt)
    .filter(({ startAt }) => !isRequested(request, 'editable') || startAt > now)
    .toSorted((one, other) => one.startAt - other.startAt)
    .map((override) =>
      isRequested(request, 'overflow')
        ? override
        : {
            ...override,
            startAt: Math.max(override.startAt, range.startAt),
            endAt: Math.min(override.endAt, range.endAt),
          },
    );
  return { status: 200, body: { overrides: overrides.map((each) => overrideBody(state, zone, each)) } };
}

/** The override that an item requests, or the reasons why it is refused. */
function made({ state, now, mode, ids }: ApiRequest, item: unknown): Override | readonly string[] {
  const { start, end, user } = fields(item);
  const [startAt, endAt] = [instantIn(start), instantIn(end)];
  const known = state.users.find(({ id }) => id === idIn(user));
  if (startAt === undefined || endAt === undefined) return ['Start and end are a date and time with a zone'];
  if (endAt <= startAt) return ['Override must end after its start'];
  if (endAt <= now) return ["Override can't be in the past"];
  if (known === undefined || known.deletedAt !== undefined) return ['User not found'];
  if (mode === 'strict' && startAt < now - GRACE) return ["Override can't start in the past"];
  return { id: ids('Q'), startAt: Math.max(startAt, now), endAt, user: known.id };
}

export function makeOverrides(request: ApiRequest): ApiResponse {
  const schedule = requestedSchedule(request);
  const zone = zoneOf(present(schedule).timeZone);
  const { override: single, overrides: items } = fields(request.body);
  if (single !== undefined && request.mode === 'faithful') {
    const override = request.refusedItem === 0 ? ['Refused by the test'] : made(request, single);
    if (!('id' in override)) throw wrongOverride(...override);
    const state = withSchedule(request.state, schedule.id, (one) => ({
      ...one,
      overrides: [...one.overrides, override],
    }));
    return { status: 201, body: { override: overrideBody(state, zone, override) }, state };
  }
  if (!Array.isArray(items) || items.length === 0) throw wrongInput('Overrides is a list of at least one');
  const results = items.map((item, i) =>
    request.refusedItem === i ? ['Refused by the test'] : made(request, item),
  );
  const accepted = results.filter((result) => 'id' in result);
  const body = results.map((result, i) =>
    'id' in result
      ? { status: 201, override: overrideBody(request.state, zone, result) }
      : { status: 400, errors: result, override: items[i] },
  );
  if (accepted.length === 0) return { status: 201, body };
  const state = withSchedule(request.state, schedule.id, (one) => ({
    ...one,
    overrides: [...one.overrides, ...accepted],
  }));
  return { status: 201, body, state };
}

/** A future override is removed; one in progress ends now, and its past stays. */
export function removeOverride(request: ApiRequest): ApiResponse {
  const { state, now, path } = request;
  const schedule = requestedSchedule(request);
  const override = schedule.overrides.find(({ id }) => id === path.override_id);
  if (override === undefined) throw notFound(4004, 'Override Not Found');
  if (override.endAt <= now) throw wrongOverride('You cannot remove a past override');
  const underWay = override.startAt <= now;
  return {
    status: underWay ? 200 : 204,
    state: withSchedule(state, schedule.id, (one) => ({
      ...one,
      overrides: one.overrides.flatMap((each) => (each === override ? until(each, now) : [each])),
    })),
  };
}

/** The rest of an override that is ended at an instant. */
const until = (override: Override, endAt: Instant): readonly Override[] =>
  override.startAt < endAt ? [{ ...override, endAt }] : [];
