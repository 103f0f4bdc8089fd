/** Where PagerDuty is talked to, and with which key, as people give them. Pure. */

/** The service regions of PagerDuty. */
export const HOSTS = { us: 'https://api.pagerduty.com', eu: 'https://api.eu.pagerduty.com' } as const;

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** The address of a service region's API, or another that is given; a key goes over no open line but this machine's own. */
export function addressOf(given: string, region: string): string {
  const { protocol, hostname } = URL.parse(given) ?? {};
  const isOwn = protocol === 'http:' && LOOPBACK.includes(hostname ?? '');
  if (given !== '' && protocol === undefined)
    throw new Error(`${given} is not an address; name one that begins with https://`);
  if (given !== '' && protocol !== 'https:' && !isOwn)
    throw new Error(`${given} would see the key; name an address that begins with https://`);
  const host = given || Object.entries(HOSTS).find(([name]) => name === region)?.[1];
  if (host === undefined)
    throw new Error(`there is no service region "${region}"; name one of ${Object.keys(HOSTS).join(', ')}`);
  return host;
}

/** The key as it is given, which goes into a header; never into what is said of it. */
export function keyOf(given: string): string {
  if (/^[!-~]+$/.test(given)) return given;
  throw new Error(
    given === ''
      ? 'there is no key in the environment; put one into PAGERDUTY_API_KEY'
      : 'PAGERDUTY_API_KEY holds something that is no key (a line break, a space or a letter that no key has); put the key alone into it',
  );
}
