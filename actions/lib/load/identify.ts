/** Derives the kind and the id of a file from its path; a file never states its kind. */
import { KINDS, type KindName } from '../model.ts';
import { nearestOf } from '../text/suggest.ts';
import type { Coded, PathCodes } from './codes.ts';
import { kinds } from './kinds.generated.ts';

const ID = '[a-z0-9]+(?:-[a-z0-9]+)*';

interface PathPattern {
  readonly kind: KindName;
  readonly path: string;
  readonly form: RegExp;
}

/** A sort key for paths that puts names after everything else. */
const namesLast = (path: string): string => path.replaceAll('<id>', '~');

/** Of two patterns that match, the one without a name at the first difference comes first. */
const PATTERNS: readonly PathPattern[] = KINDS.flatMap((kind) =>
  kinds[kind].paths.map((path) => ({ kind, path, form: formOf(path) })),
).toSorted((one, other) => (namesLast(one.path) < namesLast(other.path) ? -1 : 1));

function formOf(path: string): RegExp {
  const name = path.lastIndexOf('/') + 1;
  const own = path.includes('<id>')
    ? path
    : `${path.slice(0, name)}(${path.slice(name, -'.yaml'.length)}).yaml`;
  return new RegExp(`^${own.replaceAll('.', '\\.').replaceAll('<id>', `(${ID})`)}$`);
}

/** The files and folders of policies. */
const POLICIES = KINDS.flatMap((kind) => kinds[kind].paths.filter((path) => path.startsWith('policies/')));
const POLICY_FILES = POLICIES.filter((path) => !path.includes('<id>')).map(
  (path) => path.split('/')[1] ?? '',
);
const POLICY_FOLDERS = POLICIES.filter((path) => path.includes('<id>')).map(
  (path) => path.split('/')[1] ?? '',
);

export interface Identity {
  readonly kind: KindName;
  readonly id: string;
}

/**
 * The probable identity of a misnamed file: with spaces, capitals and ".yml" corrected, in the policy folder of the
 * most similar name, or as `rotas/people.yaml`.
 */
export function meantBy(path: string): Identity | undefined {
  const plain = path
    .toLowerCase()
    .replace(/\.yml$/, '.yaml')
    .split('/')
    .map((part) => part.trim().replaceAll(/[\s_]+/g, '-'));
  const [top, folder = '', file] = plain;
  const nearest = POLICY_FOLDERS.find((it) => nearestOf(folder, [it]) !== undefined);
  const guesses = [plain.join('/')];
  if (top === 'policies' && file !== undefined && nearest !== undefined)
    guesses.push(`policies/${nearest}/${file}`);
  if (plain.at(-1) === 'people.yaml') guesses.push('rotas/people.yaml');
  return guesses.map(identify).find((it) => 'kind' in it);
}

/** The kind and id of a path, or why it matches no kind of file. */
export function identify(path: string): Identity | Coded<PathCodes> {
  for (const { kind, form } of PATTERNS) {
    const [, ...names] = form.exec(path) ?? [];
    if (names.length > 0) {
      return names.every((part) => part.length <= 64)
        ? { kind, id: names.join('/') }
        : { code: 'name-too-long', args: {} };
    }
  }
  const [top, folder = '', file] = path.split('/');
  if (path.endsWith('.yml'))
    return { code: 'yml-ending', args: { name: path.slice(path.lastIndexOf('/') + 1, -'.yml'.length) } };
  if (!path.endsWith('.yaml')) return { code: 'other-ending', args: {} };
  if (!path.split('/').every((part) => /^[a-z0-9]+(-[a-z0-9]+)*(\.yaml)?$/.test(part)))
    return { code: 'name-form', args: {} };
  if (top !== 'policies') return { code: 'no-such-place', args: {} };
  const nearest = nearestOf(folder, file === undefined ? POLICY_FILES : POLICY_FOLDERS);
  return { code: 'no-such-policy', args: { files: POLICY_FILES, folders: POLICY_FOLDERS, nearest } };
}
