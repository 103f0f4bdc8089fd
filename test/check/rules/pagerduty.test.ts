/** What cannot be sent to PagerDuty, each with a counterpart that can. */
import { describe, expect, test } from 'vitest';
import { pagerduty as pagerdutyRule } from '../../../actions/lib/check/rules/pagerduty.ts';
import { found as findingsIn, foundBy, wordsOf } from '../../found.ts';
import { at, but, folk } from '../../handbook.ts';

const sound = `${folk('amara', 'ben', 'chi')
  .replace('amara: {', 'amara: {pagerduty: PAMARA1, ')
  .replace('ben: {', 'ben: {pagerduty: PBEN001, ')
  .replace('chi: {', 'chi: {pagerduty: PCHI001, ')}== rotas/team/rota.yaml
name: Rota
timezone: UTC
hours: hours
handover: {day: monday, time: "10:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-11-02, people: [amara, ben]}
    pagerduty: {schedule: PSCHED1}
  lead:
    rotation: [{first_turn: 2026-11-02, people: [chi]}]
    pagerduty: {schedule: PSCHED2}
== policies/support-hours/hours.yaml
name: Hours
timezone: UTC
windows:
  day: [{days: working, from: "09:00", to: "17:00"}]
== policies/escalation/day.yaml
name: Day
applies_in: [day]
levels:
  - {notify: [team/rota/engineer], escalate_after: 15 minutes}
  - {notify: [team/rota/lead]}
repeats: 9
pagerduty: {policy: PPOLICY}
`;
const found = (text: string) => foundBy('pagerduty', text);

test('a handbook in which everybody and everything is known there', () => {
  expect(findingsIn(sound)).toEqual([]);
});

describe('somebody without an account, on a shift that is sent to PagerDuty', () => {
  const without = but(sound, 'ben: {pagerduty: PBEN001, ', 'ben: {');
  test('is reported once, at the person, with the first shift', () => {
    expect(found(without)).toEqual([
      'rotas/people.yaml:3:3 no-account {person: ben, role: team/rota/engineer, startAt: 2026-11-23T10:00+00:00, endAt: 2026-11-23T17:00+00:00, more: 83}',
    ]);
  });

  test('is not reported for a role that is not sent', () => {
    const loose = but(
      but(without, '    pagerduty: {schedule: PSCHED1}\n', ''),
      '    pagerduty: {schedule: PSCHED2}\n',
      '',
    );
    expect(found(but(loose, 'pagerduty: {policy: PPOLICY}', ''))).toEqual([]);
  });

  test('is not reported if all shifts are over, or beyond the horizon', () => {
    const over = but(
      without,
      'people: [amara, ben]}',
      'people: [ben]}\n      - {first_turn: 2026-11-16, people: [amara]}',
    );
    expect(found(over)).toEqual([]);
    const later = but(
      without,
      'people: [amara, ben]}',
      'people: [amara]}\n      - {first_turn: 2027-06-07, people: [ben]}',
    );
    expect(found(later)).toEqual([]);
  });

  test('is reported for a cover of two hours too', () => {
    const cover = but(
      but(without, 'people: [amara, ben]}', 'people: [amara]}'),
      '== policies/support-hours/hours.yaml',
      'overrides:\n  - {role: engineer, person: ben, instead_of: amara, from: 2026-11-24T10:00, to: 2026-11-24T12:00}\n== policies/support-hours/hours.yaml',
    );
    expect(found(cover)).toEqual([
      'rotas/people.yaml:3:3 no-account {person: ben, role: team/rota/engineer, startAt: 2026-11-24T10:00+00:00, endAt: 2026-11-24T12:00+00:00}',
    ]);
  });
});

