/**
 * Finds the objects at the top level of a JSON list, or of a text with one object a line, each with its line. Linear,
 * also for a hostile text. What is broken is a fault at its line, and reading goes on at the next object: one missing
 * quote does not lose the rest of the file.
 */
import type { BrokenReason, CodedTicketFault, TicketFault } from './ticket-faults.ts';

/** An object of the text. */
interface FoundObject {
  readonly line: number;
  readonly value: Readonly<Record<string, unknown>>;
  /** A key that is written twice, of which JSON keeps the last. */
  readonly keyTwice: string | undefined;
}

/** Everything found in a text, in its order. */
export interface FoundObjects {
  readonly objects: readonly FoundObject[];
  readonly faults: readonly TicketFault[];
}

/** The longest object that is read, in characters. */
const LONGEST = 65_536;

/** How often the characters of a text may be read again after something broken. */
const REREAD = 12;

/** What a text that cannot be parsed costs of that, because an exception takes time. */
const PARSING = 600;

/** How many faults that belong to no ticket are listed one by one. */
const LISTED = 1000;

const LINE_FEED = 10;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

const isBlank = (code: number): boolean =>
  code === 32 || code === LINE_FEED || code === 13 || code === 9 || code === 0xfeff;

/** Where a bracket closes, or how far it was read to find that it does not. */
interface Closing {
  readonly endAt: number;
  /** How many colons lie directly within it. */
  readonly colons: number;
  /** Why it does not close. */
  readonly reason?: BrokenReason;
}

function closing(text: string, from: number): Closing {
  const limit = Math.min(text.length, from + LONGEST);
  let depth = 0;
  let colons = 0;
  for (let i = from; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      const quoteAt = closingQuote(text, i, limit);
      if (quoteAt < 0) return { endAt: text.indexOf('\n', i), colons, reason: 'quote' };
      i = quoteAt;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) depth++;
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      depth--;
      if (depth === 0) return { endAt: i + 1, colons };
    } else if (code === COLON && depth === 1) colons++;
  }
  return { endAt: limit, colons, reason: limit === text.length ? 'cut-off' : 'long' };
}

/** The quote that ends a text; the limit where there is none, and -1 where the line ends before. */
function closingQuote(text: string, from: number, limit: number): number {
  for (let i = from + 1; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i;
    if (code === LINE_FEED) return -1;
    if (code === BACKSLASH) i++;
  }
  return limit;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The first key of an object that occurs twice directly within it. */
function keyTwiceIn(text: string): string | undefined {
  const seen = new Set<unknown>();
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1 && token.endsWith(':')) {
      const key = parsed(token.slice(0, token.lastIndexOf('"') + 1));
      if (seen.has(key)) return String(key);
      seen.add(key);
    }
  }
  return undefined;
}

/** The ticket that a broken object names. */
function ticketIn(text: string): string | undefined {
  const [, ticket = ''] = /"ticket"\s*:\s*("(?:[^"\\\n]|\\.)*")\s*[,}]/.exec(text) ?? [];
  return parsed(ticket) as string | undefined;
}

/** Finds the objects of one text. `next` matches the beginning of an object wherever reading can go on. */
export class ObjectFinder {
  readonly #text: string;
  readonly #next: RegExp;
  readonly #objects: FoundObject[] = [];
  readonly #faults: TicketFault[] = [];
  #at = 0;
  #line = 1;
  /** The line of what was read last. */
  #readLine = 1;
  /** The next line feed at or after `#at`, so that lines are counted in one pass. */
  #lineEnd: number;
  #rereadLeft: number;
  #nextAt = -1;
  #listed = 0;
  #unlisted = 0;
  /** Whether a comma has to come next; undefined where that is unknown. */
  #needsComma: boolean | undefined;

  constructor(text: string, next: RegExp) {
    this.#text = text;
    this.#next = next;
    this.#lineEnd = text.indexOf('\n');
    this.#rereadLeft = REREAD * text.length + LONGEST;
  }

