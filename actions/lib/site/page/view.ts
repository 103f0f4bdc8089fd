/** The input of all pages: the handbook, resolved once over the padded published span. Pure. */
import type { Assignment, Handbook, Rota } from '../../model.ts';
import type { Resolved, RoleCover } from '../../resolve/cover.ts';
import { padded, publishedSpan, resolve, wholeShifts } from '../../resolve/resolve.ts';
import { type Day, weekdayOf } from '../../time/date.ts';
import type { Zone } from '../../time/zone.ts';
import type { Instant, Interval, Span } from '../../timeline.ts';
import type { Publication } from '../publication.ts';

/** A handbook at an instant, prepared for pages. */
export interface SiteView {
  readonly handbook: Handbook;
  readonly now: Instant;
  readonly commit: string | undefined;
  /** The published span: whole months. */
  readonly span: Interval;
  /** Over the span as widened by `padded`. */
  readonly resolved: Resolved;
  /** The shifts of a role that overlap the span, not clipped, as in `shifts.json`. */
  readonly shiftsOf: (cover: RoleCover) => readonly Span<Assignment>[];
  readonly teams: readonly TeamCover[];
}

/** A team with its rotas and their roles, by id. */
export interface TeamCover {
  readonly id: string;
  readonly rotas: readonly Rota[];
  readonly covers: readonly RoleCover[];
}

export function siteOf({ handbook, now, commit }: Publication): SiteView {
  const span = publishedSpan(handbook, now);
  const resolved = resolve(handbook, padded(span));
  const byTeam = Map.groupBy(resolved.roles.values(), ({ rota }) => rota.team);
  const ids = new Set([...handbook.teams.keys(), ...byTeam.keys()]);
  const teams = [...ids].toSorted().map((id): TeamCover => {
    const covers = byTeam.get(id) ?? [];
    return { id, covers, rotas: [...new Set(covers.map(({ rota }) => rota))] };
  });
  return { handbook, now, commit, span, resolved, shiftsOf: cachedShifts(handbook, span), teams };
}

/** Caches shifts that extend beyond the resolved span: they are slow to find, and few. */
function cachedShifts(handbook: Handbook, span: Interval): SiteView['shiftsOf'] {
  const { startAt, endAt } = padded(span);
  const long = new Map<RoleCover, readonly Span<Assignment>[]>();
  return (cover) => {
    const known = long.get(cover);
    if (known !== undefined) return known;
    const shifts = wholeShifts(handbook, cover, span);
    if (shifts.some((shift) => shift.startAt < startAt || shift.endAt > endAt)) long.set(cover, shifts);
    return shifts;
  };
}

/** The Monday of the current week in a zone. */
export function mondayOf(zone: Zone, now: Instant): Day {
  const today = zone.dayOf(now);
  return today - weekdayOf(today);
}

/** Whole weeks in a zone, from the current one on: the same on every day of a week. */
export function weeksAhead(zone: Zone, now: Instant, weeks: number): Interval {
  const monday = mondayOf(zone, now);
  return { startAt: zone.startOf(monday), endAt: zone.startOf(monday + 7 * weeks) };
}

/** The most common zone of a team's rotas. */
export function zoneOfTeam({ rotas }: TeamCover, fallback: Zone): Zone {
  const count = Map.groupBy(rotas, ({ zone }) => zone);
  const [most] = [...count].toSorted(([, one], [, other]) => other.length - one.length);
  return most?.[0] ?? fallback;
}
