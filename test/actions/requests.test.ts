/**
 * The action as GitHub runs it: a child process, a real checkout, and a loopback GitHub that enforces GitHub's
 * contract. The handling of each kind of event is tested in process, in `test/programs/` and `test/requests/`.
 */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { swapTurns } from '../../actions/lib/edit/edit.ts';
import { withEdit } from '../../actions/lib/edit/outcome.ts';
import { runAction, TOKEN } from '../github/runner.ts';
import { at, published } from '../handbook.ts';
import { fill, folder, git } from '../process.ts';
import {
  type Cause,
  daily,
  eventOf,
  issueIn,
  kept,
  ownComments,
  PLANNED,
  type Repository,
  repositoryWith,
  run as runInProcess,
  sample,
  shownComment,
  shownTitle,
  statusesOf,
  writes,
} from '../programs/request-repository.ts';
import { changeBody, JOIN_ITEMS, joinBody, swapBody } from '../requests/bodies.ts';
import { sampled } from '../sampled.ts';

const actions = join(import.meta.dirname, '../../actions');

/** A run as a child process, in a new checkout of the current files, at the time of GitHub's clock. */
async function run(repo: Repository, cause: Cause, now?: string, action = 'requests', root = '.') {
  const { github, files } = repo;
  if (now !== undefined) github.state.now = now;
  const checkout = folder(files);
  git(checkout, '2026-11-01T00:00:00Z', 'init', '-q', '-b', 'main');
  git(checkout, '2026-11-01T00:00:00Z', 'add', '-A');
  git(checkout, '2026-11-01T00:00:00Z', 'commit', '-qm', 'handbook');
  const head = git(checkout, '2026-11-01T00:00:00Z', 'rev-parse', 'HEAD').trim();
  if (head !== repo.commit) github.state.git.seed('heads/main', head, new Map(files));
  repo.commit = head;
  return runAction({
    main: join(actions, action, 'action.yml'),
    inputs: { now: github.state.now, root },
    ...eventOf(repo, cause),
    env: { GITHUB_WORKSPACE: checkout },
    cwd: checkout,
    github,
  });
}

const headStatuses = ({ github: { state } }: Repository): readonly string[] =>
  (state.statuses[state.pulls[0]?.head.sha ?? ''] ?? []).map((it) => `${it.context} ${it.state}`);

test('a planned change, approved and merged: YAML that the check accepts, an event in the calendars, one question', async () => {
  const repo = await repositoryWith({ body: changeBody() });
  const { github } = repo;
  const first = await run(repo, 'issues-opened');
  expect([first.status, first.stdout]).toEqual([0, expect.stringContaining('issue 77: judged')]);
  expect([titleAndLabels(repo), github.state.pulls]).toEqual([
    ['Accepted for review', 'accepted-for-review'],
    [],
  ]);
  github.comment(77, { user: 'helene-marchetti', body: '/approve' });
  await run(repo, 'issue-comment-created');
  expect(github.state.pulls).toMatchObject([{ state: 'open', head: { ref: 'change/issue-77' } }]);
  expect(headStatuses(repo)).toEqual(['rota / consent pending', 'rota success']);

  const text = github.state.git.filesAt('change/issue-77')?.get(PLANNED) ?? '';
  repo.files.set(PLANNED, text);
  const check = await run(repo, { eventName: 'push', event: {} }, undefined, 'check');
  expect([check.status, check.annotations]).toEqual([0, []]);
  const files = published(repo.files, { now: at('2027-01-03T13:00:00Z') });
  for (const feed of ['teams/modernisation-platform', 'people/lukasz-zielinski', 'people/sian-pritchard'])
    expect(files.get(`calendars/${feed}.ics`)).toContain(
      'SUMMARY:Planned change: Modernisation Platform: Replace the network',
    );

  github.merge(78);
  await run(repo, github.event('pull-request-closed', 78));
  expect(titleAndLabels(repo)).toEqual(['Confirmed: it is in the calendars']);
  await run(repo, daily, '2027-01-07T05:47:00Z');
  expect(ownComments(repo).map(({ body }) => /How did it go\?/.test(body))).toEqual([false, true]);
  expect(github.violations).toEqual([]);
});

