/**
 * Chains and lists of holidays that a team newly uses. Its leads may then agree to their changes, so a lead of a team
 * that uses them already has to agree. Pure.
 */
import { childLocation, type Handbook, type PathLocation } from '../model.ts';
import { targetsOf, teamsOf } from './chain-targets.ts';
import {
  addUser,
  listsOf,
  rotaUsers,
  serviceUsers,
  type User,
  type Users,
  type UsersFound,
} from './holiday-lists.ts';
import { agreedByEach, type IdentityChange } from './identity-change.ts';

/** The key of a change of who uses something. */
export const USERS = 'used by';

/** What is said of a rota that comes to a list of holidays, before the teams that go by it as well. */
export const SHARED_WITH = 'shared with ';

/**
 * Chains and lists that another team uses than before, apart from those that nobody used. Whoever takes over a service
 * that used them has asked a lead of its team.
 */
export function* newUsers(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  const [ofServices, ofRotas] = [serviceUsers(base), rotaUsers(base)];
  const compared = [
    ['chain', chainUsers(base), chainUsers(head), chainsOf],
    ['holidays', withOthers(ofServices, ofRotas), serviceUsers(head), listsOf],
  ] as const;
  for (const [kind, before, after, usedOf] of compared)
    for (const [id, was] of before) {
      const added = [...(after.get(id) ?? [])].flatMap(([team, users]) => {
        const via = was.has(team) ? undefined : users.find((it) => !usedOf(base, it).includes(id));
        return via === undefined ? [] : [{ team, via }];
      });
      const [first] = added;
      if (was.size === 0 || first === undefined) continue;
      const users = textOf([...was.keys(), ...added.map(({ team }) => team)]);
      const keys = [
        { key: USERS, before: textOf(was.keys()), after: users, location: usedAt(first.via, kind) },
      ];
      yield { kind, id, keys, concerned: [], teams: [...was.keys()] };
    }
  yield* sharedLists(base, rotaUsers(head), withOthers(ofRotas, ofServices));
}

/**
 * Rotas that come to a list of holidays by which those of another team go, then or so far. A lead of either may then
 * agree to its further days, so that one of a team that had it agrees to a further team, and one of the rota's own team
 * unless the rota shared a list with the others already. Teams are those of the base.
 */
function* sharedLists(base: Handbook, after: Users, before: Users): Iterable<IdentityChange> {
  const ofRotas = rotaUsers(base);
  const teamsWith = (rota: User) => listsOf(base, rota).flatMap((id) => [...(ofRotas.get(id)?.keys() ?? [])]);
  for (const [id, is] of after) {
    const had = [...(before.get(id)?.keys() ?? [])];
    const coming = [...is].flatMap(([team, rotas]) => {
      const others = [...new Set([...had, ...is.keys()])].filter((it) => it !== team);
      const fresh = rotas.filter((it) => !listsOf(base, it).includes(id));
      return fresh.map((rota) => ({ rota, team, others, shared: new Set(teamsWith(rota)) }));
    });
    const asked = coming.some(({ team }) => !had.includes(team)) ? had : [];
    const own = coming.flatMap(({ team, others, shared }) =>
      base.teams.has(team) && others.some((it) => is.has(it) && !shared.has(it)) ? [team] : [],
    );
    const keys = coming.map(({ rota, others }) => ({
      ...{ key: rota.id, before: undefined, after: `${SHARED_WITH}${textOf(others)}` },
      location: usedAt(rota, 'holidays'),
    }));
    const consent = asked.length === 0 ? agreedByEach(own) : { teams: asked, alsoTeams: [...new Set(own)] };
    if (asked.length + own.length > 0) yield { kind: 'holidays', id, keys, concerned: [], ...consent };
  }
}

/** Users, and for what has none the others of it. */
const withOthers = (users: Users, others: Users): Users => new Map([...others, ...users]);

const textOf = (teams: Iterable<string>): string => [...new Set(teams)].toSorted().join(', ');

const usedAt = (it: User, kind: 'chain' | 'holidays'): PathLocation => {
  if (!('escalation' in it)) return childLocation(it.location, 'hours');
  return childLocation(it.location, kind === 'chain' ? 'escalation' : 'service_level');
};

/** A chain is used by the teams whose roles it calls, and those of the services that it is called for. */
function chainUsers(handbook: Handbook): Users {
  const users: UsersFound = new Map();
  for (const [id, chain] of handbook.escalations)
    users.set(id, new Map(teamsOf(handbook, targetsOf(chain)).map((team) => [team, []])));
  for (const service of handbook.services.values())
    addUser(users, new Set(service.escalation.values()), [service.team], service);
  return users;
}

const chainsOf = ({ services }: Handbook, { id }: User): readonly string[] => [
  ...(services.get(id)?.escalation.values() ?? []),
];
