/**
 * Every place that refers to a name, with a name that does not exist; each fires alone in a handbook without other
 * faults.
 */
import { describe, expect, test } from 'vitest';
import { but, checked, everything, texts } from '../handbook.ts';

const NIGHTS = 'rotas/paas/nights.yaml';
const PEOPLE = 'rotas/people.yaml';
const HOURS = 'policies/support-hours/paas.yaml';
const LEVELS = 'policies/service-levels/paas.yaml';
const CHAIN = 'policies/escalation/nights.yaml';
const SERVICES = 'policies/services.yaml';
const ONBOARDING = 'policies/onboarding/paas.yaml';

const named = (text: string) => checked(text).filter((line) => line.endsWith('[known-names]'));
const known = (found: readonly string[]) => found.map((line) => `${line} [known-names]`);

type Case = [passage: string, other: string, ...found: string[]];

const CASES: [what: string, cases: Case[]][] = [
  [
    'a person who does not exist',
    [
      [
        'leads: [nia-rhys]',
        'leads: [nia-rys]',
        'rotas/paas/team.yaml:2:9 there is no person "nia-rys"; did you mean "nia-rhys"?',
      ],
      [
        'delivery_lead: nia-rhys',
        'delivery_lead: somebody-else',
        `${PEOPLE}:9:20 there is no person "somebody-else"`,
      ],
      [
        '[amara-osei, ben-adeyemi, chi-wong]}\n      - {first_turn: 2027',
        '[amara-osei, bem-adeyemi, chi-wong]}\n      - {first_turn: 2027',
        `${NIGHTS}:10:55 there is no person "bem-adeyemi"; did you mean "ben-adeyemi"?`,
      ],
      [
        '2027-01-06: chi-wong',
        '2027-01-06: chi-wang',
        `${NIGHTS}:12:25 there is no person "chi-wang"; did you mean "chi-wong"?`,
      ],
      [
        'turn: 2027-02-03, person: dee-novak',
        'turn: 2027-02-03, person: dee',
        `${NIGHTS}:19:48 there is no person "dee"; did you mean "dee-novak"?`,
      ],
      [
        'instead_of: amara-osei, reason: swap',
        'instead_of: amara-ose, reason: swap',
        `${NIGHTS}:19:71 there is no person "amara-ose"; did you mean "amara-osei"?`,
      ],
      ['person: dee-novak, from', 'person: inbox, from', `${NIGHTS}:25:30 there is no person "inbox"`],
      [
        'person: nia-rhys',
        'person: Nia Rhys',
        `${CHAIN}:6:23 there is no person "Nia Rhys"; did you mean "nia-rhys"?`,
      ],
    ],
  ],
  [
    'a role, rota or team that does not exist',
    [
      [
        'follows: {role: engineer',
        'follows: {role: engineers',
        `${NIGHTS}:14:21 there is no role "engineers" in this rota; did you mean "engineer"?`,
      ],
      [
        '- {role: engineer, turn',
        '- {role: comms, turn',
        `${NIGHTS}:19:12 there is no role "comms" in this rota`,
      ],
      [
        'overnight: [paas/nights/engineer, paas/nights/second]',
        'overnight: [paas/night/engineer, paas/nights/secnd]',
        `${HOURS}:10:15 there is no rota "paas/night"; did you mean "paas/nights"?`,
        `${HOURS}:10:36 there is no role "secnd" in paas/nights; did you mean "second"?`,
      ],
      [
        '{waking: [paas/nights/engineer]}',
        '{waking: [pass/nights/engineer]}',
        `${HOURS}:13:27 there is no rota "pass/nights"; did you mean "paas/nights"?`,
      ],
      [
        'notify: [paas/nights/second]',
        'notify: [paas/nights/third]',
        `${CHAIN}:5:15 there is no role "third" in paas/nights`,
      ],
      ['team: paas', 'team: pass', `${SERVICES}:2:34 there is no team "pass"; did you mean "paas"?`],
    ],
  ],
  [
    'a window that does not exist',
    [
      [
        'covers: [overnight]\nhandover',
        'covers: [overnite]\nhandover',
        `${NIGHTS}:4:10 there is no window "overnite"; did you mean "overnight"?`,
      ],
      [
        'covers: [waking, overnight]',
        'covers: [wakening, overnight]',
        `${NIGHTS}:28:14 there is no window "wakening"; did you mean "waking"?`,
      ],
      [
        'outside: [in-hours, waking]',
        'outside: [in-hours, wakin]',
        `${HOURS}:8:35 there is no window "wakin"; did you mean "waking"?`,
      ],
      [
        '  overnight: [paas',
        '  overnigth: [paas',
        `${HOURS}:10:3 there is no window "overnigth"; did you mean "overnight"?`,
      ],
      [
        'covered_by: {waking:',
        'covered_by: {walking:',
        `${HOURS}:13:18 there is no window "walking"; did you mean "waking"?`,
      ],
      [
        'in_hours, waking:',
        'in_hours, walking:',
        `${LEVELS}:6:29 there is no window "walking"; did you mean "waking"?`,
      ],
      [
        'applies_in: [waking,',
        'applies_in: [walking,',
        `${CHAIN}:2:14 there is no window "walking"; did you mean "waking"?`,
      ],
      [
        'nights, overnight:',
        'nights, overnite:',
        `${SERVICES}:2:90 there is no window "overnite"; did you mean "overnight"?`,
      ],
    ],
  ],
  [
    'a list of onboarding, or whom it asks',
    [
      [
        'onboarded: {paas:',
        'onboarded: {pass:',
        `${PEOPLE}:19:144 there is no onboarding "pass"; did you mean "paas"?`,
      ],
      [
        'badge: 2026',
        'bagde: 2026',
        `${PEOPLE}:19:168 there is no item "bagde" in this onboarding; did you mean "badge"?`,
      ],
      ['teams: [paas]', 'teams: [pass]', `${ONBOARDING}:2:9 there is no team "pass"; did you mean "paas"?`],
      [
        'rotas: [paas/nights]',
        'rotas: [paas/night]',
        `${ONBOARDING}:3:9 there is no rota "paas/night"; did you mean "paas/nights"?`,
      ],
      [
        'ask: paas/nights/engineer',
        'ask: paas/nights/engineers',
        `${ONBOARDING}:5:45 there is no role "engineers" in paas/nights; did you mean "engineer"?`,
      ],
      [
        '{person: amara-osei}',
        '{person: amara}',
        `${ONBOARDING}:6:46 there is no person "amara"; did you mean "amara-osei"?`,
      ],
      [
        '{person: amara-osei}',
        '{team: pass}',
        `${ONBOARDING}:6:44 there is no team "pass"; did you mean "paas"?`,
      ],
    ],
  ],
  [
    'a policy that does not exist',
    [
      [
        'hours: paas\ncovers',
        'hours: pas\ncovers',
        `${NIGHTS}:3:8 there is no support hours "pas"; did you mean "paas"?`,
      ],
      [
        '    covers: [waking',
        '    hours: pass\n    covers: [waking',
        `${NIGHTS}:28:12 there is no support hours "pass"; did you mean "paas"?`,
      ],
      [
        'holidays: england',
        'holidays: englnd',
        `${HOURS}:3:11 there is no holiday list "englnd"; did you mean "england"?`,
      ],
      [
        'holidays: england',
        'holidays: [england, scotland]',
        `${HOURS}:3:21 there is no holiday list "scotland"`,
      ],
      [
        'delivery_lead: nia-rhys',
        'holidays: englnd',
        `${PEOPLE}:9:15 there is no holiday list "englnd"; did you mean "england"?`,
      ],
      [
        'delivery_lead: nia-rhys',
        'holidays: [england, englnd]',
        `${PEOPLE}:9:25 there is no holiday list "englnd"; did you mean "england"?`,
      ],
      [
        'delivery_lead: nia-rhys',
        'zone: Europe/Dubln',
        `${PEOPLE}:9:11 there is no time zone "Europe/Dubln"; did you mean "Europe/Dublin"?`,
      ],
      [
        'name: England\n',
        'name: England\ntimezone: Europe/Londn\n',
        `policies/holidays/england.yaml:2:11 there is no time zone "Europe/Londn"; did you mean "Europe/London"?`,
      ],
      [
        'rest: {turns_between: 1}',
        'teams: {pass: {rest: {turns_between: 1}}}',
        `policies/on-call.yaml:1:9 there is no team "pass"; did you mean "paas"?`,
      ],
      [
        'hours: paas\nfirst_response',
        'hours: all-day\nfirst_response',
        `${LEVELS}:2:8 there is no support hours "all-day"`,
      ],
      [
        'service_level: paas',
        'service_level: pass',
        `${SERVICES}:2:55 there is no service level "pass"; did you mean "paas"?`,
      ],
      [
        'overnight: nights}',
        'overnight: night}',
        `${SERVICES}:2:101 there is no escalation "night"; did you mean "nights"?`,
      ],
    ],
  ],
  [
    'a time zone that does not exist, or is misspelt',
    [
      ...['Europe/Lundon', 'europe/london', 'Europe/london'].map((zone): [string, string, string] => [
        'name: Nights\ntimezone: Europe/London',
        `name: Nights\ntimezone: ${zone}`,
        `${NIGHTS}:2:11 there is no time zone "${zone}"; did you mean "Europe/London"?`,
      ]),
      ...[
        ['BST', '"Europe/London"'],
        ['EST', '"America/New_York"'],
        ['GMT', '"Europe/London", or "Etc/GMT" for the same time all year'],
        ['Z', '"UTC"'],
        ['+01:00', '"Etc/GMT-1"'],
        ['"+01:00"', '"Etc/GMT-1"'],
        ['Local'],
        ['Factory'],
        ['__proto__'],
      ].map(([zone = '', meant]): [string, string, string] => [
        'name: Nights\ntimezone: Europe/London',
        `name: Nights\ntimezone: ${zone}`,
        `${NIGHTS}:2:11 there is no time zone "${zone.replaceAll('"', '')}"` +
          (meant === undefined ? '' : ` of the form Area/Place; write ${meant}`),
      ]),
      [
        'name: GOV.UK PaaS\ntimezone: Europe/London',
        'name: GOV.UK PaaS\ntimezone: utc',
        `${HOURS}:2:11 there is no time zone "utc"; did you mean "UTC"?`,
      ],
    ],
  ],
];

