/** Who is on, until when and who is next. Takes a handbook and an instant, returns plain data for JSON. Pure. */
import type { Handbook } from '../model.ts';
import type { RoleCover } from '../resolve/cover.ts';
import { isWithinHolidayLists } from '../resolve/holiday-horizon.ts';
import { byPerson, eachRole } from '../resolve/resolve.ts';
import { DAY } from '../time/date.ts';
import { instantText } from '../time/format.ts';
import { type Instant, type Interval, indexFrom, spanAt } from '../timeline.ts';

/** Ids and instants such as `2026-12-02T17:00:00Z`; null for nobody, and for an end that is more than 400 days away. */
export interface WhoEntry {
  readonly rota: string;
  readonly role: string;
  readonly person: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly next: { readonly person: string; readonly from: string } | null;
}

/** The span that `who` searches for the ends of a shift and for the next one. */
const around = (at: Instant): Interval => ({ startAt: at - 400 * DAY, endAt: at + 400 * DAY });

/** Who holds every role of a handbook, or of one rota, at an instant. */
export const who = (handbook: Handbook, at: Instant): readonly WhoEntry[] =>
  Array.from(eachRole(handbook, around(at)), (cover) => entryOf(handbook, cover, at));

function entryOf(handbook: Handbook, { rota, role, cover }: RoleCover, at: Instant): WhoEntry {
  const shifts = byPerson(cover());
  const { startAt, endAt } = around(at);
  // A shift may continue beyond the edge of what is known.
  const isEdge = (value: Instant) =>
    value <= startAt ||
    value >= endAt ||
    !isWithinHolidayLists(handbook, rota, { startAt: value - 1, endAt: value + 1 });
  const instant = (value: Instant | undefined) =>
    value === undefined || isEdge(value) ? null : instantText(value);
  const index = indexFrom(shifts, at);
  const now = spanAt(shifts, at);
  const next = shifts[now === undefined ? index : index + 1];
  return {
    rota: rota.id,
    role: role.id,
    person: now?.value.person ?? null,
    from: instant(now === undefined ? shifts[index - 1]?.endAt : now.startAt),
    until: instant(now === undefined ? next?.startAt : now.endAt),
    next: next === undefined ? null : { person: next.value.person, from: instantText(next.startAt) },
  };
}
