/** Phrases shared by the messages of the rules whose faults are found while loading. */
import type { Thing } from '../load/codes.ts';

/** "an override", "a role": a schema's title with its article; a key is quoted instead. */
export function named({ thing, isKey }: Thing): string {
  if (thing === undefined) return 'this';
  if (isKey === true) return quoted(thing);
  const words = thing.toLowerCase();
  // Plurals have no article.
  if (/([^su]s|people)$/.test(words)) return words;
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

/** Text of the file, shortened to 60 characters; the caller escapes it when printing. */
export const quoted = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;

/** The message for a text in a word processor's quotes. */
export const curlyQuotes = ({ meant }: { readonly meant: string }): string =>
  `these are curly quotes; use plain ones: "${meant}"`;
