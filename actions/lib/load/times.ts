/**
 * The checks of `times`: every local time exists, and every span runs forwards. A schema sees one value at a time; these
 * see a date beside its zone and a start beside its end, in data of whatever shape it was written. Here is what several
 * kinds of file share; each kind lists its checks.
 */
import { didYouMean } from '../text/suggest.ts';
import { type Wall, wallOfText } from '../time/date.ts';
import { isZoneName, type Zone, zoneNames } from '../time/zone.ts';
import { at, type Path, visit } from './raw-data.ts';

export interface TimeFault {
  readonly rule: 'times' | 'known-names' | 'schema';
  readonly path: Path;
  readonly atKey: boolean;
  readonly message: string;
}

type ReportTime = (path: Path, message: string, more?: Partial<Pick<TimeFault, 'rule' | 'atKey'>>) => void;

/** Reports what is wrong with the times of a file's data. */
export type TimeCheck = (data: unknown, report: ReportTime) => void;

/** What the checks of its kind report of a file's data; dates alone are the schema's. */
export function timeFaults(checks: readonly TimeCheck[], data: unknown): readonly TimeFault[] {
  const faults: TimeFault[] = [];
  const report: ReportTime = (path, message, more) =>
    void faults.push({ rule: 'times', path: [...path], atKey: false, message, ...more });
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
  report(
    [...path, 'timezone'],
    `there is no time zone "${name.slice(0, 60)}"${didYouMean(name, zoneNames)}`,
    {
      rule: 'known-names',
    },
  );
}

/** When what has a `from` and a `to` begins, by what the clock shows, unless these run backwards or are none. */
export function checkSpan(local: Zone, data: unknown, path: Path, report: ReportTime): Wall | undefined {
  const [from, to] = ['from', 'to'].map((key) => wallIn(local, at(data, key), [...path, key], report));
  if (from === undefined || to === undefined || to > from) return from;
  report(
    [...path, 'to'],
    `this ends at ${at(data, 'to')}, not after it begins (${at(data, 'from')}); give it a later end`,
  );
  return undefined;
}

function wallIn(local: Zone, text: unknown, path: Path, report: ReportTime): Wall | undefined {
  if (!hasForm(text, ISO_DATE_TIME)) return undefined;
  const wall = wallOfText(text);
  if (wall === undefined) {
    report(path, `there is no ${text.slice(0, 10)} in the calendar`);
  } else if (!local.shows(wall)) {
    report(
      path,
      `there is no ${text} in ${local.name}, where the clocks go forward over it; take a time after the gap`,
    );
  }
  return wall;
}

/** No two amendments begin on one day. */
export const amendmentDays: TimeCheck = (data, report) => {
  const seen = new Set<unknown>();
  visit(data, ['amendments', '*', 'first_day'], (day, path) => {
    if (seen.has(day)) report(path, `two amendments begin on ${String(day)}; write them as one`);
    seen.add(day);
  });
};
