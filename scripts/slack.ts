/** Slack for `rota plan slack` and `rota apply slack`. */
import type { Slack } from '../actions/lib/drivers/slack/client.ts';
import type { Invocation } from './invocation.ts';
import type { StateService } from './states.ts';

/** The wait before a request is repeated, where Slack gives none. */
const PATIENCE_MS = 1000;

/** A client; its library is loaded where it is needed only. */
export async function slackClient(
  api: string,
  { environment, wait }: Pick<Invocation, 'environment' | 'wait'>,
): Promise<Slack> {
  const access = await import('../actions/lib/drivers/slack/access.ts');
  const client = await import('../actions/lib/drivers/slack/client.ts');
  const [url, token] = [access.addressOf(api), access.tokenOf(environment.SLACK_BOT_TOKEN ?? '')];
  return new client.Slack({ url, token, patienceMs: PATIENCE_MS, wait });
}

export const slackService: StateService = {
  name: 'slack',
  service: 'Slack',
  states: 'topics and user groups',
  variables: 'the token of a bot in SLACK_BOT_TOKEN',
  connect: async ({ api = '' }, invocation) => {
    const { slackStates } = await import('../actions/lib/drivers/slack/driver.ts');
    const { formerHandbooks } = await import('../actions/lib/programs/former-handbooks.ts');
    return slackStates(await slackClient(api, invocation), formerHandbooks(invocation.root));
  },
};
