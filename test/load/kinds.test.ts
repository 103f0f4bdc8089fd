/**
 * Properties of every kind of file: its schema is documented, the editor has its paths, and generated files are up to
 * date.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { identify } from '../../actions/lib/load/identify.ts';
import { kinds } from '../../actions/lib/load/kinds.generated.ts';
import { KINDS } from '../../actions/lib/model.ts';
import definitions from '../../schemas/definitions.schema.json' with { type: 'json' };
import { files } from '../../scripts/dev/kinds.ts';
import { everything, loaded, texts } from '../handbook.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('what is generated from schemas and kinds is up to date', async () => {
  for (const [file, text] of await files()) expect(text, file).toBe(read(file));
});

test('the small handbook of the tests has a file of every kind, and none is faulty', () => {
  const found = [...texts(everything).keys()].map((path) => {
    const identity = identify(path);
    return 'kind' in Object(identity) ? (identity as { readonly kind: string }).kind : path;
  });
  expect(new Set(found)).toEqual(new Set(KINDS));
  expect(loaded(everything).findings).toEqual([]);
});

interface Node {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly definitions?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** Every node of a schema with its path, keywords that hold data left out. */
function* nodesOf(node: unknown, path: string): Iterable<readonly [path: string, node: Node]> {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) yield [path, node as Node];
  for (const [key, value] of Object.entries(node))
    if (key !== 'examples' && key !== 'default') yield* nodesOf(value, `${path}/${key}`);
}

describe.each([
  ...KINDS.map((kind) => [kind, kinds[kind].schema] as const),
  ['definitions', definitions] as const,
])('the schema of %s', (name, schema) => {
  const nodes = [...nodesOf(schema, '')];

  test('has a title, a description and an example for each property and definition', () => {
    const described = nodes.flatMap(([path, { properties, definitions: own }]) =>
      Object.entries({ ...properties, ...own }).map(([key, it]) => [`${path}/${key}`, it] as const),
    );
    const bare = described.filter(([, it]) => {
      const { title, description, examples } = (it === false ? {} : it) as Node;
      return it !== false && (title === undefined || description === undefined || examples === undefined);
    });
    expect(described.length).toBeGreaterThan(0);
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  test('closes every object', () => {
    const open = nodes.filter(([, it]) => it.type === 'object' && it.additionalProperties === undefined);
    expect(open.map(([path]) => path)).toEqual([]);
  });

  test('is named by its file, and refers to definitions that exist', () => {
    expect((schema as { $id: string }).$id).toBe(`${name}.schema.json`);
    const missing = nodes.filter(([, { $ref }]) => {
      const [file, key = ''] = $ref?.split('#/definitions/') ?? [];
      const holder = file === '' ? (schema as Node) : (definitions as unknown as Node);
      return (
        $ref !== undefined &&
        (!/^(definitions\.schema\.json)?$/.test(file ?? '') || !(key in (holder.definitions ?? {})))
      );
    });
    expect(missing).toEqual([]);
  });
});

test('the editor is configured with the paths of every schema', () => {
  const settings = read('.vscode/settings.json').replaceAll(/^\s*\/\/.*$/gm, '');
  const known: Record<string, string | string[]> = JSON.parse(settings)['yaml.schemas'];
  const own = Object.entries(known).map(([schema, globs]) => [
    schema,
    [globs].flat().filter((glob) => !glob.startsWith('!')),
  ]);
  const wanted = KINDS.map((kind) => [
    `./schemas/${kind}.schema.json`,
    kinds[kind].paths.map((path) => path.replaceAll('<id>', '*')),
  ]);
  expect(Object.fromEntries(own)).toEqual(Object.fromEntries(wanted));
});
