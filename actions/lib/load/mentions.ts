/**
 * How a kind of file declares where it refers to names, and what it can look up about the names that exist. A pattern
 * is keys joined by dots: `*` matches every item or value, a final `@` every key.
 */
import type { KindName, PathLocation } from '../model.ts';
import type { Coded, NameCodes } from './codes.ts';
import { at, isMap, keysOf, type Path, type RawFile } from './raw-data.ts';

/** The names that can be used; undefined when the file that defines them could not be read. */
export type Names = ReadonlySet<string> | undefined;

/** The names that the files of a handbook define. */
export interface Registry {
  readonly filesOf: (kind: KindName) => readonly RawFile[];
  readonly ids: (kind: KindName) => ReadonlySet<string>;
  /**
   * By the id of each file of a kind, the names it defines: undefined where the file cannot be read or defines
   * nothing.
   */
  readonly definitions: (kind: KindName) => ReadonlyMap<string, Names>;
  /** The names that all files of a kind define together; undefined where one of them cannot be read. */
  readonly names: (kind: KindName) => Names;
}

/** A fault in a name, mostly a reference to one that does not exist. */
export type UnknownName = Coded<NameCodes> & {
  readonly location: PathLocation;
  /**
   * Whether the thing that refers to it is left out of the handbook, such as a rota without its windows or a follower
   * without the role it follows.
   */
  readonly vital: boolean;
  /** The first two names when one list item holds several, as when a comma is missing. */
  readonly runTogether?: readonly [string, string];
};

/** The names that can be used at each path of a file. */
export type Choices = (registry: Registry, file: RawFile) => (path: Path) => Names;

/** Finds a fault of a name in a file that says more than that the name does not exist. */
export type Explain = (file: RawFile, name: string, registry: Registry) => Coded<NameCodes> | undefined;

/** A place where a kind of file refers to a name; `role` is a role of any rota, written `team/rota/role`. */
export type Mention =
  | {
      readonly kind: 'name';
      readonly steps: readonly string[];
      /** What is named, and within what, unless that is the whole handbook. */
      readonly noun: string;
      readonly within: string | undefined;
      readonly choices: Choices;
      readonly vital: boolean;
      readonly explain?: Explain;
    }
  | {
      readonly kind: 'role';
      readonly steps: readonly string[];
      readonly orPerson: boolean;
      /** Whether it is one seat, so that the name of a role with seats is a fault. */
      readonly oneSeat?: true;
      /** The roles that a text names, where it is more than one name. */
      readonly within?: (text: string) => readonly string[];
    };

const stepsOf = (pattern: string): readonly string[] => pattern.split('.');

/** References at the paths of a pattern. */
export const mention = (
  pattern: string,
  noun: string,
  choices: Choices,
  within?: string,
  explain?: Explain,
): Mention => ({
  kind: 'name',
  steps: stepsOf(pattern),
  noun,
  within,
  choices,
  vital: false,
  ...(explain && { explain }),
});

/** References without which the thing that contains them is left out of the handbook. */
export const vitalMention = (
  pattern: string,
  noun: string,
  choices: Choices,
  within?: string,
  explain?: Explain,
): Mention => ({
  kind: 'name',
  steps: stepsOf(pattern),
  noun,
  within,
  choices,
  vital: true,
  ...(explain && { explain }),
});

/** References to roles of rotas, written `team/rota/role`. */
export const roleMention = (pattern: string): Mention => ({
  kind: 'role',
  steps: stepsOf(pattern),
  orPerson: false,
});

/** The same where one seat is named, so that the name of a role with seats is a fault. */
export const oneSeatMention = (pattern: string): Mention => ({
  kind: 'role',
  steps: stepsOf(pattern),
  orPerson: false,
  oneSeat: true,
});

/** Texts that name seats among other words; `within` finds them. */
export const seatMentionsIn = (pattern: string, within: (text: string) => readonly string[]): Mention => ({
  kind: 'role',
  steps: stepsOf(pattern),
  orPerson: false,
  oneSeat: true,
  within,
});

/** The same where `{person: id}` is an alternative. */
export const roleOrPersonMention = (pattern: string): Mention => ({
  kind: 'role',
  steps: stepsOf(pattern),
  orPerson: true,
});

/** All names that the files of a kind define together. */
export const namesOf =
  (kind: KindName): Choices =>
  ({ names }) => {
    const all = names(kind);
    return () => all;
  };

/** The ids of the files of a kind. */
export const idsOf =
  (kind: KindName): Choices =>
  ({ ids }) => {
    const all = ids(kind);
    return () => all;
  };

/** The contacts of all files of people; undefined where one of them cannot be read. */
export function contactNames(registry: Registry): Names {
  const known = contactsOf.get(registry);
  if (known !== undefined) return known.names;
  const files = registry.filesOf('people');
  const names = files.every(({ data }) => isMap(data))
    ? new Set(files.flatMap(({ data }) => keysOf(at(data, 'contacts'))))
    : undefined;
  contactsOf.set(registry, { names });
  return names;
}

/** Collected once for each handbook, because every wrong name asks. */
const contactsOf = new WeakMap<Registry, { readonly names: Names }>();

/** The form in which a person or a contact is called, if a name is one of them. */
export function calleeNamed(
  registry: Registry,
  id: string,
): Coded<Pick<NameCodes, 'other-callee'>> | undefined {
  const callee = registry.names('people')?.has(id)
    ? 'person'
    : contactNames(registry)?.has(id)
      ? 'contact'
      : undefined;
  return callee && { code: 'other-callee', args: { callee, id } };
}

/** The teams that have a file or a rota. */
export const teamNames: Choices = ({ ids }) => {
  const all = new Set([...ids('team'), ...[...ids('rota')].map((rota) => rota.slice(0, rota.indexOf('/')))]);
  return () => all;
};
