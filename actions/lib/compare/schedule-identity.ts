/**
 * Which schedules of PagerDuty the roles of a handbook decide. An id that a role gets is a schedule that somebody else
 * may have, in this handbook or outside it, and is written to from then on. Pure.
 */
import { type Handbook, isUnread, roleText, scheduleLocation } from '../model.ts';
import { counterpartOf } from './counterpart.ts';
import { agreedByEach, type IdentityChange, keyChange } from './identity-change.ts';

/** Roles with another schedule than before, or with one for the first time; the teams that had it are asked, too. */
export function* schedulesTaken(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  const owners = Map.groupBy(
    [...base.rotas.values()].flatMap(({ team, roles }) =>
      [...roles.values()].map(({ schedule }) => ({ team, schedule })),
    ),
    ({ schedule }) => schedule,
  );
  const change = (rota: string, role: string): Pick<IdentityChange, 'kind' | 'id' | 'concerned'> => ({
    kind: 'schedule',
    id: roleText({ rota, role }),
    concerned: [],
  });
  for (const { id, team, roles } of head.rotas.values()) {
    // A lead agrees to a rota that could not be compared.
    if (isUnread(base, 'rota', id)) continue;
    for (const role of roles.values()) {
      const before = counterpartOf(base.rotas.get(id), role)?.schedule;
      const others = role.schedule === undefined ? [] : (owners.get(role.schedule) ?? []);
      yield {
        ...change(id, role.id),
        keys: keyChange('schedule', before, role.schedule, scheduleLocation(role)),
        ...agreedByEach([team, ...others.map((it) => it.team)]),
      };
    }
  }
}
