/** What the command line prints, and where it stops: standard output for answers, standard error for everything else. */
import { styleText } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { forTerminal } from '../actions/lib/text/escape.ts';
import type { Paint } from '../actions/lib/text/findings.ts';

/** Exit statuses, as documented in README. */
export const EXIT = { fine: 0, findings: 1, wrongUse: 2, fault: 3 } as const;

/** The command cannot be carried out as it was written. */
export class UsageError extends Error {}

/** The handbook does not say what was asked, because of an error in it. */
export class Unanswerable extends Error {}

/** Colours on a terminal, none elsewhere and none where `NO_COLOR` asks for none. */
export const paint: Paint = (look, text) => styleText(look, text, { stream: process.stdout });

export const print = (...lines: readonly string[]): void => {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
};

/** A message beside the answer. */
export const warn = (line: string): void => void process.stderr.write(`${forTerminal(line)}\n`);

/** One line that says what is being done, on a terminal only, and is gone when there is an answer. */
export const progress = (doing: string): void => {
  if (process.stderr.isTTY) process.stderr.write(doing === '' ? '\r\u001b[K' : `\r\u001b[K${doing} …`);
};

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/**
 * V8 lets the heap of a young process grow threefold before it looks for what is no longer needed; with this, a check of
 * ten thousand rotas holds half the memory. For few files, time is worth more.
 */
export function limitHeapGrowth(files: number): void {
  if (files > 500) setFlagsFromString('--heap-growing-percent=20');
}
