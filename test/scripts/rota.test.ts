/** The command line in real folders: the output, exit status and files of each run. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import { texts } from '../handbook.ts';
import { rawRotaInProcess, rotaInProcess } from '../in-process.ts';
import { contents, fill, folder, git, type Ran, rota } from '../process.ts';

/** Two zones, a night without cover, a cover of two hours, and a service with a service level by day. */
const handbook = texts(`
== rotas/people.yaml
people:
  amara-osei: {name: Amara Osei}
  ben-adeyemi: {name: Ben Adeyemi}
  mere-ngata: {name: Mere Ngata}
== rotas/desk/london.yaml
name: London
timezone: Europe/London
hours: office
handover: {day: monday, time: "09:00"}
roles:
  clerk: {rotation: [{first_turn: 2026-11-02, people: [amara-osei, ben-adeyemi]}]}
  spare: {counts: false}
overrides:
  - {role: clerk, person: ben-adeyemi, instead_of: amara-osei, from: 2026-12-03T10:00, to: 2026-12-03T12:00, reason: dentist}
== rotas/desk/auckland.yaml
name: Auckland
timezone: Pacific/Auckland
handover: {day: wednesday, time: "10:00"}
roles:
  clerk: {rotation: [{first_turn: 2026-11-04, people: [mere-ngata]}]}
== policies/support-hours/office.yaml
name: Office
timezone: Europe/London
holidays: england
windows: {in-hours: [{days: working, from: "09:00", to: "17:00"}]}
== policies/holidays/england.yaml
{name: England, complete_from: 2026-01-01, complete_until: 2030-12-31, holidays: {2026-12-25: Christmas Day}}
== policies/service-levels/desk.yaml
{name: Desk, hours: office, priorities: {P1: {name: Critical, in_hours: {respond: 1 hour}}}, clock: {in-hours: in_hours}, example: true}
== policies/escalation/desk.yaml
name: Desk
applies_in: [in-hours]
levels:
  - {notify: [desk/london/clerk], escalate_after: 15 minutes}
  - {notify: [person: mere-ngata]}
== policies/services.yaml
services: {website: {name: Website, team: desk, service_level: desk, escalation: {in-hours: desk}}}
`);

const NOW = ['--now', '2026-12-02T12:00:00Z'];

/** The handbook with some files replaced. */
const having = (text: string): Map<string, string> => new Map([...handbook, ...texts(text)]);

/** A handbook with a misspelt key and an unknown person. */
const faulty = having(`
== rotas/desk/london.yaml
name: London
timezone: Europe/London
hours: office
handover: {day: mondy, time: "09:00"}
roles: {clerk: {rotation: [{first_turn: 2026-11-02, people: [amara-osey]}]}}
`);

/** A handbook with a warning only: nobody is decided after next week. */
const warned = having(`
== rotas/desk/paris.yaml
name: Paris
timezone: Europe/Paris
handover: {day: monday, time: "09:00"}
roles: {clerk: {turns: {2026-11-30: amara-osei}}}
== rotas/desk/london.yaml
{name: London, timezone: Europe/London, handover: {day: monday, time: "09:00"}, roles: {spare: {counts: false}}}
== policies/escalation/desk.yaml
{name: Desk, applies_in: [in-hours], levels: [{notify: [person: mere-ngata]}]}
`);

/** Runs a command, split at blanks, on files, at noon on 2 December 2026. */
const run = (files: ReadonlyMap<string, string>, command: string): Promise<Ran> =>
  rotaInProcess(folder(files), [...NOW, ...command.split(' ')]);

const json = async (files: ReadonlyMap<string, string>, command: string): Promise<unknown> =>
  JSON.parse((await run(files, `--format json ${command}`)).stdout);

/** One object per line, so that the order of keys is visible. */
const asLines = (list: unknown): string[] => (list as readonly unknown[]).map((it) => JSON.stringify(it));

const CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern searches for control characters
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/**
 * A runner executes `::command::` at the start of a line and `##[command]` anywhere; a terminal, control characters.
 */
