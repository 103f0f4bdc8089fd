/**
 * Reports the faults of a file that is valid YAML: in its names, its form and its times. Each location gets at most one
 * finding, which suggests what was meant when the value shows it.
 */
import type { Location, PathLocation } from '../model.ts';
import type { Coded, LoadFault, NameCodes, QuoteCodes } from './codes.ts';
import type { Decoded } from './decode.ts';
import type { UnknownName } from './mentions.ts';
import { at, type Path, type RawFile } from './raw-data.ts';
import type { SchemaFault } from './schema.ts';
import { Lines } from './source.ts';
import type { TimeFault } from './times.ts';
import { betweenCurlyQuotes, type TextFault, textInComment } from './yaml-mistakes.ts';

export type Report = (fault: LoadFault, location: Location) => void;

/** A file as read, with the faults of its own data, or of its text where that has no data. */
export interface Read extends RawFile {
  readonly text: string;
  readonly faults: readonly (SchemaFault | TimeFault)[];
  readonly textFaults: readonly TextFault[];
  /** What was decoded from it, where two handbooks may have the file. */
  readonly decoded?: Decoded;
}

/** Reports the faults of a file; at one location, a name that does not exist takes precedence over a fault of form. */
export function reportFaults(
  { file, text, data, faults }: Read,
  unknown: readonly UnknownName[],
  report: Report,
): void {
  const lines = new Lines(text);
  const reported = new Set<string>();
  const locationKey = (path: Path, atKey: boolean) => JSON.stringify([path.map(String), atKey]);
  for (const { location, vital: _, runTogether, ...fault } of unknown) {
    reported.add(locationKey(location.path, location.key === true));
    const meant =
      runTogether === undefined
        ? curlyAt(data, location.path)
        : runTogetherFault(runTogether, /^\s*(- +)+$/.test(lines.around(location)[0]));
    report({ rule: 'known-names', ...(meant ?? fault) }, location);
  }
  // A hand-over or an absence that is recognised as a whole is reported as a whole.
  const isOfWhole = ({ code }: SchemaFault | TimeFault) =>
    code === 'other-handover' || code === 'other-absence';
  const wholes = faults.filter(isOfWhole).map(({ path }) => path);
  const isWithin = (fault: SchemaFault | TimeFault) =>
    !isOfWhole(fault) &&
    wholes.some((whole) => whole.every((step, i) => String(step) === String(fault.path[i])));
  for (const fault of faults.filter((it) => !isWithin(it))) {
    const { path, atKey } = fault;
    if (reported.has(locationKey(path, atKey))) continue;
    const location: PathLocation = atKey ? { file, path, key: true } : { file, path };
    const curly = atKey || 'lacksText' in fault ? undefined : curlyAt(data, path);
    const comment = 'lacksText' in fault ? textInComment(lines.around(location)[1]) : undefined;
    if (comment !== undefined)
      report({ rule: 'schema', code: 'comment-instead', args: { meant: comment } }, location);
    else if (curly !== undefined) report({ rule: fault.rule, ...curly }, location);
    else report(fault, location);
  }
}

function curlyAt(data: unknown, path: Path): Coded<QuoteCodes> | undefined {
  const value = at(data, ...path);
  const meant = typeof value === 'string' ? betweenCurlyQuotes(value) : undefined;
  return meant === undefined ? undefined : { code: 'curly-quotes', args: { meant } };
}

const runTogetherFault = (
  [first, second]: readonly [string, string],
  byDashes: boolean,
): Coded<NameCodes> => ({
  code: 'run-together',
  args: { first, second, byDashes },
});
