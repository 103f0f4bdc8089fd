/** Every way in which data can break its schema, with the message; the handbook is valid but for one passage. */
import { describe, expect, test } from 'vitest';
import { but, checked, everything } from '../handbook.ts';

const NIGHTS = 'rotas/paas/nights.yaml';
const PEOPLE = 'rotas/people.yaml';
const HOURS = 'policies/support-hours/paas.yaml';
const LEVELS = 'policies/service-levels/paas.yaml';
const CHAIN = 'policies/escalation/nights.yaml';
const SERVICES = 'policies/services.yaml';
const NOTICE = 'policies/notice.yaml';
const ONBOARDING = 'policies/onboarding/paas.yaml';
const PUBLISHING = 'policies/publishing.yaml';

test('a handbook that conforms to its schemas has no findings', () => {
  expect(checked(everything)).toEqual([]);
});

test.each(['amara-osei_corp', `${'a'.repeat(34)}_corp`, 'corp_admin'])(
  'the account of an enterprise, with its short code, is a GitHub name: %s',
  (login) => {
    expect(checked(but(everything, 'github: amara-osei', `github: ${login}`))).toEqual([]);
  },
);

describe.each<[why: string, cases: [passage: string, other: string, ...found: string[]][]]>([
  [
    'an unknown key',
    [
      [
        'overrides:',
        'overides:',
        `${NIGHTS}:18:1 "overides" is not a key of a rota; did you mean "overrides"?`,
      ],
      [
        '{id: vpn, text',
        '{id: vpn, who: nia-rhys, text',
        `${ONBOARDING}:5:15 "who" is not a key of an onboarding item; its keys are id, text, ask, link, before and retired`,
      ],
      ['github: ', 'gihtub: ', `${PEOPLE}:5:5 "gihtub" is not a key of a person; did you mean "github"?`],
      [
        'leads:',
        'colour:',
        'rotas/paas/team.yaml:2:1 "colour" is not a key of a team; its keys are name, leads, channel, needs, slack, microsoft_teams, zendesk, checklists and on_support',
      ],
      [
        '{name: Dee Novak, ',
        '{name: Dee Novak, phone: "1", ',
        `${PEOPLE}:19:32 "phone" is not a key of a person; did you mean "zone"?`,
      ],
      [
        'reason: leave',
        'why: leave',
        `${PEOPLE}:17:55 "why" is not a key of an absence; its keys are first_day, last_day and reason`,
      ],
      [
        '{first_turn: 2027-04-07,',
        '{first-turn: 2027-04-07,',
        `${NIGHTS}:11:10 "first-turn" is not a key of a rotation entry; did you mean "first_turn"?`,
      ],
      [
        '{name: Chi Wong,',
        '{name: Chi Wong, __proto__: {x: 1},',
        `${PEOPLE}:18:30 "__proto__" is not a key of a person; its keys are name, skills, github, pagerduty, slack, zendesk, email, vetted_on, on_call_since, delivery_lead, away, works, holidays, zone, first_day, last_day, onboarded and reach`,
      ],
      [
        '{name: Chi Wong,',
        '{name: Chi Wong, constructor: {x: 1},',
        `${PEOPLE}:18:30 "constructor" is not a key of a person; its keys are name, skills, github, pagerduty, slack, zendesk, email, vetted_on, on_call_since, delivery_lead, away, works, holidays, zone, first_day, last_day, onboarded and reach`,
      ],
    ],
  ],
  [
    'a key of the other alternative',
    [
      [
        'turn: 2027-02-03, ',
        'turns: 2027-02-03, ',
        `${NIGHTS}:19:22 "turns" is not a key of an override; did you mean "turn"?`,
      ],
      [
        'turn: 2027-02-03, person: dee-novak, ',
        'turns: 2027-02-03, ',
        `${NIGHTS}:19:5 "person" is missing from override of hours`,
        `${NIGHTS}:19:22 "turns" is not a key of an override; did you mean "turn"?`,
      ],
      [
        'handover: {day: wednesday,',
        'handover: {evry: day,',
        `${NIGHTS}:5:12 "evry" is not a key of a hand-over; did you mean "every"?`,
      ],
    ],
  ],
  [
    'a fault in what is known of a person',
    [
      [
        'github: amara-osei',
        'github: amara_osei_corp',
        `${PEOPLE}:5:13 "amara_osei_corp" is not a github user name such as "amara-osei"`,
      ],
      [
        'github: amara-osei',
        `github: ${'a'.repeat(36)}_corp`,
        `${PEOPLE}:5:13 this has 41 characters; a github user name has at most 39`,
      ],
      [
        'first_day: 2026-12-17, last_day: 2026-12-20',
        'first_day: 2026-12-17, to: 2026-12-20T10:00',
        `${PEOPLE}:17:9 no absence is written like this; write {from: 2026-12-17T00:00, to: 2026-12-20T10:00}`,
      ],
      [
        'first_day: 2026-12-17, last_day: 2026-12-20',
        'from: 2026-12-17T09:00, last_day: 2026-12-20',
        `${PEOPLE}:17:9 no absence is written like this; write {from: 2026-12-17T09:00, to: 2026-12-21T00:00}`,
      ],
      [
        'first_day: 2026-12-17, last_day: 2026-12-20',
        'from: 2026-12-17',
        `${PEOPLE}:17:16 "2026-12-17" is not a local date-time such as "2026-12-03T18:00"; write 2026-12-17T00:00`,
      ],
      [
        'last_day: 2029-03-31',
        'works: [monday]',
        `${PEOPLE}:10:13 this is text, and a work pattern is a block of keys`,
      ],
      [
        'last_day: 2029-03-31',
        'works: []',
        `${PEOPLE}:10:12 this has too few entries; "works" needs at least one entry`,
      ],
      [
        'last_day: 2029-03-31',
        'works: [{days: [mon]}]',
        `${PEOPLE}:10:21 "mon" is not one of monday, tuesday, wednesday, thursday, friday, saturday and sunday; did you mean "monday"?`,
      ],
      [
        'last_day: 2029-03-31',
        'works: [{days: []}]',
        `${PEOPLE}:10:20 this has too few entries; "days" needs at least one entry`,
      ],
      [
        'last_day: 2029-03-31',
        'works: [{days: [friday], on_call: "yes"}]',
        `${PEOPLE}:10:39 this is text, and a switch is true or false; write true`,
      ],
      [
        'last_day: 2029-03-31',
        'holidays: 7',
        `${PEOPLE}:10:15 this is a number, and an id is text; put it in quotes`,
      ],
      [
        'last_day: 2029-03-31',
        'zone: 1',
        `${PEOPLE}:10:11 this is a number, and a time zone is text; put it in quotes`,
      ],
      [
        'last_day: 2029-03-31',
        'first_day: soon',
        `${PEOPLE}:10:16 "soon" is not a date such as "2026-12-02"`,
      ],
    ],
  ],
  [
    'a fault in a holiday or in a policy of a team',
    [
      [
        '2026-12-28: Boxing Day',
        '2026-12-28: {name: Boxing Day}',
        'policies/holidays/england.yaml:6:15 "observed_on" is missing from an observed holiday',
      ],
      [
        '2026-12-28: Boxing Day',
        '2026-12-28: Boxing Day\nadded: [2026-12-29]',
        'policies/holidays/england.yaml:7:8 this is a list, and "added" is a block of keys',
      ],
      [
        'consent: [both-people]',
        'consent: [both-people]\nteams: {paas: {rota_change: {minimum: 7}}}',
        `${NOTICE}:4:39 this is a number, and a notice is text; write 7 days`,
      ],
      [
        'consent: [both-people]',
        'consent: [both-people]\nteams: {paas: {}}',
        `${NOTICE}:4:15 this has too few entries; a policy of a team needs at least one entry`,
      ],
      [
        'rest: {turns_between: 1}',
        'rest: {hours_between: 1 day}',
        'policies/on-call.yaml:1:23 "1 day" is not a rest time such as "11 hours"',
      ],
      [
        'rest: {turns_between: 1}',
        'rest: {longest_unbroken: 0 days}',
        'policies/on-call.yaml:1:26 "0 days" is not a duty time such as "6 days"',
      ],
      [
        'rest: {turns_between: 1}',
        'rest: {turns_between: 1, every: 1 day}',
        'policies/on-call.yaml:1:26 "every" is not a key of "rest"; its keys are turns_between, hours_between, longest_unbroken, example and source',
      ],
    ],
  ],
  [
    'a key that is missing',
    [
      ['timezone: Europe/London\nhours', 'hours', `${NIGHTS}:1:1 "timezone" is missing from a rota`],
      ['    name: Amara Osei\n', '', `${PEOPLE}:2:3 "name" is missing from a person`],
      ['first_day: 2026-12-17, ', '', `${PEOPLE}:17:9 "first_day" is missing from an absence`],
      ['name: Nights\napplies_in', 'applies_in', `${CHAIN}:1:1 "name" is missing from an escalation chain`],
      [
        '{notify: [person: nia-rhys]}',
        '{escalate_after: 1 hour}',
        `${CHAIN}:6:5 "notify" is missing from a level`,
      ],
      [
        'name: Website, team: paas, ',
        '',
        `${SERVICES}:2:12 "name" is missing from a service`,
        `${SERVICES}:2:12 "team" is missing from a service`,
      ],
      [
        '{role: engineer, turn: 2027-02-03, ',
        '{turn: 2027-02-03, ',
        `${NIGHTS}:19:5 "role" is missing from an override of a turn`,
      ],
    ],
  ],
  [
    'a thing of the wrong type',
    [
      [
        'onboarded: {paas: {vpn: 2026-11-02, badge: 2026-11-03}}',
        'onboarded: {paas: [vpn, badge]}',
        `${PEOPLE}:19:150 this is a list, and a record is a block of keys`,
      ],
      [
        'ask: {person: amara-osei}',
        'ask: 7',
        `${ONBOARDING}:6:37 this is a number, and a person is a block of keys`,
      ],
      ['retired: true', 'retired: false', `${ONBOARDING}:7:43 this is "false", and only "true" is allowed`],
      ['name: Nia Rhys', 'name: 7', `${PEOPLE}:20:20 this is a number, and "name" is text; put it in quotes`],
      [
        'name: Nia Rhys',
        'name: true',
        `${PEOPLE}:20:20 this is true or false, and "name" is text; put it in quotes`,
      ],
      ['name: Nia Rhys', 'name: [Nia]', `${PEOPLE}:20:20 this is a list, and "name" is text`],
      ['name: Nia Rhys', 'name: {first: Nia}', `${PEOPLE}:20:20 this is a block of keys, and "name" is text`],
      [
        'name: Nia Rhys',
        'name:',
        `${PEOPLE}:20:19 nothing is here; it should be a name such as "Amara Osei"`,
      ],
      [
        '{name: Nia Rhys, pagerduty: PNIA1}',
        'Nia Rhys',
        `${PEOPLE}:20:13 this is text, and a person is a block of keys`,
      ],
      ['{name: Nia Rhys, pagerduty: PNIA1}', '', `${PEOPLE}:20:13 nothing is here; it should be a person`],
      ['{notify: [person: nia-rhys]}', '5', `${CHAIN}:6:5 this is a number, and a level is a block of keys`],
    ],
  ],
  [
    'a text of the wrong form',
    [
      [
        'https://example.org/vpn',
        'http://example.org/vpn',
        `${ONBOARDING}:5:73 "http://example.org/vpn" is not a web address such as "https://example.org/runbook"; write https://example.org/vpn`,
      ],
      [
        'time: "10:00"',
        'time: "9:00"',
        `${NIGHTS}:5:34 "9:00" is not a local time such as "09:00"; write "09:00"`,
      ],
      [
        'time: "10:00"',
        'time: "24:00"',
        `${NIGHTS}:5:34 "24:00" is not a local time such as "09:00"; write "00:00"`,
      ],
      [
        'first_turn: 2026-09-30',
        'first_turn: 30/09/2026',
        `${NIGHTS}:10:22 "30/09/2026" is not a date such as "2026-12-02"; write 2026-09-30`,
      ],
      [
        'first_turn: 2026-09-30',
        'first_turn: 1999-09-29',
        `${NIGHTS}:10:22 "1999-09-29" is not a date such as "2026-12-02"`,
      ],
      [
        'from: 2026-12-03T18:00',
        'from: 2026-12-03 18:00',
        `${NIGHTS}:23:11 "2026-12-03 18:00" is not a local date-time such as "2026-12-03T18:00"; write 2026-12-03T18:00`,
      ],
      [
        'to: 2026-12-03T21:00',
        'to: 2026-12-03T21:00Z',
        `${NIGHTS}:24:9 "2026-12-03T21:00Z" is not a local date-time such as "2026-12-03T18:00"`,
      ],
      [
        'amara.osei@example.org',
        'amara.osei',
        `${PEOPLE}:6:12 "amara.osei" is not an e-mail address such as "amara.osei@example.org"`,
      ],
      [
        'site: https://example.org/rota/',
        'site: https://example.org/rota',
        `${PUBLISHING}:1:7 "https://example.org/rota" is not a site such as "https://example.org/rota/"`,
      ],
      [
        'site: https://example.org/rota/',
        'site: javascript:alert(1)/',
        `${PUBLISHING}:1:7 "javascript:alert(1)/" is not a site such as "https://example.org/rota/"`,
      ],
      [
        'respond: 40 minutes',
        'respond: 40 mins',
        `${LEVELS}:5:48 "40 mins" is not a target such as "20 minutes"; write 40 minutes`,
      ],
      [
        'notify: [paas/nights/second]',
        'notify: [second]',
        `${CHAIN}:5:15 "second" is not a role such as "govpress/on-call/engineer"`,
      ],
    ],
  ],
  [
    'a word that is not one of the choices',
    [
      [
        'before: first-on-call-turn',
        'before: first-night',
        `${ONBOARDING}:6:67 "first-night" is not one of first-turn and first-on-call-turn`,
      ],
      [
        'day: wednesday',
        'day: wendesday',
        `${NIGHTS}:5:17 "wendesday" is not one of monday, tuesday, wednesday, thursday, friday, saturday and sunday; did you mean "wednesday"?`,
      ],
      [
        'day: wednesday',
        'day: Wednesday',
        `${NIGHTS}:5:17 "Wednesday" is not one of monday, tuesday, wednesday, thursday, friday, saturday and sunday; did you mean "wednesday"?`,
      ],
      [
        'days: working, from',
        'days: workin, from',
        `${HOURS}:6:21 "workin" is not one of working, non-working, every and holidays; did you mean "working"?`,
      ],
      ['names: full', 'names: nobody', `${PUBLISHING}:2:8 "nobody" is not one of full and initials`],
      [
        'consent: [both-people]',
        'consent: [both-persons]',
        `${NOTICE}:3:11 "both-persons" is not one of both-people and delivery-leads`,
      ],
      [
        'waking: out_of_hours',
        'waking: 1',
        `${LEVELS}:6:37 "1" is not one of in_hours, out_of_hours and none`,
      ],
      ['extra: true', 'extra: false', `${NIGHTS}:25:94 this is "false", and only "true" is allowed`],
    ],
  ],
  [
    'too little, too much, or the same twice',
    [
      [
        'teams: [paas]',
        'teams: []',
        `${ONBOARDING}:2:8 this has too few entries; "teams" needs at least one entry`,
      ],
      [
        'notify: [person: nia-rhys]',
        'notify: []',
        `${CHAIN}:6:14 this has too few entries; "notify" needs at least one entry`,
      ],
      [
        'covers: [overnight]\nhandover',
        'covers: []\nhandover',
        `${NIGHTS}:4:9 this has too few entries; "covers" needs at least one entry`,
      ],
      [
        '    covers: [waking, overnight]\n',
        '',
        `${NIGHTS}:27:5 this has too few entries; an amendment needs at least 2 entries`,
      ],
      [
        'notify: [person: nia-rhys]',
        `notify: [${'person: nia-rhys, '.repeat(11)}]`,
        `${CHAIN}:6:14 this has more entries than the 10 that "notify" can have; remove old entries`,
      ],
      [
        'leads: [nia-rhys]',
        'leads: [nia-rhys, amara-osei, nia-rhys]',
        'rotas/paas/team.yaml:2:8 the same entry appears twice, as numbers 1 and 3; keep one of them',
      ],
    ],
  ],
  [
    'keys that do not go together',
    [
      [
        'ask: {person: amara-osei}',
        'ask: {person: amara-osei, team: paas}',
        `${ONBOARDING}:6:58 "team" is not a key of a person; its only key is person`,
      ],
      [
        'hours: paas\ncovers: [overnight]\nhandover',
        'covers: [overnight]\nhandover',
        `${NIGHTS}:1:1 "covers" is allowed only with "hours", which is missing`,
      ],
      [
        'service_level: paas, ',
        '',
        `${SERVICES}:2:12 "escalation" is allowed only with "service_level", which is missing`,
      ],
      [
        'follows: {role: engineer, by: 1}',
        'follows: {role: engineer, by: 1}\n    turns: {2027-01-06: chi-wong}',
        `${NIGHTS}:15:5 "turns" is not allowed with the other keys here; remove one of them`,
      ],
      [
        'extra: true',
        'extra: true, instead_of: amara-osei',
        `${NIGHTS}:25:100 "instead_of" is not allowed with the other keys here; remove one of them`,
      ],
      [
        'turn: 2027-02-03, ',
        'turn: 2027-02-03, from: 2027-02-03T10:00, ',
        `${NIGHTS}:19:40 "from" is not a key of an override of a turn; its keys are role, turn, person, instead_of and reason`,
      ],
    ],
  ],
  [
    'a key of the wrong form',
    [
      ['  inbox: {', '  in_box: {', `${PEOPLE}:22:3 "in_box" is not an id such as "amara-osei"`],
      ['  inbox: {', `  ${'x'.repeat(65)}: {`, `${PEOPLE}:22:3 this has 65 characters; an id has at most 64`],
      ['turns: {2027-01-06: ', 'turns: {soon: ', `${NIGHTS}:12:13 "soon" is not a date such as "2026-12-02"`],
      ['  P1: {', '  p1: {', `${LEVELS}:5:3 "p1" is not a priority code such as "P1"`],
    ],
  ],
])('%s', (_, cases) => {
  test.each(cases)('%j replaced by %j', (passage, other, ...found) => {
    expect(checked(but(everything, passage, other))).toEqual(found.map((line) => `${line} [schema]`));
  });
});

