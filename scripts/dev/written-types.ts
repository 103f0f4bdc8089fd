/**
 * Generates the types of a handbook's files, as written, from their schemas, so the two cannot differ. Run by
 * `npm run generate`. Formatted text, such as a date, is a string; everything is read-only.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, type JSONSchema } from 'json-schema-to-typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SHARED = 'definitions';

/** The keywords of JSON Schema by which the schemas of this project define types. */
interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly [Schema];
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: string | boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** The types of all kinds of file, as the text of one file. */
export async function writtenTypes(): Promise<string> {
  const schemas = new Map(
    globSync('schemas/*.schema.json', { cwd: ROOT })
      .toSorted()
      .map((file) => [basename(file, '.schema.json'), read(file)] as const),
  );
  const text = await compile(wholeOf(schemas), 'Written', {
    bannerComment: BANNER,
    additionalProperties: false,
    format: false,
    ignoreMinAndMaxItems: true,
  });
  return formatted(readonly(text), 'types.ts');
}

const BANNER = '/** Made from `schemas/` by `npm run generate`: what is written in each kind of file. */';

const read = (file: string): Schema => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

/** One schema of an object with a key for each kind of file. */
function wholeOf(schemas: ReadonlyMap<string, Schema>): JSONSchema {
  const definitions = new Map<string, unknown>();
  const define = (name: string, schema: unknown) => {
    if (definitions.has(name)) throw new Error(`two schemas define ${name}; rename one of the definitions`);
    definitions.set(name, { title: name, ...(schema as object) });
  };
  const kinds = [...schemas].filter(([kind]) => kind !== SHARED);
  const shared = schemas.get(SHARED);
  const plainShared = plainOf(shared ?? {}, () => shared);
  for (const [key, schema] of Object.entries(shared?.definitions ?? {}))
    if (!isScalar(schema)) define(typeName(key), plainShared(schema));
  for (const [kind, root] of kinds) {
    const plain = plainOf(root, (file) =>
      schemas.get(file === '' ? kind : file.replace(/\.schema\.json$/, '')),
    );
    define(typeName(kind), plain(root));
    for (const [key, schema] of Object.entries(root.definitions ?? {}))
      if (!isScalar(schema)) define(typeName(key), plain(schema));
  }
  const properties = kinds.map(([kind]) => [kind, { $ref: `#/definitions/${typeName(kind)}` }]);
  return {
    type: 'object',
    additionalProperties: false,
    required: kinds.map(([kind]) => kind),
    properties: Object.fromEntries(properties),
    definitions: Object.fromEntries(definitions),
  } as JSONSchema;
}

/** `rota` and `weeklyHandover` as `WrittenRota` and `WrittenWeeklyHandover`. */
const typeName = (key: string): string =>
  `Written${key.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;

const isScalar = ({ type, properties, items, if: condition }: Schema): boolean =>
  type !== 'object' && properties === undefined && items === undefined && condition === undefined;

/**
 * A schema without what types cannot express: descriptions, bounds and formats. A conditional schema becomes a union.
 */
function plainOf(root: Schema, fileOf: (file: string) => Schema | undefined): (schema: Schema) => unknown {
  const referred = ($ref: string) => {
    const [file = '', key = ''] = $ref.split('#/definitions/');
    const schema = (file === '' ? root : fileOf(file))?.definitions?.[key];
    if (schema === undefined) throw new Error(`nothing is defined at ${$ref}`);
    return isScalar(schema) ? plain(schema) : { $ref: `#/definitions/${typeName(key)}` };
  };
  const branches = (schema: Schema | undefined): readonly unknown[] =>
    schema === undefined
      ? []
      : schema.if === undefined || schema.properties !== undefined
        ? [plain(schema)]
        : [...branches(schema.then), ...branches(schema.else)];
  const plain = (schema: Schema): unknown => {
    if (schema.$ref !== undefined) return referred(schema.$ref);
    if (schema.allOf !== undefined) return plain(schema.allOf[0]);
    if (schema.if !== undefined && schema.properties === undefined) return { anyOf: branches(schema) };
    const {
      type,
      enum: choices,
      const: only,
      items,
      required,
      properties,
      additionalProperties: more,
    } = schema;
    return {
      ...(type !== undefined && { type }),
      ...(choices !== undefined && { enum: choices }),
      ...(only !== undefined && { const: only }),
      ...(items !== undefined && { items: plain(items) }),
      ...(required !== undefined && { required }),
      ...(properties !== undefined && {
        properties: Object.fromEntries(Object.entries(properties).map(([key, it]) => [key, plain(it)])),
      }),
      ...(more !== undefined && { additionalProperties: more === false ? false : plain(more) }),
    };
  };
  return plain;
}

const readonly = (text: string): string =>
  text
    .replaceAll(/^( *)("?[\w-]+"?\??|\[k: string\]):/gm, '$1readonly $2:')
    .replaceAll(/(?:\b\w+|\([^()]*\))\[\]/g, 'readonly $&');

/** The text formatted by Biome, as a file of that name. */
export function formatted(text: string, file: string): string {
  const biome = join(ROOT, 'node_modules/.bin/biome');
  const { status, stdout, stderr } = spawnSync(
    biome,
    ['format', '--vcs-enabled=false', `--stdin-file-path=${file}`],
    {
      cwd: ROOT,
      input: text,
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`biome cannot format ${file}: ${stderr}`);
  return stdout;
}
