/** Parses Slack's responses; throws `UnreadablePart` on anything that is not what is documented. Pure. */
import type { Instant } from '../../timeline.ts';
import { topicRead } from './topic-text.ts';

/** The part of a response that is missing or wrong. */
export class UnreadablePart extends Error {}

/** A user group, as far as it is compared. */
export interface SlackUserGroup {
  readonly id: string;
  /** What people write after the `@`. */
  readonly handle: string;
  /** User ids. */
  readonly users: readonly string[];
  readonly isDisabled: boolean;
  /** It gets its members from a directory of people, such as Okta. */
  readonly isFromDirectory: boolean;
  /** Its members, or all of it, cannot be changed by an app. */
  readonly isLocked: boolean;
}

/** A channel, as far as it is compared. */
export interface SlackChannel {
  readonly id: string;
  /** As people wrote it. */
  readonly topic: string;
  readonly isArchived: boolean;
  /** Whether the app is in it. */
  readonly isMember: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown, what: string): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnreadablePart(what);
  return value as Fields;
};

const textIn = (value: unknown, what: string): string => {
  if (typeof value !== 'string') throw new UnreadablePart(what);
  return value;
};

/** Ids of users, groups and channels are letters and digits; nothing else is taken for one. */
const idIn = (value: unknown, what: string): string => {
  if (typeof value !== 'string' || !/^[A-Z0-9]{2,30}$/.test(value)) throw new UnreadablePart(what);
  return value;
};

const idsIn = (value: unknown, what: string): readonly string[] => {
  if (!Array.isArray(value)) throw new UnreadablePart(what);
  return value.map((it) => idIn(it, what));
};

/** Slack may leave out the list of a group that has nobody. */
const hasNobody = ({ users, user_count: count }: Fields): boolean =>
  users === undefined && Number(count ?? 0) === 0;

/** The user groups of a response to `usergroups.list`. */
export function userGroups(response: unknown): readonly SlackUserGroup[] {
  const { usergroups: all } = fieldsOf(response, 'it is no object');
  if (!Array.isArray(all)) throw new UnreadablePart('it has no list "usergroups"');
  return all.map((it) => {
    const group = fieldsOf(it, 'a user group is no object');
    const id = idIn(group.id, 'a user group has no id');
    return {
      id,
      handle: textIn(group.handle, `${id} has no handle`),
      users: hasNobody(group) ? [] : idsIn(group.users, `${id} has no list "users"`),
      isDisabled: typeof group.date_delete === 'number' && group.date_delete > 0,
      isFromDirectory: group.is_idp_group === true,
      isLocked: group.is_membership_locked === true || group.is_editing_restricted === true,
    };
  });
}

/** The user ids of a response to `usergroups.users.list`, or to `usergroups.users.update`. */
export const membersIn = (response: unknown): readonly string[] =>
  idsIn(fieldsOf(response, 'it is no object').users, 'it has no list "users"');

/** The channel of a response to `conversations.info`. */
export function channelIn(response: unknown): SlackChannel {
  const channel = fieldsOf(fieldsOf(response, 'it is no object').channel, 'it has no channel');
  const topic = fieldsOf(channel.topic, 'the channel has no topic');
  return {
    id: idIn(channel.id, 'the channel has no id'),
    topic: topicRead(textIn(topic.value, 'the topic has no text "value"')),
    isArchived: channel.is_archived === true,
    isMember: channel.is_member === true,
  };
}

/** A message that the app has planned. */
export interface ScheduledPost {
  readonly id: string;
  readonly channel: string;
  readonly postAt: Instant;
  /** In Slack's markup, as Slack returns it. */
  readonly text: string;
}

/** A page of planned messages, and the cursor of the next one. */
export interface ScheduledPage {
  readonly posts: readonly ScheduledPost[];
  readonly next: string | undefined;
}

/** The page of a response to `chat.scheduledMessages.list`. */
export function scheduledPage(response: unknown): ScheduledPage {
  const { scheduled_messages: all, response_metadata: metadata } = fieldsOf(response, 'it is no object');
  if (!Array.isArray(all)) throw new UnreadablePart('it has no list "scheduled_messages"');
  const posts = all.map((it): ScheduledPost => {
    const message = fieldsOf(it, 'a planned message is no object');
    const id = idIn(message.id, 'a planned message has no id');
    if (!Number.isSafeInteger(message.post_at)) throw new UnreadablePart(`${id} has no time "post_at"`);
    return {
      id,
      channel: idIn(message.channel_id, `${id} has no channel`),
      postAt: Number(message.post_at) * 1000,
      text: typeof message.text === 'string' ? message.text : '',
    };
  });
  const { next_cursor: cursor = '' } =
    metadata === undefined ? {} : fieldsOf(metadata, 'its pages are no object');
  return { posts, next: cursor === '' ? undefined : textIn(cursor, 'its cursor is no text') };
}
