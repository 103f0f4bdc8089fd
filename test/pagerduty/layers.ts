/**
 * Changes of a schedule's layers, by a person or by another tool; our client never changes them.
 *
 * Layers are sent lowest precedence first but returned highest first, so that a GET followed by a PUT reverses them;
 * and they can be ended but never removed.
 */
import { zoneOf } from '../../actions/lib/time/zone.ts';
import type { Instant } from '../../actions/lib/timeline.ts';
import { instantIn, scheduleBody } from './bodies.ts';
import {
  type Answer,
  fields,
  idIn,
  isTimeZone,
  type OperationCall,
  requestedSchedule,
} from './operation-call.ts';
import { wrongInput, wrongSchedule } from './refusal.ts';
import { timeOfDay } from './rendering.ts';
import { asking } from './schedules.ts';
import { type Layer, present, type Restriction, type Schedule, withSchedule } from './state.ts';

const WEEKDAY = 'Start day of week must be in 1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, or 7.';
const SHORTER = 'Please use a shorter duration or just turn the recurrence off.';

function restrictionOf(written: unknown): Restriction {
  const {
    type,
    start_time_of_day: time,
    duration_seconds: seconds,
    start_day_of_week: weekday,
  } = fields(written);
  if (type !== 'daily_restriction' && type !== 'weekly_restriction')
    throw wrongInput('Restriction type is not known');
  if (typeof time !== 'string' || !/^\d\d:\d\d:\d\d$/.test(time) || timeOfDay(time) >= 86_400_000)
    throw wrongInput('Start time of day is written as 08:00:00');
  if (typeof seconds !== 'number' || seconds < 1) throw wrongInput('Duration seconds is at least 1');
  if (type === 'daily_restriction') {
    if (seconds >= 86_400)
      throw wrongSchedule('rotation_layers.daily_restrictions.duration_seconds', SHORTER);
    if (weekday !== undefined && weekday !== null)
      throw wrongInput('A daily restriction has no start day of week');
    return { type, start_time_of_day: time, duration_seconds: seconds };
  }
  if (typeof weekday !== 'number' || ![1, 2, 3, 4, 5, 6, 7].includes(weekday)) throw wrongInput(WEEKDAY);
  if (seconds >= 604_800)
    throw wrongSchedule('rotation_layers.weekly_restrictions.duration_seconds', SHORTER);
  return { type, start_time_of_day: time, duration_seconds: seconds, start_day_of_week: weekday };
}

function usersOf({ state }: OperationCall, written: unknown): readonly string[] {
  const users = Array.isArray(written) ? written.map((each) => idIn(fields(each).user)) : [];
  if (users.length === 0) throw wrongInput('Layer has no users');
  for (const user of users)
    if (!state.users.some(({ id, deletedAt }) => id === user && deletedAt === undefined))
      throw wrongInput('User not found');
  return users;
}

function endOf(written: unknown, known: Layer | undefined, now: Instant): Instant | undefined {
  if (written === undefined) return known?.endAt;
  if (written === null) return undefined;
  const endAt = instantIn(written);
  if (endAt === undefined) throw wrongInput('End is not a date and time with a zone');
  return Math.max(endAt, now);
}

/** A layer from now on: its past is kept, so it starts now at the earliest. */
function layerOf(call: OperationCall, schedule: Schedule, written: unknown): Layer {
  const { now, mode, ids } = call;
  const given = fields(written);
  const known = present(schedule).layers.find(({ id }) => id === given.id);
  if (known === undefined && typeof given.id === 'string')
    throw wrongInput(`Layer ${given.id} was not found`);
  if (known === undefined && mode === 'strict') throw wrongInput('Layer has no id, which makes a new layer');
  const startAt = instantIn(given.start);
  const virtualStartAt = instantIn(given.rotation_virtual_start);
  const turnSeconds = given.rotation_turn_length_seconds;
  if (startAt === undefined || virtualStartAt === undefined)
    throw wrongInput('Start and rotation virtual start are a date and time with a zone');
  if (virtualStartAt % 60_000 !== 0) throw wrongInput('Rotation virtual start is not on a whole minute');
  if (typeof turnSeconds !== 'number' || turnSeconds < 3600 || turnSeconds > 31_536_000)
    throw wrongInput('Rotation turn length seconds is from 3600 to 31536000');
  if (mode === 'strict' && startAt < now && startAt !== known?.startAt)
    throw wrongInput("Layer can't start in the past");
  const endAt = endOf(given.end, known, now);
  const ended = endAt !== undefined && endAt <= now;
  if (!ended && endAt !== undefined && endAt <= Math.max(startAt, now))
    throw wrongSchedule('rotation_layers.end', 'must be after start');
  return {
    id: known?.id ?? ids('P'),
    name: String(given.name ?? known?.name ?? 'Layer'),
    startAt: ended ? Math.min(startAt, now) : Math.max(startAt, now),
    endAt,
    virtualStartAt,
    turnSeconds,
    users: usersOf(call, given.users),
    restrictions: (Array.isArray(given.restrictions) ? given.restrictions : []).map(restrictionOf),
  };
}

/** The layers of the schedule from now on; a layer that is not sent is kept, below those that are sent. */
function layersOf(call: OperationCall, schedule: Schedule, written: readonly unknown[]): readonly Layer[] {
  const { layers } = present(schedule);
  const sent = written.map((each) => layerOf(call, schedule, each));
  const omitted = layers.filter(({ id }) => !sent.some((layer) => layer.id === id));
  if (call.mode === 'strict') {
    if (omitted.length > 0)
      throw wrongInput(`Layer ${omitted[0]?.id} is not sent; a layer can only be ended`);
    const reversed = layers.length > 1 && layers.every(({ id }, i) => sent.at(-1 - i)?.id === id);
    if (reversed) throw wrongInput('Layers are in the order in which GET returned them, which reverses them');
  }
  return [...omitted, ...sent];
}

export function putSchedule(call: OperationCall): Answer {
  const { now } = call;
  const schedule = requestedSchedule(call);
  const written = fields(call.body).schedule;
  if (written === undefined) throw wrongInput('Schedule is missing');
  const { name, description, time_zone, schedule_layers } = fields(written);
  const era = present(schedule);
  const timeZone = String(time_zone ?? era.timeZone);
  if (!isTimeZone(timeZone)) throw wrongInput('Time zone is not a known zone');
  const layers = Array.isArray(schedule_layers) ? layersOf(call, schedule, schedule_layers) : era.layers;
  const isSame = layers === era.layers && zoneOf(timeZone) === zoneOf(era.timeZone);
  const state = withSchedule(call.state, schedule.id, (one) => ({
    ...one,
    name: String(name ?? one.name),
    description: description === undefined ? one.description : (description as string | null),
    eras: isSame ? one.eras : [...one.eras, { sinceAt: now, timeZone, layers }],
  }));
  const after = requestedSchedule({ ...call, state });
  return { status: 200, body: { schedule: scheduleBody(state, after, asking(call), now) }, state };
}
