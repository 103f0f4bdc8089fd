/**
 * Validates raw data against the JSON Schema of its kind: each fault with what was found, what is expected and where.
 * Titles and examples come from the schemas, so that the editor and the check show the same reference. The only module
 * that imports `ajv`.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from '#ajv';
import { fullFormats } from '#ajv-formats';
import definitions from '../../../schemas/definitions.schema.json' with { type: 'json' };
import { nearestOf } from '../text/suggest.ts';
import type { Coded, SchemaCodes, Shown, Thing, TimeCodes } from './codes.ts';
import type { Kind } from './kind.ts';
import type { Path } from './raw-data.ts';
import { branchesIn, type SchemaBranches } from './schema-branches.ts';
import { firstKey } from './yaml-mistakes.ts';

/** The parts of a kind that validation needs. */
type SchemaOfKind = Pick<Kind, 'schema' | 'emailKey'>;

/** How data breaks a schema; a date that does not exist is a fault of the rule `times`. */
type SchemaVerdict =
  | ({ readonly rule: 'schema' } & Coded<SchemaCodes>)
  | ({ readonly rule: 'times' } & Coded<Pick<TimeCodes, 'no-such-date'>>);

/** Where data breaks its schema, and how. */
export type SchemaFault = SchemaVerdict & {
  readonly path: Path;
  readonly atKey: boolean;
  /** The value is empty, and text is expected. */
  readonly lacksText?: true;
};

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

const branches = new Map<unknown, SchemaBranches>();

/** The faults of data under the schema of its kind, one for each place. */
export function schemaFaults({ schema, emailKey }: SchemaOfKind, data: unknown): readonly SchemaFault[] {
  const validate = validatorOf(schema);
  if (validate(isLong(data) ? shortened(data) : data)) return [];
  const faults = new Map<string, SchemaFault>();
  const all = (validate.errors ?? []).filter(isDetailed);
  const errors = all.slice(0, MOST_ERRORS).toSorted((a, b) => weight(a) - weight(b));
  const unknownKeys = Map.groupBy(
    errors.filter(({ keyword }) => keyword === 'additionalProperties'),
    ({ instancePath }) => instancePath,
  );
  for (const error of errors.filter((it) => !isMisspelt(it, unknownKeys.get(it.instancePath) ?? []))) {
    const fault = faultOf(error, schema, emailKey);
    // One fault for each value, and one for each missing key.
    const key = JSON.stringify([fault.path, fault.atKey, error.keyword === 'required' && error.params]);
    if (!faults.has(key)) faults.set(key, fault);
  }
  const found = [...faults.values()];
  const isAll = all.length <= MOST_ERRORS;
  if (isAll && found.length <= MOST_FAULTS) return found;
  // The whole file is at fault too, because data with unreported faults is not reliable either.
  const args = { places: found.length, isMore: !isAll, shown: Math.min(found.length, MOST_FAULTS) };
  const whole: SchemaFault = { rule: 'schema', code: 'many-faults', args, path: [], atKey: false };
  return [whole, ...found.slice(0, MOST_FAULTS)];
}

function validatorOf(schema: object): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const validate = ajv.compile(schema);
  for (const [branch, both] of branchesIn(schema)) branches.set(branch, both);
  validators.set(schema, validate);
  return validate;
}

/** A limit on the faults reported for one file; a hostile file has thousands. */
const MOST_FAULTS = 100;

/** A limit on the errors examined: mistakes cause fewer, each one takes time, and a hostile file has half a million. */
const MOST_ERRORS = 2_000;

/** More items than any schema allows in a list or block. */
const TOO_MANY = 5_001;

const isLong = (data: unknown): boolean => {
  if (typeof data !== 'object' || data === null) return false;
  const values = Object.values(data);
  return values.length > TOO_MANY || values.some(isLong);
};

/**
 * Cuts data to a length that is still rejected as too long: the time that ajv takes grows with the square of its
 * errors.
 */
function shortened(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.slice(0, TOO_MANY).map(shortened);
  const entries = Object.entries(data).slice(0, TOO_MANY);
  return Object.fromEntries(entries.map(([key, value]) => [key, shortened(value)]));
}

/** Excludes keywords that only repeat what another error reports in detail. */
const isDetailed = ({ keyword, propertyName }: ErrorObject): boolean =>
  keyword !== 'if' && propertyName === undefined;

/**
 * Whether a missing key needs no report, because an unknown key next to it was meant as that key or as one of the other
 * alternative, and is reported already.
 */
