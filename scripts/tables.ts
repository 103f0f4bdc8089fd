/** Results as tables for people: in local times, with names instead of ids. */
import type { Loaded } from '../actions/lib/load/load.ts';
import type { Rota, Service, Shift } from '../actions/lib/model.ts';
import type { EscalationSteps } from '../actions/lib/query/escalation.ts';
import type { WhoEntry } from '../actions/lib/query/on-call.ts';
import type { TurnEntry } from '../actions/lib/query/turn-list.ts';
import { forTerminal } from '../actions/lib/text/escape.ts';
import type { Paint } from '../actions/lib/text/findings.ts';
import { reachText } from '../actions/lib/text/reach.ts';
import { formatInstant } from '../actions/lib/time/format.ts';
import type { Zone } from '../actions/lib/time/zone.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import { fittingTable, paragraph, table } from './table.ts';

/** The name of a person, or the id where the handbook has none. */
export const printedName = ({ handbook }: Pick<Loaded, 'handbook'>, person: string): string =>
  forTerminal(handbook.people.get(person)?.name ?? person);

/** A table under bold headings, of a width if that is given and possible. */
export function headedTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  paint: Paint,
  width?: number,
): readonly string[] {
  const bold = headings.map((text) => paint('bold', text));
  return width === undefined ? table(bold, rows) : fittingTable(bold, rows, width);
}

const zoneLine = (zones: ReadonlySet<string>, paint: Paint): string =>
  paint(
    'dim',
    zones.size === 1 ? `Times are those of ${[...zones].join('')}.` : "Times are those of each rota's zone.",
  );

/** When who holds each role is asked: an instant, and a zone for it; `everywhere` if all times are shown in it. */
interface AskedTime {
  readonly at: Instant;
  readonly zone: Zone;
  readonly everywhere: boolean;
}

/** Who holds each role, in each rota's own time unless one zone is for all. */
export function whoLines(
  loaded: Loaded,
  entries: readonly WhoEntry[],
  { at, zone, everywhere }: AskedTime,
  now: Instant,
  paint: Paint,
): readonly string[] {
  const zoneFor = (id: string) => (everywhere ? zone : (loaded.handbook.rotas.get(id) as Rota).zone);
  const zones = new Set(entries.map(({ rota }) => zoneFor(rota).name));
  const when = (id: string, text: string | null) =>
    text === null ? '–' : formatInstant(zoneFor(id), Date.parse(text), now);
  const rows = entries.map(({ rota, role, person, until, next }) => [
    rota,
    role,
    person === null ? paint('dim', 'nobody') : printedName(loaded, person),
    when(rota, until),
    next === null ? '–' : `${printedName(loaded, next.person)}, ${when(rota, next.from)}`,
    ...(zones.size > 1 ? [zoneFor(rota).name] : []),
  ]);
  return [
    `Who is on, ${formatInstant(zone, at, now)} (${zone.name})`,
    '',
    ...headedTable(['Rota', 'Role', 'On', 'Until', 'Next', ...(zones.size > 1 ? ['Zone'] : [])], rows, paint),
    '',
    zoneLine(zones, paint),
  ];
}

/** Who is called for a service, level by level; `answer` says by when. In lines of a width where that is possible. */
export function escalationLines(
  loaded: Loaded,
  service: Service,
  { window, levels, priority, runbook }: EscalationSteps,
  {
    when,
    answer,
    width,
  }: { readonly when: string; readonly answer: readonly string[]; readonly width: number | undefined },
  paint: Paint,
): readonly string[] {
  const words = [
    forTerminal(service.name),
    when,
    ...(window === null ? [] : [window]),
    ...(priority === undefined ? [] : [priority]),
  ];
  const title = paragraph(words.join(', '), width);
  const more = [
    ...(answer.length === 0 ? [] : ['', ...answer]),
    ...(runbook === undefined ? [] : ['', ...paragraph(`Runbook: ${forTerminal(runbook)}`, width)]),
  ];
  if (levels.length === 0) return [...title, '', 'Nobody is called for it at that time.', ...more];
  const isReached = levels.some(({ notify }) => notify.some((callee) => calleeReach(loaded, callee) !== ''));
  const rows = levels.flatMap((level) =>
    level.notify.map((callee, i) => [
      i > 0 ? '' : calledText(level, priority),
      calleeName(loaded, callee, paint),
      callee.rota === null ? '' : `${callee.rota}/${callee.role}`,
      ...(isReached ? [calleeReach(loaded, callee)] : []),
    ]),
  );
  const headings = ['Called', 'Who', 'As', ...(isReached ? ['Reached by'] : [])];
  return [...title, '', ...headedTable(headings, rows, paint, width), ...more];
}

