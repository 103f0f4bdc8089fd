/** Temporary folders, git in them, and the command line as a child process. */
import { spawn, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder with these files, removed after the test. */
export function folder(files: ReadonlyMap<string, string> = new Map()): string {
  const made = realpathSync(mkdtempSync(join(tmpdir(), 'rota-')));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  fill(made, files);
  return made;
}

/** Writes files below a folder. */
export function fill(root: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Every file below a folder as text, by path, in order of path. */
export const contents = (root: string): Map<string, string> =>
  new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .toSorted()
      .map((file) => [file.slice(root.length + 1), readFileSync(file, 'utf8')]),
  );

/** Runs git in a folder, without the settings of the user; `when` is the time of a commit. */
export function git(root: string, when: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', words, {
    cwd: root,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: root,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.org',
      GIT_AUTHOR_DATE: '2001-01-01T00:00:00Z',
      GIT_COMMITTER_NAME: 'C',
      GIT_COMMITTER_EMAIL: 'c@example.org',
      GIT_COMMITTER_DATE: when,
    },
  });
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
  return stdout;
}

/** The result of one run of the command line. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A result without the line that names the folder that was read; tests of it look at the whole. */
export const withoutFolder = (ran: Ran): Ran => ({
  ...ran,
  stderr: ran.stderr.replace(/^rota: \d+ files? read from .*\n/m, ''),
});

/** Runs the command line in a folder, with piped output and only the given environment. */
export const rota = (
  cwd: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> =>
  new Promise((resolved, failed) => {
    const script = join(import.meta.dirname, '../scripts/rota.ts');
    const child = spawn(process.execPath, [script, ...words], {
      cwd,
      env: {
        PATH: process.env.PATH,
        HOME: cwd,
        NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        output[stream] += text;
      });
    child.on('error', failed).on('close', (status) => resolved(withoutFolder({ status, ...output })));
  });
