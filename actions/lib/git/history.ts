/**
 * When files last changed, by git: the committer time of the last commit on the line of merges that touched them, because
 * a change reaches the calendars when it is merged, not when it was written.
 */
import type { Instant } from '../timeline.ts';
import { commitOf, gitText } from './git.ts';

/** When a file last changed; a file that is not committed as it stands changes at `now`. */
export function revisions(root: string, now: Instant): (file: string) => Instant {
  const log = gitText(root, [
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
  const prefix = gitText(root, ['rev-parse', '--show-prefix'])?.trim();
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
  statusOf(root) === '' ? commitOf(root, 'HEAD') : undefined;

/** What is not committed as it stands. */
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
