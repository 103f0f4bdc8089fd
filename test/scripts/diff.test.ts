// What the command line prints for a branch: whose time it changes, and whether the notice is long enough.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { git as gitAt, type Ran } from '../process.ts';

const folder = mkdtempSync(join(tmpdir(), 'diff-'));
const git = (...words: readonly string[]) => gitAt(folder, '2026-11-01T00:00:00Z', ...words);
const ROTA = 'rotas/paas/in-hours.yaml';
const SWAP = `
overrides:
  - {role: engineer, turn: 2027-03-01, person: ben-adeyemi, instead_of: amara-osei, reason: swap}
  - {role: engineer, turn: 2027-03-08, person: amara-osei, instead_of: ben-adeyemi, reason: swap}
`;

/** The sample handbook, with a swap on its own branch. */
beforeAll(() => {
  for (const part of ['rotas', 'policies'])
    cpSync(join(SAMPLE, part), join(folder, part), { recursive: true });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'base');
  git('checkout', '-qb', 'swap');
  writeFileSync(join(folder, ROTA), readFileSync(join(folder, ROTA), 'utf8') + SWAP);
  git('commit', '-qam', 'swap');
  git('checkout', '-q', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'main goes on');
  git('checkout', '-q', 'swap');
});
afterAll(() => rmSync(folder, { recursive: true }));

const rota = (...words: readonly string[]): Promise<Ran> => rotaInProcess(folder, words);

const line = readFileSync(join(SAMPLE, ROTA), 'utf8').split('\n').length + 2;

test('a late swap is an error at its line, the same swap in time is not', async () => {
  const late = await rota('check', '--base', 'main', '--now', '2027-02-25T12:00:00Z');
  expect(late.status).toBe(1);
  expect(late.stdout).toContain(
    `${ROTA}:${line}:5: error: amara-osei gives up paas/in-hours/engineer Mon 1 Mar 09:00 – Fri 5 Mar 17:00 to ben-adeyemi with 3 days' notice; the policy asks 7 days`,
  );
  const early = await rota('check', '--base', 'main', '--now', '2027-01-25T12:00:00Z');
  expect([early.status, early.stdout.startsWith('no findings')]).toEqual([0, true]);
});

test('changes are printed as a table', async () => {
  expect(await rota('diff', '--base', 'main', '--now', '2027-01-25T12:00:00Z')).toEqual({
    status: 0,
    stdout: `From             To                Role                    Before       After        Notice
Mon 1 Mar 09:00  Fri 5 Mar 17:00   paas/in-hours/engineer  Amara Osei   Ben Adeyemi  34 days
Mon 8 Mar 09:00  Fri 12 Mar 17:00  paas/in-hours/engineer  Ben Adeyemi  Amara Osei   41 days
`,
    stderr: '',
  });
});

test('a change of every nth turn has a row for each turn, with its own notice', async () => {
  const file = join(folder, ROTA);
  const text = readFileSync(file, 'utf8');
  const [first = '', second = ''] = /people: \[([^\]]+)\]/.exec(text)?.[1]?.split(', ') ?? [];
  writeFileSync(file, text.replace(`[${first}, ${second}`, `[${second}, ${first}`));
  const { stdout } = await rota('diff', '--base', 'HEAD', '--now', '2027-01-25T12:00:00Z');
  writeFileSync(file, text);
  const rows = stdout.split('\n').filter((it) => / Amara Osei {3}Ben Adeyemi {2}(no|\d+ days)$/.test(it));
  expect(rows.map((it) => it.replace(/ {2,}/g, ' | '))).toEqual([
    'Mon 25 Jan 12:00 | Fri 29 Jan 17:00 | paas/in-hours/engineer | Amara Osei | Ben Adeyemi | no',
    'Mon 5 Apr 09:00 | Fri 9 Apr 17:00 | paas/in-hours/engineer | Amara Osei | Ben Adeyemi | 69 days',
    'Mon 10 May 09:00 | Fri 14 May 17:00 | paas/in-hours/engineer | Amara Osei | Ben Adeyemi | 104 days',
    'Mon 14 Jun 09:00 | Fri 18 Jun 17:00 | paas/in-hours/engineer | Amara Osei | Ben Adeyemi | 139 days',
    'Mon 19 Jul 09:00 | Fri 23 Jul 17:00 | paas/in-hours/engineer | Amara Osei | Ben Adeyemi | 174 days',
  ]);
  expect(stdout).toContain(
    'Mon 25 Jan 12:00 – Fri 29 Jan 17:00, Mon 5 Apr 09:00 – Fri 9 Apr 17:00, Mon 10 May 09:00 – Fri 14 May 17:00 ' +
      'and 2 more up to Fri 23 Jul 17:00 to ben-adeyemi with no notice',
  );
  const times = stdout.split('\n').map((it) => it.slice(0, 17).trim());
  expect(times.indexOf('Mon 1 Feb 09:00')).toBeLessThan(times.indexOf('Mon 5 Apr 09:00'));
});

