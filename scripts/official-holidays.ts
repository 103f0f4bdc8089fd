/**
 * Compares a holiday list with an official one in the format of gov.uk/bank-holidays.json, from a file or an address.
 * What is fetched is bounded: in size and time, and to the host that was named.
 */
import { existsSync, readFileSync } from 'node:fs';
import { boundedFetch, RefusedResponse } from '../actions/lib/text/bounded-fetch.ts';
import { dayOf } from '../actions/lib/time/date.ts';
import type { HolidayFile } from './holiday-list.ts';
import { UsageError } from './terminal.ts';

/** A day that only one of two lists has. */
export interface ListDifference {
  readonly date: string;
  readonly name: string;
  readonly only_in: 'this list' | 'the official list';
}

/** The divisions of an official list, each with the names of its holidays by date. */
type Divisions = ReadonlyMap<string, ReadonlyMap<string, string>>;

const DIVISIONS: Readonly<Record<string, string>> = {
  'GB-ENG': 'england-and-wales',
  'GB-WLS': 'england-and-wales',
  'GB-SCT': 'scotland',
  'GB-NIR': 'northern-ireland',
};

/** The days in which a list, with days that were added to it, differs from an official one in the years of both. */
export function differences(
  { region, complete_from, complete_until, holidays }: HolidayFile,
  added: Readonly<Record<string, string>>,
  official: Divisions,
): readonly ListDifference[] {
  const days = divisionFor(region, official);
  const years = [...days.keys()].map((date) => date.slice(0, 4)).toSorted();
  const [first = '', last = ''] = [years.at(0), years.at(-1)];
  const inBoth = ([date]: readonly [string, string]) =>
    complete_from <= date && date <= complete_until && first <= date.slice(0, 4) && date.slice(0, 4) <= last;
  const own = new Map(Object.entries({ ...holidays, ...added }));
  if (last < complete_from.slice(0, 4) || first > complete_until.slice(0, 4))
    throw new UsageError(
      `the official list has ${first} to ${last}, and none of these years is in this list`,
    );
  const only = (
    all: ReadonlyMap<string, string>,
    other: ReadonlyMap<string, string>,
    only_in: ListDifference['only_in'],
  ) =>
    [...all].filter((it) => inBoth(it) && !other.has(it[0])).map(([date, name]) => ({ date, name, only_in }));
  return [...only(days, own, 'the official list'), ...only(own, days, 'this list')].toSorted((one, other) =>
    one.date < other.date ? -1 : 1,
  );
}

function divisionFor(region: string, official: Divisions): ReadonlyMap<string, string> {
  const [only] = official.size === 1 ? official.values() : [];
  const found = official.get(DIVISIONS[region] ?? '') ?? only;
  if (found !== undefined) return found;
  throw new UsageError(
    `the official list has ${[...official.keys()].join(', ')}, and none of these is known to be ${region}`,
  );
}

/** Reads an official list from a file or an address. */
export async function officialHolidays(from: string, timeoutMs = TIMEOUT_MS): Promise<Divisions> {
  if (/^https?:/i.test(from)) return divisionsIn(await fetched(from, timeoutMs), from);
  if (!existsSync(from)) throw new UsageError(`there is no file ${from}`);
  return divisionsIn(readFileSync(from, 'utf8'), from);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MOST_NAME = 100;

/** The divisions in the text of a list: `{scotland: {events: [{title, date}]}}`; other keys are ignored. */
function divisionsIn(text: string, from: string): Divisions {
  const wrong = () =>
    new UsageError(`${from} is no list of holidays in the format of gov.uk/bank-holidays.json`);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw wrong();
  }
  if (!isRecord(data)) throw wrong();
  const divisions = new Map<string, ReadonlyMap<string, string>>();
  for (const [id, division] of Object.entries(data)) {
    const events = isRecord(division) ? division.events : undefined;
    if (!Array.isArray(events) || events.length === 0) throw wrong();
    const days = events.map((event: unknown): [string, string] => {
      const { date, title } = isRecord(event) ? event : {};
      if (typeof date !== 'string' || typeof title !== 'string' || dayOf(date) === undefined) throw wrong();
      return [date, title.slice(0, MOST_NAME)];
    });
    divisions.set(id, new Map(days));
  }
  if (divisions.size === 0) throw wrong();
  return divisions;
}

/** The most that is read, and how long it may take. */
const MOST_BYTES = 1024 ** 2;
const TIMEOUT_MS = 20_000;

const isLoopback = ({ hostname }: URL): boolean => hostname === '127.0.0.1' || hostname === 'localhost';

/** The text at an address; it may redirect to other addresses of the same host only. */
async function fetched(from: string, timeoutMs: number): Promise<string> {
  const address = URL.parse(from);
  if (address === null) throw new UsageError(`${from} is not an address`);
  if (address.protocol !== 'https:' && !isLoopback(address))
    throw new UsageError(`${from} is not encrypted; name it with https:`);
  const remedy = 'try again later, or name a file';
  const bounded = boundedFetch(fetch, MOST_BYTES);
  const response = await bounded(address, { signal: AbortSignal.timeout(timeoutMs) }).catch(
    (error: unknown) => {
      const why = error instanceof RefusedResponse ? `is refused: ${error.message}` : 'does not respond';
      throw new Error(`${from} ${why}; ${remedy}`, { cause: error });
    },
  );
  if (!response.ok) throw new Error(`${from} responded with status ${response.status}; ${remedy}`);
  return response.text();
}
