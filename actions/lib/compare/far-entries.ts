/**
 * How much of a rota is resolved because of what is written out for years ahead: overrides and agreed turns are
 * compared beyond the published span, too, and a mistyped year asks for all the shifts up to it. Pure.
 */
import type { Handbook, HoursTerms, PathLocation, Rota, RotaTerms } from '../model.ts';
import { publishedSpan } from '../resolve/resolve.ts';
import { DAY } from '../time/date.ts';
import { dayOfTurn, type TurnOn } from '../time/turn-name.ts';
import type { Instant } from '../timeline.ts';
import { followersReach } from './explicit-entries.ts';

/** The last override or agreed turn of a rota, and about how many shifts its roles have up to its end. */
export interface FarEntry {
  readonly endAt: Instant;
  readonly shifts: number;
  readonly location: PathLocation;
}

/** As many shifts of one rota, and of all rotas that differ, as can be compared within seconds. */
const MOST_SHIFTS = { ofRota: 250_000, ofAll: 1_000_000 };

/** The rotas with entries so far after an instant that all the shifts up to them cannot be compared. */
export const tooFarAhead = (handbook: Handbook, at: Instant): ReadonlyMap<string, FarEntry> =>
  new Map(
    [...handbook.rotas].flatMap(([id, rota]) => {
      const far = farEntry(handbook, rota, at);
      return far !== undefined && far.shifts > MOST_SHIFTS.ofRota ? [[id, far]] : [];
    }),
  );

/**
 * The rotas of two states that are too much to compare up to the last entry of either, as where one has entries of
 * years ahead and the other hourly hand-overs, and when that entry ends.
 */
export function tooFarToCompare(was: Handbook, is: Handbook, at: Instant): ReadonlyMap<string, Instant> {
  const found = new Map<string, Instant>();
  let all = 0;
  for (const id of new Set([...was.rotas.keys(), ...is.rotas.keys()])) {
    const both = [was, is].flatMap((handbook) => {
      const rota = handbook.rotas.get(id);
      return rota === undefined ? [] : [{ handbook, rota }];
    });
    const ends = both.flatMap(({ handbook, rota }) => farEntry(handbook, rota, at)?.endAt ?? []);
    if (ends.length === 0) continue;
    const endAt = Math.max(...ends);
    const perWeek = Math.max(...both.map(({ handbook, rota }) => shiftsPerWeek(handbook, rota)));
    const shifts = (perWeek * (endAt - at)) / WEEK;
    if (shifts > MOST_SHIFTS.ofRota || all + shifts > MOST_SHIFTS.ofAll) found.set(id, endAt);
    else all += shifts;
  }
  return found;
}

const WEEK = 7 * DAY;

/** The last entry of a rota that ends after an instant; undefined if there is none. */
export function farEntry(handbook: Handbook, rota: Rota, at: Instant): FarEntry | undefined {
  let last: Pick<FarEntry, 'endAt' | 'location'> | undefined;
  const add = (endAt: Instant, location: PathLocation) => {
    if (endAt > (last?.endAt ?? at)) last = { endAt, location };
  };
  const endOf = (on: TurnOn) => (dayOfTurn(on) + 1) * DAY;
  // Followers hold an agreed turn so many turns later.
  const { ahead } = followersReach([...rota.roles.values()]);
  const rest = ahead * Math.max(...rota.terms.map((it) => WEEK / handoversPerWeek(it)));
  for (const { turns } of rota.roles.values())
    for (const [on, { location }] of turns) add(endOf(on) + rest, location);
  for (const it of rota.overrides) add(it.kind === 'turn' ? endOf(it.turnOn) : it.endAt, it.location);
  if (last === undefined) return undefined;
  return { ...last, shifts: Math.ceil(((last.endAt - at) / WEEK) * shiftsPerWeek(handbook, rota)) };
}

/** About how many shifts of all rotas are resolved: within the published span, and up to entries of years ahead. */
export function shiftsResolved(handbook: Handbook, now: Instant): number {
  const { startAt, endAt } = publishedSpan(handbook, now);
  const weeks = (endAt - startAt) / WEEK;
  return [...handbook.rotas.values()].reduce(
    (sum, rota) =>
      sum + weeks * shiftsPerWeek(handbook, rota) + (farEntry(handbook, rota, endAt)?.shifts ?? 0),
    0,
  );
}

/** About how many shifts a week all roles of a rota have at most, and windows of its hours, which are all resolved. */
export function shiftsPerWeek({ hours }: Handbook, { roles, terms }: Rota): number {
  const most = (countOf: (own: RotaTerms, all: readonly HoursTerms[]) => number) =>
    Math.max(...terms.map((own) => countOf(own, hours.get(own.hours ?? '')?.terms ?? [])));
  const windows = most((_, all) => Math.max(0, ...all.map((it) => stretchesPerWeek(it, undefined))));
  const shifts = most(
    (own, all) => handoversPerWeek(own) + Math.max(0, ...all.map((it) => stretchesPerWeek(it, own.covers))),
  );
  return windows + roles.size * shifts;
}

function handoversPerWeek({ handover }: RotaTerms): number {
  switch (handover.kind) {
    case 'weekly':
      return Math.max(1, handover.times.filter((it) => it !== undefined).length);
    case 'weeks':
      return 1 / handover.weeks;
    case 'monthly':
      return 12 / 52;
    case 'working-days':
    case 'weekdays':
      return 5;
    case 'times':
      return 7 * handover.times.length;
  }
}

function stretchesPerWeek({ windows }: HoursTerms, covers: RotaTerms['covers']): number {
  const recurring = (name: string): number => {
    const window = windows.get(name);
    const stretches = window?.kind === 'recurring' ? window.stretches : [];
    return sum(stretches.map(({ days }) => (typeof days === 'string' ? 7 : days.size)));
  };
  const countOf = (name: string): number => {
    const window = windows.get(name);
    return window?.kind === 'outside' ? sum(window.of.map(recurring)) + 1 : recurring(name);
  };
  return sum((covers ?? [...windows.keys()]).map(countOf));
}

const sum = (all: readonly number[]): number => all.reduce((one, other) => one + other, 0);
