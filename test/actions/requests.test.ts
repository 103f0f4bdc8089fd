// The bundled action as GitHub runs it: a child process, a real checkout, a loopback GitHub held to its own contract.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { swapTurns } from '../../actions/lib/edit/edit.ts';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { load } from '../../actions/lib/load/load.ts';
import { requestComment } from '../../actions/lib/requests/answer.ts';
import { judge, readRequest } from '../../actions/lib/requests/requests.ts';
import { durationOf } from '../../actions/lib/time/duration.ts';
import type { Commit, Git } from '../github/git.ts';
import { type IssueEvent, startGitHub } from '../github/github.ts';
import { runAction, TOKEN } from '../github/runner.ts';
import { at, but, published, SAMPLE } from '../handbook.ts';
import { git as gitAt } from '../process.ts';
import { changeBody, swapBody } from '../requests/bodies.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'actions/requests/action.yml');
const PLANNED = 'rotas/modernisation-platform/planned-changes.yaml';

const git = (folder: string, ...words: readonly string[]): string =>
  gitAt(folder, '2026-11-01T00:00:00Z', ...words);

/** A checkout of the sample handbook, which GitHub has as well; everybody in it may write, but for strangers. */
async function start(issue: { readonly body: string; readonly user?: string; readonly labels?: string[] }) {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const part of ['rotas', 'policies'])
    cpSync(join(SAMPLE, part), join(folder, part), { recursive: true });
  git(folder, 'init', '-q', '-b', 'main');
  const people = [...(readFolder(folder)?.texts.values() ?? [])].join('\n').matchAll(/github: (\S+)/g);
  const github = await startGitHub({
    now: '2027-01-03T12:00:00Z',
    permissions: Object.fromEntries([...people].map(([, login = '']) => [login, 'write'] as const)),
    issues: [{ number: 77, user: 'service-team', created_at: '2027-01-03T11:59:00Z', ...issue }],
  });
  onTestFinished(() => github.stop());
  const there = { folder, github };
  commit(there);
  return there;
}

type There = Awaited<ReturnType<typeof start>>;

/** What is in the folder becomes GitHub's main. */
function commit({ folder, github }: There): void {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'handbook', '--allow-empty');
  const files = readFolder(folder)?.texts ?? new Map<string, string>();
  github.state.git.seed('heads/main', git(folder, 'rev-parse', 'HEAD').trim(), files);
}

/** A run for an event as it stands, at the time that GitHub's clock shows. */
function run(
  { folder, github }: There,
  event: IssueEvent | { eventName: string; event: object },
  now?: string,
) {
  const { state } = github;
  if (now !== undefined) state.now = now;
  const given = typeof event === 'string' ? github.issueEvent(event, 77) : event;
  return runAction({
    main,
    inputs: { now: state.now },
    ...given,
    env: { GITHUB_WORKSPACE: folder },
    cwd: folder,
    github,
  });
}

const daily = { eventName: 'schedule', event: {} };
const issueIn = ({ github }: There) => {
  const [issue] = github.state.issues;
  if (issue === undefined) throw new Error('there is no issue');
  return issue;
};
const ours = (there: There) => issueIn(there).comments.filter(({ user }) => user === 'github-actions[bot]');
const said = (there: There): string => ours(there)[0]?.body ?? '';
const titleIn = (body: string): string => /^### (.*)$/m.exec(body)?.[1] ?? '';
const writes = ({ github }: There) =>
  github.requests.filter(({ method }) => method !== 'GET').map(({ operation }) => operation);

/** Whatever GitHub keeps, but for the numbers and times of things. */
const outcome = (there: There) => ({
  issue: { state: issueIn(there).state, labels: issueIn(there).labels },
  comments: ours(there).map(({ body }) => body.replace(/<!-- state .* -->/, '')),
  pulls: there.github.state.pulls.map(({ title, body, state, head, requested, comments }) => ({
    ...{ title, body, state, requested, comments: comments.length },
    files: there.github.state.git.filesAt(head.ref)?.get(PLANNED),
    statuses: statusesOf(there, head.sha),
  })),
});

/** Of each name the last counts. */
const statusesOf = (there: There, sha = there.github.state.pulls[0]?.head.sha ?? '') =>
  Object.fromEntries((there.github.state.statuses[sha] ?? []).map((it) => [it.context, it.state]));

const sample = readFolder(SAMPLE) ?? { texts: new Map<string, string>(), findings: [] };

async function approved(there: There, user = 'helene-marchetti') {
  await run(there, 'issues-opened');
  there.github.comment(77, { user, body: '/approve' });
  return run(there, 'issue-comment-created');
}

