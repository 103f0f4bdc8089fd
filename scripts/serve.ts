/** Shows a published folder on this machine, for those who want to look before others do. The one home of `sirv`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

/** A folder that is being shown. */
export interface ServedSite {
  readonly address: string;
  readonly stop: () => void;
}

/** Serves a folder to this machine alone, as it stands at each request; port 0 is any free one. */
export function serve(folder: string, port: number): Promise<ServedSite> {
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) =>
    files(request, response, () => {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('there is no such page\n');
    }),
  );
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return new Promise((resolved, failed) => {
    server.on('error', failed).listen(port, '127.0.0.1', () => {
      resolved({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, stop });
    });
  });
}
