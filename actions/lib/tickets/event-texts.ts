/**
 * Reads events from the text of a file: a JSON list, or one JSON object a line. Every event keeps its line. What cannot
 * be read is a fault at its line, and everything else is read all the same.
 */

import { Suggestions } from '../text/suggest.ts';
import { UNSAFE_CHARACTERS } from '../text/unsafe-characters.ts';
import { instantOfText } from '../time/zone.ts';
import type { Instant } from '../timeline.ts';
import { EVENT_KINDS, type EventKind, type TicketEvent } from './event.ts';
import { type FoundObjects, ObjectFinder } from './json-objects.ts';
import { type CodedTicketFault, shortName, type TicketFault } from './ticket-faults.ts';

/** Events in the order of the text, and what is wrong with it. A reader of a service returns the same. */
export interface ReadEvents {
  readonly events: readonly TicketEvent[];
  readonly faults: readonly TicketFault[];
}

/** The fault of a text that holds no events at all. */
export interface RefusedText {
  readonly refusal: TicketFault;
}

/** The keys of an event, and the kinds that may have each; all of them where none are listed. */
const KEYS: Readonly<Record<Exclude<keyof TicketEvent, 'line'>, readonly EventKind[]>> = {
  ticket: [],
  at: [],
  kind: [],
  value: ['priority', 'status', 'estimate'],
  service: ['opened'],
  title: ['opened'],
  priority: ['opened'],
  author: [],
  bot: [],
};

type Key = keyof typeof KEYS;

const KEY_NAMES = Object.keys(KEYS) as readonly Key[];

