// Runs the commands that README shows and compares their output; generates its table of rules again.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withRules } from '../scripts/dev/rule-table.ts';
import { SAMPLE } from './handbook.ts';
import { rotaInProcess } from './in-process.ts';
import { git } from './process.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)].map(
  ([, language, file, text]) => ({
    language,
    file: file as string,
    text: text as string,
  }),
);
const examples = blocks.filter(({ language }) => language === 'console').map(({ text }) => text);
const folder = mkdtempSync(join(tmpdir(), 'readme-'));

beforeAll(() => {
  for (const part of ['rotas', 'policies'])
    cpSync(join(SAMPLE, part), join(folder, part), { recursive: true });
  for (const words of [
    ['init', '-q'],
    ['add', '-A'],
    ['commit', '-qm', 'base'],
  ]) {
    git(folder, '2026-11-01T00:00:00Z', ...words);
  }
  for (const { file, text } of blocks.filter(
    ({ language, file: name }) => (language === 'yaml' || language === 'csv') && name !== '',
  )) {
    mkdirSync(dirname(join(folder, 'example', file)), { recursive: true });
    writeFileSync(join(folder, 'example', file), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const PREFIX = '$ npm run --silent rota -- ';

async function rerun(example: string): Promise<string> {
  const [command = ''] = example.split('\n');
  const { stdout } = await rotaInProcess(folder, command.slice(PREFIX.length).split(' '));
  return `${command}\n${stdout}`;
}

test('there are examples, and each is a command of rota', () => {
  expect(examples.length).toBeGreaterThanOrEqual(3);
  expect(examples.filter((example) => !example.startsWith(PREFIX))).toEqual([]);
});

test.each(examples)('prints what README shows: %s', async (example) => {
  expect(await rerun(example)).toBe(example);
});

test('the table of rules is up to date; "npm run generate" writes it', () => {
  expect(readme).toContain('| `yaml` |');
  expect(withRules(readme)).toBe(readme);
});

test('every npm script that README names exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [...readme.matchAll(/npm (?:run )?(?:--silent )?([\w:]+)/g)].map(
    ([, name]) => name as string,
  );
  expect(named.filter((name) => !(name in scripts) && !['ci', 'run', 's'].includes(name))).toEqual([]);
});
