/**
 * Groups shifts into runs, as in "I have the week from Monday". A run is a series of shifts of one person in a role
 * with only nights and weekends off between them, or a series of duty hours that nobody holds. Pure.
 */
import type { Assignment, Handbook, Rota } from '../model.ts';
import type { Resolved, RoleCover } from '../resolve/cover.ts';
import { isWithinHolidayLists } from '../resolve/holiday-horizon.ts';
import { resolveOver } from '../resolve/resolve.ts';
import { DAY } from '../time/date.ts';
import { clip, combine, type Instant, type Interval, merge, spanAt, type Timeline } from '../timeline.ts';

/** From the start of the first shift to the end of the last; `person` is undefined if nobody holds them. */
export interface Run extends Interval {
  readonly person: string | undefined;
  readonly shifts: readonly Interval[];
}

/** The longest gap within a run: a weekend with a holiday before or after it. */
const LONGEST_BREAK = 4 * DAY;

/** Not a valid id. */
const NOBODY = '';

/** Who holds a role, with `NOBODY` where it is on duty but empty; a role that gives no cover may be empty. */
const seatTimeline = ({ cover, duty, role }: RoleCover): Timeline<string> =>
  combine(cover(), duty, (held, on) =>
    held === undefined ? (on && role.counts ? NOBODY : undefined) : held.person,
  );

/** Where a role that gives cover is on duty but nobody holds it. */
export const emptySpans = (cover: RoleCover, span: Interval): readonly Interval[] =>
  clip(seatTimeline(cover), span).filter(({ value }) => value === NOBODY);

/** The runs of a role that overlap a span, not clipped to it. */
export function runsOf(cover: RoleCover, span: Interval): readonly Run[] {
  const runs: { startAt: number; endAt: number; person: string; shifts: Interval[] }[] = [];
  for (const { startAt, endAt, value } of seatTimeline(cover)) {
    const last = runs.at(-1);
    if (last !== undefined && last.person === value && startAt - last.endAt <= LONGEST_BREAK) {
      last.shifts.push({ startAt, endAt });
      last.endAt = endAt;
    } else runs.push({ startAt, endAt, person: value, shifts: [{ startAt, endAt }] });
  }
  return runs
    .filter((run) => touches(run, span))
    .map((run) => ({ ...run, person: run.person === NOBODY ? undefined : run.person }));
}

/** How far beyond the span the end of a shift is searched. */
const FURTHEST = 400 * DAY;

/** Whether a shift or a run ends at this time, rather than at the limit of what is known. */
export const isEnd = (
  { handbook, now }: { readonly handbook: Handbook; readonly now: Instant },
  rota: Rota,
  endAt: Instant,
): boolean =>
  endAt - now < FURTHEST && isWithinHolidayLists(handbook, rota, { startAt: endAt - 1, endAt: endAt + 1 });

/**
 * The runs of a role that overlap a part of the resolved span, of everyone or of `only` one person, not clipped unless
 * they extend more than 400 days beyond it.
 */
export function wholeRuns(
  { handbook, resolved }: { readonly handbook: Handbook; readonly resolved: Resolved },
  cover: RoleCover,
  span: Interval,
  only?: string,
): readonly Run[] {
  const { startAt, endAt } = resolved.span;
  const relevant = (runs: readonly Run[]) =>
    runs.filter(
      (run) =>
        touches(run, span) && touches(run, resolved.span) && (only === undefined || run.person === only),
    );
  const known = runsOf(cover, resolved.span);
  const own = relevant(known);
  const first = known[0];
  const last = known.at(-1);
  const isCut =
    own.some((run) => run === first && run.startAt - startAt <= LONGEST_BREAK) ||
    own.some((run) => run === last && endAt - run.endAt <= LONGEST_BREAK);
  if (!isCut) return own;
  const further = { startAt: startAt - FURTHEST, endAt: endAt + FURTHEST };
  const wider = resolveOver(handbook, cover, further);
  return wider === undefined ? own : relevant(runsOf(wider, further));
}

const touches = (one: Interval, other: Interval): boolean =>
  one.endAt > other.startAt && one.startAt < other.endAt;

/** A deviation from the rotation: who takes over, from whom, and all spans of it. */
export interface Exchange {
  readonly kind: 'turn' | 'hours' | 'extra';
  readonly person: string;
  /** Undefined for nobody. */
  readonly instead: string | undefined;
  readonly spans: readonly Interval[];
}

/** The swaps and covers of a role that overlap a span, by start. */
export function exchangesOf(
  { cover, turns, afterTurnOverrides, rota }: RoleCover,
  span: Interval,
): readonly Exchange[] {
  const spans = new Map<Assignment, Interval[]>();
  for (const { startAt, endAt, value } of merge(cover())) {
    if (value.by !== 'override' && value.by !== 'extra') continue;
    const own = spans.get(value);
    if (own === undefined) spans.set(value, [{ startAt, endAt }]);
    else own.push({ startAt, endAt });
  }
  return [...spans]
    .filter(([, own]) => own.some((it) => it.endAt > span.startAt && it.startAt < span.endAt))
    .map(([assignment, own]): Exchange => {
      const kind = rota.overrides.find((it) => it.assignment === assignment)?.kind ?? 'hours';
      const replaced = kind === 'turn' ? turns : afterTurnOverrides;
      const person = assignment.insteadOf ?? spanAt(replaced, own[0]?.startAt ?? 0)?.value.person;
      const instead = kind === 'extra' ? undefined : person;
      return { kind, person: assignment.person, instead, spans: own };
    });
}
