/** Finds the same role in another state of its rota. Pure. */
import type { Role, Rota } from '../model.ts';

/**
 * The role with the same name. A role that gets seats becomes its first seat, and one that loses them was its first
 * seat, so that whoever goes on sitting there has no change.
 */
export function counterpartOf(rota: Rota | undefined, { id, seat }: Role): Role | undefined {
  const same = rota?.roles.get(id);
  if (same !== undefined) return same;
  if (seat?.number === 1) return rota?.roles.get(seat.of);
  return [...(rota?.roles.values() ?? [])].find((it) => it.seat?.of === id && it.seat.number === 1);
}
