/** Runs the program of an action in this process, and returns what the runner would show. Asserts nothing. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitStatusOf } from '../../actions/lib/github/log.ts';
import { type Ran, Step } from './runner.ts';

// The toolkit caches the path of the summary at its first use.
const temporary = mkdtempSync(join(tmpdir(), 'job-'));
const summaryFile = join(temporary, 'summary.md');
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));

/** Runs a program in a workspace. Only one at a time: its log is the output of this process during the run. */
export async function runJob(
  workspace: string,
  program: () => Promise<0 | 1>,
): Promise<Pick<Ran, 'status' | 'stdout' | 'annotations' | 'summary' | 'outputs'>> {
  writeFileSync(summaryFile, '');
  // Without a file for outputs, the toolkit writes them to the log.
  Object.assign(process.env, { GITHUB_STEP_SUMMARY: summaryFile, GITHUB_OUTPUT: '' });
  const written: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  const status = await exitStatusOf(program).finally(() => {
    process.stdout.write = write;
  });
  const stdout = written.join('');
  const step = new Step(workspace);
  for (const line of stdout.split(/\r\n|\r|\n/)) step.read(line);
  const { annotations, outputs } = step;
  return { status, stdout, annotations, outputs, summary: readFileSync(summaryFile, 'utf8') };
}
