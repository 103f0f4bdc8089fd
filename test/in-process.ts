/** Runs the command line in the process of the test. Asserts nothing. */
import { setTimeout as pause } from 'node:timers/promises';
import { run } from '../scripts/rota.ts';
import type { Output } from '../scripts/terminal.ts';
import { type Ran, withoutFolder } from './process.ts';

let previousRun: Promise<unknown> = Promise.resolve();

/**
 * Runs a command in a folder, in this process. The run changes the working directory of the process, so runs wait for
 * each other; `columns` is the width of a terminal. `rota serve`, which keeps running, and tests that need a real stream use a child process instead.
 */
export const rotaInProcess = async (
  cwd: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  columns?: number,
): Promise<Ran> => withoutFolder(await rawRotaInProcess(cwd, words, environment, columns));

/** As `rotaInProcess`, with the line that names the folder. */
export function rawRotaInProcess(
  cwd: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  columns?: number,
): Promise<Ran> {
  const ran = previousRun.then(async () => {
    const [startedAt, started, before] = [Date.now(), performance.now(), process.cwd()];
    const printed = { stdout: '', stderr: '' };
    const outputTo = (stream: keyof typeof printed): Output => ({
      write: (text) => {
        printed[stream] += text;
      },
      isTerminal: false,
      hasColours: false,
      columns,
    });
    process.chdir(cwd);
    try {
      const status = await run(words, {
        environment,
        startedAt,
        elapsed: () => Math.round(performance.now() - started),
        wait: (ms) => pause(ms),
        stdout: outputTo('stdout'),
        stderr: outputTo('stderr'),
      });
      return { status, ...printed };
    } finally {
      process.chdir(before);
    }
  });
  previousRun = ran.catch(() => {});
  return ran;
}
