/** What a job leaves on GitHub: lines in its log, annotations, outputs, the summary, the exit status. Text is escaped here. */

import { join } from 'node:path';
import { core } from '#github';
import { forTerminal } from '../text/escape.ts';
import { countOf, type DescribedFinding } from '../text/findings.ts';
import { instantOfText } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';

/**
 * Annotates the ten findings that matter most, as many as the runner keeps of a step, and gives the number of errors.
 * Missing consent is left to the status.
 */
export function annotate(findings: readonly DescribedFinding[], folder: string): number {
  const errors = findings.filter(({ severity, rule }) => severity === 'error' && rule !== 'consent');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  for (const { severity, message, rule, file, line, column } of [...errors, ...warnings].slice(0, 10)) {
    const place = {
      file: folder === '.' ? file : join(folder, file),
      startLine: line,
      startColumn: column,
      title: rule,
    };
    if (severity === 'error') core.error(forTerminal(message), place);
    else core.warning(forTerminal(message), place);
  }
  core.setOutput('errors', errors.length);
  core.setOutput('warnings', warnings.length);
  core.info(`found ${countOf([...errors, ...warnings])}; the job summary has all of it`);
  return errors.length;
}

/** The instant that the input `now` gives, or the clock's where it gives none. */
export function nowOf(given: string, clock: Instant): Instant {
  const now = given === '' ? clock : instantOfText(given);
  if (now === undefined) throw new Error(`the input "now" is "${given}"; write it as 2026-12-02T10:00:00Z`);
  return now;
}

/** The words of whatever was thrown. */
export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Runs an action to its exit status; what it throws is an error in the log, and 1. */
export async function exitStatusOf(run: () => Promise<0 | 1>): Promise<0 | 1> {
  try {
    return await run();
  } catch (error) {
    logError(errorText(error));
    return 1;
  }
}

/** A line of the log. */
export const logInfo = (text: string): void => core.info(forTerminal(text));

/** A warning that is annotated. */
export const logWarning = (text: string): void => core.warning(forTerminal(text));

/** An error that is annotated; the exit status is another matter. */
export const logError = (text: string): void => core.error(forTerminal(text));

/** Sets an output of the step. */
export const setOutput = (name: string, value: number | string): void => core.setOutput(name, value);

/** Writes the summary of the step, as Markdown. */
export async function writeSummary(markdown: string): Promise<void> {
  await core.summary.addRaw(markdown).write();
}
