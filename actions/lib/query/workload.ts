/** The workload of each person: shifts, hours, weeks, weekend days and holidays, to show whether it is fair. Pure. */
import type { Handbook } from '../model.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { byPerson } from '../resolve/resolve.ts';
import { DAY, type Day, HOUR, weekdayOf, weekOf } from '../time/date.ts';
import { clip, type Interval } from '../timeline.ts';
import { holidayOn } from './holidays.ts';

/**
 * Days and weeks are local, and count when somebody is on for any part of them; a holiday on a weekend counts as a
 * holiday.
 */
export interface Tally {
  readonly shifts: number;
  readonly hours: number;
  readonly weeks: number;
  readonly weekendDays: number;
  readonly holidays: number;
}

/**
 * The workload of everybody in these roles, or `only` of one person, within a span; roles that give no cover are left
 * out.
 */
export function tallies(
  handbook: Handbook,
  covers: readonly RoleCover[],
  span: Interval,
  only?: string,
): ReadonlyMap<string, Tally> {
  const people = new Map<string, Counting>();
  for (const { cover, role, rota } of covers) {
    if (!role.counts) continue;
    for (const shift of clip(byPerson(cover()), span)) {
      if (only !== undefined && shift.value.person !== only) continue;
      let own = people.get(shift.value.person);
      if (own === undefined) {
        own = new Counting();
        people.set(shift.value.person, own);
      }
      own.shifts++;
      own.hours += (shift.endAt - shift.startAt) / HOUR;
      const last = rota.zone.dayOf(shift.endAt - 1);
      for (let day = rota.zone.dayOf(shift.startAt); day <= last; day++)
        own.days.set(day, own.days.get(day) === true || holidayOn(handbook, rota, day) !== undefined);
    }
  }
  return new Map([...people].map(([person, own]) => [person, own.tally()]));
}

class Counting {
  shifts = 0;
  hours = 0;
  /** Days on which they are on, and whether each is a holiday. */
  readonly days = new Map<Day, boolean>();

  tally(): Tally {
    const days = [...this.days];
    return {
      shifts: this.shifts,
      hours: Math.round(this.hours),
      weeks: new Set(days.map(([day]) => weekOf(day))).size,
      weekendDays: days.filter(([day, isHoliday]) => !isHoliday && weekdayOf(day) >= 5).length,
      holidays: days.filter(([, isHoliday]) => isHoliday).length,
    };
  }
}

export const NO_TALLY: Tally = { shifts: 0, hours: 0, weeks: 0, weekendDays: 0, holidays: 0 };

/** The last UTC day of a span of whole days. */
export const lastDayOf = ({ endAt }: Interval): Day => endAt / DAY - 1;
