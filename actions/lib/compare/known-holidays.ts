/**
 * Outside lists of holidays, a rota has no cover. Who has that time must not depend on when somebody makes a list
 * longer: two handbooks are compared as if both knew every day. What one of them knows goes for the other as well, and
 * of what neither knows, no day is a holiday. Spans here are of days, from the first to the one after the last. Pure.
 */
import type { Handbook, Handover, Holidays, Hours, HoursTerms, Rota } from '../model.ts';
import { holidayDaysOf } from '../resolve/holiday-days.ts';
import { knownTime } from '../resolve/off-duty.ts';
import { DAY, type Day } from '../time/date.ts';
import {
  type Instant,
  type Interval,
  layered,
  restrict,
  spanAt,
  type Timeline,
  without,
} from '../timeline.ts';
import { type Place, placesOf } from './people.ts';
import { withRotas } from './unchanged.ts';

/** A base and a head that are compared. */
export interface Pair {
  readonly was: Handbook;
  readonly is: Handbook;
}

/** What to compare beside a base and a head as they are, of the rotas that have days which not both know. */
export interface KnownAlike {
  readonly rotas: ReadonlySet<string>;
  /** The time of a rota that both know. */
  readonly bothKnow: (rota: string) => Timeline<unknown>;
  /** Both know every day, as either has it. */
  readonly alike: Pair;
  /** The days that the head alone knows, and has as holidays: it is the head that says so. */
  readonly marked: Marked | undefined;
}

interface Marked {
  readonly time: (rota: string) => Timeline<unknown>;
  /** Who loses them: as if they were none in both. */
  readonly asNone: Pair;
  /** Who gains them: as if they were none in the base. */
  readonly asNoneBefore: Pair;
}

/** The same for two handbooks up to a horizon; undefined where every day that matters is known to both. */
export function knownAlike(base: Handbook, head: Handbook, horizon: Instant): KnownAlike | undefined {
  const groups = groupsOf(base, head, horizon);
  if (groups.length === 0) return undefined;
  const rotas = new Set(groups.flatMap((it) => it.rotas));
  const withDays = (handbook: Handbook, daysOf: (group: Group) => readonly Day[]) =>
    withRotas(withEveryDay(handbook, groups, daysOf), rotas);
  const unmarked = (key: 'was' | 'is') => (group: Group) => group[key].filter((it) => !group.marked.has(it));
  const is = withDays(head, (group) => group.is);
  const before = withDays(base, unmarked('was'));
  const markedIn = new Map(groups.flatMap((group) => group.rotas.map((id) => [id, group.marked] as const)));
  const time = (id: string) => {
    const { zone } = (head.rotas.get(id) ?? base.rotas.get(id)) as Rota;
    const days = [...(markedIn.get(id) ?? [])].map((day) => ({
      ...{ startAt: zone.startOf(day), endAt: zone.startOf(day + 1), value: true },
    }));
    return layered(days);
  };
  return {
    rotas,
    bothKnow: (id) => restrict(timeKnown(base, id), timeKnown(head, id)),
    alike: { was: withDays(base, (group) => group.was), is },
    marked: groups.some(({ marked }) => marked.size > 0)
      ? {
          time,
          asNone: { was: before, is: withDays(head, unmarked('is')) },
          asNoneBefore: { was: before, is },
        }
      : undefined,
  };
}

/** The time in which it is known whether a rota is on duty; of one that a handbook lacks, always. */
const timeKnown = (handbook: Handbook, id: string): Timeline<unknown> => {
  const rota = handbook.rotas.get(id);
  return rota === undefined ? spanOf(ALWAYS) : knownTime(handbook, { rota }, ALWAYS);
};

/** Rotas with the same support hours, and with days that one side does not know. */
interface Group {
  readonly rotas: readonly string[];
  /** The holidays of each side, with those that the other knows instead. */
  readonly was: readonly Day[];
  readonly is: readonly Day[];
  /** The holidays among the days that the head alone knows, and that matter. */
  readonly marked: ReadonlySet<Day>;
}