const titleAndLabels = (repo: Repository) => [shownTitle(repo), ...issueIn(repo).labels];

test('a swap ends as one pull request whose diff is what "rota swap" writes', async () => {
  const repo = await repositoryWith({ body: swapBody(), user: 'amara-osei' });
  const { status, stdout } = await run(repo, 'issues-opened');
  expect([status, stdout]).toEqual([0, expect.stringContaining('issue 77: proposed')]);
  const desired = swapTurns(sample, at('2027-01-03T12:00:00Z'), {
    rota: 'paas/in-hours',
    role: 'engineer',
    turns: ['2027-03-01', '2027-03-08'],
  });
  if ('refusal' in desired) throw new Error(JSON.stringify(desired));
  const files = repo.github.state.git.filesAt('swap/issue-77');
  expect(new Map(files)).toEqual(withEdit(sample, desired).texts);
  expect(statusesOf(repo)).toEqual({ 'rota / consent': 'pending', rota: 'success' });
  expect(repo.github.violations).toEqual([]);
});

test('somebody joins by a pull request that the check accepts, and that nobody has agreed to by opening the issue', async () => {
  const repo = await repositoryWith({ body: joinBody(), user: 'zoe-quinn' });
  repo.github.state.permissions['zoe-quinn'] = 'read';
  repo.github.comment(77, { user: 'aoife-ni-bhriain', body: `/done ${JOIN_ITEMS}` });
  const first = await run(repo, 'issues-opened');
  expect([first.stdout, repo.github.state.pulls]).toEqual([expect.stringContaining('issue 77: judged'), []]);
  repo.github.comment(77, { user: 'leah-goldstein', body: `/done ${JOIN_ITEMS}` });
  const second = await run(repo, 'issue-comment-created');
  expect([second.status, second.stdout]).toEqual([0, expect.stringContaining('issue 77: proposed')]);
  expect(statusesOf(repo)).toEqual({ 'rota / consent': 'pending', rota: 'success' });
  repo.github.merge(78);
  await run(repo, repo.github.event('pull-request-closed', 78));
  expect(titleAndLabels(repo)).toEqual(['Done']);
  expect(repo.github.violations).toEqual([]);
});

// All that others can do to a request is in test/programs/request-branches.test.ts and edited-requests.test.ts.
test("a branch of the name of ours stays its maker's, and a command that others wrote into a comment is none", async () => {
  const repo = await repositoryWith({ body: changeBody() });
  const { github } = repo;
  await run(repo, 'issues-opened');
  github.move('change/issue-77', 'b'.repeat(40), 'mallory-muir');
  const head = { ref: 'change/issue-77', sha: 'b'.repeat(40) };
  github.open({ number: 78, user: 'mallory-muir', head });
  const { id, created_at: at } = github.comment(77, { user: 'helene-marchetti', body: 'Looks good' });
  github.editComment(id, { body: '/approve', by: 'mallory-muir', at });
  const edited = await run(repo, 'issue-comment-created');
  expect([edited.status, github.state.pulls.length]).toEqual([0, 1]);
  github.comment(77, { user: 'helene-marchetti', body: '/approve' });
  github.fault('graphql', { status: 403 });
  const unanswered = await run(repo, 'issue-comment-created');
  expect([unanswered.status, unanswered.annotations[0]?.message]).toEqual([
    1,
    expect.stringMatching(/^GitHub did not say who edited issue 77 and its comments, so the request waits: /),
  ]);
  expect(github.state.pulls).toHaveLength(1);
  await run(repo, daily);
  expect(github.state.pulls.map((it) => [it.user, it.head.ref])).toEqual([
    ['mallory-muir', 'change/issue-77'],
    ['github-actions[bot]', 'change/issue-77-2'],
  ]);
  expect(github.state.git.refs.get('heads/change/issue-77')).toBe('b'.repeat(40));
  expect(github.violations).toEqual([]);
});

