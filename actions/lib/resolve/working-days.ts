/**
 * The working days and holidays of a rota, by the support hours it follows on each day. A day outside one of their
 * holiday lists is neither, unless another list has it, because it is unknown.
 */
import { type Handbook, type Hours, type Rota, termsOn } from '../model.ts';
import { type Day, dayOf, weekdayOf } from '../time/date.ts';
import { holidayDaysOf, inZone } from './holiday-days.ts';

/** Every date that files can contain. */
const FIRST_DAY = dayOf('2000-01-01') as Day;
const LAST_DAY = dayOf('2099-12-31') as Day;

/** What turns are computed from, beside their rota. */
export type Calendars = Pick<Handbook, 'hours' | 'holidays'>;

/** Whether a day is a holiday in a list that the rota's support hours use on that day. */
export function isHoliday({ hours, holidays }: Calendars, rota: Rota, day: Day): boolean {
  const own = hours.get(termsOn(rota.terms, day).hours ?? '');
  if (own === undefined) return false;
  const lists = termsOn(own.terms, day).holidays.map((id) => holidays.get(id));
  // As for windows, lists are unknown together.
  return !lists.includes(undefined) && lists.some((it) => it && inZone(it, own.zone).days.has(day));
}

interface Known {
  readonly hours: readonly (Hours | undefined)[];
  readonly days: readonly Day[];
}

/** By holiday lists, then by a rota's terms: rotas with the same support hours have the same working days. */
const cache = new WeakMap<Handbook['holidays'], Map<string, Known>>();

/** The working days of a rota in order, as far as they are known; none while it has no support hours. */
export function workingDaysOf(calendars: Calendars, { terms }: Rota): readonly Day[] {
  const { holidays } = calendars;
  const ofLists = cache.get(holidays) ?? new Map<string, Known>();
  cache.set(holidays, ofLists);
  const hours = terms.map((it) => calendars.hours.get(it.hours ?? ''));
  const key = JSON.stringify(terms.map((it) => [it.firstOn, it.hours]));
  const known = ofLists.get(key);
  if (known?.hours.every((it, i) => it === hours[i])) return known.days;
  const days = hours.flatMap((it, i) => {
    const first = Math.max(FIRST_DAY, terms[i]?.firstOn ?? FIRST_DAY);
    const last = Math.min(LAST_DAY, (terms[i + 1]?.firstOn ?? Number.POSITIVE_INFINITY) - 1);
    return it === undefined ? [] : workingDaysIn(holidays, it, first, last);
  });
  ofLists.set(key, { hours, days });
  return days;
}

/** The working days of support hours in order, as far as their holiday lists know them. */
export const workingDaysOfHours = ({ holidays }: Pick<Calendars, 'holidays'>, hours: Hours): readonly Day[] =>
  workingDaysIn(holidays, hours, FIRST_DAY, LAST_DAY);

function workingDaysIn(
  holidays: Handbook['holidays'],
  { zone, terms }: Hours,
  first: Day,
  last: Day,
): readonly Day[] {
  const days: Day[] = [];
  for (const [i, { firstOn, workingDays, holidays: ids }] of terms.entries()) {
    const list = holidayDaysOf({ holidays }, ids, zone);
    if (ids.length > 0 && list === undefined) continue;
    const from = Math.max(first, firstOn, list?.fromOn ?? first);
    const nextOn = terms[i + 1]?.firstOn ?? Number.POSITIVE_INFINITY;
    const until = Math.min(last, nextOn - 1, list?.untilOn ?? last);
    for (let day = from; day <= until; day++)
      if (workingDays.has(weekdayOf(day)) && list?.days.has(day) !== true) days.push(day);
  }
  return days;
}
