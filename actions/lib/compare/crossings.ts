/** Accounts and schedules of PagerDuty that lead a call to somebody else than before. Pure. */
import { type Handbook, type Notified, type RoleRef, roleText } from '../model.ts';
import { othersWoken, schedulesFilled } from './call-wiring.ts';
import { targetsOf } from './chain-targets.ts';
import { counterpartOf } from './counterpart.ts';
import { placesOf } from './people.ts';

interface Sides {
  readonly base: Handbook;
  readonly head: Handbook;
}

/** Accounts and schedules that become somebody else's, and the roles that are filled through them. */
export function crossingsIn({ base, head }: Sides) {
  const [othersBefore, others] = [othersWoken(base, base), othersWoken(base, head)];
  const people = new Set(
    [...head.people.keys()].filter((id) => others(id).some((it) => !othersBefore(id).includes(it))),
  );
  const [fillsBefore, fills] = [schedulesFilled(base, base), schedulesFilled(base, head)];
  const before = ({ rota, role }: RoleRef): RoleRef => {
    const own = head.rotas.get(rota)?.roles.get(role);
    const id = (own && counterpartOf(base.rotas.get(rota), own)?.id) ?? role;
    return { rota, role: id };
  };
  const isFilled = (role: RoleRef) => {
    const known = new Set(fillsBefore(before(role)).map((it) => roleText(it.role)));
    return fills(role).some((it) => !known.has(roleText(it.role)));
  };
  const named = people.size === 0 ? [] : placesOf(head).filter(({ person }) => people.has(person));
  const rotas = new Set(named.map(({ rota }) => rota));
  const inChains = rolesInChains(head);
  const all = [...head.rotas.values()].flatMap(({ id, roles }) =>
    [...roles.values()].map((role) => ({
      ref: { rota: id, role: role.id },
      hasSchedule: role.schedule !== undefined,
    })),
  );
  const filled = all.filter(({ ref }) => isFilled(ref));
  const woken = all.filter(({ ref, hasSchedule }) => hasSchedule && rotas.has(ref.rota));
  const roles = new Map([...filled, ...woken].map(({ ref }) => [roleText(ref), ref]));
  return {
    isAny: people.size + filled.length > 0,
    roles: [...roles.values()].filter((role) => !inChains.has(roleText(role))),
    before: (role: RoleRef): Notified => ({
      ...{ kind: 'role', role: before(role), location: { file: '', path: [] } },
    }),
  };
}

/** The roles that are called for some service. */
const rolesInChains = ({ services, escalations }: Handbook): ReadonlySet<string> =>
  new Set(
    [...services.values()].flatMap(({ escalation }) =>
      [...escalation.values()].flatMap((id) =>
        targetsOf(escalations.get(id)).flatMap((it) => (it.kind === 'role' ? [roleText(it.role)] : [])),
      ),
    ),
  );
