/**
 * Custom shifts: list, create in bulk, read, change, delete.
 *
 * The one surprise: two custom shifts over the same time put two people on call; nothing is refused for overlapping.
 */
import { wrongInput } from './refusal.ts';
import { type ApiRequest, type ApiResponse, fields, page } from './request.ts';
import { customShiftBody, zoneIn } from './shift-bodies.ts';
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
import { type CustomShift, type Member, phaseOf } from './shift-state.ts';
import { withSchedule } from './state.ts';

const requestedShift = (request: ApiRequest): CustomShift =>
  partById(
    request,
    requestedShiftSchedule(request).customShifts,
    request.path.custom_shift_id,
    'Custom Shift',
  );

/** The member in exactly one assignment. */
function holderIn({ state }: ApiRequest, written: unknown): Member | FieldError {
  if (!Array.isArray(written) || written.length !== 1)
    return fieldError('assignments', 'must be exactly one');
  return memberIn(state, fields(written[0]).member, 'assignments');
}

export function listCustomShifts(request: ApiRequest): ApiResponse {
  const schedule = requestedShiftSchedule(request);
  return page(request, 'custom_shifts', partsInRange(request, schedule.customShifts), (shift) =>
    customShiftBody(schedule, zoneIn(request), shift),
  );
}

export function makeCustomShifts(request: ApiRequest): ApiResponse {
  const { state, ids, now } = request;
  const schedule = requestedShiftSchedule(request);
  return createdInBulk<CustomShift>(request, {
    name: 'custom_shifts',
    make: (item) => {
      const interval = timesOf(request, item);
      const member = holderIn(request, fields(item).assignments);
      if (isFieldError(interval)) return interval;
      return isFieldError(member) ? member : { id: ids('A'), ...interval, member, createdAt: now };
    },
    add: (made) =>
      withSchedule(state, schedule.id, (one) => ({ ...one, customShifts: [...one.customShifts, ...made] })),
    body: (shift) => customShiftBody(schedule, zoneIn(request), shift),
  });
}

const shiftResponse = (request: ApiRequest, shift: CustomShift): ApiResponse => ({
  status: 200,
  body: { custom_shift: customShiftBody(requestedShiftSchedule(request), zoneIn(request), shift) },
});

export const getCustomShift = (request: ApiRequest): ApiResponse =>
  shiftResponse(request, requestedShift(request));

export function putCustomShift(request: ApiRequest): ApiResponse {
  const { state, now } = request;
  const shift = requestedShift(request);
  const written = fields(request.body).custom_shift;
  if (written === undefined) throw wrongInput('Custom shift is missing');
  const { assignments } = fields(written);
  const interval = changedTimes(request, written, shift);
  const member = assignments === undefined ? shift.member : holderIn(request, assignments);
  if (isFieldError(interval)) throw refusedFields(request, interval);
  if (isFieldError(member)) throw refusedFields(request, member);
  if (member !== shift.member && phaseOf(shift, now) !== 'future')
    throw refusedFields(request, fieldError('assignments', "can't be changed after the start"));
  const changed = { ...shift, ...interval, member };
  return {
    ...shiftResponse(request, changed),
    state: withSchedule(state, requestedShiftSchedule(request).id, (one) => ({
      ...one,
      customShifts: one.customShifts.map((each) => (each === shift ? changed : each)),
    })),
  };
}

export function removeCustomShift(request: ApiRequest): ApiResponse {
  const { id, customShifts } = requestedShiftSchedule(request);
  const left = withoutPart(request, customShifts, requestedShift(request));
  return { status: 204, state: withSchedule(request.state, id, (one) => ({ ...one, customShifts: left })) };
}
