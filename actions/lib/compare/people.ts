/** Where a handbook names people, and by which logins. Pure. */
import type { Handbook, Handover, PathLocation, Person, Rota } from '../model.ts';
import { DAY, type Day } from '../time/date.ts';
import { dayOfTurn } from '../time/turn-name.ts';
import type { Instant, Interval } from '../timeline.ts';

/** Whether two logins are the same: GitHub ignores case. */
export const sameLogin = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Whether somebody's last day is over by an instant, so that nobody can ask them about what follows. */
export const hasLeftBy = (person: Pick<Person, 'lastOn'> | undefined, by: Instant): boolean =>
  person?.lastOn !== undefined && (person.lastOn + 1) * DAY <= by;

/** A line of a rota that names a person, and the days for which it can matter. */
export interface Place {
  readonly person: string;
  readonly rota: string;
  readonly team: string;
  readonly fromOn: Day;
  readonly untilOn: Day;
  readonly location: PathLocation;
}

/** Every place of everybody: in a rotation, an agreed turn, an override or a planned change. */
export function* placesOf({ rotas }: Handbook): Iterable<Place> {
  for (const { id: rota, team, terms, roles, overrides } of rotas.values()) {
    const days = longestTurn(terms);
    const turn = (on: number) => ({ fromOn: dayOfTurn(on), untilOn: dayOfTurn(on) + days });
    for (const { rotation, turns } of roles.values()) {
      for (const [i, { firstOn, people }] of rotation.entries()) {
        const untilOn = dayOfTurn(rotation[i + 1]?.firstOn ?? Number.POSITIVE_INFINITY);
        for (const { person, location } of people)
          yield { person, rota, team, fromOn: dayOfTurn(firstOn), untilOn, location };
      }
      for (const [on, { person, location }] of turns) yield { person, rota, team, ...turn(on), location };
    }
    for (const it of overrides) {
      const { person } = it.assignment;
      const days =
        it.kind === 'turn'
          ? turn(it.turnOn)
          : { fromOn: Math.floor(it.startAt / DAY), untilOn: Math.ceil(it.endAt / DAY) };
      yield { person, rota, team, ...days, location: it.location };
    }
  }
}

/** How many days a turn can take at most, where only its first is written; twice as many if its hand-over changes. */
const longestTurn = (terms: Rota['terms']): number =>
  Math.max(...terms.map(({ handover }) => daysBetween(handover))) * Math.min(terms.length, 2);

/** How many days lie between hand-overs at most; between those of working days, a week and some holidays. */
function daysBetween(handover: Handover): number {
  if (handover.kind === 'weeks') return handover.weeks * 7 + 1;
  if (handover.kind === 'times') return 2;
  return handover.kind === 'monthly' ? 32 : 15;
}

/** Whether a place can matter within a span. */
export const isPlaceIn = ({ fromOn, untilOn }: Place, { startAt, endAt }: Interval): boolean =>
  fromOn * DAY < endAt && untilOn * DAY > startAt;

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
