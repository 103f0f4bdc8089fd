/** What was applied to PagerDuty before, and whether what is checked out may be applied: handbooks by their revisions in git. */
import { commitOf, gitText } from '../git/git.ts';
import { readRevision } from '../git/revision.ts';
import { load } from '../load/load.ts';
import type { Handbook, KindName } from '../model.ts';

/** A handbook that was applied: all of it, what of it can be read still, or only why there is none. */
export type Applied =
  | { readonly kind: 'read'; readonly handbook: Handbook }
  | { readonly kind: 'unread'; readonly handbook: Handbook; readonly trouble: string }
  | { readonly kind: 'unknown'; readonly trouble: string };

/** The kinds of file that decide who was on, and where they lie. */
const DECISIVE: ReadonlySet<KindName> = new Set([
  'people',
  'rota',
  'support-hours',
  'holidays',
  'planned-changes',
]);
const DECISIVE_FILES = /^(?:rotas|policies\/(?:support-hours|holidays))\//;

/** Reads what was applied at `name`. A handbook of which something cannot be read says less than what was pushed. */
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
  const trouble = `today's rules do not understand ${lost.slice(0, 3).join(', ')}${more}`;
  return { kind: 'unread', handbook, trouble };
}

/**
 * The commit of a checkout whose handbook is as it was committed, and the newest of the remote's main branch; undefined
 * where they cannot be known.
 */
export function standing(root: string): {
  readonly revision: string | undefined;
  readonly tip: string | undefined;
} {
  const words = ['status', '--porcelain', '-z', '--untracked-files=all', '--ignored'];
  const changed = gitText(root, [...words, '--', 'rotas', 'policies']);
  const isClean = changed !== undefined && !changed.split('\0').some(isChange);
  const remote = gitText(root, ['ls-remote', 'origin', 'HEAD']) ?? '';
  return { revision: isClean ? commitOf(root, 'HEAD') : undefined, tip: /^[0-9a-f]+/.exec(remote)?.[0] };
}

/** A line of `git status`: a file that git ignores is read like any other, but for those that are no part of a handbook. */
function isChange(line: string): boolean {
  const isNone =
    line.endsWith('.md') ||
    line
      .slice(3)
      .split('/')
      .some((part) => part.startsWith('.'));
  return line !== '' && !(line.startsWith('!!') && isNone);
}
