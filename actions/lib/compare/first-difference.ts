/**
 * From when on two states of a rota can differ: by the earliest of its own lines, support hours and holidays that one
 * side alone has. Rotas without a difference need not be resolved, and those of which only the future differs need not
 * be resolved from their first turn. Never later than the first instant at which somebody else is on duty. Pure.
 */
import type { Handbook, Holidays, Hours, Override, Role, Rota, Window } from '../model.ts';
import { DAY, type Day } from '../time/date.ts';
import { dayOfTurn, type TurnOn } from '../time/turn-name.ts';
import type { Instant } from '../timeline.ts';
import { counterpartOf } from './counterpart.ts';

const ALWAYS: Day = Number.NEGATIVE_INFINITY;
const NEVER: Day = Number.POSITIVE_INFINITY;

/** In other zones the date is up to two days off; what ends with a day begins before it. */
const ASTRAY = 3;

/** The longest turn, of 52 weeks, and what a day can be off. */
const LONGEST_TURN = 370;

/** Gives the instant before which nothing about a rota of both sides can differ; infinity if nothing differs. */
export function firstDifferences(base: Handbook, head: Handbook): (rota: string) => Instant {
  const lists = known((id) => listFrom(base.holidays.get(id), head.holidays.get(id)));
  const hours = known((id) => hoursFrom(base.hours.get(id), head.hours.get(id), lists));
  return (id) => {
    const [was, is] = [base.rotas.get(id), head.rotas.get(id)];
    if (was === undefined || is === undefined) return ALWAYS;
    const named = new Set([...was.terms, ...is.terms].flatMap((it) => it.hours ?? []));
    const from = Math.min(rotaFrom(was, is), ...[...named].map(hours));
    return (from - ASTRAY - LONGEST_TURN * Math.max(turnsAhead(was), turnsAhead(is))) * DAY;
  };
}

/** How many turns ahead followers look: what differs then differs for them now. */
const turnsAhead = ({ roles }: Rota): number =>
  [...roles.values()].reduce((sum, { follows }) => sum + Math.max(0, follows?.by ?? 0), 0);

function rotaFrom(was: Rota, is: Rota): Day {
  if (was.zone !== is.zone || was.roles.size !== is.roles.size) return ALWAYS;
  const roles = [...is.roles.values()].map((role) => roleFrom(counterpartOf(was, role), role));
  return Math.min(termsFrom(was, is), overridesFrom(was.overrides, is.overrides), ...roles);
}

/** Without the same first hand-overs and first entry, turns before them are counted otherwise, too. */
function termsFrom(was: Rota, is: Rota): Day {
  const days = differing(was.terms, is.terms, ({ firstOn, handover, hours, covers }) => [
    ...[firstOn, handover, hours, covers],
  ]).map(({ firstOn }) => firstOn);
  const first = Math.min(...days);
  const isCounted = [...was.roles.values(), ...is.roles.values()].every(
    ({ rotation }) => (rotation[0]?.firstOn ?? NEVER) < first,
  );
  return days.length === 0 || isCounted ? first : ALWAYS;
}

function roleFrom(was: Role | undefined, is: Role): Day {
  if (was?.id !== is.id || was.counts !== is.counts) return ALWAYS;
  if (text(was.follows) !== text(is.follows)) return ALWAYS;
  const entries = differing(was.rotation, is.rotation, ({ firstOn, people }) => [
    ...[firstOn, people.map(({ person }) => person)],
  ]);
  const [one, other] = [was, is].map(({ turns }) =>
    [...turns].map(([on, { person }]) => ({ firstOn: on, person })),
  );
  const days = [...entries, ...onlyOne(one ?? [], other ?? [])].map(({ firstOn }) => firstOn);
  const began = was.rotation[0]?.firstOn ?? NEVER;
  return days.every((it) => it > began) ? dayOfTurn(Math.min(...days)) : ALWAYS;
}

interface Dated {
  readonly firstOn: TurnOn;
}

/** The items of two lists from the first on that is not the same in both. */
function differing<T extends Dated>(
  was: readonly T[],
  is: readonly T[],
  of: (it: T) => unknown,
): readonly T[] {
  const same = was.findIndex((it, i) => is[i] === undefined || text(of(it)) !== text(of(is[i])));
  const from = same === -1 ? was.length : same;
  return [...was.slice(from), ...is.slice(from)];
}

/** The items of two lists, in any order, that only one of them has. */
function onlyOne<T>(was: readonly T[], is: readonly T[]): readonly T[] {
  const [before, after] = [was, is].map((all) => new Map(all.map((it) => [text(it), it]))) as [
    Map<string, T>,
    Map<string, T>,
  ];
  return [...before, ...after].flatMap(([key, it]) => (before.has(key) && after.has(key) ? [] : [it]));
}

/** Of overlapping overrides the later in the file counts, so that their order is a difference, too. */
function overridesFrom(was: readonly Override[], is: readonly Override[]): Day {
  const plain = ({ location: _, assignment, ...rest }: Override) => {
    const { person, change } = assignment;
    const day = rest.kind === 'turn' ? dayOfTurn(rest.turnOn) : Math.floor(rest.startAt / DAY);
    return { ...rest, person, change, day };
  };
  const [one, other] = [was.map(plain), is.map(plain)];
  const found = onlyOne(one, other).map(({ day }) => day);
  const kept = (all: typeof one, others: typeof one) => {
    const texts = new Set(others.map(text));
    return all.map(text).filter((it) => texts.has(it));
  };
  const isOrdered = text(kept(one, other)) === text(kept(other, one));
  return isOrdered ? Math.min(...found) : Math.min(...[...one, ...other].map(({ day }) => day));
}

function hoursFrom(was: Hours | undefined, is: Hours | undefined, lists: (id: string) => Day): Day {
  if (was === undefined || is === undefined) return was === is ? NEVER : ALWAYS;
  if (was.zone !== is.zone) return ALWAYS;
  const terms = differing(was.terms, is.terms, ({ firstOn, windows, workingDays, holidays }) => [
    ...[firstOn, [...windows].map(([name, it]) => [name, windowOf(it)]), [...workingDays], holidays],
  ]);
  const named = new Set([...was.terms, ...is.terms].flatMap(({ holidays }) => holidays));
  return Math.min(...terms.map(({ firstOn }) => firstOn), ...[...named].map(lists));
}

const windowOf = (window: Window): unknown =>
  window.kind === 'outside'
    ? window.of
    : window.stretches.map(({ days, from, to, zones }) => [
        ...[typeof days === 'string' ? days : [...days], from, to],
        ...[zones?.from.name, zones?.to.name],
      ]);

function listFrom(was: Holidays | undefined, is: Holidays | undefined): Day {
  if (was === undefined || is === undefined) return was === is ? NEVER : ALWAYS;
  if (was.zone !== is.zone) return ALWAYS;
  const days = [...was.days.keys(), ...is.days.keys()].filter((it) => !was.days.has(it) || !is.days.has(it));
  return Math.min(
    ...(was.fromOn === is.fromOn ? [] : [was.fromOn, is.fromOn]),
    ...(was.untilOn === is.untilOn ? [] : [was.untilOn, is.untilOn]),
    ...days,
  );
}

const text = (value: unknown): string => JSON.stringify(value) ?? '';

function known(compute: (id: string) => Day): (id: string) => Day {
  const all = new Map<string, Day>();
  return (id) => {
    const day = all.get(id) ?? compute(id);
    all.set(id, day);
    return day;
  };
}
