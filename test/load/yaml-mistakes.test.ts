/** Common mistakes of people who are new to YAML: one finding each, at the mistake, with what to write instead. */
import { describe, expect, test } from 'vitest';
import { but, checked, everything } from '../handbook.ts';

const NIGHTS = 'rotas/paas/nights.yaml';
const PEOPLE = 'rotas/people.yaml';
const TEAM = 'rotas/paas/team.yaml';
const HOLIDAYS = 'policies/holidays/england.yaml';

const NO_COLON = 'this line has no ": "; write';
const QUOTES = 'put this text in quotes; it has a ": " in it';
const NO_BREAK = 'this line is indented with a special space (U+00A0); use plain spaces';
const TAB = 'this line is indented with a tab; use spaces';
const CONFLICT = 'a merge conflict was left here; choose one side and remove the conflict markers';
const BETWEEN = "double the quote inside it ('') or put the whole in double quotes";

type Case = [passage: string, other: string, ...found: string[]];

describe.each<[mistake: string, cases: Case[]]>([
  [
    'a line without a colon',
    [
      [
        'name: Nights\ntimezone: Europe/London',
        'name: Nights\ntimezone Europe/London',
        `${NIGHTS}:2:1 ${NO_COLON} "timezone: Europe/London"`,
      ],
      [
        'name: Nights\ntimezone: Europe/London',
        'name: Nights\ntimezone:Europe/London',
        `${NIGHTS}:2:1 ${NO_COLON} "timezone: Europe/London"`,
      ],
      [
        'name: Nights\ntimezone: Europe/London',
        'name: Nights\ntimezone = Europe/London # ours',
        `${NIGHTS}:2:1 ${NO_COLON} "timezone: Europe/London"`,
      ],
      [
        'name: Nights\ntimezone: Europe/London\nhours: paas',
        'name Nights\ntimezone\u00a0Europe/London\nhours:\u00a0paas',
        `${NIGHTS}:1:1 ${NO_COLON} "name: Nights"`,
        `${NIGHTS}:2:1 ${NO_COLON} "timezone: Europe/London"`,
        `${NIGHTS}:3:1 ${NO_COLON} "hours: paas"`,
      ],
      ['roles:\n', 'roles\n', `${NIGHTS}:6:1 ${NO_COLON} "roles:"`],
      ['roles:\n', 'roles # who is on\n', `${NIGHTS}:6:1 ${NO_COLON} "roles:"`],
      ['    rotation:\n', '    rotation\n', `${NIGHTS}:9:5 ${NO_COLON} "rotation:"`],
      ['  second:\n', '  second\n', `${NIGHTS}:13:3 ${NO_COLON} "second:"`],
      ['people:\n  amara', 'people\n  amara', `${PEOPLE}:1:1 ${NO_COLON} "people:"`],
      ['    name: Amara', '    name Amara', `${PEOPLE}:3:5 ${NO_COLON} "name: Amara Osei"`],
      ['    name: Amara Osei', '    name Amara Osei # Ama', `${PEOPLE}:3:5 ${NO_COLON} "name: Amara Osei"`],
      ['  - role: engineer\n', '  - role engineer\n', `${NIGHTS}:20:5 ${NO_COLON} "role: engineer"`],
      ['    person: chi-wong\n', '    person chi-wong\n', `${NIGHTS}:21:5 ${NO_COLON} "person: chi-wong"`],
      [
        '2026-12-25: Christmas',
        '2026-12-25 Christmas',
        `${HOLIDAYS}:5:3 ${NO_COLON} "2026-12-25: Christmas Day"`,
      ],
      ['channel: "#paas"\n', 'channel #paas\n', `${TEAM}:3:1 ${NO_COLON} "channel:"`],
    ],
  ],
  [
    'a line without its dash in a list',
    [
      [
        '  - role: engineer\n',
        '  role: engineer\n',
        `${NIGHTS}:20:3 this line is in a list and has no "- "; write "- role: engineer"`,
      ],
    ],
  ],
  [
    'a bracket that is not closed, or has no opening one',
    [
      ['[nia-rhys]', '[nia-rhys', `${TEAM}:2:8 this "[" is not closed; end it with "]"`],
      ['time: "10:00"}', 'time: "10:00"', `${NIGHTS}:5:11 this "{" is not closed; end it with "}"`],
      [
        'ben-adeyemi, chi-wong]}\n      - {first_turn: 2027',
        'ben-adeyemi, chi-wong}\n      - {first_turn: 2027',
        `${NIGHTS}:10:42 this "[" is not closed; end it with "]"`,
      ],
      [
        'ben-adeyemi, chi-wong]}\n      - {first_turn: 2027',
        'ben-adeyemi, chi-wong\n      - {first_turn: 2027',
        `${NIGHTS}:10:9 this "{" is not closed; end it with "}"`,
        `${NIGHTS}:10:42 this "[" is not closed; end it with "]"`,
      ],
      ['reason: swap}', 'reason: "[swap}]"', `${NIGHTS}:19:5 this "{" is not closed; end it with "}"`],
      [
        '{name: Nia Rhys, pagerduty: PNIA1}',
        '{name: Nia Rhys, pagerduty: #PNIA1}',
        `${PEOPLE}:20:13 this "{" is not closed, because "#" begins a comment; put it in quotes: "#PNIA1"`,
      ],
      ['counts: false', 'counts: {}}', `${NIGHTS}:16:15 this "}" closes nothing; remove it`],
    ],
  ],
  [
    'a quote inside quotes',
    [
      [
        'name: Amara Osei',
        "name: 'Siobhán O'Brien'",
        `${PEOPLE}:3:21 the text in quotes ends at column 21; ${BETWEEN}`,
      ],
      [
        'name: Nia Rhys',
        "name: 'Siobhán O'Brien'",
        `${PEOPLE}:20:30 the text in quotes ends at column 30; ${BETWEEN}`,
      ],
      [
        'name: Amara Osei',
        'name: "Amara "Ama" Osei"',
        `${PEOPLE}:3:18 the text in quotes ends at column 18; write \\" for the quote inside it or put the whole in single quotes`,
      ],
    ],
  ],
  [
    'a colon in a text',
    [
      [
        'to: 2026-12-03T21:00\n',
        'to: 2026-12-03T21:00\n    reason: cover: dentist\n',
        `${NIGHTS}:25:13 ${QUOTES}`,
      ],
      ['reason: swap', 'reason: cover: dentist', `${NIGHTS}:19:91 ${QUOTES}`],
      ['reason: swap', 'reason: https://example.org/#a: why: that', `${NIGHTS}:19:91 ${QUOTES}`],
      [
        'person: dee-novak, instead_of',
        'person: dee-novak instead_of',
        `${NIGHTS}:19:48 put this text in quotes, or a comma before "instead_of" if that is a key; it has a ": " in it`,
      ],
    ],
  ],
  [
    'a space that YAML does not treat as one',
    [
      ['    github:', '\u00a0\u00a0\u00a0 github:', `${PEOPLE}:5:1 ${NO_BREAK}`],
      ['    github:', '  \u00a0 github:', `${PEOPLE}:5:3 ${NO_BREAK}`],
      ['    github:', '\u3000  github:', `${PEOPLE}:5:1 ${NO_BREAK.replace('00A0', '3000')}`],
    ],
  ],
  [
    'a tab',
    [
      ['    github:', '\tgithub:', `${PEOPLE}:5:1 ${TAB}`],
      ['    github:', '  \tgithub:', `${PEOPLE}:5:3 ${TAB}`],
      ['  amara-osei:\n    name', '\tamara-osei:\n\t\tname', `${PEOPLE}:2:1 ${TAB}`, `${PEOPLE}:3:1 ${TAB}`],
    ],
  ],
  [
    'a merge conflict',
    [
      [
        'name: Nights\ntimezone: Europe/London\n',
        'name: Nights\n<<<<<<< HEAD\ntimezone: UTC\n=======\ntimezone: Europe/London\n>>>>>>> other\n',
        `${NIGHTS}:2:1 ${CONFLICT}`,
      ],
      ['leads: [nia-rhys]\n', '=======\nleads: *nia\n', `${TEAM}:2:1 ${CONFLICT}`],
      ['leads: [nia-rhys]\n', 'leads: [nia-rhys]\n>>>>>>> other\n', `${TEAM}:3:1 ${CONFLICT}`],
    ],
  ],
  [
    'a mistake before and after others',
    [
      [
        'leads: [nia-rhys]\nchannel: "#paas"\n',
        'name: PaaS\nleads: a: b\nchannel paas\nname: PaaS\n',
        `${TEAM}:2:1 this key appears twice; keep one of them`,
        `${TEAM}:3:8 ${QUOTES}`,
        `${TEAM}:4:1 ${NO_COLON} "channel: paas"`,
      ],
    ],
  ],
])('%s', (_, cases) => {
  test.each(cases)('%j replaced by %j', (passage, other, ...found) => {
    const expected = found.map((line) => `${line} [yaml]`);
    const faulty = but(everything, passage, other);
    expect(checked(faulty)).toEqual(expected);
    expect(checked(faulty.replaceAll('\n', '\r\n'))).toEqual(expected);
  });
});

