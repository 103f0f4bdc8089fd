/** Critical incidents: who is called when, and what is said when nobody is promised. */
import { describe, expect, test } from 'vitest';
import { planTicket } from '../../actions/lib/ticketing/ticket-plan.ts';
import { at } from '../handbook.ts';
import { incidentBody } from '../requests/bodies.ts';
import { issueWith, runAt, SELF, timelineOf } from './tickets.ts';

const PAAS = 'GOV.UK PaaS platform (paas-platform)';
const BREACH = 'The security of the platform is seriously breached';

/** An incident that is a minute old. */
function incidentAt(
  now: string,
  lines: readonly string[] = [],
  answers: Parameters<typeof incidentBody>[0] = {},
  isOpen = true,
) {
  const createdAt = at(now) - 60_000;
  const body = incidentBody(answers);
  return planTicket(runAt(now), issueWith(timelineOf(...lines), { body, createdAt, isOpen }), new Set());
}

/** The posts that are to be posted, without their keys. */
const said = (...given: Parameters<typeof incidentAt>): string[] =>
  incidentAt(...given).plan.posts.map(({ body }) => body.split('\n\n').slice(1).join('\n'));

describe('the answer', () => {
  test.each<
    [what: string, now: string, answers: Parameters<typeof incidentBody>[0], expected: string, pages: boolean]
  >([
    [
      'at 21:00, on call: as soon as possible, and who is on',
      '2026-11-26T21:00:00Z',
      {},
      '@jack-thornbury: a critical incident of **Modernisation Platform**. Somebody answers as soon as possible; ' +
        'no time is promised. Reply here first, so that its author knows who is on it. Chat: #<!-- -->incident-42.',
      true,
    ],
    [
      'at 23:00, outside all hours: nobody before 07:00',
      '2026-11-26T23:00:00Z',
      {},
      '**Modernisation Platform** is not supported now. Nobody is promised before **Fri 27 Nov 07:00 Europe/London**, ' +
        'when on-call begins. Whoever is on then is called as it begins.',
      false,
    ],
    [
      'in hours, without a reason',
      '2026-11-26T10:00:00Z',
      { 'Service with the incident': PAAS, 'Chat channel': '' },
      '@ben-adeyemi: a critical incident of **GOV.UK PaaS platform**. A first reply is due **Thu 26 Nov 10:19 Europe/London**. ' +
        'Reply here first, so that its author knows who is on it.',
      true,
    ],
    [
      'out of hours, with one of the reasons of the service',
      '2026-11-26T23:00:00Z',
      { 'Service with the incident': PAAS, 'Why it is critical': BREACH, 'Chat channel': '' },
      '@dee-novak, @fiona-macaulay: a critical incident of **GOV.UK PaaS platform**. A first reply is due **Thu 26 Nov 23:39 Europe/London**. ' +
        'Reply here first, so that its author knows who is on it.',
      true,
    ],
  ])('%s', (_, now, answers, expected, pages) => {
    expect([said(now, [], answers)[0], incidentAt(now, [], answers).plan.pages]).toEqual([expected, pages]);
  });

  test('out of hours without a reason that counts, nobody is called, and the reasons are listed', () => {
    const [text = ''] = said('2026-11-26T23:00:00Z', [], { 'Service with the incident': PAAS });
    expect(text).toMatch(
      /^\*\*Nobody has been called\.\*\* Out of hours only these are critical incidents of \*\*GOV\.UK PaaS/,
    );
    expect(text.split('\n').at(-1)).toBe(
      'If one is true, edit the description and write it, word for word, below "Why it is critical": ' +
        'then whoever is on call is called at once. ' +
        'Otherwise it waits until **Fri 27 Nov 09:00 Europe/London**, when in-hours begins: then whoever is on ' +
        'is called. A first reply is due **Tue 1 Dec 09:00 Europe/London**. Somebody of the team can make it ' +
        'critical with `/priority P1`, which calls whoever is on.',
    );
    expect(text.match(/^- /gm)).toHaveLength(4);
    expect(text).not.toContain('@');
    expect(incidentAt('2026-11-26T23:00:00Z', [], { 'Service with the incident': PAAS }).plan.pages).toBe(
      false,
    );
  });
});

