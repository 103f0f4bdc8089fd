/**
 * When people cannot hold a role, and why: absences, weekdays on which they do not work, and holidays of their own. All
 * are in the person's zone, or without one in that of the rota. They never change cover. Pure.
 */
import type { Absence, Handbook, Person, Role, Rota, WorkPattern } from '../model.ts';
import { DAY, type Day, weekdayOf } from '../time/date.ts';
import type { Zone } from '../time/zone.ts';
import { type Instant, type Interval, merge, type Timeline } from '../timeline.ts';
import { holidayDaysOf } from './holiday-days.ts';

/** Why somebody is away. */
type AwayReason =
  | { readonly kind: 'absence'; readonly absence: Absence }
  /** A weekday on which they do not work. */
  | { readonly kind: 'weekday'; readonly pattern: WorkPattern }
  /** A holiday of one of their own lists. */
  | { readonly kind: 'holiday' };

/** A reason, and when it applies. */
export interface Away {
  readonly reason: AwayReason;
  readonly spans: Timeline<true>;
}

interface Seat {
  readonly rota: Rota;
  readonly role: Role;
}

/** The zone of a person's dates and times. */
export const zoneOfPerson = ({ zone }: Person, rota: Pick<Rota, 'zone'>): Zone => zone ?? rota.zone;

/** When an absence begins and ends; infinite when the return is not known. */
export const absenceSpan = (zone: Zone, { from, to }: Absence): Interval => ({
  startAt: zone.instantOf(from),
  endAt: Number.isFinite(to) ? zone.instantOf(to) : to,
});

/** Whether there is anything that could keep a person from a role. */
const isEverAway = ({ away, works, holidays }: Person): boolean =>
  away.length > 0 || works.length > 0 || holidays !== undefined;

/** Every reason for which a person cannot hold a role within a span. */
export function* awayFrom(
  handbook: Handbook,
  person: Person,
  { rota, role }: Seat,
  span: Interval,
): Iterable<Away> {
  if (!isEverAway(person)) return;
  const zone = zoneOfPerson(person, rota);
  for (const absence of person.away) {
    const { startAt, endAt } = absenceSpan(zone, absence);
    if (endAt > span.startAt && startAt < span.endAt)
      yield { reason: { kind: 'absence', absence }, spans: [{ startAt, endAt, value: true }] };
  }
  const isOutOfHours = role.needs.onCall;
  for (const [i, pattern] of person.works.entries()) {
    if (isOutOfHours && !pattern.onCall) continue;
    const until = person.works[i + 1]?.firstOn ?? Number.POSITIVE_INFINITY;
    const isOff = (day: Day) => pattern.firstOn <= day && day < until && !pattern.days.has(weekdayOf(day));
    yield { reason: { kind: 'weekday', pattern }, spans: daysIn(zone, span, isOff) };
  }
  const own = isOutOfHours ? undefined : holidayDaysOf(handbook, person.holidays ?? [], zone);
  if (own !== undefined)
    yield { reason: { kind: 'holiday' }, spans: daysIn(zone, span, (day) => own.days.has(day)) };
}

/** The local days of a span that a test accepts, adjacent ones as one span. */
function daysIn(zone: Zone, { startAt, endAt }: Interval, isOne: (day: Day) => boolean): Timeline<true> {
  const days: { startAt: Instant; endAt: Instant; value: true }[] = [];
  const last = zone.dayOf(endAt - 1);
  for (let day = zone.dayOf(startAt); day <= last; day++) {
    // A day that the zone skips is no time at all.
    const span = { startAt: zone.startOf(day), endAt: zone.startOf(day + 1) };
    if (isOne(day) && span.startAt < span.endAt) days.push({ ...span, value: true });
  }
  return merge(days);
}

/** Whether nothing keeps a person from a role during a span. */
export function isAvailable(handbook: Handbook, person: Person, seat: Seat, span: Interval): boolean {
  for (const { spans } of awayFrom(handbook, person, seat, span))
    if (spans.some(({ startAt, endAt }) => startAt < span.endAt && endAt > span.startAt)) return false;
  return true;
}

/** The name of the holiday of a person's own lists on the local day of an instant. */
export function ownHolidayAt(
  handbook: Handbook,
  person: Person,
  rota: Rota,
  at: Instant,
): string | undefined {
  const zone = zoneOfPerson(person, rota);
  return holidayDaysOf(handbook, person.holidays ?? [], zone)?.days.get(zone.dayOf(at));
}

/** The last local day of an absence of days; undefined when the return is not known. */
export const lastDayAway = ({ to }: Absence): Day | undefined =>
  Number.isFinite(to) ? Math.floor((to - 1) / DAY) : undefined;

/** The first local day of an absence. */
export const firstDayAway = ({ from }: Absence): Day => Math.floor(from / DAY);
