/** Which local days are holidays for a rota, by the lists that its support hours name. Pure. */
import type { Handbook, Rota } from '../model.ts';
import type { Day } from '../time.ts';

/** The name of a holiday that a rota has on a day, if it has one. */
export function holidayOn(handbook: Handbook, { terms }: Pick<Rota, 'terms'>, day: Day): string | undefined {
  for (const { hours } of terms)
    for (const { holidays } of handbook.hours.get(hours ?? '')?.terms ?? []) {
      const name = handbook.holidays.get(holidays ?? '')?.days.get(day);
      if (name !== undefined) return name;
    }
  return undefined;
}
