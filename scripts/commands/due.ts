/** `rota due`: when what is due for a ticket of a service, and how that is counted. */
import { type Command, Option } from 'commander';
import type { Service } from '../../actions/lib/model.ts';
import type { Measured } from '../../actions/lib/tickets/clock-run.ts';
import { measuredLevel } from '../../actions/lib/tickets/clocks.ts';
import { Counter, PastHolidayList } from '../../actions/lib/tickets/counted-time.ts';
import { dueEntry, termsAtOpening } from '../../actions/lib/tickets/due-entry.ts';
import { explainCount } from '../../actions/lib/tickets/explain.ts';
import type { Zone } from '../../actions/lib/time/zone.ts';
import type { Instant } from '../../actions/lib/timeline.ts';
import { type Moment, parseMoment, zoneOption } from '../arguments.ts';
import { type DueAnswer, dueReport } from '../due-report.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { readHandbook } from '../read-handbook.ts';
import { requirePriority, selectService } from '../select.ts';
import { EXIT, type ExitStatus, UnknownResult, UsageError } from '../terminal.ts';

interface DueOptions {
  readonly service: string;
  readonly priority?: string;
  readonly opened: Moment;
  readonly at?: Moment;
  readonly zone?: Zone;
}

export function addDue(command: Command, action: CommandAction): void {
  command
    .requiredOption('--service <service>', 'a service, such as lincolnshire-website')
    .option(
      '--priority <priority>',
      'a priority of its service level, such as P1; each of them when left out',
    )
    .addOption(
      new Option(
        '--opened <time>',
        'when the ticket was opened: an instant, or a local time such as 2026-12-02T10:00',
      )
        .argParser(parseMoment)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--at <time>', 'from when on the time left is counted')
        .argParser(parseMoment)
        .default(undefined, 'now, or the opening if that is later'),
    )
    .addOption(zoneOption('that of the support hours of the service'))
    .action(action(due));
}

function due({ root, now, format, terminal }: Invocation, options: DueOptions): ExitStatus {
  const { loaded, status } = readHandbook(root, terminal);
  const { service, zone: own } = selectService(loaded, options.service);
  requirePriority(loaded.handbook, service, options.priority);
  const zone = options.zone ?? own;
  const openedAt = options.opened(zone);
  const at = options.at?.(zone) ?? Math.max(now, openedAt);
  if (at < openedAt) throw new UsageError('--at lies before --opened; leave it out, or write a later time');
  const counter = new Counter(loaded.handbook);
  const measured = requireMeasured(counter, service);
  const terms = termsAtOpening({ service, measured, openedAt });
  const priorities = options.priority === undefined ? [...terms.priorities.keys()] : [options.priority];
  const found = answersFor(counter, { service, measured, openedAt }, priorities, at);
  for (const { priority, hours } of found.unknown)
    terminal.warn(
      `${service.id}, ${priority}: the count leaves the holiday list of ${hours}, so it is unknown what is due; ` +
        'extend that with "rota holidays"',
    );
  if (format === 'json') terminal.printJson(found.answers.map(({ entry }) => entry));
  else {
    const { paint, columns } = terminal;
    terminal.print(...dueReport(found.answers, terms, { openedAt, at, now, zone }, paint, columns));
  }
  return found.unknown.length > 0 ? EXIT.findings : status;
}

/** The level of a service with its counted time; throws where nothing can be counted. */
function requireMeasured(counter: Counter, service: Service): Measured {
  const measured = measuredLevel(counter, service);
  if (measured !== undefined) return measured;
  if (service.serviceLevel === undefined)
    throw new UsageError(
      `${service.id} has no service level, so nothing is due; give it one in services.yaml`,
    );
  throw new UnknownResult(
    `the service level, support hours or holiday list of ${service.id} could not be read, ` +
      'so it is unknown what is due',
  );
}

interface Answers {
  readonly answers: readonly DueAnswer[];
  /** The priorities whose count leaves a holiday list. */
  readonly unknown: readonly { readonly priority: string; readonly hours: string }[];
}

function answersFor(
  counter: Counter,
  asked: { readonly service: Service; readonly measured: Measured; readonly openedAt: Instant },
  priorities: readonly string[],
  at: Instant,
): Answers {
  const answers: DueAnswer[] = [];
  const unknown: { priority: string; hours: string }[] = [];
  for (const priority of priorities) {
    const ticket = { ...asked, priority };
    const count = (target: 'respond' | 'resolve') =>
      explainCount(counter, asked.service, { priority, target, openedAt: asked.openedAt });
    try {
      const entry = dueEntry(counter, ticket, at);
      answers.push({ ticket, entry, respond: count('respond'), resolve: count('resolve') });
    } catch (error) {
      if (!(error instanceof PastHolidayList)) throw error;
      unknown.push({ priority, hours: error.hours });
    }
  }
  return { answers, unknown };
}
