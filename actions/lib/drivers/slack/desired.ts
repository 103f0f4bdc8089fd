/** What the handbook wants in Slack at an instant: topics of channels and members of user groups. Pure. */
import { type Handbook, type MemberGroup, roleOf, type Team } from '../../model.ts';
import { everHolders } from '../../query/group-holders.ts';
import { publishedName } from '../../query/shifts.ts';
import { resolve } from '../../resolve/resolve.ts';
import { filledTopic, rolesInTopic } from '../../text/topic.ts';
import { HOUR } from '../../time/date.ts';
import { type Instant, spanAt } from '../../timeline.ts';
import { topicShown } from './topic-text.ts';

/** The topic of a team's channel. */
export interface DesiredTopic {
  readonly team: string;
  /** The id of the channel. */
  readonly channel: string;
  /** As people are to see it. */
  readonly text: string;
}

/** The members of a user group. */
export interface DesiredGroup {
  readonly team: string;
  /** The id of the user group. */
  readonly group: string;
  /** The people who hold its roles now and have a Slack id, by that id. */
  readonly on: ReadonlyMap<string, string>;
  /** Those who have none. */
  readonly withoutId: readonly string[];
  /** Everybody who holds, or lately held, one of its roles at some time, by Slack id; nobody else is removed. */
  readonly holders: ReadonlySet<string>;
  /** Whether everybody else is removed. */
  readonly owned: boolean;
}

/** What the handbook wants in Slack. */
export interface DesiredSlack {
  readonly topics: readonly DesiredTopic[];
  readonly groups: readonly DesiredGroup[];
  /** The handbook's id of everybody with a Slack id, by that id. */
  readonly names: ReadonlyMap<string, string>;
}

/** The topics and user groups of all teams, by who is on at an instant. */
export function desiredSlack(handbook: Handbook, now: Instant): DesiredSlack {
  const teams = [...handbook.teams.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const holderOf = holderNow(handbook, teams, now);
  const slackOf = (person: string) => handbook.people.get(person)?.slack;
  return {
    topics: teams.flatMap(({ id, slack }) => {
      if (slack?.topic === undefined) return [];
      const nameOf = (role: string) => {
        const person = holderOf(role);
        return person === undefined ? 'nobody' : publishedName(handbook, person);
      };
      return [{ team: id, channel: slack.channel, text: topicShown(filledTopic(slack.topic, nameOf)) }];
    }),
    groups: teams.flatMap(({ id, slack }) =>
      [...(slack?.userGroups ?? [])].map(([group, own]) => {
        const on = [...new Set(own.roles.flatMap((role) => holderOf(role) ?? []))];
        return {
          team: id,
          group,
          on: new Map(on.flatMap((person) => entryOf(slackOf(person), person))),
          withoutId: on.filter((person) => slackOf(person) === undefined),
          holders: holdersOf(handbook, own),
          owned: own.owned,
        };
      }),
    ),
    names: new Map([...handbook.people.values()].flatMap(({ id, slack }) => entryOf(slack, id))),
  };
}

/** The Slack ids of everybody who holds one of the roles of a user group at some time. */
const holdersOf = (handbook: Handbook, { roles }: MemberGroup): ReadonlySet<string> =>
  new Set([...everHolders(handbook, roles)].flatMap((person) => handbook.people.get(person)?.slack ?? []));

/** A user group with those whom runs of former handbooks may have put there: leavers, and other ids of people. */
export const withFormerHolders = (group: DesiredGroup, former: readonly Handbook[]): DesiredGroup => ({
  ...group,
  holders: new Set([
    ...group.holders,
    ...former.flatMap((handbook) =>
      [...handbook.teams.values()]
        .flatMap(({ slack }) => slack?.userGroups.get(group.group) ?? [])
        .flatMap((terms) => [...holdersOf(handbook, terms)]),
    ),
  ]),
});

const entryOf = (slack: string | undefined, person: string): readonly (readonly [string, string])[] =>
  slack === undefined ? [] : [[slack, person]];

/** Who holds a role now; only the rotas that Slack shows are resolved. */
function holderNow(
  handbook: Handbook,
  teams: readonly Team[],
  now: Instant,
): (role: string) => string | undefined {
  const shown = teams.flatMap(({ slack }) =>
    slack === undefined
      ? []
      : [...rolesInTopic(slack.topic ?? ''), ...[...slack.userGroups.values()].flatMap(({ roles }) => roles)],
  );
  const rotas = new Set(shown.map((role) => roleOf(role).rota));
  const part = { ...handbook, rotas: new Map([...handbook.rotas].filter(([id]) => rotas.has(id))) };
  const { roles } = resolve(part, { startAt: now, endAt: now + HOUR });
  return (role) => {
    const cover = roles.get(role);
    return cover === undefined ? undefined : spanAt(cover.cover(), now)?.value.person;
  };
}
