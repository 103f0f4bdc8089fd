/** Which teams use which lists of holidays, through the support hours of their services and rotas. Pure. */
import type { Handbook, Rota, Service } from '../model.ts';
import type { Zone } from '../time/zone.ts';
import { teamsCalled } from './service-identity.ts';

/** What a team uses something through. */
export type User = Service | Rota;

/** The teams that use something, by its id, each with the services or rotas through which they do. */
export type Users = ReadonlyMap<string, ReadonlyMap<string, readonly User[]>>;

/** Users that are being collected. */
export type UsersFound = Map<string, Map<string, User[]>>;

/** Lists that support hours have at any time, each with the zone of their days. */
export const listsBehind = (
  { hours }: Handbook,
  id: string | undefined,
): readonly { readonly id: string; readonly zone: Zone }[] => {
  const own = hours.get(id ?? '');
  return own?.terms.flatMap(({ holidays }) => holidays.map((it) => ({ id: it, zone: own.zone }))) ?? [];
};

/** The lists behind the support hours that a service or a rota has in a handbook, where these decide anything. */
export function listsOf(handbook: Handbook, user: User): readonly string[] {
  const { services, rotas, serviceLevels } = handbook;
  const listsIn = (id: string | undefined) => listsBehind(handbook, id).map((it) => it.id);
  if (!('escalation' in user)) return rotas.get(user.id)?.terms.flatMap((it) => listsIn(it.hours)) ?? [];
  const own = services.get(user.id);
  if (own === undefined || own.escalation.size === 0) return [];
  return listsIn(serviceLevels.get(own.serviceLevel ?? '')?.hours);
}

/** A list of holidays is used by the teams of the services whose support hours have it, and those that they call. */
export function serviceUsers(handbook: Handbook): Users {
  const users: UsersFound = new Map();
  for (const service of handbook.services.values())
    addUser(users, listsOf(handbook, service), teamsCalled(handbook, service), service);
  return users;
}

/** The teams whose rotas go by a list of holidays. */
export function rotaUsers(handbook: Handbook): Users {
  const users: UsersFound = new Map();
  for (const rota of handbook.rotas.values()) addUser(users, listsOf(handbook, rota), [rota.team], rota);
  return users;
}

/** Adds a service or rota, through which some teams use some things. */
export function addUser(
  users: UsersFound,
  used: Iterable<string>,
  teams: Iterable<string>,
  user: User,
): void {
  for (const id of new Set(used)) {
    const own = users.get(id) ?? new Map<string, User[]>();
    users.set(id, own);
    for (const team of new Set(teams)) {
      const through = own.get(team) ?? [];
      own.set(team, through);
      through.push(user);
    }
  }
}
