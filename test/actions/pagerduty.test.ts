// The action with a loopback GitHub and a stand-in of PagerDuty: mostly in process, and a few runs as GitHub runs it.
import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { connect } from '../../actions/lib/github/connection.ts';
import type { ActionContext } from '../../actions/lib/github/context.ts';
import { load } from '../../actions/lib/load/load.ts';
import { checkPullRequest } from '../../actions/lib/programs/check-pull-request.ts';
import { type PagerDutyInputs, runPagerDutyJob } from '../../actions/lib/programs/pagerduty-job.ts';
import { type GitHub, startGitHub } from '../github/github.ts';
import { runJob } from '../github/job.ts';
import { runAction, TOKEN } from '../github/runner.ts';
import { at } from '../handbook.ts';
import { accountFor } from '../pagerduty/account.ts';
import { standIn } from '../pagerduty/calls.ts';
import { FULL, READ, withSchedule } from '../pagerduty/state.ts';
import { fill, folder, git as gitAt } from '../process.ts';

const main = join(fileURLToPath(new URL('../..', import.meta.url)), 'actions/pagerduty/action.yml');
const NOW = '2026-11-21T12:00:00Z';

const ROTA = `name: On call
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-11-25, people: [amara-osei, ben-adeyemi, chi-wong]}
    pagerduty: {schedule: PONCALL}
`;

const FILES = new Map([
  ['rotas/payments/on-call.yaml', ROTA],
  [
    'rotas/people.yaml',
    `people:
  amara-osei: {name: Amara Osei, pagerduty: PAMARA1}
  ben-adeyemi: {name: Ben Adeyemi, pagerduty: PBENAD1}
  chi-wong: {name: Chi Wong, pagerduty: PCHIWO1}
`,
  ],
  ['policies/publishing.yaml', 'ahead: 4 weeks\n'],
  ['policies/notice.yaml', 'consent: []\n'],
]);

const SWAP = `overrides:
  - {role: engineer, turn: 2026-12-02, person: chi-wong, instead_of: ben-adeyemi}
  - {role: engineer, turn: 2026-12-09, person: ben-adeyemi, instead_of: chi-wong}
`;

const git = (root: string, ...words: readonly string[]): string => gitAt(root, NOW, ...words).trim();

interface Scene {
  readonly root: string;
  readonly github: GitHub;
  readonly pagerduty: Awaited<ReturnType<typeof standIn>>;
  readonly runs: { last: number };
  /** The time of PagerDuty's clock at the first request of the next run. */
  start(now: string): void;
}

/**
 * A checkout that is its own origin, with a PagerDuty account for its handbook, which is in the folder `desk`; an earlier
 * run has applied it.
 */
async function scene(
  deployments: Parameters<typeof startGitHub>[0] = {},
  shiftBased: readonly string[] = [],
  desk = '.',
): Promise<Scene> {
  const root = folder(new Map([...FILES].map(([path, text]) => [join(desk, path), text])));
  git(root, 'init', '-q', '-b', 'main');
  git(root, 'remote', 'add', 'origin', root);
  const sha = commit(root);
  const github = await startGitHub({ pulls: [{ number: 7 }], ...deployments });
  github.move('main', sha, 'nia-rhys');
  github.deploy({ environment: 'pagerduty', sha, states: ['in_progress', 'success'] });
  onTestFinished(() => github.stop());
  const texts = readFolder(join(root, desk));
  if (texts === undefined) throw new Error('there is no handbook');
  // It advances from setup, as the clock of each run does.
  let startedAt: number | undefined;
  const pagerduty: Scene['pagerduty'] = await standIn({
    now: NOW,
    remembers: accountFor(load(texts).handbook, shiftBased),
    onRequest: () => {
      startedAt ??= performance.now();
      pagerduty.clock.now = from + performance.now() - startedAt;
    },
  });
  let from = at(NOW);
  const start = (now: string) => {
    from = at(now);
    startedAt = undefined;
  };
  return { root, github, pagerduty, start, runs: { last: 1000 } };
}

/** Commits another text of the rota, which is not pushed. */
function changed({ root }: Scene, rota: string): void {
  fill(root, new Map([['rotas/payments/on-call.yaml', rota]]));
  commit(root);
}

function commit(root: string): string {
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'a change');
  return git(root, 'rev-parse', 'HEAD');
}

/** Adds commits to the main branch as GitHub knows it. */
function onMain({ github }: Scene, ...commits: readonly string[]): void {
  for (const sha of commits) github.state.git.seed('heads/main', sha, new Map());
}

type Inputs = Readonly<Record<string, string>>;

const PUSH: { readonly eventName: string; readonly event: object } = { eventName: 'push', event: {} };

/** The action as GitHub runs it: a child process, with inputs and event in the environment. */
const runProcess = (
  scene: Scene,
  mode: string,
  inputs: Inputs = {},
  event: { readonly eventName: string; readonly event: object } = PUSH,
  env: Inputs = {},
) => {
  const { root, github, pagerduty, start } = scene;
  start(NOW);
  return deployed(scene, mode, (runId) =>
    runAction({
      main,
      inputs: { mode, now: NOW, api: pagerduty.url, ...inputs },
      ...event,
      env: {
        ...{ GITHUB_WORKSPACE: root, GITHUB_RUN_ID: String(runId) },
        PAGERDUTY_API_KEY: mode === 'apply' ? FULL : READ,
        ...env,
      },
      cwd: root,
      github,
    }),
  );
};

/**
 * Runs an apply as its environment does: GitHub records a deployment of the newest commit when the job starts, and how
 * the job ended.
 */
async function deployed<T extends { readonly status: number }>(
  { root, github, runs }: Scene,
  mode: string,
  job: (runId: number) => Promise<T>,
): Promise<T> {
  runs.last += 1;
  if (mode !== 'apply') return job(runs.last);
  const sha = git(root, 'rev-parse', 'HEAD');
  const own = { environment: 'pagerduty', sha, run: runs.last };
  const others = github.state.deployments;
  github.deploy({ ...own, states: ['in_progress'] });
  const ran = await job(runs.last);
  github.state.deployments = others;
  github.deploy({ ...own, states: ['in_progress', ran.status === 0 ? 'success' : 'failure'] });
  return ran;
}

/** The context of a run in this process. */
const contextOf = (
  { root, github }: Scene,
  now: string,
  { eventName, event }: { readonly eventName: string; readonly event: object },
): ActionContext => ({
  eventName,
  payload: event,
  sha: '0'.repeat(40),
  refName: 'main',
  repository: { owner: github.state.owner, repo: github.state.name },
  apiUrl: github.url,
  serverUrl: 'https://github.com',
  workspace: root,
  folder: '.',
  root,
  token: TOKEN,
  commentAuthor: 'github-actions[bot]',
  now: at(now),
});

