/** Checks the address and the token of Slack's Web API as people give them. Pure. */
import { checkAddress } from '../../text/service-request.ts';

/** The given address of the API, or else Slack's own. */
export function addressOf(given: string): string {
  if (given === '') return 'https://slack.com/api/';
  checkAddress(given);
  return given;
}

/** The given token of a bot, checked: it goes into a header. No message contains it. */
export function tokenOf(given: string): string {
  if (/^[!-~]+$/.test(given)) return given;
  throw new Error(
    given === ''
      ? 'there is no token of Slack in the environment; put that of the bot, which begins with "xoxb-", into ' +
          'SLACK_BOT_TOKEN'
      : 'SLACK_BOT_TOKEN does not hold a valid token ' +
          '(it has a line break, a space or another character that no token has); put the token alone into it',
  );
}
