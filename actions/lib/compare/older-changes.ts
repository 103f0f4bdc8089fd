/**
 * Changes of cover before the comparison begins: time off in lieu and pay are counted from the record, however old it
 * is. Only rotas that differ then are resolved, each from where it differs, and only so much of that: a pull request
 * that rewrites many years of many rotas is refused instead. Pure.
 */
import type { Handbook, Rota } from '../model.ts';
import type { Resolved } from '../resolve/cover.ts';
import { resolve } from '../resolve/resolve.ts';
import { DAY } from '../time/date.ts';
import { dayOfTurn } from '../time/turn-name.ts';
import type { Instant, Interval } from '../timeline.ts';
import { type CoverChange, changesOver, inOrder } from './changes.ts';
import { shiftsPerWeek } from './far-entries.ts';
import { firstDifferences } from './first-difference.ts';

/** How many days of roles are resolved at most: the history of fifty years of one role, or of a year of fifty. */
const MOST_DAYS = 50 * 366;

/** About how many shifts are resolved at most, of as many days as those are: fourteen a day. */
const MOST_SHIFTS = 14 * MOST_DAYS;

/** How many changes are listed at most; a rota that has more is refused. */
const MOST_CHANGES = 20_000;

/** Changes before the comparison, and the rotas that differ then of which there is too much to compare. */
export interface Older {
  readonly changes: readonly CoverChange[];
  readonly uncompared: readonly string[];
}

/**
 * Every change of cover before an instant; none of new rotas, which may bring an archive. `differFrom` gives the
 * instant before which nothing about a rota can differ.
 */
export function olderChanges(
  base: Handbook,
  head: Handbook,
  unread: readonly string[],
  until: Instant,
  differFrom: (rota: string) => Instant = firstDifferences(base, head),
): Older {
  const changes: CoverChange[] = [];
  const uncompared: string[] = [];
  let [days, shifts] = [0, 0];
  for (const [id, was] of base.rotas) {
    if (unread.includes(id)) continue;
    const is = head.rotas.get(id);
    const startAt = Math.max(differFrom(id), Math.min(beganAt(was), is === undefined ? until : beganAt(is)));
    if (startAt >= until) continue;
    days += ((until - startAt) / DAY) * Math.max(was.roles.size, is?.roles.size ?? 0);
    const perWeek = shiftsPerWeek(base, was);
    shifts +=
      ((until - startAt) / (7 * DAY)) * Math.max(perWeek, is === undefined ? 0 : shiftsPerWeek(head, is));
    const isTooMuch = days > MOST_DAYS || shifts > MOST_SHIFTS;
    const own = isTooMuch ? undefined : changesIn(base, head, id, { startAt, endAt: until });
    if (own === undefined || changes.length + own.length > MOST_CHANGES) uncompared.push(id);
    else changes.push(...own);
  }
  return { changes, uncompared };
}

const changesIn = (base: Handbook, head: Handbook, id: string, span: Interval): readonly CoverChange[] =>
  changesOver(resolvedRota(base, id, span), resolvedRota(head, id, span));

/** Resolves one rota alone, with the support hours that it names; none if there is no such rota. */
export function resolvedRota(handbook: Handbook, id: string, span: Interval): Resolved {
  const rota = handbook.rotas.get(id);
  const named = new Set(rota?.terms.map(({ hours }) => hours));
  const hours = new Map([...handbook.hours].filter(([own]) => named.has(own)));
  return resolve({ ...handbook, hours, rotas: new Map(rota && [[id, rota]]) }, span);
}

/** Before this, nobody is on duty in a rota. */
export function beganAt({ roles, overrides }: Rota): Instant {
  const days = [...roles.values()].flatMap(({ rotation, turns }) => [
    ...(rotation[0] === undefined ? [] : [dayOfTurn(rotation[0].firstOn)]),
    ...[...turns.keys()].map(dayOfTurn),
  ]);
  const entries = overrides.map((it) => (it.kind === 'turn' ? dayOfTurn(it.turnOn) * DAY : it.startAt));
  return Math.min(...[...days.map((day) => day * DAY), ...entries].map((it) => it - 2 * DAY));
}

/** Older changes and those of the comparison in one list, in which a change that it cuts is whole again. */
export function withOlder(
  older: readonly CoverChange[],
  changes: readonly CoverChange[],
): readonly CoverChange[] {
  if (older.length === 0) return changes;
  const ends = new Map(older.map((it) => [partKey(it, it.endAt), it]));
  const joined = new Set<CoverChange>();
  const whole = changes.map((it) => {
    const start = ends.get(partKey(it, it.startAt));
    if (start === undefined) return it;
    joined.add(start);
    return { ...it, startAt: start.startAt, continues: start.continues };
  });
  return [...older.filter((it) => !joined.has(it)), ...whole].toSorted(inOrder);
}

/** Two parts of one change, at an instant at which one ends and the other begins. */
const partKey = ({ rota, role, before, after, extra, effect, change }: CoverChange, at: Instant): string =>
  JSON.stringify([rota, role, before, after, extra, effect, change, at]);
