/** Checks the subdomain, the address and the token of a Zendesk account as people give them. Pure. */
import { checkAddress } from '../../text/service-request.ts';

/** The given address of the API, or else that of the account: no subdomain leads to a host of another domain. */
export function addressOf(subdomain: string, given: string): string {
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(subdomain))
    throw new Error(
      'write the subdomain of the Zendesk account alone, such as "example" of example.zendesk.com',
    );
  if (given === '') return `https://${subdomain}.zendesk.com`;
  checkAddress(given);
  return given;
}

/** What the environment holds; a token of OAuth takes the place of the other two. */
interface Tokens {
  readonly ZENDESK_EMAIL?: string;
  readonly ZENDESK_API_TOKEN?: string;
  readonly ZENDESK_OAUTH_TOKEN?: string;
}

const isToken = (text: string): boolean => /^[!-~]+$/.test(text);

/**
 * The header that authorizes requests: that of an OAuth token, or of an API token with the address of the agent it acts
 * for (https://developer.zendesk.com/api-reference/introduction/security-and-auth/). No message contains either.
 */
export function authorizationOf({
  ZENDESK_EMAIL: email = '',
  ZENDESK_API_TOKEN: token = '',
  ZENDESK_OAUTH_TOKEN: oauth = '',
}: Tokens): string {
  if (oauth !== '') return `Bearer ${checked('ZENDESK_OAUTH_TOKEN', oauth)}`;
  if (email === '' || token === '')
    throw new Error(
      'there is no token of Zendesk in the environment; put an address into ZENDESK_EMAIL and its token into ' +
        'ZENDESK_API_TOKEN, or a token of OAuth that reads into ZENDESK_OAUTH_TOKEN',
    );
  const pair = `${checked('ZENDESK_EMAIL', email)}/token:${checked('ZENDESK_API_TOKEN', token)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function checked(name: string, value: string): string {
  if (isToken(value)) return value;
  throw new Error(
    `${name} holds a line break, a space or another character that it cannot have; put it alone into ${name}`,
  );
}
