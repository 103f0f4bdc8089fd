/**
 * Who agrees when a pull request changes a key: for each key of each schema a row that says so. Whoever adds a key adds
 * a row, and a sentence to SECURITY where nobody is asked. `code owners` means that the comparison asks nobody, and that
 * the owners of all files without a team do, where the ruleset requires them; `nobody`, that at most the owners of the
 * team's own folder do.
 */
import { expect, test } from 'vitest';
import { describe as textOf } from '../../actions/lib/check/describe.ts';
import { compare } from '../../actions/lib/compare/compare.ts';
import { requiredConsents } from '../../actions/lib/compare/consents.ts';
import { type Evaluation, evaluate } from '../../actions/lib/pipeline.ts';
import { codeowners } from '../../scripts/dev/codeowners.ts';
import { at, but, texts } from '../handbook.ts';
import { HANDBOOK } from './every-key-handbook.ts';
import { POLICY_ROWS } from './every-key-policies.ts';
import { ROTA_ROWS } from './every-key-rotas.ts';
import { keysChanged, SCHEMA_KEYS } from './schema-keys.ts';

const NOW = at('2026-11-21T12:00:00Z');

const evaluated = (text: string): Evaluation => evaluate({ texts: texts(text), findings: [] }, NOW, () => {});

const errorsIn = ({ findings }: Evaluation): readonly string[] =>
  findings.filter(({ severity }) => severity === 'error').map(textOf);

const base = evaluated(HANDBOOK);

/** The rows, each a line of a table with ` | ` between its cells; `\n` is the end of a line of the handbook. */
const rows = `${ROTA_ROWS}${POLICY_ROWS}`
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [keys = '', was = '', is = '', asked] = line.split(' | ').map((it) => it.replaceAll('\\n', '\n'));
    return { keys: keys.split(' + '), was: was.split(' & '), is: is.split(' & '), asked, line };
  });

/** The folders that the leads of all teams own; what no line names is theirs, too, but not the folders of teams. */
const ownedByAll = codeowners(base.handbook)
  .split('\n')
  .filter((line) => line.startsWith('/') && line.endsWith(' @lead-p @lead-w'))
  .map((line) => line.slice(1, line.indexOf(' ')));

/** Everybody who is asked: `ben or lead-paas` for one of them, `; ` between several. */
function askedIn(head: Evaluation, files: readonly string[]): string {
  const consents = requiredConsents(compare(base.handbook, head.handbook, NOW, [], undefined));
  const all = new Set(consents.map(({ anyOf }) => anyOf.toSorted().join(' or ') || 'nobody can'));
  if (all.size > 0) return [...all].toSorted().join('; ');
  return files.every((file) => ownedByAll.some((path) => file.startsWith(path))) ? 'code owners' : 'nobody';
}

test('each key of each schema has a row, and each row is of a key', () => {
  const named = new Set(rows.flatMap(({ keys }) => keys));
  expect([...SCHEMA_KEYS].filter((key) => !named.has(key))).toEqual([]);
  expect([...named].filter((key) => !SCHEMA_KEYS.has(key))).toEqual([]);
});

test('the handbook has no errors', () => {
  expect(errorsIn(base)).toEqual([]);
});

test.each(rows)('$line', ({ keys, was, is, asked }) => {
  const text = was.reduce((all, passage, i) => but(all, passage, is[i] ?? ''), HANDBOOK);
  const changed = keysChanged(HANDBOOK, text);
  expect(changed.keys).toEqual(keys.toSorted());
  const head = evaluated(text);
  expect(errorsIn(head)).toEqual([]);
  expect(askedIn(head, changed.files)).toBe(asked);
});
