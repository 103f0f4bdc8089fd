// Whose word counts, by the action as GitHub runs it: of each rule a pull request that it lets pass, and one that it
// holds up for the right reason.
import { describe, expect, test } from 'vitest';
import {
  AT,
  approved,
  check,
  checkPull,
  commentOn,
  EARLY,
  LATE,
  ROTA,
  repository,
  shove,
  statusesOf,
  TAKEN,
} from './pull-request.ts';

const WAITING = 'pending: waiting for amara-osei';
const OUTDATED = expect.stringMatching(/^pending: (#7: )?the base branch has moved on since/);
const AGREED = 'success: everyone whose time changes has agreed';

describe('a verdict is of one head, merged into the default branch', () => {
  test('and is written to the commit that was judged', async () => {
    const repo = await shove();
    const { status } = await checkPull(repo);
    expect([status, statusesOf(repo, repo.head)]).toEqual([
      0,
      { 'rota / consent': WAITING, rota: 'success: no findings' },
    ]);
    await approved(repo, ['amara-osei']);
    expect(statusesOf(repo, repo.head)['rota / consent']).toBe(AGREED);
    expect(repo.github.violations).toEqual([]);
  });

  test('so a head that moved meanwhile is pending, and the old one gets nothing', async () => {
    const repo = await shove();
    const event = repo.github.event('pull-request-opened', 7);
    const later = repo.commit(repo.head, { [AT.team]: 'name: PaaS\nleads: [nia-rhys]\n' });
    repo.github.push(7, later, 'mallory-muir');
    repo.merge(repo.base, repo.head);
    await check(repo, EARLY, event);
    expect(statusesOf(repo, repo.head)).toEqual({});
    const unchecked = 'pending: this commit has not been checked yet';
    expect(statusesOf(repo, later)).toEqual({ 'rota / consent': unchecked, rota: unchecked });
    expect(commentOn(repo)).toBe('');
  });

  test('so what is checked out has to be the merge of the head', async () => {
    const repo = await shove();
    repo.git('checkout', '-q', repo.head);
    const { status, annotations } = await checkPull(repo);
    expect([status, annotations.map(({ message }) => message)]).toEqual([
      1,
      [expect.stringContaining('was not judged: the commit checked out is not its merge into the base')],
    ]);
    expect(statusesOf(repo, repo.head).rota).toMatch(/^pending: the commit checked out is not its merge/);
  });
});

describe('a pull request into another branch', () => {
  async function intoWip() {
    const repo = await shove();
    await checkPull(repo, LATE);
    const wip = repo.commit(repo.base, TAKEN);
    repo.open(8, 'mallory-muir', repo.head, { ref: 'change-7', base: 'wip' });
    repo.merge(wip, repo.head);
    return repo;
  }

  test('gets no status, and takes back none that blocks', async () => {
    const repo = await intoWip();
    const before = statusesOf(repo, repo.head);
    const { status, annotations } = await checkPull(repo, LATE, 8);
    expect([status, annotations.map(({ message }) => message)]).toEqual([
      1,
      ['this pull request goes into wip, so it gets no status; it is judged when its base is main'],
    ]);
    expect([before, statusesOf(repo, repo.head)]).toEqual([
      { 'rota / consent': WAITING, rota: 'failure: 1 error' },
      before,
    ]);
  });

  test('is judged once its base is the default branch', async () => {
    const repo = await intoWip();
    repo.github.exchangeBase(8, { sha: repo.base, ref: 'main' }, 'mallory-muir');
    repo.merge(repo.base, repo.head);
    await checkPull(repo, LATE, 8, 'pull-request-edited');
    expect(statusesOf(repo, repo.head)).toEqual({
      'rota / consent': 'pending: waiting for amara-osei',
      rota: 'failure: 1 error',
    });
  });

  test('is not judged by its merge into the branch that was its base before', async () => {
    const repo = await repository({}, { now: EARLY });
    const { git, github } = repo;
    const shoved = repo.commit(repo.base, TAKEN);
    const head = repo.commit(shoved, { 'notes.md': 'A note.\n' });
    // It has the files of main, and takes for merged what the pull request changes.
    const wip = git('commit-tree', '-m', 'wip', '-p', repo.base, '-p', shoved, `${repo.base}^{tree}`);
    github.move('wip', wip, 'mallory-muir');
    repo.open(7, 'mallory-muir', head, { base: 'wip' });
    github.exchangeBase(7, { sha: repo.base, ref: 'main' }, 'mallory-muir');
    repo.merge(wip, head);
    await checkPull(repo, EARLY, 7, 'pull-request-edited');
    expect(Object.values(statusesOf(repo, head))).toEqual([OUTDATED, OUTDATED]);
  });

  test('of one commit: the worst of those into the default branch counts, without those of forks', async () => {
    const repo = await shove();
    repo.open(9, 'chi-wong', repo.head);
    repo.github.open({
      number: 10,
      user: 'stranger',
      base: { sha: repo.base, ref: 'main' },
      head: { sha: repo.head, ref: 'x', repo: 'stranger/handbook' },
    });
    await approved(repo, ['amara-osei']);
    expect(statusesOf(repo, repo.head)['rota / consent']).toBe(
      'pending: #9: waiting for mallory-muir, amara-osei',
    );
    await checkPull(repo, EARLY, 9);
    await approved(repo, ['amara-osei', 'mallory-muir'], EARLY, 9);
    expect(statusesOf(repo, repo.head)['rota / consent']).toBe(AGREED);
  });
});

describe('what was merged is judged once more', () => {
  /** Mallory and Amara agree; main may move on before the pull request is merged. */
  async function merged(
    moved: Readonly<Record<string, string>>,
    author = 'mallory-muir',
    files: Readonly<Record<string, string>> = {},
  ) {
    const repo = await repository(files);
    const head = repo.commit(repo.base, TAKEN);
    repo.open(7, author, head);
    repo.merge(repo.base, head);
    await checkPull(repo);
    await approved(
      repo,
      ['amara-osei', 'mallory-muir'].filter((it) => it !== author),
    );
    expect(statusesOf(repo, head)['rota / consent']).toBe(AGREED);
    const tip = repo.commit(repo.base, moved);
    const merge = repo.merge(tip, head);
    repo.github.move('main', tip, 'chi-wong');
    const [pull] = repo.github.state.pulls;
    Object.assign(pull ?? {}, { merge_commit_sha: merge });
    repo.github.merge(7, 'mallory-muir');
    return { repo, merge, ran: await check(repo, EARLY, repo.github.pushEvent()) };
  }

  test.each([
    ['with the word of its pull request', 'mallory-muir'],
    ['with that of one of our account, whose approvals its merge does not end', 'github-actions[bot]'],
  ])('%s', async (_, author) => {
    const { repo, merge, ran } = await merged({ 'README.md': 'A note.\n' }, author);
    expect([ran.status, ran.annotations]).toEqual([0, []]);
    expect(statusesOf(repo, merge)).toEqual({ 'rota / consent': AGREED });
    expect(repo.github.violations).toEqual([]);
  });

  test.each<[what: string, isSame: boolean, of: { readonly base?: string; readonly head?: string }]>([
    ['not of one that it contains', false, {}],
    ['not of one of another repository', true, { base: 'upstream/handbook' }],
    ['not of one with the same head from a fork', true, { head: 'stranger/handbook' }],
  ])('with the word of its own pull request, %s', async (_, isSame, of) => {
    const repo = await repository();
    const first = repo.commit(repo.base, { 'README.md': 'A note.\n' });
    const head = repo.commit(first, TAKEN);
    repo.open(8, 'mallory-muir', head);
    const merge = repo.merge(repo.base, head);
    await checkPull(repo, EARLY, 8);
    await approved(repo, ['amara-osei'], EARLY, 8);
    repo.github.open({
      ...{ number: 7, user: 'chi-wong' },
      head: { sha: isSame ? head : first, ref: 'part', ...(of.head && { repo: of.head }) },
      base: { sha: repo.base, ref: 'main', ...(of.base && { repo: of.base }) },
    });
    for (const pull of repo.github.state.pulls)
      Object.assign(pull, { state: 'closed', merged_at: EARLY, merge_commit_sha: merge });
    repo.github.state.pulls.reverse();
    repo.github.move('main', merge, 'mallory-muir');
    const { status, annotations } = await check(repo, EARLY, repo.github.pushEvent());
    expect([status, annotations]).toEqual([0, []]);
    expect(repo.github.violations).toEqual([]);
  });

  test.each([
    ['as the first of a hundred entries that a merge queue merges at once', 100, 0],
    ['but not as one of more commits', 101, 1],
  ])('%s', async (_, entries, status) => {
    const repo = await shove();
    await checkPull(repo);
    await approved(repo, ['amara-osei']);
    let tip = repo.merge(repo.base, repo.head);
    const [pull] = repo.github.state.pulls;
    Object.assign(pull ?? {}, { state: 'closed', merged_at: EARLY, merge_commit_sha: tip });
    for (let entry = 1; entry < entries; entry++)
      tip = repo.git('commit-tree', '-p', tip, '-m', `Entry ${entry}`, `${tip}^{tree}`);
    repo.git('checkout', '-q', '--detach', tip);
    repo.github.move('main', tip, 'mallory-muir');
    expect((await check(repo, EARLY, repo.github.pushEvent())).status).toBe(status);
  });

  test('whatever happens later to a branch of the same name', async () => {
    const { repo, merge } = await merged({ 'README.md': 'A note.\n' });
    repo.github.state.now = '2026-12-03T12:00:00Z';
    repo.github.move('change-7', repo.commit(merge, { 'notes.md': 'Notes.\n' }), 'mallory-muir');
    expect(repo.github.state.pulls[0]?.head.ref).toBe('change-7');
    repo.git('checkout', '-q', '--detach', merge);
    const ran = await check(repo, '2026-12-03T12:01:00Z', repo.github.pushEvent());
    expect([ran.status, ran.annotations]).toEqual([0, []]);
  });

  test('and fails, with the names of the leads, where it takes the week of somebody who was not asked', async () => {
    const { repo, merge, ran } = await merged({
      [AT.rota]: ROTA.replace(
        'people: [mallory-muir, amara-osei, ben-adeyemi, chi-wong]',
        'people: [ben-adeyemi, chi-wong]',
      ),
    });
    expect(ran.status).toBe(1);
    expect(ran.annotations.map(({ message }) => message)).toContainEqual(
      '#7 is on the default branch, and these have not agreed to it: ben-adeyemi, amara-osei; revert it, or let a ' +
        'lead (nia-rhys) have it applied to PagerDuty',
    );
    expect(statusesOf(repo, merge)).toEqual({
      'rota / consent': 'failure: waiting for ben-adeyemi, amara-osei',
    });
  });

  test('and a closing just before the merge is not taken for it, where the record of events lags behind', async () => {
    const repo = await shove();
    await checkPull(repo);
    await approved(repo, ['amara-osei']);
    const merge = repo.merge(repo.base, repo.head);
    repo.github.close(7, 'amara-osei');
    repo.github.reopen(7, 'mallory-muir');
    repo.github.move('main', merge, 'mallory-muir');
    const { timestamp: merged_at } = repo.github.state.activities.at(-1) ?? {};
    const merged = { state: 'closed', merged_at, merge_commit_sha: merge };
    Object.assign(repo.github.state.pulls[0] ?? {}, merged);
    const { status } = await check(repo, EARLY, repo.github.pushEvent());
    expect([status, statusesOf(repo, merge)['rota / consent']]).toEqual([
      1,
      expect.stringMatching(/^failure: waiting for .*amara-osei/),
    ]);
  });

  test('with the word of nobody, where GitHub lists more events of it than are read', async () => {
    const leads = { [AT.team]: 'name: GOV.UK PaaS\nleads: [nia-rhys, chi-wong]\n' };
    const { repo, merge } = await merged({ 'README.md': 'A note.\n' }, 'chi-wong', leads);
    for (let i = 0; i < 1001; i++) repo.github.label(7, 'bug', 'chi-wong');
    repo.git('checkout', '-q', '--detach', merge);
    const { status, annotations } = await check(repo, EARLY, repo.github.pushEvent());
    expect([status, annotations.map(({ message }) => message)]).toEqual([
      1,
      [
        "#7 has more than 1000 events, so that nobody's word counts for it",
        // Not its author, as somebody else can.
        expect.stringMatching(
          /these have not agreed to it: mallory-muir, amara-osei; .* let a lead \(nia-rhys\)/,
        ),
      ],
    ]);
  });

  test('part by part, though one push undoes what it brings', async () => {
    const repo = await shove();
    await checkPull(repo);
    await approved(repo, ['amara-osei']);
    const merge = repo.merge(repo.base, repo.head);
    const [pull] = repo.github.state.pulls;
    Object.assign(pull ?? {}, { state: 'closed', merged_at: EARLY, merge_commit_sha: merge });
    const undone = repo.commit(merge, { [AT.rota]: ROTA });
    repo.github.move('main', undone, 'mallory-muir');
    repo.git('checkout', '-q', '--detach', undone);
    const { status, annotations } = await check(repo, EARLY, repo.github.pushEvent());
    expect([status, annotations.map(({ message }) => message)]).toEqual([
      1,
      [expect.stringMatching(/^[0-9a-f]{10}, pushed by mallory-muir .* not agreed to it: amara-osei;/)],
    ]);
  });

  test.each([
    ['pr_merge', 'failure: waiting for nia-rhys'],
    ['merge_queue_merge', 'failure: waiting for nia-rhys'],
    ['push', 'success: the change of who somebody is has been agreed to'],
  ] as const)('whoever merges what GitHub does not list yet agrees to nothing: %s', async (kind, consent) => {
    const repo = await repository();
    const merge = repo.merge(
      repo.base,
      repo.commit(repo.base, { [AT.team]: 'name: PaaS\nleads: [amara-osei]\n' }),
    );
    repo.github.move('main', merge, 'nia-rhys');
    Object.assign(repo.github.state.activities.at(-1) ?? {}, { activity_type: kind });
    await check(repo, EARLY, repo.github.pushEvent());
    expect(statusesOf(repo, merge)).toEqual({ 'rota / consent': consent });
    expect(repo.github.violations).toEqual([]);
  });

  test('a direct push has the word of whoever pushed it, and of nobody else', async () => {
    const repo = await repository();
    repo.github.move('main', repo.base, 'nia-rhys');
    const pushed = repo.commit(repo.base, TAKEN);
    repo.github.move('main', pushed, 'mallory-muir');
    repo.github.state.statuses[pushed] = [];
    const { status } = await check(repo, EARLY, repo.github.pushEvent());
    expect([status, statusesOf(repo, pushed)]).toEqual([
      1,
      { 'rota / consent': 'failure: waiting for amara-osei' },
    ]);
  });
});

test('what was closed is not green when it is reopened, unless the commit is the head of an open one', async () => {
  const repo = await shove();
  await checkPull(repo);
  await approved(repo, ['amara-osei']);
  expect(statusesOf(repo, repo.head).rota).toMatch(/^success: /);
  repo.open(8, 'mallory-muir', repo.head);
  repo.github.close(7, 'mallory-muir');
  const closed = async (number: number) => {
    await checkPull(repo, EARLY, number, 'pull-request-closed');
    return statusesOf(repo, repo.head).rota;
  };
  expect(await closed(7)).toMatch(/^success: /);
  repo.github.close(8, 'mallory-muir');
  expect(await closed(8)).toMatch(/^pending: this was closed; when it is reopened, it is checked again/);
  expect(statusesOf(repo, repo.head)['rota / consent']).toMatch(/^pending: /);
  expect(repo.github.violations).toEqual([]);
});

test.each(['mallory-muir', 'amara-osei'])(
  'what %s closed nobody has approved when it is reopened',
  async (by) => {
    const repo = await shove();
    await checkPull(repo);
    await approved(repo, ['amara-osei']);
    repo.github.close(7, by);
    await checkPull(repo, EARLY, 7, 'pull-request-closed');
    repo.github.review(7, { user: 'amara-osei', state: 'APPROVED' });
    repo.github.reopen(7, 'mallory-muir');
    await checkPull(repo);
    expect(statusesOf(repo, repo.head)['rota / consent']).toBe('pending: waiting for amara-osei');
    await approved(repo, ['amara-osei']);
    expect(statusesOf(repo, repo.head)['rota / consent']).toBe(AGREED);
  },
);

test.each([
  ['its author', 'mallory-muir', AGREED],
  ['somebody else', 'chi-wong', 'pending: waiting for mallory-muir'],
])(
  'a draft is not green, so that nobody merges it before the run for its being made ready by %s',
  async (_, by, consent) => {
    const repo = await shove();
    Object.assign(repo.github.state.pulls[0] ?? {}, { draft: true });
    await checkPull(repo);
    await approved(repo, ['amara-osei']);
    const draft = 'pending: this is a draft; once it is ready for review, it is checked again';
    expect(Object.values(statusesOf(repo, repo.head))).toEqual([draft, draft]);
    repo.github.ready(7, by);
    await checkPull(repo);
    expect(statusesOf(repo, repo.head)['rota / consent']).toBe(consent);
  },
);

test('a thousand statuses of other names hide nothing that is green once it is closed', async () => {
  const repo = await shove();
  await checkPull(repo);
  await approved(repo, ['amara-osei']);
  const set = repo.github.state.statuses[repo.head] ?? [];
  for (const i of Array.from({ length: 1000 }).keys())
    set.push({ ...set[0], context: `x${i % 10}`, creator: 'mallory-muir' } as (typeof set)[number]);
  repo.github.close(7, 'mallory-muir');
  await checkPull(repo, EARLY, 7, 'pull-request-closed');
  expect(statusesOf(repo, repo.head).rota).toMatch(/^pending: this was closed/);
});

describe('the notice of a planned change without an issue counts from when its pull request was there to be looked at:', () => {
  const files = {
    [AT.rota]: ROTA.replace('handover', 'hours: day\nhandover'),
    'policies/support-hours/day.yaml':
      'name: Day\ntimezone: Europe/London\nwindows:\n  day: [{days: working, from: "09:00", to: "17:00"}]\n',
    'policies/services.yaml': 'services:\n  desk: {name: Desk, team: paas}\n',
    [AT.notice]:
      'rota_change: {minimum: 7 days}\nconsent: [both-people]\nshort_cover: {longest: 1 hour}\nout_of_hours_change: {minimum: 48 hours}\n',
  };
  const planned = `changes:
  up: {service: desk, summary: Up, timezone: Europe/London, from: 2026-12-11T18:00, to: 2026-12-11T22:00,
    requested_at: 2026-11-25T10:00:00Z, assigned: [{role: paas/on-call/engineer, person: ben-adeyemi}]}
`;
  const NOW = '2026-12-11T16:00:00Z';
  type Opened = Awaited<ReturnType<typeof repository>>;

  test.each<
    [what: string, base: string, before: (it: Opened) => void, since: (it: Opened) => void, verdict: string]
  >([
    ['since its opening', 'main', () => {}, () => {}, 'success'],
    [
      'since it got its base',
      'wip',
      () => {},
      (it) => it.github.exchangeBase(7, { sha: it.base, ref: 'main' }, 'mallory-muir'),
      'failure',
    ],
    [
      'since it was reopened',
      'main',
      (it) => it.github.close(7, 'mallory-muir'),
      (it) => it.github.reopen(7, 'mallory-muir'),
      'failure',
    ],
    ['since it was ready', 'main', () => {}, (it) => it.github.ready(7, 'mallory-muir'), 'failure'],
  ])('%s', async (_, base, before, since, verdict) => {
    const repo = await repository(files);
    repo.github.state.now = '2026-12-01T09:00:00Z';
    const head = repo.commit(repo.base, { 'rotas/paas/planned-changes.yaml': planned });
    repo.github.move('wip', repo.base, 'mallory-muir');
    repo.open(7, 'mallory-muir', head, { base });
    before(repo);
    repo.github.state.now = NOW;
    since(repo);
    repo.merge(repo.base, head);
    await checkPull(repo, NOW);
    repo.github.state.now = '2026-12-11T16:10:00Z';
    await approved(repo, ['ben-adeyemi', 'nia-rhys'], '2026-12-11T16:20:00Z');
    const { rota = '', ...consent } = statusesOf(repo, head);
    expect(rota).toMatch(new RegExp(`^${verdict}: `));
    expect(consent['rota / consent']).toMatch(/^success: /);
    expect(repo.github.violations).toEqual([]);
  });
});
