// News that wait, fail or are told by a run that ends: what is said then is true, said once, and nobody is forgotten.
import { expect, test } from 'vitest';
import type { NewsSender, SendOutcome } from '../../actions/lib/programs/news-sender.ts';
import { MINUTE } from '../../actions/lib/time/date.ts';
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
  senderOf,
  TOLD_AT,
} from './news-repository.ts';

const AT_NIGHT = 'news: {by: [slack], to: [affected]}\nquiet_hours: {from: "20:00", to: "08:00"}';

/** Slack as a way that keeps what it sends, as `address: text`. */
function slackTexts(outcomeOf: (address: string) => SendOutcome | undefined = () => undefined) {
  const texts: string[] = [];
  const way: NewsSender = {
    ...senderOf('slack', []),
    send: async (address, { text }) => {
      const outcome = outcomeOf(address) ?? { state: 'sent' };
      if (outcome.state === 'sent') texts.push(`${address}: ${text}`);
      return outcome;
    },
  };
  return { texts, ways: [way] };
}

/** Somebody edits a comment of ours. */
function editNews({ github }: NewsRepository, number: number, bodyAfter: (body: string) => string): void {
  const own = github.state.pulls.find((it) => it.number === number)?.comments[0];
  github.editComment(own?.id ?? 0, { body: bodyAfter(own?.body ?? ''), by: 'nia-r' });
}

test('a swap that is taken back within the quiet hours of one night is sent to nobody', async () => {
  const there = await newsRepository(AT_NIGHT);
  const { texts, ways } = slackTexts();
  mergeRota(there, 7, NEWS_SWAP);
  await runNews(there, ways, { now: '2026-09-03T21:00:00Z' });
  mergeRota(there, 8, '');
  const { log } = await runNews(there, ways, { now: '2026-09-03T22:00:00Z' });
  const { status } = await runNews(there, ways, { now: '2026-09-04T07:30:00Z' });
  expect([status, texts]).toEqual([0, []]);
  expect(log).toContain(
    'the message to amara by Slack is not sent any more: its change is no more, or is over',
  );
  expect([7, 8].map((it) => newsOn(there, it)[0]?.split('\n').at(-1))).toEqual([
    'By Slack: 2 not sent any more.',
    'By Slack: 2 not sent any more.',
  ]);
});

test('what waits for several merges is one message, of what is left of them', async () => {
  const there = await newsRepository(AT_NIGHT);
  const { texts, ways } = slackTexts();
  mergeRota(there, 7, NEWS_SWAP);
  await runNews(there, ways, { now: '2026-09-03T21:00:00Z' });
  mergeRota(there, 8, NEWS_SWAP.split('\n').slice(0, 2).join('\n'));
  await runNews(there, ways, { now: '2026-09-03T22:00:00Z' });
  await runNews(there, ways, { now: '2026-09-04T07:30:00Z' });
  expect(texts).toHaveLength(2);
  expect(texts[0]).toMatch(/^U0AMARA: You gain:\n- PaaS, Nights \(engineer\), Wed 9 Sep .*\nTimes are/);
  expect(newsOn(there, 7)[0]).toContain('By Slack: 2 sent with what changed later.');
});

// Writes are: the newer record before each of two messages and at the end, and then the older one.
test.each(isNightly ? [0, 1, 2, 3, 4] : [1, 3])(
  'a run that ends after %i writes about messages of two merges sends none twice',
  async (writes) => {
    const there = await newsRepository(AT_NIGHT);
    const { texts, ways } = slackTexts();
    mergeRota(there, 7, NEWS_SWAP);
    await runNews(there, ways, { now: '2026-09-03T21:00:00Z' });
    mergeRota(there, 8, NEWS_SWAP.split('\n').slice(0, 2).join('\n'));
    await runNews(there, ways, { now: '2026-09-03T22:00:00Z' });
    there.github.stopAfter(writes);
    await runNews(there, ways, { now: '2026-09-04T07:30:00Z' });
    there.github.stopAfter(1000);
    const { log } = await runNews(there, ways);
    const doubtful = log.filter((it) => it.includes('may have been sent')).length;
    expect(new Set(texts.map((it) => it.split(':')[0])).size).toBe(texts.length);
    expect([doubtful <= 1, texts.length + doubtful >= 2]).toEqual([true, true]);
    expect(newsOn(there, 7)[0]).toContain('By Slack: 2 sent with what changed later.');
  },
);

