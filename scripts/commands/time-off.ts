/** `rota time-off`: the time off that out-of-hours alerts earn, with the reason of each part. */
import { type Command, Option } from 'commander';
import type { Zone } from '../../actions/lib/time/zone.ts';
import { alertFaultText } from '../../actions/lib/time-off/alert-faults.ts';
import type { AlertReading, ReadAlerts } from '../../actions/lib/time-off/alert-texts.ts';
import { countTimeOff } from '../../actions/lib/time-off/count.ts';
import { timeOffEntry } from '../../actions/lib/time-off/entries.ts';
import type { Interval } from '../../actions/lib/timeline.ts';
import { readAlertFile } from '../alert-file.ts';
import { type Moment, parseMoment, zoneOption } from '../arguments.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { readHandbook } from '../read-handbook.ts';
import { requireKnownPerson, selectRotas, zoneOfTimes } from '../select.ts';
import { EXIT, type ExitStatus, UsageError } from '../terminal.ts';
import { timeOffReport } from '../time-off-report.ts';

interface TimeOffOptions {
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
listed.`;

export function addTimeOff(command: Command, action: CommandAction): void {
  command
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

function timeOff(
  { root, now, format, terminal }: Invocation,
  file: string | undefined,
  { from, to, person, zone: named }: TimeOffOptions,
): ExitStatus {
  if (file === undefined) throw new UsageError('name a file of alerts');
  const { loaded, status } = readHandbook(root, terminal);
  requireKnownPerson(loaded, person);
  const rotas = selectRotas(loaded, undefined);
  const zone = zoneOfTimes(
    rotas,
    named,
    [from, to],
    `time-off ${file} --from ${from.local} --to ${to.local}`,
  );
  const span: Interval = { startAt: from(zone), endAt: to(zone) };
  if (span.startAt >= span.endAt) throw new UsageError('--from is not before --to');
  const isOneZone = named !== undefined || new Set(rotas.map((it) => it.zone)).size <= 1;
  const reading: AlertReading = { handbook: loaded.handbook, zone: isOneZone ? zone : undefined, now };
  const read = readAlertFile(file, reading);
  const alerts = read.alerts.filter((it) => person === undefined || it.person === person);
  const count = countTimeOff(loaded.handbook, alerts, span);
  if (format === 'json') terminal.printJson(timeOffEntry(count));
  else
    terminal.printText(`${timeOffReport(loaded, count, { span, zone, now }, terminal.paint).join('\n')}\n`);
  for (const line of faultLines(file, read)) terminal.warn(line);
  return read.faults.length > 0 ? EXIT.findings : status;
}

/** What is wrong, each with its line. */
const faultLines = (name: string, { faults }: ReadAlerts): readonly string[] => [
  ...faults.map(
    (fault) => `${name}${fault.line === undefined ? '' : `:${fault.line}`}: ${alertFaultText(fault)}`,
  ),
  ...(faults.length === 0 ? [] : ['what these lines say is not counted; the rest is']),
];
