// What is green can be taken back again, whatever others do to its commit or its conversation, by the action as GitHub
// runs it.
import { describe, expect, test } from 'vitest';
import type { ActionContext } from '../../actions/lib/github/context.ts';
import { checkPullRequest } from '../../actions/lib/programs/check-pull-request.ts';
import { runJob } from '../github/job.ts';
import { TOKEN } from '../github/runner.ts';
import { at } from '../handbook.ts';
import { folder, git as gitAt } from '../process.ts';
import {
  AT,
  approved,
  check,
  checkPull,
  commentOn,
  EARLY,
  LATE,
  type Repository,
  repository,
  shove,
  statusesOf,
  TAKEN,
} from './pull-request.ts';

type State = Repository['github']['state'];
type Operation = Parameters<Repository['github']['meanwhile']>[0];

const CONTEXTS = ['rota', 'rota / consent'];
const AGREED = 'success: everyone whose time changes has agreed';

/** Mallory sets so many statuses of each name on a commit, with her own token; GitHub ignores the case of a name. */
function crowd({ github }: Repository, head: string, count: number, inCase = (name: string) => name): void {
  const [one] = github.state.statuses[head] ?? [];
  if (one === undefined) throw new Error('there is no status yet');
  for (let i = 0; i < count; i++)
    for (const [j, context] of CONTEXTS.entries()) {
      const more = {
        id: 100_000 + 2 * i + j,
        state: 'pending',
        description: 'filler',
        creator: 'mallory-muir',
      };
      github.state.statuses[head]?.push({ ...one, ...more, context: inCase(context) } as typeof one);
    }
}

/** The last status of each name that our account set. */
const oursOn = ({ github }: Repository, head: string): readonly string[] =>
  CONTEXTS.map((name) => {
    const all = github.state.statuses[head] ?? [];
    const last = all.findLast(
      ({ context, creator }) => context === name && creator === 'github-actions[bot]',
    );
    return `${last?.state}: ${last?.description}`;
  });

/** Main alone is checked out, and GitHub offers the merge of pull request 7. */
function offered(repo: Repository, merge: string): void {
  const origin = folder();
  gitAt(origin, EARLY, 'init', '-q', '--bare');
  repo.git('push', '-q', origin, `${merge}:refs/pull/7/merge`, 'main');
  repo.git('remote', 'add', 'origin', origin);
  repo.git('checkout', '-q', 'main');
}

/** The daily look at pull request 7, on the default branch. */
async function lookedAt(repo: Repository, merge: string, now: string) {
  offered(repo, merge);
  return check(repo, now, { eventName: 'schedule', event: {} });
}

/** The same where the pull requests have taken so many minutes before any of them is judged. */
async function lookedAtAfter(minutes: number, repo: Repository, merge: string) {
  offered(repo, merge);
  const { github, folder: root } = repo;
  const { owner, name } = github.state;
  const context: ActionContext = {
    ...{ eventName: 'schedule', payload: {}, sha: '0'.repeat(40), refName: 'main' },
    ...{ repository: { owner, repo: name }, apiUrl: github.url, serverUrl: 'https://github.com' },
    ...{ workspace: root, folder: '.', root, token: TOKEN, commentAuthor: 'github-actions[bot]' },
    now: at(EARLY),
  };
  let reads = 0;
  const clock = () => at(EARLY) + (reads++ === 0 ? 0 : minutes * 60_000);
  return runJob(root, () => checkPullRequest(context, '', clock));
}

test('what is green is taken back when it is closed, although somebody else set another status since', async () => {
  const repo = await shove();
  await approved(repo, ['amara-osei']);
  crowd(repo, repo.head, 1);
  repo.github.close(7, 'mallory-muir');
  await checkPull(repo, EARLY, 7, 'pull-request-closed');
  const closed = expect.stringMatching(/^pending: this was closed/);
  expect(oursOn(repo, repo.head)).toEqual([closed, closed]);
});

