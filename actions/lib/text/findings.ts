/** Findings as lines of a terminal or a log, `file:line:column: message [rule]`. Pure. */
import type { LineLocation, Severity } from '../model.ts';
import { forTerminal } from './escape.ts';
import { plural } from './plural.ts';

/** A finding with its message, for terminal output and JSON. */
export interface DescribedFinding extends LineLocation {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Every time that it is about, as UTC, where the message has only the first. */
  readonly times?: readonly { readonly start: string; readonly end: string }[];
}

/** Styles text, where the output supports it. */
export type Paint = (look: 'red' | 'yellow' | 'green' | 'bold' | 'dim', text: string) => string;

/** A line for each finding. */
export const findingLines = (findings: readonly DescribedFinding[], paint: Paint): readonly string[] =>
  findings.map(({ file, line, column, severity, message, rule }) => {
    const level = paint(severity === 'error' ? 'red' : 'yellow', severity);
    const place = paint('bold', `${forTerminal(file)}:${line}:${column}`);
    return `${place}: ${level}: ${forTerminal(message)} ${paint('dim', `[${rule}]`)}`;
  });

/** "3 errors and 1 warning". */
export function countOf(findings: readonly { readonly severity: Severity }[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const words = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ];
  return words.join(' and ') || 'no findings';
}
