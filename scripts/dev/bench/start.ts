/**
 * Measures short runs on the sample handbook: the check action from source with vendored libraries, next to the same
 * source bundled; and commands, next to a script that does nothing.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { table } from '../../table.ts';
import { median, ratio, seconds } from './figures.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SAMPLE = ROOT;
const NOW = '2026-11-21T12:00:00Z';
const ROUNDS = 9;

/** The lines of both tables. */
export async function startLines(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rota-bench-start-'));
  try {
    const env = environment(folder);
    const rota = join(ROOT, 'scripts/rota.ts');
    const words: Readonly<Record<string, readonly string[]>> = {
      source: [join(ROOT, 'actions/check/main.ts')],
      bundled: [await bundledCheck(folder)],
      version: [rota, '--version'],
      who: [rota, 'who', '--root', SAMPLE, '--now', NOW],
      again: [rota, 'who', '--root', SAMPLE, '--now', NOW],
      empty: [written(join(folder, 'empty.js'), '')],
    };
    const rounds = Array.from({ length: ROUNDS }, (_, i) => {
      process.stderr.write(`\rstart, round ${i + 1} of ${ROUNDS} `);
      // Only the second call of a command has what Node kept of the first; a new machine has nothing.
      const cold = { ...env, NODE_DISABLE_COMPILE_CACHE: '1' };
      return new Map(
        Object.entries(words).map(([name, each]) => [name, run(each, name === 'again' ? env : cold)]),
      );
    });
    process.stderr.write('\r\u001b[K');
    return tables((name) => rounds.map((round) => round.get(name) ?? Number.NaN));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function tables(of: (name: string) => readonly number[]): readonly string[] {
  const took = (name: string) => seconds(median(of(name)));
  const against = (ours: string, theirs: string) => `${ratio(of(ours), of(theirs))} ×`;
  return [
    ...table(
      ['start of an action', 'from source', 'bundled', '÷ bundled'],
      [['check', took('source'), took('bundled'), against('source', 'bundled')]],
    ),
    '',
    ...table(
      ['start of a command', 'takes', 'empty script', '÷ empty script'],
      [
        ['rota --version', took('version'), took('empty'), against('version', 'empty')],
        ['rota who', took('who'), took('empty'), against('who', 'empty')],
        ['rota who, called again', took('again'), took('empty'), against('again', 'empty')],
      ],
    ),
  ];
}

function run(words: readonly string[], env: Readonly<Record<string, string>>): number {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', env });
  const ms = performance.now() - startedAt;
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return ms;
}

/** The environment that the action reads: a push, with an empty event. */
const environment = (folder: string): Readonly<Record<string, string>> => ({
  PATH: process.env.PATH ?? '',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_EVENT_PATH: written(join(folder, 'event.json'), '{}'),
  GITHUB_OUTPUT: written(join(folder, 'output'), ''),
  GITHUB_REPOSITORY: 'example/handbook',
  GITHUB_STEP_SUMMARY: written(join(folder, 'summary'), ''),
  GITHUB_WORKSPACE: SAMPLE,
  INPUT_NOW: NOW,
  INPUT_TOKEN: 'none',
});

function written(file: string, text: string): string {
  writeFileSync(file, text);
  return file;
}

/** Bundles all actions with their libraries, shared code once; returns the file that runs the check. */
async function bundledCheck(folder: string): Promise<string> {
  const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly imports: Readonly<Record<string, { readonly types: string }>>;
  };
  const sources = Object.entries(imports).map(([name, { types }]) => [
    name,
    types.startsWith('.') ? join(ROOT, types) : types,
  ]);
  const actions = globSync('actions/*/main.ts', { cwd: ROOT });
  await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(actions.map((file) => [basename(dirname(file)), file])),
    alias: Object.fromEntries(sources),
    outdir: join(folder, 'bundled'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    legalComments: 'none',
    banner: {
      js:
        "import { createRequire as __createRequire } from 'node:module'; " +
        'const require = __createRequire(import.meta.url);',
    },
    logLevel: 'warning',
  });
  return join(folder, 'bundled/check.mjs');
}
