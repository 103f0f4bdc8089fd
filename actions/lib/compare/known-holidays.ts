/**
 * On days that its list of holidays does not cover, a rota has no cover. Who has that time must not depend on when
 * somebody makes the list longer: two handbooks are compared as if both knew every day. A day that only one of them
 * knows is for the other what it is for that one, and a day that neither knows is no holiday. Spans here are of days,
 * from the first to the one after the last. Pure.
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
import { ALWAYS, daysUnder, intersection, spanOf } from './term-days.ts';
import { editedRotas, withRotas } from './unchanged.ts';

/** A base and a head that are compared. */
export interface Pair {
  readonly was: Handbook;
  readonly is: Handbook;
}

/** Two handbooks some of whose rotas have days that matter and that not both know. */
export interface KnownAlike {
  readonly rotas: ReadonlySet<string>;
  /** The time of a rota that both know. */
  readonly bothKnow: (rota: string) => Timeline<unknown>;
  /** From when on a day that one side alone knows can change the record as it is; infinity where none can. */
  readonly recordFrom: (rota: string) => Instant;
  /** Both with all their rotas, in which both know every day, as either has it. */
  readonly alike: Pair;
  /** The rotas of which more differs than which days they know; of others, nothing differs between these pairs. */
  readonly edited: ReadonlySet<string>;
  /**
   * The edited rotas, with none of the days that not both know as a holiday, and with all of them: this pull request,
   * or a later one, can choose which of them are.
   */
  readonly otherwise: readonly Pair[];
  /** The days that the head alone knows, and has as holidays, by the rotas that have them. */
  readonly further: readonly FurtherHolidays[];
}

/** Holidays that the head alone knows, and the rotas that have them. */
export interface FurtherHolidays {
  readonly rotas: readonly string[];
  readonly days: readonly Day[];
}

/** The same for two handbooks up to a horizon; undefined where every day that matters is known to both. */
export function knownAlike(base: Handbook, head: Handbook, horizon: Instant): KnownAlike | undefined {
  const groups = groupsOf(base, head, horizon);
  if (groups.length === 0) return undefined;
  const groupOf = new Map(groups.flatMap((group) => group.rotas.map((id) => [id, group] as const)));
  const changed = editedRotas(base, head);
  const edited = new Set(
    groups.flatMap((group) => group.rotas.filter((id) => changed.has(id) || hasOtherHolidays(group))),
  );
  const pairOf = (daysOf: (group: Group) => Group['alike']): Pair => ({
    was: withEveryDay(base, groups, (it) => daysOf(it).was),
    is: withEveryDay(head, groups, (it) => daysOf(it).is),
  });
  const only = ({ was, is }: Pair): Pair => ({ was: withRotas(was, edited), is: withRotas(is, edited) });
  const withAll = ({ agreed, others }: Group) => ({
    was: [...agreed.was, ...others],
    is: [...agreed.is, ...others],
  });
  return {
    ...{ rotas: new Set(groupOf.keys()), edited },
    bothKnow: (id) => restrict(timeKnown(base, id), timeKnown(head, id)),
    recordFrom: (id) => {
      const { lostFrom = NEVER, furtherFrom = NEVER } = groupOf.get(id) ?? {};
      const isMoved = [base, head].some((it) => isByDays(it.rotas.get(id)));
      return Math.min(lostFrom, isMoved ? furtherFrom : NEVER) * DAY;
    },
    alike: pairOf(({ alike }) => alike),
    otherwise: edited.size === 0 ? [] : [pairOf(({ agreed }) => agreed), pairOf(withAll)].map(only),
    further: groups.map(({ rotas, further }) => ({ rotas, days: further })),
  };
}

/** Whether the two sides differ about a day that both know, which moves later turns of working days. */
const hasOtherHolidays = ({ alike }: Group): boolean => {
  const [was, is] = [new Set(alike.was), new Set(alike.is)];
  return was.size !== is.size || [...was].some((it) => !is.has(it));
};

