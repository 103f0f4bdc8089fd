/** Near misses: the word somebody probably meant. */
import leven from 'leven';

/** `; did you mean "monday"?` when one of the choices is a slip of the fingers away, otherwise nothing. */
export function didYouMean(word: string, choices: Iterable<string>): string {
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
  return nearest === undefined || nearest === word ? '' : `; did you mean "${nearest}"?`;
}

const sharedStart = (one: string, other: string): number => {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
};
