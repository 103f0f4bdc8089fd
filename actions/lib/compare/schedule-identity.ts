/**
 * Which schedules of PagerDuty the roles of a handbook decide. An id that a role gets is a schedule that somebody else
 * may have, in this handbook or outside it, and is written to from then on. Whom it reaches off duty is part of that.
 * Pure.
 */
import { type Handbook, isUnread, offDutyLocation, type Role, roleText, scheduleLocation } from '../model.ts';
import { calledIn } from './account-owners.ts';
import { counterpartOf } from './counterpart.ts';
import { agreedByEach, type IdentityChange, keyChange } from './identity-change.ts';
import { isSameThing } from './unchanged.ts';

/**
 * Roles with another schedule than before, or with one for the first time, or that reach somebody else off duty; the
 * teams that had the schedule are asked, too, and whoever has the account of the contact. And roles that are gone, with
 * a schedule that no role has from then on.
 */
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
  for (const rota of head.rotas.values()) {
    const { id, team, roles } = rota;
    if (isSameThing(base.rotas.get(id), rota)) continue;
    // A lead agrees to a rota that could not be compared.
    if (isUnread(base, 'rota', id)) continue;
    for (const role of roles.values()) {
      const before = counterpartOf(base.rotas.get(id), role);
      const others = role.schedule === undefined ? [] : (owners.get(role.schedule) ?? []);
      const location = offDutyLocation(role);
      const offDuty = keyChange('off_duty', before?.offDuty, role.offDuty, location);
      yield {
        ...change(id, role.id),
        keys: [...keyChange('schedule', before?.schedule, role.schedule, scheduleLocation(role)), ...offDuty],
        ...agreedByEach([team, ...others.map((it) => it.team)]),
      };
      for (const person of offDuty.length === 0 ? [] : wokenOffDuty(base, head, role))
        yield {
          ...{ ...change(id, role.id), concerned: [person], teams: undefined },
          keys: [{ key: person, before: undefined, after: 'called off duty', location }],
        };
    }
  }
  yield* schedulesLeft(base, head);
}

/** The schedules of roles that are gone: a lead agrees, because nobody could say any more whose they are. */
function* schedulesLeft(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  const kept = new Set(
    [...head.rotas.values()].flatMap(({ roles }) => [...roles.values()].map((it) => it.schedule)),
  );
  for (const rota of base.rotas.values()) {
    const { id, team, roles } = rota;
    const now = head.rotas.get(id);
    if (isSameThing(rota, now) || isUnread(head, 'rota', id)) continue;
    for (const role of roles.values()) {
      const isThere = [...(now?.roles.values() ?? [])].some((it) => counterpartOf(rota, it)?.id === role.id);
      if (isThere || kept.has(role.schedule)) continue;
      const location = (now ?? rota).location;
      const keys = keyChange('schedule', role.schedule, undefined, location);
      yield {
        kind: 'schedule',
        id: roleText({ rota: id, role: role.id }),
        keys,
        concerned: [],
        teams: [team],
      };
    }
  }
}

/** The people who have the account of the contact that a role reaches off duty. */
const wokenOffDuty = (
  base: Handbook,
  head: Handbook,
  { offDuty = '', location }: Role,
): readonly string[] => [
  ...new Set(calledIn(head, [base, head])([{ kind: 'contact', contact: offDuty, location }])),
];