describe.each(CASES)('%s', (_, cases) => {
  test.each(cases)('%j, now %j', (passage, other, ...found) => {
    expect(named(but(everything, passage, other))).toEqual(
      known(found.filter((line) => line.includes('there is no '))),
    );
  });
});

describe('a wrong name causes no other finding', () => {
  test.each(CASES.flatMap(([, cases]) => cases))('%j, now %j', (passage, other, ...found) => {
    const findings = checked(but(everything, passage, other));
    expect(findings.filter((line) => !line.endsWith('[known-names]'))).toEqual(
      found.filter((line) => !line.includes('there is no ')).map((line) => `${line} [schema]`),
    );
  });
});

describe('a time zone that exists', () => {
  test.each(['UTC', 'Asia/Kolkata', 'Asia/Calcutta', 'America/Argentina/Buenos_Aires', 'Pacific/Chatham'])(
    '%s',
    (zone) => {
      const rota = `name: R\ntimezone: ${zone}\nhandover: {every: day, time: "10:00"}\nroles: {lead: {}}\n`;
      expect(
        checked(`== rotas/team/rota.yaml\n${rota}`).filter((line) => line.includes('[known-names]')),
      ).toEqual([]);
    },
  );
});

test('roles that follow each other in a circle are reported at each of them', () => {
  const round = (second: string) =>
    but(everything, '    follows: {role: engineer, by: 1}', `    follows: {role: ${second}, by: 1}`);
  expect(checked(round('engineer'))).toEqual([]);
  expect(named(round('second'))).toEqual(
    known([
      `${NIGHTS}:14:21 "second" follows "second", which leads back to it; one of them needs a rotation of its own`,
    ]),
  );
  const three =
    '  third: {follows: {role: second, by: 2}}\n  fourth: {follows: {role: third, by: 1}}\n  shadow:';
  expect(named(but(round('third'), '  shadow:', three))).toEqual(
    known([
      `${NIGHTS}:14:21 "second" follows "third", which leads back to it; one of them needs a rotation of its own`,
      `${NIGHTS}:15:27 "third" follows "second", which leads back to it; one of them needs a rotation of its own`,
    ]),
  );
});

