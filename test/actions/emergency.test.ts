/** An emergency cover that begins while its pull request waits for approvals, by the action as GitHub runs it. */
import { describe, expect, test } from 'vitest';
import {
  AT,
  approved,
  check,
  checkPull,
  commentOn,
  ROTA,
  repository,
  shove,
  statusesOf,
  TAKEN,
} from './pull-request.ts';

/** Mallory's week begins at 10:00. */
const OPENED = '2026-12-23T09:45:00Z';
const BEGUN = '2026-12-23T10:15:00Z';
const MERGED = '2026-12-23T10:20:00Z';

async function emergency(openedAt: string) {
  const repo = await shove({ now: openedAt });
  const [pull] = repo.github.state.pulls;
  repo.github.label(7, 'emergency-cover', 'mallory-muir');
  await checkPull(repo, BEGUN);
  const ran = await approved(repo, ['amara-osei', 'nia-rhys'], BEGUN);
  return { repo, pull, ran };
}

test('it passes at the time at which GitHub says that it was pushed, and again when it is merged', async () => {
  const { repo, pull, ran } = await emergency(OPENED);
  expect([ran.status, ran.annotations]).toEqual([0, []]);
  expect(statusesOf(repo, repo.head)).toEqual({
    rota: 'success: no findings',
    'rota / consent': 'success: everyone whose time changes has agreed',
  });
  expect(commentOn(repo)).toContain('this began after it was pushed');

  const merge = repo.merge(repo.base, repo.head);
  repo.github.move('main', repo.base, 'chi-wong');
  Object.assign(pull ?? {}, { state: 'closed', merged_at: MERGED, merge_commit_sha: merge });
  repo.github.move('main', merge, 'mallory-muir');
  const pushed = await check(repo, MERGED, repo.github.pushEvent());
  expect([pushed.status, pushed.annotations]).toEqual([0, []]);
  expect(repo.github.violations).toEqual([]);
});

test.each<[by: string, states: (string | undefined)[]]>([
  ['mallory-muir', ['success', 'success']],
  ['amara-osei', ['failure', 'success']],
])(
  'an author who is a lead lets it pass with a label only if they set that themselves: %s',
  async (by, states) => {
    const repo = await repository(
      { [AT.team]: 'name: GOV.UK PaaS\nleads: [mallory-muir]\n' },
      { now: OPENED },
    );
    const head = repo.commit(repo.base, TAKEN);
    repo.open(7, 'mallory-muir', head);
    repo.merge(repo.base, head);
    repo.github.label(7, 'bug', 'amara-osei');
    repo.github.label(7, 'emergency-cover', by);
    await checkPull(repo, BEGUN, 7, 'pull-request-labeled');
    await approved(repo, ['amara-osei'], BEGUN);
    const { rota, 'rota / consent': consent } = statusesOf(repo, head);
    expect([rota, consent].map((it) => it?.replace(/:.*/, ''))).toEqual(states);
    expect(repo.github.violations).toEqual([]);
  },
);

test('it passes with the label that its author sets once it was shown, and with the approval of a lead after that', async () => {
  const repo = await shove({ now: OPENED });
  await approved(repo, ['amara-osei', 'nia-rhys'], BEGUN);
  expect(statusesOf(repo, repo.head).rota).toMatch(/^failure/);
  repo.github.label(7, 'emergency-cover', 'mallory-muir');
  await checkPull(repo, BEGUN, 7, 'pull-request-labeled');
  // Whoever gives up or takes the time has agreed to it; that it is an emergency was not shown to the lead.
  expect(statusesOf(repo, repo.head)).toEqual({
    rota: expect.stringMatching(/^failure/),
    'rota / consent': 'success: everyone whose time changes has agreed',
  });
  await approved(repo, ['nia-rhys'], BEGUN);
  expect(statusesOf(repo, repo.head)).toEqual({
    rota: 'success: no findings',
    'rota / consent': 'success: everyone whose time changes has agreed',
  });
});

test('it does not when it was pushed after it had begun', async () => {
  const { ran } = await emergency('2026-12-23T10:01:00Z');
  expect(ran.status).toBe(1);
  expect(ran.annotations.map(({ title, message }) => `${title}: ${message}`)).toEqual([
    expect.stringMatching(
      /^history: mallory-muir gives up .* 10:00 – 10:0\d to amara-osei, which is past; .*rota cover /,
    ),
  ]);
});

test('it does not where GitHub does not say when it was pushed, although everybody agrees', async () => {
  const repo = await shove({ now: OPENED });
  const [pull] = repo.github.state.pulls;
  repo.github.label(7, 'emergency-cover', 'mallory-muir');
  Object.assign(pull ?? {}, { user: 'chi-wong' });
  repo.github.state.activities.splice(0);
  await checkPull(repo, BEGUN);
  const ran = await approved(repo, ['amara-osei', 'mallory-muir', 'nia-rhys'], BEGUN);
  expect(ran.annotations.map(({ title }) => title)).toEqual(['history']);
});

