/**
 * The action as GitHub runs it: a child process, a real checkout, a loopback GitHub held to its own contract. What the program
 * does with every kind of event is tested in this process, in `test/programs/` and `test/requests/`.
 */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { swapTurns } from '../../actions/lib/edit/edit.ts';
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
import { changeBody, swapBody } from '../requests/bodies.ts';
import { sampled } from '../sampled.ts';

const actions = join(import.meta.dirname, '../../actions');

/** A run as a child process, in a fresh checkout of the files as they are, at the time that GitHub's clock shows. */
async function run(there: Repository, cause: Cause, now?: string, action = 'requests') {
  const { github, files } = there;
  if (now !== undefined) github.state.now = now;
  const checkout = folder(files);
  git(checkout, '2026-11-01T00:00:00Z', 'init', '-q', '-b', 'main');
  git(checkout, '2026-11-01T00:00:00Z', 'add', '-A');
  git(checkout, '2026-11-01T00:00:00Z', 'commit', '-qm', 'handbook');
  const head = git(checkout, '2026-11-01T00:00:00Z', 'rev-parse', 'HEAD').trim();
  if (head !== there.commit) github.state.git.seed('heads/main', head, new Map(files));
  there.commit = head;
  return runAction({
    main: join(actions, action, 'action.yml'),
    inputs: { now: github.state.now },
    ...eventOf(there, cause),
    env: { GITHUB_WORKSPACE: checkout },
    cwd: checkout,
    github,
  });
}

const headStatuses = ({ github: { state } }: Repository): readonly string[] =>
  (state.statuses[state.pulls[0]?.head.sha ?? ''] ?? []).map((it) => `${it.context} ${it.state}`);

test('a planned change, approved and merged: YAML that the check accepts, an event in the calendars, one question', async () => {
  const there = await repositoryWith({ body: changeBody() });
  const { github } = there;
  const first = await run(there, 'issues-opened');
  expect([first.status, first.stdout]).toEqual([0, expect.stringContaining('issue 77: judged')]);
  expect([titleAndLabels(there), github.state.pulls]).toEqual([
    ['Accepted for review', 'accepted-for-review'],
    [],
  ]);
  github.comment(77, { user: 'helene-marchetti', body: '/approve' });
  await run(there, 'issue-comment-created');
  expect(github.state.pulls).toMatchObject([{ state: 'open', head: { ref: 'change/issue-77' } }]);
  expect(headStatuses(there)).toEqual(['rota / consent pending', 'rota success']);

  const text = github.state.git.filesAt('change/issue-77')?.get(PLANNED) ?? '';
  there.files.set(PLANNED, text);
  const check = await run(there, { eventName: 'push', event: {} }, undefined, 'check');
  expect([check.status, check.annotations]).toEqual([0, []]);
  const files = published(there.files, { now: at('2027-01-03T13:00:00Z') });
  for (const feed of ['teams/modernisation-platform', 'people/lukasz-zielinski', 'people/sian-pritchard'])
    expect(files.get(`calendars/${feed}.ics`)).toContain(
      'SUMMARY:Planned change: Modernisation Platform: Replace the network',
    );

  github.merge(78);
  await run(there, github.event('pull-request-closed', 78));
  expect(titleAndLabels(there)).toEqual(['Confirmed: it is in the calendars']);
  await run(there, daily, '2027-01-07T05:47:00Z');
  expect(ownComments(there).map(({ body }) => /How did it go\?/.test(body))).toEqual([false, true]);
  expect(github.violations).toEqual([]);
});

const titleAndLabels = (there: Repository) => [shownTitle(there), ...issueIn(there).labels];

