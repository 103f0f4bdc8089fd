/**
 * Bundles every door at once into `actions/dist`, so that what they share is there once, with what pages have in
 * common and the licences of what was bundled beside it. The same source gives the same bytes: `npm run build`, and `--check` to see that it was run.
 */
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { assets } from '../../actions/lib/site/page/assets.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'actions/dist');

/** Bundled CommonJS asks for `require`, which modules do not have. */
const BANNER =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** Every file of `actions/dist` as it should be. */
async function bundle(): Promise<ReadonlyMap<string, string>> {
  const doors = globSync('actions/*/main.ts', { cwd: root }).toSorted();
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(doors.map((door) => [door.split(/[\\/]/)[1] as string, door])),
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    chunkNames: 'shared-[hash]',
    banner: { js: BANNER },
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const files = new Map(outputFiles.map(({ path, text }) => [path.slice(dist.length + 1), text]));
  // Doors that publish pages read these from beside themselves.
  for (const { path, text } of assets()) files.set(path, text);
  files.set('THIRD-PARTY-NOTICES.txt', notices(Object.keys(metafile.inputs)));
  return files;
}

/** The licence of every package that something was taken from. */
function notices(inputs: readonly string[]): string {
  const packages = new Set(
    inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
  );
  const parts = [...packages].toSorted().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((it) => /^(licen[cs]e|copying)/i.test(it));
    const text =
      file === undefined
        ? ''
        : readFileSync(join(root, folder, file), 'utf8')
            .replaceAll('\r\n', '\n')
            .trim();
    return `${name} ${version} (${license})\n\n${text}`;
  });
  return `What is bundled here, and under which licence.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

const files = await bundle();
if (process.argv.includes('--check')) {
  const there = existsSync(dist) ? readdirSync(dist) : [];
  const differing = [...new Set([...there, ...files.keys()])].filter(
    (file) => !there.includes(file) || readFileSync(join(dist, file), 'utf8') !== files.get(file),
  );
  if (differing.length > 0) {
    console.error(
      `actions/dist is not what the source makes (${differing.join(', ')}); run "npm run build" and commit it`,
    );
    process.exitCode = 1;
  }
} else {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  for (const [file, text] of files) writeFileSync(join(dist, file), text);
}
