/** Which operation a method and a path name, and what it answers. */
import { pathPattern } from '../openapi.ts';
import { type Answer, type Asked, page } from './asked.ts';
import { putSchedule } from './layers.ts';
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

/** By method and path, the path as PagerDuty's document writes it. */
const OPERATIONS: Readonly<Record<string, (asked: Asked) => Answer>> = {
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
  'GET /incidents': (asked) => page(asked, 'incidents', [], Object),
  'GET /log_entries': (asked) => page(asked, 'log_entries', [], Object),
};

export interface Route {
  readonly method: string;
  /** As PagerDuty's document writes it. */
  readonly path: string;
  readonly pattern: RegExp;
  readonly operation: (asked: Asked) => Answer;
}

const routes: readonly Route[] = Object.entries(OPERATIONS).map(([name, operation]) => {
  const [method = '', path = ''] = name.split(' ');
  return { method, path, pattern: pathPattern(path), operation };
});

export const routeOf = (method: string, path: string): Route | undefined =>
  routes.find((route) => route.method === method && route.pattern.test(path));

/** What stands in the path for the names in the route's. */
export const pathValues = ({ pattern }: Route, path: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(pattern.exec(path)?.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]),
  );

/** The answer of an operation; a refusal is one, and leaves the state as it was. */
export function answered(work: () => Answer): Answer {
  try {
    return work();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return refused(refusal);
  }
}
