/** The ways by which news can be sent, from what the environment holds; those that it lacks are switched off. */
import { mailServerOf } from '../drivers/email/access.ts';
import { addressOf, tokenOf } from '../drivers/slack/access.ts';
import { mailSender } from './mail-sender.ts';
import type { NewsSender } from './news-sender.ts';
import { slackSender } from './slack-sender.ts';

/** Secrets and addresses as they are given; an empty one switches its way off. */
export interface NewsSecrets {
  /** `SLACK_BOT_TOKEN`. */
  readonly slackToken: string;
  /** The address of Slack's Web API, if not its own. */
  readonly slackApi: string;
  /** `SMTP_URL`. */
  readonly smtpUrl: string;
}

/** A sender for each way that is switched on; throws if a secret is no secret of its kind. */
export function newsSenders(
  { slackToken, slackApi, smtpUrl }: NewsSecrets,
  wait: (ms: number) => Promise<void>,
): readonly NewsSender[] {
  const server = mailServerOf(smtpUrl);
  const slack =
    slackToken === ''
      ? undefined
      : { url: addressOf(slackApi), token: tokenOf(slackToken), patienceMs: 1000, wait };
  return [
    ...(slack === undefined ? [] : [slackSender(slack)]),
    ...(server === undefined ? [] : [mailSender(server)]),
  ];
}
