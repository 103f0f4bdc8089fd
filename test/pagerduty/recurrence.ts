/** When the shifts of an event begin: the rules that an upgrade of layers yields, and no others. */
import { DAY, type Day, weekdayOf, weekOf } from '../../actions/lib/time/date.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import type { Interval } from '../../actions/lib/timeline.ts';
import type { ShiftEvent } from './shift-state.ts';

export const WEEKDAY_CODES: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Every so many days from the first one, or on weekdays of every so many weeks, 0 for Monday. */
interface Recurrence {
  readonly interval: number;
  readonly weekdays: readonly number[] | undefined;
}

/** The parts of a rule; throws for everything that this stand-in does not know, so that nothing renders wrongly. */
function recurrenceOf(recurrence: readonly string[], first: Day): Recurrence {
  const [text = '', ...others] = recurrence;
  const refused = (why: string) =>
    new Error(`The stand-in knows no recurrence ${recurrence.join(', ')}: ${why}`);
  if (others.length > 0 || !text.startsWith('RRULE:')) throw refused('it is not exactly one RRULE');
  const parts = Object.fromEntries(
    text
      .slice(6)
      .split(';')
      .map((part) => part.split('=')),
  );
  const { FREQ, INTERVAL = '1', BYDAY, ...rest } = parts as Record<string, string>;
  if (Object.keys(rest).length > 0) throw refused(`${Object.keys(rest)} is not supported`);
  if (!/^[1-9]\d*$/.test(INTERVAL)) throw refused('INTERVAL is no number');
  if (FREQ === 'DAILY' && BYDAY === undefined) return { interval: Number(INTERVAL), weekdays: undefined };
  if (FREQ !== 'WEEKLY') throw refused('FREQ is neither DAILY nor WEEKLY, or BYDAY goes with DAILY');
  const codes = BYDAY?.split(',') ?? [WEEKDAY_CODES[weekdayOf(first)] as string];
  const weekdays = codes.map((code) => WEEKDAY_CODES.indexOf(code));
  if (weekdays.includes(-1)) throw refused('BYDAY is not a list of weekdays');
  if (!weekdays.includes(weekdayOf(first))) throw refused('the first day is not in BYDAY');
  return { interval: Number(INTERVAL), weekdays: weekdays.toSorted((one, other) => one - other) };
}

/** The number of the shift that begins on a day, counted from the first; undefined if none begins on that day. */
function ordinal({ interval, weekdays }: Recurrence, first: Day, day: Day): number | undefined {
  if (day < first) return undefined;
  if (weekdays === undefined) return (day - first) % interval === 0 ? (day - first) / interval : undefined;
  const weeks = weekOf(day) - weekOf(first);
  const place = weekdays.indexOf(weekdayOf(day));
  if (place < 0 || weeks % interval !== 0) return undefined;
  return (weeks / interval) * weekdays.length + place - weekdays.indexOf(weekdayOf(first));
}

export interface Occurrence extends Interval {
  /** Counted from 0. */
  readonly shift: number;
}

/** The shifts of an event that overlap an interval, cut where the event takes effect and ends, but not elsewhere. */
export function occurrences(event: ShiftEvent, within: Interval): readonly Occurrence[] {
  const zone = zoneOf(event.timeZone);
  const first = Math.floor(event.startWall / DAY);
  const rule = recurrenceOf(event.recurrence, first);
  const length = event.endWall - event.startWall;
  const from = Math.max(within.startAt, event.effectiveAt);
  const to = Math.min(within.endAt, event.effectiveUntil ?? Number.POSITIVE_INFINITY);
  const found: Occurrence[] = [];
  if (from >= to) return found;
  const days = Math.ceil(length / DAY) + 1;
  for (let day = Math.max(first, zone.dayOf(from) - days); day <= zone.dayOf(to); day++) {
    const shift = ordinal(rule, first, day);
    if (shift === undefined) continue;
    const wall = day * DAY + (event.startWall - first * DAY);
    const startAt = Math.max(zone.instantOf(wall), event.effectiveAt);
    const endAt = Math.min(zone.instantOf(wall + length), event.effectiveUntil ?? Number.POSITIVE_INFINITY);
    if (startAt < endAt && endAt > from && startAt < to) found.push({ startAt, endAt, shift });
  }
  return found;
}
