/** Changes of who somebody is: what is reported at which line, and who has to agree. */
import { describe, expect, test } from 'vitest';
import { identity as identityRule } from '../../../actions/lib/check/rules/identity.ts';
import type { Pull } from '../../../actions/lib/compare/against.ts';
import { found as findingsIn, foundInPull, wordsOf } from '../../found.ts';
import { aHandbook, but, NIGHTS_ROTA } from '../../handbook.ts';

const NOW = '2026-11-21T12:00:00Z';
const PEOPLE = 'rotas/people.yaml';

const base = aHandbook({
  people: {
    amara: 'name: Amara, github: Amara-O, pagerduty: PAMARA',
    ben: 'name: Ben, pagerduty: PBEN, delivery_lead: nia',
    chi: 'name: Chi, github: chi-w, pagerduty: PCHI',
    nia: 'name: Nia, github: nia-r, pagerduty: PNIA',
    oz: 'name: Oz, github: oz-k',
  },
  policies: {
    notice: 'rota_change: {minimum: 7 days}\nconsent: []',
    'support-hours/all':
      'name: All\ntimezone: Europe/London\nwindows: {day: [{days: every, from: "00:00", to: "00:00"}]}',
    'service-levels/all':
      'name: All\nhours: all\npriorities: {P1: {name: One, in_hours: {respond: 1 hour}}}\nclock: {day: in_hours}\nexample: true',
    'escalation/nights': `name: Nights
applies_in: [day]
levels:
  - {notify: [paas/nights/engineer], escalate_after: 5 minutes}
  - {notify: [person: nia]}
pagerduty: {policy: PPOLICY}`,
    'escalation/other': 'name: Other\napplies_in: [day]\nlevels: [{notify: [person: nia]}]',
    services:
      'services:\n  website: {name: Website, team: paas, service_level: all, escalation: {day: nights}}',
  },
  rotas: {
    'paas/team': 'name: PaaS\nleads: [nia]',
    'dxw/team': 'name: dxw\nleads: [oz]',
    'paas/nights': but(NIGHTS_ROTA, '  engineer:\n', '  engineer:\n    pagerduty: {schedule: PSCHEDULE}\n'),
  },
});

const found = (head: string, own = base) => foundInPull('identity', own, head, NOW);
const open = (head: string, pull: Partial<Pull> = {}, own = base) =>
  foundInPull('consent', own, head, NOW, pull).map((line) => line.replace(/^\S+ error /, ''));
/** The people any of whom may agree. */
const mayAgree = (head: string, own = base) =>
  open(head, {}, own).map((line) => /anyOf: (\[.*\])\}/.exec(line)?.[1] ?? line);

test('the handbook of these tests is sound, and has no change against itself', () => {
  expect(findingsIn(base)).toEqual([]);
  expect(found(base)).toEqual([]);
});

test('what is promised, and who takes tickets, decides nobody’s time and wakes nobody', () => {
  const services = 'service_level: all, escalation';
  const policy = (role: string) =>
    `${but(base, services, `tickets: desk, ${services}`)}== policies/tickets/desk.yaml
statuses: {new: {}, open: {}}
groups: [{id: all, role: paas/nights/${role}}]
`;
  const promised = but(
    base,
    '{respond: 1 hour}}}\nclock: {day: in_hours}',
    '{respond: 9 hours}}, P2: {name: Two}}\nclock: {day: none}\ndefault_priority: P2\npauses: {update: [pending]}',
  );
  for (const [before, after] of [
    [base, promised],
    [base, policy('engineer')],
    [policy('engineer'), but(policy('engineer'), 'role: paas/nights/engineer', 'notify: leads')],
  ] as const) {
    expect(found(after, before)).toEqual([]);
    expect(open(after, {}, before)).toEqual([]);
  }
});

test('a service that gets another team is agreed to by a lead of each', () => {
  const head = but(base, 'team: paas,', 'team: dxw,');
  expect(mayAgree(head)).toEqual(['[nia]', '[oz]']);
  expect(open(head, { author: 'nia-r' })).toHaveLength(1);
  expect(open(head, { author: 'nia-r', approvals: ['oz-k'] })).toEqual([]);
});

