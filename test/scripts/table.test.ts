/** Tables: columns are aligned on a screen, for any script and style of the cells. */
import { expect, test } from 'vitest';
import { fitted, table } from '../../scripts/table.ts';

test('columns are as wide as their widest cell or heading, and lines have no trailing blanks', () => {
  expect(
    table(
      ['On', 'Until', 'Next'],
      [
        ['Amara Osei', '–', ''],
        ['B', 'Mon 23 Nov 10:00', 'C'],
      ],
    ),
  ).toStrictEqual(['On          Until             Next', 'Amara Osei  –', 'B           Mon 23 Nov 10:00  C']);
});

test('width is that on a terminal: two for wide letters, none for combining marks and styles', () => {
  const rows = ['王小明', '👩‍👩‍👧', 'Zoe\u0308', '\u001b[2mnobody\u001b[22m', 'דנה'].map((cell) => [
    cell,
    'x',
  ]);
  expect(table(['\u001b[1mOn\u001b[22m', 'T'], rows)).toStrictEqual([
    '\u001b[1mOn\u001b[22m      T',
    '王小明  x',
    '👩‍👩‍👧      x',
    'Zoe\u0308     x',
    '\u001b[2mnobody\u001b[22m  x',
    'דנה     x',
  ]);
});

test('a row may be shorter than the headings, and a table may have no rows', () => {
  expect(table(['A', 'B'], [['x']])).toStrictEqual(['A  B', 'x']);
  expect(table(['A', 'B'], [])).toStrictEqual(['A  B']);
});

test('a table of two hundred thousand rows', () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => [String(i), 'x']);
  expect(table(['A', 'B'], rows)).toHaveLength(200_001);
});

test.each([
  ['short', 10, 'short'],
  ['exactly so', 10, 'exactly so'],
  ['a little longer', 10, 'a little…'],
  ['東京東京東京', 8, '東京東…'],
  ['👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 5, '👩‍👩‍👧👩‍👩‍👧…'],
])('%s, cut to %i columns', (text, width, cut) => {
  expect(fitted(text, width)).toBe(cut);
});
