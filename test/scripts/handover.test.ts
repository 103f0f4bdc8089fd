/** `rota handover`: the next hand-over with all that belongs to it, as text and as JSON. */
import { expect, test } from 'vitest';
import { aHandbook, everything, NIGHTS_ROTA, texts } from '../handbook.ts';
import { rotaInProcess } from '../in-process.ts';
import { folder, type Ran } from '../process.ts';

const run = (command: string, text = everything): Promise<Ran> =>
  rotaInProcess(folder(texts(text)), ['--now', '2026-12-08T12:00:00Z', ...command.split(' ')]);

test('the next turn: who, when, meetings, and what happens until the turn ends', async () => {
  expect(await run('handover paas/nights')).toMatchInlineSnapshot(`
    {
      "status": 0,
      "stderr": "",
      "stdout": "paas/nights hands over Wed 9 Dec 17:00 (Europe/London), to the turn of Wed 9 Dec, until Wed 16 Dec 10:00

    Role      Hands over   Takes over
    engineer  Amara Osei   Ben Adeyemi
    second    Ben Adeyemi  Chi Wong

    Hand-over meeting
      Wed 9 Dec 10:15 – 10:45, https://meet.example.org/hand-over

    Stand-up
      Thu 10 Dec 09:45 – 10:15

    Planned changes
      Fri 11 Dec 11:00 – 18:30: Move the database (website)

    Swaps and covers
      Thu 10 Dec 12:00 – 13:00: Dee Novak, extra time (engineer)
      Fri 11 Dec 11:00 – 17:00: Chi Wong, extra time (engineer)

    Whoever hands over
      Push unfinished branches

    Whoever takes over
      Read all tickets
    ",
    }
  `);
});

test('the same as JSON; null for nobody, and no reason anywhere', async () => {
  const { stdout } = await run('--format json handover paas/nights --at 2026-12-15T00:00');
  expect(stdout).not.toMatch(/leave|reason/);
  expect(JSON.parse(stdout)).toMatchInlineSnapshot(`
    {
      "absences": [
        {
          "end": "2026-12-21T00:00:00Z",
          "person": "ben-adeyemi",
          "start": "2026-12-17T00:00:00Z",
        },
      ],
      "at": "2026-12-16T17:00:00Z",
      "changes": [],
      "checklists": {
        "end": [
          "Push unfinished branches",
        ],
        "start": [
          "Read all tickets",
        ],
      },
      "kind": "turn",
      "meeting": {
        "end": "2026-12-16T10:45:00Z",
        "start": "2026-12-16T10:15:00Z",
        "where": "https://meet.example.org/hand-over",
      },
      "passes": [
        {
          "from": "ben-adeyemi",
          "from_role": "engineer",
          "from_rota": "paas/nights",
          "role": "engineer",
          "to": "chi-wong",
        },
        {
          "from": "chi-wong",
          "from_role": "second",
          "from_rota": "paas/nights",
          "role": "second",
          "to": "amara-osei",
        },
      ],
      "rota": "paas/nights",
      "standup": {
        "end": "2026-12-17T10:15:00Z",
        "start": "2026-12-17T09:45:00Z",
        "where": null,
      },
      "swaps": [],
      "turn": "2026-12-16",
      "until": "2026-12-23T10:00:00Z",
    }
  `);
});

test('from an instant on, the first hand-over; within the turn where an override begins', async () => {
  const { stdout } = await run('handover paas/nights --at 2026-12-03T12:00');
  expect(stdout.split('\n')[0]).toMatchInlineSnapshot(
    `"paas/nights hands over Thu 3 Dec 18:00 (Europe/London), within the turn, until Thu 3 Dec 21:00"`,
  );
});

test.each([
  // The one who took over, until they hand back; then the other one, until the turn ends.
  ['2026-12-03T12:00', '2026-12-03T21:00:00Z'],
  ['2026-12-03T19:00', '2026-12-09T10:00:00Z'],
])('at %s, what comes within a turn ends at %s', async (from, until) => {
  const { stdout } = await run(`--format json handover paas/nights --at ${from}`);
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'cover', until });
});

test.each([
  ['handover paas/night', 2, 'there is no rota "paas/night"; did you mean "paas/nights"?'],
  [
    'handover paas/nights --at 2031-01-15',
    1,
    'the holiday list of the support hours of paas/nights does not reach',
  ],
  [
    'handover paas/nights --at 2030-12-31T12:00Z',
    1,
    'the holiday list of the support hours of paas/nights does not reach',
  ],
  ['handover', 2, "missing required argument 'rota'"],
])('%s ends with %d', async (command, status, words) => {
  const ran = await run(command);
  expect([ran.status, ran.stdout]).toEqual([status, '']);
  expect(ran.stderr).toContain(words);
});

test('a time that the clock shows twice has its offset', async () => {
  const sunday = NIGHTS_ROTA.replace(
    '{day: wednesday, time: "10:00"}',
    '{day: sunday, time: "01:30"}',
  ).replace('2026-09-02', '2026-09-06');
  const meeting = 'handover_meeting: {time: "01:30", duration: 45 minutes}\n';
  const text = aHandbook({ rotas: { 'paas/nights': `${sunday}${meeting}` } });
  const { stdout } = await run('handover paas/nights --at 2026-10-24T12:00', text);
  expect(stdout).toContain('hands over Sun 25 Oct 01:30 (UTC+1)');
  expect(stdout).toContain('Sun 25 Oct 01:30 (UTC+1) – 01:15 (UTC+0)');
});

test('a rota that one person has for good does not change hands', async () => {
  const alone = aHandbook({ rotas: { 'paas/nights': NIGHTS_ROTA.replace('[amara, ben, chi]', '[amara]') } });
  const ran = await run('--format json handover paas/nights', alone);
  expect([ran.status, ran.stdout]).toEqual([0, 'null\n']);
  expect((await run('handover paas/nights', alone)).stderr).toBe(
    'paas/nights does not change hands within 400 days\n',
  );
});
