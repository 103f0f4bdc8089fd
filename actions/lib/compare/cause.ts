/** The line of the head that brings a change of cover about, as near as it can be told. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { childLocation, type Handbook, type PathLocation, type Rota, roleOf } from '../model.ts';

/** The first thing that reads differently than it did, among all that decides who holds a role; the role when none does. */
export function causeOf(seat: string, base: Handbook, head: Handbook): PathLocation {
  const { rota: id, role: name } = roleOf(seat);
  const [was, is] = [base.rotas.get(id), head.rotas.get(id)];
  if (is === undefined) return { file: was?.location.file ?? `rotas/${id}.yaml`, path: [] };
  const role = is.roles.get(name);
  if (was === undefined || role === undefined) return { ...childLocation(is.location, 'roles'), key: true };
  if (was.zone !== is.zone) return childLocation(is.location, 'timezone');
  const entry = role.rotation.find((it, i) => !alike(it, was.roles.get(name)?.rotation[i]));
  if (entry !== undefined) return entry.location;
  const terms = is.terms.find((it, i) => !alike(it, was.terms[i]));
  if (terms !== undefined)
    return changedKey(terms, was.terms[is.terms.indexOf(terms)], ['handover', 'hours', 'covers']);
  return changedPolicy(is, base, head) ?? { ...role.location, key: true };
}

/** The support hours or the holiday list behind a rota that changed. */
function changedPolicy(rota: Rota, base: Handbook, head: Handbook): PathLocation | undefined {
  for (const { hours: id } of rota.terms) {
    const [was, is] = [base.hours.get(id ?? ''), head.hours.get(id ?? '')];
    if (was === undefined || is === undefined) continue;
    if (was.zone !== is.zone) return childLocation(is.location, 'timezone');
    const terms = is.terms.find((it, i) => !alike(it, was.terms[i]));
    if (terms !== undefined)
      return changedKey(terms, was.terms[is.terms.indexOf(terms)], ['windows', 'workingDays', 'holidays']);
    for (const { holidays } of is.terms) {
      const list = head.holidays.get(holidays ?? '');
      if (list !== undefined && !alike(list, base.holidays.get(list.id)))
        return childLocation(list.location, 'holidays');
    }
  }
  return undefined;
}

const WRITTEN: Readonly<Record<string, string>> = { workingDays: 'working_days' };

function changedKey<T extends { readonly location: PathLocation }>(
  is: T,
  was: T | undefined,
  keys: readonly (keyof T & string)[],
): PathLocation {
  const key = keys.find((it) => was === undefined || !alike(is[it], was[it]));
  return key === undefined ? is.location : childLocation(is.location, WRITTEN[key] ?? key);
}

/** Whether two things say the same, wherever they stand. */
const alike = (one: unknown, other: unknown): boolean => isDeepStrictEqual(unlocated(one), unlocated(other));

/** Plain data without what is undefined and without where it stands. */
function unlocated(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unlocated);
  if (value instanceof Map || value instanceof Set) return [...value].map(unlocated);
  const entries = Object.entries(value).filter(([key, it]) => key !== 'location' && it !== undefined);
  return Object.fromEntries(entries.map(([key, it]) => [key, unlocated(it)]));
}
