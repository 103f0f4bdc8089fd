/** What one person held when: roles that count or do not, in hours or out of hours by the policy on time off. Pure. */
import type { Handbook, Rota, TimeOffTerms } from '../model.ts';
import { zoneOfPerson } from '../resolve/availability.ts';
import type { Resolved, RoleCover } from '../resolve/cover.ts';
import { isListed, isWithinHolidayLists } from '../resolve/holiday-horizon.ts';
import { coversOf, windowsOfRota } from '../resolve/resolve.ts';
import type { Zone } from '../time/zone.ts';
import {
  type Instant,
  type Interval,
  indexFrom,
  merge,
  restrict,
  type Span,
  spanAt,
  type Timeline,
} from '../timeline.ts';

/** A role, and when one person holds it. */
export interface HeldRole {
  /** `paas/out-of-hours/engineer`. */
  readonly name: string;
  readonly rota: Rota;
  /** False for a learner's role. */
  readonly counts: boolean;
  readonly held: Timeline<unknown>;
}

/** What a person held at an instant: the roles of one kind, the first kind that there is. */
export interface HeldThen {
  readonly kind: 'out-of-hours' | 'in-hours' | 'learner' | 'none';
  readonly roles: readonly HeldRole[];
}

/** The windows of support hours by instant for each rota, and which of them are in hours. */
export class DutyHours {
  readonly resolved: Resolved;
  readonly #windows = new Map<Rota, Timeline<string>>();
  readonly #inHours = new Map<TimeOffTerms, Map<Rota, Timeline<unknown>>>();
  readonly #shifts = new Map<TimeOffTerms, Map<HeldRole, Timeline<unknown>>>();

  constructor(resolved: Resolved) {
    this.resolved = resolved;
  }

  /** The roles that a person may hold within the span. */
  rolesOf(person: string): readonly HeldRole[] {
    return coversOf(this.resolved, person).map((cover) => heldRole(cover, person));
  }

  /** The windows of a rota's support hours, by the terms of the rota in force at each instant. */
  windowsOf(rota: Rota): Timeline<string> {
    let windows = this.#windows.get(rota);
    if (windows === undefined) {
      windows = windowsOfRota(this.resolved, rota);
      this.#windows.set(rota, windows);
    }
    return windows;
  }

  /** When it is not out of hours for a rota; never for one without support hours. */
  inHours(rota: Rota, terms: TimeOffTerms): Timeline<unknown> {
    const known = this.#inHours.get(terms) ?? new Map<Rota, Timeline<unknown>>();
    this.#inHours.set(terms, known);
    let inHours = known.get(rota);
    if (inHours === undefined) {
      const names = new Set(terms.inHours);
      const found: Timeline<unknown> = this.windowsOf(rota).filter(({ value }) => names.has(value));
      inHours = merge(found, () => true);
      known.set(rota, inHours);
    }
    return inHours;
  }

  /** What somebody held at an instant: out of hours if that is so for any of their roles that count. */
  dutyAt(roles: readonly HeldRole[], at: Instant, terms: TimeOffTerms): HeldThen {
    const now = roles.filter(({ held }) => spanAt(held, at) !== undefined);
    const counting = now.filter(({ counts }) => counts);
    const out = counting.filter(({ rota }) => spanAt(this.inHours(rota, terms), at) === undefined);
    if (out.length > 0) return { kind: 'out-of-hours', roles: out };
    if (counting.length > 0) return { kind: 'in-hours', roles: counting };
    return { kind: now.length > 0 ? 'learner' : 'none', roles: now };
  }

  /** The part of some time in which all of some rotas are in hours, so that it is not out of hours. */
  inHoursOfAll(time: Timeline<true>, rotas: readonly Rota[], terms: TimeOffTerms): Timeline<true> {
    const [first, last] = [time[0], time.at(-1)];
    if (first === undefined || last === undefined) return time;
    const span = { startAt: first.startAt, endAt: last.endAt };
    return rotas.reduce((rest, rota) => restrict(rest, around(this.inHours(rota, terms), span)), time);
  }

  /** The first instant from `at` on at which somebody holds a role that counts in hours. */
  nextInHours(roles: readonly HeldRole[], at: Instant, terms: TimeOffTerms): Instant | undefined {
    const starts = roles
      .filter(({ counts }) => counts)
      .map((role) => this.#shiftsInHours(role, terms))
      .flatMap((shifts) => shifts[indexFrom(shifts, at)] ?? [])
      .map(({ startAt }) => Math.max(startAt, at));
    return starts.length === 0 ? undefined : Math.min(...starts);
  }

  /** When somebody holds a role in hours. */
  #shiftsInHours(role: HeldRole, terms: TimeOffTerms): Timeline<unknown> {
    const known = this.#shifts.get(terms) ?? new Map<HeldRole, Timeline<unknown>>();
    this.#shifts.set(terms, known);
    let shifts = known.get(role);
    if (shifts === undefined) {
      shifts = restrict(role.held, this.inHours(role.rota, terms));
      known.set(role, shifts);
    }
    return shifts;
  }

  /** The support hours whose holiday list does not reach an instant; undefined where all of a person's do. */
  unlistedHours(roles: readonly HeldRole[], at: Instant): string | undefined {
    const { handbook } = this.resolved;
    const span = { startAt: at, endAt: at + 1 };
    for (const { rota } of roles) {
      if (isWithinHolidayLists(handbook, rota, span)) continue;
      for (const { hours } of rota.terms) if (!isListed(handbook, hours, span)) return hours;
    }
    return undefined;
  }
}

/** The spans of a timeline that overlap an interval, which are few of many. */
function around<T>(timeline: Timeline<T>, { startAt, endAt }: Interval): Timeline<T> {
  const from = indexFrom(timeline, startAt);
  let to = from;
  while (to < timeline.length && (timeline[to] as Interval).startAt < endAt) to++;
  return timeline.slice(from, to);
}

function heldRole({ rota, role, cover }: RoleCover, person: string): HeldRole {
  const own: readonly Span<unknown>[] = cover().filter(({ value }) => value.person === person);
  return {
    name: `${rota.id}/${role.id}`,
    rota,
    counts: role.counts,
    held: merge(own, () => true),
  };
}

/** The zone of the local times of somebody who holds roles: their own, or that of the first of the roles. */
export function zoneAt({ people }: Handbook, person: string, roles: readonly HeldRole[]): Zone | undefined {
  const [first] = roles;
  const known = people.get(person);
  if (first === undefined) return known?.zone;
  return known === undefined ? first.rota.zone : zoneOfPerson(known, first.rota);
}
