/** `.github/CODEOWNERS`, from teams and people. */
import type { Handbook } from '../../actions/lib/model.ts';

/** What all leads own: the policies, the people, and the code that judges with all that decides what runs of it. */
const OWNED_BY_ALL = [
  'policies/',
  'rotas/people.yaml',
  'rotas/people/',
  'schemas/',
  'actions/',
  'scripts/',
  '.ci/',
  '.github/',
  'package.json',
  'package-lock.json',
];

/** Who is asked to approve what: a team's leads its rotas, the leads of all teams everything that is not one team's. */
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
    ...OWNED_BY_ALL.map((path) => `/${path}${all}`),
    ...sorted.map(({ id, leads }) => `/rotas/${id}/${logins(leads)}`),
  ];
  return [
    '# Made from teams and people by "npm run generate". One owner of those named is enough for GitHub; that everyone',
    '# whose time changes agrees is the status "rota / consent".',
    '#',
    '# The owners of the sample handbook are made up. With your own people in it, run the command again.',
    ...lines,
    '',
  ].join('\n');
}