test.each<[what: string, open?: (repo: Awaited<ReturnType<typeof shove>>) => void]>([
  ['when it comes back'],
  [
    'while it is the head of one into another branch',
    (repo) => repo.open(8, 'mallory-muir', repo.head, { base: 'wip' }),
  ],
  [
    'while it is the head of one from a fork',
    ({ github, head: sha }) =>
      void github.open({
        number: 8,
        user: 'mallory-muir',
        head: { sha, ref: 'x', repo: 'mallory-muir/handbook' },
      }),
  ],
])('what is green is taken back when the branch leaves it, and stays so %s', async (_, open) => {
  const repo = await shove();
  await approved(repo, ['amara-osei']);
  expect(oursOn(repo, repo.head)).toEqual([expect.stringMatching(/^success/), AGREED]);
  open?.(repo);
  const next = repo.commit(repo.head, { 'rotas/notes.md': 'x' });
  repo.merge(repo.base, next);
  repo.github.push(7, next, 'mallory-muir');
  await checkPull(repo, EARLY, 7, 'pull-request-synchronize');
  const left = expect.stringMatching(/^pending: the branch has another head/);
  expect(oursOn(repo, repo.head)).toEqual([left, left]);
});

test('an approval does not count again when somebody dismisses the request for changes that followed it', async () => {
  const repo = await shove();
  await approved(repo, ['amara-osei']);
  const request = repo.github.review(7, { user: 'amara-osei', state: 'CHANGES_REQUESTED' });
  await checkPull(repo, EARLY, 7, 'pull-request-review-submitted');
  request.state = 'DISMISSED';
  await checkPull(repo, EARLY, 7, 'pull-request-review-submitted');
  expect(statusesOf(repo, repo.head)['rota / consent']).toBe('pending: waiting for amara-osei');
});

test('what is green is taken back by the look when it was merged into another branch', async () => {
  const repo = await shove();
  await approved(repo, ['amara-osei']);
  const merge = repo.git('rev-parse', 'HEAD');
  repo.github.state.now = EARLY;
  repo.github.exchangeBase(7, { sha: repo.base, ref: 'wip' }, 'mallory-muir');
  repo.github.merge(7, 'mallory-muir');
  await lookedAt(repo, merge, EARLY);
  const closed = expect.stringMatching(/^pending: this was closed/);
  expect(oursOn(repo, repo.head)).toEqual([closed, closed]);
});

test.each<[what: string, act: (repo: Repository) => void, says: string]>([
  ['closes it', ({ github }) => github.close(7, 'github-actions[bot]'), 'pending: this was closed'],
  [
    'sends it into another branch',
    ({ github, base }) => github.exchangeBase(7, { sha: base, ref: 'wip' }, 'mallory-muir'),
    'pending: this goes into another branch',
  ],
  [
    'withdraws their approval',
    ({ github }) => void github.review(7, { user: 'amara-osei', state: 'CHANGES_REQUESTED' }),
    'pending: an approval or a label was withdrawn',
  ],
  [
    'removes a label',
    ({ github: { state } }) => Object.assign(state.pulls[0] ?? {}, { labels: [] }),
    'pending: an approval or a label was withdrawn',
  ],
  [
    'makes it a draft',
    ({ github: { state } }) => Object.assign(state.pulls[0] ?? {}, { draft: true }),
    'pending: this is a draft',
  ],
  [
    'pushes what starts no run',
    (repo) => repo.github.push(7, repo.commit(repo.base, { 'notes.md': 'Notes [skip ci]' }), 'mallory-muir'),
    'pending: the branch has another head',
  ],
])('what turns green while somebody %s is taken back by that run', async (_, act, says) => {
  const repo = await shove();
  await checkPull(repo);
  repo.github.label(7, 'a label', 'nia-rhys');
  repo.github.review(7, { user: 'amara-osei', state: 'APPROVED' });
  const merge = repo.git('rev-parse', 'HEAD');
  repo.github.meanwhile('repos/create-commit-status', () => {
    act(repo);
    repo.git('checkout', '-q', '--detach', merge);
  });
  await checkPull(repo, EARLY, 7, 'pull-request-review-submitted');
  const gone = expect.stringContaining(says);
  expect(oursOn(repo, repo.head)).toEqual([gone, gone]);
  expect(repo.github.violations).toEqual([]);
});

const WITHDRAWN = /^pending: an approval or a label was withdrawn/;

