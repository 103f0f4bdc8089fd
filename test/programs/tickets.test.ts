/** The tickets of a repository, run after run: what is written on GitHub, and that it is written once. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { connect } from '../../actions/lib/github/connection.ts';
import { load } from '../../actions/lib/load/load.ts';
import { ticketEventsOn } from '../../actions/lib/programs/github-tickets.ts';
import type { GitHub } from '../github/github.ts';
import { TOKEN } from '../github/runner.ts';
import { startEvents } from '../pagerduty/events-stand-in.ts';
import { incidentBody, ticketBody } from '../requests/bodies.ts';
import { sampled } from '../sampled.ts';
import {
  type GivenIssue,
  headlineOf,
  keptTickets,
  OPENED,
  ours,
  postsOn,
  runTickets,
  sampleFiles,
  type TicketCause,
  ticketIn,
  ticketsOn,
  ticketWrites,
} from './ticket-repository.ts';

const labelsOf = (github: GitHub, number?: number) => ticketIn(github, number).labels.toSorted();

const say = (github: GitHub, user: string, body: string, at: string) =>
  github.comment(12, { user, body, created_at: at });

describe('a ticket from its opening to its end', () => {
  test('a new one has one comment with the due time and who is on; the same event again writes nothing', async () => {
    const github = await ticketsOn();
    const { status, log } = await runTickets(github, { cause: 'issues-opened' });
    expect([status, log]).toEqual([0, ['issue 12: NORMAL, respond running']]);
    expect(headlineOf(github)).toBe(
      '**NORMAL**, first reply due **Fri 27 Nov 10:30 Europe/London**, with Tomasz Wójcik and Idris Kamara now.',
    );
    expect(labelsOf(github)).toEqual(['status: new', 'ticket']);
    const before = ticketWrites(github).length;
    await runTickets(github, { cause: 'issues-labeled' });
    await runTickets(github);
    expect([ticketWrites(github).length, ours(github).length, github.violations]).toEqual([before, 1, []]);
  });

  test('triage by commands: labels, the group of the estimate, and whoever holds its role', async () => {
    const github = await ticketsOn();
    await runTickets(github, { cause: 'issues-opened' });
    say(github, 'tomasz-wojcik', '/priority high\n/estimate 3 hours', '2026-11-26T10:40:00Z');
    await runTickets(github, { cause: 'issue-comment-created', now: '2026-11-26T10:41:00Z' });
    expect(labelsOf(github)).toEqual(['priority: HIGH', 'status: new', 'ticket']);
    expect(headlineOf(github)).toBe(
      '**HIGH**, first reply due **Thu 26 Nov 11:30 Europe/London**, with Aoife Ní Bhriain now.',
    );
    say(github, 'aoife-ni-bhriain', '/estimate 2 days', '2026-11-26T10:50:00Z');
    await runTickets(github, { cause: 'issue-comment-created', now: '2026-11-26T10:51:00Z' });
    expect(headlineOf(github)).toMatch(/, with the leads of GovPress\.$/);
    expect(postsOn(github)).toEqual([
      '@rosalind-achebe, @leah-goldstein: this ticket is estimated at 2 days, so it goes to scoping. ' +
        'Please decide who works on it, and tell its author.',
    ]);
    say(github, 'aoife-ni-bhriain', '/return it is two tickets', '2026-11-26T10:55:00Z');
    await runTickets(github, { cause: 'issue-comment-created', now: '2026-11-26T10:56:00Z' });
    expect(ours(github)[0]).not.toContain('Estimate');
    expect(postsOn(github).slice(1)).toEqual([
      '@tomasz-wojcik, @idris-kamara: Aoife Ní Bhriain returns this ticket to triage; see their comment for the ' +
        'reason. Please set its priority again, and an estimate such as `/estimate 3 hours`.',
    ]);
    expect(headlineOf(github)).toMatch(/Tomasz Wójcik and Idris Kamara now\.$/);
    expect(github.violations).toEqual([]);
  });

  test('at risk and late are told once each, to who is on duty and then to the leads; a reply ends both', async () => {
    const github = await ticketsOn({ labels: ['priority: HIGH'] });
    github.happen(12, { kind: 'LabeledEvent', label: 'priority: HIGH', by: 'idris-kamara', at: OPENED });
    for (const now of ['11:14:00', '11:15:00', '11:20:00', '11:30:00', '11:40:00', '12:40:00'])
      await runTickets(github, { now: `2026-11-26T${now}Z` });
    expect(postsOn(github)).toEqual([
      '@tomasz-wojcik, @idris-kamara: the first reply of this ticket (HIGH) is due ' +
        'Thu 26 Nov 11:30 Europe/London; 75% of its time is used up. Reply to its author here before then.',
      '@tomasz-wojcik, @idris-kamara: the first reply of this ticket (HIGH) was due ' +
        'Thu 26 Nov 11:30 Europe/London. Reply to its author here now. ' +
        'The leads of GovPress: @rosalind-achebe, @leah-goldstein.',
    ]);
    expect(labelsOf(github)).toContain('sla: breached');
    say(github, 'idris-kamara', 'We are looking into it.', '2026-11-26T12:45:00Z');
    await runTickets(github, { cause: 'issue-comment-created', now: '2026-11-26T12:46:00Z' });
    expect(labelsOf(github)).toEqual(['priority: HIGH', 'status: new', 'ticket']);
    expect(ours(github)[0]).toContain(
      '- First reply: Thu 26 Nov 12:45 Europe/London, late: it was due Thu 26 Nov 11:30 Europe/London',
    );
    expect(postsOn(github)).toHaveLength(2);
  });

  test('a run that is hours late says that it is late, and not that it was at risk', async () => {
    const github = await ticketsOn();
    await runTickets(github, { now: '2026-11-30T15:00:00Z' });
    await runTickets(github, { now: '2026-11-30T15:10:00Z' });
    expect(postsOn(github)).toEqual([expect.stringContaining('was due Fri 27 Nov 10:30')]);
  });

  test('a clock that is stopped calls nobody, and its label goes', async () => {
    const github = await ticketsOn();
    say(github, 'idris-kamara', 'Which page?', '2026-11-26T10:40:00Z');
    say(
      github,
      'idris-kamara',
      '/priority LOW\n/status on-hold we wait for the host',
      '2026-11-26T10:41:00Z',
    );
    await runTickets(github, { now: '2026-12-20T12:00:00Z' });
    expect(headlineOf(github)).toBe('**LOW**, on-hold: the time to the next update stands still.');
    expect([postsOn(github), labelsOf(github)]).toEqual([[], ['priority: LOW', 'status: on-hold', 'ticket']]);
  });

  test('believed solved, it is closed once after its days, with a word; re-opened, it is open', async () => {
    const github = await ticketsOn();
    say(github, 'idris-kamara', '/status pending-believed-solved\nIt works again.', '2026-11-26T11:00:00Z');
    await runTickets(github, { cause: 'issue-comment-created', now: '2026-11-26T11:01:00Z' });
    await runTickets(github, { now: '2026-11-30T10:59:00Z' });
    expect(ticketIn(github).state).toBe('open');
    for (let i = 0; i < 3; i++) await runTickets(github, { now: '2026-11-30T11:00:00Z' });
    expect([ticketIn(github).state, ticketIn(github).state_reason]).toEqual(['closed', 'completed']);
    expect(postsOn(github)).toEqual([
      'This ticket counts as solved since Mon 30 Nov 11:00 Europe/London, so it is closed now. It has been ' +
        'pending-believed-solved for 4 days. Re-open it if it is not solved.',
    ]);
    expect(headlineOf(github)).toBe('Solved. Re-open it if it is not.');
    github.happen(12, { kind: 'ReopenedEvent', by: 'client', at: '2026-11-30T12:00:00Z' });
    await runTickets(github, { cause: 'issues-reopened', now: '2026-11-30T12:01:00Z' });
    expect([ticketIn(github).state, labelsOf(github)]).toEqual(['open', ['status: open', 'ticket']]);
    expect(github.violations).toEqual([]);
  });

  test('chargeable work calls the leads once, and says nothing of the reason', async () => {
    const github = await ticketsOn();
    say(github, 'idris-kamara', '/chargeable about 2 days: canary reason', '2026-11-26T10:40:00Z');
    for (let i = 0; i < 2; i++) await runTickets(github);
    expect(postsOn(github)).toEqual([
      '@rosalind-achebe, @leah-goldstein: Idris Kamara expects about 2 days of chargeable work here; ' +
        'see their comment for the reason. Please agree it with whoever pays.',
    ]);
  });
});

test('two amounts of chargeable work in one comment are one call', async () => {
  const github = await ticketsOn();
  say(github, 'idris-kamara', '/chargeable 2 days: a\n/chargeable 3 hours: b', OPENED);
  await runTickets(github);
  expect(postsOn(github)).toEqual([expect.stringContaining('expects about 2 days and about 3 hours of')]);
  expect(ticketWrites(github)).not.toContain('issues/delete-comment');
});

test('labels that the repository has in another case are the same labels', async () => {
  const github = await ticketsOn({ body: 'Help', labels: ['Ticket', 'Service: Lincolnshire-website'] });
  github.state.labels.push('Ticket', 'Service: Lincolnshire-website', 'Priority: high', 'Status: New');
  github.happen(12, { kind: 'LabeledEvent', label: 'Priority: high', by: 'idris-kamara', at: OPENED });
  await runTickets(github);
  const before = ticketWrites(github).length;
  await runTickets(github);
  expect([headlineOf(github).slice(0, 8), ticketWrites(github).length]).toEqual(['**HIGH**', before]);
  say(github, 'idris-kamara', '/priority LOW', '2026-11-26T10:40:00Z');
  await runTickets(github, { now: '2026-11-26T10:41:00Z' });
  expect(labelsOf(github)).toEqual([
    'Service: Lincolnshire-website',
    'Status: New',
    'Ticket',
    'priority: LOW',
  ]);
});

describe('commands that do nothing', () => {
  test('wrong ones are answered once for each comment, with what to write', async () => {
    const github = await ticketsOn();
    say(github, 'idris-kamara', '/priority HIHG\n/status on-hold\n/estimate long', '2026-11-26T10:40:00Z');
    for (let i = 0; i < 2; i++) await runTickets(github);
    expect(postsOn(github)).toHaveLength(1);
    const text = postsOn(github)[0]?.replaceAll('&#34;', '"').replaceAll('&#47;', '/') ?? '';
    expect(text.split('\n')).toEqual([
      '- there is no priority "HIHG" for this service (one of URGENT, HIGH, NORMAL, LOW); did you mean "HIGH"?',
      '- the status "on-hold" needs a reason; write "/status on-hold why"',
      '- "long" is no estimate; write "/estimate 3 hours", or minutes, or days such as "0.5 days"',
    ]);
  });

  test.each([
    ['a client', { user: 'client' }],
    ['a stranger', { user: 'mallory' }],
    ['somebody who may not write', { user: 'callum-mcbride' }],
  ])('those of %s', async (_, given) => {
    const github = await ticketsOn();
    delete github.state.permissions['callum-mcbride'];
    github.comment(12, { ...given, body: '/priority URGENT' });
    for (let i = 0; i < 2; i++) await runTickets(github);
    expect([labelsOf(github), postsOn(github).length]).toEqual([['status: new', 'ticket'], 1]);
    expect(postsOn(github)[0]).toMatch(/count only from people in the handbook with write access/);
  });

  test('one that somebody wrote into the comment of another', async () => {
    const github = await ticketsOn();
    const { id, created_at: at } = say(github, 'idris-kamara', 'I see.', '2026-11-26T10:40:00Z');
    github.editComment(id, { body: '/priority URGENT', by: 'mallory', at });
    await runTickets(github);
    expect(labelsOf(github)).toEqual(['status: new', 'ticket']);
  });

  test('one that was accepted still counts when its author has left', async () => {
    const github = await ticketsOn();
    say(github, 'idris-kamara', '/priority URGENT', '2026-11-26T10:40:00Z');
    await runTickets(github, { now: '2026-11-26T10:41:00Z' });
    delete github.state.permissions['idris-kamara'];
    await runTickets(github);
    expect([labelsOf(github), postsOn(github)]).toEqual([['priority: URGENT', 'status: new', 'ticket'], []]);
  });
});

describe('whatever happens to runs, the result is the same', () => {
  /** The state before a run with many writes of every kind. */
  async function ready(): Promise<GitHub> {
    const github = await ticketsOn({}, {}, { labels: ['sla: at risk'] });
    github.comment(12, {
      user: 'idris-kamara',
      body: '/priority HIGH\n/estimate 3 hours\n/oops',
      created_at: OPENED,
    });
    github.comment(13, {
      user: 'idris-kamara',
      body: '/status pending-believed-solved\n/chargeable 1 day: because\n/priorty LOW',
      created_at: OPENED,
    });
    github.state.now = '2026-12-01T12:00:00Z';
    return github;
  }

  async function undisturbed() {
    const github = await ready();
    await runTickets(github);
    return { expected: keptTickets(github), count: ticketWrites(github).length };
  }

  test('it is killed after a write, and run again', { timeout: 240_000 }, async () => {
    const { expected, count } = await undisturbed();
    expect(count).toBeGreaterThan(20);
    for (const done of sampled([...Array(count).keys()], 8)) {
      const github = await ready();
      github.stopAfter(done);
      expect((await runTickets(github)).status, `after ${done} writes`).toBe(1);
      github.stopAfter(Number.POSITIVE_INFINITY);
      await runTickets(github);
      expect(keptTickets(github), `after ${done} writes`).toEqual(expected);
      expect(github.violations).toEqual([]);
    }
  });

  test.each([
    'issues/create-comment',
    'issues/update-comment',
    'issues/create-label',
    'issues/add-labels',
    'issues/remove-label',
    'issues/update',
  ] as const)('the answer to %s is lost', { timeout: 60_000 }, async (operation) => {
    const { expected } = await undisturbed();
    const github = await ready();
    github.fault(operation, 'dropAfter');
    await runTickets(github);
    await runTickets(github);
    expect(keptTickets(github)).toEqual(expected);
  });

  test('two runs at once leave one comment of each kind', { timeout: 60_000 }, async () => {
    const { expected } = await undisturbed();
    const github = await ready();
    await Promise.all([runTickets(github), runTickets(github)]);
    await runTickets(github);
    expect(keptTickets(github)).toEqual(expected);
    expect(github.violations).toEqual([]);
  });

  test('of many, the most urgent are written first, and the next run goes on', {
    timeout: 60_000,
  }, async () => {
    const given = Array.from({ length: 62 }, (_, i) => (i === 61 ? { labels: ['sla: at risk'] } : {}));
    const github = await ticketsOn(...given);
    github.happen(73, { kind: 'LabeledEvent', label: 'priority: URGENT', by: 'idris-kamara', at: OPENED });
    const left = () => github.state.issues.filter(({ number }) => ours(github, number).length === 0);
    const first = await runTickets(github);
    expect([left().map(({ number }) => number), first.log.at(-2)]).toEqual([
      [71, 72],
      '2 tickets follow in the next run',
    ]);
    await runTickets(github);
    expect([left(), github.violations]).toEqual([[], []]);
  });

  test('the limit on new comments is kept over several runs, and the most urgent never wait for it', {
    timeout: 240_000,
  }, async () => {
    const github = await ticketsOn(...Array.from({ length: 300 }, () => ({})));
    const left = () =>
      github.state.issues.flatMap(({ number }) => (ours(github, number).length === 0 ? number : []));
    const remaining: number[] = [];
    for (const minutes of [0, 10, 20, 30, 40]) {
      const now = new Date(Date.parse(OPENED) + minutes * 60_000).toISOString();
      expect((await runTickets(github, { now })).status).toBe(0);
      remaining.push(left().length);
    }
    expect(remaining).toEqual([240, 180, 120, 60, 50]);
    // Then something gets urgent, and somebody reports an incident.
    const [one = 0, other = 0] = left();
    github.happen(one, { kind: 'LabeledEvent', label: 'priority: URGENT', by: 'idris-kamara', at: OPENED });
    ticketIn(github, other).body = incidentBody();
    await runTickets(github, { now: '2026-11-26T11:18:00Z' });
    expect([postsOn(github, one).length, postsOn(github, other).length, left().length]).toEqual([1, 1, 48]);
    await runTickets(github, { now: '2026-11-26T12:00:00Z' });
    expect(left()).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  test("at GitHub's limit on new comments a run ends with what is left, and the next one goes on", async () => {
    const github = await ticketsOn({}, {});
    github.state.created.fill(500, OPENED);
    const { status, log } = await runTickets(github);
    expect([status, log[0]]).toEqual([
      1,
      expect.stringMatching(
        /^error: issue 12: not done: the comment, new labels, labels; .*secondary rate limit/,
      ),
    ]);
    expect(ticketWrites(github).filter((it) => it === 'issues/create-comment')).toHaveLength(1);
    expect((await runTickets(github, { now: '2026-11-26T11:31:00Z' })).status).toBe(0);
    expect([ours(github).length, ours(github, 13).length, github.violations]).toEqual([1, 1, []]);
  });

  test('every hour or once a month, the comment and the queue say the same', {
    timeout: 120_000,
  }, async () => {
    const often = await ready();
    for (const day of [1, 2, 4, 7, 9]) await runTickets(often, { now: `2026-12-0${day}T12:00:00Z` });
    const once = await ready();
    await runTickets(once, { now: '2026-12-09T12:00:00Z' });
    const [queues, headlines] = [[], []] as [string[], string[]];
    for (const github of [often, once]) {
      queues.push((await runTickets(github, { now: '2026-12-09T12:00:00Z' })).summary);
      headlines.push(headlineOf(github, 12) + headlineOf(github, 13) + headlineOf(github, 14));
    }
    expect([new Set(queues).size, new Set(headlines).size]).toEqual([1, 1]);
  });
});

