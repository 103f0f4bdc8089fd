/** Which local days are holidays for a rota, by the list that its support hours name on that day. Pure. */
import { type Handbook, type Holidays, type Rota, termsOn } from '../model.ts';
import { inZone } from '../resolve/holiday-days.ts';
import type { Day } from '../time/date.ts';

/** A holiday, and the list that has it. */
export interface NamedHoliday {
  readonly name: string;
  readonly list: Holidays;
}

/**
 * The holidays that a rota has on a day of its hours, one for each list; amendments may change its hours, and the lists
 * that these name.
 */
export function holidaysOn(
  { hours, holidays }: Handbook,
  { terms }: Pick<Rota, 'terms'>,
  day: Day,
): readonly NamedHoliday[] {
  const own = hours.get(termsOn(terms, day).hours ?? '');
  const ids = own === undefined ? [] : termsOn(own.terms, day).holidays;
  return ids.flatMap((id) => {
    const list = holidays.get(id);
    const name = list && own && inZone(list, own.zone).days.get(day);
    return list === undefined || name === undefined ? [] : [{ name, list }];
  });
}

/** The name of a holiday that a rota has on a day, if it has one. */
export const holidayOn = (handbook: Handbook, rota: Pick<Rota, 'terms'>, day: Day): string | undefined =>
  holidaysOn(handbook, rota, day)[0]?.name;
