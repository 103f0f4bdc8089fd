/**
 * Parses the body of an issue created from a form into the values of its fields. GitHub writes `### Label`, a blank
 * line and the response, and escapes nothing. A body is therefore accepted only if it has every label once and in
 * order, so that a heading inside a text area cannot pass for a field. Reports faults per field, in time linear in
 * the size of the body.
 */
import { didYouMean } from '../text/suggest.ts';
import { trimmedEnd } from '../text/trim.ts';
import { UNSAFE_CHARACTERS } from '../text/unsafe-characters.ts';
import { dayOf, wallOfText } from '../time/date.ts';
import { turnOnOfText } from '../time/turn-name.ts';
import type { Field, Form, Option } from './form.ts';
import { skeleton } from './lookalikes.ts';

/** A fault of one field, named by its label; `field` is "This request" for a fault of the whole body. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** The values in a body, by field id, of the fields that are filled in and valid. */
export interface Parsed {
  readonly values: ReadonlyMap<string, string>;
  readonly faults: readonly FieldFault[];
}

const WHOLE = 'This request';

/** GitHub's limit for a body, in characters. */
const MOST_IN_BODY = 65_536;
const MOST_IN_LINE = 100;
const MOST_IN_TEXT = 10_000;

/** What GitHub writes for an empty field. */
const EMPTY = '_No response_';

/** The form that created a body, recognised by its first line; undefined for any other issue. */
export function formOf<F extends Form>(forms: readonly F[], body: string): F | undefined {
  const first = body.slice(0, 200).trimStart().split(/\r?\n/, 1)[0]?.trimEnd();
  return forms.find(({ fields }) => first === headingOf(fields[0] as Field));
}

const headingOf = ({ label }: Field): string => `### ${label}`;

