/** Time off as people check it in a terminal: each person's claims with their reasons, what is doubtful, and rest. */
import type { Loaded } from '../actions/lib/load/load.ts';
import { forTerminal } from '../actions/lib/text/escape.ts';
import type { Paint } from '../actions/lib/text/findings.ts';
import { plural } from '../actions/lib/text/plural.ts';
import { formatInstant } from '../actions/lib/time/format.ts';
import type { Zone } from '../actions/lib/time/zone.ts';
import type { Claim, Question, ShortRest, TimeOffCount } from '../actions/lib/time-off/claim.ts';
import { alertName, restLength, sumsOf } from '../actions/lib/time-off/entries.ts';
import { alertDoubtText, lengthText, reasonsOf } from '../actions/lib/time-off/reasons.ts';
import type { Instant, Interval } from '../actions/lib/timeline.ts';
import { headedTable, printedName } from './tables.ts';

/** The span of a report, and the zone of its title and of times that belong to no claim. */
interface ReportTimes {
  readonly span: Interval;
  readonly zone: Zone;
  readonly now: Instant;
}

type Names = Pick<Loaded, 'handbook'>;

/** Everything that was counted. */
export function timeOffReport(
  loaded: Names,
  { claims, questions, rest }: TimeOffCount,
  times: ReportTimes,
  paint: Paint,
): readonly string[] {
  const { span, zone, now } = times;
  const people = [...Map.groupBy(claims, ({ person }) => person).values()];
  const when = [span.startAt, span.endAt].map((at) => formatInstant(zone, at, now)).join(' – ');
  const title = `Time off for alerts, ${when}`;
  return [
    `${title} (${zone.name})`,
    '',
    ...(claims.length === 0 ? ['Nothing counts.'] : sumLines(loaded, claims, paint)),
    ...people.flatMap((own) => personLines(loaded, own, now, paint)),
    ...section(
      'Questions',
      questions.map((it) => questionLine(loaded, it, times)),
      paint,
    ),
    ...section(
      'Too little rest',
      rest.map((it) => restLine(loaded, it, now)),
      paint,
    ),
  ];
}

const section = (title: string, lines: readonly string[], paint: Paint): readonly string[] =>
  lines.length === 0 ? [] : ['', paint('bold', title), ...lines.map((line) => `  ${line}`)];

function sumLines(loaded: Names, claims: readonly Claim[], paint: Paint): readonly string[] {
  const counts = Map.groupBy(claims, ({ person }) => person);
  const rows = sumsOf(claims).map(({ person, days, hours }) => [
    printedName(loaded, person),
    String(counts.get(person)?.length ?? 0),
    String(days),
    String(hours),
  ]);
  return headedTable(['Who', 'Claims', 'Days', 'Hours'], rows, paint);
}

function personLines(loaded: Names, claims: readonly Claim[], now: Instant, paint: Paint): readonly string[] {
  const [first] = claims;
  if (first === undefined) return [];
  const rows = claims.map(({ at, zone, alerts, kind, work, days, extraDays }) => [
    formatInstant(zone, at, now),
    String(alerts.length),
    kind,
    work.counted === 0 ? '–' : lengthText(work.counted),
    String(days),
    String(extraDays),
  ]);
  const [heading = '', ...lines] = headedTable(
    ['Alerted', 'Alerts', 'Kind', 'Work', 'Days', 'Extra'],
    rows,
    paint,
  );
  return [
    '',
    paint('bold', printedName(loaded, first.person)),
    `  ${heading}`,
    ...lines.flatMap((line, i) => [
      `  ${line}`,
      ...reasonsOf(claims[i] as Claim).map((it) => paint('dim', `      ${forTerminal(it)}`)),
    ]),
  ];
}

function questionLine(loaded: Names, { alert, doubt }: Question, { zone, now }: ReportTimes): string {
  const name = alert.id === undefined ? '' : ` (${forTerminal(alertName(alert))})`;
  const when = formatInstant(zone, alert.alertedAt, now);
  return `${printedName(loaded, alert.person)}, ${when}${name}: ${forTerminal(alertDoubtText(doubt))}`;
}

function restLine(loaded: Names, short: ShortRest, now: Instant): string {
  const { claim, endedBy, endsAt, startFrom } = short;
  const when = (at: Instant) => formatInstant(claim.zone, at, now);
  const end = endedBy === 'shift' ? 'the shift' : 'the alert';
  return (
    `${printedName(loaded, claim.person)}, alerted ${when(claim.at)}: ${lengthText(restLength(short))} of rest ` +
    `before ${end} at ${when(endsAt)}; ${plural(claim.terms.restHours, 'hour')} end ${when(startFrom)}`
  );
}
