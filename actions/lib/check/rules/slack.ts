/**
 * What is written to Slack can be written there: a topic has room for the longest names that it will have, a channel
 * has the topic of one team, and a user group the members of one (GOV.UK PaaS, "Team roles": the description of the
 * channel says who is on). Concerns teams with a topic or user groups only. Reported at the topic, and at the second
 * use of a channel or a group. The rule `group-members` finds who has no id.
 */
import { childLocation, type Team } from '../../model.ts';
import type { RoleCover } from '../../resolve/cover.ts';
import { filledTopic, LONGEST_TOPIC } from '../../text/topic.ts';
import { upcoming } from '../duty.ts';
import { type Context, type Objection, rule } from '../rule.ts';

interface Codes {
  readonly 'long-topic': { readonly length: number; readonly most: number };
  readonly 'shared-topic': { readonly channel: string; readonly other: string };
  readonly 'shared-group': { readonly group: string; readonly other: string };
}

export const slack = rule<Codes>({
  name: 'slack',
  severity: 'error',
  summary:
    'Topics in Slack have room for the longest names, and no two teams set the same topic or user group.',
  playbook: 'GOV.UK PaaS, Team roles',
  *check(context) {
    const teams = [...context.handbook.teams.values()];
    yield* sharedIds(teams);
    for (const team of teams) yield* longTopic(team, context);
  },
  describe: {
    'long-topic': ({ length, most }) =>
      `with the longest names to come, the topic has ${length} characters, and Slack allows ${most}; shorten it`,
    'shared-topic': ({ channel, other }) =>
      `${other} sets the topic of ${channel}, too; write both into one topic, or name another channel`,
    'shared-group': ({ group, other }) =>
      `${other} sets the members of ${group}, too; list all roles in one of the two teams`,
  },
});

/** Two teams would take it from each other in every run. */
function* sharedIds(teams: readonly Team[]): Generator<Objection<Codes>> {
  const owners = { topic: new Map<string, string>(), group: new Map<string, string>() };
  for (const { id, slack: own, location } of teams) {
    if (own === undefined) continue;
    const { channel, topic, userGroups } = own;
    const other = topic === undefined ? undefined : owners.topic.get(channel);
    if (other !== undefined)
      yield {
        code: 'shared-topic',
        args: { channel, other },
        location: childLocation(location, 'slack', 'topic'),
      };
    if (topic !== undefined) owners.topic.set(channel, id);
    for (const [group, { location: at }] of userGroups) {
      const owner = owners.group.get(group);
      if (owner !== undefined)
        yield { code: 'shared-group', args: { group, other: owner }, location: { ...at, key: true } };
      owners.group.set(group, id);
    }
  }
}

/** Initials always fit, unless the driver finds out otherwise. */
function* longTopic({ slack: own, location }: Team, context: Context): Generator<Objection<Codes>> {
  const { people, publishing } = context.handbook;
  if (own?.topic === undefined || publishing.names === 'initials') return;
  const longest = (role: string): string => {
    const cover = context.resolved.roles.get(role);
    const names =
      cover === undefined ? [] : holdersAhead(cover, context).map((it) => people.get(it)?.name ?? it);
    return names.reduce((one, other) => (other.length > one.length ? other : one), 'nobody');
  };
  const { length } = filledTopic(own.topic, longest);
  if (length <= LONGEST_TOPIC) return;
  yield {
    code: 'long-topic',
    args: { length, most: LONGEST_TOPIC },
    location: childLocation(location, 'slack', 'topic'),
    severity: 'warning',
  };
}

const holdersAhead = ({ cover }: RoleCover, { ahead }: Context): readonly string[] => [
  ...new Set(upcoming(cover(), ahead).map(({ value }) => value.person)),
];
