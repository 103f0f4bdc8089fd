/**
 * The values of a plain text of YAML, many times as fast as `yaml` makes them. It is for what nearly every file without
 * a fault consists of: block and flow collections of scalars, plain or quoted, each in one line. Whatever could mean
 * something else, or be a fault, is left to `yaml`, as are positions and edits. The only module that imports `js-yaml`.
 *
 * It rests on this: `js-yaml` only splits the text into events. What a scalar means is decided here, and any event, any
 * beginning of a scalar and anything behind one that is not listed here gives no values. A test compares the result
 * with that of `yaml` on every file of the tests, on generated documents and on broken ones.
 */
import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from '#js-yaml';

/** Controls, tabs, carriage returns, unusual spaces and breaks of lines, marks of byte order, and surrogates. */
const UNUSUAL = /[^\n -~\u00a1-\u1fff\u2010-\u2027\u2030-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** Where documents, directives, anchors, aliases, tags, block scalars and explicit keys begin. */
const SPECIAL = /^(?:---|\.\.\.|%)|(?:^|[ [{,])[&*!|>]|(?:^|[ [{,])\?(?: |$)/m;
/** What these begin with, found much sooner. */
const SPECIAL_START = /[&*!|>?%]|---|\.\.\./;

/** Text behind a bracket, which `js-yaml` lets pass in some places. */
const BEHIND_BRACKET = /[\]}] *[^ \n,\]}#]/;

/** What may stand behind a quoted scalar; `js-yaml` lets more pass in some places. */
const BEHIND_QUOTE = ',]}:\n';

/** Words that mean nothing, true or false, in spellings that are left to `yaml`. */
const LITERALS: ReadonlySet<string> = new Set(['null', 'Null', 'NULL', 'True', 'TRUE', 'False', 'FALSE']);

const TEXT_START = /^[A-Za-z_/(\u00c0-\uffff]/;
/** Dates, times of day and durations, which are text although they begin with a digit. */
const TEXT_OF_DIGITS = /^(?:\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?|\d\d:\d\d|\d+ [a-z][a-z ]*)$/;
const INTEGER = /^(?:0|[1-9]\d{0,14})$/;
const KEY_START = /^[A-Za-z0-9_]/;

/** The offset of what an event does not have. */
const NONE = -1;

/** More levels than any file has; a text with more is left to `yaml`, which says where they begin. */
const MOST_LEVELS = 40;

/** Ends the attempt: only `yaml` can tell what this means, or what is wrong with it. */
const NOT_PLAIN = new Error('left to yaml');

/** The map at the top of a text with all its values; undefined where only `yaml` can tell. */
export function plainValues(text: string): object | undefined {
  if (UNUSUAL.test(text) || BEHIND_BRACKET.test(text)) return undefined;
  if (SPECIAL_START.test(text) && SPECIAL.test(text)) return undefined;
  try {
    return new Values(text).top();
  } catch {
    // Every fault is found again by `yaml`, which knows its position.
    return undefined;
  }
}

/** Reads the events of a text one after another. */
class Values {
  readonly #text: string;
  readonly #events: readonly Event[];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.#events = parseEvents(text, { maxDepth: MOST_LEVELS });
  }

  top(): object {
    const document = this.#event();
    const map = this.#event();
    if (document.type !== EVENT_ID.DOCUMENT || document.explicitStart || document.explicitEnd)
      throw NOT_PLAIN;
    if (map.type !== EVENT_ID.MAPPING) throw NOT_PLAIN;
    const values = this.#map(map);
    if (this.#event().type !== EVENT_ID.POP || this.#next !== this.#events.length) throw NOT_PLAIN;
    return values;
  }

  #event(): Event {
    const event = this.#events[this.#next++];
    if (event === undefined) throw NOT_PLAIN;
    return event;
  }

  #map(event: MappingEvent): object {
    expectBare(event);
    const map: Record<string, unknown> = {};
    for (let key = this.#event(); key.type !== EVENT_ID.POP; key = this.#event()) {
      const name = key.type === EVENT_ID.SCALAR ? this.#written(key) : undefined;
      if (name === undefined || !KEY_START.test(name) || name === '__proto__' || Object.hasOwn(map, name))
        throw NOT_PLAIN;
      map[name] = this.#value(this.#event(), ':');
    }
    return map;
  }

  #list(event: SequenceEvent): readonly unknown[] {
    expectBare(event);
    const mark = event.style === COLLECTION_STYLE.FLOW ? undefined : '-';
    const list: unknown[] = [];
    for (let item = this.#event(); item.type !== EVENT_ID.POP; item = this.#event())
      list.push(this.#value(item, mark));
    return list;
  }

  /** A value, which follows a mark in the same line unless it is a block or in a list in brackets. */
  #value(event: Event, mark: ':' | '-' | undefined): unknown {
    switch (event.type) {
      case EVENT_ID.SCALAR: {
        const text = this.#written(event);
        if (text === undefined) return null;
        const isPlain = event.style === SCALAR_STYLE.PLAIN;
        this.#expect(mark, isPlain ? event.valueStart : event.valueStart - 1);
        return isPlain ? meaningOf(text) : text;
      }
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        if (event.style === COLLECTION_STYLE.FLOW) this.#expect(mark, event.start);
        return event.type === EVENT_ID.MAPPING ? this.#map(event) : this.#list(event);
      }
      default:
        throw NOT_PLAIN;
    }
  }

  /** Behind a comment, the parsers disagree about what is a value of what is before it. */
  #expect(mark: string | undefined, start: number): void {
    let before = start - 1;
    while (this.#text[before] === ' ') before--;
    if (mark !== undefined && this.#text[before] !== mark) throw NOT_PLAIN;
  }

  /** The text of a scalar in one line and without escapes; undefined where nothing is written. */
  #written(event: ScalarEvent): string | undefined {
    expectBare(event);
    const { valueStart, valueEnd, fast, style } = event;
    if (valueStart === NONE) return undefined;
    if (!fast || (style !== SCALAR_STYLE.PLAIN && !isFreeBehind(this.#text, valueEnd + 1))) throw NOT_PLAIN;
    return this.#text.slice(valueStart, valueEnd);
  }
}

/** Whether the text from an index on may stand behind a quoted scalar: spaces, then an end of it, or a comment. */
function isFreeBehind(text: string, index: number): boolean {
  let at = index;
  while (text[at] === ' ') at += 1;
  const next = text[at];
  return next === undefined || BEHIND_QUOTE.includes(next) || (next === '#' && at > index);
}

/** Neither a tag nor an anchor belongs to what is plain. */
function expectBare({ tagStart, anchorStart }: ScalarEvent | MappingEvent | SequenceEvent): void {
  if (tagStart !== NONE || anchorStart !== NONE) throw NOT_PLAIN;
}

/** What a plain scalar means. */
function meaningOf(text: string): unknown {
  if (TEXT_START.test(text)) {
    if (LITERALS.has(text)) throw NOT_PLAIN;
    return text === 'true' || text === 'false' ? text === 'true' : text;
  }
  if (TEXT_OF_DIGITS.test(text)) return text;
  if (!INTEGER.test(text)) throw NOT_PLAIN;
  return Number(text);
}
