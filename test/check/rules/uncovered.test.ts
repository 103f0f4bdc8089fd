/** Windows with uncovered minutes, and windows that are covered to the last minute. */
import { describe, expect, test } from 'vitest';
import { uncovered as uncoveredRule } from '../../../actions/lib/check/rules/uncovered.ts';
import { found as findingsIn, wordsOf } from '../../found.ts';
import { at, but, checked, folk } from '../../handbook.ts';

const sound = `${folk('amara', 'ben')}== rotas/team/rota.yaml
name: Rota
timezone: UTC
hours: hours
covers: [day]
handover: {day: monday, time: "10:00"}
roles:
  lead:
    counts: true
    rotation:
      - {first_turn: 2026-11-16, people: [amara]}
overrides: []
== policies/support-hours/hours.yaml
name: Hours
timezone: UTC
windows:
  day: [{days: working, from: "09:00", to: "17:00"}]
  evening: [{days: working, from: "17:00", to: "20:00"}]
covered_by:
  day: [team/rota/lead]
`;
const nobody = (when: string, window = 'day', code = 'gap', place = '7:9') =>
  `policies/support-hours/hours.yaml:${place} uncovered/${code} {role: team/rota/lead, window: ${window}, ${when}}`;

test('a window whose role is held from now to the horizon is covered', () => {
  expect(findingsIn(sound)).toEqual([]);
});

describe('a window is not covered', () => {
  test.each<[what: string, passage: string, other: string, ...found: string[]]>([
    [
      'by a role that begins later',
      'first_turn: 2026-11-16',
      'first_turn: 2026-11-23',
      nobody('startAt: 2026-11-23T09:00+00:00, endAt: 2026-11-23T10:00+00:00'),
    ],
    [
      'by an entry of nobody',
      'people: [amara]}',
      'people: [amara]}\n      - {first_turn: 2027-01-04, people: []}\n      - {first_turn: 2027-01-11, people: [ben]}',
      nobody('startAt: 2027-01-04T10:00+00:00, endAt: 2027-01-04T17:00+00:00, more: 5'),
    ],
    [
      'by an entry of nobody on the last day before the horizon',
      'people: [amara]}',
      'people: [amara]}\n      - {first_turn: 2027-05-31, people: []}',
      nobody('startAt: 2027-05-31T10:00+00:00, endAt: 2027-05-31T17:00+00:00'),
    ],
    [
      'not by an entry of nobody past the horizon',
      'people: [amara]}',
      'people: [amara]}\n      - {first_turn: 2027-06-07, people: []}',
    ],
    [
      'by a window that the rota leaves out',
      '  day: [team/rota/lead]',
      '  evening: [team/rota/lead]',
      nobody(
        'startAt: 2026-11-23T17:00+00:00, endAt: 2026-11-23T20:00+00:00, more: 135',
        'evening',
        'gap',
        '7:13',
      ),
    ],
    ['not by a window that the rota covers', 'covers: [day]', 'covers: [day, evening]'],
    [
      'by a role that does not count',
      'counts: true',
      'counts: false',
      nobody(
        'startAt: 2026-11-23T09:00+00:00, endAt: 2026-11-23T17:00+00:00, more: 135',
        'day',
        'gives-no-cover',
      ),
    ],
    [
      'by a rota that is amended to cover another window',
      'overrides: []',
      'amendments: [{first_day: 2027-05-31, covers: [evening]}]',
      nobody('startAt: 2027-05-31T09:00+00:00, endAt: 2027-05-31T17:00+00:00'),
    ],
    [
      'not by a window that is amended to be longer, for the rota covers it all',
      '  day: [team/rota/lead]',
      '  day: [team/rota/lead]\namendments:\n  - first_day: 2027-05-31\n    windows: {day: [{days: working, from: "08:00", to: "17:00"}]}',
    ],
    [
      'by a promise that is amended',
      '  day: [team/rota/lead]',
      '  day: [team/rota/lead]\namendments:\n  - first_day: 2027-05-28\n    covered_by: {evening: [team/rota/lead]}',
      nobody(
        'startAt: 2027-05-28T17:00+00:00, endAt: 2027-05-28T20:00+00:00, more: 1',
        'evening',
        'gap',
        '10:28',
      ),
    ],
    [
      'not by a promise that is amended away before the role ends',
      '  day: [team/rota/lead]',
      '  day: [team/rota/lead]\namendments: [{first_day: 2027-06-01, covered_by: {}}]',
    ],
  ])('%s', (_, passage, other, ...found) => {
    expect(findingsIn(but(sound, passage, other))).toEqual(found);
  });
});

