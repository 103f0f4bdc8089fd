/**
 * What a workspace of Slack has, and what its methods do with it: the rules that Slack documents for each, with their
 * errors. Keeps every state of a user group and every line that a channel gets.
 */

import type { Scheduled } from './scheduled.ts';

/** What a method responds; `ok` is added. */
export type Result = Readonly<Record<string, unknown>> | { readonly error: string; readonly needed?: string };

export interface GroupState {
  handle: string;
  users: string[];
  disabled?: boolean;
  is_idp_group?: boolean;
  is_membership_locked?: boolean;
  is_editing_restricted?: boolean;
}

interface ChannelState {
  /** As Slack stores it: with entities. */
  topic: string;
  archived?: boolean;
  /** Whether the app is no member. */
  foreign?: boolean;
  private?: boolean;
}

export interface WorkspaceState {
  readonly users: Map<string, 'active' | 'deactivated' | 'bot' | 'guest'>;
  readonly groups: Map<string, GroupState>;
  readonly channels: Map<string, ChannelState>;
  /** The scopes of the app. */
  readonly scopes: Set<string>;
  /** Whether the app may edit user groups. */
  mayEditGroups: boolean;
  /** Whether the workspace has user groups. */
  isPaid: boolean;
  /** Lines such as `C0PAAS set the topic: …`, in order. */
  readonly lines: string[];
  /** Every list of members that a user group has had. */
  readonly memberships: { readonly group: string; readonly users: readonly string[] }[];
  /** What the app has planned to post, and what was posted of it, in order. */
  scheduled: readonly Scheduled[];
  readonly posted: Scheduled[];
  lastScheduled: number;
}

/** A method: its scope, its limit in a minute, and what it does. */
export interface Method {
  readonly scope: string;
  readonly perMinute: number;
  readonly isWrite?: true;
  /** `now` is in milliseconds. */
  readonly run: (state: WorkspaceState, args: Readonly<Record<string, string>>, now: number) => Result;
}

/** The tiers of https://docs.slack.dev/apis/web-api/rate-limits, by calls in a minute. */
const TIER_2 = 20;
export const TIER_3 = 50;

/** Slack escapes three characters, but for what is an entity or a mention already. */
export const stored = (text: string): string =>
  text
    .replace(/&(?!(?:amp|lt|gt);)/g, '&amp;')
    .replace(/<(?![@#!][^<>]*>|https?:[^<>]*>)/g, '&lt;')
    .replace(/(?<!<[^<>]*)>/g, '&gt;')
    // It stores the names of emoji.
    .replaceAll('\u{1f692}', ':fire_engine:');

const groupBody = (id: string, group: GroupState) => ({
  id,
  handle: group.handle,
  name: group.handle,
  users: group.users,
  user_count: group.users.length,
  date_delete: group.disabled === true ? 1_700_000_000 : 0,
  is_usergroup: true,
  is_idp_group: group.is_idp_group ?? false,
  is_membership_locked: group.is_membership_locked ?? false,
  is_editing_restricted: group.is_editing_restricted ?? false,
});

function updateMembers(state: WorkspaceState, args: Readonly<Record<string, string>>): Result {
  const group = state.groups.get(args.usergroup ?? '');
  const users = (args.users ?? '').split(',').filter((it) => it !== '');
  if (!state.isPaid) return { error: 'plan_upgrade_required' };
  if (group === undefined) return { error: 'no_such_subteam' };
  const isLocked = group.is_idp_group || group.is_membership_locked || group.is_editing_restricted;
  if (!state.mayEditGroups || isLocked === true) return { error: 'permission_denied' };
  if (users.length === 0) return { error: 'no_users_provided' };
  if (users.some((it) => !state.users.has(it))) return { error: 'failed_for_some_users' };
  if (users.some((it) => state.users.get(it) !== 'active')) return { error: 'invalid_users' };
  group.users = users;
  state.memberships.push({ group: args.usergroup ?? '', users });
  return { usergroup: groupBody(args.usergroup ?? '', group) };
}

function channelOf(state: WorkspaceState, id = ''): ChannelState | { readonly error: string } {
  const channel = state.channels.get(id);
  if (channel === undefined || (channel.private && channel.foreign)) return { error: 'channel_not_found' };
  return channel;
}

function setTopic(state: WorkspaceState, { channel: id = '', topic = '' }: Readonly<Record<string, string>>) {
  const channel = channelOf(state, id);
  if ('error' in channel) return channel;
  if (channel.foreign) return { error: 'not_in_channel' };
  if (channel.archived) return { error: 'is_archived' };
  if ([...topic.replace(/&(?:amp|lt|gt);/g, '&')].length > 250) return { error: 'too_long' };
  channel.topic = stored(topic);
  state.lines.push(`${id} set the topic: ${channel.topic}`);
  return { channel: { id, topic: { value: channel.topic } } };
}

export const METHODS: Readonly<Record<string, Method>> = {
  'usergroups.list': {
    scope: 'usergroups:read',
    perMinute: TIER_2,
    run: (state, { include_users, include_disabled }) => {
      if (!state.isPaid) return { error: 'plan_upgrade_required' };
      const groups = [...state.groups].filter(([, it]) => include_disabled === 'true' || !it.disabled);
      return {
        usergroups: groups.map(([id, it]) => {
          const { users, ...rest } = groupBody(id, it);
          return include_users === 'true' ? { ...rest, users } : rest;
        }),
      };
    },
  },
  'usergroups.users.list': {
    scope: 'usergroups:read',
    perMinute: TIER_2,
    run: (state, { usergroup = '' }) => {
      const group = state.groups.get(usergroup);
      return group === undefined ? { error: 'no_such_subteam' } : { users: group.users };
    },
  },
  'usergroups.users.update': {
    scope: 'usergroups:write',
    perMinute: TIER_2,
    isWrite: true,
    run: updateMembers,
  },
  'conversations.info': {
    scope: 'channels:read',
    perMinute: TIER_3,
    run: (state, { channel: id = '' }) => {
      const channel = channelOf(state, id);
      if ('error' in channel) return channel;
      return {
        channel: {
          id,
          name: 'paas',
          topic: { value: channel.topic, creator: 'U0BOT', last_set: 0 },
          is_archived: channel.archived ?? false,
          is_member: !channel.foreign,
          is_private: channel.private ?? false,
        },
      };
    },
  },
  'conversations.setTopic': {
    scope: 'channels:write.topic',
    perMinute: TIER_2,
    isWrite: true,
    run: setTopic,
  },
};
