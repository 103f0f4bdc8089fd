/**
 * Data as written against the JSON Schema of its kind, and every fault in words that say what is there, what should
 * be and where. The one home of `ajv`. The schemas supply the words (titles and examples), so they are the manual of
 * the editor and of the check alike.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import definitions from '../../../schemas/definitions.schema.json' with { type: 'json' };
import { didYouMean } from '../text/suggest.ts';
import type { Kind } from './kind.ts';
import { type Branches, branchesIn } from './schema-branches.ts';
import { firstKey } from './yaml-mistakes.ts';

/** What of a kind of file its schema needs. */
type SchemaOfKind = Pick<Kind, 'schema' | 'emailKey'>;

/** Where data breaks its schema, and how in words; `rule` is `times` for a date that is not in the calendar. */
export interface SchemaFault {
  readonly rule: 'schema' | 'times';
  readonly path: readonly (string | number)[];
  readonly atKey: boolean;
  readonly message: string;
  /** Nothing is there, and a text should be. */
  readonly lacksText?: true;
}

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allowUnionTypes: true,
  formats: { date: fullFormats.date, email: fullFormats.email, uri: fullFormats.uri },
  schemas: [definitions],
});

const validators = new Map<object, ValidateFunction>();

const branches = new Map<unknown, Branches>();

/** Every place at which data breaks the schema of its kind, one fault a place; none when it keeps it. */
export function schemaFaults({ schema, emailKey }: SchemaOfKind, data: unknown): readonly SchemaFault[] {
  const validate = validatorOf(schema);
  if (validate(isLong(data) ? shortened(data) : data)) return [];
  const faults = new Map<string, SchemaFault>();
  const all = (validate.errors ?? []).filter(tells);
  const errors = all.slice(0, MOST_ERRORS).toSorted((a, b) => weight(a) - weight(b));
  const strange = Map.groupBy(
    errors.filter(({ keyword }) => keyword === 'additionalProperties'),
    ({ instancePath }) => instancePath,
  );
  for (const error of errors.filter((it) => !isMisspelt(it, strange.get(it.instancePath) ?? []))) {
    const fault = faultOf(error, schema, emailKey);
    // One value has one fault told; but each key that is missing is missed.
    const key = JSON.stringify([fault.path, fault.atKey, error.keyword === 'required' && error.params]);
    if (!faults.has(key)) faults.set(key, fault);
  }
  const found = [...faults.values()];
  const isAll = all.length <= MOST_ERRORS;
  if (isAll && found.length <= MOST_FAULTS) return found;
  // Told of the file as a whole, because what is not told apart is not to be trusted either.
  const places = `${isAll ? '' : 'more than '}${found.length} places`;
  const message = `this file breaks its schema in ${places}; ${Math.min(found.length, MOST_FAULTS)} of them are told`;
  return [{ rule: 'schema', path: [], atKey: false, message }, ...found.slice(0, MOST_FAULTS)];
}

function validatorOf(schema: object): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const validate = ajv.compile(schema);
  for (const [branch, both] of branchesIn(schema)) branches.set(branch, both);
  validators.set(schema, validate);
  return validate;
}

/** More faults of one file than anyone reads; a hostile file has thousands. */
const MOST_FAULTS = 100;

/** More errors than anyone's slips make; each that is looked at costs time, and a hostile file has half a million. */
const MOST_ERRORS = 2_000;

/** More than any list or block of a schema takes. */
const TOO_MANY = 5_001;

const isLong = (data: unknown): boolean => {
  if (typeof data !== 'object' || data === null) return false;
  const values = Object.values(data);
  return values.length > TOO_MANY || values.some(isLong);
};

/** Data cut to what is still refused as too long: ajv needs time by the square of its errors. */
function shortened(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.slice(0, TOO_MANY).map(shortened);
  const entries = Object.entries(data).slice(0, TOO_MANY);
  return Object.fromEntries(entries.map(([key, value]) => [key, shortened(value)]));
}

/** Left out: keywords that only repeat what another error says in detail. */
const tells = ({ keyword, propertyName }: ErrorObject): boolean =>
  keyword !== 'if' && propertyName === undefined;

/** Whether a key is missing only because a strange key beside it was meant as that, or as one of another thing's, which is told already. */
const isMisspelt = (error: ErrorObject, strange: readonly ErrorObject[]): boolean =>
  error.keyword === 'required' &&
  strange.some(({ params, parentSchema }) => {
    const [key, missing] = [String(params.additionalProperty), String(error.params.missingProperty)];
    const meant = parentSchema === error.parentSchema ? otherOf(parentSchema as Described, key) : undefined;
    return isMeantBy(key, missing) || (meant !== undefined && !meant.other.required?.includes(missing));
  });

const keysOf = ({ properties }: Described): readonly string[] => Object.keys(properties ?? {});

