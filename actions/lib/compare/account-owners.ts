/** Whom an account of PagerDuty wakes: a contact can have that of a person, who is called with it. Pure. */
import { childLocation, type Handbook, type Notified } from '../model.ts';
import type { IdentityChange } from './identity-change.ts';

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
 * People whose account a contact has from then on. Whoever had the account in the base, and whoever has it now, is
 * woken: a pull request must not free an account first.
 */
export function* newOwners(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  const [known, all] = [ownersIn([base]), ownersIn([base, head])];
  for (const { id, pagerduty, location } of head.contacts.values()) {
    const before = known(base.contacts.get(id)?.pagerduty);
    for (const person of all(pagerduty).filter((it) => !before.includes(it)))
      yield {
        ...{ kind: 'contact', id, concerned: [person], teams: undefined },
        keys: [
          { key: person, before: undefined, after: 'called', location: childLocation(location, 'pagerduty') },
        ],
      };
  }
}
