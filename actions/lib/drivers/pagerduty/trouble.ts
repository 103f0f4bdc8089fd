/** Why an apply stopped, as data, and what deviates from the plan after it. Pure. */
import type { Zone } from '../../time/zone.ts';
import { clip, difference, type Instant } from '../../timeline.ts';
import type { ActualState, ExistingRecord, ScheduleKind } from './actual.ts';
import { writesOf } from './changes.ts';
import type { DesiredState } from './desired.ts';
import { policyPlan } from './policy-plan.ts';
import { coverChange, scheduleChanges } from './schedule-changes.ts';

/** A difference between PagerDuty and the handbook after an apply. */
export type Deviation =
  /** Records are still to be added, changed or removed. */
  | { readonly kind: 'open-changes'; readonly role: string; readonly count: number }
  /** PagerDuty renders somebody else than its records should give, as values of `on-call.ts`; undefined is nobody. */
  | {
      readonly kind: 'wrong-cover';
      readonly role: string;
      readonly zone: Zone;
      readonly startAt: Instant;
      readonly endAt: Instant;
      readonly desired: string | undefined;
      readonly actual: string | undefined;
    }
  | { readonly kind: 'policy-differs'; readonly chain: string; readonly policy: string }
  /** A service does not have the policy that it was given. */
  | { readonly kind: 'service-differs'; readonly service: string; readonly counterpart: string };

/** What PagerDuty calls a record. */
export type RecordNoun = 'override' | 'custom shift';

/** The word for a record of a schedule. */
export const nounOf = (
  { kind }: { readonly kind: ScheduleKind },
  record: Pick<ExistingRecord, 'over'> | undefined,
): RecordNoun => (kind === 'layers' || record?.over !== undefined ? 'override' : 'custom shift');

/** Why an apply stopped; `troubleLines` describes it. */
export type Trouble =
  | Deviation
  /** Our clock is this far ahead of PagerDuty's, or behind it where negative. */
  | { readonly kind: 'clock-skew'; readonly ms: number }
  | {
      readonly kind: 'record-refused';
      readonly noun: RecordNoun;
      readonly role: string;
      readonly user: string;
      readonly startAt: Instant;
      readonly why: string;
    }
  /** PagerDuty accepted records and does not list them. */
  | {
      readonly kind: 'records-lost';
      readonly role: string;
      readonly noun: RecordNoun;
      readonly count: number;
    }
  /** A schedule is of another kind than when the plan was made: somebody upgraded it. */
  | { readonly kind: 'kind-changed'; readonly role: string; readonly schedule: string }
  /** A shift that was to be edited has begun, so only its end could be changed. */
  | { readonly kind: 'shift-begun'; readonly role: string; readonly startAt: Instant }
  | { readonly kind: 'error'; readonly message: string };

/** The differences that are left; none when a new plan would be empty and the rendering shows the planned cover. */
export function deviations(desired: DesiredState, actual: ActualState): readonly Deviation[] {
  const { now, horizon } = desired;
  const span = { startAt: now, endAt: horizon };
  const schedules = desired.seats.flatMap((seat): readonly Deviation[] => {
    const { role, zone } = seat;
    const shown = actual.rendered.get(seat.schedule);
    const changes = scheduleChanges(seat, actual.schedules.get(seat.schedule), desired, shown);
    const count = writesOf(changes);
    const { before, after } = coverChange(changes, seat.schedule, actual, span);
    const wrong = clip(difference(after, before), span);
    return [
      ...(count === 0 ? [] : [{ kind: 'open-changes', role, count } as const]),
      ...wrong.map(({ startAt, endAt, value: { before, after } }) => ({
        kind: 'wrong-cover' as const,
        ...{ role, zone, startAt, endAt },
        desired: before,
        actual: after,
      })),
    ];
  });
  const policies = desired.chains.flatMap((chain): readonly Deviation[] => {
    const policy = actual.policies.get(chain.policy);
    const isSame = policy !== undefined && policyPlan(chain, policy, actual.kinds) === undefined;
    return isSame ? [] : [{ kind: 'policy-differs', chain: chain.chain, policy: chain.policy }];
  });
  return [...schedules, ...policies];
}
