/** `rota tickets --zendesk` against a stand-in for Zendesk: output, exit status, and what is missing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { folder, type Ran } from '../process.ts';
import { TICKETS } from '../tickets/tickets.ts';
import {
  type AccountTicket,
  AGENT,
  accountTicket,
  CANARY,
  CLIENT,
  change,
  comment,
  MERGE,
  SYSTEM,
  TITLE,
  TRIGGER,
  update,
} from '../zendesk/account.ts';
import { ENVIRONMENT, TOKEN, type ZendeskStandIn, zendeskStandIn } from '../zendesk/stand-in.ts';

const MAP = `zendesk:
  services:
    - {organization: 11, tag: portal, service: shop}
    - {organization: 11, service: paas}
    - {brand: 13, service: shop}
    - {group: 14, service: none}
  priorities: {urgent: P1, high: P2, normal: P3}
  statuses: {21: believed-solved}
  estimate: {field: 31}
`;
const POLICY = 'policies/tickets/desk.yaml';
const SERVICE = '  shop: {name: Shop, team: paas, service_level: paas, tickets: desk}\n';
const plain = texts(TICKETS.replace(/^ {2}paas: .*tickets: desk}\n/m, (line) => line + SERVICE));
const book = new Map([...plain, [POLICY, `${plain.get(POLICY)}${MAP}`]]);
const NOON = ['--now', '2026-11-26T12:00:00Z'];

/** 26 November. */
const T = (time: string) => `2026-11-26T${time}:00Z`;

/** A queue in which something is breached, answered, on hold and solved, and what is left out of it. */
const QUEUE: readonly AccountTicket[] = [
  accountTicket(
    { id: 1, at: T('11:00'), fields: { priority: 'urgent' } },
    update(T('11:05'), SYSTEM, comment(true, { via: TRIGGER })),
    update(T('11:30'), AGENT, comment(false), change('status', 'open'), change(31, '1 hour')),
  ),
  accountTicket({ id: 2, at: T('11:40'), fields: { priority: 'high' } }),
  accountTicket(
    { id: 3, at: T('11:00'), fields: { priority: 'normal' } },
    update(T('11:10'), AGENT, comment(), change('status', 'hold')),
  ),
  accountTicket({ id: 4, at: T('10:00'), now: { tags: ['portal'] } }, update(T('10:30'), AGENT, comment())),
  accountTicket(
    { id: 5, at: T('09:00'), fields: { priority: 'urgent' } },
    update(T('09:10'), AGENT, comment(), change('status', 'solved')),
  ),
  // Solved, but only believed to be so.
  accountTicket(
    { id: 6, at: T('09:30') },
    update(T('10:10'), AGENT, comment(), change('status', 'solved'), change('custom_status_id', 21)),
  ),
  // Solved long ago, deleted, merged, of no service on purpose, and later.
  accountTicket(
    { id: 7, at: '2026-11-02T09:00:00Z' },
    update('2026-11-03T09:00:00Z', AGENT, change('status', 'closed')),
  ),
  accountTicket({ id: 8, at: T('11:00'), now: { status: 'deleted' } }),
  accountTicket(
    { id: 9, at: T('11:00'), now: { tags: ['closed_by_merge'] } },
    { ...update(T('11:10'), AGENT, comment(), change('status', 'closed')), via: MERGE },
  ),
  // Only its tag says that it was merged.
  accountTicket(
    { id: 12, at: T('09:00'), now: { tags: ['closed_by_merge'] } },
    update(T('11:10'), AGENT, change('status', 'closed')),
  ),
  accountTicket({ id: 10, at: T('11:00'), now: { organization_id: 15, group_id: 14 } }),
  accountTicket({ id: 11, at: T('12:30') }),
];

