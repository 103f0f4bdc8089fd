/** Reads the handbook that is checked out. */
import { commitOf } from '../git/git.ts';
import { readFolder } from '../git/working-tree.ts';
import type { ActionContext } from '../github/context.ts';
import type { Texts } from '../load/load.ts';
import { textsAt } from './judge.ts';

/** The files of a handbook, and the commit that they are of; none where there is no repository. */
export type CheckedOut = Texts & { readonly commit?: string };

/**
 * The files of the handbook in the run's folder; throws if it has none. They are read from git: attributes can make
 * every checkout differ from what was reviewed.
 */
export function checkedOutTexts({ root, folder }: Pick<ActionContext, 'root' | 'folder'>): CheckedOut {
  const commit = commitOf(root, 'HEAD');
  const read = commit === undefined ? readFolder(root) : textsAt(root, commit);
  if (read === undefined || read.texts.size + read.findings.length === 0)
    throw new Error(`there is no rotas/ and no policies/ in ${folder}; set the input "root" to their folder`);
  return read;
}
