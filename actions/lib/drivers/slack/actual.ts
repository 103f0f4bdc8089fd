/** What exists in Slack, as far as it is compared; a part that cannot be read is the fault of it. */
import type { Slack } from './client.ts';
import type { DesiredSlack } from './desired.ts';
import { SlackFault } from './fault.ts';
import type { SlackChannel, SlackUserGroup } from './responses.ts';

/** What was read. */
export interface ActualSlack {
  /** All user groups by id, or why they cannot be read. */
  readonly groups: ReadonlyMap<string, SlackUserGroup> | SlackFault;
  /** The channels by id, or why one cannot be read. */
  readonly channels: ReadonlyMap<string, SlackChannel | SlackFault>;
}

/** Reads what is desired: one list for all user groups, and each channel. Throws a fault that ends the run. */
export async function readSlack(
  client: Slack,
  { groups, topics }: Pick<DesiredSlack, 'groups' | 'topics'>,
  progress: (doing: string) => void,
): Promise<ActualSlack> {
  if (groups.length > 0) progress('reading the user groups of Slack');
  const all = groups.length === 0 ? [] : await orFault(client.userGroups());
  const channels = new Map<string, SlackChannel | SlackFault>();
  for (const { channel, team } of topics) {
    if (channels.has(channel)) continue;
    progress(`reading the channel of ${team}`);
    channels.set(channel, await orFault(client.channel(channel)));
  }
  return { groups: all instanceof SlackFault ? all : new Map(all.map((it) => [it.id, it])), channels };
}

async function orFault<T>(reading: Promise<T>): Promise<T | SlackFault> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof SlackFault && !error.endsRun) return error;
    throw error;
  }
}
