/** The client against the stand-in: number of attempts, waiting times, and headers of every request. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { connect } from '../../actions/lib/github/connection.ts';
import { isLost } from '../../actions/lib/github/failures.ts';
import { PullRequests } from '../../actions/lib/github/pulls.ts';
import { hostileHost } from '../hostile-host.ts';
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

describe('a response', () => {
  /** What a request to a host below a path fails with: without a status of GitHub, it may have been carried out. */
  async function refused(path: string, post: boolean) {
    const { url, requests } = await hostileHost();
    const { octokit, at } = connect({
      token: 'ghs_test',
      apiUrl: url + path,
      repository: { owner: 'example', repo: 'handbook' },
      commentAuthor: 'github-actions[bot]',
    });
    const request = post
      ? octokit.rest.issues.createComment({ ...at, issue_number: 7, body: 'x' })
      : octokit.rest.issues.get({ ...at, issue_number: 7 });
    const { message, lost } = await request.then(
      () => ({ message: 'read', lost: false }),
      (error: Error) => ({ message: error.message, lost: isLost(error) }),
    );
    return { message: message.replaceAll(new URL(url).host, 'host'), lost, requests };
  }

  test.each([false, true])('of more than 32 MiB is refused at once (a POST: %s)', async (post) => {
    const { message, lost, requests } = await refused('/endless', post);
    expect([message, lost]).toEqual(['host sends more than 32 MiB, which is not read', true]);
    expect(requests).toHaveLength(1);
  });

  test('that unpacks to more is refused', async () => {
    const { message } = await refused('/bomb', false);
    expect(message).toBe('host sends more than 32 MiB, which is not read');
  });

  test.each([false, true])(
    'from another host is refused, and the token is not sent there (a POST: %s)',
    async (post) => {
      const other = await hostileHost();
      const { message, requests } = await refused(`/to/${other.host}`, post);
      expect(message).toBe(`host redirects to http://${other.host}, which is not followed`);
      expect([requests.length, other.requests]).toEqual([1, []]);
    },
  );
});
