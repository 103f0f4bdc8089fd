/** Reading tickets from the loopback GitHub: pages, timelines, what happens between two pages, and at errors. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { connect } from '../../actions/lib/github/connection.ts';
import { TicketIssues } from '../../actions/lib/github/ticket-issues.ts';
import { type GitHub, startGitHub } from './github.ts';
import { TOKEN } from './runner.ts';

async function readerOn(given: Parameters<typeof startGitHub>[0]) {
  const github = await startGitHub(given);
  onTestFinished(() => github.stop());
  const { owner, name: repo } = github.state;
  const connection = connect({
    ...{ token: TOKEN, apiUrl: github.url, commentAuthor: 'github-actions[bot]' },
    repository: { owner, repo },
  });
  return { github, reader: new TicketIssues(connection) };
}

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
const queries = ({ requests }: GitHub): number =>
  requests.filter(({ operation }) => operation === 'graphql').length;

test('an issue has what happened to it, oldest first, with who did it by the names of the REST API', async () => {
  const { github, reader } = await readerOn({
    issues: [{ number: 5, user: 'client', title: 'T', body: 'B' }],
  });
  github.happen(5, { kind: 'LabeledEvent', label: 'priority: P1', by: 'amara-osei' });
  github.comment(5, { user: 'amara-osei', body: 'Hello' });
  const { id } = github.comment(5, { user: 'github-actions[bot]', body: 'We' });
  github.editComment(id, { body: 'We all', by: 'mallory' });
  github.happen(5, { kind: 'UnlabeledEvent', label: 'priority: P1', by: null });
  github.happen(5, { kind: 'ClosedEvent', by: 'client' });
  github.happen(5, { kind: 'ReopenedEvent', by: 'client' });
  const found = await reader.get(5);
  expect(found).toMatchObject({
    number: 5,
    author: 'client',
    title: 'T',
    body: 'B',
    isOpen: true,
    labels: [],
  });
  expect(found?.url).toMatch(/\/issues\/5$/);
  const [at = 0] = found?.timeline.map((it) => it.at) ?? [];
  expect(found?.timeline).toEqual([
    { kind: 'labelled', label: 'priority: P1', by: 'amara-osei', at },
    {
      kind: 'comment',
      by: 'amara-osei',
      at: at + 1000,
      body: 'Hello',
      isBot: false,
      isEdited: false,
      id: id - 1,
    },
    {
      kind: 'comment',
      by: 'github-actions[bot]',
      at: at + 2000,
      body: 'We all',
      isBot: true,
      isEdited: true,
      id,
    },
    { kind: 'unlabelled', label: 'priority: P1', by: undefined, at: at + 4000 },
    { kind: 'closed', by: 'client', at: at + 5000 },
    { kind: 'reopened', by: 'client', at: at + 6000 },
  ]);
  expect([await reader.get(6), github.violations]).toEqual([undefined, []]);
});

test('a timeline is read to its end, whatever its length', async () => {
  const { github, reader } = await readerOn({ issues: [{ number: 5 }] });
  for (const i of numbers(0, 250)) github.comment(5, { body: `${i}` });
  const found = await reader.get(5);
  expect(found?.timeline.map((it) => it.kind === 'comment' && it.body)).toEqual(numbers(0, 250).map(String));
  expect([queries(github), github.violations]).toEqual([3, []]);
});

describe('a list', () => {
  test('has every open issue once, without pull requests; a run of 2,000 takes 60 requests', async () => {
    const { github, reader } = await readerOn({
      issues: numbers(1, 2000).map((number) => ({ number, labels: ['ticket'] })),
      pulls: [{ number: 2001 }],
    });
    const { issues, missing } = await reader.listOpen();
    const read = await reader.read(issues.map(({ number }) => number));
    expect(issues.map(({ number }) => number)).toEqual(numbers(1, 2000));
    expect(read.issues.map(({ number }) => number)).toEqual(numbers(1, 2000));
    expect([missing, read.missing, queries(github), github.violations]).toEqual([[], [], 60, []]);
  });

  test('of closed ones has those with the label that changed since an instant', async () => {
    const closed = { state: 'closed', labels: ['ticket'], updated_at: '2026-11-20T00:00:00Z' } as const;
    const { reader } = await readerOn({
      issues: [
        { number: 1, ...closed, labels: ['ticket'] },
        { number: 2, ...closed, labels: ['ticket'], updated_at: '2026-11-10T00:00:00Z' },
        { number: 3, ...closed, labels: ['other'] },
        { number: 4, labels: ['ticket'] },
      ],
    });
    const { issues } = await reader.listClosed('ticket', Date.UTC(2026, 10, 15));
    expect(issues.map(({ number }) => number)).toEqual([1]);
  });

  test('hides no issue when another is deleted or closed between two pages', async () => {
    const { github, reader } = await readerOn({ issues: numbers(1, 150).map((number) => ({ number })) });
    // While the first page is on its way, one of its issues goes.
    const listing = reader.listOpen();
    await expect.poll(() => github.requests.length).toBeGreaterThan(0);
    github.remove(3);
    const all = new Set((await listing).issues.map(({ number }) => number));
    expect(numbers(1, 150).filter((it) => it !== 3 && !all.has(it))).toEqual([]);
  });

  test('that breaks off after a page keeps that page, and says so', async () => {
    const { github, reader } = await readerOn({ issues: numbers(1, 150).map((number) => ({ number })) });
    github.fault('graphql', { status: 404 }, { nth: 2 });
    const { issues, missing } = await reader.listOpen();
    expect([issues.length, missing.length, missing[0]?.number]).toEqual([100, 1, undefined]);
  });
});

describe('issues that cannot be read', () => {
  test('those that do not exist are left out', async () => {
    const { github, reader } = await readerOn({ issues: [{ number: 1 }, { number: 3 }] });
    const { issues, missing } = await reader.read([1, 2, 3]);
    expect([issues.map(({ number }) => number), missing, github.violations]).toEqual([[1, 3], [], []]);
  });

  test('a query that GitHub does not answer is divided, until only what is unreadable is missing', async () => {
    const { github, reader } = await readerOn({ issues: numbers(1, 4).map((number) => ({ number })) });
    const slow = { data: null, errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'too much' }] };
    github.fault('graphql', { status: 200, body: slow }, { nth: 1, times: 3 });
    const { issues, missing } = await reader.read([1, 2, 3, 4]);
    expect(issues.map(({ number }) => number)).toEqual([2, 3, 4]);
    expect(missing).toEqual([{ number: 1, why: expect.stringContaining('too much') }]);
  });

  test('without the permission, nothing is read and the error says what to do', async () => {
    const { github, reader } = await readerOn({ issues: [{ number: 1 }] });
    const forbidden = {
      data: null,
      errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }],
    };
    github.fault('graphql', { status: 200, body: forbidden }, { times: 9 });
    for (const reading of [() => reader.get(1), () => reader.read([1]), () => reader.listOpen()])
      await expect(reading()).rejects.toThrow('the token may not read issues; give the job the permission');
  });
});
