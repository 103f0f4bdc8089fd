/**
 * `npm run pagerduty:demo`: runs the PagerDuty commands on a copy of the sample handbook against the stand-in, so they
 * can be tried without an account. Prints the real output of the command line.
 *
 * The one surprise: it is always the winter of 2026 here, for the command line and for the stand-in alike, so that
 * Christmas comes in every run.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { load } from '../../actions/lib/load/load.ts';
import { formatSpan, instantText } from '../../actions/lib/time/format.ts';
import { zoneOf } from '../../actions/lib/time/zone.ts';
import type { Instant, Interval } from '../../actions/lib/timeline.ts';
import { run } from '../../scripts/rota.ts';
import type { Output } from '../../scripts/terminal.ts';
import { between, SAMPLE } from '../handbook.ts';
import { accountFor } from './account.ts';
import { instant } from './ids.ts';
import { coverOf } from './rendering.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import { FULL, present, type Schedule, type State, withSchedule } from './state.ts';
import { upgraded } from './upgrade.ts';

/** The schedules that are shift-based from the start; the five others are made of layers. */
const SHIFT_BASED = ['PSPINEN', 'PSPOUEN', 'PSGFLDV', 'PSGONCL'];

/** What is not shown: two teams are enough. */
const LEFT_OUT = [
  'rotas/paas/escalation.yaml',
  'rotas/modernisation-platform/regular.yaml',
  'rotas/modernisation-platform/on-call.yaml',
  'policies/escalation/modernisation-platform-regular.yaml',
  'policies/escalation/modernisation-platform-on-call.yaml',
];

const SERVICE = '    escalation: {in-hours: govpress-in-hours, out-of-hours: govpress-out-of-hours}\n';

const LONDON = zoneOf('Europe/London');
const CHRISTMAS_DAY = between('2026-12-25T00:00Z', '2026-12-26T00:00Z');
/** The most lines of a command. */
const SHOWN = 16;
/** The length of a line that is shown once. */
const LONG = 90;
const AS_BEFORE = '  … as before';

/** What the steps of the demo share. */
interface Stage {
  readonly folder: string;
  readonly standIn: StandIn;
  readonly print: (text: string) => void;
  /** The lines of commands that were printed. */
  readonly printed: Set<string>;
  readonly clock: () => Instant;
  /** Sets the time, for everybody. */
  readonly goTo: (time: string) => void;
  /** Lets milliseconds pass at once. */
  readonly wait: (ms: number) => Promise<void>;
  /** Runs a command as a user would, and prints the beginning and the end of its output. */
  readonly rota: (...words: readonly string[]) => Promise<void>;
}

/** A copy of the handbook with nine schedules and two services, in its own git repository and its own `origin`. */
function copied(folder: string): void {
  for (const part of ['rotas', 'policies'])
    cpSync(join(SAMPLE, part), join(folder, part), { recursive: true });
  for (const file of LEFT_OUT) edited(folder, file, /^ *pagerduty: .*\n/gm, '');
  edited(folder, 'policies/services.yaml', SERVICE, `${SERVICE}    pagerduty: {service: PSVLINC}\n`);
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'remote', 'add', 'origin', folder);
  commit(folder, 'The rota');
}

