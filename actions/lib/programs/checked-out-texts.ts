/** Reads the handbook that is checked out. */
import { committed } from '../git/history.ts';
import { readFolder } from '../git/working-tree.ts';
import type { ActionContext } from '../github/context.ts';
import type { Texts } from '../load/load.ts';
import { textsAt } from './judge.ts';

/**
 * The files of the handbook in the run's folder; throws if it has none. Without uncommitted changes they are read from
 * git, because attributes can make the folder differ from what was reviewed.
 */
export function checkedOutTexts({ root, folder }: Pick<ActionContext, 'root' | 'folder'>): Texts {
  const texts = readFolder(root);
  if (texts === undefined)
    throw new Error(`there is no rotas/ and no policies/ in ${folder}; set the input "root" to their folder`);
  const commit = committed(root);
  return commit === undefined ? texts : textsAt(root, commit);
}
