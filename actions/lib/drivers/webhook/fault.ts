/**
 * A post that a webhook did not take as it should, as data with one message. The message has nothing of the address,
 * which is a secret, and of the response only its status and words that the chat documents. Pure.
 */
import { type Chat, WEBHOOK_SECRETS } from './access.ts';

type WebhookFaultData =
  /** `reason` is a documented word of the chat, such as `channel_is_archived`. */
  | { readonly kind: 'answered'; readonly status: number; readonly reason: string | undefined }
  /** The response is too long, or redirects elsewhere. */
  | { readonly kind: 'unreadable' }
  /** There was no response; `code` is the connection error, such as ECONNREFUSED. */
  | { readonly kind: 'unanswered'; readonly code: string | undefined };

const NAMES: Readonly<Record<Chat, string>> = { slack: 'Slack', teams: 'Teams' };

export class WebhookFault extends Error {
  override readonly name = 'WebhookFault';
  readonly data: WebhookFaultData;
  /** Whether the post may be in the channel all the same, so that it may not be sent again. */
  readonly mayHaveHappened: boolean;

  constructor(chat: Chat, team: string, data: WebhookFaultData) {
    super(faultText(chat, team, data));
    this.data = data;
    this.mayHaveHappened =
      data.kind === 'answered'
        ? data.status >= 500 || data.status === 408
        : data.kind === 'unreadable' || !NEVER_SENT.includes(data.code ?? '');
  }
}

/** With these, no connection was made. */
const NEVER_SENT: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
];

function faultText(chat: Chat, team: string, data: WebhookFaultData): string {
  const post = `the post of team ${team} to ${NAMES[chat]}`;
  switch (data.kind) {
    case 'answered': {
      const reason = data.reason === undefined ? '' : ` (${data.reason})`;
      const hint = REASONS[data.reason ?? ''] ?? hintOf(chat, data.status);
      return `${NAMES[chat]} responded to ${post} with ${data.status}${reason}; ${hint}`;
    }
    case 'unreadable':
      return `the response to ${post} cannot be read; look into the channel, and check ${WEBHOOK_SECRETS[chat]}`;
    case 'unanswered': {
      const code = data.code === undefined ? '' : ` (${data.code})`;
      return `there was no response to ${post}${code}; look into the channel, and check ${WEBHOOK_SECRETS[chat]}`;
    }
  }
}

/** What Slack says about a webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. */
const REASONS: Readonly<Record<string, string>> = {
  action_prohibited: 'an administrator of Slack restricts posts of webhooks; ask them to allow this one',
  channel_is_archived: 'make a webhook for another channel, and put its address into SLACK_WEBHOOK',
  channel_not_found: 'its channel was deleted; make a webhook for another one',
  invalid_token: 'the webhook is not valid any more; make another one',
  no_active_hooks: 'the webhook was disabled; make another one',
  no_service: 'the webhook was removed or disabled; make another one',
  no_team: 'the workspace of the webhook does not exist any more; make another one',
  posting_to_general_channel_denied: 'its channel takes posts of administrators only; choose another one',
  team_disabled: 'the workspace of the webhook is disabled',
};

/** The word of a response, if it is a documented one. */
export const reasonIn = (text: string): string | undefined =>
  Object.hasOwn(REASONS, text.trim()) ? text.trim() : undefined;

function hintOf(chat: Chat, status: number): string {
  if (status === 429) return 'the next run sends it if the hand-over is still ahead';
  if (status >= 500) return 'look into the channel, as it may be there';
  if (status >= 300 && status < 400) return `redirects are not followed; check ${WEBHOOK_SECRETS[chat]}`;
  return chat === 'teams'
    ? 'check TEAMS_WEBHOOK, and that the workflow is on and its owner still has an account'
    : 'check SLACK_WEBHOOK';
}
