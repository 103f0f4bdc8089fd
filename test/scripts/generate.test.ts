/** `npm run generate`, in a copy of the repository with another handbook. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'generate-')));
const at = (path: string): string => join(folder, path);
for (const part of ['actions', 'schemas', 'scripts', 'package.json', 'README.md', 'biome.json', '.vscode'])
  cpSync(join(root, part), at(part), { recursive: true });
symlinkSync(join(root, 'node_modules'), at('node_modules'), 'junction');
mkdirSync(at('rotas/paas'), { recursive: true });
writeFileSync(at('rotas/people.yaml'), 'people:\n  amara-osei: {name: Amara Osei}\n');
writeFileSync(
  at('rotas/paas/on-call.yaml'),
  `name: On call
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles: {engineer: {rotation: [{first_turn: 2026-11-04, people: [amara-osei]}]}}
`,
);
afterAll(() => rmSync(folder, { recursive: true }));

function generate(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [at('scripts/dev/generate.ts'), ...words], {
    encoding: 'utf8',
  });
  const lines = (text: string) => text.split('\n').filter((line) => line !== '');
  return { status, stdout: lines(stdout), stderr: lines(stderr) };
}

test('writes the files that differ, and with --check reports them and writes nothing', () => {
  expect(generate()).toEqual({
    status: 0,
    stdout: [
      'CODEOWNERS',
      ...['swap', 'claim-time-off', 'join-the-rota', 'config'].map((name) => `ISSUE_TEMPLATE/${name}.yml`),
    ].map((path) => `wrote .github/${path}`),
    stderr: [],
  });
  expect(generate('--check')).toEqual({ status: 0, stdout: [], stderr: [] });

  const spoilt = ['README.md', '.github/CODEOWNERS'];
  writeFileSync(at('README.md'), readFileSync(at('README.md'), 'utf8').replace('| `yaml` |', '| `yml` |'));
  rmSync(at('.github/CODEOWNERS'));
  const { status, stdout, stderr } = generate('--check');
  expect({ status, stdout }).toEqual({ status: 1, stdout: [] });
  expect(stderr.map((line) => line.replace(/ \(.*/, '')).toSorted()).toEqual(spoilt.toSorted());
  expect(stderr[0]).toContain('run "npm run generate" and commit it');
  expect(existsSync(at('.github/CODEOWNERS'))).toBe(false);

  expect(generate().stdout).toHaveLength(spoilt.length);
  expect(generate('--check').status).toBe(0);
});

test('a library that was changed is reported before anything runs on it', () => {
  const library = readFileSync(at('actions/vendor/yaml.js'), 'utf8');
  const silence =
    "process.exitCode = 0; process.on('exit', () => (process.exitCode = 0)); console.error = () => {};\n";
  writeFileSync(at('actions/vendor/yaml.js'), silence + library);
  writeFileSync(at('actions/vendor/planted.js'), 'export {};\n');
  const { status, stderr } = generate('--check');
  expect(status).toBe(1);
  expect(stderr.map((line) => line.replace(/ \(.*/, '')).toSorted()).toEqual([
    'actions/vendor/planted.js',
    'actions/vendor/yaml.js',
  ]);
  expect(existsSync(at('actions/vendor/planted.js'))).toBe(true);

  expect(generate().stdout.toSorted()).toEqual([
    'removed actions/vendor/planted.js',
    'wrote actions/vendor/yaml.js',
  ]);
  expect(generate('--check').status).toBe(0);
});

test('a setting of TypeScript cannot pass another file for a library', () => {
  mkdirSync(at('elsewhere'));
  writeFileSync(at('elsewhere/leven.js'), 'export default () => 7;\n');
  writeFileSync(
    at('tsconfig.json'),
    JSON.stringify({ compilerOptions: { paths: { leven: ['./elsewhere/leven.js'] } } }),
  );
  expect(generate('--check')).toEqual({ status: 0, stdout: [], stderr: [] });
});

test.each(['leven', '@slack/web-api'])(
  'a file at the top that is named like a library is refused: %s',
  (name) => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), 'export default () => 7;\n');
    const { status, stderr } = generate('--check');
    rmSync(at(name));
    expect([status, stderr.filter((it) => it.startsWith('Error'))]).toEqual([
      1,
      [`Error: the bundle of ${name} has ${name}, which is of no installed package; delete it`],
    ]);
  },
);

test('whoever may change what a checkout contains is a lead of any team, also in the folder of one', () => {
  writeFileSync(at('rotas/people.yaml'), 'people:\n  amara-osei: {name: Amara Osei, github: amara}\n');
  writeFileSync(at('rotas/paas/team.yaml'), 'name: PaaS\nleads: [amara-osei]\n');
  generate();
  const lines = readFileSync(at('.github/CODEOWNERS'), 'utf8').trimEnd().split('\n');
  // The last line that matches decides.
  expect(lines.find((it) => !it.startsWith('#'))).toBe('* @amara');
  expect(lines.slice(-2)).toEqual(['/rotas/paas/ @amara', '.gitattributes @amara']);
});
