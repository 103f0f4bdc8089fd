// `rota serve`: serves the current files of an output, on loopback only.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../scripts/serve.ts';
import { rotaInProcess } from '../in-process.ts';
import { fill, folder } from '../process.ts';

const site = new Map([
  ['index.html', '<!doctype html>one'],
  ['calendars/all.ics', 'BEGIN:VCALENDAR\r\n'],
]);

test('"rota serve" prints the address, and serves the files as they are at each request', async () => {
  const root = folder(site);
  const script = join(import.meta.dirname, '../../scripts/rota.ts');
  const child = spawn(process.execPath, [script, 'serve', '--out', root, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  const line = await new Promise<string>((said) => child.stdout.setEncoding('utf8').once('data', said));
  const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(line)?.[0] ?? '';
  expect(line).toBe(`${root} is served at ${address} until you stop this with Ctrl+C\n`);
  expect(await (await fetch(address)).text()).toBe('<!doctype html>one');
  fill(root, new Map([['index.html', '<!doctype html>two']]));
  expect(await (await fetch(address)).text()).toBe('<!doctype html>two');
  const calendar = await fetch(`${address}calendars/all.ics`);
  expect(calendar.headers.get('content-type')).toContain('text/calendar');
  expect((await fetch(`${address}../package.json`)).status).toBe(404);
});

test('a file that is there and cannot be opened ends its own request only', async () => {
  const root = folder(site);
  // Unlike a file that has just vanished, a socket can be looked at and not opened every time.
  const socket = createServer();
  await new Promise<void>((listening) => socket.listen(join(root, 'odd.html'), listening));
  onTestFinished(() => void socket.close());
  const { address, stop } = await serve(root, 0);
  onTestFinished(stop);
  await expect(fetch(`${address}odd.html`).then((response) => response.text())).rejects.toThrow();
  expect(await (await fetch(address)).text()).toBe('<!doctype html>one');
});

test('a folder without a page, a port in use and an impossible port are usage errors', async () => {
  const root = folder(site);
  expect(await rotaInProcess(root, ['serve', '--out', 'nowhere'])).toMatchObject({
    status: 2,
    stderr: `rota: there is no page in ${join(root, 'nowhere')}; publish it with "rota publish --out nowhere"\n`,
  });
  const { address, stop } = await serve(root, 0);
  onTestFinished(stop);
  const { port } = new URL(address);
  expect(await rotaInProcess(root, ['serve', '--out', '.', '--port', port])).toMatchObject({
    status: 2,
    stderr: `rota: port ${port} is in use; name another with --port\n`,
  });
  expect((await rotaInProcess(root, ['serve', '--out', '.', '--port', '70000'])).status).toBe(2);
});
