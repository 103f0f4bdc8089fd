/** Tables for a terminal: columns as wide as their widest cell, in any script. */
import stringWidth from 'string-width';

/** The lines of a table with its headings; the last column is not padded. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = headings.map((heading, i) =>
    Math.max(stringWidth(heading), ...rows.map((row) => stringWidth(row[i] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) =>
        i === cells.length - 1 ? cell : cell + ' '.repeat((widths[i] ?? 0) - stringWidth(cell)),
      )
      .join('  ')
      .trimEnd();
  return [line(headings), ...rows.map(line)];
}
