/** What kind a schedule is of, by PagerDuty's types, and what it falls back to. Pure. */
import {
  type ActualSchedule,
  type EscalationTarget,
  NO_USER,
  type RenderedShift,
  type ScheduleKind,
  type ScheduleKinds,
} from './actual.ts';

/** The kind by the type of a schedule or of a reference to one; undefined for a type that is not known. */
export function kindOfType(type: string): ScheduleKind | undefined {
  if (type === 'schedule' || type === 'schedule_reference') return 'layers';
  return type === 'schedule_v3' || type === 'schedule_v3_reference' ? 'shifts' : undefined;
}

/** Whether a level notifies a schedule, of any kind. */
export const isSchedule = ({ type }: EscalationTarget): boolean => kindOfType(type) !== undefined;

/** The target with the type that its schedule has now: the reference changes when a schedule is upgraded. */
export function typedTarget(target: EscalationTarget, kinds: ScheduleKinds): EscalationTarget {
  const kind = isSchedule(target) ? kinds.get(target.id) : undefined;
  if (typeof kind !== 'string') return target;
  return { ...target, type: kind === 'layers' ? 'schedule_reference' : 'schedule_v3_reference' };
}

/** What puts somebody on where neither an override nor a custom shift does. */
export type Beneath = 'layers' | 'rotations' | 'nothing';

/** What a schedule falls back to; a rotation without members in the span that was read is none. */
export function beneathOf(schedule: ActualSchedule | undefined): Beneath {
  if (schedule?.kind !== 'shifts') return 'layers';
  const isBeneath = ({ source, user, override }: RenderedShift) =>
    source.source === 'rotation' && (user !== NO_USER || override !== undefined);
  return schedule.assignments.some(isBeneath) ? 'rotations' : 'nothing';
}
