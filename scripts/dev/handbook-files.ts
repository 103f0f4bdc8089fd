/** The files that are generated from the handbook of this repository. */
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { load } from '../../actions/lib/load/load.ts';
import type { Handbook } from '../../actions/lib/model.ts';
import { issueForms } from '../../actions/lib/requests/issue-forms.ts';
import { codeowners } from './codeowners.ts';

/** The owners of each path, whom GitHub requests to review. */
export const codeownersFile = (root: string): ReadonlyMap<string, string> =>
  new Map([['.github/CODEOWNERS', codeowners(handbookIn(root))]]);

/** The issue forms; the text is undefined for a form with a drop-down that would be empty. */
export const formFiles = (root: string): ReadonlyMap<string, string | undefined> =>
  new Map(issueForms(handbookIn(root)).map(({ path, text }) => [path, text]));

function handbookIn(root: string): Handbook {
  const texts = readFolder(root);
  if (texts === undefined) throw new Error(`there is no rotas/ and no policies/ in ${root}`);
  return load(texts).handbook;
}
