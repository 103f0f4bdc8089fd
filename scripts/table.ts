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

/** The width of the widest of some texts, without their colours; of a hundred thousand, too. */
export const widestOf = (texts: readonly string[]): number =>
  texts.reduce((widest, text) => Math.max(widest, stringWidth(text)), 0);

/** Words in lines of at most a width; a longer word has a line of its own. */
export function wrapped(words: readonly string[], width = 80): readonly string[] {
  const lines: string[] = [];
  let line: string[] = [];
  let used = 0;
  for (const word of words) {
    const size = stringWidth(word);
    if (line.length > 0 && used + 1 + size > width) {
      lines.push(line.join(' '));
      line = [];
      used = 0;
    }
    used += size + (line.length > 0 ? 1 : 0);
    line.push(word);
  }
  return [...lines, line.join(' ')];
}

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
