/** Tables as CSV by RFC 4180: reads what spreadsheets write, and writes what they open as it is. */
import Papa from 'papaparse';

/** A line of a table: its cells, and the number of the line that it begins in. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
  /** Whether it has a quote that is not closed as it should be. */
  readonly isBroken: boolean;
}

/** How much text is split at once, so that rows are not all kept until the last one is read. */
const CHUNK = 16 * 1024 ** 2;

/** Texts are split in chunks, too, which the types allow for files only. */
interface ChunkedConfig extends Papa.ParseConfig<string[]> {
  readonly chunkSize: number;
  readonly chunk: (results: Papa.ParseResult<string[]>) => void;
}

/** Reads the rows of a table; the separator is a comma, semicolon, tab or bar, whichever fits its first lines. */
export function readCsv(written: string, take: (row: CsvRow) => void): void {
  const text = written.replace(/^\ufeff/, '');
  // Spreadsheets name the separator in a first line of its own.
  const [named = '', separator] = /^sep=([,;\t|])\r?\n/i.exec(text) ?? [];
  let line = named === '' ? 1 : 2;
  const config: ChunkedConfig = {
    delimiter: separator ?? '',
    delimitersToGuess: [',', ';', '\t', '|'],
    chunkSize: CHUNK,
    chunk: ({ data, errors }) => {
      const broken = new Set(errors.flatMap(({ type, row }) => (type === 'Quotes' ? (row ?? 0) : [])));
      for (const [i, cells] of data.entries()) {
        // An empty line has one empty cell.
        if (cells.length > 1 || cells[0]?.trim() !== '') take({ cells, line, isBroken: broken.has(i) });
        line += 1 + lineEndsIn(cells);
      }
    },
  };
  Papa.parse(text.slice(named.length), config);
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