/** The program of the action in this process, with the defaults of `action.yml`. */
const run = (scene: Scene, mode: string, { now = NOW, ...inputs }: Inputs = {}, event = PUSH) => {
  const { root, pagerduty, start } = scene;
  start(NOW);
  const startedAt = performance.now();
  const given: PagerDutyInputs = {
    mode,
    key: mode === 'apply' ? FULL : READ,
    api: pagerduty.url,
    serviceRegion: 'us',
    applied: '',
    environment: 'pagerduty',
    allow: '',
    triggeringActor: 'sender' in event.event ? String(Object(event.event.sender).login) : '',
    mostWrites: inputs['most-writes'] ?? '500',
    approved: '',
    audit: 'pagerduty-audit.json',
    ...inputs,
  };
  const clock = () => at(now) + Math.round(performance.now() - startedAt);
  return deployed(scene, mode, (runId) => {
    const context = { ...contextOf(scene, now, event), runId };
    return runJob(root, () => runPagerDutyJob(context, connect(context), given, clock));
  });
};

const clean = ({ github, pagerduty }: Scene) => [...github.violations, ...pagerduty.violations];

describe('apply', () => {
  test('pushes, writes an audit without names, and changes nothing in a second run', async () => {
    const setup = await scene();
    const first = await runProcess(setup, 'apply');
    expect(first.status).toBe(0);
    expect(first.summary).toContain('Done and verified');
    expect(first.outputs.writes).not.toBe('0');
    const audit = readFileSync(join(setup.root, 'pagerduty-audit.json'), 'utf8');
    expect(JSON.parse(audit)).toMatchObject({
      outcome: 'verified',
      revision: git(setup.root, 'rev-parse', 'HEAD'),
    });
    expect(audit).not.toMatch(/amara-osei|Amara|Osei|ben-adeyemi|Adeyemi|chi-wong|example.org/);
    const writes = setup.pagerduty.writes.length;
    const second = await runProcess(setup, 'apply');
    expect(second.status).toBe(0);
    expect(second.summary).toContain('Nothing to do, after 4 reads.');
    expect(second.summary).not.toContain('Done');
    expect(setup.pagerduty.writes.length).toBe(writes);
    expect(clean(setup)).toEqual([]);
  });

  test('pushes a handbook in a folder like one at the top', async () => {
    const setup = await scene({}, [], 'desk');
    expect((await runProcess(setup, 'apply', { root: 'desk' })).status).toBe(0);
    const applied = git(setup.root, 'rev-parse', 'HEAD');
    const file = 'desk/rotas/payments/on-call.yaml';
    fill(setup.root, new Map([[file, ROTA + SWAP]]));
    onMain(setup, applied, commit(setup.root));
    const swapped = await runProcess(setup, 'apply', { root: 'desk' });
    expect([swapped.status, swapped.summary]).toEqual([0, expect.stringContaining('Done and verified')]);
    expect(swapped.stdout).toContain('Wed 2 Dec 10:00 – Wed 9 Dec 10:00: chi-wong instead of ben-adeyemi');
    expect(swapped.outputs.audit).toBe(join(setup.root, 'pagerduty-audit.json'));
    expect((await runProcess(setup, 'drift', { root: 'desk' })).status).toBe(0);
    fill(setup.root, new Map([[file, ROTA.replace('ben-adeyemi', 'nobody-here')]]));
    commit(setup.root);
    const spoilt = await runProcess(setup, 'plan', { root: 'desk' });
    expect([spoilt.status, spoilt.annotations[0]]).toMatchObject([1, { file, title: 'known-names' }]);
    expect(clean(setup)).toEqual([]);
  });

  test('writes the audit to no link, and names no file that it did not write', async () => {
    const setup = await scene();
    const audit = join(setup.root, 'pagerduty-audit.json');
    const other = join(setup.root, 'notes.txt');
    writeFileSync(other, 'kept');
    symlinkSync('notes.txt', audit);
    onMain(setup, git(setup.root, 'rev-parse', 'HEAD'), commit(setup.root));
    const refused = await run(setup, 'apply', { 'most-writes': '1' });
    expect([refused.status, refused.outputs.audit]).toEqual([1, undefined]);
    const { status, outputs } = await run(setup, 'apply');
    expect([status, outputs.audit, lstatSync(audit).isFile()]).toEqual([0, audit, true]);
    expect(readFileSync(other, 'utf8')).toBe('kept');
  });

  test('changes the shifts of a shift-based schedule by one edit each, and says so', async () => {
    const setup = await scene({}, ['PONCALL']);
    expect((await run(setup, 'apply')).status).toBe(0);
    // Each run begins at the same time, and PagerDuty does not find what is made later.
    setup.pagerduty.change('time passes', (state) =>
      withSchedule(state, 'PONCALL', (it) => ({
        ...it,
        customShifts: it.customShifts.map((one) => ({ ...one, createdAt: 0 })),
      })),
    );
    const applied = git(setup.root, 'rev-parse', 'HEAD');
    fill(setup.root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
    onMain(setup, applied, commit(setup.root));
    expect((await run(setup, 'plan')).summary).toContain('2 custom shifts to change, times of');
    const before = setup.pagerduty.writes.length;
    const swapped = await run(setup, 'apply');
    expect(swapped.summary).toContain('Done and verified, in 2 writes');
    expect(setup.pagerduty.writes.slice(before).map(({ method }) => method)).toEqual(['PUT', 'PUT']);
    setup.pagerduty.change('by hand', (state) =>
      withSchedule(state, 'PONCALL', (it) => ({ ...it, customShifts: it.customShifts.slice(0, -1) })),
    );
    const drift = await run(setup, 'drift');
    expect([drift.status, drift.summary]).toEqual([
      1,
      expect.stringContaining('### Drift: PagerDuty differs from the handbook by 1 change to make'),
    ]);
    expect(clean(setup)).toEqual([]);
  });

  test('recognises the overrides of an earlier deployment, and of a failed attempt since', async () => {
    const setup = await scene();
    await run(setup, 'apply');
    const applied = git(setup.root, 'rev-parse', 'HEAD');
    fill(setup.root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
    const attempted = commit(setup.root);
    onMain(setup, applied, attempted);
    setup.github.state.deployments = [
      { id: 1, environment: 'production', sha: 'f'.repeat(40), states: ['success'] },
      { id: 2, environment: 'pagerduty', sha: applied, states: ['in_progress', 'success'] },
      { id: 3, environment: 'pagerduty', sha: attempted, states: ['in_progress', 'failure'] },
    ];
    const swap = await run(setup, 'apply');
    expect(swap.status).toBe(0);
    expect(swap.stdout).toContain('Wed 2 Dec 10:00 – Wed 9 Dec 10:00: chi-wong instead of ben-adeyemi');
    expect(swap.stdout).not.toContain('by hand');
    expect((await run(setup, 'drift')).status).toBe(0);
    expect(clean(setup)).toEqual([]);
  });

  describe('of the deployments, only those of the workflow count', () => {
    /** Two commits on main: one that was applied, and the swap that was attempted after it. */
    async function attempted() {
      const setup = await scene();
      await run(setup, 'apply');
      const first = git(setup.root, 'rev-parse', 'HEAD');
      fill(setup.root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
      const second = commit(setup.root);
      onMain(setup, first, second);
      setup.github.state.deployments = [];
      const record = (sha: string, given: Partial<Parameters<GitHub['deploy']>[0]> = {}) =>
        setup.github.deploy({ environment: 'pagerduty', sha, states: ['in_progress', 'success'], ...given });
      record(first);
      return { setup, first, second, record };
    }
    const UNKNOWN = 'd'.repeat(40);
    const warnings = ({
      annotations,
    }: {
      readonly annotations: readonly { level: string; message: string }[];
    }) => annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);

    test.each<[what: string, given: Partial<Parameters<GitHub['deploy']>[0]>, why: string]>([
      ['by a person', { creator: 'mallory-muir' }, 'mallory-muir made it, not this workflow'],
      ['of another branch', { ref: 'wip' }, 'it is not of the branch main'],
    ])('one %s is named and passed over', async (_, given, why) => {
      const { setup, second, record } = await attempted();
      record(second, given);
      const planned = await run(setup, 'plan');
      // Had that counted, the swap would be in PagerDuty already.
      expect(planned.stdout).toContain('chi-wong instead of ben-adeyemi');
      expect(warnings(planned)).toContainEqual(
        `deployment 2 of ${second.slice(0, 10)} does not count: ${why}`,
      );
      expect(clean(setup)).toEqual([]);
    });

    test('one of a commit that is not in the history is named and passed over, whether GitHub has it or not', async () => {
      const { setup, first, second, record } = await attempted();
      const { git: repository } = setup.github.state;
      const tree = repository.commits.get(first)?.tree ?? '';
      const beside = repository.commit({ tree, parents: [first], message: 'x' }) ?? '';
      for (const sha of [beside, UNKNOWN]) record(sha);
      // By the name alone, GitHub finds a tag first.
      repository.refs.set('tags/main', beside);
      const planned = await run(setup, 'plan');
      expect(planned.status).toBe(0);
      for (const it of [`2 of ${beside.slice(0, 10)}`, `3 of ${UNKNOWN.slice(0, 10)}`])
        expect(warnings(planned)).toContainEqual(
          `deployment ${it} does not count: that commit is not in the history of main`,
        );
      record(second, { states: ['in_progress', 'failure'] });
      expect((await run(setup, 'apply')).status).toBe(0);
      expect(clean(setup)).toEqual([]);
    });

    test('one of a commit that main contains and never was at is named and passed over', async () => {
      const { setup, first, second, record } = await attempted();
      const { git: repository } = setup.github.state;
      const tree = repository.commits.get(second)?.tree ?? '';
      const within = repository.commit({ tree, parents: [first], message: 'x' }) ?? '';
      const merge = repository.commit({ tree, parents: [second, within], message: 'merge' }) ?? '';
      setup.github.move('main', merge, 'mallory-muir');
      record(within);
      const planned = await run(setup, 'plan');
      expect(planned.stdout).toContain('chi-wong instead of ben-adeyemi');
      expect(warnings(planned)).toContainEqual(
        `deployment 2 of ${within.slice(0, 10)} does not count: main was never at that commit, by GitHub's record`,
      );
    });

    test('of many claims that no run confirms, a hundred are looked at', async () => {
      const { setup, first, record } = await attempted();
      for (let i = 0; i < 150; i++) record(first, { ran: null });
      const earlier = setup.github.requests.length;
      const planned = await run(setup, 'plan');
      expect(planned.status).toBe(0);
      const asked = setup.github.requests.slice(earlier);
      expect(asked.filter(({ operation }) => operation?.startsWith('actions/')).length).toBe(100);
    });

    test('many by others are counted, and hide nothing', async () => {
      const { setup, first, record } = await attempted();
      for (let i = 0; i < 150; i++) record(first, { creator: 'mallory-muir' });
      const planned = await run(setup, 'plan');
      expect([planned.status, warnings(planned)]).toEqual([
        0,
        expect.arrayContaining(['145 more deployments do not count either']),
      ]);
      expect(planned.stdout).not.toContain('by hand');
      for (let i = 0; i < 900; i++) record(first, { creator: 'mallory-muir' });
      expect((await run(setup, 'plan')).status).toBe(1);
    });
  });

  test('fails if it cannot determine what an earlier deployment pushed, so that no stale override stays after a successful job', async () => {
    const setup = await scene();
    await run(setup, 'apply');
    fill(setup.root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
    commit(setup.root);
    const writes = setup.pagerduty.writes.length;
    const gone = 'e'.repeat(40);
    onMain(setup, gone);
    setup.github.state.deployments = [
      { id: 2, environment: 'pagerduty', sha: gone, states: ['in_progress', 'success'] },
    ];
    const refused = await run(setup, 'apply');
    expect(refused.status).toBe(1);
    expect(refused.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(
        /^what was applied at e{40} cannot be read \(there is no revision .*\), so what it wrote would count as made by hand and stay; fetch it, or, if this is intended, allow forgotten$/,
      ),
    );
    for (const mode of ['plan', 'drift']) {
      const warned = await run(setup, mode);
      expect(warned.annotations).toContainEqual(
        expect.objectContaining({ level: 'warning', message: expect.stringContaining('made by hand') }),
      );
      expect(warned.stdout).not.toContain('allow forgotten');
    }
    expect(setup.pagerduty.writes.length).toBe(writes);
    expect(clean(setup)).toEqual([]);
  });

  test('refuses a commit that is not the tip of the main branch, and reports how to allow it', async () => {
    const setup = await scene();
    const origin = join(folder(), 'origin');
    git(setup.root, 'clone', '-q', '--bare', setup.root, origin);
    git(setup.root, 'remote', 'set-url', 'origin', origin);
    changed(setup, ROTA + SWAP);
    const refused = await run(setup, 'apply');
    expect(refused.status).toBe(1);
    expect(refused.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('allow not-the-tip'),
    );
    expect(setup.pagerduty.writes).toEqual([]);
    expect((await run(setup, 'apply', { allow: 'not-the-tip' })).status).toBe(0);
  });

  test.each(['many-writes,undecided', 'many-writes, undecided', ' undecided  many-writes '])(
    'allows the given reasons: "%s"',
    async (allow) => {
      const setup = await scene();
      expect((await run(setup, 'apply', { 'most-writes': '1', allow })).status).toBe(0);
    },
  );

  test('rejects an unknown reason, and lists the known ones', async () => {
    const setup = await scene();
    const { status, annotations } = await run(setup, 'apply', { allow: 'many-writes lost_cover' });
    expect([status, annotations.map(({ message }) => message)]).toEqual([
      1,
      [
        'the input "allow" has "lost_cover", which is not a reason; name some of lost-cover, emptied-level, many-writes, not-the-tip, forgotten, undecided, unagreed, nothing-applied',
      ],
    ]);
    expect(setup.pagerduty.requests).toEqual([]);
  });

  test('applies only the plan with the approved digest', async () => {
    const setup = await scene();
    const { outputs } = await run(setup, 'plan');
    expect((await run(setup, 'apply', { approved: 'f'.repeat(16) })).status).toBe(1);
    expect(setup.pagerduty.writes).toEqual([]);
    expect((await run(setup, 'apply', { approved: outputs.digest ?? '' })).status).toBe(0);
  });

  test('removes nothing if PagerDuty refuses an override, and the next run completes the apply', async () => {
    const setup = await scene();
    await run(setup, 'apply');
    const applied = git(setup.root, 'rev-parse', 'HEAD');
    fill(setup.root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
    commit(setup.root);
    setup.pagerduty.fault({ kind: 'refused item', item: 0 }, { method: 'POST' });
    const failed = await run(setup, 'apply', { applied });
    expect(failed.status).toBe(1);
    expect(failed.summary).toContain('nothing was removed');
    expect(setup.pagerduty.writes.filter(({ method }) => method === 'DELETE')).toEqual([]);
    const audit = JSON.parse(readFileSync(join(setup.root, 'pagerduty-audit.json'), 'utf8'));
    expect(audit.outcome).toBe('failed');
    expect((await run(setup, 'apply', { applied })).status).toBe(0);
    expect((await run(setup, 'drift')).status).toBe(0);
    expect(clean(setup)).toEqual([]);
  });
});

describe('what not everybody has agreed to', () => {
  const PEOPLE = `people:
  amara-osei: {name: Amara Osei, pagerduty: PAMARA1, github: amara-osei}
  ben-adeyemi: {name: Ben Adeyemi, pagerduty: PBENAD1, github: ben-adeyemi}
  chi-wong: {name: Chi Wong, pagerduty: PCHIWO1, github: chi-wong}
  nia-rhys: {name: Nia Rhys, github: nia-rhys}
`;

  /** A first apply of a handbook with a lead. */
  async function applied(notice = 'consent: [both-people]\n') {
    const setup = await scene({ permissions: { 'nia-rhys': 'write', 'chi-wong': 'write' } });
    fill(
      setup.root,
      new Map([
        ['policies/notice.yaml', notice],
        ['rotas/payments/team.yaml', 'name: Payments\nleads: [nia-rhys]\n'],
        ['rotas/people.yaml', PEOPLE],
      ]),
    );
    setup.github.move('main', commit(setup.root), 'nia-rhys');
    setup.github.state.deployments = [];
    expect((await dispatched(setup, 'nia-rhys', 'nothing-applied')).status).toBe(0);
    return { setup, writes: setup.pagerduty.writes.length };
  }

  /** The same, and then the swap of Ben and Chi on the main branch, pushed by one of them. */
  async function pushed(by: string) {
    const { setup, writes } = await applied();
    fill(setup.root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
    setup.github.move('main', commit(setup.root), by);
    return { setup, writes };
  }

  const messages = ({ annotations }: { readonly annotations: readonly { readonly message: string }[] }) =>
    annotations.map(({ message }) => message);

  const dispatched = (setup: Scene, by: string, allow = 'unagreed', more: Inputs = {}) =>
    run(setup, 'apply', { allow, ...more }, setup.github.dispatchEvent(by));

  /** The swap on a branch, and the commit that merges it into what is checked out. */
  function swapMerged(root: string) {
    git(root, 'checkout', '-qb', 'swap');
    fill(root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
    const head = { sha: commit(root), ref: 'swap' };
    git(root, 'checkout', '-q', 'main');
    git(root, 'merge', '-q', '--no-ff', '-m', 'merge', 'swap');
    return { head, merge: git(root, 'rev-parse', 'HEAD') };
  }

  /** Somebody deletes the run that applied last; its deployment stays. */
  function forgetLastRun({ github: { state } }: Scene): void {
    state.deployments = state.deployments.map((it, i, all) =>
      i === all.length - 1 ? { ...it, ran: null } : it,
    );
  }

  test('is refused, and so is what comes after it, until a lead allows it', async () => {
    const { setup, writes } = await pushed('ben-adeyemi');
    const refusal = expect.stringMatching(
      /^[0-9a-f]{10}, pushed by ben-adeyemi is on the main branch, .* not agreed to it: chi-wong; revert it with their word, or let a lead \(chi-wong or nia-rhys\) run this/,
    );
    const refused = await run(setup, 'apply');
    expect(refused.annotations.map(({ message }) => message)).toContainEqual(refusal);
    fill(setup.root, new Map([['README.md', 'Nothing of the rota.\n']]));
    setup.github.move('main', commit(setup.root), 'nia-rhys');
    expect((await run(setup, 'apply')).status).toBe(1);
    const tried = await dispatched(setup, 'ben-adeyemi');
    expect(tried.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^ben-adeyemi cannot allow .*: only chi-wong or nia-rhys can$/),
    );
    expect([tried.status, setup.pagerduty.writes.length]).toEqual([1, writes]);
    expect((await dispatched(setup, 'Nia-Rhys')).status).toBe(0);
    expect(setup.pagerduty.writes.length).toBeGreaterThan(writes);
    expect(clean(setup)).toEqual([]);
  });

  test('is applied with what undoes it in the same push, as the commit of another pull request', async () => {
    const { setup } = await applied();
    const { root, github } = setup;
    fill(root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
    const taken = commit(root);
    fill(root, new Map([['rotas/payments/on-call.yaml', ROTA]]));
    const merge = { state: 'closed', merged_at: NOW, merge_commit_sha: taken } as const;
    github.open({ number: 8, user: 'chi-wong', head: { sha: taken, ref: 'take' }, base: { ref: 'main' } });
    Object.assign(github.state.pulls.find(({ number }) => number === 8) ?? {}, merge);
    github.move('main', commit(root), 'ben-adeyemi');
    expect((await run(setup, 'apply')).status).toBe(0);
  });

  test.each([
    ['one has tried it', true],
    ['nothing says so', false],
  ])(
    'is refused with what undoes it later, as an apply may have changed something: %s',
    async (_, isTried) => {
      const { setup } = await pushed('ben-adeyemi');
      if (isTried) expect((await run(setup, 'apply')).status).toBe(1);
      fill(setup.root, new Map([['rotas/payments/on-call.yaml', ROTA]]));
      setup.github.move('main', commit(setup.root), 'ben-adeyemi');
      expect((await run(setup, 'apply')).status).toBe(1);
      expect((await dispatched(setup, 'nia-rhys')).status).toBe(0);
    },
  );

  test('is undone where everybody has agreed, although somebody deleted the deployment of what was applied', async () => {
    const { setup } = await applied('consent: []\n');
    const before = setup.github.state.deployments;
    fill(setup.root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
    setup.github.move('main', commit(setup.root), 'ben-adeyemi');
    expect((await run(setup, 'apply')).status).toBe(0);
    const { length } = setup.pagerduty.writes;
    setup.github.state.deployments = before;
    fill(setup.root, new Map([['rotas/payments/on-call.yaml', ROTA]]));
    setup.github.move('main', commit(setup.root), 'ben-adeyemi');
    expect((await run(setup, 'apply')).status).toBe(0);
    expect(setup.pagerduty.writes.length).toBeGreaterThan(length);
    expect((await run(setup, 'drift')).status).toBe(0);
  });

  test('is refused where it undoes what was applied, although GitHub does not have the run of that any more', async () => {
    const { setup } = await pushed('ben-adeyemi');
    expect((await dispatched(setup, 'nia-rhys')).status).toBe(0);
    const { length } = setup.pagerduty.writes;
    forgetLastRun(setup);
    fill(setup.root, new Map([['rotas/payments/on-call.yaml', ROTA]]));
    setup.github.move('main', commit(setup.root), 'ben-adeyemi');
    expect([(await run(setup, 'apply')).status, setup.pagerduty.writes.length]).toEqual([1, length]);
    expect((await dispatched(setup, 'nia-rhys')).status).toBe(0);
  });

  test('is refused where somebody else starts the run of a lead again', async () => {
    const { setup, writes } = await pushed('ben-adeyemi');
    const again = await dispatched(setup, 'nia-rhys', 'unagreed', { triggeringActor: 'ben-adeyemi' });
    expect(again.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(
        /^somebody who started this again cannot allow .*: only chi-wong or nia-rhys can$/,
      ),
    );
    expect([again.status, setup.pagerduty.writes.length]).toEqual([1, writes]);
    expect((await dispatched(setup, 'nia-rhys', 'unagreed', { triggeringActor: 'Nia-Rhys' })).status).toBe(0);
  });

  test('is refused after a merge too, and applied where both have agreed on the pull request', async () => {
    const { setup, writes } = await applied();
    const { root, github } = setup;
    const { head, merge } = swapMerged(root);
    github.open({ number: 8, user: 'ben-adeyemi', head });
    await runJob(root, () =>
      checkPullRequest(contextOf(setup, NOW, github.event('pull-request-opened', 8)), '', () => at(NOW)),
    );
    const pull = github.state.pulls.find(({ number }) => number === 8);
    const { timestamp } = github.state.activities.at(-1) ?? { timestamp: NOW };
    Object.assign(pull ?? {}, { state: 'closed', merged_at: timestamp, merge_commit_sha: merge });
    github.move('main', merge, 'ben-adeyemi');
    const refused = await run(setup, 'apply');
    expect(refused.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^#8 is on the main branch, .* not agreed to it: chi-wong;/),
    );
    expect(setup.pagerduty.writes.length).toBe(writes);
    github.review(8, { user: 'chi-wong', state: 'APPROVED' });
    expect((await run(setup, 'apply')).status).toBe(0);
    expect(setup.pagerduty.writes.length).toBeGreaterThan(writes);
    expect(clean(setup)).toEqual([]);
  });

  /** The swap in pull request 8 of Ben, merged by Chi, who approved nothing; and as a draft of hers, with that head. */
  async function merged(draft: boolean) {
    const { setup, writes } = await applied();
    const { root, github } = setup;
    const { head, merge } = swapMerged(root);
    if (draft) {
      github.open({ number: 9, user: 'chi-wong', head, draft });
      const opened = github.event('pull-request-opened', 9);
      await runJob(root, () => checkPullRequest(contextOf(setup, NOW, opened), '', () => at(NOW)));
    }
    github.open({ number: 8, user: 'ben-adeyemi', head: { ...head, ref: 'copy' } });
    const pulls = github.state.pulls.filter(({ number }) => number === 8 || number === 9);
    for (const it of pulls) it.merge_commit_sha = merge;
    github.merge(8, 'chi-wong');
    // GitHub takes the draft for merged, as the branch has its commits.
    const { merged_at } = pulls.find(({ number }) => number === 8) ?? {};
    for (const it of pulls) Object.assign(it, { state: 'closed', merged_at, merge_commit_sha: merge });
    return { setup, writes, pulls };
  }

  test.each([8, 9])(
    'is refused where it was a draft of somebody, whose head another had, as #%d',
    async (number) => {
      const { setup, writes } = await merged(true);
      const { state } = setup.github;
      // Without the other one, it may have been a push.
      if (number === 9) state.pulls = state.pulls.filter((it) => it.number !== 8);
      const refused = await run(setup, 'apply');
      expect(messages(refused)).toContainEqual(
        expect.stringMatching(new RegExp(`^#${number} is on .* not agreed to it: .*chi-wong`)),
      );
      expect(setup.pagerduty.writes.length).toBe(writes);
    },
  );

  test('is refused where GitHub does not list its pull request yet: who merges one need not agree', async () => {
    const { setup, writes, pulls } = await merged(false);
    for (const it of pulls) it.merged_at = null;
    const refused = await run(setup, 'apply');
    expect(messages(refused)).toContainEqual(
      expect.stringMatching(/not agreed to it: ben-adeyemi(?: and |, )chi-wong/),
    );
    expect(setup.pagerduty.writes.length).toBe(writes);
  });

  test('is refused where the deployments were deleted, until somebody who was a lead before allows it', async () => {
    const { setup, writes } = await pushed('ben-adeyemi');
    // A state that nobody can have applied keeps nothing from being allowed.
    fill(setup.root, new Map([['rotas/payments/team.yaml', 'name: [\n']]));
    setup.github.move('main', commit(setup.root), 'ben-adeyemi');
    const made = { 'rotas/payments/team.yaml': 'name: Payments\nleads: [ben-adeyemi, nia-rhys]\n' };
    fill(setup.root, new Map(Object.entries(made)));
    setup.github.move('main', commit(setup.root), 'ben-adeyemi');
    const moves = setup.github.state.activities;
    setup.github.state.activities = moves.map((it, i) =>
      i < moves.length - 2 ? { ...it, timestamp: '2026-09-01T09:00:00Z' } : it,
    );
    setup.github.state.deployments = [];
    const refused = await run(setup, 'apply');
    expect(refused.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(
        /^no earlier run of this workflow .* let a lead \(nia-rhys\) run this with allow set/,
      ),
    );
    // Of a failed run, GitHub keeps a deployment, which is of the newest commit.
    for (const by of ['ben-adeyemi', 'chi-wong'])
      expect((await dispatched(setup, by, 'nothing-applied')).status).toBe(1);
    // A word for what came last is none for the whole handbook.
    expect((await dispatched(setup, 'nia-rhys')).status).toBe(1);
    expect(setup.pagerduty.writes.length).toBe(writes);
    // What an earlier apply wrote is no work by hand.
    const allowed = await dispatched(setup, 'nia-rhys', 'nothing-applied');
    expect([allowed.status, allowed.summary]).toEqual([
      0,
      expect.stringContaining('Done and verified, in 3 writes'),
    ]);
    expect((await run(setup, 'drift')).status).toBe(0);
    expect(clean(setup)).toEqual([]);
  });

  test('as a whole, where what was applied cannot be read, which anybody may allow to be forgotten', async () => {
    const { setup, writes } = await pushed('ben-adeyemi');
    const gone = 'e'.repeat(40);
    onMain(setup, gone);
    setup.github.state.deployments = [];
    setup.github.deploy({ environment: 'pagerduty', sha: gone, states: ['in_progress', 'success'] });
    expect((await dispatched(setup, 'ben-adeyemi', 'forgotten')).status).toBe(1);
    expect((await dispatched(setup, 'nia-rhys', 'nothing-applied')).status).toBe(1);
    expect(setup.pagerduty.writes.length).toBe(writes);
    expect((await dispatched(setup, 'nia-rhys', 'forgotten nothing-applied')).status).toBe(0);
  });

  test('for the short notice of a team without leads, can be allowed by a lead of any team', async () => {
    const { setup } = await applied('rota_change: {minimum: 14 days}\nconsent: []\n');
    const { root, github } = setup;
    const files = { payments: 'name: Payments\n', desk: 'name: Desk\nleads: [nia-rhys]\n' };
    fill(root, new Map(Object.entries(files).map(([team, text]) => [`rotas/${team}/team.yaml`, text])));
    github.move('main', commit(root), 'nia-rhys');
    await run(setup, 'apply');
    fill(root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
    github.move('main', commit(root), 'ben-adeyemi');
    expect((await run(setup, 'apply')).status).toBe(1);
    expect((await dispatched(setup, 'nia-rhys')).status).toBe(0);
  });

  test('is not allowed by a lead of another team, be it only who somebody is that changes', async () => {
    const { setup, writes } = await applied();
    const { root, github } = setup;
    fill(root, new Map([['rotas/mal/team.yaml', 'name: Mal\nleads: [chi-wong]\n']]));
    github.move('main', commit(root), 'nia-rhys');
    expect((await run(setup, 'apply')).status).toBe(0);
    const exchanged = PEOPLE.replace('PBENAD1', 'x').replace('PCHIWO1', 'PBENAD1').replace('x', 'PCHIWO1');
    fill(root, new Map([['rotas/people.yaml', exchanged]]));
    github.move('main', commit(root), 'chi-wong');
    const tried = await dispatched(setup, 'chi-wong');
    expect(tried.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^chi-wong cannot allow .*: only ben-adeyemi or nia-rhys can$/),
    );
    expect([tried.status, setup.pagerduty.writes.length]).toEqual([1, writes]);
    expect((await dispatched(setup, 'nia-rhys')).status).toBe(0);
    expect(clean(setup)).toEqual([]);
  });

  test('is refused where everybody agreed, but the notice was too short at the merge, until a lead allows it', async () => {
    const { setup, writes } = await applied('rota_change: {minimum: 14 days}\nconsent: []\n');
    fill(setup.root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
    setup.github.move('main', commit(setup.root), 'ben-adeyemi');
    const refused = await run(setup, 'apply');
    expect(refused.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(
        / not agreed to it: a lead, to the short notice of payments\/on-call; .*\(nia-rhys\)/,
      ),
    );
    expect((await dispatched(setup, 'ben-adeyemi')).status).toBe(1);
    expect(setup.pagerduty.writes.length).toBe(writes);
    expect((await dispatched(setup, 'nia-rhys')).status).toBe(0);
    expect(clean(setup)).toEqual([]);
  });

  test('is not undone by an old run that may apply an older commit, whatever became of the run of what was agreed', async () => {
    const { setup } = await pushed('ben-adeyemi');
    const { root, pagerduty } = setup;
    expect((await dispatched(setup, 'nia-rhys')).status).toBe(0);
    const { length } = pagerduty.writes;
    forgetLastRun(setup);
    git(root, 'checkout', '-qf', '--detach', 'HEAD^');
    const refused = await dispatched(setup, 'amara-osei', 'not-the-tip');
    expect(messages(refused)).toContainEqual(
      expect.stringMatching(
        /^going back to [0-9a-f]{10} changes what the main branch has, and these have not agreed to it: .*; apply its newest commit, or let a lead \(nia-rhys\) run this/,
      ),
    );
    for (const [by, allow] of [
      ['ben-adeyemi', 'not-the-tip unagreed'],
      ['nia-rhys', 'not-the-tip'],
    ] as const)
      expect((await dispatched(setup, by, allow)).status).toBe(1);
    expect(pagerduty.writes.length).toBe(length);
    expect((await dispatched(setup, 'nia-rhys', 'not-the-tip unagreed')).status).toBe(0);
    expect(pagerduty.writes.length).toBeGreaterThan(length);
  });

  test('nor by one that goes back to what the tip has, past what was agreed in between', async () => {
    const { setup } = await pushed('ben-adeyemi');
    const { root, github, pagerduty } = setup;
    expect((await dispatched(setup, 'nia-rhys')).status).toBe(0);
    const { length } = pagerduty.writes;
    forgetLastRun(setup);
    fill(root, new Map([['rotas/payments/on-call.yaml', ROTA]]));
    github.move('main', commit(root), 'ben-adeyemi');
    git(root, 'checkout', '-qf', '--detach', 'HEAD~2');
    const refused = await dispatched(setup, 'amara-osei', 'not-the-tip');
    expect(messages(refused)).toContainEqual(expect.stringMatching(/^going back to .* not agreed to it: /));
    expect(pagerduty.writes.length).toBe(length);
  });

  test.each([
    ['is not refused any more once a revert has the word of everybody', false, 0],
    ['is, where another one that nobody agreed to lies between', true, 1],
  ])('%s', async (_, isBetween, status) => {
    const { setup, writes } = await pushed('ben-adeyemi');
    const { root, github } = setup;
    expect((await run(setup, 'apply')).status).toBe(1);
    if (isBetween) {
      const taken = '  - {role: engineer, turn: 2026-12-16, person: ben-adeyemi}\n';
      fill(root, new Map([['rotas/payments/on-call.yaml', `${ROTA}overrides:\n${taken}`]]));
      github.move('main', commit(root), 'ben-adeyemi');
    }
    const held = git(root, 'rev-parse', 'HEAD');
    git(root, 'checkout', '-qb', 'revert');
    fill(root, new Map([['rotas/payments/on-call.yaml', ROTA]]));
    const head = { sha: commit(root), ref: 'revert' };
    git(root, 'checkout', '-q', 'main');
    git(root, 'merge', '-q', '--no-ff', '-m', 'merge', 'revert');
    github.open({ number: 9, user: 'ben-adeyemi', head, base: { sha: held, ref: 'main' } });
    await runJob(root, () =>
      checkPullRequest(contextOf(setup, NOW, github.event('pull-request-opened', 9)), '', () => at(NOW)),
    );
    for (const user of ['amara-osei', 'chi-wong']) github.review(9, { user, state: 'APPROVED' });
    const pull = github.state.pulls.find(({ number }) => number === 9);
    Object.assign(pull ?? {}, { merge_commit_sha: git(root, 'rev-parse', 'HEAD') });
    github.merge(9, 'ben-adeyemi');
    expect((await run(setup, 'apply')).status).toBe(status);
    expect(setup.pagerduty.writes.length).toBe(writes);
    expect(clean(setup)).toEqual([]);
  });

  test('nor is it applied while nobody who was asked could be read, until a lead allows that', async () => {
    const { setup, writes } = await applied();
    const { root, github } = setup;
    fill(root, new Map([['policies/notice.yaml', 'consent: [\n']]));
    github.move('main', commit(root), 'chi-wong');
    fill(root, new Map([['policies/notice.yaml', 'consent: []\n']]));
    github.move('main', commit(root), 'nia-rhys');
    const refused = await run(setup, 'apply');
    expect(messages(refused)).toContainEqual(
      expect.stringMatching(
        /pushed by chi-wong is on .* not agreed to it: a lead, to policies\/notice.yaml, which could not be read; .*\(nia-rhys\)/,
      ),
    );
    const tried = await dispatched(setup, 'chi-wong', 'forgotten unagreed');
    expect([tried.status, setup.pagerduty.writes.length]).toEqual([1, writes]);
    // What was there may have been tried, too.
    expect((await dispatched(setup, 'nia-rhys', 'forgotten unagreed')).status).toBe(0);
  });

  test('as a whole, where a commit since cannot be read', async () => {
    const { setup, writes } = await pushed('ben-adeyemi');
    const { root, github } = setup;
    const blob = git(root, 'rev-parse', 'HEAD:rotas/people.yaml');
    const many = Array.from({ length: 20_001 }, (_, i) => `100644 ${blob}\trotas/x/${i}.yaml\n`);
    execFileSync('git', ['update-index', '--add', '--index-info'], { cwd: root, input: many.join('') });
    const tree = git(root, 'write-tree');
    const large = git(root, 'commit-tree', '-p', 'HEAD', '-m', 'Many', tree);
    github.move('main', large, 'ben-adeyemi');
    const small = git(root, 'commit-tree', '-p', large, '-m', 'Few', 'HEAD^{tree}');
    git(root, 'reset', '-q', '--hard', small);
    github.move('main', small, 'ben-adeyemi');
    expect((await dispatched(setup, 'nia-rhys', 'forgotten unagreed')).status).toBe(1);
    expect(setup.pagerduty.writes.length).toBe(writes);
    expect((await dispatched(setup, 'nia-rhys', 'forgotten nothing-applied')).status).toBe(0);
  });

  test('can be allowed by an administrator, where it takes two, each of whom can allow a part', async () => {
    const { setup } = await applied();
    const { root, github } = setup;
    Object.assign(github.state.permissions, { 'amara-osei': 'write', root: 'admin' });
    fill(root, new Map([['rotas/desk/team.yaml', 'name: Desk\nleads: [amara-osei]\n']]));
    github.move('main', commit(root), 'nia-rhys');
    expect((await run(setup, 'apply')).status).toBe(0);
    for (const files of [
      { 'rotas/payments/on-call.yaml': ROTA + SWAP },
      { 'rotas/desk/team.yaml': 'name: Desk\nleads: [ben-adeyemi]\n' },
    ]) {
      fill(root, new Map(Object.entries(files)));
      github.move('main', commit(root), 'ben-adeyemi');
    }
    for (const by of ['nia-rhys', 'amara-osei']) expect((await dispatched(setup, by)).status).toBe(1);
    expect((await dispatched(setup, 'root')).status).toBe(0);
  });

  test.each<[what: string, permission: string, status: 0 | 1]>([
    ['where nobody who can has access any more', 'none', 0],
    ['where nobody who can may write any more', 'read', 0],
    ['not where somebody who can may write', 'write', 1],
  ])('can be allowed by an administrator, %s', async (_, permission, status) => {
    const { setup } = await pushed('ben-adeyemi');
    const { permissions } = setup.github.state;
    Object.assign(permissions, { 'nia-rhys': permission, 'chi-wong': 'none', root: 'admin', other: 'write' });
    expect((await dispatched(setup, 'other')).status).toBe(1);
    expect((await dispatched(setup, 'root')).status).toBe(status);
  });

  /** The same, and then a deployment of that commit whose success names a run. */
  async function recorded(given: Partial<Parameters<GitHub['deploy']>[0]>) {
    const { setup, writes } = await pushed('ben-adeyemi');
    const sha = git(setup.root, 'rev-parse', 'HEAD');
    setup.github.deploy({ environment: 'pagerduty', sha, states: ['in_progress', 'success'], ...given });
    return { setup, writes, sha: sha.slice(0, 10) };
  }
  type Recorded = Parameters<typeof recorded>[0];

  test.each<[what: string, given: Recorded]>([
    ['that GitHub does not have', { ran: null }],
    ['of another workflow', { ran: { path: '.github/workflows/mine.yml' } }],
    ['for a pull request', { ran: { event: 'pull_request' } }],
    ['of another branch', { ran: { branch: 'wip' } }],
    ['of another commit', { ran: { sha: 'c'.repeat(40) } }],
    ['with another job', { ran: { job: 'plan' } }],
    ['that failed', { ran: { conclusions: ['failure', 'failure'] } }],
    ['that is not over, such as this one', { run: 1003, ran: { conclusions: [null] } }],
    ['that was over before', { ran: { completedAt: '2026-11-20T11:59:59Z' } }],
  ])('is refused although its deployment has the success of a run %s', async (_, given) => {
    const { setup, writes, sha } = await recorded(given);
    const refused = await run(setup, 'apply', {}, setup.github.dispatchEvent('ben-adeyemi'));
    expect([refused.status, messages(refused)]).toEqual([
      1,
      expect.arrayContaining([
        `deployment 2 of ${sha} counts as an attempt only: no run that GitHub still has of ` +
          '.github/workflows/pagerduty.yml applied it',
        expect.stringMatching(/pushed by ben-adeyemi .* not agreed to it: chi-wong;/),
      ]),
    ]);
    expect(setup.pagerduty.writes.length).toBe(writes);
    expect(clean(setup)).toEqual([]);
  });

  test.each<[what: string, given: Recorded]>([
    ['whose earlier attempt succeeded', { ran: { conclusions: ['failure', 'success', 'failure'] } }],
    ['whose file is named with its branch', { ran: { path: '.github/workflows/pagerduty.yml@main' } }],
    ['that somebody started', { ran: { event: 'workflow_dispatch' } }],
    ['of the schedule', { ran: { event: 'schedule' } }],
  ])('is not judged again where a deployment has the success of a run %s', async (_, given) => {
    const { setup } = await recorded(given);
    const applied = await run(setup, 'apply');
    expect([applied.status, messages(applied).filter((it) => it.includes('attempt'))]).toEqual([0, []]);
    expect(clean(setup)).toEqual([]);
  });

  test('is refused, as GitHub runs it, although somebody recorded a success of it from a branch', async () => {
    const { setup, writes } = await recorded({
      ran: { path: '.github/workflows/mine.yml', branch: 'wip', job: 'x' },
    });
    const refused = await runProcess(setup, 'apply', {}, setup.github.dispatchEvent('ben-adeyemi'));
    expect([refused.status, setup.pagerduty.writes.length]).toEqual([1, writes]);
    expect(
      (await runProcess(setup, 'apply', { allow: 'unagreed' }, setup.github.dispatchEvent('nia-rhys')))
        .status,
    ).toBe(0);
    expect((await runProcess(setup, 'apply', {}, setup.github.dispatchEvent('ben-adeyemi'))).status).toBe(0);
    expect(clean(setup)).toEqual([]);
  });

  test.each(['actions/get-workflow-run', 'actions/list-jobs-for-workflow-run'] as const)(
    'or may not be, is not applied where GitHub does not answer: %s',
    async (operation) => {
      const { setup, writes } = await recorded({});
      setup.github.fault(operation, { status: 403 });
      const failed = await runProcess(setup, 'apply');
      expect([failed.status, messages(failed)]).toEqual([
        1,
        [expect.stringMatching(/^GitHub does not say what was applied \(.*\), so nothing was changed$/)],
      ]);
      expect(setup.pagerduty.writes.length).toBe(writes);
    },
  );

  test('is refused as a whole where GitHub does not say who pushed it', async () => {
    const { setup, writes } = await pushed('ben-adeyemi');
    setup.github.state.activities.splice(-1);
    const refused = await run(setup, 'apply');
    expect(refused.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/pushed by nobody known .* not agreed to it: .*ben-adeyemi/),
    );
    expect(setup.pagerduty.writes.length).toBe(writes);
  });
});

describe('plan', () => {
  test('adds the plan to the comment of the check, with a read-only key', async () => {
    const setup = await scene();
    setup.github.comment(7, {
      user: 'github-actions[bot]',
      body: "<!-- rota-as-code: check -->\n\n### Nobody's time changes",
    });
    const planned = await runProcess(setup, 'plan', {}, setup.github.event('pull-request-opened', 7));
    expect(planned.status).toBe(0);
    const comments = setup.github.state.pulls[0]?.comments ?? [];
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain("### Nobody's time changes");
    expect(comments[0]?.body).toMatch(/changes to make in PagerDuty/);
    expect(planned.summary).toContain('instead of paas-inbox'.replace('paas-inbox', 'PINBOX1'));
    expect(setup.pagerduty.writes).toEqual([]);
    expect(clean(setup)).toEqual([]);
  });

  test('of a later push replaces the old plan even if planning fails', async () => {
    const setup = await scene();
    const opened = () => setup.github.event('pull-request-opened', 7);
    const part = () => setup.github.state.pulls[0]?.comments[0]?.body ?? '';
    await run(setup, 'plan', {}, opened());
    expect(part()).toContain('changes to make in PagerDuty');
    changed(setup, ROTA.replace('chi-wong', 'chi-wrong'));
    expect((await run(setup, 'plan', {}, opened())).status).toBe(1);
    expect(part()).toBe(
      '<!-- rota-as-code: pagerduty -->\n\n### PagerDuty was skipped\n\nThe handbook has errors; fix them first.',
    );
    changed(setup, ROTA.replace('PONCALL', 'PNOBODY'));
    expect((await run(setup, 'plan', {}, opened())).status).toBe(1);
    expect(part()).toContain('### Nothing was changed in PagerDuty');
    expect(part()).toContain('PagerDuty has no schedule PNOBODY');
    expect(part()).not.toMatch(/changes to make|has errors/);
    expect(clean(setup)).toEqual([]);
  });

  test('of a handbook with errors creates no comment', async () => {
    const setup = await scene();
    changed(setup, ROTA.replace('chi-wong', 'chi-wrong'));
    await run(setup, 'plan', {}, setup.github.event('pull-request-opened', 7));
    expect(setup.github.state.pulls[0]?.comments).toEqual([]);
  });

  test('adds nothing to a pull request that changes nothing in PagerDuty', async () => {
    const setup = await scene();
    await run(setup, 'apply');
    const planned = await run(setup, 'plan', {}, setup.github.event('pull-request-opened', 7));
    expect(planned.status).toBe(0);
    expect(setup.github.state.pulls[0]?.comments).toEqual([]);
    expect(planned.summary).toContain('PagerDuty matches the handbook');
  });
});

describe('drift', () => {
  test('fails with a report if somebody changed PagerDuty, and changes nothing', async () => {
    const setup = await scene();
    await run(setup, 'apply');
    expect((await run(setup, 'drift')).status).toBe(0);
    const writes = setup.pagerduty.writes.length;
    setup.pagerduty.change('by hand', (state) =>
      withSchedule(state, 'PONCALL', (it) => ({ ...it, overrides: it.overrides.slice(1) })),
    );
    const told = await runProcess(setup, 'drift');
    expect(told.status).toBe(1);
    expect(told.summary).toContain('PagerDuty differs from the handbook');
    expect(setup.pagerduty.writes.length).toBe(writes);
    expect((await run(setup, 'apply')).status).toBe(0);
    expect((await run(setup, 'drift')).status).toBe(0);
  });

  test('reports all drift, before the reasons why an apply would be refused', async () => {
    const setup = await scene();
    await run(setup, 'apply');
    setup.pagerduty.change('by hand', (state) =>
      withSchedule(state, 'PONCALL', (it) => ({ ...it, overrides: it.overrides.slice(2) })),
    );
    const said = async (inputs: Readonly<Record<string, string>>) =>
      (await run(setup, 'drift', inputs)).annotations.map(({ message }) => message);
    const drift = 'Drift: PagerDuty differs from the handbook; the job summary says where';
    expect(await said({ 'most-writes': '1' })).toEqual([drift]);
    expect(await said({ approved: 'f'.repeat(16) })).toEqual([
      expect.stringContaining('the plan that was approved'),
      drift,
    ]);
  });

  test('does not report the monthly move of the horizon as drift', async () => {
    const setup = await scene();
    await run(setup, 'apply');
    setup.pagerduty.clock.now = at('2026-12-05T06:23:00Z');
    expect((await run(setup, 'drift', { now: '2026-12-05T06:23:00Z' })).status).toBe(0);
    const planned = await run(setup, 'plan', { now: '2026-12-05T06:23:00Z' });
    expect(planned.outputs.writes).not.toBe('0');
  });
});

describe('trouble', () => {
  test('in the handbook is reported at its line, and no request is sent to PagerDuty', async () => {
    const setup = await scene();
    changed(setup, ROTA.replace('chi-wong', 'chi-wrong'));
    const failed = await run(setup, 'plan');
    expect(failed.status).toBe(1);
    expect(failed.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', file: 'rotas/payments/on-call.yaml', line: 7 }),
    );
    expect(setup.pagerduty.requests).toEqual([]);
  });

  test('with a user unknown to PagerDuty is reported at that person, before any write', async () => {
    const setup = await scene();
    setup.pagerduty.change('an account is deleted', (state) => ({
      ...state,
      users: state.users.filter(({ id }) => id !== 'PBENAD1'),
    }));
    const failed = await runProcess(setup, 'apply');
    expect(failed.status).toBe(1);
    expect(failed.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', file: 'rotas/people.yaml', line: 3, title: 'pagerduty' }),
    );
    expect(setup.pagerduty.writes).toEqual([]);
  });

  test.each([
    ['none', '', /^there is no key in the environment/],
    ['one with a line break', `${FULL}\n`, /^PAGERDUTY_API_KEY does not hold a valid key/],
  ])('with the key is told, and PagerDuty is not asked: %s', async (_, key, message) => {
    const setup = await scene();
    const refused = await runProcess(setup, 'apply', {}, undefined, { PAGERDUTY_API_KEY: key });
    expect([refused.status, refused.annotations.map((it) => it.message)]).toEqual([
      1,
      [expect.stringMatching(message)],
    ]);
    expect(setup.pagerduty.requests).toEqual([]);
  });

  test('never reveals the key', async () => {
    const setup = await scene();
    const refused = await runProcess(setup, 'apply', { api: 'http://elsewhere.example.org' });
    expect(refused.status).toBe(1);
    expect(refused.masks).toContain(FULL);
    expect(
      refused.stdout.replaceAll(`::add-mask::${FULL}`, '') + refused.stderr + refused.summary,
    ).not.toContain(FULL);
    expect(refused.annotations[0]?.message).toContain('would send the key');
  });
});
