/** An emergency cover that begins while its pull request waits for approvals, by the action as GitHub runs it. */
import { describe, expect, test } from 'vitest';
import { bodyOf, CHANGE } from '../requests/bodies.ts';
import {
  AT,
  approved,
  check,
  checkPull,
  commentOn,
  type Repository,
  ROTA,
  repository,
  shove,
  statusesOf,
  TAKEN,
  unlabelled,
} from './pull-request.ts';

/** Mallory's week begins at 10:00. */
const OPENED = '2026-12-23T09:45:00Z';
const BEGUN = '2026-12-23T10:15:00Z';
const MERGED = '2026-12-23T10:20:00Z';

async function emergency(openedAt: string) {
  const repo = await shove({ now: openedAt });
  const [pull] = repo.github.state.pulls;
  repo.github.label(7, 'in-review', 'chi-wong');
  repo.github.label(7, 'emergency-cover', 'mallory-muir');
  await checkPull(repo, BEGUN);
  const ran = await approved(repo, ['amara-osei', 'nia-rhys'], BEGUN);
  return { repo, pull, ran };
}

test.each<[what: string, now: string, after: (repo: Repository) => void]>([
  ['when it is merged', MERGED, () => {}],
  ['a month later', '2027-01-23T10:20:00Z', () => {}],
  ['after that its label was taken off', MERGED, (repo) => unlabelled(repo, 'emergency-cover')],
  ['after that another label was taken off', MERGED, (repo) => unlabelled(repo, 'in-review')],
])('it passes at the time at which GitHub says that it was pushed, and again %s', async (_, now, after) => {
  const { repo, pull, ran } = await emergency(OPENED);
  expect([ran.status, ran.annotations]).toEqual([0, []]);
  expect(statusesOf(repo, repo.head)).toEqual({
    rota: 'success: no findings',
    'rota / consent': 'success: everyone whose time changes has agreed',
  });
  expect(commentOn(repo)).toContain('this began after it was pushed');

  const merge = repo.merge(repo.base, repo.head);
  repo.github.move('main', repo.base, 'chi-wong');
  Object.assign(pull ?? {}, { merge_commit_sha: merge });
  repo.github.state.now = MERGED;
  repo.github.merge(7, 'mallory-muir');
  after(repo);
  const pushed = await check(repo, now, repo.github.pushEvent());
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
    await checkPull(repo, BEGUN);
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

    // A button of GitHub brings the branch up to date.
    const tip = repo.commit(repo.base, { 'notes.md': 'Nothing of the rota.\n' });
    repo.github.move('main', tip, 'chi-wong');
    const updated = repo.merge(head, tip);
    repo.github.state.now = '2026-12-30T09:00:30Z';
    repo.github.push(7, updated, 'nia-rhys');
    repo.merge(tip, updated);
    await checkPull(repo, '2026-12-30T09:00:40Z', 7, 'pull-request-synchronize');
    repo.github.state.now = '2026-12-30T09:00:50Z';
    await approved(repo, ['ben-adeyemi', 'amara-osei'], '2026-12-30T09:00:55Z');
    expect(statusesOf(repo, updated)).toEqual(STATES);

    repo.github.state.now = '2026-12-30T09:01:00Z';
    repo.github.label(7, 'emergency-cover', 'nia-rhys');
    await checkPull(repo, '2026-12-30T09:02:00Z', 7, 'pull-request-labeled');
    expect(statusesOf(repo, updated).rota).toMatch(/^success/);
  });

  test('a lead who approved the emergency of another change of the same pull request', async () => {
    const { repo, head } = await labelled('mallory-muir', '2026-12-23', '2026-12-30');
    await approved(repo, ['ben-adeyemi', 'amara-osei', 'nia-rhys'], '2026-12-20T09:03:00Z');
    expect(statusesOf(repo, head).rota).toMatch(/^success/);
    await checkPull(repo, '2026-12-22T09:00:00Z', 7, 'pull-request-review-submitted');
    expect(statusesOf(repo, head).rota).toMatch(/^success/);
    await checkPull(repo, '2026-12-30T09:00:00Z', 7, 'pull-request-review-submitted');
    expect(statusesOf(repo, head)).toEqual(STATES);

    repo.github.state.now = '2026-12-30T09:05:00Z';
    await approved(repo, ['nia-rhys'], '2026-12-30T09:05:00Z');
    expect(statusesOf(repo, head).rota).toMatch(/^success/);
  });

  test('a lead who approved then, whatever our comment says of when the label was set', async () => {
    const { repo, head } = await labelled('mallory-muir', '2026-12-30');
    repo.github.state.now = '2026-12-20T09:02:00Z';
    await approved(repo, ['ben-adeyemi', 'nia-rhys'], '2026-12-20T09:03:00Z');
    const late = '2026-12-24T09:00:00Z';
    await checkPull(repo, late);
    expect(statusesOf(repo, head).rota).toMatch(/^failure/);
    // Whoever may push can have a workflow of their branch edit it in our name.
    const comment = repo.github.state.pulls[0]?.comments.find(({ body }) => body === commentOn(repo));
    const since = '"labelledSince":"2026-12-20T09:00:30Z"';
    const body = commentOn(repo).replace(/"labelledSince":"[^"]*"/, since);
    expect([body.includes(since), body === commentOn(repo)]).toEqual([true, false]);
    repo.github.editComment(comment?.id ?? 0, { body, by: 'github-actions[bot]' });
    await checkPull(repo, late);
    expect(statusesOf(repo, head).rota).toMatch(/^failure/);
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
    '@nia-rhys approved before this showed the label, or that the notice is too short, or before a label was ' +
      'removed; approve it again',
  );
});

