/**
 * Writes every generated file: `npm run generate`. With `--check` it writes nothing, reports each file that differs,
 * and exits with status 1 if there is one.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vendorFiles } from './vendor.ts';
import { zoneNamesFile } from './zone-names.ts';

/** The text of each file by its path from the root; undefined for a file that should not exist. */
type Files = ReadonlyMap<string, string | undefined>;

interface Generator {
  readonly name: string;
  files(root: string): Files | Promise<Files>;
}

/**
 * To generate something else, add it here. The libraries come first: what runs on them is imported after they were
 * compared, and not at all if they differ.
 */
const GENERATORS: readonly Generator[] = [
  { name: 'libraries', files: vendorFiles },
  { name: 'zone names', files: zoneNamesFile },
  { name: 'kinds and types', files: async () => (await import('./kinds.ts')).files() },
  { name: 'table of rules', files: async (root) => (await import('./rule-table.ts')).readmeFile(root) },
  { name: 'code owners', files: async (root) => (await import('./handbook-files.ts')).codeownersFile(root) },
  { name: 'issue forms', files: async (root) => (await import('./handbook-files.ts')).formFiles(root) },
];

const textOf = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8') : undefined;

function put(file: string, text: string | undefined): void {
  mkdirSync(dirname(file), { recursive: true });
  if (text === undefined) rmSync(file);
  else writeFileSync(file, text);
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const isCheck = process.argv.includes('--check');
for (const { name, files } of GENERATORS) {
  for (const [path, text] of await files(root)) {
    if (textOf(join(root, path)) === text) continue;
    if (isCheck) {
      console.error(`${path} (${name}) is out of date; run "npm run generate" and commit it`);
      process.exitCode = 1;
    } else {
      put(join(root, path), text);
      console.log(`${text === undefined ? 'removed' : 'wrote'} ${path}`);
    }
  }
  // What follows runs on the libraries, and libraries that somebody changed could hide what they are.
  if (files === vendorFiles && process.exitCode === 1) process.exit();
}
