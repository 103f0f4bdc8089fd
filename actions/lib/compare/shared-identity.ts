/**
 * Chains and lists of holidays that a team newly uses. Its leads may then agree to their changes, so a lead of a team
 * that uses them already has to agree. Pure.
 */
import { childLocation, type Handbook, type Service } from '../model.ts';
import { targetsOf, teamsOf } from './chain-targets.ts';
import type { IdentityChange } from './identity-change.ts';

/** The key of a change of who uses something. */
export const USERS = 'used by';

/** The teams that use something, by its id, each with the services through which they do. */
type Users = ReadonlyMap<string, ReadonlyMap<string, Service | undefined>>;

/**
 * Chains and lists that another team uses than before, apart from those that nobody used. Whoever takes over a service
 * that used them has asked a lead of its team.
 */
export function* newUsers(
  base: Handbook,
  head: Handbook,
  teamsCalled: (handbook: Handbook, service: Service) => readonly string[],
): Iterable<IdentityChange> {
  const usedBefore = (kind: 'chain' | 'holidays', id: string, service: string) => {
    const was = base.services.get(service);
    if (was === undefined) return false;
    return kind === 'chain' ? [...was.escalation.values()].includes(id) : listsOf(base, was).includes(id);
  };
  const compared = [
    ['chain', chainUsers(base), chainUsers(head)],
    ['holidays', listUsers(base, teamsCalled), listUsers(head, teamsCalled)],
  ] as const;
  for (const [kind, before, after] of compared)
    for (const [id, was] of before) {
      const added = [...(after.get(id) ?? [])].filter(
        ([team, via]) => via !== undefined && !was.has(team) && !usedBefore(kind, id, via.id),
      );
      const [first] = added;
      if (was.size === 0 || first?.[1] === undefined) continue;
      const location = childLocation(first[1].location, kind === 'chain' ? 'escalation' : 'service_level');
      const text = (teams: Iterable<string>) => [...new Set(teams)].toSorted().join(', ');
      const users = text([...was.keys(), ...added.map(([team]) => team)]);
      const keys = [{ key: USERS, before: text(was.keys()), after: users, location }];
      yield { kind, id, keys, concerned: [], teams: [...was.keys()] };
    }
}

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

/** The lists behind the support hours of a service, where these decide whom it calls. */
function listsOf(
  { serviceLevels, hours }: Handbook,
  { escalation, serviceLevel }: Service,
): readonly string[] {
  if (escalation.size === 0) return [];
  const own = hours.get(serviceLevels.get(serviceLevel ?? '')?.hours ?? '');
  return own?.terms.flatMap(({ holidays }) => holidays) ?? [];
}

/** A list of holidays is used by the teams of the services whose support hours have it, and those that they call. */
export function listUsers(
  handbook: Handbook,
  teamsCalled: (handbook: Handbook, service: Service) => readonly string[],
): Users {
  const users = new Map<string, Map<string, Service | undefined>>();
  for (const service of handbook.services.values()) {
    if (service.escalation.size === 0) continue;
    const level = handbook.serviceLevels.get(service.serviceLevel ?? '');
    for (const id of handbook.hours.get(level?.hours ?? '')?.terms.flatMap(({ holidays }) => holidays) ??
      []) {
      const own = users.get(id) ?? new Map<string, Service>();
      users.set(id, own);
      for (const team of teamsCalled(handbook, service)) if (!own.has(team)) own.set(team, service);
    }
  }
  return users;
}
