/** Checks the address and the key of PagerDuty's API as people give them. Pure. */
import { checkAddress } from '../../text/service-request.ts';

/** The service regions of PagerDuty. */
export const HOSTS = { us: 'https://api.pagerduty.com', eu: 'https://api.eu.pagerduty.com' } as const;

/**
 * The given address of the API, or else that of the service region. Plain HTTP is allowed on loopback only, as it
 * shows the key.
 */
export function addressOf(
  given: string,
  region: string,
  hosts: Readonly<Record<string, string>> = HOSTS,
): string {
  if (given !== '') checkAddress(given);
  const host = given || Object.entries(hosts).find(([name]) => name === region)?.[1];
  if (host === undefined)
    throw new Error(`there is no service region "${region}"; name one of ${Object.keys(hosts).join(', ')}`);
  return host;
}

/** The given key, checked: it goes into a header. No message contains it; `variable` is where it comes from. */
export function keyOf(given: string, variable = 'PAGERDUTY_API_KEY'): string {
  if (/^[!-~]+$/.test(given)) return given;
  throw new Error(
    given === ''
      ? `there is no key in the environment; put one into ${variable}`
      : `${variable} does not hold a valid key ` +
          '(it has a line break, a space or another character that no key has); put the key alone into it',
  );
}
