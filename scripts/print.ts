/** Answers as people read them: tables in local times, with names. */
import { described } from '../actions/lib/check/describe.ts';
import { amountText, horizonText, noticeGiven, stretchesOf } from '../actions/lib/compare/words.ts';
import type { Loaded } from '../actions/lib/load/load.ts';
import type { LocatedFinding, Rota, Service, Shift } from '../actions/lib/model.ts';
import type { Evaluation } from '../actions/lib/pipeline.ts';
import type { EscalationSteps, WhoEntry } from '../actions/lib/query/on-call.ts';
import { forTerminal } from '../actions/lib/text/escape.ts';
import { findingLines } from '../actions/lib/text/findings.ts';
import { plural } from '../actions/lib/text/plural.ts';
import { formatInstant } from '../actions/lib/time/format.ts';
import { type Zone, zoneOf } from '../actions/lib/time/zone.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import type { Moment } from './arguments.ts';
import { table } from './table.ts';
import { paint, print } from './terminal.ts';

const heading = (text: string): string => paint('bold', text);

const nameOf = ({ handbook }: Pick<Loaded, 'handbook'>, person: string): string =>
  forTerminal(handbook.people.get(person)?.name ?? person);

const zoneLine = (zones: ReadonlySet<string>): string =>
  paint(
    'dim',
    zones.size === 1 ? `Times are those of ${[...zones].join('')}.` : "Times are those of each rota's zone.",
  );

/** Who holds each role, in each rota's own time. */
export function printWho(loaded: Loaded, entries: readonly WhoEntry[], at: Moment, now: Instant): void {
  const zoneFor = (id: string) => (loaded.handbook.rotas.get(id) as Rota).zone;
  const zones = new Set(entries.map(({ rota }) => zoneFor(rota).name));
  const when = (id: string, text: string | null) =>
    text === null ? '–' : formatInstant(zoneFor(id), Date.parse(text), now);
  const rows = entries.map(({ rota, role, person, until, next }) => [
    rota,
    role,
    person === null ? paint('dim', 'nobody') : nameOf(loaded, person),
    when(rota, until),
    next === null ? '–' : `${nameOf(loaded, next.person)}, ${when(rota, next.from)}`,
    ...(zones.size > 1 ? [zoneFor(rota).name] : []),
  ]);
  const first = zoneOf([...zones][0] ?? 'UTC');
  print(
    `Who is on, ${formatInstant(first, at(first), now)} (${first.name})`,
    '',
    ...table(['Rota', 'Role', 'On', 'Until', 'Next', ...(zones.size > 1 ? ['Zone'] : [])].map(heading), rows),
    '',
    zoneLine(zones),
  );
}

/** Who is called for a service, level by level. */
export function printCalls(
  loaded: Loaded,
  { name }: Service,
  { window, levels }: EscalationSteps,
  zone: Zone,
  at: Instant,
  now: Instant,
): void {
  print(
    `${forTerminal(name)}, ${formatInstant(zone, at, now)} (${zone.name})${window === null ? '' : `, ${window}`}`,
    '',
  );
  if (levels.length === 0) {
    print('Nobody is promised to answer for it then.');
    return;
  }
  const rows = levels.flatMap(({ after_minutes: after, notify }) =>
    notify.map(({ rota, role, person }, i) => [
      i > 0 ? '' : after === 0 ? 'at once' : `after ${after} minutes`,
      person === null ? paint('dim', 'nobody') : nameOf(loaded, person),
      rota === null ? '' : `${rota}/${role}`,
    ]),
  );
  print(...table(['Called', 'Who', 'As'].map(heading), rows));
}

/** Shifts in order of start, in each rota's own time. */
export function printShifts(
  loaded: Loaded,
  rotas: readonly Rota[],
  shifts: readonly Shift[],
  now: Instant,
): void {
  const zones = new Set(rotas.map(({ zone }) => zone.name));
  const rows = shifts.map(({ rota, role, person, startAt, endAt }) => {
    const { zone } = loaded.handbook.rotas.get(rota) as Rota;
    const times = [
      formatInstant(zone, startAt, now),
      formatInstant(zone, endAt, now),
      ...(zones.size > 1 ? [zone.name] : []),
    ];
    return [...times, nameOf(loaded, person), rota, role];
  });
  print(
    ...table(['From', 'To', ...(zones.size > 1 ? ['Zone'] : []), 'Who', 'Rota', 'Role'].map(heading), rows),
    '',
    zoneLine(zones),
  );
}

/**
 * Whose time changes, a row for each stretch of what belongs together, and what the rules make of it; of the rota in one file
 * only, where that is given.
 */
export function printChanges(
  told: Evaluation,
  findings: readonly LocatedFinding[],
  now: Instant,
  file?: string,
): void {
  const all = [...(told.against?.past ?? []), ...(told.against?.ahead ?? [])];
  const changes = all.filter(
    ({ rota }) => file === undefined || told.handbook.rotas.get(rota)?.location.file === file,
  );
  const rows = changes.flatMap((change) => {
    const { rota, role, zone, before, after } = change;
    return stretchesOf(change).map(({ startAt, endAt }) => [
      formatInstant(zone, startAt, now),
      formatInstant(zone, endAt, now),
      `${rota}/${role}`,
      before === undefined ? 'nobody' : nameOf(told, before),
      after === undefined ? 'nobody' : nameOf(told, after),
      startAt < now ? 'past' : amountText(noticeGiven(zone, now, startAt)),
    ]);
  });
  const unread = told.against?.unread ?? [];
  const until = told.against === undefined ? '' : ` up to ${horizonText(told.against)}`;
  if (unread.length > 0)
    print(`Whose time changes in ${unread.join(', ')} cannot be told, because a file could not be read.`);
  else if (rows.length === 0) print(`Nobody's time changes${until}.`);
  if (rows.length > 0)
    print(...table(['From', 'To', 'Role', 'Before', 'After', 'Notice'].map(heading), rows));
  const others = all.length - changes.length;
  if (others > 0)
    print(
      '',
      `${plural(others, 'more change')} of other rotas, not committed yet: rota diff --base HEAD shows all of them.`,
    );
  if (findings.length > 0) print('', ...findingLines(described(findings), paint));
}
