/** Near misses: the word somebody probably meant. */
import leven from '#leven';

/**
 * `; did you mean "monday"?` when one of the choices is a slip of the fingers away, or has the word as a part of its own
 * as no other has (London, Europe/London); otherwise nothing.
 */
export const didYouMean = (word: string, choices: Iterable<string>): string =>
  suggestion(nearestOf(word, choices));

/** The same choice by itself. */
export function nearestOf(word: string, choices: Iterable<string>): string | undefined {
  const all = [...choices];
  const meant = slipOf(word, all) ?? partOf(word, all);
  return meant === word ? undefined : meant;
}

/** The words that suggest it. */
export const suggestion = (nearest: string | undefined): string =>
  nearest === undefined ? '' : `; did you mean "${nearest}"?`;

function slipOf(word: string, choices: readonly string[]): string | undefined {
  const reach = Math.min(3, Math.floor(word.length / 3) + 1);
  let nearest: string | undefined;
  let least = reach + 1;
  for (const choice of choices) {
    if (Math.abs(choice.length - word.length) > reach) continue;
    // Equally near, the one that begins alike was meant: people mistype ends more than beginnings.
    const steps = leven(word.toLowerCase(), choice.toLowerCase(), { maxDistance: reach + 1 });
    const score = steps - sharedStart(word, choice) / 100;
    if (steps <= reach && score < least) {
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
