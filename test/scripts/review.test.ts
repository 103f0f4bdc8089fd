/** `rota review`: an emergency at one's desk, and what is wrong with a file about a pull request. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aHandbook, texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { fill, git as gitAt } from '../process.ts';

const base = aHandbook({
  people: {
    amara: 'name: Amara, github: amara-o',
    chi: 'name: Chi, github: chi-w',
    ben: 'name: Ben, github: ben-a',
    nia: 'name: Nia, github: nia-r',
  },
  policies: {
    notice: 'rota_change: {minimum: 7 days}\nshort_cover: {longest: 4 hours}\nconsent: [both-people]',
  },
}).replace('name: PaaS\n', 'name: PaaS\nleads: [nia]\n');
const root = mkdtempSync(join(tmpdir(), 'review-'));
const NOW = '2026-12-10T17:45:00Z';

/** Amara takes over from Chi on Thursday 10 December at 17:30. */
beforeAll(() => {
  const git = (...words: readonly string[]) => gitAt(root, '2026-11-01T00:00:00Z', ...words);
  fill(root, texts(base));
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'base');
  fill(
    root,
    texts(
      `${base}overrides: [{role: engineer, person: amara, from: 2026-12-10T17:30, to: 2026-12-16T10:00}]\n`,
    ),
  );
});

afterAll(() => rmSync(root, { recursive: true }));

const review = (file: string | undefined, ...words: readonly string[]) => {
  const named = file === undefined ? [] : ['--pull', 'pull.yaml'];
  if (file !== undefined) writeFileSync(join(root, 'pull.yaml'), file);
  return rotaInProcess(root, ['review', '--base', 'main', '--now', NOW, ...named, ...words]);
};

const EMERGENCY = `author: amara-o
labels: [emergency-cover]
approvals: [chi-w, nia-r]
opened_at: 2026-12-10T17:00:00Z
pushed_at: "2026-12-10T17:10:00Z"
`;

test('an emergency passes, and one that is written too late does not', async () => {
  const passed = await review(EMERGENCY);
  expect(passed).toMatchObject({ status: 0, stderr: '' });
  expect(passed.stdout).toMatch(/^<!-- rota-as-code: check -->\n\n✅ Ready: nothing is in the way\.\n/);
  const late = await review(EMERGENCY.replace('17:10', '17:31'));
  expect(late.status).toBe(1);
  expect(late.stdout).toContain('1 change of the past');
});

test('without a file, the comment asks everybody', async () => {
  const { stdout, status } = await review(undefined);
  expect(status).toBe(1);
  expect(stdout).toContain('@amara-o (Amara): takes');
  expect(stdout).toContain('@chi-w (Chi): gives up');
});

describe('a file that cannot be read is a usage error that names the key and what to write:', () => {
  test.each<[text: string, message: string]>([
    ['autor: amara-o', '"autor" is not known here; did you mean "author"?; write author, labels, approvals'],
    ['author: [amara-o]', 'author: ["amara-o"]: write a GitHub name, such as amara-osei'],
    ['author: 7', 'author: 7: write a GitHub name'],
    ['author: Amara Osei', 'author: "Amara Osei": write a GitHub name'],
    ['labels: emergency-cover', 'labels: "emergency-cover": write a list, such as [emergency-cover]'],
    ['labels: [1]', 'labels: [1]: write the name of a label'],
    ['labels: ["\\u202Eevil"]', 'write the name of a label'],
    ['approvals: {chi-w: yes}', 'approvals: {"chi-w":"yes"}: write a list, such as [amara-osei, nia-rhys]'],
    ['approvals: [chi w]', 'approvals: ["chi w"]: write a GitHub name'],
    ['opened_at: 2026-12-10', 'opened_at: "2026-12-10": write an instant, such as 2026-12-02T10:00:00Z'],
    ['pushed_at: null', 'pushed_at: null: write an instant'],
    ['__proto__: {}', '"__proto__" is not known here'],
    ['', 'pull.yaml has no keys; write author, labels, approvals, opened_at, pushed_at'],
    ['- author', 'has no keys'],
    ['author: a\nauthor: b', 'pull.yaml:2: '],
    ['author: &a b', 'pull.yaml:1: '],
    [`author: ${'a'.repeat(300_000)}`, 'pull.yaml is larger than 256 KiB'],
  ])('%s', async (text, message) => {
    const { status, stdout, stderr } = await review(text);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr.length).toBeLessThan(400);
    expect(stderr).not.toContain('\u202e');
  });

  test('one that is not there', async () => {
    const missing = await rotaInProcess(root, ['review', '--base', 'main', '--pull', 'missing.yaml']);
    expect(missing).toMatchObject({ status: 2, stderr: 'rota: missing.yaml cannot be read (ENOENT)\n' });
  });
});

test('its help has the keys and an example', async () => {
  const { stdout } = await rotaInProcess(root, ['review', '--help']);
  expect(stdout).toContain('opened_at: 2026-12-02T10:00:00Z');
  expect(stdout).toContain('rota review --base origin/main --pull pull.yaml');
});
