/** Writing a publication: completely or not at all, and only over an earlier one; reading the earlier calendars. */
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Piece } from '../../actions/lib/site/publication.ts';
import { previousFeeds, recover, unfit, writeAll } from '../../actions/lib/site/write.ts';
import { hostileHost } from '../hostile-host.ts';
import { contents, fill, folder } from '../process.ts';

const LIST = 'calendars/index.json';
const first: Piece[] = [
  { path: 'calendars/all.ics', text: 'BEGIN\r\n' },
  { path: 'who.json', text: '[]\n' },
  { path: 'calendars/all.ics', text: 'Zoë 😀\r\n' },
  { path: 'calendars/people/amara-osei.ics', text: 'old' },
  { path: LIST, text: '[]' },
];
const second: Piece[] = [
  { path: 'calendars/all.ics', text: 'new' },
  { path: LIST, text: '[1]' },
];
const files = (pieces: readonly Piece[]): [string, string][] =>
  [...Map.groupBy(pieces, ({ path }) => path)]
    .map(([path, own]): [string, string] => [path, own.map(({ text }) => text).join('')])
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

/** Pieces, some of which are written before a failure. */
function* failing(): Iterable<Piece> {
  yield* second;
  throw new Error('the disk is on fire');
}

describe('writing', () => {
  test('appends every piece to its file, and returns the size', () => {
    const out = join(folder(), 'deep/below/public');
    expect(writeAll(out, first)).toStrictEqual({ folder: out, files: 4, bytes: 26 });
    expect([...contents(out)]).toStrictEqual(files(first));
  });

  test('replaces the output as a whole, removes old files, and leaves no temporary folder', () => {
    const parent = folder();
    const out = join(parent, 'public');
    writeAll(out, first);
    writeAll(`${out}/`, second);
    expect([...contents(out)]).toStrictEqual(files(second));
    expect(readdirSync(parent)).toStrictEqual(['public']);
  });

  test('that fails leaves the old output byte for byte, and the next run works', () => {
    const parent = folder();
    const out = join(parent, 'public');
    writeAll(out, first);
    const before = contents(out);
    expect(() => writeAll(out, failing())).toThrow('the disk is on fire');
    expect(contents(out)).toStrictEqual(before);
    expect(readdirSync(parent)).toStrictEqual(['public']);
    writeAll(out, second);
    expect([...contents(out)]).toStrictEqual(files(second));
    expect(readdirSync(parent)).toStrictEqual(['public']);
  });

  test('that fails at first leaves no output at all', () => {
    const parent = folder();
    expect(() => writeAll(join(parent, 'public'), failing())).toThrow('the disk is on fire');
    expect(readdirSync(parent)).toStrictEqual([]);
  });

  test('does not include files of a killed run', () => {
    const parent = folder();
    const out = join(parent, 'public');
    fill(
      join(parent, '.public.new'),
      new Map([
        ['half.ics', 'BEGIN'],
        ['calendars/all.ics', 'half'],
      ]),
    );
    writeAll(out, second);
    expect([...contents(out)]).toStrictEqual(files(second));
    expect(readdirSync(parent)).toStrictEqual(['public']);
  });

  test('at the same time as another run to the same folder fails instead of mixing both', () => {
    const out = join(folder(), 'public');
    writeAll(out, first);
    function* beside(): Iterable<Piece> {
      yield { path: 'a.ics', text: 'ours' };
      // Every run begins by removing what a killed run left.
      rmSync(join(out, '..', '.public.new'), { recursive: true });
      fill(join(out, '..', '.public.new'), new Map([['a.ics', 'theirs, and longer']]));
      yield { path: 'b.ics', text: 'ours' };
    }
    expect(() => writeAll(out, beside())).toThrow('another run is publishing');
    expect([...contents(out)]).toStrictEqual(files(first));
  });
});

