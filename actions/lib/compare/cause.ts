/** Finds the line of the head that causes a change of cover, as precisely as possible. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { childLocation, type Handbook, type PathLocation, type Role, type Rota, roleOf } from '../model.ts';
import { counterpartOf } from './counterpart.ts';

/** The first difference in everything that decides who holds a role; the role itself when there is none. */
export function causeOf(seat: string, base: Handbook, head: Handbook): PathLocation {
  const { rota: id, role: name } = roleOf(seat);
  const was = base.rotas.get(id);
  const is = head.rotas.get(id);
  if (is === undefined) return { file: was?.location.file ?? `rotas/${id}.yaml`, path: [] };
  const role = is.roles.get(name);
  if (was === undefined || role === undefined) return seatsNow(is, was?.roles.get(name)) ?? rolesOf(is);
  const before = counterpartOf(was, role);
  if (before?.counts === !role.counts) return childLocation(role.location, 'counts');
  const seats = changedSeats(role, was);
  if (seats !== undefined) return seats;
  if (was.zone !== is.zone) return childLocation(is.location, 'timezone');
  const entry = role.rotation.find((it, i) => !isEqual(it, before?.rotation[i]));
  if (entry !== undefined) return entry.location;
  const terms = is.terms.find((it, i) => !isEqual(it, was.terms[i]));
  if (terms !== undefined)
    return changedKey(terms, was.terms[is.terms.indexOf(terms)], ['handover', 'hours', 'covers']);
  return changedPolicy(is, base, head) ?? { ...role.location, key: true };
}

const rolesOf = ({ location }: Rota): PathLocation => ({ ...childLocation(location, 'roles'), key: true });

/** Where a role says how many seats it has now, one of which is gone; undefined where the role is gone. */
function seatsNow({ roles }: Rota, gone: Role | undefined): PathLocation | undefined {
  const name = gone?.seat?.of;
  if (name === undefined) return undefined;
  const { location } = roles.get(name) ?? {};
  if (location !== undefined) return { ...location, key: true };
  const seat = [...roles.values()].find((it) => it.seat?.of === name);
  return seat && childLocation(seat.location, 'seats');
}

/** Where a role has another number of seats: the role, or the entry that adds or removes some from a day on. */
function changedSeats({ seat, rotation, location }: Role, { roles }: Rota): PathLocation | undefined {
  const before = seat && (roles.get(seat.of) ?? roles.get(`${seat.of}-1`));
  if (before === undefined) return undefined;
  const changed = rotation.findIndex(({ seats }, i) => {
    const was = before.rotation[i] ?? rotation[i - 1];
    return (seats ?? 1) !== (was?.seats ?? 1);
  });
  const entry = rotation[changed];
  if (entry === undefined) return undefined;
  return before.rotation[changed] === undefined ? entry.location : childLocation(location, 'seats');
}

/** The changed key of the support hours or of the holiday list of a rota; undefined when neither changed. */
function changedPolicy(rota: Rota, base: Handbook, head: Handbook): PathLocation | undefined {
  for (const id of new Set(rota.terms.map(({ hours }) => hours))) {
    const was = base.hours.get(id ?? '');
    const is = head.hours.get(id ?? '');
    if (was === undefined || is === undefined) continue;
    if (was.zone !== is.zone) return childLocation(is.location, 'timezone');
    const terms = is.terms.find((it, i) => !isEqual(it, was.terms[i]));
    if (terms !== undefined)
      return changedKey(terms, was.terms[is.terms.indexOf(terms)], ['windows', 'workingDays', 'holidays']);
    for (const id of new Set(is.terms.flatMap(({ holidays }) => holidays))) {
      const list = head.holidays.get(id);
      if (list !== undefined && !isEqual(list, base.holidays.get(list.id)))
        return childLocation(list.location, 'holidays');
    }
  }
  return undefined;
}

const YAML_KEYS: Readonly<Record<string, string>> = { workingDays: 'working_days' };

function changedKey<T extends { readonly location: PathLocation }>(
  is: T,
  was: T | undefined,
  keys: readonly (keyof T & string)[],
): PathLocation {
  const key = keys.find((it) => was === undefined || !isEqual(is[it], was[it]));
  return key === undefined ? is.location : childLocation(is.location, YAML_KEYS[key] ?? key);
}

/** Whether two values are equal apart from their locations. */
const isEqual = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(unlocated(one), unlocated(other));

/** The value as plain data, without locations and undefined entries. */
function unlocated(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unlocated);
  if (value instanceof Map || value instanceof Set) return [...value].map(unlocated);
  const entries = Object.entries(value).filter(([key, it]) => key !== 'location' && it !== undefined);
  return Object.fromEntries(entries.map(([key, it]) => [key, unlocated(it)]));
}
