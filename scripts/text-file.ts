/** Reads the text of a file that somebody names on the command line. */
import { readFileSync, statSync } from 'node:fs';
import { UsageError } from './terminal.ts';

/** Ten times what a million lines need would be no list. */
const MOST_MIB = 256;

/** The text of a file, in UTF-8 or as spreadsheets write "Unicode text"; throws a `UsageError` if there is none. */
export function readTextFile(path: string, what: string): string {
  try {
    if (statSync(path).size > MOST_MIB * 1024 * 1024)
      throw new UsageError(`${path} is larger than ${MOST_MIB} MiB; name a file with fewer ${what}`);
    const bytes = readFileSync(path);
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return isUtf16 ? bytes.toString('utf16le') : bytes.toString('utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}
