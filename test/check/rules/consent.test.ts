/** Missing consent: whose is required, by which login it is recognised, and at which line it is reported. */
import { describe, expect, test } from 'vitest';
import { consent as consentRule } from '../../../actions/lib/check/rules/consent.ts';
import type { Pull } from '../../../actions/lib/compare/against.ts';
import { found as findingsIn, foundInPull, wordsOf } from '../../found.ts';
import { aHandbook, but, NIGHTS_ROTA } from '../../handbook.ts';

const NIGHTS = 'rotas/paas/nights.yaml';

const base = aHandbook({
  people: {
    amara: 'name: Amara, github: Amara-O, delivery_lead: nia',
    ben: 'name: Ben, github: ben-a, delivery_lead: oz',
    chi: 'name: Chi, github: chi-w, delivery_lead: nia',
    dee: 'name: Dee',
    nia: 'name: Nia, github: nia-r',
    oz: 'name: Oz, github: oz-k',
  },
  policies: { notice: 'rota_change: {recommended: 1 minute}\nconsent: [both-people, delivery-leads]' },
  rotas: { 'paas/team': 'name: PaaS\nleads: [nia]', 'paas/nights': NIGHTS_ROTA },
});
const policy = (consent: string, text = base) => but(text, '[both-people, delivery-leads]', consent);
const NOW = '2026-11-21T12:00:00Z';

/** Ben gives up the turn of 2 December. */
const to = (person: string, text = base) =>
  `${text}overrides:\n  - {role: engineer, turn: 2026-12-02, person: ${person}, instead_of: ben}\n`;
const swap = `${to('chi')}  - {role: engineer, turn: 2026-12-09, person: ben, instead_of: chi}\n`;

const consent = (head: string, pull: Partial<Pull> | undefined, own = base, now = NOW) =>
  foundInPull('consent', own, head, now, pull);

const line = (place: string, person: string, leadOf?: string, code = 'not-approved') =>
  `${NIGHTS}:${place} error ${code} {person: ${person}${leadOf === undefined ? '' : `, leadOf: [${leadOf}]`}}`;
const [BEN, CHI] = ['ben', 'chi'].map((person) => line('9:5', person)) as [string, string];
const NIA = line('9:5', 'nia', 'chi');
const OZ = line('9:5', 'oz', 'ben');

test('the handbooks of these tests are sound', () => {
  expect(findingsIn(base)).toEqual([]);
  expect(findingsIn(swap)).toEqual([]);
});

describe('a swap between ben and chi', () => {
  test.each<[what: string, pull: Partial<Pull> | undefined, ...found: string[]]>([
    ['where no review can be read', undefined],
    ['that nobody has approved', {}, BEN, CHI, NIA, OZ],
    ['written by one', { author: 'ben-a' }, CHI, NIA, OZ],
    ['written by one, approved by the other', { author: 'ben-a', approvals: ['chi-w'] }, NIA, OZ],
    ['that waits for a delivery lead', { author: 'ben-a', approvals: ['chi-w', 'oz-k'] }, NIA],
    ['that waits for the other', { author: 'ben-a', approvals: ['nia-r', 'oz-k'] }, CHI],
    ['agreed by all', { author: 'ben-a', approvals: ['chi-w', 'nia-r', 'oz-k'] }],
    [
      'agreed by all, in whatever case GitHub spells them',
      { author: 'BEN-A', approvals: ['Chi-W', 'NIA-R', 'oZ-k'] },
    ],
    [
      'written by a bystander, agreed by all',
      { author: 'amara-o', approvals: ['chi-w', 'nia-r', 'oz-k', 'ben-a'] },
    ],
    ['written by a delivery lead', { author: 'nia-r', approvals: ['chi-w', 'oz-k', 'ben-a'] }],
    [
      'approved by people whose consent is not required',
      { approvals: ['amara-o', 'stranger'] },
      BEN,
      CHI,
      NIA,
      OZ,
    ],
    [
      'approved by ids, which are no logins',
      { author: 'ben', approvals: ['chi', 'nia', 'oz'] },
      BEN,
      CHI,
      NIA,
      OZ,
    ],
    [
      'of which an approval is stale, and so not in the list',
      { author: 'ben-a', labels: ['approved'], approvals: ['nia-r', 'oz-k'] },
      CHI,
    ],
  ])('%s', (_, pull, ...found) => expect(consent(swap, pull)).toEqual(found));
});

