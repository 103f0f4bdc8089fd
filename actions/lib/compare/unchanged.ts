/**
 * What two handbooks have in common, so that a comparison need not look at it. It rests on identity: `loadBoth` decodes
 * a file with the same text in both once, and nothing is changed after loading, so that what is the same object on both
 * sides says the same. What is not counts as changed, as does everything of handbooks that were loaded apart: then the
 * comparison takes longer and finds no less. Pure.
 */
import type { Handbook, Hours, Role, Rota } from '../model.ts';

/** Whether two things are one object, so that nothing about them can differ. */
export const isSameThing = (was: object | undefined, is: object | undefined): boolean =>
  was !== undefined && was === is;

/**
 * The rotas of which something that decides who holds their roles may differ: their own file, the planned changes in
 * them, or the support hours and lists of holidays that they name. One that names what could not be read is among them.
 */
export const changedRotas = (base: Handbook, head: Handbook): ReadonlySet<string> =>
  rotasUnless(base, head, (id) => isSameCalendar(base, head, id));

/** The same without those of which nothing may differ but the days of lists of holidays. */
export const editedRotas = (base: Handbook, head: Handbook): ReadonlySet<string> =>
  rotasUnless(base, head, (id) => isSameHours(base.hours.get(id), head.hours.get(id)));

function rotasUnless(
  base: Handbook,
  head: Handbook,
  isSameSchedule: (hours: string) => boolean,
): ReadonlySet<string> {
  const hours = new Set([...head.hours.keys()].filter(isSameSchedule));
  const isSame = (id: string): boolean => {
    const [was, is] = [base.rotas.get(id), head.rotas.get(id)];
    if (was === undefined || is === undefined || !isSameRota(was, is)) return false;
    return is.terms.every((own) => own.hours === undefined || hours.has(own.hours));
  };
  const all = new Set([...base.rotas.keys(), ...head.rotas.keys()]);
  return new Set([...all].filter((id) => !isSame(id)));
}

/** A handbook with only some of its rotas. */
export const withRotas = (handbook: Handbook, ids: ReadonlySet<string>): Handbook => ({
  ...handbook,
  rotas: new Map([...handbook.rotas].filter(([id]) => ids.has(id))),
});

/** What teams need of people is part of roles after loading, and decides nothing about who holds them. */
function isSameRota(was: Rota, is: Rota): boolean {
  if (was === is) return true;
  if (!isSameBut(was, is, ['roles', 'overrides'])) return false;
  if (was.roles.size !== is.roles.size || was.overrides.length !== is.overrides.length) return false;
  const roles = [...was.roles.values()];
  return (
    was.overrides.every((it, i) => it === is.overrides[i]) &&
    [...is.roles.values()].every((role, i) => isSameBut(roles[i] as Role, role, ['needs']))
  );
}

/** Whether support hours have the same windows, and the lists of holidays that decide on which days these fall. */
export function isSameCalendar(base: Handbook, head: Handbook, id: string): boolean {
  const is = head.hours.get(id);
  if (is === undefined || !isSameHours(base.hours.get(id), is)) return false;
  const lists = is.terms.flatMap(({ holidays }) => holidays);
  return lists.every((list) => {
    const days = head.holidays.get(list);
    return days !== undefined && days === base.holidays.get(list);
  });
}

/** Which roles have to cover a window is another matter, and changes when these get seats. */
const isSameHours = (was: Hours | undefined, is: Hours | undefined): boolean =>
  isSameThing(was, is) ||
  (was !== undefined &&
    is !== undefined &&
    isSameBut(was, is, ['terms']) &&
    was.terms.length === is.terms.length &&
    was.terms.every((own, i) => isSameBut(own, is.terms[i] ?? own, ['coveredBy'])));

/** Whether two things have the same keys with the same values, except some. */
function isSameBut<T extends object>(one: T, other: T, except: readonly (keyof T & string)[]): boolean {
  const keys = Object.keys(one) as (keyof T & string)[];
  return (
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) => except.includes(key) || (Object.hasOwn(other, key) && Object.is(one[key], other[key])),
    )
  );
}
