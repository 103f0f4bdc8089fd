/**
 * Checks a plan before it is applied: returns refusals, each of which a reviewer can allow by its reason. Compares
 * absolute cover and absolute numbers, never percentages, so that small organisations are protected like large ones.
 * Pure.
 */

import { DAY } from '../../time/date.ts';
import type { Zone } from '../../time/zone.ts';
import { type Instant, type Interval, merge, type Timeline, without } from '../../timeline.ts';
import { anotherPlan, type CommonRefusal, manyWrites, notTheTip } from '../converge/guard.ts';
import type { DesiredState } from './desired.ts';
import type { Beneath } from './kinds.ts';
import type { PolicyCoverage } from './policy-coverage.ts';
import type { PolicyPlan } from './policy-plan.ts';
import type { CronTime } from './runs.ts';
import type { ServicePlan } from './service-plan.ts';

/** Every reason that can be allowed, by its name. */
export const REASONS = [
  'lost-cover',
  'emptied-level',
  'many-writes',
  'not-the-tip',
  'forgotten',
  'undecided',
  'unagreed',
  'nothing-applied',
] as const;

export type Reason = (typeof REASONS)[number];

/** The time that loses its last person: the first stretch of it, and how many more there are. */
export interface LostTime {
  readonly zone: Zone;
  readonly first: Interval;
  readonly more: number;
  /** The first and the others. */
  readonly all: readonly Interval[];
}

/** A reason why a plan is not applied; `refusalText` describes it. */
export type PlanRefusal =
  | {
      readonly kind: 'schedule-loses-cover';
      readonly reason: 'lost-cover';
      readonly role: string;
      readonly schedule: string;
      readonly beneath: Beneath;
      readonly lost: LostTime;
    }
  | {
      readonly kind: 'policy-loses-cover';
      readonly reason: 'lost-cover';
      readonly chain: string;
      readonly policy: string;
      readonly lost: LostTime;
    }
  | {
      readonly kind: 'level-without-targets';
      readonly reason: 'emptied-level';
      readonly chain: string;
      readonly policy: string;
      /** Counted from 1. */
      readonly level: number;
    }
  | {
      readonly kind: 'fewer-levels';
      readonly reason: 'emptied-level';
      readonly chain: string;
      readonly policy: string;
      readonly desired: number;
      readonly actual: number;
    }
  | {
      readonly kind: 'unreadable-revision';
      readonly reason: 'forgotten';
      readonly unreadable: UnreadableRevision;
    }
  | { readonly kind: 'short-publication'; readonly reason: 'undecided'; readonly days: number }
  | {
      readonly kind: 'undecided-role';
      readonly reason: 'undecided';
      readonly role: string;
      readonly zone: Zone;
      readonly undecidedAt: Instant;
      readonly days: number;
    }
  /** Where nothing lies beneath the shifts, a role has to be decided to the horizon. */
  | {
      readonly kind: 'undecided-shifts';
      readonly reason: 'undecided';
      readonly role: string;
      readonly schedule: string;
      readonly zone: Zone;
      readonly undecidedAt: Instant;
      readonly horizon: Instant;
    }
  | { readonly kind: 'unagreed-change'; readonly reason: 'unagreed'; readonly change: UnagreedChange }
  | {
      readonly kind: 'nothing-applied';
      readonly reason: 'nothing-applied';
      readonly leads: readonly string[];
    }
  /** The policy that a service gets now reaches nobody for some time until the next one, later or at once. */
  | {
      readonly kind: 'service-loses-cover';
      readonly reason: 'lost-cover';
      readonly service: string;
      readonly chain: string;
      readonly policy: string;
      readonly lost: LostTime;
    }
  /** Cannot be allowed: whoever calls then would reach nobody. */
  | {
      readonly kind: 'service-reaches-nobody';
      readonly reason: 'reaches-nobody';
      readonly service: string;
      readonly chain: string;
      readonly policy: string;
    }
  | CommonRefusal;

/** A revision that was applied and that cannot be read, wholly or in part, and why. */
export interface UnreadableRevision {
  readonly revision: string;
  readonly why: string;
  readonly extent: 'wholly' | 'partly';
}

/** A change of the main branch, since what was applied last, to which somebody whose word it needs has not agreed. */
export interface UnagreedChange {
  /** `#7`, or a commit and who pushed it; undefined for the whole handbook, where nothing is known to be applied. */
  readonly name: string | undefined;
  /** Who has not agreed, in words. */
  readonly missing: readonly string[];
  /** The ids of those, leads mostly, any of whom can allow it; when it is empty, nobody can. */
  readonly leads: readonly string[];
  /** Whether it is no merge, but the way back to a commit that is not the tip any more. */
  readonly isReturn?: boolean;
}

/** The allowed reasons, and the values that the guard compares a plan with. */
export interface GuardOptions {
  readonly allow: readonly string[];
  readonly mostWrites: number;
  /** The commit of the handbook, and the newest commit of the main branch; undefined if unknown. */
  readonly revision: string | undefined;
  readonly tip: string | undefined;
  readonly unreadable: readonly UnreadableRevision[];
  readonly unagreed: readonly UnagreedChange[];
  /** The digest of the approved plan; undefined where no approval is required. */
  readonly approved: string | undefined;
  /** When the workflow applies the handbook; undefined where that is not known. */
  readonly runs?: readonly CronTime[] | undefined;
}

/** Who is on one schedule before and after the plan. */
interface ScheduleCoverage {
  readonly role: string;
  readonly schedule: string;
  readonly zone: Zone;
  readonly beneath: Beneath;
  readonly before: Timeline<string>;
  readonly after: Timeline<string>;
}

