/** The changes of one schedule, of either kind, and who is on after them. Pure. */
import { clip, type Interval, type Timeline } from '../../timeline.ts';
import type { ActualSchedule, ActualState, Rendered } from './actual.ts';
import { NO_CHANGES, type ScheduleChanges, writesOf } from './changes.ts';
import { BEYOND, type DesiredSchedule, type DesiredState } from './desired.ts';
import { coverToWrite, withContact } from './off-duty-plan.ts';
import { together } from './on-call.ts';
import { coverAfter, overridePlan } from './override-plan.ts';
import { coverOfShifts, shiftPlan } from './shift-plan.ts';

/**
 * The changes of a schedule as it was read; one that does not exist has none. What is wanted off duty on layers is
 * included once they are rendered.
 */
export function scheduleChanges(
  desired: DesiredSchedule,
  actual: ActualSchedule | undefined,
  { now, horizon }: Pick<DesiredState, 'now' | 'horizon'>,
  rendered: Rendered | undefined,
): ScheduleChanges {
  if (actual?.kind === 'shifts') return shiftPlan(withContact(desired), actual, now);
  if (actual?.kind !== 'layers') return NO_CHANGES;
  const cover = coverToWrite(desired, rendered?.base, { startAt: now, endAt: horizon });
  return { ...NO_CHANGES, ...overridePlan({ ...desired, cover }, actual.overrides, now) };
}

/** Who is on a schedule before the plan and after it. */
export interface PlannedCover {
  readonly before: Timeline<string>;
  readonly after: Timeline<string>;
}

/**
 * Who is on from now to the horizon, or, where nothing lies beneath the shifts, for as long as they were read. A
 * schedule of layers that matches the handbook was not rendered, and counts as empty before and after.
 */
export function coverChange(
  changes: ScheduleChanges,
  schedule: string,
  { schedules, rendered }: Pick<ActualState, 'schedules' | 'rendered'>,
  span: Interval,
): PlannedCover {
  const actual = schedules.get(schedule);
  if (actual?.kind === 'shifts') {
    const far = { startAt: span.startAt, endAt: span.endAt + BEYOND };
    const before = clip(together(actual.assignments), far);
    const isSame = writesOf(changes) === 0 && actual.records === undefined;
    return { before, after: isSame ? before : clip(coverOfShifts(changes, actual, span.startAt), far) };
  }
  const found = rendered.get(schedule);
  return found === undefined
    ? { before: [], after: [] }
    : { before: clip(found.final, span), after: coverAfter(changes, found, span) };
}
