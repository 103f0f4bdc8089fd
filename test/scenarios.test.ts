/**
 * Small pull requests, each in a folder named by what happened: the files before (`base/`), the files that differ
 * after (`head/`; an empty `<file>.removed` removes one), the time and the people (`scenario.json`). Golden files
 * contain the findings and the comment of each, and the job summaries of all (`summary.md`). `npm run bless` updates
 * them; review the diff.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { described } from '../actions/lib/check/describe.ts';
import type { Pull } from '../actions/lib/compare/against.ts';
import { readFolder } from '../actions/lib/git/working-tree.ts';
import type { Texts } from '../actions/lib/load/load.ts';
import { evaluate } from '../actions/lib/pipeline.ts';
import { comment } from '../actions/lib/review/comment.ts';
import { summary } from '../actions/lib/review/summary.ts';
import { findingLines } from '../actions/lib/text/findings.ts';
import { at } from './handbook.ts';

const SCENARIOS = join(import.meta.dirname, 'scenarios');
const NOTHING: Texts = { texts: new Map(), findings: [] };

/** The files after: those before, overlaid with `head/`. */
function headOf(base: Texts, head: Texts): Texts {
  const texts = new Map([...base.texts, ...head.texts]);
  for (const file of head.texts.keys()) {
    if (!file.endsWith('.removed')) continue;
    texts.delete(file);
    texts.delete(file.slice(0, -'.removed'.length));
  }
  return { texts, findings: head.findings };
}

/** A scenario as `scenario.json` has it, with instants as text. */
interface Scenario {
  readonly now: string;
  /** Whether the base itself has findings, because it cannot be read, for example. */
  readonly baseHasFindings?: boolean;
  readonly pull: Omit<Pull, 'requestedAt' | 'pushedAt'> & {
    readonly requestedAt?: Readonly<Record<string, string>>;
    readonly pushedAt?: string;
  };
}

const pullOf = ({ requestedAt = {}, pushedAt, ...pull }: Scenario['pull']): Pull => ({
  ...pull,
  requestedAt: new Map(Object.entries(requestedAt).map(([address, instant]) => [address, at(instant)])),
  pushedAt: pushedAt === undefined ? undefined : at(pushedAt),
});

const names = readdirSync(SCENARIOS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test('there are scenarios', () => expect(names.length).toBeGreaterThan(12));

const scenarios = names.map((name) => {
  const folder = join(SCENARIOS, name);
  const {
    now,
    pull: written,
    baseHasFindings = false,
  } = JSON.parse(readFileSync(join(folder, 'scenario.json'), 'utf8')) as Scenario;
  const pull = pullOf(written);
  const base = readFolder(join(folder, 'base')) ?? NOTHING;
  const head = headOf(base, readFolder(join(folder, 'head')) ?? NOTHING);
  const { handbook, against, findings } = evaluate(head, at(now), () => {}, { texts: base, pull });
  if (against === undefined) throw new Error('there is nothing to compare with');
  const judgement = { handbook, against, findings, now: at(now), commit: '0123456789abcdef0123' };
  return { name, folder, base, now, findings, judgement, baseHasFindings };
});

test('the job summaries list the findings', () =>
  expect(
    scenarios.map(({ name, findings }) => `## ${name}\n\n${summary(findings, undefined)}\n`).join('\n'),
  ).toMatchFileSnapshot(join(SCENARIOS, 'summary.md')));

describe.each(scenarios)('$name', ({ name, folder, base, now, findings, judgement, baseHasFindings }) => {
  test.each<[file: string, text: () => string]>([
    [
      'findings.txt',
      () =>
        findingLines(described(findings), (_, text) => text)
          .map((line) => `${line}\n`)
          .join(''),
    ],
    ['comment.md', () => `${comment(judgement)}\n`],
  ])('%s', (file, text) => expect(text()).toMatchFileSnapshot(join(folder, file)));

  test('the job summary is the comment without its marker, and the findings', () => {
    const unmarked = comment(judgement).replace(/^<!--.*-->\n\n/, '');
    expect(summary(findings, judgement)).toBe(
      `${unmarked}\n\n${summary(findings, undefined)}`.replaceAll('\n\n- ', '\n- '),
    );
  });

  test(`had ${baseHasFindings ? 'findings' : 'no findings'} before`, () => {
    const before = findingLines(described(evaluate(base, at(now), () => {}).findings), (_, text) => text);
    expect(before.length > 0 ? before : 'none').toEqual(baseHasFindings ? before : 'none');
    expect(existsSync(join(folder, 'head')) || name === 'nothing-changes').toBe(true);
  });
});
