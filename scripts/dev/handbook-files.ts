/** The files that are generated from the handbook of this repository. */
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { type Loaded, load } from '../../actions/lib/load/load.ts';
import { issueForms } from '../../actions/lib/requests/issue-forms.ts';
import { codeowners } from './codeowners.ts';

/** The owners of each path, whom GitHub requests to review. */
export const codeownersFile = (root: string): ReadonlyMap<string, string> =>
  new Map([['.github/CODEOWNERS', codeowners(loadedFrom(root).handbook)]]);

/** The issue forms; the text is undefined for a form with a drop-down that would be empty. */
export function formFiles(root: string): ReadonlyMap<string, string | undefined> {
  const { handbook, findings } = loadedFrom(root);
  if (handbook.rotas.size === 0) console.error('there is no rota in rotas/ yet, so there is no form for one');
  if (findings.length > 0)
    console.error(
      'the handbook has errors, and what cannot be read is left out; run "npm run rota -- check"',
    );
  return new Map(issueForms(handbook).map(({ path, text }) => [path, text]));
}

/** The handbook of the repository; an empty one between the removal of the sample and the first file of a team. */
const loadedFrom = (root: string): Loaded => load(readFolder(root) ?? { texts: new Map(), findings: [] });