function groupsOf(base: Handbook, head: Handbook, horizon: Instant): readonly Group[] {
  const lines = Map.groupBy([...placesOf(base), ...placesOf(head)], ({ rota }) => rota);
  const all = Map.groupBy(new Set([...base.rotas.keys(), ...head.rotas.keys()]), (id) =>
    JSON.stringify([base, head].map(({ rotas }) => hoursText(rotas.get(id)))),
  );
  return [...all.values()].flatMap((ids): Group[] => {
    const [was, is] = [base, head].map((it) => daysKnown(it, ids[0] as string)) as [KnownDays, KnownDays];
    const both = restrict(was.days, is.days);
    const mattering = ids.map((id) => {
      const rotas = [base, head].flatMap((it) => it.rotas.get(id) ?? []);
      const longest = Math.max(...rotas.map(({ terms }) => longestTurn(terms)));
      return [id, daysOf(lines.get(id) ?? [], horizon / DAY + longest)] as const;
    });
    const unknown = mattering.filter(([, days]) => without(days, both).length > 0);
    if (unknown.length === 0) return [];
    const further = without(is.days, was.days);
    const isMarked = (day: Day) =>
      spanAt(further, day) !== undefined && unknown.some(([, days]) => spanAt(days, day) !== undefined);
    return [
      {
        rotas: unknown.map(([id]) => id),
        was: [...was.holidays, ...notWithin(was.days, is.holidays)],
        is: [...is.holidays, ...notWithin(is.days, was.holidays)],
        marked: new Set([...is.holidays].filter(isMarked)),
      },
    ];
  });
}

const hoursText = (rota: Rota | undefined) => rota?.terms.map(({ firstOn, hours }) => [firstOn, hours]);

/** The days from the first on that lines name to the last, or of a rotation without an end to another. */
function daysOf(lines: readonly Place[], until: Day): Timeline<true> {
  const spans = lines.map(({ span }) => span());
  const ends = spans.map(({ startAt, endAt }) =>
    Number.isFinite(endAt) ? Math.ceil(endAt / DAY) : Math.max(Math.floor(startAt / DAY), until),
  );
  return spanOf({
    startAt: Math.floor(Math.min(...spans.map(({ startAt }) => startAt)) / DAY),
    endAt: Math.max(...ends),
  });
}

/** How many days a turn can take at most; amendments of the hand-over can make one as long as they like. */
const longestTurn = (terms: Rota['terms']): number =>
  Math.max(...terms.map(({ handover }) => (terms.length > 1 ? 400 : daysBetween(handover))));

/** How many days lie between hand-overs at most; between those of working days, a week and some holidays. */
function daysBetween(handover: Handover): number {
  if (handover.kind === 'weeks') return handover.weeks * 7 + 1;
  if (handover.kind === 'times') return 2;
  return handover.kind === 'monthly' ? 32 : 15;
}

const notWithin = (days: Timeline<true>, some: ReadonlySet<Day>): readonly Day[] =>
  [...some].filter((it) => spanAt(days, it) === undefined);

/** A handbook in which the rotas of some groups know every day, by hours that those of a group share. */
function withEveryDay(
  handbook: Handbook,
  groups: readonly Group[],
  holidaysOf: (group: Group) => readonly Day[],
): Handbook {
  const rotas = new Map(handbook.rotas);
  const hours = new Map(handbook.hours);
  const holidays = new Map(handbook.holidays);
  for (const [i, group] of groups.entries()) {
    const idOf = (id: string) => `${id} ${i}`;
    const list = idOf('every day');
    holidays.set(list, everyDay(list, holidaysOf(group)));
    for (const id of group.rotas) {
      const rota = rotas.get(id);
      if (rota === undefined) continue;
      const terms = rota.terms.map((it) => {
        const own = handbook.hours.get(it.hours ?? '');
        if (own === undefined) return it;
        const isListed = (its: HoursTerms) => listOf(handbook, own, its) !== undefined;
        const listed = own.terms.map((its) => (isListed(its) ? { ...its, holidays: [list] } : its));
        hours.set(idOf(own.id), { ...own, id: idOf(own.id), terms: listed });
        return { ...it, hours: idOf(own.id) };
      });
      rotas.set(id, { ...rota, terms });
    }
  }
  return { ...handbook, rotas, hours, holidays };
}

