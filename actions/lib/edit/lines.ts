/** Finds, inserts and removes whole lines of a text. Keeps line ends, a byte order mark and a missing last line end. */
import type { Extent } from '../load/source.ts';

/** The offset at which the line that contains `offset` begins, after a byte order mark. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** The offset after the line that contains `offset` and its line end. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** The line that contains `offset`, with its line end. */
export const lineAt = (text: string, offset: number): string =>
  text.slice(lineStart(text, offset), lineEnd(text, offset));

/** How many characters precede `offset` in its line. */
export const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);

/** The line end used before `offset`. */
export const lineBreak = (text: string, offset: number): string =>
  text[text.lastIndexOf('\n', offset - 1) - 1] === '\r' ? '\r\n' : '\n';

/**
 * Where the comments directly above a line begin, `floor` at the earliest; the line's own start where there are none.
 */
export function commentsAbove(text: string, start: number, floor: number): number {
  const highest = Math.max(floor, lineStart(text, 0));
  let top = start;
  while (top > highest && /^[ \t]*#/.test(lineAt(text, top - 1))) top = lineStart(text, top - 1);
  return top;
}

/** The text with lines inserted before `offset`, which is the start of a line or the end of the text. */
export function withLines(text: string, offset: number, lines: readonly string[]): string {
  const end = lineBreak(text, offset);
  const isOpen = offset === text.length && !text.endsWith('\n');
  const inserted = lines.map((line) => (isOpen ? end + line : line + end)).join('');
  return text.slice(0, offset) + inserted + text.slice(offset);
}

/** The text without these lines; if the last of them has no line end, the line above loses its own. */
export function withoutLines(text: string, { start, end }: Extent): string {
  const before = text.slice(0, start);
  const isOpen = end === text.length && !text.endsWith('\n');
  return (isOpen ? before.replace(/\r?\n$/, '') : before) + text.slice(end);
}
