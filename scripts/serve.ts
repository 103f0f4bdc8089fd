/** Serves a published folder on this machine, for a look before it is deployed. The only module that imports `sirv`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

/** A folder that is being served. */
export interface ServedSite {
  readonly address: string;
  readonly stop: () => void;
}

/** Serves a folder on loopback only, reading the files at each request; port 0 is any free port. */
export function serve(folder: string, port: number): Promise<ServedSite> {
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    // A file can vanish between the look for it and its opening: while the folder is published again, for example.
    response.on('pipe', (file) => file.on('error', () => response.destroy()));
    files(request, response, () => {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('there is no such page\n');
    });
  });
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
