/** Which local days are holidays for a rota, by the list that its support hours name on that day. Pure. */
import type { Handbook, Holidays, Rota } from '../model.ts';
import type { Day } from '../time/date.ts';

/** The terms that apply on a day. */
export const termsOn = <T extends { readonly firstOn: Day }>(terms: readonly T[], day: Day): T | undefined =>
  terms.findLast(({ firstOn }) => firstOn <= day);

/** The holiday list that applies to a rota on a day; amendments may change its hours, and the list that these name. */
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
