/**
 * Parses the text of one file: to plain data or faults with offsets, from a location to its line, and to an outline for
 * editing. Never throws because of what a file contains. The only module that parses with `yaml`; the values of plain
 * texts come from `plain-values.ts`.
 *
 * Positions are not kept: a file with a finding is parsed again to find its lines, so that ten thousand files without
 * faults cost only their data.
 */
import {
  Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParseOptions,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from '#yaml';
import type { Location } from '../model.ts';
import type { Coded, TextCodes } from './codes.ts';
import { isHopelesslyNested, nestingStart } from './nesting.ts';
import { plainValues } from './plain-values.ts';
import { isTooDeep, reasonOf } from './yaml-messages.ts';
import { mistakesIn, NO_MISTAKES, type ParseError, type TextFault } from './yaml-mistakes.ts';

/** A line and a column, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A limit on the faults reported for one file; a hostile file has thousands. */
const MOST_FAULTS = 20;

function compose(text: string, more: ParseOptions = {}): Document.Parsed {
  // A hostile file has an error at each character; without a stack trace each, they take a quarter of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return parseDocument(text, {
      ...more,
      version: '1.2',
      prettyErrors: false,
      stringKeys: true,
      // The parser would compare each key with every other: `duplicateKeys` finds them in one pass.
      uniqueKeys: false,
      logLevel: 'error',
    });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The data of a text, or its faults. */
interface Parsed {
  readonly data: unknown;
  readonly faults: readonly TextFault[];
}

/** The data of a YAML text: maps, lists, text, numbers, booleans and null; any other feature of YAML is a fault. */
export function parse(text: string): Parsed {
  if (isHopelesslyNested(text)) return { data: undefined, faults: tooDeep(text) };
  const plain = plainValues(text);
  return plain === undefined ? parseWhole(text) : { data: plain, faults: [] };
}

/** The same by `yaml` alone. */
export function parseWhole(text: string): Parsed {
  try {
    const document = compose(text);
    const faults = faultsOf(document, text);
    if (faults.length > 0) return { data: undefined, faults: faults.slice(0, MOST_FAULTS) };
    return { data: document.toJS({ maxAliasCount: 0 }), faults: [] };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { data: undefined, faults: tooDeep(text) };
  }
}

/** Our codes for the errors of `yaml` that have their own advice; any other is reported with the message of `yaml`. */
const CODES: ReadonlyMap<string, Coded<TextCodes>> = new Map([
  ['DUPLICATE_KEY', { code: 'duplicate-key', args: {} }],
  ['MULTIPLE_DOCS', { code: 'several-documents', args: {} }],
  ['TAB_AS_INDENT', { code: 'tab-indent', args: {} }],
  ['NON_STRING_KEY', { code: 'other-key', args: {} }],
]);

/** How many lines are read where the parser exceeds its stack without any deep nesting. */
const MOST_LINES = 100;

/** Where the nesting begins that exceeds the stack of the parser; or the faults of the first lines that cause it. */
function tooDeep(text: string): readonly TextFault[] {
  const offset = nestingStart(text);
  const start = text.split('\n', MOST_LINES).join('\n');
  const faults = offset === undefined && start.length < text.length ? parse(start).faults : [];
  return faults.length > 0 ? faults : [{ offset: offset ?? 0, code: 'too-deep', args: {} }];
}

function faultsOf(document: Document.Parsed, text: string): readonly TextFault[] {
  const errors: readonly ParseError[] = [...duplicateKeys(document.contents), ...document.errors];
  const deep = errors.find(({ message }) => isTooDeep(message));
  // How deep the parser gets depends on the machine, so the fault is that of the whole file. Warnings are ignored: they
  // concern tags and directives, which `unsupportedFeatures` finds more reliably.
  if (deep !== undefined) return tooDeep(text);
  const mistakes = errors.length === 0 ? NO_MISTAKES : mistakesIn(text, errors, bracketsOf(document));
  const found = errors.map(
    ({ code, message, pos }): TextFault => ({
      offset: pos[0],
      ...(CODES.get(code) ?? { code: 'not-yaml', args: { reason: reasonOf(message) } }),
    }),
  );
  const others = [...found, ...unsupportedFeatures(document, text)];
  return [...others.filter(({ offset }) => offset < mistakes.unreliableFrom), ...mistakes.faults];
}

