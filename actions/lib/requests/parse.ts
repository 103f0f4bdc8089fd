/**
 * The body of an issue that a form made, to the values of its fields. GitHub writes `### Label`, a blank line and the answer,
 * and escapes nothing, so a body counts only when every label is there once, in order: whatever else a heading in a text
 * area may do, it cannot pose as a field. Faults are reported for each field. Linear in the size of the body.
 */
import { didYouMean } from '../text/suggest.ts';
import { UNSAFE_CHARACTERS } from '../text/unsafe-characters.ts';
import { dayOf, wallOfText } from '../time/date.ts';
import type { Field, Form, FormKind, Option } from './form.ts';

/** Something wrong with one field, by its label; the whole body's is called "This request". */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** The values in a body, by the id of each field that is filled in and valid. */
export interface Parsed {
  readonly values: ReadonlyMap<string, string>;
  readonly faults: readonly FieldFault[];
}

const WHOLE = 'This request';

/** As many characters as GitHub lets a body have. */
const MOST_IN_BODY = 65_536;
const MOST_IN_LINE = 100;
const MOST_IN_TEXT = 10_000;

/** What GitHub writes for a field that was left empty. */
const EMPTY = '_No response_';

/** Which form made a body, going by its first line; undefined for an issue that is something else. */
export function formOf(forms: Readonly<Record<FormKind, Form>>, body: string): Form | undefined {
  const first = body.slice(0, 200).trimStart().split(/\r?\n/, 1)[0]?.trimEnd();
  return Object.values(forms).find(({ fields }) => first === headingOf(fields[0] as Field));
}

const headingOf = ({ label }: Field): string => `### ${label}`;

/** Reads a body as answers to a form. */
export function parseBody({ fields }: Form, body: string): Parsed {
  if (body.length > MOST_IN_BODY) {
    const message = `this has ${body.length} characters, and a request has at most ${MOST_IN_BODY}; link to what is long`;
    return { values: new Map(), faults: [{ field: WHOLE, message }] };
  }
  const lines = body.replaceAll('\r\n', '\n').split('\n');
  const starts = headings(fields, lines);
  const misplaced = [...misplacedIn(fields, starts, lines)];
  if (misplaced.length > 0) return { values: new Map(), faults: misplaced };
  const values = new Map<string, string>();
  const faults: FieldFault[] = [];
  for (const [i, field] of fields.entries()) {
    const { line } = starts[i] as Heading;
    const written = lines
      .slice(line + 1, starts[i + 1]?.line)
      .join('\n')
      .trim();
    const read = readAs(field, written === EMPTY ? '' : written);
    if (typeof read === 'string') values.set(field.id, read);
    else if (read !== undefined) faults.push({ field: field.label, message: read.wrong });
  }
  return { values, faults };
}

interface Heading {
  readonly line: number;
  readonly field: Field;
}

function headings(fields: readonly Field[], lines: readonly string[]): readonly Heading[] {
  const known = new Map(fields.map((field) => [headingOf(field), field]));
  return lines.flatMap((text, line) => {
    const field = text.startsWith('#') ? known.get(text.trimEnd()) : undefined;
    return field === undefined ? [] : [{ line, field }];
  });
}

/** What keeps the headings from being those of the form, once each and in order. */
function* misplacedIn(
  fields: readonly Field[],
  found: readonly Heading[],
  lines: readonly string[],
): Iterable<FieldFault> {
  const times = Map.groupBy(found, ({ field }) => field);
  for (const field of fields) {
    const count = times.get(field)?.length ?? 0;
    if (count === 0)
      yield {
        field: field.label,
        message: `the heading "${headingOf(field)}" is missing; put it back, with the answer below`,
      };
    else if (count > 1)
      yield {
        field: field.label,
        message: `the heading "${headingOf(field)}" is there ${count} times; keep one, and write such a line differently in a text`,
      };
  }
  const each = fields.filter((field) => times.get(field)?.length === 1);
  const order = found.filter(({ field }) => each.includes(field));
  for (const [i, { field }] of order.entries()) {
    const wanted = each[i];
    if (wanted !== undefined && wanted !== field) {
      yield {
        field: field.label,
        message: `this stands where "${wanted.label}" should; keep the fields in the order of the form`,
      };
      break;
    }
  }
  if (lines.slice(0, found[0]?.line ?? 0).some((text) => text.trim() !== ''))
    yield { field: WHOLE, message: 'there is text above the first field; take it out' };
  const skeletons = new Map(fields.map((field) => [skeleton(field.label), field]));
  const headed = new Set(found.map(({ line }) => line));
  for (const [i, text] of lines.entries()) {
    if (headed.has(i) || text.length > 200) continue;
    const [, words] =
      /^[\s>]*#{1,6}(.*?)[#\s]*$/.exec(text.replace(UNSAFE_CHARACTERS, '').normalize('NFKC')) ?? [];
    const field = words === undefined ? undefined : skeletons.get(skeleton(words));
    if (field !== undefined)
      yield {
        field: field.label,
        message: `line ${i + 1} reads like the heading of this field and is not; write it differently`,
      };
  }
}

