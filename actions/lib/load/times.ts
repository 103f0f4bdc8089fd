/**
 * The checks of the rule `times`: every local time exists, and every span ends after it begins. A schema validates one
 * value at a time; these checks compare a date with its zone and a start with its end, in raw data of any shape. This
 * file has what several kinds share; each kind lists its checks.
 */
import { nearestOf } from '../text/suggest.ts';
import { type Wall, wallOfText } from '../time/date.ts';
import { isZoneName, type Zone, zoneNames } from '../time/zone.ts';
import { zonesMeant } from '../time/zone-advice.ts';
import type { LoadFault } from './codes.ts';
import { at, type Path, visit } from './raw-data.ts';

/** A fault that a check of times finds; most are of the rule `times`, some of another. */
type TimeVerdict = Extract<LoadFault, { readonly rule: 'times' | 'known-names' | 'schema' }>;

export type TimeFault = TimeVerdict & { readonly path: Path; readonly atKey: boolean };

/** Reports a fault of the value at a path or, with `key`, of the key there. */
export type ReportTime = (path: Path, verdict: TimeVerdict, place?: 'key') => void;

/** Reports the faults in the times of a file. */
export type TimeCheck = (data: unknown, report: ReportTime) => void;

/** The faults that the checks of a kind find in the data of a file; the schema checks single dates. */
export function timeFaults(checks: readonly TimeCheck[], data: unknown): readonly TimeFault[] {
  const faults: TimeFault[] = [];
  const report: ReportTime = (path, verdict, place) =>
    void faults.push({ ...verdict, path: [...path], atKey: place === 'key' });
  for (const check of checks) check(data, report);
  return faults;
}

export const ISO_DATE = /^20\d\d-\d\d-\d\d$/;
/** The name of a turn: a date, or a date and a time. */
export const TURN_NAME = /^20\d\d-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d)?$/;
/** A local date-time. */
export const ISO_DATE_TIME = /^20\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/;

/** Whether a value is a text that matches a form; the schema reports any other. */
export const hasForm = (value: unknown, form: RegExp): value is string =>
  typeof value === 'string' && form.test(value);

/** The time zone of a file exists. It is checked here and not with the other names, because all times depend on it. */
export const fileZone: TimeCheck = (data, report) => checkZone(data, [], report);

/** The time zone of a thing at a path exists. */
export function checkZone(data: unknown, path: Path, report: ReportTime, key = 'timezone'): void {
  const name = at(data, key);
  if (typeof name === 'string') checkZoneName(name, [...path, key], report);
}

/** The time zone with a name exists; the path is where it is written. */
export function checkZoneName(name: string, path: Path, report: ReportTime): void {
  if (isZoneName(name)) return;
  const zones = zonesMeant(name);
  const known = { noun: 'time zone', name: name.slice(0, 60), within: undefined };
  report(
    path,
    zones.length > 0
      ? { rule: 'known-names', code: 'no-such-zone', args: { name: known.name, zones } }
      : {
          rule: 'known-names',
          code: 'no-such-name',
          args: { ...known, nearest: nearestOf(name, zoneNames) },
        },
  );
}

/**
 * Checks `from` and `to`; returns the local start, or undefined when it is not a date-time or the span runs backwards.
 */
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