describe('an interrupted run is completed by the next', () => {
  /** The state before the run with the most writes; the earlier runs are in process. */
  async function ready(): Promise<Repository> {
    const repo = await repositoryWith({ body: changeBody() });
    await runInProcess(repo, 'issues-opened');
    repo.github.comment(77, { user: 'helene-marchetti', body: '/approve' });
    return repo;
  }
  const event = 'issue-comment-created';
  async function undisturbed() {
    const repo = await ready();
    const before = writes(repo).length;
    await runInProcess(repo, event);
    return { expected: kept(repo), count: writes(repo).length - before };
  }

  test('it is killed after a write; in test/programs/stopped-requests.test.ts after more of them', {
    timeout: 240_000,
  }, async () => {
    const { expected, count } = await undisturbed();
    expect(count).toBeGreaterThan(8);
    for (const done of sampled([...Array(count).keys()], 1)) {
      const repo = await ready();
      repo.github.stopAfter(done);
      const { status, annotations } = await run(repo, event);
      repo.github.stopAfter(Number.POSITIVE_INFINITY);
      await runInProcess(repo, event);
      expect([status, annotations.length, kept(repo)], `after ${done} writes`).toEqual([1, 1, expected]);
    }
  });

  test('the response to a write is lost', async () => {
    const { expected } = await undisturbed();
    const repo = await ready();
    repo.github.fault('pulls/create', 'dropAfter');
    const { status } = await run(repo, event);
    expect([status, kept(repo)]).toEqual([0, expected]);
    expect(repo.github.violations).toEqual([]);
  });
});

test('the text of an issue reaches no log, and the token reaches no output', async () => {
  const body = changeBody({
    'What changes': '::error::planted ##[add-mask]x @everyone <img src=x>',
    Summary: 'x ::set-output name=a::b @everyone [x](http://x)',
  });
  const repo = await repositoryWith({ body });
  const { commands, stdout, stderr } = await run(repo, 'issues-opened');
  expect(commands.map(({ name }) => name)).toEqual(['add-mask']);
  expect(
    stdout.replace(`::add-mask::${TOKEN}`, '') + stderr + JSON.stringify(issueIn(repo).comments),
  ).not.toContain(TOKEN);
  expect(stdout).not.toContain('planted');
  expect(shownComment(repo)).not.toMatch(/@everyone|\[x\]\(|<img/);
});

test('an issue without a form is ignored', async () => {
  const repo = await repositoryWith({ body: 'Hello.\n\n### Service\n\nx' });
  const { status, stdout } = await run(repo, 'issues-opened');
  expect([status, stdout]).toEqual([0, expect.stringContaining('issue 77 is not a request')]);
  expect([ownComments(repo), writes(repo)]).toEqual([[], []]);
});

test('a handbook in a folder of the repository is read and changed there, however the folder is written', async () => {
  const repo = await repositoryWith({ body: changeBody() });
  for (const [path, text] of [...repo.files]) {
    repo.files.delete(path);
    repo.files.set(`desk/handbook/${path}`, text);
  }
  const root = './desk/handbook/';
  await run(repo, 'issues-opened', undefined, 'requests', root);
  repo.github.comment(77, { user: 'helene-marchetti', body: '/approve' });
  const { status } = await run(repo, 'issue-comment-created', undefined, 'requests', root);
  const changed = [...(repo.github.state.git.filesAt('change/issue-77') ?? [])].filter(
    ([path, text]) => repo.files.get(path) !== text,
  );
  expect([status, changed.map(([path]) => path)]).toEqual([0, [`desk/handbook/${PLANNED}`]]);
});

test('a checkout without a repository fails with one error', async () => {
  const repo = await repositoryWith({ body: changeBody() });
  const checkout = folder();
  fill(checkout, repo.files);
  const { status, annotations } = await runAction({
    main: join(actions, 'requests/action.yml'),
    ...repo.github.issueEvent('issues-opened', 77),
    env: { GITHUB_WORKSPACE: checkout },
    cwd: checkout,
    github: repo.github,
  });
  expect([status, annotations.map(({ level }) => level)]).toEqual([1, ['error']]);
  expect(writes(repo)).toEqual([]);
});
