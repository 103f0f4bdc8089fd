/**
 * The edge that reads a handbook's folder: every file below `rotas/` and `policies/` as text, by its path. Reads
 * nothing through a link, nothing that is no regular file and nothing over 256 KiB; what it leaves out is a finding.
 */
import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Texts } from '../load/load.ts';
import type { Finding } from '../model.ts';

/** The folders that hold a handbook. */
const FOLDERS = ['rotas', 'policies'] as const;

/** A rota of 5,000 overrides stays below; yaml's check for duplicate keys is quadratic above. */
export const MOST_BYTES = 256 * 1024;

/** Why a file is not read, wherever it comes from. */
export const REFUSALS = {
  link: 'this is a symbolic link and is not read; put the file itself here',
  irregular: 'this is not a regular file and is not read',
  large: `this file is larger than ${MOST_BYTES / 1024} KiB and is not read; split it or take old entries out`,
  encoding: 'this file is not UTF-8 text and is not read; save it as UTF-8',
} as const;

/** Reads a handbook's files below `root`, or gives undefined where neither of its folders is there. */
export function readFolder(root: string): Texts | undefined {
  const texts = new Map<string, string>();
  const findings: Finding[] = [];
  const refuse = (file: string, message: string) =>
    void findings.push({
      rule: 'yaml',
      code: 'message',
      severity: 'error',
      args: { message },
      location: { file, offset: 0 },
    });
  const tops = FOLDERS.map(
    (folder) => [folder, lstatSync(join(root, folder), { throwIfNoEntry: false })] as const,
  );
  if (tops.every(([, stat]) => stat === undefined)) return undefined;
  const folders: string[] = [];
  for (const [folder, stat] of tops) {
    if (stat?.isDirectory() === true) folders.push(folder);
    else if (stat !== undefined) refuse(folder, 'this is not a folder of its own and is not read');
  }
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = entriesOf(join(root, folder));
    if (typeof entries === 'string') refuse(folder, entries);
    else {
      for (const entry of entries) {
        const path = `${folder}/${entry.name}`;
        if (entry.name.startsWith('.') || entry.name.endsWith('.md')) continue;
        if (entry.isSymbolicLink()) refuse(path, REFUSALS.link);
        else if (entry.isDirectory()) folders.push(path);
        else if (!entry.isFile()) refuse(path, REFUSALS.irregular);
        else {
          const text = readText(join(root, path));
          if (typeof text === 'string') texts.set(path, text);
          else refuse(path, text.refusal);
        }
      }
    }
  }
  return { texts, findings };
}

/** What a folder holds, or why it cannot be looked into: one without permission, one whose name is no text. */
function entriesOf(folder: string): readonly Dirent[] | string {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    return `this folder cannot be looked into (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`;
  }
}

const buffer = Buffer.allocUnsafe(MOST_BYTES + 1);
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The kind of file is asked of the open file, so that it cannot be exchanged for a link in between. */
function readText(path: string): string | { readonly refusal: string } {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return { refusal: `this file cannot be opened (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` };
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return { refusal: REFUSALS.irregular };
    if (stat.nlink > 1)
      return { refusal: 'this is a hard link to a file with another name and is not read; put a copy here' };
    let length = 0;
    for (let read = -1; read !== 0 && length <= MOST_BYTES; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
    if (length > MOST_BYTES)
      return {
        refusal: REFUSALS.large,
      };
    return decoder.decode(buffer.subarray(0, length));
  } catch (error) {
    if (error instanceof TypeError) return { refusal: REFUSALS.encoding };
    return { refusal: `this file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` };
  } finally {
    closeSync(file);
  }
}
