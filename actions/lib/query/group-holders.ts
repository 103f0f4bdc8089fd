/** Who belongs to a group whose members hold certain roles: those who hold one now, and those who ever do. Pure. */
import { type Handbook, roleOf, roleText } from '../model.ts';
import { eachRole } from '../resolve/resolve.ts';
import { sourceOf } from '../resolve/turn-ranges.ts';
import { MINUTE } from '../time/date.ts';
import { type Instant, spanAt } from '../timeline.ts';

/** The ids of those who hold one of these roles, such as `paas/in-hours/engineer`, at an instant; sorted, each once. */
export function holdersAt(handbook: Handbook, roles: readonly string[], at: Instant): readonly string[] {
  const named = new Set(roles.map((role) => roleOf(role).rota));
  const rotas = new Map([...handbook.rotas].filter(([id]) => named.has(id)));
  const holders = new Set<string>();
  for (const { rota, role, cover } of eachRole({ ...handbook, rotas }, { startAt: at, endAt: at + MINUTE })) {
    if (!roles.includes(roleText({ rota: rota.id, role: role.id }))) continue;
    const holder = spanAt(cover(), at)?.value.person;
    if (holder !== undefined) holders.add(holder);
  }
  return [...holders].sort();
}

/**
 * The ids of those who hold one of these roles at any time: everybody in a rotation, a turn or an override of it, and
 * in the rotation and the turns of the role that it follows.
 */
export function everHolders(
  { rotas }: Pick<Handbook, 'rotas'>,
  roles: readonly string[],
): ReadonlySet<string> {
  const assignments = roles.map(roleOf).flatMap(({ rota: rotaId, role: roleId }) => {
    const rota = rotas.get(rotaId);
    const role = rota?.roles.get(roleId);
    if (rota === undefined || role === undefined) return [];
    const sources = new Set([role, sourceOf(rota, role)?.role ?? role]);
    return [
      ...[...sources].flatMap(({ rotation, turns }) => [
        ...rotation.flatMap(({ people }) => people),
        ...turns.values(),
      ]),
      ...rota.overrides.filter((it) => it.role === roleId).map((it) => it.assignment),
    ];
  });
  return new Set(assignments.map(({ person }) => person));
}
