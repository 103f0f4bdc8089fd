/**
 * Time that somebody keeps, but that is in hours, by the policy on time off, only before a change or only after it.
 * Alerts in hours earn no time off. Pure.
 */
import type { Handbook, Rota } from '../model.ts';
import { rangeOf } from '../resolve/hours.ts';
import { resolve, windowsOfRota } from '../resolve/resolve.ts';
import { dateText } from '../time/date.ts';
import { clip, combine, type Instant, type Interval, layered, restrict, type Timeline } from '../timeline.ts';
import { causeOf } from './cause.ts';
import { counterpartOf } from './counterpart.ts';
import { firstDifferences } from './first-difference.ts';
import type { IdentityChange, KeyChange } from './identity-change.ts';
import type { Pair } from './known-holidays.ts';
import { beganAt, resolvedRota } from './older-changes.ts';
import { isSameCalendar } from './unchanged.ts';

/** What some time becomes. */
type Becomes = 'in hours' | 'out of hours';

/** A rota before and after, and when it can differ. */
interface Compared extends Record<keyof Pair, Rota> {
  readonly span: Interval;
}

/**
 * The rotas whose people keep time that is in hours on one side alone, from the first turn on record to an instant. A
 * lead of the rota's team agrees, as a lead does to the policy itself. Without those that cannot be compared, for which
 * a pull request waits, or fails, anyway.
 */
export function* timeOffChanges(
  pair: Pair,
  uncompared: readonly string[],
  until: Instant,
): Iterable<IdentityChange> {
  // Those with the same hours in the same zone differ at the same times.
  for (const alike of Map.groupBy(comparedRotas(pair, uncompared, until), hoursKey).values()) {
    const differing = differingHours(pair, alike);
    for (const rota of alike) {
      const own = clip(differing, rota.span);
      const [first, last] = [own[0], own.at(-1)];
      if (first === undefined || last === undefined) continue;
      const span = { startAt: first.startAt, endAt: last.endAt };
      const keys = keysOf(pair, rota, restrict(own, keptTime(pair, rota, span)));
      const { id, team } = rota.was;
      if (keys.length > 0) yield { kind: 'time-off', id, keys, concerned: [], teams: [team] };
    }
  }
}

function comparedRotas(pair: Pair, uncompared: readonly string[], until: Instant): readonly Compared[] {
  const differFrom = firstDifferences(pair.was, pair.is);
  return [...pair.was.rotas.values()].flatMap((was) => {
    const is = pair.is.rotas.get(was.id);
    if (is === undefined || uncompared.includes(was.id) || hasSameHours(pair, was, is)) return [];
    const startAt = Math.max(differFrom(was.id), Math.min(beganAt(was), beganAt(is)));
    return startAt < until ? [{ was, is, span: { startAt, endAt: until } }] : [];
  });
}

const termsKey = ({ zone, terms }: Rota): unknown => [
  zone.name,
  terms.map(({ firstOn, hours }) => [Number.isFinite(firstOn) ? firstOn : null, hours ?? null]),
];

const hoursKey = ({ was, is }: Compared): string => JSON.stringify([termsKey(was), termsKey(is)]);

const hasSameHours = ({ was: base, is: head }: Pair, was: Rota, is: Rota): boolean =>
  JSON.stringify(termsKey(was)) === JSON.stringify(termsKey(is)) &&
  is.terms.every(({ hours }) => hours === undefined || isSameCalendar(base, head, hours));

/** What the time becomes that is in hours on one side alone, for rotas with the same hours. */
function differingHours(pair: Pair, alike: readonly Compared[]): Timeline<Becomes> {
  const [{ was, is } = {}] = alike;
  if (was === undefined || is === undefined) return [];
  const startAt = Math.min(...alike.map(({ span }) => span.startAt));
  const endAt = Math.max(...alike.map(({ span }) => span.endAt));
  const inHours = (handbook: Handbook, rota: Rota): Timeline<unknown> => {
    const { terms } = handbook.timeOff;
    const named = new Set(rota.terms.map(({ hours }) => hours));
    const hours = new Map([...handbook.hours].filter(([id]) => named.has(id)));
    const resolved = resolve({ ...handbook, hours, rotas: new Map() }, { startAt, endAt });
    const windows = windowsOfRota(resolved, rota);
    return terms.flatMap(({ inHours }, i) =>
      clip(windows, rangeOf(rota.zone, terms, i, { startAt, endAt })).filter(({ value }) =>
        inHours.includes(value),
      ),
    );
  };
  return combine<unknown, unknown, Becomes>(inHours(pair.was, was), inHours(pair.is, is), (before, after) =>
    (before === undefined) === (after === undefined)
      ? undefined
      : after === undefined
        ? 'out of hours'
        : 'in hours',
  );
}

/** When somebody holds a role that counts, and is the same person before and after. */
function keptTime({ was: base, is: head }: Pair, { was, is }: Compared, span: Interval): Timeline<true> {
  const [before, after] = [resolvedRota(base, was.id, span), resolvedRota(head, is.id, span)];
  const kept = [...after.roles.values()].flatMap(({ role, cover }) => {
    const counterpart = counterpartOf(was, role);
    const own = before.roles.get(`${was.id}/${counterpart?.id}`);
    if (own === undefined || !own.role.counts || !role.counts) return [];
    return combine(own.cover(), cover(), (one, other) =>
      one !== undefined && one.person === other?.person ? (true as const) : undefined,
    );
  });
  return layered(kept);
}

/** From when on time becomes in hours, and from when on it becomes out of hours. */
function keysOf(
  { was: base, is: head }: Pair,
  { is }: Compared,
  kept: Timeline<Becomes>,
): readonly KeyChange[] {
  const [role = ''] = is.roles.keys();
  const location = causeOf(`${is.id}/${role}`, base, head);
  return (['in hours', 'out of hours'] as const).flatMap((after) => {
    const first = kept.find(({ value }) => value === after);
    if (first === undefined) return [];
    const before = after === 'in hours' ? 'out of hours' : 'in hours';
    return [{ key: dateText(is.zone.dayOf(first.startAt)), before, after, location, at: first.startAt }];
  });
}
