/** Suggestions for misspelt words. */
import leven from '#leven';

/**
 * `; did you mean "monday"?` when one of the choices is a typo away, or is the only one that contains the word as a
 * part (London in Europe/London); otherwise an empty text.
 */
export const didYouMean = (word: string, choices: Iterable<string>): string =>
  suggestion(nearestOf(word, choices));

/** The choice that `didYouMean` suggests. */
export function nearestOf(word: string, choices: Iterable<string>): string | undefined {
  const all = [...choices];
  const meant = typoOf(word, all) ?? partOf(word, all);
  return meant === word ? undefined : meant;
}

/**
 * Suggestions for the words of one file: the first 100 words have one, because each is compared with every choice and a
 * hostile file has thousands.
 */
export class Suggestions {
  #left = 100;

  /** As `nearestOf`. */
  nearest(word: string, choices: Iterable<string>): string | undefined {
    return this.#left-- > 0 ? nearestOf(word, choices) : undefined;
  }
}

/** The suggestion as text. */
export const suggestion = (nearest: string | undefined): string =>
  nearest === undefined ? '' : `; did you mean "${nearest}"?`;

function typoOf(word: string, choices: readonly string[]): string | undefined {
  const limit = Math.min(3, Math.floor(word.length / 3) + 1);
  let nearest: string | undefined;
  let least = limit + 1;
  for (const choice of choices) {
    if (Math.abs(choice.length - word.length) > limit) continue;
    // Of equally near choices, the one that begins alike wins: people mistype ends more than beginnings.
    const steps = leven(word.toLowerCase(), choice.toLowerCase(), { maxDistance: limit + 1 });
    const score = steps - sharedStart(word, choice) / 100;
    if (steps <= limit && score < least) {
      nearest = choice;
      least = score;
    }
  }
  return nearest;
}

function partOf(word: string, choices: readonly string[]): string | undefined {
  if (word.length < 3) return undefined;
  const whole = parts(word);
  const [only, ...others] = choices.filter((it) => it.length >= word.length && parts(it).includes(whole));
  return others.length === 0 ? only : undefined;
}

const parts = (text: string): string => `-${text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')}-`;

const sharedStart = (one: string, other: string): number => {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
};
