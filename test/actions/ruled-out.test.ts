// Ways that were found in which a word counted that nobody gave, or green stayed green, by the action as GitHub runs it.
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fill, folder, git as gitAt } from '../process.ts';
import {
  AT,
  approved,
  check,
  checkPull,
  commentOn,
  EARLY,
  FILES,
  type Files,
  LATE,
  type Repository,
  ROTA,
  repository,
  shove,
  statusesOf,
  TAKEN,
} from './pull-request.ts';

type Fault = Parameters<Repository['github']['fault']>;

const AGREED = 'success: everyone whose time changes has agreed';

const overrides = (...lines: readonly string[]): Files => ({
  [AT.rota]: ROTA.replace('timezone', `overrides:\n${lines.map((it) => `  - ${it}\n`).join('')}timezone`),
});
const GIVEN = '{role: engineer, turn: 2026-12-23, person: ben-adeyemi}';
const TAKEN_BACK = '{role: engineer, turn: 2027-01-06, person: mallory-muir}';

/** Checks main out, with an origin that has what GitHub would have merged, by number. */
function onMain(repo: Repository, merges: Readonly<Record<number, string>>): void {
  const origin = folder();
  gitAt(origin, EARLY, 'init', '-q', '--bare');
  const refs = Object.entries(merges).map(([number, merge]) => `${merge}:refs/pull/${number}/merge`);
  repo.git('push', '-q', origin, ...refs, 'main');
  repo.git('remote', 'add', 'origin', origin);
  repo.git('checkout', '-q', 'main');
}

const REFUSED = { status: 403, headers: { 'x-accepted-github-permissions': 'statuses=write' } };

describe('the daily look takes back what is green', () => {
  /** Amara approved, and has withdrawn that since. */
  async function withdrawn() {
    const repo = await shove();
    const merge = repo.git('rev-parse', 'HEAD');
    await checkPull(repo);
    await approved(repo, ['amara-osei']);
    expect(statusesOf(repo, repo.head)['rota / consent']).toBe(AGREED);
    repo.github.review(7, { user: 'amara-osei', state: 'CHANGES_REQUESTED' });
    onMain(repo, { 7: merge });
    return repo;
  }
  const look = (repo: Repository) => check(repo, EARLY, { eventName: 'schedule', event: {} });

  test.each<[what: string, operation: Fault[0], when: Fault[2]]>([
    ['the closed pull requests', 'pulls/list', { nth: 2 }],
    ['the tip of main', 'git/get-ref', { nth: 1 }],
    ['the statuses that there are', 'repos/list-commit-statuses-for-ref', { times: 99 }],
  ])('although GitHub does not name %s, and fails', async (_, operation, when) => {
    const repo = await withdrawn();
    repo.github.fault(operation, { status: 404 }, when);
    const { status } = await look(repo);
    expect([status, statusesOf(repo, repo.head)['rota / consent']]).toEqual([
      1,
      expect.stringMatching(/^pending: /),
    ]);
    expect(repo.github.violations).toEqual([]);
  });

  test('and fails where its token may set no status', async () => {
    const repo = await withdrawn();
    repo.github.fault('repos/create-commit-status', REFUSED, { times: 99 });
    expect((await look(repo)).status).toBe(1);
  });
});

test('what is closed is taken back although GitHub does not list the statuses that there are', async () => {
  const repo = await shove();
  await approved(repo, ['amara-osei']);
  repo.github.close(7, 'mallory-muir');
  repo.github.fault('repos/list-commit-statuses-for-ref', { status: 404 });
  expect((await checkPull(repo, EARLY, 7, 'pull-request-closed')).status).toBe(1);
  expect(statusesOf(repo, repo.head)).toEqual({
    'rota / consent': expect.stringMatching(/^pending: this was closed/),
    rota: expect.stringMatching(/^pending: this was closed/),
  });
});

