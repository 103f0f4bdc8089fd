/** Why an apply stopped, as data, and what deviates from the plan after it. Pure. */
import type { Zone } from '../../time/zone.ts';
import { clip, difference, type Instant } from '../../timeline.ts';
import type { ActualState, Rendered } from './actual.ts';
import type { DesiredState } from './desired.ts';
import { coverAfter, scheduleChanges } from './override-plan.ts';
import { policyPlan } from './policy-plan.ts';

/** A difference between PagerDuty and the handbook after an apply. */
export type Deviation =
  /** Overrides are still to be added or removed. */
  | { readonly kind: 'open-overrides'; readonly role: string; readonly count: number }
  /** PagerDuty renders another person than its overrides should give; undefined is nobody. */
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

/** Why an apply stopped; `troubleLines` describes it. */
export type Trouble =
  | Deviation
  /** Our clock is this far ahead of PagerDuty's, or behind it where negative. */
  | { readonly kind: 'clock-skew'; readonly ms: number }
  | {
      readonly kind: 'override-refused';
      readonly role: string;
      readonly user: string;
      readonly startAt: Instant;
      readonly why: string;
    }
  /** PagerDuty accepted overrides and does not list them. */
  | { readonly kind: 'overrides-lost'; readonly role: string; readonly count: number }
  | { readonly kind: 'error'; readonly message: string };

const NOT_RENDERED: Rendered = { final: [], base: [] };

/** The differences that are left; none when a new plan would be empty and the rendering shows the planned cover. */
export function deviations(desired: DesiredState, actual: ActualState): readonly Deviation[] {
  const { now, horizon } = desired;
  const span = { startAt: now, endAt: horizon };
  const schedules = desired.seats.flatMap((seat): readonly Deviation[] => {
    const { role, zone } = seat;
    const shown = actual.rendered.get(seat.schedule);
    const changes = scheduleChanges(seat, actual.schedules.get(seat.schedule), desired, shown);
    const rendered = shown ?? NOT_RENDERED;
    const count = changes.add.length + changes.remove.length;
    const wrong = difference(coverAfter(changes, rendered, span), clip(rendered.final, span));
    return [
      ...(count === 0 ? [] : [{ kind: 'open-overrides', role, count } as const]),
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
    const isSame = policy !== undefined && policyPlan(chain, policy) === undefined;
    return isSame ? [] : [{ kind: 'policy-differs', chain: chain.chain, policy: chain.policy }];
  });
  return [...schedules, ...policies];
}