describe('a change of', () => {
  const changed = (place: string, kind: string, id: string, key: string, before: string, after: string) =>
    `${place} warning changed {kind: ${kind}, id: ${id}, key: ${key}${before && `, before: ${before}`}${after && `, after: ${after}`}}`;
  test.each<[what: string, was: string, is: string, finding: string, anyOf: string]>([
    [
      'a login',
      'github: chi-w',
      'github: chi-too',
      changed(`${PEOPLE}:4:28`, 'person', 'chi', 'github', 'chi-w', 'chi-too'),
      '[chi, nia]',
    ],
    [
      'a login that is removed',
      ', github: chi-w',
      '',
      changed(`${PEOPLE}:4:8`, 'person', 'chi', 'github', 'chi-w', ''),
      '[chi, nia]',
    ],
    [
      'a login that is added: a lead, because nobody knows whose it is',
      'name: Ben,',
      'name: Ben, github: mallory-too,',
      changed(`${PEOPLE}:3:28`, 'person', 'ben', 'github', '', 'mallory-too'),
      '[nia]',
    ],
    [
      'the login of somebody without a place',
      'github: oz-k',
      'github: oz-too',
      changed(`${PEOPLE}:6:26`, 'person', 'oz', 'github', 'oz-k', 'oz-too'),
      '[oz]',
    ],
    [
      'an account that is woken',
      'pagerduty: PAMARA',
      'pagerduty: PMALLORY',
      changed(`${PEOPLE}:2:52`, 'person', 'amara', 'pagerduty', 'PAMARA', 'PMALLORY'),
      '[amara, nia]',
    ],
    [
      'a delivery lead',
      'delivery_lead: nia',
      'delivery_lead: oz',
      changed(`${PEOPLE}:3:52`, 'person', 'ben', 'delivery_lead', 'nia', 'oz'),
      '[nia]',
    ],
    [
      'a way to reach somebody, of which the comment shows no more than the end',
      'pagerduty: PAMARA',
      'pagerduty: PAMARA, reach: {phone: +44 20 7946 0123}',
      changed(`${PEOPLE}:2:75`, 'person', 'amara', 'phone', '', '…23'),
      '[amara, nia]',
    ],
    [
      'an address to which others write',
      'pagerduty: PAMARA',
      'pagerduty: PAMARA, email: amara@example.com',
      changed(`${PEOPLE}:2:67`, 'person', 'amara', 'email', '', '…om'),
      '[amara, nia]',
    ],
    [
      'since when somebody agrees to be called out of hours',
      'pagerduty: PCHI',
      'pagerduty: PCHI, on_call_since: 2026-01-01',
      changed(`${PEOPLE}:4:67`, 'person', 'chi', 'on_call_since', '', '2026-01-01'),
      '[chi, nia]',
    ],
    [
      'when somebody was vetted, which is nobody’s own word',
      'pagerduty: PCHI',
      'pagerduty: PCHI, vetted_on: 2026-01-01',
      changed(`${PEOPLE}:4:63`, 'person', 'chi', 'vetted_on', '', '2026-01-01'),
      '[nia]',
    ],
    [
      'what was done before a first turn, which is nobody’s own word',
      'pagerduty: PCHI',
      'pagerduty: PCHI, onboarded: {paas: {vpn: 2026-01-02, badge: 2026-01-01}}',
      changed(`${PEOPLE}:4:63`, 'person', 'chi', 'onboarded', '', 'paas: badge 2026-01-01, vpn 2026-01-02'),
      '[nia]',
    ],
    [
      'a lead who is added',
      'leads: [nia]',
      'leads: [nia, chi]',
      changed('rotas/paas/team.yaml:2:8', 'leads', 'paas', 'leads', 'nia', 'chi, nia'),
      '[nia]',
    ],
    [
      'a lead who is removed',
      '\nleads: [oz]',
      '',
      changed('rotas/dxw/team.yaml:1:1', 'leads', 'dxw', 'leads', 'oz', ''),
      '[oz]',
    ],
    [
      'a schedule',
      'schedule: PSCHEDULE',
      'schedule: POTHER',
      changed(
        'rotas/paas/nights.yaml:6:27',
        'schedule',
        'paas/nights/engineer',
        'schedule',
        'PSCHEDULE',
        'POTHER',
      ),
      '[nia]',
    ],
    [
      'the priorities for which a chain calls somebody',
      '{notify: [person: nia]}\npagerduty',
      '{notify: [person: nia], only_for: [P1], at_once_for: [P1]}\npagerduty',
      changed(
        'policies/escalation/nights.yaml:5:5',
        'chain',
        'nights',
        'level 2',
        'nia',
        'nia, only for P1, at once for P1',
      ),
      '[nia]',
    ],
    [
      'when a chain calls the next',
      'escalate_after: 5 minutes',
      'escalate_after: 9 minutes',
      changed(
        'policies/escalation/nights.yaml:4:5',
        'chain',
        'nights',
        'level 1',
        'paas/nights/engineer, for 5 minutes',
        'paas/nights/engineer, for 9 minutes',
      ),
      '[nia]',
    ],
    [
      'a policy of PagerDuty',
      'policy: PPOLICY',
      'policy: POTHER',
      changed('policies/escalation/nights.yaml:6:21', 'chain', 'nights', 'policy', 'PPOLICY', 'POTHER'),
      '[nia]',
    ],
    [
      'the chain of a service',
      'escalation: {day: nights}',
      'escalation: {day: other}',
      changed('policies/services.yaml:2:78', 'service', 'website', 'window day', 'nights', 'other'),
      '[nia]',
    ],
  ])('%s is reported, and agreed to', (_, was, is, finding, anyOf) => {
    const head = but(base, was, is);
    // Whoever is called earlier than before is a finding of their own.
    expect(found(head).filter((line) => !line.includes('called before others'))).toEqual([finding]);
    expect([...new Set(mayAgree(head))]).toEqual([anyOf]);
    const [agreeing = ''] = anyOf.slice(1, -1).split(', ');
    const login = { amara: 'AMARA-o', chi: 'chi-w', nia: 'nia-r', oz: 'oz-k' }[agreeing] ?? '';
    expect(open(head, { author: login })).toEqual([]);
    expect(open(head, { author: 'chi-too', approvals: ['mallory-too', 'oz-too'] })).not.toEqual([]);
  });

  test.each<[what: string, before: string, after: string, asks: boolean]>([
    ['for all', ', only_for: [P1]', '', true],
    ['for another one', 'only_for: [P1]', 'only_for: [P2]', true],
    ['for one more', 'only_for: [P1]', 'only_for: [P1, P2]', true],
    [
      'for the same',
      'notify: [person: nia], escalate_after: 5',
      'notify: [person: nia], escalate_after: 9',
      false,
    ],
  ])('the priorities for which a chain calls somebody, %s', (_, before, after, asks) => {
    const narrow = but(
      but(
        base,
        '{notify: [person: nia]}\npag',
        '{notify: [person: nia], escalate_after: 5 minutes}\n  - {notify: [person: chi], only_for: [P1]}\npag',
      ),
      'priorities: {P1: {',
      'priorities: {P2: {name: Two}, P1: {',
    );
    const wide = but(narrow, before, after);
    const asked = found(wide, narrow).filter((line) => line.includes('key: chi, after: called for more'));
    expect(asked.length > 0).toBe(asks);
    expect(mayAgree(wide, narrow).includes('[chi]')).toBe(asks);
  });

  test('a role of another team that a chain calls earlier, or for more, is agreed to by a lead of that team, too', () => {
    const level = (role: string, more = '') => `{notify: [${role}], escalate_after: 5 minutes${more}}`;
    const text = (...levels: readonly string[]) =>
      `${but(base, '  - {notify: [paas/nights/engineer], escalate_after: 5 minutes}\n  - {notify: [person: nia]}', levels.map((it) => `  - ${it}`).join('\n'))}== rotas/dxw/days.yaml\n${NIGHTS_ROTA}`;
    const [own, other] = [level('paas/nights/engineer'), level('dxw/nights/engineer')].map((it) =>
      it.replace('dxw/nights', 'dxw/days'),
    ) as [string, string];
    const late = text(own, other, '{notify: [person: nia]}');
    expect(mayAgree(text(other, own, '{notify: [person: nia]}'), late)).toContain('[oz]');
    const narrow = text(own, level('dxw/days/engineer', ', only_for: [P1]'), '{notify: [person: nia]}');
    expect(mayAgree(late, narrow)).toContain('[oz]');
    expect(mayAgree(narrow, late)).not.toContain('[oz]');
  });

  test('a group of a chat or a helpdesk is agreed to by a lead of each team that has it', () => {
    const group = 'user_groups: {S0OPS: [paas/nights/engineer]}';
    const own = but(base, 'leads: [nia]', `leads: [nia]\nslack: {channel: C0PAAS, ${group}}`);
    const taken = but(own, 'leads: [oz]', `leads: [oz]\nslack: {channel: C0DXW, ${group}}`);
    const zendesk = but(
      own,
      'leads: [nia]',
      'leads: [nia]\nzendesk: {groups: {7: {roles: [paas/nights/engineer]}}}',
    );
    expect(mayAgree(own)).toEqual(['[nia]']);
    expect(mayAgree(taken, own)).toEqual(['[nia]', '[oz]']);
    expect(mayAgree(zendesk, own)).toEqual(['[nia]']);
    expect(mayAgree(but(zendesk, '{roles: [', '{removes: true, owned: true, roles: ['), zendesk)).toEqual([
      '[nia]',
    ]);
    expect(mayAgree(own, own)).toEqual([]);
  });

  test('a contact is reported, and a chain or a service that is removed', () => {
    const contacts = but(base, 'people:\n', 'contacts: {desk: {name: Desk, pagerduty: PDESK}}\npeople:\n');
    expect(found(but(contacts, 'PDESK', 'POTHER'), contacts)).toHaveLength(1);
    const reached = but(contacts, 'PDESK', 'PDESK, reach: {slack: "@desk"}');
    expect(found(but(reached, '@desk', '@other'), reached)).toHaveLength(1);
    expect(mayAgree(but(reached, '@desk', '@other'), reached)).toEqual(['[oz, nia]']);
    expect(found(but(contacts, 'PDESK', 'PDESK, email: desk@example.org'), contacts)).toHaveLength(1);
    expect(found(base.replace(/== policies\/services.yaml[\s\S]*?(?=== )/, ''))).toHaveLength(2);
    expect(found(base.replace(/== policies\/escalation\/other.yaml[\s\S]*?(?=== )/, ''))).toHaveLength(3);
  });
});