test.each<[what: string, hasMoved: boolean, consent: RegExp]>([
  [
    'and main is not where it began: no word of before the first verdict counts',
    true,
    /^pending: .*mallory.*ben/,
  ],
  ['and main is where it began: they count', false, /^success/],
])('an empty record of who moved main proves nothing, %s', async (_, hasMoved, consent) => {
  const repo = await repository();
  const head = repo.commit(repo.base, overrides(GIVEN, TAKEN_BACK));
  repo.github.open({
    number: 7,
    user: 'mallory-muir',
    head: { sha: head, ref: 'x' },
    base: { sha: repo.base, ref: 'main' },
  });
  repo.github.review(7, { user: 'ben-adeyemi', state: 'APPROVED' });
  const main = hasMoved
    ? repo.commit(repo.base, { [AT.team]: 'name: Platform\nleads: [nia-rhys]\n' })
    : repo.base;
  repo.merge(main, head);
  repo.github.state.activities = repo.github.state.activities.filter(({ ref }) => ref !== 'refs/heads/main');
  await checkPull(repo);
  expect(statusesOf(repo, head)['rota / consent']).toMatch(consent);
});

test('a merge group has nobody’s word of a pull request from a fork, although its head is that of another', async () => {
  const consents: (string | undefined)[] = [];
  for (const number of [7, 9]) {
    const repo = await repository();
    const { github } = repo;
    const head = repo.commit(repo.base, overrides(GIVEN));
    repo.open(9, 'mallory-muir', head);
    repo.merge(repo.base, head);
    await checkPull(repo, EARLY, 9);
    await approved(repo, ['ben-adeyemi'], EARLY, 9);
    expect(statusesOf(repo, head)['rota / consent']).toBe(AGREED);
    github.open({ number: 7, user: 'mallory-2', head: { sha: head, ref: 'x', repo: 'mallory-2/handbook' } });
    for (const user of ['ben-adeyemi', 'mallory-muir']) github.review(7, { user, state: 'APPROVED' });
    const { eventName, event } = github.event('merge-group-checks-requested', number);
    const { merge_group: group } = event as { merge_group: { head_sha: string } };
    const asked = { ...event, merge_group: { ...group, base_sha: repo.base } };
    await check(repo, EARLY, { eventName, event: asked });
    consents.push(statusesOf(repo, group.head_sha)['rota / consent']);
    expect(github.violations).toEqual([]);
  }
  expect(consents).toEqual([expect.stringMatching(/^failure: waiting for (?=.*mallory)(?=.*ben)/), AGREED]);
});

