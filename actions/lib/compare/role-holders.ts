/** Who holds the roles of a handbook over a span; each rota is resolved once, when it is asked for. */
import type { Handbook, Rota } from '../model.ts';
import type { Resolved } from '../resolve/cover.ts';
import { coverOf, resolve } from '../resolve/resolve.ts';
import type { Interval } from '../timeline.ts';
import type { Holders } from './call-wiring.ts';

export function holdersIn(handbook: Handbook, span: Interval): Holders {
  const known = new Map<string, Resolved>();
  const resolved = (rota: Rota) => {
    const named = rota.terms.flatMap(({ hours }) => handbook.hours.get(hours ?? '') ?? []);
    const hours = new Map(named.map((it) => [it.id, it]));
    return resolve({ ...handbook, hours, rotas: new Map([[rota.id, rota]]) }, span);
  };
  return (role) => {
    const rota = handbook.rotas.get(role.rota);
    if (rota === undefined) return undefined;
    const own = known.get(rota.id) ?? resolved(rota);
    known.set(rota.id, own);
    return coverOf(own, role);
  };
}
