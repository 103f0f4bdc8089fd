/**
 * Escalation policies: read, and updated field by field.
 *
 * The one surprise: rules are replaced as a whole. A rule keeps its id if the id is sent, and loses its strategy if
 * that is not sent, although GET returns the strategy only on request.
 */

import { policyBody } from './bodies.ts';
import { wrongInput } from './refusal.ts';
import {
  type ApiRequest,
  type ApiResponse,
  byName,
  fields,
  idIn,
  matchesQuery,
  page,
  requestedPolicy,
} from './request.ts';
import { type Policy, type Rule, type State, type Strategy, type Target, withPolicy } from './state.ts';

const includes = ({ query }: ApiRequest): readonly string[] => query.getAll('include[]');

export function listPolicies(request: ApiRequest): ApiResponse {
  const { state, query } = request;
  const [users, teams] = [query.getAll('user_ids[]'), query.getAll('team_ids[]')];
  const found = state.policies
    .filter(({ name }) => matchesQuery(request, name))
    .filter((policy) => teams.length === 0 || policy.teams.some(({ id }) => teams.includes(id)))
    .filter(
      ({ rules }) =>
        users.length === 0 || rules.some(({ targets }) => targets.some(({ id }) => users.includes(id))),
    )
    .toSorted(byName);
  const sorted = query.get('sort_by') === 'name:desc' ? found.toReversed() : found;
  return page(request, 'escalation_policies', sorted, (policy) =>
    policyBody(state, policy, includes(request)),
  );
}

export const getPolicy = (request: ApiRequest): ApiResponse => ({
  status: 200,
  body: { escalation_policy: policyBody(request.state, requestedPolicy(request), includes(request)) },
});

/** Whether a target exists; the type of a reference has to match the kind of schedule. */
function exists({ users, schedules }: State, { id, type }: Target): boolean {
  switch (type) {
    case 'user_reference':
      return users.some((user) => user.id === id && user.deletedAt === undefined);
    case 'schedule_reference':
      return schedules.some((schedule) => schedule.id === id && schedule.kind === 'v2');
    case 'schedule_v3_reference':
      return schedules.some((schedule) => schedule.id === id && schedule.kind === 'v3');
    default:
      return false;
  }
}

const TYPES: Readonly<Record<string, Target['type']>> = {
  user: 'user_reference',
  schedule: 'schedule_reference',
};

function targetOf(state: State, written: unknown): Target {
  const type = String(fields(written).type);
  const target = { id: idIn(written), type: TYPES[type] ?? (type as Target['type']) };
  if (!exists(state, target)) throw wrongInput(`Escalation target ${type} ${target.id} was not found`);
  return target;
}

/** PagerDuty has accepted a strategy as a text, as an object and as a list of one. */
function strategyOf(written: unknown): Strategy {
  const [first] = [written].flat();
  const type = fields(first).type ?? first ?? 'assign_to_everyone';
  if (type !== 'assign_to_everyone' && type !== 'round_robin')
    throw wrongInput('Escalation rule assignment strategy is not known');
  return type;
}

function ruleOf({ state, ids }: ApiRequest, policy: Policy, written: unknown): Rule {
  const { id, escalation_delay_in_minutes: delay, targets, ...rest } = fields(written);
  if (typeof delay !== 'number' || !Number.isInteger(delay) || delay < 1)
    throw wrongInput('Escalation delay in minutes is a whole number from 1');
  if (!Array.isArray(targets) || targets.length < 1) throw wrongInput('Escalation rule has no targets');
  if (targets.length > 10) throw wrongInput('May have at most 10 escalation targets');
  const kept = policy.rules.find((rule) => rule.id === id);
  return {
    id: kept?.id ?? ids('P'),
    delayMinutes: delay,
    targets: targets.map((target) => targetOf(state, target)),
    strategy: strategyOf(rest.escalation_rule_assignment_strategy),
  };
}

function checked({ policies }: State, policy: Policy): Policy {
  const { name, loops, rules, teams, handoffNotifications } = policy;
  if (name === '') throw wrongInput("Name can't be blank");
  if (policies.some((other) => other.id !== policy.id && other.name === name))
    throw wrongInput('Name has already been taken');
  if (!Number.isInteger(loops) || loops < 0 || loops > 9)
    throw wrongInput('Num loops is a whole number from 0 to 9');
  if (rules.length === 0) throw wrongInput('Escalation policy has no rules');
  if (teams.length > 1) throw wrongInput('May have at most 1 team');
  if (handoffNotifications !== 'if_has_services' && handoffNotifications !== 'always')
    throw wrongInput('On call handoff notifications is not known');
  return policy;
}

/** Changes the fields that are sent and keeps the others; services are not changed by this operation. */
export function putPolicy(request: ApiRequest): ApiResponse {
  const policy = requestedPolicy(request);
  const written = fields(fields(request.body).escalation_policy);
  const { name, description, num_loops, on_call_handoff_notifications, escalation_rules, teams } = written;
  if (fields(request.body).escalation_policy === undefined) throw wrongInput('Escalation policy is missing');
  if (request.mode === 'strict' && !Array.isArray(escalation_rules))
    throw wrongInput('Escalation rules are missing');
  const changed = checked(request.state, {
    ...policy,
    ...(name === undefined ? {} : { name: String(name ?? '') }),
    ...(description === undefined ? {} : { description: description as string | null }),
    ...(num_loops === undefined ? {} : { loops: num_loops as number }),
    ...(on_call_handoff_notifications === undefined
      ? {}
      : { handoffNotifications: on_call_handoff_notifications as Policy['handoffNotifications'] }),
    ...(Array.isArray(escalation_rules)
      ? { rules: escalation_rules.map((rule) => ruleOf(request, policy, rule)) }
      : {}),
    ...(Array.isArray(teams) ? { teams: teams.map((team) => teamOf(request.state, idIn(team))) } : {}),
  });
  const state = withPolicy(request.state, policy.id, () => changed);
  return { status: 200, body: { escalation_policy: policyBody(state, changed, includes(request)) }, state };
}

/** The teams that exist are those named by schedules and policies. */
function teamOf({ policies, schedules }: State, id: string) {
  const team = [...policies, ...schedules].flatMap(({ teams }) => teams).find((each) => each.id === id);
  if (team === undefined) throw wrongInput(`Team ${id} was not found`);
  return team;
}
