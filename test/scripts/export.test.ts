// `rota export`: rows for other programs, read back by a reader of CSV that is not ours, and compared with `rota shifts`.
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { aHandbook, SAMPLE, texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { folder } from '../process.ts';

type Row = Readonly<Record<string, string>>;

async function exported(root: string, what: string, from: string, to: string): Promise<readonly Row[]> {
  const words = ['export', what, '--from', from, '--to', to];
  const { status, stdout, stderr } = await rotaInProcess(root, [...words, '--format', 'csv']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const rows: readonly Row[] = parse(stdout, { columns: true, record_delimiter: '\r\n' });
  const json = await rotaInProcess(root, [...words, '--format', 'json']);
  const cell = (value: unknown) => String(value).replace(/^[=+\-@\t\r]/, "'$&");
  expect(JSON.parse(json.stdout).map((it: object) => Object.values(it).map(cell))).toEqual(
    rows.map((row) => Object.values(row)),
  );
  return rows;
}

const minutesOf = (start: string, end: string): number => (Date.parse(end) - Date.parse(start)) / 60_000;

/** Minutes by person and role. */
function sums(rows: readonly (readonly [key: string, minutes: number])[]): Readonly<Record<string, number>> {
  const result: Record<string, number> = {};
  for (const [key, minutes] of rows) result[key] = (result[key] ?? 0) + minutes;
  return Object.fromEntries(Object.entries(result).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

describe.each(['2026-10', '2026-12', '2027-03'])('in %s, with clocks, holidays and swaps,', (month) => {
  const [from, to] = [`${month}-01`, DateTime.fromISO(`${month}-01`).plus({ months: 1 }).toISODate() ?? ''];

  test('days add up to what shifts say', async () => {
    const { stdout } = await rotaInProcess(SAMPLE, [
      ...['shifts', '--from', from, '--to', to, '--format', 'json'],
    ]);
    const held = sums(
      JSON.parse(stdout).map((it: Row) => [
        `${it.person} ${it.rota}/${it.role}`,
        minutesOf(it.start ?? '', it.end ?? ''),
      ]),
    );
    const shifts = await exported(SAMPLE, 'shifts', from, to);
    const days = await exported(SAMPLE, 'days', from, to);
    const key = ({ person, rota, role }: Row) => `${person} ${rota}/${role}`;
    expect(sums(days.map((it) => [key(it), Number(it.minutes)]))).toEqual(held);
    expect(sums(shifts.map((it) => [key(it), Number(it.hours) * 60]))).toEqual(held);
    expect(Object.keys(held).length).toBeGreaterThan(10);
  });

  test('each day has the kind that luxon and the list of holidays give it', async () => {
    for (const { date = '', kind } of await exported(SAMPLE, 'days', from, to)) {
      const holidays = ['2026-12-25', '2026-12-28', '2027-03-26', '2027-03-29'];
      const isWeekend = DateTime.fromISO(date).weekday > 5;
      if (holidays.includes(date)) expect(kind, date).toBe('holiday');
      else if (isWeekend) expect(kind, date).toBe('weekend');
      else expect(kind, date).toMatch(/^(in-hours|out-of-hours)$/);
    }
  });
});

test('twice is the same', async () => {
  for (const what of ['shifts', 'days']) {
    const words = ['export', what, '--from', '2026-12-01', '--to', '2027-01-01', '--format', 'csv'];
    const first = await rotaInProcess(SAMPLE, words);
    expect(await rotaInProcess(SAMPLE, words)).toEqual(first);
    expect(first.stdout).not.toMatch(/@|leave/);
  }
});

const SMALL = texts(
  aHandbook({
    people: { amara: 'name: "=1+1", email: amara@example.org', ben: 'name: "Ben, \\"B\\""' },
    policies: {
      'support-hours/ops': `name: Ops
timezone: Europe/London
windows:
  in-hours: [{days: working, from: "09:00", to: "17:00"}]
  evening: [{days: every, from: "17:00", to: "20:00"}]
  night: [{days: every, from: "20:00", to: "09:00"}]`,
    },
    rotas: {
      'ops/team': 'name: Ops',
      'ops/nights': `name: Nights
timezone: Europe/London
hours: ops
covers: [evening, night]
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-09-02, people: [amara]}]
overrides:
  - {role: engineer, person: ben, from: 2026-11-30T12:00, to: 2026-11-30T13:00, extra: true}
  - {role: engineer, person: ben, instead_of: amara, from: 2026-12-01T00:00, to: 2026-12-01T02:00}`,
      'ops/always': `name: Always
timezone: America/New_York
handover: {day: wednesday, time: "10:00"}
roles:
  lead:
    rotation: [{first_turn: 2026-09-02, people: [ben]}]`,
    },
  }),
);

test('shifts are cut at windows and where a month of the rota begins, and clipped to the span', async () => {
  const rows = await exported(folder(SMALL), 'shifts', '2026-11-30', '2026-12-02');
  expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
    "ops/nights engineer amara '=1+1 2026-11-30T00:00:00Z 2026-11-30T09:00:00Z 9 night",
    'ops/always lead ben Ben, "B" 2026-11-30T05:00:00Z 2026-12-01T05:00:00Z 24 ',
    'ops/nights engineer ben Ben, "B" 2026-11-30T12:00:00Z 2026-11-30T13:00:00Z 1 extra',
    "ops/nights engineer amara '=1+1 2026-11-30T17:00:00Z 2026-11-30T20:00:00Z 3 evening",
    "ops/nights engineer amara '=1+1 2026-11-30T20:00:00Z 2026-12-01T00:00:00Z 4 night",
    'ops/nights engineer ben Ben, "B" 2026-12-01T00:00:00Z 2026-12-01T02:00:00Z 2 night',
    "ops/nights engineer amara '=1+1 2026-12-01T02:00:00Z 2026-12-01T09:00:00Z 7 night",
    'ops/always lead ben Ben, "B" 2026-12-01T05:00:00Z 2026-12-02T05:00:00Z 24 ',
    "ops/nights engineer amara '=1+1 2026-12-01T17:00:00Z 2026-12-01T20:00:00Z 3 evening",
    "ops/nights engineer amara '=1+1 2026-12-01T20:00:00Z 2026-12-02T00:00:00Z 4 night",
  ]);
});

test('occurrences of one window that touch are one row', async () => {
  const root = folder(SMALL);
  const rows = await exported(root, 'shifts', '2026-10-03', '2026-10-04');
  // Round the clock without hours: a day is one row.
  expect(rows.filter(({ rota }) => rota === 'ops/always')).toHaveLength(1);
  const weekend = await exported(SAMPLE, 'shifts', '2026-10-02T18:00', '2026-10-05T10:00');
  expect(weekend.filter(({ rota }) => rota === 'govpress/on-call').map(({ hours }) => hours)).toEqual(['64']);
});

test('days of another zone, one row a kind', async () => {
  const rows = await exported(folder(SMALL), 'days', '2026-11-30', '2026-12-01');
  expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
    "2026-11-30 amara '=1+1 ops/nights engineer 960 out-of-hours",
    '2026-11-30 ben Ben, "B" ops/always lead 1440 out-of-hours',
    '2026-11-30 ben Ben, "B" ops/nights engineer 60 in-hours',
  ]);
});

test('the night on which the clocks go back is an hour longer', async () => {
  const rows = await exported(SAMPLE, 'days', '2026-10-25', '2026-10-26');
  expect(rows.find(({ rota }) => rota === 'govpress/on-call')?.minutes).toBe('1500');
});

test('a table for people has local times', async () => {
  const { stdout } = await rotaInProcess(folder(SMALL), [
    ...['export', 'days', '--from', '2026-11-30', '--to', '2026-12-01'],
  ]);
  expect(stdout).toBe(`date             person  name      rota        role      minutes  kind
Mon 30 Nov 2026  amara   =1+1      ops/nights  engineer  960      out-of-hours
Mon 30 Nov 2026  ben     Ben, "B"  ops/always  lead      1440     out-of-hours
Mon 30 Nov 2026  ben     Ben, "B"  ops/nights  engineer  60       in-hours
`);
});

test('CSV is for exports only', async () => {
  const { status, stderr } = await rotaInProcess(SAMPLE, ['who', '--format', 'csv']);
  expect([status, stderr]).toEqual([2, expect.stringContaining('only "rota export" prints CSV')]);
});
