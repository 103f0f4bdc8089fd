/**
 * Overrides of a rotation or of a custom shift: list, create in bulk, read, change, delete.
 *
 * The one surprise: an override acts only in the shifts of its source and only for the member that it names. When its
 * source is gone it stays in lists without any effect, and can no longer be read, changed or deleted. One that has no
 * effect from the beginning is refused in strict mode, although PagerDuty would probably accept it.
 */
import type { Interval } from '../../actions/lib/timeline.ts';
import { wrongInput } from './refusal.ts';
import { type ApiRequest, type ApiResponse, fields, page } from './request.ts';
import { shiftOverrideBody, zoneIn } from './shift-bodies.ts';
import { assignments, isOneSource } from './shift-rendering.ts';
import {
  changedTimes,
  createdInBulk,
  type FieldError,
  fieldError,
  isFieldError,
  memberIn,
  partById,
  partsInRange,
  refusedFields,
  requestedShiftSchedule,
  timesOf,
  withoutPart,
} from './shift-request.ts';
import { type Member, phaseOf, type ShiftOverride, type ShiftSource } from './shift-state.ts';
import { type Schedule, withSchedule } from './state.ts';

const isThere = ({ rotations, customShifts }: Schedule, source: ShiftSource): boolean =>
  'rotationId' in source
    ? rotations.some(({ id }) => id === source.rotationId)
    : customShifts.some(({ id }) => id === source.customShiftId);

function requestedOverride(request: ApiRequest): ShiftOverride {
  const schedule = requestedShiftSchedule(request);
  const attached = schedule.shiftOverrides.filter(({ source }) => isThere(schedule, source));
  return partById(request, attached, request.path.override_id, 'Override');
}

function sourceIn(schedule: Schedule, item: unknown): ShiftSource | FieldError {
  const { rotation_id: rotationId, custom_shift_id: customShiftId } = fields(item);
  const isRotation = typeof rotationId === 'string';
  if (isRotation === (typeof customShiftId === 'string'))
    return fieldError('rotation_id', 'or custom_shift_id is required, and not both');
  const source = isRotation ? { rotationId } : { customShiftId: String(customShiftId) };
  const field = isRotation ? 'rotation_id' : 'custom_shift_id';
  return isThere(schedule, source) ? source : fieldError(field, 'was not found');
}

export function listShiftOverrides(request: ApiRequest): ApiResponse {
  const schedule = requestedShiftSchedule(request);
  return page(request, 'overrides', partsInRange(request, schedule.shiftOverrides), (override) =>
    shiftOverrideBody(schedule, zoneIn(request), override),
  );
}

/** Who has the shifts of a source in an interval, before any override. */
const membersIn = (schedule: Schedule, source: ShiftSource, interval: Interval): readonly Member[] =>
  assignments({ ...schedule, shiftOverrides: [] }, interval)
    .filter((each) => isOneSource(each.source, source))
    .map(({ member }) => member);

function madeOverride(request: ApiRequest, schedule: Schedule, item: unknown): ShiftOverride | FieldError {
  const { state, ids, now, mode } = request;
  const { overridden_member, overriding_member } = fields(item);
  const interval = timesOf(request, item);
  if (isFieldError(interval)) return interval;
  const source = sourceIn(schedule, item);
  if (isFieldError(source)) return source;
  const beneath = membersIn(schedule, source, interval);
  // Documented as required, but overrides were created without it: then it is whoever the source has first.
  const overridden =
    overridden_member === undefined && mode === 'faithful'
      ? beneath[0]
      : memberIn(state, overridden_member, 'overridden_member');
  const overriding = memberIn(state, overriding_member, 'overriding_member');
  if (isFieldError(overridden)) return overridden;
  if (isFieldError(overriding)) return overriding;
  if (mode === 'strict' && !beneath.includes(overridden))
    return fieldError('overridden_member', 'has no shift of that source in this time');
  return { id: ids('A'), source, ...interval, overridden, overriding, createdAt: now };
}

export function makeShiftOverrides(request: ApiRequest): ApiResponse {
  const schedule = requestedShiftSchedule(request);
  return createdInBulk<ShiftOverride>(request, {
    name: 'overrides',
    make: (item) => madeOverride(request, schedule, item),
    add: (made) =>
      withSchedule(request.state, schedule.id, (one) => ({
        ...one,
        shiftOverrides: [...one.shiftOverrides, ...made],
      })),
    body: (override) => shiftOverrideBody(schedule, zoneIn(request), override),
  });
}

const overrideResponse = (request: ApiRequest, override: ShiftOverride): ApiResponse => ({
  status: 200,
  body: { override: shiftOverrideBody(requestedShiftSchedule(request), zoneIn(request), override) },
});

export const getShiftOverride = (request: ApiRequest): ApiResponse =>
  overrideResponse(request, requestedOverride(request));

/** The source and the member that is replaced cannot be changed. */
export function putShiftOverride(request: ApiRequest): ApiResponse {
  const { state, now } = request;
  const override = requestedOverride(request);
  const written = fields(request.body).override;
  if (written === undefined) throw wrongInput('Override is missing');
  const { overriding_member } = fields(written);
  const interval = changedTimes(request, written, override);
  const overriding =
    overriding_member === undefined
      ? override.overriding
      : memberIn(state, overriding_member, 'overriding_member');
  if (isFieldError(interval)) throw refusedFields(request, interval);
  if (isFieldError(overriding)) throw refusedFields(request, overriding);
  if (overriding !== override.overriding && phaseOf(override, now) !== 'future')
    throw refusedFields(request, fieldError('overriding_member', "can't be changed after the start"));
  const changed = { ...override, ...interval, overriding };
  return {
    ...overrideResponse(request, changed),
    state: withSchedule(state, requestedShiftSchedule(request).id, (one) => ({
      ...one,
      shiftOverrides: one.shiftOverrides.map((each) => (each === override ? changed : each)),
    })),
  };
}

export function removeShiftOverride(request: ApiRequest): ApiResponse {
  const { id, shiftOverrides } = requestedShiftSchedule(request);
  const left = withoutPart(request, shiftOverrides, requestedOverride(request));
  return { status: 204, state: withSchedule(request.state, id, (one) => ({ ...one, shiftOverrides: left })) };
}