const isMisspelt = (error: ErrorObject, unknownKeys: readonly ErrorObject[]): boolean =>
  error.keyword === 'required' &&
  unknownKeys.some(({ params, parentSchema }) => {
    const [key, missing] = [String(params.additionalProperty), String(error.params.missingProperty)];
    const meant = parentSchema === error.parentSchema ? otherOf(parentSchema as Described, key) : undefined;
    return isMeantBy(key, missing) || (meant !== undefined && !meant.other.required?.includes(missing));
  });

const keysOf = ({ properties }: Described): readonly string[] => Object.keys(properties ?? {});

/** The alternative that was meant, when a key is similar only to one of its keys. */
function otherOf(schema: Described | undefined, key: string): SchemaBranches | undefined {
  const both = branches.get(schema);
  const isMeant =
    both !== undefined &&
    nearestOf(key, keysOf(schema ?? {})) === undefined &&
    nearestOf(key, keysOf(both.other)) !== undefined;
  return isMeant ? both : undefined;
}

const isMeantBy = (written: string, key: string): boolean =>
  nearestOf(written, [key]) !== undefined || firstKey(written, [key]) !== undefined;

/** The order of reporting where one place fails several keywords: the type before the pattern before the date. */
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

/** One error of ajv, with what its verdict needs. */
interface Failure {
  readonly params: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  readonly schema: Described;
  /** The schema of the whole file. */
  readonly root: object;
  readonly emailKey: string | undefined;
  /** The key or index of the value at fault. */
  readonly lastStep: string | undefined;
}

/** What is at fault: the value, or with `key` one of the keys in it; with `atKey` its own key. */
type Verdict = SchemaVerdict & { readonly key?: string; readonly atKey?: true; readonly lacksText?: true };

function faultOf(error: ErrorObject, root: object, emailKey: string | undefined): SchemaFault {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const schema = error.parentSchema as Described;
  const verdictOf = VERDICTS.get(error.keyword) ?? otherForm;
  const { params, data } = error;
  const { key, atKey, ...verdict } = verdictOf({
    params,
    data,
    schema,
    root,
    emailKey,
    lastStep: path.at(-1),
  });
  return {
    ...verdict,
    path: key === undefined ? path : [...path, key],
    atKey: key !== undefined || atKey === true,
  };
}

type VerdictOf = (failure: Failure) => Verdict;

const unknownKey: VerdictOf = ({ params, schema, lastStep }) => {
  const key = String(params.additionalProperty);
  const known = keysOf(schema);
  const colonless = firstKey(key, known);
  if (colonless !== undefined && colonless !== `${key}:`)
    return { rule: 'schema', code: 'no-colon-in-key', args: { meant: colonless }, key };
  const meant = otherOf(schema, key);
  const args =
    meant === undefined
      ? { ...thingAt(schema, lastStep), nearest: nearestOf(key, known) }
      : { ...thingOf(meant.whole), nearest: nearestOf(key, keysOf(meant.other)) };
  const others = args.nearest === undefined ? known : undefined;
  return { rule: 'schema', code: 'unknown-key', args: { key, ...args, known: others }, key };
};

const malformedKey: VerdictOf = ({ params, schema, root }) => {
  const key = String(params.propertyName);
  if (/^20\d\d-\d\d-\d\d$/.test(key))
    return { rule: 'times', code: 'no-such-date', args: { date: key }, key };
  const names = nameSchema(root, schema);
  const most = names.maxLength;
  return most !== undefined && key.length > most
    ? { rule: 'schema', code: 'key-too-long', args: { ...thingOf(names), length: key.length, most }, key }
    : {
        rule: 'schema',
        code: 'malformed-key',
        args: { key, ...thingOf(names), example: exampleOf(names) },
        key,
      };
};

const missingKey: VerdictOf = ({ params, schema, lastStep }) => ({
  rule: 'schema',
  code: 'missing-key',
  args: { key: String(params.missingProperty), ...thingAt(schema, lastStep) },
});

const missingCompanion: VerdictOf = ({ params }) => ({
  rule: 'schema',
  code: 'missing-companion',
  args: { key: String(params.property), companion: String(params.missingProperty) },
});

const excludedKey: VerdictOf = ({ lastStep }) => ({
  rule: 'schema',
  code: 'excluded-key',
  args: { key: lastStep ?? '' },
  atKey: true,
});

