/**
 * A role assigned to a name that nobody has is held by nobody. Found while loading, in `load/references.ts`; a thing
 * whose own file is faulty still counts as existing. Reported at the name, with the nearest one that exists. Two people
 * with one name on GitHub could approve for each other, which is reported at the second.
 */
import { childLocation, type Handbook, type Person } from '../../model.ts';
import { type LoadCodes, loadFindings, type Objection, rule } from '../rule.ts';

interface Codes extends LoadCodes {
  readonly 'shared-login': { readonly login: string; readonly other: string; readonly person: string };
}

export const knownNames = rule<Codes>({
  name: 'known-names',
  severity: 'error',
  summary:
    'Every person, role, rota, window, policy and time zone that is named exists, and stands for one only.',
  *check(context) {
    yield* loadFindings(context, 'known-names');
    yield* sharedLogins(context.handbook);
  },
  describe: {
    message: ({ message }) => message,
    'shared-login': ({ login, other, person }) =>
      `"${login}" is the GitHub name of ${other} already; give ${person} their own`,
  },
});

/** One approval would be the consent of two people. GitHub compares its names without regard to case. */
function* sharedLogins({ people }: Handbook): Iterable<Objection<Codes>> {
  const first = new Map<string, Person>();
  for (const person of people.values()) {
    if (person.github === undefined) continue;
    const login = person.github.toLowerCase();
    const other = first.get(login);
    if (other === undefined) first.set(login, person);
    else
      yield {
        code: 'shared-login',
        args: { login: person.github, other: other.id, person: person.id },
        location: childLocation(person.location, 'github'),
        related: [childLocation(other.location, 'github')],
      };
  }
}