const CHAIN = 'policies/escalation/nights.yaml';
const HOURS = 'policies/support-hours/paas.yaml';
const ROTATION = '[amara-osei, ben-adeyemi, chi-wong]}\n      - {first_turn: 2027';
const rotation = (text: string) => `${text}\n      - {first_turn: 2027`;

describe.each<[mistake: string, cases: Case[]]>([
  [
    'names without a comma between them',
    [
      [
        ROTATION,
        rotation('[amara-osei ben-adeyemi, chi-wong]}'),
        `${NIGHTS}:10:43 a comma is missing between "amara-osei" and "ben-adeyemi" [known-names]`,
      ],
      [
        ROTATION,
        rotation('[amara-osei; ben-adeyemi; chi-wong]}'),
        `${NIGHTS}:10:43 a comma is missing between "amara-osei" and "ben-adeyemi" [known-names]`,
      ],
      [
        ROTATION,
        rotation('[amara-osei\n          ben-adeyemi,\n          chi-wong]}'),
        `${NIGHTS}:10:43 a comma is missing between "amara-osei" and "ben-adeyemi" [known-names]`,
      ],
      [
        'leads: [nia-rhys]',
        'leads:\n  - nia-rhys\n    chi-wong',
        `${TEAM}:3:5 "nia-rhys" and "chi-wong" are two names; write each on a line of its own, after a dash [known-names]`,
      ],
      [
        'outside: [in-hours, waking]',
        'outside: [in-hours waking]',
        `${HOURS}:8:25 a comma is missing between "in-hours" and "waking" [known-names]`,
      ],
      [
        'person: dee-novak, instead_of',
        'person: dee-novak chi-wong, instead_of',
        `${NIGHTS}:19:48 there is no person "dee-novak chi-wong" [known-names]`,
      ],
    ],
  ],
  [
    'a name instead of an id',
    [
      [
        ROTATION,
        rotation('[amara-osei, Ben Adeyemi, chi-wong]}'),
        `${NIGHTS}:10:55 there is no person "Ben Adeyemi"; did you mean "ben-adeyemi"? [known-names]`,
      ],
      [
        ROTATION,
        rotation('[amara-osei, Jan Kowalski, chi-wong]}'),
        `${NIGHTS}:10:55 there is no person "Jan Kowalski" [known-names]`,
      ],
    ],
  ],
  [
    'a person where a role is expected',
    [
      [
        'notify: [paas/nights/second]',
        'notify: [nia-rhys]',
        `${CHAIN}:5:15 for a person write {person: nia-rhys} [known-names]`,
      ],
      [
        'notify: [paas/nights/second]',
        'notify: [nia-rys]',
        `${CHAIN}:5:15 "nia-rys" is not a role such as "govpress/on-call/engineer" [schema]`,
      ],
      [
        'overnight: [paas/nights/engineer, ',
        'overnight: [nia-rhys, ',
        `${HOURS}:10:15 "nia-rhys" is not a role such as "paas/in-hours/engineer" [schema]`,
      ],
    ],
  ],
  [
    'an e-mail address in a name',
    [
      [
        'name: Nia Rhys',
        'name: Nia Rhys <nia@example.org>',
        `${PEOPLE}:20:20 "<" and ">" are not allowed in a name; write the address under "email" [schema]`,
      ],
      [
        'name: Website',
        'name: Website <web@example.org>',
        'policies/services.yaml:2:19 "<" and ">" are not allowed in a name; remove them [schema]',
      ],
    ],
  ],
  [
    'a text that YAML reads as a comment',
    [
      [
        'channel: "#paas"',
        'channel: #paas',
        `${TEAM}:3:10 nothing is here, because "#" begins a comment; put it in quotes: "#paas" [schema]`,
      ],
      [
        'channel: "#paas"',
        'channel:   #paas # where we talk',
        `${TEAM}:3:12 nothing is here, because "#" begins a comment; put it in quotes: "#paas" [schema]`,
      ],
      [
        'channel: "#paas"',
        'channel: # not yet',
        `${TEAM}:3:10 nothing is here; it should be a text such as "family dinner" [schema]`,
      ],
      ['overrides:\n', 'overrides: #swaps\n  # and covers\n'],
    ],
  ],
  [
    'curly quotes',
    [
      [
        'time: "10:00"',
        'time: “10:00”',
        `${NIGHTS}:5:34 these are curly quotes; use plain ones: "10:00" [schema]`,
      ],
      [
        'name: Nights\ntimezone: Europe/London',
        'name: Nights\ntimezone: ‘Europe/London’',
        `${NIGHTS}:2:11 these are curly quotes; use plain ones: "Europe/London" [known-names]`,
      ],
      [
        'leads: [nia-rhys]',
        'leads: [“nia-rhys”]',
        `${TEAM}:2:9 these are curly quotes; use plain ones: "nia-rhys" [known-names]`,
      ],
    ],
  ],
  [
    'a missing colon that is not a fault in the YAML',
    [
      [
        '{name: Nia Rhys, pagerduty: PNIA1}',
        '\n    name Nia Rhys',
        `${PEOPLE}:21:5 this line has no ": "; write "name: Nia Rhys" [schema]`,
      ],
      [
        '{name: Nia Rhys, pagerduty: PNIA1}',
        '\n    name Nia Rhys\n    pagerduty PNIA1',
        `${PEOPLE}:21:5 this line has no ": "; write "name: Nia Rhys" [schema]`,
      ],
      [
        '{day: wednesday, time',
        '{day:wednesday, time',
        `${NIGHTS}:5:12 this has no ": "; write "day: wednesday" [schema]`,
      ],
      [
        '{name: Nia Rhys, pagerduty',
        '{name Nia Rhys, pagerduty',
        `${PEOPLE}:20:14 this has no ": "; write "name: Nia Rhys" [schema]`,
      ],
    ],
  ],
  [
    'odd spaces that are not a fault in the YAML',
    [
      ['name: GOV.UK PaaS\nleads', '\u00a0name: GOV.UK PaaS\nleads', `${TEAM}:1:1 ${NO_BREAK} [yaml]`],
      [
        '  nia-rhys: {name: Nia Rhys',
        '\u00a0\u00a0nia-rhys: {name: Nia Rhys',
        `${PEOPLE}:20:1 ${NO_BREAK} [yaml]`,
      ],
      [
        '    skills: [developer]\n    github',
        '    \u00a0skills: [developer]\n    github',
        `${PEOPLE}:4:5 ${NO_BREAK} [yaml]`,
      ],
      ['    name: Amara Osei', '    # was:\u00a0Amara\n    name: Amara\u00a0Osei'],
      ['    name: Amara Osei', '    \u00a0# Amara\n    name: Amara Osei', `${PEOPLE}:3:5 ${NO_BREAK} [yaml]`],
    ],
  ],
])('%s', (_, cases) => {
  test.each(cases)('%j replaced by %j', (passage, other, ...found) => {
    const faulty = but(everything, passage, other);
    expect(checked(faulty)).toEqual(found);
    expect(checked(faulty.replaceAll('\n', '\r\n'))).toEqual(found);
  });
});

