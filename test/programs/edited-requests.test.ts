/** What others edit: commands, our own comment with the state, and the request itself, by GitHub's history of it. */
import { describe, expect, test } from 'vitest';
import { changeBody } from '../requests/bodies.ts';
import {
  approved,
  daily,
  issueIn,
  ownComments,
  PLANNED,
  push,
  type Repository,
  repositoryWith,
  run,
  shownComment,
  shownTitle,
} from './request-repository.ts';

const LEAD = 'helene-marchetti';
const ACCEPTED = 'Accepted for review';
const queries = ({ github }: Repository) =>
  github.requests.filter(({ operation }) => operation === 'graphql');
const pullStates = ({ github }: Repository) => github.state.pulls.map(({ state }) => state);

async function judged(): Promise<Repository> {
  const there = await repositoryWith({ body: changeBody() });
  await run(there, 'issues-opened');
  return there;
}

describe('a command', () => {
  test('that somebody else wrote into a comment, within the second of it, is none', async () => {
    const there = await judged();
    const { id, created_at: at } = there.github.comment(77, { user: LEAD, body: 'Looks good' });
    there.github.editComment(id, { body: '/approve', by: 'mallory-muir', at });
    await run(there, 'issue-comment-created');
    expect([shownTitle(there), pullStates(there)]).toEqual([ACCEPTED, []]);
    expect(there.github.violations).toEqual([]);
  });

  test('that its author wrote into a comment later is none, and asks GitHub for no history', async () => {
    const there = await judged();
    const { id } = there.github.comment(77, { user: LEAD, body: 'Looks good' });
    there.github.editComment(id, { body: '/approve', by: LEAD });
    await run(there, 'issue-comment-created');
    expect([shownTitle(there), pullStates(there)]).toEqual([ACCEPTED, []]);
    const ids = [expect.any(String), expect.any(String)];
    expect(queries(there).at(-1)?.body).toMatchObject({ variables: { ids } });
  });

  test.each([
    ['an outage', { status: 502 }, 4],
    ['a refusal', { status: 403 }, 1],
    ['a limit that is in the answer', { status: 200, body: { errors: [{ type: 'RATE_LIMITED' }] } }, 1],
  ])('waits while GitHub does not know its history: %s', async (_, fault, times) => {
    const there = await judged();
    there.github.comment(77, { user: LEAD, body: '/approve' });
    const before = shownComment(there);
    there.github.fault('graphql', fault, { times });
    const { status, report } = await run(there, 'issue-comment-created');
    expect([status, report]).toEqual([1, [expect.stringContaining('so the request waits')]]);
    expect([shownComment(there), pullStates(there)]).toEqual([before, []]);
    await run(there, daily);
    expect(pullStates(there)).toEqual(['open']);
  });
});

describe('our comment', () => {
  test('with a decision that somebody wrote into it decides nothing; another comment takes its place', async () => {
    const there = await judged();
    const { id, body } = ownComments(there)[0] as (typeof there.github.state.issues)[0]['comments'][0];
    const digest = /"digest":"(\w+)"/.exec(body)?.[1];
    const forged = `"decision":{"kind":"approved","digest":"${digest}","by":"${LEAD}","comment":1},"form"`;
    const edited = body.replace('"form"', forged);
    there.github.editComment(id, { body: edited, by: 'mallory-muir' });
    await run(there, daily);
    await run(there, daily);
    expect(pullStates(there)).toEqual([]);
    expect(ownComments(there).map((it) => [it.body === edited, it.body.includes(ACCEPTED)])).toEqual([
      [true, true],
      [false, true],
    ]);
    there.github.comment(77, { user: LEAD, body: '/approve' });
    await run(there, 'issue-comment-created');
    expect([ownComments(there)[0]?.body, pullStates(there)]).toEqual([edited, ['open']]);
    expect(there.github.violations).toEqual([]);
  });

  test('that only we edited keeps the decision', async () => {
    const there = await judged();
    await approved(there);
    await run(there, daily);
    expect([ownComments(there).length, pullStates(there)]).toEqual([1, ['open']]);
  });
});

