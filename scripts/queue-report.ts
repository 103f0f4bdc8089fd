/** The queue of tickets as people read it in a terminal: what comes first, how much time is left, and who takes it. */
import type { Loaded } from '../actions/lib/load/load.ts';
import type { Provenance, Target } from '../actions/lib/model.ts';
import { levelTermsAt } from '../actions/lib/resolve/level-terms.ts';
import { forTerminal } from '../actions/lib/text/escape.ts';
import type { Paint } from '../actions/lib/text/findings.ts';
import { measuredLevel } from '../actions/lib/tickets/clocks.ts';
import { Counter, PastHolidayList } from '../actions/lib/tickets/counted-time.ts';
import { promisedFrom } from '../actions/lib/tickets/due-entry.ts';
import type { QueueRow } from '../actions/lib/tickets/queue.ts';
import { formatExactly } from '../actions/lib/time/format.ts';
import { type Zone, zoneOf } from '../actions/lib/time/zone.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import { leftText, minutesText, targetText } from './promise-words.ts';
import { fitted, paragraph, widestOf } from './table.ts';
import { headedTable, printedName } from './tables.ts';

/** When the queue is asked for, and the zone of all its times; each service's own where that is undefined. */
interface QueueTimes {
  readonly at: Instant;
  readonly now: Instant;
  readonly zone: Zone | undefined;
}

/** With less room than this, what a ticket is about has a line of its own. */
const LEAST_ROOM = 24;

/** In a cell that says nothing. */
const NONE = '–';

const BEFORE = 'nothing before';

/** The name of a ticket is never cut to less than this. */
const SHORT_TICKET = 16;

const CLOCKS: Readonly<Record<Target, string>> = {
  respond: 'first reply',
  update: 'update',
  resolve: 'solution',
};

/** The queue as a table that fits a terminal of so many columns. */
export function queueReport(
  loaded: Pick<Loaded, 'handbook'>,
  rows: readonly QueueRow[],
  times: QueueTimes,
  paint: Paint,
  columns: number | undefined,
): readonly string[] {
  const { at, now } = times;
  const zones = new Set(rows.map((row) => zoneFor(loaded, row, times.zone)));
  const zone = times.zone ?? (zones.size === 1 ? [...zones][0] : undefined) ?? zoneOf('UTC');
  const title = `Tickets in order of work, ${formatExactly(zone, at, now)} (${zone.name})`;
  if (rows.length === 0) return [...paragraph(title, columns), '', 'There are none.'];
  const unpromised = new Unpromised(loaded, times);
  const told = rows.map((row) => toldOf(loaded, row, { ...times, unpromised }, paint));
  return [
    ...paragraph(title, columns),
    countText(rows),
    '',
    ...(wideTable(told, paint, columns) ?? narrowTable(told, paint, columns)),
    '',
    ...noteLines(loaded, rows, zones, times)
      .flatMap((it) => paragraph(it, columns))
      .map((it) => paint('dim', it)),
  ];
}

/** A row in words. */
interface ToldRow {
  /** The ticket, its priority, and what is due when. */
  readonly first: readonly string[];
  /** Its status, and who takes it. */
  readonly second: readonly [status: string, taker: string];
  /** Why it is breached, if not by time, or from when on something is promised; empty otherwise. */
  readonly why: string;
  readonly about: string;
}

const FIRST = ['Ticket', 'Priority', 'Next', 'Due', 'Left'];
const SECOND = ['Status', 'With'];

/** The table with what each ticket is about in a last column; undefined where that has no room. */
function wideTable(
  told: readonly ToldRow[],
  paint: Paint,
  columns: number | undefined,
): readonly string[] | undefined {
  const headings = [...FIRST, ...SECOND];
  const cells = told.map(({ first, why, second }) => [
    ...first.slice(0, -1),
    first.at(-1) === NONE && why !== ''
      ? why
      : `${first.at(-1)}${why === '' ? '' : paint('red', `, ${why}`)}`,
    ...second,
  ]);
  const used = columns === undefined ? 0 : widestOf(headedTable(headings, cells, paint)) + 2;
  const room = columns === undefined ? Number.POSITIVE_INFINITY : columns - used;
  if (room < LEAST_ROOM) return undefined;
  const all = told.map(({ about }, i) => [...(cells[i] ?? []), fitted(about, room)]);
  return headedTable([...headings, 'About'], all, paint);
}

/** Two lines for each ticket. */
function narrowTable(told: readonly ToldRow[], paint: Paint, columns = 80): readonly string[] {
  const cells = told.map(({ first }) => first);
  const excess = widestOf(headedTable(FIRST, cells, paint)) - columns;
  const tickets = Math.max(
    SHORT_TICKET,
    widestOf(cells.map(([ticket = '']) => ticket)) - Math.max(0, excess),
  );
  const [heading = '', ...lines] = headedTable(
    FIRST,
    cells.map(([ticket = '', ...others]) => [fitted(ticket, tickets), ...others]),
    paint,
  );
  const below = told.map(({ second: [status, taker], why, about }) =>
    [status, ...(taker === '–' ? [] : [taker]), ...(why === '' ? [] : [why]), about].join(' · '),
  );
  return [heading, ...lines.flatMap((line, i) => [line, paint('dim', fitted(`  ${below[i]}`, columns))])];
}

