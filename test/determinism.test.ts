/**
 * The same handbook and the same instant give the same bytes, whatever the machine's zone, language, clock or file
 * order.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locate } from '../actions/lib/check/locate.ts';
import { readFolder } from '../actions/lib/git/working-tree.ts';
import { load } from '../actions/lib/load/load.ts';
import { published, SAMPLE } from './handbook.ts';
import { contents, fill, folder, git, rota } from './process.ts';
import { sampled } from './sampled.ts';

const sample = new Map(readFolder(SAMPLE)?.texts);

/** Sets the clock of a process before any module reads it. */
const clock = (iso: string) =>
  `--import=data:text/javascript,${encodeURIComponent(`
    const now = Date.parse('${iso}');
    globalThis.Date = class extends Date {
      constructor(...given) { super(...(given.length === 0 ? [now] : given)); }
      static now() { return now; }
    };`)}`;

const JANUARY = clock('2026-01-15T12:00:00Z');
const JULY = clock('2027-07-15T12:00:00Z');

const TURKISH = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
const PLAIN = { LANG: 'C', LC_ALL: 'C' };

const MACHINES: readonly Readonly<Record<string, string>>[] = [
  { ...PLAIN, TZ: 'Europe/London', NODE_OPTIONS: JANUARY },
  { ...TURKISH, TZ: 'Europe/London', NODE_OPTIONS: JULY },
  { ...PLAIN, TZ: 'Pacific/Kiritimati', NODE_OPTIONS: JULY },
  { ...TURKISH, TZ: 'America/New_York', NODE_OPTIONS: JANUARY },
];

test('the machines differ in their zone, their language and their clock', () => {
  const script = '[new Date().toString(), new Date().toLocaleString(), "i".toLocaleUpperCase()].join()';
  const outputs = MACHINES.map(
    (machine) =>
      spawnSync(process.execPath, ['-p', script], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, ...machine },
      }).stdout,
  );
  expect(new Set(outputs).size).toBe(MACHINES.length);
  expect(outputs[0]).toContain('Thu Jan 15 2026 12:00:00 GMT+0000');
  expect(outputs[1]).toContain('Thu Jul 15 2027 13:00:00 GMT+0100');
  expect(outputs[1]).toContain('İ');
});

test('every machine prints and publishes the same', async () => {
  const root = folder(sample);
  git(root, '2026-11-20T10:00:00+05:30', 'init', '--quiet');
  git(root, '2026-11-20T10:00:00+05:30', 'add', '.');
  git(root, '2026-11-20T10:00:00+05:30', 'commit', '--quiet', '--message', 'All');
  const out = folder();
  const words = [
    'shifts --from 2026-10-01 --to 2027-04-02 --format json --now 2026-11-21T12:00:00Z',
    'shifts --from 2026-10-01 --to 2027-04-02 --person chi-wong --now 2026-11-21T12:00:00Z',
    'check --format json --now 2026-11-21T12:00:00Z',
    'check --format json --now 2035-11-21T12:00:00Z',
    'who --now 2026-12-25T12:00:00Z',
  ];
  const runs = await Promise.all(
    [...MACHINES.slice(0, 1), ...sampled(MACHINES.slice(1), 1)].map(async (machine, i) => {
      const ran: unknown[] = [];
      for (const line of words) ran.push({ line, ...(await rota(root, line.split(' '), machine)) });
      const into = join(out, String(i));
      const written = await rota(root, ['publish', '--out', into, '--now', '2026-11-21T12:00:00Z'], machine);
      return { ran, status: written.status, files: contents(into) };
    }),
  );
  const [first, ...others] = runs;
  if (first === undefined || others.length === 0) throw new Error('there is nothing to compare');
  expect(first.status).toBe(0);
  expect(first.files.size).toBeGreaterThan(40);
  expect(JSON.stringify(first.ran)).toContain('2026-12-23T10:00:00Z');
  expect(JSON.stringify(first.ran)).toContain('published rotas use it up to 2036-06-01');
  for (const other of others) {
    expect(other.ran).toEqual(first.ran);
    expect([...other.files.keys()]).toEqual([...first.files.keys()]);
    expect([...other.files].filter(([path, text]) => first.files.get(path) !== text)).toEqual([]);
  }
});

/** A value as text, including the order of maps and sets. */
const whole = (value: unknown): string =>
  JSON.stringify(value, (_, it) => (it instanceof Map || it instanceof Set ? [...it] : it));

/** A handbook's files in reverse, and in any order. */
const reordered = (files: ReadonlyMap<string, string>) => {
  const all = [...files];
  return {
    orders: fc.shuffledSubarray(all, { minLength: all.length }).map((it) => new Map(it)),
    reversed: new Map(all.toReversed()),
  };
};

test('files read in any order give the same handbook and the same findings', () => {
  const spoilt = new Map(sample);
  spoilt.set('rotas/people/again.yaml', 'people: {chi-wong: {name: Chi Again}, zed: {name: Z, skils: []}}');
  spoilt.set('rotas/paas/broken.yaml', 'name: [');
  spoilt.set('rotas/paas/other.yml', 'name: Other');
  spoilt.set('policies/support-hours/lost.yaml', 'name: Lost\ntimezone: Europe/Londn\nwindows: {}');
  const { orders, reversed } = reordered(spoilt);
  const checked = (texts: ReadonlyMap<string, string>) => {
    const loaded = load({ texts, findings: [] });
    return whole({ ...loaded, placed: locate(loaded.findings, { texts, findings: [] }) });
  };
  const expected = checked(spoilt);
  expect(expected).toContain('Europe/Londn');
  fc.assert(
    fc.property(orders, (files) => {
      expect(checked(files) === expected).toBe(true);
    }),
    { numRuns: 30, examples: [[reversed]] },
  );
});

test('files read in any order give the same publication', () => {
  const { orders, reversed } = reordered(sample);
  const expected = [...published(sample)];
  fc.assert(
    fc.property(orders, (files) => {
      const other = [...published(files)];
      expect(other.map(([path]) => path)).toEqual(expected.map(([path]) => path));
      expect(other.filter(([, text], i) => text !== expected[i]?.[1]).map(([path]) => path)).toEqual([]);
    }),
    { numRuns: 6, examples: [[reversed]] },
  );
});

test('the order in which files were created makes no difference', () => {
  const [one, other] = [folder(), folder()];
  fill(one, sample);
  fill(other, new Map([...sample].toReversed()));
  expect(whole(load(readFolder(other) ?? fail())) === whole(load(readFolder(one) ?? fail()))).toBe(true);
});

function fail(): never {
  throw new Error('there is no handbook');
}
