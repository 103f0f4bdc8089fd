/** A server on loopback that answers by the first part of the path, as no server should. Asserts nothing. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { listen } from './loopback.ts';

const MIB = 1024 ** 2;
/** 64 KiB, of which 64 MiB are unpacked. */
const BOMB = gzipSync(Buffer.alloc(64 * MIB, ' '));

/** Writes on and on, as fast as it is read, until the connection is closed. */
function pour(response: ServerResponse): void {
  const part = Buffer.alloc(MIB, ' ');
  const more = () => {
    while (!response.destroyed && response.write(part));
  };
  response.on('drain', more);
  more();
}

/** Writes a byte now and then. */
function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}

/** Its address, its host, and the paths of all requests so far. */
export async function hostileHost(): Promise<{ url: string; host: string; requests: readonly string[] }> {
  const requests: string[] = [];
  const { url, stop } = await listen(
    async (request, response) => {
      const { url: path = '' } = request;
      requests.push(`${request.method} ${path}`);
      const [, kind, rest = ''] = /^\/(\w+)\/?([^/?]*)/.exec(path) ?? [];
      const head = { 'content-type': 'application/json' };
      if (kind === 'endless') pour(response.writeHead(200, head));
      else if (kind === 'bomb') response.writeHead(200, { ...head, 'content-encoding': 'gzip' }).end(BOMB);
      else if (kind === 'drip') drip(response.writeHead(200, head));
      else if (kind === 'to') response.writeHead(302, { location: `http://${rest}/plain` }).end();
      else if (kind === 'round') response.writeHead(302, { location: '/round' }).end();
      else if (kind === 'moved') response.writeHead(301, { location: '/plain' }).end();
      else if (kind === 'lost') response.writeHead(301, { location: 'http://[' }).end();
      else if (kind === 'empty') response.writeHead(204).end();
      else response.writeHead(200, head).end('[]');
    },
    () => {},
  );
  onTestFinished(stop);
  return { url, host: new URL(url).host, requests };
}
