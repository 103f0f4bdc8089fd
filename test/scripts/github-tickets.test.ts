/** `rota tickets --github` against the loopback GitHub: the queue, what is missing, and wrong use. */
import { expect, test } from 'vitest';
import type { GitHub } from '../github/github.ts';
import { TOKEN } from '../github/runner.ts';
import { rotaInProcess } from '../in-process.ts';
import { folder, type Ran } from '../process.ts';
import { sampleFiles, ticketsOn } from '../programs/ticket-repository.ts';
import { ticketBody } from '../requests/bodies.ts';

const NOW = '2026-11-26T12:00:00Z';

async function run(
  github: Pick<GitHub, 'url'>,
  command: string,
  environment = { GITHUB_TOKEN: TOKEN },
): Promise<Ran> {
  const words = command.replace('REPOSITORY', `--github example/handbook --api ${github.url}`).split(' ');
  const ran = await rotaInProcess(folder(sampleFiles.texts), ['--now', NOW, ...words], environment);
  expect(ran.stdout + ran.stderr).not.toContain(TOKEN);
  return ran;
}

const rowsOf = ({ stdout }: Ran) =>
  (JSON.parse(stdout) as { ticket: string; priority: string; state: string; title: string }[]).map(
    ({ ticket, priority, state }) => [ticket, priority, state].join(' '),
  );

test('the queue has the open tickets in order of work; with --all the closed ones, too', async () => {
  const github = await ticketsOn(
    {},
    { body: ticketBody({ 'How urgent is it': 'URGENT: Urgent' }), title: 'Search' },
    { labels: ['ticket'] },
    { body: 'No ticket' },
  );
  github.comment(12, { user: 'idris-kamara', body: '/priority LOW', created_at: '2026-11-26T10:40:00Z' });
  github.happen(14, { kind: 'ClosedEvent', by: 'client', at: '2026-11-26T10:50:00Z' });
  const open = await run(github, '--format json tickets REPOSITORY');
  expect([open.status, open.stderr, rowsOf(open)]).toEqual([0, '', ['13 URGENT breached', '12 LOW running']]);
  const all = await run(github, '--format json tickets REPOSITORY --all');
  expect(rowsOf(all)).toEqual(['13 URGENT breached', '12 LOW running', '14 NORMAL met']);
  const then = await run(github, '--format json tickets REPOSITORY --at 2026-11-26T10:45:00Z');
  expect(rowsOf(then)).toEqual(['13 URGENT running', '14 NORMAL running', '12 LOW running']);
  expect((await run(github, 'tickets REPOSITORY')).stdout).toContain('Search');
  const writes = github.requests.filter(
    ({ method, operation }) => method !== 'GET' && operation !== 'graphql',
  );
  expect([writes, github.violations]).toEqual([[], []]);
});

test('what is missing is said, with the rest of the queue', async () => {
  const github = await ticketsOn({}, { body: 'Help', labels: ['ticket'], title: 'Canary' });
  const ran = await run(github, '--format json tickets REPOSITORY');
  expect([ran.status, rowsOf(ran)]).toEqual([1, ['12 NORMAL running']]);
  expect(ran.stderr).toMatch(/GitHub: ticket 13: this is not in the queue: its service is not known\n/);
  expect(ran.stderr).not.toContain('Canary');
});

test('without the right to read issues, it says what the token lacks', async () => {
  const github = await ticketsOn();
  github.fault('graphql', { status: 403 }, { times: 9 });
  const { status, stderr } = await run(github, 'tickets REPOSITORY');
  expect([status, stderr]).toEqual([3, expect.stringMatching(/^rota: the token may not read issues/)]);
});

test.each([
  [
    'tickets --github handbook',
    { GITHUB_TOKEN: TOKEN },
    '"handbook" is no repository; write it as example/handbook',
  ],
  ['tickets --github example/handbook', { GITHUB_TOKEN: '' }, 'put one into GITHUB_TOKEN'],
  ['tickets --github example/handbook --api http://example.org', { GITHUB_TOKEN: TOKEN }, 'unencrypted'],
  [
    'tickets --github example/handbook --since 2026-11-26',
    { GITHUB_TOKEN: TOKEN },
    '--since belongs to --zendesk',
  ],
  [
    'tickets --github example/handbook --zendesk example',
    { GITHUB_TOKEN: TOKEN },
    'name one source of tickets',
  ],
])('%s is wrong use', async (command, environment, message) => {
  const { status, stderr } = await run({ url: '' }, command, environment);
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
});
