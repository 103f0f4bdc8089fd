/** Writes `.github/CODEOWNERS` from teams and people: `npm run codeowners`, and `--check` to see that it was run. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { load } from '../../actions/lib/load/load.ts';
import type { Handbook } from '../../actions/lib/model.ts';

/** Who is asked to approve what: a team's leads its rotas, all leads the policies, the people and the code that judges. */
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
    ...[
      'policies/',
      'rotas/people.yaml',
      'rotas/people/',
      'schemas/',
      'actions/',
      'scripts/',
      '.github/',
    ].map((path) => `/${path}${all}`),
    ...sorted.map(({ id, leads }) => `/rotas/${id}/${logins(leads)}`),
  ];
  return [
    '# Made from teams and people by "npm run codeowners". One owner of those named is enough for GitHub; that everyone',
    '# whose time changes agrees is the status "rota / consent".',
    '#',
    '# The owners of the sample handbook are made up. With your own people in it, run the command again.',
    ...lines,
    '',
  ].join('\n');
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const file = `${root}.github/CODEOWNERS`;
  const texts = readFolder(root);
  if (texts === undefined) throw new Error('there is no handbook here');
  const wanted = codeowners(load(texts).handbook);
  if (!process.argv.includes('--check')) writeFileSync(file, wanted);
  else if (readFileSync(file, 'utf8') !== wanted) {
    console.error(
      '.github/CODEOWNERS is not what teams and people make it; run "npm run codeowners" and commit it',
    );
    process.exitCode = 1;
  }
}
