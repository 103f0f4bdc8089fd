/** Requests to hosts on loopback that answer as no host should. */
import { describe, expect, test } from 'vitest';
import { boundedFetch } from '../../actions/lib/text/bounded-fetch.ts';
import { hostileHost } from '../hostile-host.ts';

const bounded = boundedFetch(fetch, 2 * 1024 ** 2);

/** The status and the text of a response, or the error. */
const outcome = (url: string, init?: RequestInit) =>
  bounded(url, init).then(
    async (response) => [response.status, await response.text(), response.url],
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe('a response', () => {
  test('is passed on with its status, its text and its address', async () => {
    const { url } = await hostileHost();
    expect(await outcome(`${url}/plain`)).toEqual([200, '[]', `${url}/plain`]);
    expect(await outcome(`${url}/empty`)).toEqual([204, '', `${url}/empty`]);
  });

  test.each(['endless', 'bomb'])('of too many bytes is not read: %s', async (kind) => {
    const { url, host } = await hostileHost();
    expect(await outcome(`${url}/${kind}`)).toBe(
      `RefusedResponse: ${host} sends more than 2 MiB, which is not read`,
    );
  });

  test('that never ends is given up when the signal says so', async () => {
    const { url } = await hostileHost();
    expect(await outcome(`${url}/drip`, { signal: AbortSignal.timeout(300) })).toMatch(/^TimeoutError/);
  });
});

describe('a redirect', () => {
  test('to another host or port is not followed', async () => {
    const [one, other] = [await hostileHost(), await hostileHost()];
    for (const host of [
      other.host,
      'example.org',
      `user@${other.host}`,
      one.host.replace('127.0.0.1', '127.0.0.2'),
    ])
      expect(await outcome(`${one.url}/to/${host}`)).toMatch(
        /^RefusedResponse: 127\.0\.0\.1:\d+ redirects to http:\/\/[^/]+, which is not followed$/,
      );
    expect(other.requests).toEqual([]);
  });

  test('to no address is not followed', async () => {
    const { url, host } = await hostileHost();
    expect(await outcome(`${url}/lost`)).toBe(
      `RefusedResponse: ${host} redirects to no address, which is not followed`,
    );
  });

  test('within the host is followed, but not in circles', async () => {
    const { url, host, requests } = await hostileHost();
    expect(await outcome(`${url}/moved`)).toEqual([200, '[]', `${url}/plain`]);
    expect(await outcome(`${url}/round`)).toBe(
      `RefusedResponse: ${host} redirects to ${url}/round, which is not followed`,
    );
    expect(requests).toHaveLength(2 + 6);
  });

  test('of what is written is not followed, nor one that the request leaves alone', async () => {
    const { url, host, requests } = await hostileHost();
    expect(await outcome(`${url}/moved`, { method: 'POST', body: '{}' })).toBe(
      `RefusedResponse: ${host} redirects to ${url}/plain, which is not followed`,
    );
    expect(await outcome(`${url}/moved`, { redirect: 'manual' })).toEqual([301, '', `${url}/moved`]);
    expect(requests).toEqual(['POST /moved', 'GET /moved']);
  });
});
