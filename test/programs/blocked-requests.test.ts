// What blocks is carried out before anything is told: nobody keeps a lead's decline from its effect by keeping our
// comment from being written, by hiding the decline, or by taking the issue away.
import { describe, expect, test } from 'vitest';
import { changeBody, JOIN_ITEMS, joinBody } from '../requests/bodies.ts';
import {
  approved,
  daily,
  issueIn,
  ownComments,
  type Repository,
  repositoryWith,
  run,
  shownComment,
  shownTitle,
  statusesOf,
} from './request-repository.ts';

const LEAD = 'helene-marchetti';
const CLOSED = ['closed', { rota: 'pending', 'rota / consent': 'pending' }];
const OPEN = ['open', expect.objectContaining({})];

const pullOf = (there: Repository) => [there.github.state.pulls[0]?.state, statusesOf(there)];

/** An approved planned change, with its pull request, of which somebody says that it is agreed to. */
async function proposed(): Promise<Repository> {
  const there = await repositoryWith({ body: changeBody() });
  await approved(there);
  const { github } = there;
  const sha = github.state.pulls[0]?.head.sha ?? '';
  for (const status of github.state.statuses[sha] ?? []) Object.assign(status, { state: 'success' });
  expect(pullOf(there)).toEqual(OPEN);
  return there;
}

const REFUSED = { status: 403, headers: { 'x-accepted-github-permissions': 'issues=write' } };

describe('a decline closes the pull request', () => {
  test.each<[what: string, act: (there: Repository) => void]>([
    ['of a locked issue', (there) => void Object.assign(issueIn(there), { locked: true })],
    [
      'although GitHub does not take the reply to another command',
      ({ github }) => {
        github.comment(77, { user: 'mallory-muir', body: '/approve' });
        github.fault('issues/create-comment', REFUSED, { times: 99 });
      },
    ],
  ])('%s', async (_, act) => {
    const there = await proposed();
    act(there);
    there.github.comment(77, { user: LEAD, body: '/decline no longer' });
    const { status } = await run(there, 'issue-comment-created');
    expect([status, pullOf(there), issueIn(there).state]).toEqual([1, CLOSED, 'closed']);
    expect(there.github.violations).toEqual([]);
  });

  test('although nobody can take back its statuses', async () => {
    const there = await proposed();
    there.github.fault('repos/create-commit-status', REFUSED, { times: 99 });
    there.github.comment(77, { user: LEAD, body: '/decline no longer' });
    expect([(await run(there, 'issue-comment-created')).status, pullOf(there)[0]]).toEqual([1, 'closed']);
  });
});

test('nothing says that a decline was carried out while GitHub refuses to close the pull request', async () => {
  const there = await proposed();
  const labels = [...issueIn(there).labels];
  there.github.fault('pulls/update', REFUSED, { times: 99 });
  there.github.comment(77, { user: LEAD, body: '/decline no longer' });
  const { status } = await run(there, 'issue-comment-created');
  expect([status, there.github.state.pulls[0]?.state, issueIn(there).state]).toEqual([1, 'open', 'open']);
  expect([shownTitle(there) === 'Declined', issueIn(there).labels]).toEqual([false, labels]);
});

test('an edit that makes an approval void closes the pull request of a locked issue', async () => {
  const there = await proposed();
  there.github.edit(77, changeBody({ 'Scheduled start': '2027-01-06T23:30' }));
  issueIn(there).locked = true;
  expect([(await run(there, 'issues-edited')).status, pullOf(there)]).toEqual([1, CLOSED]);
});

