/** Slack for `rota plan slack` and `rota apply slack`. */
import type { StateService } from './states.ts';

/** The wait before a request is repeated, where Slack gives none. */
const PATIENCE_MS = 1000;

export const slackService: StateService = {
  name: 'slack',
  service: 'Slack',
  states: 'topics and user groups',
  variables: 'the token of a bot in SLACK_BOT_TOKEN',
  // Its library is loaded where it is needed only.
  connect: async ({ api = '' }, { environment, wait }) => {
    const { addressOf, tokenOf } = await import('../actions/lib/drivers/slack/access.ts');
    const { Slack } = await import('../actions/lib/drivers/slack/client.ts');
    const { slackStates } = await import('../actions/lib/drivers/slack/driver.ts');
    const [url, token] = [addressOf(api), tokenOf(environment.SLACK_BOT_TOKEN ?? '')];
    return slackStates(new Slack({ url, token, patienceMs: PATIENCE_MS, wait }));
  },
};
