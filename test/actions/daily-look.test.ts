// The daily look at the open pull requests, by the action as GitHub runs it.
import { cpSync } from 'node:fs';
import { expect, test } from 'vitest';
import { folder, git as gitAt } from '../process.ts';
import { isNightly } from '../sampled.ts';
import {
  AT,
  approved,
  check,
  checkPull,
  commentOn,
  EARLY,
  LATE,
  openedBy,
  type Repository,
  ROTA,
  repository,
  statusesOf,
  TAKEN,
  unlabelled,
} from './pull-request.ts';

const SCHEDULED = { eventName: 'schedule', event: {} };

/** Main alone is checked out, and its origin has what GitHub would have merged, by number. */
function offered({ git, base }: Repository, merges: ReadonlyMap<number, string>): void {
  const origin = folder();
  const at = (...words: readonly string[]) => gitAt(origin, EARLY, ...words);
  at('init', '-q', '--bare');
  git(
    'push',
    '-q',
    origin,
    ...[...merges].map(([number, merge]) => `${merge}:refs/pull/${number}/merge`),
    'main',
  );
  git('remote', 'add', 'origin', origin);
  git('checkout', '-q', 'main');
  git('reset', '-q', '--hard', base);
}

const look = (repo: Repository, now: string) => check(repo, now, SCHEDULED);

test('forks and pull requests into other branches are passed over unread', async () => {
  const repo = await repository();
  const head = repo.commit(repo.base, TAKEN);
  const merge = repo.merge(repo.base, head);
  repo.github.open({ number: 6, user: 'stranger', head: { sha: head, ref: 'x', repo: 'stranger/handbook' } });
  repo.open(7, 'mallory-muir', head, { base: 'wip' });
  offered(repo, new Map([6, 7].map((number) => [number, merge])));
  const { status } = await look(repo, LATE);
  expect([status, statusesOf(repo, head)]).toEqual([0, {}]);
  expect(repo.github.requests.map(({ operation }) => operation)).toEqual([
    'pulls/list',
    'pulls/list',
    // What the head of the one into another branch, or what a branch left, has of success would be taken back.
    'repos/list-activities',
    'graphql',
  ]);
});

test.each([
  ['mallory-muir', 'success: everyone whose time changes has agreed'],
  ['amara-osei', 'pending: waiting for mallory-muir'],
])('a look before the run for the opening does not know who opened it: %s', async (login, then) => {
  const repo = await repository();
  const head = repo.commit(repo.base, TAKEN);
  // The author is Mallory all the same, if the issue was hers that Amara made a pull request.
  repo.open(7, 'mallory-muir', head);
  const merge = repo.merge(repo.base, head);
  offered(repo, new Map([[7, merge]]));
  expect((await look(repo, EARLY)).status).toBe(0);
  expect(statusesOf(repo, head)['rota / consent']).toBe('pending: waiting for amara-osei');
  repo.git('checkout', '-q', '--detach', merge);
  await check(repo, EARLY, openedBy(repo, login));
  await approved(repo, ['amara-osei']);
  expect(statusesOf(repo, head)['rota / consent']).toBe(then);
});

test('a run that somebody starts on another branch looks at nothing', async () => {
  const repo = await repository();
  const head = repo.commit(repo.base, TAKEN);
  repo.open(7, 'mallory-muir', head);
  offered(repo, new Map([[7, repo.merge(repo.base, head)]]));
  const { eventName, event } = repo.github.dispatchEvent('mallory-muir');
  const older = await check(repo, EARLY, { eventName, event: { ...event, ref: 'refs/heads/at-older-main' } });
  expect([older.status, statusesOf(repo, head)]).toEqual([1, {}]);
  expect(older.annotations.map(({ message }) => message)).toEqual([
    'the open pull requests are looked at only by a run on main; start it there',
  ]);
  expect((await check(repo, EARLY, { eventName, event })).status).toBe(0);
  expect(statusesOf(repo, head)['rota / consent']).toBe('pending: waiting for amara-osei');
});

test('what is checked out may be older than main: a merge into that turns nothing green', async () => {
  const repo = await repository();
  const head = repo.commit(repo.base, { [AT.team]: 'name: Two\nleads: [nia-rhys]\n' });
  repo.open(7, 'mallory-muir', head);
  const merge = repo.merge(repo.base, head);
  repo.github.move('main', repo.commit(repo.base, TAKEN), 'nia-rhys');
  offered(repo, new Map([[7, merge]]));
  expect((await look(repo, EARLY)).status).toBe(0);
  for (const status of Object.values(statusesOf(repo, head)))
    expect(status).toMatch(/^pending: the base branch has moved on since/);
  expect(Object.keys(statusesOf(repo, head))).toHaveLength(2);
});

