/** Maps a method and a path to an operation, and calls it. */
import { pathPattern } from '../openapi.ts';
import { putSchedule } from './layers.ts';
import { type Answer, type OperationCall, page } from './operation-call.ts';
import { listOverrides, makeOverrides, removeOverride } from './overrides.ts';
import { getPolicy, listPolicies, putPolicy } from './policies.ts';
import { Refusal, refused } from './refusal.ts';
import {
  getSchedule,
  getUser,
  listAbilities,
  listOnCalls,
  listSchedules,
  listScheduleUsers,
  listUsers,
} from './schedules.ts';

/** By method and path, with the path as in PagerDuty's document. */
const OPERATIONS: Readonly<Record<string, (call: OperationCall) => Answer>> = {
  'GET /schedules': listSchedules,
  'GET /schedules/{id}': getSchedule,
  'PUT /schedules/{id}': putSchedule,
  'GET /schedules/{id}/overrides': listOverrides,
  'POST /schedules/{id}/overrides': makeOverrides,
  'DELETE /schedules/{id}/overrides/{override_id}': removeOverride,
  'GET /schedules/{id}/users': listScheduleUsers,
  'GET /oncalls': listOnCalls,
  'GET /escalation_policies': listPolicies,
  'GET /escalation_policies/{id}': getPolicy,
  'PUT /escalation_policies/{id}': putPolicy,
  'GET /users': listUsers,
  'GET /users/{id}': getUser,
  'GET /abilities': listAbilities,
  'GET /incidents': (call) => page(call, 'incidents', [], Object),
  'GET /log_entries': (call) => page(call, 'log_entries', [], Object),
};

export interface Route {
  readonly method: string;
  /** As in PagerDuty's document. */
  readonly path: string;
  readonly pattern: RegExp;
  readonly operation: (call: OperationCall) => Answer;
}

const routes: readonly Route[] = Object.entries(OPERATIONS).map(([name, operation]) => {
  const [method = '', path = ''] = name.split(' ');
  return { method, path, pattern: pathPattern(path), operation };
});

export const routeOf = (method: string, path: string): Route | undefined =>
  routes.find((route) => route.method === method && route.pattern.test(path));

/** The values of the parameters in a path. */
export const pathValues = ({ pattern }: Route, path: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(pattern.exec(path)?.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]),
  );

/** The response of an operation; a refusal is also a response, and does not change the state. */
export function answered(work: () => Answer): Answer {
  try {
    return work();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return refused(refusal);
  }
}
