/**
 * Resolves a handbook over a span: who holds every role at every instant. Pure: the same handbook and span give the
 * same result on any machine, at any time.
 */
import {
  type Assignment,
  type Handbook,
  type Hours,
  inSeatOrder,
  type Role,
  type RoleRef,
  type Rota,
} from '../model.ts';
import { DAY, type Day } from '../time/date.ts';
import { dayAfter, dayBefore } from '../time/duration.ts';
import {
  clip,
  type Instant,
  type Interval,
  indexFrom,
  merge,
  type Span,
  type Timeline,
} from '../timeline.ts';
import type { Resolved, RoleCover } from './cover.ts';
import { rangeOf, type Windows, windowsOf, windowTimeline } from './hours.ts';
import { layersOf } from './overrides.ts';
import { turnsOf } from './rotation.ts';

/** Resolves every role of a handbook over a span. */
export function resolve(handbook: Handbook, span: Interval): Resolved {
  const windows = windowsByHours(handbook, handbook.hours.values(), span);
  const duties = new Map<string, Timeline<unknown>>();
  const recent = new CoverCache();
  const roles = new Map<string, RoleCover>();
  const rotas = [...handbook.rotas.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  for (const rota of rotas) {
    const key = JSON.stringify([
      rota.terms.map(({ firstOn, hours, covers }) => [firstOn, hours, covers]),
      rota.zone.name,
    ]);
    const duty = duties.get(key) ?? dutyOf(rota, windows, span);
    if (duty === undefined) continue;
    duties.set(key, duty);
    for (const role of [...rota.roles.values()].toSorted((one, other) => inSeatOrder(one.id, other.id))) {
      roles.set(`${rota.id}/${role.id}`, resolveRole(handbook, rota, role, duty, span, recent));
    }
  }
  let people: ReturnType<Resolved['people']> | undefined;
  return {
    handbook,
    span,
    roles,
    windows,
    people: () => {
      people ??= byHolder(roles.values());
      return people;
    },
  };
}

/** The windows of these support hours by their id, without those that could not be read. */
function windowsByHours(
  handbook: Handbook,
  all: Iterable<Hours>,
  span: Interval,
): ReadonlyMap<string, Windows> {
  const windows = new Map<string, Windows>();
  for (const hours of all) {
    const own = windowsOf(handbook, hours, span);
    if (own !== undefined) windows.set(hours.id, own);
  }
  return windows;
}

function byHolder(covers: Iterable<RoleCover>): ReadonlyMap<string, readonly RoleCover[]> {
  const holders = new Map<string, RoleCover[]>();
  for (const cover of covers) {
    const { afterTurnOverrides, rota, role } = cover;
    const people = new Set(afterTurnOverrides.map(({ value }) => value.person));
    for (const override of rota.overrides)
      if (override.role === role.id) people.add(override.assignment.person);
    for (const person of people) {
      const held = holders.get(person);
      if (held === undefined) holders.set(person, [cover]);
      else held.push(cover);
    }
  }
  return holders;
}

function resolveRole(
  handbook: Handbook,
  rota: Rota,
  role: Role,
  duty: Timeline<unknown>,
  span: Interval,
  recent: CoverCache,
): RoleCover {
  const list = turnsOf(handbook, rota, role, span);
  const { turns, afterTurnOverrides, cover } = layersOf(rota, role, list, duty, span);
  return {
    rota,
    role,
    list,
    duty,
    turns,
    afterTurnOverrides,
    cover: () => recent.get(cover),
  };
}

/**
 * A cache of the 200 covers computed last. A cover has hundreds of spans and takes microseconds to compute, so that
 * with ten thousand rotas covers are computed again instead of all being kept.
 */
class CoverCache {
  readonly #covers = new Map<() => Timeline<Assignment>, Timeline<Assignment>>();

  get(computeCover: () => Timeline<Assignment>): Timeline<Assignment> {
    const known = this.#covers.get(computeCover);
    if (known !== undefined) return known;
    const cover = computeCover();
    this.#covers.set(computeCover, cover);
    if (this.#covers.size > 200)
      for (const oldest of this.#covers.keys()) {
        this.#covers.delete(oldest);
        break;
      }
    return cover;
  }
}

/** When a rota is on duty by its terms; undefined when it names hours that could not be read. */
function dutyOf(
  rota: Rota,
  windows: ReadonlyMap<string, Windows>,
  span: Interval,
): Timeline<unknown> | undefined {
  const parts: Span<unknown>[] = [];
  for (const [i, { hours, covers }] of rota.terms.entries()) {
    const range = rangeOf(rota.zone, rota.terms, i, span);
    if (range.startAt >= range.endAt) continue;
    if (hours === undefined) {
      parts.push({ ...range, value: true });
      continue;
    }
    const all = windows.get(hours);
    if (all === undefined) return undefined;
    for (const part of union(all, covers ?? [...all.keys()], range)) parts.push(part);
  }
  // Adjacent windows are merged: Friday evening to Monday morning is one span of duty.
  return merge(parts, () => true);
}

/** One timeline of several windows, clipped first: a rota can have hundreds of terms, each of a few days. */
const union = (windows: Windows, names: readonly string[], range: Interval): Timeline<string> =>
  windowTimeline(new Map(names.map((name) => [name, clip(windows.get(name) ?? [], range)])));

/** The cover of a role, or undefined when there is no such role or its rota could not be read. */
export const coverOf = ({ roles }: Resolved, { rota, role }: RoleRef): RoleCover | undefined =>
  roles.get(`${rota}/${role}`);

/** The roles that a person may hold within the span; their cover shows when. */
export const coversOf = ({ people }: Resolved, person: string): readonly RoleCover[] =>
  people().get(person) ?? [];

/** The window of support hours at each instant of the span; undefined when they could not be read. */
export function windowAt({ windows }: Resolved, hours: string): Timeline<string> | undefined {
  const own = windows.get(hours);
  if (own === undefined) return undefined;
  const timeline = TIMELINES.get(own) ?? windowTimeline(own);
  TIMELINES.set(own, timeline);
  return timeline;
}

/** What was made of windows: every chain of every service asks for those of its hours. */
const TIMELINES = new WeakMap<Windows, Timeline<string>>();

/** The window of a rota's support hours at each instant of the span, by its terms then; none where it has no hours. */
export const windowsOfRota = (resolved: Resolved, { zone, terms }: Rota): Timeline<string> =>
  terms.flatMap(({ hours }, i) => {
    const windows = hours === undefined ? undefined : windowAt(resolved, hours);
    return clip(windows ?? [], rangeOf(zone, terms, i, resolved.span));
  });

const samePerson = (one: Assignment, other: Assignment): boolean => one.person === other.person;

/** Cover with one span for every unbroken stretch of one person, whichever lines assign them. */
export const byPerson = (cover: Timeline<Assignment>): Timeline<Assignment> => merge(cover, samePerson);

/** Every role of a handbook over a span, in order of id; resolves two hundred rotas at a time to limit memory. */
export function* eachRole(handbook: Handbook, span: Interval): Iterable<RoleCover> {
  const rotas = [...handbook.rotas.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  for (let from = 0; from < rotas.length; from += 200) {
    const batch = new Map(rotas.slice(from, from + 200).map((rota) => [rota.id, rota]));
    yield* resolve({ ...handbook, rotas: batch }, span).roles.values();
  }
}

/** A span extended by eight days on both sides, so that most shifts at its edges are complete. */
export const padded = (span: Interval): Interval => widened(span, 8 * DAY);

/**
 * How far to search for the ends of a shift that the padded span cuts: first 400 days, then all dates that files can
 * contain.
 */
const FURTHER: readonly ((span: Interval) => Interval)[] = [
  (span) => widened(span, 400 * DAY),
  ({ startAt, endAt }) => ({
    startAt: Math.min(startAt, ALL_TIME.startAt),
    endAt: Math.max(endAt, ALL_TIME.endAt),
  }),
];

/**
 * Every date that files can contain, in any zone. The range is fixed, so that the end of an endless shift does not
 * depend on the current day.
 */
const ALL_TIME: Interval = { startAt: Date.UTC(1999, 11, 30), endAt: Date.UTC(2100, 0, 1) };

/**
 * The complete shifts of every role that overlap a span, in order of rota, role and start. A shift without an end (one
 * person, round the clock) is cut at the end of the century.
 */
export function* shiftsTouching(
  handbook: Handbook,
  span: Interval,
): Iterable<{ cover: RoleCover; shifts: readonly Span<Assignment>[] }> {
  for (const cover of eachRole(handbook, padded(span)))
    yield { cover, shifts: wholeShifts(handbook, cover, span) };
}

/**
 * The shifts of one role that overlap a span, complete as in `shiftsTouching`; `cover` is resolved over the `padded`
 * span.
 */
export function wholeShifts(
  handbook: Handbook,
  cover: RoleCover,
  span: Interval,
): readonly Span<Assignment>[] {
  let whole = touching(byPerson(cover.cover()), span);
  let edges = padded(span);
  for (const widen of FURTHER) {
    const cut = whole.at(0)?.startAt === edges.startAt || whole.at(-1)?.endAt === edges.endAt;
    if (!cut) break;
    edges = widen(span);
    whole = touching(byPerson(resolveOver(handbook, cover, edges)?.cover() ?? []), span);
  }
  return whole;
}

const widened = ({ startAt, endAt }: Interval, by: number): Interval => ({
  startAt: startAt - by,
  endAt: endAt + by,
});

const touching = <T>(timeline: Timeline<T>, { startAt, endAt }: Interval): readonly Span<T>[] =>
  timeline.slice(indexFrom(timeline, startAt)).filter((span) => span.startAt < endAt);

/** Resolves one role over another span, and no other role; undefined when its hours could not be read. */
export function resolveOver(
  handbook: Handbook,
  { rota, role }: RoleCover,
  span: Interval,
): RoleCover | undefined {
  const hours = rota.terms.flatMap((terms) => handbook.hours.get(terms.hours ?? '') ?? []);
  const duty = dutyOf(rota, windowsByHours(handbook, new Set(hours), span), span);
  return duty === undefined ? undefined : resolveRole(handbook, rota, role, duty, span, new CoverCache());
}

/** A shift that begins before the horizon is pushed to PagerDuty whole, up to this long after the horizon. */
export const OVERHANG = 31 * DAY;

/** The published span, which ends at the horizon: whole months, so that the output rarely changes from day to day. */
export function publishedSpan({ publishing: { back, ahead } }: Handbook, now: Instant): Interval {
  const today = Math.floor(now / DAY);
  const monthOf = (day: Day, more: number): Instant => {
    const date = new Date(day * DAY);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + more);
  };
  return { startAt: monthOf(dayBefore(today, back), 0), endAt: monthOf(dayAfter(today, ahead), 1) };
}
