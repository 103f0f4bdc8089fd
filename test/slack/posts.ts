/**
 * What an app posts at once in Slack, by the rules of https://docs.slack.dev/reference/methods/chat.postMessage: to a
 * channel that it is in, or to a person.
 */
import { type Method, type Result, stored, type WorkspaceState } from './workspace.ts';

function post(
  state: WorkspaceState,
  { channel: id = '', text = '' }: Readonly<Record<string, string>>,
): Result {
  const channel = state.channels.get(id);
  if (channel === undefined && state.users.get(id) !== 'active') return { error: 'channel_not_found' };
  if (channel?.archived) return { error: 'is_archived' };
  if (channel?.foreign) return { error: 'not_in_channel' };
  if (text === '') return { error: 'no_text' };
  if (text.length > 40_000) return { error: 'msg_too_long' };
  state.lines.push(`${id} ${stored(text)}`);
  return { channel: id, ts: `1700000000.${String(state.lines.length).padStart(6, '0')}`, message: { text } };
}

export const POST_METHODS: Readonly<Record<string, Method>> = {
  // One a second and channel; what a workspace takes of an app is not documented.
  'chat.postMessage': { scope: 'chat:write', perMinute: 60, isWrite: true, run: post },
};
