/**
 * Carries out the change of one target in Slack. What is there is read again directly before it is written, so that a
 * topic that is right by now is not set again, and nobody is lost whom somebody has added meanwhile.
 */
import type { StateTarget } from '../converge/target.ts';
import type { Slack } from './client.ts';
import { SlackFault } from './fault.ts';
import { isSameTopic } from './topic-text.ts';

/** Slack refuses the whole list because of somebody in it, and does not say whom. */
const PERSON_CODES: ReadonlySet<string> = new Set([
  'failed_for_some_users',
  'invalid_user',
  'invalid_users',
  'single_channel_guests_cannot_be_added',
  'user_not_found',
]);

/** Changes one topic, or the members of one user group. */
export async function changeTarget(client: Slack, { id, change }: StateTarget): Promise<void> {
  if (change?.kind === 'text') {
    const { topic } = await client.channel(id);
    if (!isSameTopic(topic, change.after)) await client.setTopic(id, change.after);
    return;
  }
  if (change === undefined) return;
  const removed = new Set(change.remove.map((it) => it.id));
  const present = new Set(await client.members(id));
  const members = [...present].filter((user) => !removed.has(user));
  const missing = change.add.filter((it) => !present.has(it.id));
  if (missing.length === 0 && members.length === present.size) return;
  try {
    await client.setMembers(id, [...members, ...missing.map((it) => it.id)]);
  } catch (error) {
    const isPerson = error instanceof SlackFault && PERSON_CODES.has(error.code ?? '');
    if (!isPerson || missing.length === 0) throw error;
    const who = missing.map((it) => `${it.text} (${it.id})`).join(', ');
    throw new Error(`${error.message}: ${who}`, { cause: error });
  }
}
