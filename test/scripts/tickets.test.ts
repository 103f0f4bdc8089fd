/** `rota tickets`, `rota due` and `rota who --priority` in real folders: output, exit status, and what is wrong. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { QueueRow } from '../../actions/lib/tickets/queue.ts';
import { queueReport } from '../../scripts/queue-report.ts';
import { at, SAMPLE, texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { folder, type Ran } from '../process.ts';
import { TICKETS, ticketBook } from '../tickets/tickets.ts';

const book = texts(TICKETS);
const NOON_AT = at('2026-11-26T12:00Z');
const NOON = ['--now', '2026-11-26T12:00:00Z'];

/** Runs a command, split at blanks, in a folder with the handbook and a file of events. */
function run(command: string, events = '[]', files = book): Promise<Ran> {
  const root = folder(files);
  writeFileSync(join(root, 'events.json'), events);
  return rotaInProcess(root, [...NOON, ...command.split(' ')]);
}

const FIFTY = readFileSync(join(import.meta.dirname, '../tickets/fifty.json'), 'utf8');

const ROWS = readFileSync(join(import.meta.dirname, '../tickets/fifty-rows.json'), 'utf8');

const list = (...events: readonly object[]): string =>
  `[\n${events.map((it) => JSON.stringify(it)).join(',\n')}\n]`;
const opened = (ticket: string, more: object = {}) => ({
  ticket,
  at: '2026-11-26T11:00:00Z',
  kind: 'opened',
  service: 'paas',
  ...more,
});

