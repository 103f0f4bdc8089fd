/** What the file of a rota says of single turns and hours, to be told apart from what another state of it says. Pure. */
import type { PathLocation, Rota } from '../model.ts';
import type { Day } from '../time/date.ts';
import type { Interval } from '../timeline.ts';

/** An override or an agreed turn, and the time in which it can change who is there. */
export interface ExplicitEntry extends Interval {
  readonly location: PathLocation;
}

/** Every override and agreed turn of a rota by what it says. A turn ends within eight days of its hand-over. */
function writtenIn(rota: Rota | undefined): ReadonlyMap<string, ExplicitEntry> {
  if (rota === undefined) return new Map();
  const { zone, overrides } = rota;
  const roles = [...rota.roles.values()];
  // Followers hold an agreed turn so many turns before it.
  const ahead = roles.reduce((sum, { follows }) => sum + (follows?.by ?? 0), 0);
  const turn = (on: Day): Interval => ({
    startAt: zone.startOf(on - 8 * ahead),
    endAt: zone.startOf(on + 8),
  });
  return new Map([
    ...roles.flatMap(({ id, turns }) =>
      [...turns].map(
        ([on, { person, location }]) => [`${id} turn ${on} ${person}`, { ...turn(on), location }] as const,
      ),
    ),
    ...overrides.map((it) => {
      const { startAt, endAt } = it.kind === 'turn' ? turn(it.turnOn) : it;
      const text = `${it.role} ${it.kind} ${startAt} ${endAt} ${it.assignment.person}`;
      return [text, { startAt, endAt, location: it.location }] as const;
    }),
  ]);
}

/** What the one state of a rota has and the other has not; `undefined` is a rota that is not there. */
export function onlyIn(one: Rota | undefined, other: Rota | undefined): readonly ExplicitEntry[] {
  const others = writtenIn(other);
  return [...writtenIn(one)].flatMap(([text, it]) => (others.has(text) ? [] : [it]));
}
