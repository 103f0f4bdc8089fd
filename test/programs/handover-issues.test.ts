/** The issues of hand-overs on a loopback GitHub, run after run: what is written, and that it is written once. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { connect } from '../../actions/lib/github/connection.ts';
import { keepHandoverIssues } from '../../actions/lib/programs/keep-handover-issues.ts';
import { type GitHub, startGitHub } from '../github/github.ts';
import { TOKEN } from '../github/runner.ts';
import { aHandbook, but, loaded, NIGHTS_ROTA } from '../handbook.ts';
import { sampled } from '../sampled.ts';

/** Chi hands over to Amara on Wednesday 25 November 2026 at 10:00, and she to Ben a week later. */
const HANDBOOK = aHandbook({
  people: {
    amara: 'name: Amara, github: amara-o',
    ben: 'name: Ben, github: ben-a',
    chi: 'name: Chi, github: chi-w, away: [{first_day: 2026-11-28, last_day: 2026-11-29, reason: leave}]',
    dee: 'name: Dee, github: dee-n',
  },
  rotas: {
    'paas/team':
      'name: PaaS\nchecklists: {start: [Read all tickets, Note deadlines], end: [Push branches, Leave notes]}',
    'paas/nights': NIGHTS_ROTA.replace(
      'roles:',
      'handover_meeting: {time: "10:15", duration: 30 minutes, where: "https://meet.example.org/x"}\nroles:',
    ),
  },
});
const OVERRIDES = `${HANDBOOK}overrides:\n`;
/** Dee takes Amara's turn. */
const SWAPPED = `${OVERRIDES}  - {role: engineer, turn: 2026-11-25, person: dee, instead_of: amara, reason: swap}\n`;
/** Chi keeps the role, so nobody hands over. */
const KEPT = `${OVERRIDES}  - {role: engineer, turn: 2026-11-25, person: chi, instead_of: amara, reason: swap}\n`;

/** In London, the Monday before, the day before, and just after the hand-over. */
const [MONDAY, TUESDAY, AFTER] = ['2026-11-23T09:00:00Z', '2026-11-24T00:07:00Z', '2026-11-25T10:00:00Z'];

async function repository(): Promise<GitHub> {
  const permissions = {
    'amara-o': 'write',
    'ben-a': 'write',
    'Chi-W': 'write',
    'dee-n': 'write',
    ext: 'none',
  } as const;
  const github = await startGitHub({ permissions });
  onTestFinished(() => github.stop());
  return github;
}

/** Runs the program at a time with a handbook; gives its status and its log. */
async function run(github: GitHub, now: string, text = HANDBOOK, folder = '.') {
  github.state.now = now;
  const { handbook } = loaded(text);
  const log: string[] = [];
  const { owner, name: repo } = github.state;
  const connection = connect({
    ...{ token: TOKEN, apiUrl: github.url, repository: { owner, repo }, commentAuthor: github.state.login },
  });
  const status = await keepHandoverIssues(connection, {
    ...{ handbook, folder, now: Date.parse(now) },
    info: (line) => void log.push(line),
    error: (line) => void log.push(`error: ${line}`),
  }).catch((error: unknown) => {
    log.push(`error: ${String(error)}`);
    return 1 as const;
  });
  return { status, log };
}

const writes = ({ requests }: GitHub): number => requests.filter(({ method }) => method !== 'GET').length;

/** What people see of the issues, without the hidden line. */
const shown = ({ state }: GitHub) =>
  state.issues.map(({ title, assignees, state: is, state_reason, body, comments }) => ({
    title,
    assignees,
    state: is === 'open' ? is : state_reason,
    body: (body ?? '').split('\n').slice(1).join('\n'),
    comments: comments.map((it) => it.body.split('\n').slice(1).join('\n')),
  }));

const only = (github: GitHub) => {
  expect(github.state.issues).toHaveLength(1);
  return shown(github)[0] as ReturnType<typeof shown>[number];
};

const tick = (github: GitHub, ...items: readonly string[]) => {
  let body = github.state.issues[0]?.body ?? '';
  for (const item of items) body = but(body, `- [ ] ${item}`, `- [x] ${item}`);
  github.edit(github.state.issues[0]?.number ?? 0, body, 'chi-w');
};

