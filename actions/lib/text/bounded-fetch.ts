/**
 * Bounds what a request can bring: the response comes from the host that was asked, and is of limited length once it is
 * unpacked. Its time is limited by the signal of the request, which holds until the last byte. Sends nothing itself.
 */

type Fetch = typeof globalThis.fetch;

/** A response that is not read, and why. */
export class RefusedResponse extends Error {
  override readonly name = 'RefusedResponse';
}

/** GitHub Pages redirects twice: to https, and to a folder. */
const MOST_REDIRECTS = 5;

/**
 * The function `send`, bounded: the body has been read when it returns. It follows redirects of a GET to the same host,
 * unless the request leaves them to the caller.
 */
export const boundedFetch =
  (send: Fetch, mostBytes: number): Fetch =>
  async (input, init) => {
    let request = new Request(input, init);
    for (let redirects = 0; ; redirects++) {
      const response = await send(new Request(request, { redirect: 'manual' }));
      const target = request.redirect === 'manual' ? undefined : targetOf(response, request.url);
      if (target === undefined) return whole(response, request.url, mostBytes);
      await response.body?.cancel();
      if (request.method !== 'GET' || redirects === MOST_REDIRECTS)
        throw new RefusedResponse(`${hostOf(request.url)} redirects to ${target}, which is not followed`);
      request = new Request(target, { headers: request.headers, signal: request.signal });
    }
  };

const hostOf = (url: string): string => new URL(url).host;

/** Where a response redirects to; throws if that is another host, or no longer encrypted. */
function targetOf({ status, headers }: Response, from: string): string | undefined {
  const location = headers.get('location');
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return undefined;
  const [source, target] = [new URL(from), URL.parse(location, from)];
  const isSame = target?.host === source.host && ['https:', source.protocol].includes(target.protocol);
  if (!isSame)
    throw new RefusedResponse(
      `${source.host} redirects to ${target?.origin ?? 'no address'}, which is not followed`,
    );
  return target.href;
}

/** The statuses of responses that have no body. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** The response with its whole body in memory; throws when that is too long. */
async function whole(response: Response, url: string, mostBytes: number): Promise<Response> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop ends the response.
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > mostBytes)
      throw new RefusedResponse(
        `${hostOf(url)} sends more than ${mostBytes / 1024 ** 2} MiB, which is not read`,
      );
    parts.push(part);
  }
  const { status, statusText, headers } = response;
  const body = BODILESS.has(status) ? null : Buffer.concat(parts);
  const read = new Response(body, { status, statusText, headers });
  Object.defineProperty(read, 'url', { value: response.url });
  return read;
}
