/** What a failed keyword of a schema means: a code and its arguments. Pure. */
import definitions from '../../../schemas/definitions.schema.json' with { type: 'json' };
import { nearestOf } from '../text/suggest.ts';
import type { Coded, SchemaCodes, Shown, Thing, TimeCodes } from './codes.ts';
import { hasSchemaForm, meantChoice, meantDays, meantList, meantValue } from './meant.ts';
import type { SchemaBranches } from './schema-branches.ts';
import { firstKey } from './yaml-mistakes.ts';

/** How data breaks a schema; a date that does not exist is a fault of the rule `times`. */
export type SchemaVerdict =
  | ({ readonly rule: 'schema' } & Coded<SchemaCodes>)
  | ({ readonly rule: 'times' } & Coded<Pick<TimeCodes, 'no-such-date'>>);

/** The parts of a schema that a verdict needs. */
export interface Described {
  readonly title?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly propertyNames?: unknown;
  readonly items?: unknown;
  readonly type?: unknown;
  readonly pattern?: string;
  readonly format?: string;
}

/** One error of ajv, with what its verdict needs. */
interface Failure {
  readonly params: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  readonly schema: Described;
  /** The alternatives, if the schema is one of two. */
  readonly branches: SchemaBranches | undefined;
  /** The schema of the whole file. */
  readonly root: object;
  readonly emailKey: string | undefined;
  /** The key or index of the value at fault. */
  readonly lastStep: string | undefined;
}

/** What is at fault: the value, or with `key` one of the keys in it; with `atKey` its own key. */
type Verdict = SchemaVerdict & { readonly key?: string; readonly atKey?: true; readonly lacksText?: true };

const keysOf = ({ properties }: Described): readonly string[] => Object.keys(properties ?? {});

/** The alternative that was meant, when a key is similar only to one of its keys. */
export function otherOf(
  schema: Described,
  both: SchemaBranches | undefined,
  key: string,
): SchemaBranches | undefined {
  const isMeant =
    both !== undefined &&
    nearestOf(key, keysOf(schema)) === undefined &&
    nearestOf(key, keysOf(both.other)) !== undefined;
  return isMeant ? both : undefined;
}

type VerdictOf = (failure: Failure) => Verdict;

const unknownKey: VerdictOf = ({ params, schema, branches, lastStep }) => {
  const key = String(params.additionalProperty);
  const known = keysOf(schema);
  const colonless = firstKey(key, known);
  if (colonless !== undefined && colonless !== `${key}:`)
    return { rule: 'schema', code: 'no-colon-in-key', args: { meant: colonless }, key };
  const meant = otherOf(schema, branches, key);
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
        args: { key, ...thingOf(names), example: exampleOf(names), meant: meantValue(key, names) },
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
  const nearest = meantChoice(String(data), choices) ?? nearestOf(String(data), choices);
  const days = choices.includes('working') && typeof data === 'string' ? meantDays(data) : undefined;
  return { rule: 'schema', code: 'no-choice', args: { ...shown(data), choices, nearest, meant: days } };
};

const otherValue: VerdictOf = ({ params, data }) => ({
  rule: 'schema',
  code: 'other-value',
  args: { ...shown(data), only: String(params.allowedValue) },
});

const otherType: VerdictOf = ({ params, data, schema, root, lastStep }) => {
  const type = String(params.type);
  if (data === null) {
    const args = { ...thingOf(schema), example: exampleOf(schema) };
    const fault = { rule: 'schema', code: 'nothing-here', args } as const;
    return type === 'string' ? { ...fault, lacksText: true } : fault;
  }
  const line = type === 'object' && typeof data === 'string' ? firstKey(data, keysOf(schema)) : undefined;
  if (line !== undefined) return { rule: 'schema', code: 'no-colon-in-line', args: { meant: line } };
  const found = Array.isArray(data) ? 'array' : typeof data;
  // Quotes alone do not help where the text would have another form.
  const example =
    type === 'string' && found !== 'array' && !hasSchemaForm(String(data), schema)
      ? { example: exampleOf(schema) }
      : {};
  const meant = type === 'array' ? meantList(data, itemSchema(root, schema)) : meantValue(data, schema);
  return {
    rule: 'schema',
    code: 'other-type',
    args: { ...thingAt(schema, lastStep), found, type, meant, ...example },
  };
};

const otherForm: VerdictOf = ({ data, schema }) => ({
  rule: 'schema',
  code: 'other-form',
  args: {
    ...shown(data),
    ...thingOf(schema),
    example: exampleOf(schema),
    meant: meantValue(data, schema),
  },
});

/** A value that a schema excludes by name. */
const excludedValue: VerdictOf = ({ data, schema, lastStep }) => ({
  rule: 'schema',
  code: 'excluded-value',
  args: { value: String(data), ...thingAt(schema, lastStep), meant: meantValue(data, schema) },
});

const otherFormat: VerdictOf = (failure) =>
  failure.params.format === 'date'
    ? { rule: 'times', code: 'no-such-date', args: { date: String(failure.data) } }
    : otherForm(failure);

const otherPattern: VerdictOf = (failure) => {
  const { params, schema, emailKey } = failure;
  const text = String(failure.data);
  if (!String(params.pattern).includes('<>') || !/[<>]/.test(text)) return otherForm(failure);
  const args = { ...thingOf(schema), emailKey: /<[^<>@]*@/.test(text) ? emailKey : undefined };
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
  ['not', excludedValue],
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

/** The verdict for a keyword that failed. */
export const keywordVerdict = (keyword: string, failure: Failure): Verdict =>
  (VERDICTS.get(keyword) ?? otherForm)(failure);

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

interface Referring extends Described {
  readonly $ref?: string;
  readonly allOf?: readonly Referring[];
  readonly maxLength?: number;
}

/** The schema of a map's keys, in the schema of its file. */
const nameSchema = (root: object, schema: Described): Referring =>
  referredTo(root, schema.propertyNames as Referring);

/** The schema of a list's items. */
const itemSchema = (root: object, { items = {} }: Described): Referring =>
  referredTo(root, items as Referring);

/** The definition that a schema refers to, or the schema itself. */
function referredTo(root: object, schema: Referring): Referring {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  const [file, key = ''] = reference?.split('#/definitions/') ?? [];
  const holder = file === '' ? root : definitions;
  return (
    (holder as { readonly definitions?: Readonly<Record<string, Referring>> }).definitions?.[key] ?? schema
  );
}