/** A policy that a service gets now, when it serves it, and when it reaches somebody. */
interface TakenPolicy {
  readonly plan: ServicePlan;
  readonly policy: PolicyPlan;
  readonly during: Timeline<unknown>;
  readonly reached: Timeline<unknown>;
}

/** The parts of a plan that the guard checks. */
export interface GuardedPlan {
  readonly schedules: readonly ScheduleCoverage[];
  readonly coverage: readonly PolicyCoverage[];
  readonly policies: readonly PolicyPlan[];
  readonly taken: readonly TakenPolicy[];
  readonly writes: number;
  readonly digest: string;
}

/** With less than this decided ahead, PagerDuty would soon fall back to what lies beneath in its schedules. */
const LEAST_DAYS_AHEAD = 14;

/** The refusals of a plan that were not allowed, in the order of `REASONS`. */
export function guard(
  desired: DesiredState,
  plan: GuardedPlan,
  options: GuardOptions,
): readonly PlanRefusal[] {
  const isEmpty = plan.writes === 0;
  const refusals = [
    ...plan.schedules.flatMap(lostOnSchedule),
    ...plan.coverage.flatMap(lostByPolicy),
    ...plan.policies.flatMap(emptiedLevels),
    ...plan.taken.flatMap(lostByService),
    ...manyWrites(plan.writes, options),
    ...(isEmpty ? [] : notTheTip(options)),
    ...options.unreadable.map(unreadableRevision),
    ...soonUndecided(desired, plan),
    ...options.unagreed.map(unagreedChange),
    ...anotherPlan(plan.digest, options),
  ];
  return refusals.filter(
    ({ reason }) =>
      reason === 'another-plan' || reason === 'reaches-nobody' || !options.allow.includes(reason),
  );
}

function lostOnSchedule({ zone, before, after, ...of }: ScheduleCoverage): readonly PlanRefusal[] {
  const lost = lostTime(zone, before, after);
  return lost === undefined ? [] : [{ kind: 'schedule-loses-cover', reason: 'lost-cover', ...of, lost }];
}

/** A schedule may keep its people while no policy notifies it any more. */
function lostByPolicy({ chain, policy, zone, before, after }: PolicyCoverage): readonly PlanRefusal[] {
  const lost = lostTime(zone, before, after);
  return lost === undefined
    ? []
    : [{ kind: 'policy-loses-cover', reason: 'lost-cover', chain, policy, lost }];
}

/** The time before the policy serves the service is not its concern, nor what the policy before it reached. */
function lostByService({ plan, policy, during, reached }: TakenPolicy): readonly PlanRefusal[] {
  const { service, zone } = plan;
  const base = { service, chain: policy.chain, policy: policy.policy };
  const lost = lostTime(zone, during, reached);
  if (lost === undefined) return [];
  return lost.first.startAt === during[0]?.startAt
    ? [{ kind: 'service-reaches-nobody', reason: 'reaches-nobody', ...base }]
    : [{ kind: 'service-loses-cover', reason: 'lost-cover', ...base, lost }];
}

function lostTime(zone: Zone, before: Timeline<unknown>, after: Timeline<unknown>): LostTime | undefined {
  const all = merge(without(before, after), () => true).map(({ startAt, endAt }) => ({ startAt, endAt }));
  const [first] = all;
  return first === undefined ? undefined : { zone, first, more: all.length - 1, all };
}

function emptiedLevels({ chain, policy, before, after }: PolicyPlan): readonly PlanRefusal[] {
  const refusals: PlanRefusal[] = [];
  const reason = 'emptied-level';
  const level = after.levels.findIndex(({ targets }) => targets.length === 0) + 1;
  if (level > 0) refusals.push({ kind: 'level-without-targets', reason, chain, policy, level });
  const desired = after.levels.length;
  const actual = before.levels.length;
  if (desired < actual) refusals.push({ kind: 'fewer-levels', reason, chain, policy, desired, actual });
  return refusals;
}

/** Refuses even an empty plan: records pushed from that revision would otherwise stay unnoticed. */
const unreadableRevision = (unreadable: UnreadableRevision): PlanRefusal => ({
  kind: 'unreadable-revision',
  reason: 'forgotten',
  unreadable,
});

/** Refuses even an empty plan: with its success, the change would count as applied. */
const unagreedChange = (change: UnagreedChange): PlanRefusal =>
  change.name === undefined
    ? { kind: 'nothing-applied', reason: 'nothing-applied', leads: change.leads }
    : { kind: 'unagreed-change', reason: 'unagreed', change };

function soonUndecided(
  { now, horizon, publishedUntil, seats }: DesiredState,
  { schedules }: GuardedPlan,
): readonly PlanRefusal[] {
  const untilAt: Instant = now + LEAST_DAYS_AHEAD * DAY;
  const base = { reason: 'undecided', days: LEAST_DAYS_AHEAD } as const;
  const bare = new Set(schedules.filter((it) => it.beneath === 'nothing').map((it) => it.schedule));
  const roles = seats.flatMap(({ role, schedule, zone, undecidedAt }): readonly PlanRefusal[] => {
    if (undecidedAt === undefined) return [];
    if (undecidedAt < untilAt) return [{ ...base, kind: 'undecided-role', role, zone, undecidedAt }];
    if (!bare.has(schedule) || undecidedAt >= horizon) return [];
    const reason = 'undecided';
    return [{ kind: 'undecided-shifts', reason, role, schedule, zone, undecidedAt, horizon }];
  });
  return publishedUntil < untilAt ? [{ ...base, kind: 'short-publication' }, ...roles] : roles;
}
