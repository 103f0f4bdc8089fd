/** `rota holidays`: a holiday list to review, from a library, compared with an official one where it is named. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { parse } from '../../actions/lib/load/source.ts';
import { parseYears } from '../arguments.ts';
import { type HolidayList, holidayList, holidayYaml, regionsThatDiffer } from '../holiday-list.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { differences, type ListDifference, officialHolidays } from '../official-holidays.ts';
import { EXIT, type ExitStatus, UsageError } from '../terminal.ts';

interface HolidaysOptions {
  readonly years: readonly [number, number];
  readonly out?: string;
  readonly compare?: string;
}

export function addHolidays(command: Command, action: CommandAction): void {
  command
    .argument('<region>', 'an ISO code such as GB-ENG, GB-SCT, DE-BY or NZ')
    .addOption(
      new Option('--years <years>', 'the first and last year, such as 2026-2030')
        .argParser(parseYears)
        .makeOptionMandatory(),
    )
    .option('--out <file>', 'a file to write instead of printing it; what it has under "added" is kept')
    .option(
      '--compare <file-or-url>',
      'an official list to compare with, in the format of https://www.gov.uk/bank-holidays.json',
    )
    .action(action(holidays));
}

async function holidays(
  { format, terminal }: Invocation,
  region: string,
  { years: [first, last], out, compare }: HolidaysOptions,
): Promise<ExitStatus> {
  const { printJson, printText, warn } = terminal;
  const kept = out === undefined ? NOTHING : keptIn(out);
  if (kept !== NOTHING) warn(`rota: what was added by hand read from ${resolve(out as string)}`);
  const list = { ...holidayList(region, [first, last]) };
  const regions = regionsThatDiffer(list);
  if (regions.length > 0) {
    const some = regions.length > 12 ? `such as ${regions.slice(0, 3).join(', ')}` : regions.join(', ');
    warn(`${list.region} has regions whose holidays differ from this list: ${some}`);
  }
  const differing =
    compare === undefined ? [] : differences(list, kept.added, await officialHolidays(compare));
  if (out !== undefined) {
    writeList(out, holidayYaml(asBefore(list, kept), kept.text));
    const years = first === last ? `${first}` : `${first} to ${last}`;
    warn(`wrote ${Object.keys(list.holidays).length} days of ${list.name}, ${years}, to ${out}`);
  } else if (format === 'json') printJson(compare === undefined ? list : { ...list, differences: differing });
  else printText(holidayYaml(list));
  for (const it of differing) warn(differenceText(it));
  return differing.length > 0 ? EXIT.findings : EXIT.ok;
}

const differenceText = ({ date, name, only_in }: ListDifference): string =>
  only_in === 'this list'
    ? `${date} (${name}) is not in the official list; check whether it is a holiday`
    : `${date} (${name}) is only in the official list; add it under "added"`;

/** What an existing file has that was written by hand. */
interface Kept {
  readonly data: Readonly<Record<string, unknown>>;
  readonly added: Readonly<Record<string, string>>;
  /** The lines under `added`, comments included. */
  readonly text: string | undefined;
}

const NOTHING: Kept = { data: {}, added: {}, text: undefined };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads what is kept of a list that is written again; refuses a file that cannot be read, so that nothing is lost. */
function keptIn(file: string): Kept {
  const text = existing(file);
  if (text === undefined) return NOTHING;
  const { data, faults } = parse(text);
  if (faults.length > 0 || !isRecord(data))
    throw new UsageError(
      `${file} cannot be read; fix or remove it first, so that no day added by hand is lost`,
    );
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const start = lines.findIndex((line) => /^["']?added["']?\s*:/.test(line));
  if (start < 0) return { ...NOTHING, data };
  const next = lines.findIndex((line, i) => i > start && /^[^\s#]/.test(line));
  const part = lines.slice(start, next < 0 ? undefined : next).join('\n');
  return { data, added: isRecord(data.added) ? (data.added as Kept['added']) : {}, text: part };
}

function existing(file: string): string | undefined {
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  } catch (error) {
    // That it is a folder is reported when it is written.
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return undefined;
    throw error;
  }
}

/** The list under the name and the zone that its file has for the same region. */
function asBefore(list: HolidayList, { data }: Kept): HolidayList {
  const { region, name, timezone } = data;
  if (region !== list.region) return list;
  const { holidays: days, complete_from, complete_until, ...head } = list;
  return {
    ...head,
    ...(typeof name === 'string' && { name }),
    ...(typeof timezone === 'string' && { timezone }),
    complete_from,
    complete_until,
    holidays: days,
  };
}

/**
 * Writes to a path from the command line, which may be a folder. Its own folder is created only where lists belong; any
 * other may be misspelt.
 */
function writeList(file: string, text: string): void {
  try {
    if (/(^|\/)policies\/holidays$/.test(dirname(file).replaceAll('\\', '/')))
      mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new UsageError(
        `there is no folder ${dirname(file)} to write to; create it, or name another with --out`,
      );
    if (code === 'EISDIR') throw new UsageError(`${file} is a folder; name a file in it with --out`);
    throw error;
  }
}
