/**
 * Measures each step next to comparable tools in the same run: `npm run bench [-- N …]`; `npm run bench -- start` for
 * the start-up times only, `-- tickets` for the clocks of tickets, `-- alerts` for time off. The commands alternate,
 * and every ratio is the median of the rounds' ratios, because machines are noisy.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { table } from '../../table.ts';
import { alertTimes } from './alerts.ts';
import { NOW, writeHandbook } from './big-handbook.ts';
import { median, ratio, seconds } from './figures.ts';
import { commitAll, goalLines, oneFileChanged, type SizeFigures } from './goals.ts';
import { startLines } from './start.ts';
import { dueLines, queueTimes } from './tickets.ts';

interface Run {
  readonly ms: number;
  /** The most memory the process held, in MB. */
  readonly mb: number;
  readonly steps: Readonly<Record<string, number>>;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Makes a process print its peak memory to standard error when it exits. */
const PEAK = `data:text/javascript,process.on('exit',()=>process._rawDebug('peak '+process.resourceUsage().maxRSS))`;

const run = (...words: readonly string[]): Run => runIn(NEW_MACHINE, words);

/** Nothing is kept of earlier calls. */
const NEW_MACHINE = { NODE_DISABLE_COMPILE_CACHE: '1' };

function runIn(env: Readonly<Record<string, string>>, words: readonly string[]): Run {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', PEAK, ...words], {
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
    env: { PATH: process.env.PATH, ...env },
  });
  const ms = performance.now() - startedAt;
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr.slice(0, 2000)}`);
  const peak = Number(/peak (\d+)/.exec(stderr)?.[1]);
  const lastLine = stdout.trimEnd().split('\n').at(-1) ?? '';
  return {
    ms,
    mb: peak / 1024,
    steps: lastLine.startsWith('{') && lastLine.endsWith('}') ? JSON.parse(lastLine) : {},
  };
}

const part = (name: string, folder: string) => run(here('part.ts'), name, folder);
const checkWords = (folder: string) => [here('../../rota.ts'), 'check', '--root', folder, '--now', NOW];
const rotaCheck = (folder: string, ...more: readonly string[]) => run(...checkWords(folder), ...more);
const ajvCli = (folder: string) =>
  run(
    here('../../../node_modules/ajv-cli/dist/index.js'),
    'validate',
    '--strict=false',
    '-c',
    'ajv-formats',
    '-s',
    here('../../../schemas/rota.schema.json'),
    '-r',
    here('../../../schemas/definitions.schema.json'),
    '-d',
    join(folder, 'rotas/team-*/*.yaml'),
  );

const words = process.argv.slice(2);
if (words.join() === 'alerts') {
  console.log(alertTimes().join('\n'));
  process.exit();
}
if (words.join() === 'tickets') {
  console.log([...dueLines(), '', ...queueTimes()].join('\n'));
  process.exit();
}
console.log((await startLines()).join('\n'));
if (words.join() === 'start') process.exit();
console.log();

const sizes = words.map(Number);
const parts: string[][] = [];
const peers: string[][] = [];
const sites: string[][] = [];
const measured = new Map<number, SizeFigures>();

for (const size of sizes.length > 0 ? sizes : [10, 100, 1000, 10_000]) {
  const folder = mkdtempSync(join(tmpdir(), 'rota-bench-'));
  writeHandbook(folder, size);
  commitAll(folder);
  const rounds = size > 1000 ? 1 : 5;
  const runs = Array.from({ length: rounds }, (_, i) => {
    process.stderr.write(`\r${size} rotas, round ${i + 1} of ${rounds} `);
    const check = rotaCheck(folder);
    const same = rotaCheck(folder, '--base', 'HEAD');
    const pull = oneFileChanged(folder, () => rotaCheck(folder, '--base', 'HEAD'));
    const again = runIn({}, checkWords(folder));
    const bare = part('bare', folder);
    const cli = ajvCli(folder);
    const pipeline = part('pipeline', folder);
    const luxon = Array.from({ length: rounds === 1 ? 3 : i < 3 ? 1 : 0 }, () => part('luxon', folder));
    // A feed of ten thousand rotas is longer than the longest string, so ical-generator cannot produce it.
    const ical = size > 1000 ? undefined : part('ical', folder);
    const site = i < 3 ? part('site', folder) : undefined;
    return { check, again, same, pull, bare, cli, pipeline, luxon, ical, site };
  });
  process.stderr.write('\r\u001b[K');
  rmSync(folder, { recursive: true });

  const step = (name: string) => median(runs.map(({ pipeline }) => pipeline.steps[name] as number));
  const total = ({ steps }: Run) =>
    Object.entries(steps).reduce((sum, [name, ms]) => sum + (name === 'resolve' ? 0 : ms), 0);
  parts.push([
    String(size),
    ...['read', 'load', 'resolve', 'check', 'publish'].map((name) => seconds(step(name))),
    `${Math.max(...runs.map(({ pipeline }) => pipeline.mb)).toFixed(0)} MB`,
    `${Math.max(...runs.map(({ check }) => check.mb)).toFixed(0)} MB`,
  ]);
  const times: SizeFigures['times'] = (name) => runs.map((it) => it[name].ms);
  measured.set(size, {
    times,
    checkMb: Math.max(...runs.flatMap(({ check, pull }) => [check.mb, pull.mb])),
    pipelineMs: median(runs.map(({ pipeline }) => total(pipeline))),
    pipelineMb: Math.max(...runs.map(({ pipeline }) => pipeline.mb)),
  });
  const built = runs.flatMap(({ site }) => site ?? []);
  sites.push([
    String(size),
    seconds(median(built.map(({ steps }) => steps.pages as number))),
    seconds(median(built.map(total))),
    `${Math.max(...built.map(({ mb }) => mb)).toFixed(0)} MB`,
  ]);
  const luxon = runs.flatMap((it) => it.luxon.map(({ steps }) => steps));
  peers.push([
    String(size),
    seconds(median(times('check'))),
    `${ratio(times('check'), times('bare'))} ×`,
    `${ratio(times('check'), times('cli'))} ×`,
    `${ratio(times('same'), times('check'))} ×`,
    `${ratio(times('pull'), times('check'))} ×`,
    `1/${(1 / Number(median(luxon.map((it) => (it.resolve as number) / (it.luxon as number))))).toFixed(0)}`,
    runs[0]?.ical === undefined
      ? '–'
      : `${ratio(
          runs.map(({ pipeline }) => total(pipeline)),
          runs.map(({ ical }) => ical?.steps.ical as number),
        )} ×`,
  ]);
}

console.log(
  `Node ${process.versions.node}, ${process.platform} ${process.arch}; medians of 5 rounds, one for 10,000 rotas\n`,
);
console.log(
  table(
    ['rotas', 'read', 'load', 'resolve a year', 'check', 'publish', 'peak memory', 'of check alone'],
    parts,
  ).join('\n'),
);
console.log();
console.log(
  table(
    [
      'rotas',
      'rota check, cold',
      '÷ yaml + ajv',
      '÷ ajv-cli',
      '--base without a change ÷ check',
      'with one file changed',
      'resolve ÷ luxon',
      'YAML to calendars ÷ ical-generator',
    ],
    peers,
  ).join('\n'),
);
console.log();
console.log(table(['rotas', 'pages', 'YAML to pages', 'peak memory'], sites).join('\n'));
console.log();
console.log(goalLines(measured).join('\n'));
