/** Leads who speak for somebody else do so for their own team alone, whatever the pull request changes beside it. */
import { describe, expect, test } from 'vitest';
import { requiredConsents } from '../../actions/lib/compare/consents.ts';
import { heldIn, unagreedIn } from '../../actions/lib/programs/unagreed.ts';
import { comment } from '../../actions/lib/review/comment.ts';
import { aHandbook, at, but, compared, NIGHTS_ROTA } from '../handbook.ts';

const NOW = '2026-11-21T12:00:00Z';

const LATER = 'first_turn: 2026-09-02, people: [amara, ben, chi]';
/** Olu, who has left, was on for a week of March. */
const rota = (holder: string, later = LATER) =>
  NIGHTS_ROTA.replace(
    `      - {${LATER}}`,
    `      - {first_turn: 2026-03-04, people: [olu]}\n      - {first_turn: 2026-03-11, people: [${holder}]}\n      - {${later}}`,
  );
const MAL = rota('mallory', 'first_turn: 2026-09-02, people: [mallory]');

const base = aHandbook({
  people: {
    amara: 'name: Amara, github: amara-o, delivery_lead: nia',
    ben: 'name: Ben, github: ben-a, delivery_lead: olu',
    chi: 'name: Chi, github: chi-w, delivery_lead: amara',
    mallory: 'name: Mallory, github: mallory-m',
    nia: 'name: Nia, github: nia-r',
    olu: 'name: Olu, github: olu-a, last_day: 2026-06-30',
  },
  policies: {
    notice:
      'rota_change: {minimum: 7 days}\nconsent: [both-people, delivery-leads]\ncorrection: {label: history-correction}',
  },
  rotas: {
    'mal/team': 'name: Mal\nleads: [mallory]',
    'mal/nights': MAL,
    'paas/team': 'name: PaaS\nleads: [nia]',
    'paas/nights': rota('chi'),
  },
});

/** The handbook with an override of a turn of a team's rota. */
const given = (text: string, team: 'mal' | 'paas', turn: string, person: string): string => {
  const rotaOf = { mal: MAL, paas: rota('chi') }[team];
  return but(
    text,
    `== rotas/${team}/nights.yaml\n${rotaOf}`,
    `== rotas/${team}/nights.yaml\n${rotaOf}overrides: [{role: engineer, turn: ${turn}, person: ${person}}]\n`,
  );
};

const against = (head: string, own = base, author = 'mallory-m') => {
  const evaluation = compared(own, head, NOW, { author });
  if (evaluation.against === undefined) throw new Error('there is nothing to compare with');
  return { ...evaluation, against: evaluation.against };
};

/** Everything that is asked: for whom, why, and the people any of whom may agree. */
const asked = (head: string, own = base): readonly string[] =>
  requiredConsents(against(head, own).against).map(
    ({ person, reason, anyOf }) =>
      `${person === undefined ? '' : `${person} `}${reason.kind}: ${anyOf.join(', ')}`,
  );

/** Those who can have it applied to PagerDuty once it is on the default branch. */
function allowing(head: string, own = base, author = 'mallory-m'): readonly string[] | undefined {
  const judged = { ...against(head, own, author), now: at(NOW), commit: '0123456789' };
  return unagreedIn([{ name: '#7', judged }])[0]?.leads;
}

/** Ben's turn of 2 December, and an old week of Olu's in each team. */
const TAKEN = given(base, 'paas', '2026-12-02', 'mallory');
const PAAS_OLD = given(base, 'paas', '2026-03-04', 'mallory');
const malOld = (text: string) => given(text, 'mal', '2026-03-04', 'mallory');

describe('for somebody who has left', () => {
  test('a lead of each team whose record changes agrees', () => {
    expect(asked(PAAS_OLD)).toEqual(['olu time: olu, nia', 'mallory time: mallory']);
    expect(asked(malOld(PAAS_OLD))).toEqual([
      'olu time: olu, mallory',
      'olu time: olu, nia',
      'mallory time: mallory',
    ]);
  });

  test('no lead agrees as the delivery lead of time ahead, although one does to a change of the record', () => {
    const own = ['ben time: ben', 'mallory time: mallory'];
    expect(asked(TAKEN).toSorted()).toEqual([...own, 'olu delivery-lead: olu'].toSorted());
    expect(asked(malOld(TAKEN)).toSorted()).toEqual(
      [...own, 'olu time: olu, mallory', 'olu delivery-lead: olu'].toSorted(),
    );
  });

  test('one lead alone allows nothing that another has to give', () => {
    const both = but(base, 'leads: [mallory]', 'leads: [mallory, chi]');
    const paas = given(both, 'paas', '2026-03-04', 'amara');
    expect(allowing(paas, both, 'amara-o')).toEqual(['nia']);
    expect(allowing(given(paas, 'mal', '2026-03-04', 'amara'), both, 'amara-o')).toEqual([]);
    expect(allowing(malOld(TAKEN))).toEqual(['nia']);
  });
});