/** Whether a day that becomes known can change who had another day on record: it moves turns, or had extra time. */
const isByDays = (rota: Rota | undefined): boolean =>
  rota !== undefined &&
  (rota.terms.some(({ handover }) => handover.kind === 'working-days') ||
    rota.overrides.some(({ kind }) => kind === 'extra'));

/** The time in which it is known whether a rota is on duty; of one that a handbook lacks, always. */
const timeKnown = (handbook: Handbook, id: string): Timeline<unknown> => {
  const rota = handbook.rotas.get(id);
  return rota === undefined ? spanOf(ALWAYS) : knownTime(handbook, { rota }, ALWAYS);
};

/** Rotas with the same support hours, and with days that not both sides know. */
interface Group {
  readonly rotas: readonly string[];
  /** The holidays of each side, with those that the other knows instead. */
  readonly alike: BothHolidays;
  /** Those on days that both know. */
  readonly agreed: BothHolidays;
  /** The days that matter and that not both know. */
  readonly others: readonly Day[];
  /** Those that the head alone knows, and has as holidays. */
  readonly further: readonly Day[];
  /** The first day that matters and that the base alone knows, and the head alone. */
  readonly lostFrom: Day;
  readonly furtherFrom: Day;
}

const NEVER = Number.POSITIVE_INFINITY;

/** The holidays of the base and of the head. */
interface BothHolidays {
  readonly was: readonly Day[];
  readonly is: readonly Day[];
}

function groupsOf(base: Handbook, head: Handbook, horizon: Instant): readonly Group[] {
  const lines = Map.groupBy([...placesOf(base), ...placesOf(head)], ({ rota }) => rota);
  return bySharedHours(base, head).flatMap((ids): Group[] => {
    const [was, is] = [base, head].map((it) => daysKnown(it, ids[0] as string)) as [RotaDays, RotaDays];
    const both = restrict(was.certain, is.certain);
    const isSame = without(layered([...was.certain, ...is.certain]), both).length === 0;
    // Rotas with the same hours can have other turns.
    const rotas = ids.flatMap((id) => [base, head].flatMap((it) => it.rotas.get(id) ?? []));
    const until = horizon / DAY + Math.max(...rotas.map(({ terms }) => longestTurn(terms)));
    const unknown = ids.flatMap((id) => {
      const days = without(daysOf(lines.get(id) ?? [], until), both);
      return days.length === 0 && isSame ? [] : [{ id, days }];
    });
    if (unknown.length === 0) return [];
    const mattering = layered(unknown.flatMap(({ days }) => days));
    const others = mattering.flatMap(({ startAt, endAt }) =>
      Array.from({ length: Math.ceil(endAt - startAt) }, (_, i) => startAt + i),
    );
    const isIn = (days: Timeline<unknown>) => (day: Day) => spanAt(days, day) !== undefined;
    return [
      {
        rotas: unknown.map(({ id }) => id),
        alike: {
          was: [...was.holidays, ...notWithin(was.days, is.holidays)],
          is: [...is.holidays, ...notWithin(is.days, was.holidays)],
        },
        agreed: { was: [...was.holidays].filter(isIn(both)), is: [...is.holidays].filter(isIn(both)) },
        others,
        further: others.filter(
          (day) => is.holidays.has(day) && !was.holidays.has(day) && !isIn(was.days)(day),
        ),
        lostFrom: restrict(mattering, was.certain)[0]?.startAt ?? NEVER,
        furtherFrom: restrict(mattering, is.certain)[0]?.startAt ?? NEVER,
      },
    ];
  });
}

/** The rotas of two handbooks, those together that have the same support hours. */
export const bySharedHours = (base: Handbook, head: Handbook): readonly (readonly string[])[] => [
  ...Map.groupBy(new Set([...base.rotas.keys(), ...head.rotas.keys()]), (id) =>
    JSON.stringify([base, head].map(({ rotas }) => hoursText(rotas.get(id)))),
  ).values(),
];

