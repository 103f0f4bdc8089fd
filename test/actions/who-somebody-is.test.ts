// Whose lead speaks for somebody who is on no rota, is removed or is new, by the action as GitHub runs it.
import { describe, expect, test } from 'vitest';
import {
  AT,
  approved,
  checkPull,
  EARLY,
  type Files,
  PEOPLE,
  ROTA,
  repository,
  statusesOf,
} from './pull-request.ts';

const OLU = '  olu-ade: {name: Olu Ade, github: olu-ade}\n';
const PAT = '  pat-lee: {name: Pat Lee, reach: {phone: "+44 20 7946 0000"}}\n';

/** Mallory leads another team; the chain of paas calls Olu, and Pat has no key that would be missed. */
const BASE: Files = {
  'rotas/mal/team.yaml': 'name: Mal\nleads: [mallory-muir]\n',
  [AT.people]: PEOPLE + OLU + PAT,
  'policies/support-hours/day.yaml':
    'name: Day\ntimezone: Europe/London\nwindows:\n  day: [{days: every, from: "09:00", to: "17:00"}]\n',
  'policies/escalation/night.yaml':
    'name: Night\napplies_in: [day]\nlevels: [{notify: [paas/on-call/engineer], escalate_after: 5 minutes}, {notify: [{person: olu-ade}]}]\n',
  [AT.rota]: ROTA.replace('engineer:\n', 'engineer:\n    needs: {vetted: true}\n'),
};

/** What Mallory's pull request waits for, and what a lead of paas makes of it. */
async function withLead(
  files: Files,
  before = BASE,
  label?: string,
): Promise<readonly (string | undefined)[]> {
  const repo = await repository(before);
  const head = repo.commit(repo.base, files);
  repo.open(7, 'mallory-muir', head);
  repo.merge(repo.base, head);
  if (label !== undefined) repo.github.label(7, label, 'mallory-muir');
  await checkPull(repo, EARLY);
  const waiting = statusesOf(repo, head)['rota / consent'];
  await approved(repo, ['nia-rhys']);
  expect(repo.github.violations).toEqual([]);
  return [waiting, statusesOf(repo, head)['rota / consent']];
}

const AGREED = 'success: the change of who somebody is has been agreed to';

describe('a lead of another team does not decide', () => {
  test('who somebody is whom only a chain of this one calls', async () => {
    const people = PEOPLE + OLU.replace('github: olu-ade', 'github: mal-2, pagerduty: PMALSEC') + PAT;
    expect(await withLead({ [AT.people]: people })).toEqual([
      'pending: waiting for olu-ade or nia-rhys',
      AGREED,
    ]);
  });

  test('that somebody new of its rota is vetted', async () => {
    const zoe = '  zoe-zed: {name: Zoe Zed, github: mallory-too, vetted_on: 2026-11-01}\n';
    const files = {
      [AT.people]: PEOPLE + OLU + PAT + zoe,
      [AT.rota]: `${BASE[AT.rota]}      - {first_turn: 2029-01-03, people: [zoe-zed]}\n`,
    };
    expect(await withLead(files)).toEqual(['pending: waiting for nia-rhys', AGREED]);
  });

  test('the record of somebody who has left, although something of theirs changes in their own team', async () => {
    const old = (rota: string, mallorys = '') =>
      `${rota}      - {first_turn: 2026-03-04, people: [olu-ade]}\n      - {first_turn: 2026-03-18, people: []}\n${mallorys}`;
    const [rota, turns] = ROTA.split(/(?<=rotation:\n)/) as [string, string];
    const taken = `    turns: {2026-03-11: mallory-muir}\n`;
    const before = {
      ...BASE,
      [AT.people]: PEOPLE + OLU.replace('olu-ade}', 'olu-ade, last_day: 2026-06-30}') + PAT,
      [AT.notice]:
        'rota_change: {minimum: 7 days}\nconsent: [both-people]\ncorrection: {label: history-correction}\n',
      [AT.rota]: old(rota, turns),
      'rotas/mal/x.yaml': old(rota),
    };
    const files = { [AT.rota]: old(rota, turns + taken), 'rotas/mal/x.yaml': old(rota, taken) };
    expect(await withLead(files, before, 'history-correction')).toEqual([
      'pending: waiting for olu-ade or nia-rhys',
      'success: everyone whose time changes has agreed',
    ]);
  });
});

test('nobody is removed without a word, to come back as somebody else', async () => {
  const before = { ...BASE, 'rotas/mal/team.yaml': 'name: Mal\n' };
  const files = { [AT.people]: PEOPLE + OLU };
  expect(await withLead(files, before)).toEqual(['pending: waiting for nia-rhys', AGREED]);
});

test('and a lead of any team agrees to what concerns none', async () => {
  const [waiting] = await withLead({ [AT.people]: PEOPLE + OLU });
  expect(waiting).toBe(AGREED);
});

test('somebody’s account of PagerDuty is given to nobody without them, though nothing calls who gets it', async () => {
  const accounts = (ben: string, nia: string) =>
    PEOPLE.replace('github: ben-adeyemi', `github: ben-adeyemi, pagerduty: ${ben}`).replace(
      'github: nia-rhys',
      `github: nia-rhys, pagerduty: ${nia}`,
    );
  const before = {
    [AT.people]: accounts('PBEN001', 'PNIA001'),
    [AT.team]: 'name: PaaS\nleads: [mallory-muir, nia-rhys]\n',
  };
  const after = { [AT.people]: accounts('PNEW001', 'PBEN001') };
  expect(await withLead(after, before)).toEqual([
    'pending: waiting for ben-adeyemi',
    'pending: waiting for ben-adeyemi',
  ]);
});