test.each<[what: string, status: RegExp, act: (pull: State['pulls'][number]) => void]>([
  ['stays as it is', /^success/, () => {}],
  [
    'loses an approval',
    WITHDRAWN,
    ({ reviews }) => reviews.map((it) => Object.assign(it, { state: 'DISMISSED' })),
  ],
  ['becomes a draft', WITHDRAWN, (pull) => Object.assign(pull, { draft: true })],
])('a commit turns green while another pull request that has it as its head %s', async (_, status, act) => {
  const repo = await repository({}, { now: EARLY });
  const head = repo.commit(repo.base, TAKEN);
  repo.open(7, 'mallory-muir', head);
  repo.open(8, 'mallory-muir', head, { ref: 'other' });
  repo.merge(repo.base, head);
  for (const number of [7, 8]) await checkPull(repo, EARLY, number);
  for (const number of [7, 8]) repo.github.review(number, { user: 'amara-osei', state: 'APPROVED' });
  repo.github.meanwhile('repos/create-commit-status', () => {
    const other = repo.github.state.pulls.find(({ number }) => number === 8);
    if (other !== undefined) act(other);
  });
  await checkPull(repo, EARLY, 7, 'pull-request-review-submitted');
  const expected = expect.stringMatching(status);
  expect(oursOn(repo, head)).toEqual([expected, expected]);
});

test.each<[when: string, operation: Operation, isFirst: boolean, isLook: boolean]>([
  ['before it is judged', 'repos/list-pull-requests-associated-with-commit', false, false],
  ['while it turns green', 'repos/create-commit-status', false, false],
  ['while it turns green at once', 'repos/create-commit-status', true, false],
  ['while the look turns it green', 'repos/create-commit-status', false, true],
])('what main has left behind %s does not stay green', async (_, operation, isFirst, isLook) => {
  const repo = await shove();
  if (!isFirst) await checkPull(repo);
  repo.github.review(7, { user: 'amara-osei', state: 'APPROVED' });
  const merge = repo.git('rev-parse', 'HEAD');
  repo.github.meanwhile(operation, () => {
    const tip = repo.commit(repo.base, { [AT.team]: 'name: Two\nleads: [nia-rhys]\n' });
    repo.git('checkout', '-q', '--detach', isLook ? repo.base : merge);
    repo.github.move('main', tip, 'nia-rhys');
  });
  if (isLook) await lookedAt(repo, merge, EARLY);
  else await checkPull(repo, EARLY, 7, isFirst ? 'pull-request-opened' : 'pull-request-review-submitted');
  const outdated = expect.stringMatching(/^pending: the base branch has moved on/);
  expect(oursOn(repo, repo.head)).toEqual([outdated, outdated]);
  expect(repo.github.violations).toEqual([]);
});