test('a message that is late leaves out what is over', async () => {
  const there = await newsRepository('news: {by: [slack], to: [affected]}');
  const evening = (day: string) =>
    `  - {role: engineer, from: 2026-09-0${day}T20:00, to: 2026-09-0${day}T22:00, person: ben, instead_of: amara}\n`;
  mergeRota(there, 7, `overrides:\n${evening('3')}${evening('7')}`);
  await runNews(there, slackTexts(() => ({ state: 'stopped', why: 'Slack is down' })).ways);
  const { texts, ways } = slackTexts();
  await runNews(there, ways, { now: '2026-09-05T08:00:00Z' });
  expect(texts).toHaveLength(2);
  expect(texts.join()).toContain('Mon 7 Sep');
  expect(texts.join()).not.toContain('3 Sep');
});

test('a comment that somebody edits still proves what was told; what waits in it is given up, and said once', async () => {
  const there = await newsRepository(`${AT_NIGHT}\n`);
  const { texts, ways } = slackTexts();
  mergeRota(there, 6, 'overrides:\n  - {role: engineer, turn: 2026-10-07, person: amara, instead_of: chi}\n');
  await runNews(there, ways);
  mergeRota(there, 7, NEWS_SWAP);
  await runNews(there, ways, { now: '2026-09-03T21:00:00Z' });
  const { length } = texts;
  const lines: string[] = [];
  for (const edit of [
    (body: string) => body.replace('Whose', 'whose'),
    (body: string) => `Note: call me\n${body}`,
  ]) {
    editNews(there, 7, edit);
    const { log } = await runNews(there, ways, { now: '2026-09-04T07:30:00Z', payload: {} });
    lines.push(...log.filter((it) => it.includes('somebody edited our comment')));
    expect([texts.length, newsOn(there, 7).length, newsOn(there, 6).length]).toEqual([length, 1, 1]);
  }
  expect(lines).toEqual([expect.stringMatching(/^error: .* pull request 7: 2 messages .* told by hand$/)]);
});

test('another comment of ours that somebody edits to look like news proves nothing', async () => {
  const there = await newsRepository('news: {by: [github, slack], to: [affected]}');
  const { github } = there;
  const { texts, ways } = slackTexts();
  const forge = (number: number) => {
    const { id, body } = github.comment(number, { user: 'github-actions[bot]', body: 'Review' });
    github.editComment(id, { body: `${body}\n<!-- rota-as-code: news since `, by: 'mallory' });
  };
  const base = { sha: there.commits.at(-1) ?? '', ref: 'main' };
  github.open({ number: 7, user: 'mallory', head: { ref: 'swap-7' }, base });
  forge(7);
  github.state.now = '2026-09-03T11:10:00Z';
  const pull = github.state.pulls.find(({ number }) => number === 7);
  const merge_commit_sha = pushDirectly(there, { 'rotas/paas/nights.yaml': NIGHTS_ROTA + NEWS_SWAP });
  Object.assign(pull ?? {}, { state: 'closed', merged_at: github.state.now, merge_commit_sha });
  await runNews(there, ways, { now: '2026-09-03T11:20:00Z' });
  expect([texts.length, newsOn(there, 7).length]).toEqual([2, 2]);
  // Nor is anything told again because of one on an open pull request.
  github.open({ number: 9, user: 'mallory', head: { ref: 'm' }, base });
  github.state.now = '2026-09-03T12:00:00Z';
  forge(9);
  await runNews(there, ways, { now: '2026-09-03T13:00:00Z', payload: {} });
  expect([texts.length, newsOn(there, 7).length]).toEqual([2, 2]);
});

test('news without a pull request are told on an issue that is not locked, whatever its text has elsewhere', async () => {
  const there = await newsRepository('news: {by: [github]}');
  const { github } = there;
  pushDirectly(there, { 'rotas/paas/nights.yaml': NIGHTS_ROTA + NEWS_SWAP });
  expect((await runNews(there, [])).status).toBe(0);
  const [issue] = github.state.issues;
  if (issue === undefined) throw new Error('there is no issue');
  issue.locked = true;
  pushDirectly(there, { 'rotas/paas/nights.yaml': NIGHTS_ROTA });
  const { status } = await runNews(there, [], { now: '2026-09-03T12:00:00Z' });
  expect([status, github.state.issues.map(({ comments }) => comments.length)]).toEqual([0, [1, 1]]);
});

test('what the first run could not tell is told by the next one, however that is started', async () => {
  const there = await newsRepository('news: {by: [slack], to: [affected]}');
  const { texts, ways } = slackTexts();
  mergeRota(there, 7, NEWS_SWAP);
  there.github.stopAfter(0);
  expect((await runNews(there, ways)).status).toBe(1);
  there.github.stopAfter(1000);
  const { status } = await runNews(there, ways, { now: '2026-09-03T12:10:00Z', payload: {} });
  expect([status, newsOn(there, 7).length, texts.length]).toEqual([0, 1, 2]);
});

