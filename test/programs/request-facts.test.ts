/** When planned changes were requested, by GitHub's clock: what a file says of that is compared with the issue. */
import { describe, expect, test } from 'vitest';
import { connect } from '../../actions/lib/github/connection.ts';
import { load } from '../../actions/lib/load/load.ts';
import { requestFacts } from '../../actions/lib/programs/request-facts.ts';
import { TOKEN } from '../github/runner.ts';
import { at, but } from '../handbook.ts';
import { changeBody } from '../requests/bodies.ts';
import {
  approved,
  checkOutMain,
  daily,
  ownComments,
  PLANNED,
  type Repository,
  repositoryWith,
  rewrite,
  run,
  shownComment,
} from './request-repository.ts';

const OPENED = '2027-01-03T11:59:00Z';
const EDITED = '2027-01-03T20:00:00Z';
const NOW = '2027-01-04T12:00:00Z';
const ADDRESS = 'https://github.com/example/handbook/issues/77';

/** An approved request whose planned change is on its branch. */
async function proposed(): Promise<Repository> {
  const there = await repositoryWith({ body: changeBody() });
  await approved(there);
  return there;
}

/** What is said of the handbook of a request's branch with an edit of the planned change. */
async function factsOf(
  { github, files }: Repository,
  edit: (text: string) => string = (text) => text,
  address = ADDRESS,
  given: { readonly mergedAt?: number; readonly pull?: number } = {},
) {
  const text = github.state.git.filesAt('change/issue-77')?.get(PLANNED) ?? '';
  const { handbook } = load({ texts: new Map(files).set(PLANNED, edit(text)), findings: [] });
  const { owner, name: repo, login } = github.state;
  const place = { apiUrl: github.url, repository: { owner, repo }, commentAuthor: login };
  const before = github.requests.length;
  const base = load({ texts: files, findings: [] }).handbook;
  const connection = connect({ token: TOKEN, ...place });
  const pull = github.state.pulls.at(-1)?.number ?? 0;
  const facts = await requestFacts(connection, at(NOW), { pull, base, head: handbook, ...given }, [address]);
  // One for all issues, and one more for a lead of whom GitHub does not tell the access.
  expect(github.requests.length - before).toBeLessThanOrEqual(2);
  expect(github.violations).toEqual([]);
  return facts;
}

/** The time of an address. */
async function timeOf(...given: Parameters<typeof factsOf>): Promise<string | undefined> {
  const { requestedAt } = await factsOf(...given);
  const time = requestedAt.get(given[2] ?? ADDRESS);
  return time === undefined ? undefined : new Date(time).toISOString().replace('.000', '');
}

/** The issue is edited while no run follows. */
function edited({ github }: Repository, given: Parameters<typeof changeBody>[0]): void {
  github.state.now = EDITED;
  github.edit(77, changeBody(given));
}

