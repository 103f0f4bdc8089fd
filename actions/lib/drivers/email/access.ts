/** Checks the address of a mail server as people give it. Pure; no message contains any of it. */

/** A mail server, and who sends by it. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** Encrypted from the first byte on; without it, encryption begins before anything is sent. */
  readonly isSecure: boolean;
  /** A server on this machine may be without encryption. */
  readonly isLoopback: boolean;
  /** Undefined for a server that asks for no login. */
  readonly login: { readonly user: string; readonly password: string } | undefined;
}

const PORTS: Readonly<Record<string, number>> = { 'smtps:': 465, 'smtp:': 587 };

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

const ADVICE = 'write it as smtps://user:password@host:465, with %40 for an @ in the user or the password';

/** The server of `SMTP_URL`; undefined where that is empty. */
export function mailServerOf(given: string): MailServer | undefined {
  if (given.trim() === '') return undefined;
  const url = URL.parse(given.trim());
  const port = url === null ? undefined : PORTS[url.protocol];
  if (url === null || port === undefined || url.hostname === '')
    throw new Error(`SMTP_URL is no address of a mail server; ${ADVICE}`);
  const [user, password] = [decoded(url.username), decoded(url.password)];
  if ((user === '') !== (password === ''))
    throw new Error(`SMTP_URL has a user or a password alone; ${ADVICE}`);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? port : Number(url.port),
    isSecure: url.protocol === 'smtps:',
    isLoopback: LOOPBACK.includes(url.hostname),
    login: user === '' ? undefined : { user, password },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error(`SMTP_URL has a % that is not followed by two digits; ${ADVICE}`);
  }
}
