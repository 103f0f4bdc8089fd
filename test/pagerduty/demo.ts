/**
 * `npm run pagerduty:demo`: runs the PagerDuty commands on a copy of the sample handbook against the stand-in, so they
 * can be tried without an account. Prints the real output of the command line.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { load } from '../../actions/lib/load/load.ts';
import { DAY, dateText, HOUR } from '../../actions/lib/time/date.ts';
import { SAMPLE } from '../handbook.ts';
import { accountFor } from './account.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import { FULL, withSchedule } from './state.ts';

const SOURCE = fileURLToPath(new URL('../..', import.meta.url));
const SHOWN = 14;

interface Ran {
  readonly status: number;
  readonly out: string;
}

const ran = (program: string, words: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> =>
  new Promise((done) => {
    const child = spawn(program, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const parts: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => parts.push(part));
    child.on('close', (status) => done({ status: status ?? 1, out: Buffer.concat(parts).toString() }));
  });

/** A copy of the handbook in its own git repository, which is also its own remote `origin`. */
async function copied(folder: string): Promise<void> {
  for (const part of ['rotas', 'policies'])
    cpSync(join(SAMPLE, part), join(folder, part), { recursive: true });
  await git(folder, 'init', '-q', '-b', 'main');
  await git(folder, 'remote', 'add', 'origin', folder);
  await git(folder, 'config', 'user.name', 'A colleague');
  await git(folder, 'config', 'user.email', 'colleague@example.org');
  await commit(folder, 'The rota');
}

const git = (folder: string, ...words: readonly string[]) => ran('git', words, folder, process.env);

async function commit(folder: string, message: string): Promise<void> {
  await git(folder, 'add', '-A');
  await git(folder, '-c', 'commit.gpgsign=false', 'commit', '-q', '-m', message);
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const heading = (text: string): void => print(`\n\u001b[1m# ${text}\u001b[0m\n`);

/** Runs a command as a user would, and prints the beginning and the end of its output. */
async function rota(folder: string, standIn: StandIn, ...words: readonly string[]): Promise<number> {
  const isPagerDuty = words.includes('pagerduty');
  const { status, out } = await ran(
    process.execPath,
    [join(SOURCE, 'scripts/rota.ts'), ...words, ...(isPagerDuty ? ['--api', standIn.url] : [])],
    folder,
    { ...process.env, PAGERDUTY_API_KEY: FULL },
  );
  if (!isPagerDuty && status !== 0) return status;
  const lines = out.trimEnd().split('\n');
  const some = [
    ...lines.slice(0, SHOWN - 6),
    `… ${lines.length - SHOWN + 2} more lines …`,
    ...lines.slice(-4),
  ];
  print(`$ rota ${words.join(' ')}`);
  print((lines.length <= SHOWN ? lines : some).join('\n'));
  if (isPagerDuty)
    print(
      `\n(status ${status}; ${standIn.requests.length} requests to PagerDuty so far, ${standIn.writes.length} of them writes)`,
    );
  return status;
}

/** Swaps the first two consecutive weeks, at least three weeks ahead, that two engineers can swap. */
async function swapped(folder: string, standIn: StandIn): Promise<void> {
  const monday = Math.floor((Date.now() / DAY - 4) / 7) * 7 + 4 + 21;
  for (let week = 0; week < 20; week++) {
    const [turn, next] = [monday + 7 * week, monday + 7 * (week + 1)].map(dateText);
    if ((await rota(folder, standIn, 'swap', 'paas/in-hours', 'engineer', turn ?? '', next ?? '')) === 0)
      return;
    await git(folder, 'checkout', '-q', '.');
  }
  throw new Error('no two weeks can be swapped');
}

const folder = mkdtempSync(join(tmpdir(), 'rota-pagerduty-'));
try {
  await copied(folder);
  const { handbook } = load(readFolder(folder) ?? { texts: new Map(), findings: [] });
  const standIn = await startStandIn({ now: Date.now, mode: 'faithful', remembers: accountFor(handbook) });
  const run = (...words: readonly string[]) => rota(folder, standIn, ...words);
  heading('The schedules of this account name only the team inbox. What would change?');
  await run('plan', 'pagerduty');
  heading('So many changes at once are refused until somebody has reviewed them and allows them by name.');
  await run('apply', 'pagerduty', '--allow', 'many-writes');
  heading('Nothing is left to do.');
  await run('plan', 'pagerduty');
  heading('Two colleagues swap a week. The pull request shows the plan, and the merge applies it.');
  await swapped(folder, standIn);
  await commit(folder, 'A swap');
  await run('plan', 'pagerduty', '--applied', 'HEAD~1');
  await run('apply', 'pagerduty', '--applied', 'HEAD~1');
  await run('plan', 'pagerduty', '--applied', 'HEAD');
  heading('Somebody adds an override by hand, in PagerDuty itself. It stays, and is reported every morning.');
  const day = Math.floor(Date.now() / DAY) + 2;
  standIn.change('by hand', (state) =>
    withSchedule(state, 'PSPOUEN', (it) => ({
      ...it,
      overrides: [
        ...it.overrides,
        {
          id: 'QBYHAND0000001',
          user: 'PDUNCA1',
          startAt: day * DAY + 19 * HOUR,
          endAt: day * DAY + 21 * HOUR,
        },
      ],
    })),
  );
  await run('plan', 'pagerduty', '--applied', 'HEAD', '--expect-no-changes');
  await standIn.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
