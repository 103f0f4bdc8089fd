/**
 * The output of a job on GitHub: log lines, annotations, outputs, the summary, the exit status. Text is escaped here.
 */

import { join } from 'node:path';
import { core } from '#github';
import { forTerminal } from '../text/escape.ts';
import { countOf, type DescribedFinding } from '../text/findings.ts';
import { instantOfText } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';

/**
 * Annotates the ten most severe findings, as many as the runner keeps for a step, and returns the number of errors.
 * Missing consent is reported by the status instead.
 */
export function annotate(findings: readonly DescribedFinding[], folder: string): number {
  const errors = findings.filter(({ severity, rule }) => severity === 'error' && rule !== 'consent');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  for (const { severity, message, rule, file, line, column } of [...errors, ...warnings].slice(0, 10)) {
    const annotation = {
      file: folder === '.' ? file : join(folder, file),
      startLine: line,
      startColumn: column,
      title: rule,
    };
    if (severity === 'error') core.error(forTerminal(message), annotation);
    else core.warning(forTerminal(message), annotation);
  }
  core.setOutput('errors', errors.length);
  core.setOutput('warnings', warnings.length);
  core.info(`found ${countOf([...errors, ...warnings])}; the job summary has all of it`);
  return errors.length;
}

/** The input `now` as an instant, or `clock` if it is empty. */
export function nowOf(input: string, clock: Instant): Instant {
  const now = input === '' ? clock : instantOfText(input);
  if (now === undefined) throw new Error(`the input "now" is "${input}"; write it as 2026-12-02T10:00:00Z`);
  return now;
}

/** The message of a thrown value. */
export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Runs an action and returns its exit status; an exception is logged as an error and gives 1. */
export async function exitStatusOf(run: () => Promise<0 | 1>): Promise<0 | 1> {
  try {
    return await run();
  } catch (error) {
    logError(errorText(error));
    return 1;
  }
}

/** Writes a line to the log. */
export const logInfo = (text: string): void => core.info(forTerminal(text));

/** Writes an annotated warning. */
export const logWarning = (text: string): void => core.warning(forTerminal(text));

/** Writes an annotated error; does not set the exit status. */
export const logError = (text: string): void => core.error(forTerminal(text));

/** Sets an output of the step. */
export const setOutput = (name: string, value: number | string): void => core.setOutput(name, value);

/** Writes the summary of the step, as Markdown. */
export async function writeSummary(markdown: string): Promise<void> {
  await core.summary.addRaw(markdown).write();
}
