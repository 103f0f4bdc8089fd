/** What every command does: its help, and the folder that it says it read. The list of commands is that of the help. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { everything, texts } from '../handbook.ts';
import { rawRotaInProcess } from '../in-process.ts';
import { folder, git } from '../process.ts';

const NOW = ['--now', '2026-11-21T12:00:00Z'];

/** A call of each command on the handbook `everything`. */
const CALLS: Readonly<Record<string, string>> = {
  check: 'check --base HEAD',
  who: 'who paas/nights',
  due: 'due --service website --opened 2026-11-21T10:00',
  tickets: 'tickets events.json',
  shifts: 'shifts --from 2026-12-03 --to 2026-12-04',
  'time-off': 'time-off alerts.csv --from 2026-11-20 --to 2026-11-21',
  'export shifts': 'export shifts --from 2026-12-03 --to 2026-12-04',
  'export days': 'export days --from 2026-12-03 --to 2026-12-04',
  turns: 'turns paas/nights',
  handover: 'handover paas/nights',
  diff: 'diff --base HEAD',
  news: 'news --base HEAD',
  review: 'review --base HEAD',
  swap: 'swap paas/nights engineer 2027-05-05 2027-05-19 --dry-run',
  cover: 'cover paas/nights engineer 2026-12-17T18:00 2026-12-17T21:00 dee-novak --dry-run',
  give: 'give paas/nights engineer 2027-05-05 dee-novak --dry-run',
  forms: 'forms --check',
  'request parse': 'request parse body.md',
  'plan pagerduty': 'plan pagerduty',
  'apply pagerduty': 'apply pagerduty',
  'plan slack': 'plan slack',
  'apply slack': 'apply slack',
  'plan zendesk': 'plan zendesk --subdomain example',
  'apply zendesk': 'apply zendesk --subdomain example',
  'plan posts': 'plan posts',
  'apply posts': 'apply posts',
  publish: 'publish --out out',
};

/** A ticket with a title, and events that are wrong at a name that looks like it. */
const eventsNamed = (name: string): string =>
  [
    {
      ticket: '1',
      at: '2026-11-21T11:50:00Z',
      kind: 'opened',
      service: 'website',
      title: name,
      author: name,
    },
    { ticket: '1', at: '2026-11-21T11:55:00Z', kind: 'estimate', value: '1 hour' },
    { ticket: '2', at: '2026-11-21T11:50:00Z', kind: 'opened', service: name },
    { ticket: '3', at: '2026-11-21T11:50:00Z', kind: name },
    { ticket: '4', at: '2026-11-21T11:50:00Z', kind: 'note', [name]: name },
    { ticket: `5${name}`, at: '2026-11-21T11:50:00Z', kind: 'note' },
  ]
    .map((event) => JSON.stringify(event))
    .join('\n');

/** An alert, and one of somebody who does not exist. */
const ALERTS = 'person,alerted_at\namara-osei,2026-11-20T02:00Z\nnobody,2026-11-20T02:00Z\n';

/** Commands that read no handbook, but another folder or file. */
const OTHERS = ['serve', 'holidays'];

/** The commands in a help, those of a command that has some included. */
async function commandsIn(words: readonly string[] = []): Promise<readonly string[]> {
  const { stdout } = await rawRotaInProcess(folder(), [...words, '--help']);
  const part = /\nCommands:\n((?: {2}.*\n)+)/.exec(stdout)?.[1] ?? '';
  const names = [...part.matchAll(/^ {2}([a-z-]+)/gm)]
    .map(([, name = '']) => name)
    .filter((it) => it !== 'help');
  if (names.length === 0) return [words.join(' ')];
  return (await Promise.all(names.map((name) => commandsIn([...words, name])))).flat();
}

test('every command is tried here', async () => {
  expect((await commandsIn()).toSorted()).toEqual([...Object.keys(CALLS), ...OTHERS].toSorted());
});

test('the help of every command has an example that begins with it, and the global options', async () => {
  for (const command of await commandsIn()) {
    const { status, stdout, stderr } = await rawRotaInProcess(folder(), [...command.split(' '), '--help']);
    expect([status, stderr], command).toEqual([0, '']);
    expect(stdout, command).toContain(`\nExamples:\n  rota ${command} `.trimEnd());
    expect(stdout.startsWith(`Usage: rota ${command}`), command).toBe(true);
    const globals = /\nGlobal Options:\n((?: {2}.*\n)+)/.exec(stdout)?.[1] ?? '';
    for (const option of ['--root', '--now', '--format']) expect(globals, command).toContain(option);
  }
});

