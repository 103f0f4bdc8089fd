/** The actions need only committed files: no installed packages, only the libraries in `actions/vendor`. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runAction } from '../github/runner.ts';
import { folder as newFolder } from '../process.ts';

const root = join(import.meta.dirname, '../..');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vendor-')));
const main = join(folder, 'actions/check/action.yml');

for (const part of ['actions', 'schemas', 'package.json'])
  cpSync(join(root, part), join(folder, part), { recursive: true });
mkdirSync(join(folder, 'handbook/rotas'), { recursive: true });
writeFileSync(join(folder, 'handbook/rotas/people.yaml'), 'people:\n  amara-osei: {name: Amara Osei}\n');
afterAll(() => rmSync(folder, { recursive: true }));

const check = () => runAction({ main, eventName: 'push', cwd: join(folder, 'handbook') });

test('the check runs where nothing is installed', async () => {
  const { status, outputs, stderr } = await check();
  expect({ status, outputs, stderr }).toEqual({
    status: 0,
    outputs: { errors: '0', warnings: '0' },
    stderr: '',
  });
});

test('without a vendored library it does not', async () => {
  rmSync(join(folder, 'actions/vendor/yaml.js'));
  const { status, stderr } = await check();
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringContaining('actions/vendor/yaml.js'),
  });
});

test('the source of the actions imports itself, Node and vendored libraries', () => {
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { imports: object };
  const named = globSync('actions/**/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^(?:import\b.*|\}) from '([^'.][^']*)'/gm)].map(
      ([, name]) => ({ file, name: name as string }),
    ),
  );
  const isHere = (name: string) => name in imports || builtinModules.includes(name.replace(/^node:/, ''));
  expect(named.filter(({ name }) => !isHere(name))).toEqual([]);
  expect(new Set(named.map(({ name }) => name).filter((name) => name in imports))).toEqual(
    new Set(Object.keys(imports)),
  );
});

test('every package of the lock file names its hash, and none an address to download it from', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, { readonly integrity?: string; readonly resolved?: string }>>;
  };
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  const hashless = installed.filter(([, { integrity = '' }]) => !/^sha512-[\w+/]{86}==$/.test(integrity));
  expect(installed.length).toBeGreaterThan(200);
  expect(hashless.map(([path]) => path)).toEqual([]);
  expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test.each(['npm-shrinkwrap.json', 'binding.gyp'])('CI installs nothing where npm would read %s', (file) => {
  const copy = newFolder(
    new Map([
      ['.ci/run', readFileSync(join(root, '.ci/run'), 'utf8')],
      [file, '{}'],
    ]),
  );
  const env = { PATH: process.env.PATH, CHROMIUM: 'none' };
  const { status, stdout, stderr } = spawnSync('bash', ['.ci/run'], { cwd: copy, env, encoding: 'utf8' });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toBe(
    `.ci/run: delete ${file}: the libraries in actions/vendor are compared with what package-lock.json names\n`,
  );
});
