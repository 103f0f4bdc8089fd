/**
 * The faults that loading finds, as data: the codes of its four rules and the arguments of each. Their messages are in
 * `check/rules/`.
 */
import type { Finding, Location } from '../model.ts';

type NoArgs = Readonly<Record<never, never>>;

/** A code with its arguments. */
export type Coded<Codes> = {
  readonly [Code in keyof Codes]: { readonly code: Code; readonly args: Codes[Code] };
}[keyof Codes];

/** Text in typographic quotes; `meant` is the text between them. */
export interface QuoteCodes {
  readonly 'curly-quotes': { readonly meant: string };
}

/** Why a file or a whole handbook could not be opened as text; `reason` is the error code of the system. */
export interface UnopenedCodes {
  readonly link: NoArgs;
  readonly 'hard-link': NoArgs;
  readonly irregular: NoArgs;
  readonly 'too-large': { readonly mostKib: number };
  readonly 'too-many-files': { readonly files: number; readonly most: number };
  readonly 'too-much-text': { readonly mostMib: number };
  readonly encoding: NoArgs;
  readonly 'not-a-folder': NoArgs;
  readonly 'folder-not-listed': { readonly reason: string };
  readonly 'not-opened': { readonly reason: string };
  readonly 'not-read': { readonly reason: string };
}

/** Why a path matches no kind of file. */
export interface PathCodes {
  readonly 'name-too-long': NoArgs;
  readonly 'yml-ending': { readonly name: string };
  readonly 'other-ending': NoArgs;
  readonly 'name-form': NoArgs;
  readonly 'no-such-policy': {
    readonly files: readonly string[];
    readonly folders: readonly string[];
    readonly nearest: string | undefined;
  };
  readonly 'no-such-place': NoArgs;
}

/** What is wrong with the text of a file. `meant` is what to write. */
export interface TextCodes {
  readonly 'merge-conflict': NoArgs;
  /** `sign` is the code point of the character, in hexadecimal. */
  readonly 'odd-space': { readonly sign: string };
  readonly 'tab-indent': NoArgs;
  /** `swallowed` is the word, beginning with `#`, that made the closing bracket part of a comment. */
  readonly 'open-bracket': {
    readonly bracket: string;
    readonly closer: string;
    readonly swallowed: string | undefined;
  };
  readonly 'stray-bracket': { readonly bracket: string };
  readonly 'quote-in-quotes': { readonly quote: string; readonly column: number };
  /** `key` is the word before the colon, where it may be a key. */
  readonly 'colon-in-text': { readonly key: string | undefined };
  readonly 'no-colon': { readonly meant: string };
  readonly 'no-dash': { readonly meant: string };
  readonly 'duplicate-key': NoArgs;
  readonly 'several-documents': NoArgs;
  readonly 'other-key': NoArgs;
  readonly 'too-deep': NoArgs;
  /** `reason` is the message of the parser. */
  readonly 'not-yaml': { readonly reason: string };
  readonly directive: NoArgs;
  readonly alias: NoArgs;
  readonly anchor: NoArgs;
  readonly tag: NoArgs;
}

/** A thing that a schema describes: its title there or, with `isKey`, the key that holds it. */
export interface Thing {
  readonly thing: string | undefined;
  readonly isKey?: true;
}

/** A value as messages show it: its text, or which kind of collection it is. */
export type Shown = { readonly value: string } | { readonly holds: 'list' | 'block' };

/** Where data breaks its schema. */
export interface SchemaCodes extends QuoteCodes {
  readonly 'unknown-key': Thing & {
    readonly key: string;
    readonly nearest: string | undefined;
    /** The keys of the thing, when none of them is similar. */
    readonly known: readonly string[] | undefined;
  };
  readonly 'no-colon-in-key': { readonly meant: string };
  readonly 'no-colon-in-line': { readonly meant: string };
  readonly 'malformed-key': Thing & {
    readonly key: string;
    readonly example: string | undefined;
    readonly meant?: string | undefined;
  };
  readonly 'key-too-long': Thing & { readonly length: number; readonly most: number };
  readonly 'missing-key': Thing & { readonly key: string };
  readonly 'missing-companion': { readonly key: string; readonly companion: string };
  readonly 'excluded-key': { readonly key: string };
  /** `meant` is what to write, here and below; undefined if it is unknown. */
  readonly 'no-choice': Shown & {
    readonly choices: readonly string[];
    readonly nearest: string | undefined;
    readonly meant?: string | undefined;
  };
  readonly 'excluded-value': Thing & { readonly value: string; readonly meant: string | undefined };
  readonly 'other-value': Shown & { readonly only: string };
  readonly 'nothing-here': Thing & { readonly example: string | undefined };
  readonly 'comment-instead': { readonly meant: string };
  readonly 'other-type': Thing & {
    readonly found: string;
    readonly type: string;
    /** Where the value needs more than quotes. */
    readonly example?: string | undefined;
    readonly meant?: string | undefined;
  };
  readonly 'other-form': Thing &
    Shown & { readonly example: string | undefined; readonly meant?: string | undefined };
  readonly 'angle-brackets': Thing & { readonly emailKey: string | undefined };
  readonly 'too-little': Thing & { readonly least: number };
  readonly 'too-much': Thing & { readonly most: number };
  readonly 'too-long': Thing & { readonly length: number; readonly most: number };
  readonly 'double-item': { readonly first: number; readonly second: number };
  readonly 'out-of-bounds': Thing & {
    readonly value: string;
    readonly bound: 'most' | 'least';
    readonly limit: number;
  };
  /** A hand-over in a form that does not exist; `meant` is the text to write. */
  readonly 'other-handover': { readonly meant: string };
  /** An absence that mixes days and hours, likewise. */
  readonly 'other-absence': { readonly meant: string };
  readonly 'too-long-span': { readonly text: string; readonly mostWeeks: number };
  readonly 'seats-of-a-follower': { readonly role: string; readonly follows: string | undefined };
  readonly 'seats-of-an-entry': { readonly role: string };
  /** How many different people a rotation has for more seats than that. */
  readonly 'fewer-than-seats': { readonly people: number; readonly seats: number };
  readonly 'turn-of-seats': { readonly role: string; readonly person: string };
  readonly 'turn-without-seat': { readonly seat: string; readonly person: string };
  /** The other seat that the same agreed turn gives to a person. */
  readonly 'two-seats': { readonly person: string; readonly seat: string };
  readonly 'schedules-without-seats': { readonly role: string; readonly schedule: string };
  /** `ids` are the schedules that are given. */
  readonly 'schedules-of-seats': {
    readonly role: string;
    readonly seats: number;
    readonly ids: readonly string[];
  };
  /** With `isMore`, there are more places than could be counted. */
  readonly 'many-faults': { readonly places: number; readonly isMore: boolean; readonly shown: number };
}