/** An error for each key that its map has already, at that key. */
function duplicateKeys(contents: unknown): readonly ParseError[] {
  const found: ParseError[] = [];
  const look = (node: unknown): void => {
    if (isSeq(node)) node.items.forEach(look);
    if (!isMap(node)) return;
    const seen = new Set<unknown>();
    for (const { key, value } of node.items) {
      look(key);
      look(value);
      if (!isScalar(key)) continue;
      const offset = key.range?.[0] ?? 0;
      if (seen.has(key.value)) found.push({ code: 'DUPLICATE_KEY', message: '', pos: [offset, offset + 1] });
      seen.add(key.value);
    }
  };
  look(contents);
  return found;
}

/** The offset of each outermost list or map in brackets. */
function bracketsOf(document: Document.Parsed): readonly number[] {
  const starts: number[] = [];
  visit(document, {
    Collection: (_, { flow, range }) => {
      if (flow !== true || !range) return undefined;
      starts.push(range[0]);
      return visit.SKIP;
    },
  });
  return starts;
}

/** Anchors, aliases, tags and directives: with them a file means something other than what it shows. */
function unsupportedFeatures(document: Document.Parsed, text: string): readonly TextFault[] {
  const faults: TextFault[] = [];
  const { yaml, tags } = document.directives;
  const directive = /^%/m.exec(text);
  if (
    directive !== null &&
    (yaml.explicit === true || Object.keys(tags).length > 1 || document.warnings.length > 0)
  ) {
    faults.push({ offset: directive.index, code: 'directive', args: {} });
  }
  if (!/[&*!]/.test(text)) return faults;
  visit(document, {
    Alias: (_, node) => void faults.push({ offset: node.range?.[0] ?? 0, code: 'alias', args: {} }),
    Node: (_, node) => {
      if ('anchor' in node && node.anchor !== undefined) {
        const offset = text.lastIndexOf(`&${node.anchor}`, node.range?.[0]);
        faults.push({ offset, code: 'anchor', args: {} });
      }
      if (node.tag !== undefined) {
        let offset = text.lastIndexOf('!', node.range?.[0]);
        while (text[offset - 1] === '!') offset--;
        faults.push({ offset, code: 'tag', args: {} });
      }
    },
  });
  return faults;
}

/** A range of a text, the end excluded; that of a block includes the end of its last line. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** A map in a list: the offset of its dash (in brackets there is none) and the extent of the value of each key. */
export interface ItemExtent extends Extent {
  readonly dash: number | undefined;
  readonly flow: boolean;
  readonly values: ReadonlyMap<string, Extent>;
}

/** A list of maps, in brackets (`flow`) or with dashes. */
export interface ListExtent extends Extent {
  readonly flow: boolean;
  readonly items: readonly ItemExtent[];
}

/** A key of a map with its value. */
interface EntryExtent extends Extent {
  readonly name: string;
}

/** A key at the top of a file, and its list or the entries of its map where its value is one. */
interface KeyExtent extends Extent {
  readonly name: string;
  readonly list: ListExtent | undefined;
  readonly entries: readonly EntryExtent[] | undefined;
}

/** The layout of a file, for editing it in location. */
export interface Outline {
  /** Undefined when the file has faults. */
  readonly data: unknown;
  /** Whether the whole file is one map in braces. */
  readonly flow: boolean;
  readonly keys: readonly KeyExtent[];
}

/** The layout of a text with a map at its top level. */
export function outlineOf(text: string): Outline {
  const top = compose(text, { keepSourceTokens: true }).contents;
  const pairs = isMap(top) ? top.items.filter(({ key }) => isScalar(key)) : [];
  const keys = pairs.map(({ key, value }): KeyExtent => {
    const list = isSeq(value) ? listExtent(value) : undefined;
    const entries = isMap(value) ? entryExtents(value) : undefined;
    return { name: nameOf(key), ...extent(key as Node), list, entries };
  });
  return { data: parse(text).data, flow: isMap(top) && top.flow === true, keys };
}

/** The layout of the list at a path of keys; undefined where there is none. */
export function listLayout(text: string, path: readonly string[]): ListExtent | undefined {
  let node: unknown = compose(text, { keepSourceTokens: true }).contents;
  for (const key of path) node = isMap(node) ? node.get(key, true) : undefined;
  return isSeq(node) ? listExtent(node) : undefined;
}

/** How data is written; by default as blocks, in YAML 1.2, and in quotes only where a text needs them. */
export interface YamlLayout {
  /** Which maps stand in braces: all, or those that are items of a list. */
  readonly braces?: 'all' | 'items';
  /** Whether lists stand in brackets. */
  readonly brackets?: true;
  readonly indent?: number;
  readonly version?: '1.1' | '1.2';
  /** Which texts, keys aside, stand in quotes though they need none. */
  readonly quoted?: (text: string) => boolean;
}

