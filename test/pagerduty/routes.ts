/** The operation of a method and a path, and its response. */
import { pathPattern } from '../openapi.ts';
import {
  getCustomShift,
  listCustomShifts,
  makeCustomShifts,
  putCustomShift,
  removeCustomShift,
} from './custom-shifts.ts';
import { putSchedule } from './layers.ts';
import { listLogEntries } from './log-entries.ts';
import { listOverrides, makeOverrides, removeOverride } from './overrides.ts';
import { getPolicy, listPolicies, putPolicy } from './policies.ts';
import { Refusal, refused } from './refusal.ts';
import { type ApiRequest, type ApiResponse, page } from './request.ts';
import {
  getSchedule,
  getUser,
  listAbilities,
  listOnCalls,
  listSchedules,
  listScheduleUsers,
  listUsers,
} from './schedules.ts';
import { getService, putService } from './services.ts';
import {
  getShiftOverride,
  listShiftOverrides,
  makeShiftOverrides,
  putShiftOverride,
  removeShiftOverride,
} from './shift-overrides.ts';
import {
  getRotation,
  getShiftSchedule,
  listEvents,
  listRotations,
  listShiftSchedules,
  putShiftSchedule,
} from './shift-schedules.ts';

/** By method and path, with the path as in PagerDuty's document. */
const OPERATIONS: Readonly<Record<string, (request: ApiRequest) => ApiResponse>> = {
  'GET /schedules': listSchedules,
  'GET /schedules/{id}': getSchedule,
  'PUT /schedules/{id}': putSchedule,
  'GET /schedules/{id}/overrides': listOverrides,
  'POST /schedules/{id}/overrides': makeOverrides,
  'DELETE /schedules/{id}/overrides/{override_id}': removeOverride,
  'GET /schedules/{id}/users': listScheduleUsers,
  'GET /v3/schedules': listShiftSchedules,
  'GET /v3/schedules/{id}': getShiftSchedule,
  'PUT /v3/schedules/{id}': putShiftSchedule,
  'GET /v3/schedules/{id}/rotations': listRotations,
  'GET /v3/schedules/{id}/rotations/{rotation_id}': getRotation,
  'GET /v3/schedules/{id}/rotations/{rotation_id}/events': listEvents,
  'GET /v3/schedules/{id}/custom_shifts': listCustomShifts,
  'POST /v3/schedules/{id}/custom_shifts': makeCustomShifts,
  'GET /v3/schedules/{id}/custom_shifts/{custom_shift_id}': getCustomShift,
  'PUT /v3/schedules/{id}/custom_shifts/{custom_shift_id}': putCustomShift,
  'DELETE /v3/schedules/{id}/custom_shifts/{custom_shift_id}': removeCustomShift,
  'GET /v3/schedules/{id}/overrides': listShiftOverrides,
  'POST /v3/schedules/{id}/overrides': makeShiftOverrides,
  'GET /v3/schedules/{id}/overrides/{override_id}': getShiftOverride,
  'PUT /v3/schedules/{id}/overrides/{override_id}': putShiftOverride,
  'DELETE /v3/schedules/{id}/overrides/{override_id}': removeShiftOverride,
  'GET /services/{id}': getService,
  'PUT /services/{id}': putService,
  'GET /oncalls': listOnCalls,
  'GET /escalation_policies': listPolicies,
  'GET /escalation_policies/{id}': getPolicy,
  'PUT /escalation_policies/{id}': putPolicy,
  'GET /users': listUsers,
  'GET /users/{id}': getUser,
  'GET /abilities': listAbilities,
  'GET /incidents': (request) => page(request, 'incidents', [], Object),
  'GET /log_entries': listLogEntries,
};

export interface Route {
  readonly method: string;
  /** As in PagerDuty's document. */
  readonly path: string;
  readonly pattern: RegExp;
  readonly operation: (request: ApiRequest) => ApiResponse;
}

const routes: readonly Route[] = Object.entries(OPERATIONS).map(([name, operation]) => {
  const [method = '', path = ''] = name.split(' ');
  return { method, path, pattern: pathPattern(path), operation };
});

export const routeOf = (method: string, path: string): Route | undefined =>
  routes.find((route) => route.method === method && route.pattern.test(path));

/** The values in a path for the names in the route's path. */
export const pathValues = ({ pattern }: Route, path: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(pattern.exec(path)?.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]),
  );

/** The response of an operation. A refusal also becomes a response, and leaves the state unchanged. */
export function respond(work: () => ApiResponse): ApiResponse {
  try {
    return work();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return refused(refusal);
  }
}