/** The other thing that somebody meant who wrote a key that is only near one of its keys. */
function otherOf(schema: Described | undefined, key: string): Branches | undefined {
  const both = branches.get(schema);
  const isMeant =
    both !== undefined &&
    didYouMean(key, keysOf(schema ?? {})) === '' &&
    didYouMean(key, keysOf(both.other)) !== '';
  return isMeant ? both : undefined;
}

const isMeantBy = (written: string, key: string): boolean =>
  didYouMean(written, [key]) !== '' || firstKey(written, [key]) !== undefined;

/** Where one place breaks several keywords, the plainest is told: its type before its pattern before its calendar. */
const weight = ({ keyword }: ErrorObject): number => {
  const order = ['type', 'enum', 'const', 'minLength', 'pattern', 'format'].indexOf(keyword);
  return order === -1 ? 3 : order;
};

interface Described {
  readonly title?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly propertyNames?: unknown;
}

/** One error of ajv, with what its words need. */
interface Failure {
  readonly params: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  readonly schema: Described;
  /** The schema of the whole file. */
  readonly root: object;
  readonly emailKey: string | undefined;
  /** The thing at fault, by its title or its key. */
  readonly subject: string;
  readonly lastStep: string | undefined;
}

/** What is at fault: the value, or with `key` one of the keys in it; with `atKey` its own key. */
interface Verdict {
  readonly message: string;
  readonly key?: string;
  readonly atKey?: true;
  readonly rule?: 'times';
  readonly lacksText?: true;
}

function faultOf(error: ErrorObject, root: object, emailKey: string | undefined): SchemaFault {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const schema = error.parentSchema as Described;
  const verdictOf = VERDICTS.get(error.keyword) ?? otherwise;
  const { key, atKey, ...verdict } = verdictOf({
    params: error.params,
    data: error.data,
    schema,
    root,
    emailKey,
    subject: named(titled(schema, path.at(-1))),
    lastStep: path.at(-1),
  });
  return {
    rule: 'schema',
    path: key === undefined ? path : [...path, key],
    atKey: key !== undefined || atKey === true,
    ...verdict,
  };
}

type VerdictOf = (failure: Failure) => Verdict;

const unknownKey: VerdictOf = ({ params, schema, subject }) => {
  const key = String(params.additionalProperty);
  const known = keysOf(schema);
  const colonless = firstKey(key, known);
  if (colonless !== undefined && colonless !== `${key}:`)
    return { key, message: `this has no ": "; write "${colonless}"` };
  const meant = otherOf(schema, key);
  if (meant !== undefined) {
    const hint = didYouMean(key, keysOf(meant.other));
    return { key, message: `${quoted(key)} is no key of ${named(meant.whole)}${hint}` };
  }
  const hint = didYouMean(key, known) || `; it knows ${list(known)}`;
  return { key, message: `${quoted(key)} is no key of ${subject}${hint}` };
};

const malformedKey: VerdictOf = ({ params, schema, root }) => {
  const key = String(params.propertyName);
  return /^20\d\d-\d\d-\d\d$/.test(key)
    ? { key, rule: 'times', message: `there is no ${key} in the calendar` }
    : { key, message: wrongKey(key, nameSchema(root, schema)) };
};

const missingKey: VerdictOf = ({ params, subject }) => ({
  message: `${quoted(String(params.missingProperty))} is missing from ${subject}`,
});

const missingCompanion: VerdictOf = ({ params }) => ({
  message: `${quoted(String(params.property))} goes only with ${quoted(String(params.missingProperty))}, which is missing`,
});

const excludedKey: VerdictOf = ({ lastStep }) => ({
  message: `${quoted(lastStep ?? '')} does not go with the other keys here; take one of them out`,
  atKey: true,
});

const otherChoice: VerdictOf = ({ params, data }) => {
  const choices = (params.allowedValues as readonly unknown[]).map(String);
  return { message: `${shown(data)} is not one of ${list(choices)}${didYouMean(String(data), choices)}` };
};

const otherValue: VerdictOf = ({ params, data }) => ({
  message: `${shown(data)} is there, and only ${shown(params.allowedValue)} can be`,
});

const otherType: VerdictOf = ({ params, data, schema, subject }) => ({
  message: wrongType(String(params.type), data, schema, subject),
  ...(data === null && params.type === 'string' ? { lacksText: true } : {}),
});

const otherFormat: VerdictOf = (failure) =>
  failure.params.format === 'date'
    ? { rule: 'times', message: `there is no ${String(failure.data)} in the calendar` }
    : otherwise(failure);

const tooLittle: VerdictOf = ({ params, subject }) => ({
  message: `this holds too little; ${subject} wants ${counted(params.limit as number)}`,
});

const tooMuch: VerdictOf = ({ params, subject }) => ({
  message: `this holds more than the ${String(params.limit)} that ${subject} can; take old entries out`,
});

