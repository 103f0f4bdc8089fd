/**
 * A role assigned to a name that nobody has is held by nobody. Found while loading, in `load/references.ts`; a thing
 * whose own file is faulty still counts as existing. Reported at the name, with the nearest one that exists. Two people
 * with one name on GitHub could approve for each other, which is reported at the second.
 */
import type { NameCodes } from '../../load/codes.ts';
import { childLocation, type Handbook, type Person } from '../../model.ts';
import { suggestion } from '../../text/suggest.ts';
import { curlyQuotes } from '../load-words.ts';
import { loadFindings, type Objection, rule } from '../rule.ts';

/** Its codes: those of loading, and one of its own. */
export interface KnownNameCodes extends NameCodes {
  readonly 'shared-login': { readonly login: string; readonly other: string; readonly person: string };
}

export const knownNames = rule<KnownNameCodes>({
  name: 'known-names',
  severity: 'error',
  summary:
    'Every person, role, rota, window, policy and time zone that is named exists, and stands for one only.',
  *check(context) {
    yield* loadFindings(context, 'known-names');
    yield* sharedLogins(context.handbook);
  },
  advice: ['nearest'],
  describe: {
    'no-such-name': ({ noun, name, within, nearest }) =>
      `there is no ${noun} "${name}"${within === undefined ? '' : ` in ${within}`}${suggestion(nearest)}`,
    'person-as-role': ({ person }) => `for a person write {person: ${person}}`,
    'run-together': ({ first, second, byDashes }) =>
      byDashes
        ? `"${first}" and "${second}" are two; write each on a line of its own, after a dash`
        : `a comma is missing between "${first}" and "${second}"`,
    'defined-twice': ({ person, file }) => `"${person}" is also in ${file}; a person is in one file`,
    'follows-itself': ({ role, follows }) =>
      `"${role}" follows "${follows}", which leads back to it; one of them wants a rotation of its own`,
    'promised-window-gone': ({ window }) =>
      `these windows have no "${window}", which "covered_by" promises; write it here, or amend "covered_by" too`,
    'covered-window-gone': ({ window, rota }) =>
      `these windows have no "${window}", which ${rota} covers; write it here, or amend "covers" of ${rota} from that day on`,
    'hours-without-window': ({ window }) =>
      `these hours have no window "${window}", which the rota covers; amend "covers" too`,
    'covers-without-hours': () =>
      '"covers" goes only with "hours", and this rota has none on that day; amend "hours" too',
    'curly-quotes': curlyQuotes,
    'shared-login': ({ login, other, person }) =>
      `"${login}" is the GitHub name of ${other} already; give ${person} their own`,
  },
});

/** One approval would be the consent of two people. GitHub compares its names without regard to case. */
function* sharedLogins({ people }: Handbook): Iterable<Objection<KnownNameCodes>> {
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
