/** Suggestions: which misspelt words get one, and which are too different. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { didYouMean } from '../../actions/lib/text/suggest.ts';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

describe('a typo is recognised', () => {
  test.each<[word: string, choices: string[], meant: string | undefined]>([
    ['mondy', DAYS, 'monday'],
    ['wendesday', DAYS, 'wednesday'],
    ['thurday', DAYS, 'thursday'],
    ['Friday', DAYS, 'friday'],
    ['SUNDAY', DAYS, 'sunday'],
    ['day', DAYS, undefined],
    ['mon', DAYS, undefined],
    ['weekend', DAYS, undefined],
    ['', DAYS, undefined],
    ['amara-ossei', ['amara-osei', 'amara-obi'], 'amara-osei'],
    ['ben', ['joe', 'bill'], undefined],
    ['ab', ['cd'], undefined],
    ['timezon', ['time', 'timezone'], 'timezone'],
    ['monday', DAYS, undefined],
    ['amara', ['amara-osei', 'ben-adeyemi'], 'amara-osei'],
    ['amara', ['amara-osei', 'amara-obi'], undefined],
    ['London', ['Europe/London', 'Europe/Londonderry'], 'Europe/London'],
    ['in-hours', ['paas/in-hours', 'paas/out-of-hours'], 'paas/in-hours'],
    ['on', ['on-call', 'ops'], undefined],
    ['ours', ['paas/in-hours'], undefined],
    ['anything', [], undefined],
    ['constructor', DAYS, undefined],
  ])('%j among %j', (word, choices, meant) => {
    expect(didYouMean(word, choices)).toBe(meant === undefined ? '' : `; did you mean "${meant}"?`);
  });
});

test('a word longer than any choice is dismissed at once', () => {
  const choices = Array.from({ length: 20_000 }, (_, i) => `person-${i}`);
  expect(didYouMean('x-'.repeat(100_000), choices)).toBe('');
});

test('of two words equally near, the one that begins alike is suggested, in whatever order they are', () => {
  expect(didYouMean('on-cal', ['an-cal', 'on-call'])).toBe('; did you mean "on-call"?');
  expect(didYouMean('on-cal', ['on-call', 'an-cal'])).toBe('; did you mean "on-call"?');
});

test('a suggestion is always one of the choices, and an existing word is never corrected', () => {
  const words = fc.array(fc.string({ maxLength: 12 }), { maxLength: 8 });
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), words, (word, choices) => {
      const hint = didYouMean(word, choices);
      expect(['', ...choices.map((choice) => `; did you mean "${choice}"?`)]).toContain(hint);
      expect(didYouMean(word, [...choices, word])).toBe('');
    }),
  );
});
