/**
 * On days that its list of holidays does not cover, a rota has no cover. Who has that time must not depend on when
 * somebody makes the list longer: two handbooks are compared as if both knew every day. A day that only one of them
 * knows is for the other what it is for that one, and a day that neither knows is no holiday. Spans here are of days,
 * from the first to the one after the last. Pure.
 */
import type { Handbook, Rota } from '../model.ts';
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
import { addEveryDay, withEveryDay } from './every-day.ts';
import {
  bySharedHours,
  daysKnown,
  daysOf,
  daysOfHours,
  type KnownDays,
  longestTurn,
  notWithin,
  type RotaDays,
} from './known-days.ts';
import { placesOf } from './people.ts';
import { ALWAYS, spanOf } from './term-days.ts';
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
