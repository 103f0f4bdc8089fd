/** The merge commits that GitHub keeps of open pull requests, fetched many at a time. */
import { commitOf, gitText, isShallow } from './git.ts';

/** How many are fetched with one connection. */
const BATCH = 100;

const refOf = (number: number): string => `refs/pull/${number}/merge`;

/**
 * The merge commits of pull requests, by number, with their parents at hand. GitHub has none for a pull request with
 * conflicts; one that could not be fetched is left out too.
 */
export function mergeCommits(root: string, numbers: readonly number[]): ReadonlyMap<number, string> {
  const listed = gitText(root, ['ls-remote', 'origin', 'refs/pull/*/merge']) ?? '';
  const remote = new Map(
    listed.split('\n').flatMap((line) => {
      const [, commit, number] = /^([0-9a-f]{40,64})\trefs\/pull\/(\d{1,10})\/merge$/.exec(line) ?? [];
      return commit === undefined ? [] : [[Number(number), commit] as const];
    }),
  );
  const wanted = numbers.filter((number) => remote.has(number));
  for (let i = 0; i < wanted.length; i += BATCH) fetch(root, wanted.slice(i, i + BATCH));
  return new Map(
    wanted.flatMap((number) => {
      const commit = commitOf(root, remote.get(number) ?? '');
      return commit === undefined ? [] : [[number, commit] as const];
    }),
  );
}

/** Fetches in one go, or, if one of them is gone by now, one by one. */
function fetch(root: string, numbers: readonly number[]): void {
  const depth = isShallow(root) ? ['--depth=2'] : [];
  const args = ['fetch', '--quiet', '--no-tags', ...depth, 'origin'];
  if (gitText(root, [...args, ...numbers.map(refOf)]) !== undefined || numbers.length === 1) return;
  for (const number of numbers) gitText(root, [...args, refOf(number)]);
}

/** Whether two commits have the same files in the folders of a handbook. */
export function haveSameHandbook(root: string, one: string, other: string): boolean {
  const [first, second] = [one, other].map((commit) =>
    gitText(root, ['ls-tree', commit, '--', 'rotas', 'policies']),
  );
  return first !== undefined && first === second;
}

/** How many bytes the handbook files have that only the second commit has as they are. */
export function changedBytes(root: string, before: string, after: string): number {
  const raw = [
    'diff-tree',
    '-r',
    '-z',
    '--no-renames',
    '--diff-filter=d',
    before,
    after,
    '--',
    'rotas',
    'policies',
  ];
  const ids = (gitText(root, raw) ?? '').match(/(?<= )[0-9a-f]{40,64}(?= [AMT]\0)/g) ?? [];
  const sizes = gitText(root, ['cat-file', '--batch-check=%(objectsize)'], ids.join('\n')) ?? '';
  return sizes.split('\n').reduce((sum, size) => sum + (Number(size) || 0), 0);
}