test.each<[what: string, head: string]>([
  ['the case of a login', but(base, 'Amara-O', 'amara-o')],
  ['the order of keys', but(base, 'name: Chi, github: chi-w', 'github: chi-w, name: Chi')],
  ['somebody new', but(base, '  oz: {', '  dee: {name: Dee, github: dee-n, pagerduty: PDEE}\n  oz: {')],
  ['a team without leads', `${base}== rotas/mod/team.yaml\nname: Mod\n`],
])('%s is no change', (_, head) => {
  expect(found(head)).toEqual([]);
  expect(open(head)).toEqual([]);
});

test('where a figure of a policy comes from is no change, and the figure is one', () => {
  const noted = (text: string) => `${base}== policies/notice.yaml\n${text}\n`;
  const was = noted('rota_change: {minimum: 7 days}');
  const cited = noted('source: A playbook\nrota_change: {minimum: 7 days, example: true}');
  expect(found(cited, was)).toEqual([]);
  expect(found(noted('rota_change: {minimum: 6 days}'), was)).toHaveLength(1);
  const team = (more: string) => noted(`teams: {paas: {rota_change: {minimum: 7 days${more}}}}`);
  expect(found(team(', example: true'), team(''))).toEqual([]);
  expect(found(team(', recommended: 8 days'), team(''))).toHaveLength(1);
});

