/** A mail server on loopback: speaks enough SMTP for one mail a connection, keeps what it took, and can fail. */
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** What it took. */
interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Header and body, as sent. */
  readonly data: string;
}

/**
 * What is answered to a command instead of what is due, `drop` to end the connection before it is carried out, or
 * `dropAfter` once it is. `end` is the end of a mail's text.
 */
export type MailFault = Partial<
  Record<'connect' | 'ehlo' | 'auth' | 'mail' | 'rcpt' | 'data' | 'end', string | 'drop' | 'dropAfter'>
>;

export interface MailStandIn {
  readonly url: string;
  readonly mails: readonly TakenMail[];
  /** Logins as user and password. */
  readonly logins: readonly string[];
  faults: MailFault;
}

const REPLIES = {
  connect: '220 mail.example.org ESMTP',
  ehlo: '250-mail.example.org\r\n250-AUTH PLAIN\r\n250 8BITMIME',
  auth: '235 2.7.0 accepted',
  mail: '250 2.1.0 ok',
  rcpt: '250 2.1.5 ok',
  data: '354 go on',
  end: '250 2.0.0 taken',
} as const;
type Step = keyof typeof REPLIES;

/** Starts one; it stops with the test. The user is `rota@example.org`, the password `canary-password`. */
export async function startMailServer(): Promise<MailStandIn> {
  const [mails, logins, sockets]: [TakenMail[], string[], Set<Socket>] = [[], [], new Set()];
  const standIn = { url: '', mails, logins, faults: {} as MailFault };
  const server = createServer((socket) => {
    sockets.add(socket);
    serve(socket, standIn, mails, logins);
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    for (const it of sockets) it.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  standIn.url = `smtp://rota%40example.org:canary-password@127.0.0.1:${port}`;
  return standIn;
}

function serve(socket: Socket, standIn: MailStandIn, mails: TakenMail[], logins: string[]): void {
  let [buffer, from, text]: [string, string, string | undefined] = ['', '', undefined];
  const to: string[] = [];
  socket.on('error', () => {});
  /** Answers; returns whether the command was carried out. */
  const reply = (step: Step): boolean => {
    const fault = standIn.faults[step];
    if (fault === 'drop' || fault === 'dropAfter') socket.destroy();
    else socket.write(`${fault ?? REPLIES[step]}\r\n`);
    return fault === undefined || fault === 'dropAfter';
  };
  const commands: Readonly<Record<string, (argument: string) => void>> = {
    EHLO: () => void reply('ehlo'),
    AUTH: (argument) => {
      const [, user = '', password = ''] = Buffer.from(argument.split(' ')[1] ?? '', 'base64')
        .toString()
        .split('\0');
      logins.push(`${user} ${password}`);
      reply('auth');
    },
    MAIL: (argument) => {
      if (reply('mail')) from = /<(.*)>/.exec(argument)?.[1] ?? '';
    },
    RCPT: (argument) => {
      if (reply('rcpt')) to.push(/<(.*)>/.exec(argument)?.[1] ?? '');
    },
    DATA: () => {
      if (reply('data')) text = '';
    },
    QUIT: () => socket.end('221 bye\r\n'),
    RSET: () => void socket.write('250 ok\r\n'),
  };
  reply('connect');
  socket.on('data', (chunk) => {
    buffer += chunk.toString();
    for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      if (text === undefined) {
        const [name = '', ...rest] = line.split(' ');
        const command = commands[name.toUpperCase()];
        if (command === undefined) socket.write('502 no such command\r\n');
        else command(rest.join(' '));
      } else if (line === '.') {
        const data = text;
        text = undefined;
        if (reply('end')) mails.push({ from, to: [...to], data });
      } else text += `${line.replace(/^\./, '')}\r\n`;
    }
  });
}