describe('what is green is taken back by the look when the branch leaves it without a run', () => {
  /** Mallory pushes a commit with `[skip ci]` onto a green head; the merge of what she pushed. */
  async function leftUnseen() {
    const repo = await shove();
    await approved(repo, ['amara-osei']);
    repo.commit(repo.head, { 'rotas/notes.md': 'x' });
    repo.git('commit', '-q', '--amend', '-m', 'Notes [skip ci]');
    const next = repo.git('rev-parse', 'HEAD');
    repo.github.state.now = EARLY;
    repo.github.push(7, next, 'mallory-muir');
    return { repo, next, merge: repo.merge(repo.base, next) };
  }

  test('and stays so when another pull request has it as its head', async () => {
    const { repo, merge } = await leftUnseen();
    await lookedAt(repo, merge, EARLY);
    const left = expect.stringMatching(/^pending: the branch has another head/);
    expect(oursOn(repo, repo.head)).toEqual([left, left]);
    repo.open(8, 'mallory-muir', repo.head, { ref: 'again' });
    expect(oursOn(repo, repo.head)).toEqual([left, left]);
    expect(repo.github.violations).toEqual([]);
  });

  test('and when it comes back while GitHub offers the merge of what followed it', async () => {
    const { repo, merge } = await leftUnseen();
    repo.github.push(7, repo.head, 'mallory-muir');
    repo.github.review(7, { user: 'amara-osei', state: 'CHANGES_REQUESTED' });
    await lookedAt(repo, merge, EARLY);
    const pending = expect.stringMatching(/^pending: GitHub has not merged this commit/);
    expect(oursOn(repo, repo.head)).toEqual([pending, pending]);
  });

  test('also below statuses of others', async () => {
    const { repo, merge } = await leftUnseen();
    crowd(repo, repo.head, 1, (name) => name.toUpperCase());
    await lookedAt(repo, merge, EARLY);
    const left = expect.stringMatching(/^pending: the branch has another head/);
    expect(oursOn(repo, repo.head)).toEqual([left, left]);
  });

  test('but not while it is the head of another pull request that is judged', async () => {
    const { repo, merge } = await leftUnseen();
    repo.github.meanwhile('graphql', () => repo.open(8, 'mallory-muir', repo.head, { ref: 'again' }));
    await lookedAt(repo, merge, EARLY);
    expect(oursOn(repo, repo.head)).toEqual([expect.stringMatching(/^success/), AGREED]);
  });

  test('also when the pull requests took all the time that they have', async () => {
    const { repo, merge } = await leftUnseen();
    const { status, annotations } = await lookedAtAfter(7, repo, merge);
    const left = expect.stringMatching(/^pending: the branch has another head/);
    expect(oursOn(repo, repo.head)).toEqual([left, left]);
    expect([status, annotations.map(({ message }) => message)]).toEqual([
      1,
      ['not reached: #7; run this again'],
    ]);
  });

  test('and the look fails where no time is left for that', async () => {
    const { repo, merge } = await leftUnseen();
    const { status, annotations } = await lookedAtAfter(9, repo, merge);
    expect([status, annotations.map(({ message }) => message)]).toEqual([
      1,
      [
        `what is green of ${repo.head} was not taken back: there is no time left; run this again`,
        'not reached: #7; run this again',
      ],
    ]);
  });

  test('of a hundred others, too, when GitHub does not answer about these', async () => {
    const { repo, merge } = await leftUnseen();
    const { activities } = repo.github.state;
    const last = activities.at(-1);
    if (last === undefined) throw new Error('nobody moved a branch');
    for (let i = 1; i <= 150; i++) {
      const before = i.toString(16).padStart(40, 'a');
      activities.push({
        ...last,
        id: last.id + i,
        ref: 'refs/heads/noise',
        before,
        after: `${'0'.repeat(40)}`,
      });
    }
    // The query before it is of our comment's edits.
    repo.github.fault('graphql', { status: 403 }, { nth: 2 });
    const { status, annotations } = await lookedAt(repo, merge, EARLY);
    const left = expect.stringMatching(/^pending: the branch has another head/);
    expect([status, ...oursOn(repo, repo.head)]).toEqual([1, left, left]);
    expect(annotations[0]?.message).toMatch(/^what is green and nobody judges was not taken back: /);
  });

  test('and the look fails where branches moved so often that it does not see what was left', async () => {
    const { repo, merge } = await leftUnseen();
    const { activities } = repo.github.state;
    const last = activities.at(-1);
    if (last === undefined) throw new Error('nobody moved a branch');
    for (let i = 1; i <= 3000; i++) activities.push({ ...last, id: last.id + i, ref: 'refs/heads/noise' });
    const { status, annotations } = await lookedAt(repo, merge, EARLY);
    expect([status, annotations.map(({ message }) => message)]).toEqual([
      1,
      expect.arrayContaining([
        'what branches have left lately was not looked at as a whole: branches moved too often in the last seven days',
      ]),
    ]);
  });

  test('and the look fails where GitHub does not say what was left', async () => {
    const { repo, merge } = await leftUnseen();
    repo.github.fault('repos/list-activities', { status: 403 }, { nth: 3 });
    const { status, annotations } = await lookedAt(repo, merge, EARLY);
    expect([status, annotations.map(({ message }) => message)]).toEqual([
      1,
      expect.arrayContaining([expect.stringMatching(/^what branches have left lately was not looked at: /)]),
    ]);
  });
});

describe('a head whose message tells GitHub to start no run is never green', () => {
  const skipped = expect.stringMatching(/^pending: the message of this commit .* push another/);

  /** As `shove`, with a commit of this message; everybody agrees. */
  async function shovedAs(message: string) {
    const repo = await repository();
    repo.commit(repo.base, TAKEN);
    repo.git('commit', '-q', '--amend', '-m', message);
    const head = repo.git('rev-parse', 'HEAD');
    repo.open(7, 'mallory-muir', head);
    const merge = repo.merge(repo.base, head);
    await checkPull(repo);
    await approved(repo, ['amara-osei']);
    return { repo, head, merge };
  }

  test.each<[message: string, isSkipped: boolean]>([
    ['Cover [skip ci]', true],
    ['Cover\n\nSee the wiki. [CI Skip] Thank you.', true],
    ['[no ci]', true],
    ['[skip actions]', true],
    ['Cover [actions skip]', true],
    ['Cover\n\n\nskip-checks:true', true],
    ['Cover\n\nskip ci, do not skip-checks: true', false],
  ])('%j', async (message, isSkipped) => {
    const { repo, head } = await shovedAs(message);
    expect(oursOn(repo, head)).toEqual(
      isSkipped ? [skipped, skipped] : [expect.stringMatching(/^success: /), AGREED],
    );
    expect(repo.github.violations).toEqual([]);
  });

  test('by the look, too, which takes back what is', async () => {
    const { repo, head, merge } = await shovedAs('Cover [skip ci]');
    for (const it of repo.github.state.statuses[head] ?? []) it.state = 'success';
    await lookedAt(repo, merge, EARLY);
    expect(oursOn(repo, head)).toEqual([skipped, skipped]);
  });
});

