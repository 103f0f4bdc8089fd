/** HTTP on loopback, for the stand-ins for GitHub and PagerDuty. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The whole body of a request: JSON is parsed, other text is unchanged, an empty body is undefined. */
export async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Serves on a free port until stopped. An error that `serve` throws is passed to `broken`; the response is an empty
 * 500.
 */
export async function listen(
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  broken: (what: string) => void,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      broken(`the stand-in broke: ${error instanceof Error ? error.stack : error}`);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