describe('the daily run closes the pull request', () => {
  test('of an issue that was closed while no run could say so', async () => {
    const there = await proposed();
    issueIn(there).state = 'closed';
    expect([(await run(there, daily)).status, pullOf(there)]).toEqual([0, CLOSED]);
  });

  test('of an issue that is in another repository, to which GitHub redirects', async () => {
    const there = await proposed();
    const { github } = there;
    github.state.issues.push({ ...issueIn(there), number: 99 });
    const location = `${github.url}/repos/${github.state.owner}/${github.state.name}/issues/99`;
    github.fault('issues/get', { status: 301, headers: { location } });
    await run(there, daily);
    expect(pullOf(there)).toEqual(CLOSED);
  });

  test('of an issue that is no more here, and leaves those of others alone', async () => {
    const there = await proposed();
    const { github } = there;
    github.open({ number: 90, user: 'mallory-muir', head: { ref: 'change/issue-78' } });
    github.remove(77);
    expect([(await run(there, daily)).status, pullOf(there)]).toEqual([0, CLOSED]);
    expect(github.state.pulls.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(github.violations).toEqual([]);
  });
});

describe('a comment of a lead after their approval', () => {
  test('that somebody else edited may have been a decline, so the approval is void', async () => {
    const there = await proposed();
    const { id } = there.github.comment(77, { user: LEAD, body: '/decline no longer' });
    there.github.editComment(id, { body: 'Fine.', by: 'mallory-muir' });
    await run(there, daily);
    expect(pullOf(there)).toEqual(CLOSED);
    expect(shownComment(there)).toContain("Somebody edited a lead's comment");
    there.github.comment(77, { user: LEAD, body: '/approve' });
    await run(there, 'issue-comment-created');
    expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(there.github.violations).toEqual([]);
  });

  test.each([
    ['that they edited themselves', LEAD, LEAD],
    ['of somebody who decides nothing', 'service-team', 'mallory-muir'],
  ])('%s changes nothing', async (_, user, by) => {
    const there = await proposed();
    const { id } = there.github.comment(77, { user, body: 'Looks god' });
    there.github.editComment(id, { body: 'Looks good', by });
    await run(there, daily);
    expect(pullOf(there)).toEqual(OPEN);
  });
});

describe('the words that somebody who joins has done something', () => {
  const ROBIN = joinBody({ 'Who will join': 'Robin Hale', 'Their GitHub name': 'robin-hale' });

  async function joining(): Promise<Repository> {
    const there = await repositoryWith({ body: joinBody(), user: 'zoe-quinn' });
    await run(there, 'issues-opened');
    return there;
  }
  const say = (there: Repository, user = 'leah-goldstein', items = JOIN_ITEMS) =>
    there.github.comment(77, { user, body: `/done ${items}` });

  test('are not of whoever the issue named for a while, before a run had read them', async () => {
    const there = await joining();
    there.github.edit(77, ROBIN);
    say(there);
    there.github.edit(77, joinBody());
    await run(there, 'issues-edited');
    expect([shownComment(there).includes('please say so again'), there.github.state.pulls]).toEqual([
      true,
      [],
    ]);
    await run(there, daily);
    expect(there.github.state.pulls).toEqual([]);
    say(there);
    await run(there, 'issue-comment-created');
    expect(there.github.state.pulls).toHaveLength(1);
    expect(ownComments(there)).toHaveLength(1);
  });

  test('that were read count on after an edit of something else', async () => {
    const there = await joining();
    const [first = '', ...others] = JOIN_ITEMS.split(' ');
    say(there, undefined, first);
    await run(there, 'issue-comment-created');
    there.github.edit(77, `${joinBody()}\n`);
    say(there, undefined, others.join(' '));
    await run(there, 'issue-comment-created');
    expect(there.github.state.pulls).toHaveLength(1);
  });

  test('count although somebody else has said a great deal before', async () => {
    const there = await joining();
    for (let i = 0; i < 210; i++) say(there, 'sian-pritchard', 'nothing');
    say(there);
    await run(there, 'issue-comment-created');
    expect(there.github.state.pulls).toHaveLength(1);
  });
});

test('a daily run takes no request for issues that are none of ours', async () => {
  const counts: number[] = [];
  for (const others of [0, 20]) {
    const there = await proposed();
    const { github } = there;
    const one = issueIn(there);
    for (let i = 0; i < others; i++)
      github.state.issues.push(
        Object.assign(structuredClone(one), {
          ...{ number: 1000 + i, id: 90_000 + i, node_id: `I_${1000 + i}`, body: 'The logo is ugly' },
          ...{ comments: [], labels: [], user: 'stranger' },
        }),
      );
    const before = github.requests.length;
    expect((await run(there, daily)).status).toBe(0);
    counts.push(github.requests.length - before);
  }
  expect(counts[1]).toBe(counts[0]);
});
