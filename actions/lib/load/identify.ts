/** Which kind of file a path holds, and the id of the thing in it. A path tells everything; a file never says its kind. */
import { didYouMean } from '../text/suggest.ts';

export type Kind =
  | 'people'
  | 'team'
  | 'rota'
  | 'support-hours'
  | 'holidays'
  | 'service-levels'
  | 'escalation'
  | 'notice'
  | 'publishing'
  | 'on-call'
  | 'services'
  | 'planned-changes';

const ID = '[a-z0-9]+(?:-[a-z0-9]+)*';

/** The first pattern that fits wins; its group is the id. */
const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [/^rotas\/(people)\.yaml$/, 'people'],
  [new RegExp(`^rotas/people/(${ID})\\.yaml$`), 'people'],
  [new RegExp(`^rotas/(${ID})/team\\.yaml$`), 'team'],
  [new RegExp(`^rotas/(${ID})/planned-changes\\.yaml$`), 'planned-changes'],
  [new RegExp(`^rotas/(${ID}/${ID})\\.yaml$`), 'rota'],
  [new RegExp(`^policies/support-hours/(${ID})\\.yaml$`), 'support-hours'],
  [new RegExp(`^policies/holidays/(${ID})\\.yaml$`), 'holidays'],
  [new RegExp(`^policies/service-levels/(${ID})\\.yaml$`), 'service-levels'],
  [new RegExp(`^policies/escalation/(${ID})\\.yaml$`), 'escalation'],
  [/^policies\/(notice)\.yaml$/, 'notice'],
  [/^policies\/(publishing)\.yaml$/, 'publishing'],
  [/^policies\/(on-call)\.yaml$/, 'on-call'],
  [/^policies\/(services)\.yaml$/, 'services'],
];

const POLICIES = ['support-hours', 'holidays', 'service-levels', 'escalation'];
const POLICY_FILES = ['notice.yaml', 'publishing.yaml', 'on-call.yaml', 'services.yaml'];

export interface Identity {
  readonly kind: Kind;
  readonly id: string;
}

/**
 * What a file would plainly hold if its name were right: spaces, capitals and ".yml" put right, and a folder that is
 * nearly one of those for policies, or people that lie beside the folder for rotas.
 */
export function meantBy(path: string): Identity | undefined {
  const plain = path
    .toLowerCase()
    .replace(/\.yml$/, '.yaml')
    .split('/')
    .map((part) => part.trim().replaceAll(/[\s_]+/g, '-'));
  const [top, folder = '', file] = plain;
  const nearest = POLICIES.find((it) => didYouMean(folder, [it]) !== '');
  const guesses = [plain.join('/')];
  if (top === 'policies' && file !== undefined && nearest !== undefined)
    guesses.push(`policies/${nearest}/${file}`);
  if (plain.at(-1) === 'people.yaml') guesses.push('rotas/people.yaml');
  return guesses.map(identify).find((it) => typeof it !== 'string');
}

/** What a path holds, or in words why it can hold nothing that is known. */
export function identify(path: string): Identity | string {
  for (const [pattern, kind] of KINDS) {
    const id = pattern.exec(path)?.[1];
    if (id !== undefined) {
      return id.split('/').every((part) => part.length <= 64)
        ? { kind, id }
        : 'this file has a name of over 64 characters; shorten it';
    }
  }
  const [top, folder = '', file] = path.split('/');
  if (path.endsWith('.yml'))
    return `this file ends in ".yml" and is not read; rename it to "${path.slice(path.lastIndexOf('/') + 1, -4)}.yaml"`;
  if (!path.endsWith('.yaml'))
    return 'this file is of no known kind and is not read; a rota or policy ends in ".yaml", and notes end in ".md"';
  if (!path.split('/').every((part) => /^[a-z0-9]+(-[a-z0-9]+)*(\.yaml)?$/.test(part))) {
    return 'this file is not read; names of folders and files are lower-case words (letters and digits) joined by hyphens';
  }
  if (top === 'policies') {
    return `this file is of no known kind and is not read; policies are ${POLICY_FILES.join(', ')} and the folders ${POLICIES.join(', ')}${didYouMean(file === undefined ? folder : folder, file === undefined ? POLICY_FILES : POLICIES)}`;
  }
  return 'this file is of no known kind and is not read; a rota lies at rotas/<team>/<rota>.yaml, and people in rotas/people.yaml';
}
