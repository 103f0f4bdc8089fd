/**
 * A role assigned to a name that does not exist is held by nobody. Found while loading, in `load/references.ts`; a
 * thing whose own file is faulty still counts as existing. Reported at the name, with the nearest one that exists. Two
 * people with the same GitHub name could approve for each other, which is reported at the second of them.
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
    'Every person, role, rota, window, policy and time zone that a file names exists, ' +
    "and every GitHub name is one person's.",
  *check(context) {
    yield* loadFindings(context, 'known-names');
    yield* sharedLogins(context.handbook);
  },
  advice: ['nearest'],
  describe: {
    'no-such-name': ({ noun, name, within, nearest }) =>
      `there is no ${noun} "${name}"${within === undefined ? '' : ` in ${within}`}${suggestion(nearest)}`,
    'no-such-zone': ({ name, zones }) => {
      const [first, second] = zones.map((zone) => `"${zone}"`);
      const others = second === undefined ? '' : `, or ${second} for the same time all year`;
      return `there is no time zone "${name}" of the form Area/Place; write ${first}${others}`;
    },
    'other-callee': ({ callee, id }) => `for a ${callee} write {${callee}: ${id}}`,
    'name-a-seat': ({ role, seats }) => {
      const names = Array.from({ length: seats }, (_, i) => `"${role}-${i + 1}"`);
      const [first, last] = [names[0], names.at(-1)];
      const written = seats < 4 ? names.join(' or ') : `${first} to ${last}`;
      return `${role} has ${seats} seat${seats === 1 ? '' : 's'}, and one of them is named here; write ${written}`;
    },
    'name-of-a-seat': ({ name, role }) =>
      `"${name}" is a seat of ${role}, which has seats; give this role another name`,
    'run-together': ({ first, second, byDashes }) =>
      byDashes
        ? `"${first}" and "${second}" are two names; write each on a line of its own, after a dash`
        : `a comma is missing between "${first}" and "${second}"`,
    'defined-twice': ({ person, file }) => `"${person}" is also in ${file}; a person is in one file`,
    'item-twice': ({ item }) => `"${item}" is in this list already; give each item an id of its own`,
    'follows-itself': ({ role, follows }) =>
      `"${role}" follows "${follows}", which leads back to it; one of them needs a rotation of its own`,
    'promised-window-gone': ({ window }) =>
      `these windows have no "${window}", which "covered_by" names; add it here, or amend "covered_by" too`,
    'covered-window-gone': ({ window, rota }) =>
      `these windows have no "${window}", which ${rota} covers; ` +
      `add it here, or amend "covers" of ${rota} from that day on`,
    'hours-without-window': ({ window }) =>
      `these hours have no window "${window}", which the rota covers; amend "covers" too`,
    'covers-without-hours': () =>
      '"covers" is allowed only with "hours", and this rota has none on that day; amend "hours" too',
    'curly-quotes': curlyQuotes,
    'shared-login': ({ login, other, person }) =>
      `"${login}" is already the GitHub name of ${other}; give ${person} their own`,
  },
});

/** One approval would count as the consent of two people. GitHub names are case-insensitive. */
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
