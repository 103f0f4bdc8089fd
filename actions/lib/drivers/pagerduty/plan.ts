/**
 * Compares the desired with the actual state: what would change in PagerDuty, and what the guard refuses. A plan is
 * plain data that can be printed, counted and stored; making it changes nothing. Pure.
 */

import { digestOf } from '../../text/digest.ts';
import type { Zone } from '../../time/zone.ts';
import {
  type Change,
  clip,
  difference,
  type Instant,
  type Interval,
  restrict,
  type Timeline,
} from '../../timeline.ts';
import type { ActualSchedule, ActualState, ScheduleKind } from './actual.ts';
import { type ScheduleChanges, writesOf } from './changes.ts';
import type { DesiredSchedule, DesiredState, UnwrittenPriority } from './desired.ts';
import { type GuardOptions, guard, type PlanRefusal } from './guard.ts';
import { beneathOf } from './kinds.ts';
import { isWatchedOffDuty, notCompared, strangersOffDuty, withContact } from './off-duty-plan.ts';
import { usersIn } from './on-call.ts';
import { decisiveSchedules, policyCoverage } from './policy-coverage.ts';
import { type PolicyPlan, policyPlan } from './policy-plan.ts';
import { coverChange, scheduleChanges } from './schedule-changes.ts';
import { policiesTaken, type ServicePlan, servicePlans } from './service-plan.ts';

/** A time at which the plan puts somebody else on, as values of `on-call.ts`; undefined is nobody. */
interface CoverShift extends Interval {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The changes of one schedule. */
export interface SchedulePlan extends ScheduleChanges {
  readonly role: string;
  readonly schedule: string;
  readonly kind: ScheduleKind;
  /** Whether overrides of ours replace members of a rotation: the schedule was made of layers, and upgraded. */
  readonly isOverRotations: boolean;
  readonly zone: Zone;
  /** For people to read: a change between the same two people is one time, off-duty hours between included. */
  readonly cover: readonly CoverShift[];
  /** When somebody is on beside the desired person after the plan. */
  readonly crowded: Timeline<string>;
  /** Who is on off duty after the plan, where the handbook says nobody, but for what was made by hand. */
  readonly strangers: Timeline<string>;
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
  /** The number of records to add, to edit and to remove, and of policies and services to change. */
  readonly writes: number;
  /** The number of records that somebody made in PagerDuty. */
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
export const hasChanges = (plan: SchedulePlan): boolean => isChanged(plan) || plan.strangers.length > 0;

const isChanged = (changes: ScheduleChanges): boolean =>
  writesOf(changes) + changes.manual.length + changes.orphans.length > 0;

/**
 * Whether PagerDuty differs from the handbook: the plan changes something, or somebody made a record by hand or is
 * on off duty.
 */
export const hasDrift = ({ writes, manualCount, strangerCount }: Plan): boolean =>
  writes + manualCount + strangerCount > 0;

/**
 * The schedules whose rendering a plan needs: something is to change on them or is wanted off duty, somebody changed
 * them by hand, or they decide whom a policy reaches that changes or that a service gets, in the handbook or not.
 */
export function schedulesToRender(
  desired: DesiredState,
  actual: Pick<ActualState, 'kinds' | 'schedules' | 'policies' | 'services'>,
): ReadonlySet<string> {
  const changed = desired.seats.flatMap((seat) => {
    const changes = scheduleChanges(seat, actual.schedules.get(seat.schedule), desired, undefined);
    return isChanged(changes) || isWatchedOffDuty(seat) ? [seat.schedule] : [];
  });
  const taken = policiesTaken(desired, servicePlans(desired, actual, undefined));
  const policies = [...policyChanges(desired, actual), ...taken.map(({ policy }) => policy)];
  return new Set([...changed, ...policies.flatMap(decisiveSchedules)]);
}

const policyChanges = (
  { chains }: DesiredState,
  { kinds, policies }: Pick<ActualState, 'kinds' | 'policies'>,
): readonly PolicyPlan[] =>
  chains.flatMap((chain) => {
    const policy = policies.get(chain.policy);
    return policy === undefined ? [] : (policyPlan(chain, policy, kinds) ?? []);
  });

/** Plans the changes that make PagerDuty match the handbook. */
export function plan(desired: DesiredState, actual: ActualState, options: GuardOptions): Plan {
  const { now, horizon } = desired;
  const planned = desired.seats.map((seat) => planSchedule(seat, desired, actual));
  const schedules = planned.map(({ schedule }) => schedule);
  const policies = policyChanges(desired, actual);
  const services = servicePlans(desired, actual, options.runs);
  const switched = services.filter(({ change }) => change !== undefined);
  const writes = policies.length + switched.length + schedules.reduce((sum, it) => sum + writesOf(it), 0);
  const digest = digestOfChanges(schedules, policies, switched);
  const covers = planned.map(({ schedule: { role, schedule, zone }, before, after }) => ({
    ...{ role, schedule, zone },
    ...{ before, after },
    beneath: beneathOf(actual.schedules.get(schedule)),
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
 * approvals, so what only schedules of shifts have, and services, are added where they exist.
 */
const digestOfChanges = (
  schedules: readonly SchedulePlan[],
  policies: readonly PolicyPlan[],
  services: readonly ServicePlan[],
): string =>
  digestOf({
    schedules: schedules
      .filter((it) => writesOf(it) > 0)
      .map(({ schedule, kind, add, edit, remove }) => [
        schedule,
        add.map(({ user, startAt, endAt, over }) => [
          ...[user, startAt ?? null, endAt],
          ...(over === undefined ? [] : [over.source, over.id, over.member]),
        ]),
        remove.map(({ id }) => id),
        ...(kind === 'layers' ? [] : [kind, edit.map(({ record, user }) => [record.id, user])]),
      ]),
    policies: policies.map(({ policy, after }) => [policy, after]),
    ...(services.length > 0 && {
      services: services.map(({ counterpart, change }) => [counterpart, change?.policy]),
    }),
  });

function planSchedule(
  seat: DesiredSchedule,
  { now, horizon }: DesiredState,
  actual: ActualState,
): { readonly schedule: SchedulePlan; readonly before: Timeline<string>; readonly after: Timeline<string> } {
  const { role, schedule, zone } = seat;
  const found = actual.schedules.get(schedule);
  const changes = scheduleChanges(seat, found, { now, horizon }, actual.rendered.get(schedule));
  const span = { startAt: now, endAt: horizon };
  const { before, after } = coverChange(changes, schedule, actual, span);
  const { cover: wanted } = withContact(seat);
  const cover = joined(difference(before, after), seat.cover);
  const crowded = restrict(after, wanted).filter(({ value }) => usersIn(value).length > 1);
  const strangers = strangersOffDuty(seat, after, changes.manual, span);
  const kind = found?.kind === 'shifts' ? 'shifts' : 'layers';
  const isOverRotations = found?.kind === 'shifts' && hasOwnOverrides(found, changes);
  return {
    schedule: { role, schedule, kind, isOverRotations, zone, ...changes, cover, crowded, strangers },
    before,
    after,
  };
}

/** Whether we have overrides of a rotation; where its rendering settles a schedule, every override is as desired. */
function hasOwnOverrides(
  { assignments, records }: Extract<ActualSchedule, { readonly kind: 'shifts' }>,
  { edit, remove, unchanged }: ScheduleChanges,
): boolean {
  if (records === undefined)
    return assignments.some(({ source, override }) => source.source === 'rotation' && override !== undefined);
  const ours = [...edit.map(({ record }) => record), ...remove, ...unchanged];
  return ours.some(({ over }) => over?.source === 'rotation');
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
