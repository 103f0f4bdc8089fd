/**
 * Every rule in reading order: readable files, names and times that exist, eligible people, covered time, allowed
 * changes.
 */
import type { Rule } from './rule.ts';
import { away } from './rules/away.ts';
import { balance } from './rules/balance.ts';
import { chainHeld } from './rules/chain-held.ts';
import { clashingOverrides } from './rules/clashing-overrides.ts';
import { consent } from './rules/consent.ts';
import { decidedAhead } from './rules/decided-ahead.ts';
import { doubleBooked } from './rules/double-booked.ts';
import { eligible } from './rules/eligible.ts';
import { escalationEnds } from './rules/escalation-ends.ts';
import { firstTurn } from './rules/first-turn.ts';
import { groupMembers } from './rules/group-members.ts';
import { history } from './rules/history.ts';
import { holidaysRunOut } from './rules/holidays-run-out.ts';
import { identity } from './rules/identity.ts';
import { knownNames } from './rules/known-names.ts';
import { newCalls } from './rules/new-calls.ts';
import { newToOnCall } from './rules/new-to-on-call.ts';
import { notice } from './rules/notice.ts';
import { overlappingWindows } from './rules/overlapping-windows.ts';
import { pagerduty } from './rules/pagerduty.ts';
import { policyChange } from './rules/policy-change.ts';
import { promises } from './rules/promises.ts';
import { ready } from './rules/ready.ts';
import { rest } from './rules/rest.ts';
import { schema } from './rules/schema.ts';
import { serviceLevels } from './rules/service-levels.ts';
import { slack } from './rules/slack.ts';
import { staleOverride } from './rules/stale-override.ts';
import { tickets } from './rules/tickets.ts';
import { times } from './rules/times.ts';
import { unbroken } from './rules/unbroken.ts';
import { uncovered } from './rules/uncovered.ts';
import { yaml } from './rules/yaml.ts';

export const rules: readonly Rule[] = [
  yaml,
  schema,
  times,
  knownNames,
  firstTurn,
  staleOverride,
  overlappingWindows,
  clashingOverrides,
  eligible,
  ready,
  away,
  doubleBooked,
  uncovered,
  decidedAhead,
  holidaysRunOut,
  rest,
  unbroken,
  balance,
  newToOnCall,
  newCalls,
  chainHeld,
  escalationEnds,
  promises,
  serviceLevels,
  tickets,
  pagerduty,
  slack,
  groupMembers,
  notice,
  history,
  identity,
  consent,
  policyChange,
];