describe('a planned change', () => {
  test('is answered with one comment: the verdict, the notice, the window, and who is on', async () => {
    const there = await start({ body: changeBody() });
    const { status, stdout } = await run(there, 'issues-opened');
    expect([status, stdout]).toEqual([0, expect.stringContaining('issue 77: ')]);
    expect(ours(there)).toHaveLength(1);
    expect(titleIn(said(there))).toBe('Accepted for review');
    expect(said(there)).toMatch(/\| Support hours \| outside all support hours \|/);
    expect(said(there)).toMatch(/\| Notice \| 3 days.* notice; the policy asks 48 hours \|/);
    expect(said(there)).toMatch(/\| On first \| Łukasz Zieliński /);
    expect(said(there)).toMatch(/\| On second \| Siân Pritchard /);
    expect(issueIn(there).labels).toEqual(['accepted-for-review']);
    expect(there.github.state.pulls).toEqual([]);
    expect(there.github.violations).toEqual([]);
  });

  test('looked at again has nothing written', async () => {
    const there = await start({ body: changeBody() });
    await run(there, 'issues-opened');
    const before = writes(there).length;
    await run(there, 'issues-opened', '2027-01-03T13:00:00Z');
    await run(there, daily, '2027-01-04T05:47:00Z');
    expect(writes(there).slice(before)).toEqual([]);
  });

  test('with too little notice says so, and an edit of its dates starts the notice again', async () => {
    const there = await start({ body: changeBody({ 'Scheduled start': '2027-01-05T11:58' }) });
    await run(there, 'issues-opened');
    expect([titleIn(said(there)), issueIn(there).labels]).toEqual([
      'This needs more notice',
      ['needs-more-notice'],
    ]);
    there.github.state.now = '2027-01-05T00:00:00Z';
    there.github.edit(77, changeBody({ 'Scheduled start': '2027-01-06T23:59' }));
    await run(there, 'issues-edited');
    expect(titleIn(said(there))).toBe('This needs more notice');
    there.github.edit(
      77,
      changeBody({ 'Scheduled start': '2027-01-08T23:00', 'Scheduled end': '2027-01-09T01:00' }),
    );
    await run(there, 'issues-edited');
    expect([titleIn(said(there)), issueIn(there).labels]).toEqual([
      'Accepted for review',
      ['accepted-for-review'],
    ]);
    there.github.edit(
      77,
      changeBody({
        'Scheduled start': '2027-01-08T23:00',
        'Scheduled end': '2027-01-09T01:00',
        Summary: 'Other routers',
      }),
    );
    const since = /as asked for .*/.exec(said(there))?.[0];
    await run(there, 'issues-edited', '2027-01-05T09:00:00Z');
    expect(since).toBe('as asked for Tue 5 Jan 00:00 UTC.</sub>');
    expect(said(there)).toContain(since);
    expect(ours(there)).toHaveLength(1);
    expect(there.github.violations).toEqual([]);
  });

  test('that lacks something is told what, field by field', async () => {
    const there = await start({ body: changeBody({ 'Rollback plan': '', 'Slack channel': 'somewhere' }) });
    await run(there, 'issues-opened');
    expect(issueIn(there).labels).toEqual(['needs-information']);
    expect(said(there)).toMatch(
      /- \*\*Rollback plan\*\*: nothing is here; fill it in\n- \*\*Slack channel\*\*: /,
    );
  });

  test('approved by a lead ends as YAML that the check accepts, and as an event in the calendars', async () => {
    const there = await start({ body: changeBody() });
    const { status, stdout } = await approved(there);
    expect([status, stdout]).toEqual([0, expect.stringContaining('issue 77: ')]);
    const { pulls } = there.github.state;
    expect(pulls).toHaveLength(1);
    expect(pulls[0]).toMatchObject({
      state: 'open',
      head: { ref: 'change/issue-77' },
      base: { ref: 'main' },
    });
    expect(pulls[0]?.requested.toSorted()).toEqual([
      'helene-marchetti',
      'lukasz-zielinski',
      'sian-pritchard',
    ]);
    const statuses = there.github.state.statuses[pulls[0]?.head.sha ?? ''] ?? [];
    expect(statuses.map(({ context, state }) => `${context} ${state}`)).toEqual([
      'rota / consent pending',
      'rota success',
    ]);
    expect(pulls[0]?.comments[0]?.body).toContain('Whose time changes');
    expect(ours(there)).toHaveLength(1);
    expect(said(there)).toContain('#78');
    for (const step of ['Before the change', 'During the change', 'After the change', '&#35;router-change'])
      expect(said(there).replaceAll('#<!-- -->', '&#35;')).toContain(step);
    expect(issueIn(there).labels).toEqual(['accepted-for-review']);

    const text = there.github.state.git.filesAt('change/issue-77')?.get(PLANNED) ?? '';
    expect(text.replace(sample.texts.get(PLANNED) ?? '', '')).toBe(`  issue-77:
    service: modernisation-platform
    summary: Replace the network routers
    timezone: Europe/London
    from: 2027-01-06T23:00
    to: 2027-01-07T01:00
    requested_at: 2027-01-03T11:59:00Z
    request: https://github.com/example/handbook/issues/77
    assigned:
      - {role: modernisation-platform/on-call/primary, person: lukasz-zielinski}
      - {role: modernisation-platform/on-call/secondary, person: sian-pritchard}
`);
    writeFileSync(join(there.folder, PLANNED), text);
    const check = await runAction({
      main: join(root, 'actions/check/action.yml'),
      inputs: { now: '2027-01-03T13:00:00Z' },
      eventName: 'push',
      event: {},
      env: { GITHUB_WORKSPACE: there.folder },
      cwd: there.folder,
    });
    expect([check.status, check.annotations]).toEqual([0, []]);
    const files = published(new Map(sample.texts).set(PLANNED, text), { now: at('2027-01-03T13:00:00Z') });
    for (const feed of ['teams/modernisation-platform', 'people/lukasz-zielinski', 'people/sian-pritchard'])
      expect(files.get(`calendars/${feed}.ics`)).toContain(
        'SUMMARY:Planned change: Modernisation Platform: Replace the network',
      );

    there.github.merge(78);
    commit(there);
    await run(there, there.github.event('pull-request-closed', 78));
    expect([titleIn(said(there)), issueIn(there).labels]).toEqual(['Confirmed: it is in the calendars', []]);
    expect(there.github.state.pulls).toHaveLength(1);
    await run(there, daily, '2027-01-07T05:47:00Z');
    await run(there, daily, '2027-01-08T05:47:00Z');
    expect(ours(there).map(({ body }) => /How did it go\?/.test(body))).toEqual([false, true]);
    expect(there.github.violations).toEqual([]);
  });

  test.each([
    ['a stranger', 'mallory', 'none'],
    ['an engineer who is no lead', 'jack-thornbury', 'write'],
    ['a lead of another team', 'nia-rhys', 'write'],
    ['the lead, without write access', 'helene-marchetti', 'triage'],
  ] as const)(
    'approved by %s is answered once, politely, and stays as it is',
    async (_, user, permission) => {
      const there = await start({ body: changeBody() });
      there.github.state.permissions[user] = permission;
      await approved(there, user);
      there.github.comment(77, { user, body: '/approve again' });
      await run(there, 'issue-comment-created');
      expect(ours(there).map(({ body }) => /Thank you/.test(body))).toEqual([false, true]);
      expect(titleIn(said(there))).toBe('Accepted for review');
      expect(there.github.state.pulls).toEqual([]);
      expect(there.github.violations).toEqual([]);
    },
  );

  test('approved in a comment that somebody edited, or before it was judged, is not approved', async () => {
    const there = await start({ body: changeBody() });
    there.github.comment(77, { user: 'helene-marchetti', body: '/approve' });
    await run(there, 'issues-opened');
    expect(said(there)).toContain('An approval did not count');
    there.github.comment(77, {
      user: 'helene-marchetti',
      body: '/approve',
      created_at: '2027-01-03T14:00:00Z',
      updated_at: '2027-01-03T14:00:09Z',
    });
    await run(there, 'issue-comment-created');
    expect(there.github.state.pulls).toEqual([]);
  });

  test.each([
    ['a second before our comment said what it says', '2027-01-03T12:09:59Z', 0],
    ['in the second of its edit', '2027-01-03T12:10:00Z', 0],
    ['a second after it', '2027-01-03T12:10:01Z', 1],
  ])('approved %s', async (_, created_at, count) => {
    const there = await start({ body: changeBody() });
    await run(there, 'issues-opened');
    there.github.edit(77, changeBody({ Summary: 'Replace everything' }));
    await run(there, 'issues-edited');
    // The run took its time: it began long before it edited its comment.
    Object.assign(ours(there)[0] ?? {}, { updated_at: '2027-01-03T12:10:00Z' });
    there.github.comment(77, { user: 'helene-marchetti', body: '/approve', created_at });
    await run(there, 'issue-comment-created', '2027-01-03T12:10:05Z');
    expect([there.github.state.pulls.length, said(there).includes('did not count')]).toEqual([
      count,
      count === 0,
    ]);
  });

  test('approved for another digest than the one that is there is not approved, and for that one is', async () => {
    const there = await start({ body: changeBody() });
    await run(there, 'issues-opened');
    const digest = /\/approve ([0-9a-f]{12})/.exec(said(there))?.[1] ?? '';
    there.github.comment(77, { user: 'helene-marchetti', body: '/approve 0123456789ab' });
    await run(there, 'issue-comment-created');
    expect([there.github.state.pulls.length, said(there).includes('did not count')]).toEqual([0, true]);
    there.github.comment(77, { user: 'helene-marchetti', body: `/approve ${digest}` });
    await run(there, 'issue-comment-created');
    expect([there.github.state.pulls.length, said(there).includes('did not count')]).toEqual([1, false]);
  });

  test('edited after approval is judged anew: the approval is void, and its pull request closed', async () => {
    const there = await start({ body: changeBody() });
    await approved(there);
    there.github.edit(77, changeBody({ 'Scheduled end': '2027-01-07T02:00' }));
    await run(there, 'issues-edited');
    expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['closed']);
    expect(said(there)).toContain('the approval is void');
    expect(titleIn(said(there))).toBe('Accepted for review');
    there.github.comment(77, { user: 'helene-marchetti', body: '/approve' });
    await run(there, 'issue-comment-created');
    expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(there.github.state.git.filesAt('change/issue-77')?.get(PLANNED)).toContain('to: 2027-01-07T02:00');
    expect(there.github.violations).toEqual([]);
  });

  test('edited between the approval and the run is not approved', async () => {
    const there = await start({ body: changeBody() });
    await run(there, 'issues-opened');
    there.github.comment(77, { user: 'helene-marchetti', body: '/approve' });
    there.github.edit(77, changeBody({ Summary: 'Replace everything' }));
    await run(there, 'issue-comment-created');
    expect([there.github.state.pulls.length, said(there).includes('did not count')]).toEqual([0, true]);
  });

  test('declined with a reason is closed, and says why without markup', async () => {
    const there = await start({ body: changeBody() });
    await run(there, 'issues-opened');
    there.github.comment(77, { user: 'helene-marchetti', body: '/decline **not** in @everyone week' });
    await run(there, 'issue-comment-created');
    expect(issueIn(there)).toMatchObject({ state: 'closed', state_reason: 'not_planned', labels: [] });
    expect(said(there)).toMatch(/Declined by Hélène Marchetti: &#42;&#42;not/);
    expect(said(there)).not.toMatch(/@everyone/);
    issueIn(there).state = 'open';
    await run(there, 'issues-reopened');
    expect([titleIn(said(there)), issueIn(there).state]).toEqual(['Accepted for review', 'open']);
    expect(there.github.violations).toEqual([]);
  });

  test('that cannot be any more keeps its pull request, and no good status', async () => {
    const there = await start({ body: changeBody() });
    await approved(there);
    expect(statusesOf(there)).toMatchObject({ rota: 'success' });
    await run(there, daily, '2027-01-07T05:47:00Z');
    expect([there.github.state.pulls[0]?.state, statusesOf(there)]).toEqual([
      'open',
      { 'rota / consent': 'pending', rota: 'failure' },
    ]);
  });

  test('whose pull request was closed is not proposed again until it is edited', async () => {
    const there = await start({ body: changeBody() });
    await approved(there);
    there.github.close(78);
    await run(there, there.github.event('pull-request-closed', 78));
    await run(there, daily);
    expect([titleIn(said(there)), there.github.state.pulls.length]).toEqual([
      'The pull request was closed',
      1,
    ]);
  });
});