function harmless(text: string): void {
  expect(text.split('\n').filter((line) => /^\s*::|##\[/.test(line))).toStrictEqual([]);
  expect(text).not.toMatch(CONTROLS);
}

describe('rota check', () => {
  test('without findings prints one line, with status 0', async () => {
    expect(await run(handbook, 'check')).toStrictEqual({
      status: 0,
      stdout: 'no findings in 8 files, 2 rotas, 3 people, from now to Wed 30 Jun 2027\n',
      stderr: '',
    });
    expect(await run(handbook, '--format json check')).toStrictEqual({
      status: 0,
      stdout: '[]\n',
      stderr: '',
    });
  });

  test('with errors prints a line for each and a total, with status 1', async () => {
    const { status, stdout, stderr } = await run(faulty, 'check');
    expect([status, stderr]).toStrictEqual([1, '']);
    expect(
      stdout,
    ).toBe(`rotas/desk/london.yaml:4:17: error: "mondy" is not one of monday, tuesday, wednesday, thursday, friday, saturday and sunday; did you mean "monday"? [schema]
rotas/desk/london.yaml:5:62: error: there is no person "amara-osey"; did you mean "amara-osei"? [known-names]
2 errors in 8 files, 1 rota, 3 people, from now to Wed 30 Jun 2027
`);
  });

  test('prints findings as JSON of this shape, sorted by file and line, with files relative to the root', async () => {
    const files = new Map([...faulty, ['policies/notice.yaml', 'published_ahead: soon\n']]);
    const root = folder(files);
    const here = await rotaInProcess(root, [...NOW, '--format', 'json', 'check']);
    const elsewhere = await rotaInProcess(folder(), [...NOW, '--root', root, '--format', 'json', 'check']);
    const below = await rotaInProcess(join(root, 'rotas/desk'), [
      ...NOW,
      '--root',
      '../..',
      '--format',
      'json',
      'check',
    ]);
    expect(here.status).toBe(1);
    expect(elsewhere).toStrictEqual(here);
    expect(below).toStrictEqual(here);
    expect(asLines(JSON.parse(here.stdout))).toStrictEqual([
      '{"rule":"schema","severity":"error","message":"\\"soon\\" is not a published ahead such as \\"13 weeks\\"","file":"policies/notice.yaml","line":1,"column":18}',
      '{"rule":"schema","severity":"error","message":"\\"mondy\\" is not one of monday, tuesday, wednesday, thursday, friday, saturday and sunday; did you mean \\"monday\\"?","file":"rotas/desk/london.yaml","line":4,"column":17}',
      '{"rule":"known-names","severity":"error","message":"there is no person \\"amara-osey\\"; did you mean \\"amara-osei\\"?","file":"rotas/desk/london.yaml","line":5,"column":62}',
    ]);
  });

  test('with warnings only has status 0, and with --strict 1', async () => {
    const relaxed = await run(warned, 'check');
    const strict = await run(warned, 'check --strict');
    expect([relaxed.status, strict.status]).toStrictEqual([0, 1]);
    expect(strict.stdout).toBe(relaxed.stdout);
    expect(relaxed.stdout.split('\n')).toStrictEqual([
      'rotas/desk/paris.yaml:4:9: warning: nobody is assigned to desk/paris/clerk from Mon 7 Dec 09:00 on, and the policy asks 13 weeks (until Wed 3 Mar); add turns or a rotation entry [decided-ahead]',
      '1 warning in 9 files, 3 rotas, 3 people, from now to Wed 30 Jun 2027',
      '',
    ]);
  });

  test('prints the content of hostile files without executing it', async () => {
    const evil = new Map([
      [
        'rotas/people.yaml',
        'people: {a: {name: A, "::error::x": 1, "##[group]y": 2, "e\\u001b[2J\\r\\n::add-mask::z\\u202e": 3}}\n',
      ],
      ['rotas/::error::.yaml', ''],
      ['rotas/ ::error::.yaml', ''],
      ['rotas/##[group].yaml', ''],
      ['rotas/a\n::error::b\u001b[31m.yaml', ''],
      ['policies/##[error].md.txt', ''],
      ['rotas/team/r.yaml', 'name: "##[endgroup]\\n::warning::"\ntimezone: "::error::Moon"\n"\\u2028": 1\n'],
    ]);
    const { status, stdout, stderr } = await run(evil, 'check');
    expect([status, stderr]).toStrictEqual([1, '']);
    expect(stdout.split('\n').length).toBeGreaterThan(10);
    expect(stdout).toContain('\\u001b[2J');
    harmless(stdout);
    const result = await run(evil, 'who');
    expect(result.status).toBe(1);
    harmless(result.stderr);
  });
});

describe('rota who', () => {
  test('prints who is on, until when and who is next as JSON of this shape, in UTC and with null for nobody', async () => {
    expect(asLines(await json(handbook, 'who'))).toStrictEqual([
      '{"rota":"desk/auckland","role":"clerk","person":"mere-ngata","from":"2026-11-03T21:00:00Z","until":null,"next":null}',
      '{"rota":"desk/london","role":"clerk","person":"amara-osei","from":"2026-12-02T09:00:00Z","until":"2026-12-02T17:00:00Z","next":{"person":"amara-osei","from":"2026-12-03T09:00:00Z"}}',
      '{"rota":"desk/london","role":"spare","person":null,"from":null,"until":null,"next":null}',
    ]);
  });

  test.each(['who', 'turns', 'shifts --from 2026-12-01 --to 2026-12-02'])(
    '%s reports that there is no rota yet',
    async (command) => {
      const empty = texts('== policies/publishing.yaml\nahead: 2 weeks\n');
      expect(await run(empty, command)).toStrictEqual({
        status: 0,
        stdout: '',
        stderr: 'there is no rota in rotas/ yet, so nobody is on\n',
      });
    },
  );

  test('prints them as a table in the zone of each rota, with names of people', async () => {
    expect(await run(handbook, 'who')).toStrictEqual({
      status: 0,
      stderr: '',
      stdout: `Who is on, Wed 2 Dec 12:00 (Europe/London)

Rota           Role   On          Until            Next                         Zone
desk/auckland  clerk  Mere Ngata  –                –                            Pacific/Auckland
desk/london    clerk  Amara Osei  Wed 2 Dec 17:00  Amara Osei, Thu 3 Dec 09:00  Europe/London
desk/london    spare  nobody      –                –                            Europe/London

Times are those of each rota's zone.
`,
    });
    expect((await run(handbook, 'who desk/london')).stdout).toBe(`Who is on, Wed 2 Dec 12:00 (Europe/London)

Rota         Role   On          Until            Next
desk/london  clerk  Amara Osei  Wed 2 Dec 17:00  Amara Osei, Thu 3 Dec 09:00
desk/london  spare  nobody      –                –

Times are those of Europe/London.
`);
  });

  test('--at accepts an instant, a local time or a date; a start is included, an end is not', async () => {
    const expected = {
      '2026-12-03T09:59:59Z': 'amara-osei 2026-12-03T10:00:00Z',
      '2026-12-03T10:00:00Z': 'ben-adeyemi 2026-12-03T12:00:00Z',
      '2026-12-03T22:59:59+13:00': 'amara-osei 2026-12-03T10:00:00Z',
      '2026-12-03T10:00': 'ben-adeyemi 2026-12-03T12:00:00Z',
      '2026-12-03': 'null 2026-12-03T09:00:00Z',
      '2027-07-05T08:30': 'null 2027-07-05T08:00:00Z',
      '2027-07-05T09:00': 'ben-adeyemi 2027-07-05T16:00:00Z',
    };
    const runs = Object.keys(expected).map(async (at) => {
      const [clerk] = (await json(handbook, `who desk/london --at ${at}`)) as {
        person: string;
        until: string;
      }[];
      return [at, `${clerk?.person} ${clerk?.until}`];
    });
    expect(Object.fromEntries(await Promise.all(runs))).toStrictEqual(expected);
  });

  describe('a local time, with rotas in several zones,', () => {
    const moved = new Map(
      [...handbook].map(([path, text]) => [path, text.replace('[mere-ngata]', '[mere-ngata, ben-adeyemi]')]),
    );
    const people = async (words: string) =>
      ((await json(moved, `who ${words}`)) as { person: string }[]).map(({ person }) => person);

    test('is one instant: in the zone that is named, or in that of the rota', async () => {
      // The hand-over in Auckland on Wednesday 2 December 10:00 is on Tuesday 21:00 in London.
      expect(await people('--at 2026-12-01T20:59 --zone Europe/London')).toStrictEqual([
        'ben-adeyemi',
        null,
        null,
      ]);
      expect(await people('--at 2026-12-01T21:00 --zone Europe/London')).toStrictEqual([
        'mere-ngata',
        null,
        null,
      ]);
      expect(await people('--at 2026-12-02T09:59 --zone Pacific/Auckland')).toStrictEqual([
        'ben-adeyemi',
        null,
        null,
      ]);
      expect(await people('desk/auckland --at 2026-12-02T09:59')).toStrictEqual(['ben-adeyemi']);
      expect(await people('desk/auckland --at 2026-12-02T09:59 --zone Europe/London')).toStrictEqual([
        'mere-ngata',
      ]);
      expect(await people('--at 2026-12-01T20:59:59Z')).toStrictEqual(['ben-adeyemi', null, null]);
    });

    test('shows all rows in the zone that is named', async () => {
      const { stdout } = await run(handbook, 'who --at 2026-12-02T12:00 --zone Asia/Kolkata');
      expect(stdout).toContain('Who is on, Wed 2 Dec 12:00 (Asia/Kolkata)');
      expect(stdout).toContain('Times are those of Asia/Kolkata.');
    });

    test.each(['who --at 2026-12-02T09:59', 'who --at 2026-12-02'])(
      'is refused without either: %s',
      async (words) => {
        const local = words.slice('who --at '.length);
        expect(await run(handbook, words)).toStrictEqual({
          status: 2,
          stdout: '',
          stderr:
            `rota: ${local} is not one instant: there are rotas in Europe/London, Pacific/Auckland; ` +
            `add --zone Europe/London, or name a rota: rota who desk/auckland --at ${local}\n`,
        });
      },
    );

    test('of shifts is refused likewise, while a date is a day of each rota', async () => {
      const ran = await run(handbook, 'shifts --from 2026-12-02T09:00 --to 2026-12-03T09:00');
      expect([ran.status, ran.stderr]).toStrictEqual([
        2,
        expect.stringContaining('add --zone Europe/London'),
      ]);
      const shifts = async (words: string) =>
        (
          (await json(handbook, `shifts --from 2026-12-02 --to 2026-12-03${words}`)) as { start: string }[]
        ).map(({ start }) => start);
      expect(await shifts('')).toContain('2026-12-01T11:00:00Z');
      expect(await shifts(' --zone Europe/London')).toContain('2026-12-02T00:00:00Z');
      expect(await shifts(' --person amara-osei')).toHaveLength(1);
    });
  });

  test('uses the clock without --at and --now', async () => {
    const { stdout } = await rotaInProcess(folder(handbook), ['--format', 'json', 'who', 'desk/auckland']);
    expect(asLines(JSON.parse(stdout))).toHaveLength(1);
  });

  test('omits a rota past the end of its holiday list with a warning and status 1, and prints the others', async () => {
    const { status, stdout, stderr } = await run(handbook, '--format json who --at 2031-01-01T00:00:00Z');
    expect(status).toBe(1);
    expect(asLines(JSON.parse(stdout))).toStrictEqual([
      '{"rota":"desk/auckland","role":"clerk","person":"mere-ngata","from":null,"until":null,"next":null}',
    ]);
    expect(stderr).toBe(
      'desk/london: the holiday list of their support hours does not reach 2031-01-01; extend it with "rota holidays"\n',
    );
  });

  test('with a broken file prints the rest, with status 1 and the errors on standard error', async () => {
    const { status, stdout, stderr } = await run(faulty, '--format json who');
    expect(status).toBe(1);
    expect(asLines(JSON.parse(stdout))).toHaveLength(1);
    expect(
      stderr,
    ).toBe(`rotas/desk/london.yaml:4:17: error: "mondy" is not one of monday, tuesday, wednesday, thursday, friday, saturday and sunday; did you mean "monday"? [schema]
rotas/desk/london.yaml:5:62: error: there is no person "amara-osey"; did you mean "amara-osei"? [known-names]
continuing without what could not be read: 2 errors
`);
    expect(await run(faulty, 'who desk/london')).toMatchObject({ status: 1, stdout: '' });
    expect((await run(faulty, 'shifts desk/auckland --from 2026-12-02 --to 2026-12-03')).stdout).toContain(
      'Mere Ngata',
    );
  });

  test('prints names that look like commands without issuing them', async () => {
    const named = new Map(
      [...handbook].map(([path, text]) => [
        path,
        text.replace('Amara Osei', '"##[error]Amara"').replace('Mere Ngata', '"::error::Mere"'),
      ]),
    );
    const all = await Promise.all([
      run(named, 'who'),
      run(named, 'shifts --from 2026-12-02 --to 2026-12-04'),
      run(named, 'who --service website'),
    ]);
    for (const { status, stdout } of all) {
      expect(status).toBe(0);
      harmless(stdout);
    }
  });
});

describe('rota who --service --priority', () => {
  const who = (words: string) => run(handbook, `who ${words} --at 2026-12-01T12:00`);

  test('names the priority in its title and in JSON', async () => {
    expect((await who('--service website --priority P1')).stdout).toMatch(/^Website, .*, P1\n/);
    expect((await who('--service website --priority P1 --format json')).stdout).toContain('"priority": "P1"');
  });

  describe('by when they have to answer', () => {
    const files = having(`
== policies/support-hours/office.yaml
name: Office
timezone: Europe/London
holidays: england
windows: {in-hours: [{days: working, from: "09:00", to: "17:00"}], evening: [{days: every, from: "17:00", to: "22:00"}]}
== policies/service-levels/desk.yaml
name: Desk
hours: office
source: https://example.org/levels
priorities:
  P1: {name: Critical, in_hours: {respond: 1 hour}, out_of_hours: {as_soon_as_possible: true}}
  P2: {name: Major, in_hours: {respond: 4 hours}}
  P3: {name: Question}
clock: {in-hours: in_hours, evening: out_of_hours}
== policies/escalation/desk.yaml
name: Desk
applies_in: [in-hours, evening]
levels:
  - {notify: [desk/london/clerk], escalate_after: 15 minutes}
  - {notify: [person: mere-ngata], only_for: [P1]}
== policies/services.yaml
services: {website: {name: Website, team: desk, service_level: desk, escalation: {in-hours: desk, evening: desk}}}
`);
    const at = (words: string) => run(files, `who --service website --priority ${words}`);

    test.each<[words: string, respondBy: string | null, line: string]>([
      ['P1 --at 2026-12-01T12:00', '2026-12-01T13:00:00Z', 'P1: first reply by Tue 1 Dec 13:00 (promised).'],
      [
        'P2 --at 2026-12-01T15:00',
        '2026-12-02T11:00:00Z',
        'P2: first reply by Wed 2 Dec 11:00 (promised).\nNot called for P2: Mere Ngata.',
      ],
      [
        'P1 --at 2026-12-01T18:00',
        '2026-12-02T10:00:00Z',
        'P1: answered as soon as possible (promised). First reply by Wed 2 Dec 10:00 (promised).',
      ],
      [
        'P2 --at 2026-12-01T18:00',
        '2026-12-02T13:00:00Z',
        'Nothing is promised for P2 in the window evening; a ticket opened then has its first reply by Wed 2 Dec 13:00 (promised).\nNot called for P2: Mere Ngata.',
      ],
      [
        'P3 --at 2026-12-01T18:00',
        null,
        'Nothing is promised for P3 in the window evening.\nNot called for P3: Mere Ngata.',
      ],
      [
        'P1 --at 2026-12-01T23:00',
        '2026-12-02T10:00:00Z',
        'Nothing is promised for P1 outside all support hours; a ticket opened then has its first reply by Wed 2 Dec 10:00 (promised).',
      ],
    ])('%s', async (words, respondBy, line) => {
      const ran = await at(words);
      expect(ran.status).toBe(0);
      expect(ran.stdout.split('\n\n').at(-1)).toBe(`${line}\n`);
      const printed = JSON.parse((await at(`${words} --format json`)).stdout);
      expect([printed.priority, printed.respond_by]).toEqual([words.slice(0, 2), respondBy]);
      expect(Object.keys(printed)).toEqual(['service', 'window', 'priority', 'levels', 'respond_by']);
    });

    test('is called an example where the service level is one', async () => {
      expect((await who('--service website --priority P1')).stdout).toContain(
        '\n\nP1: first reply by Tue 1 Dec 13:00 (in the example).\n',
      );
    });

    test('is unknown past the end of a holiday list, with those who are called and status 1', async () => {
      const { status, stdout, stderr } = await at('P2 --at 2030-12-31T16:00');
      expect(status).toBe(1);
      expect(stdout).toContain('at once');
      expect(stdout).not.toContain('romised');
      expect(stderr).toContain('by when P2 is answered is unknown: the count leaves the holiday list');
    });

    test('is not in the JSON without a priority', async () => {
      const { stdout } = await run(files, '--format json who --service website --at 2026-12-01T12:00');
      expect(Object.keys(JSON.parse(stdout))).toEqual(['service', 'window', 'levels']);
    });
  });

  test('ends with the runbook of the service', async () => {
    const site = having(
      '== policies/services.yaml\nservices: {website: {name: Website, team: desk, service_level: desk, escalation: {in-hours: desk}, runbook: "https://example.org/runbook"}}\n',
    );
    expect((await run(site, 'who --service website')).stdout).toMatch(
      /\n\nRunbook: https:\/\/example.org\/runbook\n$/,
    );
    expect((await run(site, 'who --service website --format json')).stdout).toContain(
      '"runbook": "https://example.org/runbook"',
    );
  });

  test('prints every way to reach who is called, whatever is published, and leaves JSON as it is', async () => {
    const reached = new Map(
      [...handbook].map(([path, text]) => [
        path,
        text.replace(
          'name: Mere Ngata',
          'name: Mere Ngata, reach: {slack: "@mere", phone: "+64 9", email: mere@example.org}',
        ),
      ]),
    );
    const { stdout } = await run(reached, 'who --service website');
    expect(stdout).toMatch(/Called +Who +As +Reached by\nat once +\w+ \w+ +desk\/london\/clerk *\n/);
    expect(stdout).toMatch(/Mere Ngata +phone \+64 9, chat @mere, e-mail mere@example.org\n/);
    const json = 'who --service website --format json';
    expect((await run(reached, json)).stdout).toBe((await run(handbook, json)).stdout);
  });

  test.each([
    ['--service website --priority P9', 'there is no priority of desk "P9"'],
    ['--priority P1', '--priority needs --service'],
  ])('%s is a usage error', async (words, text) => {
    const { status, stderr } = await who(words);
    expect(status).toBe(2);
    expect(stderr).toContain(text);
  });
});

describe('rota who --service', () => {
  const whoFor = (at = '') => run(handbook, `--format json who --service website${at}`);

  test('prints who is called, level by level, as JSON of this shape', async () => {
    const { status, stdout } = await whoFor();
    expect(status).toBe(0);
    expect(JSON.stringify(JSON.parse(stdout))).toBe(
      '{"service":"website","window":"in-hours","levels":[{"after_minutes":0,"notify":[{"rota":"desk/london","role":"clerk","person":"amara-osei"}]},{"after_minutes":15,"notify":[{"rota":null,"role":null,"person":"mere-ngata"}]}]}',
    );
    const night = await whoFor(' --at 2026-12-02T20:00');
    expect([night.status, JSON.stringify(JSON.parse(night.stdout))]).toStrictEqual([
      0,
      '{"service":"website","window":null,"levels":[]}',
    ]);
  });

  test('prints them as a table in the zone of the hours', async () => {
    expect(
      (await run(handbook, 'who --service website --at 2027-07-05T08:00:00Z')).stdout,
    ).toBe(`Website, Mon 5 Jul 09:00 (Europe/London), in-hours

Called            Who          As
at once           Ben Adeyemi  desk/london/clerk
after 15 minutes  Mere Ngata
`);
    expect(
      (await run(handbook, 'who --service website --at 2026-12-25T12:00')).stdout,
    ).toBe(`Website, Fri 25 Dec 12:00 (Europe/London)

Nobody is called for it at that time.
`);
  });

  test('past the end of a holiday list does not print that nobody is called, because it is unknown', async () => {
    const { status, stdout, stderr } = await run(handbook, 'who --service website --at 2031-01-02T12:00');
    expect(stdout).not.toContain('Nobody is promised');
    expect(status).toBe(1);
    expect(stderr).toContain('holiday list');
  });

  test('with a chain that could not be read does not print that nobody is called', async () => {
    const broken = having(
      '== policies/escalation/desk.yaml\n{name: Desk, applies: [in-hours], levels: []}\n',
    );
    const { status, stdout } = await run(broken, 'who --service website');
    expect(status).toBe(1);
    expect(stdout).not.toContain('Nobody is promised');
  });

  test('past the end of the list of a rota that is called does not print that nobody is on', async () => {
    const lists = having(`
== policies/support-hours/service.yaml
{name: Service, timezone: Europe/London, windows: {in-hours: [{days: every, from: "09:00", to: "17:00"}]}}
== policies/service-levels/desk.yaml
{name: Desk, hours: service, priorities: {P1: {name: Critical, in_hours: {respond: 1 hour}}}, clock: {in-hours: in_hours}}
`);
    const { status, stdout, stderr } = await run(lists, 'who --service website --at 2031-01-02T12:00');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      'rota: desk/london/clerk is called, but the holiday list of its support hours does not reach that day, so it is unknown who is called; extend it with "rota holidays"\n',
    );
    const broken = await run(
      new Map([...lists, ...texts('== policies/holidays/england.yaml\nname: England\n')]),
      'who --service website',
    );
    expect([broken.status, broken.stdout]).toEqual([1, '']);
    expect(broken.stderr).toContain(
      'rota: the file that defines desk/london/clerk could not be read, so it is unknown who is called\n',
    );
  });

  test('of a service that exists but could not be read is not a usage error, as with a rota', async () => {
    const broken = having('== policies/services.yaml\nservices: {website: {name: Website, tem: desk}}\n');
    const { status, stderr } = await run(broken, 'who --service website');
    expect(stderr).not.toContain('there is no service');
    expect(status).toBe(1);
  });
});

describe('rota shifts', () => {
  test('prints the shifts of all rotas in a span as JSON of this shape: clipped, sorted by start, rota and role', async () => {
    expect(
      asLines(await json(handbook, 'shifts --from 2026-12-03T08:00:00Z --to 2026-12-04T10:00:00Z')),
    ).toStrictEqual([
      '{"rota":"desk/auckland","role":"clerk","person":"mere-ngata","start":"2026-12-03T08:00:00Z","end":"2026-12-04T10:00:00Z"}',
      '{"rota":"desk/london","role":"clerk","person":"amara-osei","start":"2026-12-03T09:00:00Z","end":"2026-12-03T10:00:00Z"}',
      '{"rota":"desk/london","role":"clerk","person":"ben-adeyemi","start":"2026-12-03T10:00:00Z","end":"2026-12-03T12:00:00Z"}',
      '{"rota":"desk/london","role":"clerk","person":"amara-osei","start":"2026-12-03T12:00:00Z","end":"2026-12-03T17:00:00Z"}',
      '{"rota":"desk/london","role":"clerk","person":"amara-osei","start":"2026-12-04T09:00:00Z","end":"2026-12-04T10:00:00Z"}',
    ]);
  });

  test('interprets dates as local midnights in the zone of each rota, the last excluded', async () => {
    expect(
      asLines(await json(handbook, 'shifts desk/auckland --from 2026-12-01 --to 2026-12-02')),
    ).toStrictEqual([
      '{"rota":"desk/auckland","role":"clerk","person":"mere-ngata","start":"2026-11-30T11:00:00Z","end":"2026-12-01T11:00:00Z"}',
    ]);
    expect(asLines(await json(handbook, 'shifts --from 2027-07-05 --to 2027-07-06'))).toStrictEqual([
      '{"rota":"desk/auckland","role":"clerk","person":"mere-ngata","start":"2027-07-04T12:00:00Z","end":"2027-07-05T12:00:00Z"}',
      '{"rota":"desk/london","role":"clerk","person":"ben-adeyemi","start":"2027-07-05T08:00:00Z","end":"2027-07-05T16:00:00Z"}',
    ]);
  });

  test('with --person prints only the shifts of that person', async () => {
    expect(
      asLines(await json(handbook, 'shifts --person ben-adeyemi --from 2026-11-30 --to 2026-12-07T09:30')),
    ).toStrictEqual([
      '{"rota":"desk/london","role":"clerk","person":"ben-adeyemi","start":"2026-12-03T10:00:00Z","end":"2026-12-03T12:00:00Z"}',
      '{"rota":"desk/london","role":"clerk","person":"ben-adeyemi","start":"2026-12-07T09:00:00Z","end":"2026-12-07T09:30:00Z"}',
    ]);
    expect(
      await json(handbook, 'shifts --person mere-ngata desk/london --from 2026-11-30 --to 2026-12-07'),
    ).toStrictEqual([]);
  });

  test('prints them as a table', async () => {
    expect(await run(handbook, 'shifts desk/london --from 2026-12-03 --to 2026-12-04')).toStrictEqual({
      status: 0,
      stderr: '',
      stdout: `From             To               Who          Rota         Role
Thu 3 Dec 09:00  Thu 3 Dec 10:00  Amara Osei   desk/london  clerk
Thu 3 Dec 10:00  Thu 3 Dec 12:00  Ben Adeyemi  desk/london  clerk
Thu 3 Dec 12:00  Thu 3 Dec 17:00  Amara Osei   desk/london  clerk

Times are those of Europe/London.
`,
    });
  });

  test('past the end of a holiday list are not guessed', async () => {
    const { status, stdout, stderr } = await run(
      handbook,
      '--format json shifts --from 2030-12-30 --to 2031-01-03',
    );
    expect(status).toBe(1);
    expect(asLines(JSON.parse(stdout)).map((line) => line.includes('auckland'))).toStrictEqual([true]);
    expect(stderr).toContain('desk/london: the holiday list');
    const last = await run(handbook, '--format json shifts desk/london --from 2030-12-31 --to 2031-01-01');
    expect([last.status, asLines(JSON.parse(last.stdout)).length]).toStrictEqual([0, 1]);
  });

  test('of a person who exists but could not be read is not a usage error, as with a rota', async () => {
    const broken = having(
      '== rotas/people.yaml\npeople: {amara-osei: {nam: Amara}, ben-adeyemi: {name: Ben}, mere-ngata: {name: M}}\n',
    );
    const { status, stderr } = await run(
      broken,
      'shifts --person amara-osei --from 2026-12-03 --to 2026-12-04',
    );
    expect(stderr).not.toContain('there is no person');
    expect(status).toBe(1);
  });
});

describe('rota publish', () => {
  const publish = (root: string, ...words: readonly string[]) =>
    rotaInProcess(root, [...NOW, 'publish', '--out', 'out', ...words]);

  test('writes calendars, data and pages, and prints where', async () => {
    const root = folder(handbook);
    const { status, stdout, stderr } = await publish(root);
    expect([status, stderr]).toStrictEqual([0, '']);
    expect(stdout).toMatch(
      /^wrote 21 files \(\d+ KiB\) to out: index.html, teams\/, people\/, calendars\/, shifts.json and who.json\n$/,
    );
    expect([...contents(join(root, 'out')).keys()]).toStrictEqual([
      'calendars/all.ics',
      'calendars/index.json',
      'calendars/people/amara-osei-busy.ics',
      'calendars/people/amara-osei.ics',
      'calendars/people/ben-adeyemi-busy.ics',
      'calendars/people/ben-adeyemi.ics',
      'calendars/people/mere-ngata.ics',
      'calendars/rotas/desk/auckland.ics',
      'calendars/rotas/desk/london.ics',
      'calendars/teams/desk.ics',
      'everyone.html',
      'icon.svg',
      'index.html',
      'now.js',
      'people/amara-osei.html',
      'people/ben-adeyemi.html',
      'people/mere-ngata.html',
      'shifts.json',
      'site.css',
      'teams/desk.html',
      'who.json',
    ]);
    const answer = JSON.parse(
      (await rotaInProcess(root, [...NOW, '--format', 'json', 'publish', '--out', 'out'])).stdout,
    );
    expect(answer).toStrictEqual({ folder: 'out', files: 21, bytes: expect.any(Number) });
    expect(readFileSync(join(root, 'out/who.json'), 'utf8')).toBe(
      (await rotaInProcess(root, [...NOW, '--format', 'json', 'who'])).stdout,
    );
  });

  test('gives the same bytes in any zone and language of the machine, and when it is repeated', async () => {
    const root = folder(handbook);
    const outputs: Map<string, string>[] = [];
    for (const env of [
      {},
      { TZ: 'Pacific/Auckland', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
      { TZ: 'America/Los_Angeles' },
    ]) {
      await rota(root, [...NOW, 'publish', '--out', 'out'], env);
      outputs.push(contents(join(root, 'out')));
    }
    expect(outputs[0]?.size).toBe(21);
    expect(outputs[1]).toStrictEqual(outputs[0]);
    expect(outputs[2]).toStrictEqual(outputs[0]);
  });

  test('refuses a handbook with errors, prints them, and leaves the old output unchanged', async () => {
    const root = folder(handbook);
    await publish(root);
    const before = contents(join(root, 'out'));
    fill(root, faulty);
    const { status, stdout } = await publish(root);
    expect(status).toBe(1);
    expect(stdout.split('\n').at(-2)).toBe('nothing was published, because of 2 errors');
    expect(stdout).toContain('rotas/desk/london.yaml:4:17: error: "mondy"');
    expect(contents(join(root, 'out'))).toStrictEqual(before);
    expect(readdirSync(root).toSorted()).toStrictEqual(['out', 'policies', 'rotas']);
    const fresh = await publish(folder(faulty));
    expect(fresh.status).toBe(1);
  });

  test('is not prevented by warnings', async () => {
    expect((await publish(folder(warned))).status).toBe(0);
  });

  test('keeps the calendar of somebody who has left, from the old output', async () => {
    const root = folder(handbook);
    await publish(root);
    fill(
      root,
      new Map(
        [...handbook].map(([path, text]) => [
          path,
          text.replaceAll('ben-adeyemi', 'eli-shah').replaceAll('Ben Adeyemi', 'Eli Shah'),
        ]),
      ),
    );
    expect((await publish(root)).stdout).toContain('wrote 23 files');
    const feed = readFileSync(join(root, 'out/calendars/people/ben-adeyemi.ics'), 'utf8');
    expect(feed).toContain('NAME:On call: no longer in use\r\n');
    expect(feed).not.toContain('VEVENT');
  });

  test('keeps them from an address or another folder, and is a fault if the address does not respond', async () => {
    const gone = [{ path: 'calendars/people/zoe-akesson.ics', name: 'On call: Zoë' }];
    let status = 200;
    const server = createServer((_, response) => void response.writeHead(status).end(JSON.stringify(gone)));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    onTestFinished(() => void server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rota`;
    const root = folder(handbook);
    const feed = join(root, 'out/calendars/people/zoe-akesson.ics');
    expect((await publish(root, '--previous', address)).status).toBe(0);
    expect(readFileSync(feed, 'utf8')).toContain('NAME:On call: no longer in use');
    const before = contents(join(root, 'out'));

    status = 500;
    const failed = await publish(root, '--previous', address);
    expect([failed.status, failed.stdout]).toStrictEqual([3, '']);
    expect(failed.stderr).toContain(`${address}/calendars/index.json responded with status 500`);
    expect(contents(join(root, 'out'))).toStrictEqual(before);

    const other = folder(handbook);
    await publish(other, '--previous', join(root, 'out'));
    expect(existsSync(join(other, 'out/calendars/people/zoe-akesson.ics'))).toBe(true);
  });

  test('is a usage error if the folder of --previous has no publication, and changes nothing', async () => {
    const root = folder(new Map([...handbook, ['empty/calendars/all.ics', 'x']]));
    await publish(root);
    const before = contents(join(root, 'out'));
    for (const [name, why] of [
      ['pulbic', 'there is no folder pulbic; name the folder that holds the last publication'],
      [
        'empty',
        'there is no calendars/index.json in empty, which lists the calendars to keep; name the folder that holds the last publication',
      ],
    ] as const)
      expect(await publish(root, '--previous', name)).toStrictEqual({
        status: 2,
        stdout: '',
        stderr: `rota: ${why}\n`,
      });
    expect(contents(join(root, 'out'))).toStrictEqual(before);
  });

  test('is a fault, and leaves the old output, if the address refuses connections', async () => {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    await new Promise((closed) => server.close(closed));
    const root = folder(handbook);
    await publish(root);
    const before = contents(join(root, 'out'));
    const { status, stdout, stderr } = await publish(root, '--previous', `http://127.0.0.1:${port}/`);
    expect([status, stdout]).toStrictEqual([3, '']);
    expect(stderr).toMatch(/^rota: .*\n$/);
    expect(contents(join(root, 'out'))).toStrictEqual(before);
  });

  test('is a fault when the output cannot be written', async () => {
    const root = folder(new Map([...handbook, ['file', 'x']]));
    const { status, stdout, stderr } = await rotaInProcess(root, [...NOW, 'publish', '--out', 'file/below']);
    expect([status, stdout]).toStrictEqual([3, '']);
    expect(stderr).toMatch(/^rota: .*\n$/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('is a usage error if the folder has other files, and changes nothing', async () => {
    const root = folder(new Map([...handbook, ['out/thesis.txt', 'years of work']]));
    expect(await publish(root)).toStrictEqual({
      status: 2,
      stdout: '',
      stderr: 'rota: out holds files that were not published by rota; name an empty or a new folder\n',
    });
    expect([...contents(join(root, 'out'))]).toStrictEqual([['thesis.txt', 'years of work']]);
    expect((await rotaInProcess(root, [...NOW, 'publish', '--out', '.'])).status).toBe(2);
    expect((await rotaInProcess(root, [...NOW, 'publish', '--out', 'rotas/people.yaml'])).status).toBe(2);
  });

  test('restores the output after a run that was killed between its two renames', async () => {
    const root = folder(handbook);
    await publish(root);
    const before = contents(join(root, 'out'));
    renameSync(join(root, 'out'), join(root, '.out.old'));
    mkdirSync(join(root, '.out.new'));
    fill(root, faulty);
    expect((await publish(root)).status).toBe(1);
    expect(contents(join(root, 'out'))).toStrictEqual(before);
    fill(root, handbook);
    expect((await publish(root)).status).toBe(0);
    expect(contents(join(root, 'out'))).toStrictEqual(before);
    expect(readdirSync(root).toSorted()).toStrictEqual(['out', 'policies', 'rotas']);
  });
});

describe('rota holidays', () => {
  test('prints a list as a file, as JSON, or writes it', async () => {
    const root = folder();
    const printed = await rotaInProcess(root, ['holidays', 'gb-eng', '--years', '2027']);
    expect([printed.status, printed.stderr]).toStrictEqual([0, '']);
    expect(printed.stdout).toMatch(/^# yaml-language-server: .*\n# Made by "rota holidays GB-ENG"/);
    const listed = JSON.parse(
      (await rotaInProcess(root, ['--format', 'json', 'holidays', 'GB-ENG', '--years', '2026-2030'])).stdout,
    );
    expect(Object.keys(listed)).toStrictEqual([
      'name',
      'region',
      'source',
      'complete_from',
      'complete_until',
      'holidays',
      'observed',
    ]);
    expect([listed.complete_from, listed.complete_until, listed.holidays['2030-12-25']]).toStrictEqual([
      '2026-01-01',
      '2030-12-31',
      'Christmas Day',
    ]);
    const written = await rotaInProcess(root, [
      'holidays',
      'GB-ENG',
      '--years',
      '2027',
      '--out',
      'list.yaml',
    ]);
    expect(written).toStrictEqual({
      status: 0,
      stdout: '',
      stderr: 'wrote 8 days of United Kingdom, England, 2027, to list.yaml\n',
    });
    expect(readFileSync(join(root, 'list.yaml'), 'utf8')).toBe(printed.stdout);
    const out = (path: string) =>
      rotaInProcess(root, ['holidays', 'GB-ENG', '--years', '2026-2027', '--out', path]);
    expect(await out('no/where.yaml')).toStrictEqual({
      status: 2,
      stdout: '',
      stderr: 'rota: there is no folder no to write to; create it, or name another with --out\n',
    });
    expect(await out('.')).toStrictEqual({
      status: 2,
      stdout: '',
      stderr: 'rota: . is a folder; name a file in it with --out\n',
    });
    const first = 'policies/holidays/england.yaml';
    expect([(await out(first)).status, existsSync(join(root, first))]).toStrictEqual([0, true]);
  });

  test('of a whole country lists the regions whose holidays differ', async () => {
    const { status, stdout, stderr } = await rotaInProcess(folder(), ['holidays', 'GB', '--years', '2027']);
    expect([status, stdout.includes('region: GB\n')]).toStrictEqual([0, true]);
    expect(stderr).toBe(
      'GB has regions whose holidays differ from this list: GB-ALD, GB-ENG, GB-NIR, GB-SCT, GB-WLS\n',
    );
  });
});

describe('every command reports which folder it read', () => {
  const words = [...NOW, 'who', 'desk/london'];

  test('and that it is in no git checkout', async () => {
    const root = folder(handbook);
    const { stderr } = await rawRotaInProcess(root, words);
    expect(stderr).toBe(
      `rota: ${handbook.size} files read from ${root}, which is in no git checkout, ` +
        'so nothing is known of earlier versions\n',
    );
    git(root, '2026-11-20T12:00:00Z', 'init', '--quiet');
    expect((await rawRotaInProcess(root, words)).stderr).toBe(
      `rota: ${handbook.size} files read from ${root}\n`,
    );
    const inside = await rawRotaInProcess(join(root, 'rotas'), [...words, '--root', '..']);
    expect(inside.stderr).toContain(` read from ${root}\n`);
  });
});

test('no control, format or direction character of the input is printed raw, in JSON neither', async () => {
  const odd = having(
    `
== rotas/desk/london.yaml
name: "a\\u202eb\\u0007"
timezone: "x\\u200by\\u2028"
"k\\u{e0041}": 1
handover: {day: "mon\\u061c", time: "09:00"}
roles: {clerk: {rotation: [{first_turn: "2026\\u009b", people: ["p\\u202e"]}]}}
`.replaceAll('\\u{e0041}', '\\U000E0041'),
  );
  const words = [
    ['check'],
    ['check', '--format', 'json'],
    ['who', 'desk/a\u202e'],
    ['check', '--\u202e'],
    ['\u0007'],
  ];
  for (const it of words) {
    const { status, stdout, stderr } = await rotaInProcess(folder(odd), [...NOW, ...it]);
    expect(status, it.join(' ')).not.toBe(0);
    expect(`${stdout}${stderr}`.replaceAll('\n', ''), it.join(' ')).not.toMatch(
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u,
    );
  }
  const { stdout } = await rotaInProcess(folder(odd), [...NOW, 'check', '--format', 'json']);
  for (const { message } of JSON.parse(stdout) as { message: string }[])
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});

test('check --all lists every time of a finding, and JSON always does', async () => {
  const gaps = new Map(
    [...handbook].map(([path, text]) => [path, text.replace('[amara-osei', '[amara-osei, mere-ngata')]),
  );
  const away = new Map(gaps).set(
    'rotas/people.yaml',
    (gaps.get('rotas/people.yaml') as string).replace(
      'Mere Ngata',
      'Mere Ngata, away: [{first_day: 2026-12-01, last_day: 2027-03-01}]',
    ),
  );
  const { stdout: plain } = await run(away, 'check');
  const { stdout: all } = await run(away, 'check --all');
  const more = Number(/ and (\d+) more time/.exec(plain)?.[1]);
  expect(more).toBeGreaterThan(1);
  const lines = all.split('\n');
  const first = lines.findIndex((line) => line.includes(` and ${more} more time`));
  expect(lines.slice(first + 1, first + 2 + more).every((line) => /^ {2}\w{3} \d/.test(line))).toBe(true);
  const found = (await json(away, 'check')) as { message: string; times?: { start: string }[] }[];
  expect(found.find(({ message }) => message.includes(` and ${more} more`))?.times).toHaveLength(more + 1);
});

describe('a usage error', () => {
  const MOMENT = 'Write it as 2026-12-02, 2026-12-02T10:00 or 2026-12-02T10:00:00Z.';
  const messages = {
    '': 'Usage: rota [options] [command]',
    chekc: "error: unknown command 'chekc'\n(Did you mean check?)",
    'check --strikt': "error: unknown option '--strikt'\n(Did you mean --strict?)",
    'check desk/london':
      "error: too many arguments for 'check'. Expected 0 arguments but got 1: desk/london.",
    'who desk/londn': 'rota: there is no rota "desk/londn"; did you mean "desk/london"?\n',
    'who nothing/like-it': 'rota: there is no rota "nothing/like-it"; there are desk/auckland, desk/london\n',
    'who --service websit': 'rota: there is no service "websit"; did you mean "website"?\n',
    'who desk/london --service website': 'rota: a rota and --service cannot be combined; name one of them\n',
    'who --at tomorrow': `error: option '--at <time>' argument 'tomorrow' is invalid. ${MOMENT}`,
    'who --at 2026-02-30': "argument '2026-02-30' is invalid. There is no such day.",
    'who --at 2026-12-02T24:00': `argument '2026-12-02T24:00' is invalid. ${MOMENT}`,
    'who --at 1999-12-31T23:59:59Z': `argument '1999-12-31T23:59:59Z' is invalid. ${MOMENT}`,
    'shifts --from 2026-12-02': "error: required option '--to <time>' not specified",
    'shifts --from 2026-12-02 --to 2026-12-02': 'rota: --from is not before --to\n',
    'shifts --from 2026-12-02 --to 2026-12-03 --person amara-ossei':
      'rota: there is no person "amara-ossei"; did you mean "amara-osei"?\n',
    'shifts --from 2026-12-02 --to 2026-12-03 --person mere':
      'rota: there is no person "mere"; did you mean "mere-ngata"?\n',
    'who london': 'rota: there is no rota "london"; did you mean "desk/london"?\n',
    'who --service web': 'rota: there is no service "web"; there are website\n',
    publish: "error: required option '--out <dir>' not specified",
    'holidays GB-EGN --years 2026':
      'rota: there is no region GB-EGN; did you mean "ENG"?; GB has ALD, ENG, NIR, SCT, WLS\n',
    'holidays GB --years 2030-2026':
      "argument '2030-2026' is invalid. Write the earlier year first: 2026-2030.",
    '--format yaml check': "argument 'yaml' is invalid. Allowed choices are table, json, csv.",
    '--now 2026-12-02 check':
      "argument '2026-12-02' is invalid. Write it as 2026-12-02T10:00:00Z, in the years 2000 to 2099.",
    '--root nowhere check':
      '/nowhere; name the folder that holds them with --root, or begin with rotas/people.yaml and rotas/<team>/<rota>.yaml, as in README\n',
  };

  test('is printed to standard error, with status 2 and no result', async () => {
    const root = folder(handbook);
    const runs = Object.entries(messages).map(async ([command, expected]) => {
      const { status, stdout, stderr } = await rotaInProcess(root, command === '' ? [] : command.split(' '));
      expect([status, stdout, stderr.includes(expected) ? expected : stderr], command).toStrictEqual([
        2,
        '',
        expected,
      ]);
      expect(stderr, command).not.toMatch(/\n\s+at /);
    });
    await Promise.all(runs);
  });

  test('is escaped, whatever the argument was', async () => {
    const root = folder(handbook);
    const evil = '\u001b[2J\n::error::x ##[group]';
    const commands = [
      ['who', evil],
      ['who', '--service', evil],
      ['--root', evil, 'check'],
      ['holidays', evil, '--years', '2026'],
    ];
    for (const { status, stdout, stderr } of await Promise.all(
      commands.map((words) => rotaInProcess(root, words)),
    )) {
      expect([status, stdout]).toStrictEqual([2, '']);
      harmless(stderr);
    }
  });
});

describe('help', () => {
  test('exists for rota and for each of its commands, on standard output', async () => {
    const { status, stdout, stderr } = await rotaInProcess(folder(), ['--help']);
    expect([status, stderr]).toStrictEqual([0, '']);
    const commands = [
      ...stdout
        .slice(stdout.indexOf('Commands:'), stdout.indexOf('Exit status:'))
        .matchAll(/^ {2}([\w-]+)/gm),
    ].map((it) => it[1] ?? '');
    expect(commands).toEqual(
      expect.arrayContaining(['check', 'who', 'shifts', 'publish', 'holidays', 'help']),
    );
    const helps = await Promise.all(commands.map((command) => rotaInProcess(folder(), [command, '--help'])));
    for (const [i, help] of helps.entries()) {
      expect([help.status, help.stderr], commands[i]).toStrictEqual([0, '']);
      if (commands[i] !== 'help') expect(help.stdout).toContain(`Usage: rota ${commands[i]}`);
    }
  });

  test('lists each command with the options, arguments and summary of its own help', async () => {
    const { stdout } = await rotaInProcess(folder(), ['--help']);
    const listed = [...stdout.matchAll(/^ {2}([a-z][a-z-]*)((?: [[<]\w+[\]>])*) {2,}(.+)$/gm)].filter(
      ([, name]) => name !== 'rota' && name !== 'help',
    );
    expect(listed).toHaveLength(22);
    for (const [, name = '', terms = '', summary = ''] of listed) {
      const help = await rotaInProcess(folder(), [name, '--help']);
      const [usage = '', , ...text] = help.stdout.split('\n');
      // A command with subcommands has no options except --help; the list shows neither.
      const own = usage.replace(`Usage: rota ${name}`, '').replace(' [options] [command]', '');
      expect(help.stdout.includes('Options:\n  -h,') ? own.replace(' [options]', '') : own, name).toBe(terms);
      expect(text.slice(0, text.indexOf('')).join(' '), name).toBe(summary);
    }
    for (const [, name = ''] of listed) {
      const help = (await rotaInProcess(folder(), [name, '--help'])).stdout;
      expect(help, name).toMatch(/\nGlobal Options:\n[\s\S]*--root <dir>[\s\S]*\nExamples:\n {2}rota /);
    }
    expect((await rotaInProcess(folder(), ['help', 'who'])).stdout).toBe(
      (await rotaInProcess(folder(), ['who', '--help'])).stdout,
    );
  });

  test('--version prints the versions of rota, of Node and of the time-zone data', async () => {
    expect(await rotaInProcess(folder(), ['--version'])).toStrictEqual({
      status: 0,
      stdout: `rota ${pkg.version} (Node ${process.versions.node}, time-zone data ${process.versions.tz})\n`,
      stderr: '',
    });
  });
});

describe('colours', () => {
  const ESCAPE = '\u001b[';

  test('are not in a pipe, unless FORCE_COLOR is set', async () => {
    const root = folder(faulty);
    const [piped, insisted] = [
      await rota(root, [...NOW, 'check']),
      await rota(root, [...NOW, 'check'], { FORCE_COLOR: '1' }),
    ];
    expect(piped.stdout).not.toContain(ESCAPE);
    expect(insisted.stdout).toContain(ESCAPE);
    expect(stripVTControlCharacters(insisted.stdout)).toBe(piped.stdout);
  });

  test.runIf(process.platform === 'linux')('are on a terminal, unless NO_COLOR is set', () => {
    const root = folder(faulty);
    const command = [
      process.execPath,
      join(import.meta.dirname, '../../scripts/rota.ts'),
      ...NOW,
      'check',
    ].join(' ');
    const onTerminal = (env: Record<string, string>) =>
      spawnSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
        cwd: root,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, TERM: 'xterm-256color', ...env },
      });
    const [coloured, plain] = [onTerminal({}), onTerminal({ NO_COLOR: '1' })];
    expect([coloured.status, plain.status]).toStrictEqual([1, 1]);
    expect(coloured.stdout).toContain(`${ESCAPE}31merror${ESCAPE}39m`);
    expect(plain.stdout).toContain(': error: "mondy"');
    expect(plain.stdout).not.toMatch(/\[\d+m/);
  });
});