describe('the issue of a turn', () => {
  test('is opened on the working day before, with both people, and then left alone', async () => {
    const github = await repository();
    expect((await run(github, MONDAY)).log).toEqual(['every hand-over issue is as it should be']);
    const { status, log } = await run(github, TUESDAY);
    expect([status, log]).toEqual([
      0,
      ['issue 1: opened for paas/nights, 2026-11-25', 'issue 1: brought up to date (body, assignees)'],
    ]);
    expect(only(github)).toMatchInlineSnapshot(`
      {
        "assignees": [
          "amara-o",
          "Chi-W",
        ],
        "body": "**PaaS, Nights** is handed over on **Wed 25 Nov 10:00** (Europe/London).

      | Role | Hands over | Takes over |
      |---|---|---|
      | engineer | Chi | Amara |

      Hand-over meeting: Wed 25 Nov 10:15 – 10:45, <https://meet.example.org/x>

      ### Until Wed 2 Dec 10:00

      - Away, Sat 28 Nov 00:00 – Mon 30 Nov 00:00: Chi

      <!-- rota: whoever hands over -->
      ### To do for Chi, who hands over

      - [ ] Push branches
      - [ ] Leave notes

      <!-- rota: whoever takes over -->
      ### To do for Amara, who takes over

      - [ ] Read all tickets
      - [ ] Note deadlines

      Until the hand-over, this issue follows the handbook. It is closed when every box is ticked.

      <!-- rota: what is written below is kept -->",
        "comments": [],
        "state": "open",
        "title": "Hand-over: paas/nights, Wed 25 Nov 10:00",
      }
    `);
    const [before, reads] = [writes(github), github.requests.length];
    expect((await run(github, '2026-11-24T09:00:00Z')).log).toEqual([
      'every hand-over issue is as it should be',
    ]);
    expect([writes(github), github.requests.length - reads, github.violations]).toEqual([before, 1, []]);
  });

  test('follows a swap: other people and text, with what is ticked, added and assigned by hand', async () => {
    const github = await repository();
    await run(github, TUESDAY);
    tick(github, 'Push branches');
    const [issue] = github.state.issues;
    issue?.assignees.push('ben-a');
    github.edit(1, `${issue?.body?.replaceAll('\n', '\r\n')}\r\nMine: the blue one.`);
    expect((await run(github, '2026-11-24T12:00:00Z', SWAPPED)).status).toBe(0);
    const { assignees, body, title } = only(github);
    expect([title, assignees.toSorted()]).toEqual([
      'Hand-over: paas/nights, Wed 25 Nov 10:00',
      ['Chi-W', 'ben-a', 'dee-n'],
    ]);
    expect(body).toContain('| engineer | Chi | Dee |');
    expect(body).toContain('- Cover, Wed 25 Nov 10:00 – Wed 2 Dec 10:00: Dee instead of Amara (engineer)');
    expect(body).toContain('- [x] Push branches\n- [ ] Leave notes');
    expect(body.endsWith('\nMine: the blue one.')).toBe(true);
    const before = writes(github);
    await run(github, '2026-11-24T13:00:00Z', SWAPPED);
    expect(writes(github)).toBe(before);
    // Ben, whom somebody assigned by hand, takes over Chi's turn for its last day.
    const other =
      '  - {role: engineer, person: ben, instead_of: chi, from: 2026-11-24T10:00, to: 2026-11-25T10:00}\n';
    await run(github, '2026-11-24T14:00:00Z', SWAPPED + other);
    expect(only(github).assignees.toSorted()).toEqual(['ben-a', 'dee-n']);
  });

  test('stays the same issue when somebody writes above its hidden line', async () => {
    const github = await repository();
    await run(github, TUESDAY);
    github.edit(1, `Note: call me\r\n${github.state.issues[0]?.body?.replaceAll('\n', '\r\n')}`);
    await run(github, '2026-11-24T12:00:00Z', SWAPPED);
    expect(only(github).assignees.toSorted()).toEqual(['Chi-W', 'dee-n']);
    expect(only(github).body.endsWith('\n<!-- rota: what is written below is kept -->\nNote: call me')).toBe(
      true,
    );
    await run(github, '2026-11-24T13:00:00Z', KEPT);
    await run(github, '2026-11-24T14:00:00Z', SWAPPED);
    expect(only(github).state).toBe('open');
  });

  test('is not changed any more after the hand-over, and closed when every box is ticked, once', async () => {
    const github = await repository();
    await run(github, TUESDAY);
    tick(github, 'Push branches', 'Leave notes', 'Read all tickets');
    const before = writes(github);
    await run(github, AFTER, SWAPPED);
    expect([writes(github), only(github).assignees]).toEqual([before, ['amara-o', 'Chi-W']]);
    tick(github, 'Note deadlines');
    expect((await run(github, '2026-11-26T10:00:00Z')).log).toEqual(['issue 1: closed, all is ticked']);
    expect(only(github)).toMatchObject({ state: 'completed', comments: [] });
    await run(github, '2026-11-27T10:00:00Z');
    expect(writes(github)).toBe(before + 1);
  });

  test('somebody who closes it is right: it is neither opened again nor made anew', async () => {
    const github = await repository();
    await run(github, TUESDAY);
    github.happen(1, { kind: 'ClosedEvent', by: 'chi-w' });
    const before = writes(github);
    await run(github, '2026-11-24T12:00:00Z', SWAPPED);
    expect([writes(github), github.state.issues.length]).toEqual([before, 1]);
  });

  test('is closed with the reason when nobody hands over any more, and opened again when somebody does', async () => {
    const github = await repository();
    await run(github, TUESDAY);
    await run(github, '2026-11-24T12:00:00Z', KEPT);
    const gone =
      'This hand-over is no more: by the handbook, nobody takes over from anybody else at that time any more.';
    expect(only(github)).toMatchObject({ state: 'not_planned', comments: [gone] });
    const before = writes(github);
    await run(github, '2026-11-24T13:00:00Z', KEPT);
    expect(writes(github)).toBe(before);
    await run(github, '2026-11-24T14:00:00Z');
    const again = 'This hand-over is planned again, so this issue is open again.';
    expect(only(github)).toMatchObject({ state: 'open', comments: [again] });
  });

  test('is closed when its team wants none any more, or its rota is gone', async () => {
    const checklists = /\nchecklists.*/.exec(HANDBOOK)?.[0] ?? '';
    const other = `${HANDBOOK.slice(0, HANDBOOK.indexOf('== rotas/paas/nights'))}== rotas/paas/days.yaml\n${NIGHTS_ROTA}`;
    for (const [text, why] of [
      [but(HANDBOOK, checklists, ''), 'its team has no checklists any more.'],
      [other, 'its rota is not in the handbook any more.'],
    ] as const) {
      const github = await repository();
      await run(github, TUESDAY);
      await run(github, '2026-11-24T12:00:00Z', text);
      expect(shown(github)[0]).toMatchObject({
        state: 'not_planned',
        comments: [`This hand-over is no more: ${why}`],
      });
    }
  });

  test('stays the same issue when its hand-over moves to another day or time', async () => {
    const github = await repository();
    await run(github, TUESDAY);
    tick(github, 'Push branches');
    const moved = but(HANDBOOK, 'handover: {day: wednesday', 'handover: {day: thursday').replace(
      '2026-09-02',
      '2026-09-03',
    );
    await run(github, '2026-11-24T12:00:00Z', moved);
    expect(only(github)).toMatchObject({
      title: 'Hand-over: paas/nights, Thu 26 Nov 10:00',
      state: 'open',
      comments: [],
    });
    expect(only(github).body).toContain('- [x] Push branches');
    await run(github, '2026-11-25T09:00:00Z', moved.replace('time: "10:00"', 'time: "11:30"'));
    expect(only(github).title).toBe('Hand-over: paas/nights, Thu 26 Nov 11:30');
  });

  test('is never opened for a hand-over that is over, however late the run is', async () => {
    const github = await repository();
    await run(github, AFTER);
    expect(github.state.issues).toEqual([]);
  });
});