describe('a planned change of a request', () => {
  test('was requested when the issue was opened, or with an edit of what decides who is there', async () => {
    const there = await proposed();
    expect(await timeOf(there)).toBe(OPENED);
    edited(there, { Summary: 'Replace some routers' });
    expect(await timeOf(there)).toBe(OPENED);
    edited(there, { 'Who will be there': 'Somebody else.' });
    expect(await timeOf(there)).toBe(EDITED);
  });

  test('with other times than those of the issue has none, until an edit gives the issue these times', async () => {
    const there = await proposed();
    const moved = (text: string) => but(text, 'from: 2027-01-06T23:00', 'from: 2027-01-06T23:30');
    expect(await timeOf(there, moved)).toBeUndefined();
    edited(there, { 'Scheduled start': '2027-01-06T23:30' });
    expect([await timeOf(there), await timeOf(there, moved)]).toEqual([undefined, EDITED]);
    await run(there, 'issues-edited');
    expect(await timeOf(there, moved)).toBe(EDITED);
  });

  test('whose issue was closed has none, unless that was after its merge, and then that of its last opening', async () => {
    const there = await proposed();
    const happen = (kind: 'ClosedEvent' | 'ReopenedEvent' | 'TransferredEvent', time: string) =>
      there.github.happen(77, { kind, by: 'mallory-muir', at: time });
    const merged = (time: string) => timeOf(there, undefined, ADDRESS, { mergedAt: at(time) });
    happen('ClosedEvent', '2027-01-03T12:59:01Z');
    expect([await timeOf(there), await merged('2027-01-03T12:59:02Z')]).toEqual([undefined, undefined]);
    expect(await merged('2027-01-03T12:59:01Z')).toBe(OPENED);
    happen('ReopenedEvent', EDITED);
    expect([await timeOf(there), await merged(NOW)]).toEqual([EDITED, EDITED]);
    // Whoever reopens it after the merge does not undo that it was closed then.
    expect(await merged('2027-01-03T12:59:02Z')).toBeUndefined();
    happen('TransferredEvent', '2027-01-03T21:00:00Z');
    expect(await timeOf(there)).toBe('2027-01-03T21:00:00Z');
  });

  test('whose file gives an earlier time is as old as its issue', async () => {
    const there = await proposed();
    expect(await timeOf(there, (text) => but(text, OPENED, '2026-01-03T11:59:00Z'))).toBe(OPENED);
  });

  test.each<[what: string, edit: (text: string) => string]>([
    [
      'another service',
      (text) => but(text, 'issue-77:\n    service: modernisation-platform', 'issue-77:\n    service: paas'),
    ],
    ['other people', (text) => text.replace(/sian-pritchard(?=}\n$)/, 'helene-marchetti')],
  ])('for %s than the issue has none', async (_, edit) => {
    expect(await timeOf(await proposed(), edit)).toBeUndefined();
  });

  test.each([
    ['another repository', 'https://github.com/mallory/handbook/issues/77'],
    ['another host', 'https://example.org/example/handbook/issues/77'],
    ['an issue that does not exist', 'https://github.com/example/handbook/issues/99'],
    ['a pull request', 'https://github.com/example/handbook/issues/78'],
    ['a page', 'https://github.com/example/handbook/wiki'],
  ])('that names %s has none', async (_, address) => {
    const there = await proposed();
    expect(await timeOf(there, (text) => but(text, ADDRESS, address), address)).toBeUndefined();
  });

  test('that names an older issue which asks for something else has none', async () => {
    const there = await proposed();
    const { state } = there.github;
    state.issues.push({
      ...structuredClone(state.issues[0] as (typeof state.issues)[0]),
      number: 5,
      body: 'A question',
    });
    const older = ADDRESS.replace('77', '5');
    expect(await timeOf(there, (text) => but(text, ADDRESS, older), older)).toBeUndefined();
  });

  test('is not older by what somebody writes into our comment', async () => {
    const there = await proposed();
    const [comment] = ownComments(there);
    edited(there, { 'Scheduled start': '2027-01-06T23:30' });
    await run(there, 'issues-edited');
    const moved = (text: string) => but(text, 'from: 2027-01-06T23:00', 'from: 2027-01-06T23:30');
    const body =
      comment?.body.replaceAll('2027\\u002d01\\u002d03T20:00', '2027\\u002d01\\u002d03T12:00') ?? '';
    expect(body).not.toBe(comment?.body);
    there.github.editComment(comment?.id ?? 0, { body, by: 'mallory-muir' });
    expect(await timeOf(there, moved)).toBe(EDITED);
  });
});

