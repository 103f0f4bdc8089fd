/**
 * The queue: tickets in order of work at an instant, with the clock of each that is the most urgent, and who takes it.
 * Computed from events anew each time; takes events and an instant, returns plain data for JSON. Pure.
 */
import { type RoleRef, roleText, type Target, termsOn } from '../model.ts';
import { isWithinHolidayLists } from '../resolve/holiday-horizon.ts';
import { coverOf, resolve } from '../resolve/resolve.ts';
import { Suggestions } from '../text/suggest.ts';
import { MINUTE } from '../time/date.ts';
import { instantText } from '../time/format.ts';
import { type Instant, spanAt } from '../timeline.ts';
import type { ClockState, ClockStatus, ClockVerdict, TicketClocks } from './clock-state.ts';
import { clocksOf, measuredLevel } from './clocks.ts';
import { type Counter, PastHolidayList } from './counted-time.ts';
import type { TicketEvent } from './event.ts';
import type { CodedTicketFault, TicketFault } from './ticket-faults.ts';
import { historyOf, type TicketHistory } from './ticket-history.ts';

/** A ticket of the queue. Instants are UTC. */
export interface QueueRow {
  readonly ticket: string;
  readonly title: string | null;
  readonly service: string;
  readonly priority: string | null;
  /** `solved` while it is solved, whatever its status was before. */
  readonly status: string;
  /** Null without an estimate, and where no group is large enough. */
  readonly group: string | null;
  /** `govpress/first-line/developer`; null for a group that has no role. */
  readonly role: string | null;
  /** Who holds the role at the instant asked for. */
  readonly person: string | null;
  /** The most urgent clock that runs, or the paused one, or the one that ended last. */
  readonly clock: Target | null;
  readonly state: ClockStatus;
  readonly due_at: string | null;
  /** Counted minutes, rounded down; negative from the breach on, and null for a clock that has ended. */
  readonly left_minutes: number | null;
  readonly breached_at: string | null;
  readonly by_retriage: boolean;
  /** The clocks that ended, in order of their end. */
  readonly verdicts: readonly {
    readonly clock: Target;
    readonly started_at: string;
    readonly due_at: string | null;
    readonly ended_at: string;
    readonly breached_at: string | null;
  }[];
}

/** The tickets of a list of events, and what is wrong with those that are left out. */
export interface Queue {
  readonly rows: readonly QueueRow[];
  readonly faults: readonly TicketFault[];
  /** Roles of groups of which it is unknown who holds them, by an error in the handbook or a holiday list's end. */
  readonly unknownRoles: readonly RoleRef[];
}

/** What a queue is made from. `faults` are those of reading the events; a ticket with a fault is left out. */
export interface QueueInput {
  readonly events: readonly TicketEvent[];
  readonly faults: readonly TicketFault[];
  readonly at: Instant;
  /** Whether solved tickets are listed, too; they come last. */
  readonly all: boolean;
}

/** The queue of all tickets that were opened by an instant; what lies after it has not happened. */
export function queueOf(counter: Counter, { events, faults: read, at, all }: QueueInput): Queue {
  const { handbook } = counter;
  const faulty = new Set(read.map(({ ticket }) => ticket));
  const suggestions = new Suggestions();
  const faults = [...read];
  const entries: Entry[] = [];
  for (const [ticket, own] of Map.groupBy(events, (event) => event.ticket)) {
    if (faulty.has(ticket)) continue;
    const history = historyOf(handbook, own, suggestions);
    // One by one: a ticket may have more faults than a call can have arguments.
    if (!('openedAt' in history)) for (const fault of history) faults.push(fault);
    else if (history.openedAt <= at) {
      const entry = entryAt(counter, history, at);
      if ('code' in entry) faults.push({ ...entry, ticket, line: history.events[0]?.line });
      else if (all || !entry.isSolved) entries.push(entry);
    }
  }
  const holders = holdersOf(counter, entries, at);
  const rows = entries.toSorted(inOrderOfWork).map((entry) => rowOf(entry, holders));
  const unknownRoles = [...holders.values()].flatMap(({ role, isKnown }) => (isKnown ? [] : [role]));
  return { rows, faults, unknownRoles };
}

