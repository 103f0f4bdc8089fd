/**
 * Data as written against the JSON Schema of its kind, and every fault in words that say what is there, what should
 * be and where. The one home of `ajv`. The schemas supply the words (titles and examples), so they are the manual of
 * the editor and of the check alike.
 */
import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from '#ajv';
import { fullFormats } from '#ajv-formats';
import escalation from '../../../schemas/escalation.schema.json' with { type: 'json' };
import holidays from '../../../schemas/holidays.schema.json' with { type: 'json' };
import notice from '../../../schemas/notice.schema.json' with { type: 'json' };
import onCall from '../../../schemas/on-call.schema.json' with { type: 'json' };
import people from '../../../schemas/people.schema.json' with { type: 'json' };
import plannedChanges from '../../../schemas/planned-changes.schema.json' with { type: 'json' };
import publishing from '../../../schemas/publishing.schema.json' with { type: 'json' };
import rota from '../../../schemas/rota.schema.json' with { type: 'json' };
import serviceLevels from '../../../schemas/service-levels.schema.json' with { type: 'json' };
import services from '../../../schemas/services.schema.json' with { type: 'json' };
import supportHours from '../../../schemas/support-hours.schema.json' with { type: 'json' };
import team from '../../../schemas/team.schema.json' with { type: 'json' };
import { didYouMean } from '../text/suggest.ts';
import type { Kind } from './identify.ts';
import { type Either, eithersIn } from './schema-branches.ts';
import { firstKey } from './yaml-mistakes.ts';

/** Where data breaks its schema, and how in words; `rule` is `times` for a date that is not in the calendar. */
export interface SchemaFault {
  readonly rule: 'schema' | 'times';
  readonly path: readonly (string | number)[];
  readonly atKey: boolean;
  readonly message: string;
  /** Nothing is there, and a text should be. */
  readonly lacksText?: true;
}

const SCHEMAS: Readonly<Record<Kind, AnySchema>> = {
  people,
  team,
  rota,
  'support-hours': supportHours,
  holidays,
  'service-levels': serviceLevels,
  escalation,
  notice,
  publishing,
  'on-call': onCall,
  services,
  'planned-changes': plannedChanges,
};

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allowUnionTypes: true,
  formats: { date: fullFormats.date, email: fullFormats.email, uri: fullFormats.uri },
});

const validators = new Map<Kind, ValidateFunction>();

const eithers = new Map<unknown, Either>();