/** What a commit can be forged from: two commits, their trees, and a tree with another file changed. */
interface Forging {
  readonly head: string;
  readonly main: string;
  readonly git: Git;
  readonly tree: (sha: string) => string;
  readonly edited: (tree: string) => string;
}

describe('a swap', () => {
  const open = () => start({ body: swapBody(), user: 'amara-osei' });

  test('ends as one pull request whose diff is what "rota swap" writes', async () => {
    const there = await open();
    const { status, stdout } = await run(there, 'issues-opened');
    expect([status, stdout]).toEqual([0, expect.stringContaining('issue 77: ')]);
    const wanted = swapTurns(sample, at('2027-01-03T12:00:00Z'), {
      rota: 'paas/in-hours',
      role: 'engineer',
      turns: ['2027-03-01', '2027-03-08'],
    });
    if ('refusal' in wanted) throw new Error(JSON.stringify(wanted));
    const files = there.github.state.git.filesAt('swap/issue-77');
    expect(new Map(files)).toEqual(new Map(sample.texts).set(wanted.file, wanted.text));
    const [pull] = there.github.state.pulls;
    expect(pull?.requested).toEqual(expect.arrayContaining(['amara-osei', 'ben-adeyemi', 'nia-rhys']));
    const statuses = there.github.state.statuses[pull?.head.sha ?? ''] ?? [];
    expect(statuses.map(({ context, state }) => `${context} ${state}`)).toEqual([
      'rota / consent pending',
      'rota success',
    ]);
    expect(said(there)).toContain('Ben Adeyemi takes the turn of 2027-03-01 from Amara Osei');
    expect(there.github.violations).toEqual([]);
  });

  test('asked for again updates its one pull request', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const [first] = there.github.state.pulls.map(({ head }) => head.sha);
    await run(there, 'issues-opened');
    expect(there.github.state.pulls.map(({ head }) => head.sha)).toEqual([first]);
    there.github.edit(77, swapBody({ 'My turn': '2027-04-05', 'Their turn': '2027-04-12' }));
    await run(there, 'issues-edited');
    const after = there.github.state.git.filesAt('swap/issue-77')?.get('rotas/paas/in-hours.yaml');
    expect([
      there.github.state.pulls.length,
      after?.includes('turn: 2027-04-05'),
      after?.includes('turn: 2027-03-01'),
    ]).toEqual([1, true, false]);
    expect(there.github.violations).toEqual([]);
  });

  test('that is edited is put before everybody again who approved what it was', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const [pull] = there.github.state.pulls;
    if (pull === undefined) throw new Error('there is no pull request');
    const reviewed = (user: string) => {
      // More than a page of reviews, as GitHub has them: who reviews is asked no longer.
      for (let i = 0; i < 101; i += 1) there.github.review(78, { user, state: 'COMMENTED' });
      pull.requested = pull.requested.filter((it) => it !== user);
    };
    reviewed('nia-rhys');
    reviewed('ben-adeyemi');
    await run(there, daily);
    expect(pull.requested).not.toContain('ben-adeyemi');
    there.github.edit(77, swapBody({ 'My turn': '2027-04-05', 'Their turn': '2027-04-12' }));
    await run(there, 'issues-edited');
    expect(pull.requested).toEqual(expect.arrayContaining(['ben-adeyemi', 'nia-rhys']));
    expect(there.github.violations).toEqual([]);
  });

  /** Somebody who may write pushes to the branch that we made, and everybody approves the pull request as it then is. */
  const forged = {
    'a commit on top': ({ tree, head, edited }) => ({ tree: edited(tree(head)), parents: [head] }),
    'a commit in place of ours': ({ tree, head, main, edited }) => ({
      tree: edited(tree(head)),
      parents: [main],
    }),
    'a commit below ours': ({ tree, head, main, git, edited }) => ({
      tree: edited(tree(head)),
      parents: [git.commit({ tree: edited(tree(main)), parents: [main], message: 'x' }) ?? ''],
    }),
    'nothing but a merge': ({ tree, head, main }) => ({ tree: tree(head), parents: [main, head] }),
  } satisfies Record<string, (given: Forging) => Omit<Commit, 'message'>>;

  test.each(Object.entries(forged))('with %s that somebody pushed is written anew', async (_, made) => {
    const there = await open();
    await run(there, 'issues-opened');
    const { git: repository, pulls, statuses } = there.github.state;
    const [head, main] = ['swap/issue-77', 'main'].map((it) => repository.refs.get(`heads/${it}`) ?? '');
    if (head === undefined || main === undefined) throw new Error('there is no branch');
    const file = 'rotas/paas/out-of-hours.yaml';
    const evil = `${repository.filesAt('main')?.get(file)}# pushed\n`;
    const pushed = repository.commit({
      ...made({
        ...{ head, main, git: repository },
        tree: (sha) => repository.commits.get(sha)?.tree ?? '',
        edited: (tree) => repository.tree(tree, [[file, evil]]) ?? '',
      }),
      message: 'x',
    });
    if (pushed === undefined) throw new Error('this is no commit');
    repository.refs.set('heads/swap/issue-77', pushed);
    there.github.push(78, pushed);
    for (const user of ['amara-osei', 'ben-adeyemi', 'nia-rhys', 'idris-bello'])
      there.github.review(78, { user, state: 'APPROVED' });
    there.github.comment(77, { user: 'amara-osei', body: 'ping' });
    await run(there, 'issue-comment-created');
    expect(statuses[pushed] ?? []).toEqual([]);
    const now = pulls[0]?.head.sha ?? '';
    expect(repository.filesAt(now)).toEqual(repository.filesAt(head));
    expect(repository.commits.get(now)?.parents).toEqual([main]);
    expect(statuses[now]?.map(({ context, state }) => `${context} ${state}`)).toEqual([
      'rota / consent pending',
      'rota success',
    ]);
    expect(there.github.violations).toEqual([]);
  });

  test('whose branch moves while it is judged gets no status for what was not judged', async () => {
    const there = await open();
    const { state } = there.github;
    await run(there, 'issues-opened');
    const [pull] = state.pulls;
    const ours = pull?.head.sha ?? '';
    // GitHub knows of the push before its branch is read again.
    there.github.push(78);
    for (const user of ['amara-osei', 'ben-adeyemi', 'nia-rhys', 'idris-bello'])
      there.github.review(78, { user, state: 'APPROVED' });
    await run(there, daily);
    expect(Object.keys(state.statuses)).toEqual([ours]);
    expect(state.statuses[ours]?.at(-2)).toMatchObject({ context: 'rota / consent', state: 'pending' });
  });

  test('whose branch is as it was made is left alone when the handbook moves on', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const [first] = there.github.state.pulls.map(({ head }) => head.sha);
    commit(there);
    await run(there, daily);
    expect(there.github.state.pulls.map(({ head }) => head.sha)).toEqual([first]);
  });

  test('that is merged is done, and never swapped back', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const [pull] = there.github.state.pulls;
    const text = there.github.state.git.filesAt('swap/issue-77')?.get('rotas/paas/in-hours.yaml') ?? '';
    there.github.merge(78);
    writeFileSync(join(there.folder, 'rotas/paas/in-hours.yaml'), text);
    commit(there);
    await run(there, there.github.event('pull-request-closed', 78));
    await run(there, 'issues-edited');
    expect(issueIn(there)).toMatchObject({ state: 'closed', state_reason: 'completed' });
    expect([titleIn(said(there)), there.github.state.pulls.length, pull?.state]).toEqual([
      'Done',
      1,
      'closed',
    ]);
  });

  test('by somebody whom the handbook does not know is not made', async () => {
    const there = await start({ body: swapBody(), user: 'mallory' });
    await run(there, 'issues-opened');
    expect(said(there)).toContain('nobody in the handbook has the GitHub name mallory');
    expect([there.github.state.pulls.length, issueIn(there).labels]).toEqual([0, ['needs-information']]);
  });

  test('of a turn that somebody else holds is not made', async () => {
    const there = await start({ body: swapBody(), user: 'chi-wong' });
    await run(there, 'issues-opened');
    expect(said(there)).toMatch(/\*\*My turn\*\*: amara-osei holds the turn of 2027-03-01, not chi-wong/);
    expect(there.github.state.pulls).toEqual([]);
  });

  test('with too little notice waits for later turns, or for an emergency', async () => {
    const there = await open();
    const { state } = there.github;
    state.now = '2027-02-26T12:00:00Z';
    await run(there, 'issues-opened');
    expect([titleIn(said(there)), issueIn(there).labels, state.pulls.length]).toEqual([
      'This needs more notice',
      ['needs-more-notice'],
      0,
    ]);
    issueIn(there).labels.push('emergency-cover');
    await run(there, 'issues-labeled');
    expect(state.pulls.map(({ labels }) => labels)).toEqual([['emergency-cover']]);
  });

  const AWAY = '    away: [{first_day: 2027-03-01, last_day: 2027-03-05}]\n';
  test.each([
    ['comes too late by now', 'This needs more notice', '2027-02-26T12:00:00Z', ''],
    ['cannot be done any more', 'This cannot be done', '2027-01-04T05:47:00Z', AWAY],
  ])('that %s keeps no good status, whoever agreed', async (_, title, now, away) => {
    const there = await open();
    await run(there, 'issues-opened');
    const { state } = there.github;
    for (const user of ['amara-osei', 'ben-adeyemi', 'nia-rhys', 'idris-bello'])
      there.github.review(78, { user, state: 'APPROVED' });
    await run(there, 'issues-opened');
    expect(statusesOf(there)).toEqual({ 'rota / consent': 'success', rota: 'success' });
    const person = '    github: ben-adeyemi\n';
    rewrite(there, 'rotas/people/paas.yaml', person, `${person}${away}`);
    await run(there, daily, now);
    expect([titleIn(said(there)), statusesOf(there).rota]).toEqual([title, 'failure']);
    expect(state.pulls.map((it) => it.state)).toEqual(['open']);
    expect(there.github.violations).toEqual([]);
  });

  test('is not approved here', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    there.github.comment(77, { user: 'nia-rhys', body: '/approve' });
    await run(there, 'issue-comment-created');
    expect(said(there)).toContain('A swap is approved on its pull request');
  });

  test('of some hours is a cover', async () => {
    const body = swapBody({
      'My turn': '',
      'Their turn': '',
      From: '2027-03-02T10:00',
      To: '2027-03-02T12:00',
    });
    const there = await start({ body, user: 'amara-osei' });
    await run(there, 'issues-opened');
    expect(there.github.state.git.filesAt('swap/issue-77')?.get('rotas/paas/in-hours.yaml')).toContain(
      'from: 2027-03-02T10:00',
    );
  });
});

