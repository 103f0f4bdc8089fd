/**
 * A name that nobody has is a seat that nobody fills. Found while loading, in `load/references.ts`; a thing whose own
 * file is faulty still counts as existing. Told at the name, with the nearest one that exists. Two people with one name on
 * GitHub would agree for each other; told at the second.
 */
import { childLocation, type Handbook } from '../../model.ts';
import { loadFindings, type Objection, type Rule } from '../rule.ts';

export const knownNames: Rule = {
  name: 'known-names',
  severity: 'error',
  asks: 'does every person, role, rota, window, policy and time zone that is named exist, and stand for one only?',
  *check(context) {
    yield* loadFindings(context, 'known-names');
    yield* sharedLogins(context.handbook);
  },
};

/** One approval would be two people's consent. GitHub does not tell its names apart by case. */
function* sharedLogins({ people }: Handbook): Iterable<Objection> {
  const first = new Map<string, string>();
  for (const { id, github, location } of people.values()) {
    if (github === undefined) continue;
    const login = github.toLowerCase();
    const other = first.get(login);
    if (other === undefined) first.set(login, id);
    else
      yield {
        location: childLocation(location, 'github'),
        message: `"${github}" is the GitHub name of ${other} already; give ${id} their own`,
      };
  }
}