describe('what only looks like a known mistake has the message of the parser', () => {
  const not = (message: string) => `this is not YAML: ${message} [yaml]`;

  test.each<[text: string, found: string]>([
    ['name: x\n  leads: []\n', `${TEAM}:1:7 ${not('Nested mappings are not allowed in compact mappings')}`],
    ['name: "x\n', `${TEAM}:2:1 ${not('Missing closing "quote')}`],
    ['name: "x" y\n', `${TEAM}:1:11 ${not('Unexpected scalar at node end')}`],
    ['- a\nleads: [a, {b: c}]\n', `${TEAM}:2:18 ${not('Unexpected flow-seq-end token in YAML stream: "]"')}`],
    ['leads:\n    a: 1\n  b: 2\n', `${TEAM}:3:1 ${not('All mapping items must start at the same column')}`],
    [
      'leads: [a,\n  b\n  c: d]\n',
      `${TEAM}:2:3 ${not('Implicit keys of flow sequence pairs need to be on a single line')}`,
    ],
  ])('%j', (text, found) => {
    expect(checked(`== ${TEAM}\n${text}`)).toContain(found);
  });

  test('thousands of mistakes on one line cause a few findings', () => {
    const found = checked(`== ${TEAM}\nleads: [${'{a: b: c}, '.repeat(20_000)}]\n`);
    expect(found.length).toBeLessThan(25);
    const brackets = checked(`== ${TEAM}\n${"leads: ['x'y, {a: b: c\n".repeat(10_000)}\n`);
    expect(brackets.length).toBeLessThan(25);
  });
});
