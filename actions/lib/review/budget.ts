/** Keeps texts within a number of characters, so that no part of a comment takes the room of another. Pure. */
import { forMarkdown } from '../text/escape.ts';

/** A text as Markdown of at most so many characters, with an ellipsis where it is cut. */
export function fitMarkdown(text: string, most: number): string {
  // No character takes less than one, so that what is longer need not be escaped to be measured.
  const whole = text.length <= most ? forMarkdown(text) : '';
  if (text.length <= most && whole.length <= most) return whole;
  const signs = [...text.slice(0, most)];
  let [fits, above] = [0, signs.length];
  while (fits < above) {
    const middle = Math.ceil((fits + above) / 2);
    if (forMarkdown(signs.slice(0, middle).join('')).length < most) fits = middle;
    else above = middle - 1;
  }
  return `${forMarkdown(signs.slice(0, fits).join(''))}…`;
}

/** The lines of the first items that fit into so many characters, and how many items are left out. */
export function within<T>(
  items: readonly T[],
  line: (item: T) => string,
  most: number,
): readonly [lines: readonly string[], left: number] {
  const lines: string[] = [];
  let length = 0;
  for (const item of items) {
    const text = line(item);
    length += text.length + 1;
    if (length > most) break;
    lines.push(text);
  }
  return [lines, items.length - lines.length];
}

/** The first of several short texts as Markdown, and how many more there are. */
export function listMarkdown(texts: readonly string[], most: number): string {
  const more = texts.length - most;
  const shown = texts.slice(0, most).map((it) => fitMarkdown(it, 200));
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The lines of a text that fit into so many characters. */
export function wholeLines(text: string, most: number): string {
  const cut = text.slice(0, most);
  return cut.slice(0, Math.max(0, cut.lastIndexOf('\n')));
}
