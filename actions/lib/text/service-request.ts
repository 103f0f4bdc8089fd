/** What the clients of outside services share: the address of an API as people give it, and why a connection failed. */

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** Throws unless requests to an address are encrypted, or go to this machine: a request shows the key. */
export function checkAddress(given: string): void {
  const { protocol, hostname } = URL.parse(given) ?? {};
  if (protocol === undefined)
    throw new Error(`${given} is not an address; name one that begins with https://`);
  if (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.includes(hostname ?? '')))
    throw new Error(`${given} would send the key unencrypted; name an address that begins with https://`);
}

/** The code of a connection error, such as ECONNREFUSED, which may be nested in causes. */
export function connectionError(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && /^[A-Z_]+$/.test(code)) return code;
  return error instanceof Error ? connectionError(error.cause) : undefined;
}
