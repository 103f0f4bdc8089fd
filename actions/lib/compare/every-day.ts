/** Handbooks like others, in which some rotas and services know of every day whether it is a holiday. Pure. */
import type { Handbook, Holidays, Hours, HoursTerms } from '../model.ts';
import type { Day } from '../time/date.ts';
import { listOf } from './known-days.ts';

/** A handbook in which the rotas of some groups know every day, by hours that those of a group share. */
export function withEveryDay<T extends { readonly rotas: readonly string[] }>(
  handbook: Handbook,
  groups: readonly T[],
  holidaysOf: (group: T) => readonly Day[],
): Handbook {
  const rotas = new Map(handbook.rotas);
  const known = { hours: new Map(handbook.hours), holidays: new Map(handbook.holidays) };
  for (const [i, group] of groups.entries()) {
    const idOf = (id: string) => `${id} ${i}`;
    for (const id of group.rotas) {
      const rota = rotas.get(id);
      if (rota === undefined) continue;
      const named = new Set(rota.terms.flatMap((it) => handbook.hours.get(it.hours ?? '') ?? []));
      for (const own of named) addEveryDay(known, handbook, own, idOf, () => holidaysOf(group));
      const terms = rota.terms.map((it) =>
        handbook.hours.has(it.hours ?? '') ? { ...it, hours: idOf(it.hours ?? '') } : it,
      );
      rotas.set(id, { ...rota, terms });
    }
  }
  return { ...handbook, rotas, ...known };
}

/** Adds hours like others that know every day, and the list of their holidays, unless they are there. */
export function addEveryDay(
  known: { readonly hours: Map<string, Hours>; readonly holidays: Map<string, Holidays> },
  handbook: Handbook,
  own: Hours,
  idOf: (id: string) => string,
  holidaysOf: () => readonly Day[],
): void {
  const [id, list] = [idOf(own.id), idOf('every day')];
  if (known.hours.has(id)) return;
  const isListed = (it: HoursTerms) => listOf(handbook, own, it) !== undefined;
  const terms = own.terms.map((it) => (isListed(it) ? { ...it, holidays: [list] } : it));
  known.hours.set(id, { ...own, id, terms });
  const written = handbook.holidays.get(own.terms.find(isListed)?.holidays[0] ?? '');
  if (written !== undefined && !known.holidays.has(list))
    known.holidays.set(list, everyDay(list, written, holidaysOf()));
}

/** A list that knows every day, written where another one is. */
const everyDay = (id: string, { location }: Holidays, days: readonly Day[]): Holidays => ({
  ...{ id, name: id, zone: undefined, location },
  ...{ fromOn: Number.NEGATIVE_INFINITY, untilOn: Number.POSITIVE_INFINITY },
  days: new Map(days.toSorted((one, other) => one - other).map((it) => [it, id])),
});
