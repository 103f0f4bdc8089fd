/**
 * Overrides: list, make many at once, take away.
 *
 * The one surprise: of many at once some may be refused, and the answer is 201 all the same, with a status for each.
 */
import { MINUTE } from '../../actions/lib/time/date.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import type { Instant } from '../../actions/lib/timeline.ts';
import { type Answer, type Asked, fields, idIn, isAsked, rangeAsked, scheduleAsked } from './asked.ts';
import { instantIn, overrideBody } from './bodies.ts';
import { notFound, wrongInput, wrongOverride, wrongRange } from './refusal.ts';
import { type Override, present, withSchedule } from './state.ts';

/** A start is seldom sent at the very instant it names; strict mode takes one that is this much past. */
const GRACE = MINUTE;

export function listOverrides(asked: Asked): Answer {
  const { state, now, query } = asked;
  const schedule = scheduleAsked(asked);
  const range = rangeAsked(asked);
  if (range === undefined || !query.has('since') || !query.has('until'))
    throw wrongRange('since and until are both required');
  const zone = zoneOf(present(schedule).timeZone);
  const overrides = schedule.overrides
    .filter(({ startAt, endAt }) => endAt > range.startAt && startAt < range.endAt)
    .filter(({ startAt }) => !isAsked(asked, 'editable') || startAt > now)
    .toSorted((one, other) => one.startAt - other.startAt)
    .map((override) =>
      isAsked(asked, 'overflow')
        ? override
        : {
            ...override,
            startAt: Math.max(override.startAt, range.startAt),
            endAt: Math.min(override.endAt, range.endAt),
          },
    );
  return { status: 200, body: { overrides: overrides.map((each) => overrideBody(state, zone, each)) } };
}

/** The override that an item asks for, or why there will be none. */
function made({ state, now, mode, ids }: Asked, item: unknown): Override | readonly string[] {
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

export function makeOverrides(asked: Asked): Answer {
  const schedule = scheduleAsked(asked);
  const zone = zoneOf(present(schedule).timeZone);
  const { override: single, overrides: items } = fields(asked.body);
  if (single !== undefined && asked.mode === 'faithful') {
    const override = asked.refusedItem === 0 ? ['Refused by the test'] : made(asked, single);
    if (!('id' in override)) throw wrongOverride(...override);
    const state = withSchedule(asked.state, schedule.id, (one) => ({
      ...one,
      overrides: [...one.overrides, override],
    }));
    return { status: 201, body: { override: overrideBody(state, zone, override) }, state };
  }
  if (!Array.isArray(items) || items.length === 0) throw wrongInput('Overrides is a list of at least one');
  const results = items.map((item, i) =>
    asked.refusedItem === i ? ['Refused by the test'] : made(asked, item),
  );
  const accepted = results.filter((result) => 'id' in result);
  const body = results.map((result, i) =>
    'id' in result
      ? { status: 201, override: overrideBody(asked.state, zone, result) }
      : { status: 400, errors: result, override: items[i] },
  );
  if (accepted.length === 0) return { status: 201, body };
  const state = withSchedule(asked.state, schedule.id, (one) => ({
    ...one,
    overrides: [...one.overrides, ...accepted],
  }));
  return { status: 201, body, state };
}

/** One to come is gone; one that is under way ends now, and what it was stays. */
export function removeOverride(asked: Asked): Answer {
  const { state, now, path } = asked;
  const schedule = scheduleAsked(asked);
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

/** What is left of an override that ends at an instant. */
const until = (override: Override, endAt: Instant): readonly Override[] =>
  override.startAt < endAt ? [{ ...override, endAt }] : [];
