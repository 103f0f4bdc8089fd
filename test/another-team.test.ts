/** The code with another team's rotas and policies: the commands work, and no test depends on this repository's own. */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, readFileSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { texts } from './handbook.ts';
import { fill, folder, git } from './process.ts';
import { isNightly } from './sampled.ts';

const root = join(import.meta.dirname, '..');
const OURS = ['rotas', 'policies', 'node_modules', '.git', 'public', 'coverage'];

/** A team with one rota round the clock, which has no findings on any day. */
const theirs = texts(`
== rotas/people.yaml
people:
  una-byrne: {name: Una Byrne, github: una-b}
  vik-lund: {name: Vik Lund, github: vik-l}
  sam-roth: {name: Sam Roth, github: sam-r}
== rotas/trains/team.yaml
name: Trains
leads: [una-byrne]
== rotas/trains/desk.yaml
name: Desk
timezone: Europe/Dublin
hours: always
covers: [always]
handover: {day: tuesday, time: "08:30"}
roles:
  dispatcher: {rotation: [{first_turn: 2026-01-06, people: [una-byrne, vik-lund]}]}
== policies/support-hours/always.yaml
name: Always
timezone: Europe/Dublin
windows: {always: [{days: every, from: "00:00", to: "00:00"}]}
covered_by: {always: [trains/desk/dispatcher]}
== policies/service-levels/bronze.yaml
name: Bronze
hours: always
priorities: {P1: {name: Down, in_hours: {respond: 1 hour}}}
clock: {always: in_hours}
example: true
== policies/escalation/desk.yaml
name: Desk
applies_in: [always]
levels: [{notify: [trains/desk/dispatcher], escalate_after: 10 minutes}, {notify: [person: sam-roth]}]
== policies/services.yaml
services: {signals: {name: Signals, team: trains, service_level: bronze, escalation: {always: desk}}}
== policies/publishing.yaml
site: https://trains.example/rota/
`);

/** Teams and people of the sample handbook. */
const SAMPLE_NAMES = /govpress|paas|modernisation|dxw|amara|nia-rhys/i;

/** Tests of files in the checkout that could depend on the team's data; at night, all tests. */
const TESTS = isNightly
  ? ['--exclude', 'test/another-team.test.ts']
  : ['readme', 'requests/forms', 'sample', 'scenarios', 'workflows'].map((name) => `test/${name}`);

const LONG = isNightly ? 1_800_000 : 120_000;

/** A copy of the code, without its handbook. */
function bare(): string {
  const copy = folder();
  cpSync(root, copy, { recursive: true, filter: (path) => !OURS.includes(relative(root, path)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

const runIn = (copy: string, words: readonly string[]) =>
  spawnSync(process.execPath, words, {
    cwd: copy,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: copy },
  });

/** What is generated from the handbook of a copy. */
const generated = (copy: string): readonly string[] =>
  globSync('.github/{CODEOWNERS,ISSUE_TEMPLATE/*}', { cwd: copy }).map((file) =>
    readFileSync(join(copy, file), 'utf8'),
  );

test('commands, generators and tests work with the files of another team', { timeout: LONG }, () => {
  const copy = bare();
  fill(copy, theirs);
  for (const words of [
    ['init', '-q'],
    ['add', 'rotas', 'policies'],
    ['commit', '-qm', 'Trains'],
  ])
    git(copy, '2026-11-01T00:00:00Z', ...words);
  const ran = (...words: readonly string[]): string => {
    const { status, stdout, stderr } = runIn(copy, words);
    if (status !== 0) throw new Error(`${words.join(' ')} ends with ${status}\n${stdout}\n${stderr}`);
    return stdout;
  };
  const rota = (...words: readonly string[]) => ran('scripts/rota.ts', ...words);

  expect(rota('check')).toMatch(/^no findings/);
  expect(rota('publish', '--out', 'public')).toContain('public');
  expect(rota('who')).toContain('trains/desk');
  expect(ran('scripts/dev/generate.ts')).toContain('wrote .github/CODEOWNERS');
  ran('scripts/dev/generate.ts', '--check');
  expect(readFileSync(join(copy, '.github/CODEOWNERS'), 'utf8')).toContain('@una-b');
  expect(generated(copy).filter((text) => SAMPLE_NAMES.test(text))).toEqual([]);
  expect(ran('node_modules/vitest/vitest.mjs', 'run', ...TESTS)).toMatch(/Tests .*\d+ passed/);
});

test('what is generated and said in a copy from which the sample was removed', () => {
  const copy = bare();
  const { status, stdout, stderr } = runIn(copy, ['scripts/dev/generate.ts']);
  expect([status, stderr]).toEqual([0, 'there is no rota in rotas/ yet, so there is no form for one\n']);
  expect(stdout).toContain('removed .github/ISSUE_TEMPLATE/swap.yml');
  expect(generated(copy).filter((text) => SAMPLE_NAMES.test(text) || text.includes('@'))).toEqual([]);
  expect(runIn(copy, ['scripts/dev/generate.ts', '--check']).status).toBe(0);
  const check = runIn(copy, ['scripts/rota.ts', 'check']);
  expect([check.status, check.stderr]).toEqual([2, expect.stringContaining('begin with rotas/people.yaml')]);
  // Half a handbook: what can be read is used, and it is said that there is more.
  fill(copy, new Map([...theirs, ['rotas/trains/other.yaml', 'nam: Other\n']]));
  expect(runIn(copy, ['scripts/dev/generate.ts']).stderr).toMatch(/^the handbook has errors/);
});

test('no test and no tool reads rotas/ and policies/ of the repository', () => {
  const files = globSync(['test/**/*.ts', 'scripts/dev/{screenshots,bench/*}.ts'], { cwd: root });
  expect(files.length).toBeGreaterThan(90);
  const reading = files.filter((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const [, name] = /^const (\w+) = .*import\.meta/m.exec(text) ?? [];
    const parts = /\['rotas', 'policies'\]/.test(text) ? "part|'rotas|'policies" : "'rotas|'policies";
    const byName = new RegExp(`readFolder\\(${name}\\)|join\\(${name}, (${parts})`);
    const byPath = /\.\.\/(rotas|policies)\/|readFolder\([^)]*import\.meta/;
    return byPath.test(text) || (name !== undefined && byName.test(text));
  });
  expect(reading).toEqual([]);
});