const settled = [
  ['an approved change', changeBody(), 'service-team'],
  ['a swap', swapBody(), 'amara-osei'],
] as const;

test.each(settled)('%s is not written to again for what it wrote itself', async (_, body, user) => {
  const there = await start({ body, user });
  await approved(there);
  const before = writes(there).length;
  await run(there, 'issues-labeled');
  await run(there, daily);
  expect([there.github.state.pulls.length, writes(there).slice(before)]).toEqual([1, []]);
});

test.each(settled)('%s that its author closes is withdrawn, with its pull request', async (_, body, user) => {
  const there = await start({ body, user });
  await approved(there);
  issueIn(there).state = 'closed';
  await run(there, 'issues-closed');
  expect([titleIn(said(there)), issueIn(there).labels]).toEqual(['Closed', []]);
  expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['closed']);
  const before = writes(there).length;
  await run(there, 'issues-closed');
  await run(there, there.github.event('pull-request-closed', 78));
  expect(writes(there).slice(before)).toEqual([]);
  expect(there.github.violations).toEqual([]);
});

/** Changes a file of the handbook, on main. */
function rewrite(there: There, file: string, old: string, text: string): void {
  const path = join(there.folder, file);
  writeFileSync(path, but(readFileSync(path, 'utf8'), old, text));
  commit(there);
}

