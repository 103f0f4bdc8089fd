/**
 * Generates from the files of `load/kinds/` and the schemas: the list of kinds, the types of the files as written,
 * and the editor's mapping from files to schemas. Run by `npm run generate`.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kind } from '../../actions/lib/load/kind.ts';
import { formatted, writtenTypes } from './written-types.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LOAD = 'actions/lib/load';
const SETTINGS = '.vscode/settings.json';

/** The text of each generated file, by its path. */
export async function files(): Promise<ReadonlyMap<string, string>> {
  const modules = globSync('*.ts', { cwd: join(ROOT, LOAD, 'kinds') }).toSorted();
  const found = await Promise.all(modules.map(foundKind));
  const settings = readFileSync(join(ROOT, SETTINGS), 'utf8');
  return new Map([
    [`${LOAD}/kinds.generated.ts`, kindsList(found)],
    [`${LOAD}/written.generated.ts`, await writtenTypes()],
    [SETTINGS, formatted(withSchemas(settings, found), SETTINGS)],
  ]);
}

/** A kind and the name of its export. */
interface FoundKind {
  readonly constant: string;
  readonly kind: Kind;
}

/** Each file in the folder exports one kind under a name derived from its own: `on-call.ts` exports `onCallKind`. */
async function foundKind(module: string): Promise<FoundKind> {
  const name = basename(module, '.ts');
  const constant = `${name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}Kind`;
  const kind: Kind | undefined = (await import(join(ROOT, LOAD, 'kinds', module)))[constant];
  if (kind?.name !== name)
    throw new Error(`${LOAD}/kinds/${module} does not export ${constant}, named "${name}"`);
  return { constant, kind };
}

function kindsList(found: readonly FoundKind[]): string {
  const key = (name: string) => (name.includes('-') ? `'${name}'` : name);
  return `/** Made from the files of \`kinds/\` by \`npm run generate\`: every kind of file. */
import type { Handbook, KindName } from '../model.ts';
import type { CheckedFile } from './decode.ts';
import type { Kind } from './kind.ts';
${found.map(({ constant, kind }) => `import { ${constant} } from './kinds/${kind.name}.ts';\n`).join('')}
export const kinds: { readonly [K in KindName]: Kind<K> } = {
${found.map(({ constant, kind }) => `  ${key(kind.name)}: ${constant},\n`).join('')}};

/** What all kinds together put into the handbook. */
export const assembleKinds = (
  filesOf: <K extends KindName>(kind: K) => readonly CheckedFile<K>[],
): Omit<Handbook, 'unread'> => ({
${found.map(({ constant, kind }) => `  ...${constant}.assemble(filesOf('${kind.name}')),\n`).join('')}});
`;
}

/** The editor's settings with the paths of every kind. The editor applies all that match, so each excludes others'. */
function withSchemas(settings: string, found: readonly FoundKind[]): string {
  const all = found.flatMap(({ kind }) => kind.paths.map((path) => ({ name: kind.name, path })));
  const schemas = found.map(({ kind: { name, paths } }) => {
    const others = paths.flatMap((path) =>
      all.flatMap((it) =>
        it.name === name || !isMoreSpecific(it.path, path) ? [] : (common(path, it.path) ?? []),
      ),
    );
    const globs = [...paths, ...others.map((path) => `!${path}`)].map((path) => path.replaceAll('<id>', '*'));
    return [`./schemas/${name}.schema.json`, globs];
  });
  const json = JSON.stringify(Object.fromEntries(schemas), undefined, 2);
  return settings.replace(/("yaml\.schemas": )\{[^{}]*\}/, (_, key: string) => key + json);
}

/** Whether the first path has literal text where the other has `<id>`, and so wins where both match. */
const isMoreSpecific = (one: string, other: string): boolean =>
  one.replaceAll('<id>', '~') < other.replaceAll('<id>', '~');

/** The pattern of the paths that match both patterns; undefined if no path does. */
function common(one: string, other: string): string | undefined {
  const steps = one.split('/');
  const others = other.split('/');
  if (steps.length !== others.length) return undefined;
  const both = steps.map((step, i) => {
    const its = others[i] ?? '';
    if (step === its || its.startsWith('<id>')) return step;
    return step.startsWith('<id>') ? its : undefined;
  });
  return both.includes(undefined) ? undefined : both.join('/');
}
