#!/usr/bin/env node
/**
 * The command line: the global options, the list of commands, and the exit status. A command's module is loaded only
 * when its name is among the arguments; the help of the program lists all of them without loading any.
 */
import { Command, CommanderError, Help, Option } from 'commander';
import pkg from '../package.json' with { type: 'json' };
import { parseInstant } from './arguments.ts';
import type { CommandAction, Invocation } from './invocation.ts';
import {
  EXIT,
  type ExitStatus,
  type Io,
  outputOn,
  terminalOn,
  UnknownResult,
  UsageError,
} from './terminal.ts';

/** A command as the help of the program lists it. */
interface ListedCommand {
  readonly name: string;
  /** Its options and arguments, as its own usage line shows them. */
  readonly terms: string;
  readonly summary: string;
  /** Gives the function that adds the options, arguments and action. */
  readonly load: () => Promise<(command: Command, action: CommandAction) => void>;
}

const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'check',
    terms: '[options]',
    summary: 'check the handbook against every rule',
    load: async () => (await import('./commands/check.ts')).addCheck,
  },
  {
    name: 'who',
    terms: '[options] [rota]',
    summary: 'who is on, until when and who is next; or who is called for a service',
    load: async () => (await import('./commands/who.ts')).addWho,
  },
  {
    name: 'shifts',
    terms: '[options] [rota]',
    summary: 'the shifts in a span, clipped to it',
    load: async () => (await import('./commands/shifts.ts')).addShifts,
  },
  {
    name: 'turns',
    terms: '[options] [rota] [role]',
    summary: 'the turns of roles, with the names by which files and commands know them',
    load: async () => (await import('./commands/turns.ts')).addTurns,
  },
  {
    name: 'diff',
    terms: '[options]',
    summary: 'whose cover changes since a revision, with how much notice',
    load: async () => (await import('./commands/diff.ts')).addDiff,
  },
  {
    name: 'swap',
    terms: '<rota> <role> <turn> <other>',
    summary: 'swap two turns of a role, with the smallest edit of the file of the rota',
    load: async () => (await import('./commands/swap.ts')).addSwap,
  },
  {
    name: 'cover',
    terms: '<rota> <role> <from> <to> <person>',
    summary: 'give some hours of a role to a person; to undo a cover, name the person whose turn it is',
    load: async () => (await import('./commands/cover.ts')).addCover,
  },
  {
    name: 'forms',
    terms: '[options]',
    summary:
      'write the issue forms of .github/ISSUE_TEMPLATE with the rotas, roles, people and services of the handbook',
    load: async () => (await import('./commands/forms.ts')).addForms,
  },
  {
    name: 'request',
    terms: '',
    summary: 'requests made by issue',
    load: async () => (await import('./commands/request.ts')).addRequest,
  },
  {
    name: 'plan',
    terms: '',
    summary: 'show what would change in PagerDuty; sends nothing',
    load: async () => (await import('./commands/plan.ts')).addPlan,
  },
  {
    name: 'apply',
    terms: '',
    summary: 'make PagerDuty match the handbook',
    load: async () => (await import('./commands/apply.ts')).addApply,
  },
  {
    name: 'publish',
    terms: '[options]',
    summary: 'check the handbook, then write calendars, data and pages',
    load: async () => (await import('./commands/publish.ts')).addPublish,
  },
  {
    name: 'serve',
    terms: '[options]',
    summary: 'serve the published folder on this machine, until it is stopped',
    load: async () => (await import('./commands/serve.ts')).addServe,
  },
  {
    name: 'holidays',
    terms: '[options] <region>',
    summary: 'a holiday list for policies/holidays/, from a library of public holidays',
    load: async () => (await import('./commands/holidays.ts')).addHolidays,
  },
];

