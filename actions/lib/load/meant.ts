/**
 * What to write instead of a value in another form: `24:00`, `0900`, `20261106`, `7d`, `yes` and `fri` are common and
 * have one meaning. A proposal is always accepted by the schema of the value. Pure.
 */
import { dateText, dayOf, WEEKDAYS } from '../time/date.ts';

/** The parts of a schema that a proposal has to meet. */
interface ValueSchema {
  readonly type?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly not?: { readonly const?: unknown };
}

/** Whether a text has the form of a schema. */
export const hasSchemaForm = (text: string, { pattern }: ValueSchema): boolean =>
  pattern === undefined || new RegExp(pattern, 'u').test(text);

/** The text that was meant, in quotes where a file has them; undefined if it is unknown. */
export function meantValue(value: unknown, schema: ValueSchema): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim();
  if (text.length > 40) return undefined;
  if (schema.type === 'boolean') return meantBoolean(text);
  if (schema.type === 'integer') return meantInteger(text, schema);
  if (schema.pattern === undefined) return undefined;
  const form = new RegExp(schema.pattern, 'u');
  const isValid = (it: string) => form.test(it) && (schema.format !== 'date' || dayOf(it) !== undefined);
  // A number that needs nothing but quotes has a message of its own.
  if (typeof value === 'number' && isValid(text)) return undefined;
  const example = String(schema.examples?.[0] ?? '');
  const meant = candidates(text, example).find((it) => it !== value && isValid(it));
  return meant === undefined ? undefined : isQuoted(meant) ? `"${meant}"` : meant;
}

/** What to write instead of one value where a list is expected; undefined if it may not be an item of the list. */
export function meantList(value: unknown, item: ValueSchema): string | undefined {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isMap)
    return item.type !== 'string' && item.enum === undefined ? '"- " before it, or [ ] around it' : undefined;
  if (
    typeof value !== 'string' ||
    value.length > 80 ||
    !/^[\p{L}\p{N}](?:[\p{L}\p{N} ,._/@+-]|:\d)*$/u.test(value)
  )
    return undefined;
  const whole = meantItem(value, item);
  if (whole !== undefined) return `[${whole}]`;
  const days = item.enum?.includes('monday') === true ? meantWeekdays(value) : undefined;
  if (days !== undefined) return days;
  const words = value.split(/[, ]+/).map((word) => meantItem(word, item));
  return words.every((word) => word !== undefined)
    ? `[${words.map((it) => (isQuoted(it) ? `"${it}"` : it)).join(', ')}]`
    : undefined;
}

/** A word as an item of a list. */
function meantItem(
  word: string,
  { type, enum: choices, maxLength, ...form }: ValueSchema,
): string | undefined {
  if (choices !== undefined) return meantChoice(word, choices.map(String));
  // A comma separates the items of a list.
  const isItem = type === 'string' && !word.includes(',') && word.length <= (maxLength ?? word.length);
  return isItem && hasSchemaForm(word, form) ? word : undefined;
}

/** Local times are written in quotes, because other readers of YAML take them for numbers. */
const isQuoted = (text: string): boolean => /^\d\d:\d\d( |$)/.test(text);

/** A whole number that the schema accepts: the one that was written, or the example where that one is excluded. */
function meantInteger(text: string, { minimum, maximum, not, examples }: ValueSchema): string | undefined {
  const written = /^-?\d{1,6}$/.test(text) ? Number(text) : numberOfWord(text);
  if (written === undefined) return undefined;
  const meant = not?.const === written ? examples?.[0] : written;
  const isAllowed = typeof meant === 'number' && (minimum ?? meant) <= meant && meant <= (maximum ?? meant);
  return isAllowed ? String(meant) : undefined;
}

const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** The number of a word such as `two`, `a` or `twice`. */
function numberOfWord(word: string): number | undefined {
  const lower = word.toLowerCase();
  if (/^(an?|once)$/.test(lower)) return 1;
  if (lower === 'twice') return 2;
  const number = NUMBERS.indexOf(lower);
  return number > 0 ? number : undefined;
}

function candidates(text: string, example: string): readonly string[] {
  const clock = clockOf(text);
  return [
    ...(clock === undefined ? [] : [clock === '24:00' ? '00:00' : clock]),
    ...datesOf(text),
    ...dateTimesOf(text),
    ...durationsOf(text, example),
    ...zonedTimesOf(text),
    ...addressesOf(text),
  ];
}

/** The time of day of `9:00`, `0900`, `900`, `9.00`, `9`, `9am` or `9:30 pm`; `24:00` stays. */
function clockOf(text: string): string | undefined {
  const [, hours = '', minutes = '00', half] =
    /^(\d{1,2})(?:[:.h]?([0-5]\d))?(?::00)?\s*([ap]m)?$/i.exec(text) ?? [];
  if (hours === '') return undefined;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/^p/i.test(half) ? 12 : 0);
  if (half !== undefined && (Number(hours) > 12 || Number(hours) === 0)) return undefined;
  const clock = `${String(hour).padStart(2, '0')}:${minutes}`;
  return hour < 24 || clock === '24:00' ? clock : undefined;
}

/** The local time of `5 pm America/New_York` or `America/New_York 17:00`, in its zone. */
function zonedTimesOf(text: string): readonly string[] {
  const [, before, after = '', zone = after, time = before] =
    /^(\S+(?: [ap]m)?) ([^\s/]+\/\S+)$/i.exec(text) ??
    /^()()([^\s/]+\/\S+) (\S+(?: [ap]m)?)$/i.exec(text) ??
    [];
  const clock = clockOf(time ?? '');
  return zone === '' || clock === undefined ? [] : [`${clock === '24:00' ? '00:00' : clock} ${zone}`];
}

