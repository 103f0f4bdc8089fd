/**
 * Every file of the largest size that is read ends in findings. Nothing here measures time: where work grows with the
 * square of a file's length, these tests take minutes.
 */
import { describe, expect, test } from 'vitest';
import { MOST_BYTES } from '../actions/lib/git/working-tree.ts';
import { KINDS } from '../actions/lib/model.ts';
import { evaluate } from '../actions/lib/pipeline.ts';
import { at, everything, texts } from './handbook.ts';
import { FILES, TEXTS } from './hostile.ts';
import { sampled } from './sampled.ts';

const NOW = at('2026-11-21T12:00:00Z');
const ordinary = { texts: texts(everything), findings: [] };
/** A file of every kind. */
const PATHS = [...ordinary.texts.keys()];

const withFile = (path: string, text: string) => ({
  texts: new Map([...ordinary.texts, [path, text]]),
  findings: [],
});

/** Judges a pull request that writes the file: it has findings, each at a line of a file. */
function judge(path: string, text: string): void {
  const pull = { author: 'somebody', labels: [], approvals: [] };
  const { findings } = evaluate(withFile(path, text), NOW, () => {}, { texts: ordinary, pull });
  expect(findings.filter(({ line, column }) => !(line >= 1 && column >= 1))).toEqual([]);
  expect(findings.length).toBeGreaterThan(0);
}

test('there is a hostile file of every kind, none too large to be read', () => {
  expect(PATHS).toHaveLength(KINDS.length);
  expect(PATHS.filter((path) => !FILES.some((file) => file.path === path))).toEqual([]);
  const large = [...TEXTS.map(([what, text]) => ({ what, text })), ...FILES].filter(
    ({ text }) => Buffer.byteLength(text) > MOST_BYTES,
  );
  expect(large.map(({ what }) => what)).toEqual([]);
});

describe('whatever the kind of file', () => {
  const rows = TEXTS.map(([what, text], row) => ({ what, text, path: PATHS[row % PATHS.length] as string }));
  test.each(sampled(rows, 15))('$what', ({ path, text }) => judge(path, text));
});

describe('of one kind', () => {
  test.each(sampled(FILES, 15))('$what', ({ path, text }) => judge(path, text));
});