describe('on a commit with many statuses of a name', () => {
  const crowded = expect.stringMatching(
    /^failure: this commit has more than 500 statuses, .* push a new commit/,
  );

  test.each<[what: string, inCase: ((name: string) => string) | undefined]>([
    ['', undefined],
    ['in another case', (name) => name.toUpperCase()],
  ])('nothing turns green %s', async (_, inCase) => {
    const repo = await shove();
    await checkPull(repo);
    crowd(repo, repo.head, 998, inCase);
    await approved(repo, ['amara-osei']);
    expect(oursOn(repo, repo.head)).toEqual([crowded, crowded]);
    expect(repo.github.violations).toEqual([]);
  });

  test('what is green is taken back while that is possible', async () => {
    const repo = await shove();
    await approved(repo, ['amara-osei']);
    expect(oursOn(repo, repo.head)[1]).toBe(AGREED);
    crowd(repo, repo.head, 600);
    await checkPull(repo);
    expect(oursOn(repo, repo.head)).toEqual([crowded, crowded]);
  });

  test('up to some hundred, it turns green, and fails once the notice has run out', async () => {
    const repo = await shove();
    const merge = repo.git('rev-parse', 'HEAD');
    await checkPull(repo);
    crowd(repo, repo.head, 450);
    await approved(repo, ['amara-osei']);
    expect(oursOn(repo, repo.head)).toEqual(['success: no findings', AGREED]);
    await lookedAt(repo, merge, LATE);
    expect(oursOn(repo, repo.head)[0]).toMatch(/^failure: 1 error/);
    expect(repo.github.violations).toEqual([]);
  });
});

test('what blocks is set first, and what GitHub does not take keeps nothing else from being set', async () => {
  const statesOf = async (refused: number) => {
    const repo = await shove();
    for (let i = 0; i < refused; i++) repo.github.fault('repos/create-commit-status', { status: 422 });
    await approved(repo, ['amara-osei'], LATE);
    return repo.github.state.statuses[repo.head]
      ?.slice(0, 2)
      .map(({ context, state }) => `${context}: ${state}`);
  };
  expect(await statesOf(0)).toEqual(['rota: failure', 'rota / consent: success']);
  expect(await statesOf(1)).toEqual(['rota / consent: success']);
});

describe('in a locked conversation', () => {
  const locked = expect.stringMatching(/^pending: this conversation is locked, .* unlock it/);

  /** Amara agreed, and then Mallory locks the pull request. */
  async function lockedOnceGreen() {
    const repo = await shove();
    const merge = repo.git('rev-parse', 'HEAD');
    await checkPull(repo);
    await approved(repo, ['amara-osei']);
    expect(statusesOf(repo, repo.head)['rota / consent']).toBe(AGREED);
    const [pull] = repo.github.state.pulls;
    if (pull === undefined) throw new Error('there is no pull request');
    pull.locked = true;
    return { repo, merge, pull };
  }

  test('an approval that is dismissed is missed', async () => {
    const { repo, pull } = await lockedOnceGreen();
    for (const review of pull.reviews) review.state = 'DISMISSED';
    await checkPull(repo, EARLY, 7, 'pull-request-review-submitted');
    expect(statusesOf(repo, repo.head)).toEqual({
      'rota / consent': 'pending: waiting for amara-osei',
      rota: locked,
    });
    pull.locked = false;
    await approved(repo, ['amara-osei']);
    expect(statusesOf(repo, repo.head)['rota / consent']).toBe(AGREED);
  });

  test('notice runs out', async () => {
    const { repo, merge } = await lockedOnceGreen();
    await lookedAt(repo, merge, LATE);
    expect(statusesOf(repo, repo.head)).toEqual({
      'rota / consent': locked,
      rota: expect.stringMatching(/^failure: 1 error/),
    });
  });

  test('nothing turns green that no comment shows, although everybody approves', async () => {
    const repo = await shove();
    const [pull] = repo.github.state.pulls;
    if (pull !== undefined) pull.locked = true;
    await approved(repo, ['amara-osei']);
    expect(statusesOf(repo, repo.head)).toEqual({ 'rota / consent': locked, rota: locked });
    expect(commentOn(repo)).toBe('');
  });

  test('what the comment shows already stays as it is', async () => {
    const { repo } = await lockedOnceGreen();
    await checkPull(repo);
    expect(statusesOf(repo, repo.head)['rota / consent']).toBe(AGREED);
    expect(repo.github.violations).toEqual([]);
  });
});

