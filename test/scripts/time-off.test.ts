// `rota time-off` on files of alerts: what it prints, what is wrong with a file, and whose claims it shows.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { aHandbook, NIGHTS_ROTA, SAMPLE, texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { standIn } from '../pagerduty/calls.ts';
import { type LoggedEvent, READ } from '../pagerduty/state.ts';
import { folder, type Ran } from '../process.ts';

const files = mkdtempSync(join(tmpdir(), 'time-off-'));
afterAll(() => rmSync(files, { recursive: true }));
const MONTH = ['--from', '2026-09-01', '--to', '2026-10-01', '--now', '2026-11-21T12:00:00Z'];

const timeOff = (text: string, ...words: readonly string[]): Promise<Ran> => {
  const file = join(files, 'alerts.csv');
  writeFileSync(file, text);
  return rotaInProcess(SAMPLE, ['time-off', file, ...MONTH, ...words]).then((ran) => ({
    ...ran,
    stderr: ran.stderr.replaceAll(file, 'alerts.csv'),
  }));
};

/** Four alerts for different issues within ten minutes of an evening. */
const PLAYBOOK = `person,alerted_at,id
callum-mcbride,2026-09-03T20:00,a1
callum-mcbride,2026-09-03T20:04,a2
callum-mcbride,2026-09-03T20:07,a3
callum-mcbride,2026-09-03T20:10,a4
`;

test("the playbook's own example earns a quarter of a day, with the reason", async () => {
  const { status, stdout } = await timeOff(PLAYBOOK, '--format', 'json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    claims: [
      {
        person: 'callum-mcbride',
        at: '2026-09-03T19:00:00Z',
        alerts: ['a1', 'a2', 'a3', 'a4'],
        kind: 'awake',
        days: 0.25,
        extra_days: 0,
        worked_minutes: 0,
        until: '2026-09-03T19:10:00Z',
        why:
          '0.25 days: alerted Thu 3 Sep 20:00 (Europe/London) as govpress/on-call/engineer, awake; ' +
          '0 days: 3 further alerts within 1 hour of the first, before 21:00',
      },
    ],
    people: [{ person: 'callum-mcbride', days: 0.25, hours: 1.75 }],
    questions: [],
    rest: [],
  });
});

const TWO_PEOPLE = `${PLAYBOOK}callum-mcbride,2026-09-04T02:10,a5
sofia-marques,2026-09-10T03:00,a6
sofia-marques,2026-09-03T03:00,a7
`;

test('a table can be checked by hand', async () => {
  expect(await timeOff(TWO_PEOPLE)).toEqual({
    status: 0,
    stdout: `Time off for alerts, Tue 1 Sep 00:00 – Thu 1 Oct 00:00 (Europe/London)

Who             Claims  Days  Hours
Callum McBride  2       0.75  5.25
Sofia Marquês   1       0.5   3.5

Callum McBride
  Alerted          Alerts  Kind   Work  Days  Extra
  Thu 3 Sep 20:00  4       awake  –     0.25  0
      0.25 days: alerted Thu 3 Sep 20:00 (Europe/London) as govpress/on-call/engineer, awake
      0 days: 3 further alerts within 1 hour of the first, before 21:00
  Fri 4 Sep 02:10  1       woken  –     0.5   0
      0.5 days: alerted Fri 4 Sep 02:10 (Europe/London) as govpress/on-call/engineer, woken (asleep from 22:00 to 08:00 unless they say otherwise)

Sofia Marquês
  Alerted           Alerts  Kind   Work  Days  Extra
  Thu 10 Sep 03:00  1       woken  –     0.5   0
      0.5 days: alerted Thu 10 Sep 03:00 (Europe/London) as govpress/on-call/engineer, woken (asleep from 22:00 to 08:00 unless they say otherwise)

Questions
  Sofia Marquês, Thu 3 Sep 03:00 (a7): counts nothing: they held no role then; is the rota right, and was it them?

Too little rest
  Callum McBride, alerted Thu 3 Sep 20:00: 6 h of rest before the alert at Fri 4 Sep 02:10; 11 hours end Fri 4 Sep 07:10
`,
    stderr: '',
  });
});

test('the claims of one person alone', async () => {
  const { stdout } = await timeOff(TWO_PEOPLE, '--person', 'sofia-marques');
  expect(stdout).toContain('Sofia Marquês');
  expect(stdout).not.toContain('Callum');
});

test('twice is the same, and in another order, too', async () => {
  const [head = '', ...lines] = TWO_PEOPLE.trimEnd().split('\n');
  const reversed = `${[head, ...lines.toReversed()].join('\n')}\n`;
  for (const format of ['table', 'json']) {
    const { stdout } = await timeOff(TWO_PEOPLE, '--format', format);
    expect((await timeOff(TWO_PEOPLE, '--format', format)).stdout).toBe(stdout);
    expect((await timeOff(reversed, '--format', format)).stdout).toBe(stdout);
  }
});

test('what is wrong is listed by line, and the rest is counted', async () => {
  const { status, stdout, stderr } = await timeOff(`${PLAYBOOK}calum-mcbride,2026-09-04T02:10,a5\n`);
  expect(status).toBe(1);
  expect(stdout).toContain('Callum McBride  1       0.25  1.75\n');
  expect(stderr).toBe(
    'alerts.csv:6: there is no person "calum-mcbride"; did you mean "callum-mcbride"?\n' +
      'what is listed above is not counted; the rest is\n',
  );
});

