/** A client of one repository, with retries, a timeout for each request, and waiting for GitHub's rate limits. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Octokit } from '#github';
import { getOctokit, retry } from '#github';
import { boundedFetch, RefusedResponse } from '../text/bounded-fetch.ts';
import type { ActionContext } from './context.ts';
import { rateLimitSeconds } from './failures.ts';

/** A client and the repository that its requests are about. */
export interface Connection {
  readonly octokit: Pick<Octokit, 'rest' | 'paginate' | 'graphql'>;
  readonly at: { readonly owner: string; readonly repo: string };
  /** The login that our comments have. */
  readonly self: string;
}

type Hooked = Pick<Octokit, 'hook'>;

const REQUEST_TIMEOUT_MS = 30_000;

/** A page of a hundred comments, each of the 65,536 characters that GitHub allows, in four bytes each. */
const MOST_RESPONSE_BYTES = 32 * 1024 ** 2;

/** The status of a response that is not read: GitHub never sends it, and a write may have happened. */
const REFUSED = 520;

/** Sets the API version, the timeout and the bounds of every attempt. */
function everyAttempt({ hook }: Hooked): void {
  hook.before('request', (options) => {
    options.headers['x-github-api-version'] = '2022-11-28';
    options.request.signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    options.request.fetch = boundedFetch(globalThis.fetch, MOST_RESPONSE_BYTES);
  });
  // Another attempt would bring the same.
  hook.error('request', (error) => {
    throw error.cause instanceof RefusedResponse ? Object.assign(error, { status: REFUSED }) : error;
  });
}

/** A longer wait, or a further one, fails the request. */
const MAX_WAIT_SECONDS = 60;
const MAX_WAITS = 2;

/**
 * Waits as long as a rate limit requires. The throttling plugin would also pause one to three seconds between writes: a
 * run sends about ten in sequence, while the author of the issue waits for the result.
 */
function waitForRateLimit({ hook }: Hooked): void {
  hook.wrap('request', async (request, options) => {
    for (let waits = 0; ; waits++) {
      try {
        return await request(options);
      } catch (error) {
        const seconds = rateLimitSeconds(error);
        if (seconds === undefined || seconds > MAX_WAIT_SECONDS || waits >= MAX_WAITS) throw error;
        await pause(seconds * 1000);
      }
    }
  });
}

/** Creates a client of the repository of a run; sends nothing. */
export function connect({
  token,
  apiUrl,
  repository,
  commentAuthor,
}: Pick<ActionContext, 'token' | 'apiUrl' | 'repository' | 'commentAuthor'>): Connection {
  const options = {
    baseUrl: apiUrl,
    userAgent: 'rota-as-code',
    // Keeps the retry plugin from writing a warning for each retry to the job log.
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    // 403 and 429 are left to waitForRateLimit.
    retry: { doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451, REFUSED] },
  };
  // The order matters: rate limits are handled after the retries, and each attempt has its own timeout.
  const octokit = getOctokit(token, options, everyAttempt, retry, waitForRateLimit);
  return { octokit, at: repository, self: commentAuthor };
}
