// Swaps and covers in real folders: the exact output, exit status and files of each run.
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { but, texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { contents, folder, git, type Ran } from '../process.ts';

const FILE = 'rotas/paas/nights.yaml';
const handbook = texts(`
== rotas/people.yaml
people:
  amara-osei: {name: Amara Osei}
  ben-adeyemi: {name: Ben Adeyemi, away: [{first_day: 2026-12-25, last_day: 2026-12-25}]}
  chi-wong: {name: Chi Wong}
  dee-novak: {name: Dee Novak}
== ${FILE}
name: Nights
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-11-04, people: [amara-osei, ben-adeyemi, chi-wong]}
overrides: # agreed on the channel
  - {role: engineer, turn: 2026-12-23, person: dee-novak, instead_of: ben-adeyemi} # Christmas
amendments: []
`);
const before = handbook.get(FILE) as string;
const LAST = '# Christmas\n';

const SEAT = 'paas/nights/engineer';
const ROLE = { rota: 'paas/nights', role: 'engineer' };
const NOW = ['--now', '2026-11-21T12:00:00Z'];
const SWAP = ['swap', 'paas/nights', 'engineer', '2026-12-02', '2026-12-09'];
const COVER = ['cover', 'paas/nights', 'engineer', '2026-12-17T18:00', '2026-12-17T21:00'];
const SHORT =
  "ben-adeyemi gives up paas/nights/engineer Wed 2 Dec 10:00 – Wed 9 Dec 10:00 to chi-wong with 10 days' notice; the policy recommends 14 days";
const run = (root: string, ...words: readonly string[]): Promise<Ran> =>
  rotaInProcess(root, [...NOW, ...words]);

/** The result of a successful run in a folder outside a git repository. */
const fine = (...lines: readonly string[]): Ran => ({
  status: 0,
  stdout: `${lines.join('\n')}\n`,
  stderr: '',
});

describe('a swap', () => {
  test('is written and printed, shows in the shifts, and is undone by the same command', async () => {
    const root = folder(handbook);
    expect(await run(root, ...SWAP)).toEqual(
      fine(
        `${SEAT}: chi-wong takes the turn of 2026-12-02 from ben-adeyemi`,
        `${SEAT}: ben-adeyemi takes the turn of 2026-12-09 from chi-wong`,
        '',
        'From             To                Role                  Before       After        Notice',
        'Wed 2 Dec 10:00  Wed 9 Dec 10:00   paas/nights/engineer  Ben Adeyemi  Chi Wong     10 days',
        'Wed 9 Dec 10:00  Wed 16 Dec 10:00  paas/nights/engineer  Chi Wong     Ben Adeyemi  17 days',
        '',
        `${FILE}:10:5: warning: ${SHORT} [notice]`,
      ),
    );
    const after = but(
      before,
      LAST,
      `${LAST}  - {role: engineer, turn: 2026-12-02, person: chi-wong, instead_of: ben-adeyemi, reason: swap}
  - {role: engineer, turn: 2026-12-09, person: ben-adeyemi, instead_of: chi-wong, reason: swap}
`,
    );
    expect(contents(root)).toEqual(new Map([...contents(folder(handbook))]).set(FILE, after));
    expect(await run(root, 'check')).toMatchObject({ status: 0 });
    expect((await run(root, 'who', '--at', '2026-12-03T12:00')).stdout).toContain('Chi Wong');
    expect((await run(root, ...SWAP)).stdout).toContain(
      `${SEAT}: ben-adeyemi takes the turn of 2026-12-02 from chi-wong\n${SEAT}: chi-wong takes the turn of 2026-12-09 from ben-adeyemi\n`,
    );
    expect(contents(root)).toEqual(contents(folder(handbook)));
  });

  test('as JSON', async () => {
    const { status, stdout } = await run(folder(handbook), ...SWAP, '--format', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      files: [FILE],
      changes: [
        { ...ROLE, turn: '2026-12-02', person: 'chi-wong', instead_of: 'ben-adeyemi' },
        { ...ROLE, turn: '2026-12-09', person: 'ben-adeyemi', instead_of: 'chi-wong' },
      ],
      findings: [{ file: FILE, line: 10, column: 5, severity: 'warning', rule: 'notice', message: SHORT }],
      notes: [],
      written: true,
    });
  });
});