test.each(Object.entries(CALLS))(
  '%s says which folder it read, and whether that is a checkout',
  async (_, call) => {
    const root = folder(texts(everything));
    writeFileSync(join(root, 'body.md'), '### Rota and role\n\npaas/nights/engineer\n');
    writeFileSync(join(root, 'events.json'), eventsNamed('It is broken'));
    writeFileSync(join(root, 'alerts.csv'), ALERTS);
    const run = (...words: readonly string[]) =>
      rawRotaInProcess(root, [...NOW, ...words, ...call.split(' ')], { PAGERDUTY_API_KEY: '' });
    const files = `rota: ${texts(everything).size} files read from ${root}`;
    const outside = `${files}, which is in no git checkout, so nothing is known of earlier versions\n`;
    for (const format of ['table', 'json']) {
      const { stdout, stderr } = await run('--format', format);
      expect(stderr.startsWith(outside), stderr).toBe(true);
      expect(stdout).not.toContain(files);
    }
    git(root, '2026-11-20T12:00:00Z', 'init', '--quiet');
    git(root, '2026-11-20T12:00:00Z', 'add', 'rotas', 'policies');
    git(root, '2026-11-20T12:00:00Z', 'commit', '--quiet', '--message', 'Begin');
    const { stderr } = await run();
    expect(stderr.startsWith(`${files}\n`), stderr).toBe(true);
  },
);

describe('no output of a command has a control, format or direction character of the handbook,', () => {
  /** Characters that schemas refuse, and some that names may have. */
  const RAW =
    /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;
  const named = (name: string) =>
    texts(
      everything
        .replace('name: Amara Osei', `name: "${name}"`)
        .replace('reason: leave', `reason: "${name}"`)
        .replace('summary: Move the database', `summary: "${name}"`)
        .replace('name: Nights\ntimezone', `name: "${name}"\ntimezone`)
        .replace('name: Website', `name: "${name}"`)
        .replace('name: Critical', `name: "${name}"`),
    );
  const calls = {
    ...CALLS,
    service: 'who --service website',
    shifts: 'shifts --from 2026-12-03 --to 2026-12-20',
  };

  test.each([
    ['that schemas refuse', 'Am\\u202Era\\u0007\\u2028\\u200Bx', false],
    ['that they accept', 'Am\\u200Dra\\U000E0041x', true],
  ])('%s', async (_, name, isAccepted) => {
    const root = folder(named(name));
    writeFileSync(join(root, 'body.md'), '### Rota and role\n\npaas/ni\u202eghts/engineer\u200b\u0007\n');
    writeFileSync(join(root, 'events.json'), eventsNamed('br\u202eok\u200b\u0007\u2028en'));
    const alerts =
      'br\u202eok\u200b\u0007\u2028en,2026-11-20T02:00,,\namara-osei,2026-11-20T02:00,br\u202eok,A\u202e1\n';
    writeFileSync(join(root, 'alerts.csv'), `person,alerted_at,service,id\n${alerts}`);
    git(root, '2026-11-20T12:00:00Z', 'init', '--quiet');
    git(root, '2026-11-20T12:00:00Z', 'add', 'rotas', 'policies');
    git(root, '2026-11-20T12:00:00Z', 'commit', '--quiet', '--message', 'Begin');
    const nights = join(root, 'rotas/paas/nights.yaml');
    const text = readFileSync(nights, 'utf8');
    writeFileSync(nights, text.replace('2027-01-06: chi-wong', '2027-01-06: amara-osei'));
    for (const [command, call] of Object.entries(calls))
      for (const format of ['table', 'json']) {
        if (command === 'publish') writeFileSync(nights, text);
        const words = [...NOW, '--format', format, ...call.split(' ')];
        const { stdout, stderr } = await rawRotaInProcess(root, words, { PAGERDUTY_API_KEY: '' });
        const printed = `${stdout}${stderr}`.replaceAll('\n', '');
        expect(RAW.exec(printed)?.[0]?.codePointAt(0)?.toString(16), `${command} ${format}`).toBeUndefined();
        expect(printed, `${command} ${format}`).not.toMatch(/undefined|\[object|NaN/);
        if (format === 'json' && stdout !== '') expect(() => JSON.parse(stdout), command).not.toThrow();
      }
    const out = join(root, 'out');
    const site = existsSync(out) ? readdirSync(out, { recursive: true, withFileTypes: true }) : [];
    expect(site.length > 0, 'is published').toBe(isAccepted);
    for (const { parentPath, name: file } of site)
      if (/\.(html|ics|json)$/.test(file))
        expect(readFileSync(join(parentPath, file), 'utf8').replaceAll(/[\r\n\t]/g, ''), file).not.toMatch(
          RAW,
        );
  });
});

test('serve and holidays say which folder and which file they read', async () => {
  const root = folder();
  const served = await rawRotaInProcess(root, ['serve', '--out', 'site']);
  expect(served.stderr).toContain(`there is no page in ${join(root, 'site')}`);
  mkdirSync(join(root, 'lists'));
  writeFileSync(join(root, 'lists/england.yaml'), 'added:\n  2027-05-10: Founders day\n');
  const list = ['holidays', 'GB-ENG', '--years', '2027'];
  const written = await rawRotaInProcess(root, [...list, '--out', 'lists/england.yaml']);
  expect(written.stderr).toContain(
    `rota: what was added by hand read from ${join(root, 'lists/england.yaml')}\n`,
  );
  const printed = await rawRotaInProcess(root, list);
  expect([printed.status, printed.stderr]).toEqual([0, '']);
});
