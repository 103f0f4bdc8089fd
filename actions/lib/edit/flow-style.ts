/**
 * Inserts and removes items of a list in flow style (brackets), on one line or on several. Removing an inserted item
 * restores the original bytes.
 */
import type { Extent, ItemExtent, ListExtent } from '../load/source.ts';
import { trimmedEnd } from '../text/trim.ts';
import { type Entry, flowText } from './entry.ts';
import { commentsAbove, lineBreak, lineEnd, lineStart, withLines } from './lines.ts';

/** The text with an entry added after the last item of a list: on its own line if that item has one. */
export function appendToFlow(text: string, list: ListExtent, entry: Entry): string {
  const last = list.items.at(-1);
  const written = flowText(entry);
  if (last === undefined) return spliced(text, list.start + 1, list.start + 1, written);
  const margin = marginOf(text, last);
  if (margin === undefined) return spliced(text, last.end, last.end, `, ${written}`);
  if (!ownsLine(text, last))
    return spliced(text, last.end, last.end, `,${lineBreak(text, last.start)}${margin}${written}`);
  const next = lineEnd(text, last.end);
  if (commaAfter(text, last.end) !== undefined) return withLines(text, next, [`${margin}${written},`]);
  return spliced(withLines(text, next, [margin + written]), last.end, last.end, ',');
}

/** The text without one item of a list, and without the comma between it and the previous item, or else the next. */
export function removeFromFlow(text: string, list: ListExtent, index: number): string {
  const item = list.items[index] as ItemExtent;
  const before = list.items[index - 1];
  const { start, end } = ownSpace(text, item, before);
  const rest = spliced(text, start, end, '');
  const tookComma = ownsLine(text, item) && commaAfter(text, item.end) !== undefined;
  const separator = before === undefined || tookComma ? undefined : commaAfter(text, before.end);
  const joined = separator === undefined ? rest : spliced(rest, separator, separator + 1, '');
  const hadSpace = item.start > list.start + 1;
  return list.items.length === 1 && hadSpace ? closedUp(joined, list) : joined;
}

/** What is removed with an item: its lines and the comments above, or its part of a shared line. */
function ownSpace(text: string, item: ItemExtent, before: ItemExtent | undefined): Extent {
  if (ownsLine(text, item)) {
    const start = lineStart(text, item.start);
    const top = before === undefined ? start : commentsAbove(text, start, lineEnd(text, before.end));
    return { start: top, end: lineEnd(text, item.end) };
  }
  if (before !== undefined) return { start: spaceBefore(text, item.start), end: item.end };
  const comma = commaAfter(text, item.end);
  if (comma === undefined) return item;
  const space = /^[ \t]*(?=[^\s\]])/.exec(text.slice(comma + 1));
  return { start: item.start, end: comma + 1 + (space?.[0].length ?? 0) };
}

/** Where the space before an item begins; a line end belongs to the comment before it. */
function spaceBefore(text: string, start: number): number {
  const line = text.slice(0, start).trimEnd();
  const isComment = text.slice(lineStart(text, line.length), line.length).includes('#');
  return isComment ? trimmedEnd(text.slice(0, start), /[ \t]/).length : line.length;
}

/** Removes the space from brackets that contain nothing else. */
function closedUp(text: string, { start }: Extent): string {
  const end = text.indexOf(']', start);
  return text.slice(start + 1, end).trim() === '' ? spliced(text, start + 1, end, '') : text;
}

/** The space before an item that begins its line; undefined where it does not. */
function marginOf(text: string, { start }: Extent): string | undefined {
  const margin = text.slice(lineStart(text, start), start);
  return margin.trim() === '' ? margin : undefined;
}

/** Whether an item is alone on its line, except for a comma and a comment. */
function ownsLine(text: string, item: Extent): boolean {
  const end = lineEnd(text, item.end);
  const comma = commaAfter(text, item.end);
  const isAlone = /^(?:[ \t]*,)?\s*(#[^\n]*)?\n?$/.test(text.slice(item.end, end));
  return marginOf(text, item) !== undefined && isAlone && (comma === undefined || comma < end);
}

/** The offset of the comma after an item, if one follows. */
function commaAfter(text: string, end: number): number | undefined {
  const found = /^(?:\s|#[^\n]*\n)*,/.exec(text.slice(end));
  return found === null ? undefined : end + found[0].length - 1;
}

const spliced = (text: string, start: number, end: number, inserted: string): string =>
  text.slice(0, start) + inserted + text.slice(end);
