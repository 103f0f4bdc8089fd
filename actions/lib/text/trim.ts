/** Trims other characters than spaces. */

/**
 * The text without the characters at its end that match. A pattern that ends in `$` would go through a run of them
 * again from each of its places.
 */
export function trimmedEnd(text: string, char: RegExp): string {
  let end = text.length;
  while (end > 0 && char.test(text[end - 1] as string)) end--;
  return text.slice(0, end);
}
