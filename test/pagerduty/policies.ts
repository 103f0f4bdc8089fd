/**
 * Escalation policies: read, and updated field by field.
 *
 * Rules are replaced as a whole. A rule keeps its id if that is sent, and loses its strategy if that is not sent,
 * although the strategy is returned only on request.
 */

import { policyBody } from './bodies.ts';
import {
  type Answer,
  byName,
  fields,
  idIn,
  matchesName,
  type OperationCall,
  page,
  requestedPolicy,
} from './operation-call.ts';
import { wrongInput } from './refusal.ts';
import { type Policy, type Rule, type State, type Strategy, type Target, withPolicy } from './state.ts';

const includes = ({ query }: OperationCall): readonly string[] => query.getAll('include[]');

export function listPolicies(call: OperationCall): Answer {
  const { state, query } = call;
  const [users, teams] = [query.getAll('user_ids[]'), query.getAll('team_ids[]')];
  const found = state.policies
    .filter(({ name }) => matchesName(call, name))
    .filter((policy) => teams.length === 0 || policy.teams.some(({ id }) => teams.includes(id)))
    .filter(
      ({ rules }) =>
        users.length === 0 || rules.some(({ targets }) => targets.some(({ id }) => users.includes(id))),
    )
    .toSorted(byName);
  const sorted = query.get('sort_by') === 'name:desc' ? found.toReversed() : found;
  return page(call, 'escalation_policies', sorted, (policy) => policyBody(state, policy, includes(call)));
}

export const getPolicy = (call: OperationCall): Answer => ({
  status: 200,
  body: { escalation_policy: policyBody(call.state, requestedPolicy(call), includes(call)) },
});

/** Whether a target exists; a reference to a schedule has the type of that schedule. */
function isThere({ users, schedules }: State, { id, type }: Target): boolean {
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
  if (!isThere(state, target)) throw wrongInput(`Escalation target ${type} ${target.id} was not found`);
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

function ruleOf({ state, ids }: OperationCall, policy: Policy, written: unknown): Rule {
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

/** Fields that are sent are changed, others are kept; services are never changed. */
export function putPolicy(call: OperationCall): Answer {
  const policy = requestedPolicy(call);
  const written = fields(fields(call.body).escalation_policy);
  const { name, description, num_loops, on_call_handoff_notifications, escalation_rules, teams } = written;
  if (fields(call.body).escalation_policy === undefined) throw wrongInput('Escalation policy is missing');
  if (call.mode === 'strict' && !Array.isArray(escalation_rules))
    throw wrongInput('Escalation rules are missing');
  const changed = checked(call.state, {
    ...policy,
    ...(name === undefined ? {} : { name: String(name ?? '') }),
    ...(description === undefined ? {} : { description: description as string | null }),
    ...(num_loops === undefined ? {} : { loops: num_loops as number }),
    ...(on_call_handoff_notifications === undefined
      ? {}
      : { handoffNotifications: on_call_handoff_notifications as Policy['handoffNotifications'] }),
    ...(Array.isArray(escalation_rules)
      ? { rules: escalation_rules.map((rule) => ruleOf(call, policy, rule)) }
      : {}),
    ...(Array.isArray(teams) ? { teams: teams.map((team) => teamOf(call.state, idIn(team))) } : {}),
  });
  const state = withPolicy(call.state, policy.id, () => changed);
  return { status: 200, body: { escalation_policy: policyBody(state, changed, includes(call)) }, state };
}

/** A team exists if a policy or a schedule belongs to it. */
function teamOf({ policies, schedules }: State, id: string) {
  const team = [...policies, ...schedules].flatMap(({ teams }) => teams).find((each) => each.id === id);
  if (team === undefined) throw wrongInput(`Team ${id} was not found`);
  return team;
}