describe('the policy of the base', () => {
  test.each<[what: string, own: string, ...found: string[]]>([
    ['requires nobody', '[]'],
    ['requires both people', '[both-people]', BEN, CHI],
    ['requires delivery leads', '[delivery-leads]', NIA, OZ],
    ['requires all', '[both-people, delivery-leads]', BEN, CHI, NIA, OZ],
  ])('%s', (_, own, ...found) => {
    expect(consent(swap, {}, policy(own))).toEqual(found);
  });

  test('is not relaxed by the head', () => {
    expect(consent(policy('[]', swap), {})).toEqual([BEN, CHI, NIA, OZ]);
  });

  test('requires all by default', () => {
    const silent = but(base, 'consent: [both-people, delivery-leads]\n', '');
    expect(consent(swap, {}, silent)).toEqual([BEN, CHI, NIA, OZ]);
  });
});

describe('whose consent is required', () => {
  test('the approval of somebody without a github name is not recognised', () => {
    const dee = line('9:5', 'dee', undefined, 'no-login');
    expect(consent(to('dee'), { author: 'ben-a', approvals: ['oz-k', 'dee'] })).toEqual([dee]);
    expect(consent(to('chi'), { author: 'ben-a', approvals: ['oz-k', 'chi-w', 'nia-r'] })).toEqual([]);
  });

  test('nobody’s twice: a delivery lead of both, who is also one of the two', () => {
    const [own, head] = [base, to('amara')].map((text) =>
      text.replace('delivery_lead: oz', 'delivery_lead: nia'),
    ) as [string, string];
    expect(consent(head, { author: 'ben-a', approvals: ['amara-o'] }, own)).toEqual([
      line('9:5', 'nia', 'ben, amara'),
    ]);
    expect(consent(to('nia'), { author: 'ben-a', approvals: ['oz-k'] })).toEqual([line('9:5', 'nia')]);
  });

  test('one who only loses, one who only gains', () => {
    const loses = but(base, 'chi]}\n', 'chi]}\n      - {first_turn: 2026-12-09, people: []}\n');
    const people = policy('[both-people]');
    expect(consent(loses, {}, people)).toEqual(['amara', 'ben', 'chi'].map((person) => line('8:9', person)));
    const gains = `${base}overrides: [{role: engineer, person: nia, from: 2026-08-05T10:00, to: 2026-08-05T12:00}]\n`;
    expect(consent(gains, {}, people)).toEqual([]);
    const early = but(people, '2026-09-02', '2026-12-02');
    const added = `${early}overrides: [{role: engineer, person: nia, from: 2026-11-30T10:00, to: 2026-11-30T12:00}]\n`;
    expect(consent(added, {}, early)).toEqual([line('8:13', 'nia')]);
  });

  test('a short cover, and a correction of the past, need consent too', () => {
    const hours = `${base}overrides: [{role: engineer, person: chi, from: 2026-12-03T18:00, to: 2026-12-03T20:00}]\n`;
    expect(consent(hours, { author: 'ben-a', approvals: ['oz-k', 'nia-r'] })).toEqual([line('8:13', 'chi')]);
    expect(
      consent(to('chi'), { author: 'ben-a', approvals: ['oz-k', 'nia-r'] }, base, '2026-12-20T12:00:00Z'),
    ).toEqual([CHI]);
  });

  test('a login that the head changes does not count yet', () => {
    const head = but(swap, 'github: chi-w', 'github: ben-a2');
    expect(consent(head, { author: 'ben-a', approvals: ['ben-a2', 'nia-r', 'oz-k'] })).toEqual([CHI]);
    expect(consent(head, { author: 'ben-a', approvals: ['chi-w', 'nia-r', 'oz-k'] })).toEqual([]);
  });

  test('the consent of a delivery lead whom the head removes is required', () => {
    const head = but(swap, 'github: chi-w, delivery_lead: nia', 'github: chi-w');
    expect(consent(head, { author: 'ben-a', approvals: ['chi-w', 'oz-k'] })).toEqual([NIA]);
  });

  test('a person whom only the head has is recognised by the login in the head', () => {
    const head = but(
      to('eli'),
      '  nia: {',
      '  eli: {name: Eli, github: eli-s, delivery_lead: nia}\n  nia: {',
    );
    expect(consent(head, { author: 'ben-a', approvals: ['oz-k'] })).toEqual([
      line('9:5', 'eli'),
      line('9:5', 'nia', 'eli'),
    ]);
    expect(consent(head, { author: 'ben-a', approvals: ['oz-k', 'eli-s', 'nia-r'] })).toEqual([]);
  });

  test('a person whose login the head removes is recognised by the login in the base', () => {
    const head = but(swap, '  oz: {name: Oz, github: oz-k}\n', '  oz: {name: Oz}\n');
    expect(consent(head, { author: 'ben-a', approvals: ['chi-w', 'nia-r', 'oz-k'] })).toEqual([]);
  });
});

test('if nobody’s time changes, no consent is required', () => {
  expect(consent(base, {})).toEqual([]);
  expect(consent(but(base, 'name: Nights', 'name: On call'), {})).toEqual([]);
  expect(consent(swap, {}, swap)).toEqual([]);
});

