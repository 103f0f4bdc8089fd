/** Requests of both kinds that are run again, taken back, or asked for again. */
import { expect, test } from 'vitest';
import { changeBody, swapBody } from '../requests/bodies.ts';
import {
  approved,
  daily,
  issueIn,
  PLANNED,
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

test.each(settled)('%s is not written to again for what it wrote itself', async (_, body, user) => {
  const there = await repositoryWith({ body, user });
  await approved(there);
  const before = writes(there).length;
  await run(there, 'issues-labeled');
  await run(there, daily);
  expect([there.github.state.pulls.length, writes(there).slice(before)]).toEqual([1, []]);
});

test.each(settled)('%s that its author closes is withdrawn, with its pull request', async (_, body, user) => {
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
});

test.each([
  [...settled[0], 'policies/services.yaml', 'name: Modernisation Platform\n', 'name: The Platform\n'],
  [...settled[1], 'rotas/people/paas.yaml', 'name: Ben Adeyemi\n', 'name: Benjamin Adeyemi\n'],
] as const)(
  '%s keeps its pull request when a choice gets another name',
  async (_, body, user, file, old, text) => {
    const there = await repositoryWith({ body, user });
    await approved(there);
    rewrite(there, file, old, text);
    await run(there, daily, '2027-01-04T05:47:00Z');
    expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['open']);
    expect(issueIn(there).labels).toEqual(['accepted-for-review']);
  },
);

test('a change whose service is gone is over all the same', async () => {
  const there = await repositoryWith({ body: changeBody() });
  await approved(there);
  const text = there.github.state.git.filesAt('change/issue-77')?.get(PLANNED) ?? '';
  there.github.merge(78);
  there.files.set(PLANNED, text);
  rewrite(there, 'policies/services.yaml', '  modernisation-platform:\n', '  the-platform:\n');
  await run(there, daily, '2027-01-07T05:47:00Z');
  expect(shownTitle(there)).toBe('This change is over');
});

const retaken: Readonly<Record<string, (there: Repository) => Promise<unknown>>> = {
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
  const there = await repositoryWith({ body, user });
  await approved(there);
  await retake(there);
  there.github.comment(77, { user: 'helene-marchetti', body: '/approve' });
  await run(there, 'issue-comment-created');
  expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['closed', 'open']);
  expect(shownComment(there)).toContain('#79');
  expect(there.github.violations).toEqual([]);
});
