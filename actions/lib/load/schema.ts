/**
 * Validates raw data against the JSON Schema of its kind: each fault with what was found, what is expected and where.
 * Titles and examples come from the schemas, so that the editor and the check show the same reference. The only module
 * that imports `ajv`.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from '#ajv';
import { fullFormats } from '#ajv-formats';
import definitions from '../../../schemas/definitions.schema.json' with { type: 'json' };
import { nearestOf } from '../text/suggest.ts';
import type { Kind } from './kind.ts';
import type { Path } from './raw-data.ts';
import { branchesIn, type SchemaBranches } from './schema-branches.ts';
import { type Described, keywordVerdict, otherOf, type SchemaVerdict } from './schema-verdicts.ts';
import { firstKey } from './yaml-mistakes.ts';

/** The parts of a kind that validation needs. */
type SchemaOfKind = Pick<Kind, 'schema' | 'emailKey'>;

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
  // Making the code of validators shorter takes three quarters of compiling them, and saves nothing in one run.
  code: { optimize: false },
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
  const values: readonly unknown[] = Array.isArray(data) ? data : Object.values(data);
  if (values.length > TOO_MANY) return true;
  for (const value of values) if (typeof value === 'object' && isLong(value)) return true;
  return false;
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
    const key = String(params.additionalProperty);
    const missing = String(error.params.missingProperty);
    const meant =
      parentSchema === error.parentSchema
        ? otherOf(parentSchema as Described, branches.get(parentSchema), key)
        : undefined;
    return isMeantBy(key, missing) || (meant !== undefined && !meant.other.required?.includes(missing));
  });

const isMeantBy = (written: string, key: string): boolean =>
  nearestOf(written, [key]) !== undefined || firstKey(written, [key]) !== undefined;

/** The order of reporting where one place fails several keywords: the type before the pattern before the date. */
const weight = ({ keyword }: ErrorObject): number => {
  const order = ['type', 'enum', 'const', 'minLength', 'pattern', 'format'].indexOf(keyword);
  return order === -1 ? 3 : order;
};

function faultOf(error: ErrorObject, root: object, emailKey: string | undefined): SchemaFault {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const schema = error.parentSchema as Described;
  const { keyword, params, data } = error;
  const { key, atKey, ...verdict } = keywordVerdict(keyword, {
    params,
    data,
    schema,
    branches: branches.get(schema),
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
