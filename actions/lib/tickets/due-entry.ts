/**
 * What is due when for a ticket to which nothing has happened since it was opened, and from when on something is
 * promised. Returns plain data for JSON. Pure.
 */
import { type ResponseTarget, type Service, type ServiceLevelTerms, termsOn } from '../model.ts';
import { DAY } from '../time/date.ts';
import { instantText } from '../time/format.ts';
import type { Instant } from '../timeline.ts';
import type { Measured } from './clock-run.ts';
import type { ClockState, ClockStatus } from './clock-state.ts';
import { clocksOf } from './clocks.ts';
import type { CountedTime, Counter } from './counted-time.ts';
import { minutesIn } from './queue.ts';
import { statusesOf } from './ticket-history.ts';

/** A clock at an instant; without a due instant where nothing is promised. */
interface DueClock {
  readonly due_at: string | null;
  readonly left_minutes: number | null;
  readonly state: ClockStatus;
}

/** What is due for a ticket of one priority. Instants are UTC. */
export interface DueEntry {
  readonly service: string;
  readonly service_level: string;
  readonly priority: string;
  readonly opened_at: string;
  /** The window in which it was opened; null outside all of them. */
  readonly window: string | null;
  readonly respond: DueClock;
  /** It begins with the first reply. */
  readonly update: null;
  /** Null for a priority that has no such target. */
  readonly resolve: DueClock | null;
}

/** A ticket as `rota due` asks about it. */
export interface NewTicket {
  readonly service: Service;
  readonly measured: Measured;
  readonly priority: string;
  readonly openedAt: Instant;
}

/** The terms in force on the day on which a ticket was opened. */
export function termsAtOpening({ measured, openedAt }: Omit<NewTicket, 'priority'>): ServiceLevelTerms {
  const { zone } = measured.counted[0] as CountedTime;
  return termsOn(measured.level.terms, zone.dayOf(openedAt));
}

/** What is due at an instant. Throws `PastHolidayList` if that is unknown. */
export function dueEntry(counter: Counter, ticket: NewTicket, at: Instant): DueEntry {
  const { service, measured, priority, openedAt } = ticket;
  const [status = ''] = statusesOf(counter.handbook.ticketPolicies.get(service.tickets ?? ''));
  const { open } = clocksOf(
    counter,
    {
      service,
      openedAt,
      priorities: [{ at: openedAt, priority }],
      statuses: [{ at: openedAt, status }],
      solved: [],
      replies: [],
    },
    at,
  );
  const resolve = open.find(({ target }) => target === 'resolve');
  const targets = termsAtOpening(ticket).priorities.get(priority)?.targets ?? {};
  const hasResolve = Object.values(targets).some((target) => target.resolve !== undefined);
  return {
    service: service.id,
    service_level: measured.level.id,
    priority,
    opened_at: instantText(openedAt),
    window: (measured.counted[0] as CountedTime).windowAt(openedAt).window ?? null,
    respond: dueClock(open.find(({ target }) => target === 'respond')),
    update: null,
    resolve: resolve === undefined && !hasResolve ? null : dueClock(resolve),
  };
}

const dueClock = (clock: ClockState | undefined): DueClock => ({
  due_at: clock?.dueAt === undefined ? null : instantText(clock.dueAt),
  left_minutes: minutesIn(clock?.left),
  state: clock?.state ?? 'none',
});

/** How far ahead a window that promises something is searched. */
const SEARCHED = 60 * DAY;

/**
 * The first instant from an instant on at which a window promises a priority a first reply, with a figure or without;
 * undefined if there is none soon. Throws `PastHolidayList` if that is unknown.
 */
export function promisedFrom(
  { measured: { level, counted }, priority }: Pick<NewTicket, 'measured' | 'priority'>,
  from: Instant,
): { readonly at: Instant; readonly target: ResponseTarget } | undefined {
  const { zone } = counted[0] as CountedTime;
  for (let at = from; at < from + SEARCHED; ) {
    const terms = termsOn(level.terms, zone.dayOf(at));
    const time = counted[level.terms.indexOf(terms)] as CountedTime;
    const { window, endAt } = time.windowAt(at);
    const clock = window === undefined ? undefined : time.clockOf(window, at);
    const target = clock === undefined ? undefined : terms.priorities.get(priority)?.targets[clock];
    if (target !== undefined && (target.asSoonAsPossible || target.respond !== undefined))
      return { at, target };
    at = endAt;
  }
  return undefined;
}
