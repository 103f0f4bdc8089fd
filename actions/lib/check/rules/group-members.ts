/**
 * Whoever holds a role whose holders are members of a group in Slack or Zendesk has an id there, or the group lacks
 * them when their time comes. An id belongs to one person, as the group would have the wrong one, and a group of
 * Zendesk to one team, as two would each remove the other's people (for those of Slack, see the rule `slack`). Reported
 * at the person without an id, or at the second use of an id. The drivers find ids that a service does not have.
 */
import {
  childLocation,
  type Handbook,
  type MemberGroup,
  type PathLocation,
  type Person,
} from '../../model.ts';
import { byPerson } from '../../resolve/resolve.ts';
import { seat, upcoming } from '../duty.ts';
import { type Context, type Objection, rule } from '../rule.ts';
import { type FirstSpan, firstOf, firstWords } from '../spans.ts';

/** A service with groups: the key of people and of teams, and its name and that of an id in messages. */
interface Service {
  readonly key: 'slack' | 'zendesk';
  readonly name: string;
  readonly id: string;
  readonly group: string;
  readonly example: string;
}

const SERVICES: readonly Service[] = [
  { key: 'slack', name: 'Slack', id: 'member', group: 'user group', example: 'U01ABC2DE' },
  { key: 'zendesk', name: 'Zendesk', id: 'user', group: 'group', example: '9001' },
];

interface Codes {
  readonly 'no-id': FirstSpan &
    Pick<Service, 'key' | 'name' | 'id' | 'group' | 'example'> & {
      readonly person: string;
      readonly role: string;
      readonly groupId: string;
    };
  readonly 'shared-id': Pick<Service, 'name' | 'id'> & {
    readonly value: string;
    readonly person: string;
    readonly other: string;
  };
  readonly 'shared-group': { readonly groupId: string; readonly team: string; readonly other: string };
}

export const groupMembers = rule<Codes>({
  name: 'group-members',
  severity: 'error',
  summary: 'Everyone who holds a role of a group in Slack or Zendesk has an id of their own there.',
  *check(context) {
    for (const service of SERVICES) {
      yield* sharedIds(context.handbook, service);
      const groups = groupsOf(context.handbook, service);
      if (service.key === 'zendesk') yield* sharedGroups(groups);
      yield* withoutId(context, groups, service);
    }
  },
  describe: {
    'no-id': ({ key, name, id, group, example, person, role, groupId, ...first }) =>
      `${person} is on ${role}, whose holders are in ${name}'s ${group} ${groupId}, ${firstWords(first)}, and has ` +
      `no ${id} there; add "${key}: ${example}" with their own`,
    'shared-id': ({ name, id, value, person, other }) =>
      `${value} is already the ${id} of ${other} in ${name}; give ${person} their own`,
    'shared-group': ({ groupId, team, other }) =>
      `Zendesk's group ${groupId} of ${team} is already one of ${other}, and each would remove the other's people; ` +
      'name all of its roles in one of the two',
  },
});

interface OwnGroup {
  readonly team: string;
  readonly id: string;
  readonly terms: MemberGroup;
}

/** The groups of all teams, in order of teams. */
const groupsOf = ({ teams }: Handbook, { key }: Service): readonly OwnGroup[] =>
  [...teams.values()].flatMap(({ id: team, slack, zendeskGroups }) => {
    const groups: ReadonlyMap<string | number, MemberGroup> =
      key === 'zendesk' ? zendeskGroups : (slack?.userGroups ?? new Map());
    return [...groups].map(([id, terms]) => ({ team, id: String(id), terms }));
  });

const idOf = (person: Person, { key }: Service): string | undefined => person[key]?.toString();

const idLocation = ({ location }: Person, { key }: Service): PathLocation => childLocation(location, key);

function* sharedIds({ people }: Handbook, service: Service): Iterable<Objection<Codes>> {
  const first = new Map<string, Person>();
  for (const person of people.values()) {
    const value = idOf(person, service);
    if (value === undefined) continue;
    const other = first.get(value);
    if (other === undefined) first.set(value, person);
    else
      yield {
        code: 'shared-id',
        args: { name: service.name, id: service.id, value, person: person.id, other: other.id },
        location: idLocation(person, service),
        related: [idLocation(other, service)],
      };
  }
}

function* sharedGroups(groups: readonly OwnGroup[]): Iterable<Objection<Codes>> {
  const first = new Map<string, OwnGroup>();
  for (const own of groups) {
    const other = first.get(own.id);
    if (other === undefined) first.set(own.id, own);
    else
      yield {
        code: 'shared-group',
        args: { groupId: own.id, team: own.team, other: other.team },
        location: { ...own.terms.location, key: true },
        related: [{ ...other.terms.location, key: true }],
      };
  }
}

/** Each person once, with the first group that would lack them. */
function* withoutId(
  { handbook, resolved, ahead }: Context,
  groups: readonly OwnGroup[],
  service: Service,
): Iterable<Objection<Codes>> {
  const reported = new Set<string>();
  for (const { id: groupId, terms } of groups)
    for (const role of terms.roles) {
      const cover = resolved.roles.get(role);
      if (cover === undefined) continue;
      const held = upcoming(byPerson(cover.cover()), ahead);
      for (const [id, spans] of Map.groupBy(held, ({ value }) => value.person)) {
        const person = handbook.people.get(id);
        if (person === undefined || idOf(person, service) !== undefined || reported.has(id)) continue;
        reported.add(id);
        yield {
          code: 'no-id',
          args: { ...service, person: id, role: seat(cover), groupId, ...firstOf(cover.rota.zone, spans) },
          severity: 'warning',
          location: { ...person.location, key: true },
        };
      }
    }
}
