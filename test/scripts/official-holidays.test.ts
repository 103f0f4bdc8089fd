/** A holiday list compared with an official one, from a file and from a server on loopback; what survives a re-run. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { load } from '../../actions/lib/load/load.ts';
import { dateText } from '../../actions/lib/time/date.ts';
import { holidayList } from '../../scripts/holiday-list.ts';
import { officialHolidays } from '../../scripts/official-holidays.ts';
import { rotaInProcess } from '../in-process.ts';
import { listen } from '../loopback.ts';

/** An official list of what we know ourselves, with a day more and a day less. */
function official(without: readonly string[] = [], more: Readonly<Record<string, string>> = {}): string {
  const events = (region: string) =>
    Object.entries({ ...holidayList(region, [2026, 2027]).holidays, ...more })
      .filter(([date]) => !without.includes(date))
      .map(([date, title]) => ({ title, date, notes: '', bunting: true }));
  return JSON.stringify({
    'england-and-wales': { division: 'england-and-wales', events: events('GB-ENG') },
    scotland: { division: 'scotland', events: events('GB-SCT') },
  });
}

const folder = () => mkdtempSync(join(tmpdir(), 'holidays-'));

/** Compares the list of a region with a text in a file. */
function compared(text: string, region = 'GB-ENG', years = '2026-2030', ...more: readonly string[]) {
  const root = folder();
  writeFileSync(join(root, 'official.json'), text);
  return rotaInProcess(root, ['holidays', region, '--years', years, '--compare', 'official.json', ...more]);
}

describe('compared with an official list in a file', () => {
  test('a list without a difference in the years of both is printed, with status 0', async () => {
    const { status, stdout, stderr } = await compared(official());
    expect([status, stderr]).toStrictEqual([0, '']);
    expect(stdout).toContain('complete_until: 2030-12-31\n');
    expect((await compared(official(), 'GB-SCT')).status).toBe(0);
  });

  test('each day that only one has is listed, with status 1', async () => {
    const text = official(['2026-05-04'], { '2026-06-16': 'Once' });
    const { status, stderr } = await compared(text);
    expect(status).toBe(1);
    expect(stderr).toBe(
      '2026-05-04 (Early May bank holiday) is not in the official list; check whether it is a holiday\n' +
        '2026-06-16 (Once) is only in the official list; add it under "added"\n',
    );
    const json = JSON.parse((await compared(text, 'GB-ENG', '2026', '--format', 'json')).stdout);
    expect(json.differences).toStrictEqual([
      { date: '2026-05-04', name: 'Early May bank holiday', only_in: 'this list' },
      { date: '2026-06-16', name: 'Once', only_in: 'the official list' },
    ]);
  });

  test('control characters of a title do not reach the terminal', async () => {
    const { stderr } = await compared(official([], { '2026-06-16': 'On\u001b[31mce\u202e' }));
    expect([stderr.includes('\u001b'), stderr.includes('\u202e'), stderr.includes('On')]).toStrictEqual([
      false,
      false,
      true,
    ]);
  });

  test.each([
    ['not JSON', 'no'],
    ['a list', '[]'],
    ['no division', '{}'],
    ['a division without events', '{"scotland": {"events": []}}'],
    ['an event without a date', '{"scotland": {"events": [{"title": "A day"}]}}'],
    ['a date that does not exist', '{"scotland": {"events": [{"title": "A day", "date": "2026-02-30"}]}}'],
    ['a prototype', '{"__proto__": {"events": 1}}'],
  ])('%s is a usage error', async (_, text) => {
    expect(await compared(text)).toStrictEqual({
      status: 2,
      stdout: '',
      stderr: 'rota: official.json is no list of holidays in the format of gov.uk/bank-holidays.json\n',
    });
  });

  test('a region that the list does not have, and years that it does not have, are usage errors', async () => {
    expect((await compared(official(), 'DE-BY')).stderr).toContain(
      'rota: the official list has england-and-wales, scotland, and none of these is known to be DE-BY\n',
    );
    expect((await compared(official(), 'GB-ENG', '2029')).stderr).toBe(
      'rota: the official list has 2026 to 2027, and none of these years is in this list\n',
    );
    expect(
      (await rotaInProcess(folder(), ['holidays', 'GB-ENG', '--years', '2026', '--compare', 'x.json']))
        .stderr,
    ).toBe('rota: there is no file x.json\n');
  });

  test('the only division of a list is that of any region', async () => {
    const events = Object.entries(holidayList('DE-BY', [2026, 2026]).holidays).map(([date, title]) => ({
      date,
      title,
    }));
    expect((await compared(JSON.stringify({ bayern: { events } }), 'DE-BY', '2026')).status).toBe(0);
  });
});

const REMEDY = 'try again later, or name a file\n';

