/**
 * Reads a handbook's folder from the file system: every file below `rotas/` and `policies/` as text, by its path. Skips
 * links, anything but regular files, and files over 256 KiB, and reports each as a finding. A handbook of too many
 * files is not read at all.
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
import { type Coded, type UnopenedCodes, unopened } from '../load/codes.ts';
import type { Texts } from '../load/load.ts';
import type { Finding } from '../model.ts';

/** The folders of a handbook. */
const FOLDERS = ['rotas', 'policies'] as const;

/** Enough for a rota with 5,000 overrides. */
export const MOST_BYTES = 256 * 1024;

/** Limits for a whole handbook: twice what 10,000 rotas need. They are reported before anything is parsed. */
const MOST_FILES = 20_000;
const MOST_TOTAL_BYTES = 64 * 1024 ** 2;

/** The finding for a file over that size. */
export const TOO_LARGE: Coded<UnopenedCodes> = { code: 'too-large', args: { mostKib: MOST_BYTES / 1024 } };

/** A handbook that is too large. */
export type Oversize = Coded<Pick<UnopenedCodes, 'too-many-files' | 'too-much-text'>>;

/** The fault of a handbook over one of these limits; undefined when it is within both. */
export const oversize = (files: number, bytes: number): Oversize | undefined =>
  files > MOST_FILES
    ? { code: 'too-many-files', args: { files, most: MOST_FILES } }
    : bytes > MOST_TOTAL_BYTES
      ? { code: 'too-much-text', args: { mostMib: MOST_TOTAL_BYTES / 1024 ** 2 } }
      : undefined;

/**
 * Reads a handbook's files below `root`; undefined if neither of its folders exists. Of a handbook that is too large
 * nothing is read, and one finding says so.
 */
export function readFolder(root: string): Texts | undefined {
  const listed = listFolder(root);
  if (listed === undefined) return undefined;
  const texts = new Map<string, string>();
  const findings = [...listed.findings];
  const count = listed.files.length + findings.length;
  let bytes = 0;
  let fault = oversize(count, bytes);
  for (const path of fault === undefined ? listed.files : []) {
    const text = readText(join(root, path));
    if (typeof text === 'string') texts.set(path, text);
    else findings.push(unopened(text, path));
    bytes += typeof text === 'string' ? Buffer.byteLength(text) : 0;
    fault = oversize(count, bytes);
    if (fault !== undefined) break;
  }
  return fault === undefined
    ? { texts, findings }
    : { texts: new Map(), findings: [unopened(fault, listed.top)] };
}

interface Listing {
  /** The first of the folders that is there. */
  readonly top: string;
  readonly files: readonly string[];
  /** What is no file to read. */
  readonly findings: readonly Finding[];
}

function listFolder(root: string): Listing | undefined {
  const files: string[] = [];
  const findings: Finding[] = [];
  const refuse = (file: string, fault: Coded<UnopenedCodes>) => void findings.push(unopened(fault, file));
  const tops = FOLDERS.map(
    (folder) => [folder, lstatSync(join(root, folder), { throwIfNoEntry: false })] as const,
  );
  const [top] = tops.find(([, stat]) => stat !== undefined) ?? [];
  if (top === undefined) return undefined;
  const folders: string[] = [];
  for (const [folder, stat] of tops) {
    if (stat?.isDirectory() === true) folders.push(folder);
    else if (stat !== undefined) refuse(folder, { code: 'not-a-folder', args: {} });
  }
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = entriesOf(join(root, folder));
    if ('code' in entries) {
      refuse(folder, entries);
      continue;
    }
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      if (entry.name.startsWith('.') || entry.name.endsWith('.md')) continue;
      if (entry.isSymbolicLink()) refuse(path, { code: 'link', args: {} });
      else if (entry.isDirectory()) folders.push(path);
      else if (!entry.isFile()) refuse(path, { code: 'irregular', args: {} });
      else files.push(path);
    }
  }
  return { top, files, findings };
}

/** The entries of a folder, or why it cannot be listed: no permission, or a name that is not valid UTF-8. */
function entriesOf(folder: string): readonly Dirent[] | Coded<UnopenedCodes> {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    return { code: 'folder-not-listed', args: { reason: reasonOf(error) } };
  }
}

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

const buffer = Buffer.allocUnsafe(MOST_BYTES + 1);
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Checks the type on the open descriptor, so that the path cannot be replaced with a link between check and read. */
function readText(path: string): string | Coded<UnopenedCodes> {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return { code: 'not-opened', args: { reason: reasonOf(error) } };
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return { code: 'irregular', args: {} };
    if (stat.nlink > 1) return { code: 'hard-link', args: {} };
    let length = 0;
    for (let read = -1; read !== 0 && length <= MOST_BYTES; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
    if (length > MOST_BYTES) return TOO_LARGE;
    return decoder.decode(buffer.subarray(0, length));
  } catch (error) {
    if (error instanceof TypeError) return { code: 'encoding', args: {} };
    return { code: 'not-read', args: { reason: reasonOf(error) } };
  } finally {
    closeSync(file);
  }
}
