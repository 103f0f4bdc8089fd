/** Words that the rules share whose faults are found while loading. */
import type { Thing } from '../load/codes.ts';

/** "an override", "a role": the title of a schema in a sentence; a thing called by its key is the key in quotes. */
export function named({ thing, isKey }: Thing): string {
  if (thing === undefined) return 'this';
  if (isKey === true) return quoted(thing);
  const words = thing.toLowerCase();
  // Several things have no article.
  if (/[^s]s$/.test(words)) return words;
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

/** Text of the file, cut to what fits in a line; whoever prints it escapes it. */
export const quoted = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;

/** That a text stands in the quotes of a word processor. */
export const curlyQuotes = ({ meant }: { readonly meant: string }): string =>
  `these are curly quotes; use plain ones: "${meant}"`;
