/** `.github/CODEOWNERS`, from teams and people. */
import type { Handbook } from '../../actions/lib/model.ts';

/**
 * Paths owned by all leads: first every file that no later line names, as nobody can list what npm and Git read at the
 * top of a repository. The others say what matters most: policies, people, and what decides what CI runs.
 */
const OWNED_BY_ALL = [
  '*',
  '/policies/',
  '/rotas/people.yaml',
  '/rotas/people/',
  '/schemas/',
  '/actions/',
  '/scripts/',
  '/.ci/',
  '/.github/',
  '/test/',
  '/package.json',
  '/package-lock.json',
];

/** The leads of a team own its rotas; the leads of all teams own everything that belongs to no single team. */
export function codeowners({ teams, people }: Handbook): string {
  const logins = (ids: Iterable<string>) => {
    const known = [...new Set(ids)].flatMap((id) => people.get(id)?.github ?? []);
    return known
      .toSorted()
      .map((login) => ` @${login}`)
      .join('');
  };
  const sorted = [...teams.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const all = logins(sorted.flatMap(({ leads }) => leads));
  const lines = [
    ...OWNED_BY_ALL.map((path) => `${path}${all}`),
    ...sorted.map(({ id, leads }) => `/rotas/${id}/${logins(leads)}`),
    // Last, as the last line counts: in any folder they decide what a checkout has, and what a reviewer is shown.
    `.gitattributes${all}`,
  ];
  return [
    '# Generated from teams and people by "npm run generate". ' +
      'GitHub requires the approval of one owner of those named; the',
    '# status "rota / consent" requires that of everyone whose time changes.',
    '#',
    all === ''
      ? '# No team has a lead with a GitHub name yet, so nobody owns anything.'
      : '# It changes with teams and people: run the command again, and commit what it writes.',
    ...lines,
    '',
  ].join('\n');
}
