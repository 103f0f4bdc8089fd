// The action as GitHub runs it: a child process, a real checkout, and an earlier publication on loopback.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { linksIn } from '../../actions/lib/site/write.ts';
import { runAction } from '../github/runner.ts';
import { SAMPLE } from '../handbook.ts';
import { contents, fill, folder, git } from '../process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'actions/publish/action.yml');
const NOW = '2026-11-21T12:00:00Z';

/** A checkout of the sample handbook, with the site at an address on this machine. */
function checkout(site: string): string {
  const repo = mkdtempSync(join(tmpdir(), 'checkout-'));
  onTestFinished(() => rmSync(repo, { recursive: true }));
  for (const part of ['rotas', 'policies']) cpSync(join(SAMPLE, part), join(repo, part), { recursive: true });
  const file = join(repo, 'policies/publishing.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^site: \S+/m, `site: ${site}`));
  git(repo, '2026-11-01T00:00:00Z', 'init', '-q', '-b', 'main');
  git(repo, '2026-11-01T00:00:00Z', 'add', '-A');
  git(repo, '2026-11-01T00:00:00Z', 'commit', '-qm', 'base');
  return repo;
}

/** A site that responds with this list of calendars. */
async function site(status: number, list: unknown): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(list)));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const run = (repo: string, inputs: Readonly<Record<string, string>> = {}) =>
  runAction({
    main,
    inputs: { now: NOW, ...inputs },
    eventName: 'push',
    event: {},
    env: { GITHUB_WORKSPACE: repo },
    cwd: repo,
  });

test('publishes the same as the command line, and keeps a calendar whose owner was removed', async () => {
  const gone = { path: 'calendars/people/somebody-gone.ics', name: 'On call: Somebody Gone' };
  const repo = checkout(await site(200, [gone]));
  const { status, outputs, summary, annotations } = await run(repo);
  expect([status, annotations.filter(({ level }) => level === 'error')]).toStrictEqual([0, []]);
  const files = contents(join(repo, '_site'));
  expect(outputs.files).toBe(String(files.size));
  expect(summary).toContain(`Published ${files.size} files`);
  expect(files.get(gone.path)).toContain('NAME:On call: no longer in use');
  expect(files.get(gone.path)).not.toContain('BEGIN:VEVENT');
  for (const asset of ['site.css', 'now.js', 'icon.svg'])
    expect(files.get(asset)).toBe(readFileSync(join(root, 'actions/lib/site/page', asset), 'utf8'));
  const commit = git(repo, NOW, 'rev-parse', 'HEAD').trim();
  expect(files.get('index.html')).toContain(`commit <code>${commit.slice(0, 10)}</code>`);
});

test('publishes a handbook in a folder like one at the top', async () => {
  const [address, sites] = [await site(404, ''), [] as ReadonlyMap<string, string>[]];
  for (const desk of ['.', 'desk']) {
    const repo = checkout(address);
    if (desk !== '.') {
      mkdirSync(join(repo, desk));
      git(repo, '2026-11-01T00:00:00Z', 'mv', 'rotas', 'policies', desk);
      git(repo, '2026-11-01T00:00:00Z', 'commit', '-q', '--amend', '-m', 'base');
    }
    const { status, annotations } = await run(repo, { root: desk });
    expect([status, annotations.filter(({ level }) => level === 'error')]).toStrictEqual([0, []]);
    const commit = git(repo, NOW, 'rev-parse', 'HEAD').trim();
    const files = [...contents(join(repo, '_site'))];
    sites.push(new Map(files.map(([path, text]) => [path, text.replaceAll(commit.slice(0, 10), 'COMMIT')])));
  }
  expect(sites[1]).toStrictEqual(sites[0]);
  expect(sites[1]?.get('index.html')).toContain('<code>COMMIT</code>');
});

test('a second run gives the same bytes, except for the line with the time of the check', async () => {
  const repo = checkout(await site(404, ''));
  await run(repo);
  const before = contents(join(repo, '_site'));
  await run(repo, { now: '2026-11-21T12:07:00Z' });
  const differing = [...contents(join(repo, '_site'))].flatMap(([path, text]) => {
    const lines = before.get(path)?.split('\n') ?? [];
    return text.split('\n').filter((line, i) => line !== lines[i]);
  });
  expect(new Set(differing.map((line) => line.replace(/<[^>]+>/g, '')))).toStrictEqual(
    new Set(['checked at Sat 21 Nov 2026, 12:07 UTC']),
  );
});