test('too little notice of an exchange between two teams is allowed by a lead of both alone', () => {
  const turns = (own: string) =>
    given(given(own, 'paas', '2026-12-02', 'mallory'), 'mal', '2026-12-02', 'amara');
  const held = (own: string, author?: string) =>
    heldIn([{ name: '#7', judged: { ...against(turns(own), own, author), now: at(NOW), commit: '' } }]).map(
      ({ leads }) => leads,
    );
  const terms = 'consent: []\nteams: {mal: {rota_change: {minimum: 60 days}}}';
  const policy = but(base, 'consent: [both-people, delivery-leads]', terms);
  expect(held(policy)).toEqual([[]]);
  expect(held(but(policy, 'leads: [nia]', 'leads: [nia, mallory]'), 'amara-o')).toEqual([['mallory']]);
});

describe('where the base cannot say', () => {
  test('who somebody is, a lead of each team whose time they get agrees', () => {
    const broken = `${but(base, '  ben: {name: Ben, github: ben-a, delivery_lead: olu}\n', '')}== rotas/people/more.yaml\npeople: [\n`;
    const head = given(TAKEN, 'mal', '2026-12-16', 'ben');
    const ofBen = (all: readonly string[]) => all.filter((it) => it.startsWith('ben '));
    expect(ofBen(asked(TAKEN, broken))).toEqual(['ben time: nia']);
    expect(ofBen(asked(head, broken))).toEqual(['ben time: mallory', 'ben time: nia']);
    expect(allowing(head, broken)).toEqual([]);
  });

  test('what files of several teams have, a lead of each agrees', () => {
    const unread = (...teams: readonly string[]) =>
      base + teams.map((team) => `== rotas/${team}/planned-changes.yaml\nchanges: [\n`).join('');
    expect(asked(base, unread('paas'))).toEqual(['unread-base: nia']);
    expect(asked(base, unread('paas', 'mal'))).toEqual(['unread-base: mallory', 'unread-base: nia']);
    expect(allowing(base, unread('paas'), 'amara-o')).toEqual(['nia']);
    expect(allowing(base, unread('paas', 'mal'), 'amara-o')).toEqual([]);
    expect(asked(base, `${unread('paas')}== policies/on-call.yaml\nnone: [\n`)).toEqual([
      'unread-base: mallory, nia',
      'unread-base: nia',
    ]);
  });
});

test('the delivery lead of somebody new is agreed to by a lead of each team that they join', () => {
  const zoe = (text: string) =>
    but(text, 'people:\n', 'people:\n  zoe: {name: Zoe, github: zoe-z, delivery_lead: mallory}\n');
  const ofIdentity = (head: string) => asked(zoe(head)).filter((it) => it.startsWith('identity'));
  const paas = given(base, 'paas', '2026-12-02', 'zoe');
  expect(ofIdentity(paas)).toEqual(['identity: nia']);
  expect(ofIdentity(given(paas, 'mal', '2026-12-09', 'zoe'))).toEqual(['identity: mallory', 'identity: nia']);
});

test('of somebody new without time yet, by them or a lead, where any policy asks delivery leads', () => {
  const zoe = (text: string) =>
    but(text, 'people:\n', 'people:\n  zoe: {name: Zoe, github: zoe-z, delivery_lead: mallory}\n');
  expect(asked(zoe(base))).toEqual(['identity: zoe, mallory, nia']);
  const own = but(base, ', delivery-leads]', ']');
  expect(asked(zoe(own), own)).toEqual([]);
});

describe('a delivery lead whose own time changes', () => {
  const head = given(base, 'paas', '2026-12-09', 'amara');

  test('is asked for both reasons, in one line', () => {
    expect(asked(head)).toEqual(
      expect.arrayContaining(['amara time: amara', 'amara delivery-lead: amara', 'chi time: chi']),
    );
    const lines = comment({ ...against(head), now: at(NOW), commit: '0123456789' }).split('\n');
    expect(lines.filter((line) => line.startsWith('- @amara-o'))).toEqual([
      expect.stringMatching(/: takes paas.* from Chi; delivery lead of Chi, whose time changes$/),
    ]);
  });

  test('is not spoken for in the second by a lead who may allow the first', () => {
    const policy = but(
      but(base, 'ben-a, delivery_lead: olu', 'ben-a'),
      'consent: [both-people, delivery-leads]',
      'consent: [both-people]\nteams: {paas: {consent: [delivery-leads]}}',
    );
    const paas = given(policy, 'paas', '2026-12-09', 'ben');
    expect(allowing(paas, policy, 'ben-a')).toEqual(['amara', 'nia']);
    const both = given(paas, 'mal', '2026-12-09', 'amara');
    expect(allowing(both, policy, 'ben-a')).toEqual([]);
  });
});
