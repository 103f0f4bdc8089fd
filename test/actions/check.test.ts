// The action as GitHub runs it: a child process, a real checkout, and a loopback GitHub that enforces GitHub's
// contract.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readFolder } from '../../actions/lib/git/working-tree.ts';
import { writersIn } from '../github/access.ts';
import { type GitHub, startGitHub } from '../github/github.ts';
import { runAction, TOKEN } from '../github/runner.ts';
import { SAMPLE } from '../handbook.ts';
import { git as gitAt } from '../process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'actions/check/action.yml');
const ROTA = 'rotas/paas/in-hours.yaml';

/** Amara and Ben swap two in-hours weeks, in the sample handbook. */
const SWAP = `
overrides:
  - {role: engineer, turn: 2027-01-11, person: PERSON, instead_of: REPLACED, reason: swap}
`;

const git = (folder: string, ...words: readonly string[]): string =>
  gitAt(folder, '2026-11-01T00:00:00Z', ...words);

interface Checkout {
  readonly folder: string;
  readonly line: number;
  /** The commit of the change. */
  readonly head: string;
  readonly people: readonly [string, string];
}

/** A checkout of a pull request's merge commit with its parents; `before` changes the rota of the base. */
function checkout(before = (text: string) => text): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const part of ['rotas', 'policies'])
    cpSync(join(SAMPLE, part), join(folder, part), { recursive: true });
  const text = readFileSync(join(folder, ROTA), 'utf8');
  writeFileSync(join(folder, ROTA), before(text));
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'base');
  git(folder, 'checkout', '-qb', 'swap');
  const people = /people: \[([^\]]+)\]/.exec(text)?.[1]?.split(', ') ?? [];
  const first = /first_turn: (\S+)/.exec(text)?.[1] ?? '';
  const week = Math.round((Date.parse('2027-01-11') - Date.parse(first)) / 604_800_000);
  const replaced = people[week % people.length] as string;
  const other = people[(week + 2) % people.length] as string;
  const swapped = text + SWAP.replace('PERSON', other).replace('REPLACED', replaced);
  writeFileSync(join(folder, ROTA), swapped);
  git(folder, 'commit', '-qam', 'swap');
  git(folder, 'checkout', '-q', 'main');
  git(folder, 'merge', '-q', '--no-ff', '-m', 'merge', 'swap');
  return {
    folder,
    head: git(folder, 'rev-parse', 'swap').trim(),
    line: swapped.split('\n').findIndex((it) => it.includes('2027-01-11')) + 1,
    people: [replaced, other],
  };
}

type Given = NonNullable<Parameters<typeof startGitHub>[0]>;

/** GitHub with the pull request of a checkout, in which everybody of the handbook may write. */
async function opened(
  pull: Partial<NonNullable<Given['pulls']>[number]> = {},
  given: Given = {},
  repo = checkout(),
): Promise<[GitHub, Checkout]> {
  const permissions = writersIn((readFolder(SAMPLE)?.texts ?? new Map<string, string>()).values());
  const base = { sha: git(repo.folder, 'rev-parse', 'HEAD^1').trim(), ref: 'main' };
  const own = { number: 7, user: 'opener', base, ...pull, head: { sha: repo.head, ...pull.head } };
  const github = await startGitHub({ permissions, pulls: [own], ...given });
  onTestFinished(() => github.stop());
  // GitHub's record has the push of main; an empty one proves nothing.
  const { now } = github.state;
  github.state.now = '2026-11-01T00:00:00Z';
  github.move('main', base.sha, 'somebody-else');
  github.state.now = now;
  return [github, repo];
}

const EARLY = '2026-12-20T12:00:00Z';
const LATE = '2027-01-08T12:00:00Z';

const run = (
  github: GitHub,
  { folder }: Pick<Checkout, 'folder'>,
  now: string,
  event = github.event('pull-request-opened', 7),
) => runAction({ main, inputs: { now }, ...event, env: { GITHUB_WORKSPACE: folder }, cwd: folder, github });

const comments = (github: GitHub) => github.state.pulls[0]?.comments ?? [];
const ours = (github: GitHub) => comments(github).filter(({ user }) => user === 'github-actions[bot]');
/** The states of a status of a pull request's head, oldest first. */
const statuses = (github: GitHub, context = 'rota / consent') =>
  (github.state.statuses[github.state.pulls[0]?.head.sha ?? ''] ?? [])
    .filter((it) => it.context === context)
    .map(({ state }) => state);

