/** Near misses: the word somebody probably meant. */
import leven from 'leven';

/** `; did you mean "monday"?` when one of the choices is a slip of the fingers away, otherwise nothing. */
export function didYouMean(word: string, choices: Iterable<string>): string {
  let nearest: string | undefined;
  let distance = Math.min(3, Math.floor(word.length / 3) + 1);
  for (const choice of choices) {
    if (Math.abs(choice.length - word.length) > distance) continue;
    const steps = leven(word.toLowerCase(), choice.toLowerCase(), { maxDistance: distance + 1 });
    if (steps < distance || (steps === distance && nearest === undefined)) {
      nearest = choice;
      distance = steps;
    }
  }
  return nearest === undefined || nearest === word ? '' : `; did you mean "${nearest}"?`;
}