test('a daily hand-over has an issue where the team wants it', async () => {
  const mp = aHandbook({
    people: { amara: 'name: Amara, github: amara-o', ben: 'name: Ben, github: ben-a' },
    policies: {
      'support-hours/mp':
        'name: MP\ntimezone: Europe/London\nholidays: none\nwindows:\n  regular: [{days: working, from: "09:00", to: "16:00"}]\n  on-call: [{days: working, from: "16:00", to: "22:00"}]',
      'holidays/none': '{name: None, complete_from: 2026-01-01, complete_until: 2027-12-31, holidays: {}}',
    },
    rotas: {
      'mp/team':
        'name: MP\nslack: {channel: C0MP, hand_over: {before: 15 minutes, daily: true}}\nchecklists: {end: [Update the log]}',
      ...Object.fromEntries(
        [
          ['regular', 'amara'],
          ['on-call', 'ben'],
        ].map(([id, person]) => [
          `mp/${id}`,
          `name: ${id}\ntimezone: Europe/London\nhours: mp\ncovers: [${id}]\nhandover: {day: monday, time: "00:00"}\nroles: {engineer: {rotation: [{first_turn: 2026-09-07, people: [${person}]}]}}`,
        ]),
      ),
    },
  });
  const github = await repository();
  // Friday: the next working day is Monday.
  await run(github, '2026-11-27T08:00:00Z', mp);
  expect(shown(github).map(({ title }) => title)).toEqual([
    'Hand-over: mp/on-call, Fri 27 Nov 16:00',
    'Hand-over: mp/on-call, Mon 30 Nov 16:00',
  ]);
  expect(shown(github)[1]?.body).toContain('| engineer | Amara (mp/regular/engineer) | Ben |');
  // On a holiday there is none, and the working day after it follows the Friday.
  await run(github, '2026-11-27T09:00:00Z', but(mp, 'holidays: {}}', 'holidays: {2026-11-30: Founding}}'));
  expect(
    shown(github)
      .map(({ title, state }) => [title, state])
      .slice(1),
  ).toEqual([
    ['Hand-over: mp/on-call, Mon 30 Nov 16:00', 'not_planned'],
    ['Hand-over: mp/on-call, Tue 1 Dec 16:00', 'open'],
  ]);
});

