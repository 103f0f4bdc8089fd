/** Shift-based schedules: the list, one of them with its final schedule, its data, and its rotations with events. */
import { reference } from './bodies.ts';
import { notFound, wrongInput } from './refusal.ts';
import {
  type ApiRequest,
  type ApiResponse,
  byName,
  fields,
  isTimeZone,
  matchesQuery,
  page,
} from './request.ts';
import { eventBody, rotationBody, shiftScheduleBody } from './shift-bodies.ts';
import { requestedShiftSchedule } from './shift-request.ts';
import type { Rotation } from './shift-state.ts';
import { present, withSchedule } from './state.ts';

/** References only, up to a thousand at once. */
export function listShiftSchedules(request: ApiRequest): ApiResponse {
  const teams = request.query.getAll('team_ids[]');
  const found = request.state.schedules
    .filter(({ kind, name }) => kind === 'v3' && matchesQuery(request, name))
    .filter((schedule) => teams.length === 0 || schedule.teams.some(({ id }) => teams.includes(id)))
    .toSorted(byName);
  const limits = { usual: 100, most: 1000 };
  return page(request, 'schedules', found, (each) => reference('schedule_v3', each), limits);
}

export const getShiftSchedule = (request: ApiRequest): ApiResponse => ({
  status: 200,
  body: { schedule: shiftScheduleBody(request, requestedShiftSchedule(request)) },
});

/** Name, description and zone. The zone is documented as optional, but a request without it is refused. */
export function putShiftSchedule(request: ApiRequest): ApiResponse {
  const { state, now } = request;
  const schedule = requestedShiftSchedule(request);
  const written = fields(fields(request.body).schedule);
  const { name, description, time_zone: timeZone } = written;
  const extra = ['rotations', 'escalation_policies'].find((field) => field in written);
  if (extra !== undefined) throw wrongInput(`${extra} is not accepted`);
  if (typeof timeZone !== 'string') throw wrongInput('Time zone cannot be empty.');
  if (!isTimeZone(timeZone)) throw wrongInput('Time zone is not a known zone');
  const after = withSchedule(state, schedule.id, (one) => ({
    ...one,
    name: String(name ?? one.name),
    description: description === undefined ? one.description : (description as string | null),
    eras: [...one.eras, { ...present(one), sinceAt: now, timeZone }],
  }));
  return { ...getShiftSchedule({ ...request, state: after }), state: after };
}

export function listRotations(request: ApiRequest): ApiResponse {
  const schedule = requestedShiftSchedule(request);
  return page(request, 'rotations', schedule.rotations, (rotation) => rotationBody(schedule, rotation));
}

function requestedRotation(request: ApiRequest): Rotation {
  const { rotations } = requestedShiftSchedule(request);
  const rotation = rotations.find(({ id }) => id === request.path.rotation_id);
  if (rotation === undefined) throw notFound(2100, 'Rotation Not Found');
  return rotation;
}

export const getRotation = (request: ApiRequest): ApiResponse => ({
  status: 200,
  body: { rotation: rotationBody(requestedShiftSchedule(request), requestedRotation(request)) },
});

export function listEvents(request: ApiRequest): ApiResponse {
  const schedule = requestedShiftSchedule(request);
  const { id, events } = requestedRotation(request);
  const sorted = events.toSorted((one, other) => one.startWall - other.startWall);
  return page(request, 'events', sorted, (event) => eventBody(schedule, id, event));
}
