/** Tables: columns are aligned on a screen, for any script and style of the cells. */
import { expect, test } from 'vitest';
import { table } from '../../scripts/table.ts';

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
