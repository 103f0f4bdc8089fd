/** Parses the values of arguments and options; commander prints the message of an `InvalidArgumentError`. */
import { InvalidArgumentError, Option } from 'commander';
import { nearestOf } from '../actions/lib/text/suggest.ts';
import { wallOfText, wallText } from '../actions/lib/time/date.ts';
import { instantText } from '../actions/lib/time/format.ts';
import { instantOfText, isZoneName, type Zone, zoneNames, zoneOf } from '../actions/lib/time/zone.ts';
import { zonesMeant } from '../actions/lib/time/zone-advice.ts';
import type { Instant } from '../actions/lib/timeline.ts';
import { UsageError } from './terminal.ts';

/** A time from the command line: an instant, or a local time, which is an instant in one zone. */
export type Moment = ((zone: Zone) => Instant) & {
  /** The local time, or the date for its midnight, as it was written; undefined for an instant. */
  readonly local?: string;
};

/** Whether a time is a date, for its midnight. */
export const isDate = ({ local }: Moment): boolean => local?.length === 10;

/** An instant such as `2026-12-02T10:00:00Z`. */
export function parseInstant(text: string): Instant {
  const at = instantOfText(text);
  if (at === undefined)
    throw new InvalidArgumentError('Write it as 2026-12-02T10:00:00Z, in the years 2000 to 2099.');
  return at;
}

/** An instant, a date for its local midnight, or a local time; one that occurs twice means its first occurrence. */
export function parseMoment(text: string): Moment {
  const at = instantOfText(text);
  if (at !== undefined) return () => at;
  if (!/^20\d\d-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d)?$/.test(text))
    throw new InvalidArgumentError('Write it as 2026-12-02, 2026-12-02T10:00 or 2026-12-02T10:00:00Z.');
  const wall = wallOfText(text.length === 10 ? `${text}T00:00` : text);
  if (wall === undefined) throw new InvalidArgumentError('There is no such day.');
  const instantIn = (zone: Zone): Instant => {
    const at = zone.instantOf(wall);
    // A day begins at the end of the gap where its midnight is skipped; any other time has to exist.
    if (text.length > 10 && !zone.shows(wall))
      throw new UsageError(
        `${text} does not exist in ${zone.name}, where the clocks go forward over it; ` +
          `write ${wallText(zone.wallOf(at))} or later, or an instant such as ${instantText(at)}`,
      );
    return at;
  };
  return Object.assign(instantIn, { local: text });
}

/** The first and the last year of `2026-2030`, or of `2026`. */
export function parseYears(text: string): readonly [number, number] {
  const [, first, last] = /^(20\d\d)(?:-(20\d\d))?$/.exec(text) ?? [];
  if (first === undefined) throw new InvalidArgumentError('Write it as 2026-2030.');
  const span = [Number(first), Number(last ?? first)] as const;
  if (span[1] < span[0]) throw new InvalidArgumentError(`Write the earlier year first: ${last}-${first}.`);
  return span;
}

/** A port number; 0 is any free port. */
export function parsePort(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= 65_535)) throw new InvalidArgumentError('Write a number from 0 to 65535.');
  return number;
}

/** A time zone by its name in the tz database. */
function parseZone(text: string): Zone {
  if (isZoneName(text)) return zoneOf(text);
  const nearest = zonesMeant(text)[0] ?? nearestOf(text, zoneNames);
  const meant = nearest === undefined ? 'Write it as Europe/London.' : `Did you mean "${nearest}"?`;
  throw new InvalidArgumentError(`There is no such time zone. ${meant}`);
}

/** The option that names the zone of local times; `instead` is the zone without it. */
export const zoneOption = (instead: string): Option =>
  new Option(
    '--zone <zone>',
    `the zone of local times, such as Europe/London (default: ${instead})`,
  ).argParser(parseZone);
