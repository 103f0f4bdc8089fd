/** The client against the stand-in: how often it tries, how long it waits, and what every request has. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { connect } from '../../actions/lib/github/connection.ts';
import { PullRequests } from '../../actions/lib/github/pulls.ts';
import { startGitHub } from './github.ts';

async function opened() {
  const github = await startGitHub({ pulls: [{ number: 7 }] });
  onTestFinished(() => github.stop());
  const { owner, name: repo, login } = github.state;
  const connection = connect({
    token: 'ghs_test',
    apiUrl: github.url,
    repository: { owner, repo },
    commentAuthor: login,
  });
  const pulls = new PullRequests(connection);
  const outcome = () => pulls.openNumbers().catch((error: { status: number }) => error.status);
  const asked = () => github.requests.map(({ status }) => status);
  return { github, outcome, asked };
}

/** A limit that is over by the time it is read, so that nothing is waited for. */
const OVER = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' };

describe('a rate limit', () => {
  test.each([403, 429])('%i is waited for twice and no more', async (status) => {
    const { github, outcome, asked } = await opened();
    github.fault('pulls/list', { status, headers: OVER }, { times: 2 });
    expect(await outcome()).toEqual([7]);
    github.fault('pulls/list', { status, headers: OVER }, { times: 3 });
    expect(await outcome()).toBe(status);
    expect(asked()).toEqual([status, status, 200, status, status, status]);
    expect(github.violations).toEqual([]);
  });

  test('of more than a minute is not waited for', async () => {
    const { github, outcome, asked } = await opened();
    github.fault('pulls/list', { status: 403, headers: { 'retry-after': '61' } });
    expect([await outcome(), asked()]).toEqual([403, [403]]);
  });
});

test('a want of permission is not tried again', async () => {
  const { github, outcome, asked } = await opened();
  github.fault('pulls/list', { status: 403 });
  expect([await outcome(), asked()]).toEqual([403, [403]]);
});
