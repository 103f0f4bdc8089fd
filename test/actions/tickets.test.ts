/**
 * The action as GitHub runs it: a child process, a real checkout, and a loopback GitHub that enforces GitHub's
 * contract. What it does run after run is tested in process, in `test/programs/tickets.test.ts`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import type { GitHub } from '../github/github.ts';
import { runAction, TOKEN } from '../github/runner.ts';
import { EVENTS_KEY, startEvents } from '../pagerduty/events-stand-in.ts';
import { folder, git } from '../process.ts';
import {
  headlineOf,
  keptTickets,
  ours,
  postsOn,
  runTickets,
  sampleFiles,
  type TicketCause,
  ticketIn,
  ticketsOn,
  ticketWrites,
} from '../programs/ticket-repository.ts';
import { incidentBody, ticketBody } from '../requests/bodies.ts';

const root = join(import.meta.dirname, '../..');
function checkedOut(): string {
  const checkout = folder(sampleFiles.texts);
  const day = '2026-11-01T00:00:00Z';
  git(checkout, day, 'init', '-q', '-b', 'main');
  git(checkout, day, 'add', '-A');
  git(checkout, day, 'commit', '-qm', 'handbook');
  return checkout;
}

/** A run as a child process, at the time of GitHub's clock. */
function run(github: GitHub, cause: TicketCause, now = github.state.now, pager?: string) {
  github.state.now = now;
  const checkout = checkedOut();
  const event = cause === 'schedule' ? { eventName: cause, event: {} } : github.issueEvent(cause, 12);
  return runAction({
    main: join(root, 'actions/tickets/action.yml'),
    inputs: { now, ...(pager === undefined ? {} : { 'events-api': pager }) },
    ...event,
    env: { GITHUB_WORKSPACE: checkout, ...(pager === undefined ? {} : { PAGERDUTY_EVENTS_KEY: EVENTS_KEY }) },
    cwd: checkout,
    github,
  });
}

test("GitHub's event for a new ticket gives one comment with the due time and who is on", async () => {
  const github = await ticketsOn();
  const { status, stdout, annotations } = await run(github, 'issues-opened');
  expect([status, annotations]).toEqual([0, []]);
  expect(stdout).toContain('issue 12: NORMAL, respond running');
  expect(ours(github)).toHaveLength(1);
  expect(headlineOf(github)).toBe(
    '**NORMAL**, first reply due **Fri 27 Nov 10:30 Europe/London**, with Tomasz Wójcik and Idris Kamara now.',
  );
  expect(github.violations).toEqual([]);
});

test('a command, a removed label, a reply and the schedule, hours late', async () => {
  const github = await ticketsOn();
  github.comment(12, { user: 'idris-kamara', body: '/priority URGENT' });
  await run(github, 'issue-comment-created');
  expect(ticketIn(github).labels).toContain('priority: URGENT');
  github.happen(12, { kind: 'UnlabeledEvent', label: 'priority: URGENT', by: 'callum-mcbride' });
  await run(github, 'issues-unlabeled');
  expect(ticketIn(github).labels).toContain('priority: URGENT');
  const late = await run(github, 'schedule', '2026-11-26T19:00:00Z');
  expect([late.status, postsOn(github).length]).toEqual([0, 1]);
  expect(late.summary).toMatch(
    /\| URGENT \| new \| {2}\| {2}\| first reply breached \| Thu 26 Nov 11&#58;30 /,
  );
  expect(postsOn(github)[0]).toMatch(
    /^@\S+: the first reply of this ticket \(URGENT\) was due Thu 26 Nov 11:30 /,
  );
  github.comment(12, { user: 'idris-kamara', body: 'We look.' });
  await run(github, 'issue-comment-created');
  expect(ticketIn(github).labels).not.toContain('sla: breached');
  expect(github.violations).toEqual([]);
});

