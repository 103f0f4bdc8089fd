/** Sends news by Slack: to people as direct messages of the app, and to the channels of teams. */
import { Slack, type SlackAccess } from '../drivers/slack/client.ts';
import { SlackFault } from '../drivers/slack/fault.ts';
import { linkText, type NewsSender, type SendOutcome, slackAddress } from './news-sender.ts';

/** The way of news through a workspace of Slack. */
export function slackSender(access: SlackAccess): NewsSender {
  const slack = new Slack(access);
  return {
    way: 'slack',
    addressOf: slackAddress,
    send: async (channel, { kind, subject, text }, sending) => {
      try {
        await slack.post(channel, `*${subject}*\n${text}\n${linkText(sending)}`);
        return { state: 'sent' };
      } catch (error) {
        if (error instanceof SlackFault) return outcomeOf(error, kind === 'team-channel');
        throw error;
      }
    },
  };
}

/** Connection errors with which no request was sent. */
const NOT_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);

function outcomeOf(fault: SlackFault, isChannel: boolean): SendOutcome {
  const { data, message: why } = fault;
  const isUnsent = data.kind === 'unanswered' && NOT_CONNECTED.has(data.code ?? '');
  if (fault.mayHaveHappened && !isUnsent) return { state: 'unsure', why };
  // Every further message would meet the same.
  if (fault.endsRun || fault.code === 'missing_scope') return { state: 'stopped', why };
  const hint = 'check their id, and whether they are deactivated';
  return {
    state: 'refused',
    why: isChannel ? why : `Slack takes no message to this person (${fault.code}); ${hint}`,
  };
}
