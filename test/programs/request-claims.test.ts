/** Claims of time off, from event to approval, on a loopback GitHub; and that nothing of them goes elsewhere. */
import { expect, test } from 'vitest';
import { published } from '../handbook.ts';
import { claimBody } from '../requests/bodies.ts';
import {
  approved,
  daily,
  issueIn,
  ownComments,
  repositoryWith,
  rewrite,
  run,
  sample,
  shownComment,
  shownTitle,
  writes,
} from './request-repository.ts';

const CLAIM = { body: claimBody(), user: 'sofia-marques' };

test('a claim gets one comment with its count, and an approval closes the issue', async () => {
  const there = await repositoryWith(CLAIM);
  const { status, report } = await run(there, 'issues-opened');
  expect([status, report]).toEqual([0, ['issue 77: judged']]);
  expect(shownTitle(there)).toBe('1.5 days (10.5 hours)');
  expect(issueIn(there).labels).toEqual(['accepted-for-review']);
  const before = writes(there).length;
  await run(there, daily, '2027-01-03T13:00:00Z');
  expect(writes(there).slice(before)).toEqual([]);
  there.github.comment(77, { user: 'samir-patel', body: '/approve' });
  expect(await run(there, 'issue-comment-created')).toEqual({ status: 0, report: ['issue 77: granted'] });
  expect([shownTitle(there), issueIn(there).state, issueIn(there).labels]).toEqual([
    'Approved: 1.5 days (10.5 hours)',
    'closed',
    [],
  ]);
  expect(ownComments(there)).toHaveLength(1);
  expect(there.github.violations).toEqual([]);
});

test('a run that was stopped after the approval was recorded completes it', async () => {
  const there = await repositoryWith(CLAIM);
  await approved(there, 'rosalind-achebe');
  issueIn(there).state = 'open';
  await run(there, daily, '2027-01-04T05:47:00Z');
  expect([shownTitle(there), issueIn(there).state]).toEqual(['Approved: 1.5 days (10.5 hours)', 'closed']);
});

test('what was granted stays on record, although the policy gives less by now, until a lead declines it', async () => {
  const there = await repositoryWith(CLAIM);
  await approved(there, 'samir-patel');
  const granted = shownComment(there);
  rewrite(there, 'policies/time-off.yaml', 'woken: 0.5 days', 'woken: 0.25 days');
  there.github.comment(77, { user: 'mallory', body: 'Thanks!' });
  expect((await run(there, 'issue-comment-created')).report).toEqual(['issue 77: granted']);
  expect(shownComment(there)).toBe(granted);
  there.github.comment(77, { user: 'samir-patel', body: '/decline It was a test.' });
  expect((await run(there, 'issue-comment-created')).report).toEqual(['issue 77: declined']);
});

test('nothing of a claim is in git, pull requests, the log, pages or calendars', async () => {
  const there = await repositoryWith({ ...CLAIM, body: claimBody({ 'First alert': '2027-01-03T02:17' }) });
  const main = there.github.state.git.refs.get('heads/main');
  const ran = [await run(there, 'issues-opened')];
  there.github.comment(77, { user: 'samir-patel', body: '/approve' });
  ran.push(await run(there, 'issue-comment-created'));
  expect(shownComment(there)).toContain('Sun 3 Jan 02&#58;17');
  const { git, pulls, statuses } = there.github.state;
  expect([...git.refs]).toEqual([['heads/main', main]]);
  expect([pulls, statuses]).toEqual([[], {}]);
  const canaries = /02:17|0\.5 days|1\.5 days|10\.5 hours|sofia|Sofia|woken/;
  expect(ran.flatMap(({ report }) => report).join('\n')).not.toMatch(canaries);
  // What is published depends on the handbook alone, which is what it was.
  for (const [path, text] of published(sample.texts))
    expect([path, /Sun 3 Jan 02(:|&#58;)17|10\.5 hours|time off in lieu: /.exec(text)?.[0]]).toEqual([
      path,
      undefined,
    ]);
});
