// The action between a loopback GitHub and a stand-in of PagerDuty: its program in this process, and a few runs as GitHub runs it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { connect } from '../../actions/lib/github/connection.ts';
import type { ActionContext } from '../../actions/lib/github/context.ts';
import { load } from '../../actions/lib/load/load.ts';
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
  /** PagerDuty's clock at the first request of the next run. */
  start(now: string): void;
}

/** A checkout that is its own origin, with an account of PagerDuty made for it. */
async function scene(deployments: Parameters<typeof startGitHub>[0] = {}): Promise<Scene> {
  const root = folder(FILES);
  git(root, 'init', '-q', '-b', 'main');
  git(root, 'remote', 'add', 'origin', root);
  commit(root);
  const github = await startGitHub({ pulls: [{ number: 7 }], ...deployments });
  onTestFinished(() => github.stop());
  const texts = readFolder(root);
  if (texts === undefined) throw new Error('there is no handbook');
  // As the clock of each run, its own goes on from there.
  let startedAt: number | undefined;
  const pagerduty: Scene['pagerduty'] = await standIn({
    now: NOW,
    remembers: accountFor(load(texts).handbook),
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
  return { root, github, pagerduty, start };
}

function commit(root: string): string {
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'a change');
  return git(root, 'rev-parse', 'HEAD');
}

type Inputs = Readonly<Record<string, string>>;

const PUSH = { eventName: 'push', event: {} };

/** The action as GitHub runs it: a process of its own, with its inputs and events in the environment. */
const runProcess = (
  { root, github, pagerduty, start }: Scene,
  mode: string,
  inputs: Inputs = {},
  event: { readonly eventName: string; readonly event: object } = PUSH,
  env: Inputs = {},
) => {
  start(NOW);
  return runAction({
    main,
    inputs: { mode, now: NOW, api: pagerduty.url, ...inputs },
    ...event,
    env: { GITHUB_WORKSPACE: root, PAGERDUTY_API_KEY: mode === 'apply' ? FULL : READ, ...env },
    cwd: root,
    github,
  });
};

/** The program of the action by itself, with the defaults of `action.yml`. */
const run = (
  { root, github, pagerduty, start }: Scene,
  mode: string,
  { now = NOW, ...inputs }: Inputs = {},
  { eventName, event }: { readonly eventName: string; readonly event: object } = PUSH,
) => {
  start(NOW);
  const startedAt = performance.now();
  const context: ActionContext = {
    eventName,
    payload: event,
    sha: '0'.repeat(40),
    refName: 'main',
    repository: { owner: github.state.owner, repo: github.state.name },
    apiUrl: github.url,
    serverUrl: 'https://github.com',
    runId: 1001,
    workspace: root,
    folder: '.',
    root,
    token: TOKEN,
    commentAuthor: 'github-actions[bot]',
    now: at(now),
  };
  const given: PagerDutyInputs = {
    mode,
    key: mode === 'apply' ? FULL : READ,
    api: pagerduty.url,
    serviceRegion: 'us',
    applied: '',
    environment: 'pagerduty',
    allow: '',
    mostWrites: inputs['most-writes'] ?? '500',
    approved: '',
    audit: 'pagerduty-audit.json',
    ...inputs,
  };
  const clock = () => at(now) + Math.round(performance.now() - startedAt);
  return runJob(root, () => runPagerDutyJob(context, connect(context), given, clock));
};

const clean = ({ github, pagerduty }: Scene) => [...github.violations, ...pagerduty.violations];

describe('apply', () => {
  test('pushes, keeps an audit without names, and has nothing to do a second time', async () => {
    const there = await scene();
    const first = await runProcess(there, 'apply');
    expect(first.status).toBe(0);
    expect(first.summary).toContain('Done and read back');
    expect(first.outputs.writes).not.toBe('0');
    const audit = readFileSync(join(there.root, 'pagerduty-audit.json'), 'utf8');
    expect(JSON.parse(audit)).toMatchObject({
      outcome: 'verified',
      revision: git(there.root, 'rev-parse', 'HEAD'),
    });
    expect(audit).not.toMatch(/amara-osei|Amara|Osei|ben-adeyemi|Adeyemi|chi-wong|example.org/);
    const writes = there.pagerduty.writes.length;
    const second = await runProcess(there, 'apply');
    expect(second.status).toBe(0);
    expect(second.summary).toContain('Nothing to do, after 2 reads.');
    expect(second.summary).not.toContain('Done');
    expect(there.pagerduty.writes.length).toBe(writes);
    expect(clean(there)).toEqual([]);
  });

  test('knows what an earlier deployment pushed as ours, and an attempt since that failed', async () => {
    const there = await scene();
    await run(there, 'apply');
    const applied = git(there.root, 'rev-parse', 'HEAD');
    fill(there.root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
    const attempted = commit(there.root);
    there.github.state.deployments = [
      { id: 1, environment: 'production', sha: 'f'.repeat(40), states: ['success'] },
      { id: 2, environment: 'pagerduty', sha: applied, states: ['in_progress', 'success'] },
      { id: 3, environment: 'pagerduty', sha: attempted, states: ['in_progress', 'failure'] },
    ];
    const swap = await run(there, 'apply');
    expect(swap.status).toBe(0);
    expect(swap.stdout).toContain('Wed 2 Dec 10:00 – Wed 9 Dec 10:00: chi-wong instead of ben-adeyemi');
    expect(swap.stdout).not.toContain('by hand');
    expect((await run(there, 'drift')).status).toBe(0);
    expect(clean(there)).toEqual([]);
  });

  test('refuses where it cannot know what an earlier deployment pushed, and the old people stay on no green job', async () => {
    const there = await scene();
    await run(there, 'apply');
    fill(there.root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
    commit(there.root);
    const gone = 'e'.repeat(40);
    there.github.state.deployments = [
      { id: 2, environment: 'pagerduty', sha: gone, states: ['in_progress', 'success'] },
    ];
    const refused = await run(there, 'apply');
    expect(refused.status).toBe(1);
    expect(refused.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(
        /^what was applied at e{40} cannot be read \(there is no revision .*\), so its overrides would count as made by hand and stay; fetch it, or, if this is intended, allow forgotten$/,
      ),
    );
    for (const mode of ['plan', 'drift']) {
      const warned = await run(there, mode);
      expect(warned.annotations).toContainEqual(
        expect.objectContaining({ level: 'warning', message: expect.stringContaining('made by hand') }),
      );
      expect(warned.stdout).not.toContain('allow forgotten');
    }
    expect((await run(there, 'apply', { allow: 'forgotten' })).status).toBe(0);
    expect(clean(there)).toEqual([]);
  });

  test('refuses what is not the tip of the main branch, and says how to allow it', async () => {
    const there = await scene();
    writeFileSync(join(there.root, 'rotas/payments/on-call.yaml'), ROTA + SWAP);
    const refused = await run(there, 'apply');
    expect(refused.status).toBe(1);
    expect(refused.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('allow not-the-tip'),
    );
    expect(there.pagerduty.writes).toEqual([]);
    expect((await run(there, 'apply', { allow: 'not-the-tip' })).status).toBe(0);
  });

  test.each(['many-writes,undecided', 'many-writes, undecided', ' undecided  many-writes '])(
    'lets through what it is told to: "%s"',
    async (allow) => {
      const there = await scene();
      expect((await run(there, 'apply', { 'most-writes': '1', allow })).status).toBe(0);
    },
  );

  test('lets nothing through for a word that is no reason, and names those that are', async () => {
    const there = await scene();
    const { status, annotations } = await run(there, 'apply', { allow: 'many-writes lost_cover' });
    expect([status, annotations.map(({ message }) => message)]).toEqual([
      1,
      [
        'the input "allow" has "lost_cover", which is not a reason; name some of lost-cover, emptied-level, many-writes, not-the-tip, forgotten, undecided',
      ],
    ]);
    expect(there.pagerduty.requests).toEqual([]);
  });

  test('holds to the digest that was approved', async () => {
    const there = await scene();
    const { outputs } = await run(there, 'plan');
    expect((await run(there, 'apply', { approved: 'f'.repeat(16) })).status).toBe(1);
    expect(there.pagerduty.writes).toEqual([]);
    expect((await run(there, 'apply', { approved: outputs.digest ?? '' })).status).toBe(0);
  });

  test('removes nothing when PagerDuty refuses an override, and the next run ends what was begun', async () => {
    const there = await scene();
    await run(there, 'apply');
    const applied = git(there.root, 'rev-parse', 'HEAD');
    fill(there.root, new Map([['rotas/payments/on-call.yaml', ROTA + SWAP]]));
    commit(there.root);
    there.pagerduty.fault({ kind: 'refused item', item: 0 }, { method: 'POST' });
    const failed = await run(there, 'apply', { applied });
    expect(failed.status).toBe(1);
    expect(failed.summary).toContain('nothing was removed');
    expect(there.pagerduty.writes.filter(({ method }) => method === 'DELETE')).toEqual([]);
    const audit = JSON.parse(readFileSync(join(there.root, 'pagerduty-audit.json'), 'utf8'));
    expect(audit.outcome).toBe('failed');
    expect((await run(there, 'apply', { applied })).status).toBe(0);
    expect((await run(there, 'drift')).status).toBe(0);
    expect(clean(there)).toEqual([]);
  });
});

describe('plan', () => {
  test('writes into the one comment beside what the check said, with a key that only reads', async () => {
    const there = await scene();
    there.github.comment(7, {
      user: 'github-actions[bot]',
      body: "<!-- rota-as-code: check -->\n\n### Nobody's time changes",
    });
    const planned = await runProcess(there, 'plan', {}, there.github.event('pull-request-opened', 7));
    expect(planned.status).toBe(0);
    const comments = there.github.state.pulls[0]?.comments ?? [];
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain("### Nobody's time changes");
    expect(comments[0]?.body).toMatch(/changes to make in PagerDuty/);
    expect(planned.summary).toContain('instead of paas-inbox'.replace('paas-inbox', 'PINBOX1'));
    expect(there.pagerduty.writes).toEqual([]);
    expect(clean(there)).toEqual([]);
  });

  test('of a later push that cannot be planned takes the place of the old one', async () => {
    const there = await scene();
    const opened = () => there.github.event('pull-request-opened', 7);
    const part = () => there.github.state.pulls[0]?.comments[0]?.body ?? '';
    await run(there, 'plan', {}, opened());
    expect(part()).toContain('changes to make in PagerDuty');
    fill(there.root, new Map([['rotas/payments/on-call.yaml', ROTA.replace('chi-wong', 'chi-wrong')]]));
    expect((await run(there, 'plan', {}, opened())).status).toBe(1);
    expect(part()).toBe(
      '<!-- rota-as-code: pagerduty -->\n\n### PagerDuty was skipped\n\nThe handbook has errors; fix them first.',
    );
    fill(there.root, new Map([['rotas/payments/on-call.yaml', ROTA.replace('PONCALL', 'PNOBODY')]]));
    expect((await run(there, 'plan', {}, opened())).status).toBe(1);
    expect(part()).toContain('### Nothing was changed in PagerDuty');
    expect(part()).toContain('PagerDuty has no schedule PNOBODY');
    expect(part()).not.toMatch(/changes to make|has errors/);
    expect(clean(there)).toEqual([]);
  });

  test('of a handbook with errors makes no comment of its own', async () => {
    const there = await scene();
    fill(there.root, new Map([['rotas/payments/on-call.yaml', ROTA.replace('chi-wong', 'chi-wrong')]]));
    await run(there, 'plan', {}, there.github.event('pull-request-opened', 7));
    expect(there.github.state.pulls[0]?.comments).toEqual([]);
  });

  test('says nothing on a pull request that changes nothing there', async () => {
    const there = await scene();
    await run(there, 'apply');
    const planned = await run(there, 'plan', {}, there.github.event('pull-request-opened', 7));
    expect(planned.status).toBe(0);
    expect(there.github.state.pulls[0]?.comments).toEqual([]);
    expect(planned.summary).toContain('PagerDuty agrees with the handbook');
  });
});

describe('drift', () => {
  test('fails with a report when somebody changed PagerDuty, and changes nothing', async () => {
    const there = await scene();
    await run(there, 'apply');
    expect((await run(there, 'drift')).status).toBe(0);
    const writes = there.pagerduty.writes.length;
    there.pagerduty.change('by hand', (state) =>
      withSchedule(state, 'PONCALL', (it) => ({ ...it, overrides: it.overrides.slice(1) })),
    );
    const told = await runProcess(there, 'drift');
    expect(told.status).toBe(1);
    expect(told.summary).toContain('PagerDuty differs from the handbook');
    expect(there.pagerduty.writes.length).toBe(writes);
    expect((await run(there, 'apply')).status).toBe(0);
    expect((await run(there, 'drift')).status).toBe(0);
  });

  test('tells what somebody changed however much it is, and before what an apply would be refused for', async () => {
    const there = await scene();
    await run(there, 'apply');
    there.pagerduty.change('by hand', (state) =>
      withSchedule(state, 'PONCALL', (it) => ({ ...it, overrides: it.overrides.slice(2) })),
    );
    const said = async (inputs: Readonly<Record<string, string>>) =>
      (await run(there, 'drift', inputs)).annotations.map(({ message }) => message);
    const drift = 'PagerDuty differs from the handbook; the job summary says where';
    expect(await said({ 'most-writes': '1' })).toEqual([drift]);
    expect(await said({ approved: 'f'.repeat(16) })).toEqual([
      expect.stringContaining('the plan that was approved'),
      drift,
    ]);
  });

  test('does not take the horizon that moves on each month for a change of somebody', async () => {
    const there = await scene();
    await run(there, 'apply');
    there.pagerduty.clock.now = at('2026-12-05T06:23:00Z');
    expect((await run(there, 'drift', { now: '2026-12-05T06:23:00Z' })).status).toBe(0);
    const planned = await run(there, 'plan', { now: '2026-12-05T06:23:00Z' });
    expect(planned.outputs.writes).not.toBe('0');
  });
});

describe('trouble', () => {
  test('in the handbook is told at its line, and PagerDuty is not asked', async () => {
    const there = await scene();
    fill(there.root, new Map([['rotas/payments/on-call.yaml', ROTA.replace('chi-wong', 'chi-wrong')]]));
    const failed = await run(there, 'plan');
    expect(failed.status).toBe(1);
    expect(failed.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', file: 'rotas/payments/on-call.yaml', line: 7 }),
    );
    expect(there.pagerduty.requests).toEqual([]);
  });

  test('with a user whom PagerDuty does not have is told at that person, before any write', async () => {
    const there = await scene();
    there.pagerduty.change('an account is deleted', (state) => ({
      ...state,
      users: state.users.filter(({ id }) => id !== 'PBENAD1'),
    }));
    const failed = await runProcess(there, 'apply');
    expect(failed.status).toBe(1);
    expect(failed.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', file: 'rotas/people.yaml', line: 3, title: 'pagerduty' }),
    );
    expect(there.pagerduty.writes).toEqual([]);
  });

  test.each([
    ['none', '', /^there is no key in the environment/],
    ['one with a line break', `${FULL}\n`, /^PAGERDUTY_API_KEY does not hold a valid key/],
  ])('with the key is told, and PagerDuty is not asked: %s', async (_, key, message) => {
    const there = await scene();
    const refused = await runProcess(there, 'apply', {}, undefined, { PAGERDUTY_API_KEY: key });
    expect([refused.status, refused.annotations.map((it) => it.message)]).toEqual([
      1,
      [expect.stringMatching(message)],
    ]);
    expect(there.pagerduty.requests).toEqual([]);
  });

  test('never shows the key', async () => {
    const there = await scene();
    const refused = await runProcess(there, 'apply', { api: 'http://elsewhere.example.org' });
    expect(refused.status).toBe(1);
    expect(refused.masks).toContain(FULL);
    expect(
      refused.stdout.replaceAll(`::add-mask::${FULL}`, '') + refused.stderr + refused.summary,
    ).not.toContain(FULL);
    expect(refused.annotations[0]?.message).toContain('would send the key');
  });
});