test('a name is a change, because calendars call people by it', () => {
  const head = but(base, 'name: Chi', 'name: Chi Wong');
  expect(found(head)).toHaveLength(1);
  expect(open(head, { author: 'chi-w' })).toEqual([]);
  expect(open(head, { author: 'amara-o' })).not.toEqual([]);
});

describe('who is called directly', () => {
  const called = 'escalate_after: 5 minutes}\n  - {notify: [person: nia]}';

  test('by a chain agrees, and a lead to the chain', () => {
    const head = but(base, called, called.replace('nia', 'oz'));
    expect(mayAgree(head)).toEqual(['[oz]', '[nia]']);
  });

  test('by a new chain agrees, whoever leads', () => {
    const head = `${base}== policies/escalation/toy.yaml\nname: Toy\napplies_in: [day]\nlevels: [{notify: [person: amara]}]\n`;
    expect(mayAgree(head)).toEqual(['[amara]']);
    expect(open(head, { author: 'nia-r' })).not.toEqual([]);
    expect(open(head, { author: 'amara-o' })).toEqual([]);
  });
});

describe('the person who has the account of a contact is called with it:', () => {
  const withDesk = (account: string, own = base) =>
    but(own, 'people:\n', `contacts: {desk: {name: Desk, pagerduty: ${account}}}\npeople:\n`);
  const toy = (own: string) =>
    `${own}== policies/escalation/toy.yaml\nname: Toy\napplies_in: [day]\nlevels: [{notify: [contact: desk]}]\n`;

  test('a new contact with the account of a colleague needs the colleague, whom no lead can speak for', () => {
    const head = withDesk('PAMARA');
    expect(found(head)).toEqual([
      `${PEOPLE}:1:42 warning changed {kind: contact, id: desk, key: amara, after: called}`,
    ]);
    expect(mayAgree(head)).toEqual(['[amara]']);
    expect(mayAgree(toy(head))).toEqual(['[amara]', '[amara]']);
    expect(open(head, { author: 'nia-r' })).not.toEqual([]);
    expect(open(head, { author: 'amara-o' })).toEqual([]);
    expect(mayAgree(withDesk('PBEN'))).toEqual(['[nia]']);
  });

  test('another account of a contact needs the colleague who has it, and a lead', () => {
    expect(mayAgree(withDesk('PCHI'), withDesk('PDESK'))).toEqual(['[chi]', '[oz, nia]']);
    expect(mayAgree(withDesk('PCHI'), withDesk('PAMARA'))).toEqual(['[chi]', '[oz, nia]']);
    expect(mayAgree(withDesk('PDESK'), withDesk('PAMARA'))).toEqual(['[oz, nia]']);
  });

  test('an account that is freed first, or that somebody new brings, is no way around', () => {
    const freed = but(withDesk('PAMARA'), 'github: Amara-O, pagerduty: PAMARA', 'github: Amara-O');
    expect(mayAgree(freed)).toEqual(['[amara]', '[amara, nia]']);
    const desk = withDesk('PDESK');
    const fresh = but(desk, '  oz: {', '  dee: {name: Dee, github: dee-d, pagerduty: PDESK}\n  oz: {');
    expect(mayAgree(fresh, desk)).toEqual(['[dee]']);
  });

  test('a chain that calls the contact from then on needs the colleague', () => {
    const own = withDesk('PAMARA');
    expect(mayAgree(toy(own), own)).toEqual(['[amara]']);
    expect(found(toy(own), own)).toEqual([
      'policies/escalation/toy.yaml:1:1 warning changed {kind: chain, id: toy, key: amara, after: called}',
    ]);
    const level = but(own, '{notify: [person: nia]}\npagerduty', '{notify: [contact: desk]}\npagerduty');
    expect(mayAgree(level, own)).toEqual(['[amara]', '[nia]']);
    expect(mayAgree(withDesk('PBEN'), withDesk('PBEN'))).toEqual([]);
  });

  test('two people with one account are an error whoever agrees', () => {
    const head = but(base, '  oz: {', '  dee: {name: Dee, github: dee-d, pagerduty: PAMARA}\n  oz: {');
    expect(foundInPull('pagerduty', base, head, NOW, { author: 'amara-o' })).toHaveLength(1);
  });
});

