/**
 * One file's text: to plain data, and from a place in that data back to its line. Takes text, gives data or faults
 * with offsets, never throws. The one home of `yaml`.
 *
 * The one surprise: positions are not kept. A file that earns a finding is parsed once more to find its lines, so
 * that ten thousand good files cost nothing but their data.
 */
import { type Document, isCollection, isMap, isScalar, isSeq, type Node, parseDocument, visit } from 'yaml';
import type { Place } from '../model.ts';

/** Something wrong with the text itself, at a character offset. */
export interface TextFault {
  readonly offset: number;
  readonly message: string;
}

/** A line and a column, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** More faults of one file than anyone reads; a hostile file has thousands. */
const MOST_FAULTS = 20;

const compose = (text: string): Document.Parsed =>
  parseDocument(text, {
    version: '1.2',
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: true,
    logLevel: 'error',
  });

/** The data of a YAML text: maps, lists, text, numbers, booleans and null; anything cleverer is a fault. */
export function parse(text: string): { readonly data: unknown; readonly faults: readonly TextFault[] } {
  try {
    const document = compose(text);
    const faults = [...faultsOf(document), ...clevernessOf(document, text)];
    if (faults.length > 0) return { data: undefined, faults: faults.slice(0, MOST_FAULTS) };
    return { data: document.toJS({ maxAliasCount: 0 }), faults: [] };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { data: undefined, faults: [{ offset: 0, message: TOO_DEEP }] };
  }
}

/** Words for yaml's codes that say what to do; a code without words here keeps yaml's own message. */
const WORDS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key is there twice; keep one of them',
  MULTIPLE_DOCS: 'a second document begins here; one file holds one document, without "---" between',
  TAB_AS_INDENT: 'a tab indents this line; YAML wants spaces',
  NON_STRING_KEY: 'a key is plain text; put it in quotes',
};

const TOO_DEEP = 'this is nested too deep to read';

function faultsOf(document: Document.Parsed): readonly TextFault[] {
  const deep = document.errors.find(({ message }) => message.includes('call stack'));
  // A warning is about a tag or a directive, and those are refused below, where they are found for certain.
  if (deep !== undefined) return [{ offset: deep.pos[0], message: TOO_DEEP }];
  return document.errors.map(({ code, message, pos }) => ({
    offset: pos[0],
    message: WORDS[code] ?? `this is not YAML as it stands: ${message.replace(/\.$/, '')}`,
  }));
}

/** Anchors, aliases, tags and directives: they make a file mean something else than what it shows. */
function clevernessOf(document: Document.Parsed, text: string): readonly TextFault[] {
  const faults: TextFault[] = [];
  const refuse = (node: { range?: readonly number[] | null }, message: string) =>
    void faults.push({ offset: node.range?.[0] ?? 0, message });
  const { yaml, tags } = document.directives;
  const directive = /^%/m.exec(text);
  if (
    directive !== null &&
    (yaml.explicit === true || Object.keys(tags).length > 1 || document.warnings.length > 0)
  ) {
    faults.push({
      offset: directive.index,
      message: 'a directive ("%…") is not read here; take the line out',
    });
  }
  if (!/[&*!]/.test(text)) return faults;
  visit(document, {
    Alias: (_, node) => refuse(node, 'an alias ("*…") is not read here; write the value out'),
    Node: (_, node) => {
      if ('anchor' in node && node.anchor !== undefined)
        refuse(node, 'an anchor ("&…") is not read here; take it out');
      if (node.tag !== undefined) refuse(node, 'a tag ("!…") is not read here; write the value plainly');
    },
  });
  return faults;
}

/** Finds lines in one text; parses it at most once, and only when asked for a path. */
export class Lines {
  readonly #text: string;
  #document: Document.Parsed | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The position of a place: of the value, of the key where `key` is set or the value is a block, of the nearest parent where it is missing. */
  find(place: Place): Position {
    return this.#position('offset' in place ? place.offset : this.#offset(place.path, place.key === true));
  }

  #position(offset: number): Position {
    const before = this.#text.slice(0, offset);
    return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
  }

  #offset(path: readonly (string | number)[], atKey: boolean): number {
    this.#document ??= compose(this.#text);
    let node: unknown = this.#document.contents;
    let offset = isCollection(node) ? (node.range?.[0] ?? 0) : 0;
    for (const [depth, step] of path.entries()) {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
        if (pair === undefined) break;
        const last = depth === path.length - 1;
        const { key, value } = pair as { key: Node; value: Node | null };
        const keyed = value === null || (last && atKey) || (isCollection(value) && value.flow !== true);
        offset = ((keyed ? key : value).range ?? [offset])[0];
        node = value;
      } else if (isSeq(node)) {
        const item = node.items[Number(step)] as Node | undefined;
        if (item === undefined || item === null) break;
        offset = item.range?.[0] ?? offset;
        node = item;
      } else break;
    }
    return offset;
  }
}
