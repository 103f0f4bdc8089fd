/**
 * Critical incidents: who is called, and what is said when nobody is promised. An incident is a ticket of the most
 * urgent priority, so that its clocks, its replies and its place in the queue are those of any other. Pure.
 */
import { type Service, termsOn } from '../model.ts';
import { measuredLevel } from '../tickets/clocks.ts';
import { type Counter, PastHolidayList } from '../tickets/counted-time.ts';
import { promisedFrom } from '../tickets/due-entry.ts';
import type { Instant } from '../timeline.ts';

/** When a priority is next promised an answer. */
export interface NextPromise {
  /** The instant asked for, where it is promised then. */
  readonly at: Instant;
  readonly window: string | undefined;
  readonly isAsSoonAsPossible: boolean;
  /** Whether it is by the clock for the time out of hours. */
  readonly isOutOfHours: boolean;
}

/** When a service next promises a priority an answer; undefined if it does not, or if that is not known. */
export function nextPromise(
  counter: Counter,
  service: Service,
  priority: string | undefined,
  from: Instant,
): NextPromise | undefined {
  const measured = measuredLevel(counter, service);
  const [first] = measured?.counted ?? [];
  if (measured === undefined || first === undefined || priority === undefined) return undefined;
  try {
    const next = promisedFrom({ measured, priority }, from);
    if (next === undefined) return undefined;
    const { terms } = measured.level;
    const time = measured.counted[terms.indexOf(termsOn(terms, first.zone.dayOf(next.at)))] ?? first;
    const { window } = time.windowAt(next.at);
    return {
      ...{ at: next.at, window, isAsSoonAsPossible: next.target.asSoonAsPossible },
      isOutOfHours: window !== undefined && time.clockOf(window, next.at) === 'out_of_hours',
    };
  } catch (error) {
    if (error instanceof PastHolidayList) return undefined;
    throw error;
  }
}

/**
 * What happens to an incident: somebody is called; nobody is there, whom somebody could call; or it waits, because out
 * of hours its service answers only for reasons of which it has none.
 */
export type IncidentCourse = 'call' | 'nobody' | 'reasons';

/** What happens to an incident of a service at an instant at which these are on duty. */
export function incidentCourse(
  { criticalReasons }: Service,
  reason: string | undefined,
  { next, isSomebodyOn, at }: { next: NextPromise | undefined; isSomebodyOn: boolean; at: Instant },
): IncidentCourse {
  const isPromised = next?.at === at;
  if (!isPromised && !isSomebodyOn) return 'nobody';
  const isLimited = criticalReasons.length > 0 && (next === undefined || !isPromised || next.isOutOfHours);
  return isLimited && (reason === undefined || !criticalReasons.includes(reason)) ? 'reasons' : 'call';
}
