/** Texts within a number of characters. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitMarkdown, listMarkdown, wholeLines, within } from '../../actions/lib/review/budget.ts';
import { forMarkdown } from '../../actions/lib/text/escape.ts';

const signs = fc.array(fc.constantFrom('a', '&', '#', '@', '𐀀', '👩‍👩‍👧', 'é', '|', '-', '1.'), {
  maxLength: 60,
});

test('a text is whole where it fits, and otherwise the beginning of it, with an ellipsis', () => {
  fc.assert(
    fc.property(signs, fc.integer({ min: 20, max: 200 }), (parts, most) => {
      const text = parts.join('');
      const fitted = fitMarkdown(text, most);
      expect(fitted.length).toBeLessThanOrEqual(most);
      expect(fitted.isWellFormed()).toBe(true);
      if (forMarkdown(text).length <= most) expect(fitted).toBe(forMarkdown(text));
      else expect(fitted.endsWith('…')).toBe(true);
    }),
  );
});

test('lines and their number are those that fit', () => {
  const line = (item: number) => 'x'.repeat(item);
  expect(within([3, 3, 3], line, 12)).toEqual([['xxx', 'xxx', 'xxx'], 0]);
  expect(within([3, 3, 3], line, 11)).toEqual([['xxx', 'xxx'], 1]);
  expect(within([30, 3], line, 11)).toEqual([[], 2]);
});

test('a list names the first, and how many more there are', () => {
  expect(listMarkdown(['a', 'b/c'], 2)).toBe('a, b&#47;c');
  expect(listMarkdown(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
});

test('a text is cut at the end of a line', () => {
  expect(wholeLines('one\ntwo\nthree', 9)).toBe('one\ntwo');
  expect(wholeLines('one\ntwo\nthree', 7)).toBe('one');
});
