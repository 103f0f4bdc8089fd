/**
 * The room's front door: a handbook and a span of time to who holds every role at every instant of it. Pure: the
 * same handbook and span give the same answer on any machine, at any time.
 */
import type { Assignment, Handbook, Role, RoleRef, Rota } from '../model.ts';
import { DAY } from '../time/date.ts';
import { daysOf } from '../time/duration.ts';
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
  const windows = new Map<string, Windows>();
  for (const hours of handbook.hours.values()) {
    const own = windowsOf(handbook, hours, span);
    if (own !== undefined) windows.set(hours.id, own);
  }
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
    for (const role of [...rota.roles.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
      roles.set(`${rota.id}/${role.id}`, resolveRole(rota, role, duty, span, recent));
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
  rota: Rota,
  role: Role,
  duty: Timeline<unknown>,
  span: Interval,
  recent: CoverCache,
): RoleCover {
  const list = turnsOf(rota, role, span);
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
 * The covers that were asked for last. A cover has hundreds of spans and is laid in microseconds, so that of ten
 * thousand rotas only those at hand are kept.
 */
class CoverCache {
  readonly #covers = new Map<() => Timeline<Assignment>, Timeline<Assignment>>();

  get(lay: () => Timeline<Assignment>): Timeline<Assignment> {
    const known = this.#covers.get(lay);
    if (known !== undefined) return known;
    const cover = lay();
    this.#covers.set(lay, cover);
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
    for (const part of clip(union(all, covers ?? [...all.keys()]), range)) parts.push(part);
  }
  // Touching windows are one: Friday's evening to Monday's morning is one span of duty.
  return merge(parts, () => true);
}

/** One timeline of several windows. */
const union = (windows: Windows, names: readonly string[]): Timeline<string> =>
  windowTimeline(new Map(names.map((name) => [name, windows.get(name) ?? []])));

/** The cover of a role, or undefined when there is no such role or its rota could not be read. */
export const coverOf = ({ roles }: Resolved, { rota, role }: RoleRef): RoleCover | undefined =>
  roles.get(`${rota}/${role}`);

/** The roles that a person may hold at some time of the span; in which they do, the cover tells. */
export const coversOf = ({ people }: Resolved, person: string): readonly RoleCover[] =>
  people().get(person) ?? [];

/** The window of support hours at each instant of the span; undefined when they could not be read. */
export function windowAt({ windows }: Resolved, hours: string): Timeline<string> | undefined {
  const own = windows.get(hours);
  return own === undefined ? undefined : windowTimeline(own);
}

const samePerson = (one: Assignment, other: Assignment): boolean => one.person === other.person;

/** Cover as one span for every unbroken stretch of one person, whoever put them there. */
export const byPerson = (cover: Timeline<Assignment>): Timeline<Assignment> => merge(cover, samePerson);

/** Every role of a handbook over a span, in order of id, two hundred rotas at a time, so that not all need be kept. */
export function* eachRole(handbook: Handbook, span: Interval): Iterable<RoleCover> {
  const rotas = [...handbook.rotas.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  for (let from = 0; from < rotas.length; from += 200) {
    const batch = new Map(rotas.slice(from, from + 200).map((rota) => [rota.id, rota]));
    yield* resolve({ ...handbook, rotas: batch }, span).roles.values();
  }
}

/** A span and eight days more on both sides, so that most shifts at its edges are whole. */
export const padded = (span: Interval): Interval => widened(span, 8 * DAY);

/** How much further to look for the ends of a shift that is not over around the span: a year, all that can be written. */
const FURTHER: readonly ((span: Interval) => Interval)[] = [
  (span) => widened(span, 400 * DAY),
  ({ startAt, endAt }) => ({
    startAt: Math.min(startAt, ALL_TIME.startAt),
    endAt: Math.max(endAt, ALL_TIME.endAt),
  }),
];

/** Every date that files can hold, in any zone, and no more: no turn begins before it, and its end is the same from every day. */
const ALL_TIME: Interval = { startAt: Date.UTC(1999, 11, 30), endAt: Date.UTC(2100, 0, 1) };

/**
 * The shifts of every role that touch a span, whole, in order of rota, role and start. A shift without an end (one
 * person, round the clock) is cut where the century ends.
 */
export function* shiftsTouching(
  handbook: Handbook,
  span: Interval,
): Iterable<{ cover: RoleCover; shifts: readonly Span<Assignment>[] }> {
  for (const cover of eachRole(handbook, padded(span)))
    yield { cover, shifts: wholeShifts(handbook, cover, span) };
}

/** The shifts of one role, resolved `around` a span, that touch the span, whole as far as `shiftsTouching` looks. */
export function wholeShifts(
  handbook: Handbook,
  cover: RoleCover,
  span: Interval,
): readonly Span<Assignment>[] {
  let whole = touching(byPerson(cover.cover()), span);
  let edges = padded(span);
  for (const reach of FURTHER) {
    const cut = whole.at(0)?.startAt === edges.startAt || whole.at(-1)?.endAt === edges.endAt;
    if (!cut) break;
    edges = reach(span);
    whole = touching(byPerson(resolveOver(handbook, cover, edges)?.cover() ?? []), span);
  }
  return whole;
}

const widened = ({ startAt, endAt }: Interval, reach: number): Interval => ({
  startAt: startAt - reach,
  endAt: endAt + reach,
});

const touching = <T>(timeline: Timeline<T>, { startAt, endAt }: Interval): readonly Span<T>[] =>
  timeline.slice(indexFrom(timeline, startAt)).filter((span) => span.startAt < endAt);

/** One role over another span than the one it was resolved for; undefined when its hours do not reach there. */
export function resolveOver(
  handbook: Handbook,
  { rota, role }: RoleCover,
  span: Interval,
): RoleCover | undefined {
  const named = rota.terms
    .map(({ hours }) => handbook.hours.get(hours ?? ''))
    .filter((hours) => hours !== undefined);
  const hours = new Map(named.map((it) => [it.id, it]));
  return resolve({ ...handbook, hours, rotas: new Map([[rota.id, rota]]) }, span).roles.get(
    `${rota.id}/${role.id}`,
  );
}

/** The span that is published, and the horizon at its end: whole months, so that most days' output is the same. */
export function publishedSpan({ publishing: { back, ahead } }: Handbook, now: Instant): Interval {
  const monthOf = (instant: Instant, more: number): Instant => {
    const date = new Date(instant);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + more);
  };
  return { startAt: monthOf(now - daysOf(back) * DAY, 0), endAt: monthOf(now + daysOf(ahead) * DAY, 1) };
}