function toldOf(
  loaded: Pick<Loaded, 'handbook'>,
  row: QueueRow,
  { now, zone, unpromised }: QueueTimes & { readonly unpromised: Unpromised },
  paint: Paint,
): ToldRow {
  const isOpen = row.left_minutes !== null;
  const left = stateText(row, unpromised, paint);
  const isLater = left.startsWith(BEFORE);
  const due =
    row.due_at !== null && isOpen
      ? formatExactly(zoneFor(loaded, row, zone), Date.parse(row.due_at), now)
      : '–';
  return {
    first: [
      forTerminal(row.ticket),
      row.priority ?? '–',
      row.clock !== null && isOpen ? CLOCKS[row.clock] : '–',
      due,
      isLater ? NONE : left,
    ],
    second: [row.status, takerText(loaded, row)],
    why: isLater ? left : row.state === 'breached' && isOpen && row.by_retriage ? 'by re-triage' : '',
    about: aboutText(loaded, row),
  };
}

const zoneFor = (
  { handbook }: Pick<Loaded, 'handbook'>,
  { service }: QueueRow,
  named: Zone | undefined,
): Zone => {
  const level = handbook.serviceLevels.get(handbook.services.get(service)?.serviceLevel ?? '');
  return named ?? handbook.hours.get(level?.hours ?? '')?.zone ?? zoneOf('UTC');
};

/** How much is left of what is due, or why nothing is due. */
function stateText(row: QueueRow, unpromised: Unpromised, paint: Paint): string {
  const { state, left_minutes: left } = row;
  if (left === null) return endedText(row, unpromised, paint);
  switch (state) {
    case 'breached':
      return paint('red', leftText(left));
    case 'paused':
      return `paused, ${minutesText(left)}`;
    default:
      return leftText(left);
  }
}

function endedText(row: QueueRow, unpromised: Unpromised, paint: Paint): string {
  if (row.state === 'none') return row.status === 'solved' ? '–' : unpromised.text(row);
  const what = row.clock === 'resolve' ? 'solved' : 'answered';
  return row.state === 'breached' ? paint('red', `${what} late`) : `${what} in time`;
}

/** What is said of priorities without a due instant, once for all tickets of a service and a priority. */
class Unpromised {
  readonly #loaded: Pick<Loaded, 'handbook'>;
  readonly #times: QueueTimes;
  readonly #counter: Counter;
  readonly #texts = new Map<string, string>();

  constructor(loaded: Pick<Loaded, 'handbook'>, times: QueueTimes) {
    this.#loaded = loaded;
    this.#times = times;
    this.#counter = new Counter(loaded.handbook);
  }

  text(row: QueueRow): string {
    const key = JSON.stringify([row.service, row.priority]);
    const text = this.#texts.get(key) ?? this.#find(row);
    this.#texts.set(key, text);
    return text;
  }

  /** As soon as possible in the window of now; nothing before a later one that promises something. */
  #find(row: QueueRow): string {
    const { at, now, zone } = this.#times;
    const service = this.#loaded.handbook.services.get(row.service);
    const measured = service && measuredLevel(this.#counter, service);
    if (measured === undefined || row.priority === null) return 'nothing promised';
    try {
      const next = promisedFrom({ measured, priority: row.priority }, at);
      if (next === undefined) return 'nothing promised';
      if (next.at === at) return targetText(next.target);
      return `${BEFORE} ${formatExactly(zoneFor(this.#loaded, row, zone), next.at, now)}`;
    } catch (error) {
      if (error instanceof PastHolidayList) return 'unknown';
      throw error;
    }
  }
}

function takerText(loaded: Pick<Loaded, 'handbook'>, { group, role, person }: QueueRow): string {
  if (group === null) return '–';
  if (person !== null) return printedName(loaded, person);
  return role === null ? group : `${group}, nobody`;
}

const aboutText = ({ handbook }: Pick<Loaded, 'handbook'>, { service, title }: QueueRow): string => {
  const name = forTerminal(handbook.services.get(service)?.name ?? service);
  return title === null ? name : `${name}: ${forTerminal(title)}`;
};

/** "2 breached, 5 running, 1 paused". */
function countText(rows: readonly QueueRow[]): string {
  const groups = Map.groupBy(rows, ({ status, state }) =>
    status === 'solved' ? 'solved' : state === 'met' || state === 'none' ? 'with nothing due' : state,
  );
  return (['breached', 'running', 'with nothing due', 'paused', 'solved'] as const)
    .flatMap((name) => (groups.has(name) ? [`${groups.get(name)?.length} ${name}`] : []))
    .join(', ');
}

/** The zone of the times, and the service levels whose figures are no promise. */
function noteLines(
  loaded: Pick<Loaded, 'handbook'>,
  rows: readonly QueueRow[],
  zones: ReadonlySet<Zone>,
  { at, zone }: QueueTimes,
): readonly string[] {
  const { handbook } = loaded;
  const examples = new Set<string>();
  for (const { service, priority } of rows) {
    const level = handbook.serviceLevels.get(handbook.services.get(service)?.serviceLevel ?? '');
    if (level === undefined) continue;
    const own = levelTermsAt(handbook, level, at).priorities.get(priority ?? '');
    const origin: Provenance = own?.origin ?? level.origin;
    if (origin.source === undefined) examples.add(forTerminal(level.name));
  }
  const one = zone ?? (zones.size === 1 ? [...zones][0] : undefined);
  const whose = one === undefined ? "each service's zone" : one.name;
  return [
    ...(examples.size === 0
      ? []
      : [`Figures of ${[...examples].join(', ')} are an example, promised to nobody.`]),
    `Left is counted time. Times are those of ${whose}.`,
  ];
}
