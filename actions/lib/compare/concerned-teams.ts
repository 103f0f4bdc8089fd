/**
 * The teams whose leads may speak for a person or a contact, because it matters to them who that is. Pure.
 */
import type { Escalation, Handbook } from '../model.ts';
import type { Interval } from '../timeline.ts';
import { calledIn } from './account-owners.ts';
import { targetsOf, teamsOf } from './chain-targets.ts';
import type { IdentityChange } from './identity-change.ts';
import { hasLeftBy, placesIn, placesWithin } from './people.ts';

/** Whom somebody matters to, by id, of people and of contacts; no teams where they matter to none. */
export interface ConcernedTeams {
  readonly ofPerson: (id: string) => LeadsAsked;
  /** Those of them on whose rotas a person is, or else all. */
  readonly onRotasOf: (id: string) => readonly string[];
  readonly ofContact: (id: string) => LeadsAsked;
}

/** The teams a lead of any of which may agree, or of each. */
type LeadsAsked = Pick<IdentityChange, 'byEach'> & { readonly teams: readonly string[] };

/**
 * A person matters to each team in whose rotas they have a place within a span or later, or at any time if they have
 * none then or have left before, and to each that they lead, whose chains call them, and for whose people they are
 * delivery lead: one of these alone must not choose whom all of them call and ask. A contact matters to each team that
 * calls it.
 */
export function concernedTeams(handbook: Handbook, span: Interval): ConcernedTeams {
  const { teams, people, escalations, rotas } = handbook;
  const [within, ever] = [placesWithin(handbook, span), placesIn(handbook)];
  const later = placesWithin(handbook, { startAt: span.startAt, endAt: Number.POSITIVE_INFINITY });
  // A new line that names somebody who has left does not replace the teams that have them on record.
  const placesOf = (id: string) => (hasLeftBy(people.get(id), span.startAt) ? ever : within).get(id) ?? [];
  const called = calledIn(handbook, [handbook]);
  const [naming, calling] = [new Teams(), new Teams()];
  for (const { id, leads } of teams.values()) for (const lead of leads) naming.add(lead, [id]);
  for (const { id, deliveryLead } of people.values())
    if (deliveryLead !== undefined) naming.add(deliveryLead, [...placesOf(id), ...(later.get(id) ?? [])]);
  for (const chain of escalations.values()) {
    const behind = teamsBehind(handbook, chain);
    for (const person of called(targetsOf(chain))) naming.add(person, behind);
    for (const it of targetsOf(chain)) if (it.kind === 'contact') calling.add(it.contact, behind);
  }
  for (const { team, roles } of rotas.values())
    for (const { offDuty: contact, location } of roles.values())
      if (contact !== undefined) {
        calling.add(contact, [team]);
        for (const person of called([{ kind: 'contact', contact, location }])) naming.add(person, [team]);
      }
  const concernedBy = (id: string) => [
    ...new Set([...placesOf(id), ...(later.get(id) ?? []), ...naming.of(id)]),
  ];
  return {
    ofPerson: (id) => ({ teams: concernedBy(id), byEach: true }),
    onRotasOf: (id) => {
      const own = [...placesOf(id)];
      return own.length > 0 ? own : concernedBy(id);
    },
    ofContact: (id) => ({ teams: calling.of(id), byEach: true }),
  };
}

/** Teams by something that they belong to. */
class Teams {
  readonly #known = new Map<string, Set<string>>();

  add(id: string, teams: Iterable<string>): void {
    const known = this.#known.get(id) ?? new Set();
    this.#known.set(id, known);
    for (const team of teams) known.add(team);
  }

  of(id: string): readonly string[] {
    return [...(this.#known.get(id) ?? [])];
  }
}

/** The teams of the roles that a chain calls, and of the services that use it. */
export const teamsBehind = (handbook: Handbook, chain: Escalation): readonly string[] => [
  ...teamsOf(handbook, targetsOf(chain)),
  ...servedBy(handbook, chain.id),
];

/** The teams of the services that use a chain. */
export const servedBy = ({ services }: Handbook, chain: string): readonly string[] =>
  [...services.values()]
    .filter(({ escalation }) => [...escalation.values()].includes(chain))
    .map(({ team }) => team);
