/** What is generated for `load/` from the schemas and from the files of `load/kinds/`: run by `npm run generate`. */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writtenTypes } from './written-types.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LOAD = 'actions/lib/load';

/** The text of each generated file, by its path. */
export const files = async (): Promise<ReadonlyMap<string, string>> =>
  new Map([
    [
      `${LOAD}/kinds.generated.ts`,
      kindsList(globSync('*.ts', { cwd: join(ROOT, LOAD, 'kinds') }).toSorted()),
    ],
    [`${LOAD}/written.generated.ts`, await writtenTypes()],
  ]);

/** The list of kinds of file: a file in the folder is a kind, and exports it under its own name. */
function kindsList(modules: readonly string[]): string {
  const kinds = modules.map((module) => {
    const name = basename(module, '.ts');
    const constant = `${name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}Kind`;
    return { name, key: name.includes('-') ? `'${name}'` : name, constant };
  });
  return `/** Made from the files of \`kinds/\` by \`npm run generate\`: every kind of file. */
import type { Handbook, KindName } from '../model.ts';
import type { CheckedFile } from './decode.ts';
import type { Kind } from './kind.ts';
${kinds.map(({ name, constant }) => `import { ${constant} } from './kinds/${name}.ts';\n`).join('')}
export const kinds: { readonly [K in KindName]: Kind<K> } = {
${kinds.map(({ key, constant }) => `  ${key}: ${constant},\n`).join('')}};

/** What all kinds together put into the handbook. */
export const assembleKinds = (
  filesOf: <K extends KindName>(kind: K) => readonly CheckedFile<K>[],
): Omit<Handbook, 'unread'> => ({
${kinds.map(({ name, constant }) => `  ...${constant}.assemble(filesOf('${name}')),\n`).join('')}});
`;
}
