/** Tables as CSV by RFC 4180: reads what spreadsheets write, and writes what they open as it is. */
import Papa from 'papaparse';

/** A line of a table: its cells, and the number of the line that it begins in. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
  /** Whether it has a quote that is not closed as it should be. */
  readonly isBroken: boolean;
}

/** Reads the rows of a table; the separator is a comma, semicolon, tab or bar, whichever fits its first lines. */
export function* readCsv(written: string): Iterable<CsvRow> {
  const text = written.replace(/^\ufeff/, '');
  // Spreadsheets name the separator in a first line of its own.
  const [named = '', separator] = /^sep=([,;\t|])\r?\n/i.exec(text) ?? [];
  const { data, errors } = Papa.parse<string[]>(text.slice(named.length), {
    delimiter: separator ?? '',
    delimitersToGuess: [',', ';', '\t', '|'],
  });
  const broken = new Set(errors.flatMap(({ type, row }) => (type === 'Quotes' ? (row ?? 0) : [])));
  let line = named === '' ? 1 : 2;
  for (let i = 0; i < data.length; i++) {
    const cells = data[i] as string[];
    // An empty line has one empty cell.
    if (cells.length > 1 || cells[0]?.trim() !== '') yield { cells, line, isBroken: broken.has(i) };
    line += 1 + lineEndsIn(cells);
  }
}

/** A quoted cell may run over several lines. */
function lineEndsIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells)
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  return count;
}

/** What begins a formula in a spreadsheet. */
const FORMULA = /^[=+\-@\t\r]/;

/** A table with its header; a cell that a spreadsheet would calculate gets an apostrophe. */
export const writeCsv = (
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string =>
  `${Papa.unparse([header, ...rows] as unknown[][], { newline: '\r\n', escapeFormulae: FORMULA })}\r\n`;