describe('a cover', () => {
  test('is written and printed, given to another person, and undone', async () => {
    const root = folder(handbook);
    const when = '2026-12-17T18:00 to 2026-12-17T21:00';
    for (const [person, from] of [
      ['dee-novak', 'amara-osei'],
      ['chi-wong', 'dee-novak'],
      ['amara-osei', 'chi-wong'],
    ] as const) {
      const { status, stdout } = await run(root, ...COVER, person);
      expect(status).toBe(0);
      expect(stdout).toContain(`${SEAT}: ${person} takes ${when} from ${from}\n\nFrom `);
      const line = `  - {role: engineer, person: ${person}, instead_of: amara-osei, from: 2026-12-17T18:00, to: 2026-12-17T21:00, reason: cover}\n`;
      const written = person === 'amara-osei' ? before : but(before, LAST, LAST + line);
      expect(readFileSync(join(root, FILE), 'utf8')).toBe(written);
    }
  });

  test('as JSON', async () => {
    const { stdout } = await run(folder(handbook), '--format', 'json', ...COVER, 'dee-novak');
    expect(JSON.parse(stdout)).toEqual({
      files: [FILE],
      changes: [
        {
          ...ROLE,
          from: '2026-12-17T18:00',
          to: '2026-12-17T21:00',
          person: 'dee-novak',
          instead_of: 'amara-osei',
        },
      ],
      findings: [],
      notes: [],
      written: true,
    });
  });
});

describe('in a git repository', () => {
  function repository(): string {
    const root = folder(handbook);
    for (const words of [
      ['init', '--quiet'],
      ['add', '.'],
      ['commit', '--quiet', '--message', 'Begin'],
    ])
      git(root, '2026-11-20T12:00:00Z', ...words);
    return root;
  }

  const SHORT_SWAP = ['swap', 'paas/nights', 'engineer', '2026-11-25', '2026-12-02'];
  const changed = (root: string): string => git(root, '2026-11-20T12:00:00Z', 'diff', '--numstat');

  test('an edit at short notice is not written, unless with --anyway; it can be undone at any time', async () => {
    const root = repository();
    const { status, stdout, stderr } = await run(root, ...SHORT_SWAP);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      `${SEAT}: ben-adeyemi takes the turn of 2026-11-25 from amara-osei`,
      `${SEAT}: amara-osei takes the turn of 2026-12-02 from ben-adeyemi`,
    ]);
    expect(stdout).toContain('[notice]');
    expect(stdout).toContain(
      '\nnothing was written, because the notice is too short; with --anyway it is written all the same, ' +
        'for a pull request with the label emergency-cover\n',
    );
    expect(changed(root)).toBe('');
    const anyway = await run(root, ...SHORT_SWAP, '--anyway', '--format', 'json');
    expect([anyway.status, JSON.parse(anyway.stdout)]).toEqual([
      1,
      expect.objectContaining({ written: true }),
    ]);
    expect(changed(root)).toBe(`2\t0\t${FILE}\n`);
    expect(await run(root, ...SHORT_SWAP)).toMatchObject({ status: 0 });
    expect(changed(root)).toBe('');
  });

  test('other uncommitted changes are no part of the edit', async () => {
    const root = repository();
    const other = before
      .replace('name: Nights', 'name: Days')
      .replace(/overrides: [\s\S]*(?=amendments)/, '');
    writeFileSync(join(root, 'rotas/paas/days.yaml'), other);
    const late = '{role: engineer, turn: 2026-11-25, person: dee-novak, instead_of: amara-osei}';
    writeFileSync(join(root, FILE), before.replace(LAST, `${LAST}  - ${late}\n`));
    const { status, stdout } = await run(root, ...COVER, 'dee-novak');
    expect(status).toBe(0);
    expect(stdout).toContain(
      `${SEAT}: dee-novak takes 2026-12-17T18:00 to 2026-12-17T21:00 from amara-osei\n\nFrom `,
    );
    expect(stdout).not.toMatch(/paas\/days|25 Nov/);
  });

  test('an edit that is undone changes nothing', async () => {
    const root = repository();
    expect(await run(root, ...SWAP)).toMatchObject({ status: 0, stderr: '' });
    expect(await run(root, ...SWAP)).toMatchObject({ status: 0, stderr: '' });
    expect(git(root, '2026-11-20T12:00:00Z', 'status', '--porcelain')).toBe('');
  });
});

