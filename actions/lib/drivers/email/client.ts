/**
 * Sends mails by SMTP, one to each receiver. Every mail has its own connection and is sent once: where it is not known
 * whether the server took it, it is not repeated. Nothing of a mail is on its way before the server asks for its text.
 * No text of the server reaches a message, because it has addresses.
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
  /** `later` is about this mail, `stopped` about any mail. */
  | { readonly state: 'later' | 'stopped' | 'refused' | 'unsure'; readonly why: string };

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
  readonly #server: MailServer;

  constructor(server: MailServer) {
    this.#server = server;
  }

  async send({ from, to, subject, text, key, at }: Mail): Promise<MailOutcome> {
    const progress = { isTextAsked: false };
    try {
      await this.#transport(progress).sendMail({
        ...{ from, to: { name: '', address: to }, subject, text },
        messageId: `<${key}@${from.slice(from.lastIndexOf('@') + 1)}>`,
        date: new Date(at),
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { state: 'sent' };
    } catch (error) {
      return outcomeOf(error, progress.isTextAsked);
    }
  }

  #transport(progress: { isTextAsked: boolean }) {
    const { host, port, isSecure, isLoopback, login } = this.#server;
    return createTransport({
      ...{ host, port, secure: isSecure },
      requireTLS: !isSecure && !isLoopback,
      ignoreTLS: !isSecure && isLoopback,
      ...(login === undefined ? {} : { auth: { user: login.user, pass: login.password } }),
      ...{ connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
      ...{ disableFileAccess: true, disableUrlAccess: true },
      // The library tells only its logger how far it came; nothing is logged.
      ...{ transactionLog: true, logger: progressIn(progress) },
    });
  }
}

/** A logger that notes when the server asks for the text of a mail, and keeps nothing. */
function progressIn(progress: { isTextAsked: boolean }) {
  const ignored = () => {};
  const noted = ({ tnx }: { readonly tnx?: unknown }, line: unknown) => {
    if (tnx === 'server' && typeof line === 'string' && line.startsWith('354')) progress.isTextAsked = true;
  };
  return {
    ...{ level: ignored, trace: ignored, debug: noted, info: ignored },
    ...{ warn: ignored, error: ignored, fatal: ignored },
  };
}

/** The commands that are about one mail and its receiver; a refusal of any other concerns every mail. */
const OWN_COMMANDS: ReadonlySet<string> = new Set(['RCPT TO', 'DATA']);

/** What an error of the library says about the mail. */
function outcomeOf(error: unknown, isTextAsked: boolean): MailOutcome {
  const status = numberIn(error, 'responseCode');
  const [code, original] = [connectionError(error) ?? '', textIn(error, 'originalCode')];
  if (BEFORE_SENDING.has(code)) return { state: 'stopped', why: loginText(code, status) };
  if (status !== undefined) return answeredOutcome(status, textIn(error, 'command'));
  if (isTextAsked) return { state: 'unsure', why: `the connection to the mail server broke (${code})` };
  const cause = NOT_CONNECTED.has(original) ? original : NOT_CONNECTED.has(code) ? code : undefined;
  if (cause !== undefined)
    return { state: 'stopped', why: `the mail server cannot be reached (${cause}); check SMTP_URL` };
  if (code === 'EENVELOPE') return { state: 'refused', why: 'the address is none' };
  if (code === 'EMESSAGE') return { state: 'refused', why: 'it is longer than the mail server takes' };
  return {
    state: 'stopped',
    why: `the connection to the mail server broke (${code}) before a mail was sent; check SMTP_URL`,
  };
}

/** The server answered: it took nothing, now or for good. */
function answeredOutcome(status: number, command: string): MailOutcome {
  const why = `the mail server responded with ${status}`;
  // With 421 the server closes the connection, whatever it was asked.
  if (status === 421) return { state: 'stopped', why };
  if (OWN_COMMANDS.has(command)) return { state: status < 500 ? 'later' : 'refused', why };
  const sender = command === 'MAIL FROM' ? ' to the sender; check email.from in policies/messages.yaml' : '';
  return { state: 'stopped', why: `${why}${sender}` };
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