/** The people whom a rota like that of paas names anew, each of whom agrees for themselves. */
const NAMED = ['[amara]', '[nia]', '[chi]'];

describe('what a chain takes over in PagerDuty:', () => {
  test('a policy of its own needs a lead, even where it calls nobody known', () => {
    const desk = but(base, 'people:\n', 'contacts: {desk: {name: Desk, pagerduty: PDESK}}\npeople:\n');
    const toy = (more: string) =>
      `${desk}== policies/escalation/toy.yaml\nname: Toy\napplies_in: [day]\nlevels: [{notify: [contact: desk]}]\n${more}`;
    expect(mayAgree(toy(''), desk)).toEqual([]);
    expect(mayAgree(toy('pagerduty: {policy: PTAKEN}\n'), desk)).toEqual(['[oz, nia]']);
  });

  test('the schedule of another team’s role needs a lead of that team', () => {
    const days = (id: string) =>
      `${base}== rotas/dxw/days.yaml\n${but(NIGHTS_ROTA, '  engineer:\n', `  engineer:\n    pagerduty: {schedule: ${id}}\n`)}`;
    const schedules = (head: string, own = base) =>
      found(head, own).filter((line) => line.includes('kind: schedule'));
    expect(schedules(days('PSCHEDULE'))).toEqual([
      'rotas/dxw/days.yaml:6:27 warning changed {kind: schedule, id: dxw/days/engineer, key: schedule, after: PSCHEDULE}',
    ]);
    expect(mayAgree(days('PSCHEDULE'))).toEqual(['[nia]', '[oz]', ...NAMED]);
    expect(mayAgree(days('PSCHEDULE'), days('PFRESH'))).toEqual(['[nia]', '[oz]']);
    // A rota that moves takes its schedule to another team.
    const moved = base
      .replace('rotas/paas/nights', 'rotas/dxw/nights')
      .replaceAll('paas/nights/', 'dxw/nights/');
    expect(schedules(moved)).toHaveLength(1);
  });

  test('a schedule that the base does not have needs a lead, who says that it is the team’s', () => {
    const rota = but(NIGHTS_ROTA, '  engineer:\n', '  engineer:\n    pagerduty: {schedule: PFRESH}\n');
    expect(mayAgree(`${base}== rotas/dxw/days.yaml\n${rota}`)).toEqual(['[oz]', ...NAMED]);
    expect(mayAgree(`${base}== rotas/new/team.yaml\nname: New\n== rotas/new/days.yaml\n${rota}`)).toEqual([
      '[oz, nia]',
      ...NAMED,
    ]);
    expect(mayAgree(`${base}== rotas/dxw/days.yaml\n${NIGHTS_ROTA}`)).toEqual(NAMED);
  });

  test('the policy of another chain needs a lead behind that chain', () => {
    const days = `${base}== rotas/dxw/days.yaml\n${NIGHTS_ROTA}`;
    const chain = 'name: Toy\napplies_in: [day]\nlevels: [{notify: [dxw/days/engineer]}]\n';
    const toy = `${days}== policies/escalation/toy.yaml\n${chain}`;
    expect(mayAgree(`${toy}pagerduty: {policy: PFRESH}\n`, toy)).toEqual(['[oz]']);
    expect(mayAgree(`${toy}pagerduty: {policy: PPOLICY}\n`, days)).toEqual(['[nia]', '[oz]']);
  });
});