const AFTER_HELP = `
Exit status:
  0  success; warnings alone count as success, unless --strict
  1  errors were found
  2  usage error: an unknown command, rota, person or service, a time that cannot be read
  3  a fault of rota itself or of a service it uses

Examples:
  rota check                                  does the handbook meet every rule?
  rota who                                    who is on now, until when, who is next
  rota who --service lincolnshire-website     who is called, in order
  rota shifts paas/out-of-hours --from 2026-12-01 --to 2027-01-01
  rota diff --base origin/main                whose time does this branch change?
  rota request parse body.md                  how does the action parse this issue?
  rota publish --out public                   calendars, data and pages
  rota serve --out public                     view them in a browser
  rota plan pagerduty --applied HEAD~1        what would change in PagerDuty?`;

/** The program with its global options and no commands. */
const programOn = ({ startedAt, stdout, stderr }: Io): Command =>
  new Command('rota')
    .description(
      'Who is on support, when, at which service level, and who is called next, from the YAML of this repository.',
    )
    .version(`rota ${pkg.version} (Node ${process.versions.node}, time-zone data ${process.versions.tz})`)
    .addOption(new Option('--root <dir>', 'the folder that holds rotas/ and policies/').default('.'))
    .addOption(
      new Option('--now <instant>', 'the instant to use as now, such as 2026-12-02T10:00:00Z')
        .argParser(parseInstant)
        .default(startedAt, 'the clock'),
    )
    .addOption(
      new Option('--format <format>', 'how to print the result').choices(['table', 'json']).default('table'),
    )
    .exitOverride()
    .configureOutput({
      writeOut: stdout.write,
      writeErr: stderr.write,
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
      getOutHasColors: () => stdout.hasColours,
      getErrHasColors: () => stderr.hasColours,
    })
    .showHelpAfterError('(see rota --help)')
    .addHelpText('after', AFTER_HELP);

/** Runs the command that the arguments name, and returns the exit status. */
export async function run(words: readonly string[], io: Io): Promise<ExitStatus> {
  const terminal = terminalOn(io);
  const program = programOn(io);
  let status: ExitStatus = EXIT.ok;
  const action: CommandAction =
    (command) =>
    async (...args) => {
      const options = program.opts<Pick<Invocation, 'root' | 'now' | 'format'>>();
      const clock = () => options.now + io.elapsed();
      status = await command({ ...options, clock, environment: io.environment, terminal }, ...args);
    };
  const terms = new Map<Command, string>();
  const plainHelp = new Help();
  // A command that is not loaded has no options and arguments yet, so the list takes them from `terms`.
  program.configureHelp({
    subcommandTerm: (command) => terms.get(command) ?? plainHelp.subcommandTerm(command),
  });
  try {
    for (const listed of COMMANDS) {
      const command = program.command(listed.name).description(listed.summary);
      terms.set(command, `${listed.name} ${listed.terms}`.trimEnd());
      if (words.includes(listed.name)) (await listed.load())(command, action);
    }
    await program.parseAsync(words, { from: 'user' });
    return status;
  } catch (error) {
    terminal.progress('');
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usageError;
    terminal.warn(`rota: ${messageOf(error)}`);
    if (error instanceof UnknownResult) return EXIT.findings;
    return error instanceof UsageError ? EXIT.usageError : EXIT.fault;
  }
}

function messageOf(error: unknown): string {
  // These types mean a bug in rota; errors such as a full disk have a message of their own.
  const isBug =
    !(error instanceof Error) ||
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof ReferenceError;
  return `${isBug ? 'internal error: ' : ''}${error instanceof Error ? error.message : String(error)}`;
}

if (import.meta.main) {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as head may close the pipe early.
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  // Read together: a long command derives the current time as `now` plus the time elapsed.
  const startedAt = Date.now();
  const started = performance.now();
  process.exitCode = await run(process.argv.slice(2), {
    environment: process.env,
    startedAt,
    elapsed: () => Math.round(performance.now() - started),
    stdout: outputOn(process.stdout),
    stderr: outputOn(process.stderr),
  });
}