describe('a run that was killed', () => {
  test('between the two renames is recovered by the next, before that reads the old output', async () => {
    const parent = folder();
    const out = join(parent, 'public');
    const feed = { path: 'calendars/people/amara-osei.ics', name: 'On call: Amara Osei' };
    writeAll(out, [{ path: LIST, text: JSON.stringify([feed]) }]);
    renameSync(out, join(parent, '.public.old'));
    fill(join(parent, '.public.new'), new Map(second.map(({ path, text }) => [path, text])));
    expect(await previousFeeds(out)).toStrictEqual([]);
    recover(out);
    expect(await previousFeeds(out)).toStrictEqual([feed]);
    expect(unfit(out)).toBeUndefined();
    writeAll(out, second);
    expect([...contents(out)]).toStrictEqual(files(second));
    expect(readdirSync(parent)).toStrictEqual(['public']);
  });

  test('after the second rename is complete, and the old output is removed', () => {
    const parent = folder();
    const out = join(parent, 'public');
    writeAll(out, second);
    fill(join(parent, '.public.old'), new Map(first.map(({ path, text }) => [path, text])));
    recover(out);
    expect([...contents(out)]).toStrictEqual(files(second));
    writeAll(out, first);
    expect(readdirSync(parent)).toStrictEqual(['public']);
  });

  test('before anything was published leaves nothing to restore', () => {
    const parent = folder();
    recover(join(parent, 'public'));
    expect(readdirSync(parent)).toStrictEqual([]);
  });
});

describe('a folder', () => {
  const given = (make: (out: string) => void): string | undefined => {
    const parent = folder();
    make(join(parent, 'out'));
    return unfit(join(parent, 'out'))?.replace(parent, '…');
  };

  test.each<[string, (out: string) => void]>([
    ['that does not exist', () => {}],
    ['that is empty', (out) => mkdirSync(out)],
    ['that was published before', (out) => fill(out, new Map([[LIST, '[]']]))],
  ])('%s can be the output', (_, make) => expect(given(make)).toBeUndefined());

  test.each<[string, (out: string) => void, string]>([
    [
      'with files of somebody else',
      (out) => fill(out, new Map([['thesis.txt', 'x']])),
      '…/out holds files that were not published by rota; name an empty or a new folder',
    ],
    [
      'with a hidden file of somebody else',
      (out) => fill(out, new Map([['.git/HEAD', 'x']])),
      '…/out holds files that were not published by rota; name an empty or a new folder',
    ],
    ['that is a file', (out) => fill(join(out, '..'), new Map([['out', 'x']])), '…/out is not a folder'],
    [
      'that is a link to a folder',
      (out) => {
        fill(`${out}-real`, new Map([[LIST, '[]']]));
        symlinkSync(`${out}-real`, out);
      },
      '…/out is a symbolic link; name the folder itself',
    ],
    [
      'that is a link to nothing',
      (out) => symlinkSync(`${out}-gone`, out),
      '…/out is a symbolic link; name the folder itself',
    ],
  ])('%s cannot', (_, make, why) => expect(given(make)).toBe(why));
});

