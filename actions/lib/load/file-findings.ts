/**
 * What is said of a file that could be read as YAML: takes what is wrong with its names, its form and its times, says of
 * one location one thing, and says what was meant where the value itself shows it.
 */
import type { Location, PathLocation } from '../model.ts';
import type { UnknownName } from './mentions.ts';
import { at, type Path, type RawFile } from './raw-data.ts';
import type { SchemaFault } from './schema.ts';
import { Lines } from './source.ts';
import type { TimeFault } from './times.ts';
import { commentInstead, curlyQuotes } from './yaml-mistakes.ts';

export type Report = (rule: string, place: Location, message: string) => void;

/** A file as read, with what is wrong with its data alone. */
export interface Read extends RawFile {
  readonly text: string;
  readonly faults: readonly (SchemaFault | TimeFault)[];
}

/** Says everything that is wrong with a file's data; a name that does not exist goes before a form that is broken. */
export function reportFaults(
  { file, text, data, faults }: Read,
  unknown: readonly UnknownName[],
  say: Report,
): void {
  const lines = new Lines(text);
  const told = new Set<string>();
  const locationKey = (path: Path, atKey: boolean) => JSON.stringify([path.map(String), atKey]);
  for (const { location, message, runTogether } of unknown) {
    told.add(locationKey(location.path, location.key === true));
    const meant =
      runTogether === undefined
        ? curlyAt(data, location.path)
        : parted(runTogether, /^\s*(- +)+$/.test(lines.around(location)[0]));
    say('known-names', location, meant ?? message);
  }
  for (const fault of faults) {
    const { rule, path, atKey, message } = fault;
    if (told.has(locationKey(path, atKey))) continue;
    const location: PathLocation = atKey ? { file, path, key: true } : { file, path };
    const meant =
      'lacksText' in fault
        ? commentInstead(lines.around(location)[1])
        : atKey
          ? undefined
          : curlyAt(data, path);
    say(rule, location, meant ?? message);
  }
}

function curlyAt(data: unknown, path: Path): string | undefined {
  const value = at(data, ...path);
  return typeof value === 'string' ? curlyQuotes(value) : undefined;
}

const parted = ([first, second]: readonly [string, string], byDashes: boolean): string =>
  byDashes
    ? `"${first}" and "${second}" are two; write each on a line of its own, after a dash`
    : `a comma is missing between "${first}" and "${second}"`;
