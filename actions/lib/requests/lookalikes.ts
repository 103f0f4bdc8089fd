/** Texts that look alike but have different characters. Pure. */
import { UNSAFE_CHARACTERS } from '../text/unsafe-characters.ts';

/**
 * Letters of other scripts that look like Latin ones, a selection of Unicode's confusables (UTS #39): alike as small or
 * as capital letters, because texts are compared in lower case, and only of scripts that keyboards have.
 */
const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['аɑα', 'a'],
    ['сϲ', 'c'],
    ['ԁ', 'd'],
    ['её', 'e'],
    ['һ', 'h'],
    ['іїι', 'i'],
    ['ј', 'j'],
    ['кκ', 'k'],
    ['ӏ', 'l'],
    ['оοσ', 'o'],
    ['рρ', 'p'],
    ['ѕ', 's'],
    ['тτ', 't'],
    ['υ', 'u'],
    ['ѵν', 'v'],
    ['ԝ', 'w'],
    ['хχ', 'x'],
    ['уγ', 'y'],
    ['ո', 'n'],
    ['м', 'm'],
    ['н', 'h'],
    ['в', 'b'],
  ].flatMap(([others = '', letter = '']) => [...others].map((other) => [other, letter])),
);

/** A text without case, accents, spaces and invisible characters, and with Latin letters for their lookalikes. */
export const skeleton = (text: string): string =>
  [
    ...text
      .replace(UNSAFE_CHARACTERS, '')
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\p{M}\p{DI}\s]/gu, ''),
  ]
    .map((char) => LOOKALIKES[char] ?? char)
    .join('');
