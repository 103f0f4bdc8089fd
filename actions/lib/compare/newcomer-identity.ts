/**
 * What people who are new bring along, although only others may give it to them. A pull request that brings somebody
 * new chooses who agrees for them, so that a lead of each team that gives them time agrees to that choice, where its
 * policy asks delivery leads, or, before any does, they themselves or a lead; and a lead agrees to a day of vetting and
 * a record of onboarding, as to those of anybody. Pure.
 */
import { childLocation, type Handbook, type Person, termsFor } from '../model.ts';
import { dateText } from '../time/date.ts';
import type { CoverChange } from './changes.ts';
import {
  agreedByEach,
  type IdentityChange,
  type KeyChange,
  keyChange,
  onboardedText,
} from './identity-change.ts';
import { placesIn } from './people.ts';
import { teamOf } from './terms.ts';

/** What people of the head alone bring along that a lead has to agree to. */
export function* newcomers(
  base: Handbook,
  head: Handbook,
  changes: readonly CoverChange[],
  unreadBefore: readonly string[],
): Iterable<IdentityChange> {
  yield* newDeliveryLeads(base, head, changes);
  // Of a base whose people could not all be read, a lead agrees already, and nobody is known to be new.
  if (!unreadBefore.some(isOfPeople)) yield* newlyPrepared(base, head);
}

/** Whether a file has people, by its name. */
export const isOfPeople = (file: string): boolean => /^rotas\/people[./]/.test(file);

/** A lead of each team on whose rotas the pull request puts them agrees. */
function* newlyPrepared(base: Handbook, head: Handbook): Iterable<IdentityChange> {
  const isRenamed = renamedIn(base, head);
  const fresh = [...head.people.values()].filter(
    (person) => !base.people.has(person.id) && !isRenamed(person),
  );
  const brought = fresh.map((person) => ({ person, keys: preparedKeys(person) }));
  const prepared = brought.filter(({ keys }) => keys.length > 0);
  const places = prepared.length === 0 ? undefined : placesIn(head);
  for (const { person, keys } of prepared)
    yield {
      kind: 'person',
      id: person.id,
      keys,
      concerned: [],
      ...agreedByEach(places?.get(person.id) ?? []),
    };
}

/** The keys of somebody new that say that they may hold a role. */
const preparedKeys = ({ vettedOn, onboarded, location }: Person): readonly KeyChange[] => [
  ...keyChange(
    'vetted_on',
    undefined,
    vettedOn === undefined ? undefined : dateText(vettedOn),
    childLocation(location, 'vetted_on'),
  ),
  ...keyChange('onboarded', undefined, onboardedText(onboarded), childLocation(location, 'onboarded')),
];

/** People with a delivery lead who would be asked, now or once they have time. */
function* newDeliveryLeads(
  base: Handbook,
  head: Handbook,
  changes: readonly CoverChange[],
): Iterable<IdentityChange> {
  const teams = new Map<string, Set<string>>();
  for (const { rota, before, after } of changes) {
    const team = teamOf(rota);
    for (const id of [before, after]) {
      if (id === undefined || base.people.has(id)) continue;
      if (termsFor(base.notice, team).consent.includes('delivery-leads'))
        teams.set(id, (teams.get(id) ?? new Set()).add(team));
    }
  }
  const isAnyAsked = [base.notice, ...base.notice.teams.values()].some(({ consent }) =>
    consent.includes('delivery-leads'),
  );
  const isRenamed = renamedIn(base, head);
  for (const person of head.people.values()) {
    const { id, deliveryLead } = person;
    if (!isAnyAsked || deliveryLead === undefined || base.people.has(id) || isRenamed(person)) continue;
    const location = childLocation(person.location, 'delivery_lead');
    const keys = [{ key: 'delivery_lead', before: undefined, after: deliveryLead, location }];
    const own = teams.get(id);
    // Without time, there is no team yet whose leads would be asked when they get some.
    const consent =
      own === undefined ? { concerned: [id], teams: [] } : { concerned: [], ...agreedByEach(own) };
    yield { kind: 'person', id, keys, ...consent };
  }
}

/**
 * Whether somebody new alone has the login of a person of the base who is gone: what they bring is compared with what
 * that person had.
 */
function renamedIn({ people }: Handbook, head: Handbook): (person: Person) => boolean {
  const loginOf = ({ github }: Person) => github?.toLowerCase();
  const gone = new Set([...people.values()].filter(({ id }) => !head.people.has(id)).map(loginOf));
  const holders = Map.groupBy(head.people.values(), loginOf);
  return (person) => {
    const login = loginOf(person);
    return login !== undefined && gone.has(login) && holders.get(login)?.length === 1;
  };
}
