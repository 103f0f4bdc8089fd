/**
 * The last versions of the handbook. Whoever left it, or has another user in a service now, is where a run put them
 * until a run takes them away, and that run knows them from here.
 */
import { gitText } from '../git/git.ts';
import { readRevision } from '../git/revision.ts';
import { load } from '../load/load.ts';
import type { Handbook } from '../model.ts';

/** A run comes a few minutes after each merge; a shallow checkout may have fewer. */
const VERSIONS = 20;

/** The last committed versions, as far as they are at hand; read once, when asked for. */
export function formerHandbooks(root: string): () => readonly Handbook[] {
  let read: readonly Handbook[] | undefined;
  return () => {
    read ??= versionsOf(root);
    return read;
  };
}

function versionsOf(root: string): readonly Handbook[] {
  const args = ['log', '--first-parent', `--max-count=${VERSIONS}`, '--format=%H', '--', 'rotas'];
  const commits = (gitText(root, args) ?? '').split('\n').filter((it) => it !== '');
  return commits.flatMap((commit) => {
    const revision = readRevision(root, commit);
    return 'trouble' in revision ? [] : [load(revision).handbook];
  });
}
