/** What a run writes to a ticket: the comment, the mentions and the labels, for each way in which a ticket can stand. */
import { describe, expect, test } from 'vitest';
import type { Person } from '../../actions/lib/model.ts';
import { DutyNow } from '../../actions/lib/ticketing/duty-now.ts';
import type { TicketIssue } from '../../actions/lib/ticketing/ticket-issue.ts';
import { isEmptyPlan, planTicket } from '../../actions/lib/ticketing/ticket-plan.ts';
import { mentionsOf } from '../../actions/lib/ticketing/ticket-posts.ts';
import { ticketBody } from '../requests/bodies.ts';
import { issueWith, runAt, SELF, timelineOf } from './tickets.ts';

const WRITERS = new Set(['idris-kamara']);

const planned = (now: string, lines: readonly string[], given: Partial<TicketIssue> = {}) =>
  planTicket(
    runAt(now.includes('T') ? now : `2026-11-26T${now}:00Z`),
    issueWith(timelineOf(...lines), given),
    WRITERS,
  ).plan;

/** The first sentence of the comment. */
const headline = (...given: Parameters<typeof planned>): string | undefined =>
  planned(...given).comment?.split('\n')[2];

const HIGH = '10:30 x labels priority: HIGH';
const URGENT = '10:30 x labels priority: URGENT';
const PAAS = { body: ticketBody({ 'Affected service': 'GOV.UK PaaS platform (paas-platform)' }) };
const MP = { body: ticketBody({ 'Affected service': 'Modernisation Platform (modernisation-platform)' }) };