describe('the list of earlier calendars', () => {
  const feeds = [
    { path: 'calendars/all.ics', name: 'On call: everyone' },
    { path: 'calendars/people/zoe-akesson.ics', name: 'On call: Zoë' },
  ];
  const hostile = [
    { path: '../../etc/passwd', name: 'x' },
    { path: 'calendars/people/a.ics', name: 7 },
    { path: ['calendars/all.ics'], name: 'x' },
    { name: 'x' },
    null,
    'calendars/all.ics',
  ];

  test('is read from a folder, without paths that are not calendars', async () => {
    const root = folder(new Map([[LIST, JSON.stringify([...feeds, ...hostile])]]));
    expect(await previousFeeds(root)).toStrictEqual(feeds);
    expect(await previousFeeds(`${root}/`)).toStrictEqual(feeds);
  });

  test('is empty if the folder does not exist', async () => {
    expect(await previousFeeds(folder())).toStrictEqual([]);
    expect(await previousFeeds(join(folder(), 'nowhere'))).toStrictEqual([]);
  });

  test.each(['', '{', '{}', 'null', '"calendars/all.ics"', '<!doctype html>'])(
    'is not guessed from a list that reads %j',
    async (text) => {
      const root = folder(new Map([[LIST, text]]));
      await expect(previousFeeds(root)).rejects.toThrow(
        `${root}/calendars/index.json is not a list of calendars; without it, feeds that people subscribe to would disappear`,
      );
    },
  );

  /** A server on this machine with one response to everything; returns its address and the requests. */
  async function serving(status: number, body: string): Promise<{ address: string; asked: string[] }> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(status).end(body);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    onTestFinished(() => void server.close());
    return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
  }

  test('is read from the address of a site, with and without a final slash', async () => {
    const { address, asked } = await serving(200, JSON.stringify([...hostile, ...feeds]));
    for (const end of ['', '/', '/rota', '/rota/'])
      expect(await previousFeeds(`${address}${end}`)).toStrictEqual(feeds);
    expect(asked).toStrictEqual([
      'GET /calendars/index.json',
      'GET /calendars/index.json',
      'GET /rota/calendars/index.json',
      'GET /rota/calendars/index.json',
    ]);
  });

  test('is empty if the address responds with 404', async () => {
    const { address } = await serving(404, 'not found');
    expect(await previousFeeds(address)).toStrictEqual([]);
  });

  test('throws if a name is not of a length or form that calendars have', async () => {
    for (const name of ['x'.repeat(10_000), 'x'.repeat(251), 'On call: a\nb', 'On call: \u202ea']) {
      const { address } = await serving(200, JSON.stringify([...feeds, { path: 'calendars/all.ics', name }]));
      await expect(previousFeeds(address)).rejects.toThrow(
        `${address}/calendars/index.json has a name for calendars/all.ics that no calendar has`,
      );
    }
    const { address } = await serving(
      200,
      JSON.stringify([{ path: 'calendars/all.ics', name: '😀'.repeat(250) }]),
    );
    expect(await previousFeeds(address)).toHaveLength(1);
  });

  test('throws if there are too many', async () => {
    const { address } = await serving(200, `[${'1,'.repeat(200_000)}1]`);
    await expect(previousFeeds(address)).rejects.toThrow(
      `${address}/calendars/index.json lists 200001 calendars, and at most 200000 are read`,
    );
  });

  test('throws if the list is endless, or comes from elsewhere', async () => {
    const other = await hostileHost();
    const { url } = await hostileHost();
    await expect(previousFeeds(`${url}/endless`)).rejects.toThrow(
      /sends more than 32 MiB, which is not read; publish again/,
    );
    await expect(previousFeeds(`${url}/to/${other.host}`)).rejects.toThrow(
      `redirects to http://${other.host}, which is not followed`,
    );
    await expect(previousFeeds(`${url}/drip`, 300)).rejects.toThrow('does not respond');
    expect(other.requests).toEqual([]);
  });

  test.each([500, 503, 403])('throws if the address responds with %i', async (status) => {
    const { address } = await serving(status, '[]');
    await expect(previousFeeds(address)).rejects.toThrow(
      `${address}/calendars/index.json responded with status ${status}; publish again when it is back, or name a folder with --previous`,
    );
  });

  test('throws if the response is not a list', async () => {
    const { address } = await serving(200, '<!doctype html><title>Sign in</title>');
    await expect(previousFeeds(address)).rejects.toThrow(
      `${address}/calendars/index.json is not a list of calendars; without it, feeds that people subscribe to would disappear`,
    );
  });

  test('throws an error with the address if there is no response', async () => {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await new Promise((closed) => server.close(closed));
    await expect(previousFeeds(address)).rejects.toThrow(address);
  });
});
