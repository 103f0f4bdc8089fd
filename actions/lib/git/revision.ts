/**
 * Reads a handbook from git at a revision, without touching the working tree. In a shallow checkout it fetches the one
 * commit that is missing.
 */

import { type Coded, type UnopenedCodes, unopened } from '../load/codes.ts';
import type { Texts } from '../load/load.ts';
import type { Finding } from '../model.ts';
import { commitOf, gitBytes, gitText, isShallow } from './git.ts';
import { MOST_BYTES, type Oversize, oversize, TOO_LARGE } from './working-tree.ts';

/**
 * The files of a handbook at a revision, and its commit; or a message with the reason for the failure and what to do.
 */
export type Revision = (Texts & { readonly commit: string }) | { readonly trouble: string };

/** The pause before a failed fetch is retried, as the connection may be down only briefly. */
const PAUSE_MS = 500;

/** Reads the handbook below `root` at the revision `name`: a branch, a tag, a commit, `HEAD^1`. */
export function readRevision(root: string, name: string, pauseMs = PAUSE_MS): Revision {
  if (!isName(name)) return { trouble: `"${name}" is not a revision` };
  const prefix = gitText(root, ['rev-parse', '--show-prefix'])?.trim();
  if (prefix === undefined)
    return { trouble: `${root} is not in a git repository, so there is nothing to compare with` };
  const commit = commitOf(root, name) ?? fetched(root, name, pauseMs);
  if (commit === undefined) {
    return {
      trouble:
        `there is no revision "${name}" here, and it could not be fetched; ` +
        `run "git fetch origin ${name}", or check out with fetch-depth: 2`,
    };
  }
  const folders = ['rotas', 'policies'].map((folder) => `${prefix}${folder}`);
  const tree = gitText(root, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit, '--', ...folders]);
  if (tree === undefined) return { trouble: `git cannot list the files of ${commit}` };
  const all = entries(tree, prefix.length);
  const fault = oversize(
    all.length,
    all.reduce((sum, { size }) => sum + (size > MOST_BYTES ? 0 : size || 0), 0),
  );
  // A revision of which nothing is read would pass for one without rotas.
  if (fault !== undefined) return { trouble: `${name} is not read: ${oversizeText(fault)}` };
  return { commit, ...blobs(root, all) };
}

/** Whether a commit is at hand, after fetching it. */
export const isAtHand = (root: string, commit: string): boolean => !('trouble' in readRevision(root, commit));

const oversizeText = ({ code, args }: Oversize): string =>
  code === 'too-many-files'
    ? `it has ${args.files} files below rotas/ and policies/, and ${args.most} are the most`
    : `it has more than ${args.mostMib} MiB of text`;

/** Reads the handbook at the merge base of `name` and HEAD, so that later commits on `name` do not count as changes. */
export function readBase(root: string, name: string): Revision {
  const mergeBase = isName(name)
    ? (gitText(root, ['merge-base', name, 'HEAD']) ?? gitText(root, ['merge-base', `origin/${name}`, 'HEAD']))
    : undefined;
  return readRevision(root, mergeBase?.trim() ?? name);
}

/** Excludes what git would read as an option or a refspec. */
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

/**
 * Reads all files with one git process; a link, a submodule and a file over the size limit are findings, as in a
 * folder.
 */
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
  const output =
    gitBytes(root, ['cat-file', '--batch'], plain.map(({ oid }) => `${oid}\n`).join('')) ?? Buffer.alloc(0);
  let at = 0;
  for (const { file, size } of plain) {
    const startAt = output.indexOf('\n', at) + 1;
    at = startAt + size + 1;
    try {
      texts.set(file, decoder.decode(output.subarray(startAt, startAt + size)));
    } catch {
      refuse(file, { code: 'encoding', args: {} });
    }
  }
  return { texts, findings };
}

/** The commit of a remote branch, or one that a shallow checkout lacks, after fetching it. */
function fetched(root: string, name: string, pauseMs: number): string | undefined {
  const remote = commitOf(root, `origin/${name}`);
  if (remote !== undefined) return remote;
  // In a complete clone, a fetch with a depth would make the clone shallow.
  const depth = isShallow(root) ? ['--depth=1'] : [];
  const fetch = () => gitBytes(root, ['fetch', '--quiet', '--no-tags', ...depth, 'origin', name]);
  let result = fetch();
  // Only a full commit id is retried: a name may be a typing mistake.
  const retries = /^[0-9a-f]{40}$/.test(name) ? 2 : 0;
  for (let retry = 0; result === undefined && retry < retries; retry++) {
    pause(pauseMs);
    result = fetch();
  }
  return result === undefined ? undefined : commitOf(root, 'FETCH_HEAD');
}

/** Blocks the thread, because git is called synchronously, so that a revision is read in the same way as a folder. */
const pause = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** The ids of a commit's parents, even if a shallow checkout lacks those commits. */
export const parentsOf = (root: string, commit: string): readonly string[] => {
  const [head = ''] = (gitText(root, ['cat-file', 'commit', commit]) ?? '').split('\n\n');
  return head.split('\n').flatMap((line) => (line.startsWith('parent ') ? [line.slice(7)] : []));
};

/** The message of a commit; empty where git does not have the commit at hand. */
export const commitMessage = (root: string, commit: string): string => {
  const text = gitText(root, ['cat-file', 'commit', commit]) ?? '';
  return text.slice(text.indexOf('\n\n') + 2);
};
