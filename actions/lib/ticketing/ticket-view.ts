/** How a ticket stands now: its priority, status, group, clocks, and who has it. Pure. */
import type { Handbook, Person, Service, ServiceLevel, ServiceLevelTerms, TicketPolicy } from '../model.ts';
import { levelTermsAt } from '../resolve/level-terms.ts';
import type { ClockState, TicketClocks } from '../tickets/clock-state.ts';
import { clocksOf } from '../tickets/clocks.ts';
import { type Counter, PastHolidayList } from '../tickets/counted-time.ts';
import { ticketFaultText } from '../tickets/ticket-faults.ts';
import { historyOf, type TicketHistory } from '../tickets/ticket-history.ts';
import { type Zone, zoneOf } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import type { DutyNow } from './duty-now.ts';
import {
  hadGap,
  type IncidentCourse,
  incidentCourse,
  type NextPromise,
  nextInHours,
  nextPromise,
  topPriority,
} from './incident.ts';
import type { ReadTicket, TicketContext } from './read-ticket.ts';

/** What all tickets of a run are judged with. */
export interface TicketRun extends TicketContext {
  readonly duty: DutyNow;
  /** Whether there is a pager. */
  readonly canPage: boolean;
  /** Whether all of the handbook could be read; if not, a service may only seem to be unknown. */
  readonly isWhole: boolean;
}

type TicketGroup = TicketPolicy['groups'][number];

/** A ticket of a known service, as it stands. */
export interface TicketView {
  readonly read: ReadTicket;
  readonly service: Service;
  /** The instant at which it stands so. */
  readonly asked: Instant;
  readonly level: ServiceLevel | undefined;
  readonly terms: ServiceLevelTerms | undefined;
  /** Of the support hours; the zone of every time in comments. */
  readonly zone: Zone;
  readonly history: TicketHistory;
  readonly clocks: TicketClocks;
  /** Why nothing can be said about its clocks, if so. */
  readonly trouble: string | undefined;
  /** The one that applies; undefined where the service level has no default. */
  readonly priority: string | undefined;
  readonly status: string;
  readonly solvedAt: Instant | undefined;
  readonly group: TicketGroup | undefined;
  /** Whoever is on duty for it now. */
  readonly people: readonly Person[];
  readonly leads: readonly Person[];
  readonly teamName: string;
  /** Of the open clocks, the one that comes first. */
  readonly first: ClockState | undefined;
  /** When somebody answers, where that is no matter of a clock: before the first reply, without a due instant. */
  readonly next: NextPromise | undefined;
  /** When an incident that calls nobody for want of a reason calls somebody without one. */
  readonly inHours: NextPromise | undefined;
  /** Of a critical incident that nobody has answered yet. */
  readonly course: IncidentCourse | undefined;
  /** Whether it calls somebody after a time in which nobody was promised. */
  readonly isCalledLater: boolean;
  /** The running clocks of which so much is used up that somebody is warned. */
  readonly atRisk: readonly ClockState[];
}

/** A ticket that cannot be counted, and why: in words that quote it, and without them for a log. */
export interface UncountedTicket {
  readonly why: string;
  readonly code: string;
}

/** How a ticket of a known service stands. */
export function viewOf(
  run: TicketRun,
  read: ReadTicket & { readonly service: Service },
): TicketView | UncountedTicket {
  const { handbook, now, counter, duty } = run;
  const history = historyOf(handbook, read.events);
  if (isFaulty(history)) {
    const [fault] = history;
    return fault === undefined
      ? { why: 'it has no events', code: 'empty' }
      : { why: ticketFaultText(fault), code: fault.code };
  }
  const { service } = read;
  const level = handbook.serviceLevels.get(service.serviceLevel ?? '');
  const terms = level === undefined ? undefined : levelTermsAt(handbook, level, now);
  const { clocks, trouble } = countedClocks(counter, history, now);
  const priority = history.priorities.findLast(({ at }) => at <= now)?.priority ?? terms?.defaultPriority;
  const group = groupNow(history, now);
  const leads = peopleOf(handbook, handbook.teams.get(service.team)?.leads ?? []);
  const isAnswered = history.replies.some((at) => at <= now);
  const next = isAnswered ? undefined : nextPromise(counter, service, priority, now);
  const course = read.incident === undefined ? undefined : courseOf(run, read.incident.reason, history);
  const called = course === 'call' ? topPriority(counter, service, now) : priority;
  const onDuty = group?.role === undefined ? duty.firstCalled(service, called) : duty.holderOf(group.role);
  return {
    ...{ read, service, level, terms, history, clocks, trouble, priority, group, leads, next },
    asked: now,
    course,
    isCalledLater:
      course === 'call' && hadGap(counter, service, called, { startAt: history.openedAt, endAt: now }),
    inHours: course === 'reasons' ? nextInHours(counter, service, now) : undefined,
    teamName: handbook.teams.get(service.team)?.name ?? service.team,
    zone: handbook.hours.get(level?.hours ?? '')?.zone ?? zoneOf('UTC'),
    status: history.statuses.findLast(({ at }) => at <= now)?.status ?? '',
    solvedAt: history.solved.find(({ startAt, endAt }) => startAt <= now && now < endAt)?.startAt,
    people: group?.notifyLeads === true ? leads : peopleOf(handbook, onDuty),
    first: clocks.open.toSorted(byUrgency)[0],
    atRisk: clocks.open.filter((clock) => isAtRisk(run, history, priority, clock)),
  };
}