const noChoice: VerdictOf = ({ params, data }) => {
  const choices = (params.allowedValues as readonly unknown[]).map(String);
  const nearest = nearestOf(String(data), choices);
  return { rule: 'schema', code: 'no-choice', args: { ...shown(data), choices, nearest } };
};

const otherValue: VerdictOf = ({ params, data }) => ({
  rule: 'schema',
  code: 'other-value',
  args: { ...shown(data), only: String(params.allowedValue) },
});

const otherType: VerdictOf = ({ params, data, schema, lastStep }) => {
  const type = String(params.type);
  if (data === null) {
    const args = { ...thingOf(schema), example: exampleOf(schema) };
    const fault = { rule: 'schema', code: 'nothing-here', args } as const;
    return type === 'string' ? { ...fault, lacksText: true } : fault;
  }
  const meant = type === 'object' && typeof data === 'string' ? firstKey(data, keysOf(schema)) : undefined;
  if (meant !== undefined) return { rule: 'schema', code: 'no-colon-in-line', args: { meant } };
  const found = Array.isArray(data) ? 'array' : typeof data;
  return { rule: 'schema', code: 'other-type', args: { ...thingAt(schema, lastStep), found, type } };
};

const otherForm: VerdictOf = ({ data, schema }) => ({
  rule: 'schema',
  code: 'other-form',
  args: { ...shown(data), ...thingOf(schema), example: exampleOf(schema) },
});

const otherFormat: VerdictOf = (failure) =>
  failure.params.format === 'date'
    ? { rule: 'times', code: 'no-such-date', args: { date: String(failure.data) } }
    : otherForm(failure);

const otherPattern: VerdictOf = (failure) => {
  const { params, schema, emailKey } = failure;
  const text = String(failure.data);
  if (!String(params.pattern).includes('<>') || !/[<>]/.test(text)) return otherForm(failure);
  const args = { ...thingOf(schema), emailKey: /<[^>]*@/.test(text) ? emailKey : undefined };
  return { rule: 'schema', code: 'angle-brackets', args };
};

const tooLittle: VerdictOf = ({ params, schema, lastStep }) => ({
  rule: 'schema',
  code: 'too-little',
  args: { ...thingAt(schema, lastStep), least: params.limit as number },
});

const tooMuch: VerdictOf = ({ params, schema, lastStep }) => ({
  rule: 'schema',
  code: 'too-much',
  args: { ...thingAt(schema, lastStep), most: params.limit as number },
});

const doubleItem: VerdictOf = ({ params }) => {
  const [first = 0, second = 0] = [Number(params.i) + 1, Number(params.j) + 1].toSorted((a, b) => a - b);
  return { rule: 'schema', code: 'double-item', args: { first, second } };
};

const outOfBounds =
  (bound: 'most' | 'least'): VerdictOf =>
  ({ params, data, schema, lastStep }) => ({
    rule: 'schema',
    code: 'out-of-bounds',
    args: { value: String(data), ...thingAt(schema, lastStep), bound, limit: params.limit as number },
  });

const tooLong: VerdictOf = ({ params, data, schema, lastStep }) => ({
  rule: 'schema',
  code: 'too-long',
  args: { ...thingAt(schema, lastStep), length: String(data).length, most: params.limit as number },
});

/** The verdict for each keyword of ajv. */
const VERDICTS: ReadonlyMap<string, VerdictOf> = new Map([
  ['additionalProperties', unknownKey],
  ['propertyNames', malformedKey],
  ['required', missingKey],
  ['dependencies', missingCompanion],
  ['false schema', excludedKey],
  ['enum', noChoice],
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
  ['pattern', otherPattern],
]);

/** The thing that a schema describes. */
const thingOf = ({ title }: Described): Thing => ({ thing: title });

/** The same, by its key when the title merely repeats the key. */
function thingAt(schema: Described, key: string | undefined): Thing {
  const { title } = schema;
  return key !== undefined && title?.toLowerCase().replaceAll(/[ -]/g, '_') === key
    ? { thing: key, isKey: true }
    : thingOf(schema);
}

/** The first example, where it is a single value. */
function exampleOf({ examples }: Described): string | undefined {
  const example = examples?.[0];
  return example === undefined || typeof example === 'object' ? undefined : String(example);
}

function shown(value: unknown): Shown {
  if (typeof value !== 'object' || value === null) return { value: String(value) };
  return { holds: Array.isArray(value) ? 'list' : 'block' };
}

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
