/** The inputs and secrets of the action `notify`, checked before anything is done. Pure. */
import { STATE_REASONS, type StateReason } from '../drivers/converge/guard.ts';

/** The parts, in the order in which they run: what people wait for comes first. */
const NOTIFY_PARTS = ['news', 'slack', 'zendesk', 'posts', 'handovers'] as const;
export type NotifyPart = (typeof NOTIFY_PARTS)[number];

/** `plan` shows what would change in Slack and Zendesk and does nothing else. */
const MODES = ['apply', 'plan'] as const;

export const NOTIFY_SECRETS = [
  'SLACK_BOT_TOKEN',
  'SLACK_WEBHOOK',
  'TEAMS_WEBHOOK',
  'SMTP_URL',
  'ZENDESK_EMAIL',
  'ZENDESK_API_TOKEN',
  'ZENDESK_OAUTH_TOKEN',
] as const;

/** The secrets by the names that they have in the environment; an empty one switches off what needs it. */
export type NotifySecrets = Readonly<Record<(typeof NOTIFY_SECRETS)[number], string>>;

/** The parts of a secret that no log may show: all of its words but the team before the address of a webhook. */
export const hiddenWords = (secret: string): readonly string[] =>
  secret
    .replace(/^[ \t]*[a-z0-9][a-z0-9-]*[ \t]+(?=\S+:\/\/)/gm, '')
    .split(/\s+/)
    .filter((it) => it !== '');

/** The inputs of the action as they are given, and its secrets. */
export interface NotifyInputs {
  readonly mode: string;
  readonly parts: string;
  readonly allow: string;
  readonly mostWrites: string;
  readonly approved: string;
  readonly slackApi: string;
  readonly zendeskSubdomain: string;
  readonly zendeskApi: string;
  readonly secrets: NotifySecrets;
}

/** What the inputs ask for. */
export interface NotifyWish {
  readonly mode: (typeof MODES)[number];
  /** At least one, in the order in which they run. */
  readonly parts: readonly NotifyPart[];
  readonly allow: readonly StateReason[];
  /** Undefined where it follows the number of teams. */
  readonly mostWrites: number | undefined;
  readonly approved: string | undefined;
}

/** Reads the inputs; throws an `Error` with what to write where one cannot be read. */
export function wishOf({ mode, parts, allow, mostWrites, approved }: NotifyInputs): NotifyWish {
  const chosen = wordsIn(parts).map((it) => oneOf(it, NOTIFY_PARTS, 'parts'));
  if (!/^\d{0,6}$/.test(mostWrites))
    throw new Error(`the input "most-writes" is "${mostWrites}"; write a number from 0 to 999999`);
  if (!/^([0-9a-f]{16})?$/.test(approved))
    throw new Error(
      `the input "approved" is "${approved}"; write all 16 letters and digits of the digest of a plan`,
    );
  return {
    mode: oneOf(mode, MODES, 'mode'),
    parts: NOTIFY_PARTS.filter((it) => chosen.length === 0 || chosen.includes(it)),
    allow: wordsIn(allow).map((it) => oneOf(it, STATE_REASONS, 'allow')),
    mostWrites: mostWrites === '' ? undefined : Number(mostWrites),
    approved: approved === '' ? undefined : approved,
  };
}

const wordsIn = (given: string): readonly string[] => given.split(/[\s,]+/).filter(Boolean);

function oneOf<T extends string>(given: string, known: readonly T[], input: string): T {
  const found = known.find((it) => it === given);
  if (found === undefined)
    throw new Error(`the input "${input}" has "${given}"; name one of ${known.join(', ')}`);
  return found;
}