const hoursText = (rota: Rota | undefined) => rota?.terms.map(({ firstOn, hours }) => [firstOn, hours]);

/** The days from the first on that lines name to the last, or of a rotation without an end to another. */
export function daysOf(lines: readonly Place[], until: Day): Timeline<true> {
  let days = { startAt: NEVER, endAt: -NEVER };
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

/** A handbook in which the rotas of some groups know every day, by hours that those of a group share. */
export function withEveryDay<T extends Pick<Group, 'rotas'>>(
  handbook: Handbook,
  groups: readonly T[],
  holidaysOf: (group: T) => readonly Day[],
): Handbook {
  const rotas = new Map(handbook.rotas);
  const known = { hours: new Map(handbook.hours), holidays: new Map(handbook.holidays) };
  for (const [i, group] of groups.entries()) {
    const idOf = (id: string) => `${id} ${i}`;
    for (const id of group.rotas) {
      const rota = rotas.get(id);
      if (rota === undefined) continue;
      const named = new Set(rota.terms.flatMap((it) => handbook.hours.get(it.hours ?? '') ?? []));
      for (const own of named) addEveryDay(known, handbook, own, idOf, () => holidaysOf(group));
      const terms = rota.terms.map((it) =>
        handbook.hours.has(it.hours ?? '') ? { ...it, hours: idOf(it.hours ?? '') } : it,
      );
      rotas.set(id, { ...rota, terms });
    }
  }
  return { ...handbook, rotas, ...known };
}

/** Adds hours like others that know every day, and the list of their holidays, unless they are there. */
function addEveryDay(
  known: { readonly hours: Map<string, Hours>; readonly holidays: Map<string, Holidays> },
  handbook: Handbook,
  own: Hours,
  idOf: (id: string) => string,
  holidaysOf: () => readonly Day[],
): void {
  const [id, list] = [idOf(own.id), idOf('every day')];
  if (known.hours.has(id)) return;
  const isListed = (it: HoursTerms) => listOf(handbook, own, it) !== undefined;
  const terms = own.terms.map((it) => (isListed(it) ? { ...it, holidays: [list] } : it));
  known.hours.set(id, { ...own, id, terms });
  const written = handbook.holidays.get(own.terms.find(isListed)?.holidays[0] ?? '');
  if (written !== undefined && !known.holidays.has(list))
    known.holidays.set(list, everyDay(list, written, holidaysOf()));
}

/** A list that knows every day, written where another one is. */
const everyDay = (id: string, { location }: Holidays, days: readonly Day[]): Holidays => ({
  ...{ id, name: id, zone: undefined, location },
  ...{ fromOn: Number.NEGATIVE_INFINITY, untilOn: Number.POSITIVE_INFINITY },
  days: new Map(days.toSorted((one, other) => one - other).map((it) => [it, id])),
});

/** The holidays of one side, given what it knows and what the other does; undefined where all is as it was. */
type Choice = (own: KnownDays, other: KnownDays) => readonly Day[] | undefined;

/**
 * The base, in which each rota and each service knows every day, if it knows further ones in the head: by hours of its
 * own, because what others know, or hours with the same id, can be something else.
 */
export const withKnownHours = (base: Handbook, head: Handbook): Handbook =>
  withChosen(base, head, (own, other) =>
    without(other.days, own.days).length === 0
      ? undefined
      : [...own.holidays, ...notWithin(own.days, other.holidays)],
  );

/**
 * The same two handbooks with none of the days of a span that the head alone knows as a holiday, and with all of them:
 * this pull request, or a later one, can choose which of them are. Nothing where it knows no more.
 */
export function knownOtherwise(
  base: Handbook,
  head: Handbook,
  { startAt, endAt }: Interval,
): readonly Pair[] {
  const span = spanOf({ startAt: Math.floor(startAt / DAY) - 1, endAt: Math.ceil(endAt / DAY) + 1 });
  const chosen = (isAll: boolean): Pair => {
    const holidays = (was: KnownDays, is: KnownDays, own: KnownDays) => {
      const further = restrict(without(is.days, was.days), span);
      if (further.length === 0) return undefined;
      const kept = [...own.holidays].filter((it) => spanAt(further, it) === undefined);
      return isAll ? [...kept, ...further.flatMap(daysIn)] : kept;
    };
    return {
      was: withChosen(base, head, (own, other) => holidays(own, other, own)),
      is: withChosen(head, base, (own, other) => holidays(other, own, own)),
    };
  };
  const none = chosen(false);
  return none.was === base && none.is === head ? [] : [none, chosen(true)];
}

/** Each day of a span. */
const daysIn = ({ startAt, endAt }: Interval): readonly Day[] =>
  Array.from({ length: Math.ceil(endAt - startAt) }, (_, i) => startAt + i);

/** A handbook in which rotas and services know every day, where that is chosen, by hours of their own. */
function withChosen(own: Handbook, other: Handbook, choose: Choice): Handbook {
  const groups = bySharedHours(own, other).flatMap((rotas) => {
    const holidays = choose(daysKnown(own, rotas[0] as string), daysKnown(other, rotas[0] as string));
    return holidays === undefined ? [] : [{ rotas, holidays }];
  });
  const known = groups.length === 0 ? own : withEveryDay(own, groups, ({ holidays }) => holidays);
  return withServicesKnowing(known, own, other, choose);
}

/** The same with the services of a handbook, by those of another with their id, or their service of PagerDuty. */
function withServicesKnowing(handbook: Handbook, own: Handbook, other: Handbook, choose: Choice): Handbook {
  const services = new Map(handbook.services);
  const serviceLevels = new Map(handbook.serviceLevels);
  const known = { hours: new Map(handbook.hours), holidays: new Map(handbook.holidays) };
  const holidays = new Map<string, readonly Day[] | undefined>();
  const counterparts = new Map([...other.services.values()].map((it) => [it.pagerduty, it]));
  for (const [id, service] of own.services) {
    const level = own.serviceLevels.get(service.serviceLevel ?? '');
    const was = own.hours.get(level?.hours ?? '');
    const counterpart = other.services.get(id) ?? counterparts.get(service.pagerduty ?? '');
    const is = other.hours.get(other.serviceLevels.get(counterpart?.serviceLevel ?? '')?.hours ?? '');
    if (level === undefined || was === undefined || is === undefined) continue;
    const idOf = (of: string) => `${of} as ${was.id} and ${is.id}`;
    const key = idOf('');
    if (!holidays.has(key))
      holidays.set(key, choose(daysOfHours(own, was, ALWAYS), daysOfHours(other, is, ALWAYS)));
    const chosen = holidays.get(key);
    if (chosen === undefined) continue;
    addEveryDay(known, own, was, idOf, () => chosen);
    serviceLevels.set(idOf(level.id), { ...level, id: idOf(level.id), hours: idOf(was.id) });
    services.set(id, { ...service, serviceLevel: idOf(level.id) });
  }
  return known.hours.size === handbook.hours.size
    ? handbook
    : { ...handbook, services, serviceLevels, ...known };
}

/** The days of which it is known whether they are holidays, and those that are. */
export interface KnownDays {
  readonly days: Timeline<true>;
  readonly holidays: ReadonlySet<Day>;
}

/** The same of a rota, with the days of which all is known that may decide, also at an amendment. */
interface RotaDays extends KnownDays {
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
const daysOfHours = (handbook: Handbook, hours: Hours | undefined, within: Interval): KnownDays =>
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
const listOf = (handbook: Handbook, hours: Hours | undefined, { holidays }: HoursTerms) =>
  hours && holidayDaysOf(handbook, holidays, hours.zone);

const joined = (all: readonly KnownDays[]): KnownDays => ({
  days: layered(all.flatMap(({ days }) => days)),
  holidays: new Set(all.flatMap(({ holidays }) => [...holidays])),
});
