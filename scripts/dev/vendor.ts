/**
 * Bundles each library that an action needs into a file of `actions/vendor`, because GitHub runs an action without
 * installing anything. `imports` of package.json lists them: `types` is the package, or a file of ours that exports
 * several packages, and `default` is the file that it is bundled into. The same lock file gives the same bytes.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { licenceNotices } from './licence-notices.ts';

const FOLDER = 'actions/vendor';

/** Bundled CommonJS calls `require` for Node's built-in modules, and an ES module has no `require`. */
const REQUIRE = `import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
`;

interface Bundle {
  readonly text: string;
  readonly metafile: Metafile;
}

/** The text of every file of `actions/vendor`; undefined for a file there that should not exist. */
export async function vendorFiles(root: string): Promise<ReadonlyMap<string, string | undefined>> {
  const present = existsSync(join(root, FOLDER)) ? readdirSync(join(root, FOLDER)) : [];
  const files = new Map<string, string | undefined>(present.map((file) => [`${FOLDER}/${file}`, undefined]));
  const inputs: string[] = [];
  for (const [source, path] of libraries(root)) {
    const { text, metafile } = await bundleOf(root, source);
    refuseOthers(source, metafile);
    files.set(path, `${text.includes('__require(') ? REQUIRE : ''}${text}`);
    inputs.push(...Object.keys(metafile.inputs));
  }
  return files.set(`${FOLDER}/THIRD-PARTY-NOTICES.txt`, licenceNotices(root, inputs));
}

/** Each package or file to bundle, and the path of its bundle. */
function libraries(root: string): readonly (readonly [source: string, path: string])[] {
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly imports: Readonly<Record<string, { readonly types: string; readonly default: string }>>;
  };
  return Object.values(imports).map(({ types, default: path }) => [types, path.replace(/^\.\//, '')]);
}

/**
 * Throws where a bundle has a file that is of no installed package: esbuild takes a file that is named like a package
 * for an entry, and a package in a folder nearer to the importing file for another.
 */
function refuseOthers(source: string, { inputs }: Metafile): void {
  const isOurs = (file: string) => file === source.replace(/^\.\//, '') && file.startsWith('scripts/dev/');
  const other = Object.keys(inputs).find(
    (file) => !file.startsWith('node_modules/') && file !== EXPORTS && !isOurs(file),
  );
  if (other !== undefined)
    throw new Error(`the bundle of ${source} has ${other}, which is of no installed package; delete it`);
}

/** The name of the text that lists the exports of a CommonJS library. */
const EXPORTS = 'exports.js';

/** The bundle of a library with all of its exports. */
async function bundleOf(root: string, source: string): Promise<Bundle> {
  const whole = await bundle(root, { entryPoints: [source] });
  const entry = Object.values(whole.metafile.outputs)[0]?.entryPoint ?? '';
  if (whole.metafile.inputs[entry]?.format === 'esm') return whole;
  // The exports of CommonJS are known only after it has run, and an ES module has to list them.
  const exported = Object.keys(createRequire(join(root, 'package.json'))(source) as object);
  const names = exported.filter((name) => name !== '__esModule' && name !== 'default').toSorted();
  const contents = `export { ${names.join(', ')} } from '${source}';`;
  return bundle(root, { stdin: { contents, resolveDir: root, sourcefile: EXPORTS } });
}

async function bundle(root: string, entry: Pick<BuildOptions, 'entryPoints' | 'stdin'>): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...entry,
    absWorkingDir: root,
    outdir: FOLDER,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    legalComments: 'none',
    // A tsconfig.json could name other files for a library, which would pass for what the lock file installs.
    tsconfigRaw: {},
    // Keeps the paths in comments relative to the root, also where node_modules is a link.
    preserveSymlinks: true,
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  return { text: outputFiles[0]?.text ?? '', metafile };
}
