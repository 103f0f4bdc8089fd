/** The input and output of a run of the command line, as values; printing; exit statuses and errors. */
import { styleText } from 'node:util';
import { forJson, forTerminal } from '../actions/lib/text/escape.ts';
import type { Paint } from '../actions/lib/text/findings.ts';
import type { Instant } from '../actions/lib/timeline.ts';

/** Exit statuses, as documented in README. */
export const EXIT = { ok: 0, findings: 1, usageError: 2, fault: 3 } as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** The command cannot be carried out with these arguments. */
export class UsageError extends Error {}

/** The result is unknown, because of an error in the handbook or the end of a holiday list. */
export class UnknownResult extends Error {}

/** One of the two streams a run writes to. */
export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly hasColours: boolean;
  /** The width of the terminal; undefined elsewhere. */
  readonly columns: number | undefined;
}

/** Everything that a run gets from its process, except the arguments. */
export interface Io {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly startedAt: Instant;
  /** Milliseconds since `startedAt`. */
  readonly elapsed: () => number;
  /** Lets milliseconds pass by the clock of `elapsed`. */
  readonly wait: (ms: number) => Promise<void>;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** A stream of the process; Node evaluates `NO_COLOR`, `FORCE_COLOR` and the like. */
export const outputOn = (stream: NodeJS.WriteStream): Output => ({
  write: (text) => void stream.write(text),
  isTerminal: stream.isTTY,
  hasColours: styleText('bold', '-', { stream }) !== '-',
  columns: stream.isTTY ? stream.columns : undefined,
});

/** Prints results to standard output and everything else to standard error. */
export interface Terminal {
  /** Styles text for standard output where that shows colours. */
  readonly paint: Paint;
  /** The width of standard output; undefined where it is no terminal. */
  readonly columns: number | undefined;
  readonly print: (...lines: readonly string[]) => void;
  readonly printJson: (value: unknown) => void;
  /** Prints text unchanged, including its line ends. */
  readonly printText: (text: string) => void;
  /** Prints a message that is not part of the result. */
  readonly warn: (line: string) => void;
  /** Shows on a terminal what is being done, in one line that the next call replaces; an empty text removes it. */
  readonly progress: (doing: string) => void;
}

/** A terminal on the streams of a run. */
export function terminalOn({ stdout, stderr }: Io): Terminal {
  const print = (...lines: readonly string[]): void => {
    if (lines.length > 0) stdout.write(`${lines.join('\n')}\n`);
  };
  return {
    columns: stdout.columns,
    paint: (look, text) => (stdout.hasColours ? styleText(look, text, { validateStream: false }) : text),
    print,
    printJson: (value) => print(forJson(JSON.stringify(value, null, 2))),
    printText: stdout.write,
    warn: (line) => stderr.write(`${forTerminal(line)}\n`),
    progress: (doing) => {
      if (stderr.isTerminal) stderr.write(doing === '' ? '\r\u001b[K' : `\r\u001b[K${doing} …`);
    },
  };
}