test.each<[how: string, moved: boolean, act: (repo: Repository) => void]>([
  ['as it is', false, () => {}],
  [
    'also beside the plan of another action',
    false,
    ({ github }) =>
      void github.comment(7, {
        ...{ user: 'github-actions[bot]', body: '<!-- rota-as-code: pagerduty -->\n\nA plan.' },
      }),
  ],
  ['also where main had moved on', true, () => {}],
])(
  'an approval after a verdict that nothing changes is not of what becomes visible later: %s',
  async (_, moved, act) => {
    const repo = await repository({ 'policies/publishing.yaml': 'ahead: 8 weeks\n' });
    const head = repo.commit(repo.base, {
      [AT.rota]: `${ROTA}      - {first_turn: 2027-03-03, people: [amara-osei, ben-adeyemi, chi-wong]}\n`,
    });
    const tip = moved ? repo.commit(repo.base, { [AT.team]: 'name: Two\nleads: [nia-rhys]\n' }) : repo.base;
    if (moved) repo.github.move('main', tip, 'nia-rhys');
    repo.open(7, 'mallory-muir', head);
    repo.merge(repo.base, head);
    await checkPull(repo);
    expect([statusesOf(repo, head)['rota / consent'], commentOn(repo)]).toEqual([
      expect.stringMatching(moved ? /^pending: .*the base branch has moved on/ : /^success: nobody's time/),
      '',
    ]);
    await approved(repo, ['amara-osei', 'ben-adeyemi', 'chi-wong']);
    act(repo);
    repo.merge(tip, head);
    await checkPull(repo, '2027-02-10T12:00:00Z');
    expect(statusesOf(repo, head)['rota / consent']).toMatch(/^pending: waiting for /);
  },
);

test.each([[[]], [['nia-rhys']]])(
  'of what becomes visible later, the author is asked, whether others approved or not: %j',
  async (approvers) => {
    const repo = await repository({}, { now: EARLY });
    const last = 'ben-adeyemi, chi-wong]}\n';
    const later = `${last}      - {first_turn: 2027-08-25, people: [chi-wong]}\n`;
    const head = repo.commit(repo.base, { [AT.rota]: ROTA.replace(last, later) });
    repo.open(7, 'mallory-muir', head);
    repo.merge(repo.base, head);
    await checkPull(repo);
    expect(commentOn(repo)).toBe('');
    if (approvers.length > 0) await approved(repo, approvers, '2026-12-01T13:00:00Z');
    await checkPull(repo, '2027-03-20T12:00:00Z');
    expect(statusesOf(repo, head)['rota / consent']).toMatch(/^pending: waiting for (?=.*mallory)/);
  },
);

describe('the statuses that a commit had before it was judged', () => {
  async function unshown() {
    const repo = await repository({}, { now: EARLY });
    const head = repo.commit(repo.base, TAKEN);
    repo.open(7, 'mallory-muir', head);
    repo.merge(repo.base, head);
    repo.github.review(7, { user: 'nia-rhys', state: 'APPROVED' });
    return { ...repo, head };
  }

  test('are read once, however many there are', async () => {
    const repo = await unshown();
    const of = { description: null, target_url: null, creator: 'chi-wong', created_at: EARLY };
    repo.github.state.statuses[repo.head] = Array.from({ length: 250 }, (_, id) => ({
      ...{ ...of, id, state: 'success', context: `ci/${id}` },
    }));
    await checkPull(repo);
    const asked = repo.github.requests.map(({ operation }) => operation);
    expect(asked.filter((it) => it === 'repos/list-commit-statuses-for-ref')).toHaveLength(3);
    expect(statusesOf(repo, repo.head)['rota / consent']).toMatch(/^pending: waiting for amara-osei/);
  });

  test('keep nothing that blocks from being set: there may be a success since', async () => {
    const repo = await unshown();
    await checkPull(repo);
    const { statuses, pulls } = repo.github.state;
    const before = statuses[repo.head] ?? [];
    pulls[0]?.comments.splice(0);
    repo.github.meanwhile('issues/create-comment', () => {
      statuses[repo.head] = [...before, ...before.map((it) => ({ ...it, state: 'success' as const }))];
    });
    await checkPull(repo);
    expect(statusesOf(repo, repo.head)['rota / consent']).toMatch(/^pending: waiting for amara-osei/);
  });
});

test('an approval of nothing is none of what the first comment shows, though it comes while that is written', async () => {
  const repo = await repository({ 'policies/publishing.yaml': 'ahead: 8 weeks\n' });
  const more = `${ROTA}      - {first_turn: 2027-03-03, people: [amara-osei]}\n`;
  const head = repo.commit(repo.base, { [AT.rota]: more });
  repo.open(7, 'ben-adeyemi', head);
  repo.merge(repo.base, head);
  await checkPull(repo, EARLY);
  expect(statusesOf(repo, head)['rota / consent']).toMatch(/^success/);
  repo.github.state.now = '2027-02-10T11:59:00Z';
  repo.github.meanwhile('issues/create-comment', () => {
    for (const user of ['amara-osei', 'chi-wong', 'mallory-muir'])
      repo.github.review(7, { user, state: 'APPROVED' });
  });
  await checkPull(repo, '2027-02-10T12:00:00Z');
  await checkPull(repo, '2027-02-10T12:05:00Z', 7, 'pull-request-review-submitted');
  expect(statusesOf(repo, head)['rota / consent']).toMatch(/^pending: waiting for .*amara-osei/);
});

test('a label that its setter removed under another name is not theirs, when another one gets its name', async () => {
  const repo = await repository({}, { now: LATE });
  const { github } = repo;
  const head = repo.commit(repo.base, TAKEN);
  repo.open(7, 'nia-rhys', head);
  repo.merge(repo.base, head);
  github.label(7, 'emergency-cover', 'nia-rhys');
  await checkPull(repo, LATE);
  const [pull] = github.state.pulls;
  if (pull === undefined) throw new Error('there is no pull request');
  await approved(repo, ['amara-osei', 'mallory-muir'], LATE);
  expect(statusesOf(repo, head).rota).toMatch(/^success/);
  // Mallory sets y, renames it, and renames the label of emergencies to y, which Nia removes.
  github.label(7, 'y', 'mallory-muir');
  github.renameLabel('y', 'z');
  github.renameLabel('emergency-cover', 'y');
  pull.labels = pull.labels.filter((it) => it !== 'y');
  const removed = {
    id: 99_000,
    event: 'unlabeled',
    actor: 'nia-rhys',
    created_at: github.state.now,
    label: 'y',
  };
  pull.events.push(removed as (typeof pull.events)[number]);
  await checkPull(repo, LATE);
  expect(statusesOf(repo, head).rota).toMatch(/^failure/);
  github.renameLabel('z', 'emergency-cover');
  await checkPull(repo, LATE);
  await approved(repo, ['amara-osei', 'mallory-muir'], LATE);
  expect(statusesOf(repo, head).rota).toMatch(/^failure/);
  github.label(7, 'emergency-cover', 'nia-rhys');
  await checkPull(repo, LATE);
  expect(statusesOf(repo, head).rota).toMatch(/^success/);
  expect(github.violations).toEqual([]);
});

test('what started the run has to be in GitHub’s record, and not only the same of an hour before', async () => {
  const repo = await repository();
  const { github } = repo;
  const head = repo.commit(repo.base, TAKEN);
  repo.open(7, 'amara-osei', head);
  repo.merge(repo.base, head);
  github.close(7, 'amara-osei');
  github.reopen(7, 'mallory-muir');
  github.state.now = new Date(Date.parse(github.state.now) + 3_600_000).toISOString();
  github.close(7, 'amara-osei');
  github.reopen(7, 'mallory-muir');
  github.review(7, { user: 'mallory-muir', state: 'APPROVED' });
  const { eventName, event } = github.event('pull-request-opened', 7);
  const reopened = { eventName, event: { ...event, action: 'reopened', sender: { login: 'mallory-muir' } } };
  const [pull] = github.state.pulls;
  const recorded = pull?.events ?? [];
  Object.assign(pull ?? {}, { events: recorded.slice(0, -1) });
  const { status } = await check(repo, EARLY, reopened);
  const late = expect.stringMatching(
    /^pending: not judged: its record .* lags behind; run this check again$/,
  );
  expect([status, statusesOf(repo, head)]).toEqual([1, { rota: late, 'rota / consent': late }]);
  Object.assign(pull ?? {}, { events: recorded });
  await check(repo, EARLY, reopened);
  expect(statusesOf(repo, head)['rota / consent']).toBe('pending: waiting for amara-osei');
});

test('a label that was deleted from the repository, which the event of its removal does not name, stops nothing', async () => {
  const repo = await shove();
  await checkPull(repo);
  repo.github.label(7, 'question', 'chi-wong');
  const { eventName, event } = repo.github.event('pull-request-labeled', 7);
  repo.github.state.pulls[0]?.labels.splice(0);
  const { label: _, ...rest } = { label: undefined, ...event };
  expect((await check(repo, EARLY, { eventName, event: { ...rest, action: 'unlabeled' } })).status).toBe(0);
  expect(statusesOf(repo, repo.head)['rota / consent']).toBe('pending: waiting for amara-osei');
});

const hourly = Array.from({ length: 24 }, (_, hour) => `"${String(hour).padStart(2, '0')}:00"`);
const HOURLY = `handover: {every: day, times: [${hourly.join(', ')}]}`;
const everyHour = hourly.map((time) => `{days: every, from: ${time}, to: ${time.replace('00"', '05"')}}`);
const seats = Array.from({ length: 40 }, (_, i) => `role-${i}`);
/** 40 roles that give no cover, with hourly hand-overs, each with something of Mallory's up to 2099. */
const FAR = (turns: string, overrides: string) => `name: Far
timezone: Europe/London
hours: hourly
${HOURLY}
roles:
${seats.map((role) => `  ${role}:\n    counts: false\n${turns}`).join('')}${overrides}`;
const AGREED_TURN = `    rotation: [{first_turn: 2026-12-10T00:00, people: [mallory-muir]}]
    turns: {2099-01-01T00:00: mallory-muir}
`;
const TOO_MANY = /^failure: this asks for so many shifts/;
const ownOverrides = seats.map(
  (role) => `  - {role: ${role}, from: 2026-12-20T00:00, to: 2099-01-01T00:00, person: mallory-muir}\n`,
);

test.each([
  [
    'shifts of many years ago',
    {
      [AT.rota]: ROTA.replace(/handover:.*/, HOURLY).replace(
        /first_turn: [\d-]+/,
        'first_turn: 2010-01-05T00:00',
      ),
    },
    /^failure: 12 errors/,
  ],
  ['shifts up to turns of 2099', { 'rotas/paas/far.yaml': FAR(AGREED_TURN, '') }, TOO_MANY],
  [
    'overrides up to 2099',
    { 'rotas/paas/far.yaml': FAR('', `overrides:\n${ownOverrides.join('')}`) },
    TOO_MANY,
  ],
  [
    'ten years to be published',
    {
      'rotas/paas/far.yaml': FAR(AGREED_TURN.replace('2099', '2027'), ''),
      'policies/publishing.yaml': 'ahead: 520 weeks\n',
    },
    TOO_MANY,
  ],
])(
  'a pull request that asks for %s ends no look: another one still loses its notice',
  async (_, files, why) => {
    const repo = await repository();
    const head = repo.commit(repo.base, TAKEN);
    repo.open(7, 'mallory-muir', head);
    const merge = repo.merge(repo.base, head);
    await checkPull(repo);
    await approved(repo, ['amara-osei']);
    expect(statusesOf(repo, head).rota).toMatch(/^success/);

    const heavy = repo.commit(repo.base, {
      ...files,
      'policies/support-hours/hourly.yaml': `name: Hourly\ntimezone: Europe/London\nwindows: {now: [${everyHour.join(', ')}]}\n`,
    });
    repo.open(8, 'mallory-muir', heavy);
    const heavyMerge = repo.merge(repo.base, heavy);
    onMain(repo, { 7: merge, 8: heavyMerge });
    await check(repo, LATE, { eventName: 'schedule', event: {} });
    expect([statusesOf(repo, head).rota, statusesOf(repo, heavy).rota]).toEqual([
      expect.stringMatching(/^failure/),
      expect.stringMatching(why),
    ]);
  },
);

test('a lead alone hides no exchange of others behind lines that are too far ahead and a longer published span', async () => {
  const repo = await repository({ 'policies/publishing.yaml': 'ahead: 12 weeks\n' });
  const head = repo.commit(repo.base, {
    'policies/publishing.yaml': 'ahead: 520 weeks\n',
    [AT.rota]: `${ROTA}      - {first_turn: 2098-01-01T00:00, people: [mallory-muir, amara-osei]}
amendments: [{first_day: 2098-01-01, ${HOURLY}}]
overrides: [${GIVEN}, {role: engineer, turn: 2062-01-04, person: mallory-muir}]
`,
  });
  repo.open(7, 'nia-rhys', head);
  repo.merge(repo.base, head);
  await checkPull(repo);
  expect(statusesOf(repo, head).rota).toMatch(/^failure/);
  expect(commentOn(repo)).toContain('what paas&#47;on-call has up to Wed 4 Jan 2062 may change');
  expect(commentOn(repo)).toContain('### Whose time changes is unknown, because this is too much to compare');
});

test('a line that is too far ahead to be compared fails, and a lead is asked whose time changes', async () => {
  const repo = await repository();
  const head = repo.commit(repo.base, {
    [AT.rota]: `${ROTA.replace(/handover:.*/, HOURLY).replace(/first_turn: ([\d-]+)/, 'first_turn: $1T00:00')}overrides:
  - {role: engineer, from: 2026-12-20T00:00, to: 2062-01-01T00:00, person: mallory-muir}
`,
  });
  repo.open(7, 'mallory-muir', head);
  repo.merge(repo.base, head);
  await checkPull(repo);
  expect(statusesOf(repo, head)).toEqual({
    rota: expect.stringMatching(/^failure/),
    'rota / consent': 'pending: paas/on-call could not be read, so a lead has to approve',
  });
  expect(commentOn(repo)).toContain('this rota has too many shifts up to Sat 31 Dec 2061 to compare them');
});

test('a review of a closed pull request turns nothing green', async () => {
  const repo = await shove();
  await checkPull(repo);
  await approved(repo, ['amara-osei']);
  repo.github.close(7, 'mallory-muir');
  await checkPull(repo, EARLY, 7, 'pull-request-closed');
  repo.github.review(7, { user: 'mallory-muir', state: 'COMMENTED' });
  await checkPull(repo, EARLY, 7, 'pull-request-review-submitted');
  expect(statusesOf(repo, repo.head)['rota / consent']).toMatch(/^pending: this was closed/);
});

test('an approval that is withdrawn while the look judges turns nothing green', async () => {
  const states: (string | undefined)[] = [];
  for (const isWithdrawn of [false, true]) {
    const repo = await shove();
    const merge = repo.git('rev-parse', 'HEAD');
    await checkPull(repo);
    repo.github.review(7, { user: 'amara-osei', state: 'APPROVED' });
    onMain(repo, { 7: merge });
    repo.github.meanwhile('graphql', () => {
      if (isWithdrawn) repo.github.review(7, { user: 'amara-osei', state: 'CHANGES_REQUESTED' });
    });
    await check(repo, EARLY, { eventName: 'schedule', event: {} });
    states.push(statusesOf(repo, repo.head)['rota / consent']);
  }
  expect(states).toEqual([AGREED, expect.stringMatching(/^pending: waiting for amara/)]);
});

describe('a handbook in a folder', () => {
  const below = (name: string, more: Files = {}): Files =>
    Object.fromEntries([...FILES, ...Object.entries(more)].map(([path, text]) => [`${name}/${path}`, text]));

  /** Opens a pull request of whatever is done to the folder of the handbook, and runs the action. */
  async function changed(change: (desk: string, repo: Repository) => void) {
    const repo = await repository({ ...below('desk'), ...below('other', TAKEN) });
    repo.git('checkout', '-q', '--detach', repo.base);
    change(join(repo.folder, 'desk'), repo);
    repo.git('add', '-A');
    repo.git('commit', '-qm', 'x');
    const head = repo.git('rev-parse', 'HEAD');
    repo.open(7, 'mallory-muir', head);
    repo.merge(repo.base, head);
    const run = await check(repo, EARLY, repo.github.event('pull-request-opened', 7), { root: 'desk' });
    return {
      statuses: Object.values(statusesOf(repo, head)),
      messages: run.annotations.map((it) => it.message),
    };
  }

  test('is judged like one at the top', async () => {
    const { statuses } = await changed((desk) => fill(desk, new Map(Object.entries(TAKEN))));
    expect(statuses).toContain('pending: waiting for amara-osei');
  });

  test('is no symbolic link, whose other end nobody would compare', async () => {
    const { statuses, messages } = await changed((desk) => {
      rmSync(desk, { recursive: true });
      symlinkSync('other', desk);
    });
    expect(statuses).toEqual([]);
    expect(messages).toEqual([expect.stringContaining('desk is a symbolic link')]);
  });

  test('is no repository of its own, with another history and with settings that git carries out', async () => {
    const ran = join(folder(), 'ran');
    const { statuses } = await changed((desk) => {
      fill(
        desk,
        new Map([
          ['HEAD', 'ref: refs/h\n'],
          [
            'config',
            `[core]\n\trepositoryformatversion = 0\n\tworktree = ..\n\tfsmonitor = "touch ${ran}; false"\n`,
          ],
        ]),
      );
      mkdirSync(join(desk, 'refs'));
      symlinkSync('../.git/objects', join(desk, 'objects'));
      symlinkSync('../../.git/HEAD', join(desk, 'refs/h'));
      symlinkSync('../../.git/refs/heads', join(desk, 'refs/heads'));
    });
    expect(statuses).toEqual([expect.stringMatching(/^pending/), expect.stringMatching(/^pending/)]);
    expect(existsSync(ran)).toBe(false);
  });
});

test('a pull request that a workflow of a branch opened in our name carries out no request that there is none of', async () => {
  const desk =
    'services:\n  desk: {name: Desk, team: paas, service_level: desk, escalation: {day: night, night: night}}\n';
  const repo = await repository({
    [AT.rota]: ROTA.replace('handover', 'hours: day\ncovers: [day]\nhandover'),
    'policies/support-hours/day.yaml':
      'name: Day\ntimezone: Europe/London\nwindows:\n  day: [{days: working, from: "09:00", to: "17:00"}]\n  night: {outside: [day]}\n',
    'policies/service-levels/desk.yaml':
      'name: Desk\nhours: day\nexample: true\npriorities: {P1: {name: Critical, in_hours: {respond: 1 hour}, out_of_hours: {respond: 1 hour}}}\nclock: {day: in_hours, night: out_of_hours}\n',
    'policies/escalation/night.yaml':
      'name: Night\napplies_in: [day, night]\nlevels: [{notify: [paas/on-call/engineer], escalate_after: 5 minutes}, {notify: [{person: nia-rhys}]}]\n',
    'policies/services.yaml': desk,
    [AT.notice]:
      'rota_change: {minimum: 7 days}\nconsent: [both-people]\nshort_cover: {longest: 1 hour}\nout_of_hours_change: {minimum: 48 hours}\n',
  });
  const head = repo.commit(repo.base, {
    'rotas/paas/planned-changes.yaml':
      'changes:\n  c1: {service: desk, summary: Up, timezone: Europe/London, from: 2027-01-15T18:00, to: 2027-01-15T22:00, requested_at: 2026-12-01T10:00:00Z, assigned: [{role: paas/on-call/engineer, person: mallory-muir}]}\n',
  });
  const by = 'github-actions[bot]';
  repo.github.open({
    number: 7,
    user: by,
    head: { sha: head, ref: 'x', by },
    base: { sha: repo.base, ref: 'main' },
  });
  repo.merge(repo.base, head);
  await checkPull(repo);
  await approved(repo, ['mallory-muir']);
  expect(statusesOf(repo, head)['rota / consent']).toBe('pending: waiting for nia-rhys');
  await approved(repo, ['nia-rhys']);
  expect(statusesOf(repo, head)['rota / consent']).toMatch(/^success/);
});
