/**
 * No regular expression goes back over what it has read: each one, of the source and of the schemas, is applied to long
 * runs of what it consists of. One that does takes minutes, and is named.
 */
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { expect, test } from 'vitest';
import { UNSAFE_CHARACTERS } from '../actions/lib/text/unsafe-characters.ts';
import { type Expression, literals } from './expressions.ts';

const root = join(import.meta.dirname, '..');

/** How long one expression may take for all its texts; one that reads forward only takes seconds on a busy machine. */
const LIMIT_MS = 60_000;

/**
 * Applies each expression to its texts and reports how far it has come. The texts are 100,000 characters of a run of one
 * or two characters, of those in the expression and some more, with and without a beginning and another end.
 */
const PROGRAM = `
const { parentPort, workerData: { expressions, from } } = require('node:worker_threads');
const LENGTH = 100_000;
for (let i = from; i < expressions.length; i++) {
  const { source, flags } = expressions[i];
  const all = new RegExp(source, flags.replace(/[gy]/g, '') + 'g');
  const own = [...new Set(source.replace(/\\\\[sdwSDWb]|\\\\[pu][^a-z]*/g, ''))].slice(0, 24);
  const chars = [...new Set([...own, ' ', '\\n', 'a', '1', '-', '[', '"', '\\u200c'])];
  const units = chars.flatMap((char) => [char, char + ' ', char + 'a']);
  for (const head of ['', own[0] ?? '', own.slice(0, 2).join('')]) {
    for (const unit of units) {
      for (const tail of ['', '\\u0001!']) {
        const text = head + unit.repeat(LENGTH / unit.length) + tail;
        text.replace(all, '');
        text.split(all);
      }
    }
  }
  parentPort.postMessage(i);
}
`;

/** The expressions that do not come to an end in time. */
async function endless(expressions: readonly Expression[], limitMs = LIMIT_MS): Promise<readonly string[]> {
  const found: string[] = [];
  for (let from = 0; from < expressions.length; ) {
    const worker = new Worker(PROGRAM, { eval: true, workerData: { expressions, from } });
    try {
      while (from < expressions.length) {
        await once(worker, 'message', { signal: AbortSignal.timeout(limitMs) });
        from++;
      }
    } catch {
      const { where = '', source = '' } = expressions[from] ?? {};
      found.push(`${where} /${source}/`);
      from++;
    }
    await worker.terminate();
  }
  return found;
}

const written = literals();

/** Expressions that are put together where the program runs. */
const COMPOSED: readonly Expression[] = [
  { where: 'actions/lib/text/unsafe-characters.ts', source: UNSAFE_CHARACTERS.source, flags: 'gu' },
  {
    where: 'actions/lib/load/identify.ts',
    source: '^rotas/([a-z0-9]+(?:-[a-z0-9]+)*)/([a-z0-9]+(?:-[a-z0-9]+)*)\\.yaml$',
    flags: '',
  },
];

/** The patterns of the schemas, and the formats that they use. */
function schemaPatterns(): readonly Expression[] {
  const found = new Map<string, Expression>();
  for (const file of globSync('schemas/*.json', { cwd: root }))
    JSON.parse(readFileSync(join(root, file), 'utf8'), (key, value: unknown) => {
      if (key === 'pattern') found.set(String(value), { where: file, source: String(value), flags: 'u' });
      return value;
    });
  const { source, flags } = fullFormats.email as RegExp;
  return [...found.values(), { where: 'the format of an email', source, flags }];
}

test('there are expressions to try, and none is composed anywhere else', () => {
  expect(written.length).toBeGreaterThan(100);
  expect(schemaPatterns().length).toBeGreaterThan(10);
  const files = globSync('{actions,scripts}/**/*.ts', { cwd: root }).filter((file) => !/vendor/.test(file));
  const composing = files.filter((file) => /\bRegExp\(/.test(readFileSync(join(root, file), 'utf8')));
  // It applies the patterns of the schemas.
  const proposing = 'actions/lib/load/meant.ts';
  expect(composing.toSorted()).toEqual([proposing, ...COMPOSED.map(({ where }) => where)].toSorted());
});

test('an expression that goes back is found', async () => {
  const bad = [{ where: 'here', source: '\\s+#.*', flags: '' }];
  expect(await endless(bad, 2_000)).toEqual(['here /\\s+#.*/']);
}, 60_000);

test('no expression goes back over what it has read', async () => {
  expect(await endless([...written, ...COMPOSED, ...schemaPatterns()])).toEqual([]);
}, 3_600_000);
