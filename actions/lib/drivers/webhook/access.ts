/**
 * The addresses of webhooks as people give them in a secret: one for all teams, or a line `<team> <address>` for each.
 * An address holds the right to post, so that no message contains any part of the secret. Pure.
 */
import { checkAddress } from '../../text/service-request.ts';

/** The secrets that hold webhooks, by the chat that they post to. */
export const WEBHOOK_SECRETS = { slack: 'SLACK_WEBHOOK', teams: 'TEAMS_WEBHOOK' } as const;

export type Chat = keyof typeof WEBHOOK_SECRETS;

/** The webhooks of one chat. */
export interface Webhooks {
  readonly chat: Chat;
  /** The address for a team; undefined where it has none. */
  readonly of: (team: string) => string | undefined;
  /** The teams that have lines of their own. */
  readonly teams: readonly string[];
}

/** The webhooks in the environment, of each chat for which a secret is set. Throws on what cannot be read. */
export const webhooksIn = (env: Readonly<Record<string, string | undefined>>): readonly Webhooks[] =>
  (Object.keys(WEBHOOK_SECRETS) as Chat[]).flatMap((chat) => {
    const text = env[WEBHOOK_SECRETS[chat]]?.trim() ?? '';
    return text === '' ? [] : webhooksOf(chat, text);
  });

function webhooksOf(chat: Chat, text: string): Webhooks {
  const secret = WEBHOOK_SECRETS[chat];
  if (!/\s/.test(text)) {
    const only = addressIn(text, secret);
    return { chat, of: () => only, teams: [] };
  }
  const byTeam = new Map<string, string>();
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    const where = `line ${i + 1} of ${secret}`;
    const [, team, address] = /^\s*([a-z0-9][a-z0-9-]*)\s+(\S+)\s*$/.exec(line) ?? [];
    if (team === undefined || address === undefined)
      throw new Error(`${where} is not the id of a team and an address; write "<team> https://…"`);
    if (byTeam.has(team)) throw new Error(`${where} is a second one for its team; keep one of them`);
    byTeam.set(team, addressIn(address, where));
  }
  return { chat, of: (team) => byTeam.get(team), teams: [...byTeam.keys()] };
}

function addressIn(text: string, where: string): string {
  try {
    checkAddress(text);
    return text;
  } catch {
    throw new Error(
      `${where} has no address that begins with https://; copy it from the settings of the webhook`,
    );
  }
}