type CalledLevel = EscalationSteps['levels'][number];

/** Somebody who is called, by name. */
export function calleeName(
  loaded: Pick<Loaded, 'handbook'>,
  { person, contact }: CalledLevel['notify'][number],
  paint: Paint,
): string {
  if (person !== null) return printedName(loaded, person);
  if (contact === undefined) return paint('dim', 'nobody');
  return forTerminal(loaded.handbook.contacts.get(contact)?.name ?? contact);
}

/** Every way to reach somebody, whatever the policy on publishing: a terminal publishes nothing. */
function calleeReach({ handbook }: Loaded, { person, contact }: CalledLevel['notify'][number]): string {
  const reach =
    person === null ? handbook.contacts.get(contact ?? '')?.reach : handbook.people.get(person)?.reach;
  return forTerminal(reachText(reach ?? {}, ['phone', 'slack', 'email']));
}

/** "after 15 minutes, only for P1"; a level that reaches nobody is passed over. */
function calledText(level: CalledLevel, priority: string | undefined): string {
  const { after_minutes: after, notify, change, only_for: only, at_once_for: atOnce = [] } = level;
  const isEmpty = notify.every(({ person, contact }) => person === null && contact === undefined);
  const when = isEmpty
    ? 'passed over'
    : after === 0
      ? 'at once'
      : `after ${after} minute${after === 1 ? '' : 's'}`;
  const isOpen = priority === undefined;
  const sooner = only?.every((it) => atOnce.includes(it)) === true ? [] : atOnce;
  return [
    when,
    ...(change === undefined ? [] : ['planned change']),
    ...(isOpen && only !== undefined ? [`only for ${only.join(', ')}`] : []),
    ...(isOpen && sooner.length > 0 ? [`at once for ${sooner.join(', ')}`] : []),
  ].join(', ');
}

/** Shifts in order of start, in each rota's own time unless one zone is for all. */
export function shiftLines(
  loaded: Loaded,
  zoneFor: (rota: Rota) => Zone,
  rotas: readonly Rota[],
  shifts: readonly Shift[],
  now: Instant,
  paint: Paint,
): readonly string[] {
  const zones = new Set(rotas.map((rota) => zoneFor(rota).name));
  const rows = shifts.map(({ rota, role, person, startAt, endAt }) => {
    const zone = zoneFor(loaded.handbook.rotas.get(rota) as Rota);
    const times = [
      formatInstant(zone, startAt, now),
      formatInstant(zone, endAt, now),
      ...(zones.size > 1 ? [zone.name] : []),
    ];
    return [...times, printedName(loaded, person), rota, role];
  });
  return [
    ...headedTable(['From', 'To', ...(zones.size > 1 ? ['Zone'] : []), 'Who', 'Rota', 'Role'], rows, paint),
    '',
    zoneLine(zones, paint),
  ];
}

/** Turns by role in order of start, in each rota's own time. */
export function turnLines(
  loaded: Loaded,
  rotas: readonly Rota[],
  turns: readonly TurnEntry[],
  now: Instant,
  paint: Paint,
): readonly string[] {
  const zones = new Set(rotas.map(({ zone }) => zone.name));
  const rows = turns.map(({ rota, role, turn, from, until, person }) => {
    const { zone } = loaded.handbook.rotas.get(rota) as Rota;
    const when = (text: string | null) => (text === null ? '–' : formatInstant(zone, Date.parse(text), now));
    const who = person === null ? paint('dim', 'nobody') : printedName(loaded, person);
    return [turn, when(from), when(until), ...(zones.size > 1 ? [zone.name] : []), who, rota, role];
  });
  const headings = ['Turn', 'From', 'Until', ...(zones.size > 1 ? ['Zone'] : []), 'Who', 'Rota', 'Role'];
  return [...headedTable(headings, rows, paint), '', zoneLine(zones, paint)];
}
