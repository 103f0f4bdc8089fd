/** Where a handbook names people, and by which logins. Pure. */
import type { Handbook } from '../model.ts';

/** Whether two logins are the same: GitHub ignores case. */
export const sameLogin = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The teams in whose rotas each person has a place: in a rotation, an agreed turn, an override or a planned change. */
export function placesIn({ rotas }: Handbook): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>();
  for (const { team, roles, overrides } of rotas.values()) {
    const assigned = [
      ...[...roles.values()].flatMap(({ rotation, turns }) => [
        ...rotation.flatMap(({ people }) => people),
        ...turns.values(),
      ]),
      ...overrides.map(({ assignment }) => assignment),
    ];
    for (const { person } of assigned) places.set(person, (places.get(person) ?? new Set()).add(team));
  }
  return places;
}
