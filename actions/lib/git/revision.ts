/**
 * The edge that reads a handbook out of git as it was at a revision, without touching the working tree. In a checkout
 * that holds too little history it fetches the one commit that is missing.
 */
import { spawnSync } from 'node:child_process';
import { type Coded, type UnopenedCodes, unopened } from '../load/codes.ts';
import { load, type Texts } from '../load/load.ts';
import type { Finding, Handbook, KindName } from '../model.ts';
import { MOST_BYTES, TOO_LARGE } from './working-tree.ts';

/** The files of a handbook at a revision, and its commit; or in words why they cannot be had and what to do. */
export type Revision = (Texts & { readonly commit: string }) | { readonly trouble: string };

/** How long after a commit could not be fetched it is tried again: the line may have been down for a moment. */
const PAUSE_MS = 500;

/** Reads the handbook below `root` as it was at `name`: a branch, a tag, a commit, `HEAD^1`. */
export function readRevision(root: string, name: string, pauseMs = PAUSE_MS): Revision {
  if (!isName(name)) return { trouble: `"${name}" is no revision` };
  const prefix = git(root, ['rev-parse', '--show-prefix']);
  if (prefix === undefined)
    return { trouble: `${root} is not in a git repository, so there is nothing to compare with` };
  const commit = commitOf(root, name) ?? fetched(root, name, pauseMs);
  if (commit === undefined) {
    return {
      trouble: `there is no revision "${name}" here, and it could not be fetched; run "git fetch origin ${name}", or check out with fetch-depth: 2`,
    };
  }
  const folders = ['rotas', 'policies'].map((folder) => `${text(prefix).trim()}${folder}`);
  const tree = git(root, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit, '--', ...folders]);
  if (tree === undefined) return { trouble: `git cannot list the files of ${commit}` };
  return { commit, ...blobs(root, entries(text(tree), text(prefix).trim().length)) };
}

/** A handbook that was applied: all of it, what of it can be read still, or only why there is none. */
export type Applied =
  | { readonly kind: 'read'; readonly handbook: Handbook }
  | { readonly kind: 'unread'; readonly handbook: Handbook; readonly trouble: string }
  | { readonly kind: 'unknown'; readonly trouble: string };

/** The kinds of file that say who was on, and where they lie. */
const SHAPING: ReadonlySet<KindName> = new Set([
  'people',
  'rota',
  'support-hours',
  'holidays',
  'planned-changes',
]);
const SHAPING_FILES = /^(?:rotas|policies\/(?:support-hours|holidays))\//;

/** Reads what was applied at `name`. A handbook of which something cannot be read says less than what was pushed. */
export function readApplied(root: string, name: string): Applied {
  const revision = readRevision(root, name);
  if ('trouble' in revision) return { kind: 'unknown', trouble: revision.trouble };
  const { handbook, findings } = load(revision);
  const files = findings.filter(({ rule }) => rule === 'yaml').map(({ location }) => location.file);
  const things = handbook.unread
    .filter(({ kind }) => SHAPING.has(kind))
    .map(({ kind, id }) => `${kind} ${id}`);
  const lost = [...new Set([...files.filter((it) => SHAPING_FILES.test(it)), ...things])].toSorted();
  if (lost.length === 0) return { kind: 'read', handbook };
  const more = lost.length > 3 ? ` and ${lost.length - 3} more` : '';
  const trouble = `today's rules do not understand ${lost.slice(0, 3).join(', ')}${more}`;
  return { kind: 'unread', handbook, trouble };
}

/** The handbook where a line of work left `name`, so that what came to `name` since does not count as its change. */
export function readBase(root: string, name: string): Revision {
  const shared = isName(name)
    ? (git(root, ['merge-base', name, 'HEAD']) ?? git(root, ['merge-base', `origin/${name}`, 'HEAD']))
    : undefined;
  return readRevision(root, shared === undefined ? name : text(shared).trim());
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
    git(root, ['cat-file', '--batch'], plain.map(({ oid }) => `${oid}\n`).join('')) ?? Buffer.alloc(0);
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

const commitOf = (root: string, name: string): string | undefined => {
  const commit = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  return commit === undefined ? undefined : text(commit).trim();
};

/** A branch of the remote, or a commit that a shallow checkout left out. */
function fetched(root: string, name: string, pauseMs: number): string | undefined {
  const remote = commitOf(root, `origin/${name}`);
  if (remote !== undefined) return remote;
  // Fetching one commit into a history that is whole would cut it off there.
  const isShallow =
    text(git(root, ['rev-parse', '--is-shallow-repository']) ?? Buffer.alloc(0)).trim() === 'true';
  const depth = isShallow ? ['--depth=1'] : [];
  const fetch = () => git(root, ['fetch', '--quiet', '--no-tags', ...depth, 'origin', name]);
  let answer = fetch();
  // A name may be a slip; whoever gives a whole commit knows that there is one.
  const retries = /^[0-9a-f]{40}$/.test(name) ? 2 : 0;
  for (let retry = 0; answer === undefined && retry < retries; retry++) {
    pause(pauseMs);
    answer = fetch();
  }
  return answer === undefined ? undefined : commitOf(root, 'FETCH_HEAD');
}

const pause = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/**
 * The commit of a checkout whose handbook is as it was committed, and the newest of the remote's main branch; undefined
 * where nobody can tell.
 */
export function standing(root: string): {
  readonly revision: string | undefined;
  readonly tip: string | undefined;
} {
  const words = ['status', '--porcelain', '-z', '--untracked-files=all', '--ignored'];
  const changed = git(root, [...words, '--', 'rotas', 'policies']);
  const isClean = changed !== undefined && !text(changed).split('\0').some(isChange);
  const remote = text(git(root, ['ls-remote', 'origin', 'HEAD']) ?? Buffer.alloc(0));
  return { revision: isClean ? commitOf(root, 'HEAD') : undefined, tip: /^[0-9a-f]+/.exec(remote)?.[0] };
}

/** A line of `git status`: a file that git ignores is read like any other, but for those that are no part of a handbook. */
function isChange(line: string): boolean {
  const isNone =
    line.endsWith('.md') ||
    line
      .slice(3)
      .split('/')
      .some((part) => part.startsWith('.'));
  return line !== '' && !(line.startsWith('!!') && isNone);
}

/** What git needs in its environment to fetch with a token that the checkout does not keep. */
export const gitAccess = (token: string, server: string): Readonly<Record<string, string>> =>
  token === ''
    ? {}
    : {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: `http.${server}/.extraheader`,
        GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
        GIT_TERMINAL_PROMPT: '0',
      };

/** The parents of a commit, also of one whose parents a shallow checkout left out. */
export const parentsOf = (root: string, commit: string): readonly string[] => {
  const [head = ''] = text(git(root, ['cat-file', 'commit', commit]) ?? Buffer.alloc(0)).split('\n\n');
  return head.split('\n').flatMap((line) => (line.startsWith('parent ') ? [line.slice(7)] : []));
};

const text = (output: Buffer): string => output.toString('utf8');

function git(root: string, words: readonly string[], input = ''): Buffer | undefined {
  const { status, stdout } = spawnSync('git', ['-c', 'core.quotepath=off', ...words], {
    cwd: root,
    input,
    maxBuffer: 1024 ** 3,
  });
  return status === 0 ? stdout : undefined;
}
