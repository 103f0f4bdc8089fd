/** Shifts by window, for other programs: pieces of cover that lie in one window and one month of the rota. Pure. */
import { inSeatOrder } from '../model.ts';
import type { Resolved, RoleCover } from '../resolve/cover.ts';
import { windowsOfRota } from '../resolve/resolve.ts';
import { DAY, monthOf } from '../time/date.ts';
import type { Zone } from '../time/zone.ts';
import { clip, combine, type Instant, type Interval, type Timeline } from '../timeline.ts';

/** Who holds a role, in which window, and whether as extra cover. */
export interface WindowedCover {
  readonly person: string;
  /** Undefined outside all windows, and where the rota has no support hours. */
  readonly window: string | undefined;
  readonly isExtra: boolean;
}

/** A shift as far as it lies in one window and one month. */
export interface ShiftRow extends Interval {
  readonly rota: string;
  readonly role: string;
  readonly person: string;
  /** The id of the window; `extra` for extra cover, and empty where there is no window. */
  readonly window: string;
}

/** The cover of a role in a span, cut where its window changes. */
export const windowedCover = (
  { rota, cover }: RoleCover,
  resolved: Resolved,
  span: Interval,
): Timeline<WindowedCover> =>
  combine<WindowedCover, string, WindowedCover>(
    clip(cover(), span).map(({ startAt, endAt, value: { person, by } }) => ({
      ...{ startAt, endAt },
      value: { person, window: undefined, isExtra: by === 'extra' },
    })),
    clip(windowsOfRota(resolved, rota), span),
    (held, window) => held && { ...held, window },
    (one, other) =>
      one.person === other.person && one.window === other.window && one.isExtra === other.isExtra,
  );

/** The shifts of all roles in a span, in order of start, rota and role. */
export const shiftRows = (resolved: Resolved, span: Interval): readonly ShiftRow[] =>
  [...resolved.roles.values()]
    .flatMap((cover) =>
      mergedRows(windowedCover(cover, resolved, span)).flatMap((row) =>
        byMonth(row, cover.rota.zone).map((part) => ({
          ...part,
          ...{ rota: cover.rota.id, role: cover.role.id, person: row.person, window: row.window },
        })),
      ),
    )
    .toSorted(inStartOrder);

/** By start, rota and role. */
export const inStartOrder = (one: ShiftRow, other: ShiftRow): number =>
  one.startAt - other.startAt ||
  (one.rota < other.rota ? -1 : one.rota > other.rota ? 1 : 0) ||
  inSeatOrder(one.role, other.role);

type NamedPiece = Interval & Pick<ShiftRow, 'person' | 'window'>;

/** Pieces with the name of their window; those that touch and have the same name are one. */
function mergedRows(pieces: Timeline<WindowedCover>): readonly NamedPiece[] {
  const rows: NamedPiece[] = [];
  for (const { startAt, endAt, value } of pieces) {
    const window = value.isExtra ? 'extra' : (value.window ?? '');
    const last = rows.at(-1);
    if (last?.endAt === startAt && last.person === value.person && last.window === window)
      rows[rows.length - 1] = { ...last, endAt };
    else rows.push({ startAt, endAt, person: value.person, window });
  }
  return rows;
}

/** An interval cut at every local midnight at which a month begins. */
function byMonth({ startAt, endAt }: Interval, zone: Zone): readonly Interval[] {
  const parts: Interval[] = [];
  let from: Instant = startAt;
  while (from < endAt) {
    // 42 days after the first of a month lie in the month after it.
    const nextMonth = monthOf(monthOf(zone.wallOf(from)) + 42 * DAY);
    const to = Math.min(endAt, zone.startOf(nextMonth / DAY));
    parts.push({ startAt: from, endAt: to });
    from = to;
  }
  return parts;
}
