/** Whom changes of cover concern, and so who gets the news of them. Pure. */
import type { Against } from '../compare/against.ts';
import type { CoverChange } from '../compare/changes.ts';
import type { Exception } from '../compare/exceptions.ts';
import { teamOf } from '../compare/terms.ts';
import type { Handbook, Person } from '../model.ts';
import { publishedName } from '../query/shifts.ts';
import { digestOf } from '../text/digest.ts';

/** What one person is told of: their own time, that of the people they lead, and that of the teams they lead. */
export interface Receiver {
  readonly own: Exception[];
  readonly led: Exception[];
  readonly teams: Exception[];
  readonly ledPeople: Set<string>;
  readonly ledTeams: Set<string>;
}

/** Everybody who is told something of some changes, by the policy on messages. */
export function receiversIn(against: Against, changes: readonly Exception[]): ReadonlyMap<string, Receiver> {
  const { head } = against;
  const asked = new Set(head.messages.to);
  const all = new Map<string, Receiver>();
  const receiver = (id: string): Receiver => {
    const known = all.get(id) ?? {
      ...{ own: [], led: [], teams: [] },
      ...{ ledPeople: new Set<string>(), ledTeams: new Set<string>() },
    };
    all.set(id, known);
    return known;
  };
  for (const exception of changes) {
    const people = concerned(exception);
    if (asked.has('affected')) for (const id of people) receiver(id).own.push(exception);
    const leads = new Map<string, string[]>();
    for (const id of people) {
      const lead = personIn(against, id)?.deliveryLead;
      if (lead !== undefined) leads.set(lead, [...(leads.get(lead) ?? []), id]);
    }
    if (asked.has('delivery-leads'))
      for (const [lead, led] of leads) {
        if (people.includes(lead)) continue;
        receiver(lead).led.push(exception);
        for (const id of led) receiver(lead).ledPeople.add(id);
      }
    const team = teamOf(exception.rota);
    if (asked.has('team-leads'))
      for (const lead of teamIn(against, team)?.leads ?? []) {
        if (people.includes(lead)) continue;
        receiver(lead).teams.push(exception);
        receiver(lead).ledTeams.add(team);
      }
  }
  return all;
}

/** Every change, by whose time it is and by team: of the whole comparison, so that no id depends on the time. */
export interface ChangeIndex {
  readonly byPerson: ReadonlyMap<string, readonly CoverChange[]>;
  readonly byTeam: ReadonlyMap<string, readonly CoverChange[]>;
}

export function changeIndex(changes: readonly CoverChange[]): ChangeIndex {
  const byPerson = new Map<string, CoverChange[]>();
  for (const change of changes)
    for (const id of concerned(change)) {
      const own = byPerson.get(id);
      if (own === undefined) byPerson.set(id, [change]);
      else own.push(change);
    }
  return { byPerson, byTeam: Map.groupBy(changes, ({ rota }) => teamOf(rota)) };
}

/** Whose time an exception is about. */
export const concerned = ({ before, after }: Pick<CoverChange, 'before' | 'after'>): readonly string[] => [
  ...new Set([before, after].filter((it) => it !== undefined)),
];

/** A person as they are now; as they were, if they are gone. */
export const personIn = (
  { handbook, head }: Pick<Against, 'handbook' | 'head'>,
  id: string,
): Person | undefined => head.people.get(id) ?? handbook.people.get(id);

const teamIn = ({ handbook, head }: Against, id: string) => head.teams.get(id) ?? handbook.teams.get(id);

/** The name of a person, as the policy on publishing allows it. */
export function receiverName({ handbook, head }: Pick<Against, 'handbook' | 'head'>, id: string): string {
  const { people } = head.people.has(id) ? head : handbook;
  return publishedName({ ...head, people }, id);
}

/** What records have of a receiver: a digest, as long for each, of a person or of a team with its channel. */
export const receiverId = (to: string, isChannel: boolean): string =>
  digestOf([isChannel ? 'channel' : 'person', to]);

/** Whom the ids of receivers in records are of, as far as some handbooks have them. */
export const receiversById = (handbooks: readonly Handbook[]): ReadonlyMap<string, string> =>
  new Map(
    handbooks.flatMap(({ people, teams }) => [
      ...[...people.keys()].map((id) => [receiverId(id, false), id] as const),
      ...[...teams.keys()].map((id) => [receiverId(id, true), id] as const),
    ]),
  );