test('without a record, what was merged in the last two days is told, and nothing older', async () => {
  const there = await newsRepository('news: {by: [github]}');
  mergeRota(there, 7, NEWS_SWAP.split('\n').slice(0, 2).join('\n'));
  there.github.state.now = '2026-09-06T11:00:00Z';
  mergeRota(there, 8, NEWS_SWAP);
  await runNews(there, [], { payload: { before: there.commits.at(-1) ?? '' } });
  expect([newsOn(there, 7).length, newsOn(there, 8).length]).toEqual([0, 1]);
  expect(newsOn(there, 8)[0]).not.toContain('9 Sep');
});

test('of two runs at once one tells', async () => {
  const there = await newsRepository();
  const { texts, ways } = slackTexts();
  mergeRota(there, 7, NEWS_SWAP);
  await Promise.all([runNews(there, ways), runNews(there, ways)]);
  expect([newsOn(there, 7).length, new Set(texts).size === texts.length]).toEqual([1, true]);
  expect(texts).toHaveLength(4);
});

test('a run has four minutes for messages; the next one goes on', async () => {
  const there = await newsRepository();
  const { texts, ways } = slackTexts();
  mergeRota(there, 7, NEWS_SWAP);
  let at = Date.parse(TOLD_AT);
  const clock = () => {
    at += 3 * MINUTE;
    return at;
  };
  const { status, log } = await runNews(there, ways, { clock });
  expect([status, log.at(-1), texts.length]).toEqual([
    0,
    '3 messages by Slack are left to the next run, so that others do not wait',
    1,
  ]);
  await runNews(there, ways);
  expect([texts.length, new Set(texts).size]).toEqual([4, 4]);
});

test('one mailbox that is full holds back nobody else; an error that nobody expected is of one message', async () => {
  const there = await newsRepository();
  mergeRota(there, 7, NEWS_SWAP);
  const { texts, ways } = slackTexts((address) => {
    if (address === 'U0BEN') throw new Error('canary-ben@example.org');
    return address === 'U0AMARA' ? { state: 'later', why: 'it is full' } : undefined;
  });
  const { status, log } = await runNews(there, ways);
  expect([status, texts.map((it) => it.split(':')[0])]).toEqual([1, ['U0NIA', 'C0PAAS']]);
  expect(log).toEqual(
    expect.arrayContaining([
      'the message to amara by Slack waits for the next run: it is full',
      expect.stringMatching(/^error: the message to ben by Slack may have been sent, and is not repeated/),
    ]),
  );
  expect(JSON.stringify([log, newsOn(there, 7)])).not.toContain('canary');
});

test('news for a thousand people take several comments; a run that ends between them is made whole', async () => {
  const there = await newsRepository('news: {by: [github], to: [affected]}');
  const ids = Array.from({ length: 1000 }, (_, i) => `p${i}`);
  const people = ids
    .map((id) => `  ${id}: {name: Somebody With A Name ${id}, github: login-of-${id}}\n`)
    .join('');
  const rota = (order: readonly string[]) =>
    `name: Nights\ntimezone: Europe/London\nhandover: {every: day, times: ["00:00", "06:00", "12:00", "18:00"]}\nroles:\n${Array.from(
      { length: 10 },
      (_, k) =>
        `  r${k}: {rotation: [{first_turn: 2026-09-02T00:00, people: [${order.slice(k * 100, k * 100 + 100).join(', ')}]}]}\n`,
    ).join('')}`;
  pushDirectly(there, { 'rotas/people.yaml': `people:\n${people}`, 'rotas/paas/nights.yaml': rota(ids) });
  const base = { sha: there.commits.at(-1) ?? '', ref: 'main' };
  const commit = pushDirectly(there, { 'rotas/paas/nights.yaml': rota(ids.toReversed()) });
  const { now } = there.github.state;
  const merged = { state: 'closed', merged_at: now, merge_commit_sha: commit } as const;
  there.github.open({ number: 7, base, head: { ref: 'turned-round' }, ...merged });
  const payload = { before: base.sha };
  there.github.stopAfter(1);
  expect((await runNews(there, [], { payload })).status).toBe(1);
  there.github.stopAfter(1000);
  expect((await runNews(there, [], { payload })).status).toBe(0);
  const all = newsOn(there, 7);
  expect(all.map((it) => /part \d of \d/.exec(it)?.[0])).toEqual([1, 2, 3].map((it) => `part ${it} of 3`));
  expect(new Set(all.join().match(/@login-of-p\d+/g))).toEqual(new Set(ids.map((id) => `@login-of-${id}`)));
  expect((await runNews(there, [], { payload })).log).toEqual([expect.stringMatching(/^no news since/)]);
  expect([newsOn(there, 7), there.github.violations]).toEqual([all, []]);
}, 120_000);
