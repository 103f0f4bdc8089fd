/**
 * What prevents a plan, as findings: names that PagerDuty does not have, and schedules that cannot be planned. Pure.
 */
import { pagerduty } from '../../check/rules/pagerduty.ts';
import { firstOf } from '../../check/spans.ts';
import { childLocation, type Finding, type PathLocation } from '../../model.ts';
import type { ActualState, EscalationTarget } from './actual.ts';
import type { DesiredChain, DesiredSchedule, DesiredState } from './desired.ts';
import { beneathOf, isSchedule } from './kinds.ts';
import { withContact } from './off-duty-plan.ts';
import { rotationsAtOnce } from './shift-plan.ts';

/** The findings of everything that the handbook names in PagerDuty. */
export const obstacles = (desired: DesiredState, actual: ActualState): readonly Finding[] => [
  ...desired.seats.flatMap((seat) => (seat.isNamed ? onSchedule(seat, actual) : [])),
  ...desired.chains.flatMap((chain) => ofChain(chain, actual)),
  ...desired.services.flatMap(({ service, counterpart, location }) =>
    actual.services.get(counterpart) !== undefined
      ? []
      : [pagerduty.finding({ code: 'unknown-service', args: { id: counterpart, service }, location })],
  ),
  ...[...desired.people].flatMap(([user, { id, location: at }]) => {
    const location = childLocation(at, 'pagerduty');
    return actual.users.has(user)
      ? []
      : [pagerduty.finding({ code: 'unknown-user', args: { user, person: id }, location })];
  }),
];

function onSchedule(seat: DesiredSchedule, { schedules }: ActualState): readonly Finding[] {
  const { role, schedule, zone, location: at } = seat;
  const location = childLocation(at, 'pagerduty', 'schedule');
  const actual = schedules.get(schedule) ?? { kind: 'missing' };
  switch (actual.kind) {
    case 'layers':
      return [];
    case 'missing':
      return [pagerduty.finding({ code: 'unknown-schedule', args: { schedule, role }, location })];
    case 'unknown':
      return [
        pagerduty.finding({
          code: 'unknown-kind',
          args: { schedule, role, type: actual.type },
          location,
        }),
      ];
    case 'shifts': {
      const crowded = actual.records === undefined ? [] : rotationsAtOnce(withContact(seat), actual);
      if (crowded.length === 0) return [];
      const args = { schedule, role, ...firstOf(zone, crowded) };
      return [pagerduty.finding({ code: 'rotations-at-once', args, location })];
    }
  }
}

function ofChain(
  { chain, policy, levels, location: at }: DesiredChain,
  actual: ActualState,
): readonly Finding[] {
  const location: PathLocation = childLocation(at, 'pagerduty', 'policy');
  if (actual.policies.get(policy) === undefined)
    return [pagerduty.finding({ code: 'unknown-policy', args: { policy, chain }, location })];
  const isBare = (it: EscalationTarget) =>
    isSchedule(it) && beneathOf(actual.schedules.get(it.id)) === 'nothing';
  const bare = levels.flatMap(({ targets }) => targets).find(isBare);
  const last = levels.at(-1)?.targets ?? [];
  if (bare === undefined || last.some((it) => !isBare(it))) return [];
  return [pagerduty.finding({ code: 'ends-at-shifts', args: { chain, schedule: bare.id }, location })];
}
