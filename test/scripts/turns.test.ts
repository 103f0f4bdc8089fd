/** `rota turns`: names, times and holders of turns, as a table and as JSON. */
import { expect, test } from 'vitest';
import { texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { folder, type Ran } from '../process.ts';

const handbook = texts(`
== rotas/people.yaml
people: {amara: {name: Amara Osei}, ben: {name: Ben Adeyemi}, chi: {name: Chi Wong}, dee: {name: Dee Novak}, eli: {name: Eli Shah}}
== policies/notice.yaml
published_ahead: 2 months
== rotas/desk/london.yaml
name: London
timezone: Europe/London
handover: {day: monday, time: "09:00", weeks: 2}
roles:
  clerk:
    rotation: [{first_turn: 2026-11-16, people: [amara, ben]}]
    turns: {2026-12-14: chi}
  last: {follows: {role: clerk, by: -1}}
  spare: {counts: false}
overrides:
  - {role: clerk, turn: 2026-11-30, person: chi, instead_of: ben}
  - {role: clerk, person: ben, instead_of: chi, from: 2026-12-01T10:00, to: 2026-12-01T12:00}
== rotas/desk/paris.yaml
name: Paris
timezone: Europe/Paris
handover: {every: day, times: ["06:00", "18:00"]}
roles:
  clerk: {rotation: [{first_turn: 2026-11-30T18:00, people: [dee, eli]}]}
`);

const run = (command: string): Promise<Ran> =>
  rotaInProcess(folder(handbook), ['--now', '2026-12-02T12:00:00Z', ...command.split(' ')]);

const json = async (command: string): Promise<string[]> =>
  JSON.parse((await run(`--format json ${command}`)).stdout).map((it: unknown) => JSON.stringify(it));

test('the turns from now on, as far as rotas have to be decided, one role after the other', async () => {
  expect(await run('turns desk/london')).toStrictEqual({
    status: 0,
    stdout: `Turn        From              Until             Who          Rota         Role
2026-11-30  Mon 30 Nov 09:00  Mon 14 Dec 09:00  Chi Wong     desk/london  clerk
2026-12-14  Mon 14 Dec 09:00  Mon 28 Dec 09:00  Chi Wong     desk/london  clerk
2026-12-28  Mon 28 Dec 09:00  Mon 11 Jan 09:00  Ben Adeyemi  desk/london  clerk
2027-01-11  Mon 11 Jan 09:00  Mon 25 Jan 09:00  Amara Osei   desk/london  clerk
2027-01-25  Mon 25 Jan 09:00  Mon 8 Feb 09:00   Ben Adeyemi  desk/london  clerk
2026-11-30  Mon 30 Nov 09:00  Mon 14 Dec 09:00  Amara Osei   desk/london  last
2026-12-14  Mon 14 Dec 09:00  Mon 28 Dec 09:00  Ben Adeyemi  desk/london  last
2026-12-28  Mon 28 Dec 09:00  Mon 11 Jan 09:00  Chi Wong     desk/london  last
2027-01-11  Mon 11 Jan 09:00  Mon 25 Jan 09:00  Ben Adeyemi  desk/london  last
2027-01-25  Mon 25 Jan 09:00  Mon 8 Feb 09:00   Amara Osei   desk/london  last

Times are those of Europe/London.
`,
    stderr: '',
  });
});

test('how far ahead is the policy of the team', async () => {
  const policy = 'teams: {desk: {published_ahead: 2 weeks}}\n';
  const own = new Map([...handbook, ['policies/notice.yaml', policy]]);
  const { stdout } = await rotaInProcess(folder(own), [
    ...['--now', '2026-12-02T12:00:00Z', '--format', 'json', 'turns', 'desk/london', 'last'],
  ]);
  expect(JSON.parse(stdout).map(({ turn }: { turn: string }) => turn)).toEqual(['2026-11-30', '2026-12-14']);
});

test('a role in a span, as JSON: turns that touch the span, whole, from the first on', async () => {
  expect(await json('turns desk/london last --from 2026-11-01 --to 2026-12-15')).toStrictEqual([
    '{"rota":"desk/london","role":"last","turn":"2026-11-16","from":"2026-11-16T09:00:00Z","until":"2026-11-30T09:00:00Z","person":null}',
    '{"rota":"desk/london","role":"last","turn":"2026-11-30","from":"2026-11-30T09:00:00Z","until":"2026-12-14T09:00:00Z","person":"amara"}',
    '{"rota":"desk/london","role":"last","turn":"2026-12-14","from":"2026-12-14T09:00:00Z","until":"2026-12-28T09:00:00Z","person":"ben"}',
  ]);
  expect(await json('turns desk/london spare')).toStrictEqual([]);
});

test('all rotas, each in its own zone; turns of half a day have a time in their name', async () => {
  const { stdout } = await run('turns --from 2026-12-14T08:00:00Z --to 2026-12-14T20:00:00Z');
  expect(
    stdout,
  ).toBe(`Turn              From              Until             Zone           Who          Rota         Role
2026-11-30        Mon 30 Nov 09:00  Mon 14 Dec 09:00  Europe/London  Chi Wong     desk/london  clerk
2026-12-14        Mon 14 Dec 09:00  Mon 28 Dec 09:00  Europe/London  Chi Wong     desk/london  clerk
2026-11-30        Mon 30 Nov 09:00  Mon 14 Dec 09:00  Europe/London  Amara Osei   desk/london  last
2026-12-14        Mon 14 Dec 09:00  Mon 28 Dec 09:00  Europe/London  Ben Adeyemi  desk/london  last
2026-12-14T06:00  Mon 14 Dec 06:00  Mon 14 Dec 18:00  Europe/Paris   Eli Shah     desk/paris   clerk
2026-12-14T18:00  Mon 14 Dec 18:00  Tue 15 Dec 06:00  Europe/Paris   Dee Novak    desk/paris   clerk

Times are those of each rota's zone.
`);
  expect(await json('turns desk/paris clerk --from 2026-12-01 --to 2026-12-01T18:00')).toStrictEqual([
    '{"rota":"desk/paris","role":"clerk","turn":"2026-11-30T18:00","from":"2026-11-30T17:00:00Z","until":"2026-12-01T05:00:00Z","person":"dee"}',
    '{"rota":"desk/paris","role":"clerk","turn":"2026-12-01T06:00","from":"2026-12-01T05:00:00Z","until":"2026-12-01T17:00:00Z","person":"eli"}',
  ]);
});

test('every name that it prints is one by which turns can be swapped', async () => {
  const root = folder(handbook);
  const names = (await json('turns desk/paris clerk --from 2026-12-20 --to 2026-12-22')).map(
    (line) => JSON.parse(line).turn,
  );
  const [one, other] = names.slice(-2);
  const swap = ['--now', '2026-12-02T12:00:00Z', 'swap', 'desk/paris', 'clerk', one, other];
  expect(await rotaInProcess(root, swap)).toMatchObject({ status: 0, stderr: '' });
});

test.each([
  ['turns desk/londn', 'rota: there is no rota "desk/londn"; did you mean "desk/london"?\n'],
  ['turns desk/london clark', 'rota: there is no role "clark"; did you mean "clerk"?\n'],
  ['turns --from 2027-01-01 --to 2026-01-01', 'rota: --from is not before --to\n'],
])('rota %s is a usage error', async (command, stderr) => {
  expect(await run(command)).toStrictEqual({ status: 2, stdout: '', stderr });
});

test('its help has an example', async () => {
  expect((await run('turns --help')).stdout).toContain(
    'rota turns paas/out-of-hours engineer --from 2026-12-01',
  );
});

test('a role with seats is all of them, and a seat is one', async () => {
  const seats = `name: Pair
timezone: Europe/London
handover: {day: monday, time: "09:00"}
roles: {clerk: {seats: 2, rotation: [{first_turn: 2026-11-30, people: [amara, ben, chi, dee]}]}}
`;
  const root = folder(new Map([...handbook, ['rotas/desk/pair.yaml', seats]]));
  const held = async (role: string): Promise<string[]> => {
    const words = `--now 2026-12-02T12:00:00Z --format json turns desk/pair ${role} --to 2026-12-07`;
    const { stdout } = await rotaInProcess(root, words.split(' '));
    return JSON.parse(stdout).map((it: { role: string; person: string }) => `${it.role} ${it.person}`);
  };
  expect(await held('clerk')).toEqual(['clerk-1 amara', 'clerk-2 ben']);
  expect(await held('clerk-2')).toEqual(['clerk-2 ben']);
});