test('a person is defined in one file only', () => {
  const people = (other: string) => `== rotas/people/a.yaml
people:
  amara-osei: {name: Amara Osei}
== rotas/people/b.yaml
people:
  ben-adeyemi: {name: Ben Adeyemi}
  ${other}: {name: Another}
`;
  expect(checked(people('chi-wong'))).toEqual([]);
  expect(checked(people('amara-osei'))).toEqual(
    known(['rotas/people/b.yaml:3:3 "amara-osei" is also in rotas/people/a.yaml; a person is in one file']),
  );
});

test('a team without a file exists through its rotas', () => {
  const without = everything.replace(/== rotas\/paas\/team.yaml[^=]*/, '');
  expect(texts(without).has('rotas/paas/team.yaml')).toBe(false);
  expect(checked(without)).toEqual([]);
});

describe('a window has to exist in the hours that apply on that day', () => {
  const rota = (covers: string, ...amendments: string[]) => `== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles: {lead: {}}
${covers}
amendments:
${amendments.map((it) => `  - ${it}\n`).join('')}`;
  const hours = (
    id: string,
    windows: string,
    ...amendments: string[]
  ) => `== policies/support-hours/${id}.yaml
name: Hours
timezone: Europe/London
windows: ${windows}
${amendments.length === 0 ? '' : 'amendments:\n'}${amendments.map((it) => `  - ${it}\n`).join('')}`;
  const times = '[{days: every, from: "09:00", to: "17:00"}]';
  const day = `{day: ${times}}`;
  const night = `{night: ${times}}`;
  const [ROTA, A] = ['rotas/team/rota.yaml', 'policies/support-hours/a.yaml'];
  const first = 'hours: a\ncovers: [day]';

  test.each<[what: string, text: string, ...found: string[]]>([
    [
      'new hours that lack what the rota covers',
      rota(first, '{first_day: 2026-12-01, hours: b}') + hours('a', day) + hours('b', night),
      `${ROTA}:8:36 these hours have no window "day", which the rota covers; amend "covers" too`,
    ],
    [
      'the same, corrected a day later',
      rota(first, '{first_day: 2026-12-01, hours: b}', '{first_day: 2026-12-02, covers: [night]}') +
        hours('a', day) +
        hours('b', night),
      `${ROTA}:8:36 these hours have no window "day", which the rota covers; amend "covers" too`,
    ],
    [
      'new hours, whose windows an amendment before them names',
      rota(first, '{first_day: 2026-12-02, hours: b}', '{first_day: 2026-12-01, covers: [night]}') +
        hours('a', `{day: ${times}, night: {outside: [day]}}`) +
        hours('b', night),
    ],
    [
      'new hours and their windows in one',
      rota(first, '{first_day: 2026-12-01, hours: b, covers: [night]}') + hours('a', day) + hours('b', night),
    ],
    [
      'two amendments in reverse order',
      rota(
        first,
        '{first_day: 2026-12-03, covers: [late]}',
        '{first_day: 2026-12-02, hours: b, covers: [night]}',
      ) +
        hours('a', day) +
        hours('b', `{night: ${times}, late: {outside: [night]}}`),
    ],
    [
      'windows without hours',
      rota('', '{first_day: 2026-12-01, covers: [anything]}'),
      `${ROTA}:7:29 "covers" is allowed only with "hours", and this rota has none on that day; amend "hours" too`,
    ],
    [
      'the first hours of a rota',
      rota('', `{first_day: 2026-12-01, hours: a, covers: [day]}`) + hours('a', day),
    ],
    [
      'a window that ends while a rota covers it',
      rota(first, '{first_day: 2027-01-01, handover: {day: monday, time: "10:00"}}') +
        hours('a', day, `{first_day: 2026-12-01, windows: ${night}}`),
      `${A}:5:29 these windows have no "day", which team/rota covers; add it here, or amend "covers" of team/rota from that day on`,
    ],
    [
      'a window that ends when the rota no longer covers it',
      rota(first, '{first_day: 2026-12-01, covers: [night]}') +
        hours('a', day, `{first_day: 2026-12-01, windows: ${night}}`),
    ],
    [
      'a window that begins later than the amendment that covers it',
      rota(first, '{first_day: 2026-12-01, covers: [night]}') +
        hours('a', day, `{first_day: 2026-12-02, windows: ${night}}`),
      `${ROTA}:8:38 there is no window "night"`,
    ],
    [
      'a window that existed before the rota',
      rota('hours: a\ncovers: [night]', '{first_day: 2027-01-01, hours: a}') +
        hours('a', day, `{first_day: 2026-12-01, windows: ${night}}`),
    ],
    [
      'a window that ends while roles are required in it',
      hours('a', `${day}\ncovered_by: {day: []}`, `{first_day: 2026-12-01, windows: ${night}}`),
      `${A}:6:29 these windows have no "day", which "covered_by" names; add it here, or amend "covered_by" too`,
    ],
    [
      'a window in which roles are required before it begins',
      hours('a', `${day}\ncovered_by: {night: []}`, `{first_day: 2026-12-01, windows: ${night}}`),
      `${A}:4:14 there is no window "night"`,
    ],
    [
      'what lies outside a window that ended',
      hours('a', day, `{first_day: 2026-12-01, windows: {rest: {outside: [day]}}}`),
      `${A}:5:56 there is no window "day"`,
    ],
    [
      'a window in which roles are required from the day on which it begins',
      hours('a', day, `{first_day: 2026-12-01, covered_by: {night: []}, windows: ${night}}`),
    ],
  ])('%s', (_, text, ...found) => {
    expect(named(text)).toEqual(known(found));
  });
});

test('an item of onboarding is in its list once; a record may name one that is retired', () => {
  expect(checked(but(everything, 'id: laptop', 'id: vpn'))).toEqual(
    known([`${ONBOARDING}:7:10 "vpn" is in this list already; give each item an id of its own`]),
  );
  expect(checked(but(everything, 'badge: 2026', 'laptop: 2026-11-02, badge: 2026'))).toEqual([]);
});