describe('a rota that could not be read', () => {
  const broken = but(base, 'name: Nights', 'nome: Nights');
  const holiday = (text: string) =>
    but(
      text,
      'timezone: Europe/London\nhandover',
      'timezone: Europe/London\nhours: all\nhandover',
    ).concat(`== policies/support-hours/all.yaml
name: All
timezone: Europe/London
windows: {day: [{days: every, from: "00:00", to: "00:00"}]}
`);
  const lead = (who = 'nia', place = '1:1') =>
    `${NIGHTS}:${place} error rota-unread {rota: paas/nights, leads: [${who}]}`;
  const hours = holiday(swap);

  test.each<[what: string, own: string, head: string, pull: Partial<Pull> | undefined, ...found: string[]]>([
    ['where no review can be read', broken, swap, undefined],
    ['before, and is repaired with a change', broken, swap, {}, lead()],
    ['before, and is repaired with none', broken, base, { author: 'ben-a', approvals: ['oz-k'] }, lead()],
    ['before, and the repair is approved by a lead', broken, swap, { approvals: ['NIA-R'] }],
    ['before, and a lead repairs it', broken, swap, { author: 'nia-r' }],
    ['after', base, broken, {}, lead()],
    ['before and after', broken, broken, {}, lead()],
    [
      'before, because of its hours',
      but(hours, 'windows: {', 'windows: ['),
      hours,
      {},
      'policies/support-hours/all.yaml:1:1 error base-unread {files: [policies/support-hours/all.yaml], leads: [nia]}',
      lead(),
    ],
    ['before, and is removed', broken, base.slice(0, base.indexOf(`== ${NIGHTS}`)), {}, lead()],
  ])('%s', (_, own, head, pull, ...found) => expect(consent(head, pull, own)).toEqual(found));

  test('needs the approval of a lead in the base, and never of one whom the head names', () => {
    const team = 'rotas/paas/team.yaml';
    const mine = but(swap, 'leads: [nia]', 'leads: [ben]');
    const changed = (leads: string) =>
      `${team}:2:8 error identity-not-agreed {kind: leads, id: paas, keys: [leads], anyOf: [${leads}]}`;
    const unread = (leads: string) => `${team}:1:1 error base-unread {files: [${team}], leads: [${leads}]}`;
    expect(consent(mine, { author: 'ben-a' }, broken)).toEqual([lead(), changed('nia')]);
    const dxw = '== rotas/dxw/team.yaml\nname: dxw\nleads: [oz]\n';
    const leadless = but(broken + dxw, 'leads: [nia]', 'leads: nia');
    expect(consent(mine + dxw, { author: 'ben-a' }, leadless)).toEqual([lead('oz'), unread('oz')].toSorted());
    const none = but(broken, 'leads: [nia]', 'leads: nia');
    for (const author of ['somebody', 'nia-r'])
      expect(consent(swap, { author }, none)).toEqual([lead(''), unread('')].toSorted());
  });
});

const format = wordsOf(consentRule);
test.each([
  [
    format({ code: 'not-approved', args: { person: 'ben', leadOf: undefined } }),
    'ben has not agreed yet (their time changes); they need to approve the pull request',
  ],
  [
    format({ code: 'not-approved', args: { person: 'nia', leadOf: ['chi'] } }),
    'nia has not agreed yet (delivery lead of chi); they need to approve the pull request',
  ],
  [
    format({ code: 'no-login', args: { person: 'dee', leadOf: undefined } }),
    'dee has not agreed yet (their time changes); people has no github name for them, so add it first, in a pull request of its own',
  ],
  [
    format({ code: 'rota-unread', args: { rota: 'paas/nights', leads: ['nia'] } }),
    'whose time changes in paas/nights is unknown, because the rota, or a file it needs, could not be read before or after the change; a lead needs to approve the pull request (nia)',
  ],
  [
    format({ code: 'no-login', args: { person: 'dee', leadOf: ['ben'] } }),
    'dee has not agreed yet (delivery lead of ben); people has no github name for them, so add it first, in a pull request of its own',
  ],
  [
    format({ code: 'rota-unread', args: { rota: 'paas/nights', leads: [] } }),
    'whose time changes in paas/nights is unknown, because the rota, or a file it needs, could not be read before or after the change; a lead needs to approve the pull request (the base branch names none with a github name; an administrator has to help)',
  ],
  [
    format({ code: 'rota-unread', args: { rota: 'paas/nights', leads: ['nia', 'oz'] } }),
    'whose time changes in paas/nights is unknown, because the rota, or a file it needs, could not be read before or after the change; a lead needs to approve the pull request (nia, oz)',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
