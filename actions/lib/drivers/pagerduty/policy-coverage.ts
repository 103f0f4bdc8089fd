/**
 * When an escalation policy notifies anybody, over all its levels together: a person named in it always counts, a
 * schedule while somebody is on. Computed only for policies that change. Pure.
 *
 * A schedule whose rendering was not read counts as never empty before the change.
 */
import { type Zone, zoneOf } from '../../time/zone.ts';
import { clip, type Interval, layered, type Timeline } from '../../timeline.ts';
import type { ActualState } from './actual.ts';
import { isSchedule } from './kinds.ts';
import { together } from './on-call.ts';
import type { PolicyLevels, PolicyPlan } from './policy-plan.ts';

/** When a policy notifies anybody, before its change and after it. */
export interface PolicyCoverage {
  readonly chain: string;
  readonly policy: string;
  readonly zone: Zone;
  readonly before: Timeline<true>;
  readonly after: Timeline<true>;
}

/** One schedule of the handbook and who is on after the plan. */
interface PlannedSchedule {
  readonly zone: Zone;
  readonly after: Timeline<unknown>;
}

const isNeverEmpty = ({ levels }: PolicyLevels): boolean =>
  levels.some(({ targets }) => targets.some((it) => !isSchedule(it)));

const schedulesIn = ({ levels }: PolicyLevels): readonly string[] =>
  levels.flatMap(({ targets }) => targets.filter(isSchedule).map(({ id }) => id));

/** The schedules whose rendering decides the coverage: none where the changed policy names a person. */
export function decisiveSchedules({ before, after }: PolicyPlan): readonly string[] {
  if (isNeverEmpty(after)) return [];
  return [...new Set([...(isNeverEmpty(before) ? [] : schedulesIn(before)), ...schedulesIn(after)])];
}

/** The coverage of a policy within a span; `planned` has the schedules of the handbook, all others stay as they are. */
export function policyCoverage(
  { chain, policy, before, after }: PolicyPlan,
  span: Interval,
  { schedules, rendered }: ActualState,
  planned: ReadonlyMap<string, PlannedSchedule>,
): PolicyCoverage {
  const always = [{ ...span, value: true as const }];
  const during = (cover: Timeline<unknown>) =>
    clip(cover, span).map(({ startAt, endAt }) => ({ startAt, endAt, value: true as const }));
  const union = (levels: PolicyLevels, coverOn: (schedule: string) => Timeline<true>) =>
    isNeverEmpty(levels) ? always : layered(schedulesIn(levels).flatMap(coverOn));
  const current = (schedule: string) => {
    const actual = schedules.get(schedule);
    if (actual?.kind === 'missing') return [];
    if (actual?.kind === 'shifts') return during(together(actual.assignments));
    const found = rendered.get(schedule);
    return found === undefined ? always : during(found.final);
  };
  const [zone = zoneOf('UTC')] = [...schedulesIn(after), ...schedulesIn(before)].flatMap(
    (schedule) => planned.get(schedule)?.zone ?? [],
  );
  return {
    chain,
    policy,
    zone,
    before: union(before, current),
    after: union(after, (schedule) => during(planned.get(schedule)?.after ?? [])),
  };
}
