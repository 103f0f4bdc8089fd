// Mails by SMTP: each once, with the same Message-ID for the same news, and no address in any message about them.
import { expect, test } from 'vitest';
import { type MailServer, mailServerOf } from '../../actions/lib/drivers/email/access.ts';
import { Mailer } from '../../actions/lib/drivers/email/client.ts';
import { type MailFault, startMailServer } from '../email/smtp-server.ts';
import { at } from '../handbook.ts';

const MAIL = {
  from: 'rota@example.org',
  to: 'canary-amara@example.org',
  subject: 'Your support time changes',
  text: 'You gain:\n- PaaS, Nights (engineer), from Zoë\n.\nBcc: nobody@example.org',
  key: '0123456789abcdef-b0b0b0b0b0b0',
  at: at('2026-09-03T12:00:00Z'),
};

const mailerOf = (url: string) => new Mailer(mailServerOf(url) as MailServer);

test('a mail arrives once, at one address, with its key and without anything of its text in the header', async () => {
  const server = await startMailServer();
  expect(await mailerOf(server.url).send(MAIL)).toEqual({ state: 'sent' });
  expect(server.logins).toEqual(['rota@example.org canary-password']);
  expect(server.mails).toMatchObject([{ from: MAIL.from, to: [MAIL.to] }]);
  const [header = '', body = ''] = server.mails[0]?.data.split('\r\n\r\n') ?? [];
  expect(header.split('\r\n')).toEqual(
    expect.arrayContaining([
      ...['From: rota@example.org', `To: ${MAIL.to}`, 'Subject: Your support time changes'],
      ...[`Message-ID: <${MAIL.key}@example.org>`, 'Date: Thu, 03 Sep 2026 12:00:00 +0000'],
      'Auto-Submitted: auto-generated',
    ]),
  );
  expect(header).not.toContain('Bcc');
  expect(body).toContain('from Zo=C3=AB');
});

test.each<[name: string, faults: MailFault, state: string, why: RegExp, taken: number]>([
  [
    'a wrong password',
    { auth: '535 5.7.8 no canary-amara@example.org' },
    'stopped',
    /takes no login \(535\); check user/,
    0,
  ],
  ['a busy server', { mail: '421 4.3.2 later' }, 'stopped', /responded with 421$/, 0],
  ['a server that closes', { end: '421 4.3.2 later' }, 'stopped', /responded with 421$/, 0],
  ['a server that is out of service', { connect: '554 no service' }, 'stopped', /responded with 554/, 0],
  ['a sender that may not send', { mail: '550 5.7.1 not you' }, 'stopped', /550 to the sender; check/, 0],
  ['a server that wants a login', { mail: '530 5.7.0 log in' }, 'stopped', /530 to the sender/, 0],
  [
    'an unknown address',
    { rcpt: '550 5.1.1 <canary-amara@example.org>?' },
    'refused',
    /responded with 550/,
    0,
  ],
  ['a full mailbox', { rcpt: '452 4.2.2 <canary-amara@example.org>' }, 'later', /responded with 452/, 0],
  ['a mail that is not taken', { end: '554 5.6.0 spam of canary-amara' }, 'refused', /responded with 554/, 0],
  ['a lost answer', { end: 'dropAfter' }, 'unsure', /connection .* broke \(\w+\)$/, 1],
  ['a connection that breaks in the text', { end: 'drop' }, 'unsure', /connection .* broke \(\w+\)$/, 0],
  ['a connection that breaks before the text', { data: 'drop' }, 'stopped', /before a mail was sent/, 0],
  ['a connection that breaks early', { ehlo: 'drop' }, 'stopped', /before a mail was sent/, 0],
])('%s', async (_, faults, state, why, taken) => {
  const server = await startMailServer();
  server.faults = faults;
  const outcome = await mailerOf(server.url).send(MAIL);
  expect(outcome).toEqual({ state, why: expect.stringMatching(why) });
  expect(server.mails).toHaveLength(taken);
  expect(JSON.stringify(outcome)).not.toContain('canary');
});

test('a server that is not there', async () => {
  expect(await mailerOf('smtp://127.0.0.1:1').send(MAIL)).toEqual({
    state: 'stopped',
    why: 'the mail server cannot be reached (ECONNREFUSED); check SMTP_URL',
  });
});

test('another machine gets nothing without encryption', async () => {
  const server = await startMailServer();
  const elsewhere = { ...(mailServerOf(server.url) as MailServer), isLoopback: false };
  expect(await new Mailer(elsewhere).send(MAIL)).toEqual({
    state: 'stopped',
    why: expect.stringMatching(/could not be made or encrypted \(ETLS\)/),
  });
  expect([server.logins, server.mails]).toEqual([[], []]);
});

test('addresses of mail servers', () => {
  const server = { host: 'mail.example.org', isLoopback: false, login: { user: 'a@b', password: 'p:w' } };
  expect(mailServerOf('smtps://a%40b:p%3Aw@mail.example.org')).toEqual({
    ...server,
    port: 465,
    isSecure: true,
  });
  expect(mailServerOf('smtp://a%40b:p%3Aw@mail.example.org\n')).toEqual({
    ...server,
    port: 587,
    isSecure: false,
  });
  expect(mailServerOf(' ')).toBeUndefined();
  for (const given of [
    ...['mail.example.org', 'https://canary@mail.example.org', 'smtps://', 'smtps://canary@mail.example.org'],
    'smtps://canary:%zz@mail.example.org',
  ]) {
    expect(() => mailServerOf(given), given).toThrow(/^SMTP_URL .* smtps:\/\/user:password@host:465/);
    expect(() => mailServerOf(given), given).not.toThrow(/canary/);
  }
});