test('a critical incident at 21:00 calls and pages whoever is on; at 23:00 nobody is promised before 07:00', async () => {
  const pager = await startEvents();
  onTestFinished(() => pager.stop());
  for (const hour of [21, 23]) {
    const created_at = `2026-11-26T${hour}:00:00Z`;
    const github = await ticketsOn({ body: incidentBody(), created_at, labels: ['critical-incident'] });
    const { status, stdout, masks } = await run(github, 'issues-opened', created_at, pager.url);
    expect([status, masks.includes(EVENTS_KEY)]).toEqual([0, true]);
    expect(stdout.replace(`::add-mask::${EVENTS_KEY}`, '')).not.toContain(EVENTS_KEY);
    expect(postsOn(github)[0]).toMatch(
      hour === 21
        ? /^@jack-thornbury: a critical incident of \*\*Modernisation Platform\*\*\. Somebody answers as soon as possible/
        : /^\*\*Modernisation Platform\*\* is not supported now\. Nobody is promised before \*\*Fri 27 Nov 07:00 Europe\/London\*\*/,
    );
    expect([pager.received.length, github.violations]).toEqual([1, []]);
  }
});

test('it is killed after a write, and the next run completes it', { timeout: 120_000 }, async () => {
  const plain = await ticketsOn();
  await runTickets(plain, { now: '2026-11-30T15:00:00Z' });
  const count = ticketWrites(plain).length;
  const github = await ticketsOn();
  github.stopAfter(Math.floor(count / 2));
  const { status, annotations } = await run(github, 'schedule', '2026-11-30T15:00:00Z');
  expect(status).toBe(1);
  expect(annotations.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^not all labels of tickets could be created; the next run goes on/),
    expect.stringMatching(/^issue 12: GitHub did not answer, so the tickets wait for the next run/),
  ]);
  github.stopAfter(Number.POSITIVE_INFINITY);
  await run(github, 'schedule', '2026-11-30T15:00:00Z');
  expect(keptTickets(github)).toEqual(keptTickets(plain));
});

describe('the text of a ticket', () => {
  const body = ticketBody({ 'What happened': 'canary ::error::canary ##[add-mask]x <img src=x> @everyone' });

  test('is in no log, summary, output or comment of ours, and the token in none either', async () => {
    const github = await ticketsOn(
      { body, title: 'canary ::set-output name=a::b' },
      { body: 'canary', labels: ['ticket'] },
    );
    github.comment(12, { user: 'client', body: 'canary ::warning::canary' });
    github.comment(12, {
      user: 'idris-kamara',
      body: '/chargeable 2 days: canary\n/status on-hold canary\ncanary',
    });
    for (const cause of ['schedule', 'issue-comment-created'] satisfies TicketCause[]) {
      const { commands, stdout, stderr, summary, outputs } = await run(github, cause, '2026-12-08T12:00:00Z');
      expect(commands.map(({ name }) => name)).toEqual(['add-mask']);
      const shown = stdout.replace(`::add-mask::${TOKEN}`, '') + stderr + summary + JSON.stringify(outputs);
      expect(shown).not.toContain('anary');
      expect(shown).not.toContain(TOKEN);
    }
    expect(JSON.stringify([...ours(github), ...ours(github, 13)])).not.toContain('anary');
    expect(github.violations).toEqual([]);
  });

  test('is in no error either', async () => {
    const github = await ticketsOn({ body, title: 'canary' });
    github.comment(12, { user: 'idris-kamara', body: '/priority canary' });
    for (const operation of ['issues/create-comment', 'issues/add-labels'] as const)
      github.fault(operation, { status: 422 }, { times: 99 });
    const { status, stdout, stderr, summary } = await run(github, 'schedule');
    const shown = `${stdout}${stderr}${summary}`.replaceAll(TOKEN, '');
    expect([status, shown.includes('canary')]).toEqual([1, false]);
  });
});

test('its workflow gives it no more than it uses', () => {
  const workflow = parse(readFileSync(join(root, '.github/workflows/tickets.yml'), 'utf8')) as {
    jobs: Record<string, { permissions: object }>;
    concurrency: object;
  };
  expect(Object.values(workflow.jobs).map(({ permissions }) => permissions)).toEqual([
    { contents: 'read', issues: 'write' },
  ]);
  expect(workflow.concurrency).toMatchObject({ 'cancel-in-progress': false, queue: 'max' });
});