describe('what GitHub does not say', () => {
  test('without the right to read issues, the run fails with what to give it', async () => {
    const github = await ticketsOn();
    github.fault('graphql', { status: 403 }, { times: 9 });
    for (const cause of ['schedule', 'issues-opened'] satisfies TicketCause[]) {
      const { status, log } = await runTickets(github, { cause });
      expect([status, log.length]).toEqual([1, 1]);
      expect(log[0]).toMatch(
        /^error: Error: the token may not read issues; give the job the permission "issues: write"/,
      );
    }
  });

  test('a ticket that is deleted while the others are read is no error', async () => {
    const github = await ticketsOn({}, {});
    await runTickets(github);
    github.remove(12);
    const { status, log } = await runTickets(github);
    expect([status, log]).toEqual([0, ['1 ticket in the queue']]);
    const gone = github.issueEvent('issues-opened', 13);
    github.remove(13);
    expect((await runTickets(github, { event: gone })).log).toEqual(['issue 13 does not exist any more']);
  });

  test('whether somebody may write cannot be looked up: that ticket is named, and the others are done', async () => {
    const github = await ticketsOn({}, {});
    say(github, 'idris-kamara', '/priority HIGH', OPENED);
    github.fault('repos/get-collaborator-permission-level', { status: 403 }, { times: 1 });
    const { status, log, summary } = await runTickets(github, { now: '2026-11-30T15:00:00Z' });
    expect([status, log.at(-1)]).toEqual([1, '2 tickets in the queue, and 1 not done']);
    expect(log).toContainEqual(
      expect.stringMatching(/^error: issue 12: who may write cannot be looked up, so comm/),
    );
    expect(summary).toContain('- #12: ');
    expect([ours(github), postsOn(github, 13).length]).toEqual([[], 1]);
    await runTickets(github);
    expect(headlineOf(github)).toMatch(/^\*\*HIGH\*\*, first reply late/);
  });

  test('the same in the run of one ticket: an incident is called all the same, and the run fails', async () => {
    const pager = await startEvents();
    onTestFinished(() => pager.stop());
    const now = '2026-11-26T21:00:00Z';
    const github = await ticketsOn({ body: incidentBody(), created_at: now });
    say(github, 'idris-kamara', '/priority P2', now);
    github.fault('repos/get-collaborator-permission-level', { status: 502 }, { times: 9 });
    const { status, log } = await runTickets(github, {
      cause: 'issue-comment-created',
      now,
      pager: pager.url,
    });
    expect([status, log]).toEqual([
      1,
      [expect.stringMatching(/^error: Error: not done: commands; the next run tries/)],
    ]);
    expect([ours(github).length, pager.alerts.size]).toEqual([2, 1]);
  });

  test('a ticket that counts as solved is not closed without the word that says why', async () => {
    const github = await ticketsOn();
    say(github, 'idris-kamara', '/status pending-believed-solved\nIt works again.', '2026-11-26T11:00:00Z');
    await runTickets(github, { now: '2026-11-26T11:01:00Z' });
    github.fault('issues/create-comment', { status: 404 });
    expect((await runTickets(github, { now: '2026-11-30T11:00:00Z' })).status).toBe(1);
    expect(ticketIn(github).state).toBe('open');
    await runTickets(github);
    expect([ticketIn(github).state, postsOn(github).length]).toEqual(['closed', 1]);
  });

  test('one that is locked is closed without it, and the summary says so', async () => {
    const github = await ticketsOn({}, {});
    say(github, 'idris-kamara', '/status pending-believed-solved\nIt works again.', '2026-11-26T11:00:00Z');
    await runTickets(github, { now: '2026-11-26T11:01:00Z' });
    ticketIn(github).locked = true;
    const { summary, log } = await runTickets(github, { now: '2026-11-30T11:00:00Z' });
    expect(summary).toMatch(/^- #12: its conversation is locked, so nobody can be called on it; unlock it/m);
    expect(log).toContainEqual(expect.stringMatching(/^error: issue 12: not done: who is to be called; /));
    expect([ticketIn(github).state, postsOn(github, 13).length, github.violations]).toEqual([
      'closed',
      1,
      [],
    ]);
  });

  test('a command that our label shows to have counted is looked up no more', async () => {
    const github = await ticketsOn();
    say(github, 'idris-kamara', '/priority HIGH', OPENED);
    await runTickets(github);
    github.fault('repos/get-collaborator-permission-level', { status: 403 }, { times: 9 });
    expect((await runTickets(github)).status).toBe(0);
  });

  test('without labels, and without one comment, everything else is written; the next run completes it', async () => {
    const plain = await ticketsOn({}, {});
    const github = await ticketsOn({}, {});
    await runTickets(plain, { now: '2026-11-30T15:00:00Z' });
    github.fault('issues/list-labels-for-repo', { status: 500 }, { times: 9 });
    github.fault('issues/add-labels', { status: 404 });
    github.fault('issues/create-comment', { status: 404 });
    const { status, log } = await runTickets(github, { now: '2026-11-30T15:00:00Z' });
    expect([status, log.filter((line) => line.startsWith('error'))]).toEqual([
      1,
      [
        expect.stringMatching(/^error: not all labels of tickets could be created; the next run goes on: /),
        expect.stringMatching(
          /^error: issue 12: not done: the comment, labels; the next run tries again: Not Found/,
        ),
      ],
    ]);
    expect([ours(github).length, ours(github, 13).length]).toEqual([1, 2]);
    await runTickets(github);
    expect(keptTickets(github)).toEqual(keptTickets(plain));
  });

  test('at a rate limit, the rest is named and the queue is shown without it', async () => {
    const github = await ticketsOn(...Array.from({ length: 60 }, () => ({})));
    const limit = { data: null, errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] };
    github.fault('graphql', { status: 200, body: limit }, { nth: 4, times: 99 });
    const { status, log, summary } = await runTickets(github);
    expect(status).toBe(1);
    expect(summary.match(/^\| \[#/gm)).toHaveLength(50);
    expect(summary).toContain('**Missing from this list:**');
    expect(summary.match(/^- #\d+: /gm)).toHaveLength(10);
    expect(log.at(-1)).toMatch(/^50 tickets in the queue, and 1[0-9] not done$/);
  });
});

test('a ticket without a service gets a question, and then the clock that the label gives it', async () => {
  const github = await ticketsOn({ body: 'Help', labels: ['ticket'] });
  await runTickets(github);
  expect(headlineOf(github)).toMatch(/^\*\*Which service is this about\?\*\*/);
  github.happen(12, { kind: 'LabeledEvent', label: 'service: paas-platform', by: 'amara-osei' });
  const { summary } = await runTickets(github);
  expect(summary).toMatch(
    /\| \[#12\]\(https:\/\/github.com\/example\/handbook\/issues\/12\) \| paas-platform \|/,
  );
  expect(headlineOf(github)).toMatch(/^First reply due \*\*/);
});

test('its events are those of the command line; closed tickets are among them if that is asked for', async () => {
  const github = await ticketsOn({}, { body: 'Help', labels: ['ticket'] }, { labels: ['ticket'] });
  say(github, 'idris-kamara', '/priority HIGH\nWe look.', '2026-11-26T10:40:00Z');
  github.happen(14, { kind: 'ClosedEvent', by: 'client', at: '2026-11-26T10:50:00Z' });
  const read = (closedSince: number) =>
    ticketEventsOn(
      connect({
        ...{ token: TOKEN, apiUrl: github.url, commentAuthor: 'github-actions[bot]' },
        repository: { owner: github.state.owner, repo: github.state.name },
      }),
      load(sampleFiles).handbook,
      { now: Date.parse('2026-11-26T12:00:00Z'), closedSince },
    );
  const shown = ({ events, missing }: Awaited<ReturnType<typeof read>>) => [
    ...events.map(({ ticket, kind, value = '' }) => `${ticket} ${kind} ${value}`.trim()),
    ...missing.map(({ number, why }) => `${number}: ${why}`),
  ];
  const open = ['12 opened', '12 priority HIGH', '12 reply'];
  const unknown = '13: its service is not known';
  expect(shown(await read(Number.POSITIVE_INFINITY))).toEqual([...open, unknown]);
  expect(shown(await read(0))).toEqual([...open, '14 opened', '14 solved', unknown]);
  github.fault('graphql', { status: 404 }, { nth: 2 });
  expect(shown(await read(0))).toEqual([
    ...open,
    expect.stringMatching(/^undefined: GitHub did not answer/),
    unknown,
  ]);
  expect(github.violations).toEqual([]);
});

test('a handbook without service levels asks GitHub nothing', async () => {
  const github = await ticketsOn();
  const files = { texts: new Map(), findings: [] };
  for (const cause of ['schedule', 'issues-opened'] satisfies TicketCause[])
    expect(await runTickets(github, { cause, files })).toMatchObject({
      status: 0,
      log: ['no service has a service level, so there are no tickets'],
    });
  expect(github.requests).toEqual([]);
});

describe('a handbook that cannot be read', () => {
  const without = (pattern: RegExp) => ({
    texts: new Map(
      [...sampleFiles.texts].map(([file, text]) => [file, pattern.test(file) ? 'name: [' : text]),
    ),
    findings: [],
  });

  test('in one policy: comments stay, the others are done, and the run fails with the file', async () => {
    const body = ticketBody({ 'Affected service': 'GOV.UK PaaS platform (paas-platform)' });
    const github = await ticketsOn({}, { body });
    await runTickets(github);
    const before = ours(github)[0];
    const files = without(/service-levels\/(dxw|modernisation)/);
    const { status, log } = await runTickets(github, { files, now: '2026-11-28T12:00:00Z' });
    expect([status, log[0]]).toEqual([
      1,
      expect.stringMatching(/^error: the handbook cannot be read in policies\/service-levels\/dxw/),
    ]);
    expect(ours(github)[0]).toBe(before);
    const fresh = await ticketsOn({}, { body: incidentBody() });
    await runTickets(fresh, { files });
    expect(headlineOf(fresh)).toMatch(/^By when this is due cannot be said: the handbook has errors\./);
    expect(headlineOf(fresh, 13)).toMatch(/^\*\*Nobody has been called/);
  });

  test('in all that tickets need: the run fails, and does not say that there are no tickets', async () => {
    const { status, log } = await runTickets(await ticketsOn(), { files: without(/policies\/services/) });
    expect([status, log]).toEqual([1, [expect.stringContaining('cannot be read in policies/services.yaml')]]);
  });
});

test('another issue is left alone', async () => {
  const github = await ticketsOn({ body: 'Help' });
  const { log } = await runTickets(github, { cause: 'issues-opened' });
  await runTickets(github);
  expect([log, ticketWrites(github)]).toEqual([['issue 12 is not a ticket'], []]);
});

describe('a critical incident', () => {
  const NIGHT = '2026-11-26T21:00:00Z';
  const incident = { body: incidentBody(), created_at: NIGHT };

  async function pagerAnd(...issues: readonly GivenIssue[]) {
    const pager = await startEvents();
    onTestFinished(() => pager.stop());
    return { pager, github: await ticketsOn(...issues) };
  }

  test('calls and pages whoever is on, once for the issue, without its text', async () => {
    const { pager, github } = await pagerAnd({ ...incident, title: 'Canary title' });
    for (const cause of ['issues-opened', 'schedule', 'schedule'] satisfies TicketCause[])
      await runTickets(github, { cause, now: NIGHT, pager: pager.url });
    expect(postsOn(github)).toEqual([
      expect.stringMatching(
        /^@\S+: a critical incident of \*\*Modernisation Platform\*\*\. Somebody answers as soon/,
      ),
      'PagerDuty took the page for this incident.',
    ]);
    expect([...pager.alerts.keys()]).toEqual(['example/handbook#12']);
    expect([pager.received.length, JSON.stringify(pager.received).includes('anary t')]).toEqual([1, false]);
    expect(github.violations).toEqual([]);
  });

  test('is said to have reached nobody when PagerDuty does not take it, and is tried again', async () => {
    const { pager, github } = await pagerAnd(incident);
    pager.fault({ status: 400, body: { errors: ['disabled'] } });
    const first = await runTickets(github, { cause: 'issues-opened', now: NIGHT, pager: pager.url });
    expect([first.status, first.log[0]]).toEqual([
      1,
      expect.stringMatching(/PagerDuty responded to POST v2\/enqueue with 400/),
    ]);
    expect(postsOn(github)[1]).toMatch(/^PagerDuty did not take the page/);
    expect(ticketIn(github).labels).toContain('critical-incident');
    expect((await runTickets(github, { now: NIGHT, pager: pager.url })).status).toBe(0);
    expect([postsOn(github).length, pager.alerts.size]).toEqual([3, 1]);
  });

  test('that is killed after any write is called and paged once', { timeout: 60_000 }, async () => {
    const plain = await pagerAnd(incident);
    await runTickets(plain.github, { cause: 'issues-opened', now: NIGHT, pager: plain.pager.url });
    const count = ticketWrites(plain.github).length;
    for (let done = 0; done < count; done++) {
      const { pager, github } = await pagerAnd(incident);
      github.stopAfter(done);
      await runTickets(github, { cause: 'issues-opened', now: NIGHT, pager: pager.url });
      github.stopAfter(Number.POSITIVE_INFINITY);
      await runTickets(github, { now: NIGHT, pager: pager.url });
      expect(keptTickets(github), `after ${done} writes`).toEqual(keptTickets(plain.github));
      expect(pager.alerts.size).toBe(1);
    }
  });

  test('is paged although nothing can be said on the issue, as when it is locked', async () => {
    const { pager, github } = await pagerAnd(incident);
    ticketIn(github).locked = true;
    pager.fault({ status: 400, body: { errors: ['disabled'] } });
    const given = { cause: 'issues-opened', now: NIGHT, pager: pager.url } as const;
    const refused = await runTickets(github, given);
    expect([refused.status, refused.log]).toEqual([
      1,
      [
        expect.stringMatching(
          /not done: the page, who is to be called; .* with 400.*; its conversation is locked/,
        ),
      ],
    ]);
    for (const cause of ['issues-opened', 'schedule', 'schedule'] satisfies TicketCause[])
      expect((await runTickets(github, { ...given, cause })).status).toBe(1);
    expect([pager.received.length, labelsOf(github)]).toEqual([
      2,
      ['critical-incident', 'incident: paged', 'priority: P1', 'status: new', 'ticket'],
    ]);
    expect([ticketWrites(github).includes('issues/create-comment'), github.violations]).toEqual([false, []]);
    github.happen(12, { kind: 'UnlabeledEvent', label: 'incident: paged', by: 'mallory' });
    ticketIn(github).locked = false;
    expect((await runTickets(github, { now: NIGHT, pager: pager.url })).status).toBe(0);
    expect([pager.received.length, postsOn(github)]).toEqual([
      2,
      [expect.stringMatching(/^@jack-thornbury: a crit/), 'PagerDuty took the page for this incident.'],
    ]);
  });

  test('two runs at once, and an answer of PagerDuty that is lost, call and wake once', async () => {
    const { pager, github } = await pagerAnd(incident);
    pager.fault('dropAfter');
    const run = (cause: TicketCause) => runTickets(github, { cause, now: NIGHT, pager: pager.url });
    await Promise.all([run('issues-opened'), run('schedule')]);
    await run('schedule');
    expect(postsOn(github)).toEqual([
      expect.stringMatching(/^@jack-thornbury: a crit/),
      'PagerDuty took the page for this incident.',
    ]);
    expect([pager.alerts.size, github.violations]).toEqual([1, []]);
  });

  test('locked, and killed after any write, it is paged once', { timeout: 60_000 }, async () => {
    const locked = { ...incident, locked: true };
    const plain = await pagerAnd(locked);
    await runTickets(plain.github, { now: NIGHT, pager: plain.pager.url });
    const count = ticketWrites(plain.github).length;
    for (let done = 0; done <= count; done++) {
      const { pager, github } = await pagerAnd(locked);
      github.stopAfter(done);
      await runTickets(github, { now: NIGHT, pager: pager.url });
      github.stopAfter(Number.POSITIVE_INFINITY);
      for (let i = 0; i < 2; i++) await runTickets(github, { now: NIGHT, pager: pager.url });
      expect([pager.alerts.size, labelsOf(github)], `after ${done} writes`).toEqual([
        1,
        labelsOf(plain.github),
      ]);
    }
  });

  test('a label that somebody else set does not stop the page', async () => {
    const { pager, github } = await pagerAnd(incident);
    github.happen(12, { kind: 'LabeledEvent', label: 'incident: paged', by: 'mallory' });
    await runTickets(github, { now: NIGHT, pager: pager.url });
    expect(pager.received).toHaveLength(1);
  });

  test('is called before the comments of many other tickets, although it has no due instant', {
    timeout: 60_000,
  }, async () => {
    const { github } = await pagerAnd(...Array.from({ length: 62 }, (_, i) => (i === 61 ? incident : {})));
    await runTickets(github, { now: '2026-11-26T21:05:00Z' });
    expect(postsOn(github, 73)).toEqual([expect.stringMatching(/^@jack-thornbury: a critical incident/)]);
  });

  test('of the wrong service calls whoever is on for the right one, when it is corrected; each once', async () => {
    const { pager, github } = await pagerAnd(incident);
    const reason = 'The security of the platform is seriously breached';
    const right = { 'Service with the incident': 'GOV.UK PaaS platform (paas-platform)' };
    for (const answers of [{}, { ...right, 'Why it is critical': reason }, {}]) {
      ticketIn(github).body = incidentBody(answers);
      await runTickets(github, { now: NIGHT, pager: pager.url });
    }
    expect(postsOn(github).map((it) => it.split(':')[0])).toEqual([
      ...['@jack-thornbury', 'PagerDuty took the page for this incident.'],
      '@dee-novak, @fiona-macaulay',
    ]);
    expect(pager.received).toHaveLength(1);
  });

  test('of no service that is known says that it called nobody', async () => {
    const github = await ticketsOn({ ...incident, body: `${incidentBody()}\n\n### What is known\n\nx` });
    await runTickets(github, { now: NIGHT });
    expect(headlineOf(github)).toMatch(
      /^\*\*Nobody has been called for this incident\.\*\* If it cannot wait/,
    );
  });

  test('tells the leads, and that nobody is notified, when nobody on duty has a login in the handbook', async () => {
    const texts = new Map(
      [...sampleFiles.texts].map(([file, text]) => [
        file,
        text.replace(/^.*github: jack-thornbury.*\n/m, ''),
      ]),
    );
    const github = await ticketsOn(incident);
    await runTickets(github, { now: NIGHT, files: { texts, findings: [] } });
    expect(postsOn(github)[0]).toMatch(
      /^Jack Thornbury: a critical incident of .* has no login of Jack Thornbury; please tell them\. The leads of .*: @/,
    );
  });

  test('closed, it asks its questions once; without a pager it is called all the same', async () => {
    const github = await ticketsOn(incident);
    await runTickets(github, { cause: 'issues-opened', now: NIGHT });
    github.happen(12, { kind: 'ClosedEvent', by: 'sian-pritchard', at: '2026-11-26T21:30:00Z' });
    for (let i = 0; i < 2; i++)
      await runTickets(github, { cause: 'issues-closed', now: '2026-11-26T21:31:00Z' });
    expect(postsOn(github).map((it) => it.slice(0, 24))).toEqual([
      expect.stringMatching(/^@/),
      'This incident is closed.',
    ]);
  });
});
