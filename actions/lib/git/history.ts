/**
 * When files last changed, by git: the committer time of the last first-parent commit that touched them, because a
 * change reaches the calendars when it is merged, not when it was written.
 */
import type { Instant } from '../timeline.ts';
import { commitOf, gitText } from './git.ts';

/**
 * When a file last changed. Unless only what is committed is published, a file with uncommitted changes counts as
 * changed at `now`.
 */
export function revisions(root: string, now: Instant, of: 'commit' | 'folder'): (file: string) => Instant {
  const log = gitText(root, [
    'log',
    '--first-parent',
    '-m',
    '--format=%x00%ct',
    '--name-only',
    // A rename also changes the old path: the output that was made from it goes away.
    '--no-renames',
    '--relative',
    '--',
    'rotas',
    'policies',
  ]);
  const status = of === 'commit' ? '' : statusOf(root);
  const prefix = gitText(root, ['rev-parse', '--show-prefix'])?.trim();
  if (log === undefined || status === undefined || prefix === undefined) return () => now;
  const times = new Map<string, Instant>();
  for (const commit of log.split('\0').slice(1)) {
    const [time = '', ...files] = commit.split('\n');
    for (const file of files) if (file !== '' && !times.has(file)) times.set(file, Number(time) * 1000);
  }
  // Paths in the status are relative to the top of the repository, paths in the log to this folder.
  const dirty = new Set(status.split('\0').map((line) => line.slice(3 + prefix.length)));
  return (file) => (dirty.has(file) ? now : (times.get(file) ?? 0));
}

/** The commit that is checked out; undefined if the handbook has uncommitted changes. */
export const committed = (root: string): string | undefined =>
  statusOf(root) === '' ? commitOf(root, 'HEAD') : undefined;

/** Uncommitted changes of the handbook, as `git status` prints them. */
const statusOf = (root: string): string | undefined =>
  gitText(root, [
    'status',
    '--porcelain',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--',
    'rotas',
    'policies',
  ]);