/**
 * What happens to an incident: nothing once somebody has answered it, or has given it another priority than the most
 * urgent one. Whoever raises it calls who is on, although somebody had answered before.
 */
function courseOf(
  { counter, duty, now }: TicketRun,
  reason: string | undefined,
  { service, openedAt, priorities, replies }: TicketHistory,
): IncidentCourse | undefined {
  const top = topPriority(counter, service, now);
  const set = priorities.findLast(({ at }) => openedAt < at && at <= now);
  const isRaised = set !== undefined && set.priority === top;
  if (set !== undefined && !isRaised) return undefined;
  if (replies.some((at) => at <= now && at > (isRaised ? set.at : Number.NEGATIVE_INFINITY)))
    return undefined;
  const isSomebodyOn = duty.firstCalled(service, top).length > 0;
  return incidentCourse(counter, service, { reason, isRaised, isSomebodyOn, at: now });
}

const isFaulty = (found: ReturnType<typeof historyOf>): found is Exclude<typeof found, TicketHistory> =>
  Array.isArray(found);

const peopleOf = ({ people }: Handbook, ids: readonly string[]): readonly Person[] =>
  ids.flatMap((id) => people.get(id) ?? []);

/** None, with the reason, for a ticket whose clocks leave a holiday list. */
function countedClocks(
  counter: Counter,
  history: TicketHistory,
  now: Instant,
): Pick<TicketView, 'clocks' | 'trouble'> {
  try {
    return { clocks: clocksOf(counter, history, now), trouble: undefined };
  } catch (error) {
    if (!(error instanceof PastHolidayList)) throw error;
    return { clocks: { open: [], verdicts: [] }, trouble: error.message };
  }
}

/** The group that takes a ticket of the latest estimate: the first that is large enough. */
function groupNow({ policy, estimates }: TicketHistory, now: Instant): TicketGroup | undefined {
  const length = estimates.findLast(({ at }) => at <= now)?.length;
  if (length === undefined) return undefined;
  return policy?.groups.find(({ upTo }) => upTo === undefined || length <= upTo);
}

const ORDER: Readonly<Record<ClockState['state'], number>> = {
  ...{ breached: 0, running: 1, paused: 2, met: 3, none: 3 },
};

function byUrgency(one: ClockState, other: ClockState): number {
  const order = ORDER[one.state] - ORDER[other.state];
  return order !== 0 ? order : (one.left ?? 0) - (other.left ?? 0);
}

/** Whether so much of a running clock is used up that somebody is warned. */
function isAtRisk(
  { counter }: TicketRun,
  history: TicketHistory,
  priority: string | undefined,
  { target, startedAt, state, left }: ClockState,
): boolean {
  if (state !== 'running' || left === undefined) return false;
  // The whole target is what was left at the start, had the ticket had its present priority then.
  const priorities = priority === undefined ? [] : [{ at: history.openedAt, priority }];
  const whole = clocksOf(counter, { ...history, priorities }, startedAt).open.find(
    (it) => it.target === target && it.startedAt === startedAt,
  )?.left;
  const warnAt = history.policy?.warnAt ?? 75;
  return whole !== undefined && left <= whole * (1 - warnAt / 100);
}
