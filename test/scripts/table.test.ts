/** Tables: columns that line up on a screen, whatever script or look their cells have. */
import { expect, test } from 'vitest';
import { table } from '../../scripts/table.ts';

test('columns are as wide as their widest cell, heading included, and lines end without blanks', () => {
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

test('width is what a terminal shows: wide letters two, marks and looks nothing', () => {
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

test('a row may be shorter than the headings, and there may be none', () => {
  expect(table(['A', 'B'], [['x']])).toStrictEqual(['A  B', 'x']);
  expect(table(['A', 'B'], [])).toStrictEqual(['A  B']);
});