/** The same written by hand. */
const EVENTS = [
  ['1', '11:00', 'opened', { service: 'paas', priority: 'P1', title: `${TITLE} 1`, author: '900' }],
  ['1', '11:05', 'reply', { bot: true }],
  ['1', '11:30', 'note', {}],
  ['1', '11:30', 'status', { value: 'open' }],
  ['1', '11:30', 'estimate', { value: '1 hour' }],
  ['2', '11:40', 'opened', { service: 'paas', priority: 'P2', title: `${TITLE} 2`, author: '900' }],
  ['3', '11:00', 'opened', { service: 'paas', priority: 'P3', title: `${TITLE} 3`, author: '900' }],
  ['3', '11:10', 'reply', { author: '800' }],
  ['3', '11:10', 'status', { value: 'on-hold' }],
  ['4', '10:00', 'opened', { service: 'shop', title: `${TITLE} 4`, author: '900' }],
  ['4', '10:30', 'reply', {}],
  ['5', '09:00', 'opened', { service: 'paas', priority: 'P1', title: `${TITLE} 5`, author: '900' }],
  ['5', '09:10', 'reply', {}],
  ['5', '09:10', 'solved', {}],
  ['6', '09:30', 'opened', { service: 'paas', title: `${TITLE} 6`, author: '900' }],
  ['6', '10:10', 'reply', {}],
  ['6', '10:10', 'status', { value: 'believed-solved' }],
].map(([ticket, time, kind, more]) => ({ ticket, at: T(time as string), kind, ...(more as object) }));