test('what is committed is published, although attributes make every checkout differ from it', async () => {
  const repo = checkout(await site(200, []));
  const clean = checkout(await site(200, []));
  const name = 'rotas/paas/in-hours.yaml';
  // What the encoding has: in British ASCII, the sign for pounds is where others have that of comments.
  const plain = readFileSync(join(repo, name), 'utf8').replaceAll(/#.*|[^\n -}]/g, '');
  const text = plain.replace(/^name: .*/m, 'name: In hours £ five');
  const site80 = readFileSync(join(repo, 'policies/publishing.yaml'), 'utf8');
  for (const it of [repo, clean])
    fill(
      it,
      new Map([
        [name, text],
        ['policies/publishing.yaml', site80],
        ['rotas/notes.md', 'a\r\n'],
      ]),
    );
  for (const it of [repo, clean]) {
    git(it, NOW, 'add', '-A');
    git(it, NOW, 'commit', '-qm', 'text');
  }
  // The blobs stay as they are; a checkout writes other bytes, and is never clean.
  writeFileSync(
    join(repo, '.gitattributes'),
    `${name} working-tree-encoding=ISO646-GB\nrotas/notes.md text\n`,
  );
  git(repo, NOW, 'add', '.gitattributes');
  git(repo, NOW, 'commit', '-qm', 'attributes');
  rmSync(join(repo, 'rotas'), { recursive: true });
  git(repo, NOW, 'checkout', '-q', '.');
  expect(readFileSync(join(repo, name), 'utf8')).not.toBe(text);
  expect(git(repo, NOW, 'status', '--porcelain')).toContain('rotas/notes.md');
  const [one, other] = [await run(repo), await run(clean)];
  expect([one.status, other.status]).toEqual([0, 0]);
  const of = (it: string) =>
    [...contents(join(it, '_site'))].map(([file, own]) => [file, own.replaceAll(/[0-9a-f]{7,40}/g, '')]);
  expect(of(repo)).toEqual(of(clean));
});

test('a handbook with errors is not published, and the old output stays', async () => {
  const repo = checkout(await site(404, ''));
  await run(repo);
  const before = contents(join(repo, '_site'));
  const file = join(repo, 'rotas/paas/in-hours.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('[amara-osei', '[amara-oseo'));
  git(repo, NOW, 'commit', '-qam', 'a mistake');
  const { status, annotations, summary, outputs } = await run(repo);
  expect([status, outputs.files]).toStrictEqual([1, '0']);
  expect(annotations).toMatchObject([
    { level: 'error', file: 'rotas/paas/in-hours.yaml', title: 'known-names' },
  ]);
  expect(summary).toContain('Nothing was published, because the handbook has errors.');
  expect(contents(join(repo, '_site'))).toStrictEqual(before);
});

test('nothing is published if the list of earlier calendars cannot be read', async () => {
  const repo = checkout(await site(503, ''));
  const { status, annotations } = await run(repo);
  expect(status).toBe(1);
  expect(annotations.at(-1)?.message).toContain('responded with status 503');
});

test('the folder of the last publication is relative to the workspace, and refused if it does not exist', async () => {
  const gone = { path: 'calendars/people/somebody-gone.ics', name: 'On call: Somebody Gone' };
  const repo = checkout(await site(503, ''));
  fill(repo, new Map([['last/calendars/index.json', JSON.stringify([gone])]]));
  expect((await run(repo, { previous: 'last' })).status).toBe(0);
  expect(contents(join(repo, '_site')).has(gone.path)).toBe(true);
  const { status, annotations } = await run(repo, { previous: 'lats' });
  expect([status, annotations.at(-1)?.message]).toStrictEqual([
    1,
    `there is no folder ${join(repo, 'lats')}; name the folder that holds the last publication`,
  ]);
  expect(contents(join(repo, '_site')).has(gone.path)).toBe(true);
});

test('a shallow checkout is refused', async () => {
  const repo = checkout(await site(404, ''));
  git(repo, NOW, 'commit', '-q', '--allow-empty', '-m', 'more');
  const shallow = mkdtempSync(join(tmpdir(), 'shallow-'));
  onTestFinished(() => rmSync(shallow, { recursive: true }));
  git(shallow, NOW, 'clone', '-q', '--depth', '1', `file://${repo}`, '.');
  const { status, annotations } = await run(shallow);
  expect([status, annotations[0]?.message]).toStrictEqual([
    1,
    'this checkout is shallow, and calendars need the full history to detect changes; check out with fetch-depth: 0',
  ]);
});

test('an output that is a link is refused, and links in an output are found', async () => {
  const repo = checkout(await site(404, ''));
  mkdirSync(join(repo, 'elsewhere'));
  symlinkSync(join(repo, 'elsewhere'), join(repo, '_site'));
  const { status, annotations } = await run(repo);
  expect([status, annotations.at(-1)?.message]).toStrictEqual([
    1,
    `${join(repo, '_site')} is a symbolic link; name the folder itself`,
  ]);
  const out = folder(new Map([['calendars/all.ics', 'x']]));
  expect(linksIn(out)).toStrictEqual([]);
  symlinkSync('/etc/passwd', join(out, 'calendars/secret.ics'));
  expect(linksIn(out)).toStrictEqual([join(out, 'calendars/secret.ics')]);
});
