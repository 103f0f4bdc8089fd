/** The turns of a role for JSON output, with the names that files and commands use. Pure. */
import type { RoleCover } from '../resolve/cover.ts';
import { firstTurnDay } from '../resolve/holiday-horizon.ts';
import { instantText } from '../time/format.ts';
import { turnText } from '../time/turn-name.ts';
import { type Interval, spanAt } from '../timeline.ts';

/** Ids and instants such as `2026-12-02T17:00:00Z`; null for nobody, and for a turn that has no end. */
export interface TurnEntry {
  readonly rota: string;
  readonly role: string;
  /** Its name: the date on which it begins, with several a day date and time. */
  readonly turn: string;
  readonly from: string;
  readonly until: string | null;
  /** Who has the whole turn; covers of some hours do not change it. */
  readonly person: string | null;
}

/** The turns of one role that overlap a span, whole, from its first turn on; none for a role that has no turns. */
export function turnEntries(
  { rota, role, list, afterTurnOverrides }: RoleCover,
  span: Interval,
): readonly TurnEntry[] {
  const firstOn = firstTurnDay(rota, role);
  if (!Number.isFinite(firstOn)) return [];
  return list
    .filter(({ on, startAt, endAt }) => on >= firstOn && startAt < span.endAt && endAt > span.startAt)
    .map(({ on, startAt, endAt }) => ({
      rota: rota.id,
      role: role.id,
      turn: turnText(on),
      from: instantText(startAt),
      until: Number.isFinite(endAt) ? instantText(endAt) : null,
      person: spanAt(afterTurnOverrides, startAt)?.value.person ?? null,
    }));
}