/** Times that do not exist or are in the wrong order, as written in the file. */
export interface TimeCodes extends QuoteCodes {
  readonly 'no-such-date': { readonly date: string };
  readonly 'skipped-time': { readonly time: string; readonly zone: string };
  readonly 'ends-before': { readonly from: string; readonly to: string };
  readonly 'requested-late': { readonly requested: string; readonly start: string };
  readonly 'rotation-order': { readonly firstTurn: string; readonly above: string };
  readonly 'double-amendment': { readonly day: string };
  readonly 'double-handover': { readonly day: string };
  readonly 'working-days-of-no-hours': Readonly<Record<string, never>>;
  readonly 'absence-order': { readonly first: string; readonly last: string };
  /** Somebody leaves before they come. */
  readonly 'leaves-first': { readonly first: string; readonly last: string };
  /** Of a change of a rota, in one block. */
  readonly 'less-than-minimum': { readonly minimum: string; readonly recommended: string };
  readonly 'pattern-order': { readonly since: string; readonly above: string };
  readonly 'pattern-without-since': Readonly<Record<never, never>>;
  readonly 'observed-nowhere': { readonly day: string };
  readonly 'outside-an-outside': { readonly window: string };
  /** News goes by mail, and nothing says from which address. */
  readonly 'mail-without-sender': NoArgs;
  readonly 'quiet-all-day': { readonly time: string };
  readonly 'list-order': { readonly from: string; readonly until: string };
  /** `more` is how many other days are outside the list. */
  readonly 'outside-list': {
    readonly day: string;
    readonly more: number;
    readonly end: 'complete_from' | 'complete_until';
    readonly limit: string;
  };
}

/** Names that do not exist, or are defined twice. */
export interface NameCodes extends QuoteCodes {
  /** `noun` is what is named, and `within` where it would be. */
  readonly 'no-such-name': {
    readonly noun: string;
    readonly name: string;
    readonly within: string | undefined;
    readonly nearest: string | undefined;
  };
  /** `zones` are the names to write, best first. */
  readonly 'no-such-zone': { readonly name: string; readonly zones: readonly string[] };
  /** Whoever is called is named in the form of something else. */
  readonly 'other-callee': { readonly callee: 'person' | 'contact'; readonly id: string };
  /** Where one seat is named: a role with seats, or a seat that it does not have. */
  readonly 'name-a-seat': { readonly role: string; readonly seats: number };
  readonly 'name-of-a-seat': { readonly name: string; readonly role: string };
  /** Two names in one list item; `byDashes` when the list is written with dashes. */
  readonly 'run-together': {
    readonly first: string;
    readonly second: string;
    readonly byDashes: boolean;
  };
  readonly 'defined-twice': { readonly person: string; readonly file: string };
  readonly 'item-twice': { readonly item: string };
  readonly 'follows-itself': { readonly role: string; readonly follows: string };
  readonly 'promised-window-gone': { readonly window: string };
  readonly 'covered-window-gone': { readonly window: string; readonly rota: string };
  readonly 'hours-without-window': { readonly window: string };
  readonly 'covers-without-hours': NoArgs;
}

/** The codes of each rule whose faults are found while loading. */
export interface LoadCodes {
  readonly yaml: UnopenedCodes & PathCodes & TextCodes;
  readonly schema: SchemaCodes;
  readonly times: TimeCodes;
  readonly 'known-names': NameCodes;
}

/** A fault of one of those rules. */
export type LoadFault = {
  readonly [Rule in keyof LoadCodes]: { readonly rule: Rule } & Coded<LoadCodes[Rule]>;
}[keyof LoadCodes];

/** The finding of a fault at a location. */
export const findingOf = ({ rule, code, args }: LoadFault, location: Location): Finding => ({
  rule,
  code,
  severity: 'error',
  args: { ...args },
  location,
});

/** The finding that a file could not be opened as text. */
export const unopened = (fault: Coded<UnopenedCodes>, file: string): Finding =>
  findingOf({ rule: 'yaml', ...fault }, { file, offset: 0 });
