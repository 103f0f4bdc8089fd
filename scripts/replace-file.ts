/** Replaces a file in one step. */
import { chmodSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces the text of a file that exists and keeps its mode. Written beside it and moved into its place, so that the
 * file is whole at every moment; what a run that was killed left beside it is removed first.
 */
export function replaceFile(path: string, text: string): void {
  const fresh = join(dirname(path), `.${basename(path)}.new`);
  rmSync(fresh, { force: true });
  try {
    writeFileSync(fresh, text, { flag: 'wx' });
    chmodSync(fresh, statSync(path).mode);
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}