/** Data as lines of YAML; every text is in one line, however long it is. */
export function yamlLines(data: unknown, layout: YamlLayout = {}): readonly string[] {
  const { braces, brackets = false, indent = 2, version = '1.2', quoted = () => false } = layout;
  const document = new Document(data, { version });
  visit(document, {
    Map(key, node) {
      node.flow = braces === 'all' || (braces === 'items' && typeof key === 'number');
    },
    Seq(_, node) {
      if (brackets) node.flow = true;
    },
    Scalar(key, node) {
      if (key !== 'key' && typeof node.value === 'string' && quoted(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  const text = document.toString({
    indent,
    lineWidth: 0,
    blockQuote: false,
    singleQuote: false,
    doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
    flowCollectionPadding: false,
  });
  return text.trimEnd().split('\n');
}

const nameOf = (key: unknown): string => String((key as Scalar).value);

/** A text as a plain scalar, or in quotes when it would otherwise be a number, a boolean or null. */
export const scalarText = (text: string): string => yamlLines(text).join('');

function listExtent(list: YAMLSeq): ListExtent {
  const tokens = list.srcToken?.type === 'block-seq' ? list.srcToken.items : [];
  const items = list.items.filter(isNode).map((item, i): ItemExtent => {
    const dash = tokens[i]?.start.find(({ type }) => type === 'seq-item-ind')?.offset;
    const pairs = isMap(item) ? item.items : [];
    const values = pairs.flatMap(({ key, value }) =>
      isScalar(key) && isNode(value) ? [[nameOf(key), extent(value)] as const] : [],
    );
    return { ...extent(item), dash, flow: isCollection(item) && item.flow === true, values: new Map(values) };
  });
  return { ...extent(list), flow: list.flow === true, items };
}

const entryExtents = (map: YAMLMap): readonly EntryExtent[] =>
  map.items.map(({ key, value }) => {
    const { start, end } = extent(key as Node);
    return { name: nameOf(key), start, end: isNode(value) ? extent(value).end : end };
  });

function extent({ range }: Node): Extent {
  const [start, end] = range as [number, number, number];
  return { start, end };
}

/** Finds lines in one text; parses it at most once, and only to find a path. */
export class Lines {
  readonly #text: string;
  #document: Document.Parsed | undefined;
  /** The offset at which each line begins. */
  #starts: readonly number[] | undefined;
  readonly #pairs = new Map<unknown, ReadonlyMap<string, Pair>>();

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * The position of a location: of its value, of its key when `key` is set or the value is a block, or of its nearest
   * parent when it does not exist.
   */
  find(location: Location): Position {
    return this.#position(
      'offset' in location ? location.offset : this.#offset(location.path, location.key === true),
    );
  }

  /** The text of a line before a location and from it on. */
  around(location: Location): readonly [before: string, after: string] {
    const { line, column } = this.find(location);
    const text = this.#text.replace(/^\ufeff/, '').split('\n')[line - 1] ?? '';
    return [text.slice(0, column - 1), text.slice(column - 1)];
  }

  #position(offset: number): Position {
    this.#starts ??= [0, ...[...this.#text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    let [line, above] = [1, this.#starts.length];
    while (line < above) {
      const middle = Math.ceil((line + above) / 2);
      if ((this.#starts[middle - 1] as number) <= offset) line = middle;
      else above = middle - 1;
    }
    const mark = line === 1 && offset > 0 && this.#text.startsWith('\ufeff') ? 1 : 0;
    return { line, column: offset - (this.#starts[line - 1] as number) + 1 - mark };
  }

  #offset(path: readonly (string | number)[], atKey: boolean): number {
    this.#document ??= compose(this.#text);
    let node: unknown = this.#document.contents;
    let offset = isCollection(node) ? (node.range?.[0] ?? 0) : 0;
    for (const [depth, step] of path.entries()) {
      if (isMap(node)) {
        const pair = this.#pairsOf(node).get(String(step));
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

  /** The entries of a map by key; for a duplicate key, the first. */
  #pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#pairs.get(map);
    if (known !== undefined) return known;
    const pairs = new Map(
      map.items
        .toReversed()
        .flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : [])),
    );
    this.#pairs.set(map, pairs);
    return pairs;
  }
}
