/** `rota holidays`: a holiday list to review, from a library. */
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Command, Option } from 'commander';
import { parseYears } from '../arguments.ts';
import { holidayList, holidayYaml, regionsThatDiffer } from '../holiday-list.ts';
import type { CommandAction, Invocation } from '../invocation.ts';
import { EXIT, type ExitStatus, UsageError } from '../terminal.ts';

interface HolidaysOptions {
  readonly years: readonly [number, number];
  readonly out?: string;
}

export function addHolidays(command: Command, action: CommandAction): void {
  command
    .argument('<region>', 'an ISO code such as GB-ENG, GB-SCT, DE-BY or NZ')
    .addOption(
      new Option('--years <years>', 'the first and last year, such as 2026-2030')
        .argParser(parseYears)
        .makeOptionMandatory(),
    )
    .option('--out <file>', 'a file to write instead of printing it')
    .action(action(holidays));
}

function holidays(
  { format, terminal }: Invocation,
  region: string,
  { years: [first, last], out }: HolidaysOptions,
): ExitStatus {
  const { printJson, printText, warn } = terminal;
  const list = holidayList(region, [first, last]);
  const regions = regionsThatDiffer(list);
  if (regions.length > 0) {
    const some = regions.length > 12 ? `such as ${regions.slice(0, 3).join(', ')}` : regions.join(', ');
    warn(`${list.region} has regions whose holidays differ from this list: ${some}`);
  }
  if (out !== undefined) {
    writeList(out, holidayYaml(list));
    const years = first === last ? `${first}` : `${first} to ${last}`;
    warn(`wrote ${Object.keys(list.holidays).length} days of ${list.name}, ${years}, to ${out}`);
  } else if (format === 'json') printJson(list);
  else printText(holidayYaml(list));
  return EXIT.ok;
}

/** Writes to a path from the command line; its folder may be missing, or the path may be a folder. */
function writeList(file: string, text: string): void {
  try {
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