describe('the notice of a request', () => {
  const WRITTEN = /requested_at: (\S+)/;
  const EDITED = '2027-01-03T20:00:00Z';
  const written = ({ github }: Repository) => {
    const text = github.state.git.filesAt('change/issue-77')?.get(PLANNED) ?? '';
    return WRITTEN.exec(text.slice(text.indexOf('issue-77:')))?.[1];
  };

  test.each([
    ['the people', { 'Who will be there': 'Somebody else.' }, EDITED],
    ['the times', { 'Scheduled start': '2027-01-06T23:30' }, EDITED],
    ['the summary', { Summary: 'Replace some routers' }, '2027-01-03T11:59:00Z'],
  ])('counts anew from an edit of %s only if that decides who is there', async (_, given, expected) => {
    const there = await judged();
    there.github.state.now = EDITED;
    there.github.edit(77, changeBody(given));
    // Anything else that happens to the issue later is no edit of it.
    there.github.state.now = '2027-01-03T21:00:00Z';
    issueIn(there).updated_at = there.github.state.now;
    await approved(there);
    await approved(there);
    expect(written(there)).toBe(expected);
  });

  test('counts from the last edit where nobody saw what the issue was before', async () => {
    const there = await repositoryWith({ body: 'A question' });
    await run(there, 'issues-opened');
    there.github.state.now = EDITED;
    there.github.edit(77, changeBody());
    await approved(there);
    await approved(there);
    expect(written(there)).toBe(EDITED);
  });
});

describe('a comment of a lead that somebody else edits after an approval', () => {
  const EDITED = "Somebody edited a lead's comment";

  async function edited(given: { readonly isRead: boolean; readonly isOld?: boolean }): Promise<Repository> {
    const there = await judged();
    await approved(there);
    const { id } = there.github.comment(77, {
      user: LEAD,
      body: 'Thanks! The runbook is at http://old.example',
    });
    if (given.isRead) await run(there, 'issue-comment-created');
    for (const own of given.isOld === true ? ownComments(there) : [])
      own.body = own.body.replace(/,"read":\d+/, '');
    there.github.editComment(id, { body: 'Thanks! It is at http://new.example', by: 'mallory-muir' });
    await run(there, daily);
    return there;
  }

  test('makes it void if no run had read it: it may have been a decline', async () => {
    const there = await edited({ isRead: false });
    expect([shownTitle(there), pullStates(there)]).toEqual([ACCEPTED, ['closed']]);
    expect(shownComment(there)).toContain(EDITED);
  });

  test('changes nothing once a run has read it', async () => {
    const there = await edited({ isRead: true });
    expect([pullStates(there), shownComment(there).includes(EDITED)]).toEqual([['open'], false]);
    expect(there.github.violations).toEqual([]);
  });

  test('makes it void where an earlier version of the state does not say what was read', async () => {
    const there = await edited({ isRead: true, isOld: true });
    expect(pullStates(there)).toEqual(['closed']);
  });
});

describe('an approval by a lead is void once they may not decide any more', () => {
  const SERVICES = 'policies/services.yaml';
  const TEAM = 'rotas/modernisation-platform/team.yaml';
  const SERVICE_OF = /^ {2}modernisation-platform:\n(?: {4}.*\n)*? {4}team: \S+/m;
  const withOtherTeam = (text: string) =>
    text.replace(SERVICE_OF, (it) => it.replace(/team: \S+$/, 'team: paas'));

  test.each<[what: string, file: string, edit: (text: string) => string]>([
    ['the service has another team', SERVICES, withOtherTeam],
    ['the team has another lead', TEAM, (text) => text.replace(LEAD, 'sian-pritchard')],
  ])('%s', async (_, file, edit) => {
    const there = await judged();
    await approved(there);
    const text = there.files.get(file) ?? '';
    expect(edit(text)).not.toBe(text);
    there.files.set(file, edit(text));
    push(there);
    await run(there, daily);
    expect([shownTitle(there), pullStates(there)]).toEqual([ACCEPTED, ['closed']]);
    expect(shownComment(there)).toContain('who may decide on it, changed after it was approved');
    // It does not come back with them.
    there.files.set(file, text);
    push(there);
    await run(there, daily);
    expect(pullStates(there)).toEqual(['closed']);
    there.github.comment(77, { user: LEAD, body: '/approve' });
    await run(there, 'issue-comment-created');
    expect(pullStates(there)).toEqual(['closed', 'open']);
    expect(there.github.violations).toEqual([]);
  });
});
