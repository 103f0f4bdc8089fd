/**
 * The delivery leads of people who are new: a pull request that gives somebody new a share of the time chooses who
 * agrees for them, so that a lead of the team agrees to that choice, where its policy asks delivery leads. Pure.
 */
import { childLocation, type Handbook, type Person, termsFor } from '../model.ts';
import type { CoverChange } from './changes.ts';
import type { IdentityChange } from './identity-change.ts';
import { sameLogin } from './people.ts';
import { teamOf } from './terms.ts';

/** People of the head alone whose time changes, with a delivery lead who would be asked. */
export function* newcomers(
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
  for (const [id, own] of teams) {
    const person = head.people.get(id);
    if (person?.deliveryLead === undefined || isRenamed(base, head, person)) continue;
    const location = childLocation(person.location, 'delivery_lead');
    const keys = [{ key: 'delivery_lead', before: undefined, after: person.deliveryLead, location }];
    yield { kind: 'person', id, keys, concerned: [], teams: [...own] };
  }
}

/** Whether somebody has the login of a person of the base who is gone: who agrees for them is compared with that. */
const isRenamed = (base: Handbook, head: Handbook, { github }: Person): boolean =>
  github !== undefined &&
  [...base.people.values()].some(
    (it) => !head.people.has(it.id) && it.github !== undefined && sameLogin(it.github, github),
  );
