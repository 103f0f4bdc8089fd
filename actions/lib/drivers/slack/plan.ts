/** Compares what the handbook wants in Slack with what is there: the targets of a plan. Pure. */
import { LONGEST_TOPIC } from '../../text/topic.ts';
import { listChange, type Note, type StateTarget, textChange } from '../converge/target.ts';
import type { ActualSlack } from './actual.ts';
import type { DesiredGroup, DesiredSlack, DesiredTopic } from './desired.ts';
import { SlackFault } from './fault.ts';
import type { SlackChannel, SlackUserGroup } from './responses.ts';
import { isSameTopic } from './topic-text.ts';

/** The kinds of target in Slack. */
export const TOPIC = 'topic';
export const USER_GROUP = 'user group';

/**
 * The topics and user groups, with what would change, team by team: the limits of topics and of groups are apart, so
 * that both go on at once.
 */
export const slackTargets = (
  { topics, groups, names }: DesiredSlack,
  actual: ActualSlack,
): readonly StateTarget[] =>
  [
    ...topics.map((it) => topicTarget(it, actual)),
    ...groups.map((it) => groupTarget(it, names, actual)),
  ].toSorted((one, other) => (one.team < other.team ? -1 : Number(one.team > other.team)));

function topicTarget({ team, channel: id, text }: DesiredTopic, { channels }: ActualSlack): StateTarget {
  const channel = channels.get(id);
  const obstacles = [...longTopic(text), ...channelObstacles(id, channel)];
  const isOpen = obstacles.length === 0 && channel !== undefined && !(channel instanceof SlackFault);
  return {
    ...{ team, kind: TOPIC, id },
    change: isOpen && !isSameTopic(channel.topic, text) ? textChange(channel.topic, text) : undefined,
    ...{ kept: [], notes: [], obstacles },
  };
}

function longTopic(text: string): readonly Note[] {
  const { length } = text;
  if (length <= LONGEST_TOPIC) return [];
  const message =
    `the topic would have ${length} characters with the names of now, and Slack allows ${LONGEST_TOPIC}; ` +
    'shorten it in team.yaml';
  return [{ code: 'long-topic', message }];
}

function channelObstacles(id: string, channel: SlackChannel | SlackFault | undefined): readonly Note[] {
  if (channel === undefined) return [];
  if (channel instanceof SlackFault) return [{ code: channel.code ?? 'unread', message: channel.message }];
  if (channel.isArchived)
    return [
      {
        code: 'is_archived',
        message: `the channel ${id} is archived; unarchive it, or name another one in team.yaml`,
      },
    ];
  if (channel.isMember) return [];
  return [{ code: 'not_in_channel', message: `the app is not in the channel ${id}; invite it there` }];
}

function groupTarget(
  desired: DesiredGroup,
  names: DesiredSlack['names'],
  { groups }: ActualSlack,
): StateTarget {
  const { team, group: id } = desired;
  const group = groups instanceof SlackFault ? groups : groups.get(id);
  const obstacles = groupObstacles(id, group);
  const base = { team, kind: USER_GROUP, id, notes: notesOn(desired), obstacles };
  if (group === undefined || group instanceof SlackFault || obstacles.length > 0)
    return { ...base, change: undefined, kept: [] };
  const itemOf = (user: string) => ({ id: user, text: names.get(user) ?? `${user} (not in the handbook)` });
  const kept = strangersIn(desired, { groups }).map(itemOf);
  // Slack refuses an empty group, and whoever mentions it would reach nobody: whoever was on last stays.
  if (desired.on.size === 0) return { ...base, change: undefined, kept };
  const present = new Set(group.users);
  const add = [...desired.on.keys()].filter((user) => !present.has(user)).map(itemOf);
  const strangers = new Set(kept.map((it) => it.id));
  const remove = group.users.filter((user) => !desired.on.has(user) && !strangers.has(user)).map(itemOf);
  const left = present.size + add.length - remove.length;
  return { ...base, change: listChange(add, remove, left), kept };
}

/** Members who are none of ours: they are not on, and never hold a role of a group that is not ours as a whole. */
export function strangersIn(
  { group: id, owned, on, holders }: DesiredGroup,
  { groups }: Pick<ActualSlack, 'groups'>,
): readonly string[] {
  const users = groups instanceof SlackFault ? [] : (groups.get(id)?.users ?? []);
  return owned ? [] : users.filter((user) => !on.has(user) && !holders.has(user));
}

const notesOn = ({ on, withoutId }: DesiredGroup): readonly Note[] => [
  ...withoutId.map((person) => ({
    code: 'no-slack-id',
    message: `${person} is on and has no Slack id; add "slack: U…" to rotas/people.yaml`,
  })),
  ...(on.size === 0 && withoutId.length === 0
    ? [{ code: 'nobody-on', message: 'nobody is on now, so its members stay as they are' }]
    : []),
];

function groupObstacles(id: string, group: SlackUserGroup | SlackFault | undefined): readonly Note[] {
  if (group instanceof SlackFault) return [{ code: group.code ?? 'unread', message: group.message }];
  if (group === undefined)
    return [
      {
        code: 'unknown-group',
        message: `there is no user group ${id} in this workspace; correct user_groups in team.yaml`,
      },
    ];
  const name = `@${group.handle}`;
  const faults = [
    [
      group.isDisabled,
      'disabled-group',
      `${name} is disabled; enable it in Slack, or remove it from team.yaml`,
    ],
    [
      group.isFromDirectory,
      'group-of-a-directory',
      `${name} gets its members from your directory of people; name another user group in team.yaml`,
    ],
    [
      group.isLocked,
      'locked-group',
      `the members of ${name} are locked; unlock them in Slack, or name another user group in team.yaml`,
    ],
  ] as const;
  return faults.flatMap(([isTrue, code, message]) => (isTrue ? [{ code, message }] : []));
}
