/** Which local days are holidays for a rota, by the list that its support hours name on that day. Pure. */
import type { Handbook, Holidays, Rota } from '../model.ts';
import type { Day } from '../time/date.ts';

/** What holds on a day, of terms that begin on certain days. */
export const termsOn = <T extends { readonly firstOn: Day }>(terms: readonly T[], day: Day): T | undefined =>
  terms.findLast(({ firstOn }) => firstOn <= day);

/** The list of holidays that a rota goes by on a day: its hours, and the list that these name, may change by amendments. */
export function holidayListOn(
  { hours, holidays }: Handbook,
  { terms }: Pick<Rota, 'terms'>,
  day: Day,
): Holidays | undefined {
  const own = hours.get(termsOn(terms, day)?.hours ?? '');
  return holidays.get(termsOn(own?.terms ?? [], day)?.holidays ?? '');
}

/** The name of a holiday that a rota has on a day, if it has one. */
export const holidayOn = (handbook: Handbook, rota: Pick<Rota, 'terms'>, day: Day): string | undefined =>
  holidayListOn(handbook, rota, day)?.days.get(day);
