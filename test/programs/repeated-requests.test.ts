/** Requests of both kinds that are run again, withdrawn, or requested again. */
import { expect, test } from 'vitest';
import { changeBody, swapBody } from '../requests/bodies.ts';
import {
  approved,
  daily,
  issueIn,
  type Repository,
  repositoryWith,
  rewrite,
  run,
  shownComment,
  shownTitle,
  writes,
} from './request-repository.ts';

const settled = [
  ['an approved change', changeBody(), 'service-team'],
  ['a swap', swapBody(), 'amara-osei'],
] as const;

test.each(settled)('%s is not written to again in response to its own writes', async (_, body, user) => {
  const there = await repositoryWith({ body, user });
  await approved(there);
  const before = writes(there).length;
  await run(there, 'issues-labeled');
  await run(there, daily);
  expect([there.github.state.pulls.length, writes(there).slice(before)]).toEqual([1, []]);
});

test.each(settled)(
  '%s that its author closes is withdrawn, and its pull request closed',
  async (_, body, user) => {
    const there = await repositoryWith({ body, user });
    await approved(there);
    issueIn(there).state = 'closed';
    await run(there, 'issues-closed');
    expect([shownTitle(there), issueIn(there).labels]).toEqual(['Closed', []]);
    expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['closed']);
    const before = writes(there).length;
    await run(there, 'issues-closed');
    await run(there, there.github.event('pull-request-closed', 78));
    expect(writes(there).slice(before)).toEqual([]);
    expect(there.github.violations).toEqual([]);
  },
);

test('a swap keeps its pull request when the name of a person changes', async () => {
  const there = await repositoryWith({ body: swapBody(), user: 'amara-osei' });
  await run(there, 'issues-opened');
  rewrite(there, 'rotas/people/paas.yaml', 'name: Ben Adeyemi\n', 'name: Benjamin Adeyemi\n');
  await run(there, daily, '2027-01-04T05:47:00Z');
  expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['open']);
  expect(issueIn(there).labels).toEqual(['accepted-for-review']);
});

// All cases of both kinds are in test/requests/reconcile.test.ts; here GitHub lists the closed pull request and the
// open one.
const undone: Readonly<Record<string, (there: Repository) => Promise<unknown>>> = {
  'closed and reopened': async (there) => {
    issueIn(there).state = 'closed';
    await run(there, 'issues-closed');
    issueIn(there).state = 'open';
    await run(there, 'issues-reopened');
  },
  'declined and reopened': async (there) => {
    there.github.comment(77, { user: 'helene-marchetti', body: '/decline not this week' });
    await run(there, 'issue-comment-created');
    issueIn(there).state = 'open';
    await run(there, 'issues-reopened');
  },
};

test.each(Object.entries(undone))('a change that is %s can be requested again', async (_, undo) => {
  const there = await repositoryWith({ body: changeBody() });
  await approved(there);
  await undo(there);
  there.github.comment(77, { user: 'helene-marchetti', body: '/approve' });
  await run(there, 'issue-comment-created');
  expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['closed', 'open']);
  expect(shownComment(there)).toContain('#79');
  expect(there.github.violations).toEqual([]);
});

test('one request that fails does not block the others', async () => {
  const there = await repositoryWith({ body: swapBody(), user: 'amara-osei' });
  const { state } = there.github;
  state.issues.push({ ...structuredClone(issueIn(there)), number: 76, comments: [] });
  there.github.fault('pulls/list', { status: 422 }, { nth: 2 });
  const { status, report } = await run(there, daily);
  expect([status, report[0]]).toEqual([1, 'issue 77: proposed']);
  expect(state.pulls.map(({ head }) => head.ref)).toEqual(['swap/issue-77']);
});

test('a comment on a pull request, and a pull request of another branch, concern no request', async () => {
  const there = await repositoryWith({ body: swapBody(), user: 'amara-osei' });
  await run(there, 'issues-opened');
  const before = there.github.requests.length;
  const { eventName, event } = there.github.issueEvent('issues-labeled', 77);
  const { issue } = event as { readonly issue: object };
  await run(there, { eventName, event: { ...event, issue: { ...issue, pull_request: {} } } });
  const pull = there.github.event('pull-request-closed', 78);
  const text = JSON.stringify(pull.event);
  await run(there, { ...pull, event: JSON.parse(text.replaceAll('swap/issue-77', 'swap/issue-077')) });
  await run(there, { ...pull, event: JSON.parse(text.replaceAll('example/handbook', 'mallory/handbook')) });
  expect(there.github.requests.slice(before)).toEqual([]);
});