test('a role whose name is of the wrong form is one, wherever else it is named', () => {
  expect(checked(but(everything, '  shadow:', '  Shadow:'))).toContain(
    `${NIGHTS}:15:3 "Shadow" is not an id such as "amara-osei" [schema]`,
  );
});

test('a value whose title repeats its key is named by that key', () => {
  const checkedWith = (passage: string, other: string) => checked(but(everything, passage, other));
  expect(checkedWith('by: 1', 'by: 1.5')).toEqual([
    `${NIGHTS}:14:35 this is a number, and "by" is a whole number [schema]`,
  ]);
  expect(checkedWith('counts: false', 'counts: no')).toEqual([
    `${NIGHTS}:16:13 this is text, and "counts" is true or false; write false [schema]`,
  ]);
  expect(checkedWith('covers: [overnight]\nhandover', 'covers: overnight\nhandover')).toEqual([
    `${NIGHTS}:4:9 this is text, and "covers" is a list; write [overnight] [schema]`,
  ]);
});

test.each<[passage: string, other: string, bounds: RegExp]>([
  ['by: 1', 'by: 53', /rotas\/paas\/nights.yaml:14:35 .*\b52\b/],
  ['repeats: 2', 'repeats: 10', /policies\/escalation\/nights.yaml:7:10 .*\b9\b/],
  ['name: Nia Rhys', `name: ${'x'.repeat(101)}`, /rotas\/people.yaml:20:20 .*\b100\b/],
  ['  inbox: {', `  ${'x'.repeat(65)}: {`, /rotas\/people.yaml:22:3 .*\b64\b/],
])('%j out of bounds is reported with the bounds', (passage, other, bounds) => {
  expect(checked(but(everything, passage, other))).toEqual([expect.stringMatching(bounds)]);
});

