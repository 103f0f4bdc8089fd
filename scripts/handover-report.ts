/** A hand-over as text for people: who, when, and what belongs to the coming turn. */
import type { Loaded } from '../actions/lib/load/load.ts';
import { roleText } from '../actions/lib/model.ts';
import type { HandoverDetails } from '../actions/lib/query/handover-details.ts';
import { forTerminal } from '../actions/lib/text/escape.ts';
import type { Paint } from '../actions/lib/text/findings.ts';
import { formatExactly, formatSpanExactly } from '../actions/lib/time/format.ts';
import { formatTurn } from '../actions/lib/time/turn-name.ts';
import type { Zone } from '../actions/lib/time/zone.ts';
import type { Instant, Interval } from '../actions/lib/timeline.ts';
import { paragraph } from './table.ts';
import { headedTable, printedName } from './tables.ts';

/** The zone and the width of a report, and the current time. */
interface Shown {
  readonly zone: Zone;
  readonly now: Instant;
  readonly width: number | undefined;
}

/** A hand-over with its details, in local times of one zone. */
export function handoverLines(
  loaded: Loaded,
  details: HandoverDetails,
  { zone, now, width }: Shown,
  paint: Paint,
): readonly string[] {
  const { handover, coming } = details;
  const nameOf = (person: string | undefined) =>
    person === undefined ? paint('dim', 'nobody') : printedName(loaded, person);
  const rows = handover.passes.map(({ role, from, to, fromRota, fromRole }) => {
    const source = fromRota === handover.rota ? '' : ` (${roleText({ rota: fromRota, role: fromRole })})`;
    return [role, nameOf(from) + source, nameOf(to)];
  });
  const when = `${formatExactly(zone, handover.at, now)} (${zone.name})`;
  const until = formatExactly(zone, coming.endAt, now);
  const title = `${handover.rota} hands over ${when}${HOW[handover.kind](details)}, until ${until}`;
  return [
    ...paragraph(title, width),
    '',
    ...headedTable(['Role', 'Hands over', 'Takes over'], rows, paint, width),
    ...parts(loaded, details, (span) => spanText(zone, span, now)).flatMap(([heading, items]) =>
      items.length === 0
        ? []
        : ['', paint('bold', heading), ...items.flatMap((item) => paragraph(`  ${item}`, width, '    '))],
    ),
  ];
}

/** What kind of hand-over it is, in words. */
const HOW: Readonly<Record<HandoverDetails['handover']['kind'], (details: HandoverDetails) => string>> = {
  turn: ({ handover: { turn } }) => (turn === undefined ? '' : `, to the turn of ${formatTurn(turn.on)}`),
  cover: () => ', within the turn',
  daily: () => ', from one rota to another',
};

const spanText = (zone: Zone, { startAt, endAt }: Interval, now: Instant): string =>
  Number.isFinite(endAt)
    ? formatSpanExactly(zone, startAt, endAt, now)
    : `from ${formatExactly(zone, startAt, now)} on`;

/** The headings and what is below them, in reading order. */
function parts(
  loaded: Loaded,
  { meeting, standup, changes, absences, swaps, checklists }: HandoverDetails,
  when: (span: Interval) => string,
): readonly (readonly [string, readonly string[]])[] {
  const name = (person: string | undefined) =>
    person === undefined ? 'nobody' : printedName(loaded, person);
  const at = (it: typeof meeting) =>
    it === undefined ? [] : [when(it) + (it.where === undefined ? '' : `, ${forTerminal(it.where)}`)];
  return [
    ['Hand-over meeting', at(meeting)],
    ['Stand-up', at(standup)],
    ['Planned changes', changes.map((it) => `${when(it)}: ${forTerminal(it.summary)} (${it.service})`)],
    ['Away', absences.map((it) => `${when(it)}: ${name(it.person)}`)],
    [
      'Swaps and covers',
      swaps.flatMap(({ kind, role, person, instead, spans }) =>
        spans.map((span) => {
          const how = kind === 'extra' ? 'extra time' : `instead of ${name(instead)}`;
          return `${when(span)}: ${name(person)}, ${how} (${role})`;
        }),
      ),
    ],
    ['Whoever hands over', checklists.end.map(forTerminal)],
    ['Whoever takes over', checklists.start.map(forTerminal)],
  ];
}
