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
    expect(consent(policy(own, swap), {}, policy(own))).toEqual(found);
  });

  test('is not relaxed by the head', () => {
    const relaxed =
      'policies/notice.yaml:2:10 error identity-not-agreed {kind: policy, id: notice, keys: [consent], anyOf: [nia]}';
    expect(consent(policy('[]', swap), {})).toEqual([relaxed, BEN, CHI, NIA, OZ]);
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

  test('a lead of the team for the delivery lead that the pull request gives to somebody new', () => {
    const own = policy('[delivery-leads]');
    const eli = (more: string) =>
      to('eli', but(own, '  dee:', `  eli: {name: Eli, github: eli-s${more}}\n  dee:`));
    const head = eli(', delivery_lead: amara');
    const waiting = (...approvals: string[]) => consent(head, { author: 'amara-o', approvals }, own);
    const lead =
      'rotas/people.yaml:5:50 error identity-not-agreed {kind: person, id: eli, keys: [delivery_lead], anyOf: [nia]}';
    expect(waiting('oz-k')).toEqual([lead]);
    expect(waiting('oz-k', 'eli-s')).toEqual([lead]);
    expect(waiting('oz-k', 'nia-r')).toEqual([]);
    // Without one they speak for themselves, and where nobody's delivery lead is asked, it decides nothing.
    expect(consent(eli(''), { author: 'oz-k' }, own)).toEqual([line('9:5', 'eli')]);
    const both = policy('[both-people]');
    const other = but(head, '[delivery-leads]', '[both-people]');
    expect(consent(other, { author: 'ben-a', approvals: ['eli-s'] }, both)).toEqual([]);
    // Somebody with another id is not new.
    const renamed = policy('[delivery-leads]')
      .replaceAll('chi,', 'chi-w,')
      .replace('  chi:', '  chi-w:')
      .replace('chi]', 'chi-w]');
    expect(consent(renamed, { author: 'nia-r' }, own)).toEqual([]);
    expect(consent(renamed, { author: 'oz-k' }, own).join()).not.toContain('identity');
  });

  test('a lead of the team for somebody who has left, about the record', () => {
    const left = (day: string) =>
      but(policy('[both-people]'), 'github: ben-a,', `github: ben-a, last_day: ${day},`);
    const taken = (own: string, turn: string) =>
      `${own}overrides:\n  - {role: engineer, turn: ${turn}, person: amara}\n`;
    const waiting = (day: string, turn: string, login: string) =>
      consent(taken(left(day), turn), { author: 'amara-o', approvals: [login] }, left(day));
    const ben = line('9:5', 'ben');
    // The comparison begins on 1 October.
    expect(waiting('2026-09-30', '2026-09-09', 'nia-r')).toEqual([]);
    expect(waiting('2026-09-30', '2026-09-09', 'ben-a')).toEqual([]);
    expect(waiting('2026-09-30', '2026-09-09', 'oz-k')).toEqual([ben]);
    expect(waiting('2026-10-31', '2026-09-09', 'nia-r')).toEqual([ben]);
    expect(waiting('2026-09-30', '2026-10-21', 'nia-r')).toEqual([ben]);
  });

  test('one who only loses, one who only gains', () => {
    const loses = but(base, 'chi]}\n', 'chi]}\n      - {first_turn: 2026-12-09, people: []}\n');
    const people = policy('[both-people]');
    expect(consent(policy('[both-people]', loses), {}, people)).toEqual(
      ['amara', 'ben', 'chi'].map((person) => line('8:9', person)),
    );
    const gains = `${people}overrides: [{role: engineer, person: nia, from: 2026-08-05T10:00, to: 2026-08-05T12:00}]\n`;
    // Time that is over is on record, also where nobody held it.
    expect(consent(gains, {}, people)).toEqual([line('8:13', 'nia')]);
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
    const own =
      'rotas/people.yaml:4:8 error identity-not-agreed {kind: person, id: chi, keys: [delivery_lead], anyOf: [nia]}';
    expect(consent(head, { author: 'ben-a', approvals: ['chi-w', 'oz-k'] })).toEqual([NIA, own]);
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
      'rotas/people.yaml:6:50 error identity-not-agreed {kind: person, id: eli, keys: [delivery_lead], anyOf: [nia]}',
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

describe('a login', () => {
  const people = policy('[both-people]');
  const [own, head] = [people, but(swap, '[both-people, delivery-leads]', '[both-people]')];
  const shared = (place: string, login: string, who: string) =>
    `${place} error shared-login {login: ${login}, people: [${who}]}`;

  test('that two people of the base share is nobody’s, in whatever case', () => {
    const [was, is] = [own, head].map((text) => but(text, 'github: oz-k', 'github: CHI-w')) as [
      string,
      string,
    ];
    expect(consent(is, { author: 'ben-a', approvals: ['chi-w'] }, was)).toEqual([
      shared(`${NIGHTS}:9:5`, 'chi-w', 'chi, oz'),
    ]);
  });

  test('that somebody new claims stays that of the person who has it, so that nobody is silenced', () => {
    const is = but(head, '  nia: {', '  eli: {name: Eli, github: Chi-W}\n  nia: {');
    expect(consent(is, { author: 'ben-a', approvals: ['chi-w'] }, own)).toEqual([]);
    const eli = is.replace('person: chi,', 'person: eli,');
    expect(consent(eli, { author: 'ben-a', approvals: ['chi-w'] }, own)).toEqual([
      shared(`${NIGHTS}:9:5`, 'Chi-W', 'chi, eli'),
    ]);
  });

  test('is that of a new id, too, where the old one is removed', () => {
    const is = head
      .replace('  chi: {', '  chi-wong: {')
      .replace('ben, chi]', 'ben, chi-wong]')
      .replace('person: chi,', 'person: chi-wong,')
      .replace('instead_of: chi}', 'instead_of: chi-wong}');
    const open = (approvals: string[]) =>
      consent(is, { author: 'ben-a', approvals }, own).map((line) => /person: ([\w-]+)/.exec(line)?.[1]);
    expect(new Set(open(['amara-o']))).toEqual(new Set(['chi', 'chi-wong']));
    expect(open(['amara-o', 'chi-w'])).toEqual([]);
  });

  test('that two removed people shared stays nobody’s, whoever new has it', () => {
    const was = but(own, 'github: amara-o'.replace('amara-o', 'Amara-O'), 'github: chi-w');
    const is = head
      .replace('  chi: {', '  chi-wong: {')
      .replace('  amara: {', '  amara-osei: {')
      .replace('github: Amara-O', 'github: amara-osei')
      .replaceAll('[amara, ben, chi]', '[amara-osei, ben, chi-wong]')
      .replace('person: chi,', 'person: chi-wong,')
      .replace('instead_of: chi}', 'instead_of: chi-wong}');
    const open = consent(is, { author: 'ben-a', approvals: ['chi-w', 'amara-osei'] }, was);
    expect(open.filter((line) => line.includes('shared-login')).length).toBeGreaterThan(0);
  });
});

describe('a word that does not count', () => {
  const people = policy('[both-people]');
  const head = but(swap, '[both-people, delivery-leads]', '[both-people]');
  const counted = (login: string, person: string, doubt: string) =>
    `${NIGHTS}:9:5 error not-counted {person: ${person}, leadOf: undefined, login: ${login}, doubt: ${doubt}}`.replace(
      ', leadOf: undefined',
      '',
    );
  test.each<[what: string, pull: Partial<Pull>, ...found: string[]]>([
    [
      'of an author whose branch somebody else pushed',
      { author: 'BEN-A', authorDoubt: 'pushed-by-other', approvals: ['chi-w'] },
      counted('ben-a', 'ben', 'pushed-by-other'),
    ],
    [
      'of an author where nobody knows who pushed',
      { author: 'ben-a', authorDoubt: 'pushed-by-unknown', approvals: ['chi-w'] },
      counted('ben-a', 'ben', 'pushed-by-unknown'),
    ],
    [
      'of an author, although they are a lead',
      { author: 'nia-r', authorDoubt: 'pushed-by-other', approvals: ['chi-w'] },
      BEN,
    ],
    [
      'of an account without access',
      { author: 'ben-a', discounted: [{ login: 'CHI-W', why: 'no-access' }] },
      counted('chi-w', 'chi', 'no-access'),
    ],
    [
      'given before the comment showed what it approves',
      { author: 'ben-a', discounted: [{ login: 'chi-w', why: 'not-shown' }] },
      counted('chi-w', 'chi', 'not-shown'),
    ],
    [
      'is made up for by one that does',
      {
        author: 'ben-a',
        authorDoubt: 'pushed-by-other',
        approvals: ['ben-a', 'chi-w'],
        discounted: [{ login: 'ben-a', why: 'not-shown' }],
      },
    ],
  ])('%s', (_, pull, ...found) => expect(consent(head, pull, people)).toEqual(found));

  test('makes no emergency either', () => {
    const strictly = (text: string) => but(text, 'recommended: 1 minute', 'minimum: 7 days');
    const late = (pull: Partial<Pull>) =>
      foundInPull('notice', strictly(people), strictly(head), '2026-12-01T12:00:00Z', {
        labels: ['emergency-cover'],
        ...pull,
      });
    const strict = (pull: Partial<Pull>) => late(pull).filter((line) => line.includes(' error ')).length;
    expect(strict({ author: 'nia-r' })).toBe(0);
    expect(strict({ author: 'nia-r', authorDoubt: 'pushed-by-other' })).toBeGreaterThan(0);
  });
});

describe('what the base could not say', () => {
  const own = policy('[both-people]');
  const head = but(swap, '[both-people, delivery-leads]', '[both-people]');
  const stolen = but(head, 'github: chi-w', 'github: mallory-too');
  const mallory = { author: 'ben-a', approvals: ['mallory-too'] };
  const file = (path: string, text = own) =>
    new RegExp(`== ${path}\\n[\\s\\S]*?(?=^== |$(?![\\s\\S]))`, 'm').exec(text)?.[0] ?? '';
  const broken = (path: string, text = own) => but(text, file(path, text), `== ${path}\nx: [\n`);
  const codes = (is: string, pull: Partial<Pull>, was: string) =>
    consent(is, pull, was).map((line) => / error (.*)/.exec(line)?.[1]);
  const unread = (path: string, leads: string) => `base-unread {files: [${path}], leads: [${leads}]}`;
  const unknown = (person: string, leads: string) => `unknown-person {person: ${person}, leads: [${leads}]}`;
  const comesBack = (person: string, leads: string) =>
    `identity-not-agreed {kind: person, id: ${person}, keys: [name, github, delivery_lead], anyOf: [${leads}]}`;

  test.each<[what: string, was: string, is: string, ...found: string[]]>([
    [
      'who one person is',
      but(own, 'chi: {name: Chi', 'chi: {nmae: Chi'),
      stolen,
      unread('rotas/people.yaml', 'nia'),
      unknown('chi', 'nia'),
    ],
    [
      'who anybody is',
      broken('rotas/people.yaml'),
      stolen,
      unread('rotas/people.yaml', ''),
      unknown('ben', ''),
      unknown('chi', ''),
    ],
    [
      'who a second file of people adds',
      `${own.replace(/^ {2}chi: .*\n/m, '')}== rotas/people/more.yaml\npeople: {chi: {nmae: Chi}}\n`,
      stolen,
      unread('rotas/people/more.yaml', 'nia'),
      unknown('chi', 'nia'),
    ],
    [
      'who a misnamed file adds',
      `${own.replace(/^ {2}chi: .*\n/m, '')}== rotas/People.yml\npeople: {chi: {name: Chi}}\n`,
      stolen,
      unread('rotas/People.yml', 'nia'),
      unknown('chi', 'nia'),
      comesBack('chi', 'nia'),
    ],
    [
      'who leads',
      broken('rotas/paas/team.yaml'),
      but(head, 'leads: [nia]', 'leads: [ben]'),
      unread('rotas/paas/team.yaml', ''),
      'not-approved {person: chi}',
    ],
    [
      'how much notice and whose consent is required',
      broken('policies/notice.yaml'),
      but(head, 'consent: [both-people]', 'consent: []'),
      unread('policies/notice.yaml', 'nia'),
      'not-approved {person: chi}',
      'not-approved {person: nia, leadOf: [chi]}',
      'not-approved {person: oz, leadOf: [ben]}',
    ],
  ])('%s, a lead of the base does, or nobody', (_, was, is, ...found) => {
    expect(codes(is, mallory, was).toSorted()).toEqual(found.toSorted());
  });

  test('somebody who may be in what could not be read is not new, although nothing names them', () => {
    const eli = (entry: string, text: string) => but(text, '  nia: {', `  eli: {${entry}}\n  nia: {`);
    const was = eli('nmae: Eli, github: eli-s', own);
    const is = eli('name: Eli, github: mallory-too', to('eli', own));
    expect(codes(is, mallory, was).toSorted()).toEqual(
      [unread('rotas/people.yaml', 'nia'), unknown('eli', 'nia')].toSorted(),
    );
    expect(codes(is, mallory, own)).toEqual([]);
  });

  test('a lead of the base speaks for whom it does not know', () => {
    const was = but(own, 'chi: {name: Chi', 'chi: {nmae: Chi');
    expect(consent(stolen, { author: 'ben-a', approvals: ['nia-r'] }, was)).toEqual([]);
    expect(consent(stolen, { author: 'ben-a', approvals: ['oz-k', 'chi-w'] }, was)).toHaveLength(2);
  });

  test('a lead alone agrees to a fix that changes no cover', () => {
    const was = but(own, 'chi: {name: Chi', 'chi: {nmae: Chi');
    expect(codes(own, {}, was)).toEqual([unread('rotas/people.yaml', 'nia')]);
    expect(codes(own, { author: 'nia-r' }, was)).toEqual([]);
  });

  test('nobody is asked where no file differs', () => {
    const was = but(own, 'chi: {name: Chi', 'chi: {nmae: Chi');
    expect(codes(was, {}, was)).toEqual([]);
  });

  test('somebody whom the base only mentions is nobody that a pull request may make up', () => {
    const was = own.replace(/^ {2}chi: .*\n/m, '');
    expect(codes(stolen, mallory, was)).toEqual([unknown('chi', 'nia'), comesBack('chi', 'nia')]);
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
  [
    format({
      code: 'not-counted',
      args: { person: 'ben', leadOf: undefined, login: 'ben-a', doubt: 'pushed-by-other' },
    }),
    'ben has not agreed yet (their time changes); ben-a opened this, but somebody else pushed its latest commit, so they need to agree as well; an author cannot approve, so they push a commit of their own, which may be empty',
  ],
  [
    format({
      code: 'not-counted',
      args: { person: 'ben', leadOf: undefined, login: 'ben-a', doubt: 'no-access' },
    }),
    'ben has not agreed yet (their time changes); ben-a approved, but has no access to this repository according to GitHub, so that it does not count',
  ],
  [
    format({ code: 'shared-login', args: { login: 'x', people: ['amara', 'ben'] } }),
    "amara and ben share the github name x, so that it is nobody's; write each person's own",
  ],
  [
    format({ code: 'unknown-person', args: { person: 'chi', leads: ['nia'] } }),
    'who chi is cannot be read from the base branch, so a lead needs to agree for them (nia)',
  ],
  [
    format({
      code: 'identity-not-agreed',
      args: { kind: 'person', id: 'chi', keys: ['github'], anyOf: ['chi', 'nia'] },
    }),
    'nobody has agreed yet to the change of github of chi; the person concerned or a lead needs to approve the pull request (chi, nia)',
  ],
  [
    format({
      code: 'identity-not-agreed',
      args: { kind: 'chain', id: 'nights', keys: ['level 1', 'level 2'], anyOf: ['nia'] },
    }),
    'nobody has agreed yet to the change of level 1, level 2 of the chain nights; a lead needs to approve the pull request (nia)',
  ],
  [
    format({ code: 'first-leads', args: { of: ['paas'], person: 'amara' } }),
    'amara has not agreed yet to what changes of paas; no lead is named so far who could, so everybody with a place in a rota needs to approve the pull request',
  ],
  [
    format({ code: 'base-unread', args: { files: ['rotas/people.yaml'], leads: ['nia'] } }),
    'rotas/people.yaml could not be read before the change, so who agrees to what is uncertain; a lead needs to approve the pull request (nia); fix what cannot be read first, in a pull request that changes nothing else',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
