/** The one place that runs git. Every failure gives undefined; nothing is thrown. */
import { spawnSync } from 'node:child_process';

/** More output is a failure: a history of two million commits, or the names of a million files. */
const MOST_OUTPUT = 256 * 1024 ** 2;

/**
 * Git takes a folder for a repository that has the files of one, such as `HEAD` and `config`. A handbook's folder could
 * bring these, so that git would read another history and run what that configuration says.
 */
const SETTINGS = ['-c', 'core.quotepath=off', '-c', 'safe.bareRepository=explicit'];

/** Git's standard output as bytes. */
export function gitBytes(root: string, args: readonly string[], input = ''): Buffer | undefined {
  const { status, stdout } = spawnSync('git', [...SETTINGS, ...args], {
    cwd: root,
    input,
    maxBuffer: MOST_OUTPUT,
  });
  return status === 0 ? stdout : undefined;
}

/** Git's standard output as text. */
export const gitText = (root: string, args: readonly string[], input = ''): string | undefined =>
  gitBytes(root, args, input)?.toString('utf8');

/** The commit that a revision names. */
export const commitOf = (root: string, name: string): string | undefined =>
  gitText(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`])?.trim();

/** Whether the clone is shallow: files then seem to have changed in its oldest commit. */
export const isShallow = (root: string): boolean =>
  gitText(root, ['rev-parse', '--is-shallow-repository'])?.trim() === 'true';
