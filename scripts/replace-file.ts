/** Replaces files in one step each, all of them or none. */
import { chmodSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A file that exists, and its new text. */
interface Replacement {
  readonly path: string;
  readonly text: string;
}

/**
 * Replaces the texts of files and keeps their modes. Writes temporary files in the same folders first and then renames
 * them, so each file is complete at every moment; when one cannot be replaced, those before it get their old text back.
 */
export function replaceFiles(files: readonly Replacement[]): void {
  const prepared: { path: string; fresh: string; old: Buffer }[] = [];
  const replaced: typeof prepared = [];
  try {
    for (const { path, text } of files) {
      const fresh = freshPath(path);
      prepared.push({ path, fresh, old: readFileSync(path) });
      writeFresh(path, fresh, text);
    }
    for (const it of prepared) {
      renameSync(it.fresh, it.path);
      replaced.push(it);
    }
  } catch (error) {
    for (const { fresh } of prepared) rmSync(fresh, { force: true });
    for (const { path, fresh, old } of replaced) {
      writeFresh(path, fresh, old);
      renameSync(fresh, path);
    }
    throw error;
  }
}

const freshPath = (path: string): string => join(dirname(path), `.${basename(path)}.new`);

/** Writes the temporary file of a path; first removes what a run that was killed left there. */
function writeFresh(path: string, fresh: string, content: string | Buffer): void {
  rmSync(fresh, { force: true });
  writeFileSync(fresh, content, { flag: 'wx' });
  chmodSync(fresh, statSync(path).mode);
}