describe('an id that is used twice', () => {
  test.each<[what: string, passage: string, other: string, ...lines: string[]]>([
    [
      'a schedule',
      'PSCHED2',
      'PSCHED1',
      'rotas/team/rota.yaml:12:27 shared-id {id: PSCHED1, noun: schedule, other: team/rota/engineer, owner: team/rota/lead}',
    ],
    [
      'an account',
      'PBEN001',
      'PAMARA1',
      'rotas/people.yaml:3:20 shared-id {id: PAMARA1, noun: account, other: amara, owner: ben}',
    ],
    [
      'a policy',
      'pagerduty: {policy: PPOLICY}\n',
      'pagerduty: {policy: PPOLICY}\n== policies/escalation/other.yaml\nname: Other\napplies_in: [day]\nlevels:\n  - {notify: [team/rota/lead]}\npagerduty: {policy: PPOLICY}\n',
      'policies/escalation/other.yaml:5:21 shared-id {id: PPOLICY, noun: policy, other: day, owner: other}',
    ],
    [
      'none: a policy of its own',
      'pagerduty: {policy: PPOLICY}\n',
      'pagerduty: {policy: PPOLICY}\n== policies/escalation/other.yaml\nname: Other\napplies_in: [day]\nlevels:\n  - {notify: [team/rota/lead]}\npagerduty: {policy: POTHER1}\n',
    ],
  ])('%s', (_, passage, other, ...lines) => {
    expect(found(but(sound, passage, other))).toEqual(lines);
  });
});

describe('two roles on one schedule', () => {
  const apart = but(
    but(
      but(
        but(sound, '    pagerduty: {schedule: PSCHED2}\n', ''),
        'name: Rota\ntimezone: UTC\nhours: hours\n',
        'name: Rota\ntimezone: UTC\nhours: hours\ncovers: [day]\n',
      ),
      '== policies/support-hours',
      `overrides: []
== rotas/team/night.yaml
name: Night
timezone: UTC
hours: hours
covers: [night]
handover: {day: monday, time: "10:00"}
roles:
  engineer:
    rotation: [{first_turn: 2026-11-02, people: [chi]}]
    pagerduty: {schedule: PSCHED1}
overrides: []
== policies/support-hours`,
    ),
    '  day: [{days: working, from: "09:00", to: "17:00"}]',
    '  day: [{days: working, from: "09:00", to: "17:00"}]\n  night: {outside: [day]}',
  ).replace('[team/rota/lead]', '[team/night/engineer, team/rota/engineer]');
  const shared =
    'rotas/team/rota.yaml:10:27 shared-id {id: PSCHED1, noun: schedule, other: team/night/engineer, owner: team/rota/engineer}';

  test('are fine where they are never on duty at once', () => {
    expect(found(apart)).toEqual([]);
  });

  test('are reported where their windows overlap, or extra time of one overlaps the other', () => {
    expect(found(but(apart, 'covers: [night]', 'covers: [day, night]'))).toEqual([shared]);
    const extraIn = (text: string, person: string) => (from: string, to: string) =>
      found(
        but(
          text,
          'pagerduty: {schedule: PSCHED1}\noverrides: []\n',
          `pagerduty: {schedule: PSCHED1}\noverrides:\n  - {role: engineer, person: ${person}, from: ${from}, to: ${to}, extra: true}\n`,
        ),
      );
    expect(extraIn(apart, 'ben')('2026-12-07T16:00', '2026-12-07T17:00')).toEqual([shared]);
    // What begins before the end of the published span is sent whole.
    const beyond = extraIn(`== policies/publishing.yaml\nahead: 4 weeks\n${apart}`, 'chi');
    expect(beyond('2026-12-31T20:00', '2027-01-01T08:00')).toEqual([]);
    expect(beyond('2026-12-31T20:00', '2027-01-01T12:00')).toEqual([shared]);
    expect(beyond('2027-01-04T08:00', '2027-01-04T12:00')).toEqual([]);
  });

  test('of which one is on duty all the time are reported', () => {
    expect(found(but(apart, 'hours: hours\ncovers: [night]\n', ''))).toEqual([shared]);
  });
});

describe('seats', () => {
  const seats = but(
    sound,
    '    pagerduty: {schedule: PSCHED1}',
    '    seats: 2\n    pagerduty: {schedules: [PSCHED1, PSCHED3]}',
  );

  test('have a schedule each, and a level calls all of them', () => {
    expect(found(seats)).toEqual([]);
  });

  test('without schedules are reported once, as the role', () => {
    expect(found(but(seats, '    pagerduty: {schedules: [PSCHED1, PSCHED3]}\n', ''))).toEqual([
      'policies/escalation/day.yaml:4:15 role-without-schedule {role: team/rota/engineer, seats: 2}',
    ]);
  });

  test('are at most ten in a level', () => {
    const names = Array.from({ length: 11 }, (_, i) => `p${i}`);
    const many = but(
      but(seats, 'seats: 2', 'seats: 11'),
      'schedules: [PSCHED1, PSCHED3]',
      `schedules: [${names.map((name) => name.toUpperCase()).join(', ')}]`,
    )
      .replace('people: [amara, ben]', `people: [${names.join(', ')}]`)
      .replace(
        'people:\n',
        `people:\n${names.map((name) => `  ${name}: {name: ${name}, pagerduty: U${name.toUpperCase()}}\n`).join('')}`,
      );
    expect(found(many)).toEqual([
      'policies/escalation/day.yaml:4:5 too-many-targets {level: 1, targets: 11, most: 10}',
    ]);
  });
});