describe('a lead approved a planned change', () => {
  const isApproved = async (...given: Parameters<typeof factsOf>) =>
    (await factsOf(...given)).approved.has(ADDRESS);
  const LEAD = 'helene-marchetti';

  test('as it is, in the issue, until it is another one', async () => {
    const there = await proposed();
    expect(await isApproved(there)).toBe(true);
    // By another pull request than the one that the issue names.
    expect(await isApproved(there, undefined, undefined, { pull: 76 })).toBe(false);
    expect(
      await isApproved(there, (text) => but(text, 'from: 2027-01-06T23:00', 'from: 2027-01-06T23:30')),
    ).toBe(false);
    edited(there, { 'Scheduled start': '2027-01-06T23:30' });
    expect(
      await isApproved(there, (text) => but(text, 'from: 2027-01-06T23:00', 'from: 2027-01-06T23:30')),
    ).toBe(false);
  });

  test.each<[what: string, act: (there: Repository) => void]>([
    ['declined it since', ({ github }) => github.comment(77, { user: LEAD, body: '/decline' })],
    [
      'declined it since in other letters',
      ({ github }) => github.comment(77, { user: LEAD, body: '\n/Decline. Sorry' }),
    ],
    [
      'declined it since and edited that',
      ({ github }) => {
        const { id } = github.comment(77, { user: LEAD, body: '/decline' });
        github.editComment(id, { body: '/decline this week', by: LEAD });
      },
    ],
    [
      'made an older comment a decline since',
      ({ github }) => {
        const comments = github.state.issues[0]?.comments ?? [];
        const { id } = github.comment(77, { user: LEAD, body: 'Let me think' });
        const older = comments.pop();
        if (older !== undefined) comments.unshift({ ...older, created_at: '2026-01-01T00:00:00Z' });
        github.editComment(id, { body: '/decline', by: LEAD });
      },
    ],
    [
      'wrote something since that somebody else edited',
      ({ github }) => {
        const { id } = github.comment(77, { user: LEAD, body: '/decline' });
        github.editComment(id, { body: 'Thanks!', by: 'mallory-muir' });
      },
    ],
    [
      'has no access any more',
      ({ github }) =>
        Object.assign(github.state, { permissions: { ...github.state.permissions, [LEAD]: 'none' } }),
    ],
    [
      'is none of the team any more',
      (there) =>
        there.files.set(
          'rotas/modernisation-platform/team.yaml',
          (there.files.get('rotas/modernisation-platform/team.yaml') ?? '').replace(
            /leads: .*/,
            'leads: [amara-osei]',
          ),
        ),
    ],
  ])('but %s', async (_, act) => {
    const there = await proposed();
    act(there);
    expect(await isApproved(there)).toBe(false);
  });

  test.each<[what: string, command: (digest: string) => string]>([
    ['as it was before, by its version', (digest) => `/approve ${digest}`],
    ['before our comment showed it', () => '/approve'],
  ])('but %s', async (_, command) => {
    const there = await repositoryWith({ body: changeBody() });
    await run(there, 'issues-opened');
    const digest = /\/approve ([0-9a-f]{7,})/.exec(shownComment(there))?.[1] ?? '';
    expect(digest).not.toBe('');
    const later = { 'Scheduled end': '2027-01-07T02:00' };
    edited(there, later);
    there.github.state.now = '2027-01-03T20:00:20Z';
    there.github.comment(77, { user: LEAD, body: command(digest) });
    const wanted = await repositoryWith({ body: changeBody(later) });
    await approved(wanted);
    const text = wanted.github.state.git.filesAt('change/issue-77')?.get(PLANNED) ?? '';
    expect(await isApproved(wanted)).toBe(true);
    expect(await isApproved(there, () => text)).toBe(false);
  });

  test('but by the version of another one that begins alike, before an edit', async () => {
    const there = await repositoryWith({ body: changeBody() });
    await run(there, 'issues-opened');
    const later = { 'Scheduled end': '2027-01-07T02:00' };
    const wanted = await repositoryWith({ body: changeBody(later) });
    await run(wanted, 'issues-opened');
    const digest = /\/approve ([0-9a-f]{7,})/.exec(shownComment(wanted))?.[1] ?? '';
    there.github.comment(77, { user: LEAD, body: `/approve ${digest}` });
    edited(there, later);
    await approved(wanted);
    const text = wanted.github.state.git.filesAt('change/issue-77')?.get(PLANNED) ?? '';
    expect([digest === '', await isApproved(there, () => text)]).toEqual([false, false]);
  });

  test('but after a run that showed an earlier version when it was another one already', async () => {
    const there = await repositoryWith({ body: changeBody() });
    await run(there, 'issues-opened');
    const later = { 'Scheduled end': '2027-01-07T02:00' };
    edited(there, later);
    const [ours] = ownComments(there);
    there.github.state.now = '2027-01-03T20:00:10Z';
    there.github.editComment(ours?.id ?? 0, { body: ours?.body ?? '', by: there.github.state.login });
    there.github.state.now = '2027-01-03T20:00:20Z';
    there.github.comment(77, { user: LEAD, body: '/approve' });
    const wanted = await repositoryWith({ body: changeBody(later) });
    await approved(wanted);
    const text = wanted.github.state.git.filesAt('change/issue-77')?.get(PLANNED) ?? '';
    expect(await isApproved(there, () => text)).toBe(false);
    await run(there, 'issue-comment-created');
    expect(await isApproved(there, () => text)).toBe(false);
  });

  test('by its version', async () => {
    const there = await repositoryWith({ body: changeBody() });
    await run(there, 'issues-opened');
    const digest = /\/approve ([0-9a-f]{7,})/.exec(shownComment(there))?.[1] ?? '';
    there.github.comment(77, { user: LEAD, body: `/approve ${digest}` });
    await run(there, 'issue-comment-created');
    expect([digest === '', await isApproved(there)]).toEqual([false, true]);
  });

  test('although other people lead the team after the merge', async () => {
    const there = await proposed();
    const { github } = there;
    const number = github.state.pulls[0]?.number ?? 0;
    const base = there.files;
    const text = github.state.git.filesAt('change/issue-77')?.get(PLANNED) ?? '';
    const merged = { mergedAt: at('2027-01-03T20:00:00Z') };
    github.merge(number);
    expect(await isApproved(there, () => text, ADDRESS, { ...merged, pull: number + 1 })).toBe(false);
    there.files = new Map(base);
    checkOutMain(there);
    rewrite(there, 'rotas/modernisation-platform/team.yaml', `leads: [${LEAD}]`, 'leads: [nia-rhys]');
    await run(there, daily, '2027-01-04T05:47:00Z');
    there.files = base;
    expect(await isApproved(there, () => text, ADDRESS, merged)).toBe(true);
  });

  test('whatever is said after the merge', async () => {
    const there = await proposed();
    there.github.state.now = '2027-01-03T21:00:00Z';
    there.github.comment(77, { user: LEAD, body: '/decline' });
    const merged = { mergedAt: at('2027-01-03T20:00:00Z') };
    expect(await isApproved(there, undefined, ADDRESS, merged)).toBe(true);
    expect(await isApproved(there)).toBe(false);
    there.github.happen(77, { kind: 'ReopenedEvent', by: 'mallory-muir', at: '2027-01-03T22:00:00Z' });
    for (let i = 0; i < 100; i++) there.github.comment(77, { user: 'mallory-muir', body: 'and' });
    expect(await isApproved(there, undefined, ADDRESS, merged)).toBe(true);
    expect(await timeOf(there, undefined, ADDRESS, merged)).toBe(OPENED);
  });

  test('whatever a comment of before the approval is edited into after the merge', async () => {
    const there = await proposed();
    const { github } = there;
    const comments = github.state.issues[0]?.comments ?? [];
    const { id } = github.comment(77, { user: LEAD, body: 'Let me think' });
    const older = comments.pop();
    if (older !== undefined) comments.unshift({ ...older, created_at: '2026-01-01T00:00:00Z' });
    const mergedAt = at('2027-01-03T20:00:00Z');
    github.state.now = '2027-01-03T21:00:00Z';
    github.editComment(id, { body: '/decline', by: LEAD });
    expect(await isApproved(there, undefined, ADDRESS, { mergedAt })).toBe(true);
    expect(await isApproved(there)).toBe(false);
  });

  test('no more than our comment says so, which a workflow of a branch can write', async () => {
    const there = await proposed();
    const issue = there.github.state.issues[0];
    const ours = issue?.comments.filter(({ user }) => user === there.github.state.login) ?? [];
    expect(ours).not.toEqual([]);
    Object.assign(issue ?? {}, { comments: ours });
    expect(await isApproved(there)).toBe(false);
  });
});
