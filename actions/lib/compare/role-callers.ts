/** Which services call a role, by which of their chains, and when: whoever holds one without cover may be called. */
import { type Handbook, type RoleRef, roleText } from '../model.ts';
import { targetsOf } from './chain-targets.ts';
import { callDigests } from './identity-content.ts';

/**
 * The services of a handbook whose chains call a role, or the schedule that it fills, each with a digest of these
 * chains and of their hours.
 */
export function servicesCalling(handbook: Handbook, role: string): readonly (readonly [string, string])[] {
  const known = callers.get(handbook) ?? callersIn(handbook);
  callers.set(handbook, known);
  return known.get(role) ?? [];
}

type Callers = ReadonlyMap<string, readonly (readonly [service: string, content: string])[]>;

/** By handbook, because many changes ask. */
const callers = new WeakMap<Handbook, Callers>();

function callersIn(handbook: Handbook): Callers {
  const { services, escalations } = handbook;
  const contentOf = callDigests(handbook);
  const filling = rolesBySchedule(handbook);
  const found = new Map<string, (readonly [string, string])[]>();
  for (const { id, escalation } of services.values()) {
    const targets = [...escalation.values()].flatMap((chain) => targetsOf(escalations.get(chain)));
    const roles = targets.flatMap((it) => (it.kind === 'role' ? filling(it.role) : []));
    for (const role of new Set(roles)) {
      const own = found.get(role) ?? [];
      found.set(role, own);
      own.push([id, contentOf(id)]);
    }
  }
  return found;
}

/** For each role, itself and the others that fill its schedule. */
function rolesBySchedule({ rotas }: Handbook): (role: RoleRef) => readonly string[] {
  const filling = new Map<string, string[]>();
  for (const { id: rota, roles } of rotas.values())
    for (const { id: role, schedule } of roles.values()) {
      if (schedule === undefined) continue;
      const own = filling.get(schedule) ?? [];
      filling.set(schedule, own);
      own.push(roleText({ rota, role }));
    }
  return ({ rota, role }) => {
    const { schedule = '' } = rotas.get(rota)?.roles.get(role) ?? {};
    return [roleText({ rota, role }), ...(filling.get(schedule) ?? [])];
  };
}