describe('a hostile file causes a limited number of findings', () => {
  const rota = (more: string) =>
    `== rotas/team/rota.yaml\nname: R\ntimezone: UTC\nhandover: {every: day, time: "10:00"}\n${more}\n`;

  test('80,000 overrides of nothing', () => {
    const found = checked(rota(`roles: {lead: {}}\noverrides: [${'{},'.repeat(80_000)}]`));
    expect(found).toHaveLength(101);
    expect(found[0]).toBe(
      'rotas/team/rota.yaml:1:1 this file breaks its schema in more than 2000 places; 100 of them are reported [schema]',
    );
    expect(found[1]).toContain(
      '5:12 this has more entries than the 5000 that "overrides" can have; remove old entries',
    );
  });

  test('data with unreported faults is not read', () => {
    const people = Array.from({ length: 150 }, (_, i) => `  person-${i}: {name: A, away: 5}\n`).join('');
    const found = checked(`== rotas/people.yaml\npeople:\n${people}`);
    expect(found[0]).toBe(
      'rotas/people.yaml:1:1 this file breaks its schema in 150 places; 100 of them are reported [schema]',
    );
    expect(found).toHaveLength(101);
  });
});

test('a name with line breaks, control characters, direction marks or markup is rejected', () => {
  const signs = [
    '\\n',
    '\\r',
    '\\0',
    '\\e',
    '\\x7f',
    '\\x85',
    '\\u00ad',
    '\\u200b',
    '\\u200f',
    '\\u2028',
    '\\u202e',
    '\\u2066',
    '\\ufeff',
    '\\ud800',
    '\\udc00',
  ];
  for (const sign of signs) {
    for (const passage of ['Nia Rhys', 'GOV.UK PaaS\nleads', 'Website', 'Christmas Day']) {
      const [name = '', ...rest] = passage.split('\n');
      const found = checked(but(everything, passage, [`"${name}${sign}x"`, ...rest].join('\n')));
      expect(found, sign).toEqual([
        expect.stringMatching(/x" is not a name such as "(Out of hours|Amara Osei)" \[schema\]$/),
      ]);
    }
  }
});

test('a name with markup is rejected because of its angle brackets', () => {
  for (const name of ['<b>Nia', 'Nia < Rhys', 'Nia>'])
    for (const passage of ['Nia Rhys', 'Website', 'Christmas Day'])
      expect(checked(but(everything, passage, JSON.stringify(name)))).toEqual([
        expect.stringMatching(/:\d+ "<" and ">" are not allowed in a name; remove them \[schema\]$/),
      ]);
});

test.each([
  'Zoë Åkesson-O’Neil, "JS" & Söhne (דנה) 👩‍👩‍👧 50% *_[x](y)_* `@all`',
  'مهدی\u200cپور حسن\u200cزاده',
  'क्\u200cष',
  '한 국 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  '!',
])('a name with the letters, joiners and marks of any language is accepted: %s', (name) => {
  expect(checked(but(everything, 'Nia Rhys', JSON.stringify(name)))).toEqual([]);
});

test.each([
  ' ',
  '\u3164',
  '\u3164\uffa0 \u115f',
  '\u2800',
  '\u0301',
  '\u200cپور',
  'مهدی\u200c',
  'مهدی\u200c پور',
  'مهدی\u200c\u200cپور',
  '1\u200c2',
])('an invisible name, or a joiner not between letters, is rejected: %j', (name) => {
  expect(checked(but(everything, 'Nia Rhys', JSON.stringify(name)))).toEqual([
    expect.stringContaining('is not a name such as "Amara Osei" [schema]'),
  ]);
});

test.each([
  'https://user:secret@example.org/',
  'https://example.org/?page=/',
  'https://example.org/#/',
  'https://example.org/#/x?y=/',
])('a site with credentials, a query or a fragment is rejected: %s', (site) => {
  expect(checked(but(everything, 'https://example.org/rota/', `"${site}"`))).toEqual([
    `${PUBLISHING}:1:7 "${site}" is not a site such as "https://example.org/rota/" [schema]`,
  ]);
});
