/** Where a handbook names people, and by which logins. Pure. */
import type { Handbook, PathLocation, Person, Rota } from '../model.ts';
import { DAY, type Day } from '../time/date.ts';
import { dayOfTurn } from '../time/turn-name.ts';
import type { Instant, Interval } from '../timeline.ts';
import { type FollowersReach, followersReach, turnSpans } from './explicit-entries.ts';
import { once } from './once.ts';

/** Whether two logins are the same: GitHub ignores case. */
export const sameLogin = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Whether somebody's last day is over by an instant, so that nobody can ask them about what follows. */
export const hasLeftBy = (person: Pick<Person, 'lastOn'> | undefined, by: Instant): boolean =>
  person?.lastOn !== undefined && (person.lastOn + 1) * DAY <= by;

/** A line of a rota that names a person. */
export interface Place {
  readonly person: string;
  readonly rota: string;
  readonly team: string;
  /** The first day as it is written. */
  readonly firstOn: Day;
  /** The time in which it can matter, for followers of the role as well; the last entry of a rotation has no end. */
  readonly span: () => Interval;
  readonly location: PathLocation;
}

/** The places of each handbook, because several questions ask for them. */
const known = new WeakMap<Handbook, readonly Place[]>();

/** Every place of everybody: in a rotation, an agreed turn, an override or a planned change. */
export function placesOf(handbook: Handbook): readonly Place[] {
  const places =
    known.get(handbook) ?? [...handbook.rotas.values()].flatMap((it) => placesOfRota(handbook, it));
  known.set(handbook, places);
  return places;
}

function placesOfRota(handbook: Handbook, own: Rota): readonly Place[] {
  const { id: rota, team, roles, overrides } = own;
  const turn = turnSpans(handbook, own);
  const reach = followersReach([...roles.values()]);
  const place = (person: string, firstOn: Day, span: () => Interval, location: PathLocation): Place => ({
    ...{ person, rota, team, firstOn, span: once(span), location },
  });
  const ofRoles = [...roles.values()].flatMap(({ id, rotation, turns }) => [
    ...rotation.flatMap(({ firstOn, people }, i) => {
      const next = rotation[i + 1];
      const span = once(() => ({
        startAt: turn(id, firstOn, { back: reach.back, ahead: 0 }).startAt,
        endAt:
          next === undefined ? Number.POSITIVE_INFINITY : turn(id, next.firstOn, lastBefore(reach)).endAt,
      }));
      return people.map(({ person, location }) => place(person, dayOfTurn(firstOn), span, location));
    }),
    ...[...turns].map(([on, { person, location }]) =>
      place(person, dayOfTurn(on), () => turn(id, on, reach), location),
    ),
  ]);
  const ofOverrides = overrides.map((it) => {
    const { role, location, assignment } = it;
    return it.kind === 'turn'
      ? place(
          assignment.person,
          dayOfTurn(it.turnOn),
          () => turn(role, it.turnOn, { back: 0, ahead: 0 }),
          location,
        )
      : place(assignment.person, Math.floor(it.startAt / DAY), () => it, location);
  });
  return [...ofRoles, ...ofOverrides];
}

/** How far followers still hold turns of one entry of a rotation, counted from the first turn of the next. */
const lastBefore = ({ ahead }: FollowersReach): FollowersReach => ({ back: 0, ahead: ahead - 1 });

/** Whether a place can matter within a span. */
export function isPlaceIn(place: Place, { startAt, endAt }: Interval): boolean {
  const own = place.span();
  return own.startAt < endAt && own.endAt > startAt;
}

/** The teams in whose rotas each person has a place. */
export const placesIn = (handbook: Handbook): ReadonlyMap<string, ReadonlySet<string>> =>
  teamsOfAll(placesOf(handbook));

/**
 * The teams in whose rotas each person has a place within a span, or, if they have none then, at any time: what is
 * written for years ahead, or is long over, makes nobody one of a team.
 */
export function placesWithin(handbook: Handbook, span: Interval): ReadonlyMap<string, ReadonlySet<string>> {
  const all = [...placesOf(handbook)];
  return new Map([...teamsOfAll(all), ...teamsOfAll(all.filter((it) => isPlaceIn(it, span)))]);
}

function teamsOfAll(all: Iterable<Place>): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>();
  for (const { person, team } of all) places.set(person, (places.get(person) ?? new Set()).add(team));
  return places;
}