test('nothing turns green by a merge into a commit that main never was at', async () => {
  const repo = await repository();
  const taken = repo.commit(repo.base, TAKEN);
  const head = repo.commit(taken, { [AT.team]: 'name: Two\nleads: [nia-rhys]\n' });
  repo.open(7, 'mallory-muir', head);
  const wip = repo.git('commit-tree', '-m', 'wip', '-p', repo.base, '-p', taken, `${repo.base}^{tree}`);
  offered(repo, new Map([[7, repo.merge(wip, head)]]));
  expect((await look(repo, EARLY)).status).toBe(0);
  for (const status of Object.values(statusesOf(repo, head)))
    expect(status).toMatch(/^pending: the base branch has moved on since/);
  expect(Object.keys(statusesOf(repo, head))).toHaveLength(2);
});

test('nothing turns green by a merge into a main that moves on during the look', async () => {
  const repo = await repository();
  const head = repo.commit(repo.base, { [AT.team]: 'name: Two\nleads: [nia-rhys]\n' });
  repo.open(7, 'mallory-muir', head);
  const merge = repo.merge(repo.base, head);
  const next = repo.commit(repo.base, TAKEN);
  offered(repo, new Map([[7, merge]]));
  // By then, it knows where main was.
  repo.github.meanwhile('pulls/list-reviews', () => repo.github.move('main', next, 'nia-rhys'));
  expect((await look(repo, EARLY)).status).toBe(0);
  for (const status of Object.values(statusesOf(repo, head)))
    expect(status).toMatch(/^pending: the base branch has moved on since/);
  expect(Object.keys(statusesOf(repo, head))).toHaveLength(2);
});

/** A swap to which both have agreed, and which no run has judged since. */
async function agreed() {
  const repo = await repository({}, { now: EARLY });
  const head = repo.commit(repo.base, TAKEN);
  repo.open(7, 'mallory-muir', head);
  const merge = repo.merge(repo.base, head);
  await checkPull(repo);
  repo.github.review(7, { user: 'amara-osei', state: 'APPROVED' });
  offered(repo, new Map([[7, merge]]));
  return { repo, head };
}

test('a look turns green what everyone has agreed to since', async () => {
  const { repo, head } = await agreed();
  expect((await look(repo, EARLY)).status).toBe(0);
  expect(statusesOf(repo, head)['rota / consent']).toMatch(/^success/);
});

test('nothing turns green that another pull request gets as its head during the look', async () => {
  const { repo, head } = await agreed();
  repo.github.meanwhile('pulls/list-reviews', () => repo.open(8, 'ben-adeyemi', head));
  expect((await look(repo, EARLY)).status).toBe(0);
  expect(statusesOf(repo, head)['rota / consent']).toBe('pending: waiting for amara-osei');
});

test('nothing stays green that another pull request gets as its head while it turns green', async () => {
  const { repo, head } = await agreed();
  repo.github.meanwhile('repos/create-commit-status', () => repo.open(8, 'ben-adeyemi', head));
  expect((await look(repo, EARLY)).status).toBe(0);
  expect(statusesOf(repo, head)['rota / consent']).toMatch(/^pending: .* another one got its head/);
});

test('what a run takes back during the look is not green again for another reason', async () => {
  const [first, then] = ['2026-12-15T12:00:00Z', '2026-12-17T05:17:00Z'];
  const policy = 'rota_change: {minimum: 15 days, recommended: 21 days}\nconsent: [both-people]\n';
  const repo = await repository({ [AT.notice]: policy }, { now: first });
  // A week that is late, and one whose recommended notice ends between both times.
  const turns = ['2026-12-23, person: amara-osei', '2027-01-06, person: mallory-muir'];
  const lines = turns.map((it) => `  - {role: engineer, turn: ${it}}\n`).join('');
  const head = repo.commit(repo.base, {
    [AT.rota]: ROTA.replace('timezone', `overrides:\n${lines}timezone`),
  });
  repo.open(7, 'mallory-muir', head);
  const merge = repo.merge(repo.base, head);
  repo.github.label(7, 'emergency-cover', 'mallory-muir');
  await checkPull(repo, first);
  await approved(repo, ['amara-osei', 'ben-adeyemi', 'nia-rhys'], first);
  expect(statusesOf(repo, head).rota).toMatch(/^success/);
  offered(repo, new Map([[7, merge]]));
  repo.github.state.now = then;
  repo.github.meanwhile('issues/update-comment', () => {
    unlabelled(repo, 'emergency-cover');
    repo.github.state.statuses[head]?.push({
      ...{ id: 5000, context: 'rota', state: 'failure', description: 'late', creator: 'github-actions[bot]' },
      ...{ target_url: null, created_at: then },
    });
  });
  expect((await look(repo, then)).status).toBe(0);
  expect(statusesOf(repo, head).rota).not.toMatch(/^success/);
});