/** Parses a body as the responses to a form. */
export function parseBody({ fields }: Form, body: string): Parsed {
  if (body.length > MOST_IN_BODY) {
    const message =
      `this has ${body.length} characters, and a request has at most ${MOST_IN_BODY}; ` +
      'link to what is long';
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

/** The deviations from the form's headings, which are once each and in order. */
function* misplacedIn(
  fields: readonly Field[],
  found: readonly Heading[],
  lines: readonly string[],
): Iterable<FieldFault> {
  yield* miscounted(fields, found);
  yield* outOfOrder(fields, found);
  if (lines.slice(0, found[0]?.line ?? 0).some((text) => text.trim() !== ''))
    yield { field: WHOLE, message: 'there is text above the first field; remove it' };
  yield* lookalikeHeadings(fields, found, lines);
}

const timesFound = (found: readonly Heading[]): ReadonlyMap<Field, readonly Heading[]> =>
  Map.groupBy(found, ({ field }) => field);

function* miscounted(fields: readonly Field[], found: readonly Heading[]): Iterable<FieldFault> {
  const times = timesFound(found);
  for (const field of fields) {
    const count = times.get(field)?.length ?? 0;
    if (count === 0)
      yield {
        field: field.label,
        message: `the heading "${headingOf(field)}" is missing; put it back, with the response below`,
      };
    else if (count > 1)
      yield {
        field: field.label,
        message:
          `the heading "${headingOf(field)}" appears ${count} times; ` +
          'keep one, and rephrase such a line in a text',
      };
  }
}

/** The first heading that is where another should be, among those that appear once. */
function* outOfOrder(fields: readonly Field[], found: readonly Heading[]): Iterable<FieldFault> {
  const times = timesFound(found);
  const each = fields.filter((field) => times.get(field)?.length === 1);
  const order = found.filter(({ field }) => each.includes(field));
  for (const [i, { field }] of order.entries()) {
    const expected = each[i];
    if (expected !== undefined && expected !== field) {
      yield {
        field: field.label,
        message: `this is where "${expected.label}" should be; keep the fields in the order of the form`,
      };
      return;
    }
  }
}

/** The lines that look like a heading of the form but are not. */
function* lookalikeHeadings(
  fields: readonly Field[],
  found: readonly Heading[],
  lines: readonly string[],
): Iterable<FieldFault> {
  const skeletons = new Map(fields.map((field) => [skeleton(field.label), field]));
  const headed = new Set(found.map(({ line }) => line));
  for (const [i, text] of lines.entries()) {
    if (headed.has(i) || text.length > 200) continue;
    const [, words] = /^[\s>]*#{1,6}(.*)$/.exec(text.replace(UNSAFE_CHARACTERS, '').normalize('NFKC')) ?? [];
    const field = words === undefined ? undefined : skeletons.get(skeleton(trimmedEnd(words, /[#\s]/)));
    if (field !== undefined)
      yield {
        field: field.label,
        message: `line ${i + 1} looks like the heading of this field but is not; rephrase it`,
      };
  }
}

/** The value of a field; undefined for an empty optional one; `wrong` is the message for one that is not accepted. */
function readAs(field: Field, written: string): string | undefined | { readonly wrong: string } {
  if (field.kind === 'choice') {
    const isEmpty = written === '' || written === 'None';
    return isEmpty && field.need === 'optional' ? undefined : chosen(field.options, written);
  }
  if (written === '') return field.need === 'optional' ? undefined : { wrong: 'nothing is here; fill it in' };
  const most = field.kind === 'line' ? MOST_IN_LINE : MOST_IN_TEXT;
  if (written.length > most)
    return {
      wrong: `this has ${written.length} characters, and it has at most ${most}; shorten it`,
    };
  if (field.kind === 'text') {
    return written.replace(/[\n\t]/g, '').search(UNSAFE_CHARACTERS) >= 0
      ? { wrong: 'this has an invisible character; type the text again' }
      : written;
  }
  if (written.includes('\n')) return { wrong: 'this has more than one line; write it on one line' };
  if (written.search(UNSAFE_CHARACTERS) >= 0)
    return { wrong: 'this has an invisible character; type the text again' };
  return lineAs(field.format, field.example, written);
}

function chosen(options: readonly Option[], written: string): string | { readonly wrong: string } {
  if (written === '' || written === 'None') return { wrong: 'nothing is chosen; choose one' };
  const option = options.find(({ text }) => text === written) ?? renamedIn(options, written);
  if (option !== undefined) return option.id;
  const shown = written.length > 100 ? `${written.slice(0, 100)}…` : written;
  const lookalike = options.find(({ text }) => skeleton(text) === skeleton(shown));
  if (lookalike !== undefined)
    return {
      wrong: `"${shown}" only looks like "${lookalike.text}", and has other characters; choose it from the list`,
    };
  const hint = didYouMean(
    shown,
    options.map(({ text }) => text),
  );
  return { wrong: `"${shown}" is not among the choices${hint === '' ? '; choose one from the list' : hint}` };
}

/** `Amara Osei (amara-osei)`: a name and an id. */
const NAMED = /^(.*) \(([^()]+)\)$/;

/** The option chosen under an earlier name: found by its id, unless another option now has that name. */
function renamedIn(options: readonly Option[], written: string): Option | undefined {
  const [, name = '', id] = NAMED.exec(written) ?? [];
  const option = options.find((it) => it.id === id && it.text.endsWith(` (${id})`));
  if (option === undefined) return undefined;
  const others = options.filter((it) => it !== option);
  const sought = skeleton(name);
  return others.some(({ text }) => skeleton(NAMED.exec(text)?.[1] ?? text) === sought) ? undefined : option;
}

function lineAs(
  format: Extract<Field, { kind: 'line' }>['format'],
  example: string,
  written: string,
): string | { readonly wrong: string } {
  const wrong = (message: string) => ({ wrong: message });
  switch (format) {
    case 'words':
      return /[<>]/.test(written) ? wrong('this has angle brackets; remove them') : written;
    case 'channel':
      return /^#[a-z0-9][a-z0-9_-]{0,79}$/.test(written)
        ? written
        : wrong(`"${written}" is not a channel such as "${example}"`);
    case 'login':
      return /^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}(?:_[A-Za-z0-9]{1,10})?$/.test(written)
        ? written
        : wrong(`"${written}" is not a GitHub name such as "${example}"`);
    case 'pagerduty':
      return /^[A-Z0-9]{1,40}$/.test(written)
        ? written
        : wrong(`"${written}" is not an id of PagerDuty such as "${example}"`);
    case 'date': {
      if (!/^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(written))
        return wrong(`"${written}" is not a date such as "${example}"`);
      return dayOf(written) === undefined ? wrong(`there is no ${written} in the calendar`) : written;
    }
    case 'turn': {
      const joined = written.replace(' ', 'T');
      if (!/^20[0-9]{2}-[0-9]{2}-[0-9]{2}(T([01][0-9]|2[0-3]):[0-5][0-9])?$/.test(joined))
        return wrong(`"${written}" is not a date such as "${example}"`);
      return turnOnOfText(joined) === undefined
        ? wrong(`there is no ${joined.slice(0, 10)} in the calendar`)
        : joined;
    }
    case 'any-turn': {
      const [, role, turn = ''] = /^(?:([a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9-]+) +)?(\S+)$/.exec(written) ?? [];
      const date = lineAs('turn', example, turn === '' ? written : turn);
      return typeof date === 'string' && role !== undefined ? `${role} ${date}` : date;
    }
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
