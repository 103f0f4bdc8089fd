/**
 * Inserts and removes items of a list in block style (one dash per item). A comment belongs to the item below it and is
 * removed with it. A comment above the first item may be about the whole list, so it stays while other items remain. A
 * comment indented deeper than the dash belongs to the item above.
 */
import type { Extent, ItemExtent, ListExtent, Outline } from '../load/source.ts';
import { type Entry, flowText, pairTexts } from './entry.ts';
import {
  columnOf,
  commentsAbove,
  lineAt,
  lineBreak,
  lineEnd,
  lineStart,
  withLines,
  withoutLines,
} from './lines.ts';

/** The text with an entry added after the last item of a list, in the style of that item. */
export function appendToBlock(text: string, { items }: ListExtent, entry: Entry): string {
  const last = items.at(-1) as ItemExtent;
  const dash = last.dash as number;
  const margin = ' '.repeat(columnOf(text, dash));
  const between = text.slice(dash + 1, last.start);
  const column = columnOf(text, last.start);
  // A dash may be on a line of its own; a comment next to it is about that item alone.
  const gap = between.trim() === '' ? between : ' '.repeat(Math.max(1, column - margin.length - 1));
  const end = lineBreak(text, dash);
  const body = last.flow ? flowText(entry) : pairTexts(entry).join(end + ' '.repeat(column));
  return withLines(text, blockRows(text, last).end, [`${margin}-${gap}${body}`]);
}

/** The text without one of several items of a list, and without the comments directly above it. */
export function removeFromBlock(text: string, { items }: ListExtent, index: number): string {
  const { start, end } = blockRows(text, items[index] as ItemExtent);
  const before = items[index - 1];
  const top = before === undefined ? start : commentsAbove(text, start, blockRows(text, before).end);
  return withoutLines(text, { start: top, end });
}

/** The text with a key and its first entry added at the end, indented and spaced like the file's other keys. */
export function appendKey(text: string, outline: Outline, name: string, entry: Entry): string {
  const dashes = outline.keys.flatMap(({ list }) => list?.items[0]?.dash ?? []);
  const column = columnOf(text, outline.keys[0]?.start ?? 0);
  const dash = dashes[0] === undefined ? column + 2 : columnOf(text, dashes[0]);
  const lines = [`${' '.repeat(column)}${name}:`, `${' '.repeat(dash)}- ${flowText(entry)}`];
  const end = /^\.\.\.(?=\s|$)/m.exec(text)?.index ?? text.length;
  return withLines(text, end, isSetApart(text, outline, name) ? ['', ...lines] : lines);
}

/** The text without a key and the only item of its list, and without the blank line that separates it. */
export function removeKey(text: string, outline: Outline, name: string): string {
  const key = outline.keys.find((it) => it.name === name) as Extent & { readonly list: ListExtent };
  const start = lineStart(text, key.start);
  const { end } = blockRows(text, key.list.items[0] as ItemExtent);
  const isApart = isSetApart(text, outline, name) && isBlankAbove(text, start);
  return withoutLines(text, { start: isApart ? lineStart(text, start - 1) : start, end });
}

/** From the line of an item's dash, or of an entry's key, to the end of its last line. */
export function blockRows(
  text: string,
  { dash, start, end: last }: Extent & Partial<Pick<ItemExtent, 'dash'>>,
): Extent {
  const column = columnOf(text, dash ?? start);
  let end = lineEnd(text, last - 1);
  for (; end < text.length; end = lineEnd(text, end)) {
    const [indent] = /^ *(?=#)/.exec(lineAt(text, end)) ?? [''];
    if (indent.length <= column) break;
  }
  return { start: lineStart(text, dash ?? start), end };
}

/** Whether the file has blank lines between its keys, judged by the last of the other keys. */
function isSetApart(text: string, { keys }: Outline, name: string): boolean {
  const other = keys.filter((it) => it.name !== name).at(-1);
  return other !== undefined && isBlankAbove(text, commentsAbove(text, lineStart(text, other.start), 0));
}

const isBlankAbove = (text: string, start: number): boolean =>
  start > 0 && lineAt(text, start - 1).trim() === '';
