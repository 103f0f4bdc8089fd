/**
 * How a kind of file declares where it mentions names, and what it may ask about the names that exist. Patterns of
 * places are keys joined by dots: `*` is every item or value, `@` at the end every key.
 */
import type { KindName, PathLocation } from '../model.ts';
import type { Coded, NameCodes } from './codes.ts';
import type { Path, RawFile } from './raw-data.ts';

/** What may be named, or undefined where the file that would define it could not be read. */
export type Names = ReadonlySet<string> | undefined;

/** Every name that the files of a handbook define. */
export interface Registry {
  readonly filesOf: (kind: KindName) => readonly RawFile[];
  readonly ids: (kind: KindName) => ReadonlySet<string>;
  /** By the id of each file of a kind, the names it defines: undefined where the file cannot be read or defines nothing. */
  readonly definitions: (kind: KindName) => ReadonlyMap<string, Names>;
  /** The names that all files of a kind define together; undefined where one of them cannot be read. */
  readonly names: (kind: KindName) => Names;
}

/** A name that is mentioned and stands for nothing. */
export type UnknownName = Coded<NameCodes> & {
  readonly location: PathLocation;
  /** Without it the thing that names it means nothing: a rota without its windows, a follower without its leader. */
  readonly vital: boolean;
  /** The first two of several names that exist and stand in a list as one text, with nothing to part them. */
  readonly runTogether?: readonly [string, string];
};

/** What may be named in a file, at each path in it. */
export type Choices = (registry: Registry, file: RawFile) => (path: Path) => Names;

/** A place where a kind of file mentions a name; `role` is a role of any rota, written `team/rota/role`. */
export type Mention =
  | {
      readonly kind: 'name';
      readonly steps: readonly string[];
      /** What is named, and within what where that is not the handbook. */
      readonly noun: string;
      readonly within: string | undefined;
      readonly choices: Choices;
      readonly vital: boolean;
    }
  | { readonly kind: 'role'; readonly steps: readonly string[]; readonly orPerson: boolean };

const stepsOf = (pattern: string): readonly string[] => pattern.split('.');

/** Names at a pattern of places. */
export const mention = (pattern: string, noun: string, choices: Choices, within?: string): Mention => ({
  kind: 'name',
  steps: stepsOf(pattern),
  noun,
  within,
  choices,
  vital: false,
});

/** Names without which the thing that mentions them is left out of the handbook. */
export const vitalMention = (pattern: string, noun: string, choices: Choices, within?: string): Mention => ({
  kind: 'name',
  steps: stepsOf(pattern),
  noun,
  within,
  choices,
  vital: true,
});

/** Roles of rotas, written `team/rota/role`. */
export const roleMention = (pattern: string): Mention => ({
  kind: 'role',
  steps: stepsOf(pattern),
  orPerson: false,
});

/** The same where `{person: id}` could stand instead. */
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
