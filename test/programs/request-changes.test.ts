/** Requests for planned changes, from event to pull request, on a loopback GitHub. */
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../actions/lib/pipeline.ts';
import { at, published } from '../handbook.ts';
import { changeBody } from '../requests/bodies.ts';
import {
  approved,
  daily,
  issueIn,
  ownComments,
  PLANNED,
  push,
  repositoryWith,
  run,
  sample,
  shownComment,
  shownTitle,
  statusesOf,
  writes,
} from './request-repository.ts';

describe('a planned change', () => {
  test('gets one comment: the verdict, the notice, the window, and who is on call', async () => {
    const there = await repositoryWith({ body: changeBody() });
    const { status, report } = await run(there, 'issues-opened');
    expect([status, report]).toEqual([0, ['issue 77: judged']]);
    expect(ownComments(there)).toHaveLength(1);
    expect(shownTitle(there)).toBe('Accepted for review');
    expect(shownComment(there)).toMatch(/\| Support hours \| outside all support hours \|/);
    expect(shownComment(there)).toMatch(/\| Notice \| 3 days.* notice; the policy asks 48 hours \|/);
    expect(shownComment(there)).toMatch(/\| First line \| Łukasz Zieliński /);
    expect(shownComment(there)).toMatch(/\| Second line \| Siân Pritchard /);
    expect(issueIn(there).labels).toEqual(['accepted-for-review']);
    expect(there.github.state.pulls).toEqual([]);
    expect(there.github.violations).toEqual([]);
  });

  test('run again writes nothing', async () => {
    const there = await repositoryWith({ body: changeBody() });
    await run(there, 'issues-opened');
    const before = writes(there).length;
    await run(there, 'issues-opened', '2027-01-03T13:00:00Z');
    await run(there, daily, '2027-01-04T05:47:00Z');
    expect(writes(there).slice(before)).toEqual([]);
  });

  test('with too little notice is reported, and an edit of its dates restarts the notice', async () => {
    const there = await repositoryWith({ body: changeBody({ 'Scheduled start': '2027-01-05T11:58' }) });
    await run(there, 'issues-opened');
    expect([shownTitle(there), issueIn(there).labels]).toEqual([
      'This needs more notice',
      ['needs-more-notice'],
    ]);
    there.github.state.now = '2027-01-05T00:00:00Z';
    there.github.edit(77, changeBody({ 'Scheduled start': '2027-01-06T23:59' }));
    await run(there, 'issues-edited');
    expect(shownTitle(there)).toBe('This needs more notice');
    there.github.edit(
      77,
      changeBody({ 'Scheduled start': '2027-01-08T23:00', 'Scheduled end': '2027-01-09T01:00' }),
    );
    await run(there, 'issues-edited');
    expect([shownTitle(there), issueIn(there).labels]).toEqual([
      'Accepted for review',
      ['accepted-for-review'],
    ]);
    there.github.edit(
      77,
      changeBody({
        'Scheduled start': '2027-01-08T23:00',
        'Scheduled end': '2027-01-09T01:00',
        Summary: 'Other routers',
      }),
    );
    const since = /as requested .*/.exec(shownComment(there))?.[0];
    await run(there, 'issues-edited', '2027-01-05T09:00:00Z');
    expect(since).toBe('as requested Tue 5 Jan 00:00 UTC.</sub>');
    expect(shownComment(there)).toContain(since);
    expect(ownComments(there)).toHaveLength(1);
    expect(there.github.violations).toEqual([]);
  });

  test('that lacks values lists them, field by field', async () => {
    const there = await repositoryWith({
      body: changeBody({ 'Rollback plan': '', 'Slack channel': 'somewhere' }),
    });
    await run(there, 'issues-opened');
    expect(issueIn(there).labels).toEqual(['needs-information']);
    expect(shownComment(there)).toMatch(
      /- \*\*Rollback plan\*\*: nothing is here; fill it in\n- \*\*Slack channel\*\*: /,
    );
  });

  test('approved by a lead ends as YAML that the check accepts, and as an event in the calendars', async () => {
    const there = await repositoryWith({ body: changeBody() });
    const { status, report } = await approved(there);
    expect([status, report]).toEqual([0, ['issue 77: proposed']]);
    const { pulls } = there.github.state;
    expect(pulls).toHaveLength(1);
    expect(pulls[0]).toMatchObject({
      state: 'open',
      head: { ref: 'change/issue-77' },
      base: { ref: 'main' },
    });
    expect(pulls[0]?.requested.toSorted()).toEqual([
      'helene-marchetti',
      'lukasz-zielinski',
      'sian-pritchard',
    ]);
    const statuses = there.github.state.statuses[pulls[0]?.head.sha ?? ''] ?? [];
    expect(statuses.map(({ context, state }) => `${context} ${state}`)).toEqual([
      'rota / consent pending',
      'rota success',
    ]);
    expect(pulls[0]?.comments[0]?.body).toContain('Whose time changes');
    expect(ownComments(there)).toHaveLength(1);
    expect(shownComment(there)).toContain('#78');
    for (const step of ['Before the change', 'During the change', 'After the change', '&#35;router-change'])
      expect(shownComment(there).replaceAll('#<!-- -->', '&#35;')).toContain(step);
    expect(issueIn(there).labels).toEqual(['accepted-for-review']);

    const text = there.github.state.git.filesAt('change/issue-77')?.get(PLANNED) ?? '';
    expect(text.replace(sample.texts.get(PLANNED) ?? '', '')).toBe(`  issue-77:
    service: modernisation-platform
    summary: Replace the network routers
    timezone: Europe/London
    from: 2027-01-06T23:00
    to: 2027-01-07T01:00
    requested_at: 2027-01-03T11:59:00Z
    request: https://github.com/example/handbook/issues/77
    assigned:
      - {role: modernisation-platform/on-call/primary, person: lukasz-zielinski}
      - {role: modernisation-platform/on-call/secondary, person: sian-pritchard}
`);
    there.files.set(PLANNED, text);
    const { findings } = evaluate({ texts: there.files, findings: [] }, at('2027-01-03T13:00:00Z'), () => {});
    expect(findings.filter(({ severity }) => severity === 'error' || severity === 'warning')).toEqual([]);
    const files = published(new Map(sample.texts).set(PLANNED, text), { now: at('2027-01-03T13:00:00Z') });
    for (const feed of ['teams/modernisation-platform', 'people/lukasz-zielinski', 'people/sian-pritchard'])
      expect(files.get(`calendars/${feed}.ics`)).toContain(
        'SUMMARY:Planned change: Modernisation Platform: Replace the network',
      );

    there.github.merge(78);
    push(there);
    await run(there, there.github.event('pull-request-closed', 78));
    expect([shownTitle(there), issueIn(there).labels]).toEqual(['Confirmed: it is in the calendars', []]);
    expect(there.github.state.pulls).toHaveLength(1);
    await run(there, daily, '2027-01-07T05:47:00Z');
    await run(there, daily, '2027-01-08T05:47:00Z');
    expect(ownComments(there).map(({ body }) => /How did it go\?/.test(body))).toEqual([false, true]);
    expect(there.github.violations).toEqual([]);
  });

  test.each([
    ['a stranger', 'mallory', 'none', 0],
    ['the lead, without write access', 'helene-marchetti', 'triage', 2],
  ] as const)('approved by %s is answered once, and stays as it is', async (_, user, permission, lookups) => {
    const there = await repositoryWith({ body: changeBody() });
    there.github.state.permissions[user] = permission;
    await approved(there, user);
    there.github.comment(77, { user, body: '/approve again' });
    await run(there, 'issue-comment-created');
    expect(ownComments(there).map(({ body }) => /Thank you/.test(body))).toEqual([false, true]);
    expect(shownTitle(there)).toBe('Accepted for review');
    expect(there.github.state.pulls).toEqual([]);
    const looked = there.github.requests.filter(
      ({ operation }) => operation === 'repos/get-collaborator-permission-level',
    );
    expect(looked).toHaveLength(lookups);
    expect(there.github.violations).toEqual([]);
  });

  test('is approved in order: the decision is recorded before it is carried out', async () => {
    const there = await repositoryWith({ body: changeBody() });
    await run(there, 'issues-opened');
    const before = writes(there).length;
    there.github.comment(77, { user: 'helene-marchetti', body: '/approve' });
    await run(there, 'issue-comment-created');
    expect(writes(there).slice(before)).toEqual([
      'issues/update-comment',
      'git/create-tree',
      'git/create-commit',
      'git/create-ref',
      'pulls/create',
      'issues/update-comment',
      'issues/create-comment',
      'repos/create-commit-status',
      'repos/create-commit-status',
      'pulls/request-reviewers',
      'pulls/request-reviewers',
      'pulls/request-reviewers',
    ]);
  });

  test('edited after approval is judged again: the approval is void, and the pull request closed', async () => {
    const there = await repositoryWith({ body: changeBody() });
    await approved(there);
    expect(statusesOf(there)).toMatchObject({ rota: 'success' });
    there.github.edit(77, changeBody({ 'Scheduled end': '2027-01-07T02:00' }));
    await run(there, 'issues-edited');
    expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['closed']);
    // Whoever reopens it gets nothing that is green.
    expect(Object.values(statusesOf(there))).toEqual(['pending', 'pending']);
    expect(shownComment(there)).toContain('the approval is void');
    expect(shownTitle(there)).toBe('Accepted for review');
    there.github.comment(77, { user: 'helene-marchetti', body: '/approve' });
    await run(there, 'issue-comment-created');
    expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(there.github.state.git.filesAt('change/issue-77')?.get(PLANNED)).toContain('to: 2027-01-07T02:00');
    expect(there.github.violations).toEqual([]);
  });

  test('declined with a reason is closed, and shows the reason without markup', async () => {
    const there = await repositoryWith({ body: changeBody() });
    await run(there, 'issues-opened');
    there.github.comment(77, { user: 'helene-marchetti', body: '/decline **not** in @everyone week' });
    await run(there, 'issue-comment-created');
    expect(issueIn(there)).toMatchObject({ state: 'closed', state_reason: 'not_planned', labels: [] });
    expect(shownComment(there)).toMatch(/Declined by Hélène Marchetti: &#42;&#42;not/);
    expect(shownComment(there)).not.toMatch(/@everyone/);
    issueIn(there).state = 'open';
    await run(there, 'issues-reopened');
    expect([shownTitle(there), issueIn(there).state]).toEqual(['Accepted for review', 'open']);
    expect(there.github.violations).toEqual([]);
  });

  test('is not done by an entry of its name that was over before it was requested', async () => {
    const there = await repositoryWith({ body: changeBody() });
    const entry = `  issue-77:
    service: network
    summary: Something else
    timezone: Europe/London
    from: 2026-12-01T20:00
    to: 2026-12-01T20:05
    requested_at: 2026-11-01T09:00:00Z
    assigned:
      - {role: modernisation-platform/out-of-hours/first-line, person: lukasz-zielinski}
`;
    there.files.set(PLANNED, `${(there.files.get(PLANNED) ?? '').trimEnd()}\n${entry}`);
    push(there);
    await run(there, 'issues-opened');
    expect(shownTitle(there)).toBe('Accepted for review');
  });

  test('that has become impossible keeps its pull request, with failing statuses', async () => {
    const there = await repositoryWith({ body: changeBody() });
    await approved(there);
    expect(statusesOf(there)).toMatchObject({ rota: 'success' });
    await run(there, daily, '2027-01-07T05:47:00Z');
    expect([there.github.state.pulls[0]?.state, statusesOf(there)]).toEqual([
      'open',
      { 'rota / consent': 'pending', rota: 'failure' },
    ]);
  });

  test('whose pull request was closed is not proposed again until it is edited', async () => {
    const there = await repositoryWith({ body: changeBody() });
    await approved(there);
    there.github.close(78);
    await run(there, there.github.event('pull-request-closed', 78));
    await run(there, daily);
    expect([shownTitle(there), there.github.state.pulls.length]).toEqual(['The pull request was closed', 1]);
  });
});