/** Every place at which data breaks the schema of its kind, one fault a place; none when it keeps it. */
export function schemaFaults(kind: Kind, data: unknown): readonly SchemaFault[] {
  let validate = validators.get(kind);
  if (validate === undefined) {
    validate = ajv.compile(SCHEMAS[kind]);
    for (const [schema, either] of eithersIn(SCHEMAS[kind] as object)) eithers.set(schema, either);
    validators.set(kind, validate);
  }
  if (validate(isLong(data) ? shortened(data) : data)) return [];
  const faults = new Map<string, SchemaFault>();
  const all = (validate.errors ?? []).filter(tells);
  const errors = all.slice(0, MOST_ERRORS).toSorted((a, b) => weight(a) - weight(b));
  const strange = Map.groupBy(
    errors.filter(({ keyword }) => keyword === 'additionalProperties'),
    ({ instancePath }) => instancePath,
  );
  for (const error of errors.filter((it) => !isMisspelt(it, strange.get(it.instancePath) ?? []))) {
    const fault = faultOf(kind, error);
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
function otherOf(schema: Described | undefined, key: string): Either | undefined {
  const either = eithers.get(schema);
  const isMeant =
    either !== undefined &&
    didYouMean(key, keysOf(schema ?? {})) === '' &&
    didYouMean(key, keysOf(either.other)) !== '';
  return isMeant ? either : undefined;
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

function faultOf(kind: Kind, error: ErrorObject): SchemaFault {
  const { keyword, data, params } = error;
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const schema = error.parentSchema as Described;
  const subject = named(titled(schema, path.at(-1)));
  const at = (message: string, ...deeper: readonly string[]): SchemaFault => ({
    rule: 'schema',
    path: [...path, ...deeper],
    atKey: deeper.length > 0,
    message,
  });
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const colonless = firstKey(key, keysOf(schema));
      if (colonless !== undefined && colonless !== `${key}:`)
        return at(`this has no ": "; write "${colonless}"`, key);
      const meant = otherOf(schema, key);
      if (meant !== undefined) {
        const hint = didYouMean(key, keysOf(meant.other));
        return at(`${quoted(key)} is no key of ${named(meant.whole)}${hint}`, key);
      }
      const known = keysOf(schema);
      const hint = didYouMean(key, known);
      return at(
        `${quoted(key)} is no key of ${subject}${hint === '' ? `; it knows ${list(known)}` : hint}`,
        key,
      );
    }
    case 'propertyNames': {
      const key = String(params.propertyName);
      if (/^20\d\d-\d\d-\d\d$/.test(key))
        return { ...at(`there is no ${key} in the calendar`, key), rule: 'times' };
      return at(wrongKey(key, nameSchema(kind, schema)), key);
    }
    case 'required':
      return at(`${quoted(String(params.missingProperty))} is missing from ${subject}`);
    case 'dependencies':
      return at(
        `${quoted(String(params.property))} goes only with ${quoted(String(params.missingProperty))}, which is missing`,
      );
    case 'false schema':
      return {
        ...at(`${quoted(path.at(-1) ?? '')} does not go with the other keys here; take one of them out`),
        atKey: true,
      };
    case 'enum': {
      const choices = (params.allowedValues as readonly unknown[]).map(String);
      return at(`${shown(data)} is not one of ${list(choices)}${didYouMean(String(data), choices)}`);
    }
    case 'const':
      return at(`${shown(data)} is there, and only ${shown(params.allowedValue)} can be`);
    case 'type':
      return {
        ...at(wrongType(String(params.type), data, schema, subject)),
        ...(data === null && params.type === 'string' ? { lacksText: true } : {}),
      };
    case 'format':
      return params.format === 'date'
        ? { ...at(`there is no ${String(data)} in the calendar`), rule: 'times' }
        : at(`${shown(data)} is not ${wanted(schema)}`);
    case 'minItems':
    case 'minProperties':
      return at(`this holds too little; ${subject} wants ${counted(params.limit as number)}`);
    case 'maxItems':
    case 'maxProperties':
      return at(`this holds more than the ${String(params.limit)} that ${subject} can; take old entries out`);
    case 'uniqueItems': {
      const [first, second] = [Number(params.i) + 1, Number(params.j) + 1].toSorted((a, b) => a - b);
      return at(`the same thing is there twice, as numbers ${first} and ${second}; keep one of them`);
    }
    case 'maximum':
    case 'minimum':
      return at(
        `${String(data)} is out of bounds; ${subject} is at ${keyword === 'maximum' ? 'most' : 'least'} ${String(params.limit)}`,
      );
    case 'maxLength':
      return at(`this has ${String(data).length} characters; ${subject} has at most ${String(params.limit)}`);
    case 'pattern':
      return at(wrongForm(kind, String(data), String(params.pattern), schema));
    default:
      return at(`${shown(data)} is not ${wanted(schema)}`);
  }
}

function wrongForm(kind: Kind, text: string, pattern: string, schema: Described): string {
  if (!pattern.includes('<>') || !/[<>]/.test(text)) return `${shown(text)} is not ${wanted(schema)}`;
  const remedy =
    kind === 'people' && /<[^>]*@/.test(text) ? 'write the address under "email"' : 'leave them out';
  return `"<" and ">" cannot be in ${named(schema)}; ${remedy}`;
}

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

/** The schema of a map's keys, in the schema of its kind. */
function nameSchema(kind: Kind, schema: Described): NameSchema {
  const names = schema.propertyNames as NameSchema;
  const { definitions } = SCHEMAS[kind] as { readonly definitions?: Readonly<Record<string, NameSchema>> };
  return definitions?.[names.$ref?.replace('#/definitions/', '') ?? ''] ?? names;
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
