/**
 * Compares the desired with the actual state: what would change in PagerDuty, and what the guard refuses. A plan is
 * plain data that can be printed, counted and stored; making it changes nothing. Pure.
 */

import { pagerduty } from '../../check/rules/pagerduty.ts';
import type { Finding } from '../../model.ts';
import { childLocation } from '../../model.ts';
import { digestOf } from '../../text/digest.ts';
import type { Zone } from '../../time/zone.ts';
import { type Change, clip, difference, type Instant, type Interval, type Timeline } from '../../timeline.ts';
import type { ActualState } from './actual.ts';
import type { DesiredSchedule, DesiredState, UnwrittenPriority } from './desired.ts';
import { type GuardOptions, guard, type PlanRefusal } from './guard.ts';
import { coverWithContact, isWatchedOffDuty, notCompared, strangersOffDuty } from './off-duty-plan.ts';
import { coverAfter, type OverridePlan, scheduleChanges } from './override-plan.ts';
import { decisiveSchedules, policyCoverage } from './policy-coverage.ts';
import { type PolicyPlan, policyPlan } from './policy-plan.ts';
import { policiesTaken, type ServicePlan, servicePlans } from './service-plan.ts';

/** A time at which the plan puts another person on, by user ids; undefined is nobody. */
interface CoverShift extends Interval {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The changes of one schedule. */
export interface SchedulePlan extends OverridePlan {
  readonly role: string;
  /** Whom the schedule's own layers reach off duty, where the handbook says nobody. */
  readonly strangers: Timeline<string>;
  readonly schedule: string;
  readonly zone: Zone;
  /** For people to read: a change between the same two people is one time, off-duty hours between included. */
  readonly cover: readonly CoverShift[];
}

/** The changes in PagerDuty, and the refusals that were not allowed. */
export interface Plan {
  readonly now: Instant;
  readonly horizon: Instant;
  readonly revision: string | undefined;
  readonly schedules: readonly SchedulePlan[];
  readonly policies: readonly PolicyPlan[];
  readonly services: readonly ServicePlan[];
  /** The roles off duty of whose schedules nothing is compared. */
  readonly notCompared: readonly string[];
  /** What no policy does, because PagerDuty's know no priorities. */
  readonly unwritten: readonly UnwrittenPriority[];
  /** The number of overrides to add and to remove, and of policies and services to change. */
  readonly writes: number;
  /** The number of overrides that somebody made in PagerDuty. */
  readonly manualCount: number;
  /** The number of times off duty at which somebody is on whom the handbook does not want. */
  readonly strangerCount: number;
  /** Equal for equal changes, whenever the plan is made. */
  readonly digest: string;
  readonly refusals: readonly PlanRefusal[];
  /** The handbook's names of user and schedule ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** Whether a schedule is worth reporting. */
export const hasChanges = ({ add, remove, manual, strangers }: SchedulePlan): boolean =>
  add.length + remove.length + manual.length + strangers.length > 0;

/**
 * Whether PagerDuty differs from the handbook: the plan changes something, or somebody made an override by hand or is
 * on off duty.
 */
export const hasDrift = ({ writes, manualCount, strangerCount }: Plan): boolean =>
  writes + manualCount + strangerCount > 0;

/** What prevents a plan: schedules, policies, services and users that do not exist in PagerDuty. */
export function missing(
  { seats, chains, services, people }: DesiredState,
  actual: ActualState,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { role, schedule, isNamed, location: at } of seats) {
    const location = childLocation(at, 'pagerduty', 'schedule');
    const kind = actual.schedules.get(schedule)?.kind ?? 'missing';
    if (kind === 'layers' || !isNamed) continue;
    const code = kind === 'missing' ? 'unknown-schedule' : 'shift-based-schedule';
    findings.push(pagerduty.finding({ code, args: { schedule, role }, location }));
  }
  for (const { chain, policy, location: at } of chains) {
    if (actual.policies.get(policy) !== undefined) continue;
    const location = childLocation(at, 'pagerduty', 'policy');
    findings.push(pagerduty.finding({ code: 'unknown-policy', args: { policy, chain }, location }));
  }
  for (const { service, counterpart, location } of services) {
    if (actual.services.get(counterpart) !== undefined) continue;
    findings.push(
      pagerduty.finding({ code: 'unknown-service', args: { id: counterpart, service }, location }),
    );
  }
  for (const [user, { id, location: at }] of people) {
    if (actual.users.has(user)) continue;
    const location = childLocation(at, 'pagerduty');
    findings.push(pagerduty.finding({ code: 'unknown-user', args: { user, person: id }, location }));
  }
  return findings;
}

/**
 * The schedules whose rendering a plan needs: something is to change on them or is wanted off duty, somebody changed
 * them by hand, or they decide whom a policy reaches that changes or that a service gets, be they in the handbook or not.
 */
export function schedulesToRender(
  desired: DesiredState,
  actual: Pick<ActualState, 'schedules' | 'policies' | 'services'>,
): ReadonlySet<string> {
  const changed = desired.seats.flatMap((seat) => {
    const found = actual.schedules.get(seat.schedule);
    const { add, remove, manual } = scheduleChanges(seat, found, desired, undefined);
    return add.length + remove.length + manual.length > 0 || isWatchedOffDuty(seat) ? [seat.schedule] : [];
  });
  const taken = policiesTaken(desired, servicePlans(desired, actual, undefined));
  const policies = [...policyChanges(desired, actual), ...taken.map(({ policy }) => policy)];
  return new Set([...changed, ...policies.flatMap(decisiveSchedules)]);
}

const policyChanges = (
  { chains }: DesiredState,
  { policies }: Pick<ActualState, 'policies'>,
): readonly PolicyPlan[] =>
  chains.flatMap((chain) => {
    const policy = policies.get(chain.policy);
    return policy === undefined ? [] : (policyPlan(chain, policy) ?? []);
  });

/** Plans the changes that make PagerDuty match the handbook. */
export function plan(desired: DesiredState, actual: ActualState, options: GuardOptions): Plan {
  const { now, horizon } = desired;
  const planned = desired.seats.map((seat) => planSchedule(seat, desired, actual));
  const schedules = planned.map(({ schedule }) => schedule);
  const policies = policyChanges(desired, actual);
  const services = servicePlans(desired, actual, options.runs);
  const switched = services.filter(({ change }) => change !== undefined);
  const writes =
    policies.length +
    switched.length +
    schedules.reduce((sum, { add, remove }) => sum + add.length + remove.length, 0);
  const digest = digestOfChanges(schedules, policies, switched);
  const covers = planned.map(({ schedule: { role, schedule, zone }, before, after }) => ({
    ...{ role, schedule, zone },
    ...{ before, after },
  }));
  const bySchedule = new Map(covers.map((it) => [it.schedule, it]));
  const span = { startAt: now, endAt: horizon };
  const coverage = policies.map((policy) => policyCoverage(policy, span, actual, bySchedule));
  const taken = policiesTaken(desired, services).map((it) => ({
    ...it,
    reached: policyCoverage(it.policy, span, actual, bySchedule).after,
  }));
  return {
    now,
    horizon,
    revision: options.revision,
    schedules,
    policies,
    services,
    notCompared: notCompared(desired),
    unwritten: desired.chains.flatMap((chain) => chain.unwritten),
    writes,
    manualCount: schedules.reduce((sum, { manual }) => sum + manual.length, 0),
    strangerCount: schedules.reduce((sum, { strangers }) => sum + strangers.length, 0),
    digest,
    refusals: guard(desired, { schedules: covers, coverage, policies, taken, writes, digest }, options),
    names: new Map([
      ...desired.names,
      ...desired.seats.map(({ schedule, role }) => [schedule, role] as const),
    ]),
  };
}

/**
 * Covers only the changes, so that an approval stays valid when other data changes. A new order or shape voids
 * approvals.
 */
const digestOfChanges = (
  schedules: readonly SchedulePlan[],
  policies: readonly PolicyPlan[],
  services: readonly ServicePlan[],
): string =>
  digestOf({
    schedules: schedules
      .filter(({ add, remove }) => add.length + remove.length > 0)
      .map(({ schedule, add, remove }) => [
        schedule,
        add.map(({ user, startAt, endAt }) => [user, startAt ?? null, endAt]),
        remove.map(({ id }) => id),
      ]),
    policies: policies.map(({ policy, after }) => [policy, after]),
    ...(services.length > 0 && {
      services: services.map(({ counterpart, change }) => [counterpart, change?.policy]),
    }),
  });

/** A schedule that matches the handbook was not rendered, and its cover does not change. */
function planSchedule(
  seat: DesiredSchedule,
  { now, horizon }: DesiredState,
  actual: ActualState,
): { readonly schedule: SchedulePlan; readonly before: Timeline<string>; readonly after: Timeline<string> } {
  const { role, schedule, zone } = seat;
  const span = { startAt: now, endAt: horizon };
  const rendered = actual.rendered.get(schedule);
  const changes = scheduleChanges(seat, actual.schedules.get(schedule), { now, horizon }, rendered);
  const strangers = rendered === undefined ? [] : strangersOffDuty(seat, rendered, changes.manual, span);
  const before = clip(rendered?.final ?? [], span);
  const after = rendered === undefined ? [] : coverAfter(changes, rendered, span);
  const cover = joined(difference(before, after), coverWithContact(seat));
  return { schedule: { role, schedule, zone, ...changes, strangers, cover }, before, after };
}

/** Joins successive changes between the same two people where nobody of the rota is on duty between them. */
function joined(changes: Timeline<Change<string>>, duty: Timeline<string>): readonly CoverShift[] {
  const shifts: CoverShift[] = [];
  for (const { startAt, endAt, value } of changes) {
    const last = shifts.at(-1);
    const isContinued =
      last !== undefined &&
      last.before === value.before &&
      last.after === value.after &&
      clip(duty, { startAt: last.endAt, endAt: startAt }).length === 0;
    if (isContinued) shifts[shifts.length - 1] = { ...last, endAt };
    else shifts.push({ startAt, endAt, before: value.before, after: value.after });
  }
  return shifts;
}