test('a swap ends as one pull request whose diff is what "rota swap" writes', async () => {
  const there = await repositoryWith({ body: swapBody(), user: 'amara-osei' });
  const { status, stdout } = await run(there, 'issues-opened');
  expect([status, stdout]).toEqual([0, expect.stringContaining('issue 77: proposed')]);
  const desired = swapTurns(sample, at('2027-01-03T12:00:00Z'), {
    rota: 'paas/in-hours',
    role: 'engineer',
    turns: ['2027-03-01', '2027-03-08'],
  });
  if ('refusal' in desired) throw new Error(JSON.stringify(desired));
  const files = there.github.state.git.filesAt('swap/issue-77');
  expect(new Map(files)).toEqual(new Map(sample.texts).set(desired.file, desired.text));
  expect(statusesOf(there)).toEqual({ 'rota / consent': 'pending', rota: 'success' });
  expect(there.github.violations).toEqual([]);
});

describe('a run that is stopped is completed by the next', () => {
  /** As it stands when the run that writes most is about to begin; what went before ran in this process. */
  async function ready(): Promise<Repository> {
    const there = await repositoryWith({ body: changeBody() });
    await runInProcess(there, 'issues-opened');
    there.github.comment(77, { user: 'helene-marchetti', body: '/approve' });
    return there;
  }
  const event = 'issue-comment-created';
  async function undisturbed() {
    const there = await ready();
    const before = writes(there).length;
    await runInProcess(there, event);
    return { expected: kept(there), count: writes(there).length - before };
  }

  test('it is killed after a write; in test/programs/stopped-requests.test.ts after more of them', {
    timeout: 240_000,
  }, async () => {
    const { expected, count } = await undisturbed();
    expect(count).toBeGreaterThan(8);
    for (const done of sampled([...Array(count).keys()], 1)) {
      const there = await ready();
      there.github.stopAfter(done);
      const { status, annotations } = await run(there, event);
      there.github.stopAfter(Number.POSITIVE_INFINITY);
      await runInProcess(there, event);
      expect([status, annotations.length, kept(there)], `after ${done} writes`).toEqual([1, 1, expected]);
    }
  });

  test('the answer to a write is lost', async () => {
    const { expected } = await undisturbed();
    const there = await ready();
    there.github.fault('pulls/create', 'dropAfter');
    const { status } = await run(there, event);
    expect([status, kept(there)]).toEqual([0, expected]);
    expect(there.github.violations).toEqual([]);
  });
});

test('what is typed into an issue reaches no log, and the token nothing at all', async () => {
  const body = changeBody({
    'What changes': '::error::planted ##[add-mask]x @everyone <img src=x>',
    Summary: 'x ::set-output name=a::b @everyone [x](http://x)',
  });
  const there = await repositoryWith({ body });
  const { commands, stdout, stderr } = await run(there, 'issues-opened');
  expect(commands.map(({ name }) => name)).toEqual(['add-mask']);
  expect(
    stdout.replace(`::add-mask::${TOKEN}`, '') + stderr + JSON.stringify(issueIn(there).comments),
  ).not.toContain(TOKEN);
  expect(stdout).not.toContain('planted');
  expect(shownComment(there)).not.toMatch(/@everyone|\[x\]\(|<img/);
});

test('an issue that no form made is left alone', async () => {
  const there = await repositoryWith({ body: 'Hello.\n\n### Service\n\nx' });
  const { status, stdout } = await run(there, 'issues-opened');
  expect([status, stdout]).toEqual([0, expect.stringContaining('issue 77 is not a request')]);
  expect([ownComments(there), writes(there)]).toEqual([[], []]);
});

test('a checkout that is no repository fails with one error', async () => {
  const there = await repositoryWith({ body: changeBody() });
  const checkout = folder();
  fill(checkout, there.files);
  const { status, annotations } = await runAction({
    main: join(actions, 'requests/action.yml'),
    ...there.github.issueEvent('issues-opened', 77),
    env: { GITHUB_WORKSPACE: checkout },
    cwd: checkout,
    github: there.github,
  });
  expect([status, annotations.map(({ level }) => level)]).toEqual([1, ['error']]);
  expect(writes(there)).toEqual([]);
});