/** A ticket at the instant asked for. */
interface Entry {
  readonly history: TicketHistory;
  readonly priority: string | null;
  /** The place of its priority among those of its service level, of which the first is the most urgent. */
  readonly urgency: number;
  readonly status: string;
  readonly isSolved: boolean;
  readonly group: { readonly id: string; readonly role: RoleRef | undefined } | undefined;
  readonly shown: ShownClock;
  readonly verdicts: readonly ClockVerdict[];
}

function entryAt(counter: Counter, history: TicketHistory, at: Instant): Entry | CodedTicketFault {
  const { service, solved, priorities, statuses } = history;
  const measured = measuredLevel(counter, service);
  if (measured === undefined && service.serviceLevel !== undefined)
    return { code: 'unread', args: { what: 'the holiday list', service: service.id } };
  const clocks = known(() => clocksOf(counter, history, at));
  if ('code' in clocks) return clocks;
  const zone = measured?.counted[0]?.zone;
  const terms =
    measured === undefined || zone === undefined ? undefined : termsOn(measured.level.terms, zone.dayOf(at));
  const priority = lastBy(priorities, at)?.priority ?? terms?.defaultPriority ?? null;
  const place = [...(terms?.priorities.keys() ?? [])].indexOf(priority ?? '');
  return {
    history,
    priority,
    urgency: place < 0 ? Number.POSITIVE_INFINITY : place,
    status: lastBy(statuses, at)?.status as string,
    isSolved: solved.some(({ startAt, endAt }) => startAt <= at && at < endAt),
    group: groupAt(history, at),
    shown: shownOf(clocks),
    verdicts: clocks.verdicts,
  };
}

/** The clocks, or the fault of a ticket whose clocks are unknown. */
function known(compute: () => TicketClocks): TicketClocks | CodedTicketFault {
  try {
    return compute();
  } catch (error) {
    if (error instanceof PastHolidayList) return { code: 'past-holiday-list', args: { hours: error.hours } };
    throw error;
  }
}

const lastBy = <T extends { readonly at: Instant }>(list: readonly T[], at: Instant): T | undefined =>
  list.findLast((it) => it.at <= at);

/** The first group that is large enough for the estimate of a ticket. */
function groupAt({ policy, estimates }: TicketHistory, at: Instant): Entry['group'] {
  const length = lastBy(estimates, at)?.length;
  if (length === undefined) return undefined;
  return policy?.groups.find(({ upTo = Number.POSITIVE_INFINITY }) => length <= upTo);
}

/** The clock that a row shows. */
interface ShownClock extends Pick<ClockState, 'state' | 'dueAt' | 'left' | 'breachedAt' | 'byRetriage'> {
  readonly target: Target | null;
  readonly hasEnded: boolean;
}

/** By how urgent a clock is; those of one state by the least left. */
const URGENCY: readonly ClockStatus[] = ['breached', 'running', 'paused'];

function shownOf({ open, verdicts }: TicketClocks): ShownClock {
  const [first] = open.toSorted(
    (one, other) =>
      URGENCY.indexOf(one.state) - URGENCY.indexOf(other.state) ||
      (one.breachedAt ?? 0) - (other.breachedAt ?? 0) ||
      (one.left ?? 0) - (other.left ?? 0),
  );
  if (first !== undefined) return { ...first, hasEnded: false };
  const last = verdicts.at(-1);
  const ended = { left: undefined, hasEnded: true };
  if (last !== undefined)
    return { ...last, ...ended, state: last.breachedAt === undefined ? 'met' : 'breached' };
  const nothing = { dueAt: undefined, breachedAt: undefined, byRetriage: false };
  return { ...nothing, ...ended, target: null, state: 'none' };
}