describe('out of hours without a reason that counts', () => {
  const opened = {
    body: incidentBody({ 'Service with the incident': PAAS }),
    createdAt: at('2026-11-26T23:00:00Z'),
  };
  const planned = (now: string, ...lines: readonly string[]) =>
    planTicket(runAt(now), issueWith(timelineOf(...lines), opened), new Set(['amara-osei'])).plan;
  const firstWords = (now: string, ...lines: readonly string[]) =>
    planned(now, ...lines).posts.map(({ body }) => body.split('\n\n')[1]?.split(' ', 3).join(' '));

  test('it has the default priority, and the comment names nobody, who has not been called', () => {
    const { comment, labels } = planned('2026-11-26T23:01:00Z');
    expect([comment?.split('\n')[2], labels.add]).toEqual([
      'First reply due **Tue 1 Dec 09:00 Europe/London**; nobody is called now.',
      ['critical-incident', 'status: new'],
    ]);
  });

  test.each(['2026-11-26T23:01:00Z', '2026-11-26T23:50:00Z', '2026-11-27T08:59:00Z'])(
    'nobody is mentioned or paged at %s',
    (now) => {
      const { posts, pages } = planned(now);
      expect([posts.length, pages, JSON.stringify(posts).includes('@')]).toEqual([1, false, false]);
    },
  );

  test('when hours begin, whoever is on is called and paged, and told that its reason did not count', () => {
    const { posts, pages } = planned('2026-11-27T09:01:00Z');
    expect([posts.length, pages]).toEqual([1, true]);
    expect(posts[0]?.body).toMatch(
      /@ben-adeyemi: a critical incident of .* It was opened out of hours, with no reason that counts then; if it is critical, write `\/priority P1`\./,
    );
  });

  test.each<[reason: string, isForeign: boolean]>([
    ['', false],
    ['The security of the platform is breached', true],
    ['canary @everyone', true],
  ])('the reason %j is said to be none, without its words, unless there is none', (reason, isForeign) => {
    const body = incidentBody({ 'Service with the incident': PAAS, 'Why it is critical': reason });
    const { comment = '' } = planTicket(
      runAt('2026-11-26T23:10:00Z'),
      issueWith([], { ...opened, body }),
      new Set(),
    ).plan;
    expect(comment.includes('The reason in the description is not, word for word, one')).toBe(isForeign);
    expect(comment).not.toMatch(/canary|everyone/);
  });

  test('a reason that is chosen later calls at once', () => {
    const body = incidentBody({ 'Service with the incident': PAAS, 'Why it is critical': BREACH });
    const issue = issueWith([], { ...opened, body });
    const { posts, pages } = planTicket(runAt('2026-11-26T23:10:00Z'), issue, new Set()).plan;
    expect([posts[0]?.body, pages]).toEqual([expect.stringContaining('@dee-novak'), true]);
  });

  test.each<[what: string, lines: string[], words: unknown[], pages: boolean]>([
    [
      'raised by a command',
      ['2026-11-26T23:05:00Z amara-osei says /priority P1'],
      [/^@dee-novak, @fiona/],
      true,
    ],
    [
      'raised by a label',
      ['2026-11-26T23:05:00Z amara-osei labels priority: P1'],
      [/^@dee-novak, @fiona/],
      true,
    ],
    [
      'raised after a reply',
      [
        '2026-11-26T23:04:00Z amara-osei says Is it down?',
        '2026-11-26T23:05:00Z amara-osei says /priority P1',
      ],
      [/^@dee-novak, @fiona/],
      true,
    ],
    [
      'raised, and answered since',
      ['2026-11-26T23:05:00Z amara-osei says /priority P1', '2026-11-26T23:06:00Z dee-novak says I look.'],
      [],
      false,
    ],
    [
      'raised by somebody without a say',
      ['2026-11-26T23:05:00Z mallory says /priority P1'],
      [/^\*\*Nob/, /^Comm/],
      false,
    ],
    ['given another priority', ['2026-11-26T23:05:00Z amara-osei says /priority P3'], [], false],
  ])('%s', (_, lines, words, pages) => {
    const now = '2026-11-26T23:10:00Z';
    expect(firstWords(now, ...lines)).toEqual(words.map((it) => expect.stringMatching(it as RegExp)));
    expect(planned(now, ...lines).pages).toBe(pages);
  });
});

test('called late, it says that a reply was due', () => {
  const body = incidentBody({ 'Service with the incident': PAAS, 'Why it is critical': BREACH });
  const issue = issueWith([], { body, createdAt: at('2026-11-26T21:00:00Z') });
  const { posts } = planTicket(runAt('2026-11-27T09:01:00Z'), issue, new Set()).plan;
  expect(posts[0]?.body).toContain('A first reply was due **Thu 26 Nov 21:40 Europe/London**.');
});

test('its priority is the most urgent one, and the comment does not pretend', () => {
  const { plan } = incidentAt('2026-11-26T23:00:00Z');
  expect(plan.comment?.split('\n')[2]).toBe(
    '**P1**, nobody is promised before **Fri 27 Nov 07:00 Europe/London**, when on-call begins; nobody is on duty now.',
  );
  expect(plan.labels.add).toEqual(['critical-incident', 'priority: P1', 'status: new']);
});

test('who was not there at night is called when the hours begin', () => {
  const lines = [
    `2026-11-26T23:00:30Z ${SELF} says <!-- rota-as-code: ticket incident nobody modernisation-platform -->`,
  ];
  const body = incidentBody();
  const issue = issueWith(timelineOf(...lines), { body, createdAt: at('2026-11-26T23:00:00Z') });
  const { posts, pages } = planTicket(runAt('2026-11-27T07:01:00Z'), issue, new Set()).plan;
  expect([posts.map(({ body: text }) => text.split('\n\n')[1]?.slice(0, 20)), pages]).toEqual([
    [expect.stringMatching(/^@/)],
    true,
  ]);
});

