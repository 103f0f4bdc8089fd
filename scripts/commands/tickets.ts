/** `rota tickets`: the queue of tickets in order of work. */
import { type Command, Option } from 'commander';
import { type Handbook, roleText } from '../../actions/lib/model.ts';
import { plural } from '../../actions/lib/text/plural.ts';
import { Counter } from '../../actions/lib/tickets/counted-time.ts';
import type { ReadEvents } from '../../actions/lib/tickets/event-texts.ts';
import { type Queue, queueOf } from '../../actions/lib/tickets/queue.ts';
import type { Zone } from '../../actions/lib/time/zone.ts';
import type { Instant } from '../../actions/lib/timeline.ts';
import { type Moment, parseMoment, zoneOption } from '../arguments.ts';
import { readEventFile } from '../event-file.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { queueReport } from '../queue-report.ts';
import { readHandbook } from '../read-handbook.ts';
import { zoneOfServices } from '../select.ts';
import { EXIT, type ExitStatus, UsageError } from '../terminal.ts';
import { MOST_FINDINGS, ticketFindingLines } from '../ticket-findings.ts';
import { GITHUB_HELP, readFromGitHub } from '../tickets-on-github.ts';
import { addZendeskOptions, readFromZendesk, ZENDESK_HELP, type ZendeskOptions } from '../zendesk.ts';

interface TicketsOptions extends ZendeskOptions {
  readonly github?: string;
  readonly at?: Moment;
  readonly all?: true;
  readonly zone?: Zone;
}

const AFTER_HELP = `
The file is a JSON list of events, or has one event a line:
  {"ticket": "1042", "at": "2026-11-25T09:12:00Z", "kind": "opened", "service": "lincolnshire-website"}
  {"ticket": "1042", "at": "2026-11-25T09:40:00Z", "kind": "priority", "value": "HIGH"}
  {"ticket": "1042", "at": "2026-11-25T10:05:00Z", "kind": "reply"}
Other kinds are note, status, estimate, solved and reopened. An opening may have title, author and priority, a reply
author and bot. Events may come in any order.
A ticket with an event that cannot be true is left out, with findings on standard error: at most
${MOST_FINDINGS.ofTicket} of one ticket and ${MOST_FINDINGS.inAll} in all, then how many more there are.
Every ticket that is left out is named.
${GITHUB_HELP}
${ZENDESK_HELP}`;

export function addTickets(command: Command, action: CommandAction): void {
  command
    .argument('[file]', 'a file with the events of tickets')
    .addOption(
      new Option(
        '--at <time>',
        'an instant, or a local time such as 2026-12-02T10:00; later events are left out',
      )
        .argParser(parseMoment)
        .default(undefined, 'now'),
    )
    .option('--all', 'list solved tickets, too')
    .option(
      '--github <repository>',
      'read the tickets of a repository, such as example/handbook, instead of a file',
    )
    .addOption(zoneOption('that of the support hours of each service'));
  addZendeskOptions(command)
    .addHelpText('after', AFTER_HELP)
    .action(
      action((invocation, file: string | undefined, options: TicketsOptions) =>
        tickets(invocation, sourceOf(file, options, invocation), options),
      ),
    );
}

/** The instant of the queue, and since when events are read. */
interface SourceTimes {
  readonly at: Instant;
  readonly since: Instant | undefined;
}

/** Where events come from. `name` precedes the line of a fault. */
interface EventSource {
  readonly name: string;
  /** How the source is written in the command. */
  readonly words: string;
  readonly read: (handbook: Handbook, times: SourceTimes) => ReadEvents | Promise<ReadEvents>;
}

function sourceOf(
  file: string | undefined,
  options: TicketsOptions,
  { environment, now, terminal }: Invocation,
): EventSource {
  const { zendesk, github } = options;
  if ([file, zendesk, github].filter((it) => it !== undefined).length !== 1)
    throw new UsageError(
      'name one source of tickets: a file with their events, --github <repository>, or --zendesk <subdomain>',
    );
  if (zendesk === undefined && options.since !== undefined)
    throw new UsageError('--since belongs to --zendesk; leave it out');
  if (file !== undefined && options.api !== undefined)
    throw new UsageError('--api belongs to --github and --zendesk; leave it out');
  if (github !== undefined)
    return {
      name: 'GitHub',
      words: `--github ${github}`,
      read: (handbook, { at }) => readFromGitHub(handbook, { ...options, github, at, now }, environment),
    };
  if (file !== undefined) return { name: file, words: file, read: () => readEventFile(file) };
  return {
    name: 'Zendesk',
    words: `--zendesk ${zendesk}`,
    read: (handbook, times) => readFromZendesk(handbook, { ...options, ...times }, environment, terminal),
  };
}

async function tickets(
  { root, now, format, terminal }: Invocation,
  source: EventSource,
  options: TicketsOptions,
): Promise<ExitStatus> {
  const { loaded, status } = readHandbook(root, terminal);
  const zoneFor = (moment: Moment) => zoneOfServices(loaded, options.zone, moment, `tickets ${source.words}`);
  const at = options.at?.(zoneFor(options.at)) ?? now;
  const since = options.since?.(zoneFor(options.since));
  const { events, faults } = await source.read(loaded.handbook, { at, since });
  const queue = queueOf(new Counter(loaded.handbook), { events, faults, at, all: options.all === true });
  if (format === 'json') terminal.printJson(queue.rows);
  else {
    const { paint, columns } = terminal;
    const lines = queueReport(loaded, queue.rows, { at, now, zone: options.zone }, paint, columns);
    // Not as arguments of `print`, of which there may be a hundred thousand.
    terminal.printText(`${lines.join('\n')}\n`);
  }
  const lines = findingsOf(source, queue);
  for (const line of lines) terminal.warn(line);
  return lines.length > 0 ? EXIT.findings : status;
}

/** What is wrong, each with its line, and how many tickets are left out because of it. */
function findingsOf({ name }: EventSource, { faults, unknownRoles }: Queue): readonly string[] {
  const leftOut = new Set(faults.flatMap(({ ticket }) => (ticket === undefined ? [] : [ticket])));
  return [
    ...ticketFindingLines(name, faults),
    ...unknownRoles.map(
      (role) =>
        `who holds ${roleText(role)} is unknown: its rota could not be read, or the holiday list of its hours ` +
        'does not reach that day; see "rota check"',
    ),
    ...(leftOut.size === 0
      ? []
      : [`${plural(leftOut.size, 'ticket')} left out of the queue because of this`]),
  ];
}
