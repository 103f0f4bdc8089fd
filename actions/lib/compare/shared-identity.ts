/**
 * Chains, and lists of holidays behind services, that a team newly uses. Its leads may then agree to their changes, so
 * a lead of a team that uses them already has to agree. Pure.
 */
import { childLocation, type Handbook, type Service } from '../model.ts';
import type { Day } from '../time/date.ts';
import { targetsOf, teamsOf } from './chain-targets.ts';
import {
  addUser,
  listsOfService,
  rotaUsers,
  serviceUsers,
  type Users,
  type UsersFound,
} from './holiday-lists.ts';
import type { IdentityChange } from './identity-change.ts';

/** The key of a change of who uses something. */
export const USERS = 'used by';

/**
 * Chains and lists that another team uses than before, apart from those that nobody used. Whoever takes over a service
 * that used them has asked a lead of its team.
 */
export function* newUsers(base: Handbook, head: Handbook, from: Day): Iterable<IdentityChange> {
  const ofRotas = rotaUsers(base);
  const compared = [
    ['chain', chainUsers(base), chainUsers(head), 'escalation'],
    ['holidays', serviceUsers(base, from), serviceUsers(head, from), 'service_level'],
  ] as const;
  for (const [kind, before, after, at] of compared) {
    const usedBefore = (service: Service) =>
      kind === 'chain' ? chainsOf(base, service) : listsOfService(base, service, from);
    for (const [id, is] of after) {
      const others = kind === 'chain' ? undefined : ofRotas.get(id);
      const was = new Set((before.get(id) ?? others)?.keys());
      const added = [...is].flatMap(([team, services]) => {
        // A team that comes to be called by a service may speak for its list, too.
        const isNew = (it: Service) =>
          !usedBefore(it).includes(id) || (kind === 'holidays' && it.team !== team);
        const via = was.has(team) ? undefined : services.find(isNew);
        return via === undefined ? [] : [{ team, via }];
      });
      const [first] = added;
      if (was.size === 0 || first === undefined) continue;
      const users = teamsText([...was, ...added.map(({ team }) => team)]);
      const location = childLocation(first.via.location, at);
      const key = { key: USERS, before: teamsText(was), after: users, location };
      yield { kind, id, keys: [key], concerned: [], teams: [...was] };
    }
  }
}

/** The names of teams in order, each once. */
export const teamsText = (teams: Iterable<string>): string => [...new Set(teams)].toSorted().join(', ');

/** A chain is used by the teams whose roles it calls, and those of the services that it is called for. */
function chainUsers(handbook: Handbook): Users {
  const users: UsersFound = new Map();
  for (const [id, chain] of handbook.escalations)
    users.set(id, new Map(teamsOf(handbook, targetsOf(chain)).map((team) => [team, []])));
  for (const service of handbook.services.values())
    addUser(users, new Set(service.escalation.values()), [service.team], service);
  return users;
}

const chainsOf = ({ services }: Handbook, { id }: Service): readonly string[] => [
  ...(services.get(id)?.escalation.values() ?? []),
];
