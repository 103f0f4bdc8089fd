/**
 * Holiday lists as local days of a zone. Days are those of whichever zone uses a list, unless the list has a zone of
 * its own: a holiday is then the one local day that contains its noon there, which is the day that shares most of it.
 * One holiday is always one local day, so that windows that touch leave no hole. Pure.
 */
import type { Handbook, Holidays, Rota } from '../model.ts';
import { DAY, type Day } from '../time/date.ts';
import type { Zone } from '../time/zone.ts';
import type { Interval } from '../timeline.ts';

/** Holidays by local day, and between which days they are complete. */
export interface HolidayDays extends Pick<Holidays, 'fromOn' | 'untilOn' | 'days'> {}

/** Several lists joined to one, by zone and ids: kept, because each amendment of each rota asks for the same. */
const joined = new WeakMap<Handbook['holidays'], Map<string, HolidayDays | undefined>>();

/** The lists with these ids as days of a zone; undefined where there are none, or one could not be read. */
export function holidayDaysOf(
  { holidays }: Pick<Handbook, 'holidays'>,
  ids: readonly string[],
  zone: Zone,
): HolidayDays | undefined {
  if (ids.length <= 1) return joinedDays(holidays, ids, zone);
  const all = joined.get(holidays) ?? new Map<string, HolidayDays | undefined>();
  joined.set(holidays, all);
  const key = [zone.name, ...ids].join(' ');
  if (!all.has(key)) all.set(key, joinedDays(holidays, ids, zone));
  return all.get(key);
}

function joinedDays(
  holidays: Handbook['holidays'],
  ids: readonly string[],
  zone: Zone,
): HolidayDays | undefined {
  const lists = ids.map((id) => holidays.get(id));
  const [first, ...more] = lists.map((list) => (list === undefined ? undefined : inZone(list, zone)));
  if (first === undefined || more.includes(undefined)) return undefined;
  return (more as readonly HolidayDays[]).reduce(both, first);
}

/** A day in any of several lists is a holiday, and only days within all of them are known. */
const both = (one: HolidayDays, other: HolidayDays): HolidayDays => ({
  fromOn: Math.max(one.fromOn, other.fromOn),
  untilOn: Math.min(one.untilOn, other.untilOn),
  days: new Map([...other.days, ...one.days]),
});

/** Every support-hours policy and person with a list asks for its days, most of them in the same few zones. */
const known = new WeakMap<Holidays, Map<Zone, HolidayDays>>();

/** A list as days of a zone. */
export function inZone(list: Holidays, zone: Zone): HolidayDays {
  const own = list.zone;
  if (own === undefined || own === zone) return list;
  const zones = known.get(list) ?? new Map<Zone, HolidayDays>();
  known.set(list, zones);
  let days = zones.get(zone);
  if (days === undefined) {
    const dayOf = (day: Day) => dayIn(own, day, zone);
    days = {
      fromOn: dayOf(list.fromOn),
      untilOn: dayOf(list.untilOn),
      days: new Map([...list.days].map(([day, name]) => [dayOf(day), name])),
    };
    zones.set(zone, days);
  }
  return days;
}

/** The local day in `zone` at noon of a day in another zone. */
const dayIn = (from: Zone, day: Day, zone: Zone): Day => zone.dayOf(from.instantOf((day + 0.5) * DAY));

/** The first and last day that a list has to cover for a period of local days of a zone to be known. */
export function daysOfList(
  { zone: own }: Pick<Holidays, 'zone'>,
  zone: Zone,
  { first, last }: { readonly first: Day; readonly last: Day },
): { readonly first: Day; readonly last: Day } {
  if (own === undefined || own === zone) return { first, last };
  // A day of one zone is the same day of another, or the one before or after it.
  const around = (day: Day) => [day - 1, day, day + 1];
  return {
    first: around(first).findLast((day) => dayIn(own, day, zone) <= first) ?? first - 1,
    last: around(last).find((day) => dayIn(own, day, zone) >= last) ?? last + 1,
  };
}

/** The days of a span that are holidays of the support hours of a rota, under the terms in force on each. */
export function holidaysOfRota(
  handbook: Handbook,
  { zone, terms }: Pick<Rota, 'zone' | 'terms'>,
  span: Interval,
): ReadonlySet<Day> {
  const found = new Set<Day>();
  for (const [i, { hours: id }] of terms.entries()) {
    const hours = handbook.hours.get(id ?? '');
    if (hours === undefined) continue;
    const until = terms[i + 1]?.firstOn ?? Number.POSITIVE_INFINITY;
    for (const [j, own] of hours.terms.entries()) {
      const ownUntil = hours.terms[j + 1]?.firstOn ?? Number.POSITIVE_INFINITY;
      const firstOn = Math.max(terms[i]?.firstOn ?? 0, own.firstOn, zone.dayOf(span.startAt));
      const endOn = Math.min(until, ownUntil, zone.dayOf(span.endAt - 1) + 1);
      if (firstOn >= endOn) continue;
      for (const day of holidayDaysOf(handbook, own.holidays, hours.zone)?.days.keys() ?? [])
        if (firstOn <= day && day < endOn) found.add(day);
    }
  }
  return found;
}