test('a gap is filled by an override of the hours, to the minute, and by extra time', () => {
  const hole = but(sound, 'first_turn: 2026-11-16', 'first_turn: 2026-11-23');
  const filled = (text: string, line: string) =>
    findingsIn(but(text, 'overrides: []', `overrides:\n  - {role: lead, person: ben, ${line}}`));
  expect(filled(hole, 'from: 2026-11-23T09:00, to: 2026-11-23T10:00')).toEqual([]);
  expect(filled(hole, 'from: 2026-11-23T09:00, to: 2026-11-23T09:59')).toEqual([
    nobody('startAt: 2026-11-23T09:59+00:00, endAt: 2026-11-23T10:00+00:00'),
  ]);
  expect(filled(hole, 'from: 2026-11-23T09:01, to: 2026-11-23T10:00')).toEqual([
    nobody('startAt: 2026-11-23T09:00+00:00, endAt: 2026-11-23T09:01+00:00'),
  ]);
  const evening = but(sound, '  day: [team/rota/lead]', '  evening: [team/rota/lead]');
  expect(
    filled(
      but(
        evening,
        '[{days: working, from: "17:00", to: "20:00"}]',
        '[{days: holidays, from: "17:00", to: "20:00"}]',
      ),
      'from: 2026-11-23T17:00, to: 2026-11-23T20:00, extra: true',
    ),
  ).toEqual([]);
});

test('a gap that is over is not reported, and of one that continues only the rest', () => {
  const hole = but(sound, 'first_turn: 2026-11-16', 'first_turn: 2026-11-23');
  expect(findingsIn(hole, '2026-11-23T09:59:00Z')).toEqual([
    nobody('startAt: 2026-11-23T09:59+00:00, endAt: 2026-11-23T10:00+00:00'),
  ]);
  expect(findingsIn(hole, '2026-11-23T10:00:00Z')).toEqual([]);
});

test.each([
  ['5', 'this is a number, and a role is text such as "paas/in-hours/engineer"'],
  ['[team/rota/lead]', 'this is a list, and a role is text'],
  ['{role: team/rota/lead}', '"role" is not a key of any of several roles; its only key is any'],
])('what is no role is an error: %s', (written, message) => {
  expect(checked(but(sound, 'day: [team/rota/lead]', `day: [${written}]`)).join()).toContain(message);
});