/** The daily check of the pull requests of a checkout, by number, whose main branch is reset to the base. */
function daily(
  github: GitHub,
  { folder }: Checkout,
  now: string,
  merges: Readonly<Record<number, string>> = { 7: 'main' },
) {
  const origin = mkdtempSync(join(tmpdir(), 'origin-'));
  onTestFinished(() => rmSync(origin, { recursive: true }));
  git(folder, 'clone', '-q', '--bare', folder, origin);
  for (const [number, merge] of Object.entries(merges)) {
    git(origin, 'fetch', '-q', folder, git(folder, 'rev-parse', merge).trim());
    git(origin, 'update-ref', `refs/pull/${number}/merge`, 'FETCH_HEAD');
  }
  git(folder, 'reset', '-q', '--hard', 'HEAD^1');
  git(folder, 'remote', 'add', 'origin', origin);
  return run(github, { folder }, now, { eventName: 'schedule', event: {} });
}

describe('a pull request', () => {
  test('with a late swap fails at its line, with one comment, which the next run edits', async () => {
    const [github, repo] = await opened();
    const first = await run(github, repo, LATE);
    expect(first.status).toBe(1);
    expect(first.annotations).toMatchObject([
      { level: 'error', file: ROTA, line: repo.line, title: 'notice' },
    ]);
    expect(first.summary).toContain('Whose time changes');
    expect(ours(github)).toHaveLength(1);
    expect(ours(github)[0]?.body).toMatch(/❌ .* 2 days' notice; the policy asks 7 days/);
    expect([statuses(github), statuses(github, 'rota')]).toEqual([['pending'], ['failure']]);
    await run(github, repo, '2027-01-09T12:00:00Z');
    expect(ours(github)).toHaveLength(1);
    expect(ours(github)[0]?.body).toMatch(/45 hours' notice/);
    expect(github.violations).toEqual([]);
  });

  test('takes few requests', async () => {
    const [github, repo] = await opened();
    const counts: number[] = [];
    const counted = async () => {
      const before = github.requests.length;
      await run(github, repo, EARLY);
      counts.push(github.requests.length - before);
    };
    await counted();
    await counted();
    for (const user of repo.people) github.review(7, { user, state: 'APPROVED' });
    await counted();
    expect(statuses(github).at(-1)).toBe('success');
    // Four more than for reviews alone, without asking who pushed what, who edited what, and whether that is still so.
    expect(counts).toEqual([12, 8, 11]);
  });

  test('without changes since the last run keeps its comment unedited', async () => {
    const [github, repo] = await opened();
    await run(github, repo, EARLY);
    await run(github, repo, EARLY);
    expect(
      github.requests.filter(({ method, path }) => method !== 'GET' && path.includes('comments')),
    ).toHaveLength(1);
  });

  test('waits for the people whose time changes, and passes when they have approved', async () => {
    const [github, repo] = await opened();
    const waiting = await run(github, repo, EARLY);
    expect(waiting.status).toBe(0);
    for (const person of repo.people) expect(ours(github)[0]?.body).toContain(`@${person}`);
    for (const user of repo.people) github.review(7, { user, state: 'APPROVED' });
    await run(github, repo, EARLY, github.event('pull-request-review-submitted', 7));
    expect(statuses(github)).toEqual(['pending', 'success']);
    expect(ours(github)[0]?.body).toContain('Everyone has agreed');
    expect(ours(github)[0]?.body).not.toContain('@');
    github.push(7);
    await run(github, repo, EARLY, github.event('pull-request-synchronize', 7));
    expect(statuses(github).at(-1)).toBe('pending');
    expect(github.violations).toEqual([]);
  });

  test('that repairs a rota waits for a lead, because it is unknown whose time it changes', async () => {
    const broken = checkout((text) => text.replace('timezone: Europe/London', 'timezone: Europe/Londn'));
    const [github, repo] = await opened({}, {}, broken);
    const { status, annotations } = await run(github, repo, EARLY);
    expect([status, annotations, statuses(github, 'rota')]).toEqual([0, [], ['success']]);
    expect(ours(github)[0]?.body).toContain('- @nia-rhys (Nia Rhys): whose time changes');
    github.review(7, { user: 'nia-rhys', state: 'APPROVED' });
    await run(github, repo, EARLY, github.event('pull-request-review-submitted', 7));
    const written = github.state.statuses[github.state.pulls[0]?.head.sha ?? ''];
    expect(written?.filter(({ context }) => context === 'rota / consent')).toMatchObject([
      { state: 'pending', description: 'paas/in-hours could not be read, so a lead has to approve' },
      { state: 'success', description: 'a lead has approved what could not be read' },
    ]);
  });

  test('from a fork gets no comment and no status, but everything else', async () => {
    const [github, repo] = await opened({ head: { repo: 'stranger/handbook' } }, { token: 'read' });
    const { status, annotations, summary } = await run(github, repo, LATE);
    expect([status, annotations.length, summary.includes('Whose time changes')]).toEqual([1, 1, true]);
    expect(github.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('of a bot with a read-only token does too', async () => {
    const [github, repo] = await opened({}, { token: 'read' });
    const { status, annotations, stdout } = await run(github, repo, EARLY);
    expect([status, annotations]).toEqual([0, []]);
    expect(stdout).toContain('has no write permission here');
  });

  test('has its comment found among more than a hundred, and never in a comment by somebody else', async () => {
    const [github, repo] = await opened();
    github.comment(7, { user: 'mallory', body: '<!-- rota-as-code: check -->\n\nall is well' });
    for (let i = 0; i < 120; i++) github.comment(7, { user: 'chatty', body: `comment ${i}` });
    await run(github, repo, EARLY);
    await run(github, repo, LATE);
    expect(ours(github)).toHaveLength(1);
    expect(ours(github)[0]?.body).toContain('❌');
    expect(comments(github)[0]?.body).toContain('all is well');
    expect(github.violations).toEqual([]);
  });

  test('gets only one comment even if the response to its creation is lost', async () => {
    const [github, repo] = await opened();
    github.fault('issues/create-comment', 'dropAfter');
    const { status } = await run(github, repo, EARLY);
    expect([status, ours(github).length]).toEqual([0, 1]);
  });

  test.each([
    ['the connection is dropped', 'drop' as const],
    ['GitHub has a fault', { status: 502 }],
    ['GitHub asks to wait', { status: 403, headers: { 'retry-after': '1' } }],
  ])('gets its comment when at first %s', async (_, fault) => {
    const [github, repo] = await opened();
    github.fault('issues/create-comment', fault);
    const { status } = await run(github, repo, EARLY);
    expect([status, ours(github).length]).toEqual([0, 1]);
    expect(github.violations).toEqual([]);
  });

  test('is still checked if GitHub cannot be read, and the job fails with the message of GitHub', async () => {
    const [github, repo] = await opened();
    github.fault('pulls/get', { status: 404 });
    const { status, annotations } = await run(github, repo, LATE);
    expect(status).toBe(1);
    expect(annotations.map(({ title }) => title)).toContain('notice');
    expect(annotations.some(({ message }) => message.includes('Not Found'))).toBe(true);
  });
});

describe('other events', () => {
  /** The event of a merge group of a checkout; GitHub names its branch after the last pull request. */
  const queued = (github: GitHub, { folder }: Checkout, name?: string) => {
    const { eventName, event } = github.event('merge-group-checks-requested', 7);
    const { merge_group: group } = event as { merge_group: { head_ref: string; head_sha: string } };
    const [base_sha = '', head_sha = group.head_sha] = [git(folder, 'rev-parse', 'HEAD^1').trim()];
    const head_ref = name ?? group.head_ref;
    return { eventName, head_sha, event: { ...event, merge_group: { ...group, base_sha, head_ref } } };
  };
  const onGroup = (github: GitHub, { head_sha }: ReturnType<typeof queued>) =>
    (github.state.statuses[head_sha] ?? []).map((it) => `${it.context} ${it.state}: ${it.description}`);

  test.each([
    ['an emergency that a lead approved passes', ['emergency-cover'], [0, []]],
    ['the same without its label does not', [], [1, ['notice']]],
  ])('in a merge group %s, with the word of its last pull request', async (_, labels, outcome) => {
    const repo = checkout();
    const [github] = await opened({ user: repo.people[0], labels }, {}, repo);
    await run(github, repo, LATE);
    const shown = structuredClone(comments(github));
    github.state.now = LATE;
    for (const user of [repo.people[1], 'nia-rhys']) github.review(7, { user, state: 'APPROVED' });
    const group = queued(github, repo);
    const { status, annotations } = await run(github, repo, LATE, group);
    expect([status, annotations.map(({ title }) => title)]).toEqual(outcome);
    expect(onGroup(github, group)).toEqual([
      'rota / consent success: everyone whose time changes has agreed',
    ]);
    expect(comments(github)).toEqual(shown);
    expect(github.violations).toEqual([]);
  });

  test('a merge group fails if an approval is missing, because nobody can approve it any more', async () => {
    const [github, repo] = await opened();
    github.review(7, { user: repo.people[0], state: 'APPROVED' });
    const group = queued(github, repo);
    await run(github, repo, EARLY, group);
    expect(onGroup(github, group)).toEqual([`rota / consent failure: waiting for ${repo.people[1]}`]);
  });

  test('a merge group that names no pull request has the word of nobody, and reports that', async () => {
    const [github, repo] = await opened();
    const group = queued(github, repo, 'refs/heads/gh-readonly-queue/main/several');
    const { status, annotations } = await run(github, repo, EARLY, group);
    expect(annotations.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'warning refs/heads/gh-readonly-queue/main/several names no pull request, so nobody has agreed to it',
    ]);
    const waiting = repo.people.join(', ');
    expect([status, onGroup(github, group)]).toEqual([0, [`rota / consent failure: waiting for ${waiting}`]]);
  });

  test('once a day every open pull request is checked as it would be merged now', async () => {
    const [github, repo] = await opened();
    const { status, annotations } = await daily(github, repo, LATE);
    expect([status, annotations]).toEqual([0, []]);
    expect(ours(github)[0]?.body).toContain('❌');
    expect(statuses(github)).toEqual(['pending']);
    expect(github.violations).toEqual([]);
  });

  test('the daily check fails a pull request whose notice is now too short, and a later successful run clears it', async () => {
    const [github, repo] = await opened();
    for (const user of repo.people) github.review(7, { user, state: 'APPROVED' });
    const merged = git(repo.folder, 'rev-parse', 'HEAD').trim();
    await run(github, repo, EARLY);
    await daily(github, repo, LATE);
    // An unchanged status is not written again.
    expect([statuses(github), statuses(github, 'rota')]).toEqual([['success'], ['success', 'failure']]);
    git(repo.folder, 'reset', '-q', '--hard', merged);
    await run(github, repo, EARLY, github.event('pull-request-review-submitted', 7));
    expect(statuses(github, 'rota').at(-1)).toBe('success');
    expect(github.violations).toEqual([]);
  });

  test('a pull request that cannot be read fails the daily check, but the others are still checked', async () => {
    const [github, repo] = await opened();
    const other = git(
      repo.folder,
      'commit-tree',
      '-p',
      repo.head,
      '-m',
      'other',
      `${repo.head}^{tree}`,
    ).trim();
    const merge = ['-p', 'main^1', '-p', other, '-m', 'merge', 'main^{tree}'];
    const merged = git(repo.folder, 'commit-tree', ...merge).trim();
    github.open({ number: 8, user: 'opener', head: { sha: other, ref: 'other' } });
    github.fault('pulls/list-reviews', { status: 404 });
    const { status, annotations } = await daily(github, repo, LATE, { 7: 'main', 8: merged });
    expect([status, ...annotations.map(({ level, message }) => `${level} ${message}`)]).toEqual([
      1,
      expect.stringMatching(/^warning pull request 7 was not judged: Not Found/),
      expect.stringMatching(/^error Not Found/),
    ]);
    expect(github.state.pulls.map((pull) => pull.comments.length)).toEqual([0, 1]);
    expect([statuses(github), statuses(github, 'rota')]).toEqual([['pending'], ['pending']]);
    expect(github.violations).toEqual([]);
  });

  test('without a pull request only the handbook is checked', async () => {
    const [github, repo] = await opened();
    const { status, summary } = await run(github, repo, LATE, { eventName: 'push', event: {} });
    expect([status, summary.includes('no findings')]).toEqual([0, true]);
  });
});

test('the token leaves the process only in its mask', async () => {
  const [github, repo] = await opened();
  const { stdout, stderr, summary } = await run(github, repo, LATE);
  expect(stdout.replace(`::add-mask::${TOKEN}`, '')).not.toContain(TOKEN);
  expect(`${stderr}${summary}${JSON.stringify(comments(github))}`).not.toContain(TOKEN);
});

test('the ten most severe findings are annotated, errors first, and the summary has all of them', async () => {
  const [github, repo] = await opened();
  const file = join(repo.folder, ROTA);
  const stale = Array.from(
    { length: 14 },
    (_, i) => `  - {role: engineer, turn: 2027-0${(i % 5) + 2}-02, person: nobody-${i}}\n`,
  );
  writeFileSync(file, readFileSync(file, 'utf8') + stale.join(''));
  git(repo.folder, 'commit', '-qa', '--amend', '--no-edit');
  const { annotations, summary } = await run(github, repo, EARLY);
  expect(annotations).toHaveLength(10);
  expect(annotations.every(({ level }) => level === 'error')).toBe(true);
  expect(summary).toContain('nobody-13');
});
