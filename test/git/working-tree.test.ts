/** Real folders: which files are not read, and that no byte of them is reported. */
import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { described } from '../../actions/lib/check/describe.ts';
import { locate } from '../../actions/lib/check/locate.ts';
import { MOST_BYTES, readFolder } from '../../actions/lib/git/working-tree.ts';
import { load } from '../../actions/lib/load/load.ts';
import { texts } from '../handbook.ts';
import { fill, folder } from '../process.ts';

/** The files read from a folder, and the findings about the others. */
function read(root: string): { files: string[]; found: string[] } {
  const given = readFolder(root);
  if (given === undefined) throw new Error('there is no handbook');
  const found = described(locate(load(given).findings, given));
  return {
    files: [...given.texts.keys()].toSorted(),
    found: found.map(
      ({ file, line, column, message, rule }) => `${file}:${line}:${column} ${message} [${rule}]`,
    ),
  };
}

const LINK = 'this is a symbolic link and is not read; put the file itself here [yaml]';
const HARD = 'this is a hard link to a file with another name and is not read; put a copy here [yaml]';
const IRREGULAR = 'this is not a regular file and is not read [yaml]';
const NOT_A_FOLDER = 'this is not a regular folder and is not read [yaml]';
const LARGE = 'this file is larger than 256 KiB and is not read; split it or remove old entries [yaml]';
const UTF8 = 'this file is not UTF-8 text and is not read; save it as UTF-8 [yaml]';
const WORDS =
  'this file is not read; names of folders and files are lower-case words (letters and digits) joined by hyphens [yaml]';
const ENDING =
  'this file is of no known kind and is not read; a rota or policy ends in ".yaml", and notes end in ".md" [yaml]';
const ROTAS =
  'this file is of no known kind and is not read; rotas are in rotas/<team>/<rota>.yaml, and people in rotas/people.yaml [yaml]';
const POLICIES =
  'this file is of no known kind and is not read; policies are notice.yaml, publishing.yaml, on-call.yaml, time-off.yaml, messages.yaml, services.yaml and the folders support-hours, holidays, service-levels, tickets, escalation, onboarding';

const team = texts('== rotas/paas/team.yaml\nname: PaaS\n');

describe('a folder without a handbook', () => {
  test('is undefined if neither of its folders exists', () => {
    expect(readFolder(folder(texts('== README.md\nhello\n')))).toBeUndefined();
    expect(readFolder('/nowhere/at/all')).toBeUndefined();
  });

  test('is an empty handbook if one of them exists', () => {
    const root = folder();
    mkdirSync(join(root, 'policies'));
    expect(read(root)).toEqual({ files: [], found: [] });
  });

  test.each(['rotas', 'policies'])('is reported if "%s" is a file, or a link to a folder', (name) => {
    const [file, link] = [folder(new Map([[name, 'people: [\n']])), folder()];
    fill(link, new Map([['elsewhere/people.yaml', 'secret: [\n']]));
    symlinkSync(join(link, 'elsewhere'), join(link, name));
    expect(read(file)).toEqual({ files: [], found: [`${name}:1:1 ${NOT_A_FOLDER}`] });
    expect(read(link)).toEqual({ files: [], found: [`${name}:1:1 ${NOT_A_FOLDER}`] });
  });
});

describe('a link is not followed', () => {
  test.each<[what: string, target: string]>([
    ['to a file outside', '../../../outside/secret.yaml'],
    ['to a file inside', '../paas/team.yaml'],
    ['to the environment of this process', '/proc/self/environ'],
    ['to a device', '/dev/zero'],
    ['to a folder outside', '../../../outside'],
    ['to a folder above', '..'],
    ['to itself', 'team.yaml'],
    ['to nothing', 'nowhere.yaml'],
  ])('%s', (_, target) => {
    const above = folder(new Map([['outside/secret.yaml', 'canary: [\n']]));
    const root = join(above, 'root');
    fill(root, team);
    mkdirSync(join(root, 'rotas/other'));
    symlinkSync(target, join(root, 'rotas/other/team.yaml'));
    const { files, found } = read(root);
    expect(files).toEqual(['rotas/paas/team.yaml']);
    expect(found).toEqual([`rotas/other/team.yaml:1:1 ${LINK}`]);
  });

  test('nor is a hard link, at either path', () => {
    const root = folder(team);
    fill(root, new Map([['secret.yaml', 'canary: [\n']]));
    linkSync(join(root, 'secret.yaml'), join(root, 'rotas/paas/rota.yaml'));
    expect(read(root)).toEqual({
      files: ['rotas/paas/team.yaml'],
      found: [`rotas/paas/rota.yaml:1:1 ${HARD}`],
    });
    linkSync(join(root, 'rotas/paas/team.yaml'), join(root, 'copy.yaml'));
    expect(read(root).found).toEqual([
      `rotas/paas/rota.yaml:1:1 ${HARD}`,
      `rotas/paas/team.yaml:1:1 ${HARD}`,
    ]);
  });

  test('and people from a linked file are not reported as unknown', () => {
    const root = folder(texts('== rotas/paas/team.yaml\nname: PaaS\nleads: [nia-rhys]\n'));
    symlinkSync('/proc/self/environ', join(root, 'rotas/people.yaml'));
    expect(read(root).found).toEqual([`rotas/people.yaml:1:1 ${LINK}`]);
  });
});

