/**
 * Messages that an app plans ahead in Slack, and what becomes of them as time passes, by the rules that Slack documents:
 * https://docs.slack.dev/reference/methods/chat.scheduleMessage and the two methods beside it.
 */
import { type Method, type Result, stored, TIER_3, type WorkspaceState } from './workspace.ts';

export interface Scheduled {
  readonly id: string;
  readonly channel: string;
  /** In seconds. */
  readonly postAt: number;
  readonly text: string;
}

type Args = Readonly<Record<string, string>>;

const DAYS_120 = 120 * 24 * 3600;

/** Sends what is due by an instant. */
export function deliver(state: WorkspaceState, now: number): void {
  const due = state.scheduled.filter(({ postAt }) => postAt * 1000 <= now);
  for (const it of due.toSorted((one, other) => one.postAt - other.postAt)) state.posted.push(it);
  state.scheduled = state.scheduled.filter((it) => !due.includes(it));
}

function schedule(state: WorkspaceState, args: Args, now: number): Result {
  const { channel: id = '', text = '', post_at: time = '' } = args;
  const channel = state.channels.get(id);
  if (args.metadata !== undefined) throw new Error('a planned message with metadata is never sent');
  if (channel === undefined) return { error: 'channel_not_found' };
  if (channel.archived) return { error: 'is_archived' };
  if (channel.foreign) return { error: 'not_in_channel' };
  if (text === '') return { error: 'no_text' };
  if (text.length > 40_000) return { error: 'msg_too_long' };
  const postAt = Number(time);
  if (!Number.isInteger(postAt)) return { error: 'invalid_time' };
  if (postAt * 1000 <= now) return { error: 'time_in_past' };
  if (postAt > now / 1000 + DAYS_120) return { error: 'time_too_far' };
  const near = [...state.scheduled, ...state.posted].filter(
    (it) => it.channel === id && Math.abs(it.postAt - postAt) < 300,
  );
  const isFull = [postAt, ...near.map((it) => it.postAt)].some(
    (from) => from <= postAt && near.filter((it) => it.postAt >= from && it.postAt < from + 300).length >= 30,
  );
  if (isFull) return { error: 'restricted_too_many' };
  const it = {
    id: `Q${String(++state.lastScheduled).padStart(4, '0')}`,
    channel: id,
    postAt,
    text: stored(text),
  };
  state.scheduled = [...state.scheduled, it];
  return { channel: id, scheduled_message_id: it.id, post_at: postAt, message: { text: it.text } };
}

function list(state: WorkspaceState, { cursor = '0', limit = '100' }: Args): Result {
  const from = Number(cursor);
  const page = state.scheduled.slice(from, from + Math.min(Number(limit), 100));
  const next = from + page.length;
  return {
    scheduled_messages: page.map(({ id, channel, postAt, text }) => ({
      id,
      channel_id: channel,
      post_at: postAt,
      date_created: 1_700_000_000,
      text,
    })),
    response_metadata: { next_cursor: next < state.scheduled.length ? String(next) : '' },
  };
}

function remove(state: WorkspaceState, { channel, scheduled_message_id: id }: Args, now: number): Result {
  const found = state.scheduled.find((it) => it.id === id && it.channel === channel);
  if (found === undefined || found.postAt * 1000 < now + 60_000)
    return { error: 'invalid_scheduled_message_id' };
  state.scheduled = state.scheduled.filter((it) => it !== found);
  return {};
}

export const SCHEDULED_METHODS: Readonly<Record<string, Method>> = {
  'chat.scheduleMessage': { scope: 'chat:write', perMinute: TIER_3, isWrite: true, run: schedule },
  'chat.scheduledMessages.list': { scope: 'chat:write', perMinute: TIER_3, run: list },
  'chat.deleteScheduledMessage': { scope: 'chat:write', perMinute: TIER_3, isWrite: true, run: remove },
};
