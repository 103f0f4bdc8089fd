/** Tables: columns are aligned on a screen, for any script and style of the cells. */
import { expect, test } from 'vitest';
import { fitted, fittingTable, paragraph, table } from '../../scripts/table.ts';

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

test('the widest cells are broken at blanks until a table fits, but no word and nothing with a style', () => {
  const rows = [
    ['P1 An outage of everything', 'by Thu 24 Dec 17:30', '35 min'],
    ['P2', '\u001b[31mby Thu 24 Dec 17:30\u001b[39m', 'x'],
  ];
  expect(fittingTable(['Priority', 'First reply', 'Left'], rows, 80)).toStrictEqual(
    table(['Priority', 'First reply', 'Left'], rows),
  );
  expect(fittingTable(['Priority', 'First reply', 'Left'], rows, 43)).toStrictEqual([
    'Priority       First reply          Left',
    'P1 An outage   by Thu 24 Dec 17:30  35 min',
    'of everything',
    'P2             \u001b[31mby Thu 24 Dec 17:30\u001b[39m  x',
  ]);
  expect(fittingTable(['A', 'B'], [['one-long-word', 'a b']], 5)).toStrictEqual([
    'A              B',
    'one-long-word  a',
    '               b',
  ]);
});

test('a sentence is broken at blanks, and its other lines are indented', () => {
  expect(paragraph('one two three four', 9)).toStrictEqual(['one two', 'three', 'four']);
  expect(paragraph('one two three four', 10, '  ')).toStrictEqual(['one two', '  three', '  four']);
  expect(paragraph('a 王小明 b', 8)).toStrictEqual(['a 王小明', 'b']);
  expect(paragraph('a-word-that-is-too-long b', 9)).toStrictEqual(['a-word-that-is-too-long', 'b']);
  expect(paragraph('one two three four')).toStrictEqual(['one two three four']);
});
