/** A client of one repository, with retries, a time limit for each request and patience with GitHub's rate limits. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Octokit } from '#github';
import { getOctokit, retry } from '#github';
import type { ActionContext } from './context.ts';
import { rateLimitSeconds } from './failures.ts';

/** A repository that can be talked to. */
export interface Connection {
  readonly octokit: Pick<Octokit, 'rest' | 'paginate'>;
  readonly at: { readonly owner: string; readonly repo: string };
  /** The login that our comments have. */
  readonly self: string;
}

type Hooked = Pick<Octokit, 'hook'>;

const REQUEST_TIMEOUT_MS = 30_000;

/** Every attempt names the version of the API and ends in time. */
function everyAttempt({ hook }: Hooked): void {
  hook.before('request', (options) => {
    options.headers['x-github-api-version'] = '2022-11-28';
    options.request.signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  });
}

/** More than this is not waited for within one run, and not more often than this. */
const LONGEST_WAIT_SECONDS = 60;
const MOST_WAITS = 2;

/**
 * Waits as long as a rate limit asks. The throttling plugin would also let one to three seconds pass between writes: a run
 * makes ten, one after the other, for somebody who waits for the answer.
 */
function waitForRateLimit({ hook }: Hooked): void {
  hook.wrap('request', async (request, options) => {
    for (let waits = 0; ; waits++) {
      try {
        return await request(options);
      } catch (error) {
        const seconds = rateLimitSeconds(error);
        if (seconds === undefined || seconds > LONGEST_WAIT_SECONDS || waits >= MOST_WAITS) throw error;
        await pause(seconds * 1000);
      }
    }
  });
}

/** Opens the way to the repository of a run; nothing is sent yet. */
export function connect({
  token,
  apiUrl,
  repository,
  commentAuthor,
}: Pick<ActionContext, 'token' | 'apiUrl' | 'repository' | 'commentAuthor'>): Connection {
  const options = {
    baseUrl: apiUrl,
    userAgent: 'rota-as-code',
    // The log of a job is ours; the plugin would warn in it of each retry.
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    // A rate limit is waited for as it asks, and not tried again before.
    retry: { doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
  };
  // In this order: a limit is waited for once the retries are over, and each attempt is timed by itself.
  const octokit = getOctokit(token, options, everyAttempt, retry, waitForRateLimit);
  return { octokit, at: repository, self: commentAuthor };
}
