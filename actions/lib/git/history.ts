/**
 * The edge that asks git when files last changed: the committer time of the last commit on the line of merges that
 * touched them, because a change reaches the calendars when it is merged, not when it was written.
 */
import { spawnSync } from 'node:child_process';
import type { Instant } from '../timeline.ts';

/** When a file last changed; a file that is not committed as it stands changes at `now`. */
export function revisions(root: string, now: Instant): (file: string) => Instant {
  const log = git(root, [
    'log',
    '--first-parent',
    '-m',
    '--format=%x00%ct',
    '--name-only',
    // A renamed file changed under its old name too: whatever was made from it is no longer.
    '--no-renames',
    '--relative',
    '--',
    'rotas',
    'policies',
  ]);
  const status = statusOf(root);
  const prefix = git(root, ['rev-parse', '--show-prefix'])?.trim();
  if (log === undefined || status === undefined || prefix === undefined) return () => now;
  const times = new Map<string, Instant>();
  for (const commit of log.split('\0').slice(1)) {
    const [time = '', ...files] = commit.split('\n');
    for (const file of files) if (file !== '' && !times.has(file)) times.set(file, Number(time) * 1000);
  }
  // A status names paths from the top of the repository, the log from this folder.
  const dirty = new Set(status.split('\0').map((line) => line.slice(3 + prefix.length)));
  return (file) => (dirty.has(file) ? now : (times.get(file) ?? 0));
}

/** The commit that is checked out, if the handbook's files are as they are in it. */
export const committed = (root: string): string | undefined =>
  statusOf(root) === '' ? git(root, ['rev-parse', '--verify', '--quiet', 'HEAD'])?.trim() : undefined;

/** Whether the history was cut off, so that files seem to have changed when the cut was made. */
export const isShallow = (root: string): boolean =>
  git(root, ['rev-parse', '--is-shallow-repository'])?.trim() === 'true';

/** What is not committed as it stands. */
const statusOf = (root: string): string | undefined =>
  git(root, [
    'status',
    '--porcelain',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--',
    'rotas',
    'policies',
  ]);

function git(root: string, words: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', ['-c', 'core.quotepath=off', ...words], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
  });
  return status === 0 ? stdout : undefined;
}
