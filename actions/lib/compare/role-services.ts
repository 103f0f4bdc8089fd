/** The services whose chains call a role, or the schedule that it fills. Pure. */
import { type Handbook, type RoleRef, roleText } from '../model.ts';
import { targetsOf } from './chain-targets.ts';

/** By role, written `paas/nights/engineer`, the ids of the services of a handbook that can call whoever holds it. */
export function servicesByRole(handbook: Handbook): ReadonlyMap<string, readonly string[]> {
  const known = services.get(handbook) ?? found(handbook);
  services.set(handbook, known);
  return known;
}

/** By handbook, because many changes ask. */
const services = new WeakMap<Handbook, ReadonlyMap<string, readonly string[]>>();

function found(handbook: Handbook): ReadonlyMap<string, readonly string[]> {
  const { escalations } = handbook;
  const filling = rolesFilling(handbook);
  const byRole = new Map<string, string[]>();
  for (const { id, escalation } of handbook.services.values()) {
    const targets = [...escalation.values()].flatMap((chain) => targetsOf(escalations.get(chain)));
    const roles = targets.flatMap((it) => (it.kind === 'role' ? filling(it.role) : []));
    for (const role of new Set(roles.map(roleText))) {
      const own = byRole.get(role) ?? [];
      byRole.set(role, own);
      own.push(id);
    }
  }
  return byRole;
}

/** For each role of a handbook, itself and the others that fill its schedule of PagerDuty. */
export function rolesFilling({ rotas }: Pick<Handbook, 'rotas'>): (role: RoleRef) => readonly RoleRef[] {
  const filling = new Map<string, RoleRef[]>();
  for (const { id: rota, roles } of rotas.values())
    for (const { id: role, schedule } of roles.values()) {
      if (schedule === undefined) continue;
      const own = filling.get(schedule) ?? [];
      filling.set(schedule, own);
      own.push({ rota, role });
    }
  return (ref) => {
    const { schedule = '' } = rotas.get(ref.rota)?.roles.get(ref.role) ?? {};
    const others = (filling.get(schedule) ?? []).filter(
      ({ rota, role }) => rota !== ref.rota || role !== ref.role,
    );
    return [ref, ...others];
  };
}
