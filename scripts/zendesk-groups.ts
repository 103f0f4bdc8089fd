/** Zendesk for `rota plan zendesk` and `rota apply zendesk`: the members of groups. */
import type { StateOptions, StateService } from './states.ts';

interface GroupOptions extends StateOptions {
  readonly subdomain: string;
}

export const zendeskService: StateService<GroupOptions> = {
  name: 'zendesk',
  service: 'Zendesk',
  states: 'the members of groups',
  variables:
    'the address of an administrator in ZENDESK_EMAIL and its API token in ZENDESK_API_TOKEN, or an OAuth token in ' +
    'ZENDESK_OAUTH_TOKEN',
  addOptions: (command) =>
    command.requiredOption('--subdomain <subdomain>', 'the account, which is <subdomain>.zendesk.com'),
  // Its client is loaded where it is needed only.
  connect: async ({ subdomain, api = '' }, { environment, root }) => {
    const { clientOf } = await import('./zendesk.ts');
    const { zendeskStates } = await import('../actions/lib/drivers/zendesk/driver.ts');
    const { formerHandbooks } = await import('../actions/lib/programs/former-handbooks.ts');
    return zendeskStates(clientOf({ zendesk: subdomain, api }, environment), formerHandbooks(root));
  },
};
