#!/usr/bin/env node
/**
 * The command line: the global options, the list of commands, and the exit status. A command's module is loaded only
 * when its name is among the arguments; the help of the program lists all of them without loading any.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Command, CommanderError, Help, Option } from 'commander';
import { forTerminal } from '../actions/lib/text/escape.ts';
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
  /** Calls of it, without `rota`. */
  readonly examples: readonly string[];
  /** Gives the function that adds the options, arguments and action. */
  readonly load: () => Promise<(command: Command, action: CommandAction) => void>;
}

const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'check',
    terms: '[options]',
    summary: 'check the handbook against every rule',
    examples: [
      'check                                  does the handbook meet every rule?',
      'check --base origin/main --all         and does this branch, every time of each finding listed?',
    ],
    load: async () => (await import('./commands/check.ts')).addCheck,
  },
  {
    name: 'who',
    terms: '[options] [rota]',
    summary: 'who is on, until when and who is next; or who is called for a service',
    examples: [
      'who                                    who is on now, until when, who is next',
      'who paas/out-of-hours --at 2026-12-25T12:00',
      'who --at 2026-12-25T12:00 --zone Europe/London',
      'who --service lincolnshire-website     who is called, in order',
      'who --service paas-platform --priority P1     and by when they have to answer',
    ],
    load: async () => (await import('./commands/who.ts')).addWho,
  },
  {
    name: 'due',
    terms: '[options]',
    summary: 'when what is due for a ticket of a service, and how that is counted',
    examples: [
      'due --service paas-platform --opened 2026-12-24T16:55',
      'due --service paas-platform --priority P1 --opened 2026-12-24T16:55 --at 2026-12-24T17:10',
    ],
    load: async () => (await import('./commands/due.ts')).addDue,
  },
  {
    name: 'tickets',
    terms: '[options] [file]',
    summary: 'the queue of tickets in order of work, from a file of events, from GitHub or from Zendesk',
    examples: [
      'tickets events.json                    what comes first?',
      'tickets events.json --at 2026-12-02T10:00 --all',
      'tickets --zendesk example              from example.zendesk.com',
    ],
    load: async () => (await import('./commands/tickets.ts')).addTickets,
  },
  {
    name: 'shifts',
    terms: '[options] [rota]',
    summary: 'the shifts in a span, clipped to it',
    examples: [
      'shifts paas/out-of-hours --from 2026-12-01 --to 2027-01-01',
      'shifts --person amara-osei --from 2026-12-01 --to 2027-01-01',
    ],
    load: async () => (await import('./commands/shifts.ts')).addShifts,
  },
  {
    name: 'turns',
    terms: '[options] [rota] [role]',
    summary: 'the turns of roles, with the names by which files and commands know them',
    examples: ['turns paas/out-of-hours engineer --from 2026-12-01 --to 2027-03-01'],
    load: async () => (await import('./commands/turns.ts')).addTurns,
  },
  {
    name: 'handover',
    terms: '[options] <rota>',
    summary: 'who hands over to whom next, with all that they should know of the coming turn',
    examples: [
      'handover paas/out-of-hours             who hands over next, to whom and when?',
      'handover paas/out-of-hours --at 2026-12-24T12:00',
    ],
    load: async () => (await import('./commands/handover.ts')).addHandover,
  },
  {
    name: 'export',
    terms: '',
    summary: 'shifts, or days of work on shifts, as CSV or JSON for other programs',
    examples: [
      'export shifts --from 2026-11-01 --to 2026-12-01 --format csv',
      'export days --from 2026-11-01 --to 2026-12-01 --format csv',
    ],
    load: async () => (await import('./commands/export.ts')).addExport,
  },
  {
    name: 'time-off',
    terms: '[options] [alerts]',
    summary: 'the time off that out-of-hours alerts earn, with the reason of each part',
    examples: [
      'time-off alerts.csv --from 2026-11-01 --to 2026-12-01',
      'time-off alerts.csv --from 2026-11-01 --to 2026-12-01 --person amara-osei --zone Europe/London',
    ],
    load: async () => (await import('./commands/time-off.ts')).addTimeOff,
  },
  {
    name: 'diff',
    terms: '[options]',
    summary: 'whose cover changes since a revision, with how much notice',
    examples: ['diff --base origin/main                whose time does this branch change?'],
    load: async () => (await import('./commands/diff.ts')).addDiff,
  },
  {
    name: 'review',
    terms: '[options]',
    summary: 'the comment that a pull request with the changes since a revision would get',
    examples: [
      'review --base origin/main              what would the pull request be told?',
      'review --base origin/main --pull pull.yaml',
    ],
    load: async () => (await import('./commands/review.ts')).addReview,
  },
  {
    name: 'news',
    terms: '[options]',
    summary: 'the messages that a merge of the changes since a revision gives; sends nothing',
    examples: ['news --base origin/main                who is told what, once this is merged?'],
    load: async () => (await import('./commands/news.ts')).addNews,
  },
  {
    name: 'swap',
    terms: '[options] <rota> <role> <turn> <other>',
    summary: 'swap two turns, of a role or of two roles, with the smallest edit of the YAML',
    examples: [
      'swap paas/in-hours engineer 2027-03-01 2027-03-08',
      'swap paas/in-hours/engineer 2027-03-01 paas/out-of-hours/comms 2027-03-03 --dry-run',
    ],
    load: async () => (await import('./commands/swap.ts')).addSwap,
  },
  {
    name: 'cover',
    terms: '[options] <rota> <role> <from> <to> <person>',
    summary:
      'give some hours of a role, or everything that somebody has in some time, to a person; ' +
      'to undo a cover, name the person whose turn it is',
    examples: [
      'cover paas/out-of-hours engineer 2026-12-17T18:00 2026-12-17T21:00 dee-novak',
      'cover --from-person amara-osei --by dee-novak 2026-12-21 2027-01-04',
    ],
    load: async () => (await import('./commands/cover.ts')).addCover,
  },
  {
    name: 'give',
    terms: '[options] <rota> <role> <turn> <person>',
    summary: 'give a whole turn of a role to a person',
    examples: ['give paas/in-hours engineer 2027-03-01 dee-novak'],
    load: async () => (await import('./commands/give.ts')).addGive,
  },
  {
    name: 'forms',
    terms: '[options]',
    summary:
      'write the issue forms of .github/ISSUE_TEMPLATE with the rotas, roles, people and services of the handbook',
    examples: [
      'forms                                  write the forms',
      'forms --check                          are they up to date?',
    ],
    load: async () => (await import('./commands/forms.ts')).addForms,
  },
  {
    name: 'request',
    terms: '',
    summary: 'requests made by issue',
    examples: ['request parse body.md                  how does the action parse this issue?'],
    load: async () => (await import('./commands/request.ts')).addRequest,
  },
  {
    name: 'plan',
    terms: '',
    summary: 'show what would change in PagerDuty, Slack or Zendesk; sends nothing',
    examples: [
      'plan pagerduty --applied HEAD~1        what would change in PagerDuty?',
      'plan slack                             and in topics and user groups?',
      'plan zendesk --subdomain example       and in groups of the helpdesk?',
      'plan posts                             and in the posts of hand-overs planned ahead?',
    ],
    load: async () => (await import('./commands/plan.ts')).addPlan,
  },
  {
    name: 'apply',
    terms: '',
    summary: 'make PagerDuty, Slack or Zendesk match the handbook',
    examples: [
      'apply pagerduty --applied HEAD~1       change it, and read the result back',
      'apply slack                            the same for topics and user groups',
      'apply zendesk --subdomain example      the same for groups of the helpdesk',
      'apply posts                            plan the posts of the next seven days',
    ],
    load: async () => (await import('./commands/apply.ts')).addApply,
  },
  {
    name: 'publish',
    terms: '[options]',
    summary: 'check the handbook, then write calendars, data and pages',
    examples: ['publish --out public                   calendars, data and pages'],
    load: async () => (await import('./commands/publish.ts')).addPublish,
  },
  {
    name: 'serve',
    terms: '[options]',
    summary: 'serve the published folder on this machine, until it is stopped',
    examples: ['serve --out public                     view them in a browser'],
    load: async () => (await import('./commands/serve.ts')).addServe,
  },
  {
    name: 'holidays',
    terms: '[options] <region>',
    summary: 'a holiday list for policies/holidays/, from a library of public holidays',
    examples: ['holidays GB-ENG --years 2026-2030 --out policies/holidays/england.yaml'],
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
${COMMANDS.flatMap(({ examples }) => examples.slice(0, 1))
  .map((it) => `  rota ${it}`)
  .join('\n')}`;

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
      new Option('--format <format>', 'how to print the result; csv is for "rota export"')
        .choices(['table', 'json', 'csv'])
        .default('table'),
    )
    .exitOverride()
    .configureOutput({
      writeOut: stdout.write,
      writeErr: (text) => stderr.write(text.split('\n').map(forTerminal).join('\n')),
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
  const actionOf =
    (name: string): CommandAction =>
    (command) =>
    async (...args) => {
      const options = program.opts<Pick<Invocation, 'root' | 'now' | 'format'>>();
      if (options.format === 'csv' && name !== 'export')
        throw new UsageError('only "rota export" prints CSV; leave out --format csv, or write --format json');
      const clock = () => options.now + io.elapsed();
      const { environment, wait } = io;
      status = await command({ ...options, clock, wait, environment, terminal }, ...args);
    };
  const terms = new Map<Command, string>();
  const plainHelp = new Help();
  // A command that is not loaded has no options and arguments yet, so the list takes them from `terms`.
  program.configureHelp({
    showGlobalOptions: true,
    subcommandTerm: (command) => terms.get(command) ?? plainHelp.subcommandTerm(command),
  });
  try {
    for (const listed of COMMANDS) {
      const command = program.command(listed.name).description(listed.summary);
      terms.set(command, `${listed.name} ${listed.terms}`.trimEnd());
      if (!words.includes(listed.name)) continue;
      (await listed.load())(command, actionOf(listed.name));
      command.addHelpText('after', examplesText(listed.examples));
      for (const it of command.commands) {
        const own = listed.examples.filter((example) => example.startsWith(`${listed.name} ${it.name()} `));
        it.addHelpText('after', examplesText(own));
      }
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

const examplesText = (examples: readonly string[]): string =>
  ['', 'Examples:', ...examples.map((it) => `  rota ${it}`)].join('\n');

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
  // What Node made of the sources is kept beside the libraries: at a desk, a command starts in two thirds of the time.
  // A runner of CI has no earlier call, and writing it would only take time.
  if (process.env.CI === undefined)
    enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/rota'));
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
    wait: (ms) => pause(ms),
    stdout: outputOn(process.stdout),
    stderr: outputOn(process.stderr),
  });
}
