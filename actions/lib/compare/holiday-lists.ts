/** Which teams use which lists of holidays, through the support hours of their services and rotas. Pure. */
import type { Handbook, Rota, Service } from '../model.ts';
import type { Day } from '../time/date.ts';
import type { Zone } from '../time/zone.ts';
import { type Interval, layered, type Timeline } from '../timeline.ts';
import { teamsCalled } from './service-identity.ts';
import { ALWAYS, daysUnder, spanOf } from './term-days.ts';

/** The teams that use something, by its id, each with the services through which they do. */
export type Users = ReadonlyMap<string, ReadonlyMap<string, readonly Service[]>>;

/** Users that are being collected. */
export type UsersFound = Map<string, Map<string, Service[]>>;

/** A list of holidays, the days on which something goes by it, and the zone of these. */
interface ListDays {
  readonly list: string;
  readonly days: Timeline<true>;
  readonly zone: Zone;
}

/** The lists that support hours have on some days. */
const listsWithin = ({ hours }: Handbook, id: string | undefined, within: Interval): readonly ListDays[] => {
  const own = hours.get(id ?? '');
  if (own === undefined) return [];
  return own.terms.flatMap(({ holidays }, i, all) => {
    const days = spanOf(daysUnder(all, i, within));
    return days.length === 0 ? [] : holidays.map((list) => ({ list, days, zone: own.zone }));
  });
};

/** The lists by which a rota goes, each with some of the days on which it does. */
export const listsOfRota = (handbook: Handbook, { terms }: Pick<Rota, 'terms'>): readonly ListDays[] =>
  terms.flatMap(({ hours }, i) => listsWithin(handbook, hours, daysUnder(terms, i, ALWAYS)));

/** The lists behind the support hours that a service has in a handbook from a day on, where these decide anything. */
export function listsOfService(handbook: Handbook, { id }: Service, from: Day): readonly string[] {
  const { escalation, serviceLevel } = handbook.services.get(id) ?? {};
  if (escalation === undefined || escalation.size === 0) return [];
  const hours = handbook.serviceLevels.get(serviceLevel ?? '')?.hours;
  return listsWithin(handbook, hours, { ...ALWAYS, startAt: from }).map(({ list }) => list);
}

/**
 * A list of holidays is used by the teams of the services whose support hours have it from a day on, and those that
 * they call.
 */
export function serviceUsers(handbook: Handbook, from: Day): Users {
  const users: UsersFound = new Map();
  for (const service of handbook.services.values())
    addUser(users, listsOfService(handbook, service, from), teamsCalled(handbook, service), service);
  return users;
}

/** Adds a service through which some teams use some things. */
export function addUser(
  users: UsersFound,
  used: Iterable<string>,
  teams: Iterable<string>,
  service: Service,
): void {
  for (const id of new Set(used)) {
    const own = users.get(id) ?? new Map<string, Service[]>();
    users.set(id, own);
    for (const team of new Set(teams)) {
      const through = own.get(team) ?? [];
      own.set(team, through);
      through.push(service);
    }
  }
}

/** The days on which a team goes by a list through its rotas, and each of these. */
export interface TeamDays {
  readonly days: Timeline<true>;
  readonly rotas: ReadonlyMap<string, Timeline<true>>;
}

/** By list, the teams whose rotas go by it. */
export type RotaUsers = ReadonlyMap<string, ReadonlyMap<string, TeamDays>>;

/** The teams whose rotas go by a list of holidays. */
export function rotaUsers(handbook: Handbook): RotaUsers {
  const uses = [...handbook.rotas.values()].flatMap(({ id, team, ...rota }) =>
    listsOfRota(handbook, rota).map((it) => ({ ...it, team, id })),
  );
  const daysIn = (some: readonly ListDays[]) => layered(some.flatMap(({ days }) => days));
  const byTeam = (some: typeof uses) =>
    [...Map.groupBy(some, ({ team }) => team)].map(([team, own]): readonly [string, TeamDays] => {
      const rotas = [...Map.groupBy(own, ({ id }) => id)].map(([id, all]) => [id, daysIn(all)] as const);
      return [team, { days: daysIn(own), rotas: new Map(rotas) }];
    });
  const byList = [...Map.groupBy(uses, ({ list }) => list)];
  return new Map(byList.map(([list, own]) => [list, new Map(byTeam(own))]));
}