describe('holidays behind the support hours of a service:', () => {
  const list = (text: string) =>
    `name: England\ncomplete_from: 2026-01-01\n${text.includes('complete_until') ? '' : 'complete_until: 2028-12-31\n'}${text}\n`;
  const withList = (text: string) =>
    `${but(base, 'timezone: Europe/London\nwindows', 'timezone: Europe/London\nholidays: england\nwindows')}== policies/holidays/england.yaml\n${list(text)}`;
  const own = withList('holidays: {2026-12-25: Christmas Day}');
  const changed = (text: string) => found(withList(text), own);
  const day = (key: string, rest: string) => `{kind: holidays, id: england, key: ${key}, ${rest}}`;

  test.each<[what: string, text: string, facts: readonly string[]]>([
    [
      'a day that is added',
      'holidays: {2026-12-25: Christmas Day, 2026-12-28: Boxing Day}',
      [day('2026-12-28', 'after: holiday')],
    ],
    [
      'a day of its own kind',
      'holidays: {2026-12-25: Christmas Day}\nadded: {2026-12-28: Boxing Day}',
      [day('2026-12-28', 'after: holiday')],
    ],
    [
      'a day that moves',
      'holidays: {2026-12-24: Christmas Day}',
      [day('2026-12-24', 'after: holiday'), day('2026-12-25', 'before: holiday')],
    ],
    [
      'an end within the comparison',
      'complete_until: 2026-12-31\nholidays: {2026-12-25: Christmas Day}',
      [day('complete_until', 'before: 2028-12-31, after: 2026-12-31')],
    ],
    [
      'another zone',
      'timezone: Asia/Tokyo\nholidays: {2026-12-25: Christmas Day}',
      [day('timezone', 'after: Asia/Tokyo')],
    ],
    ['another name', 'holidays: {2026-12-25: Christmas}', []],
    ['a day that is over', 'holidays: {2026-11-02: Feast, 2026-12-25: Christmas Day}', []],
    [
      'the list of a later year',
      'complete_until: 2029-12-31\nholidays: {2026-12-25: Christmas Day, 2028-12-25: Christmas Day, 2029-12-25: Christmas Day}',
      [],
    ],
  ])('%s', (_, text, facts) => {
    expect(changed(text).map((line) => line.replace(/^.* warning changed /, ''))).toEqual(facts);
    expect(mayAgree(withList(text), own)).toEqual(facts.length === 0 ? [] : ['[nia]']);
  });

  test('a list that no service goes by is no change', () => {
    const idle = but(own, 'holidays: england\n', '');
    expect(found(but(idle, '{2026-12-25', '{2026-12-24: Eve, 2026-12-25'), idle)).toEqual([]);
  });
});

