/**
 * Compares the escalation policy of a service with that of the chain in force, and finds when it has to be another:
 * PagerDuty has no policy by time of day, so each change needs a run of its own. Pure.
 */
import { MINUTE } from '../../time/date.ts';
import type { Zone } from '../../time/zone.ts';
import { clip, type Instant, indexFrom, spanAt, type Timeline } from '../../timeline.ts';
import type { ActualState } from './actual.ts';
import type { DesiredChain, DesiredState } from './desired.ts';
import type { DesiredService } from './desired-services.ts';
import type { PolicyPlan } from './policy-plan.ts';
import { type CronTime, isRunFor } from './runs.ts';

/** Another policy from an instant on. */
export interface PolicySwitch {
  readonly at: Instant;
  readonly chain: string;
  readonly policy: string;
}

/** The policy of a service, and every later instant at which it has to be another. */
export interface ServicePlan {
  readonly service: string;
  readonly counterpart: string;
  readonly zone: Zone;
  /** The policy that the service has, and the chain that it carries; undefined for one that is not in the handbook. */
  readonly before: string;
  readonly chainBefore: string | undefined;
  /** What it is to get now; undefined where it has that, or where no window is in force that has a chain. */
  readonly change: PolicySwitch | undefined;
  /** Up to the horizon. */
  readonly switches: readonly PolicySwitch[];
  /** The switches for which no run is scheduled; undefined where it is not known which runs are. */
  readonly missed: readonly PolicySwitch[] | undefined;
}

/** A run up to this long before a switch makes it. */
const SWITCH_LEAD = MINUTE;

/** What each service that exists in PagerDuty has and is to get. */
export function servicePlans(
  desired: DesiredState,
  actual: Pick<ActualState, 'services'>,
  runs: readonly CronTime[] | undefined,
): readonly ServicePlan[] {
  const chains = new Map(desired.chains.map((it) => [it.chain, it]));
  return desired.services.flatMap((service) => {
    const before = actual.services.get(service.counterpart)?.policy;
    return before === undefined ? [] : [servicePlan(service, before, chains, desired.now, runs)];
  });
}

function servicePlan(
  { service, counterpart, zone, chains: inForce }: DesiredService,
  before: string,
  chains: ReadonlyMap<string, DesiredChain>,
  now: Instant,
  runs: readonly CronTime[] | undefined,
): ServicePlan {
  const at = now + SWITCH_LEAD;
  const all = inForce.slice(indexFrom(inForce, at)).flatMap(({ startAt, value: chain }): PolicySwitch[] => {
    const policy = chains.get(chain)?.policy;
    return policy === undefined ? [] : [{ at: Math.max(startAt, now), chain, policy }];
  });
  const [first] = all;
  const current = first !== undefined && spanAt(inForce, at) !== undefined ? first : undefined;
  const change = current === undefined || current.policy === before ? undefined : current;
  const switches: PolicySwitch[] = [];
  let policy = change?.policy ?? before;
  for (const one of current === undefined ? all : all.slice(1)) {
    if (one.policy !== policy) switches.push(one);
    policy = one.policy;
  }
  const missed = runs && switches.filter((it) => !runs.some((run) => isRunFor(run, it.at)));
  const chainBefore = [...chains.values()].find((it) => it.policy === before)?.chain;
  return { service, counterpart, zone, before, chainBefore, change, switches, missed };
}

/**
 * The policies to which services change now, as changes of a policy that reached somebody always: a service never gets
 * one that reaches nobody, whatever it had. Only the time until the next switch counts in which the service is
 * supported.
 */
export function policiesTaken(
  desired: DesiredState,
  plans: readonly ServicePlan[],
): readonly {
  readonly plan: ServicePlan;
  readonly policy: PolicyPlan;
  readonly during: Timeline<unknown>;
}[] {
  return plans.flatMap((plan) => {
    const { change, counterpart, switches } = plan;
    const chain = desired.chains.find((it) => it.chain === change?.chain);
    const service = desired.services.find((it) => it.counterpart === counterpart);
    if (change === undefined || chain === undefined || service === undefined) return [];
    const endAt = switches[0]?.at ?? desired.horizon;
    const levels = chain.levels.map(({ delayMinutes = 0, targets }) => ({ delayMinutes, targets }));
    const state = { levels, repeats: chain.repeats };
    return [
      {
        plan,
        policy: { chain: chain.chain, policy: chain.policy, before: state, after: state, body: {} },
        during: clip(service.chains, { startAt: Math.max(change.at, desired.now), endAt }),
      },
    ];
  });
}