test('a name is text in the comment, and mentions nobody and links nowhere', () => {
  const run = runAt('2026-11-26T10:40:00Z');
  const name = '@everyone [here](https://example.org) *Tomasz* | <b>';
  const people = new Map([...run.handbook.people].map(([id, person]) => [id, { ...person, name }]));
  const duty = new DutyNow({ ...run.handbook, people }, run.now);
  const handbook = { ...run.handbook, people };
  const { comment } = planTicket({ ...run, handbook, duty }, issueWith(timelineOf(HIGH), {}), WRITERS).plan;
  const sentence = comment?.split('\n')[2] ?? '';
  expect(sentence).toContain('everyone');
  expect(sentence).not.toMatch(/@everyone|\[here\]\(|[^*]\*Tomasz\*|<b>/);
});

describe('the first sentence of the comment', () => {
  test.each<[what: string, now: string, lines: string[], given: Partial<TicketIssue>, expected: string]>([
    [
      'running',
      '10:40',
      [HIGH],
      {},
      '**HIGH**, first reply due **Thu 26 Nov 11:30 Europe/London**, with Tomasz Wójcik and Idris Kamara now.',
    ],
    [
      'late',
      '11:31',
      [HIGH],
      {},
      '**HIGH**, first reply late: it was due **Thu 26 Nov 11:30 Europe/London**, with Tomasz Wójcik and Idris Kamara now.',
    ],
    [
      'late by re-triage',
      '14:00',
      ['12:30 x labels priority: HIGH'],
      {},
      '**HIGH**, first reply late since **Thu 26 Nov 12:30 Europe/London**, by its new priority or terms, with Tomasz Wójcik and Idris Kamara now.',
    ],
    [
      'answered, and no update is promised',
      '11:00',
      [HIGH, '10:50 idris-kamara says We look.'],
      {},
      '**HIGH**, answered; no further update is due.',
    ],
    [
      'answered, with an update due',
      '11:00',
      ['10:30 x labels priority: P1', '10:40 amara-osei says We look.'],
      PAAS,
      '**P1**, next update due **Thu 26 Nov 11:40 Europe/London**, with Ben Adeyemi now.',
    ],
    [
      'as soon as possible',
      '10:40',
      ['10:30 x labels priority: P1'],
      MP,
      '**P1**, answered as soon as possible; no time is promised, with Siân Pritchard now.',
    ],
    [
      'nothing promised',
      '10:40',
      ['10:30 x labels priority: P2'],
      MP,
      '**P2**, for which no time is promised, with Siân Pritchard now.',
    ],
    [
      'nothing promised, before somebody gives it a priority',
      '10:40',
      [],
      MP,
      'No time is promised, with Siân Pritchard now.',
    ],
    [
      'at night, before somebody gives it a priority: not whoever is called for one priority only',
      '23:00',
      [],
      { ...PAAS, createdAt: Date.UTC(2026, 10, 26, 22) },
      'First reply due **Tue 1 Dec 09:00 Europe/London**, with Dee Novák now.',
    ],
    [
      'at night, for a priority that only office hours know',
      '23:00',
      ['22:00 x labels priority: HIGH'],
      { createdAt: Date.UTC(2026, 10, 26, 22) },
      '**HIGH**, first reply due **Fri 27 Nov 11:00 Europe/London**, counted from ' +
        '**Fri 27 Nov 10:00 Europe/London**, when in-hours begins.',
    ],
    [
      'solved',
      '12:00',
      [`10:31 ${SELF} says <!-- rota-as-code: ticket -->`, '11:00 client closes'],
      { isOpen: false },
      'Solved. Re-open it if it is not.',
    ],
  ])('%s', (_, now, lines, given, expected) => {
    expect(headline(now, lines, given)).toBe(expected);
  });

  test('beyond the list of holidays it says why nothing is said', () => {
    const given = { createdAt: Date.UTC(2055, 0, 5) };
    expect(headline('2055-01-05T12:00:00Z', [], given)).toMatch(
      /^By when this is due cannot be said: the holiday list/,
    );
  });
});

test('the comment says where the figures are promised, and the commands in names of the service', () => {
  const { comment = '' } = planned('10:40', [], PAAS);
  expect(comment).toContain('Promised in: GOV.UK PaaS team manual, Severity levels.');
  expect(comment).toContain('`/priority P1`, `/status open why`');
});

test('the comment says of no figures where they are promised, when nothing is', () => {
  const promised = (...lines: readonly string[]) =>
    planned('10:40', lines, MP).comment?.includes('Promised in:') ?? false;
  expect([promised(), promised('10:30 x labels priority: P2')]).toEqual([false, false]);
  expect(promised('10:30 x labels priority: P1')).toBe(true);
});

describe('the urgency of the form is a priority of the service by id and name', () => {
  const paas = 'GOV.UK PaaS platform (paas-platform)';
  const platform = 'Modernisation Platform (modernisation-platform)';
  test.each<[service: string, urgency: string, headline: RegExp, warning: RegExp | undefined]>([
    [paas, 'P2: Major incident', /^\*\*P2\*\*, first reply due \*\*Thu 26 Nov 11:00/, undefined],
    [platform, 'P2: Question or request', /^\*\*P2\*\*, for which no time/, undefined],
    [
      paas,
      'P2: Question or request',
      /^First reply due/,
      /counts as nothing; its priorities are P1, P2, P3, P4$/m,
    ],
    [paas, 'P2', /^First reply due/, /counts as nothing; its priorities are P1, P2, P3, P4$/m],
    [
      'Lincolnshire website (lincolnshire-website)',
      'P1: Critical incident',
      /^\*\*NORMAL\*\*/,
      /are URGENT, HIGH, NO/,
    ],
  ])('%s, %s', (service, urgency, first, warning) => {
    const body = ticketBody({ 'Affected service': service, 'How urgent is it': urgency });
    const { comment = '' } = planned('10:40', [], { body });
    expect(comment.split('\n')[2]).toMatch(first);
    expect(comment.includes('The urgency in the description is no priority')).toBe(warning !== undefined);
    if (warning !== undefined) expect(comment).toMatch(warning);
    const triaged = ['P1', 'LOW'].map((id) => `10:35 x labels priority: ${id}`);
    expect(planned('10:40', triaged, { body }).comment).not.toContain('The urgency in');
  });
});

test('the comment does not depend on the time of the run, while nothing becomes true', () => {
  expect(planned('10:40', [HIGH]).comment).toBe(planned('11:10', [HIGH]).comment);
});

describe('mentions', () => {
  const postsAt = (now: string, ...lines: readonly string[]) => planned(now, [URGENT, ...lines]).posts;
  const keys = (now: string, ...lines: readonly string[]): string[] =>
    postsAt(now, ...lines).map(({ mark }) => mark.replace(/<!-- rota-as-code: ticket (.*) -->/, '$1'));

  test.each<[what: string, now: string, lines: string[], expected: string[]]>([
    ['none before the threshold', '11:14', [], []],
    ['at the threshold', '11:15', [], ['respond 2026-11-26T10:30:00Z at risk']],
    [
      'at the due instant, at which a reply is still in time',
      '11:30',
      [],
      ['respond 2026-11-26T10:30:00Z at risk'],
    ],
    ['long after it', '20:00', [], ['respond 2026-11-26T10:30:00Z late']],
    ['none after the reply', '12:00', ['11:40 idris-kamara says We look.'], []],
    [
      'none that is there',
      '12:00',
      [`11:31 ${SELF} says <!-- rota-as-code: ticket respond 2026-11-26T10:30:00Z late -->\n\nx`],
      [],
    ],
    [
      'one that somebody else wrote is none',
      '12:00',
      ['11:31 mallory says <!-- rota-as-code: ticket respond 2026-11-26T10:30:00Z late -->'],
      ['respond 2026-11-26T10:30:00Z late'],
    ],
    ['none while solved', '12:00', ['11:00 client closes'], []],
  ])('%s', (_, now, lines, expected) => {
    const isOpen = !lines.some((line) => line.endsWith('closes'));
    const { posts } = planned(now, [URGENT, ...lines], { isOpen });
    expect(posts.map(({ mark }) => mark.replace(/<!-- rota-as-code: ticket (.*) -->/, '$1'))).toEqual(
      expected,
    );
    if (isOpen) expect(keys(now, ...lines)).toEqual(expected);
  });

  test.each<[what: string, now: string, lines: string[], given: Partial<TicketIssue>, last: RegExp]>([
    ['a first reply at risk', '11:20', [URGENT], {}, /is used up\. Reply to its author here before then\.$/],
    [
      'a first reply that is late',
      '11:31',
      [URGENT],
      {},
      /London\. Reply to its author here now\. The leads of GovPress/,
    ],
    [
      'an update at risk, whose clock a status stops',
      '2026-12-02T17:50',
      ['10:30 x labels priority: LOW', '10:40 idris-kamara says We look.'],
      {},
      /Say here before then how it stands, even if nothing is new\. If it waits for somebody else, `\/status on-hold why` stops the clock\.$/,
    ],
    [
      'an update at risk, whose clock nothing stops',
      '11:32',
      ['10:30 x labels priority: P1', '10:40 amara-osei says We look.'],
      PAAS,
      /Say here before then how it stands, even if nothing is new\.$/,
    ],
  ])('say what to do: %s', (_, now, lines, given, last) => {
    const whole = now.includes('T') ? `${now}:00Z` : now;
    expect(planned(whole, lines, given).posts.at(-1)?.body).toMatch(last);
  });

  test('people without a login, or with one that GitHub could not have, are named', () => {
    const logins = [
      'ada',
      'ada-b_corp',
      'b] @all',
      'a_b/c',
      'a_b_c',
      '_b',
      'a_',
      `${'a'.repeat(36)}_corp`,
      undefined,
    ];
    const people = logins.map((github) => ({ name: 'A *B*', github }) as Person);
    expect(mentionsOf(people)).toBe(['@ada', '@ada-b_corp', ...Array(7).fill('A &#42;B&#42;')].join(', '));
  });
});

describe('labels', () => {
  test.each<[what: string, now: string, lines: string[], add: string[], remove: string[]]>([
    ['of a new ticket', '10:40', [], ['status: new'], []],
    ['at risk', '11:20', [HIGH], ['status: new', 'sla: at risk'], []],
    [
      'late, no longer at risk',
      '11:40',
      [HIGH, '11:20 y labels sla: at risk', '11:20 y labels status: new'],
      ['sla: breached'],
      ['sla: at risk'],
    ],
    [
      'answered',
      '11:40',
      [HIGH, '11:20 y labels sla: breached', '11:30 idris-kamara says x'],
      ['status: new'],
      ['sla: breached'],
    ],
    [
      'of two priorities, the last',
      '10:40',
      [HIGH, '10:35 x labels priority: LOW'],
      ['status: new'],
      ['priority: HIGH'],
    ],
    [
      'a removed priority, put back',
      '10:40',
      [HIGH, '10:35 x unlabels priority: HIGH'],
      ['priority: HIGH', 'status: new'],
      [],
    ],
    [
      'those that name nothing, and those of others, stay',
      '10:40',
      ['10:31 x labels bug', '10:31 x labels priority: P9'],
      ['status: new'],
      [],
    ],
  ])('%s', (_, now, lines, add, remove) => {
    expect(planned(now, lines).labels).toEqual({ add, remove });
  });

  test('the form made it, but the repository had no such label', () => {
    expect(planned('10:40', [], { labels: [] }).labels.add).toEqual(['ticket', 'status: new']);
  });
});

test('a ticket that was closed before our first comment gets none', () => {
  expect(isEmptyPlan(planned('12:00', ['11:00 client closes'], { isOpen: false }))).toBe(true);
});

test('no text of a ticket is in anything that is written', () => {
  const canaries = [
    '10:31 client says canary <img> ::error::canary',
    '10:32 idris-kamara says canary reply',
    '10:33 idris-kamara says /chargeable 2 days: canary why\n/estimate canary-free',
    '10:34 idris-kamara says /status on-hold canary reason',
  ];
  const given = { title: 'canary title', body: ticketBody({ 'What happened': 'canary body' }) };
  expect(
    JSON.stringify(planned('2026-12-08T12:00:00Z', canaries, given)).replace('canary-free', ''),
  ).not.toContain('canary');
});