test('somebody who is removed loses every key, so that nobody comes back as somebody else', () => {
  const head = base.replace(/ {2}oz: \{.*\n/, '').replace(/, delivery_lead: oz/g, '');
  expect(mayAgree(head)).toContain('[oz]');
  expect(open(head, { author: 'chi-w' })).not.toEqual([]);
});

test('a delivery lead, not the person, agrees to another one, so that nobody chooses who agrees to their swaps', () => {
  const own = but(base, 'name: Chi,', 'name: Chi, delivery_lead: oz,');
  const head = but(own, 'delivery_lead: oz,', 'delivery_lead: amara,');
  expect(mayAgree(head, own)).toEqual(['[oz, nia]']);
  expect(open(head, { author: 'chi-w' }, own)).toHaveLength(1);
  expect(mayAgree(own)).toEqual(['[chi, nia]']);
});

test('an exchange of two accounts needs both people, who are woken for one another, and a lead is not enough', () => {
  const head = but(but(base, 'PAMARA', 'P1'), 'PCHI', 'PAMARA').replace('P1', 'PCHI');
  // Each is asked for what the account wakes them for at all, and as whom a schedule calls.
  const own = ['[amara, nia]', '[amara]', '[amara]', '[chi, nia]', '[chi]', '[chi]'];
  expect(mayAgree(head).toSorted()).toEqual(own);
  expect([
    ...new Set(open(head, { author: 'chi-w' }).map((line) => /anyOf: (\[.*\])/.exec(line)?.[1])),
  ]).toEqual(['[amara, nia]', '[amara]']);
  expect(open(head, { author: 'chi-w', approvals: ['amara-o'] })).toEqual([]);
  expect(open(head, { author: 'nia-r' })).toHaveLength(4);
});

test('somebody whose account another person takes is asked, although nothing of theirs changes', () => {
  const head = but(base, 'PAMARA', 'PCHI');
  expect(mayAgree(head)).toContain('[chi]');
  const asked = open(head, { author: 'Amara-O', approvals: ['nia-r'] });
  expect(asked.map((line) => /anyOf: (\[.*\])/.exec(line)?.[1])).toEqual(['[chi]', '[chi]']);
});

describe('the leads of a new team', () => {
  const mod = `${base}== rotas/mod/team.yaml\nname: Mod\nleads: [chi]\n`;
  test('are agreed to by a lead of the base, because a lead may speak for teams without leads', () => {
    expect(mayAgree(mod)).toEqual(['[oz, nia]']);
    expect(open(mod, { author: 'chi-w' })).not.toEqual([]);
  });

  test('whom a name that the base only mentions becomes', () => {
    const ghost = but(base, 'leads: [nia]', 'leads: [nia, ghost]');
    const head = but(ghost, '  oz: {', '  ghost: {name: Ghost, github: mallory-too}\n  oz: {');
    // About the login, and about a lead.
    expect(mayAgree(head, ghost)).toEqual(['[nia]', '[nia]']);
    expect(open(head, { author: 'mallory-too' }, ghost)).not.toEqual([]);
  });
});

describe('the first leads of all', () => {
  const leadless = base
    .replace('\nleads: [nia]', '')
    .replace('\nleads: [oz]', '')
    .replace('name: Ben,', 'name: Ben, github: ben-a,');
  const head = but(leadless, 'name: PaaS', 'name: PaaS\nleads: [chi]');

  test('are agreed to by everybody with a place in a rota', () => {
    const first = (person: string) => `first-leads {of: [paas], person: ${person}}`;
    expect(open(head, { author: 'chi-w' }, leadless)).toEqual([first('amara'), first('ben')]);
    expect(open(head, { author: 'chi-w', approvals: ['amara-o', 'BEN-A'] }, leadless)).toEqual([]);
  });

  test('and so is what only a lead agrees to, while there is none', () => {
    const vetted = but(leadless, 'pagerduty: PCHI', 'pagerduty: PCHI, vetted_on: 2026-01-01');
    expect(open(vetted, { author: 'chi-w' }, leadless)).toEqual([
      'first-leads {of: [chi], person: amara}',
      'first-leads {of: [chi], person: ben}',
    ]);
  });

  test('and by nobody, where the leads of another team could not be read', () => {
    const broken = but(leadless, 'name: dxw', 'nmae: dxw');
    const mended = but(head, 'name: dxw', 'name: dxw\nleads: [ben]');
    const all = { author: 'chi-w', approvals: ['amara-o', 'ben-a'] };
    expect(open(mended, all, leadless)).toEqual([]);
    expect(open(mended, all, broken)).toEqual([
      'base-unread {files: [rotas/dxw/team.yaml], leads: []}',
      'identity-not-agreed {kind: leads, id: paas, keys: [leads], anyOf: []}',
    ]);
  });

  test('and a person’s own keys by the person alone', () => {
    expect(mayAgree(but(leadless, 'github: chi-w', 'github: x'), leadless)).toEqual(['[chi]']);
    const nameless = but(leadless, ', github: chi-w', '');
    expect(mayAgree(but(nameless, 'github: Amara-O', 'github: x'), nameless)).toEqual(['[amara]']);
  });

  test('and by nobody who has left, about whom the others agree', () => {
    const left = but(
      leadless,
      'name: Ben, github: ben-a,',
      'name: Ben, github: ben-a, last_day: 2025-01-01,',
    );
    for (const changed of [
      but(left, 'name: PaaS', 'name: PaaS\nleads: [chi]'),
      but(left, ', github: ben-a', ''),
    ])
      expect(open(changed, { author: 'chi-w' }, left)).toEqual([
        expect.stringMatching(/^first-leads .* person: amara\}$/),
      ]);
  });

  test('of somebody without a login, by everybody on a rota who has one', () => {
    const nameless = but(leadless, ', github: Amara-O', '');
    for (const changed of [
      but(nameless, 'name: Amara', 'name: Amara, github: Amara-O'),
      but(nameless, 'name: PaaS', 'name: PaaS\nleads: [chi]'),
    ]) {
      const asked = open(changed, { author: 'chi-w' }, nameless);
      expect(asked).toEqual([expect.stringMatching(/^first-leads .* person: ben\}$/)]);
      expect(open(changed, { author: 'chi-w', approvals: ['ben-a'] }, nameless)).toEqual([]);
    }
  });
});

const format = wordsOf(identityRule);
const words = (kind: string, id: string, key: string, before?: string, after?: string) =>
  format({ code: 'changed', args: { kind: kind as 'person', id, key, before, after } });