test('a look beside the run for the opening forgets nothing of who opened it', async () => {
  const repo = await repository({}, { now: EARLY });
  const head = repo.commit(repo.base, TAKEN);
  repo.open(7, 'mallory-muir', head);
  const merge = repo.merge(repo.base, head);
  const own = folder();
  cpSync(repo.folder, own, { recursive: true });
  const opening = openedBy(repo, 'amara-osei');
  let opened: Promise<unknown> | undefined;
  offered(repo, new Map([[7, merge]]));
  // GitHub takes no comment for seconds: each has read that there is none when it writes one.
  const refusal = { status: 403, headers: { 'retry-after': '4' } };
  repo.github.fault('issues/create-comment', refusal, { times: 2 });
  repo.github.meanwhile('pulls/list-reviews', () => {
    opened = check({ ...repo, folder: own }, EARLY, opening);
  });
  expect((await look(repo, EARLY)).status).toBe(0);
  await opened;
  expect(repo.github.state.pulls[0]?.comments).toHaveLength(2);
  repo.git('checkout', '-q', '--detach', merge);
  await approved(repo, ['amara-osei']);
  expect(statusesOf(repo, head)['rota / consent']).toBe('pending: waiting for mallory-muir');
  expect(repo.github.violations).toEqual([]);
});

test('a head that is pushed while the look goes on, and that its own run has judged, keeps its comment', async () => {
  const repo = await repository({}, { now: EARLY });
  const first = repo.commit(repo.base, {
    [AT.rota]: ROTA.replace('mallory-muir, amara-osei', 'amara-osei, mallory-muir'),
  });
  repo.open(7, 'mallory-muir', first);
  const merge = repo.merge(repo.base, first);
  const head = repo.commit(repo.base, TAKEN);
  repo.github.push(7, head, 'mallory-muir');
  repo.merge(repo.base, head);
  await checkPull(repo, EARLY, 7, 'pull-request-synchronize');
  const shown = commentOn(repo);
  // As the look lists them before that push.
  const [pull] = repo.github.state.pulls;
  Object.assign(pull?.head ?? {}, { sha: first });
  offered(repo, new Map([[7, merge]]));
  repo.github.meanwhile('pulls/list-reviews', () => Object.assign(pull?.head ?? {}, { sha: head }));
  expect((await look(repo, EARLY)).status).toBe(0);
  expect(commentOn(repo)).toBe(shown);
  repo.git('checkout', '-q', '--detach', repo.merge(repo.base, head));
  await approved(repo, ['amara-osei']);
  expect(statusesOf(repo, head)['rota / consent']).toMatch(/^success/);
});

test('those with conflicts are taken back by one request for a hundred, after those that can be merged', async () => {
  const repo = await repository({}, { now: EARLY });
  const merges = new Map<number, string>();
  const heads: string[] = [];
  for (let number = 1; number <= 150; number++) {
    const head = repo.git('commit-tree', '-m', String(number), '-p', repo.base, `${repo.base}^{tree}`);
    heads.push(head);
    repo.open(number, 'mallory-muir', head);
  }
  const head = repo.commit(repo.base, TAKEN);
  repo.open(151, 'mallory-muir', head);
  merges.set(151, repo.merge(repo.base, head));
  const green = heads[120] ?? '';
  repo.github.state.pulls[120]?.files.push({ filename: AT.rota, status: 'modified' });
  repo.github.state.statuses[green] = ['rota', 'rota / consent'].map((context, id) => ({
    ...{ id, context, state: 'success' as const, description: 'no findings' },
    creator: 'github-actions[bot]',
    ...{ target_url: null, created_at: EARLY },
  }));
  offered(repo, merges);
  const before = repo.github.requests.length;
  expect((await look(repo, EARLY)).status).toBe(0);
  const asked = repo.github.requests.slice(before).map(({ operation }) => operation);
  expect(asked.indexOf('pulls/list-files')).toBeGreaterThan(asked.indexOf('issues/create-comment'));
  expect(asked.length).toBeLessThan(40);
  const status = expect.stringMatching(/^pending: this cannot be merged/);
  expect(statusesOf(repo, green)).toEqual({ rota: status, 'rota / consent': status });
});

