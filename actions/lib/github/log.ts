/** The edge to the runner that an action runs in: what every door tells it in one way. */
import { join } from 'node:path';
import * as core from '@actions/core';
import { forTerminal } from '../text/escape.ts';
import { countOf, type DescribedFinding } from '../text/findings.ts';
import { instantOfText } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';

/**
 * Annotates the ten findings that matter most, as many as the runner keeps of a step, and gives the number of errors.
 * Missing agreement is the status' to say.
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
