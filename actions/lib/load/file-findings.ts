/**
 * What is said of a file that could be read as YAML: takes what is wrong with its names, its form and its times, says of
 * one spot one thing, and says what was meant where the value itself shows it.
 */
import type { Place, Spot } from '../model.ts';
import { at, type Path, type Written } from './raw-data.ts';
import type { SchemaFault } from './schema.ts';
import { Lines } from './source.ts';
import type { TimeFault } from './times.ts';
import type { Unknown } from './windows-named.ts';
import { commentInstead, curlyQuotes } from './yaml-mistakes.ts';

export type Say = (rule: string, place: Place, message: string) => void;

/** A file as read, with what is wrong with its data alone. */
export interface Read extends Written {
  readonly text: string;
  readonly faults: readonly (SchemaFault | TimeFault)[];
}

/** Says everything that is wrong with a file's data; a name that does not exist goes before a form that is broken. */
export function sayFaults({ file, text, data, faults }: Read, unknown: readonly Unknown[], say: Say): void {
  const lines = new Lines(text);
  const told = new Set<string>();
  const spotKey = (path: Path, atKey: boolean) => JSON.stringify([path.map(String), atKey]);
  for (const { spot, message, runTogether } of unknown) {
    told.add(spotKey(spot.path, spot.key === true));
    const meant =
      runTogether === undefined
        ? curlyAt(data, spot.path)
        : parted(runTogether, /^\s*(- +)+$/.test(lines.around(spot)[0]));
    say('known-names', spot, meant ?? message);
  }
  for (const fault of faults) {
    const { rule, path, atKey, message } = fault;
    if (told.has(spotKey(path, atKey))) continue;
    const spot: Spot = atKey ? { file, path, key: true } : { file, path };
    const meant =
      'lacksText' in fault ? commentInstead(lines.around(spot)[1]) : atKey ? undefined : curlyAt(data, path);
    say(rule, spot, meant ?? message);
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
