/**
 * Reads a handbook out of git as it was at a revision, without touching the working tree. In a checkout that holds too
 * little history it fetches the one commit that is missing.
 */

import { type Coded, type UnopenedCodes, unopened } from '../load/codes.ts';
import type { Texts } from '../load/load.ts';
import type { Finding } from '../model.ts';
import { commitOf, gitBytes, gitText, isShallow } from './git.ts';
import { MOST_BYTES, TOO_LARGE } from './working-tree.ts';

/** The files of a handbook at a revision, and its commit; or in words why they cannot be had and what to do. */
export type Revision = (Texts & { readonly commit: string }) | { readonly trouble: string };

/** How long after a failed fetch of a commit it is tried again: the connection may have been down for a moment. */
const PAUSE_MS = 500;

/** Reads the handbook below `root` as it was at `name`: a branch, a tag, a commit, `HEAD^1`. */
export function readRevision(root: string, name: string, pauseMs = PAUSE_MS): Revision {
  if (!isName(name)) return { trouble: `"${name}" is no revision` };
  const prefix = gitText(root, ['rev-parse', '--show-prefix'])?.trim();
  if (prefix === undefined)
    return { trouble: `${root} is not in a git repository, so there is nothing to compare with` };
  const commit = commitOf(root, name) ?? fetched(root, name, pauseMs);
  if (commit === undefined) {
    return {
      trouble: `there is no revision "${name}" here, and it could not be fetched; run "git fetch origin ${name}", or check out with fetch-depth: 2`,
    };
  }
  const folders = ['rotas', 'policies'].map((folder) => `${prefix}${folder}`);
  const tree = gitText(root, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit, '--', ...folders]);
  if (tree === undefined) return { trouble: `git cannot list the files of ${commit}` };
  return { commit, ...blobs(root, entries(tree, prefix.length)) };
}

/** The handbook where a line of work left `name`, so that what came to `name` since does not count as its change. */
export function readBase(root: string, name: string): Revision {
  const shared = isName(name)
    ? (gitText(root, ['merge-base', name, 'HEAD']) ?? gitText(root, ['merge-base', `origin/${name}`, 'HEAD']))
    : undefined;
  return readRevision(root, shared?.trim() ?? name);
}

/** Nothing that git would take for an option or for a way of fetching. */
const isName = (name: string): boolean => name !== '' && !/^[-+]|[\s\0:]/.test(name);

interface Entry {
  readonly file: string;
  readonly mode: string;
  readonly oid: string;
  readonly size: number;
}

const entries = (tree: string, prefix: number): readonly Entry[] =>
  tree.split('\0').flatMap((line) => {
    const [, mode = '', oid = '', size = '', path = ''] =
      /^(\d+) \w+ (\w+) +(\d+|-)\t([\s\S]+)$/.exec(line) ?? [];
    const file = path.slice(prefix);
    if (file === '' || file.endsWith('.md') || file.split('/').some((part) => part.startsWith('.')))
      return [];
    return [{ file, mode, oid, size: Number(size) }];
  });

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** One call of git for all files; a link, a submodule and a file that is too large are findings, as in a folder. */
function blobs(root: string, all: readonly Entry[]): Texts {
  const texts = new Map<string, string>();
  const findings: Finding[] = [];
  const refuse = (file: string, fault: Coded<UnopenedCodes>) => void findings.push(unopened(fault, file));
  const plain = all.filter(({ file, mode, size }) => {
    if (mode === '120000') refuse(file, { code: 'link', args: {} });
    else if (!mode.startsWith('100')) refuse(file, { code: 'irregular', args: {} });
    else if (size > MOST_BYTES) refuse(file, TOO_LARGE);
    else return true;
    return false;
  });
  const answer =
    gitBytes(root, ['cat-file', '--batch'], plain.map(({ oid }) => `${oid}\n`).join('')) ?? Buffer.alloc(0);
  let at = 0;
  for (const { file, size } of plain) {
    const startAt = answer.indexOf('\n', at) + 1;
    at = startAt + size + 1;
    try {
      texts.set(file, decoder.decode(answer.subarray(startAt, startAt + size)));
    } catch {
      refuse(file, { code: 'encoding', args: {} });
    }
  }
  return { texts, findings };
}

/** A branch of the remote, or a commit that a shallow checkout left out. */
function fetched(root: string, name: string, pauseMs: number): string | undefined {
  const remote = commitOf(root, `origin/${name}`);
  if (remote !== undefined) return remote;
  // Fetching one commit into a history that is whole would cut it off there.
  const depth = isShallow(root) ? ['--depth=1'] : [];
  const fetch = () => gitBytes(root, ['fetch', '--quiet', '--no-tags', ...depth, 'origin', name]);
  let answer = fetch();
  // A name may be a slip; whoever gives a whole commit knows that there is one.
  const retries = /^[0-9a-f]{40}$/.test(name) ? 2 : 0;
  for (let retry = 0; answer === undefined && retry < retries; retry++) {
    pause(pauseMs);
    answer = fetch();
  }
  return answer === undefined ? undefined : commitOf(root, 'FETCH_HEAD');
}

/** Blocks, because git is called synchronously: only so is a base at hand wherever a handbook is read from a folder. */
const pause = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** The parents of a commit, also of one whose parents a shallow checkout left out. */
export const parentsOf = (root: string, commit: string): readonly string[] => {
  const [head = ''] = (gitText(root, ['cat-file', 'commit', commit]) ?? '').split('\n\n');
  return head.split('\n').flatMap((line) => (line.startsWith('parent ') ? [line.slice(7)] : []));
};
