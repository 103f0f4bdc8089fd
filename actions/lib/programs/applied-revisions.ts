/** Reads from git the handbook that was last applied to PagerDuty, and the state of the checkout. */
import { commitOf, gitText } from '../git/git.ts';
import { readRevision } from '../git/revision.ts';
import { load } from '../load/load.ts';
import type { Handbook, KindName } from '../model.ts';

/** An applied handbook: complete, as far as it can still be read, or the reason why it is unknown. */
export type Applied =
  | { readonly kind: 'read'; readonly handbook: Handbook }
  | { readonly kind: 'unread'; readonly handbook: Handbook; readonly trouble: string }
  | { readonly kind: 'unknown'; readonly trouble: string };

/** The kinds of file that determine who was on call, and their paths. */
const DECISIVE: ReadonlySet<KindName> = new Set([
  'people',
  'rota',
  'support-hours',
  'holidays',
  'planned-changes',
]);
const DECISIVE_FILES = /^(?:rotas|policies\/(?:support-hours|holidays))\//;

/** Reads the handbook applied at revision `name`. If part of it cannot be read, it has less than what was pushed. */
export function readApplied(root: string, name: string): Applied {
  const revision = readRevision(root, name);
  if ('trouble' in revision) return { kind: 'unknown', trouble: revision.trouble };
  const { handbook, findings } = load(revision);
  const files = findings.filter(({ rule }) => rule === 'yaml').map(({ location }) => location.file);
  const things = handbook.unread
    .filter(({ kind }) => DECISIVE.has(kind))
    .map(({ kind, id }) => `${kind} ${id}`);
  const lost = [...new Set([...files.filter((it) => DECISIVE_FILES.test(it)), ...things])].toSorted();
  if (lost.length === 0) return { kind: 'read', handbook };
  const more = lost.length > 3 ? ` and ${lost.length - 3} more` : '';
  const trouble = `the current version cannot read ${lost.slice(0, 3).join(', ')}${more}`;
  return { kind: 'unread', handbook, trouble };
}

/**
 * The commit of the handbook, given or that of the checkout, and undefined if that has uncommitted changes; and the
 * tip of the remote's default branch, undefined if it cannot be read.
 */
export function standing(
  root: string,
  commit?: string,
): {
  readonly revision: string | undefined;
  readonly tip: string | undefined;
} {
  const remote = gitText(root, ['ls-remote', 'origin', 'HEAD']) ?? '';
  return { revision: commit ?? cleanCommit(root), tip: /^[0-9a-f]+/.exec(remote)?.[0] };
}

function cleanCommit(root: string): string | undefined {
  const args = ['status', '--porcelain', '-z', '--untracked-files=all', '--ignored'];
  const changed = gitText(root, [...args, '--', 'rotas', 'policies']);
  const isClean = changed !== undefined && !changed.split('\0').some(isChange);
  return isClean ? commitOf(root, 'HEAD') : undefined;
}

/**
 * Whether a line of `git status` is a change of the handbook. A file that git ignores counts, because it is read like
 * any other; notes and hidden files do not.
 */
function isChange(line: string): boolean {
  const isOther =
    line.endsWith('.md') ||
    line
      .slice(3)
      .split('/')
      .some((part) => part.startsWith('.'));
  return line !== '' && !(line.startsWith('!!') && isOther);
}