describe('calls that a commit brings since main has moved on have the notice from then on', () => {
  const chain = (levels: string) => `name: Chain\napplies_in: [day]\nlevels: [${levels}]\n`;
  const services = (name: string) =>
    `services:\n  site: {name: Site, team: paas, service_level: all, escalation: {day: ${name}}}\n`;
  const files = {
    'policies/support-hours/all.yaml':
      'name: All\ntimezone: Europe/London\nwindows:\n  day: [{days: every, from: "09:00", to: "17:00"}]\n',
    'policies/service-levels/all.yaml':
      'name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours}\n',
    'policies/escalation/main.yaml': chain('{notify: [person: nia-rhys]}'),
    'policies/escalation/other.yaml': chain('{notify: [person: nia-rhys]}'),
    'policies/services.yaml': services('main'),
  };
  const calls = '{notify: [person: nia-rhys], escalate_after: 5 minutes}, {notify: [person: chi-wong]}';

  test('and not since the push', async () => {
    const repo = await repository(files);
    const { github } = repo;
    github.state.now = '2026-11-02T12:00:00Z';
    const head = repo.commit(repo.base, { 'policies/escalation/other.yaml': chain(calls) });
    repo.open(7, 'mallory-muir', head);
    repo.merge(repo.base, head);
    await checkPull(repo, '2026-11-02T12:05:00Z');
    expect(statusesOf(repo, head).rota).toMatch(/^success/);

    github.state.now = '2026-12-01T11:00:00Z';
    github.move('main', repo.commit(repo.base, { 'policies/services.yaml': services('other') }), 'nia-rhys');
    const tip = github.state.activities.findLast(({ ref }) => ref === 'refs/heads/main')?.after ?? '';
    repo.merge(tip, head);
    for (const now of ['2026-12-01T12:00:00Z', '2026-12-01T13:00:00Z']) {
      github.state.now = now;
      const { annotations } = await approved(repo, ['chi-wong', 'nia-rhys'], now);
      expect(annotations.map(({ message }) => message)).toContainEqual(
        expect.stringMatching(/ since a comment showed this, as the base branch moved on, 2026-12-01T12:0/),
      );
      expect(statusesOf(repo, head).rota).toMatch(/^failure/);
    }
    await checkPull(repo, '2026-12-09T09:30:00Z', 7, 'pull-request-review-submitted');
    expect(statusesOf(repo, head)).toEqual({
      rota: expect.stringMatching(/^success/),
      'rota / consent': expect.stringMatching(/^success/),
    });
  });

  // No run starts for one that has conflicts.
  test('and not since an approval of before the first comment', async () => {
    const repo = await repository(files);
    const { github } = repo;
    github.state.now = '2026-11-02T12:00:00Z';
    const head = repo.commit(repo.base, { 'policies/escalation/main.yaml': chain(calls) });
    repo.open(7, 'mallory-muir', head);
    github.state.now = '2026-11-02T13:00:00Z';
    github.review(7, { user: 'ben-adeyemi', state: 'APPROVED' });
    github.state.now = '2026-12-01T11:00:00Z';
    const tip = repo.commit(repo.base, { 'notes.md': 'No conflict any more.\n' });
    github.move('main', tip, 'nia-rhys');
    repo.merge(tip, head);
    for (const now of ['2026-12-01T12:00:00Z', '2026-12-01T13:00:00Z']) {
      github.state.now = now;
      await approved(repo, ['chi-wong', 'nia-rhys'], now);
      expect(statusesOf(repo, head).rota).toMatch(/^failure/);
    }
  });
});