const everyDay = (id: string, days: readonly Day[]): Holidays => ({
  ...{ id, name: id, zone: undefined, location: { file: '', path: [] } },
  ...{ fromOn: Number.NEGATIVE_INFINITY, untilOn: Number.POSITIVE_INFINITY },
  days: new Map(days.map((it) => [it, id])),
});

/** The base, in which support hours know the further days that they know in the head. */
export function withKnownHours(base: Handbook, head: Handbook): Handbook {
  const hours = new Map(base.hours);
  const holidays = new Map(base.holidays);
  for (const [id, own] of base.hours) {
    const [was, is] = [daysOfHours(base, own, ALWAYS), daysOfHours(head, head.hours.get(id), ALWAYS)];
    const further = without(is.days, was.days);
    const [first, last] = [further[0], further.at(-1)];
    if (first === undefined || last === undefined) continue;
    const terms = own.terms.map((its, i): HoursTerms => {
      const list = listOf(base, own, its);
      if (list === undefined) return its;
      const listId = `${id} ${i}`;
      holidays.set(listId, {
        ...everyDay(listId, [...was.holidays, ...notWithin(was.days, is.holidays)]),
        fromOn: Math.min(list.fromOn, first.startAt),
        untilOn: Math.max(list.untilOn, last.endAt - 1),
      });
      return { ...its, holidays: [listId] };
    });
    hours.set(id, { ...own, terms });
  }
  return holidays.size === base.holidays.size ? base : { ...base, hours, holidays };
}

/** The days of which it is known whether they are holidays, and those that are. */
interface KnownDays {
  readonly days: Timeline<true>;
  readonly holidays: ReadonlySet<Day>;
}

const ALWAYS: Interval = { startAt: Number.NEGATIVE_INFINITY, endAt: Number.POSITIVE_INFINITY };

/** What a handbook knows for a rota; of one that it lacks, that nobody has its time. */
function daysKnown(handbook: Handbook, id: string): KnownDays {
  const rota = handbook.rotas.get(id);
  if (rota === undefined) return { days: spanOf(ALWAYS), holidays: new Set() };
  return joined(
    rota.terms.map(({ hours }, i) => {
      const within = daysUnder(rota.terms, i, ALWAYS);
      return hours === undefined
        ? { days: spanOf(within), holidays: new Set() }
        : daysOfHours(handbook, handbook.hours.get(hours), within);
    }),
  );
}

/** What support hours know within some days. */
const daysOfHours = (handbook: Handbook, hours: Hours | undefined, within: Interval): KnownDays =>
  joined(
    (hours?.terms ?? []).map((own, i, all) => {
      const range = daysUnder(all, i, within);
      if (own.holidays.length === 0) return { days: spanOf(range), holidays: new Set() };
      const list = listOf(handbook, hours, own);
      if (list === undefined) return { days: [], holidays: new Set() };
      const days = spanOf(intersection(range, { startAt: list.fromOn, endAt: list.untilOn + 1 }));
      return { days, holidays: new Set([...list.days.keys()].filter((it) => spanAt(days, it))) };
    }),
  );

/** The list of some terms of hours, as days of their zone; undefined without one, or where it could not be read. */
const listOf = (handbook: Handbook, hours: Hours | undefined, { holidays }: HoursTerms) =>
  hours && holidayDaysOf(handbook, holidays, hours.zone);

const joined = (all: readonly KnownDays[]): KnownDays => ({
  days: layered(all.flatMap(({ days }) => days)),
  holidays: new Set(all.flatMap(({ holidays }) => [...holidays])),
});

/** The days on which one of several terms applies, within others. */
const daysUnder = (terms: readonly { readonly firstOn: Day }[], i: number, within: Interval): Interval =>
  intersection(within, {
    startAt: terms[i]?.firstOn ?? Number.NEGATIVE_INFINITY,
    endAt: terms[i + 1]?.firstOn ?? Number.POSITIVE_INFINITY,
  });

const intersection = (one: Interval, other: Interval): Interval => ({
  startAt: Math.max(one.startAt, other.startAt),
  endAt: Math.min(one.endAt, other.endAt),
});

const spanOf = (days: Interval): Timeline<true> =>
  days.startAt < days.endAt ? [{ ...days, value: true }] : [];