test('called in the evening and not answered, it calls whoever is on when the next hours begin, once', () => {
  const lines = [
    `2026-11-26T21:00:10Z ${SELF} says <!-- rota-as-code: ticket incident call modernisation-platform -->`,
  ];
  const issueOf = () =>
    issueWith(timelineOf(...lines), { body: incidentBody(), createdAt: at('2026-11-26T21:00:00Z') });
  const later = (now: string) => planTicket(runAt(now), issueOf(), new Set()).plan.posts;
  const sayings: string[] = [];
  for (const now of ['21:59:00', '22:01:00', '22:11:00']) {
    for (const { mark, body } of later(`2026-11-26T${now}Z`)) {
      lines.push(`2026-11-26T${now}Z ${SELF} says ${mark}`);
      sayings.push(body);
    }
  }
  for (const now of ['2026-11-27T07:01:00Z', '2026-11-27T09:01:00Z', '2026-11-28T08:00:00Z']) {
    for (const { mark, body } of later(now)) {
      lines.push(`${now} ${SELF} says ${mark}`);
      sayings.push(body);
    }
  }
  expect(sayings).toEqual([
    expect.stringContaining('Whoever is on then is called as it begins.'),
    expect.stringContaining('@jack-thornbury: a critical incident'),
  ]);
});

describe('once', () => {
  const called = [
    `2026-11-26T21:00:10Z ${SELF} says <!-- rota-as-code: ticket incident call modernisation-platform -->`,
  ];
  const paged = [...called, `2026-11-26T21:00:11Z ${SELF} says <!-- rota-as-code: ticket incident paged -->`];

  test.each<[what: string, lines: string[], posts: number, pages: boolean]>([
    ['called, and still to be paged', called, 0, true],
    ['called and paged', paged, 0, false],
    ['answered before', ['2026-11-26T21:00:05Z sian-pritchard says I look.'], 0, false],
  ])('%s', (_, lines, posts, pages) => {
    const { plan } = incidentAt('2026-11-26T21:01:00Z', lines);
    expect([plan.posts.length, plan.pages]).toEqual([posts, pages]);
  });
});

test('updates to those affected are a clock, from each reply on', () => {
  const answers = { 'Service with the incident': PAAS, 'Why it is critical': BREACH };
  const lines = ['2026-11-26T10:00:00Z amara-osei says I look.'];
  const plan = (now: string) =>
    planTicket(
      runAt(now),
      issueWith(timelineOf(...lines), { body: incidentBody(answers), createdAt: at('2026-11-26T09:55:00Z') }),
      new Set(),
    ).plan;
  expect(plan('2026-11-26T10:10:00Z').comment).toContain(
    '**P1**, next update due **Thu 26 Nov 11:00 Europe/London**',
  );
  expect(plan('2026-11-26T11:01:00Z').posts[0]?.body).toMatch(
    /@\S+: the next update of this ticket \(P1\) was due/,
  );
});

test('raised long after its opening, it says that the reply is due at once', () => {
  const body = incidentBody({ 'Service with the incident': PAAS });
  const issue = issueWith(timelineOf('2026-11-26T23:55:00Z amara-osei labels priority: P1'), {
    ...{ body, createdAt: at('2026-11-26T23:00:00Z') },
  });
  const { posts } = planTicket(runAt('2026-11-26T23:56:00Z'), issue, new Set()).plan;
  expect(posts[0]?.body).toContain(
    'A first reply is due at once, because it is counted from the opening. Reply here',
  );
});

test('answered where no update is promised, its comment says that updates follow', () => {
  const lines = ['2026-11-26T21:19:30Z sian-pritchard says I look.'];
  const { comment } = incidentAt('2026-11-26T21:20:00Z', lines).plan;
  expect(comment?.split('\n')[2]).toBe(
    '**P1**, answered; updates follow here until it is over, and no time is promised for them.',
  );
});

test('closed, it asks for the two things that whoever was on call leaves behind', () => {
  const lines = [
    `2026-11-26T21:00:10Z ${SELF} says <!-- rota-as-code: ticket -->`,
    '2026-11-26T22:00:00Z x closes',
  ];
  const [text = ''] = said('2026-11-26T22:01:00Z', lines, {}, false);
  expect(text.match(/^- \[ \] .*$/gm)).toEqual([
    '- [ ] The affected team is informed',
    '- [ ] There is a plan for what remains, in working hours',
  ]);
});

test('a channel, a reason or a service that is none is not shown', () => {
  const hostile = '#x @everyone <img>';
  for (const field of ['Chat channel', 'Why it is critical', 'Service with the incident'] as const) {
    const { plan } = incidentAt('2026-11-26T21:00:00Z', [], { [field]: hostile });
    expect(JSON.stringify(plan.posts)).not.toMatch(/everyone|<img/);
  }
});
