/**
 * Writes a publication to a new folder next to the output and renames it when it is complete, so that a failure at any
 * moment leaves a complete output, old or new.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { boundedFetch, RefusedResponse } from '../text/bounded-fetch.ts';
import { UNSAFE_CHARACTERS } from '../text/unsafe-characters.ts';
import { FEED_LIST, isFeedPath } from './feeds.ts';
import type { ListedFeed, Piece } from './publication.ts';

/** The result: folder, number of files, number of bytes. */
export interface WrittenSite {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

/** A message why a folder cannot be the output; undefined if it can. */
export function unfit(folder: string): string | undefined {
  const out = resolve(folder);
  const stat = lstatSync(out, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (stat.isSymbolicLink()) return `${folder} is a symbolic link; name the folder itself`;
  if (!stat.isDirectory()) return `${folder} is not a folder`;
  if (readdirSync(out).length === 0 || existsSync(join(out, FEED_LIST))) return undefined;
  return `${folder} holds files that were not published by rota; name an empty or a new folder`;
}

/** Writes all pieces to a folder, which is replaced as a whole; a failure leaves no temporary folder. */
export function writeAll(folder: string, pieces: Iterable<Piece>): WrittenSite {
  const out = resolve(folder);
  const [fresh, old] = ['new', 'old'].map((age) => join(dirname(out), `.${basename(out)}.${age}`)) as [
    string,
    string,
  ];
  rmSync(fresh, { recursive: true, force: true });
  let sizes: ReadonlyMap<string, number>;
  try {
    sizes = fill(fresh, pieces);
  } catch (error) {
    // EEXIST or ENOENT: another run has recreated the temporary folder, which now belongs to that run.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' && code !== 'ENOENT') rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
  for (const [path, size] of sizes)
    if (lstatSync(join(fresh, path), { throwIfNoEntry: false })?.size !== size)
      throw new Error(`another run is publishing to ${folder} too; wait for it, then run this again`);
  moveInto(fresh, out, old);
  return { folder: out, files: sizes.size, bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
}

/** Appends every piece to its file, and returns the size of each file. */
function fill(fresh: string, pieces: Iterable<Piece>): ReadonlyMap<string, number> {
  const made = new Set<string>();
  const sizes = new Map<string, number>();
  for (const { path, text } of pieces) {
    const file = join(fresh, path);
    const parent = dirname(file);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    const size = sizes.get(path);
    writeFileSync(file, text, { flag: size === undefined ? 'wx' : 'a' });
    sizes.set(path, (size ?? 0) + Buffer.byteLength(text));
  }
  return sizes;
}

/** All symbolic links below a folder: an upload of the folder would publish their targets. */
export const linksIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink())
    .map(({ parentPath, name }) => join(parentPath, name));

/** Restores the old output if the previous run was killed between the two renames. */
export function recover(folder: string): void {
  const out = resolve(folder);
  const old = join(dirname(out), `.${basename(out)}.old`);
  if (!existsSync(out) && existsSync(old)) renameSync(old, out);
}

function moveInto(fresh: string, out: string, old: string): void {
  rmSync(old, { recursive: true, force: true });
  const replaces = existsSync(out);
  if (replaces) renameSync(out, old);
  try {
    renameSync(fresh, out);
  } catch (error) {
    if (replaces) renameSync(old, out);
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
}

/** Whether `from` is the address of a published site rather than a folder. */
export const isAddress = (from: string): boolean => /^https?:/.test(from);

/**
 * A message why `from` is not an earlier publication; undefined if it can be one. A missing folder is an error rather
 * than an empty publication: after a typing mistake, all calendars without an owner would disappear.
 */
export function unpublished(from: string): string | undefined {
  if (isAddress(from)) return undefined;
  const remedy = 'name the folder that holds the last publication';
  if (!existsSync(from)) return `there is no folder ${from}; ${remedy}`;
  if (existsSync(join(from, FEED_LIST))) return undefined;
  return `there is no ${FEED_LIST} in ${from}, which lists the calendars to keep; ${remedy}`;
}

/** Limits for a list of calendars published before: twice those of 10,000 rotas with eight people each. */
const MOST_LIST_BYTES = 32 * 1024 ** 2;
const MOST_FEEDS = 200_000;
const LIST_TIMEOUT_MS = 30_000;
/** The names of a team and a rota have at most 100 characters each. */
const MOST_IN_NAME = 250;

/** The calendars published before: from an output folder, or from the address of a site. */
export async function previousFeeds(
  from: string,
  timeoutMs = LIST_TIMEOUT_MS,
): Promise<readonly ListedFeed[]> {
  if (!isAddress(from)) {
    const list = join(from, FEED_LIST);
    return existsSync(list) ? listed(readFileSync(list, 'utf8'), list) : [];
  }
  const address = new URL(FEED_LIST, from.endsWith('/') ? from : `${from}/`);
  const remedy = 'or name a folder with --previous';
  const signal = AbortSignal.timeout(timeoutMs);
  const bounded = boundedFetch(fetch, MOST_LIST_BYTES);
  const response = await bounded(address, { signal }).catch((error: unknown) => {
    const why = error instanceof RefusedResponse ? `is refused: ${error.message}` : 'does not respond';
    throw new Error(`${address} ${why}; publish again when it does, ${remedy}`, { cause: error });
  });
  if (response.status === 404) return [];
  if (!response.ok)
    throw new Error(
      `${address} responded with status ${response.status}; publish again when it is back, ${remedy}`,
    );
  return listed(await response.text(), String(address));
}

function listed(text: string, from: string): readonly ListedFeed[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    list = undefined;
  }
  if (!Array.isArray(list))
    throw new Error(
      `${from} is not a list of calendars; without it, feeds that people subscribe to would disappear`,
    );
  if (list.length > MOST_FEEDS)
    throw new Error(`${from} lists ${list.length} calendars, and at most ${MOST_FEEDS} are read`);
  const feeds = list.filter(
    (it): it is ListedFeed =>
      typeof it?.path === 'string' && typeof it?.name === 'string' && isFeedPath(it.path),
  );
  const misnamed = feeds.find(
    ({ name }) => [...name].length > MOST_IN_NAME || name.search(UNSAFE_CHARACTERS) !== -1,
  );
  if (misnamed !== undefined)
    throw new Error(
      `${from} has a name for ${misnamed.path} that no calendar has: over ${MOST_IN_NAME} characters, ` +
        'or with control characters; correct the list',
    );
  return feeds;
}
