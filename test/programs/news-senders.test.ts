// News by the real clients of Slack and of a mail server: what arrives, what is refused, and what is told to nobody twice.
import { expect, test } from 'vitest';
import { newsSenders } from '../../actions/lib/programs/news-senders.ts';
import { startMailServer } from '../email/smtp-server.ts';
import { SLACK_TOKEN, slackStandIn } from '../slack/stand-in.ts';
import {
  mergeRota,
  NEWS_SWAP,
  type NewsRepository,
  newsOn,
  newsRepository,
  runNews,
} from './news-repository.ts';

async function services() {
  const slack = await slackStandIn({
    users: { U0AMARA: 'active', U0BEN: 'deactivated', U0NIA: 'active' },
    channels: { C0PAAS: { topic: '' } },
  });
  const mail = await startMailServer();
  const secrets = { slackToken: SLACK_TOKEN, slackApi: slack.url, smtpUrl: mail.url };
  return { slack, mail, ways: newsSenders(secrets, slack.wait) };
}

/** The text of a mail, which is in quoted-printable. */
const textOf = (data: string): string =>
  data.slice(data.indexOf('\r\n\r\n')).replace(/=\r\n/g, '').replaceAll('=3D', '=');

/** A merged swap. */
async function merged(): Promise<NewsRepository> {
  const there = await newsRepository();
  mergeRota(there, 7, NEWS_SWAP);
  return there;
}

test('Slack and mail: texts without markup, mentions or links, one each, and a second run sends nothing', async () => {
  const [there, { slack, mail, ways }] = [await merged(), await services()];
  const first = await runNews(there, ways);
  const lines = slack.state.lines.map((it) => it.split('\n'));
  expect(lines.map(([head]) => head)).toEqual([
    'U0AMARA *Your support time changes*',
    'U0NIA *Support time changes for people you lead*',
    'C0PAAS *Support time changes*',
  ]);
  expect(lines[0]?.slice(1)).toEqual([
    'You gain:',
    '- PaaS, Nights (engineer), Wed 9 Sep 10:00 – Wed 16 Sep 10:00, from [Ben](https꞉//example․org) (swap)',
    'You give up:',
    '- PaaS, Nights (engineer), Wed 23 Sep 10:00 – Wed 30 Sep 10:00, to [Ben](https꞉//example․org) (swap)',
    'Times are those of Europe/London.',
    'Where it was changed, and the place to object: https://github.com/example/handbook/pull/7',
  ]);
  const texts = [...slack.state.lines, ...mail.mails.map(({ data }) => textOf(data))].join('\n');
  expect(texts).not.toContain('@here');
  expect(new Set(texts.match(/https?:\S+/g))).toEqual(
    new Set(['https://github.com/example/handbook/pull/7']),
  );
  expect(mail.mails.map(({ to }) => to)).toEqual(
    ['amara', 'ben', 'nia'].map((it) => [`canary-${it}@example.org`]),
  );
  expect(new Set(mail.mails.map(({ data }) => /^Message-ID: (.*)$/im.exec(data)?.[1])).size).toBe(3);
  expect(first).toEqual({
    status: 1,
    log: [
      '4 messages told on pull request 7',
      'error: the message to ben by Slack was not taken: Slack takes no message to this person (channel_not_found); check their id, and whether they are deactivated',
    ],
  });
  expect((await runNews(there, ways)).status).toBe(0);
  expect([slack.state.lines.length, mail.mails.length, slack.violations]).toEqual([3, 3, []]);
  expect(JSON.stringify([first, newsOn(there, 7)])).not.toMatch(/canary|xoxb|U0AMARA/);
});

test('lost answers: what may have been sent is said, and not sent again', async () => {
  const [there, { slack, mail, ways }] = [await merged(), await services()];
  slack.fault('chat.postMessage', 'lost');
  mail.faults = { end: 'dropAfter' };
  const { status, log } = await runNews(there, ways);
  expect([status, log.filter((it) => it.includes('may have been sent')).length]).toEqual([1, 4]);
  mail.faults = {};
  await runNews(there, ways);
  expect([slack.state.lines.length, mail.mails.length]).toEqual([3, 3]);
  expect(newsOn(there, 7)[0]).toMatch(/1 \*\*may have been sent\*\* and not repeated \(amara\)/);
});

test.each([
  ['a token without rights', 'missing_scope', /add the scope chat:write to Slack's app/],
  ['a wrong token', 'invalid_auth', /check the token in SLACK_BOT_TOKEN/],
])('%s: nothing is lost, and the next run goes on', async (_, error, said) => {
  const [there, { slack, ways }] = [await merged(), await services()];
  slack.fault('chat.postMessage', { body: { ok: false, error, needed: 'chat:write' } });
  const { status, log } = await runNews(there, ways.slice(0, 1));
  expect([status, slack.state.lines, log.at(-1)]).toEqual([1, [], expect.stringMatching(said)]);
  expect((await runNews(there, ways.slice(0, 1))).status).toBe(1);
  expect(slack.state.lines).toHaveLength(3);
});

test('without a secret its way is switched off, which is said', async () => {
  const there = await merged();
  const off = { slackToken: '', slackApi: '', smtpUrl: '' };
  const { status, log } = await runNews(
    there,
    newsSenders(off, async () => {}),
  );
  expect([status, log]).toEqual([
    0,
    [
      '4 messages told on pull request 7',
      'news by Slack are switched off; set SLACK_BOT_TOKEN for them',
      'news by e-mail are switched off; set SMTP_URL for them',
    ],
  ]);
  expect(() => newsSenders({ ...off, slackToken: 'canary\n' }, async () => {})).toThrow(
    /^SLACK_BOT_TOKEN does not/,
  );
});