describe('with --dry-run nothing is written', () => {
  const TURN = ['give', 'paas/nights', 'engineer', '2026-12-02', 'dee-novak'];
  const ALL = ['cover', '--from-person', 'amara-osei', '--by', 'dee-novak', '2026-12-16', '2027-01-01'];
  test.each([[SWAP], [[...COVER, 'dee-novak']], [TURN], [ALL]])('%j', async (words) => {
    const root = folder(handbook);
    const tried = await run(root, ...words, '--dry-run');
    expect(tried.stdout).toContain('\nnothing was written, because of --dry-run\n');
    expect(contents(root)).toEqual(contents(folder(handbook)));
    const done = await run(root, ...words);
    expect(tried.stdout.replace('\nnothing was written, because of --dry-run\n', '')).toBe(done.stdout);
    expect(contents(root)).not.toEqual(contents(folder(handbook)));
  });
});

describe('an edit of two files', () => {
  const DAYS = 'rotas/paas/days.yaml';
  const two = new Map(handbook).set(
    DAYS,
    `name: Days
timezone: Europe/London
handover: {day: monday, time: "09:00"}
roles: {lead: {counts: false, rotation: [{first_turn: 2026-11-02, people: [dee-novak, ben-adeyemi]}]}}
`,
  );
  const words = ['swap', `${SEAT}`, '2026-12-02', 'paas/days/lead', '2026-12-14'];

  test('writes both, and is undone by the same command', async () => {
    const root = folder(two);
    expect((await run(root, ...words)).stdout).toContain(
      `${SEAT}: dee-novak takes the turn of 2026-12-02 from ben-adeyemi\n` +
        'paas/days/lead: ben-adeyemi takes the turn of 2026-12-14 from dee-novak\n',
    );
    expect(readFileSync(join(root, FILE), 'utf8')).toContain('person: dee-novak, instead_of: ben-adeyemi');
    expect(readFileSync(join(root, DAYS), 'utf8')).toContain('person: ben-adeyemi, instead_of: dee-novak');
    expect(await run(root, ...words)).toMatchObject({ status: 0 });
    expect(contents(root)).toEqual(contents(folder(two)));
  });

  test('writes neither when one cannot be written', async () => {
    const root = folder(two);
    // The temporary file cannot be made where a folder has its name.
    mkdirSync(join(root, 'rotas/paas/.days.yaml.new/x'), { recursive: true });
    expect(await run(root, ...words)).toMatchObject({ status: 3 });
    expect(readFileSync(join(root, FILE), 'utf8')).toBe(before);
  });
});

describe('the file', () => {
  test('keeps its mode, byte order mark and line ends, and no temporary file remains', async () => {
    const bytes = `\uFEFF${before.replaceAll('\n', '\r\n')}`;
    const root = folder(new Map(handbook).set(FILE, bytes));
    chmodSync(join(root, FILE), 0o751);
    // A run that was killed may have left this.
    writeFileSync(join(root, 'rotas/paas/.nights.yaml.new'), 'half of i');
    expect(await run(root, ...SWAP)).toMatchObject({ status: 0 });
    const after = readFileSync(join(root, FILE), 'utf8');
    expect(after.slice(0, 5)).toBe('\uFEFFname');
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
    expect(after).toContain('2026-12-02');
    expect(statSync(join(root, FILE)).mode & 0o777).toBe(0o751);
    expect(await run(root, ...SWAP)).toMatchObject({ status: 0 });
    expect(contents(root)).toEqual(contents(folder(new Map(handbook).set(FILE, bytes))));
  });

  test('does not grow beyond the largest size that is read', async () => {
    const large = before + `# ${'old exceptions '.repeat(20)}\n`.repeat(864);
    const root = folder(new Map(handbook).set(FILE, large));
    expect(256 * 1024 - large.length).toBeLessThan(200);
    expect(await run(root, ...SWAP)).toEqual({
      status: 1,
      stdout: '',
      stderr: `rota: ${FILE} would be larger than 256 KiB; remove old overrides first\n`,
    });
    expect(readFileSync(join(root, FILE), 'utf8')).toBe(large);
  });
});

