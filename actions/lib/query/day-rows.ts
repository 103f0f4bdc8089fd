/** The time that people spend in roles, day by day, for resource planners. Pure. */
import { type Handbook, inSeatOrder, type Rota, termsOn } from '../model.ts';
import type { Resolved } from '../resolve/cover.ts';
import { type Day, MINUTE, weekdayOf } from '../time/date.ts';
import type { Interval } from '../timeline.ts';
import { holidayOn } from './holidays.ts';
import { windowedCover } from './shift-rows.ts';

/** What kind of time it is, the first of these that is true. */
type DayKind = 'holiday' | 'weekend' | 'in-hours' | 'out-of-hours';

/** The time of one person in one role on one local day of the rota, of one kind. */
export interface DayRow {
  readonly day: Day;
  readonly person: string;
  readonly rota: string;
  readonly role: string;
  /** Elapsed minutes. */
  readonly minutes: number;
  readonly kind: DayKind;
}

/** The time of everybody in all roles in a span, in order of day, person, rota, role and kind. */
export function dayRows(resolved: Resolved, span: Interval): readonly DayRow[] {
  const rows = new Map<string, DayRow>();
  for (const cover of resolved.roles.values()) {
    const { rota, role } = cover;
    for (const { value, ...piece } of windowedCover(cover, resolved, span))
      for (const { day, length } of byDay(piece, rota)) {
        const kind = kindOf(resolved.handbook, rota, day, value.window);
        const key = JSON.stringify([day, value.person, rota.id, role.id, kind]);
        const minutes = (rows.get(key)?.minutes ?? 0) + length / MINUTE;
        rows.set(key, { day, person: value.person, rota: rota.id, role: role.id, minutes, kind });
      }
  }
  return [...rows.values()].toSorted(inDayOrder);
}

/** By day, person, rota, role and kind. */
export const inDayOrder = (one: DayRow, other: DayRow): number =>
  one.day - other.day ||
  byText(one.person, other.person) ||
  byText(one.rota, other.rota) ||
  inSeatOrder(one.role, other.role) ||
  byText(one.kind, other.kind);

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function* byDay(
  { startAt, endAt }: Interval,
  { zone }: Rota,
): Iterable<{ readonly day: Day; readonly length: number }> {
  const last = zone.dayOf(endAt - 1);
  for (let day = zone.dayOf(startAt); day <= last; day++) {
    const length = Math.min(endAt, zone.startOf(day + 1)) - Math.max(startAt, zone.startOf(day));
    // A day that the zone skips has no time.
    if (length > 0) yield { day, length };
  }
}

/** The days of the week are those of the calendar: a weekend is Saturday and Sunday, whatever the working days. */
function kindOf(handbook: Handbook, rota: Rota, day: Day, window: string | undefined): DayKind {
  if (holidayOn(handbook, rota, day) !== undefined) return 'holiday';
  if (weekdayOf(day) >= 5) return 'weekend';
  const { inHours } = termsOn(handbook.timeOff.terms, day);
  return window !== undefined && inHours.includes(window) ? 'in-hours' : 'out-of-hours';
}
