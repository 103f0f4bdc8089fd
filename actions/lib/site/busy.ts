/** Which shifts take working time, and whose calendar has a flavour that shows them as busy. Pure. */
import type { Handbook, Role, Rota } from '../model.ts';
import { rosterOf } from '../query/roster.ts';

/**
 * Whether a role takes the working time of whoever holds it: it gives cover, in a rota that has support hours and no
 * role for which people have to opt in to out-of-hours work.
 */
export const isInHours = ({ terms, roles }: Rota, { counts }: Role): boolean =>
  counts &&
  terms.some(({ hours }) => hours !== undefined) &&
  ![...roles.values()].some(({ needs }) => needs.onCall);

/**
 * Those whose calendar also has a flavour in which in-hours shifts are busy time: everybody in a rota with such roles,
 * except where somebody's id is the name of that calendar.
 */
export const busyPeople = ({ rotas, people }: Handbook): ReadonlySet<string> =>
  new Set(
    [...rotas.values()]
      .filter((rota) => [...rota.roles.values()].some((role) => isInHours(rota, role)))
      .flatMap((rota) => [...rosterOf(rota)])
      .filter((id) => people.has(id) && !people.has(`${id}-busy`)),
  );