describe('one of several roles is enough', () => {
  const two = but(
    but(sound, 'overrides: []', '  deputy:\n    rotation:\n      - {first_turn: 2026-11-16, people: [ben]}'),
    'day: [team/rota/lead]',
    'day: [{any: [team/rota/lead, team/rota/deputy]}]',
  );
  const open = (text: string) =>
    findingsIn(text).map((line) => line.replace('policies/support-hours/hours.yaml:', ''));
  const later = (role: string, day: string) => (text: string) =>
    but(
      text,
      `  ${role}:\n${role === 'lead' ? '    counts: true\n' : ''}    rotation:\n      - {first_turn: 2026-11-16`,
      `  ${role}:\n${role === 'lead' ? '    counts: true\n' : ''}    rotation:\n      - {first_turn: ${day}`,
    );

  test('while the other begins later', () => {
    expect(open(two)).toEqual([]);
    expect(open(later('lead', '2026-12-07')(two))).toEqual([]);
    expect(open(later('deputy', '2026-12-07')(two))).toEqual([]);
  });

  test('but not before both begin', () => {
    expect(open(later('deputy', '2026-11-30')(later('lead', '2026-11-23')(two)))).toEqual([
      '7:9 uncovered/gap-in-all {roles: [team/rota/lead, team/rota/deputy], window: day, ' +
        'startAt: 2026-11-23T09:00+00:00, endAt: 2026-11-23T10:00+00:00, free: [amara, ben]}',
    ]);
  });

  test('and counts: a role that gives no cover is not enough', () => {
    const lead = later('deputy', '2026-11-30')(but(two, 'counts: true', 'counts: false'));
    expect(open(lead)).toEqual([
      '7:9 uncovered/gap-in-all {roles: [team/rota/lead, team/rota/deputy], window: day, ' +
        'startAt: 2026-11-23T09:00+00:00, endAt: 2026-11-23T17:00+00:00, more: 5, free: [ben]}',
    ]);
    const none = but(
      but(two, 'counts: true', 'counts: false'),
      '  deputy:\n',
      '  deputy:\n    counts: false\n',
    );
    expect(open(none)[0]).toMatch(
      '7:9 uncovered/none-gives-cover {roles: [team/rota/lead, team/rota/deputy]',
    );
  });

  test('and whoever is busy, away, not there yet, has left or lacks a need then is not proposed', () => {
    const open = later('deputy', '2026-11-30')(later('lead', '2026-11-23')(two));
    const free = (text: string) => findingsIn(text).map((line) => /free: \[(.*)\]/.exec(line)?.[1])[0];
    expect(free(open)).toBe('amara, ben');
    const busy = `== rotas/team/other.yaml
name: Other
timezone: UTC
handover: {day: monday, time: "10:00"}
roles: {chair: {rotation: [{first_turn: 2026-11-16, people: [amara]}, {first_turn: 2026-11-23, people: []}]}}
`;
    expect(free(open + busy)).toBe('ben');
    for (const key of [
      'last_day: 2026-11-22',
      'first_day: 2026-11-24',
      'away: [{first_day: 2026-11-23, last_day: 2026-11-23}]',
      'away: [{from: 2026-11-23T09:30, to: 2026-11-23T09:45}]',
      'away: [{first_day: 2026-11-20}]',
      'works: [{days: [tuesday]}]',
    ])
      expect(free(but(open, 'amara: {', `amara: {${key}, `))).toBe('ben');
    expect(
      free(but(open, 'amara: {', 'amara: {away: [{from: 2026-11-23T10:00, to: 2026-11-23T12:00}], ')),
    ).toBe('amara, ben');
    expect(free(but(open, '    counts: true\n', '    needs: {skills: [dev]}\n'))).toBe('ben');
  });

  test('of a role with seats, all seats are held or none counts', () => {
    const seats = (people: string) =>
      but(
        later('lead', '2027-01-04')(two),
        'people: [ben]',
        `people: [ben, amara]}\n      - {first_turn: 2026-12-14, people: ${people}`,
      ).replace('  deputy:\n', '  deputy:\n    seats: 2\n');
    expect(open(seats('[amara, ben]')).filter((line) => line.includes('uncovered'))).toEqual([]);
    const turn = '    turns: {2026-12-21: {deputy-2: ben}}\n== policies';
    const one = seats('[]').replace('== policies', turn);
    expect(open(one).filter((line) => line.includes('uncovered'))).toEqual([
      '7:9 uncovered/gap-in-all {roles: [team/rota/lead, team/rota/deputy-1 and team/rota/deputy-2], window: day, ' +
        'startAt: 2026-12-14T10:00+00:00, endAt: 2026-12-14T17:00+00:00, more: 15, free: [amara, ben]}',
    ]);
  });

  test.each([
    ['any: []', '7:15 this has too few entries; "any" needs at least one entry'],
    ['any: [team/rota/lead], all: []', '"all" is not a key of any of several roles'],
    ['any: [team/rota/leed]', '7:16 there is no role "leed" in team/rota; did you mean "lead"?'],
    ['any: team/rota/lead', 'this is text, and "any" is a list'],
    ['any: [{any: [team/rota/lead]}]', 'this is a block of keys, and a role is text'],
  ])('{%s} is an error', (any, message) => {
    const [only] = checked(but(two, '{any: [team/rota/lead, team/rota/deputy]}', `{${any}}`));
    expect(only).toContain(message);
  });
});

test('of a role with seats, a seat is needed only while an entry has it', () => {
  const grows = (more: string) =>
    but(
      but(sound, '    counts: true\n', '    seats: 1\n'),
      'people: [amara]}',
      `people: [amara]}\n      - {first_turn: 2026-12-14, people: [amara, ben], seats: 2}${more}`,
    );
  expect(findingsIn(grows(''))).toEqual([]);
  const gap = (role: string, day: string, more: string) =>
    `policies/support-hours/hours.yaml:7:9 uncovered/gap {role: team/rota/${role}, window: day, ` +
    `startAt: 2026-${day}T09:00+00:00, endAt: 2026-${day}T17:00+00:00${more}}`;
  // The seat by its own name is needed at all times.
  expect(findingsIn(but(grows(''), 'day: [team/rota/lead]', 'day: [team/rota/lead-2]'))).toEqual([
    gap('lead-2', '11-23', ', more: 15'),
  ]);
  const nobody =
    '\n      - {first_turn: 2026-12-21, people: [], seats: 2}\n      - {first_turn: 2026-12-28, people: [ben], seats: 1}';
  expect(findingsIn(grows(nobody)).map((line) => line.replace(/startAt.*/, ''))).toEqual(
    ['lead-1', 'lead-2'].map((role) => gap(role, '12-21', '').replace(/startAt.*/, '')),
  );
});

test('of a role with seats, each seat is needed', () => {
  const seats = but(
    but(sound, '    counts: true\n', '    seats: 2\n'),
    'people: [amara]}',
    'people: [amara, ben]}\n    turns: {}',
  );
  expect(findingsIn(seats)).toEqual([]);
  const late = '{first_turn: 2026-12-07, people: []}\n      - {first_turn: 2026-12-14, people: [amara, ben]}';
  expect(
    findingsIn(but(seats, '    turns: {}', `      - ${late}\n    turns: {2026-12-07: {lead-1: ben}}`)),
  ).toEqual([
    'policies/support-hours/hours.yaml:7:9 uncovered/gap {role: team/rota/lead-2, window: day, ' +
      'startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-07T17:00+00:00, more: 5}',
  ]);
});