test.each([
  [...settled[0], 'policies/services.yaml', 'name: Modernisation Platform\n', 'name: The Platform\n'],
  [...settled[1], 'rotas/people/paas.yaml', 'name: Ben Adeyemi\n', 'name: Benjamin Adeyemi\n'],
] as const)(
  '%s keeps its pull request when a choice gets another name',
  async (_, body, user, file, old, text) => {
    const there = await start({ body, user });
    await approved(there);
    rewrite(there, file, old, text);
    await run(there, daily, '2027-01-04T05:47:00Z');
    expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['open']);
    expect(issueIn(there).labels).toEqual(['accepted-for-review']);
  },
);

test('a change whose service is gone is over all the same', async () => {
  const there = await start({ body: changeBody() });
  await approved(there);
  const text = there.github.state.git.filesAt('change/issue-77')?.get(PLANNED) ?? '';
  there.github.merge(78);
  writeFileSync(join(there.folder, PLANNED), text);
  rewrite(there, 'policies/services.yaml', '  modernisation-platform:\n', '  the-platform:\n');
  await run(there, daily, '2027-01-07T05:47:00Z');
  expect(titleIn(said(there))).toBe('This change is over');
});

const retaken: Readonly<Record<string, (there: There) => Promise<unknown>>> = {
  'closed and reopened': async (there) => {
    issueIn(there).state = 'closed';
    await run(there, 'issues-closed');
    issueIn(there).state = 'open';
    await run(there, 'issues-reopened');
  },
  'edited and edited back': async (there) => {
    const body = issueIn(there).body ?? '';
    for (const it of [
      body.replace('### Service', '### Servant').replace('### My turn', '### A turn'),
      body,
    ]) {
      there.github.edit(77, it);
      await run(there, 'issues-edited');
    }
  },
  'declined and reopened': async (there) => {
    const user = issueIn(there).user === 'amara-osei' ? 'nia-rhys' : 'helene-marchetti';
    there.github.comment(77, { user, body: '/decline not this week' });
    await run(there, 'issue-comment-created');
    issueIn(there).state = 'open';
    await run(there, 'issues-reopened');
  },
};

