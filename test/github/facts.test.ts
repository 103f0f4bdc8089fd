/** What the clients learn about branches, commits and edits, against the stand-in. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { BranchActivity } from '../../actions/lib/github/activity.ts';
import { connect } from '../../actions/lib/github/connection.ts';
import { editHistories, isEditedOnlyBy, isUnedited } from '../../actions/lib/github/edits.ts';
import { pullEvents } from '../../actions/lib/github/pull-events.ts';
import { PullRequests } from '../../actions/lib/github/pulls.ts';
import { startGitHub } from './github.ts';

const OURS = 'github-actions[bot]';
const at = (letter: string): string => letter.repeat(40);

async function opened(given: Parameters<typeof startGitHub>[0] = {}) {
  const github = await startGitHub({
    pulls: [{ number: 7, user: 'amara-osei', head: { ref: 'swap', sha: at('a') } }],
    ...given,
  });
  onTestFinished(() => github.stop());
  onTestFinished(() => expect(github.violations).toEqual([]));
  const { owner, name: repo } = github.state;
  const place = { token: 'ghs_test', apiUrl: github.url, repository: { owner, repo } };
  return { github, connection: connect({ ...place, commentAuthor: OURS }) };
}

describe('the branch of a pull request', () => {
  test('was moved to its head by whoever pushed last, at the time of GitHub', async () => {
    const { github, connection } = await opened();
    const activity = new BranchActivity(connection);
    expect(await activity.lastPush('swap', at('a'), () => false)).toMatchObject({ by: 'amara-osei' });
    github.push(7, at('b'), 'amara-osei');
    github.state.now = '2026-12-01T09:00:00Z';
    github.push(7, at('c'));
    const by = 'somebody-else';
    expect(await activity.lastPush('swap', at('c'), () => false)).toMatchObject({
      by,
      at: Date.parse('2026-12-01T09:00:00Z'),
    });
    // What is not its last movement may not be all that happened since.
    expect(await activity.lastPush('swap', at('b'), () => false)).toBeUndefined();
    // Back to a commit of the author, by somebody else.
    github.push(7, at('b'), 'mallory-muir');
    expect(await activity.lastPush('swap', at('b'), () => false)).toMatchObject({ by: 'mallory-muir' });
  });

  test('was moved by nobody that is known: no such movement, another branch, a deleted account', async () => {
    const { github, connection } = await opened();
    const activity = new BranchActivity(connection);
    expect(await activity.lastPush('swap', at('f'), () => false)).toBeUndefined();
    expect(await activity.lastPush('swap-2', at('a'), () => false)).toBeUndefined();
    github.push(7, at('b'), null);
    expect(await activity.lastPush('swap', at('b'), () => false)).toMatchObject({ by: undefined });
  });

  test('has a creator: of the last branch of this name', async () => {
    const { github, connection } = await opened();
    const activity = new BranchActivity(connection);
    github.push(7, at('b'), 'mallory-muir');
    expect(await activity.creatorOf('swap')).toMatchObject({ by: 'amara-osei' });
    expect(await activity.creatorOf('none')).toBeUndefined();
  });

  test('has movements since a commit, newest first, over several pages', async () => {
    const { github, connection } = await opened();
    const shas = Array.from({ length: 150 }, (_, i) => i.toString(16).padStart(40, '0'));
    for (const [i, sha] of shas.entries()) github.push(7, sha, `login-${i}`);
    const { movements, isComplete } = await new BranchActivity(connection).pushesTo('swap', shas[9] ?? '');
    expect([isComplete, movements.length]).toEqual([true, 140]);
    expect(movements[0]).toMatchObject({
      after: shas[149],
      before: shas[148],
      by: 'login-149',
      kind: 'push',
    });
    expect(movements.at(-1)).toMatchObject({ after: shas[10], before: shas[9] });
    expect(github.requests).toHaveLength(2);
  });

  test('whose movements do not go back to the commit, or too far, is not known completely', async () => {
    const { github, connection } = await opened();
    const activity = new BranchActivity(connection);
    expect(await activity.pushesTo('swap', at('f'))).toMatchObject({ isComplete: false });
    for (let i = 1; i <= 3001; i++) github.push(7, i.toString(16).padStart(40, '0'));
    const { movements, isComplete } = await activity.pushesTo('swap', at('a'));
    expect([movements.length, isComplete]).toEqual([3000, false]);
  });

  test('has movements since an instant, with the one before them, unless these are too many', async () => {
    const { github, connection } = await opened();
    const activity = new BranchActivity(connection);
    github.state.now = '2026-12-01T09:00:00Z';
    for (const letter of ['b', 'c', 'd']) github.push(7, at(letter));
    const since = async (instant: string) => {
      const { movements, isComplete } = await activity.movementsSince('swap', Date.parse(instant));
      return [isComplete, ...movements.map(({ after }) => after.slice(0, 1))];
    };
    expect(await since('2026-12-01T09:00:02Z')).toEqual([true, 'd', 'c']);
    expect(await since('2026-01-01T09:00:00Z')).toEqual([true, 'd', 'c', 'b', 'a']);
    for (let i = 1; i <= 501; i++) github.push(7, i.toString(16).padStart(40, '0'));
    expect((await since('2026-12-01T09:00:02Z'))[0]).toBe(false);
  });
});

describe('a pull request at present', () => {
  const present = async (connection: Awaited<ReturnType<typeof opened>>['connection']) =>
    (await new PullRequests(connection).present('main', [{ number: 7, headSha: '0'.repeat(40) }])).pulls.get(
      7,
    );

  test('has the latest word of each reviewer, by the logins of the other interface', async () => {
    const { github, connection } = await opened();
    for (const [user, state] of [
      ['amara-osei', 'APPROVED'],
      ['amara-osei', 'COMMENTED'],
      ['ben-adeyemi', 'APPROVED'],
      ['ben-adeyemi', 'CHANGES_REQUESTED'],
      ['renovate[bot]', 'APPROVED'],
    ] as const)
      github.review(7, { user, state });
    const logins = (await present(connection))?.approvals.map(({ login }) => login);
    expect(logins).toEqual(['amara-osei', 'renovate[bot]']);
    expect(github.violations).toEqual([]);
  });

  test('has those of this repository that share its head, however many forks offer it', async () => {
    const { github, connection } = await opened();
    const headSha = github.state.pulls[0]?.head.sha ?? '';
    for (let number = 100; number < 201; number++)
      github.open({
        number,
        user: 'stranger',
        head: { sha: headSha, ref: `x${number}`, repo: 'stranger/handbook' },
      });
    github.open({ number: 300, user: 'ben-adeyemi', head: { sha: headSha, ref: 'other' } });
    const { pulls } = await new PullRequests(connection).present('main', [{ number: 7, headSha }]);
    expect(pulls.get(7)?.sharing).toEqual([300]);
    expect(github.violations).toEqual([]);
  });

  test('has all of them, where there are more than one page of reviews', async () => {
    const { github, connection } = await opened();
    const head = github.state.pulls[0]?.head.sha ?? '';
    github.review(7, { user: 'amara-osei', state: 'APPROVED', commit_id: head });
    for (let i = 0; i < 100; i++) github.review(7, { user: `reviewer-${i}`, state: 'CHANGES_REQUESTED' });
    const logins = (await present(connection))?.approvals.map(({ login }) => login);
    expect(logins).toEqual(['amara-osei']);
  });
});

test('the pull request of a merged commit has its number, head, base and author', async () => {
  const { github, connection } = await opened();
  const { git } = github.state;
  git.seed('heads/main', at('1'), new Map([['a.yaml', '1']]));
  const tree = git.tree(git.commits.get(at('1'))?.tree ?? '', [['b.yaml', '2']]) ?? '';
  const head = git.commit({ tree, parents: [at('1')], message: 'x' }) ?? '';
  github.open({
    number: 8,
    user: 'ben-adeyemi',
    head: { sha: head, repo: 'ben/handbook' },
    base: { sha: at('1') },
  });
  const pulls = new PullRequests(connection);
  expect(await pulls.withHead(head)).toMatchObject([{ number: 8, headSha: head }]);
  expect(await pulls.mergedWith(head, 'main')).toBeUndefined();
  github.merge(8);
  const merge = github.state.pulls[1]?.merge_commit_sha ?? '';
  expect(await pulls.withHead(head)).toEqual([]);
  expect(await pulls.mergedWith(merge, 'main')).toMatchObject({
    ...{ number: 8, headSha: head, baseRef: 'main', isFork: true, author: 'ben-adeyemi' },
  });
  expect(await pulls.mergedWith(merge, 'wip')).toBeUndefined();
  expect(await pulls.mergedWith(at('1'), 'main')).toBeUndefined();
});

test('what happened to a pull request: who and when, oldest first, over several pages, without other events', async () => {
  const { github, connection } = await opened();
  expect(await pullEvents(connection, 7)).toEqual([]);
  github.state.now = '2026-12-01T09:00:00Z';
  github.exchangeBase(7, { sha: at('b'), ref: 'wip' }, 'mallory-muir');
  github.close(7);
  github.reopen(7, null);
  github.ready(7, 'amara-osei');
  github.merge(7);
  const first = Date.parse('2026-12-01T09:00:00Z');
  expect(await pullEvents(connection, 7)).toEqual([
    { kind: 'base_ref_changed', by: 'mallory-muir', at: first },
    { kind: 'closed', by: 'somebody-else', at: first + 1000 },
    { kind: 'reopened', by: undefined, at: first + 2000 },
    { kind: 'ready_for_review', by: 'amara-osei', at: first + 3000 },
    { kind: 'closed', by: 'somebody-else', at: first + 4000 },
  ]);
  for (let i = 0; i < 100; i++) github.exchangeBase(7, { sha: at('b'), ref: `wip-${i}` });
  const all = await pullEvents(connection, 7);
  expect([all.length, all.at(-1)]).toMatchObject([105, { kind: 'base_ref_changed', at: first + 104_000 }]);
  github.state.pulls[0]?.events.reverse();
  expect(await pullEvents(connection, 7)).toEqual(all);
});

test('who edited a comment of ours more often than one answer has: the pages are read, up to a limit', async () => {
  const { github, connection } = await opened({ issues: [{ number: 8 }] });
  const edited = (times: number, user = OURS) => {
    const { id } = github.comment(8, { user });
    for (let i = 0; i < times; i++) github.editComment(id, { body: `${i}`, by: user });
    return id;
  };
  const idOf = (id: number) => Buffer.from(`IssueComment:${id}`).toString('base64');
  const byOurs = async (id: number) => {
    const history = (await editHistories(connection, [idOf(id)])).get(idOf(id));
    return history !== undefined && isEditedOnlyBy(history, OURS);
  };
  const [ours, theirs, most, tooOften] = [
    edited(250),
    edited(250, 'mallory-muir'),
    edited(1999),
    edited(2000),
  ];
  expect([await byOurs(ours), github.requests.length]).toEqual([true, 3]);
  expect([await byOurs(theirs), github.requests.length]).toEqual([false, 4]);
  expect([await byOurs(most), await byOurs(tooOften)]).toEqual([true, false]);
  // The oldest of all is somebody else's, on the last page.
  const whole = github.state.issues[0]?.comments.find(({ id }) => id === ours);
  whole?.edits.splice(0, 1, { editor: 'mallory-muir', at: '2026-12-01T09:00:00Z' });
  expect(await byOurs(ours)).toBe(false);
});

test('who edited comments, at most a hundred to a query, those that GitHub does not know left out', async () => {
  const { github, connection } = await opened({ issues: [{ number: 8 }] });
  const made = Array.from({ length: 101 }, () => github.comment(8, { user: OURS }));
  const [kept, ours, theirs, often] = made.map(({ id }) => id) as [number, number, number, number];
  github.editComment(ours, { body: 'x', by: OURS });
  github.editComment(theirs, { body: 'x', by: OURS });
  github.editComment(theirs, { body: 'y', by: 'mallory-muir', at: '2026-12-01T09:00:00Z' });
  for (let i = 0; i < 100; i++) github.editComment(often, { body: `${i}`, by: OURS });
  const idOf = (id: number) => Buffer.from(`IssueComment:${id}`).toString('base64');
  const found = await editHistories(connection, [...made.map(({ id }) => idOf(id)), 'unknown']);
  expect([found.size, github.requests.length]).toEqual([101, 3]);
  const judged = [kept, ours, theirs, often].map((id) => {
    const history = found.get(idOf(id));
    return history && [isUnedited(history), isEditedOnlyBy(history, OURS)];
  });
  expect(judged).toEqual([
    [true, true],
    [false, true],
    [false, false],
    [false, true],
  ]);
  expect(found.get(idOf(theirs))?.lastEditedAt).toBe(Date.parse('2026-12-01T09:00:00Z'));
});

describe('what moves to a page that was read already, while others are, is read all the same', () => {
  /** A hundred others, and then one more by its number. */
  async function many() {
    const { github, connection } = await opened({
      pulls: Array.from({ length: 101 }, (_, i) => ({ number: i + 1, head: { ref: `change-${i}` } })),
    });
    const meanwhile = (act: () => void) =>
      github.meanwhile('pulls/list', () => queueMicrotask(() => github.meanwhile('pulls/list', act)));
    return { github, meanwhile, pulls: new PullRequests(connection) };
  }
  const numbers = (all: readonly { readonly number: number }[]) => all.map(({ number }) => number);

  test('of those that are open, when one before it is closed', async () => {
    const { github, meanwhile, pulls } = await many();
    meanwhile(() => github.close(1));
    const read = numbers(await pulls.open());
    expect(read).toContain(101);
    expect(read).toEqual(read.toSorted((one, other) => one - other));
  });

  test('of those that are closed, when somebody comments on it', async () => {
    const { github, meanwhile, pulls } = await many();
    for (let number = 1; number <= 101; number++) github.close(number);
    meanwhile(() => Object.assign(github.state.pulls[0] ?? {}, { updated_at: '2099-01-01T00:00:00Z' }));
    expect(numbers(await pulls.closedSince(0, 'main'))).toContain(1);
  });
});