/** Letters of other scripts that look like these. */
const TWINS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['аɑα', 'a'],
    ['сϲ', 'c'],
    ['ԁ', 'd'],
    ['её', 'e'],
    ['һ', 'h'],
    ['іїι', 'i'],
    ['ј', 'j'],
    ['кκ', 'k'],
    ['ӏ', 'l'],
    ['оοσ', 'o'],
    ['рρ', 'p'],
    ['ѕ', 's'],
    ['тτ', 't'],
    ['υ', 'u'],
    ['ѵν', 'v'],
    ['ԝ', 'w'],
    ['хχ', 'x'],
    ['уγ', 'y'],
    ['ո', 'n'],
    ['м', 'm'],
    ['н', 'h'],
    ['в', 'b'],
  ].flatMap(([twins = '', letter = '']) => [...twins].map((twin) => [twin, letter])),
);

/** A text without what the eye passes over: case, accents, invisible characters, letters that look like others. */
const skeleton = (text: string): string =>
  [
    ...text
      .replace(UNSAFE_CHARACTERS, '')
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\p{M}\p{DI}\s]/gu, ''),
  ]
    .map((char) => TWINS[char] ?? char)
    .join('');

/** The value of a field as it was written; undefined for an empty one that may be, in words what is wrong with it. */
function readAs(field: Field, written: string): string | undefined | { readonly wrong: string } {
  if (field.kind === 'choice') return chosen(field.options, written);
  if (written === '') return field.need === 'optional' ? undefined : { wrong: 'nothing is here; fill it in' };
  const most = field.kind === 'line' ? MOST_IN_LINE : MOST_IN_TEXT;
  if (written.length > most)
    return {
      wrong: `this has ${written.length} characters, and it has at most ${most}; say it in fewer words`,
    };
  if (field.kind === 'text') {
    return written.replace(/[\n\t]/g, '').search(UNSAFE_CHARACTERS) >= 0
      ? { wrong: 'this has a character that cannot be seen; type the text again' }
      : written;
  }
  if (written.includes('\n')) return { wrong: 'this has more than one line; write it in one' };
  if (written.search(UNSAFE_CHARACTERS) >= 0)
    return { wrong: 'this has a character that cannot be seen; type the text again' };
  return lineAs(field.wants, field.example, written);
}

function chosen(options: readonly Option[], written: string): string | { readonly wrong: string } {
  if (written === '' || written === 'None') return { wrong: 'nothing is chosen; choose one' };
  const option = options.find(({ text }) => text === written) ?? renamedIn(options, written);
  if (option !== undefined) return option.id;
  const shown = written.length > 100 ? `${written.slice(0, 100)}…` : written;
  const twin = options.find(({ text }) => skeleton(text) === skeleton(shown));
  if (twin !== undefined)
    return {
      wrong: `"${shown}" only looks like "${twin.text}", and has other characters; choose it from the list`,
    };
  const hint = didYouMean(
    shown,
    options.map(({ text }) => text),
  );
  return { wrong: `"${shown}" is not among the choices${hint === '' ? '; choose one from the list' : hint}` };
}

/** `Amara Osei (amara-osei)`: a name and an id. */
const NAMED = /^(.*) \(([^()]+)\)$/;

/** The option that was chosen under a name it no longer has: by its id, as long as the name is nobody else's. */
function renamedIn(options: readonly Option[], written: string): Option | undefined {
  const [, name = '', id] = NAMED.exec(written) ?? [];
  const option = options.find((it) => it.id === id && it.text.endsWith(` (${id})`));
  if (option === undefined) return undefined;
  const others = options.filter((it) => it !== option);
  const sought = skeleton(name);
  return others.some(({ text }) => skeleton(NAMED.exec(text)?.[1] ?? text) === sought) ? undefined : option;
}

function lineAs(
  wants: Extract<Field, { kind: 'line' }>['wants'],
  example: string,
  written: string,
): string | { readonly wrong: string } {
  const wrong = (message: string) => ({ wrong: message });
  switch (wants) {
    case 'words':
      return /[<>]/.test(written) ? wrong('this has angle brackets; write it without') : written;
    case 'channel':
      return /^#[a-z0-9][a-z0-9_-]{0,79}$/.test(written)
        ? written
        : wrong(`"${written}" is not a channel such as "${example}"`);
    case 'date':
      if (!/^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(written))
        return wrong(`"${written}" is not a date such as "${example}"`);
      return dayOf(written) === undefined ? wrong(`there is no ${written} in the calendar`) : written;
    case 'date-time': {
      const joined = written.replace(' ', 'T');
      if (!/^20[0-9]{2}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]$/.test(joined))
        return wrong(`"${written}" is not a date and time such as "${example}"`);
      return wallOfText(joined) === undefined
        ? wrong(`there is no ${joined.slice(0, 10)} in the calendar`)
        : joined;
    }
  }
}