test('whoever runs out of notice next comes first, and whom GitHub’s limit keeps it from is named', async () => {
  const repo = await repository();
  const turns = { 7: '2027-01-13', 8: '2026-12-23', 9: '2027-01-06' };
  const heads = new Map<number, string>();
  const merges = new Map<number, string>();
  for (const [number, turn] of Object.entries(turns)) {
    const head = repo.commit(repo.base, {
      [AT.rota]: `${ROTA}overrides:\n  - {role: engineer, turn: ${turn}, person: nia-rhys}\n`,
    });
    heads.set(Number(number), head);
    merges.set(Number(number), repo.merge(repo.base, head));
    repo.open(Number(number), 'nia-rhys', head);
  }
  offered(repo, merges);
  repo.github.fault(
    'pulls/list-reviews',
    { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' } },
    { nth: 2 },
  );
  const { status, annotations } = await look(repo, LATE);
  expect([status, ...annotations.map(({ message }) => message)]).toEqual([
    1,
    expect.stringMatching(/^pull request 9 was not judged: /),
    'not reached: #7, those that cannot be merged, and the commits that branches have left, or whose pull requests were closed; run this again',
  ]);
  expect(statusesOf(repo, heads.get(8) ?? '').rota).toMatch(/^failure: /);
  expect([7, 8, 9].map((number) => commentOn(repo, number) !== '')).toEqual([false, true, false]);
});

test('one that is too large fails by name, and the others are judged', async () => {
  const repo = await repository();
  const note = `# ${'x'.repeat(200_000)}\n`;
  const large = Object.fromEntries(
    Array.from({ length: 25 }, (_, i) => [`rotas/team-${i}/team.yaml`, `name: Team ${i}\n${note}`]),
  );
  const [big, swap] = [repo.commit(repo.base, large), repo.commit(repo.base, TAKEN)];
  const merges = new Map([big, swap].map((head, i) => [7 + i, repo.merge(repo.base, head)]));
  repo.open(7, 'mallory-muir', big);
  repo.open(8, 'mallory-muir', swap);
  offered(repo, merges);
  const { status, annotations } = await look(repo, LATE);
  expect([status, annotations.map(({ message }) => message)]).toEqual([
    1,
    [
      'pull request 7 was not judged: this changes 5 MiB of the handbook, and 4 MiB are read; split it',
      'this changes 5 MiB of the handbook, and 4 MiB are read; split it',
    ],
  ]);
  expect(statusesOf(repo, big)).toEqual({
    'rota / consent': 'failure: this changes 5 MiB of the handbook, and 4 MiB are read; split it',
    rota: 'failure: this changes 5 MiB of the handbook, and 4 MiB are read; split it',
  });
  expect(statusesOf(repo, swap).rota).toMatch(/^failure: /);
});

test('a head that GitHub has not merged yet is pending', async () => {
  const repo = await repository();
  const head = repo.commit(repo.base, TAKEN);
  const later = repo.commit(head, { [AT.team]: 'name: PaaS\nleads: [nia-rhys]\n' });
  repo.open(7, 'mallory-muir', later);
  offered(repo, new Map([[7, repo.merge(repo.base, head)]]));
  await look(repo, EARLY);
  expect([statusesOf(repo, head), statusesOf(repo, later).rota]).toEqual([
    {},
    'pending: GitHub has not merged this commit for a check yet',
  ]);
});

test('a merge that GitHub has not renewed turns nothing green, and the status says what to do', async () => {
  const repo = await repository();
  const named = (name: string) => repo.commit(repo.base, { [AT.team]: `name: ${name}\nleads: [nia-rhys]\n` });
  const [known, fresh] = [named('One'), named('Two')];
  repo.open(7, 'nia-rhys', known);
  offered(repo, new Map([[7, repo.merge(repo.base, known)]]));
  await look(repo, EARLY);
  const green = statusesOf(repo, known);
  expect(green.rota).toMatch(/^success: /);
  repo.open(8, 'nia-rhys', fresh);
  const moved = repo.commit(repo.base, TAKEN);
  repo.github.move('main', moved, 'nia-rhys');
  repo.git('remote', 'remove', 'origin');
  const merges = [known, fresh].map((head, i) => [7 + i, repo.merge(repo.base, head)] as const);
  offered({ ...repo, base: moved }, new Map(merges));
  await look(repo, EARLY);
  const outdated = 'pending: the base branch has moved on since this merge was made; update the branch';
  expect([statusesOf(repo, known), statusesOf(repo, fresh)]).toEqual([
    green,
    { rota: outdated, 'rota / consent': outdated },
  ]);
});

// Each is also judged for the others, whose status is the worst of all.
test('pull requests with one head take as many requests each, however many they are', async () => {
  const requestsFor = async (count: number) => {
    const repo = await repository();
    const head = repo.commit(repo.base, TAKEN);
    const merge = repo.merge(repo.base, head);
    const numbers = Array.from({ length: count }, (_, i) => 7 + i);
    for (const number of numbers) repo.open(number, 'mallory-muir', head);
    offered(repo, new Map(numbers.map((number) => [number, merge])));
    await check(repo, EARLY, { eventName: 'schedule', event: {} });
    expect(statusesOf(repo, head)['rota / consent']).toBe('pending: waiting for mallory-muir, amara-osei');
    return repo.github.requests.length;
  };
  const [two, four, eight] = [await requestsFor(2), await requestsFor(4), await requestsFor(8)];
  expect(eight - four).toBeLessThan(2.5 * (four - two));
});

// The hourly limit of a workflow's token is 1,000 requests.
const OPEN = isNightly ? 1000 : 100;

test.each<[end: string, now: string, approvers: readonly string[], rota: RegExp]>([
  ['run out of notice', LATE, ['amara-osei', 'nia-rhys'], /^failure/],
  ['turn green', '2026-12-02T12:00:00Z', ['amara-osei'], /^success/],
])(
  `${OPEN} open pull requests, of which a tenth %s, take fewer requests than there are`,
  async (end, now, approvers, rota) => {
    const repo = await repository({}, { now: EARLY });
    const tree = repo.git('rev-parse', `${repo.base}^{tree}`);
    const merges = new Map<number, string>();
    const commitTree = (name: string, of: string, ...parents: readonly string[]) =>
      repo.git('commit-tree', '-m', name, ...parents.flatMap((it) => ['-p', it]), of);
    repo.github.move('main', repo.base, 'nia-rhys');
    for (let number = 1; number <= OPEN; number++) {
      const matters = number % 10 === 0;
      const head = matters ? repo.commit(repo.base, TAKEN) : commitTree(`change ${number}`, tree, repo.base);
      merges.set(number, commitTree('merge', matters ? `${head}^{tree}` : tree, repo.base, head));
      repo.open(number, 'mallory-muir', head);
      for (const user of matters ? approvers : []) repo.github.review(number, { user, state: 'APPROVED' });
    }
    offered(repo, merges);
    const before = repo.github.requests.length;
    const { status, milliseconds } = await look(repo, now);
    const requests = repo.github.requests.length - before;
    const seconds = Math.round(milliseconds / 1000);
    process.stdout.write(
      `    ${OPEN} open pull requests, a tenth ${end}: ${requests} requests, ${seconds} s\n`,
    );
    expect(status).toBe(0);
    expect(requests).toBeLessThan(OPEN);
    const matter = repo.github.state.pulls.filter(({ comments }) => comments.length > 0);
    expect(matter).toHaveLength(OPEN / 10);
    for (const { head } of matter) expect(statusesOf(repo, head.sha).rota).toMatch(rota);
    expect(repo.github.violations).toEqual([]);
  },
  600_000,
);

test('what main alone has freed of its conflicts is judged by the next look, as nobody has looked at it', async () => {
  const repo = await repository({}, { now: EARLY });
  const head = repo.commit(repo.base, TAKEN);
  repo.github.move('main', repo.base, 'nia-rhys');
  repo.open(7, 'mallory-muir', head);
  repo.github.review(7, { user: 'amara-osei', state: 'APPROVED' });
  offered(repo, new Map());
  await look(repo, EARLY);
  expect(statusesOf(repo, head)).toEqual({});
  const moved = repo.commit(repo.base, { [AT.team]: 'name: PaaS\nleads: [nia-rhys]\n' });
  repo.github.move('main', moved, 'nia-rhys');
  const merge = repo.merge(moved, head);
  repo.git('remote', 'remove', 'origin');
  repo.git('branch', '-f', 'main', moved);
  offered({ ...repo, base: moved }, new Map([[7, merge]]));
  await look(repo, EARLY);
  expect(statusesOf(repo, head)).toEqual({
    'rota / consent': 'pending: waiting for mallory-muir, amara-osei',
    rota: 'success: no findings',
  });
  expect(repo.github.violations).toEqual([]);
});

test('what is green is taken back while it has conflicts, and when it was closed or sent elsewhere without a run', async () => {
  const repo = await repository({}, { now: EARLY });
  const heads = [7, 8, 9, 10].map((number) => {
    const head = repo.commit(repo.base, { 'README.md': `${number}` });
    repo.open(number, 'mallory-muir', head);
    return head;
  });
  const [conflicting = '', closed = '', merged = '', elsewhere = ''] = heads;
  for (const [i, head] of heads.entries()) {
    repo.git('checkout', '-q', repo.merge(repo.base, head));
    await checkPull(repo, EARLY, 7 + i);
    expect(statusesOf(repo, head).rota).toMatch(/^success: /);
  }
  repo.github.close(8, 'mallory-muir');
  // Another one of the same head keeps nothing green that is judged for no branch of ours.
  repo.open(11, 'mallory-muir', closed, { base: 'wip' });
  repo.github.exchangeBase(10, { sha: repo.base, ref: 'wip' }, 'mallory-muir');
  const pull = repo.github.state.pulls.find(({ number }) => number === 9);
  Object.assign(pull ?? {}, { state: 'closed', merged_at: EARLY });
  offered(repo, new Map());
  const files = (filename: string, previous_filename?: string) => {
    const changed = repo.github.state.pulls.find(({ number }) => number === 7);
    const moved = previous_filename === undefined ? {} : { previous_filename };
    Object.assign(changed ?? {}, { files: [{ filename, status: 'renamed', ...moved }] });
  };
  // What changes nothing of the handbook would stay pending: no look judges it again when it can be merged.
  files('docs/rotas/README.md');
  expect((await look(repo, EARLY)).status).toBe(0);
  expect(statusesOf(repo, conflicting).rota).toMatch(/^success: /);
  files('notes.yaml', 'rotas/paas/on-call.yaml');
  expect((await look(repo, EARLY)).status).toBe(0);
  expect(statusesOf(repo, conflicting)).toEqual({
    'rota / consent': expect.stringMatching(/^pending: this cannot be merged/),
    rota: expect.stringMatching(/^pending: this cannot be merged/),
  });
  expect(statusesOf(repo, closed).rota).toMatch(/^pending: this goes into another branch/);
  expect(statusesOf(repo, elsewhere).rota).toMatch(/^pending: this goes into another branch/);
  expect(statusesOf(repo, merged).rota).toMatch(/^success: /);
  expect(repo.github.violations).toEqual([]);
});

test.each<[what: string, act: (repo: Repository) => void, rota: RegExp]>([
  [
    'closed',
    ({ github }) => void Object.assign(github.state.pulls[0] ?? {}, { state: 'closed' }),
    /^undefined$/,
  ],
  ['labelled', ({ github }) => github.label(7, 'question', 'amara-osei'), /^undefined$/],
  [
    'closed by somebody, and reopened by another,',
    ({ github }) => {
      github.close(7, 'amara-osei');
      github.reopen(7, 'mallory-muir');
    },
    /^undefined$/,
  ],
  [
    'made a draft',
    ({ github: { state } }) => void Object.assign(state.pulls[0] ?? {}, { draft: true }),
    /^undefined$/,
  ],
  [
    'pushed elsewhere by somebody, and back by another,',
    ({ github }) => {
      const events = github.state.pulls[0]?.events ?? [];
      const { now: created_at } = github.state;
      events.push({ id: 99_000, event: 'head_ref_force_pushed', actor: 'chi-wong', created_at });
    },
    /^undefined$/,
  ],
  ['left as it is', () => {}, /^success/],
])('what would turn green and was %s while the look went on', async (_, act, rota) => {
  const repo = await repository();
  const head = repo.commit(repo.base, TAKEN);
  repo.open(7, 'mallory-muir', head);
  const merge = repo.merge(repo.base, head);
  await checkPull(repo);
  repo.github.review(7, { user: 'amara-osei', state: 'APPROVED' });
  repo.github.state.statuses[head] = [];
  offered(repo, new Map([[7, merge]]));
  repo.github.meanwhile('issues/list-comments', () => act(repo));
  const { status } = await look(repo, EARLY);
  expect(status).toBe(0);
  expect(String(statusesOf(repo, head).rota)).toMatch(rota);
  expect(repo.github.violations).toEqual([]);
});
