/** The overrides and agreed turns of a rota, and those that only one of two states has. Pure. */
import type { Handbook, PathLocation, Role, Rota } from '../model.ts';
import { type TurnFinder, turnFinder } from '../resolve/turn-finder.ts';
import { DAY } from '../time/date.ts';
import { dayOfTurn, type TurnOn } from '../time/turn-name.ts';
import { type Instant, type Interval, layered, spanAt } from '../timeline.ts';

/** An override or an agreed turn, and the span in which it can change who holds a role. */
export interface ExplicitEntry extends Interval {
  /** The role, or the first of its seats. */
  readonly role: string;
  readonly location: PathLocation;
}

/** The longest that a turn is followed: one of 52 weeks, or one that has no end because its hand-over was amended. */
const LONGEST = 400 * DAY;

/**
 * The overrides and agreed turns of a rota that begin after an instant, or whose followers may, keyed by their content;
 * their spans are computed when called.
 */
function entriesIn(
  handbook: Handbook,
  id: string,
  since: Instant = Number.NEGATIVE_INFINITY,
): ReadonlyMap<string, () => ExplicitEntry> {
  const rota = handbook.rotas.get(id);
  if (rota === undefined) return new Map();
  const roles = [...rota.roles.values()];
  // The first seat is what the role is without seats.
  const nameOf = (role: string): string => {
    const seat = rota.roles.get(role)?.seat;
    return seat?.number === 1 ? seat.of : role;
  };
  const reach = followersReach(roles);
  const turn = turnSpans(handbook, rota);
  const isSince = (on: TurnOn) => dayOfTurn(on) * DAY >= since - reach.ahead * LONGEST;
  return new Map<string, () => ExplicitEntry>([
    ...roles.flatMap(({ id: role, turns }) =>
      [...turns].flatMap(([on, { person, location }]) => {
        const entry = () => ({ ...turn(role, on, reach), role: nameOf(role), location });
        return isSince(on) ? [[`${nameOf(role)} turn ${on} ${person}`, entry] as const] : [];
      }),
    ),
    ...rota.overrides.flatMap((it) => {
      const { kind, role, location, assignment } = it;
      if (it.kind === 'turn') {
        const span = () => turn(role, it.turnOn, { back: 0, ahead: 0 });
        const entry = () => ({ ...span(), role: nameOf(role), location });
        const text = `${nameOf(role)} override ${it.turnOn} ${assignment.person}`;
        return isSince(it.turnOn) ? [[text, entry] as const] : [];
      }
      const { startAt, endAt } = it;
      const text = `${nameOf(role)} ${kind} ${startAt} ${endAt} ${assignment.person}`;
      const entry = () => ({ startAt, endAt, role: nameOf(role), location });
      return endAt >= since ? [[text, entry] as const] : [];
    }),
  ]);
}

/** Gives the span of a turn of a role, with so many turns before and after it; of a week where no turn begins. */
export function turnSpans(handbook: Handbook, rota: Rota) {
  const finders = new Map<string, TurnFinder>();
  return (id: string, on: TurnOn, more: FollowersReach): Interval => {
    const role = rota.roles.get(id);
    const find = finders.get(id) ?? (role === undefined ? () => undefined : turnFinder(handbook, rota, role));
    finders.set(id, find);
    const day = rota.zone.startOf(dayOfTurn(on));
    const { startAt, endAt } = find(on, more) ?? { startAt: day, endAt: day + 8 * DAY };
    return { startAt, endAt: Math.min(endAt, day + LONGEST * (1 + more.ahead)) };
  };
}

/** How many turns earlier, and later, others hold an agreed turn. */
export interface FollowersReach {
  readonly back: number;
  readonly ahead: number;
}

/** A follower holds an agreed turn up to so many turns earlier, or later. */
export const followersReach = (roles: readonly Role[]): FollowersReach => ({
  back: roles.reduce((sum, { follows }) => sum + Math.max(0, follows?.by ?? 0), 0),
  ahead: roles.reduce((sum, { follows }) => sum + Math.max(0, -(follows?.by ?? 0)), 0),
});

/** The end of the last entry of a rota, or the instant where none ends later. */
export const lastEntryEnd = (handbook: Handbook, rota: string, at: Instant): Instant =>
  [...entriesIn(handbook, rota, at - LONGEST).values()].reduce(
    (end, entry) => Math.max(end, entry().endAt),
    at,
  );

/** The entries of a rota that only `one` of two handbooks has; one may not have the rota. */
export function onlyIn(one: Handbook, other: Handbook, rota: string): readonly ExplicitEntry[] {
  const others = entriesIn(other, rota);
  return [...entriesIn(one, rota)].flatMap(([text, it]) => (others.has(text) ? [] : [it()]));
}

/**
 * Those of some new entries that did not take the place of entries that go, of the same role, whose span has theirs: an
 * override that is split in two, or written as an agreed turn, is no other entry.
 */
export function notInsteadOf(
  gone: readonly ExplicitEntry[],
  fresh: readonly ExplicitEntry[],
): readonly ExplicitEntry[] {
  const covered = new Map(
    [...Map.groupBy(gone, ({ role }) => role)].map(([role, own]) => [
      role,
      layered(own.map((it) => ({ ...it, value: true }))),
    ]),
  );
  return fresh.filter(({ role, startAt, endAt }) => {
    const span = spanAt(covered.get(role) ?? [], startAt);
    return span === undefined || span.endAt < endAt;
  });
}

/**
 * The spans, after an instant, of entries that both handbooks have, as each of them has it: an amended hand-over or a
 * longer holiday list changes who is there in them, although nobody writes the entry anew.
 */
export function keptAfter(
  one: Handbook,
  other: Handbook,
  rota: string,
  at: Instant,
): readonly ExplicitEntry[] {
  const [own, others] = [one, other].map((handbook) => entriesIn(handbook, rota, at - LONGEST));
  if (own === undefined || others === undefined || own.size === 0) return [];
  return [...own].flatMap(([text, entry]) => {
    const counterpart = others.get(text);
    return counterpart === undefined ? [] : [entry(), counterpart()].filter(({ endAt }) => endAt > at);
  });
}
