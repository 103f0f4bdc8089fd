/** The stand-ins of GitHub and its runner: each of their checks can fail, and they behave like GitHub. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Event, eventFaults, type GitHub, startGitHub } from './github.ts';
import { type Run, runAction, TOKEN } from './runner.ts';

async function github(given: Parameters<typeof startGitHub>[0] = {}): Promise<GitHub> {
  const started = await startGitHub({ pulls: [{ number: 7, labels: ['rota'] }], ...given });
  onTestFinished(() => started.stop());
  return started;
}

const HEADERS = {
  authorization: `Bearer ${TOKEN}`,
  'x-github-api-version': '2022-11-28',
  'user-agent': 'test',
};
const REPOSITORY = '/repos/example/handbook';
const COMMENTS = `${REPOSITORY}/issues/7/comments`;

const ask = (to: GitHub, method: string, path: string, body?: unknown, headers: object = HEADERS) =>
  fetch(path.startsWith('http') ? path : `${to.url}${path}`, {
    method,
    headers: { ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const bodies = (to: GitHub): string[] => to.state.pulls[0]?.comments.map(({ body }) => body) ?? [];

describe('a breach of the contract is a violation', () => {
  const { 'x-github-api-version': _, ...unversioned } = HEADERS;
  const { authorization: __, ...anonymous } = HEADERS;
  test.each<
    [what: string, method: string, path: string, body: unknown, status: number, violations: string[]]
  >([
    ['a body of another type', 'POST', COMMENTS, { body: 5 }, 422, []],
    ['a body without what it needs', 'POST', COMMENTS, {}, 422, ["body must have required property 'body'"]],
    ['no body', 'POST', COMMENTS, undefined, 422, ['body must be object']],
    [
      'a key too many',
      'POST',
      COMMENTS,
      { body: 'x', text: 'x' },
      422,
      ['body must NOT have additional properties (text)'],
    ],
    [
      'an unknown state',
      'POST',
      `${REPOSITORY}/statuses/${'0'.repeat(40)}`,
      { state: 'ok' },
      422,
      ['body/state must be equal to one of the allowed values'],
    ],
    [
      'an unknown query',
      'GET',
      `${COMMENTS}?perpage=3`,
      undefined,
      422,
      ['query must NOT have additional properties (perpage)'],
    ],
    [
      'a query of another type',
      'GET',
      `${COMMENTS}?page=next`,
      undefined,
      422,
      ['query/page must be integer'],
    ],
    [
      'a path of another type',
      'GET',
      `${REPOSITORY}/pulls/seven`,
      undefined,
      422,
      ['path/pull_number must be integer'],
    ],
    [
      'an operation that is not in it',
      'DELETE',
      `${REPOSITORY}/labels/ticket`,
      undefined,
      404,
      ['the contract has no such operation'],
    ],
  ])('%s', async (_, method, path, body, status, violations) => {
    const to = await github();
    expect((await ask(to, method, path, body)).status).toBe(status);
    const expected = violations.length > 0 ? violations : ['body/body must be string'];
    expect(to.violations).toEqual(expected.map((fault) => `${method} ${path.split('?')[0]}: ${fault}`));
    expect(bodies(to)).toEqual([]);
  });

  test.each<[what: string, headers: object, status: number, violation: string]>([
    ['no version', unversioned, 200, 'the header x-github-api-version is missing'],
    [
      'another version',
      { ...HEADERS, 'x-github-api-version': '2026-03-10' },
      200,
      'the version is 2026-03-10; the contract is 2022-11-28',
    ],
    ['no token', anonymous, 401, 'the header authorization is missing'],
  ])('%s', async (_, headers, status, violation) => {
    const to = await github();
    expect((await ask(to, 'GET', COMMENTS, undefined, headers)).status).toBe(status);
    expect(to.violations).toEqual([`GET ${COMMENTS}: ${violation}`]);
  });

  test.each([418, 202])('a status that is not described: %i', async (status) => {
    const to = await github();
    to.fault('issues/list-comments', { status });
    expect((await ask(to, 'GET', COMMENTS)).status).toBe(status);
    expect(to.violations).toEqual([`GET ${COMMENTS}: answer ${status} is not described`]);
  });

  test('a response that does not match its description', async () => {
    const to = await github();
    to.comment(7, { created_at: 'yesterday' });
    await ask(to, 'GET', COMMENTS);
    expect(to.violations).toEqual([`GET ${COMMENTS}: answer 200/0/created_at must match format "date-time"`]);
  });
});

describe('without a violation', () => {
  test('every operation', async () => {
    const to = await github({
      permissions: { 'Amara-Osei': 'maintain' },
      pulls: [
        {
          number: 7,
          files: [{ filename: 'rotas/a b.yaml', status: 'added' }],
          comments: [{}],
          reviews: [{}],
        },
        { number: 8, head: { repo: 'chi/handbook' }, state: 'closed' },
        { number: 9, head: { repo: null } },
      ],
    });
    const [{ head, comments }] = to.state.pulls as [GitHub['state']['pulls'][0]];
    const read = async (method: string, path: string, body?: unknown) =>
      (await ask(to, method, `${REPOSITORY}${path}`, body)).json() as Promise<never>;
    const made = await read('POST', '/issues/7/comments', { body: 'Hello' });
    expect(made).toMatchObject({ body: 'Hello', user: { login: 'github-actions[bot]', type: 'Bot' } });
    expect(await read('PATCH', `/issues/comments/${comments[0]?.id}`, { body: 'x' })).toMatchObject({
      body: 'x',
    });
    expect(await read('POST', `/statuses/${head.sha}`, { state: 'pending' })).toMatchObject({
      context: 'default',
    });
    await read('POST', `/statuses/${head.sha}`, { state: 'success', context: 'rota', description: 'ok' });
    expect(await read('GET', `/commits/${head.sha}/statuses`)).toMatchObject([
      { state: 'success' },
      { state: 'pending' },
    ]);
    expect(await read('GET', '/collaborators/amara-osei/permission')).toMatchObject({
      permission: 'write',
      role_name: 'maintain',
    });
    expect(await read('GET', '/collaborators/nobody/permission')).toMatchObject({ status: '404' });
    expect(await read('GET', '/pulls/7')).toMatchObject({ number: 7, comments: 2, head: { sha: head.sha } });
    expect(await read('GET', '/pulls/10')).toMatchObject({ message: 'Not Found' });
    expect(await read('GET', '/pulls/7/reviews')).toMatchObject([{ state: 'APPROVED', commit_id: head.sha }]);
    expect(await read('GET', '/pulls/7/files')).toMatchObject([{ filename: 'rotas/a b.yaml' }]);
    const numbers = (pulls: readonly { readonly number: number }[]) => pulls.map(({ number }) => number);
    expect(numbers(await read('GET', '/pulls'))).toEqual([9, 7]);
    expect(numbers(await read('GET', '/pulls?state=all&direction=asc'))).toEqual([7, 8, 9]);
    expect(numbers(await read('GET', '/pulls?state=all&head=chi:change-8'))).toEqual([8]);
    expect(to.violations).toEqual([]);
    expect(to.requests[0]).toMatchObject({
      operation: 'issues/create-comment',
      body: { body: 'Hello' },
      status: 201,
    });
  });

  test('every event; a malformed one is reported', async () => {
    const to = await github();
    to.review(7, { user: 'ben-adeyemi' });
    const events: readonly Event[] = [
      'pull-request-opened',
      'pull-request-synchronize',
      'pull-request-labeled',
      'pull-request-review-submitted',
      'merge-group-checks-requested',
      'pull-request-closed',
      'pull-request-edited',
    ];
    for (const name of events) {
      const { eventName, event } = to.event(name, 7);
      expect(eventFaults(eventName, event)).toEqual([]);
      expect(eventFaults(eventName, { ...event, pull_request: {}, merge_group: {} })).not.toEqual([]);
    }
    to.merge(7);
    for (const { eventName, event } of [to.pushEvent(), to.dispatchEvent('ben-adeyemi')]) {
      expect(eventFaults(eventName, event)).toEqual([]);
      expect(eventFaults(eventName, { ...event, ref: 7, sender: {} })).not.toEqual([]);
    }
    await expect(
      runAction({ ...action(''), eventName: 'merge_group', event: { action: 'checks_requested' } }),
    ).rejects.toThrow("event must have required property 'merge_group'");
  });
});

describe('behaves like GitHub', () => {
  test.each<[what: string, count: number, secondsAgo: number, status: number, wait: string | null]>([
    ['79 in a minute', 79, 30, 201, null],
    ['80 in a minute', 80, 30, 403, '30'],
    ['80 in more', 80, 60, 201, null],
    ['500 in an hour', 500, 3000, 403, '600'],
    ['500 in more', 500, 3600, 201, null],
  ])('limits new comments: %s', async (_, count, secondsAgo, status, wait) => {
    const to = await github();
    const { state } = to;
    state.created.fill(count, new Date(Date.parse(state.now) - secondsAgo * 1000).toISOString());
    const answer = await ask(to, 'POST', COMMENTS, { body: 'x' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, wait]);
    expect([answer.headers.get('x-accepted-github-permissions'), to.violations]).toEqual([null, []]);
  });

  test('a locked issue takes labels, and no comment', async () => {
    const to = await github({ issues: [{ number: 9, locked: true }] });
    const at = `${REPOSITORY}/issues/9`;
    expect((await ask(to, 'POST', `${at}/comments`, { body: 'x' })).status).toBe(403);
    expect((await ask(to, 'POST', `${at}/labels`, { labels: ['a'] })).status).toBe(200);
    expect([to.state.issues[0]?.labels, to.state.issues[0]?.comments, to.violations]).toEqual([
      ['a'],
      [],
      [],
    ]);
  });

  const json = async (to: GitHub, path: string): Promise<never> =>
    (await ask(to, 'GET', `${REPOSITORY}${path}`)).json() as Promise<never>;
  const named = (letter: string) => letter.repeat(40);

  test('it records who moved a branch: the author first, then whoever pushes, or nobody that it knows', async () => {
    const to = await github({
      pulls: [
        { number: 7, user: 'chi-nguyen', head: { sha: named('a') } },
        { number: 8, user: 'chi-nguyen', head: { sha: named('b'), by: null } },
        { number: 9, head: { repo: 'stranger/handbook' } },
      ],
    });
    to.push(7, named('c'), 'chi-nguyen');
    to.push(7, named('d'));
    expect(await json(to, '/activity?ref=change-7')).toMatchObject([
      { before: named('c'), after: named('d'), activity_type: 'push', actor: { login: 'somebody-else' } },
      { before: named('a'), after: named('c'), actor: { login: 'chi-nguyen' }, ref: 'refs/heads/change-7' },
      { before: named('0'), after: named('a'), activity_type: 'branch_creation' },
    ]);
    expect(await json(to, '/activity?ref=refs/heads/change-8')).toMatchObject([{ actor: null }]);
    expect(await json(to, '/activity?ref=change-9')).toEqual([]);
    expect(await json(to, '/activity?actor=Chi-Nguyen')).toHaveLength(2);
    expect(await json(to, '/activity?ref=change-7&activity_type=branch_creation')).toHaveLength(1);
    expect(await json(to, '/activity?time_period=day')).toHaveLength(4);
    expect(to.violations).toEqual([]);
  });

  test('the record has pages with cursors, to older movements and back', async () => {
    const to = await github();
    for (const letter of ['a', 'b', 'c', 'd']) to.push(7, named(letter));
    const path = `${REPOSITORY}/activity?ref=change-7&per_page=2`;
    const linked = (answer: Response, rel: string) =>
      new RegExp(`<([^>]*)>; rel="${rel}"`).exec(answer.headers.get('link') ?? '')?.[1] ?? '';
    const pages = [await ask(to, 'GET', path)];
    for (let rel = 'next'; pages.length < 4; rel = pages.length < 3 ? 'next' : 'prev')
      pages.push(await ask(to, 'GET', linked(pages.at(-1) as Response, rel)));
    const seen = await Promise.all(pages.map(async (it) => (await it.json()) as { after: string }[]));
    expect(seen.map((page) => page.map(({ after }) => after[0]).join(''))).toEqual([
      ...['dc', 'ba', expect.any(String), 'ba'],
    ]);
    expect(pages.map((it) => linked(it, 'next') !== '')).toEqual([true, true, false, true]);
    expect(to.violations).toEqual([]);
  });

  test('our own token moves branches as our account, by force where the old commit is left behind', async () => {
    const to = await github();
    const { git } = to.state;
    git.seed('heads/main', named('a'), new Map([['kept.yaml', '1']]));
    git.seed('heads/main', named('b'), new Map([['kept.yaml', '2']]));
    const refs = `${REPOSITORY}/git/refs`;
    await ask(to, 'POST', refs, { ref: 'refs/heads/swap', sha: named('a') });
    await ask(to, 'PATCH', `${refs}/heads%2Fswap`, { sha: named('b') });
    await ask(to, 'PATCH', `${refs}/heads%2Fswap`, { sha: named('a'), force: true });
    expect(await json(to, '/activity?ref=swap')).toMatchObject(
      ['force_push', 'push', 'branch_creation'].map((type) => ({
        ...{ activity_type: type, actor: { login: 'github-actions[bot]' } },
      })),
    );
    expect(to.violations).toEqual([]);
  });

  test.each<[login: string, association: string]>([
    ['example', 'OWNER'],
    ['Writer', 'COLLABORATOR'],
    ['reader', 'COLLABORATOR'],
    ['colleague', 'MEMBER'],
    ['former', 'NONE'],
    ['stranger', 'NONE'],
  ])('what it calls %s is %s', async (user, association) => {
    const to = await github({
      permissions: { writer: 'write', reader: 'read', former: 'none' },
      associations: { Colleague: 'MEMBER' },
      pulls: [{ number: 7, user, reviews: [{ user }], comments: [{ user }] }],
    });
    const called = { author_association: association };
    expect(await json(to, '/pulls/7')).toMatchObject(called);
    for (const list of ['/pulls/7/reviews', '/issues/7/comments', '/pulls'])
      expect(await json(to, list)).toMatchObject([called]);
    expect(to.violations).toEqual([]);
  });

  test('the pull requests of a commit: open or merged ones; of the default branch only merged ones', async () => {
    const to = await github({ pulls: [] });
    const { git } = to.state;
    git.seed('heads/main', named('a'), new Map([['kept.yaml', '1']]));
    const tree = git.tree(git.commits.get(named('a'))?.tree ?? '', [['new.yaml', '3']]) ?? '';
    const first = git.commit({ tree, parents: [named('a')], message: 'x' }) ?? '';
    const last = git.commit({ tree, parents: [first], message: 'y' }) ?? '';
    const base = { sha: named('a'), ref: 'main' };
    for (const [number, sha] of [
      [7, last],
      [8, last],
      [9, first],
    ] as const)
      to.open({ number, head: { ref: `branch-${number}`, sha }, base });
    to.close(8);
    const numbers = async (sha: string) =>
      ((await json(to, `/commits/${sha}/pulls`)) as { number: number }[]).map(({ number }) => number);
    expect([await numbers(first), await numbers(last)]).toEqual([[7, 9], [7]]);
    to.merge(7);
    const merged = to.state.pulls[0]?.merge_commit_sha ?? '';
    expect([...(git.filesAt('main')?.keys() ?? [])]).toEqual(['kept.yaml', 'new.yaml']);
    expect([await numbers(merged), await numbers(first), await numbers(last)]).toEqual([[7], [7], [7]]);
    expect(await json(to, '/activity?ref=main')).toMatchObject([
      { activity_type: 'pr_merge', after: merged },
    ]);
    const status = async (range: string) =>
      ((await json(to, `/compare/${range}`)) as { status: string }).status;
    expect([
      await status(`${last}...main`),
      await status(`main...${last}`),
      await status('main...main'),
    ]).toEqual([...['ahead', 'behind', 'identical']]);
    expect(to.violations).toEqual([]);
  });

  test("labels are the repository's and an issue's, and a comment can be deleted once", async () => {
    const to = await github({ issues: [{ number: 9 }], labels: ['bug'] });
    await ask(to, 'POST', `${REPOSITORY}/labels`, { name: 'ticket', color: 'ededed' });
    await ask(to, 'POST', `${REPOSITORY}/issues/9/labels`, { labels: ['ticket', 'bug'] });
    await ask(to, 'DELETE', `${REPOSITORY}/issues/9/labels/bug`);
    expect(await json(to, '/labels')).toMatchObject([{ name: 'bug' }, { name: 'ticket' }]);
    expect(to.state.issues[0]?.timeline.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      ...['LabeledEvent ticket', 'LabeledEvent bug', 'UnlabeledEvent bug'],
    ]);
    const { id } = to.comment(9, { body: 'x' });
    const gone = `${REPOSITORY}/issues/comments/${id}`;
    expect([(await ask(to, 'DELETE', gone)).status, (await ask(to, 'DELETE', gone)).status]).toEqual([
      204, 404,
    ]);
    expect([to.state.issues[0]?.comments, to.violations]).toEqual([[], []]);
  });

  test('it records who exchanged a base, closed, reopened or merged a pull request, or declared it ready', async () => {
    const to = await github({
      pulls: [{ number: 7, draft: true, user: 'chi-nguyen' }, { number: 8 }],
      issues: [{ number: 9 }],
    });
    const events = `${REPOSITORY}/issues/7/events`;
    expect(await json(to, '/issues/7/events')).toEqual([]);
    to.ready(7, 'chi-nguyen');
    to.exchangeBase(7, { sha: named('a'), ref: 'wip' });
    to.close(7, null);
    to.reopen(7, 'chi-nguyen');
    expect(await json(to, '/pulls/7')).toMatchObject({ state: 'open', draft: false, base: { ref: 'wip' } });
    await ask(to, 'PATCH', `${REPOSITORY}/pulls/7`, { state: 'closed' });
    await ask(to, 'PATCH', `${REPOSITORY}/pulls/7`, { state: 'closed', title: 'x' });
    to.reopen(7);
    to.merge(7);
    const seen = (await json(to, '/issues/7/events')) as {
      event: string;
      actor: { login: string } | null;
      created_at: string;
    }[];
    expect(
      seen.map(({ event, actor, created_at }) => `${created_at.slice(14, 19)} ${event} ${actor?.login}`),
    ).toEqual([
      '00:03 ready_for_review chi-nguyen',
      '00:04 base_ref_changed somebody-else',
      '00:05 closed undefined',
      '00:06 reopened chi-nguyen',
      '00:07 closed github-actions[bot]',
      '00:09 reopened somebody-else',
      '00:10 merged somebody-else',
      '00:10 closed somebody-else',
    ]);
    const page = await ask(to, 'GET', `${events}?per_page=5`);
    expect([((await page.json()) as []).length, page.headers.get('link')]).toEqual([
      5,
      expect.stringMatching(/page=2>; rel="next"/),
    ]);
    expect([await json(to, '/issues/8/events'), await json(to, '/issues/9/events')]).toEqual([[], []]);
    expect((await ask(to, 'GET', `${REPOSITORY}/issues/10/events`)).status).toBe(404);
    expect(to.violations).toEqual([]);
  });

  test('the default branch is where git has it, else where it was moved to, else the base of the newest pull request', async () => {
    const to = await github({ pulls: [] });
    const main = async () =>
      ((await json(to, '/git/ref/heads%2Fmain')) as { object?: { sha: string } }).object?.sha;
    expect(await main()).toBeUndefined();
    to.open({ number: 7, base: { sha: named('a') }, merge_commit_sha: named('d') });
    to.open({ number: 8, base: { sha: named('b') } });
    to.open({ number: 9, base: { sha: named('c'), ref: 'wip' } });
    expect(await main()).toBe(named('b'));
    to.close(8);
    expect(await main()).toBe(named('a'));
    to.merge(7);
    to.open({ number: 10, base: { sha: named('a') } });
    expect(await main()).toBe(named('d'));
    to.state.git.refs.set('heads/main', named('e'));
    expect(await main()).toBe(named('e'));
    expect((await ask(to, 'GET', `${REPOSITORY}/git/ref/heads%2Fwip`)).status).toBe(404);
    expect(to.violations).toEqual([]);
  });

  test('a deployment names who made it, and the app of an account that is one', async () => {
    const to = await github();
    to.deploy({ environment: 'pagerduty', sha: named('a'), states: ['success'] });
    to.deploy({
      environment: 'pagerduty',
      sha: named('b'),
      states: ['success'],
      creator: 'mallory',
      ref: 'wip',
    });
    expect(await json(to, '/deployments?environment=pagerduty')).toMatchObject([
      { creator: { login: 'mallory' }, ref: 'wip', performed_via_github_app: null },
      { creator: { type: 'Bot' }, ref: 'main', performed_via_github_app: { name: 'GitHub Actions' } },
    ]);
    expect(await json(to, '/deployments/2/statuses')).toMatchObject([{ creator: { login: 'mallory' } }]);
    expect(to.violations).toEqual([]);
  });

  const HISTORY = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Comment {
    id lastEditedAt userContentEdits(first: 1) { totalCount nodes { editedAt editor { __typename login } } }
  } } }`;
  const query = async (to: GitHub, text: string, ids: readonly string[]) =>
    (await ask(to, 'POST', '/graphql', { query: text, variables: { ids } })).json() as Promise<never>;

  test('the edit history of issues and comments, by their node ids', async () => {
    const to = await github({ issues: [{ number: 8 }] });
    const [kept, edited] = [to.comment(8, {}), to.comment(8, {})];
    to.editComment(edited.id, { body: '/approve', by: 'github-actions[bot]', at: edited.created_at });
    to.edit(8, 'Another body');
    const issue = (await json(to, '/issues/8')) as { node_id: string };
    const comments = (await json(to, '/issues/8/comments')) as { id: number; node_id: string }[];
    expect(comments.map(({ id }) => id)).toEqual([kept.id, edited.id]);
    const ids = [issue, ...comments].map(({ node_id }) => node_id);
    const editor = { __typename: 'Bot', login: 'github-actions' };
    expect(await query(to, HISTORY, [...ids, 'bm9uZQ=='])).toMatchObject({
      errors: [{ type: 'NOT_FOUND', path: ['nodes', 3] }],
      data: {
        nodes: [
          { __typename: 'Issue', userContentEdits: { totalCount: 2 } },
          { id: ids[1], lastEditedAt: null, userContentEdits: { totalCount: 0, nodes: [] } },
          {
            lastEditedAt: edited.created_at,
            userContentEdits: { totalCount: 2, nodes: [{ editedAt: edited.created_at, editor }] },
          },
          null,
        ],
      },
    });
    expect(to.violations).toEqual([]);
  });

  test('a query that its schema does not know is a violation', async () => {
    const to = await github();
    expect(await query(to, 'query { nodes(ids: []) { editedBy } }', [])).toMatchObject({
      errors: [{ message: 'Cannot query field "editedBy" on type "Node".' }],
    });
    expect(to.violations).toEqual(['POST /graphql: Cannot query field "editedBy" on type "Node".']);
  });

  test('a comparison lists the commits of the head that the base lacks, and the files that differ from the merge base', async () => {
    const to = await github();
    const { git } = to.state;
    const named = (letter: string) => letter.repeat(40);
    git.seed('heads/main', named('a'), new Map([['kept.yaml', '1']]));
    git.seed('heads/main', named('b'), new Map([['kept.yaml', '2']]));
    const tree = git.tree(git.commits.get(named('a'))?.tree ?? '', [['new.yaml', '3']]) ?? '';
    const head = git.commit({ tree, parents: [named('a')], message: 'x' });
    const answer = await ask(to, 'GET', `${REPOSITORY}/compare/main...${head}`);
    expect(await answer.json()).toMatchObject({
      ...{ status: 'diverged', ahead_by: 1, behind_by: 1, merge_base_commit: { sha: named('a') } },
      commits: [{ sha: head, parents: [{ sha: named('a') }] }],
      files: [{ filename: 'new.yaml', status: 'added' }],
    });
    expect((await ask(to, 'GET', `${REPOSITORY}/compare/main...${named('c')}`)).status).toBe(404);
    expect(to.violations).toEqual([]);
  });

  test('lists come in pages of at most a hundred, oldest comment first, each with a link to the next', async () => {
    const to = await github({
      pulls: [{ number: 7, comments: Array.from({ length: 205 }, (_, i) => ({ body: `${i}` })) }],
    });
    const seen: string[][] = [];
    for (let next: string | undefined = `${COMMENTS}?per_page=1000`; next !== undefined; ) {
      const answer: Response = await ask(to, 'GET', next);
      seen.push(((await answer.json()) as { body: string }[]).map(({ body }) => body));
      next = /<([^>]*)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    expect(seen.map(({ length }) => length)).toEqual([100, 100, 5]);
    expect(seen.flat()).toEqual(Array.from({ length: 205 }, (_, i) => `${i}`));
    expect(to.requests.map(({ path }) => path)).toEqual([
      COMMENTS,
      expect.stringMatching(/^\/repositories\/\d+\/issues\/7\/comments$/),
      expect.stringMatching(/^\/repositories\/\d+\/issues\/7\/comments$/),
    ]);
    const rels = async (page: number) =>
      [
        ...(
          (await ask(to, 'GET', `${COMMENTS}?page=${page}&per_page=100`)).headers.get('link') ?? ''
        ).matchAll(/rel="(\w+)"/g),
      ].map(([, rel]) => rel);
    expect([await rels(1), await rels(2), await rels(3)]).toEqual([
      ['next', 'last'],
      ['prev', 'next', 'last', 'first'],
      ['prev', 'first'],
    ]);
    expect(((await (await ask(to, 'GET', COMMENTS)).json()) as []).length).toBe(30);
    expect(to.violations).toEqual([]);
  });

  test('a read-only token writes nothing', async () => {
    const to = await github({ token: 'read' });
    const answer = await ask(to, 'POST', COMMENTS, { body: 'x' });
    expect([answer.status, await answer.json()]).toMatchObject([
      403,
      { message: 'Resource not accessible by integration' },
    ]);
    expect((await ask(to, 'GET', COMMENTS)).status).toBe(200);
    expect([bodies(to), to.violations]).toEqual([[], []]);
  });

  test('a call fails as configured: before or after it is carried out, with a status, the nth call, several times', async () => {
    const to = await github();
    to.fault('issues/create-comment', 'drop');
    to.fault('issues/create-comment', 'dropAfter', { nth: 2 });
    to.fault('issues/create-comment', { status: 502 }, { nth: 4, times: 2 });
    to.fault('issues/create-comment', { status: 403, headers: { 'retry-after': '1' } }, { nth: 6 });
    const results: (string | number)[] = [];
    for (const body of ['1', '2', '3', '4', '5', '6', '7'])
      results.push(
        await ask(to, 'POST', COMMENTS, { body }).then(
          ({ status, headers }) => `${status}${headers.get('retry-after') ?? ''}`,
          () => 'lost',
        ),
      );
    expect(results).toEqual(['lost', 'lost', '201', '502', '502', '4031', '201']);
    expect(bodies(to)).toEqual(['2', '3', '7']);
    expect(to.requests.map(({ status }) => status)).toEqual([undefined, undefined, 201, 502, 502, 403, 201]);
    expect(to.violations).toEqual([]);
  });

  test('values that are too long, empty or about no commit are refused', async () => {
    const to = await github();
    const status = (sha: string | undefined, description: string) =>
      ask(to, 'POST', `${REPOSITORY}/statuses/${sha}`, { state: 'success', description });
    const sha = to.state.pulls[0]?.head.sha;
    const answers = [
      await ask(to, 'POST', COMMENTS, { body: 'x'.repeat(65_537) }),
      await ask(to, 'POST', COMMENTS, { body: ' ' }),
      await status(sha, 'x'.repeat(141)),
      await status('f'.repeat(40), 'x'),
      await ask(to, 'POST', COMMENTS, { body: 'x'.repeat(65_536) }),
      await status(sha, 'x'.repeat(140)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422, 201, 201]);
    expect(to.violations).toEqual([]);
  });
});

const MANIFEST = `
inputs:
  plain: {default: fallback}
  Two Words: {default: 5}
  token: {default: "\${{ github.token }}"}
  empty: {required: true}
runs: {using: node24, main: index.cjs}
`;

/** A small action for `runAction`. */
function action(script: string, manifest = MANIFEST): Pick<Run, 'main'> {
  const folder = mkdtempSync(join(tmpdir(), 'action-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'action.yml'), manifest);
  writeFileSync(
    join(folder, 'index.cjs'),
    `const { appendFileSync: append } = require('node:fs'); const { env } = process;\n${script}`,
  );
  return { main: join(folder, 'action.yml') };
}
const print = (text: string): string => `process.stdout.write(${JSON.stringify(text)});`;
const printed = (...lines: readonly string[]) => runAction(action(print(lines.join('\n'))));

describe('the runner', () => {
  test('passes inputs and their defaults, the event, and nothing from this machine', async () => {
    process.env.CANARY = 'sings';
    onTestFinished(() => void delete process.env.CANARY);
    const to = await github({ owner: 'acme', name: 'rotas' });
    const script = `console.log(JSON.stringify({ ...env, cwd: process.cwd(), event: require(env.GITHUB_EVENT_PATH).number }))`;
    const { stdout, annotations, status } = await runAction({
      ...action(script),
      inputs: { PLAIN: 'given', other: 'x' },
      env: { TZ: 'Asia/Tokyo' },
      github: to,
      ...to.event('pull-request-opened', 7),
    });
    const { CANARY, ...env } = JSON.parse(stdout) as Record<string, string>;
    expect([status, CANARY]).toEqual([0, undefined]);
    expect(env).toMatchObject({
      INPUT_PLAIN: 'given',
      INPUT_TWO_WORDS: '5',
      INPUT_TOKEN: TOKEN,
      INPUT_EMPTY: '',
      GITHUB_API_URL: to.url,
      GITHUB_REPOSITORY: 'acme/rotas',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_SHA: to.state.pulls[0]?.merge_commit_sha,
      GITHUB_HEAD_REF: 'change-7',
      GITHUB_WORKSPACE: env.cwd,
      TZ: 'Asia/Tokyo',
      event: 7,
    });
    expect(annotations).toEqual([
      {
        level: 'warning',
        message: "Unexpected input(s) 'other', valid inputs are ['plain', 'Two Words', 'token', 'empty']",
      },
    ]);
  });

  test.each<[line: string, commands: string[]]>([
    [
      '::error file=a.yaml,line=2,col=3::one%0Atwo',
      ['error {"file":"a.yaml","line":"2","col":"3"} one\ntwo'],
    ],
    ['  ::WARNING title=a%3A%2Cb::x', ['warning {"title":"a:,b"} x']],
    ['x ::error::y', []],
    ['::unknown::x', []],
    ['::error:: ##[add-mask]y', ['error {}  ##[add-mask]y']],
    ['said: x ##[add-mask]Amara', ['add-mask {} Amara']],
    ['x ##[error file=a;line=2]y%5D', ['error {"file":"a","line":"2"} y]']],
    ['a\r::set-output name=x::y', ['set-output {"name":"x"} y']],
    [
      '::stop-commands::t0ken\n::error::x\n##[add-mask]y\n::t0ken::\n::notice::z',
      ['stop-commands {} t0ken', 'notice {} z'],
    ],
  ])('reads %j', async (line, commands) => {
    const ran = await printed(line);
    expect(
      ran.commands.map(({ name, properties, data }) => `${name} ${JSON.stringify(properties)} ${data}`),
    ).toEqual(commands);
  });

  test('an injected mask hides later output; the token is masked from the start', async () => {
    const script = `${print(`name: x ##[add-mask]Amara\n::error::Amara has ${TOKEN}\n`)} append(env.GITHUB_STEP_SUMMARY, 'Amara');`;
    const { masks, annotations, summary, stdout } = await runAction(action(script));
    expect({ masks, annotations, summary }).toEqual({
      masks: ['Amara'],
      annotations: [{ level: 'error', message: '*** has ***' }],
      summary: '***',
    });
    expect(stdout).toContain(TOKEN);
  });

  test('keeps ten annotations of each level and 4096 characters of each, with files relative to the workspace', async () => {
    const script = `for (let i = 0; i < 12; i++) console.log('::error file=' + process.cwd() + '/rotas/a.yaml,line=' + i + '::' + 'x'.repeat(5000)); console.log('::notice::y')`;
    const { annotations, commands } = await runAction(action(script));
    expect(commands.length).toBe(13);
    expect(annotations.map(({ level, line }) => [level, line])).toEqual([
      ...Array.from({ length: 10 }, (_, i) => ['error', i]),
      ['notice', undefined],
    ]);
    expect(annotations[0]).toEqual({
      level: 'error',
      file: 'rotas/a.yaml',
      line: 0,
      message: 'x'.repeat(4096),
    });
  });

  test.each([
    [1024 * 1024, 1024 * 1024, []],
    [1024 * 1024 + 1, 0, [{ level: 'error', message: expect.stringContaining('upload aborted') }]],
  ])('a summary of %i bytes', async (size, kept, expected) => {
    const { summary, annotations } = await runAction(
      action(`append(env.GITHUB_STEP_SUMMARY, 'x'.repeat(${size}))`),
    );
    expect([summary.length, annotations]).toEqual([kept, expected]);
  });

  test.each<[text: string, status: number, outputs: object]>([
    ['a=1\nb<<end\none\ntwo=2\nend\n', 0, { a: '1', b: 'one\ntwo=2' }],
    ['a<<end\none\n', 1, {}],
    ['a\n', 1, {}],
  ])('outputs of %j', async (text, status, outputs) => {
    const ran = await runAction(action(`append(env.GITHUB_OUTPUT, ${JSON.stringify(text)})`));
    expect([ran.status, ran.outputs]).toEqual([status, outputs]);
  });

  test('returns the exit code, refuses disabled commands, and fails requests without GitHub', async () => {
    expect((await runAction(action('process.exitCode = 3'))).status).toBe(3);
    expect((await printed('::set-env name=A::b')).status).toBe(1);
    const exported = await runAction(action("append(env.GITHUB_ENV, 'NODE_OPTIONS=--x\\nA=b\\n')"));
    expect([exported.env, exported.annotations.length]).toEqual([{ A: 'b' }, 1]);
    const alone = await runAction(action('fetch(env.GITHUB_API_URL).catch(() => console.log("refused"))'));
    expect(alone.stdout).toBe('refused\n');
  });
});