/**
 * Breached first, also by a reply that came late; then running, then those of which no clock runs because all were met
 * or nothing is promised, then paused, and solved last.
 */
function rankOf({ isSolved, shown: { state, hasEnded } }: Entry): number {
  if (isSolved) return 4;
  return state === 'paused' ? 3 : hasEnded && state !== 'breached' ? 2 : URGENCY.indexOf(state);
}

/** Of breached clocks the one that was breached first, of others the one with the least time left. */
const pressing = ({ isSolved, shown: { breachedAt, left = 0 } }: Entry): number =>
  isSolved ? 0 : (breachedAt ?? left);

/** The order in which tickets are worked on; the same whatever the order of the events is. */
function inOrderOfWork(one: Entry, other: Entry): number {
  const byRank = rankOf(one) - rankOf(other) || pressing(one) - pressing(other);
  if (byRank !== 0) return byRank;
  if (one.urgency !== other.urgency) return one.urgency - other.urgency;
  const byAge = one.history.openedAt - other.history.openedAt;
  return byAge || (one.history.ticket < other.history.ticket ? -1 : 1);
}

/** Who holds a role; `isKnown` is false where that cannot be told. */
interface Holder {
  readonly role: RoleRef;
  readonly person: string | undefined;
  readonly isKnown: boolean;
}

/** The holders of the roles of all groups, by the text of the role. */
function holdersOf(
  { handbook }: Counter,
  entries: readonly Entry[],
  at: Instant,
): ReadonlyMap<string, Holder> {
  const roles = new Map<string, RoleRef>();
  for (const { group } of entries) if (group?.role !== undefined) roles.set(roleText(group.role), group.role);
  const rotas = new Map(
    [...roles.values()].flatMap(({ rota }) => {
      const found = handbook.rotas.get(rota);
      return found === undefined ? [] : [[rota, found] as const];
    }),
  );
  const span = { startAt: at, endAt: at + 1 };
  const resolved = resolve({ ...handbook, rotas }, span);
  const holderOf = (role: RoleRef): Holder => {
    const cover = coverOf(resolved, role);
    const isKnown = cover !== undefined && isWithinHolidayLists(handbook, cover.rota, span);
    return { role, isKnown, person: isKnown ? spanAt(cover.cover(), at)?.value.person : undefined };
  };
  return new Map([...roles].map(([text, role]) => [text, holderOf(role)]));
}

const textIf = (instant: Instant | undefined): string | null =>
  instant === undefined ? null : instantText(instant);

/** Whole minutes, rounded down. */
export const minutesIn = (left: number | undefined): number | null =>
  // Adding 0 makes 0 of -0.
  left === undefined ? null : Math.floor(left / MINUTE) + 0;

function rowOf(entry: Entry, holders: ReadonlyMap<string, Holder>): QueueRow {
  const { history, shown, group } = entry;
  const role = group?.role === undefined ? null : roleText(group.role);
  return {
    ticket: history.ticket,
    title: history.title ?? null,
    service: history.service.id,
    priority: entry.priority,
    status: entry.isSolved ? 'solved' : entry.status,
    group: group?.id ?? null,
    role,
    person: holders.get(role ?? '')?.person ?? null,
    clock: shown.target,
    state: shown.state,
    due_at: textIf(shown.dueAt),
    left_minutes: minutesIn(shown.left),
    breached_at: textIf(shown.breachedAt),
    by_retriage: shown.byRetriage,
    verdicts: entry.verdicts.map((verdict) => ({
      clock: verdict.target,
      started_at: instantText(verdict.startedAt),
      due_at: textIf(verdict.dueAt),
      ended_at: instantText(verdict.endedAt),
      breached_at: textIf(verdict.breachedAt),
    })),
  };
}