test('changes are printed as JSON', async () => {
  const { status, stdout } = await rota(
    'diff',
    '--base',
    'main',
    '--now',
    '2027-02-28T21:00:00Z',
    '--format',
    'json',
  );
  const { changes, findings } = JSON.parse(stdout) as { changes: object[]; findings: { rule: string }[] };
  expect(status).toBe(1);
  expect(changes).toHaveLength(10);
  expect(changes[0]).toEqual({
    rota: 'paas/in-hours',
    role: 'engineer',
    start: '2027-03-01T09:00:00Z',
    end: '2027-03-01T17:00:00Z',
    before: 'amara-osei',
    after: 'ben-adeyemi',
    notice_hours: 12,
  });
  expect(findings.map(({ rule }) => rule)).toEqual(['notice', 'notice']);
  const past = JSON.parse(
    (await rota('diff', '--base', 'main', '--now', '2027-03-01T15:00:00Z', '--format', 'json')).stdout,
  );
  expect(past.changes[0].notice_hours).toBe(-6);
});

test('without a difference nothing changes', async () => {
  expect(await rota('diff', '--base', 'HEAD')).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^Nobody's time changes up to \w+ \d+ \w+ \d{4}\.\n$/),
    stderr: '',
  });
});

test('a rota that cannot be read is not reported as unchanged', async () => {
  const file = join(folder, ROTA);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('timezone:', 'timezoned:'));
  const { status, stdout } = await rota('diff', '--base', 'HEAD');
  writeFileSync(file, text);
  expect([status, stdout.split('\n')[0]]).toEqual([
    0,
    'Whose time changes in paas/in-hours is unknown, because a file could not be read.',
  ]);
});

test('a base that does not exist is a usage error, with advice', async () => {
  const { status, stderr } = await rota('diff', '--base', 'mian');
  expect(status).toBe(2);
  expect(stderr).toContain('there is no revision "mian" here');
  expect(stderr).toContain('git fetch origin mian');
  expect((await rota('check', '--base', '--output=x')).status).toBe(2);
});

test('a finding without room for all its times lists them with --all, and in JSON', async () => {
  const file = join(folder, ROTA);
  const text = readFileSync(file, 'utf8');
  const days = [1, 2, 3, 4, 5].map(
    (day) =>
      `  - {role: engineer, person: ben-adeyemi, from: 2027-03-0${day}T09:00, to: 2027-03-0${day}T16:00}\n`,
  );
  writeFileSync(file, text.replace(SWAP, `\noverrides:\n${days.join('')}`));
  const words = ['check', '--base', 'main', '--now', '2027-02-25T12:00:00Z'];
  const [plain, all, json] = [
    await rota(...words),
    await rota(...words, '--all'),
    await rota(...words, '--format', 'json'),
  ];
  writeFileSync(file, text);
  expect(plain.stdout).toContain('Wed 3 Mar 09:00 – 16:00 and 2 more up to Fri 5 Mar 16:00');
  expect(all.stdout).toContain('\n  Thu 4 Mar 09:00 – 16:00\n  Fri 5 Mar 09:00 – 16:00\n');
  const found = JSON.parse(json.stdout) as { rule: string; times?: readonly unknown[] }[];
  expect(found.find(({ rule }) => rule === 'notice')?.times).toHaveLength(5);
});