const format = wordsOf(uncoveredRule);
test.each([
  [
    format({
      code: 'gap',
      args: {
        role: 'team/rota/lead',
        window: 'day',
        zone: 'UTC',
        startAt: at('2026-11-23T09:00Z'),
        endAt: at('2026-11-23T10:00Z'),
        more: 0,
      },
    }),
    'nobody is team/rota/lead Mon 23 Nov 09:00 – 10:00 (day); assign somebody',
  ],
  [
    format({
      code: 'gap',
      args: {
        role: 'team/rota/lead',
        window: 'day',
        zone: 'UTC',
        startAt: at('2027-01-04T10:00Z'),
        endAt: at('2027-01-04T17:00Z'),
        more: 5,
      },
    }),
    'nobody is team/rota/lead Mon 4 Jan 10:00 – 17:00 and 5 more times (day); assign somebody',
  ],
  [
    format({
      code: 'gap',
      args: {
        role: 'team/rota/lead',
        window: 'evening',
        zone: 'UTC',
        startAt: at('2027-05-28T17:00Z'),
        endAt: at('2027-05-28T20:00Z'),
        more: 1,
      },
    }),
    'nobody is team/rota/lead Fri 28 May 17:00 – 20:00 and 1 more time (evening); assign somebody',
  ],
  [
    format({
      code: 'gives-no-cover',
      args: {
        role: 'team/rota/lead',
        window: 'day',
        zone: 'UTC',
        startAt: at('2026-11-23T09:00Z'),
        endAt: at('2026-11-23T17:00Z'),
        more: 135,
      },
    }),
    'nobody is team/rota/lead Mon 23 Nov 09:00 – 17:00 and 135 more times (day); that role gives no cover (counts: false), so name another',
  ],
  [
    format({
      code: 'gap-in-all',
      args: {
        roles: ['team/rota/lead', 'team/rota/deputy'],
        window: 'day',
        zone: 'UTC',
        startAt: at('2026-11-23T09:00Z'),
        endAt: at('2026-11-23T10:00Z'),
        more: 0,
        free: [],
      },
    }),
    'nobody is team/rota/lead or team/rota/deputy Mon 23 Nov 09:00 – 10:00 (day); assign somebody to one of them',
  ],
  [
    format({
      code: 'gap-in-all',
      args: {
        roles: ['team/rota/lead', 'team/rota/deputy'],
        window: 'day',
        zone: 'UTC',
        startAt: at('2026-11-23T09:00Z'),
        endAt: at('2026-11-23T10:00Z'),
        more: 0,
        free: ['amara'],
      },
    }),
    'nobody is team/rota/lead or team/rota/deputy Mon 23 Nov 09:00 – 10:00 (day); assign somebody to one of them; amara has no other duty then',
  ],
  [
    format({
      code: 'gap-in-all',
      args: {
        roles: ['team/rota/lead', 'team/rota/deputy'],
        window: 'day',
        zone: 'UTC',
        startAt: at('2026-11-23T09:00Z'),
        endAt: at('2026-11-23T10:00Z'),
        more: 0,
        free: ['amara', 'ben'],
      },
    }),
    'nobody is team/rota/lead or team/rota/deputy Mon 23 Nov 09:00 – 10:00 (day); assign somebody to one of them; amara and ben have no other duty then',
  ],
  [
    format({
      code: 'gap-in-all',
      args: {
        roles: ['team/rota/lead', 'team/rota/deputy'],
        window: 'day',
        zone: 'UTC',
        startAt: at('2026-11-23T09:00Z'),
        endAt: at('2026-11-23T10:00Z'),
        more: 0,
        free: ['a', 'b', 'c', 'd', 'e'],
      },
    }),
    'nobody is team/rota/lead or team/rota/deputy Mon 23 Nov 09:00 – 10:00 (day); assign somebody to one of them; a, b, c, d and others have no other duty then',
  ],
  [
    format({
      code: 'none-gives-cover',
      args: {
        roles: ['team/rota/lead', 'team/rota/deputy'],
        window: 'day',
        zone: 'UTC',
        startAt: at('2026-11-23T09:00Z'),
        endAt: at('2026-11-23T10:00Z'),
        more: 0,
      },
    }),
    'nobody is team/rota/lead or team/rota/deputy Mon 23 Nov 09:00 – 10:00 (day); none of these roles gives cover (counts: false), so name others',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
