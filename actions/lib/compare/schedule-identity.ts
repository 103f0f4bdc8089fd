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
 * Roles that get another schedule than before, or their first one, or that reach somebody else off duty. The teams that
 * have the new schedule, or share the old one, are asked as well, and whoever has the account of the contact. Also
 * roles that are gone, if no other role gets their schedule.
 */
export function* schedulesTaken(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  const having = teamsHaving(base);
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
      const isSame = role.schedule === before?.schedule;
      const others = [role.schedule, ...(isSame ? [] : [before?.schedule])].flatMap(having);
      const location = offDutyLocation(role);
      const offDuty = keyChange('off_duty', before?.offDuty, role.offDuty, location);
      yield {
        ...change(id, role.id),
        keys: [...keyChange('schedule', before?.schedule, role.schedule, scheduleLocation(role)), ...offDuty],
        ...agreedByEach([team, ...others]),
      };
      for (const person of offDuty.length === 0 ? [] : wokenOffDuty(base, head, role))
        yield {
          ...{ ...change(id, role.id), concerned: [person], teams: undefined },
          keys: [{ key: person, before: undefined, after: 'called off duty', location }],
        };
    }
  }
  yield* schedulesLeft(base, head, having);
}

/** By schedule, the teams of the roles that have it. */
function teamsHaving({ rotas }: Handbook): (schedule: string | undefined) => readonly string[] {
  const teams = new Map<string, string[]>();
  for (const { team, roles } of rotas.values())
    for (const { schedule } of roles.values())
      if (schedule !== undefined) teams.set(schedule, [...(teams.get(schedule) ?? []), team]);
  return (schedule) => teams.get(schedule ?? '') ?? [];
}

/** The schedules of roles that are gone, as nobody could say any more whose they are, or they reach fewer people. */
function* schedulesLeft(
  base: Handbook,
  head: Handbook,
  having: (schedule: string | undefined) => readonly string[],
): Iterable<IdentityChange> {
  const got = schedulesGot(base, head);
  for (const rota of base.rotas.values()) {
    const { id, team, roles } = rota;
    const now = head.rotas.get(id);
    if (isSameThing(rota, now) || isUnread(head, 'rota', id)) continue;
    for (const role of roles.values()) {
      const isThere = [...(now?.roles.values() ?? [])].some((it) => counterpartOf(rota, it)?.id === role.id);
      // Who gets it is asked about by itself.
      if (isThere || got.has(role.schedule)) continue;
      const keys = keyChange('schedule', role.schedule, undefined, (now ?? rota).location);
      const change = { kind: 'schedule', id: roleText({ rota: id, role: role.id }), keys } as const;
      yield { ...change, concerned: [], ...agreedByEach([team, ...having(role.schedule)]) };
    }
  }
}

/** The schedules that a role has in the head and had not in the base. */
const schedulesGot = (base: Handbook, { rotas }: Handbook): ReadonlySet<string | undefined> =>
  new Set(
    [...rotas.values()].flatMap(({ id, roles }) =>
      [...roles.values()]
        .filter((role) => counterpartOf(base.rotas.get(id), role)?.schedule !== role.schedule)
        .map(({ schedule }) => schedule),
    ),
  );

/** The people who have the account of the contact that a role reaches off duty. */
const wokenOffDuty = (
  base: Handbook,
  head: Handbook,
  { offDuty = '', location }: Role,
): readonly string[] => [
  ...new Set(calledIn(head, [base, head])([{ kind: 'contact', contact: offDuty, location }])),
];
