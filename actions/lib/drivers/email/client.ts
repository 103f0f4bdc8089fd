/**
 * Sends mails by SMTP, one to each receiver. Every mail has its own connection and is sent once: where it is not known
 * whether the server took it, it is not repeated. No text of the server reaches a message, because it has addresses.
 */
import { createTransport } from '#nodemailer';
import { connectionError } from '../../text/service-request.ts';
import type { Instant } from '../../timeline.ts';
import type { MailServer } from './access.ts';

export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** By which the mail is the same if it is ever sent again: hexadecimal digits and hyphens. */
  readonly key: string;
  readonly at: Instant;
}

/** What became of a mail; `why` has no address. */
export type MailOutcome =
  | { readonly state: 'sent' }
  | { readonly state: 'later' | 'refused' | 'unsure'; readonly why: string };

const TIMEOUT_MS = 30_000;

/** The errors after which nothing was sent: no connection, no encryption, no login. */
const BEFORE_SENDING: ReadonlySet<string> = new Set([
  'EAUTH',
  'EDNS',
  'ENOAUTH',
  'ETLS',
  'EREQUIRETLS',
  'EPROXY',
]);

const NOT_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** One mail server. */
export class Mailer {
  readonly #transport: ReturnType<typeof createTransport>;

  constructor({ host, port, isSecure, isLoopback, login }: MailServer) {
    this.#transport = createTransport({
      ...{ host, port, secure: isSecure },
      requireTLS: !isSecure && !isLoopback,
      ignoreTLS: !isSecure && isLoopback,
      ...(login === undefined ? {} : { auth: { user: login.user, pass: login.password } }),
      ...{ connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
      ...{ disableFileAccess: true, disableUrlAccess: true, logger: false },
    });
  }

  async send({ from, to, subject, text, key, at }: Mail): Promise<MailOutcome> {
    try {
      await this.#transport.sendMail({
        ...{ from, to: { name: '', address: to }, subject, text },
        messageId: `<${key}@${from.slice(from.lastIndexOf('@') + 1)}>`,
        date: new Date(at),
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { state: 'sent' };
    } catch (error) {
      return outcomeOf(error);
    }
  }
}

/** What an error of the library says about the mail. */
function outcomeOf(error: unknown): MailOutcome {
  const status = numberIn(error, 'responseCode');
  const [code, original] = [connectionError(error) ?? '', textIn(error, 'originalCode')];
  if (BEFORE_SENDING.has(code)) return { state: 'later', why: loginText(code, status) };
  // The server answered: it took nothing, now or for good.
  if (status !== undefined)
    return { state: status < 500 ? 'later' : 'refused', why: `the mail server responded with ${status}` };
  const cause = NOT_CONNECTED.has(original) ? original : NOT_CONNECTED.has(code) ? code : undefined;
  if (cause !== undefined)
    return { state: 'later', why: `the mail server cannot be reached (${cause}); check SMTP_URL` };
  if (code === 'EENVELOPE') return { state: 'refused', why: 'the address is none' };
  if (code === 'EPROTOCOL' || code === 'ECONNECTION' || code === 'ESOCKET' || code === 'ETIMEDOUT')
    return { state: 'unsure', why: `the connection to the mail server broke (${code})` };
  return { state: 'unsure', why: 'the mail could not be sent' };
}

const loginText = (code: string, status: number | undefined): string =>
  code === 'EAUTH' || code === 'ENOAUTH'
    ? `the mail server takes no login${status === undefined ? '' : ` (${status})`}; check user and password in SMTP_URL`
    : `the connection to the mail server could not be made or encrypted (${code}); check host and port in SMTP_URL`;

function numberIn(error: unknown, key: string): number | undefined {
  const value: unknown = error instanceof Error ? Reflect.get(error, key) : undefined;
  return typeof value === 'number' ? value : undefined;
}

function textIn(error: unknown, key: string): string {
  const value: unknown = error instanceof Error ? Reflect.get(error, key) : undefined;
  return typeof value === 'string' ? value : '';
}
