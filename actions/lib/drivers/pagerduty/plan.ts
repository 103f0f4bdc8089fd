/**
 * The room's front door: what the handbook wants and what exists in PagerDuty to the changes that would make the two
 * agree, and what they are refused for. Plain data that can be printed, counted and kept; nothing is done here. Pure.
 */

import { pagerduty } from '../../check/rules/pagerduty.ts';
import type { Finding } from '../../model.ts';
import { childLocation } from '../../model.ts';
import { digestOf } from '../../text/digest.ts';
import { formatSpan } from '../../time/format.ts';
import type { Zone } from '../../time/zone.ts';
import { type Change, clip, difference, type Instant, type Interval, type Timeline } from '../../timeline.ts';
import type { ActualState, Rendered } from './actual.ts';
import type { DesiredState, Seat } from './desired.ts';
import { type GuardOptions, guard, type Refusal } from './guard.ts';
import { coverAfter, type OverridePlan, overridePlan } from './override-plan.ts';
import { decisive, reachOf } from './policy-coverage.ts';
import { type PolicyPlan, policyPlan } from './policy-plan.ts';

/** A stretch in which somebody else will be on than would be; nobody is undefined. User ids. */
interface CoverShift extends Interval {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Everything about one schedule. */
export interface SchedulePlan extends OverridePlan {
  readonly role: string;
  readonly schedule: string;
  readonly zone: Zone;
  /** As people read it: what one pair of people exchange is one stretch, off-duty hours between included. */
  readonly cover: readonly CoverShift[];
  /** Who is to be on after all of it, where the handbook says so, and where others were put in by hand. */
  readonly wanted: Timeline<string>;
}

/** What would be done, and what it is refused for. */
export interface Plan {
  readonly now: Instant;
  readonly horizon: Instant;
  readonly revision: string | undefined;
  readonly schedules: readonly SchedulePlan[];
  readonly policies: readonly PolicyPlan[];
  /** Overrides to add and to remove, and policies to change. */
  readonly writes: number;
  /** Overrides that somebody made in PagerDuty. */
  readonly byHand: number;
  /** The same for the same changes, whenever the plan is made. */
  readonly digest: string;
  readonly refusals: readonly Refusal[];
  /** The names of user and schedule ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** What keeps a plan from being made at all: schedules, policies and users that PagerDuty does not have. */
export function missing({ seats, chains, people }: DesiredState, there: ActualState): readonly Finding[] {
  return [
    ...seats.flatMap(({ role, schedule, isNamed, location: at }) => {
      const location = childLocation(at, 'pagerduty', 'schedule');
      const kind = there.schedules.get(schedule)?.kind ?? 'missing';
      if (kind === 'layers' || !isNamed) return [];
      const code = kind === 'missing' ? 'unknown-schedule' : 'shift-based-schedule';
      return [pagerduty.finding({ code, args: { schedule, role }, location })];
    }),
    ...chains.flatMap(({ chain, policy, location }) =>
      there.policies.get(policy) === undefined
        ? [
            pagerduty.finding({
              code: 'unknown-policy',
              args: { policy, chain },
              location: childLocation(location, 'pagerduty', 'policy'),
            }),
          ]
        : [],
    ),
    ...[...people].flatMap(([user, { id, location }]) =>
      there.users.has(user)
        ? []
        : [
            pagerduty.finding({
              code: 'unknown-user',
              args: { user, person: id },
              location: childLocation(location, 'pagerduty'),
            }),
          ],
    ),
  ];
}

/**
 * The schedules whose rendering is needed for the plan: something is to change on them, or was changed by hand, or a policy
 * that changes reaches somebody by them alone, also by one that is not ours.
 */
export function unsettled(
  wanted: DesiredState,
  there: Pick<ActualState, 'schedules' | 'policies'>,
): ReadonlySet<string> {
  const open = wanted.seats.flatMap((seat) => {
    const { add, remove, foreign } = overridesOf(seat, there, wanted.now);
    return add.length + remove.length + foreign.length > 0 ? [seat.schedule] : [];
  });
  return new Set([...open, ...policiesOf(wanted, there).flatMap(decisive)]);
}

/** The policies that are to change. */
const policiesOf = ({ chains }: DesiredState, there: Pick<ActualState, 'policies'>) =>
  chains.flatMap((chain) => {
    const policy = there.policies.get(chain.policy);
    const change = policy === undefined ? undefined : policyPlan(chain, policy);
    return change === undefined ? [] : [{ ...change, location: chain.location }];
  });

function overridesOf(seat: Seat, { schedules }: Pick<ActualState, 'schedules'>, now: Instant): OverridePlan {
  const there = schedules.get(seat.schedule);
  return overridePlan(seat, there?.kind === 'layers' ? there.overrides : [], now);
}

/** What would make PagerDuty agree with the handbook, and what the guard says of it. */
export function plan(wanted: DesiredState, there: ActualState, terms: GuardOptions): Plan {
  const { now, horizon } = wanted;
  const pairs = wanted.seats.map((seat) => ({ seat, ...scheduleOf(seat, wanted, there) }));
  const policies = policiesOf(wanted, there);
  const schedules = pairs.map(({ schedule }) => schedule);
  const writes =
    policies.length + schedules.reduce((sum, { add, remove }) => sum + add.length + remove.length, 0);
  const digest = digestOf({
    schedules: schedules
      .filter(({ add, remove }) => add.length + remove.length > 0)
      .map(({ schedule, add, remove }) => [
        schedule,
        add.map(({ user, startAt, endAt }) => [user, startAt ?? null, endAt]),
        remove.map(({ id }) => id),
      ]),
    policies: policies.map(({ policy, after }) => [policy, after]),
  });
  const covers = pairs.map(({ seat, before, after }) => ({ ...seat, before, after }));
  const own = new Map(covers.map((it) => [it.schedule, it]));
  const reaches = policies.map((it) => ({
    ...reachOf(it, { startAt: now, endAt: horizon }, there, own),
    location: it.location,
  }));
  return {
    now,
    horizon,
    revision: terms.revision,
    schedules,
    policies: policies.map(({ location: _, ...change }) => change),
    writes,
    byHand: schedules.reduce((sum, { foreign }) => sum + foreign.length, 0),
    digest,
    refusals: guard(wanted, { covers, reaches, policies, writes, digest }, terms),
    names: new Map([...wanted.names, ...wanted.seats.map(({ schedule, role }) => [schedule, role] as const)]),
  };
}

const NOBODY: Rendered = { final: [], base: [] };

/** A schedule that says what the handbook says needs no rendering, and nothing of its cover changes. */
function scheduleOf(
  seat: Seat,
  { now, horizon }: DesiredState,
  there: ActualState,
): { readonly schedule: SchedulePlan; readonly before: Timeline<string>; readonly after: Timeline<string> } {
  const changes = overridesOf(seat, there, now);
  const { role, schedule, zone, cover: wanted } = seat;
  const span = { startAt: now, endAt: horizon };
  const rendered = there.rendered.get(schedule);
  const before = clip(rendered?.final ?? [], span);
  const after = rendered === undefined ? [] : coverAfter(changes, rendered, span);
  const cover = joined(difference(before, after), wanted);
  return { schedule: { role, schedule, zone, ...changes, cover, wanted }, before, after };
}

/**
 * What is still not as it was planned, in words; nothing when a plan made anew is empty and everybody is on who should
 * be, minute for minute up to the horizon.
 */
export function unfinished(wanted: DesiredState, there: ActualState): readonly string[] {
  const { now, horizon, names } = wanted;
  const nameOf = (user: string | undefined) => (user === undefined ? 'nobody' : (names.get(user) ?? user));
  const schedules = wanted.seats.flatMap((seat) => {
    const changes = overridesOf(seat, there, now);
    const rendered = there.rendered.get(seat.schedule) ?? NOBODY;
    const open = changes.add.length + changes.remove.length;
    const left = open === 0 ? [] : [`${seat.role}: ${open} still to add or to remove`];
    const span = { startAt: now, endAt: horizon };
    const wrong = difference(coverAfter(changes, rendered, span), clip(rendered.final, span));
    return [
      ...left,
      ...wrong.map(
        ({ startAt, endAt, value: { before, after } }) =>
          `${seat.role}: ${formatSpan(seat.zone, startAt, endAt)} PagerDuty has ${nameOf(after)} and not ${nameOf(before)}`,
      ),
    ];
  });
  const policies = wanted.chains.flatMap((chain) => {
    const policy = there.policies.get(chain.policy);
    const same = policy !== undefined && policyPlan(chain, policy) === undefined;
    return same ? [] : [`${chain.chain}: PagerDuty's ${chain.policy} is not as it was sent`];
  });
  return [...schedules, ...policies];
}

/** Changes of one pair of people as one stretch, where nobody of the rota is on duty between them. */
function joined(changes: Timeline<Change<string>>, duty: Timeline<string>): readonly CoverShift[] {
  const stretches: CoverShift[] = [];
  for (const { startAt, endAt, value } of changes) {
    const last = stretches.at(-1);
    const goesOn =
      last !== undefined &&
      last.before === value.before &&
      last.after === value.after &&
      clip(duty, { startAt: last.endAt, endAt: startAt }).length === 0;
    if (goesOn) stretches[stretches.length - 1] = { ...last, endAt };
    else stretches.push({ startAt, endAt, before: value.before, after: value.after });
  }
  return stretches;
}