describe('GitHub', () => {
  test.each([
    ['does not know a login', 'chi-wrong', 'GitHub does not assign chi-wrong'],
    ['knows somebody without access', 'ext', 'GitHub does not assign ext'],
  ])('%s: the others are assigned, and nothing is tried again', async (_, login, words) => {
    const github = await repository();
    const text = but(HANDBOOK, 'github: chi-w', `github: ${login}`);
    const { status, log } = await run(github, TUESDAY, text);
    expect([status, log.at(-1)]).toEqual([0, expect.stringContaining(words)]);
    expect(only(github).assignees).toEqual(['amara-o']);
    const before = writes(github);
    await run(github, '2026-11-24T12:00:00Z', text);
    expect(writes(github)).toBe(before);
  });

  test('loses an answer: there is one issue', async () => {
    const github = await repository();
    github.fault('issues/create', 'dropAfter');
    expect((await run(github, TUESDAY)).status).toBe(0);
    expect(only(github).assignees).toEqual(['amara-o', 'Chi-W']);
  });

  test('takes an issue of another run at the same time: the later one is closed, and nobody is assigned to it', async () => {
    const github = await repository();
    await run(github, TUESDAY);
    const [issue] = github.state.issues;
    if (issue === undefined) throw new Error('no issue');
    github.state.issues.push({ ...structuredClone(issue), number: 2, assignees: [], comments: [] });
    await run(github, '2026-11-24T12:00:00Z');
    expect(shown(github).map(({ state, comments }) => [state, comments])).toEqual([
      ['open', []],
      ['not_planned', ['This issue is a duplicate of #1.']],
    ]);
    const before = writes(github);
    await run(github, '2026-11-24T13:00:00Z');
    expect(writes(github)).toBe(before);
  });

  test('refuses one issue: the others go on, and the run fails', async () => {
    const github = await repository();
    const two = `${HANDBOOK}== rotas/paas/days.yaml\n${NIGHTS_ROTA}`;
    github.fault('issues/create', { status: 403 });
    const { status, log } = await run(github, TUESDAY, two);
    expect([status, log.filter((line) => line.startsWith('error')).length]).toEqual([1, 2]);
    expect(only(github).title).toContain('paas/nights');
    expect((await run(github, '2026-11-24T12:00:00Z', two)).status).toBe(0);
    expect(github.state.issues).toHaveLength(2);
  });
});

