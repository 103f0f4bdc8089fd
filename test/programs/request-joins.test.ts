/** Requests to join a rota, from event to pull request, on a loopback GitHub. */
import { describe, expect, test } from 'vitest';
import { JOIN_ITEMS, joinBody } from '../requests/bodies.ts';
import {
  checkOutMain,
  daily,
  issueIn,
  type Repository,
  repositoryWith,
  run,
  shownComment,
  shownTitle,
  statusesOf,
} from './request-repository.ts';

const ROTA = 'rotas/govpress/development-support.yaml';
const PEOPLE = 'rotas/people/dxw.yaml';

/** Somebody comments, and a run follows. */
async function says(there: Repository, user: string, body: string) {
  const comment = there.github.comment(77, { user, body });
  await run(there, 'issue-comment-created');
  return comment;
}

const opened = async () => {
  const there = await repositoryWith({ body: joinBody(), user: 'zoe-quinn' });
  there.github.state.permissions['zoe-quinn'] = 'read';
  await run(there, 'issues-opened');
  return there;
};
const branch = ({ github }: Repository) => github.state.git.filesAt('join/issue-77');

describe('somebody who joins', () => {
  test('sees what is to be done, whom to ask, and when the first turn would be', async () => {
    const there = await opened();
    const shown = shownComment(there);
    expect(shownTitle(there)).toBe('0 of 11 done');
    expect(shown).toContain('| ⬜ | `vpn` | The VPN | Hannah Whitlock |  |');
    expect(shown).toContain('| ⬜ | `vetting` | The staff vetting is completed | Rosalind Achebe |  |');
    expect(shown).toContain('the first turn is that of 2027-02-17 (Wed 17 Feb 10&#58;00');
    expect([there.github.state.pulls, issueIn(there).labels]).toEqual([[], []]);
    expect(there.github.violations).toEqual([]);
  });

  test('is added to people and to the rotation by a pull request, when everything is done', async () => {
    const there = await opened();
    await says(there, 'hannah-whitlock', '/done vpn, site-vault\nShe has both.');
    expect(shownTitle(there)).toBe('2 of 11 done');
    expect(shownComment(there)).toContain('| ✅ | `vpn` | The VPN |  | Sun 3 Jan 2027, Hannah Whitlock |');
    await says(there, 'Rosalind-Achebe', `/done ${JOIN_ITEMS}`);
    expect(shownTitle(there)).toBe('Everything is done');
    const [pull] = there.github.state.pulls;
    expect([pull?.title, pull?.head.ref]).toEqual([
      'Join: govpress/development-support/developer, zoe-quinn',
      'join/issue-77',
    ]);
    expect(pull?.requested).toEqual(
      expect.arrayContaining(['aoife-ni-bhriain', 'bronwen-hughes', 'rosalind-achebe', 'leah-goldstein']),
    );
    expect(statusesOf(there)).toEqual({ 'rota / consent': 'pending', rota: 'success' });
    expect(branch(there)?.get(ROTA)).toContain(
      '      - first_turn: 2027-01-27\n        people: [aoife-ni-bhriain, liam-okafor, mei-lin-tan, zoe-quinn]\n    pagerduty',
    );
    expect(branch(there)?.get(PEOPLE)).toMatch(
      / {2}zoe-quinn:\n {4}name: Zoë Quinn\n {4}skills: \[developer\]\n {4}github: zoe-quinn\n {4}pagerduty: PZOEQU1\n {4}vetted_on: 2026-12-14\n {4}delivery_lead: bronwen-hughes\n {4}onboarded:\n {6}govpress:\n {8}vetting: 2027-01-03\n/,
    );
    expect(there.github.violations).toEqual([]);
  });

  test('is done when that is merged, and is not added again', async () => {
    const there = await opened();
    await says(there, 'leah-goldstein', `/done ${JOIN_ITEMS}`);
    there.github.merge(78);
    checkOutMain(there);
    await run(there, there.github.event('pull-request-closed', 78));
    expect([shownTitle(there), issueIn(there).state]).toEqual(['Done', 'closed']);
    await run(there, daily);
    expect([shownTitle(there), there.github.state.pulls.length]).toEqual(['Done', 1]);
    expect(there.github.violations).toEqual([]);
  });

  test('by an issue that a run repeats changes nothing more', async () => {
    const there = await opened();
    await says(there, 'leah-goldstein', `/done ${JOIN_ITEMS}`);
    const before = [shownComment(there), there.github.state.pulls[0]?.head.sha];
    for (const now of ['2027-01-04T05:47:00Z', '2027-01-12T05:47:00Z']) await run(there, daily, now);
    expect([shownComment(there), there.github.state.pulls[0]?.head.sha]).toEqual(before);
  });
});

describe('a word that something is done', () => {
  test('counts while its comment is there and unedited', async () => {
    const there = await opened();
    const { id } = await says(there, 'leah-goldstein', `/done ${JOIN_ITEMS}`);
    expect(shownTitle(there)).toBe('Everything is done');
    there.github.editComment(id, { body: `/done ${JOIN_ITEMS}`, by: 'mallory-muir' });
    await run(there, daily);
    expect(shownTitle(there)).toBe('0 of 11 done');
    expect(there.github.state.pulls.map(({ state }) => state)).toEqual(['closed']);
    expect(statusesOf(there)).toEqual({ 'rota / consent': 'pending', rota: 'pending' });
  });

  test('counts with write access only', async () => {
    const there = await opened();
    there.github.state.permissions['hannah-whitlock'] = 'read';
    await says(there, 'hannah-whitlock', '/done vpn');
    expect(shownTitle(there)).toBe('0 of 11 done');
    expect(shownComment(there)).toContain('vpn, of hannah-whitlock&#58; the account has no write access');
  });

  test('is none in what others write into our comment', async () => {
    const there = await opened();
    const [own] = issueIn(there).comments;
    const ticked = shownComment(there).replaceAll('⬜', '✅').replace('0 of 11', '11 of 11');
    there.github.editComment(own?.id ?? 0, { body: ticked, by: 'hannah-whitlock' });
    await run(there, daily);
    const titles = issueIn(there).comments.map(({ body }) => /^### (.*)$/m.exec(body)?.[1]);
    expect(titles.at(-1)).toBe('0 of 11 done');
    expect(there.github.state.pulls).toEqual([]);
  });
});