describe('a chain that PagerDuty cannot call', () => {
  test.each<[what: string, text: string, ...lines: string[]]>([
    ['none: all roles have schedules', sound],
    [
      'a role without a schedule',
      but(sound, '    pagerduty: {schedule: PSCHED2}\n', ''),
      'policies/escalation/day.yaml:5:15 role-without-schedule {role: team/rota/lead}',
    ],
    ['none: a person who has an account', but(sound, 'notify: [team/rota/lead]', 'notify: [person: chi]')],
    [
      'a person without an account',
      but(
        but(sound, 'notify: [team/rota/lead]', 'notify: [person: dee]'),
        'people:\n',
        'people:\n  dee: {name: Dee}\n',
      ),
      'policies/escalation/day.yaml:5:15 person-without-account {person: dee}',
    ],
  ])('%s', (_, text, ...lines) => {
    expect(found(text)).toEqual(lines);
  });

  test('is not reported if it has no policy', () => {
    const loose = but(
      but(sound, 'pagerduty: {policy: PPOLICY}', ''),
      '    pagerduty: {schedule: PSCHED2}\n',
      '',
    );
    expect(found(but(loose, 'repeats: 9', 'repeats: 10'))).toEqual([]);
  });

  test('that names somebody unknown is reported only by another rule', () => {
    expect(found(but(sound, 'notify: [team/rota/lead]', 'notify: [person: nobody]'))).toEqual([]);
    expect(found(but(sound, 'notify: [team/rota/lead]', 'notify: [team/rota/nobody]'))).toEqual([]);
  });
});

test('repeats, targets and delays beyond the limits of PagerDuty are reported by the schema', () => {
  const targets = Array.from({ length: 11 }, (_, i) => `person: p${i}`).join(', ');
  for (const [passage, other] of [
    ['repeats: 9', 'repeats: 10'],
    ['notify: [team/rota/lead]', `notify: [${targets}]`],
    ['15 minutes', '0 minutes'],
    ['15 minutes', '1 working day'],
  ] as const)
    expect(foundBy('schema', but(sound, passage, other))).toHaveLength(1);
});

describe('a level of a chain that is sent to PagerDuty', () => {
  const contact = but(
    but(sound, '== rotas/team/rota.yaml', 'contacts:\n  desk: {name: Desk}\n== rotas/team/rota.yaml'),
    '[team/rota/lead]',
    '[contact: desk]',
  );
  test('may call a contact, if it has an account', () => {
    expect(found(contact)).toEqual([
      'policies/escalation/day.yaml:5:15 contact-without-account {contact: desk}',
    ]);
    expect(found(but(contact, 'desk: {name: Desk}', 'desk: {name: Desk, pagerduty: PDESK01}'))).toEqual([]);
    expect(found(but(contact, 'pagerduty: {policy: PPOLICY}', ''))).toEqual([]);
  });

  test('for some priorities is not sent, so that it needs no account; but one level at least is', () => {
    const priorities = `${sound}== policies/service-levels/level.yaml
name: Level
hours: hours
priorities: {P1: {name: Down, in_hours: {respond: 1 hour}}}
clock: {day: in_hours}
== policies/services.yaml
services: {web: {name: Web, team: team, service_level: level, escalation: {day: day}}}
`;
    const some = but(
      priorities,
      '{notify: [team/rota/lead]}',
      '{notify: [person: nina], only_for: [P1]}',
    ).replace('people:\n', 'people:\n  nina: {name: Nina}\n');
    expect(found(some)).toEqual([]);
    expect(
      found(but(some, 'escalate_after: 15 minutes', 'escalate_after: 15 minutes, only_for: [P1]')),
    ).toEqual(['policies/escalation/day.yaml:7:21 no-common-level {chain: day}']);
  });
});