describe('rota tickets', () => {
  test('prints the rows as JSON of this shape, in order of work', async () => {
    const { status, stdout, stderr } = await run('--format json tickets events.json --all', FIFTY);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe(ROWS);
    expect(Object.keys(JSON.parse(stdout)[0])).toEqual(
      'ticket title service priority status group role person clock state due_at left_minutes breached_at by_retriage verdicts'.split(
        ' ',
      ),
    );
    expect(JSON.parse((await run('--format json tickets events.json', FIFTY)).stdout)).toHaveLength(43);
  });

  test('prints a table with what is left, who takes it, and where the figures come from', async () => {
    const events = list(
      opened('1', { title: 'It is broken', priority: 'P1' }),
      { ticket: '1', at: '2026-11-26T11:30:00Z', kind: 'estimate', value: '1 hour' },
      opened('2', { priority: 'P2', at: '2026-11-26T11:40:00Z' }),
      opened('3'),
      { ticket: '3', at: '2026-11-26T11:10:00Z', kind: 'reply' },
      { ticket: '3', at: '2026-11-26T11:20:00Z', kind: 'status', value: 'on-hold' },
      opened('4', { service: 'asap', priority: 'P1' }),
      opened('5', { service: 'none' }),
      opened('6', { service: 'site' }),
      { ticket: '6', at: '2026-11-26T11:10:00Z', kind: 'reply' },
      opened('7', { at: '2026-11-26T09:00:00Z', priority: 'P4' }),
      { ticket: '7', at: '2026-11-26T11:50:00Z', kind: 'priority', value: 'P3' },
    );
    const { status, stdout, stderr } = await run('tickets events.json --zone Europe/London', events);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`Tickets in order of work, Thu 26 Nov 12:00 (Europe/London)
2 breached, 1 running, 3 with nothing due, 1 paused

Ticket  Priority  Next         Due               Left                       Status   With  About
1       P1        first reply  Thu 26 Nov 11:20  40 min late                new      ben   PaaS: It is broken
7       P3        first reply  Thu 26 Nov 11:50  10 min late, by re-triage  new      –     PaaS
2       P2        first reply  Thu 26 Nov 12:10  10 min                     new      –     PaaS
4       P1        –            –                 as soon as possible        new      –     Soon
6       NORMAL    –            –                 answered in time           new      –     Site
5       –         –            –                 nothing promised           new      –     None
3       P3        update       –                 paused, 3 h 50 min         on-hold  –     PaaS

Figures of PaaS, dxw are an example, promised to nobody.
Left is counted time. Times are those of Europe/London.
`);
  });

  test('says what has no due instant: as soon as possible now, or nothing before a later window', async () => {
    const events = list(
      opened('1', { service: 'asap', priority: 'P1' }),
      opened('2', { service: 'asap', priority: 'P2' }),
      opened('3', { service: 'asap', priority: 'P1' }),
      { ticket: '3', at: '2026-11-26T11:30:00Z', kind: 'solved' },
    );
    const lefts = async (when: string) =>
      (await run(`tickets events.json --all --zone Europe/London --at 2026-11-26T${when}`, events)).stdout
        .split('\n')
        .flatMap((line) => /^\d +P\d +– +– +(.*?) {2}/.exec(line)?.[1] ?? []);
    expect(await lefts('12:00')).toEqual(['as soon as possible', 'nothing promised', '–']);
    expect(await lefts('18:00')).toEqual(['nothing before Fri 27 Nov 09:00', 'nothing promised', '–']);
  });

  test('does not say "now" of what is due when the next hours begin', async () => {
    const events = list(opened('1', { at: '2026-11-26T09:00:00Z', priority: 'P4' }));
    const { stdout } = await run('tickets events.json --zone Europe/London --at 2026-11-26T18:00', events);
    expect(stdout).toMatch(/^1 +P4 +first reply +Fri 27 Nov 09:00 +0 min +new/m);
  });

  test.each([60, 80, 100, 120, 200])('fits a terminal of %i columns', (columns) => {
    const rows: readonly QueueRow[] = JSON.parse(ROWS);
    const long = rows.map((row) => ({ ...row, title: 'Домашняя страница 東京 не открывается '.repeat(9) }));
    const times = { at: NOON_AT, now: NOON_AT, zone: undefined };
    const lines = queueReport({ handbook: ticketBook() }, long, times, (_, text) => text, columns);
    const table = lines.slice(3, -2);
    expect(table.filter((line) => stringWidth(line) > Math.max(columns, 80))).toEqual([]);
    expect(table.filter((line) => line.endsWith('…')).length).toBe(50);
  });

  test('prints that there are none', async () => {
    expect(await run('tickets events.json')).toMatchObject({
      status: 0,
      stdout: 'Tickets in order of work, Thu 26 Nov 12:00 (UTC)\n\nThere are none.\n',
    });
  });

  test('leaves out a ticket with a fault, with its line, and prints the others', async () => {
    const events = list(
      opened('good'),
      opened('bad'),
      { ticket: 'bad', at: '2026-11-26T11:10:00Z', kind: 'status', value: 'onhold' },
      { ticket: 'lost', at: '2026-11-26T11:10:00Z', kind: 'reply' },
      { ticket: 'worse', at: 'yesterday', kind: 'reply' },
    );
    const { status, stdout, stderr } = await run('--format json tickets events.json', events);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).map(({ ticket }: { ticket: string }) => ticket)).toEqual(['good']);
    expect(stderr).toBe(`events.json:4: ticket bad: there is no status "onhold"; did you mean "on-hold"?
events.json:5: ticket lost: this ticket is not opened by any event; add one of the kind "opened" with its service
events.json:6: ticket worse: "at" is "yesterday"; write an instant of the years 2000 to 2099, such as "2026-11-25T09:12:00Z"
3 tickets left out of the queue because of this
`);
  });

  test('of many findings it prints those that can be read, and names every ticket that is left out', async () => {
    const when = { at: '2026-11-26T11:10:00Z' };
    const many = list(
      opened('good'),
      opened('bad'),
      ...Array.from({ length: 1254 }, () => ({ ticket: 'bad', ...when, kind: 'status', value: 'onhold' })),
      ...Array.from({ length: 1100 }, (_, i) => ({ ticket: i, ...when, kind: 'reply' })),
      ...Array.from({ length: 9000 }, (_, i) => ({ ticket: `lost${i}`, ...when, kind: 'reply' })),
    );
    const { status, stdout, stderr } = await run('--format json tickets events.json', many);
    expect([status, JSON.parse(stdout).length]).toEqual([1, 1]);
    const lines = stderr.trimEnd().split('\n');
    const place = (line: string) => /^events\.json:(\d+): /.exec(line)?.[1];
    const numbers = lines.flatMap((line) => (place(line) === undefined ? [] : [Number(place(line))]));
    const from = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
    expect(numbers).toEqual([...from(4, 20), ...from(1258, 1000), ...from(2358, 8980)]);
    const rest = lines.slice(numbers.length).join('\n');
    expect(rest).toBe(`events.json: ticket bad: 1234 more findings, the last in line 1257
events.json: events of unknown tickets: 100 more findings, the last in line 2357
events.json: also left out, each with the line of its first finding:
lost8980 (11338), lost8981 (11339), lost8982 (11340), lost8983 (11341),
lost8984 (11342), lost8985 (11343), lost8986 (11344), lost8987 (11345),
lost8988 (11346), lost8989 (11347), lost8990 (11348), lost8991 (11349),
lost8992 (11350), lost8993 (11351), lost8994 (11352), lost8995 (11353),
lost8996 (11354), lost8997 (11355), lost8998 (11356), lost8999 (11357)
9001 tickets left out of the queue because of this`);
  });

  test('reads what is whole of half a file', async () => {
    const { status, stdout, stderr } = await run('--format json tickets events.json', FIFTY.slice(0, -400));
    expect(status).toBe(1);
    expect(JSON.parse(stdout).length).toBeGreaterThan(35);
    expect(stderr).toMatch(
      /^events\.json:\d+: ticket \w+: the text ends here within the list: what follows is missing/m,
    );
  });

  test.each([
    ['no JSON', 'ticket,at\n1,now', 'rota: events.json:1: this is no JSON, because it begins with "t"; '],
    ['nothing', '', 'rota: events.json:1: the file is empty; write [] if there are no tickets'],
  ])('refuses a file of %s', async (_, events, message) => {
    const { status, stdout, stderr } = await run('tickets events.json', events);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  test.each([
    ['tickets nowhere.json', 'nowhere.json cannot be read (ENOENT)'],
    ['tickets .', '. cannot be read (EISDIR)'],
    ['tickets', 'name one source of tickets'],
    ['tickets events.json --at noon', 'Write it as 2026-12-02'],
    [
      'tickets events.json --at 2026-11-26T12:00',
      'is not one instant: there are services in America/New_York',
    ],
  ])('%s is a usage error', async (command, message) => {
    const { status, stderr } = await run(command);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  test('takes a local time in the zone that is named, and in the only one without', async () => {
    const atEleven = (more: string, files = book) =>
      run(`--format json tickets events.json --at 2026-11-26T11:00${more}`, list(opened('1')), files);
    expect(JSON.parse((await atEleven(' --zone Europe/London')).stdout)).toHaveLength(1);
    expect(JSON.parse((await atEleven(' --zone Europe/Paris')).stdout)).toHaveLength(0);
    const one = new Map([
      ...book,
      ['policies/services.yaml', 'services: {paas: {name: PaaS, team: paas, service_level: paas}}\n'],
    ]);
    expect(JSON.parse((await atEleven('', one)).stdout)).toHaveLength(1);
  });

  test('prints a title that is hostile as harmless text', async () => {
    const events = list(opened('1', { title: '::error::\u001b[31m##[x]\u202e\n<b>' }));
    const { stdout } = await run('tickets events.json', events);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern searches for control characters
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|##\[/);
    expect(JSON.parse((await run('--format json tickets events.json', events)).stdout)[0].title).toContain(
      '\u202e',
    );
  });

  test('says who is unknown where a rota could not be read', async () => {
    const files = new Map([...book, ['rotas/paas/desk.yaml', 'name: [']]);
    const events = list(opened('1'), {
      ticket: '1',
      at: '2026-11-26T11:30:00Z',
      kind: 'estimate',
      value: '1 hour',
    });
    const { status, stdout, stderr } = await run('--format json tickets events.json', events, files);
    expect([status, JSON.parse(stdout)[0].person]).toEqual([1, null]);
    expect(stderr).toContain('who holds paas/desk/first is unknown');
  });
});

describe('rota due', () => {
  const due = async (words: string) => {
    const { status, stdout } = await run(`--format json due --service ${words}`);
    return { status, entries: JSON.parse(stdout) };
  };

  test('prints JSON of this shape, with a row for each priority', async () => {
    const { status, entries } = await due('paas --opened 2026-12-24T16:55');
    expect(status).toBe(0);
    expect(entries[0]).toStrictEqual({
      service: 'paas',
      service_level: 'paas',
      priority: 'P1',
      opened_at: '2026-12-24T16:55:00Z',
      window: 'office',
      respond: { due_at: '2026-12-24T17:30:00Z', left_minutes: 35, state: 'running' },
      update: null,
      resolve: null,
    });
    expect(entries.map(({ priority }: { priority: string }) => priority)).toEqual([
      'P1',
      'P2',
      'P3',
      'P4',
      'P5',
    ]);
    expect(entries[1].resolve).toEqual({
      due_at: '2026-12-29T16:55:00Z',
      left_minutes: 480,
      state: 'running',
    });
    for (const entry of entries) {
      expect(Object.keys(entry)).toEqual(
        'service service_level priority opened_at window respond update resolve'.split(' '),
      );
      for (const clock of [entry.respond, entry.resolve].filter((it) => it !== null))
        expect(Object.keys(clock)).toEqual(['due_at', 'left_minutes', 'state']);
    }
  });

  test.each<[words: string, window: string | null, respond: object]>([
    [
      'paas --priority P1 --opened 2026-11-26T11:30',
      'office',
      { due_at: '2026-11-26T11:50:00Z', left_minutes: -10, state: 'breached' },
    ],
    [
      'paas --priority P1 --opened 2026-11-26T11:30 --at 2026-11-26T11:40',
      'office',
      { due_at: '2026-11-26T11:50:00Z', left_minutes: 10, state: 'running' },
    ],
    [
      'paas --priority P1 --opened 2026-11-27T11:30',
      'office',
      { due_at: '2026-11-27T11:50:00Z', left_minutes: 20, state: 'running' },
    ],
    [
      'paas --priority P4 --opened 2026-11-27T18:00',
      'other',
      { due_at: '2026-12-01T09:00:00Z', left_minutes: 480, state: 'running' },
    ],
    [
      'site --priority NORMAL --opened 2026-11-27T10:00',
      'office',
      { due_at: '2026-11-30T15:00:00Z', left_minutes: 480, state: 'running' },
    ],
    [
      'site --priority NORMAL --opened 2026-11-27T15:00:00Z',
      'office',
      { due_at: '2026-11-30T15:00:00Z', left_minutes: 480, state: 'running' },
    ],
    [
      'site --priority NORMAL --opened 2026-11-27T15:00 --zone Europe/London',
      'office',
      { due_at: '2026-11-30T15:00:00Z', left_minutes: 480, state: 'running' },
    ],
    [
      'asap --priority P1 --opened 2026-11-27T10:00',
      'office',
      { due_at: null, left_minutes: null, state: 'none' },
    ],
    [
      'lunch --priority P1 --opened 2026-11-25T12:30',
      null,
      { due_at: '2026-11-25T17:00:00Z', left_minutes: -240, state: 'breached' },
    ],
  ])('--service %s', async (words, window, respond) => {
    const { status, entries } = await due(words);
    expect([status, entries.length, entries[0].window, entries[0].respond]).toEqual([0, 1, window, respond]);
  });

  const explained = async (words: string) => (await run(`due --service ${words}`)).stdout;

  test('explains a count through two clocks, and says that an example is one', async () => {
    expect(await explained('paas --priority P1 --opened 2026-12-24T16:55')).toBe(
      `PaaS, opened Thu 24 Dec 16:55 (Europe/London), office
Service level: PaaS
The figures are an example, and promised to nobody.

Priority  First reply          Left    Then an update
P1        by Thu 24 Dec 17:30  35 min  every 1 hour in hours

P1, first reply:
  Thu 24 Dec 16:55 – 17:00 counts 5 of 20 minutes, 25% (office)
  Thu 24 Dec 17:00 – 17:30 counts 30 of 40 minutes, 75% (other)
  due Thu 24 Dec 17:30
`,
    );
  });

  test('explains each priority: amounts over days without work, a solution, working days, and what everything has', async () => {
    const text = await explained('paas --opened 2026-12-24T18:00');
    expect(text).toBe(`PaaS, opened Thu 24 Dec 18:00 (Europe/London), other
Service level: PaaS
The figures are an example, and promised to nobody.

Priority  First reply          Left    Then an update          Solution
P1        by Thu 24 Dec 18:40  40 min  every 1 hour in hours
P2        by Tue 29 Dec 09:30  30 min  every 2 hours in hours  by Tue 29 Dec 17:00
P3        by Tue 29 Dec 11:00  2 h     every 4 hours in hours
P4        by Wed 30 Dec 09:00  8 h     every 2 working days
P5        by Thu 31 Dec 09:00  16 h    –

P1, first reply:
  Thu 24 Dec 18:00 – 18:40 counts 40 of 40 minutes (other)
  due Thu 24 Dec 18:40

P2, first reply:
  Thu 24 Dec 18:00 – Tue 29 Dec 09:00 counts nothing (other)
  Tue 29 Dec 09:00 – 09:30 counts 30 of 30 minutes (office)
  due Tue 29 Dec 09:30

P2, solution:
  Thu 24 Dec 18:00 – Tue 29 Dec 09:00 counts nothing (other)
  Tue 29 Dec 09:00 – 17:00 counts 8 of 8 hours (office)
  due Tue 29 Dec 17:00

P3, first reply:
  Thu 24 Dec 18:00 – Tue 29 Dec 09:00 counts nothing (other)
  Tue 29 Dec 09:00 – 11:00 counts 2 of 2 hours (office)
  due Tue 29 Dec 11:00

P4, first reply:
  counted from Tue 29 Dec 09:00
  1 working day later: due Wed 30 Dec 09:00

P5, first reply (every ticket has one within 2 working days):
  counted from Tue 29 Dec 09:00
  2 working days later: due Thu 31 Dec 09:00
`);
  });

  test('says what has no figure, and from when on', async () => {
    expect(
      await explained('asap --opened 2026-12-24T18:00'),
    ).toBe(`Soon, opened Thu 24 Dec 18:00 (Europe/London), other
Service level: Soon
Promised in: https://example.org/soon

Priority     First reply                      Left  Then an update
P1 Critical  nothing before Tue 29 Dec 09:00  –     –
P2 Question  nothing promised                 –     –

P1, first reply:
  nothing is promised before Tue 29 Dec 09:00; from then on, as soon as possible
`);
    expect(await explained('asap --opened 2026-12-24T12:00')).toContain(
      'P1 Critical  as soon as possible  –',
    );
  });

  test('tells times apart that the clock shows twice, of which a local time is the first', async () => {
    expect(await explained('paas --priority P1 --opened 2026-10-25T01:30 --at 2026-10-25T01:30')).toBe(
      `PaaS, opened Sun 25 Oct 01:30 (UTC+1) (Europe/London), other
Service level: PaaS
The figures are an example, and promised to nobody.

Priority  First reply                  Left    Then an update
P1        by Sun 25 Oct 01:10 (UTC+0)  40 min  every 1 hour in hours

P1, first reply:
  Sun 25 Oct 01:30 (UTC+1) – 01:10 (UTC+0) counts 40 of 40 minutes (other)
  due Sun 25 Oct 01:10 (UTC+0)
`,
    );
  });

  test('says where other terms apply before it is due', async () => {
    expect(await explained('paas --priority P3 --opened 2027-02-26T16:50 --at 2027-03-01T09:00')).toContain(
      'P3, first reply: its status pauses it, or other terms apply before it is due, so there are no steps to show',
    );
  });

  test('a count that leaves the holiday list is a finding, and the other priorities are printed', async () => {
    const { status, stdout, stderr } = await run(
      '--format json due --service lunch --opened 2027-12-31T09:00',
    );
    expect(status).toBe(1);
    expect(JSON.parse(stdout).map(({ priority }: { priority: string }) => priority)).toEqual(['P1']);
    expect(stderr).toContain(
      'lunch, P2: the count leaves the holiday list of lunch, so it is unknown what is due',
    );
    expect(await run('due --service paas --priority P1 --opened 2028-01-03T10:00')).toMatchObject({
      status: 1,
      stdout: '',
    });
  });

  test.each([
    ['due --service pass --opened 2026-12-24T16:55', 'there is no service "pass"; did you mean "paas"?'],
    [
      'due --service paas --priority p1 --opened 2026-12-24T16:55',
      'there is no priority of paas "p1"; did you mean "P1"?',
    ],
    ['due --service none --opened 2026-12-24T16:55', 'none has no service level, so nothing is due'],
    ['due --service paas', "required option '--opened <time>' not specified"],
    ['due --opened 2026-12-24T16:55', "required option '--service <service>' not specified"],
    ['due --service paas --opened yesterday', 'Write it as 2026-12-02'],
    ['due --service paas --opened 2026-12-24T16:55 --at 2026-12-24T16:54', '--at lies before --opened'],
    ...[
      'due --service paas --opened 2026-03-29T01:30',
      'due --service paas --opened 2026-03-28T01:30 --at 2026-03-29T01:30',
      'who --service paas --priority P1 --at 2026-03-29T01:30',
      'tickets events.json --zone Europe/London --at 2026-03-29T01:30',
      'shifts --from 2026-03-29T01:30 --to 2026-03-30',
    ].map((command): [string, string] => [
      command,
      '2026-03-29T01:30 does not exist in Europe/London, where the clocks go forward over it; ' +
        'write 2026-03-29T02:00 or later, or an instant such as 2026-03-29T01:00:00Z',
    ]),
  ])('%s is a usage error', async (command, message) => {
    const { status, stderr } = await run(command);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  test('is unknown where the hours could not be read', async () => {
    const files = new Map([...book, ['policies/holidays/list.yaml', 'name: [']]);
    const { status, stderr } = await run('due --service paas --opened 2026-12-24T16:55', '[]', files);
    expect(status).toBe(1);
    expect(stderr).toContain('could not be read, so it is unknown what is due');
  });
});

describe('on a terminal of 80 columns', () => {
  const LONG = 'The platform that runs every service of the county councils, and all that is around it';
  const long = texts(
    TICKETS.replaceAll('name: PaaS,', `name: "${LONG}",`)
      .replaceAll('name: PaaS\n', `name: "${LONG}"\n`)
      .replaceAll('{name: P1,', `{name: "${LONG}",`)
      .replaceAll(/office|other/g, (it) => `the-hours-in-which-the-${it}-is-there`)
      .replaceAll('name: amara', `name: Amara ${'of the House of Osei '.repeat(4).trim()}`),
  );
  const NIGHT = '2026-11-28T16:00';

  test.each([
    `due --service paas --opened ${NIGHT}`,
    `due --service paas --priority P1 --opened 2026-11-26T16:55`,
    `due --service asap --priority P1 --opened ${NIGHT}`,
    `due --service lunch --opened ${NIGHT}`,
    `who --service paas --priority P2 --at ${NIGHT}`,
    `who --service asap --priority P1 --at ${NIGHT}`,
    'tickets events.json --zone Europe/London',
    'tickets events.json --zone Europe/London --at 2026-11-26T18:00',
    'tickets events.json --all --zone America/Argentina/ComodRivadavia',
  ])('no line of %s is longer, and nothing is left out', async (command) => {
    const root = folder(long);
    const named = JSON.parse(FIFTY).map((it: { ticket: string }) => ({
      ...it,
      ticket: `support-of-${it.ticket}`,
    }));
    const next = opened('support-of-next', { service: 'asap', priority: 'P1' });
    writeFileSync(join(root, 'events.json'), list(...named, next));
    const words = [...NOON, ...command.split(' ')];
    const { status, stdout, stderr } = await rotaInProcess(root, words, {}, 80);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
    const wordsOf = (text: string) => text.split(/\s+/).toSorted();
    if (!command.startsWith('tickets'))
      expect(wordsOf(stdout)).toEqual(wordsOf((await rotaInProcess(root, words)).stdout));
  });

  test('a ticket with a very long name is cut there, and only there', async () => {
    const name = 'x'.repeat(200);
    const root = folder(long);
    writeFileSync(join(root, 'events.json'), list(opened(name)));
    const { stdout } = await rotaInProcess(
      root,
      [...NOON, 'tickets', 'events.json', '--zone', 'UTC'],
      {},
      80,
    );
    expect(stdout.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
    expect(stdout).toContain('xxx…  P3');
  });

  test.each(['URGENT', 'LOW'])('who is called for %s, of the sample', async (priority) => {
    const words = `--now 2026-11-26T12:00:00Z who --service harbour-authority-intranet --priority ${priority} --at ${NIGHT}`;
    const { status, stdout } = await rotaInProcess(SAMPLE, words.split(' '), {}, 80);
    expect(status).toBe(0);
    expect(stdout.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
  });
});