test('times of another zone', async () => {
  const { stdout } = await timeOff(PLAYBOOK, '--zone', 'America/New_York', '--format', 'json');
  expect(JSON.parse(stdout).claims[0].at).toBe('2026-09-04T00:00:00Z');
});

test('a date is refused where rotas have several zones, and local times of the file are findings with --zone', async () => {
  const root = folder(
    texts(
      aHandbook({
        rotas: {
          'paas/team': 'name: PaaS',
          'paas/nights': NIGHTS_ROTA,
          'paas/days': NIGHTS_ROTA.replace('London', 'Paris').replace('[amara, ben, chi]', '[chi]'),
        },
      }),
    ),
  );
  writeFileSync(
    join(root, 'alerts.csv'),
    'person,alerted_at\namara,2026-09-03T20:00\nben,2026-09-10T20:00Z\n',
  );
  const words = ['time-off', 'alerts.csv', '--now', '2026-11-21T12:00:00Z'];
  const refused = await rotaInProcess(root, [...words, '--from', '2026-09-01', '--to', '2026-10-01']);
  expect([refused.status, refused.stderr]).toEqual([
    2,
    'rota: 2026-09-01 is not one instant: there are rotas in Europe/London, Europe/Paris; add --zone Europe/London\n',
  ]);
  const instants = ['--from', '2026-09-01T00:00:00Z', '--to', '2026-10-01T00:00:00Z'];
  const { status, stdout, stderr } = await rotaInProcess(root, [...words, ...instants]);
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining(
      'alerts.csv:2: alerted_at is 2026-09-03T20:00, which is no instant without a time zone',
    ),
  ]);
  expect(stdout).toContain('Ben  1 ');
  const zoned = await rotaInProcess(root, [...words, ...instants, '--zone', 'Europe/London']);
  expect([zoned.status, zoned.stdout]).toEqual([0, expect.stringContaining('Amara  1 ')]);
});

test('nothing', async () => {
  const { status, stdout } = await timeOff('person,alerted_at\n');
  expect([status, stdout]).toEqual([
    0,
    'Time off for alerts, Tue 1 Sep 00:00 – Thu 1 Oct 00:00 (Europe/London)\n\nNothing counts.\n',
  ]);
});

test.each([
  [['time-off', ...MONTH], 'name one source of alerts: a file, or --pagerduty'],
  [['time-off', 'nothing.csv', ...MONTH], 'nothing.csv cannot be read (ENOENT)'],
  [['time-off', 'x.csv', ...MONTH, '--person', 'calum-mcbride'], 'did you mean "callum-mcbride"?'],
  [['time-off', 'x.csv', '--from', '2026-09-02', '--to', '2026-09-02'], '--from is not before --to'],
  [['time-off', 'x.csv', ...MONTH, '--format', 'csv'], 'only "rota export" prints CSV'],
])('%j is a usage error', async (words, said) => {
  const { status, stderr } = await rotaInProcess(SAMPLE, words);
  expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
});

describe('--pagerduty', () => {
  const at = (text: string) => Date.parse(text);
  const notified = (id: string, when: string, user: string): LoggedEvent => ({
    ...{ id: `R${id}`, kind: 'notify', at: at(when), user, incident: `Q${id}` },
  });

  const read = async (key: string, log: readonly LoggedEvent[]) => {
    const there = await standIn({ remembers: { log } });
    const words = ['time-off', '--pagerduty', '--api', there.url, ...MONTH];
    const ran = await rotaInProcess(SAMPLE, words, { PAGERDUTY_API_KEY: key });
    return { ...ran, there };
  };

  test('counts the alerts of the log, by a key that reads, and tells who is unknown', async () => {
    const { status, stdout, stderr, there } = await read(READ, [
      notified('1', '2026-08-31T22:30:00Z', 'PCALUM1'),
      notified('2', '2026-09-04T01:10:00Z', 'PCALUM1'),
      notified('3', '2026-09-04T01:15:00Z', 'PCALUM1'),
      notified('4', '2026-09-04T01:15:00Z', 'PSTRANG'),
    ]);
    expect([status, there.violations, there.writes]).toEqual([1, [], []]);
    expect(stdout).toContain('Callum McBride  1       0.5   3.5\n');
    expect(stderr).toBe(
      'PagerDuty: 1 alert of the user PSTRANG, who is nobody in the handbook; add "pagerduty: PSTRANG" to a person\n' +
        'what is listed above is not counted; the rest is\n',
    );
    const [first, last] = [there.requests[0], there.requests.at(-1)];
    // A day before the span, whose alerts may belong to its first claim, and two days after it, for the rest.
    expect(first?.query.get('since')).toBe('2026-08-30T23:00:00Z');
    expect(last?.query.get('until')).toBe('2026-10-02T23:00:00Z');
  });

  test('with a wrong key is a fault of the service, and shows no key', async () => {
    const { status, stdout, stderr } = await read('a-wrong-key', []);
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toContain('PagerDuty responded to GET log_entries with 401');
    expect(stderr).not.toContain('a-wrong-key');
  });

  test.each([
    [['time-off', '--pagerduty', ...MONTH], 'there is no key in the environment'],
    [['time-off', 'x.csv', '--pagerduty', ...MONTH], 'name one source of alerts'],
    [['time-off', 'x.csv', '--api', 'http://localhost:1', ...MONTH], '--api belongs to --pagerduty'],
  ])('%j is a usage error', async (words, said) => {
    const { status, stderr } = await rotaInProcess(SAMPLE, words);
    expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
  });
});