/** Changes the first place, or every place of a pattern for all of them. */
function edited(folder: string, file: string, from: string | RegExp, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} has nothing to change`);
  writeFileSync(path, changed);
}

function git(folder: string, ...words: readonly string[]): void {
  const own = ['-c', 'user.name=A colleague', '-c', 'user.email=colleague@example.org'];
  const { status, stderr } = spawnSync('git', [...own, '-c', 'commit.gpgsign=false', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
}

function commit(folder: string, message: string): void {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', message);
}

/** Long lines that were printed before are left out, and so is the middle of many. */
function shortened(lines: readonly string[], printed: Set<string>): readonly string[] {
  const fresh: string[] = [];
  for (const line of lines) {
    const isKnown = line.length >= LONG && printed.has(line);
    if (!isKnown) fresh.push(line);
    else if (fresh.at(-1) !== AS_BEFORE) fresh.push(AS_BEFORE);
    printed.add(line);
  }
  if (fresh.length <= SHOWN) return fresh;
  return [...fresh.slice(0, SHOWN - 6), `… ${fresh.length - SHOWN + 2} more lines …`, ...fresh.slice(-4)];
}

/** Runs a command; `words` begin with its name, and the rest that the demo needs is not shown. */
async function shown(
  words: readonly string[],
  { folder, standIn, print, clock, wait, printed }: Omit<Stage, 'goTo' | 'rota'>,
): Promise<void> {
  const isPagerDuty = words.includes('pagerduty');
  const before = standIn.requests.length;
  const out: string[] = [];
  const output: Output = {
    write: (text) => void out.push(text),
    ...{ isTerminal: false, hasColours: false, columns: undefined },
  };
  const startedAt = clock();
  const status = await run(['--root', folder, ...words, ...(isPagerDuty ? ['--api', standIn.url] : [])], {
    environment: { PAGERDUTY_API_KEY: FULL },
    startedAt,
    elapsed: () => Math.round(clock() - startedAt),
    wait,
    stdout: output,
    stderr: output,
  });
  const lines = out
    .join('')
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('rota: '));
  print(`$ rota ${words.join(' ')}`);
  print(shortened(lines, printed).join('\n'));
  if (!isPagerDuty) return;
  const made = standIn.requests.slice(before).filter(({ method }) => method !== 'GET');
  const writes = [...Map.groupBy(made, ({ method }) => method)].map(([verb, all]) => `${all.length} ${verb}`);
  print(`\n(status ${status}; writes to PagerDuty: ${writes.join(', ') || 'none'})`);
}

/** Whoever a target of a level reaches in a span, such as `Eli Shah all day`. */
function reached(state: State, id: string, span: Interval): string {
  const nameOf = (user: string) => state.users.find((it) => it.id === user)?.name ?? user;
  if (!state.schedules.some((it) => it.id === id)) return nameOf(id);
  const cover = coverOf(state, id, span);
  const parts = cover.map(({ startAt, endAt, value }) => {
    const isWhole = startAt === span.startAt && endAt === span.endAt;
    const who = value.split(' + ').map(nameOf).join(' and ');
    return `${who} ${isWhole ? 'all day' : formatSpan(LONDON, startAt, endAt)}`;
  });
  return `${parts.join(', ') || 'nobody'} (${id})`;
}

/** Everybody who is reached in a span by the policies that the services have, and by which schedules nobody is. */
function printReached({ standIn: { state }, print }: Stage, span: Interval): void {
  const called = new Set<string>();
  for (const service of state.services) {
    const policy = state.policies.find(({ id }) => id === service.policy);
    print(`${service.name}, by ${policy?.name} (${service.policy}):`);
    for (const [i, { targets, delayMinutes }] of (policy?.rules ?? []).entries()) {
      for (const { id } of targets) called.add(id);
      const who = targets.map(({ id }) => reached(state, id, span)).join(' and ');
      const last = i === (policy?.rules.length ?? 0) - 1;
      print(`  ${i + 1}. ${who}${last ? '' : `, for ${delayMinutes} minutes`}`);
    }
  }
  print('On call in schedules that no service calls that day:');
  for (const { id, name } of state.schedules)
    if (!called.has(id)) print(`  ${name}: ${reached(state, id, span)}`);
}

async function fromNothing({ rota, print, standIn }: Stage): Promise<void> {
  heading(
    print,
    'Nine schedules: five fall back to the team inbox, four have shifts only. What would change?',
  );
  await rota('plan', 'pagerduty');
  heading(print, 'So many changes at once are refused until somebody has reviewed them and allows them.');
  await rota('apply', 'pagerduty', '--allow', 'many-writes');
  const kinds = Map.groupBy(standIn.state.schedules, ({ kind }) => kind);
  const [layers = [], shifts = []] = [kinds.get('v2'), kinds.get('v3')];
  const count = (all: readonly number[]) => all.reduce((sum, it) => sum + it, 0);
  print(`${layers.length} schedules have ${count(layers.map((it) => it.overrides.length))} overrides now,`);
  print(`${shifts.length} have ${count(shifts.map((it) => it.customShifts.length))} custom shifts.`);
  heading(print, 'Nothing is left to do.');
  await rota('plan', 'pagerduty');
}

async function aSwap({ folder, rota, print }: Stage): Promise<void> {
  heading(
    print,
    'Two colleagues swap a week. Each shift that changes is one edit: one PUT, and nobody is missing.',
  );
  await rota('swap', 'paas/in-hours', 'engineer', '2027-01-11', '2027-01-18');
  commit(folder, 'A swap');
  await rota('plan', 'pagerduty', '--applied', 'HEAD~1');
  await rota('apply', 'pagerduty', '--applied', 'HEAD~1');
}

async function anUpgrade({ rota, print, standIn, clock }: Stage): Promise<void> {
  heading(print, 'Somebody upgrades a schedule of layers to a shift-based one. Does that change a night?');
  const span = { startAt: clock(), endAt: instant('2027-07-01T00:00:00Z') };
  const before = coverOf(standIn.state, 'PSPOUCO', span);
  standIn.change('an upgrade', (state) => upgraded(state, 'PSPOUCO', clock()));
  const after = coverOf(standIn.state, 'PSPOUCO', span);
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  const verdict = isSame ? 'the same as' : 'OTHERS than';
  print(`PSPOUCO has ${after.length} shifts up to the horizon, ${verdict} before the upgrade\n`);
  await rota('plan', 'pagerduty', '--applied', 'HEAD');
}

async function byHand({ rota, print, standIn, clock }: Stage): Promise<void> {
  heading(print, 'Somebody puts Duncan into a base layer for Christmas Day, in PagerDuty itself: drift.');
  standIn.change('by hand', (state) => withSchedule(state, 'PSPINCO', (it) => withLayer(it, clock())));
  await rota('plan', 'pagerduty', '--applied', 'HEAD', '--expect-no-changes');
  await rota('apply', 'pagerduty', '--applied', 'HEAD');
}

/** The schedule with one more layer, of one person for a day. */
const withLayer = (schedule: Schedule, sinceAt: Instant): Schedule => {
  const { startAt, endAt } = CHRISTMAS_DAY;
  const era = present(schedule);
  const layer = {
    ...{ id: 'PXMAS01', name: 'Christmas Day', startAt, endAt, virtualStartAt: startAt },
    ...{ turnSeconds: 86_400, users: ['PDUNCA1'], restrictions: [] },
  };
  return { ...schedule, eras: [...schedule.eras, { ...era, sinceAt, layers: [...era.layers, layer] }] };
};

async function christmas(stage: Stage): Promise<void> {
  const { rota, print, goTo } = stage;
  heading(
    print,
    'Christmas Eve, two seconds to five: a run at each change of window switches the policy at its instant.',
  );
  goTo('2026-12-24T16:59:58Z');
  await rota('apply', 'pagerduty', '--applied', 'HEAD');
  printSwitch(stage, 'PSVPAAS');
  goTo('2026-12-24T18:00:00Z');
  await rota('apply', 'pagerduty', '--applied', 'HEAD');
  printSwitch(stage, 'PSVLINC');
  heading(print, 'Christmas Day, a bank holiday. Who is reached?');
  goTo('2026-12-25T12:00:00Z');
  printReached(stage, CHRISTMAS_DAY);
  print('');
  await rota('plan', 'pagerduty', '--applied', 'HEAD');
}

/** When a service got the policy that it has. */
function printSwitch({ standIn: { state, history }, print }: Stage, service: string): void {
  const at = history.findLast(({ by }) => by === `PUT /services/${service}`)?.at;
  const policy = state.services.find(({ id }) => id === service)?.policy;
  print(`${service} has ${policy} since ${at === undefined ? 'the start' : instantText(at)}`);
}

const heading = (print: Stage['print'], text: string): void => print(`\n\u001b[1m# ${text}\u001b[0m\n`);

/** A clock that goes on from the time to which it was set last. */
function settableClock(): Pick<Stage, 'clock' | 'goTo' | 'wait'> {
  let [from, set] = [0, 0];
  const goTo = (time: string): void => {
    [from, set] = [instant(time), performance.now()];
  };
  const wait = async (ms: number) => {
    from += ms;
  };
  return { goTo, wait, clock: () => from + performance.now() - set };
}

/** The whole demo. */
async function demo(print: (text: string) => void): Promise<void> {
  const { clock, goTo, wait } = settableClock();
  goTo('2026-12-01T14:00:00Z');
  const folder = mkdtempSync(join(tmpdir(), 'rota-pagerduty-'));
  try {
    copied(folder);
    const { handbook } = load(readFolder(folder) ?? { texts: new Map(), findings: [] });
    const remembers = accountFor(handbook, SHIFT_BASED);
    const standIn = await startStandIn({ now: clock, mode: 'faithful', remembers });
    const base = { folder, standIn, print, clock, wait, printed: new Set<string>() };
    const stage = { ...base, goTo, rota: (...words: readonly string[]) => shown(words, base) };
    for (const step of [fromNothing, aSwap, anUpgrade, byHand, christmas]) await step(stage);
    await standIn.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await demo((text) => void process.stdout.write(`${text}\n`));