describe('from an address', () => {
  const from = async (
    serve: (request: IncomingMessage, response: ServerResponse) => void,
    path = '/bank-holidays.json',
  ) => {
    const broken: string[] = [];
    const server = await listen(
      async (request, response) => serve(request, response),
      (what) => broken.push(what),
    );
    try {
      const address = server.url + path;
      const { status, stderr } = await rotaInProcess(folder(), [
        'holidays',
        'GB-ENG',
        '--years',
        '2026',
        '--compare',
        address,
      ]);
      return [status, stderr.replaceAll(address, 'ADDRESS').replaceAll(new URL(address).host, 'HOST')];
    } finally {
      await server.stop();
    }
  };

  test('the list is fetched, also by way of a redirect on the same host', async () => {
    expect(await from((_, response) => response.end(official()))).toStrictEqual([0, '']);
    expect(
      await from(
        (request, response) =>
          request.url === '/'
            ? response.writeHead(302, { location: '/list' }).end()
            : response.end(official()),
        '/',
      ),
    ).toStrictEqual([0, '']);
  });

  test('a redirect to another host, or without an end, is not followed', async () => {
    const to = (location: string) => from((_, response) => response.writeHead(302, { location }).end());
    const refused = (target: string) =>
      `rota: ADDRESS is refused: HOST redirects to ${target}, which is not followed; ${REMEDY}`;
    expect(await to('https://example.org/')).toStrictEqual([3, refused('https://example.org')]);
    expect(await to('http://127.0.0.1:1/')).toStrictEqual([3, refused('http://127.0.0.1:1')]);
    expect(await to('/again')).toStrictEqual([3, refused('http://HOST/again')]);
  });

  test('too much, an error, and no response are faults of the service', async () => {
    const much = Buffer.alloc(1024 * 1024 + 1, ' ');
    expect(await from((_, response) => response.end(much))).toStrictEqual([
      3,
      `rota: ADDRESS is refused: HOST sends more than 1 MiB, which is not read; ${REMEDY}`,
    ]);
    expect(await from((_, response) => response.writeHead(503).end())).toStrictEqual([
      3,
      `rota: ADDRESS responded with status 503; ${REMEDY}`,
    ]);
    expect(await from((_, response) => response.destroy())).toStrictEqual([
      3,
      `rota: ADDRESS does not respond; ${REMEDY}`,
    ]);
  });

  test('a list that never arrives is given up', async () => {
    const server = await listen(
      async (_, response) => void response.writeHead(200).write('{'),
      () => {},
    );
    const address = `${server.url}/list.json`;
    await expect(officialHolidays(address, 50)).rejects.toThrow(
      `${address} does not respond; try again later, or name a file`,
    );
    await server.stop();
  });

  test('an address that is not encrypted is refused, except on this machine', async () => {
    const { status, stderr } = await rotaInProcess(folder(), [
      'holidays',
      'GB-ENG',
      '--years',
      '2026',
      '--compare',
      'http://example.org/list.json',
    ]);
    expect([status, stderr]).toStrictEqual([
      2,
      'rota: http://example.org/list.json is not encrypted; name it with https:\n',
    ]);
  });
});

describe('a list that is written again', () => {
  const write = (root: string, ...more: readonly string[]) =>
    rotaInProcess(root, ['holidays', 'GB-ENG', '--years', '2026-2027', '--out', 'list.yaml', ...more]);

  test('keeps the days added by hand, their comments, its name and its zone', async () => {
    const root = folder();
    await write(root);
    const file = join(root, 'list.yaml');
    const first = readFileSync(file, 'utf8');
    const own = `${first
      .replace('name: "United Kingdom, England"', 'name: England')
      .replace(
        'complete_from',
        'timezone: Europe/London\ncomplete_from',
      )}added:\n  # by proclamation\n  2026-06-16: Once # only once\n`;
    writeFileSync(file, own);
    expect((await write(root)).status).toBe(0);
    const again = readFileSync(file, 'utf8');
    expect(again).toContain('name: "England"\n');
    expect(again).toContain('timezone: Europe/London\n');
    expect(again.endsWith('added:\n  # by proclamation\n  2026-06-16: Once # only once\n')).toBe(true);
    await write(root);
    expect(readFileSync(file, 'utf8')).toBe(again);
    const { handbook, findings } = load({
      texts: new Map([['policies/holidays/x.yaml', again]]),
      findings: [],
    });
    expect(findings).toStrictEqual([]);
    expect([...(handbook.holidays.get('x')?.days.keys() ?? [])].map(dateText)).toContain('2026-06-16');
  });

  test('counts its added days when it is compared', async () => {
    const root = folder();
    writeFileSync(join(root, 'official.json'), official([], { '2026-06-16': 'Once' }));
    expect((await write(root, '--compare', 'official.json')).status).toBe(1);
    writeFileSync(
      join(root, 'list.yaml'),
      `${readFileSync(join(root, 'list.yaml'), 'utf8')}added: {2026-06-16: Once}\n`,
    );
    expect((await write(root, '--compare', 'official.json')).status).toBe(0);
  });

  test('is left alone when it cannot be read', async () => {
    const root = folder();
    writeFileSync(join(root, 'list.yaml'), 'added: [\n');
    expect(await write(root)).toStrictEqual({
      status: 2,
      stdout: '',
      stderr:
        'rota: list.yaml cannot be read; fix or remove it first, so that no day added by hand is lost\n',
    });
    expect(readFileSync(join(root, 'list.yaml'), 'utf8')).toBe('added: [\n');
  });
});
