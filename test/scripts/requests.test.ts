/** `rota forms` and `rota request parse` in real folders. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { everything, texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { contents, folder } from '../process.ts';
import { bodyOf } from '../requests/bodies.ts';

const SWAP = {
  'Rota and role': 'paas/nights/engineer',
  'My turn': '2027-04-07',
  'Their turn': '2027-04-14',
  From: '',
  To: '',
  'With whom': 'Ben Adeyemi (ben-adeyemi)',
  Why: '',
};

test('forms are written, found to be up to date, and reported when they no longer are', async () => {
  const root = folder(texts(everything));
  expect(await rotaInProcess(root, ['forms', '--check'])).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining('run "rota forms"'),
  });
  expect((await rotaInProcess(root, ['forms'])).stdout.trim().split('\n')).toHaveLength(7);
  expect([...contents(join(root, '.github')).keys()]).toHaveLength(7);
  expect(await rotaInProcess(root, ['forms', '--check'])).toMatchObject({
    status: 0,
    stdout: 'every form matches the handbook\n',
  });
  const people = join(root, 'rotas/people.yaml');
  writeFileSync(people, readFileSync(people, 'utf8').replace('Nia Rhys', 'Nia Price'));
  expect(await rotaInProcess(root, ['--format', 'json', 'forms', '--check'])).toMatchObject({
    status: 1,
    stdout: `${JSON.stringify({ files: ['swap', 'join-the-rota'].map((it) => `.github/ISSUE_TEMPLATE/${it}.yml`) }, null, 2)}\n`,
  });
});

test('a form with an empty drop-down is not written, and is removed with its last choice', async () => {
  const FORMS = '.github/ISSUE_TEMPLATE';
  const files = texts(everything);
  const root = folder(files);
  await rotaInProcess(root, ['forms']);
  for (const file of ['policies/services.yaml', 'rotas/paas/planned-changes.yaml']) rmSync(join(root, file));
  const gone = ['out-of-hours-change', 'support-ticket', 'critical-incident'];
  expect(await rotaInProcess(root, ['forms', '--check'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(`${FORMS}/out-of-hours-change.yml does not match the handbook`),
  });
  expect(await rotaInProcess(root, ['forms'])).toMatchObject({
    status: 0,
    stdout: `${gone.map((name) => `removed ${FORMS}/${name}.yml\n`).join('')}wrote ${FORMS}/config.yml\n`,
    stderr: gone
      .map((name) => `there is no ${FORMS}/${name}.yml, because one of its drop-downs would be empty\n`)
      .join(''),
  });
  expect([...contents(join(root, FORMS)).keys()].toSorted()).toEqual([
    'claim-time-off.yml',
    'config.yml',
    'join-the-rota.yml',
    'swap.yml',
  ]);
  expect((await rotaInProcess(root, ['forms', '--check'])).status).toBe(0);
});

test('a body is parsed into its fields, or what is wrong with each', async () => {
  const root = folder(texts(everything));
  writeFileSync(join(root, 'right.md'), bodyOf(SWAP));
  writeFileSync(join(root, 'wrong.md'), bodyOf({ ...SWAP, 'My turn': 'soon', 'With whom': '' }));
  const right = await rotaInProcess(root, ['request', 'parse', 'right.md']);
  expect([right.status, right.stdout]).toEqual([
    0,
    expect.stringMatching(
      /^Swap or cover: every field can be read; notice, windows and availability are checked when the issue is opened\n\nField +Value\n/,
    ),
  ]);
  const wrong = await rotaInProcess(root, ['request', 'parse', 'wrong.md']);
  expect([wrong.status, wrong.stdout]).toEqual([
    1,
    expect.stringContaining(
      'My turn: "soon" is not a date such as "2026-12-02"\nWith whom: nothing is chosen; choose one\n',
    ),
  ]);
  const json = await rotaInProcess(root, ['--format', 'json', 'request', 'parse', 'wrong.md']);
  expect(JSON.parse(json.stdout)).toMatchObject({
    form: 'swap',
    values: { theirs: '2027-04-14' },
    faults: [{ field: 'My turn' }, { field: 'With whom' }],
  });
});

test.each([['nowhere.md'], ['rotas/people.yaml']])('%s is a usage error', async (file) => {
  const { status, stdout } = await rotaInProcess(folder(texts(everything)), ['request', 'parse', file]);
  expect([status, stdout]).toEqual([2, '']);
});
