/** What every command receives, and the type that turns its function into an action of commander. */
import type { Instant } from '../actions/lib/timeline.ts';
import type { ExitStatus, Io, Terminal } from './terminal.ts';

/** The global options, and the parts of the process that a command may use. */
export interface Invocation {
  readonly root: string;
  readonly now: Instant;
  /** Only `rota export` is run with `csv`. */
  readonly format: 'table' | 'json' | 'csv';
  /** The current time: `now` plus the time that has passed since the start. */
  readonly clock: () => Instant;
  readonly environment: Io['environment'];
  readonly terminal: Terminal;
}

/** Makes an action of commander from a function that takes the invocation first and returns the exit status. */
export type CommandAction = <Args extends readonly unknown[]>(
  run: (invocation: Invocation, ...args: Args) => ExitStatus | Promise<ExitStatus>,
) => (...args: Args) => Promise<void>;