/** The beginning of an event, where reading can go on after something broken. */
const BEGINNING = /\{\s*"(?:ticket|at|kind|value|service|title|priority|author|bot)"\s*:/g;

/** What to write for each key. */
const EXAMPLES: Readonly<Record<Key, string>> = {
  ticket: 'the name of the ticket in quotes, such as "1042"',
  at: 'an instant of the years 2000 to 2099, such as "2026-11-25T09:12:00Z"',
  kind: `one of ${EVENT_KINDS.map((kind) => `"${kind}"`).join(', ')}`,
  value: 'a text, such as "P1", "on-hold" or "3 hours"',
  service: 'the id of a service, such as "lincolnshire-website"',
  title: 'a text in quotes',
  priority: 'a priority of the service, such as "P1"',
  author: 'a name in quotes',
  bot: 'true or false',
};

/** Reads the events of a text, or refuses it whole. */
export function readEvents(text: string): ReadEvents | RefusedText {
  const first = /[^\s\ufeff]/u.exec(text)?.[0];
  const refused = (fault: CodedTicketFault): RefusedText => ({
    refusal: { ...fault, ticket: undefined, line: 1 },
  });
  if (first === undefined) return refused({ code: 'no-text', args: {} });
  if (first !== '[' && first !== '{') return refused({ code: 'no-json', args: { begins: first } });
  const found = new ObjectFinder(text, BEGINNING).find();
  if (isNoJson(found, text)) return refused({ code: 'no-json', args: { begins: undefined } });
  if (first === '{' && isOtherObject(found)) return refused({ code: 'one-object', args: {} });
  return decoded(found);
}

/** Whether a text that begins like a list is none, such as the sections of an INI file. */
const isNoJson = ({ objects, faults }: FoundObjects, text: string): boolean =>
  objects.length === 0 && faults.some(({ code }) => code === 'no-event') && !isJson(text);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a text is one object that holds a list, as services answer. */
function isOtherObject({ objects }: FoundObjects): boolean {
  const [only, ...others] = objects;
  return (
    only !== undefined &&
    others.length === 0 &&
    !Object.hasOwn(only.value, 'ticket') &&
    Object.values(only.value).some((value) => typeof value === 'object' && value !== null)
  );
}

function decoded({ objects, faults: broken }: FoundObjects): ReadEvents {
  const events: TicketEvent[] = [];
  const faults: TicketFault[] = [...broken];
  const suggestions = new Suggestions();
  for (const { line, value, keyTwice } of objects) {
    const fields = new Fields(value, suggestions);
    if (keyTwice !== undefined) fields.faults.push({ code: 'key-twice', args: { key: shortName(keyTwice) } });
    const event = eventOf(fields, line);
    if (event !== undefined) events.push(event);
    const ticket = Object.hasOwn(value, 'ticket') ? nameIn(value.ticket) : undefined;
    for (const fault of fields.faults) faults.push({ ...fault, ticket, line });
  }
  return { events, faults };
}

type Written = Readonly<Record<string, unknown>>;

/** A name has at most 200 characters, none of them blank at its ends or hidden. */
const isName = (text: string): boolean =>
  text !== '' && text.length <= 200 && text === text.trim() && text.search(UNSAFE_CHARACTERS) < 0;

/** The keys of one event as written, and what is wrong with them. */
class Fields {
  readonly faults: CodedTicketFault[] = [];
  readonly #given = new Map<Key, unknown>();
  readonly #suggestions: Suggestions;

  constructor(written: Written, suggestions: Suggestions) {
    this.#suggestions = suggestions;
    for (const name of Object.keys(written)) {
      if (!Object.hasOwn(KEYS, name)) this.faults.push(unknownKey(name, suggestions));
      // A key that is null says nothing, as in exports that write every key.
      else if (written[name] !== null) this.#given.set(name as Key, written[name]);
    }
  }

  /** The value of a key that may be absent. */
  optional<T>(key: Key, read: (value: unknown) => T | undefined): T | undefined {
    const value = this.#given.get(key);
    const result = value === undefined ? undefined : read(value);
    if (value !== undefined && result === undefined)
      this.faults.push({
        code: 'value-form',
        args: { key, value: nameOf(key, value), example: exampleFor(key, value) },
      });
    return result;
  }

  required<T>(key: Key, read: (value: unknown) => T | undefined): T | undefined {
    if (!this.#given.has(key))
      this.faults.push({ code: 'key-missing', args: { key, example: EXAMPLES[key] } });
    return this.optional(key, read);
  }

  /** The kind; finds keys that only other kinds may have. */
  kind(): EventKind | undefined {
    const name = this.required('kind', textIn);
    const kind = EVENT_KINDS.find((it) => it === name);
    if (kind === undefined) {
      if (name !== undefined) this.faults.push(unknownKind(name, this.#suggestions));
      return undefined;
    }
    for (const key of this.#given.keys())
      if (KEYS[key].length > 0 && !KEYS[key].includes(kind))
        this.faults.push({ code: 'key-elsewhere', args: { key, kind, kinds: KEYS[key] } });
    return kind;
  }
}

/** The event of an object; undefined where it has faults. */
function eventOf(fields: Fields, line: number): TicketEvent | undefined {
  const ticket = fields.required('ticket', nameIn);
  const at = fields.required('at', instantIn);
  const kind = fields.kind();
  const author = fields.optional('author', textIn);
  const bot = fields.optional('bot', booleanIn);
  const isOpening = kind === 'opened';
  const value =
    kind !== undefined && KEYS.value.includes(kind) ? fields.required('value', textIn) : undefined;
  const service = isOpening ? fields.required('service', textIn) : undefined;
  const title = isOpening ? fields.optional('title', textIn) : undefined;
  const priority = isOpening ? fields.optional('priority', textIn) : undefined;
  if (fields.faults.length > 0 || ticket === undefined || at === undefined || kind === undefined)
    return undefined;
  return {
    ticket,
    at,
    kind,
    line,
    ...(value === undefined ? {} : { value }),
    ...(service === undefined ? {} : { service }),
    ...(title === undefined ? {} : { title }),
    ...(priority === undefined ? {} : { priority }),
    ...(author === undefined ? {} : { author }),
    ...(bot === undefined ? {} : { bot }),
  };
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const booleanIn = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

const nameIn = (value: unknown): string | undefined =>
  typeof value === 'string' && isName(value) ? value : undefined;

const instantIn = (value: unknown): Instant | undefined =>
  typeof value === 'string' ? instantOfText(value) : undefined;

function unknownKind(name: string, suggestions: Suggestions): CodedTicketFault {
  const nearest = suggestions.nearest(name, EVENT_KINDS);
  return { code: 'kind-unknown', args: { name: shortName(name), nearest, names: EVENT_KINDS } };
}

function unknownKey(key: string, suggestions: Suggestions): CodedTicketFault {
  const nearest = suggestions.nearest(key, KEY_NAMES);
  return { code: 'key-unknown', args: { name: shortName(key), nearest, names: KEY_NAMES } };
}

/** A number as the name of a ticket only lacks its quotes. */
const exampleFor = (key: Key, value: unknown): string =>
  key === 'ticket' && Number.isSafeInteger(value) ? `"${value}", in quotes` : EXAMPLES[key];

/** What is written: the text itself only where that is a name or a time, and no words of a person. */
function nameOf(key: Key, value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === '') return 'empty';
  if (typeof value === 'string') return key === 'at' || key === 'ticket' ? `"${shortName(value)}"` : 'a text';
  return typeof value === 'object'
    ? 'an object'
    : `a ${typeof value === 'boolean' ? 'yes or no' : typeof value}`;
}