const format = wordsOf(pagerdutyRule);
test.each([
  [
    format({
      code: 'no-account',
      args: {
        person: 'ben',
        role: 'team/rota/engineer',
        zone: 'UTC',
        startAt: at('2026-11-23T10:00Z'),
        endAt: at('2026-11-23T17:00Z'),
        more: 83,
      },
    }),
    'ben is on team/rota/engineer, which is sent to PagerDuty, Mon 23 Nov 10:00 – 17:00 and 83 more times, and has no account there; add pagerduty: with the id of one',
  ],
  [
    format({
      code: 'no-account',
      args: {
        person: 'ben',
        role: 'team/rota/engineer',
        zone: 'UTC',
        startAt: at('2026-11-24T10:00Z'),
        endAt: at('2026-11-24T12:00Z'),
        more: 0,
      },
    }),
    'ben is on team/rota/engineer, which is sent to PagerDuty, Tue 24 Nov 10:00 – 12:00, and has no account there; add pagerduty: with the id of one',
  ],
  [
    format({
      code: 'shared-id',
      args: { id: 'PSCHED1', noun: 'schedule', other: 'team/rota/engineer', owner: 'team/rota/lead' },
    }),
    'PSCHED1 is already the schedule of team/rota/engineer; give team/rota/lead its own',
  ],
  [
    format({ code: 'shared-id', args: { id: 'PPOLICY', noun: 'policy', other: 'day', owner: 'other' } }),
    'PPOLICY is already the escalation policy of day; give other its own',
  ],
  [
    format({ code: 'role-without-schedule', args: { role: 'team/rota/lead' } }),
    'PagerDuty cannot call team/rota/lead, which has no schedule there; add pagerduty: {schedule: …} to the role',
  ],
  [
    format({ code: 'role-without-schedule', args: { role: 'team/rota/lead', seats: 2 } }),
    'PagerDuty cannot call team/rota/lead, which has no schedule there; add pagerduty: {schedules: […]} to the role',
  ],
  [
    format({ code: 'too-many-targets', args: { level: 1, targets: 11, most: 10 } }),
    'level 1 calls 11 seats and people at once, and PagerDuty can call 10; name single seats',
  ],
  [
    format({ code: 'person-without-account', args: { person: 'dee' } }),
    'PagerDuty cannot call dee, who has no account there; add pagerduty: with the id of one to them',
  ],
  [
    format({ code: 'contact-without-account', args: { contact: 'desk' } }),
    'PagerDuty cannot call the contact desk, which has no account there; add pagerduty: with the id of one to it',
  ],
  [
    format({ code: 'no-common-level', args: { chain: 'day' } }),
    'PagerDuty knows no priorities, and every level of day is only for some, so its policy would be empty; add a level without only_for, or take out pagerduty',
  ],
  [
    format({ code: 'unknown-schedule', args: { schedule: 'PSCHED1', role: 'team/rota/lead' } }),
    'PagerDuty has no schedule PSCHED1, which team/rota/lead names; create one there and put its id here',
  ],
  [
    format({ code: 'unknown-kind', args: { schedule: 'PSCHED1', role: 'team/rota/lead', type: 'grid' } }),
    'PagerDuty\'s PSCHED1, which team/rota/lead names, is of the type "grid", which rota cannot write; name one that is made of layers or of shifts',
  ],
  [
    format({
      code: 'rotations-at-once',
      args: {
        ...{ schedule: 'PSCHED1', role: 'team/rota/lead', zone: 'Europe/London', more: 1 },
        ...{ startAt: at('2026-12-02T17:00Z'), endAt: at('2026-12-02T19:00Z') },
      },
    }),
    "PagerDuty's PSCHED1, which team/rota/lead names, has rotations with several people on at once Wed 2 Dec 17:00 – 19:00 and 1 more time, so more than one person would be called; leave one at a time there",
  ],
  [
    format({ code: 'ends-at-shifts', args: { chain: 'day', schedule: 'PSCHED1' } }),
    "day ends at PagerDuty's PSCHED1, which has shifts only: in a gap between them nobody would be called; add a last level with a person or a contact",
  ],
  [
    format({ code: 'unknown-policy', args: { policy: 'PPOLICY', chain: 'day' } }),
    'PagerDuty has no escalation policy PPOLICY, which day names; create one there and put its id here',
  ],
  [
    format({ code: 'unknown-user', args: { user: 'PBEN001', person: 'ben' } }),
    'PagerDuty has no user PBEN001, the id given for ben; put the id of their account here, or take them off the rota',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
