/**
 * Of which days a handbook knows whether they are holidays, for rotas and for hours; and which days the lines of rotas
 * are about. Spans are of days, from the first to the one after the last. Pure.
 */
import type { Handbook, Handover, Hours, HoursTerms, Rota } from '../model.ts';
import { holidayDaysOf } from '../resolve/holiday-days.ts';
import { DAY, type Day } from '../time/date.ts';
import { type Interval, layered, spanAt, type Timeline, without } from '../timeline.ts';
import type { Place } from './people.ts';
import { ALWAYS, daysUnder, intersection, spanOf } from './term-days.ts';

/** The days of which it is known whether they are holidays, and those that are. */
export interface KnownDays {
  readonly days: Timeline<true>;
  readonly holidays: ReadonlySet<Day>;
}

/** The same of a rota, with the days of which all is known that may decide, also at an amendment. */
export interface RotaDays extends KnownDays {
  readonly certain: Timeline<true>;
}

/** What a handbook knows for a rota; of one that it lacks, that nobody has its time. */
export function daysKnown(handbook: Handbook, id: string): RotaDays {
  const rota = handbook.rotas.get(id);
  if (rota === undefined) return { days: spanOf(ALWAYS), certain: spanOf(ALWAYS), holidays: new Set() };
  const known = rota.terms.map(({ hours }, i) => {
    const own = (within: Interval): KnownDays =>
      hours === undefined
        ? { days: spanOf(within), holidays: new Set() }
        : daysOfHours(handbook, handbook.hours.get(hours), within);
    const within = daysUnder(rota.terms, i, ALWAYS);
    // In the zone of the hours, the date is up to a day off.
    const about = { startAt: within.startAt - 1, endAt: within.endAt + 1 };
    return { ...own(within), unknown: without(spanOf(about), own(about).days) };
  });
  return {
    ...joined(known),
    certain: without(spanOf(ALWAYS), layered(known.flatMap(({ unknown }) => unknown))),
  };
}

/** What support hours know within some days. */
export const daysOfHours = (handbook: Handbook, hours: Hours | undefined, within: Interval): KnownDays =>
  joined(
    (hours?.terms ?? []).map((own, i, all) => {
      const range = daysUnder(all, i, within);
      // Joining lists takes time, and most terms of the hours do not apply within most terms of a rota.
      const isNever = range.startAt >= range.endAt;
      if (isNever || own.holidays.length === 0) return { days: spanOf(range), holidays: new Set() };
      const list = listOf(handbook, hours, own);
      if (list === undefined) return { days: [], holidays: new Set() };
      const days = spanOf(intersection(range, { startAt: list.fromOn, endAt: list.untilOn + 1 }));
      return { days, holidays: new Set([...list.days.keys()].filter((it) => spanAt(days, it))) };
    }),
  );

/** The list of some terms of hours, as days of their zone; undefined without one, or where it could not be read. */
export const listOf = (handbook: Handbook, hours: Hours | undefined, { holidays }: HoursTerms) =>
  hours && holidayDaysOf(handbook, holidays, hours.zone);

const joined = (all: readonly KnownDays[]): KnownDays => ({
  days: layered(all.flatMap(({ days }) => days)),
  holidays: new Set(all.flatMap(({ holidays }) => [...holidays])),
});

/** The rotas of two handbooks, those together that have the same support hours. */
export const bySharedHours = (base: Handbook, head: Handbook): readonly (readonly string[])[] => [
  ...Map.groupBy(new Set([...base.rotas.keys(), ...head.rotas.keys()]), (id) =>
    JSON.stringify([base, head].map(({ rotas }) => hoursText(rotas.get(id)))),
  ).values(),
];

const hoursText = (rota: Rota | undefined) => rota?.terms.map(({ firstOn, hours }) => [firstOn, hours]);

/** The days from the first on that lines name to the last, or of a rotation without an end to another. */
export function daysOf(lines: readonly Place[], until: Day): Timeline<true> {
  let days = { startAt: Number.POSITIVE_INFINITY, endAt: Number.NEGATIVE_INFINITY };
  // Rotations of many seats have too many lines for the arguments of one call.
  for (const line of lines) {
    const { startAt, endAt } = line.span();
    const first = Math.floor(startAt / DAY);
    const end = Number.isFinite(endAt) ? Math.ceil(endAt / DAY) : Math.max(first, Math.ceil(until));
    days = { startAt: Math.min(days.startAt, first), endAt: Math.max(days.endAt, end) };
  }
  return spanOf(days);
}

/** How many days a turn can take at most; amendments of the hand-over can make one as long as they like. */
export const longestTurn = (terms: Rota['terms']): number =>
  Math.max(...terms.map(({ handover }) => (terms.length > 1 ? 400 : daysBetween(handover))));

/** How many days lie between hand-overs at most; between those of working days, a week and some holidays. */
function daysBetween(handover: Handover): number {
  if (handover.kind === 'weeks') return handover.weeks * 7 + 1;
  if (handover.kind === 'times') return 2;
  return handover.kind === 'monthly' ? 32 : 15;
}

export const notWithin = (days: Timeline<true>, some: ReadonlySet<Day>): readonly Day[] =>
  [...some].filter((it) => spanAt(days, it) === undefined);
