/** Classification of failed requests by status and headers only. */
import { describe, expect, test } from 'vitest';
import { hasStatus, isForbidden, isLost, rateLimitSeconds } from '../../actions/lib/github/failures.ts';

const failure = (status: number, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  response: { headers: { date: 'Sat, 21 Nov 2026 12:00:00 GMT', ...headers } },
});
/** 2026-11-21T12:00:41Z. */
const RESET = '1795262441';
const PERMISSIONS = { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' };

describe('a rate limit', () => {
  test.each<[what: string, error: unknown, seconds: number | undefined]>([
    ['says how long', failure(403, { 'retry-after': '7' }), 7],
    ['says how long, in the other status', failure(429, { 'retry-after': '7' }), 7],
    ['is used up until', failure(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': RESET }), 42],
    ['is over already', failure(429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }), 0],
    ['does not say until when', failure(403, { 'x-ratelimit-remaining': '0' }), 60],
    ['does not say how long', failure(403, { 'x-ratelimit-remaining': '12' }), 60],
    [
      'is that of queries, whose status is 200',
      {
        errors: [{ type: 'RATE_LIMITED' }],
        headers: { ...failure(200).response.headers, 'x-ratelimit-reset': RESET },
      },
      42,
    ],
    ['is none: another error of a query', { errors: [{ type: 'FORBIDDEN' }], headers: {} }, undefined],
    ['names permissions, and is one', failure(403, { 'retry-after': '7', ...PERMISSIONS }), 7],
    ['is none: a want of permission', failure(403, PERMISSIONS), undefined],
    ['is none: another status', failure(404, { 'retry-after': '7' }), undefined],
    ['is none: no answer', new Error('socket hang up'), undefined],
  ])('%s', (_, error, seconds) => {
    expect(rateLimitSeconds(error)).toBe(seconds);
  });
});

test.each<[what: string, error: unknown, forbidden: boolean, lost: boolean]>([
  ['a missing permission', failure(403, PERMISSIONS), true, false],
  [
    'a want of permission, with calls left',
    failure(403, { ...PERMISSIONS, 'x-ratelimit-remaining': '7' }),
    true,
    false,
  ],
  ['a rate limit', failure(403, { 'retry-after': '7' }), false, false],
  [
    'a rate limit that names permissions',
    failure(403, { ...PERMISSIONS, 'x-ratelimit-remaining': '0' }),
    false,
    false,
  ],
  ['a missing resource', failure(404, PERMISSIONS), false, false],
  ['a server error', failure(502), false, true],
  ['a dropped connection, as Octokit reports it', { status: 500 }, false, true],
  ['another error', new Error('Resource not accessible by integration'), false, true],
])('%s', (_, error, forbidden, lost) => {
  expect([isForbidden(error), isLost(error)]).toEqual([forbidden, lost]);
});

test('a status is compared by its number', () => {
  expect([hasStatus(failure(404), 404), hasStatus(failure(404), 410), hasStatus(undefined, 404)]).toEqual([
    true,
    false,
    false,
  ]);
});