describe('files that are not text are not read', () => {
  test('a pipe without a writer', () => {
    const root = folder(team);
    execFileSync('mkfifo', [join(root, 'rotas/paas/rota.yaml')]);
    expect(read(root)).toEqual({
      files: ['rotas/paas/team.yaml'],
      found: [`rotas/paas/rota.yaml:1:1 ${IRREGULAR}`],
    });
  });

  test('a byte more than 256 KiB', () => {
    const comment = (bytes: number) => `name: PaaS\n#${'x'.repeat(bytes - 'name: PaaS\n#\n'.length)}\n`;
    const root = folder(
      new Map([
        ['rotas/full/team.yaml', comment(256 * 1024)],
        ['rotas/over/team.yaml', comment(256 * 1024 + 1)],
        ['rotas/wide/team.yaml', `name: PaaS\n# ${'é'.repeat(128 * 1024)}\n`],
      ]),
    );
    expect(read(root)).toEqual({
      files: ['rotas/full/team.yaml'],
      found: [`rotas/over/team.yaml:1:1 ${LARGE}`, `rotas/wide/team.yaml:1:1 ${LARGE}`],
    });
  });

  test.each<[what: string, bytes: Buffer]>([
    ['a byte that begins no letter', Buffer.from([0x6e, 0xff, 0x0a])],
    ['Latin-1', Buffer.from('name: Zoë\n', 'latin1')],
    ['UTF-16', Buffer.from('\ufeffname: Zoë\n', 'utf16le')],
    ['half a surrogate', Buffer.from([0x61, 0x3a, 0xed, 0xa0, 0x80])],
    ['a letter cut in two', Buffer.from('name: Zoë').subarray(0, -1)],
  ])('%s', (_, bytes) => {
    const root = folder(team);
    writeFileSync(join(root, 'rotas/paas/team.yaml'), bytes);
    expect(read(root)).toEqual({ files: [], found: [`rotas/paas/team.yaml:1:1 ${UTF8}`] });
  });

  test('a byte order mark and CRLF are accepted, and do not change lines or columns', () => {
    const root = folder(new Map([['rotas/paas/team.yaml', '\ufeffnmae: Zoë\r\nleads: [1]\r\n']]));
    expect(read(root).found).toEqual([
      'rotas/paas/team.yaml:1:1 "nmae" is not a key of a team; did you mean "name"? [schema]',
      'rotas/paas/team.yaml:2:9 this is a number, and a lead is text; put it in quotes [schema]',
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('a file or folder that may not be opened', () => {
    const root = folder(team);
    chmodSync(join(root, 'rotas/paas/team.yaml'), 0);
    expect(read(root).found).toEqual(['rotas/paas/team.yaml:1:1 this file cannot be opened (EACCES) [yaml]']);
    chmodSync(join(root, 'rotas/paas'), 0);
    expect(read(root).found).toHaveLength(1);
    chmodSync(join(root, 'rotas/paas'), 0o700);
  });

  test('a file or folder whose name is not UTF-8', () => {
    const root = folder(team);
    const name = (end: string) =>
      Buffer.concat([Buffer.from(join(root, 'rotas/')), Buffer.from([0xff]), Buffer.from(end)]);
    writeFileSync(name('.yaml'), 'x');
    expect(read(root)).toEqual({
      files: ['rotas/paas/team.yaml'],
      found: ['rotas/\ufffd.yaml:1:1 this file cannot be opened (ENOENT) [yaml]'],
    });
    mkdirSync(name(''));
    const { files, found } = read(root);
    expect(files).toEqual(['rotas/paas/team.yaml']);
    expect(found).toHaveLength(2);
  });
});

describe('a file of unknown kind', () => {
  test.each<[path: string, message: string]>([
    ['rotas/people.yml', 'this file ends in ".yml" and is not read; rename it to "people.yaml" [yaml]'],
    ['rotas/paas/team.yml', 'this file ends in ".yml" and is not read; rename it to "team.yaml" [yaml]'],
    ['rotas/x.yaml', ROTAS],
    ['rotas/paas/deep/x.yaml', ROTAS],
    ['rotas/people/paas/x.yaml', ROTAS],
    ['rotas/paas/notes.txt', ENDING],
    ['rotas/paas/x.yaml~', ENDING],
    ['rotas/paas/x.YAML', ENDING],
    ['rotas/paas/rota', ENDING],
    ['rotas/PaaS/x.yaml', WORDS],
    ['rotas/paas/X.yaml', WORDS],
    ['rotas/paas/x_y.yaml', WORDS],
    ['rotas/paas/x--y.yaml', WORDS],
    ['rotas/paas/-x.yaml', WORDS],
    ['rotas/paas/a b.yaml', WORDS],
    ['rotas/paas/a\nb.yaml', WORDS],
    ['rotas/paas/a\n.yaml', WORDS],
    ['rotas/paas/\u202ex.yaml', WORDS],
    ['rotas/__proto__/x.yaml', WORDS],
    [`rotas/paas/${'x'.repeat(65)}.yaml`, 'this file has a name of over 64 characters; shorten it [yaml]'],
    [`rotas/${'x'.repeat(65)}/x.yaml`, 'this file has a name of over 64 characters; shorten it [yaml]'],
    ['policies/x.yaml', `${POLICIES} [yaml]`],
    ['policies/notise.yaml', `${POLICIES}; did you mean "notice.yaml"? [yaml]`],
    ['policies/support-hour/x.yaml', `${POLICIES}; did you mean "support-hours"? [yaml]`],
    ['policies/holidays/uk/x.yaml', `${POLICIES} [yaml]`],
  ])('%j', (path, message) => {
    expect(read(folder(new Map([[path, 'canary: [\n']])))).toEqual({
      files: [path],
      found: [`${path}:1:1 ${message}`],
    });
  });

  test('does not include dot files, notes, and the longest possible name', () => {
    const root = folder(
      new Map([
        ['rotas/.DS_Store', '\0'],
        ['rotas/paas/.team.yaml.swp', '\0'],
        ['rotas/.git/config.yaml', '['],
        ['rotas/README.md', '['],
        ['policies/notes/why.md', '['],
        [`rotas/${'x'.repeat(64)}/team.yaml`, 'name: X\n'],
      ]),
    );
    symlinkSync('/proc/self/environ', join(root, 'rotas/.env'));
    expect(read(root)).toEqual({ files: [`rotas/${'x'.repeat(64)}/team.yaml`], found: [] });
  });
});

test('ten thousand files load without a finding', () => {
  const rota = (person: string) => `name: Support
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles: {lead: {rotation: [{first_turn: 2026-11-02, people: [${person}]}]}}
`;
  const files = new Map<string, string>();
  for (let team = 0; team < 100; team++) {
    files.set(`rotas/people/team-${team}.yaml`, `people:\n  person-${team}: {name: Person ${team}}\n`);
    for (let i = 0; i < 99; i++) files.set(`rotas/team-${team}/rota-${i}.yaml`, rota(`person-${team}`));
  }
  const { files: names, found } = read(folder(files));
  expect(names).toEqual([...files.keys()].toSorted());
  expect(found).toEqual([]);
});

describe('a handbook that is too large is not read', () => {
  const policies = (count: number, text: string) =>
    new Map(Array.from({ length: count }, (_, i) => [`policies/holidays/h${i}.yaml`, text] as const));

  test('of 20,000 files, every one is read; of one more, none', () => {
    const root = folder(policies(20_000, ''));
    expect(read(root).files).toHaveLength(20_000);
    fill(root, team);
    expect(read(root)).toEqual({
      files: [],
      found: ['rotas:1:1 this handbook has 20001 files and is not read; it can have at most 20000 [yaml]'],
    });
  });

  test('of 64 MiB, every file is read; of one byte more, none', () => {
    const root = folder(policies(256, '#'.repeat(MOST_BYTES)));
    expect(readFolder(root)?.texts.size).toBe(256);
    fill(root, new Map([['policies/notice.yaml', '#']]));
    expect(read(root)).toEqual({
      files: [],
      found: [
        'policies:1:1 this handbook has more than 64 MiB of text and is not read; remove old entries [yaml]',
      ],
    });
  });
});
