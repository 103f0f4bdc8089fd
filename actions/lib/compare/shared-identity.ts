/**
 * Chains and lists of holidays that a team newly uses. Its leads may then agree to their changes, so a lead of a team
 * that uses them already has to agree. Pure.
 */
import { childLocation, type Handbook, type PathLocation, type Rota, type Service } from '../model.ts';
import { targetsOf, teamsOf } from './chain-targets.ts';
import type { IdentityChange } from './identity-change.ts';

/** The key of a change of who uses something. */
export const USERS = 'used by';

/** What a team uses something through. */
type User = Service | Rota;

/** The teams of a service, and those that it calls. */
type TeamsCalled = (handbook: Handbook, service: Service) => readonly string[];

/** The teams that use something, by its id, each with the first service or rota through which they do. */
type Users = ReadonlyMap<string, ReadonlyMap<string, User | undefined>>;

/**
 * Chains and lists that another team uses than before, apart from those that nobody used. Whoever takes over a service
 * that used them has asked a lead of its team.
 */
export function* newUsers(
  base: Handbook,
  head: Handbook,
  teamsCalled: TeamsCalled,
): Iterable<IdentityChange> {
  const compared = [
    ['chain', chainUsers(base), chainUsers(head), chainsOf],
    ['holidays', allListUsers(base, teamsCalled), allListUsers(head, teamsCalled), listsOf],
  ] as const;
  for (const [kind, before, after, usedOf] of compared)
    for (const [id, was] of before) {
      const added = [...(after.get(id) ?? [])].filter(
        ([team, via]) => via !== undefined && !was.has(team) && !usedOf(base, via).includes(id),
      );
      const [first] = added;
      if (was.size === 0 || first?.[1] === undefined) continue;
      const text = (teams: Iterable<string>) => [...new Set(teams)].toSorted().join(', ');
      const users = text([...was.keys(), ...added.map(([team]) => team)]);
      const keys = [{ key: USERS, before: text(was.keys()), after: users, location: usedAt(first[1], kind) }];
      yield { kind, id, keys, concerned: [], teams: [...was.keys()] };
    }
}

const isService = (it: User): it is Service => 'escalation' in it;

const usedAt = (it: User, kind: 'chain' | 'holidays'): PathLocation => {
  if (!isService(it)) return childLocation(it.location, 'hours');
  return childLocation(it.location, kind === 'chain' ? 'escalation' : 'service_level');
};

/** A chain is used by the teams whose roles it calls, and those of the services that it is called for. */
function chainUsers(handbook: Handbook): Users {
  const users = new Map<string, Map<string, Service | undefined>>();
  for (const [id, chain] of handbook.escalations)
    users.set(id, new Map(teamsOf(handbook, targetsOf(chain)).map((team) => [team, undefined])));
  for (const service of handbook.services.values())
    for (const id of service.escalation.values())
      if (users.get(id)?.has(service.team) === false) users.get(id)?.set(service.team, service);
  return users;
}

const chainsOf = ({ services }: Handbook, { id }: User): readonly string[] => [
  ...(services.get(id)?.escalation.values() ?? []),
];

/** The lists behind the support hours that a service or a rota has in a handbook, where these decide anything. */
function listsOf({ services, rotas, serviceLevels, hours }: Handbook, user: User): readonly string[] {
  const listsIn = (id: string | undefined) => hours.get(id ?? '')?.terms.flatMap((it) => it.holidays) ?? [];
  if (!isService(user)) return rotas.get(user.id)?.terms.flatMap((it) => listsIn(it.hours)) ?? [];
  const own = services.get(user.id);
  if (own === undefined || own.escalation.size === 0) return [];
  return listsIn(serviceLevels.get(own.serviceLevel ?? '')?.hours);
}

/** A list of holidays is used by the teams of the services whose support hours have it, and those that they call. */
export function listUsers(handbook: Handbook, teamsCalled: TeamsCalled): Users {
  const users = new Map<string, Map<string, User>>();
  for (const service of handbook.services.values())
    addUsers(users, listsOf(handbook, service), teamsCalled(handbook, service), service);
  return users;
}

/** The same with the teams of the rotas that go by it. */
function allListUsers(handbook: Handbook, teamsCalled: TeamsCalled): Users {
  const users = new Map([...listUsers(handbook, teamsCalled)].map(([id, own]) => [id, new Map(own)]));
  for (const rota of handbook.rotas.values()) addUsers(users, listsOf(handbook, rota), [rota.team], rota);
  return users;
}

function addUsers(
  users: Map<string, Map<string, User | undefined>>,
  used: readonly string[],
  teams: readonly string[],
  via: User,
): void {
  for (const id of used) {
    const own = users.get(id) ?? new Map<string, User>();
    users.set(id, own);
    for (const team of teams) if (!own.has(team)) own.set(team, via);
  }
}