const doubleItem: VerdictOf = ({ params }) => {
  const [first, second] = [Number(params.i) + 1, Number(params.j) + 1].toSorted((a, b) => a - b);
  return { message: `the same thing is there twice, as numbers ${first} and ${second}; keep one of them` };
};

const outOfBounds =
  (bound: 'most' | 'least'): VerdictOf =>
  ({ params, data, subject }) => ({
    message: `${String(data)} is out of bounds; ${subject} is at ${bound} ${String(params.limit)}`,
  });

const tooLong: VerdictOf = ({ params, data, subject }) => ({
  message: `this has ${String(data).length} characters; ${subject} has at most ${String(params.limit)}`,
});

const otherForm: VerdictOf = (failure) => {
  const { params, schema, emailKey } = failure;
  const text = String(failure.data);
  if (!String(params.pattern).includes('<>') || !/[<>]/.test(text)) return otherwise(failure);
  const remedy =
    emailKey !== undefined && /<[^>]*@/.test(text)
      ? `write the address under "${emailKey}"`
      : 'leave them out';
  return { message: `"<" and ">" cannot be in ${named(schema)}; ${remedy}` };
};

const otherwise: VerdictOf = ({ data, schema }) => ({ message: `${shown(data)} is not ${wanted(schema)}` });

/** By ajv's keyword, what data that fails it is at fault of. */
const VERDICTS: ReadonlyMap<string, VerdictOf> = new Map([
  ['additionalProperties', unknownKey],
  ['propertyNames', malformedKey],
  ['required', missingKey],
  ['dependencies', missingCompanion],
  ['false schema', excludedKey],
  ['enum', otherChoice],
  ['const', otherValue],
  ['type', otherType],
  ['format', otherFormat],
  ['minItems', tooLittle],
  ['minProperties', tooLittle],
  ['maxItems', tooMuch],
  ['maxProperties', tooMuch],
  ['uniqueItems', doubleItem],
  ['maximum', outOfBounds('most')],
  ['minimum', outOfBounds('least')],
  ['maxLength', tooLong],
  ['pattern', otherForm],
]);

/** A value whose title is but its key is called by that key in quotes, as the file does; any other by its title. */
function titled(schema: Described, key: string | undefined): Described {
  const { title } = schema;
  return title !== undefined && title.toLowerCase().replaceAll(/[ -]/g, '_') === key
    ? { ...schema, title: quoted(key) }
    : schema;
}

/** "an override", "a role": the schema's title in a sentence. */
function named({ title }: Described): string {
  if (title === undefined || title.startsWith('"')) return title ?? 'this';
  const words = title.toLowerCase();
  // Several things have no article.
  if (/[^s]s$/.test(words)) return words;
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

/** "a date such as 2026-12-02". */
const wanted = (schema: Described): string => {
  const example = schema.examples?.[0];
  return example === undefined || typeof example === 'object'
    ? named(schema)
    : `${named(schema)} such as ${shown(example)}`;
};

interface NameSchema extends Described {
  readonly $ref?: string;
  readonly maxLength?: number;
}

/** The schema of a map's keys, in the schema of its file. */
function nameSchema(root: object, schema: Described): NameSchema {
  const names = schema.propertyNames as NameSchema;
  const [file, key = ''] = names.$ref?.split('#/definitions/') ?? [];
  const holder = file === '' ? root : definitions;
  return (
    (holder as { readonly definitions?: Readonly<Record<string, NameSchema>> }).definitions?.[key] ?? names
  );
}

const wrongKey = (key: string, schema: NameSchema): string =>
  schema.maxLength !== undefined && key.length > schema.maxLength
    ? `this has ${key.length} characters; ${named(schema)} has at most ${schema.maxLength}`
    : `${quoted(key)} is not ${wanted(schema)}`;

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of keys',
  null: 'nothing',
};

function wrongType(type: string, data: unknown, schema: Described, subject: string): string {
  if (data === null) return `nothing is here; it wants ${wanted(schema)}`;
  const meant =
    type === 'object' && typeof data === 'string'
      ? firstKey(data, Object.keys(schema.properties ?? {}))
      : undefined;
  if (meant !== undefined) return `this line has no ": "; write "${meant}"`;
  const is = Array.isArray(data) ? 'array' : typeof data;
  const quotes = type === 'string' && (is === 'number' || is === 'boolean') ? '; put it in quotes' : '';
  return `this is ${TYPES[is] ?? is}, and ${subject} is ${TYPES[type] ?? type}${quotes}`;
}

const counted = (limit: number): string => (limit === 1 ? 'at least one entry' : `at least ${limit} entries`);

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** Text of the file, cut to what fits in a line; whoever prints it escapes it. */
const quoted = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;

const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Array.isArray(value)
      ? 'a list'
      : 'a block of keys'
    : quoted(String(value));