  /** Every object of a list in brackets, or of a text with one object a line. */
  find(): FoundObjects {
    if (this.#skipBlank() === OPEN_LIST) {
      this.#moveTo(this.#at + 1);
      this.#list();
    } else this.#lines();
    if (this.#unlisted > 0) this.#push({ code: 'more', args: { count: this.#unlisted } });
    return { objects: this.#objects, faults: this.#faults };
  }

  #list(): void {
    for (;;) {
      const code = this.#skipBlank();
      if (code === undefined) {
        this.#line = this.#readLine;
        this.#fault({ code: 'unfinished', args: {} });
        return;
      }
      if (code === CLOSE_LIST) {
        this.#close();
        this.#rest();
        return;
      }
      if (code === COMMA) this.#comma();
      else {
        if (this.#needsComma === true) this.#fault({ code: 'comma', args: {} });
        this.#needsComma = true;
        if (!this.#element(code, true)) return;
      }
    }
  }

  #close(): void {
    if (this.#needsComma === false) this.#fault({ code: 'comma', args: {} });
    this.#moveTo(this.#at + 1);
    if (this.#skipBlank() !== undefined) this.#fault({ code: 'after-list', args: {} });
  }

  /** Reads what follows the list, which may be another one. */
  #rest(): void {
    for (let code = this.#skipBlank(); code !== undefined; code = this.#skipBlank()) {
      if (code === COMMA || code === OPEN_LIST || code === CLOSE_LIST) this.#moveTo(this.#at + 1);
      else if (!this.#element(code, false)) return;
    }
  }

  #lines(): void {
    let hasComma = false;
    for (let code = this.#skipBlank(); code !== undefined; code = this.#skipBlank()) {
      if (code === COMMA) {
        if (!hasComma) this.#fault({ code: 'comma-in-lines', args: {} });
        hasComma = true;
        this.#moveTo(this.#at + 1);
      } else if (!this.#element(code, false)) return;
    }
  }

  /** Passes over commas, of which there is to be one, after an element. */
  #comma(): void {
    const from = this.#at;
    while (this.#text.charCodeAt(this.#at) === COMMA) this.#moveTo(this.#at + 1);
    const isFirst = this.#needsComma === undefined && this.#objects.length + this.#faults.length === 0;
    if (this.#needsComma === false || isFirst || this.#at > from + 1)
      this.#fault({ code: 'comma', args: {} });
    this.#needsComma = false;
  }

  /** Reads one element of whatever form; false where nothing more can be read. */
  #element(code: number, isList: boolean): boolean {
    if (code !== OPEN_OBJECT) return this.#other(code, isList);
    const end = closing(this.#text, this.#at);
    if (end.reason !== undefined) return this.#broken(end.endAt, end.reason, isList);
    const text = this.#text.slice(this.#at, end.endAt);
    const value = parsed(text) as FoundObject['value'] | undefined;
    if (value === undefined) return this.#broken(end.endAt, 'syntax', isList);
    const keyTwice = Object.keys(value).length === end.colons ? undefined : keyTwiceIn(text);
    this.#objects.push({ line: this.#line, value, keyTwice });
    this.#moveTo(end.endAt);
    return true;
  }

  /** Goes on at the next object after one that was read up to `endAt` and is broken; false where there is none. */
  #broken(endAt: number, reason: BrokenReason, isList: boolean): boolean {
    const from = this.#at;
    if (!this.#spend(endAt - from + (reason === 'syntax' ? PARSING : 0))) return false;
    const nextAt = this.#nextAfter(from);
    const ticket = ticketIn(this.#text.slice(from, Math.min(nextAt, endAt)));
    if (nextAt > endAt && reason === 'cut-off') {
      this.#moveTo(this.#text.trimEnd().length);
      this.#push({ code: 'unfinished', args: {} }, ticket);
      return false;
    }
    this.#fault({ code: 'broken', args: { reason } }, ticket);
    const isWhole = reason === 'syntax' && endAt <= nextAt && this.#isDelimited(endAt);
    this.#needsComma = isWhole ? true : undefined;
    if (isWhole) this.#moveTo(endAt);
    else this.#moveToNext(isList);
    return true;
  }

  /** Whether an element can end at a place: after a stray bracket, something else follows. */
  #isDelimited(endAt: number): boolean {
    let at = endAt;
    while (at < this.#text.length && isBlank(this.#text.charCodeAt(at))) at++;
    return at === this.#text.length || [COMMA, CLOSE_LIST, OPEN_OBJECT].includes(this.#text.charCodeAt(at));
  }

  /** Where the next object begins; searched for once, however much is broken before it. */
  #nextAfter(from: number): number {
    if (this.#nextAt <= from) {
      this.#next.lastIndex = from + 1;
      this.#nextAt = this.#next.exec(this.#text)?.index ?? Number.POSITIVE_INFINITY;
    }
    return this.#nextAt;
  }

  /** Whether so many characters may be read once more. */
  #spend(count: number): boolean {
    this.#rereadLeft -= count;
    if (this.#rereadLeft < 0) this.#push({ code: 'too-broken', args: {} });
    return this.#rereadLeft >= 0;
  }

  /** Where the list may close after its last object, which is broken. */
  #listEnd(from: number): number {
    const closeAt = this.#text.lastIndexOf(']');
    return closeAt > from ? closeAt : this.#text.length;
  }

  /** Passes over an element that is no object. Of a list within the list, the elements are read. */
  #other(code: number, isList: boolean): true {
    const from = this.#at;
    this.#fault({ code: 'no-event', args: { begins: begins(code) } });
    let endAt = from + 1;
    if (code === QUOTE)
      endAt = closingQuote(this.#text, from, Math.min(this.#text.length, from + LONGEST)) + 1 || endAt;
    else if (code !== OPEN_LIST)
      while (endAt < this.#text.length && !isEdge(this.#text.charCodeAt(endAt))) endAt++;
    if (code === OPEN_LIST || !this.#isDelimited(endAt)) this.#needsComma = undefined;
    if (code === OPEN_LIST || this.#isDelimited(endAt)) this.#moveTo(Math.min(endAt, this.#text.length));
    else this.#moveToNext(isList);
    return true;
  }

  /** Goes on at the next object or, where there is none, at the end. */
  #moveToNext(isList: boolean): void {
    const from = this.#at;
    const nextAt = this.#nextAfter(from);
    if (Number.isFinite(nextAt)) this.#moveTo(nextAt);
    else this.#moveTo(isList ? this.#listEnd(from) : this.#text.length);
  }

  /** Moves to the next character that is not blank. */
  #skipBlank(): number | undefined {
    this.#readLine = this.#line;
    let at = this.#at;
    while (at < this.#text.length && isBlank(this.#text.charCodeAt(at))) at++;
    this.#moveTo(at);
    return at < this.#text.length ? this.#text.charCodeAt(at) : undefined;
  }

  #moveTo(at: number): void {
    while (this.#lineEnd >= 0 && this.#lineEnd < at) {
      this.#line++;
      this.#lineEnd = this.#text.indexOf('\n', this.#lineEnd + 1);
    }
    this.#at = at;
  }

  #fault(fault: CodedTicketFault, ticket?: string): void {
    if (ticket !== undefined || this.#listed++ < LISTED) this.#push(fault, ticket);
    else this.#unlisted++;
  }

  #push(fault: CodedTicketFault, ticket?: string): void {
    this.#faults.push({ ...fault, line: this.#line, ticket });
  }
}

/** Where an element that is neither text nor bracket ends. */
const isEdge = (code: number): boolean =>
  isBlank(code) ||
  code === COMMA ||
  code === OPEN_OBJECT ||
  code === OPEN_LIST ||
  code === CLOSE_LIST ||
  code === QUOTE;

function begins(code: number): string {
  if (code === QUOTE) return 'a text';
  if (code === OPEN_LIST) return 'a list';
  return `what begins with "${String.fromCharCode(code)}"`;
}
