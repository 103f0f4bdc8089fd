/**
 * Classifies a failed request to GitHub by its status and headers, never by its message, which is meant for people.
 * Pure.
 */

/** The error that Octokit throws; it has a status but no response if no response arrived. */
interface Failure {
  readonly status: number;
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

const isFailure = (error: unknown): error is Failure =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number';

/** Whether GitHub, or the way to it, failed a request, or a part of a query. */
export const isOfGitHub = (error: unknown): boolean =>
  isFailure(error) || (typeof error === 'object' && error !== null && 'errors' in error);

/** Whether GitHub responded with this status. */
export const hasStatus = (error: unknown, status: number): boolean =>
  isFailure(error) && error.status === status;

/** Whether GitHub may have carried out the request despite the error: the connection was dropped, or a 5xx status. */
export const isLost = (error: unknown): boolean => !(isFailure(error) && error.status < 500);

/** The wait that GitHub's documentation prescribes for a rate limit without a time. */
const DEFAULT_WAIT_SECONDS = 60;

/** The headers of an answer of the GraphQL API, whose status is 200 at its rate limit, too. */
function limitedQuery(error: unknown): Readonly<Record<string, string | number | undefined>> | undefined {
  if (typeof error !== 'object' || error === null || !('errors' in error)) return undefined;
  const { errors, headers = {} } = error as { errors: unknown; headers?: Record<string, string> };
  return Array.isArray(errors) && errors.some((it) => it?.type === 'RATE_LIMITED') ? headers : undefined;
}

/** How many seconds to wait for a rate limit, by GitHub's clock; undefined for any other error. */
export function rateLimitSeconds(error: unknown): number | undefined {
  const limited = limitedQuery(error);
  if (limited !== undefined) return untilReset(limited);
  if (!isFailure(error) || (error.status !== 403 && error.status !== 429)) return undefined;
  const headers = error.response?.headers ?? {};
  const after = Number(headers['retry-after']);
  if (after > 0) return after;
  if (String(headers['x-ratelimit-remaining']) === '0') return untilReset(headers);
  return isRefusal(error) ? undefined : DEFAULT_WAIT_SECONDS;
}

function untilReset(headers: Readonly<Record<string, string | number | undefined>>): number {
  const seconds = Number(headers['x-ratelimit-reset']) - Date.parse(String(headers.date)) / 1000;
  return Number.isNaN(seconds) ? DEFAULT_WAIT_SECONDS : Math.max(Math.ceil(seconds) + 1, 0);
}

/**
 * Whether the token lacks the permission for the request. Such a response names the permissions that are sufficient;
 * the response of a rate limit does not.
 */
export const isForbidden = (error: unknown): boolean =>
  isFailure(error) && isRefusal(error) && rateLimitSeconds(error) === undefined;

const isRefusal = ({ status, response }: Failure): boolean =>
  status === 403 && response?.headers['x-accepted-github-permissions'] !== undefined;
