/**
 * How much of a rota is resolved because of what is written out for years ahead: overrides and agreed turns are
 * compared beyond the published span, too, and a mistyped year asks for all the shifts up to it. Pure.
 */
import type { Handbook, HoursTerms, PathLocation, Rota, RotaTerms } from '../model.ts';
import { DAY } from '../time/date.ts';
import { dayOfTurn, type TurnOn } from '../time/turn-name.ts';
import type { Instant } from '../timeline.ts';

/** The last override or agreed turn of a rota, and about how many shifts its roles have up to it. */
export interface FarEntry {
  readonly endAt: Instant;
  readonly shifts: number;
  readonly location: PathLocation;
}

/** As many shifts of one rota as can be compared within a few seconds. */
const MOST_SHIFTS = 250_000;

/** The rotas with entries so far after an instant that all the shifts up to them cannot be compared. */
export const tooFarAhead = (handbook: Handbook, at: Instant): ReadonlyMap<string, FarEntry> =>
  new Map(
    [...handbook.rotas].flatMap(([id, rota]) => {
      const far = farEntry(handbook, rota, at);
      return far !== undefined && far.shifts > MOST_SHIFTS ? [[id, far]] : [];
    }),
  );

/** The last entry of a rota that ends after an instant; undefined if there is none. */
export function farEntry(handbook: Handbook, rota: Rota, at: Instant): FarEntry | undefined {
  let last: Pick<FarEntry, 'endAt' | 'location'> | undefined;
  const add = (endAt: Instant, location: PathLocation) => {
    if (endAt > (last?.endAt ?? at)) last = { endAt, location };
  };
  const endOf = (on: TurnOn) => (dayOfTurn(on) + 1) * DAY;
  for (const { turns } of rota.roles.values())
    for (const [on, { location }] of turns) add(endOf(on), location);
  for (const it of rota.overrides) add(it.kind === 'turn' ? endOf(it.turnOn) : it.endAt, it.location);
  if (last === undefined) return undefined;
  const weeks = (last.endAt - at) / (7 * DAY);
  return { ...last, shifts: Math.ceil(weeks * shiftsPerWeek(handbook, rota)) };
}

/** About how many shifts a week all roles of a rota have at most, which its hand-overs and windows begin. */
const shiftsPerWeek = ({ hours }: Handbook, { roles, terms }: Rota): number =>
  roles.size *
  Math.max(
    ...terms.map((own) => {
      const windows = hours.get(own.hours ?? '')?.terms.map((it) => stretchesPerWeek(it, own.covers)) ?? [];
      return handoversPerWeek(own) + Math.max(0, ...windows);
    }),
  );

function handoversPerWeek({ handover }: RotaTerms): number {
  switch (handover.kind) {
    case 'weekly':
      return handover.times.filter((it) => it !== undefined).length;
    case 'weeks':
    case 'monthly':
      return 1;
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
