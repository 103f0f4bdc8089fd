/** The overrides and agreed turns of a rota, and those that only one of two states has. Pure. */
import type { PathLocation, Rota } from '../model.ts';
import type { Day } from '../time/date.ts';
import type { Interval } from '../timeline.ts';

/** An override or an agreed turn, and the span in which it can change who holds a role. */
export interface ExplicitEntry extends Interval {
  readonly location: PathLocation;
}

/** The overrides and agreed turns of a rota, keyed by their content. A turn ends within eight days of its hand-over. */
function entriesIn(rota: Rota | undefined): ReadonlyMap<string, ExplicitEntry> {
  if (rota === undefined) return new Map();
  const { zone, overrides } = rota;
  const roles = [...rota.roles.values()];
  // The first seat is what the role is without seats.
  const nameOf = (id: string): string => {
    const seat = rota.roles.get(id)?.seat;
    return seat?.number === 1 ? seat.of : id;
  };
  // A follower holds an agreed turn up to this many turns earlier.
  const ahead = roles.reduce((sum, { follows }) => sum + (follows?.by ?? 0), 0);
  const turn = (on: Day): Interval => ({
    startAt: zone.startOf(on - 8 * ahead),
    endAt: zone.startOf(on + 8),
  });
  return new Map([
    ...roles.flatMap(({ id, turns }) =>
      [...turns].map(
        ([on, { person, location }]) =>
          [`${nameOf(id)} turn ${on} ${person}`, { ...turn(on), location }] as const,
      ),
    ),
    ...overrides.map((it) => {
      const { startAt, endAt } = it.kind === 'turn' ? turn(it.turnOn) : it;
      const text = `${nameOf(it.role)} ${it.kind} ${startAt} ${endAt} ${it.assignment.person}`;
      return [text, { startAt, endAt, location: it.location }] as const;
    }),
  ]);
}

/** The entries that only `one` has; `undefined` is a rota that does not exist. */
export function onlyIn(one: Rota | undefined, other: Rota | undefined): readonly ExplicitEntry[] {
  const others = entriesIn(other);
  return [...entriesIn(one)].flatMap(([text, it]) => (others.has(text) ? [] : [it]));
}