describe('what had enough notice when somebody spoke for it is no emergency that they let pass', () => {
  const given = (...turns: readonly string[]) => ({
    [AT.rota]: ROTA.replace(
      'timezone',
      `overrides:\n${turns.map((turn) => `  - {role: engineer, turn: ${turn}, person: ben-adeyemi}\n`).join('')}timezone`,
    ),
  });
  const labelled = async (author: string, ...turns: readonly string[]) => {
    const repo = await repository({}, { now: '2026-12-20T09:00:00Z' });
    const head = repo.commit(repo.base, given(...turns));
    repo.open(7, author, head);
    repo.merge(repo.base, head);
    repo.github.label(7, 'emergency-cover', author);
    await checkPull(repo, '2026-12-20T09:01:00Z');
    return { repo, head };
  };
  const STATES = {
    rota: expect.stringMatching(/^failure/),
    'rota / consent': expect.stringMatching(/^success/),
  };

  test('an author who is a lead, and set the label ten days before', async () => {
    const { repo, head } = await labelled('nia-rhys', '2026-12-30');
    await approved(repo, ['ben-adeyemi', 'amara-osei'], '2026-12-21T09:03:00Z');
    await checkPull(repo, '2026-12-30T09:00:00Z', 7, 'pull-request-review-submitted');
    expect(statusesOf(repo, head)).toEqual(STATES);
    expect(commentOn(repo)).toContain(
      '- The author, as a lead: remove the label of the emergency and set it again',
    );

    repo.github.state.now = '2026-12-30T09:01:00Z';
    repo.github.label(7, 'emergency-cover', 'nia-rhys');
    await checkPull(repo, '2026-12-30T09:02:00Z', 7, 'pull-request-labeled');
    expect(statusesOf(repo, head).rota).toMatch(/^success/);
  });

  test('a lead who approved the emergency of another change of the same pull request', async () => {
    const { repo, head } = await labelled('mallory-muir', '2026-12-23', '2026-12-30');
    await approved(repo, ['ben-adeyemi', 'amara-osei', 'nia-rhys'], '2026-12-20T09:03:00Z');
    expect(statusesOf(repo, head).rota).toMatch(/^success/);
    await checkPull(repo, '2026-12-22T09:00:00Z', 7, 'pull-request-review-submitted');
    expect(statusesOf(repo, head).rota).toMatch(/^success/);
    await checkPull(repo, '2026-12-30T09:00:00Z', 7, 'pull-request-review-submitted');
    expect(statusesOf(repo, head)).toEqual(STATES);

    await approved(repo, ['nia-rhys'], '2026-12-30T09:05:00Z');
    expect(statusesOf(repo, head).rota).toMatch(/^success/);
  });
});

test('the label and the approval of a lead count although both came before the first verdict, in every run', async () => {
  const repo = await shove({ now: OPENED });
  repo.github.label(7, 'emergency-cover', 'mallory-muir');
  repo.github.state.now = '2026-12-23T09:50:00Z';
  repo.github.review(7, { user: 'nia-rhys', state: 'APPROVED' });
  await checkPull(repo, BEGUN);
  expect(commentOn(repo)).toContain('passed as an emergency');
  await approved(repo, ['amara-osei'], MERGED);
  expect(statusesOf(repo, repo.head).rota).toMatch(/^success/);
});

test('a lead who approved before the label was set reads why that does not count', async () => {
  const repo = await shove({ now: OPENED });
  await checkPull(repo, OPENED);
  await approved(repo, ['amara-osei', 'nia-rhys'], '2026-12-23T09:50:00Z');
  repo.github.state.now = '2026-12-23T09:55:00Z';
  repo.github.label(7, 'emergency-cover', 'nia-rhys');
  await checkPull(repo, '2026-12-23T09:56:00Z', 7, 'pull-request-labeled');
  expect(statusesOf(repo, repo.head).rota).toMatch(/^failure/);
  expect(commentOn(repo)).toContain(
    '@nia-rhys approved before this showed the label, or that the notice is too short; approve it again',
  );
});

test.each([
  ['set again', true, /^failure/],
  ['left as it is', false, /^success/],
])('a lead who approved, and whose label is %s', async (_, isSetAgain, rota) => {
  const repo = await shove({ now: OPENED });
  // GitHub ignores the case of labels.
  repo.github.label(7, 'Emergency-Cover', 'mallory-muir');
  await checkPull(repo, BEGUN);
  await approved(repo, ['amara-osei', 'nia-rhys'], BEGUN);
  expect(statusesOf(repo, repo.head).rota).toMatch(/^success/);
  repo.github.state.now = '2026-12-23T10:17:00Z';
  if (isSetAgain) {
    repo.github.state.pulls[0]?.labels.splice(0);
    repo.github.label(7, 'Emergency-Cover', 'mallory-muir');
  }
  await checkPull(repo, MERGED, 7, 'pull-request-labeled');
  expect(statusesOf(repo, repo.head).rota).toMatch(rota);
});
