/**
 * The checks of `times`: every local time exists, and every span runs forwards. A schema sees one value at a time; these
 * see a date beside its zone and a start beside its end, in data of whatever shape it was written. Here is what several
 * kinds of file share; each kind lists its checks.
 */
import { nearestOf } from '../text/suggest.ts';
import { type Wall, wallOfText } from '../time/date.ts';
import { isZoneName, type Zone, zoneNames } from '../time/zone.ts';
import type { LoadFault } from './codes.ts';
import { at, type Path, visit } from './raw-data.ts';

/** What a check of times finds: most are of the rule `times`, some belong to another. */
type TimeVerdict = Extract<LoadFault, { readonly rule: 'times' | 'known-names' | 'schema' }>;

export type TimeFault = TimeVerdict & { readonly path: Path; readonly atKey: boolean };

/** Takes what is wrong with the value at a path or, with `key`, with the key there. */
export type ReportTime = (path: Path, verdict: TimeVerdict, place?: 'key') => void;

/** Reports what is wrong with the times of a file's data. */
export type TimeCheck = (data: unknown, report: ReportTime) => void;

/** What the checks of its kind report of a file's data; dates alone are the schema's. */
export function timeFaults(checks: readonly TimeCheck[], data: unknown): readonly TimeFault[] {
  const faults: TimeFault[] = [];
  const report: ReportTime = (path, verdict, place) =>
    void faults.push({ ...verdict, path: [...path], atKey: place === 'key' });
  for (const check of checks) check(data, report);
  return faults;
}

export const ISO_DATE = /^20\d\d-\d\d-\d\d$/;
const ISO_DATE_TIME = /^20\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/;

/** Whether a value is a text of a form; any other is the schema's to report. */
export const hasForm = (value: unknown, form: RegExp): value is string =>
  typeof value === 'string' && form.test(value);

/** The zone of a file; checked here and not among the other names, because a file without a zone has no times. */
export const fileZone: TimeCheck = (data, report) => checkZone(data, [], report);

/** The zone of a thing at a path. */
export function checkZone(data: unknown, path: Path, report: ReportTime): void {
  const name = at(data, 'timezone');
  if (typeof name !== 'string' || isZoneName(name)) return;
  const args = {
    noun: 'time zone',
    name: name.slice(0, 60),
    within: undefined,
    nearest: nearestOf(name, zoneNames),
  };
  report([...path, 'timezone'], { rule: 'known-names', code: 'no-such-name', args });
}

/** When what has a `from` and a `to` begins, by what the clock shows, unless these run backwards or are none. */
export function checkSpan(local: Zone, data: unknown, path: Path, report: ReportTime): Wall | undefined {
  const [from, to] = ['from', 'to'].map((key) => wallIn(local, at(data, key), [...path, key], report));
  if (from === undefined || to === undefined || to > from) return from;
  const args = { from: String(at(data, 'from')), to: String(at(data, 'to')) };
  report([...path, 'to'], { rule: 'times', code: 'ends-before', args });
  return undefined;
}

function wallIn(local: Zone, text: unknown, path: Path, report: ReportTime): Wall | undefined {
  if (!hasForm(text, ISO_DATE_TIME)) return undefined;
  const wall = wallOfText(text);
  if (wall === undefined) {
    report(path, { rule: 'times', code: 'no-such-date', args: { date: text.slice(0, 10) } });
  } else if (!local.shows(wall)) {
    report(path, { rule: 'times', code: 'skipped-time', args: { time: text, zone: local.name } });
  }
  return wall;
}

/** No two amendments begin on one day. */
export const amendmentDays: TimeCheck = (data, report) => {
  const seen = new Set<unknown>();
  visit(data, ['amendments', '*', 'first_day'], (day, path) => {
    if (seen.has(day)) report(path, { rule: 'times', code: 'double-amendment', args: { day: String(day) } });
    seen.add(day);
  });
};
