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