/** Runs a command, split at blanks, in a folder with the handbook; `API` in it is the stand-in's address. */
async function run(
  command: string,
  to: Pick<ZendeskStandIn, 'url'>,
  { files = book, environment = ENVIRONMENT as Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const root = folder(files);
  writeFileSync(join(root, 'events.json'), JSON.stringify(EVENTS));
  const words = command.replace('API', `--api ${to.url}`).split(' ');
  const ran = await rotaInProcess(root, [...NOON, ...words], environment);
  const printed = `${ran.stdout}${ran.stderr}`;
  for (const secret of [CANARY, TOKEN]) expect(printed).not.toContain(secret);
  // A title is shown in the queue, and in no message.
  expect(ran.stderr).not.toContain(TITLE);
  return ran;
}

async function account(
  tickets: readonly AccountTicket[] = QUEUE,
  given: Omit<Parameters<typeof zendeskStandIn>[0], 'tickets'> = {},
): Promise<ZendeskStandIn> {
  return zendeskStandIn({ tickets, ...given });
}

const rowsOf = ({ stdout }: Ran): readonly string[] =>
  (JSON.parse(stdout) as readonly { ticket: string }[]).map(({ ticket }) => ticket);

describe('the queue', () => {
  test('in order of work, with titles and who takes what', async () => {
    const to = await account();
    const ran = await run('tickets --zendesk example API --zone Europe/London', to);
    expect(ran).toEqual({
      status: 0,
      stderr: '',
      stdout: `Tickets in order of work, Thu 26 Nov 12:00 (Europe/London)
1 breached, 3 running, 1 paused

Ticket  Priority  Next         Due               Left         Status           With  About
1       P1        first reply  Thu 26 Nov 11:20  40 min late  open             ben   PaaS: red-bird 1
2       P2        first reply  Thu 26 Nov 12:10  10 min       new              –     PaaS: red-bird 2
6       P3        update       Thu 26 Nov 14:10  2 h 10 min   believed-solved  –     PaaS: red-bird 6
4       P3        update       Thu 26 Nov 14:30  2 h 30 min   new              –     Shop: red-bird 4
3       P3        update       –                 paused, 4 h  on-hold          –     PaaS: red-bird 3

Figures of PaaS are an example, promised to nobody.
Left is counted time. Times are those of Europe/London.
`,
    });
    expect(to.violations).toEqual([]);
    // No history is read of what is solved, left out or later.
    expect(to.requests.filter((path) => path.includes('audits'))).toHaveLength(5);
  });

  test.each(['', ' --all'])('has the rows of the same events in a file%s', async (all) => {
    const to = await account();
    const ran = await run(`--format json tickets --zendesk example API${all}`, to);
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    const file = await run(`--format json tickets events.json${all}`, to);
    expect(JSON.parse(ran.stdout)).toEqual(JSON.parse(file.stdout));
    expect(rowsOf(ran)).toHaveLength(all === '' ? 5 : 6);
  });

  test('at an earlier time has what was not solved then', async () => {
    const ran = await run(
      '--format json tickets --zendesk example API --at 2026-11-26T09:05:00Z',
      await account(),
    );
    expect([ran.status, rowsOf(ran)]).toEqual([0, ['5']]);
  });

  test('has the tickets of all pages, whatever the rate limit', async () => {
    const to = await account(QUEUE, { pageSize: 2, exportsAtOnce: 2 });
    const whole = await run('--format json tickets --zendesk example API', await account());
    expect(await run('--format json tickets --zendesk example API', to)).toEqual(whole);
    expect(to.mostAtOnce()).toBeLessThanOrEqual(4);
  });

  test('asks for the tickets of a year, or since a day', async () => {
    const to = await account();
    await run('tickets --zendesk example API', to);
    await run('tickets --zendesk example API --since 2026-11-26 --zone Europe/London', to);
    expect(
      to.requests.filter((path) => path.includes('start_time')).map((path) => path.split('=')[1]),
    ).toEqual([
      String(Date.parse('2025-11-26T12:00:00Z') / 1000),
      String(Date.parse('2026-11-26T00:00:00Z') / 1000),
    ]);
  });

  test('may be empty', async () => {
    const { status, stdout } = await run('tickets --zendesk example API', await account([]));
    expect([status, stdout]).toEqual([0, expect.stringMatching(/There are none\.\n$/)]);
  });
});

describe('what is missing is said, and the rest printed', () => {
  test('a ticket that is deleted between two pages, or while its history is read', async () => {
    const to = await account(QUEUE, { pageSize: 2 });
    to.onRequest = (path) => {
      // The export repeats a ticket that was deleted after it was sent.
      if (path.includes('cursor') && to.requests.length === 2)
        to.tickets.push(accountTicket({ id: 2, at: T('11:40'), now: { status: 'deleted' } }));
      if (path.includes('/3/')) to.tickets.splice(2, 1);
    };
    const ran = await run('--format json tickets --zendesk example API', to);
    expect([ran.status, ran.stderr.split('\n')]).toEqual([
      1,
      [
        'Zendesk: ticket 3: Zendesk has no such ticket any more (404): it was deleted while the queue was read, or is not shown to this token',
        '1 ticket left out of the queue because of this',
        '',
      ],
    ]);
    expect(rowsOf(ran)).not.toContain('2');
    expect(rowsOf(ran)).toContain('1');
  });

  test('tickets of no service, by their organizations', async () => {
    const strangers = Array.from({ length: 14 }, (_, i) =>
      accountTicket({
        id: 100 + i,
        at: T('11:00'),
        now: { organization_id: i < 3 ? 500 : i < 5 ? null : 500 + i },
      }),
    );
    const ran = await run(
      '--format json tickets --zendesk example API',
      await account([...strangers, ...QUEUE]),
    );
    expect([ran.status, ran.stderr.split('\n')]).toEqual([
      1,
      [
        'Zendesk: 3 tickets of organization 500 (such as 100) belong to no service; add "{organization: 500, service: <service>}" to zendesk in policies/tickets, or "service: none"',
        'Zendesk: 2 tickets without an organization (such as 103) belong to no service; add "{tag: <tag>, service: <service>}" to zendesk in policies/tickets, or "service: none"',
        ...[505, 506, 507, 508, 509, 510, 511, 512].map(
          (id) =>
            `Zendesk: 1 ticket of organization ${id} (such as ${id - 400}) belongs to no service; add "{organization: ${id}, service: <service>}" to zendesk in policies/tickets, or "service: none"`,
        ),
        'Zendesk: 1 more ticket of 1 more organization belongs to no service',
        '',
      ],
    ]);
    expect(rowsOf(ran)).toHaveLength(5);
  });

  test('tickets with a priority or a status that the map leaves out, and a field that holds no estimate', async () => {
    const ran = await run(
      '--format json tickets --zendesk example API',
      await account([
        accountTicket({ id: 1, at: T('11:00'), fields: { priority: 'low' } }),
        accountTicket({ id: 2, at: T('11:00') }, update(T('11:10'), CLIENT, change('status', 'lost'))),
        accountTicket({ id: 3, at: T('11:00'), fields: { 31: CANARY } }),
        accountTicket({ id: 4, at: T('11:00') }),
      ]),
    );
    expect([ran.status, ran.stderr.split('\n')]).toEqual([
      1,
      [
        'Zendesk: ticket 1: priorities of zendesk in policies/tickets/desk.yaml has no "low"; add "low: <priority>"',
        'Zendesk: ticket 2: statuses of zendesk in policies/tickets/desk.yaml has no "lost"; add "lost: <status>"',
        'Zendesk: field 31 of ticket 3 holds no estimate, so it has none; write "3 hours" there',
        '2 tickets left out of the queue because of this',
        '',
      ],
    ]);
    expect(rowsOf(ran)).toEqual(['3', '4']);
  });
});

describe('no queue', () => {
  test.each([
    ['401', { status: 401 }, /^rota: Zendesk responded to GET incremental.* with 401; check ZENDESK_EMAIL/],
    ['403', { status: 403, body: { error: CANARY } }, / with 403; the token may not read this/],
    [
      'a redirect',
      { status: 301, headers: { location: 'https://example.org' } },
      / with 301; redirects are not/,
    ],
    ['what is no JSON', { body: `<p>${CANARY}` }, / cannot be read: it is no JSON; run it again/],
    ['other JSON', { body: { tickets: [{ subject: CANARY }], end_of_stream: true } }, /: a ticket has no id/],
  ])('after %s, and exit status 3', async (_, answer, message) => {
    const to = await account();
    to.fault('cursor', answer);
    const { status, stdout, stderr } = await run('tickets --zendesk example API', to);
    expect([status, stdout, stderr]).toEqual([3, '', expect.stringMatching(message)]);
  });

  test('after a history that may not be read', async () => {
    const many = Array.from({ length: 50 }, (_, i) => accountTicket({ id: 1 + i, at: T('11:00') }));
    const to = await account(many);
    to.fault('audits', { status: 403 });
    const { status, stdout, stderr } = await run('tickets --zendesk example API', to);
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^rota: Zendesk responded to GET tickets\/\d+\/audits.json with 403/);
    // One page of the export, and hardly more than the histories that are read at once.
    expect(to.requests.length).toBeLessThan(20);
  });

  const nothing: Readonly<Record<string, string>> = {};
  test.each([
    [
      'tickets',
      {},
      'name one source of tickets: a file with their events, --github <repository>, or --zendesk <subdomain>',
    ],
    ['tickets events.json --zendesk example', {}, 'name one source of tickets'],
    ['tickets events.json --since 2026-11-26', {}, '--since belongs to --zendesk; leave it out'],
    ['tickets --zendesk example.zendesk.com', {}, 'write the subdomain of the Zendesk account alone'],
    ['tickets --zendesk example@elsewhere.org#', {}, 'write the subdomain of the Zendesk account alone'],
    [
      'tickets --zendesk example --api http://example.org',
      {},
      'http://example.org would send the key unencrypted',
    ],
    [
      'tickets --zendesk example API',
      { environment: nothing },
      'there is no token of Zendesk in the environment',
    ],
    ['tickets --zendesk example API', { files: plain }, 'no policy says which tickets of Zendesk are whose'],
    ['tickets --zendesk example API --since soon', {}, 'Write it as 2026-12-02'],
  ])('for %s, which is a usage error', async (command, given, message) => {
    const to = await account();
    const { status, stdout, stderr } = await run(command, to, given);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(to.requests).toEqual([]);
  });
});
