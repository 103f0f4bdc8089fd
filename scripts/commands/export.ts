/** `rota export`: shifts, or days of work on shifts, for other programs. */
import { type Command, Option } from 'commander';
import type { Loaded } from '../../actions/lib/load/load.ts';
import type { Rota } from '../../actions/lib/model.ts';
import { type DayRow, dayRows, inDayOrder } from '../../actions/lib/query/day-rows.ts';
import { inStartOrder, type ShiftRow, shiftRows } from '../../actions/lib/query/shift-rows.ts';
import type { Resolved } from '../../actions/lib/resolve/cover.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { forTerminal } from '../../actions/lib/text/escape.ts';
import { dateText, HOUR } from '../../actions/lib/time/date.ts';
import { formatDate, formatInstant, instantText } from '../../actions/lib/time/format.ts';
import type { Zone } from '../../actions/lib/time/zone.ts';
import type { Instant, Interval } from '../../actions/lib/timeline.ts';
import { isDate, type Moment, parseMoment, zoneOption } from '../arguments.ts';
import { writeCsv } from '../csv.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { readHandbook } from '../read-handbook.ts';
import { isWithoutRota, NO_ROTA, queryRotas, selectRotas, zoneOfTimes } from '../select.ts';
import { headedTable } from '../tables.ts';
import type { ExitStatus } from '../terminal.ts';

interface ExportOptions {
  readonly from: Moment;
  readonly to: Moment;
  readonly zone?: Zone;
}

/** What is exported: its rows, and their columns in CSV and JSON. */
interface Export<Row extends { readonly rota: string }> {
  readonly name: string;
  readonly description: string;
  readonly rowsOf: (resolved: Resolved, span: Interval) => readonly Row[];
  readonly order: (one: Row, other: Row) => number;
  readonly columns: { readonly [column: string]: (row: Row, loaded: Loaded) => string | number };
  /** The columns that people read otherwise in a table. */
  readonly readable: {
    readonly [column: string]: (row: Row, shown: { readonly zone: Zone; readonly now: Instant }) => string;
  };
}

const SHIFTS: Export<ShiftRow> = {
  name: 'shifts',
  description: 'one row a shift, cut where its window changes and where a month begins',
  rowsOf: shiftRows,
  order: inStartOrder,
  columns: {
    rota: ({ rota }) => rota,
    role: ({ role }) => role,
    person: ({ person }) => person,
    name: nameOf,
    starts_at: ({ startAt }) => instantText(startAt),
    ends_at: ({ endAt }) => instantText(endAt),
    hours: ({ startAt, endAt }) => rounded((endAt - startAt) / HOUR),
    window: ({ window }) => window,
  },
  readable: {
    starts_at: ({ startAt }, { zone, now }) => formatInstant(zone, startAt, now),
    ends_at: ({ endAt }, { zone, now }) => formatInstant(zone, endAt, now),
  },
};

const DAYS: Export<DayRow> = {
  name: 'days',
  description: 'one row a person, day, role and kind of time, for resource planners',
  rowsOf: dayRows,
  order: inDayOrder,
  columns: {
    date: ({ day }) => dateText(day),
    person: ({ person }) => person,
    name: nameOf,
    rota: ({ rota }) => rota,
    role: ({ role }) => role,
    minutes: ({ minutes }) => rounded(minutes),
    kind: ({ kind }) => kind,
  },
  readable: { date: ({ day }) => formatDate(day) },
};

/** At most four decimals. */
const rounded = (amount: number): number => Math.round(amount * 10_000) / 10_000;

function nameOf({ person }: { readonly person: string }, { handbook }: Loaded): string {
  return handbook.people.get(person)?.name ?? person;
}

export function addExport(command: Command, action: CommandAction): void {
  addOne(command, action, SHIFTS);
  addOne(command, action, DAYS);
}

function addOne<Row extends { readonly rota: string }>(
  command: Command,
  action: CommandAction,
  exported: Export<Row>,
): void {
  command
    .command(exported.name)
    .description(exported.description)
    .addOption(
      new Option('--from <time>', "a date, local midnight in each rota's zone; a local time, or an instant")
        .argParser(parseMoment)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--to <time>', 'the same; excluded').argParser(parseMoment).makeOptionMandatory())
    .addOption(zoneOption("for dates each rota's own, for local times that of the only rotas"))
    .action(action((invocation, options: ExportOptions) => exportRows(invocation, options, exported)));
}

function exportRows<Row extends { readonly rota: string }>(
  { root, now, format, terminal }: Invocation,
  { from, to, zone: named }: ExportOptions,
  { name, rowsOf, order, columns, readable }: Export<Row>,
): ExitStatus {
  const { loaded, status } = readHandbook(root, terminal);
  const rotas = selectRotas(loaded, undefined);
  const times = [from, to].filter((moment) => !isDate(moment));
  const words = `export ${name} --from ${from.local} --to ${to.local}`;
  const one = zoneOfTimes(rotas, named, times, words);
  const at = (moment: Moment, zone: Zone) => moment(named === undefined && isDate(moment) ? zone : one);
  const found = queryRotas(
    loaded,
    rotas,
    (zone) => ({ startAt: at(from, zone), endAt: at(to, zone) }),
    (known, span) => rowsOf(resolve(known, span), span),
    terminal,
  );
  const rows = found.entries.toSorted(order);
  const heads = Object.keys(columns);
  const cellsOf = (row: Row) => Object.values(columns).map((cellOf) => cellOf(row, loaded));
  if (format === 'json')
    terminal.printJson(rows.map((row) => Object.fromEntries(heads.map((it, i) => [it, cellsOf(row)[i]]))));
  else if (format === 'csv') terminal.printText(writeCsv(heads, rows.map(cellsOf)));
  else if (isWithoutRota(loaded)) terminal.warn(NO_ROTA);
  else {
    const shown = rows.map((row) => {
      const { zone } = loaded.handbook.rotas.get(row.rota) as Rota;
      return heads.map((it, i) => readable[it]?.(row, { zone, now }) ?? forTerminal(String(cellsOf(row)[i])));
    });
    terminal.printText(`${headedTable(heads, shown, terminal.paint).join('\n')}\n`);
  }
  return found.status || status;
}
