/** Reads the handbook that is checked out. */
import { readFolder } from '../git/working-tree.ts';
import type { ActionContext } from '../github/context.ts';
import type { Texts } from '../load/load.ts';

/** The files of the handbook in the folder that a run is about; an error where there is none. */
export function checkedOutTexts({ root, folder }: Pick<ActionContext, 'root' | 'folder'>): Texts {
  const texts = readFolder(root);
  if (texts === undefined)
    throw new Error(
      `there is no rotas/ and no policies/ in ${folder}; name their folder with the input "root"`,
    );
  return texts;
}
