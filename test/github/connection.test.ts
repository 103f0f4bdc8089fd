/** The client against the stand-in: number of attempts, waiting times, and headers of every request. */
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
  const outcome = () =>
    pulls.open().then(
      (all) => all.map(({ number }) => number),
      (error: { status: number }) => error.status,
    );
  const statuses = () => github.requests.map(({ status }) => status);
  return { github, outcome, statuses };
}

/** A limit that has already been reset when it is read, so that the client does not wait. */
const OVER = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' };

describe('a rate limit', () => {
  test.each([403, 429])('of status %i is waited for at most twice', async (status) => {
    const { github, outcome, statuses } = await opened();
    github.fault('pulls/list', { status, headers: OVER }, { times: 2 });
    expect(await outcome()).toEqual([7]);
    github.fault('pulls/list', { status, headers: OVER }, { times: 3 });
    expect(await outcome()).toBe(status);
    expect(statuses()).toEqual([status, status, 200, status, status, status]);
    expect(github.violations).toEqual([]);
  });

  test('of more than a minute is not waited for', async () => {
    const { github, outcome, statuses } = await opened();
    github.fault('pulls/list', { status: 403, headers: { 'retry-after': '61' } });
    expect([await outcome(), statuses()]).toEqual([403, [403]]);
  });
});

test('a missing permission is not retried', async () => {
  const { github, outcome, statuses } = await opened();
  github.fault('pulls/list', { status: 403 });
  expect([await outcome(), statuses()]).toEqual([403, [403]]);
});
