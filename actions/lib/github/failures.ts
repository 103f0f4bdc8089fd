/** What a failed request to GitHub means, read from its status and headers; its messages are for people. Pure. */

/** The answer that Octokit throws; a status without headers is its own word for an answer that never came. */
interface Failure {
  readonly status: number;
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

const isFailure = (error: unknown): error is Failure =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number';

/** Whether GitHub answered with this status. */
export const hasStatus = (error: unknown, status: number): boolean =>
  isFailure(error) && error.status === status;

/** Whether GitHub may have done what it should although no good answer came: a dropped connection, a fault of its own. */
export const isLost = (error: unknown): boolean => !(isFailure(error) && error.status < 500);

/** GitHub's documentation says to wait so long where a rate limit does not say how long. */
const UNSAID_SECONDS = 60;

/** How many seconds a rate limit asks to wait, by GitHub's clock; undefined for an error that is none. */
export function rateLimitSeconds(error: unknown): number | undefined {
  if (!isFailure(error) || (error.status !== 403 && error.status !== 429)) return undefined;
  const headers = error.response?.headers ?? {};
  const after = Number(headers['retry-after']);
  if (after > 0) return after;
  if (String(headers['x-ratelimit-remaining']) === '0') {
    const seconds = Number(headers['x-ratelimit-reset']) - Date.parse(String(headers.date)) / 1000;
    return Number.isNaN(seconds) ? UNSAID_SECONDS : Math.max(Math.ceil(seconds) + 1, 0);
  }
  return isRefusal(error) ? undefined : UNSAID_SECONDS;
}

/**
 * Whether the token may not do what it was used for. Such an answer names the permissions that would do, which that of a
 * rate limit does not.
 */
export const isForbidden = (error: unknown): boolean =>
  isFailure(error) && isRefusal(error) && rateLimitSeconds(error) === undefined;

const isRefusal = ({ status, response }: Failure): boolean =>
  status === 403 && response?.headers['x-accepted-github-permissions'] !== undefined;
