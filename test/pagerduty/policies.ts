/**
 * Escalation policies: read, and written field by field.
 *
 * The one surprise: rules are replaced as a whole. A rule keeps its id when it is sent, and loses its strategy when that
 * is not sent, although the strategy is told only to those who ask for it.
 */
import { type Answer, type Asked, byName, fields, idIn, isSought, page, policyAsked } from './asked.ts';
import { policyBody } from './bodies.ts';
import { wrongInput } from './refusal.ts';
import { type Policy, type Rule, type State, type Strategy, type Target, withPolicy } from './state.ts';

const includes = ({ query }: Asked): readonly string[] => query.getAll('include[]');

export function listPolicies(asked: Asked): Answer {
  const { state, query } = asked;
  const [users, teams] = [query.getAll('user_ids[]'), query.getAll('team_ids[]')];
  const found = state.policies
    .filter(({ name }) => isSought(asked, name))
    .filter((policy) => teams.length === 0 || policy.teams.some(({ id }) => teams.includes(id)))
    .filter(
      ({ rules }) =>
        users.length === 0 || rules.some(({ targets }) => targets.some(({ id }) => users.includes(id))),
    )
    .toSorted(byName);
  const sorted = query.get('sort_by') === 'name:desc' ? found.toReversed() : found;
  return page(asked, 'escalation_policies', sorted, (policy) => policyBody(state, policy, includes(asked)));
}

export const getPolicy = (asked: Asked): Answer => ({
  status: 200,
  body: { escalation_policy: policyBody(asked.state, policyAsked(asked), includes(asked)) },
});

/** Whether a target is there to be called; a schedule's reference is of the schedule's kind. */
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

/** PagerDuty has taken a strategy as a text, as an object and as a list of one. */
function strategyOf(written: unknown): Strategy {
  const [first] = [written].flat();
  const type = fields(first).type ?? first ?? 'assign_to_everyone';
  if (type !== 'assign_to_everyone' && type !== 'round_robin')
    throw wrongInput('Escalation rule assignment strategy is not known');
  return type;
}

function ruleOf({ state, ids }: Asked, policy: Policy, written: unknown): Rule {
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

/** What is sent is changed, what is not sent stays; services are not changed from here. */
export function putPolicy(asked: Asked): Answer {
  const policy = policyAsked(asked);
  const written = fields(fields(asked.body).escalation_policy);
  const { name, description, num_loops, on_call_handoff_notifications, escalation_rules, teams } = written;
  if (fields(asked.body).escalation_policy === undefined) throw wrongInput('Escalation policy is missing');
  if (asked.mode === 'strict' && !Array.isArray(escalation_rules))
    throw wrongInput('Escalation rules are missing');
  const changed = checked(asked.state, {
    ...policy,
    ...(name === undefined ? {} : { name: String(name ?? '') }),
    ...(description === undefined ? {} : { description: description as string | null }),
    ...(num_loops === undefined ? {} : { loops: num_loops as number }),
    ...(on_call_handoff_notifications === undefined
      ? {}
      : { handoffNotifications: on_call_handoff_notifications as Policy['handoffNotifications'] }),
    ...(Array.isArray(escalation_rules)
      ? { rules: escalation_rules.map((rule) => ruleOf(asked, policy, rule)) }
      : {}),
    ...(Array.isArray(teams) ? { teams: teams.map((team) => teamOf(asked.state, idIn(team))) } : {}),
  });
  const state = withPolicy(asked.state, policy.id, () => changed);
  return { status: 200, body: { escalation_policy: policyBody(state, changed, includes(asked)) }, state };
}

/** Teams are known by those who are in them. */
function teamOf({ policies, schedules }: State, id: string) {
  const team = [...policies, ...schedules].flatMap(({ teams }) => teams).find((each) => each.id === id);
  if (team === undefined) throw wrongInput(`Team ${id} was not found`);
  return team;
}
