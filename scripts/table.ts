/** Tables for a terminal: columns as wide as their widest cell, in any script. */
import stringWidth from 'string-width';

/** The lines of a table with its headings; the last column is not padded. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = headings.map((heading, i) => widestOf([heading, ...rows.map((row) => row[i] ?? '')]));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) =>
        i === cells.length - 1 ? cell : cell + ' '.repeat((widths[i] ?? 0) - stringWidth(cell)),
      )
      .join('  ')
      .trimEnd();
  return [line(headings), ...rows.map(line)];
}

/**
 * A table whose cells are broken at blanks, the widest columns first, until it fits a width. It is wider than that only
 * where its longest words leave no other way.
 */
export function fittingTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const columns = headings.map((heading, i) => [heading, ...rows.map((row) => row[i] ?? '')]);
  const widths = columns.map(widestOf);
  const least = columns.map((cells) => widestOf(cells.flatMap(wordsOf)));
  const gaps = 2 * (widths.length - 1);
  let excess = widths.reduce((sum, it) => sum + it, gaps) - width;
  for (const i of [...widths.keys()].toSorted((one, other) => (widths[other] ?? 0) - (widths[one] ?? 0))) {
    const given = Math.max(0, Math.min(excess, (widths[i] ?? 0) - (least[i] ?? 0)));
    widths[i] = (widths[i] ?? 0) - given;
    excess -= given;
  }
  const broken = rows.flatMap((row) => {
    const cells = row.map((cell, i) => wrapped(wordsOf(cell), widths[i]));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) => cells.map((it) => it[line] ?? ''));
  });
  return table(headings, broken);
}

/** A text with a colour is one word: its end belongs to its beginning. */
const wordsOf = (cell: string): readonly string[] => (cell.includes('\u001b') ? [cell] : cell.split(' '));

/** The width of the widest of some texts, without their colours; of a hundred thousand, too. */
export const widestOf = (texts: readonly string[]): number =>
  texts.reduce((widest, text) => Math.max(widest, stringWidth(text)), 0);

/** Words in lines of at most a width, all but the first indented; a longer word has a line of its own. */
export function wrapped(words: readonly string[], width = 80, indent = ''): readonly string[] {
  const [first = '', ...others] = words;
  const lines: string[] = [];
  let line = first;
  let used = stringWidth(first);
  for (const word of others) {
    const size = stringWidth(word);
    if (used + 1 + size <= width) {
      line += ` ${word}`;
      used += 1 + size;
    } else {
      lines.push(line);
      line = indent + word;
      used = indent.length + size;
    }
  }
  return [...lines, line];
}

/** A sentence in lines of at most a width, all but the first indented; in one line without a width. */
export const paragraph = (text: string, width?: number, indent = ''): readonly string[] =>
  width === undefined ? [text] : wrapped(text.split(' '), width, indent);

/** A text without colours, cut to a width. */
export function fitted(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let cut = '';
  let used = 1;
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    used += stringWidth(segment);
    if (used > width) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}