describe('when another label was removed since the label was set, nobody knows who set it', () => {
  const LATER = '2026-12-23T10:17:00Z';

  async function labelled() {
    const repo = await shove({ now: OPENED });
    repo.github.label(7, 'needs-triage', 'mallory-muir');
    repo.github.label(7, 'emergency-cover', 'mallory-muir');
    return { ...repo, rota: () => statusesOf(repo, repo.head).rota };
  }

  test('an approval counts once the comment has shown it', async () => {
    const repo = await labelled();
    unlabelled(repo, 'needs-triage');
    await checkPull(repo, BEGUN, 7, 'pull-request-labeled');
    repo.github.state.now = LATER;
    await approved(repo, ['amara-osei', 'nia-rhys'], MERGED);
    expect(repo.rota()).toMatch(/^success/);
    expect(repo.github.violations).toEqual([]);
  });

  test('one before that removal does not, and the comment says what helps', async () => {
    const repo = await labelled();
    await checkPull(repo, BEGUN, 7, 'pull-request-labeled');
    await approved(repo, ['amara-osei', 'nia-rhys'], BEGUN);
    expect(repo.rota()).toMatch(/^success/);
    repo.github.state.now = LATER;
    unlabelled(repo, 'needs-triage');
    await checkPull(repo, MERGED);
    expect(repo.rota()).toMatch(/^failure/);
    expect(commentOn(repo)).toContain('or before a label was removed; approve it again');
    repo.github.state.now = MERGED;
    await approved(repo, ['nia-rhys'], MERGED);
    expect(repo.rota()).toMatch(/^success/);
  });

  test('one before the first verdict does not: it may have been set after that', async () => {
    const repo = await labelled();
    unlabelled(repo, 'needs-triage');
    repo.github.state.now = '2026-12-23T09:50:00Z';
    await approved(repo, ['amara-osei', 'nia-rhys'], BEGUN);
    expect(repo.rota()).toMatch(/^failure/);
    repo.github.state.now = LATER;
    await approved(repo, ['nia-rhys'], MERGED);
    expect(repo.rota()).toMatch(/^success/);
  });
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

test('an emergency that was approved beside it lets no planned change pass whose request was closed since', async () => {
  const asked = '2026-12-01T09:00:00Z';
  const body = bodyOf({
    ...CHANGE,
    Service: 'Desk (desk)',
    Summary: 'Up',
    'Scheduled start': '2027-01-15T18:00',
    'Scheduled end': '2027-01-15T22:00',
  });
  const issue = { number: 5, title: 'Up', body, user: 'mallory-muir', created_at: asked, updated_at: asked };
  const files = {
    [AT.rota]: ROTA.replace('handover', 'hours: day\ncovers: [day]\nhandover'),
    [AT.notice]:
      'rota_change: {minimum: 7 days}\nconsent: [both-people]\nshort_cover: {longest: 1 hour}\nout_of_hours_change: {minimum: 48 hours}\n',
    'policies/support-hours/day.yaml':
      'name: Day\ntimezone: Europe/London\nwindows:\n  day: [{days: working, from: "09:00", to: "17:00"}]\n  night: {outside: [day]}\n',
    'policies/service-levels/desk.yaml':
      'name: Desk\nhours: day\nexample: true\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours, night: none}\n',
    'policies/escalation/all.yaml':
      'name: All\napplies_in: [day, night]\nlevels: [{notify: [paas/on-call/engineer], escalate_after: 5 minutes}, {notify: [{person: nia-rhys}]}]\n',
    'policies/services.yaml':
      'services:\n  desk: {name: Desk, team: paas, service_level: desk, escalation: {day: all, night: all}}\n',
  };
  const repo = await repository(files, { issues: [issue] });
  const { owner, name } = repo.github.state;
  const head = repo.commit(repo.base, {
    [AT.rota]: files[AT.rota].replace(
      'timezone',
      'overrides:\n  - {role: engineer, turn: 2027-01-20, person: amara-osei}\ntimezone',
    ),
    'rotas/paas/planned-changes.yaml': `changes:
  up: {service: desk, summary: Up, timezone: Europe/London, from: 2027-01-15T18:00, to: 2027-01-15T22:00,
    requested_at: 2026-12-01T10:00:00Z, request: "https://github.com/${owner}/${name}/issues/5",
    assigned: [{role: paas/on-call/engineer, person: chi-wong}]}
`,
  });
  repo.github.state.now = '2027-01-15T10:00:00Z';
  repo.open(7, 'mallory-muir', head);
  repo.merge(repo.base, head);
  repo.github.label(7, 'emergency-cover', 'mallory-muir');
  await checkPull(repo, '2027-01-15T10:05:00Z');
  await approved(repo, ['chi-wong', 'amara-osei', 'nia-rhys'], '2027-01-15T10:20:00Z');
  expect(statusesOf(repo, head).rota).toMatch(/^success/);
  expect(commentOn(repo)).toContain('enough counted from Tue 1 Dec 10:00');
  Object.assign(repo.github.state.issues[0] ?? {}, { state: 'closed', closed_at: '2027-01-15T11:00:00Z' });
  await checkPull(repo, '2027-01-15T16:30:00Z', 7, 'pull-request-review-submitted');
  expect(statusesOf(repo, head).rota).toMatch(/^failure/);
});

test('a label that is named like that of emergencies only later was not set by whoever opened it', async () => {
  const repo = await repository({}, { now: '2026-12-22T09:00:00Z' });
  const head = repo.commit(repo.base, TAKEN);
  repo.open(7, 'nia-rhys', head);
  repo.merge(repo.base, head);
  repo.github.label(7, 'discussed', 'mallory-muir');
  repo.github.renameLabel('discussed', 'emergency-cover');
  repo.github.label(7, 'discussed', 'mallory-muir');
  await checkPull(repo, '2026-12-22T09:01:00Z');
  await approved(repo, ['amara-osei', 'mallory-muir'], '2026-12-22T09:02:00Z');
  expect(statusesOf(repo, head)).toEqual({
    rota: expect.stringMatching(/^failure/),
    'rota / consent': expect.stringMatching(/^success/),
  });

  repo.github.label(7, 'emergency-cover', 'nia-rhys');
  await checkPull(repo, '2026-12-22T09:03:00Z', 7, 'pull-request-labeled');
  expect(statusesOf(repo, head).rota).toMatch(/^success/);
});
