/** Requests for swaps and covers, from event to pull request, on a loopback GitHub. */
import { describe, expect, test } from 'vitest';
import { swapTurns } from '../../actions/lib/edit/edit.ts';
import { withEdit } from '../../actions/lib/edit/outcome.ts';
import type { Commit, Git } from '../github/git.ts';
import { at } from '../handbook.ts';
import { swapBody } from '../requests/bodies.ts';
import {
  daily,
  issueIn,
  push,
  repositoryWith,
  rewrite,
  run,
  sample,
  shownComment,
  shownTitle,
  statusesOf,
} from './request-repository.ts';

/** The parts for forging a commit: two commits, their trees, and a tree with another changed file. */
interface Forging {
  readonly head: string;
  readonly main: string;
  readonly git: Git;
  readonly tree: (sha: string) => string;
  readonly edited: (tree: string) => string;
}

describe('a swap', () => {
  const open = () => repositoryWith({ body: swapBody(), user: 'amara-osei' });

  test('ends as one pull request whose diff is what "rota swap" writes', async () => {
    const there = await open();
    const { status, report } = await run(there, 'issues-opened');
    expect([status, report]).toEqual([0, ['issue 77: proposed']]);
    const expected = swapTurns(sample, at('2027-01-03T12:00:00Z'), {
      rota: 'paas/in-hours',
      role: 'engineer',
      turns: ['2027-03-01', '2027-03-08'],
    });
    if ('refusal' in expected) throw new Error(JSON.stringify(expected));
    const files = there.github.state.git.filesAt('swap/issue-77');
    expect(new Map(files)).toEqual(withEdit(sample, expected).texts);
    const [pull] = there.github.state.pulls;
    expect(pull?.requested).toEqual(expect.arrayContaining(['amara-osei', 'ben-adeyemi', 'nia-rhys']));
    const statuses = there.github.state.statuses[pull?.head.sha ?? ''] ?? [];
    expect(statuses.map(({ context, state }) => `${context} ${state}`)).toEqual([
      'rota / consent pending',
      'rota success',
    ]);
    expect(shownComment(there)).toContain('Ben Adeyemi takes the turn of 2027-03-01 from Amara Osei');
    expect(there.github.violations).toEqual([]);
  });

  test('turns green in no run that an approval was withdrawn during: the run of that says so', async () => {
    const there = await open();
    const { github } = there;
    await run(there, 'issues-opened');
    for (const user of ['amara-osei', 'ben-adeyemi']) github.review(78, { user, state: 'APPROVED' });
    const states: (string | undefined)[] = [];
    for (const isWithdrawn of [true, false]) {
      if (isWithdrawn)
        github.meanwhile('repos/list-pull-requests-associated-with-commit', () =>
          github.review(78, { user: 'ben-adeyemi', state: 'CHANGES_REQUESTED' }),
        );
      else github.review(78, { user: 'ben-adeyemi', state: 'APPROVED' });
      await run(there, 'issues-edited');
      states.push(statusesOf(there)['rota / consent']);
    }
    expect(states).toEqual(['pending', 'success']);
    expect(github.violations).toEqual([]);
  });

  test('requested again updates its one pull request', async () => {
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

  test('that is edited needs the approval of everybody again', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const [pull] = there.github.state.pulls;
    if (pull === undefined) throw new Error('there is no pull request');
    const reviewed = (user: string) => {
      // More than one page of reviews; a reviewer is no longer listed as requested.
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

  /** Somebody with write access pushes to our branch, and everybody approves the pull request as it then is. */
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

  test.each(Object.entries(forged))('with %s that somebody pushed is replaced by ours', async (_, made) => {
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

  test('whose branch moves during the check leaves the new commit unchecked', async () => {
    const there = await open();
    const { state } = there.github;
    await run(there, 'issues-opened');
    const [pull] = state.pulls;
    const ours = pull?.head.sha ?? '';
    // The push reaches GitHub before the branch is read again.
    there.github.push(78);
    for (const user of ['amara-osei', 'ben-adeyemi', 'nia-rhys', 'idris-bello'])
      there.github.review(78, { user, state: 'APPROVED' });
    await run(there, daily);
    expect(state.statuses[ours]?.at(-2)).toMatchObject({ context: 'rota / consent', state: 'pending' });
    expect(
      state.statuses[pull?.head.sha ?? '']?.map(({ context, description }) => [context, description]),
    ).toEqual([
      ['rota / consent', 'this commit has not been checked yet'],
      ['rota', 'this commit has not been checked yet'],
    ]);
  });

  test('that is edited is taken back where its pull request was green, although GitHub takes no comment', async () => {
    const there = await open();
    const { github } = there;
    await run(there, 'issues-opened');
    const head = github.state.pulls[0]?.head.sha ?? '';
    for (const user of ['amara-osei', 'ben-adeyemi', 'nia-rhys', 'idris-bello'])
      github.review(78, { user, state: 'APPROVED' });
    await run(there, daily);
    expect(statusesOf(there, head)).toMatchObject({ rota: 'success' });
    github.edit(77, swapBody({ 'My turn': '2027-04-05', 'Their turn': '2027-04-12' }));
    github.fault('issues/update-comment', { status: 403 });
    expect((await run(there, 'issues-edited')).status).toBe(1);
    expect(statusesOf(there, head)).toEqual({ rota: 'pending', 'rota / consent': 'pending' });
  });

  test('whose branch is unchanged is left alone when the handbook changes', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const [first] = there.github.state.pulls.map(({ head }) => head.sha);
    push(there);
    await run(there, daily);
    expect(there.github.state.pulls.map(({ head }) => head.sha)).toEqual([first]);
  });

  test('that is merged is done, and never swapped back', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    const [pull] = there.github.state.pulls;
    const text = there.github.state.git.filesAt('swap/issue-77')?.get('rotas/paas/in-hours.yaml') ?? '';
    there.github.merge(78);
    there.files.set('rotas/paas/in-hours.yaml', text);
    push(there);
    await run(there, there.github.event('pull-request-closed', 78));
    await run(there, 'issues-edited');
    expect(issueIn(there)).toMatchObject({ state: 'closed', state_reason: 'completed' });
    expect([shownTitle(there), there.github.state.pulls.length, pull?.state]).toEqual(['Done', 1, 'closed']);
  });

  test('of two rotas is one pull request of both files, and done when both are merged', async () => {
    const body = swapBody({ 'Their turn': 'paas/out-of-hours/engineer 2027-03-29' });
    const there = await repositoryWith({ body, user: 'amara-osei' });
    await run(there, 'issues-opened');
    const files = there.github.state.git.filesAt('swap/issue-77') ?? new Map<string, string>();
    const changed = [...sample.texts].flatMap(([file, text]) => (files.get(file) === text ? [] : [file]));
    expect(changed).toEqual(['rotas/paas/in-hours.yaml', 'rotas/paas/out-of-hours.yaml']);
    expect(shownComment(there)).toContain('Amara Osei takes the turn of 2027-03-29 from Ben Adeyemi');
    // A second run changes nothing.
    const [first] = there.github.state.pulls.map(({ head }) => head.sha);
    await run(there, daily);
    expect(there.github.state.pulls.map(({ head }) => head.sha)).toEqual([first]);
    there.github.merge(78);
    for (const file of changed) there.files.set(file, files.get(file) ?? '');
    push(there);
    await run(there, there.github.event('pull-request-closed', 78));
    expect(issueIn(there)).toMatchObject({ state: 'closed', state_reason: 'completed' });
    expect(there.github.violations).toEqual([]);
  });

  test('with only my turn gives it away', async () => {
    const there = await repositoryWith({ body: swapBody({ 'Their turn': '' }), user: 'amara-osei' });
    await run(there, 'issues-opened');
    expect(shownComment(there)).toContain('Ben Adeyemi takes the turn of 2027-03-01 from Amara Osei');
    const text = there.github.state.git.filesAt('swap/issue-77')?.get('rotas/paas/in-hours.yaml') ?? '';
    there.github.merge(78);
    there.files.set('rotas/paas/in-hours.yaml', text);
    push(there);
    await run(there, there.github.event('pull-request-closed', 78));
    expect(issueIn(there)).toMatchObject({ state: 'closed', state_reason: 'completed' });
  });

  test('by somebody who is not in the handbook is not made', async () => {
    const there = await repositoryWith({ body: swapBody(), user: 'mallory' });
    await run(there, 'issues-opened');
    expect(shownComment(there)).toContain('nobody in the handbook has the GitHub name mallory');
    expect([there.github.state.pulls.length, issueIn(there).labels]).toEqual([0, ['needs-information']]);
  });

  test('of a turn that somebody else holds is not made', async () => {
    const there = await repositoryWith({ body: swapBody(), user: 'chi-wong' });
    await run(there, 'issues-opened');
    expect(shownComment(there)).toMatch(
      /\*\*My turn\*\*: amara-osei holds the turn of 2027-03-01, not chi-wong/,
    );
    expect(there.github.state.pulls).toEqual([]);
  });

  test('with too little notice waits for later turns, or for an emergency', async () => {
    const there = await open();
    const { state } = there.github;
    state.now = '2027-02-26T12:00:00Z';
    await run(there, 'issues-opened');
    expect([shownTitle(there), issueIn(there).labels, state.pulls.length]).toEqual([
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
  ])('that %s has a failing status even if everyone has agreed', async (_, title, now, away) => {
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
    expect([shownTitle(there), statusesOf(there).rota]).toEqual([title, 'failure']);
    expect(state.pulls.map((it) => it.state)).toEqual(['open']);
    expect(there.github.violations).toEqual([]);
  });

  test('is not approved here', async () => {
    const there = await open();
    await run(there, 'issues-opened');
    there.github.comment(77, { user: 'nia-rhys', body: '/approve' });
    await run(there, 'issue-comment-created');
    expect(shownComment(there)).toContain('This is approved on its pull request');
  });

  test('of some hours is a cover', async () => {
    const body = swapBody({
      'My turn': '',
      'Their turn': '',
      From: '2027-03-02T10:00',
      To: '2027-03-02T12:00',
    });
    const there = await repositoryWith({ body, user: 'amara-osei' });
    await run(there, 'issues-opened');
    expect(there.github.state.git.filesAt('swap/issue-77')?.get('rotas/paas/in-hours.yaml')).toContain(
      'from: 2027-03-02T10:00',
    );
  });
});
