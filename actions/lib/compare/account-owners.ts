/** Whom an account of PagerDuty wakes: a contact can have that of a person, who is called with it. Pure. */
import { childLocation, type Handbook, type Notified, type PathLocation, type Person } from '../model.ts';
import type { IdentityChange } from './identity-change.ts';
import { sameLogin } from './people.ts';

/** The people who have an account, by its id, in any of some handbooks. */
type Owners = (account: string | undefined) => readonly string[];

/** Who has each account in any of some handbooks. */
export function ownersIn(handbooks: readonly Handbook[]): Owners {
  const owners = new Map<string, Set<string>>();
  for (const { people } of handbooks)
    for (const { id, pagerduty } of people.values())
      if (pagerduty !== undefined) owners.set(pagerduty, (owners.get(pagerduty) ?? new Set()).add(id));
  return (account) => [...(owners.get(account ?? '') ?? [])];
}

/** Whom a handbook calls by name, or with the account of a contact, given every handbook whose people count. */
export function calledIn({ contacts }: Handbook, handbooks: readonly Handbook[]) {
  const owners = ownersIn(handbooks);
  return (targets: readonly Notified[]): readonly string[] =>
    targets.flatMap((it) => {
      if (it.kind === 'person') return [it.person];
      return it.kind === 'contact' ? owners(contacts.get(it.contact)?.pagerduty) : [];
    });
}

/**
 * People whose account a contact, or another person, has from then on, whether anything calls that one yet or not: a
 * later change that does names only the new owner.
 */
export function* newOwners(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  const [known, all] = [ownersIn([base]), ownersIn([base, head])];
  const change = (kind: 'contact' | 'person', { id, location }: Named, person: string): IdentityChange => ({
    ...{ kind, id, concerned: [person], teams: undefined },
    keys: [
      { key: person, before: undefined, after: 'called', location: childLocation(location, 'pagerduty') },
    ],
  });
  for (const contact of head.contacts.values()) {
    // Whoever had the account in the base is woken, too: a pull request must not free an account first.
    const before = known(base.contacts.get(contact.id)?.pagerduty);
    for (const person of all(contact.pagerduty).filter((it) => !before.includes(it)))
      yield change('contact', contact, person);
  }
  for (const person of head.people.values()) {
    if (person.pagerduty === base.people.get(person.id)?.pagerduty) continue;
    for (const owner of known(person.pagerduty).filter((it) => !isSame(person, base.people.get(it))))
      yield change('person', person, owner);
  }
}

interface Named {
  readonly id: string;
  readonly location: PathLocation;
}

/** Whether somebody is the same person, also by another id. */
const isSame = ({ id, github }: Person, other: Person | undefined): boolean =>
  id === other?.id || (github !== undefined && sameLogin(github, other?.github ?? ''));