test.each(
  settled.flatMap((it) =>
    Object.entries(retaken).map(([way, retake]) => [it[0], way, it[1], it[2], retake] as const),
  ),
)('%s that is %s can be asked for again', async (_, __, body, user, retake) => {
  const there = await start({ body, user });
  await approved(there);
  await retake(there);
  there.github.comment(77, { user: 'helene-marchetti', body: '/approve' });
  await run(there, 'issue-comment-created');
  expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['closed', 'open']);
  expect(said(there)).toContain('#79');
  expect(there.github.violations).toEqual([]);
});

describe('stopped anywhere and run again, it comes to the same end', () => {
  const flows = [
    ['a change that is approved', changeBody(), 'service-team', 'issue-comment-created'],
    ['a swap', swapBody(), 'amara-osei', 'issues-opened'],
  ] as const;

  const WRITES = [
    'issues/create-comment',
    'issues/update-comment',
    'issues/create-label',
    'issues/add-labels',
    'git/create-tree',
    'git/create-commit',
    'git/create-ref',
    'pulls/create',
    'pulls/request-reviewers',
    'repos/create-commit-status',
  ] as const;

  /** As it stands when the run that writes most is about to begin. */
  async function ready(body: string, user: string): Promise<There> {
    const there = await start({ body, user });
    if (user !== 'service-team') return there;
    await run(there, 'issues-opened');
    there.github.comment(77, { user: 'helene-marchetti', body: '/approve' });
    return there;
  }

  /** A few at a time, on machines of two cores. */
  async function each<T>(items: readonly T[], look: (item: T) => Promise<void>): Promise<void> {
    const rest = [...items];
    const worker = async () => {
      for (let item = rest.shift(); item !== undefined; item = rest.shift()) await look(item);
    };
    await Promise.all([worker(), worker(), worker()]);
  }

  test.each(flows)(
    '%s, when the answer to any write is lost',
    { timeout: 240_000 },
    async (_, body, user, event) => {
      const plain = await ready(body, user);
      await run(plain, event);
      const wanted = outcome(plain);
      await each(WRITES, async (operation) => {
        const there = await ready(body, user);
        there.github.fault(operation, 'dropAfter');
        await run(there, event);
        expect(outcome(there), operation).toEqual(wanted);
        await run(there, event);
        expect(outcome(there), operation).toEqual(wanted);
        expect(there.github.violations).toEqual([]);
      });
    },
  );

  test.each(flows)(
    '%s, when it is killed after any write',
    { timeout: 240_000 },
    async (_, body, user, event) => {
      const plain = await ready(body, user);
      const before = writes(plain).length;
      await run(plain, event);
      const [wanted, count] = [outcome(plain), writes(plain).length - before];
      expect(count).toBeGreaterThan(8);
      await each([...Array(count).keys()], async (done) => {
        const there = await ready(body, user);
        there.github.stopAfter(done);
        const { status } = await run(there, event);
        there.github.stopAfter(Number.POSITIVE_INFINITY);
        await run(there, event);
        expect([status, outcome(there)], `after ${done} writes`).toEqual([1, wanted]);
      });
    },
  );
});

