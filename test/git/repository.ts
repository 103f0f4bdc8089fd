/** Small repositories for tests of modules that read git. */
import { join } from 'node:path';
import { fill, folder, git } from '../process.ts';

const WHEN = '2026-11-21T12:00:00Z';
export const ROTA = 'rotas/paas/nights.yaml';

/** Runs git in a folder, and returns its output. */
export const run = (root: string, ...words: readonly string[]): string => git(root, WHEN, ...words).trim();

export function commit(root: string, files: Readonly<Record<string, string>>): string {
  fill(root, new Map(Object.entries(files)));
  run(root, 'add', '--all');
  run(root, 'commit', '--quiet', '--message=x');
  return run(root, 'rev-parse', 'HEAD');
}

export function repository(): string {
  const root = folder();
  run(root, 'init', '--quiet', '--initial-branch=main');
  run(root, 'config', 'uploadpack.allowReachableSHA1InWant', 'true');
  run(root, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  return root;
}

/** A clone as on a runner: of one branch, with a limited depth. */
export function clone(from: string, ...words: readonly string[]): string {
  const root = folder();
  run(root, 'clone', '--quiet', ...words, `file://${from}`, 'clone');
  return join(root, 'clone');
}

/** Three commits on main: one, two, three. */
export function three(): { root: string; commits: readonly string[] } {
  const root = repository();
  const commits = ['one', 'two', 'three'].map((text) => commit(root, { [ROTA]: text }));
  return { root, commits };
}
