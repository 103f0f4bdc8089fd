/**
 * Critical incidents: which are critical, who is called, and what is said when nobody is promised. An incident is a
 * ticket of the most urgent priority, so that its clocks, its replies and its place in the queue are those of any
 * other. Out of hours only the reasons of its service make it critical: without one it has the default priority until
 * somebody raises it, and so wakes nobody at night, neither at once nor at a threshold. Pure.
 */
import { type Service, termsOn } from '../model.ts';
import { levelTermsAt } from '../resolve/level-terms.ts';
import { measuredLevel } from '../tickets/clocks.ts';
import { type Counter, PastHolidayList } from '../tickets/counted-time.ts';
import { promisedFrom } from '../tickets/due-entry.ts';
import { DAY } from '../time/date.ts';
import type { Instant, Interval } from '../timeline.ts';

/** When a priority is next promised an answer. */
export interface NextPromise {
  /** The instant asked for, where it is promised then. */
  readonly at: Instant;
  readonly window: string | undefined;
  readonly isAsSoonAsPossible: boolean;
  /** Whether it is by the clock for the time out of hours. */
  readonly isOutOfHours: boolean;
  /** The end of the window. */
  readonly endAt: Instant;
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
    const { window, endAt } = time.windowAt(next.at);
    return {
      ...{ at: next.at, endAt, window, isAsSoonAsPossible: next.target.asSoonAsPossible },
      isOutOfHours: window !== undefined && time.clockOf(window, next.at) === 'out_of_hours',
    };
  } catch (error) {
    if (error instanceof PastHolidayList) return undefined;
    throw error;
  }
}

/** Whether there was a time since an instant at which a service promised a priority no answer. */
export function hadGap(
  counter: Counter,
  service: Service,
  priority: string | undefined,
  { startAt, endAt }: Interval,
): boolean {
  for (let at = startAt; at < endAt; ) {
    const next = nextPromise(counter, service, priority, at);
    if (next === undefined) return false;
    if (next.at > at) return true;
    at = next.endAt;
  }
  return false;
}

/**
 * What happens to an incident: somebody is called; nobody is there, whom somebody could call; or it waits, because out
 * of hours its service answers only for reasons of which it has none.
 */
export type IncidentCourse = 'call' | 'nobody' | 'reasons';

/** How far ahead the next hours are searched. */
const SEARCHED = 60 * DAY;

/** When an incident is next promised an answer whatever its reason: in hours. */
export function nextInHours(counter: Counter, service: Service, from: Instant): NextPromise | undefined {
  const top = topPriority(counter, service, from);
  let next = nextPromise(counter, service, top, from);
  while (next?.isOutOfHours === true && next.endAt < from + SEARCHED)
    next = nextPromise(counter, service, top, next.endAt);
  return next?.isOutOfHours === true ? undefined : next;
}

/** The first priority of a service, which is the most urgent one. */
export function topPriority(
  { handbook }: Counter,
  { serviceLevel }: Service,
  at: Instant,
): string | undefined {
  const level = handbook.serviceLevels.get(serviceLevel ?? '');
  const [first] = level === undefined ? [] : levelTermsAt(handbook, level, at).priorities.keys();
  return first;
}

/** The priority with which an incident is opened; undefined for the default of its service level. */
export function openingPriority(
  counter: Counter,
  service: Service,
  reason: string | undefined,
  at: Instant,
): string | undefined {
  const top = topPriority(counter, service, at);
  return isCritical(service, reason, nextPromise(counter, service, top, at), at) ? top : undefined;
}

/** Whether an incident is critical at an instant; `next` is when its most urgent priority is promised an answer. */
function isCritical(
  { criticalReasons }: Service,
  reason: string | undefined,
  next: NextPromise | undefined,
  at: Instant,
): boolean {
  const isInHours = next?.at === at && !next.isOutOfHours;
  return isInHours || criticalReasons.length === 0 || criticalReasons.includes(reason ?? '');
}

/** An incident that nobody has answered, at an instant at which these are on duty. */
interface Unanswered {
  readonly reason: string | undefined;
  /** Whether somebody made it the most urgent priority after its opening: then it is critical, whatever its reason. */
  readonly isRaised: boolean;
  readonly isSomebodyOn: boolean;
  readonly at: Instant;
}

/** What happens to an incident of a service. */
export function incidentCourse(
  counter: Counter,
  service: Service,
  { reason, isRaised, isSomebodyOn, at }: Unanswered,
): IncidentCourse {
  const next = nextPromise(counter, service, topPriority(counter, service, at), at);
  if (!isRaised && !isCritical(service, reason, next, at)) return 'reasons';
  return next?.at === at || isSomebodyOn ? 'call' : 'nobody';
}
