/**
 * Time beyond the published span that is somebody's already: the rest of a turn that begins within the span, and what
 * is written out, as an agreed swap is. Elsewhere the rotation decides, which is nobody's time yet. Whoever would keep
 * such time by the rotation alone agrees, because a later change of that asks nobody. Pure.
 */
import { type Assignment, type Handbook, type Rota, termsFor } from '../model.ts';
import type { Turn } from '../resolve/rotation.ts';
import { DAY, dateText } from '../time/date.ts';
import {
  clip,
  combine,
  type Instant,
  type Interval,
  layered,
  overlay,
  restrict,
  spanAt,
  type Timeline,
  without,
} from '../timeline.ts';
import type { AllChanges } from './all-changes.ts';
import { causeOf } from './cause.ts';
import type { CoverChange } from './changes.ts';
import { counterpartOf } from './counterpart.ts';
import { lastEntryEnd } from './explicit-entries.ts';
import type { IdentityChange } from './identity-change.ts';
import type { Pair } from './known-holidays.ts';
import { resolvedRota } from './older-changes.ts';
import { hasLeftBy } from './people.ts';
import { isSameCalendar } from './unchanged.ts';

/** How far a turn is followed that has no end, because its hand-over was amended. */
const LONGEST = 400 * DAY;

/**
 * The people who keep time of a rota beyond the span that only its rotation decides from then on: they have to agree.
 * They are asked about a day once, whatever days are holidays.
 */
export function* releasedTime(
  { alike, changes, chosen }: Pick<AllChanges, 'alike' | 'changes' | 'chosen'>,
  uncompared: readonly string[],
  span: Interval,
): Iterable<IdentityChange> {
  const known = new Set<string>();
  for (const it of [
    { ...alike, changes },
    ...chosen.map((it) => ({ ...it, changes: [...changes, ...it.changes] })),
  ])
    for (const change of releasedBetween(it, it.changes, uncompared, span)) {
      const keys = change.keys.filter(
        ({ key, before }) => !known.has(JSON.stringify([change.id, key, before])),
      );
      for (const { key, before } of keys) known.add(JSON.stringify([change.id, key, before]));
      if (keys.length > 0) yield { ...change, keys };
    }
}

/** The same between two handbooks, without what they lose by some changes. */
function* releasedBetween(
  pair: Pair,
  changes: readonly CoverChange[],
  uncompared: readonly string[],
  span: Interval,
): Iterable<IdentityChange> {
  const keyOf = (...parts: readonly unknown[]) => JSON.stringify(parts);
  const losses = Map.groupBy(
    changes.filter(({ effect }) => effect === undefined),
    ({ rota, role, before }) => keyOf(rota, role, before),
  );
  for (const [id, was] of pair.was.rotas) {
    const is = pair.is.rotas.get(id);
    if (is === undefined || uncompared.includes(id)) continue;
    if (hasSameLines(pair, was, is)) continue;
    const far = { startAt: span.endAt, endAt: decidedUntil(pair.was, was, span.endAt) };
    if (far.startAt >= far.endAt) continue;
    const ends = new Map<string, { readonly person: string; readonly endAt: Instant }>();
    for (const { role, turns, held } of releasedIn(pair, was, is, far))
      for (const [person, all] of Map.groupBy(held, (it) => it.value)) {
        const lost = layered((losses.get(keyOf(id, role, person)) ?? []).map(masked));
        // Each turn by itself: once the span reaches the first of several, the others are still what was agreed to.
        for (const { endAt } of without(all, lost))
          ends.set(keyOf(role, person, spanAt(turns, endAt - 1)?.endAt), { person, endAt });
      }
    if (ends.size === 0) continue;
    const location = causeOf(`${id}/${[...is.roles.keys()][0] ?? ''}`, pair.was, pair.is);
    const found = [...ends.values()].toSorted((one, other) => one.endAt - other.endAt);
    const days = found.map(({ person, endAt }) => [person, dateText(was.zone.dayOf(endAt - 1))] as const);
    for (const [person, day] of new Map(days.map((it) => [keyOf(it), it])).values()) {
      const asked = askedFor(pair.was, was.team, person);
      if (asked === undefined) continue;
      const keys = [{ key: person, before: `up to ${day}`, after: undefined, location }];
      const teams = hasLeftBy(pair.was.people.get(asked), span.startAt) ? [was.team] : undefined;
      yield { kind: 'named', id, keys, concerned: [asked], teams };
    }
  }
}