test('what comes too late is told the notice that the policy asks of its own kind', () => {
  const { handbook } = load(sample);
  const now = at('2027-02-26T12:00:00Z');
  const request = readRequest(handbook, swapBody());
  if (request === undefined) throw new Error('this is no request');
  const issue = { number: 77, url: 'https://github.com/a/b/issues/77', author: 'amara-osei', labels: [] };
  const verdict = judge(sample, handbook, now, request, { ...issue, requestedAt: now });
  if (verdict.of !== 'swap' || verdict.swap.kind !== 'late') throw new Error('this is not late');
  const [late] = verdict.swap.late;
  if (late === undefined) throw new Error('nothing is late');
  const digests = { digest: '0'.repeat(64), dates: '0'.repeat(64) };
  const heard = { seen: 0, decision: undefined, ignored: undefined };
  const extra = { ...late, asked: durationOf('48 hours') };
  const swap = { ...verdict.swap, late: [late, extra] };
  const told = requestComment({
    ...{ handbook, phase: { kind: 'judged' }, deciders: [] },
    state: { form: 'swap', requestedAt: now, ...digests, ...heard },
    verdict: { of: 'swap', swap },
  });
  expect(told.match(/the policy asks .*/g)).toEqual(['the policy asks 7 days', 'the policy asks 48 hours']);
});

test('what is typed into an issue reaches no log, and the token nothing at all', async () => {
  const body = changeBody({
    'What changes': '::error::planted ##[add-mask]x @everyone <img src=x>',
    Summary: 'x ::set-output name=a::b @everyone [x](http://x)',
  });
  const there = await start({ body });
  const { commands, stdout, stderr } = await run(there, 'issues-opened');
  expect(commands.map(({ name }) => name)).toEqual(['add-mask']);
  expect(
    stdout.replace(`::add-mask::${TOKEN}`, '') + stderr + JSON.stringify(issueIn(there).comments),
  ).not.toContain(TOKEN);
  expect(stdout).not.toContain('planted');
  expect(said(there)).not.toMatch(/@everyone|\[x\]\(|<img/);
});

test('an issue that no form made, and a comment on a pull request, are left alone', async () => {
  const there = await start({ body: 'Hello.\n\n### Service\n\nx' });
  await run(there, 'issues-opened');
  expect([ours(there), writes(there)]).toEqual([[], []]);
});
