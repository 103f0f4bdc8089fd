/** `rota time-off`: the time off that out-of-hours alerts earn, with the reason of each part. */
import { type Command, Option } from 'commander';
import type { Loaded } from '../../actions/lib/load/load.ts';
import type { Zone } from '../../actions/lib/time/zone.ts';
import { type AlertFault, alertFaultText } from '../../actions/lib/time-off/alert-faults.ts';
import type { AlertReading, ReadAlerts } from '../../actions/lib/time-off/alert-texts.ts';
import { countTimeOff } from '../../actions/lib/time-off/count.ts';
import { timeOffEntry } from '../../actions/lib/time-off/entries.ts';
import type { Interval } from '../../actions/lib/timeline.ts';
import { readAlertFile } from '../alert-file.ts';
import { type Moment, parseMoment, zoneOption } from '../arguments.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import {
  addPagedAlertOptions,
  PAGED_ALERTS_HELP,
  type PagedAlertOptions,
  readFromPagerDuty,
} from '../paged-alerts.ts';
import { readHandbook } from '../read-handbook.ts';
import { requireKnownPerson, selectRotas, zoneOfTimes } from '../select.ts';
import { EXIT, UsageError } from '../terminal.ts';
import { timeOffReport } from '../time-off-report.ts';

interface TimeOffOptions extends PagedAlertOptions {
  readonly from: Moment;
  readonly to: Moment;
  readonly person?: string;
  readonly zone?: Zone;
}

const AFTER_HELP = `
The file is CSV with a header line, or a JSON list of objects with the same names:
  person,alerted_at,acknowledged_at,worked_until,woken,service,id
  amara-osei,2026-11-25T02:10:00Z,2026-11-25T02:14:00Z,2026-11-25T04:25:00Z,true,paas-platform,A1042
Only the first two are required. Times are instants, or local times of --zone. Where woken is empty, the hours of sleep
of policies/time-off.yaml decide. All alerts of the file decide which are one claim; claims that begin in the span are
listed.
${PAGED_ALERTS_HELP}`;

export function addTimeOff(command: Command, action: CommandAction): void {
  addPagedAlertOptions(command)
    .argument('[alerts]', 'a file with alerts, as CSV or JSON')
    .addOption(
      new Option('--from <time>', 'a date, for its local midnight; a local time, or an instant')
        .argParser(parseMoment)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--to <time>', 'the same; excluded').argParser(parseMoment).makeOptionMandatory())
    .option('--person <person>', 'only the claims of this person')
    .addOption(zoneOption('that of the rotas, if all have the same'))
    .addHelpText('after', AFTER_HELP)
    .action(action(timeOff));
}

async function timeOff(invocation: Invocation, file: string | undefined, options: TimeOffOptions) {
  const { root, now, format, terminal } = invocation;
  const source = sourceOf(file, options, invocation);
  const { loaded, status } = readHandbook(root, terminal);
  const { handbook } = loaded;
  requireKnownPerson(loaded, options.person);
  const { span, zone, isOneZone } = timesOf(loaded, source.words, options);
  const read = await source.read({ handbook, zone: isOneZone ? zone : undefined, now }, span);
  const alerts = read.alerts.filter(({ person }) => [undefined, person].includes(options.person));
  const count = countTimeOff(handbook, alerts, span);
  if (format === 'json') terminal.printJson(timeOffEntry(count));
  else
    terminal.printText(`${timeOffReport(loaded, count, { span, zone, now }, terminal.paint).join('\n')}\n`);
  for (const line of faultLines(source.name, read)) terminal.warn(line);
  return read.faults.some(isFinding) ? EXIT.findings : status;
}

/** Where alerts come from. `name` precedes the line of a fault. */
interface AlertSource {
  readonly name: string;
  /** How the source is written in the command. */
  readonly words: string;
  readonly read: (reading: AlertReading, span: Interval) => ReadAlerts | Promise<ReadAlerts>;
}

function sourceOf(file: string | undefined, options: TimeOffOptions, invocation: Invocation): AlertSource {
  const { pagerduty, api } = options;
  if ((file === undefined) === (pagerduty === undefined))
    throw new UsageError('name one source of alerts: a file, or --pagerduty');
  if (file === undefined)
    return {
      name: 'PagerDuty',
      words: '--pagerduty',
      read: ({ handbook }, span) => readFromPagerDuty(handbook, span, options, invocation),
    };
  if (api !== undefined) throw new UsageError('--api belongs to --pagerduty; leave it out');
  return { name: file, words: file, read: (reading) => readAlertFile(file, reading) };
}

/** The span that is asked for, its zone, and whether all rotas have that. */
function timesOf(loaded: Loaded, source: string, { from, to, zone: named }: TimeOffOptions) {
  const rotas = selectRotas(loaded, undefined);
  const words = `time-off ${source} --from ${from.local} --to ${to.local}`;
  const zone = zoneOfTimes(rotas, named, [from, to], words);
  const span: Interval = { startAt: from(zone), endAt: to(zone) };
  if (span.startAt >= span.endAt) throw new UsageError('--from is not before --to');
  return { span, zone, isOneZone: named !== undefined || new Set(rotas.map((it) => it.zone)).size <= 1 };
}

/** Notifications that wake nobody are left out by intention. */
const isFinding = ({ code }: AlertFault): boolean => code !== 'quiet';

/** What is wrong, each with its line. */
const faultLines = (name: string, { faults }: ReadAlerts): readonly string[] => [
  ...faults.map(
    (fault) => `${name}${fault.line === undefined ? '' : `:${fault.line}`}: ${alertFaultText(fault)}`,
  ),
  ...(faults.some(isFinding) ? ['what is listed above is not counted; the rest is'] : []),
];