/** The https address of `http://example.org` or `example.org/runbook`. */
function addressesOf(text: string): readonly string[] {
  if (text.startsWith('http://')) return [text.replace('http://', 'https://')];
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/\S*)?$/.test(text) ? [`https://${text}`] : [];
}

/** The date of `20261106`, `2026-11-6`, `2026/11/06` or `6.11.2026`. */
function datesOf(text: string): readonly string[] {
  const [, year, month = '', day = ''] =
    /^(20\d\d)(\d\d)(\d\d)$/.exec(text) ?? /^(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
  if (year !== undefined) return [isoDate(year, month, day)];
  const [, one = '', separator, two = '', last] = /^(\d{1,2})([-/.])(\d{1,2})\2(20\d\d)$/.exec(text) ?? [];
  if (last === undefined) return [];
  // With points the day comes first; elsewhere only a number above 12 tells which is the day.
  if (separator === '.' || Number(one) > 12) return [isoDate(last, two, one)];
  return Number(two) > 12 ? [isoDate(last, one, two)] : [];
}

const isoDate = (year: string, month: string, day: string): string =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

/** The local date-time of a date and a time with another separator, with seconds, at 24:00, or of a date alone. */
function dateTimesOf(text: string): readonly string[] {
  const [, date = '', time = '0:00'] = /^([\d./-]{8,10})(?:[T\s]+([\d:.]{3,8}))?$/.exec(text) ?? [];
  const [on] = datesOf(date);
  const clock = clockOf(time);
  const day = on === undefined ? undefined : dayOf(on);
  if (day === undefined || clock === undefined) return [];
  return clock === '24:00' ? [`${dateText(day + 1)}T00:00`] : [`${dateText(day)}T${clock}`];
}

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(m|mins?|minutes?)$/i, 'minute'],
  [/^(h|hrs?|hours?)$/i, 'hour'],
  [/^(d|days?)$/i, 'day'],
  [/^(w|wks?|weeks?)$/i, 'week'],
  [/^(mo|mths?|months?)$/i, 'month'],
  [/^(wd|working ?days?|business ?days?|work ?days?)$/i, 'working day'],
];

/** The duration of `7` in the unit of the example, `7d`, `7days`, `48h`, `7 Days`, `P7D`, `a week` or `seven days`. */
function durationsOf(text: string, example: string): readonly string[] {
  const [, word = '', noun] = /^([a-z]{1,6}) ([a-z ]+)$/i.exec(text) ?? [];
  const named = numberOfWord(word);
  const amount = named === undefined ? text : `${named} ${noun}`;
  const [, number, unit = ''] = /^P?T?(\d{1,4})\s*([a-z ]*)$/i.exec(amount) ?? [];
  if (number === undefined || Number(number) === 0) return [];
  const own = unit === '' ? /^\d+ (.+?)s?$/.exec(example)?.[1] : UNITS.find(([form]) => form.test(unit))?.[1];
  if (own === undefined) return [];
  return [`${Number(number)} ${own}${Number(number) === 1 ? '' : 's'}`];
}

function meantBoolean(text: string): string | undefined {
  if (/^(yes|y|on|true|1)$/i.test(text)) return 'true';
  return /^(no|n|off|false|0)$/i.test(text) ? 'false' : undefined;
}

/** The one of some words that an abbreviation such as `fri` begins, or a plural such as `fridays`. */
export function meantChoice(word: string, choices: readonly string[]): string | undefined {
  const lower = word.toLowerCase().replace(/[.]$/, '');
  if (lower.length < 2) return undefined;
  const [only, ...others] = choices.filter((it) => it.startsWith(lower) || `${it}s` === lower);
  return others.length === 0 ? only : undefined;
}

/** The days of support hours that a text names: all of them, or a list of weekdays. */
export const meantDays = (text: string): string | undefined =>
  /^(all|any|always|daily|each|every ?day)$/i.test(text.trim()) ? 'every' : meantWeekdays(text);

/** The list of weekdays that a text names: `fri`, `weekdays`, `mon-fri` or `mon, tue`; undefined if it names none. */
function meantWeekdays(text: string): string | undefined {
  const lower = text.trim().toLowerCase();
  if (/^week-?days?$/.test(lower)) return listed(WEEKDAYS.slice(0, 5));
  if (/^week-?ends?$/.test(lower)) return listed(WEEKDAYS.slice(5));
  const [, from, to] = /^([a-z]{3,9})\s*(?:-|–|to)\s*([a-z]{3,9})$/.exec(lower) ?? [];
  if (from !== undefined && to !== undefined) {
    const [first, last] = [from, to].map((it) => WEEKDAYS.findIndex((day) => day.startsWith(it)));
    return first === undefined || last === undefined || first < 0 || last < first
      ? undefined
      : listed(WEEKDAYS.slice(first, last + 1));
  }
  const days = lower.split(/[,\s]+/).map((it) => (it.length < 3 ? undefined : meantChoice(it, WEEKDAYS)));
  return days.length > 0 && days.every((it) => it !== undefined) ? listed(days) : undefined;
}

const listed = (days: readonly (string | undefined)[]): string => `[${days.join(', ')}]`;
