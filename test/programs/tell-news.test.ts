// What merges tell whom: one comment with mentions, Slack and mail once, whatever becomes of a run.
import { expect, test } from 'vitest';
import type { SendOutcome } from '../../actions/lib/programs/news-sender.ts';
import { NIGHTS_ROTA } from '../handbook.ts';
import { isNightly } from '../sampled.ts';
import {
  mergeRota,
  NEWS_SWAP,
  type NewsRepository,
  newsOn,
  newsRepository,
  pushDirectly,
  runNews,
  type Sent,
  senderOf,
} from './news-repository.ts';

const EVERYBODY = ['slack U0AMARA', 'slack U0BEN', 'slack U0NIA', 'slack C0PAAS'];
const MAILS = ['amara', 'ben', 'nia'].map((it) => `email canary-${it}@example.org`);

/** Both ways, and what they sent. */
function bothWays(outcomeOf?: (address: string) => SendOutcome | undefined) {
  const sent: Sent = [];
  return { sent, ways: [senderOf('slack', sent, outcomeOf), senderOf('email', sent, outcomeOf)] };
}

/** The visible text of our comment. */
const shown = (there: NewsRepository, number = 7): string =>
  (newsOn(there, number)[0] ?? '').split('\n').slice(3).join('\n');

const writesOf = ({ github }: NewsRepository) =>
  github.requests.filter(({ method, operation }) => method !== 'GET' && operation !== 'graphql').length;

test('a merged swap: one comment that mentions two people and their lead, the channel, and a mail each', async () => {
  const there = await newsRepository();
  mergeRota(there, 7, NEWS_SWAP);
  const { sent, ways } = bothWays();
  expect(await runNews(there, ways)).toEqual({ status: 0, log: ['4 messages told on pull request 7'] });
  expect(sent).toEqual([...EVERYBODY, ...MAILS]);
  const ben = '&#91;Ben&#93;(https&#58;&#47;&#47;example.org)';
  expect(shown(there)).toBe(`### Whose support time changes

@amara-o (Amara @<!-- -->here)

You gain:
- PaaS, Nights (engineer), Wed 9 Sep 10:00 – Wed 16 Sep 10:00, from ${ben} (swap)

You give up:
- PaaS, Nights (engineer), Wed 23 Sep 10:00 – Wed 30 Sep 10:00, to ${ben} (swap)

Times are those of Europe/London.

@Ben-A (${ben})

You gain:
- PaaS, Nights (engineer), Wed 23 Sep 10:00 – Wed 30 Sep 10:00, from Amara @<!-- -->here (swap)

You give up:
- PaaS, Nights (engineer), Wed 9 Sep 10:00 – Wed 16 Sep 10:00, to Amara @<!-- -->here (swap)

Times are those of Europe/London.

@nia-r (Nia): delivery lead; changes for Amara @<!-- -->here, ${ben}

<!-- deliveries -->

By Slack: 4 sent.
By e-mail: 3 sent.`);
  const [writes, { length }] = [writesOf(there), there.github.requests];
  expect((await runNews(there, ways)).log).toEqual([expect.stringMatching(/^no news since [0-9a-f]{10}$/)]);
  expect([writesOf(there), sent.length, there.github.violations]).toEqual([writes, 7, []]);
  // The tip, the comments, and who edited ours.
  expect(there.github.requests.length - length).toBe(3);
});

test('what several merges change is told on the newest of them; what they take back is not told', async () => {
  const there = await newsRepository('news: {by: [github]}');
  const { sent, ways } = bothWays();
  mergeRota(there, 7, NEWS_SWAP);
  mergeRota(there, 8, '');
  expect((await runNews(there, ways)).log).toEqual([expect.stringMatching(/^no news since/)]);
  mergeRota(there, 9, NEWS_SWAP);
  pushDirectly(there, { 'rotas/paas/note.md': 'nothing of the handbook' });
  await runNews(there, ways);
  mergeRota(there, 10, '');
  await runNews(there, ways);
  expect([7, 8, 9, 10].map((it) => newsOn(there, it).length)).toEqual([0, 0, 1, 1]);
  expect(shown(there, 10)).toContain(
    '(an exception was taken back)\n\nYou give up:\n- PaaS, Nights (engineer), Wed 9 Sep',
  );
  expect(sent).toEqual([]);
});