test.each([
  ['of somebody else, with our first line', { user: 'chi-w' }, (body: string) => body],
  ['whose hidden line somebody broke', {}, (body: string) => body.replace('"rota":', '"rota"')],
  ['whose hidden line names no time', {}, (body: string) => body.replace(/"at":"[^"]*"/, '"at":"soon"')],
])('an issue %s is none of ours', async (_, given, edited) => {
  const github = await repository();
  await run(github, TUESDAY);
  const [issue] = github.state.issues;
  Object.assign(issue ?? {}, given);
  github.edit(1, edited(issue?.body ?? ''));
  const before = structuredClone(shown(github)[0]);
  expect((await run(github, '2026-11-24T12:00:00Z', SWAPPED)).status).toBe(0);
  expect(shown(github)).toMatchObject([before, { state: 'open', assignees: ['Chi-W', 'dee-n'] }]);
});

test('text of the handbook does not come alive, and reasons stay out', async () => {
  const github = await repository();
  const name = '"@here <!--x--> [a](https://example.org) #1"';
  const text = HANDBOOK.replace('name: Chi,', `name: ${name.replace('<!--x-->', '')},`)
    .replace('Read all tickets', '"@org/team `x` - [x] done"')
    .replace('name: Nights', 'name: "**N** @ben-a"');
  await run(github, TUESDAY, text);
  const { body } = only(github);
  expect(body).not.toMatch(/@(?!<!-- -->)|\]\(|`|leave/);
  expect(body.match(/^- \[[ x]\]/gm)).toHaveLength(4);
});

test('two handbooks of one repository leave the issues of each other alone', async () => {
  const github = await repository();
  await run(github, TUESDAY);
  const other = HANDBOOK.replaceAll('paas/', 'ops/').replaceAll('paas:', 'ops:');
  await run(github, TUESDAY, other, 'more/ops-->');
  await run(github, TUESDAY, SWAPPED, 'third');
  const before = writes(github);
  for (const [text, folder] of [
    [HANDBOOK, '.'],
    [other, 'more/ops-->'],
    [SWAPPED, 'third'],
  ] as const)
    expect((await run(github, '2026-11-24T12:00:00Z', text, folder)).status).toBe(0);
  expect(writes(github)).toBe(before);
  expect(shown(github).map(({ state, assignees }) => [state, assignees])).toEqual([
    ['open', ['amara-o', 'Chi-W']],
    ['open', ['amara-o', 'Chi-W']],
    ['open', ['Chi-W', 'dee-n']],
  ]);
});

test('the longest checklists fit into an issue, and what is left out is said', async () => {
  const list = (name: string) =>
    `[${Array.from({ length: 30 }, (_, i) => `"${'@'.repeat(190)} ${name}${i}"`).join(', ')}]`;
  const checklists = `checklists: {start: ${list('start')}, end: ${list('end')}}`;
  const text = HANDBOOK.replace(/checklists: .*/, checklists);
  const github = await repository();
  const runs = [await run(github, TUESDAY, text), await run(github, '2026-11-24T12:00:00Z', text)];
  expect(runs.map(({ status }) => status)).toEqual([0, 0]);
  const { body } = only(github);
  const boxes = body.match(/^- \[ \] /gm)?.length ?? 0;
  expect(body.match(/^- … and \d+ more in team.yaml$/gm)).toEqual(
    ['end', 'start'].map(() => `- … and ${30 - boxes / 2} more in team.yaml`),
  );
  expect(boxes).toBeGreaterThan(30);
});

test('several people hand over and take over together', async () => {
  const second = '  second: {rotation: [{first_turn: 2026-09-02, people: [ben, dee]}]}\n';
  const github = await repository();
  await run(github, TUESDAY, HANDBOOK + second);
  expect(only(github).body.match(/^### To do.*$/gm)).toEqual([
    '### To do for Chi and Dee, who hand over',
    '### To do for Amara and Ben, who take over',
  ]);
});

/** The states of a handbook one after another, as merges bring them. */
const STEPS = [
  [MONDAY, HANDBOOK],
  [TUESDAY, HANDBOOK],
  ['2026-11-24T12:00:00Z', SWAPPED],
  ['2026-11-24T15:00:00Z', KEPT],
  ['2026-11-24T18:00:00Z', HANDBOOK],
] as const;

describe('a run that is stopped after any write', () => {
  test.each(
    sampled(
      Array.from({ length: 12 }, (_, i) => i),
      5,
    ),
  )('after write %d', async (most) => {
    const whole = await repository();
    for (const [now, text] of STEPS) await run(whole, now, text);
    const stopped = await repository();
    let left: number = most;
    for (const [now, text] of STEPS) {
      const before = writes(stopped);
      stopped.stopAfter(left);
      await run(stopped, now, text);
      left = Math.max(0, left - (writes(stopped) - before));
      stopped.stopAfter(Number.POSITIVE_INFINITY);
      if (left === 0) await run(stopped, now, text);
    }
    expect(shown(stopped)).toEqual(shown(whole));
    expect(stopped.violations).toEqual([]);
  });
});