describe('a refusal leaves every file unchanged', () => {
  const swap = (one: string, other: string) => ['swap', 'paas/nights', 'engineer', one, other];
  test.each<[string[], number, string]>([
    [['swap', 'paas/night', 'engineer', '2026-12-02', '2026-12-09'], 2, 'did you mean "paas/nights"?'],
    [['swap', 'paas/nights', 'engine', '2026-12-02', '2026-12-09'], 2, 'did you mean "engineer"?'],
    [swap('2026-12-02', 'tomorrow'), 2, '"tomorrow" is not a date'],
    [['swap', SEAT, '2026-12-02', '2026-12-09', 'x'], 2, 'or as ROTA/ROLE TURN ROTA/ROLE TURN'],
    [['swap', SEAT, '2026-12-02', 'paas/nights/enginer', '2026-12-09'], 2, 'did you mean "engineer"?'],
    [['give', 'paas/nights', 'engineer', '2026-12-09', 'dee-nowak'], 2, 'did you mean "dee-novak"?'],
    [['cover', 'paas/nights', 'engineer', '2026-12-17T18:00'], 2, "missing required argument 'to'"],
    [[...COVER, 'dee-novak', 'now'], 2, 'there are 6 arguments, and 5 are expected'],
    [['cover', '--by', 'dee-novak', '2026-12-17', '2026-12-18'], 2, '--from-person and --by go together'],
    [[...COVER, 'dee-novak', '--zone', 'BST'], 2, 'did you mean "Europe/London"?'],
    [['swap', 'paas/nights', 'engineer', '2026-12-02'], 2, "missing required argument 'other'"],
    [[...COVER, 'dee-nowak'], 2, 'did you mean "dee-novak"?'],
    [
      ['cover', 'paas/nights', 'engineer', '18:00', '21:00', 'dee-novak'],
      2,
      '"18:00" is not a local date-time',
    ],
    [swap('2026-11-18', '2026-12-09'), 1, 'the turn of 2026-11-18 began Wed 18 Nov 10:00'],
    [swap('2026-12-03', '2026-12-09'), 1, 'the nearest hand-over is 2026-12-02'],
    [swap('2026-12-02', '2026-12-02'), 1, 'a swap needs two'],
    [swap('2026-12-09', '2026-12-30'), 1, 'chi-wong holds both turns'],
    [[...COVER, 'amara-osei'], 1, 'amara-osei is engineer then already'],
  ])('%j', async (words, status, message) => {
    const root = folder(handbook);
    const ran = await run(root, ...words, '--format', 'json');
    expect(ran).toMatchObject({ status, stdout: '' });
    expect(ran.stderr).toContain(message);
    expect(contents(root)).toEqual(contents(folder(handbook)));
  });

  test('and reports the errors that the edit would cause', async () => {
    const root = folder(handbook);
    const words = ['cover', 'paas/nights', 'engineer', '2026-12-25T10:00', '2026-12-25T12:00', 'ben-adeyemi'];
    expect(await run(root, ...swap('2026-12-02', '2026-12-23'))).toEqual({
      status: 1,
      stdout: '',
      stderr: `rotas/people.yaml:3:43: error: ben-adeyemi is away Fri 25 Dec and is paas/nights/engineer Fri 25 Dec 00:00 – Sat 26 Dec 00:00; chi-wong could take it [away]
nothing was written, because the edit would cause 1 error (line numbers are those after the edit)
`,
    });
    expect((await run(root, ...words)).stderr).toContain('[away]\nnothing was written');
    expect(contents(root)).toEqual(contents(folder(handbook)));
  });

  test('a folder without a handbook', async () => {
    expect(await run(folder(), ...SWAP)).toMatchObject({ status: 2, stdout: '' });
  });
});