test('the policy says by what: without GitHub nobody is mentioned', async () => {
  const there = await newsRepository('news: {by: [slack], to: [affected]}');
  mergeRota(there, 7, NEWS_SWAP);
  const { sent, ways } = bothWays();
  await runNews(there, ways);
  expect(sent).toEqual(EVERYBODY.slice(0, 2));
  expect(shown(there)).toContain('**Amara @<!-- -->here**\n\nYou gain:');
  expect(shown(there)).not.toMatch(/@(?!<!-- -->)/);
});

test('a lost answer makes no second comment', async () => {
  const there = await newsRepository();
  mergeRota(there, 7, NEWS_SWAP);
  const { sent, ways } = bothWays();
  there.github.fault('issues/create-comment', 'dropAfter');
  there.github.fault('issues/update-comment', 'dropAfter', { nth: 2 });
  expect((await runNews(there, ways)).status).toBe(0);
  expect([newsOn(there, 7).length, sent.length]).toEqual([1, 7]);
});

// Writes are: the comment, and the record before each of seven messages and at the end of each way.
test.each(isNightly ? [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] : [0, 1, 2, 5, 7])(
  'a run that ends after %i writes: nobody is told twice, and nobody is forgotten in silence',
  async (writes) => {
    const there = await newsRepository();
    mergeRota(there, 7, NEWS_SWAP);
    const { sent, ways } = bothWays();
    there.github.stopAfter(writes);
    await runNews(there, ways);
    there.github.stopAfter(1000);
    const second = await runNews(there, ways);
    expect(newsOn(there, 7)).toHaveLength(1);
    expect(new Set(sent).size).toBe(sent.length);
    const doubtful = second.log.filter((it) => it.includes('may have been sent')).length;
    const unsure = [...shown(there).matchAll(/(\d+) \*\*may have been sent\*\*/g)];
    expect(unsure.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(doubtful);
    expect(doubtful).toBeLessThanOrEqual(1);
    expect(sent.length + doubtful).toBeGreaterThanOrEqual(7);
    const all = newsOn(there, 7);
    expect((await runNews(there, ways)).status).toBe(0);
    expect(newsOn(there, 7)).toEqual(all);
  },
);

test('a service that refuses, says nothing or is not there: said without an address, and gone on with', async () => {
  const there = await newsRepository();
  mergeRota(there, 7, NEWS_SWAP);
  const outcomes: Record<string, SendOutcome> = {
    U0AMARA: { state: 'refused', why: 'Slack: account_inactive' },
    U0BEN: { state: 'unsure', why: 'Slack did not answer' },
    'canary-ben@example.org': { state: 'stopped', why: 'the mail server is busy' },
  };
  const { sent, ways } = bothWays((address) => outcomes[address]);
  const { status, log } = await runNews(there, ways);
  expect([status, log]).toEqual([
    1,
    [
      '4 messages told on pull request 7',
      'error: the message to amara by Slack was not taken: Slack: account_inactive',
      'error: the message to ben by Slack may have been sent, and is not repeated: Slack did not answer',
      'error: no more is sent by mail in this run; the next one goes on: the mail server is busy',
    ],
  ]);
  expect(shown(there)).toMatch(
    /By Slack: 2 sent; 1 not taken by the service \(amara\); 1 \*\*may have been sent\*\* and not repeated \(ben\)\.\nBy e-mail: 1 sent; 2 to be sent/,
  );
  delete outcomes['canary-ben@example.org'];
  expect(await runNews(there, ways)).toEqual({ status: 0, log: [expect.stringMatching(/^no news/)] });
  expect(sent).toEqual([...EVERYBODY.slice(1), ...MAILS]);
  expect(JSON.stringify([log, newsOn(there, 7)])).not.toContain('canary');
});

test('quiet hours hold Slack and mail back, not GitHub, nor what begins before they end', async () => {
  const there = await newsRepository(
    'quiet_hours: {from: "11:00", to: "13:00"}\nnews: {by: [github, slack], to: [affected]}',
  );
  mergeRota(there, 7, NEWS_SWAP);
  const { sent, ways } = bothWays();
  await runNews(there, ways);
  expect([newsOn(there, 7).length, sent]).toEqual([1, []]);
  mergeRota(
    there,
    8,
    `${NEWS_SWAP}  - {role: engineer, from: 2026-09-03T12:30, to: 2026-09-03T14:00, person: ben, instead_of: amara}\n`,
  );
  await runNews(there, ways);
  expect(sent).toEqual(EVERYBODY.slice(0, 2));
  // That one had everything.
  await runNews(there, ways, { now: '2026-09-03T12:01:00Z' });
  expect(sent).toEqual(EVERYBODY.slice(0, 2));
  expect(shown(there)).toContain('By Slack: 2 sent with what changed later.');
});

test('what could not be sent for two days is not sent any more, which somebody should look at', async () => {
  const there = await newsRepository('news: {by: [slack], to: [affected]}');
  mergeRota(there, 7, NEWS_SWAP);
  const { sent, ways } = bothWays(() => ({ state: 'stopped', why: 'Slack is down' }));
  expect((await runNews(there, ways)).status).toBe(1);
  expect((await runNews(there, ways, { now: '2026-09-04T11:00:00Z' })).status).toBe(1);
  const working = bothWays();
  const { status, log } = await runNews(there, working.ways, { now: '2026-09-05T12:00:00Z' });
  expect([status, sent, working.sent]).toEqual([1, [], []]);
  expect(log).toContain(
    'error: the message to ben by Slack waited for 2 days and is not sent any more; tell them by hand',
  );
  expect(shown(there)).toContain('By Slack: 2 not sent any more.');
  expect((await runNews(there, working.ways)).status).toBe(0);
});

test('a push without a pull request is told on the latest one, or on an issue where there is none', async () => {
  const there = await newsRepository('news: {by: [github, slack], to: [affected]}');
  const { sent, ways } = bothWays();
  pushDirectly(there, { 'rotas/paas/nights.yaml': NIGHTS_ROTA + NEWS_SWAP });
  expect(await runNews(there, ways)).toEqual({ status: 0, log: ['2 messages told on issue 1'] });
  expect(sent).toEqual(EVERYBODY.slice(0, 2));
  const [issue] = there.github.state.issues;
  expect([issue?.state, issue?.comments.length]).toEqual(['closed', 1]);
  expect((await runNews(there, ways, { payload: {} })).log).toEqual([
    expect.stringMatching(/^no news since/),
  ]);
  mergeRota(there, 8, '');
  await runNews(there, ways);
  pushDirectly(there, { 'rotas/paas/nights.yaml': NIGHTS_ROTA + NEWS_SWAP });
  await runNews(there, ways);
  expect(newsOn(there, 8)).toHaveLength(2);
  expect(newsOn(there, 8)[1]).toContain(
    `These changes came with no pull request, up to commit ${there.commits.at(-1)?.slice(0, 10)}.`,
  );
  expect([there.github.state.issues[0]?.comments.length, there.github.violations]).toEqual([1, []]);
});

test('two handbooks in one repository have records of their own', async () => {
  const there = await newsRepository('news: {by: [github]}');
  mergeRota(there, 7, NEWS_SWAP);
  for (const folder of ['.', 'support', '.', 'support']) await runNews(there, [], { folder });
  expect(newsOn(there, 7).map((it) => it.split(' ')[3])).toEqual(['since', 'of']);
});

test('a late run tells what is true now; a handbook that cannot be read is told when it can be', async () => {
  const there = await newsRepository('news: {by: [github]}');
  mergeRota(there, 7, NEWS_SWAP);
  const sha = there.commits.at(-1) ?? '';
  pushDirectly(there, { 'rotas/paas/team.yaml': 'nmae: PaaS' });
  expect(await runNews(there, [])).toEqual({
    status: 1,
    log: ['error: no news is told until these files can be read: rotas/paas/team.yaml'],
  });
  pushDirectly(there, { 'rotas/paas/team.yaml': 'name: PaaS' });
  mergeRota(there, 8, '');
  expect((await runNews(there, [], { sha })).log).toEqual([expect.stringMatching(/^no news/)]);
  mergeRota(there, 9, NEWS_SWAP);
  await runNews(there, [], { sha });
  await runNews(there, []);
  expect([7, 8, 9].map((it) => newsOn(there, it).length)).toEqual([0, 0, 1]);
});

test('a record is only in a comment of ours that nobody else edited', async () => {
  const there = await newsRepository('news: {by: [github]}');
  mergeRota(there, 7, NEWS_SWAP);
  await runNews(there, []);
  const body = newsOn(there, 7)[0] ?? '';
  mergeRota(there, 8, '');
  const forged = body.replace(/[0-9a-f]{40} at/, `${there.commits.at(-1)} at`);
  there.github.comment(7, { user: 'mallory', body: forged });
  const own = there.github.state.pulls.find(({ number }) => number === 7)?.comments[0];
  there.github.editComment(own?.id ?? 0, { body: forged, by: 'mallory' });
  await runNews(there, [], { payload: { before: there.commits.at(-2) ?? '' } });
  expect(newsOn(there, 8)).toHaveLength(1);
});