test.each([
  [
    words('person', 'amara', 'github', 'amara-o', 'mallory-too'),
    'the GitHub name of amara changes from amara-o to mallory-too, which agrees for them from then on',
  ],
  [
    words('person', 'amara', 'pagerduty', 'P1'),
    'the PagerDuty account of amara changes from P1 to none, which is woken for them from then on',
  ],
  [
    words('person', 'amara', 'delivery_lead', undefined, 'nia'),
    'the delivery lead of amara changes from none to nia, who agrees to changes of their time from then on',
  ],
  [
    words('leads', 'paas', 'leads', 'nia', 'chi, nia'),
    'the leads of paas change from nia to chi, nia; leads may agree, and approve emergencies, from then on',
  ],
  [
    words('schedule', 'paas/nights/engineer', 'schedule', 'P1', 'P2'),
    'the PagerDuty schedule of paas/nights/engineer changes from P1 to P2, which decides who is woken from then on',
  ],
  [
    words('schedule', 'paas/days/engineer', 'off_duty', 'inbox', 'desk'),
    'whom PagerDuty reaches outside the hours of paas/days/engineer changes from inbox to desk, from then on',
  ],
  [
    words('schedule', 'paas/days/engineer', 'ben', undefined, 'called off duty'),
    'ben is called off duty by paas/days/engineer from then on',
  ],
  [
    words('service', 'website', 'PagerDuty service', 'PONE', 'PTWO'),
    'the PagerDuty service of website changes from PONE to PTWO, whose alerts call its chains from then on',
  ],
  [
    words('chain', 'nights', 'level 2', 'nia', 'oz'),
    'level 2 of the chain nights changes from nia to oz, which decides who is woken from then on',
  ],
  [
    words('service', 'website', 'amara', undefined, 'called in day'),
    'amara is called in day for the service website from then on',
  ],
  [
    words('known-as', 'mallory', 'amara', undefined, 'phone'),
    'mallory has the telephone number of amara from then on, so that one is taken for the other',
  ],
  [
    words('planned-change', 'paas/move', 'first call', undefined, 'website 10:00 – 12:00 (1 assigned)'),
    'for website 10:00 – 12:00 (1 assigned), the planned change paas/move decides who is called first',
  ],
  [
    words('planned-change', 'dxw/move', 'paas/nights/engineer', undefined, '10:00 – 12:00'),
    'the planned change dxw/move decides who is paas/nights/engineer 10:00 – 12:00',
  ],
  [
    words('person', 'amara', 'vetted_on', undefined, '2026-01-01'),
    'the day of vetting of amara changes from none to 2026-01-01, which allows that they hold roles that need it from then on',
  ],
  [
    words('person', 'amara', 'onboarded', undefined, 'paas: vpn 2026-01-01'),
    'the record of onboarding of amara changes from none to paas: vpn 2026-01-01, which allows that they have a first turn from then on',
  ],
  [
    words('service', 'website', 'window day', 'nights', 'other'),
    'the chain of the service website in day changes from nights to other, which decides who is woken from then on',
  ],
  [
    words('service', 'website', 'team', 'paas', 'dxw'),
    'the team of the service website changes from paas to dxw, whose leads may agree from then on',
  ],
  [
    words('contact', 'desk', 'pagerduty', 'P1', 'P2'),
    'the PagerDuty account of desk changes from P1 to P2, which is alerted from then on',
  ],
  [
    words('person', 'amara', 'phone', '…23', '…99'),
    'the telephone number of amara changes from …23 to …99, by which pages say how to reach them from then on',
  ],
  [
    words('contact', 'desk', 'email', '…rg', '…om'),
    'the e-mail address of desk changes from …rg to …om, by which others write to them from then on',
  ],
  [
    words('contact', 'desk', 'slack', '@desk'),
    'the chat name of desk changes from @desk to none, by which user groups, mentions and pages reach them from then on',
  ],
  [
    words('contact', 'desk', 'amara', undefined, 'called'),
    'amara is woken for the contact desk from then on, which has their PagerDuty account',
  ],
  [
    words('holidays', 'england', '2026-12-28', undefined, 'holiday'),
    'holidays of england: 2026-12-28 added, which decides when roles are on duty and chains are called',
  ],
  [
    words('holidays', 'england', '2026-12-28', 'holiday'),
    'holidays of england: 2026-12-28 removed, which decides when roles are on duty and chains are called',
  ],
  [
    words('holidays', 'england', 'complete_until', '2027-12-31', '2026-12-31'),
    'holidays of england: complete_until changes from 2027-12-31 to 2026-12-31, which decides when roles are on duty and chains are called',
  ],
])('its message: %s', (text, expected) => expect(text).toBe(expected));
