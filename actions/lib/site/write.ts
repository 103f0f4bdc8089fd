/**
 * The edge that writes a publication: into a fresh folder beside the output, moved into its place when all of it is
 * there, so that a failure at any moment leaves a whole output, old or new.
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
import { FEED_LIST, isFeedPath } from './feeds.ts';
import type { ListedFeed, Piece } from './publication.ts';

/** What was written: how many files and bytes, and where. */
export interface WrittenSite {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

/** Why a folder cannot be the output, in words; undefined when it can. */
export function unfit(folder: string): string | undefined {
  const out = resolve(folder);
  const stat = lstatSync(out, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (stat.isSymbolicLink()) return `${folder} is a symbolic link; name the folder itself`;
  if (!stat.isDirectory()) return `${folder} is not a folder`;
  if (readdirSync(out).length === 0 || existsSync(join(out, FEED_LIST))) return undefined;
  return `${folder} holds files that were not published by rota; name an empty or a new folder`;
}

/** Writes all pieces below a folder, which is replaced as a whole; where that fails, nothing new is left beside it. */
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
    // Files that are there already, or no longer: another run began the folder anew, and it is that run's.
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

/** Puts every piece at the end of its file, and gives the size of each file. */
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

/** Every symbolic link below a folder: whoever uploads it would publish what they lead to. */
export const linksIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink())
    .map(({ parentPath, name }) => join(parentPath, name));

/** Killed between the two moves, the next run finds the old output under its other name and puts it back first. */
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

/** Whether a publication is served there, rather than a folder. */
export const isAddress = (from: string): boolean => /^https?:/.test(from);

/**
 * Why a place that somebody named as the last publication is none, in words; undefined when it can be. Nothing is not
 * taken for an empty publication there: every feed of it would vanish because of one wrong letter.
 */
export function unpublished(from: string): string | undefined {
  if (isAddress(from)) return undefined;
  if (!existsSync(from)) return `there is no folder ${from}, in which the last publication would lie`;
  if (existsSync(join(from, FEED_LIST))) return undefined;
  return `there is no ${FEED_LIST} in ${from}, by which calendars are kept that people subscribe to; name the folder that was published`;
}

/** The calendars published before: from an output folder, or from the address where one is served. */
export async function previousFeeds(from: string): Promise<readonly ListedFeed[]> {
  if (!isAddress(from)) {
    const list = join(from, FEED_LIST);
    return existsSync(list) ? listed(readFileSync(list, 'utf8'), list) : [];
  }
  const address = new URL(FEED_LIST, from.endsWith('/') ? from : `${from}/`);
  const response = await fetch(address, { signal: AbortSignal.timeout(30_000) }).catch((error: unknown) => {
    throw new Error(
      `${address} does not answer; publish again when it does, or name a folder with --previous`,
      { cause: error },
    );
  });
  if (response.status === 404) return [];
  if (!response.ok)
    throw new Error(
      `${address} answered ${response.status}; publish again when it is back, or name a folder with --previous`,
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
      `${from} is not a list of calendars; without it, feeds that people subscribe to would vanish`,
    );
  return list.filter(
    (it): it is ListedFeed =>
      typeof it?.path === 'string' && typeof it?.name === 'string' && isFeedPath(it.path),
  );
}