const masked = ({ startAt, endAt }: Interval) => ({ startAt, endAt, value: true });

/** Whether nothing differs that decides which time is written out, and when turns end. */
function hasSameLines({ was: base, is: head }: Pair, was: Rota, is: Rota): boolean {
  const lines = ({ zone, terms, roles, overrides }: Rota): string =>
    JSON.stringify([
      zone.name,
      terms.map(({ firstOn, handover, hours }) => [String(firstOn), handover, hours ?? null]),
      [...roles.values()].map(({ id, follows, rotation, turns }) => [
        ...[id, follows ?? null, rotation.map(({ firstOn, seats }) => [firstOn, seats ?? null])],
        [...turns].map(([on, { person }]) => [on, person]),
      ]),
      overrides.map(({ location: _, assignment: { person, change }, ...it }) => [it, person, change ?? null]),
    ]);
  return (
    is.terms.every(({ hours }) => hours === undefined || isSameCalendar(base, head, hours)) &&
    lines(was) === lines(is)
  );
}

/** By when the turns that an instant cuts, and everything that is written out, have ended. */
function decidedUntil(handbook: Handbook, { id }: Rota, at: Instant): Instant {
  const { roles } = resolvedRota(handbook, id, { startAt: at, endAt: at + 1 });
  const cut = [...roles.values()].flatMap(({ list }) => cutBy(list, at)?.endAt ?? []);
  return Math.max(lastEntryEnd(handbook, id, at), ...cut.map((end) => Math.min(end, at + LONGEST)));
}

/** The turn that goes on at an instant. */
const cutBy = (list: readonly Interval[], at: Instant): Interval | undefined =>
  list.find(({ startAt, endAt }) => startAt < at && at < endAt);

/** Of each role, by its name after: its turns, and when somebody has its time before, and later by rotation alone. */
function releasedIn(pair: Pair, was: Rota, is: Rota, far: Interval) {
  const [before, after] = [decidedIn(pair.was, was, far), decidedIn(pair.is, is, far)];
  const names = new Map([...is.roles.values()].map((role) => [counterpartOf(was, role)?.id, role.id]));
  return [...before].map(([id, { turns, own }]) => {
    const role = names.get(id) ?? id;
    const now = after.get(role)?.own ?? [];
    return { role, turns, held: combine(own, now, (one, other) => (one === other ? undefined : one)) };
  });
}

/** The turns of a role, and who has its time by other lines than a rotation that begins after an instant. */
interface Decided {
  readonly turns: readonly Turn[];
  readonly own: Timeline<string>;
}

/** Of each role of a rota, beyond the start of an interval. */
function decidedIn(handbook: Handbook, rota: Rota, far: Interval): ReadonlyMap<string, Decided> {
  const only = (own: Rota) =>
    resolvedRota({ ...handbook, rotas: new Map([[rota.id, own]]) }, rota.id, far).roles;
  const written = only(withoutPeople(rota));
  const turns = only(rota);
  return new Map(
    [...written.values()].map(({ role, cover, duty }) => {
      const { list = [], afterTurnOverrides = [] } = turns.get(`${rota.id}/${role.id}`) ?? {};
      const rest = {
        startAt: far.startAt,
        endAt: Math.min(cutBy(list, far.startAt)?.endAt ?? far.startAt, far.endAt),
      };
      const ofTurn = restrict(clip(afterTurnOverrides, rest), duty);
      // Whoever is assigned to a planned change is asked as such.
      const ofLines = cover().filter(({ value }) => value.change === undefined);
      return [role.id, { turns: list, own: peopleOf(overlay(ofTurn, ofLines)) }] as const;
    }),
  );
}

const peopleOf = (held: Timeline<Assignment>): Timeline<string> =>
  held.map(({ startAt, endAt, value }) => ({ startAt, endAt, value: value.person }));

/** A rota with the same turns, in which the rotations have nobody: what is left is written out. */
const withoutPeople = (rota: Rota): Rota => ({
  ...rota,
  roles: new Map(
    [...rota.roles].map(([id, role]) => [
      id,
      { ...role, rotation: role.rotation.map((entry) => ({ ...entry, people: [] })) },
    ]),
  ),
});

/** Whom the policy of a team asks about somebody's time: themselves, or only their delivery lead. */
function askedFor({ notice, people }: Handbook, team: string, person: string): string | undefined {
  const { consent } = termsFor(notice, team);
  if (consent.includes('both-people')) return person;
  return consent.length === 0 ? undefined : (people.get(person)?.deliveryLead ?? person);
}
