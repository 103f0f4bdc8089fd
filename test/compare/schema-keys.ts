/** The keys of all schemas, and those by which two handbooks in one text differ. Asserts nothing. */
import { parse } from 'yaml';
import { identify } from '../../actions/lib/load/identify.ts';
import { kinds } from '../../actions/lib/load/kinds.generated.ts';
import { KINDS } from '../../actions/lib/model.ts';
import definitions from '../../schemas/definitions.schema.json' with { type: 'json' };
import { texts } from '../handbook.ts';

/** A schema, as far as it says where values are. */
interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly then?: Schema;
  readonly else?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

const SCHEMAS = new Map(
  [...KINDS.map((kind) => kinds[kind].schema as Schema), definitions as Schema].map((it) => [
    it.$id ?? '',
    it,
  ]),
);
const nameOf = (id: string) => id.replace('.schema.json', '');

/** The definition that a reference names, in its own file or another, with the file. */
function referred(ref: string, file: string): readonly [Schema, string] {
  const [other, place = ''] = ref.split('#');
  const target = other || file;
  let found: unknown = SCHEMAS.get(target);
  for (const step of place.split('/').slice(1)) found = (found as Readonly<Record<string, unknown>>)[step];
  return [found as Schema, target];
}

/** Every path at which a schema allows a plain value: `*` for a name, `[]` for an entry of a list. */
function* leavesOf(schema: Schema, file: string, path: string): Iterable<string> {
  const { $ref, type, properties = {}, patternProperties = {}, additionalProperties, items } = schema;
  if ($ref !== undefined) yield* leavesOf(...referred($ref, file), path);
  const { allOf = [], anyOf = [], oneOf = [], then: first, else: second } = schema;
  for (const it of [...allOf, ...anyOf, ...oneOf, first, second])
    if (typeof it === 'object') yield* leavesOf(it, file, path);
  for (const [key, it] of Object.entries(properties))
    if (typeof it === 'object') yield* leavesOf(it, file, `${path}.${key}`);
  for (const it of [...Object.values(patternProperties), additionalProperties])
    if (typeof it === 'object') yield* leavesOf(it, file, `${path}.*`);
  if (items !== undefined) yield* leavesOf(items, file, `${path}.[]`);
  const isPlain = [type].flat().some((it) => it !== undefined && it !== 'object' && it !== 'array');
  if (isPlain || 'enum' in schema || 'const' in schema) yield path;
}

/** The keys of all schemas; `example` and `source`, which say only where a figure comes from, are none. */
export const SCHEMA_KEYS: ReadonlySet<string> = new Set(
  KINDS.flatMap((kind) => {
    const schema = kinds[kind].schema as Schema;
    return [...leavesOf(schema, schema.$id ?? '', nameOf(schema.$id ?? ''))].map((it) =>
      it.replace(/\.\[\]$/, ''),
    );
  }).filter((it) => !/\.(example|source)$/.test(it)),
);

/** The values in data, by their path. */
function* valuesIn(
  data: unknown,
  path: readonly string[],
): Iterable<readonly [path: string, value: unknown]> {
  if (typeof data !== 'object' || data === null) yield [path.join('\n'), data];
  else for (const [key, value] of Object.entries(data)) yield* valuesIn(value, [...path, key]);
}

const FORMS = [...SCHEMA_KEYS].map((key) => [key, key.split('.')] as const);

/** The schema's key for the path of a value. */
function keyOf(full: readonly string[]): string {
  const path = /^\d+$/.test(full.at(-1) ?? '') ? full.slice(0, -1) : full;
  const isForm = (form: readonly string[]) =>
    form.length === path.length &&
    form.every((it, i) => it === '*' || it === path[i] || (it === '[]' && /^\d+$/.test(path[i] ?? '')));
  return FORMS.find(([, form]) => isForm(form))?.[0] ?? path.join('.');
}

/** The files in which two handbooks differ, and the keys whose values do. */
export function keysChanged(base: string, head: string): { files: string[]; keys: string[] } {
  const [was, is] = [texts(base), texts(head)];
  const files = [...was.keys()].filter((file) => was.get(file) !== is.get(file));
  const keys = files.flatMap((file) => {
    const identity = identify(file);
    const schema: Schema = 'kind' in identity ? kinds[identity.kind].schema : {};
    const kind = nameOf(schema.$id ?? '');
    const [before, after] = [was, is].map((it) => new Map(valuesIn(parse(it.get(file) ?? ''), [kind])));
    const paths = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
    return paths.filter((it) => before?.get(it) !== after?.get(it)).map((it) => keyOf(it.split('\n')));
  });
  return { files, keys: [...new Set(keys)].toSorted() };
}
