/** Turns dated on a day without a hand-over, wherever a turn is written. */
import { describe, expect, test } from 'vitest';
import { firstTurn as firstTurnRule } from '../../../actions/lib/check/rules/first-turn.ts';
import { day, found as findingsIn, wordsOf } from '../../found.ts';
import { aHandbook, but, checked, folk } from '../../handbook.ts';

const sound = `${folk('amara', 'ben', 'chi')}== rotas/team/rota.yaml
name: Rota
timezone: UTC
handover: {day: monday, time: "10:00"}
roles:
  lead:
    rotation:
      - {first_turn: 2026-11-02, people: [amara, ben]}
      - {first_turn: 2027-03-03, people: [ben, amara]}
    turns: {2026-12-21: ben}
  second:
    counts: false
    follows: {role: lead, by: 1}
overrides:
  - {role: lead, turn: 2026-12-07, person: chi}
  - {role: second, turn: 2026-12-14, person: chi}
amendments:
  - {first_day: 2027-03-01, handover: {day: wednesday, time: "10:00"}}
`;
const ROTA = 'rotas/team/rota.yaml';

test('turns dated on their hand-over day are fine', () => {
  expect(findingsIn(sound)).toEqual([]);
});

describe('a turn is dated on another day', () => {
  test.each<[what: string, passage: string, other: string, ...found: string[]]>([
    [
      'by an entry',
      'first_turn: 2026-11-02',
      'first_turn: 2026-11-03',
      '7:22 first-turn/no-hand-over {role: lead, turnOn: 2026-11-03, beforeOn: 2026-11-02, afterOn: 2026-11-09}',
    ],
    [
      'by an agreed turn',
      'turns: {2026-12-21',
      'turns: {2026-12-20',
      '9:13 first-turn/no-hand-over {role: lead, turnOn: 2026-12-20, beforeOn: 2026-12-14, afterOn: 2026-12-21}',
    ],
    [
      'by an override',
      'turn: 2026-12-07',
      'turn: 2026-12-08',
      '14:24 first-turn/no-hand-over {role: lead, turnOn: 2026-12-08, beforeOn: 2026-12-07, afterOn: 2026-12-14}',
    ],
    [
      'by an override of a follower',
      'turn: 2026-12-14',
      'turn: 2026-12-16',
      '15:26 first-turn/no-hand-over {role: second, turnOn: 2026-12-16, beforeOn: 2026-12-14, afterOn: 2026-12-21}',
    ],
    [
      'by an override, on the new hand-over day before it holds',
      'turn: 2026-12-07',
      'turn: 2027-02-24',
      '14:24 first-turn/no-hand-over {role: lead, turnOn: 2027-02-24, beforeOn: 2027-02-22, afterOn: 2027-03-03}',
    ],
    [
      'by an override, on the old hand-over day when it holds no more',
      'turn: 2026-12-07',
      'turn: 2027-03-08',
      '14:24 first-turn/no-hand-over {role: lead, turnOn: 2027-03-08, beforeOn: 2027-03-03, afterOn: 2027-03-10}',
    ],
    [
      'by the entry that the new hand-over requires',
      'first_turn: 2027-03-03',
      'first_turn: 2027-03-08',
      '8:22 first-turn/no-hand-over {role: lead, turnOn: 2027-03-08, beforeOn: 2027-03-03, afterOn: 2027-03-10}',
    ],
    ['by none of these: the last hand-over of the old kind', 'turn: 2026-12-07', 'turn: 2027-02-22'],
    ['by none of these: the first of the new', 'turn: 2026-12-07', 'turn: 2027-03-03'],
  ])('%s', (_, passage, other, ...found) => {
    expect(findingsIn(but(sound, passage, other))).toEqual(found.map((line) => `${ROTA}:${line}`));
  });
});

test('until an entry begins, the turn in progress continues, and no turn begins', () => {
  const later = but(sound, 'first_turn: 2027-03-03', 'first_turn: 2027-03-10');
  expect(findingsIn(but(later, 'turn: 2026-12-07', 'turn: 2027-03-03'))).toEqual([
    `${ROTA}:14:24 first-turn/no-hand-over {role: lead, turnOn: 2027-03-03, beforeOn: 2027-02-22, afterOn: 2027-03-10}`,
  ]);
});

test('a hand-over changes and a rotation has no entry from then on', () => {
  const found = (handover: string) =>
    findingsIn(
      but(
        but(sound, '      - {first_turn: 2027-03-03, people: [ben, amara]}\n', ''),
        'handover: {day: wednesday, time: "10:00"}',
        `handover: ${handover}`,
      ),
    );
  const missing = (on: string) => `${ROTA}:16:39 first-turn/no-entry {role: lead, nextOn: ${on}}`;
  expect(found('{day: wednesday, time: "10:00"}')).toEqual([missing('2027-03-03')]);
  expect(found('{day: monday, time: "11:00"}')).toEqual([missing('2027-03-01')]);
  expect(found('[{day: monday, time: "10:00"}, {day: friday, time: "10:00"}]')).toEqual([
    missing('2027-03-01'),
  ]);
  expect(found('{day: monday, time: "10:00"}')).toEqual([]);
});

test('an entry of more than 400 days later does not end the turn in progress', () => {
  const at = (day: string) => findingsIn(but(sound, 'first_turn: 2027-03-03', `first_turn: ${day}`));
  expect(at('2028-03-29')).toEqual([]);
  expect(at('2028-04-05')).toEqual([`${ROTA}:17:39 first-turn/no-entry {role: lead, nextOn: 2027-03-03}`]);
});

test('a role with agreed turns alone needs one where turns come to be weeks long', () => {
  const found = (handover: string, turns: string) =>
    checked(
      aHandbook({
        rotas: {
          'paas/team': 'name: PaaS',
          'paas/nights': `name: On call
timezone: Europe/London
handover: {day: wednesday, time: "10:00"}
roles:
  engineer:
    turns: {${turns}}
amendments:
  - {first_day: 2026-12-25, handover: ${handover}}
`,
        },
      }),
    ).filter((line) => line.endsWith('[first-turn]'));
  const old = '2026-12-16: ben, 2026-12-23: amara';
  expect(found('{day: wednesday, time: "10:00", weeks: 2}', old)).toEqual([
    'rotas/paas/nights.yaml:8:39 the hand-over changes here, and engineer has no agreed turn from then on, so its last turn never ends; agree one that begins on 2026-12-30, or a later hand-over [first-turn]',
  ]);
  expect(found('{day: wednesday, time: "10:00", weeks: 2}', `${old}, 2026-12-30: chi`)).toEqual([]);
  expect(found('{day: friday, time: "10:00"}', old)).toEqual([]);
});

test('an entry on the day of the amendment counts', () => {
  expect(findingsIn(but(sound, 'first_day: 2027-03-01', 'first_day: 2027-03-03'))).toEqual([]);
});

test('each of two amendments needs an entry of its own', () => {
  const twice = (first: string) =>
    findingsIn(
      but(
        but(
          sound,
          'first_turn: 2027-03-03',
          `first_turn: ${first}, people: [ben]}\n      - {first_turn: 2027-04-05`,
        ),
        'amendments:\n',
        'amendments:\n  - {first_day: 2027-04-01, handover: {day: monday, time: "10:00"}}\n',
      ),
    );
  expect(twice('2027-03-03')).toEqual([]);
  expect(twice('2027-03-31')).toEqual([]);
  expect(twice('2027-02-22')).toEqual([`${ROTA}:19:39 first-turn/no-entry {role: lead, nextOn: 2027-03-03}`]);
});

test('with several hand-overs a week, each is one; with one every day, every day is', () => {
  const on = (handover: string, turn: string) =>
    findingsIn(`${folk('amara', 'ben')}== ${ROTA}
name: Rota
timezone: UTC
handover: ${handover}
roles:
  lead:
    rotation: [{first_turn: 2026-11-02, people: [amara]}]
    turns: {${turn}: ben}
`);
  const twice = '[{day: thursday, time: "10:00"}, {day: monday, time: "17:00"}]';
  expect(on(twice, '2026-12-03')).toEqual([]);
  expect(on(twice, '2026-12-04')).toEqual([
    `${ROTA}:7:13 first-turn/no-hand-over {role: lead, turnOn: 2026-12-04, beforeOn: 2026-12-03, afterOn: 2026-12-07}`,
  ]);
  expect(on('{every: day, time: "10:00"}', '2026-12-05')).toEqual([]);
});

describe('the nearest names, for every kind of hand-over', () => {
  const HOURS = `== policies/support-hours/office.yaml
name: Office
timezone: UTC
holidays: list
windows: {office: [{days: working, from: "09:00", to: "17:00"}]}
== policies/holidays/list.yaml
name: List
complete_from: 2026-01-01
complete_until: 2030-12-31
holidays: {2026-12-25: Christmas Day, 2026-12-28: Boxing Day}
`;
  const on = (handover: string, first: string, turn: string) =>
    findingsIn(`${folk('amara', 'ben')}${HOURS}== ${ROTA}
name: Rota
timezone: UTC
hours: office
handover: ${handover}
roles:
  lead:
    rotation: [{first_turn: ${first}, people: [amara]}]
    turns: {${turn}: ben}
`).filter((line) => line.includes('first-turn'));
  const near = (turnOn: string, beforeOn: string, afterOn: string) => [
    `${ROTA}:8:13 first-turn/no-hand-over {role: lead, turnOn: ${turnOn}, beforeOn: ${beforeOn}, afterOn: ${afterOn}}`,
  ];

  test.each([
    ['{day: monday, time: "09:00", weeks: 2}', '2026-11-02', '2026-11-30', []],
    [
      '{day: monday, time: "09:00", weeks: 2}',
      '2026-11-02',
      '2026-12-07',
      near('2026-12-07', '2026-11-30', '2026-12-14'),
    ],
    [
      '{day: monday, time: "09:00", weeks: 52}',
      '2026-11-02',
      '2027-10-25',
      near('2027-10-25', '2026-11-02', '2027-11-01'),
    ],
    ['{date: last, time: "09:00"}', '2026-11-30', '2027-02-28', []],
    [
      '{date: last, time: "09:00"}',
      '2026-11-30',
      '2027-03-01',
      near('2027-03-01', '2027-02-28', '2027-03-31'),
    ],
    ['{every: working_day, time: "09:00"}', '2026-11-02', '2026-12-29', []],
    [
      '{every: working_day, time: "09:00"}',
      '2026-11-02',
      '2026-12-25',
      near('2026-12-25', '2026-12-24', '2026-12-29'),
    ],
    ['{every: weekday, time: "09:00"}', '2026-11-02', '2026-12-25', []],
    [
      '{every: weekday, time: "09:00"}',
      '2026-11-02',
      '2026-12-26',
      near('2026-12-26', '2026-12-25', '2026-12-28'),
    ],
    ['{every: day, times: ["06:00", "18:00"]}', '2026-11-02T06:00', '2026-12-25T18:00', []],
    [
      '{every: day, times: ["06:00", "18:00"]}',
      '2026-11-02T06:00',
      '2026-12-25',
      near('2026-12-25', '2026-12-24T18:00', '2026-12-25T06:00'),
    ],
    [
      '{every: day, times: ["00:00", "12:00"]}',
      '2026-11-02T00:00',
      '2026-12-25',
      near('2026-12-25', '2026-12-24T12:00', '2026-12-25T00:00'),
    ],
    [
      '{every: day, time: "00:00"}',
      '2026-11-02',
      '2026-12-25T00:00',
      near('2026-12-25T00:00', '2026-12-25', '2026-12-26'),
    ],
  ])('%s from %s on, and %s', (handover, first, turn, expected) => {
    expect(on(handover, first, turn)).toEqual(expected);
  });

  test('a first turn may be in any week, but on the weekday', () => {
    const fortnight = '{day: monday, time: "09:00", weeks: 2}';
    expect(on(fortnight, '2026-11-03', '2026-11-30')[0]).toContain(
      'beforeOn: 2026-11-02, afterOn: 2026-11-09',
    );
    expect(on(fortnight, '2026-11-09', '2026-11-23')).toEqual([]);
  });

  test('outside the holiday list it is unknown which days are working days', () => {
    const working = '{every: working_day, time: "09:00"}';
    expect(on(working, '2025-12-29', '2026-11-30')).toEqual([
      `${ROTA}:7:29 first-turn/unlisted-day {role: lead, turnOn: 2025-12-29, afterOn: 2026-01-01}`,
    ]);
    expect(on(working, '2026-11-30', '2031-01-02')).toEqual([
      `${ROTA}:8:13 first-turn/unlisted-day {role: lead, turnOn: 2031-01-02, beforeOn: 2030-12-31}`,
    ]);
  });
});

const format = wordsOf(firstTurnRule);
test.each([
  [
    format({ code: 'no-entry', args: { role: 'lead', nextOn: day('2027-03-02') } }),
    'the hand-over changes here, and lead has no rotation entry from then on; add one whose first_turn is 2027-03-02, or a later hand-over',
  ],
  [
    format({ code: 'no-entry', args: { role: 'lead', nextOn: undefined } }),
    'the hand-over changes here, and lead has no rotation entry from then on; add one whose first_turn is a hand-over of the new kind',
  ],
  [
    format({
      code: 'no-hand-over',
      args: {
        role: 'lead',
        turnOn: day('2026-12-21'),
        beforeOn: day('2026-12-14'),
        afterOn: day('2026-12-28'),
      },
    }),
    'no turn of lead begins on 2026-12-21 (Mon 21 Dec); the nearest hand-overs are 2026-12-14 and 2026-12-28',
  ],
  [
    format({
      code: 'unlisted-day',
      args: { role: 'lead', turnOn: day('2025-12-29'), beforeOn: undefined, afterOn: day('2026-01-01') },
    }),
    "the holiday list of this rota's support hours does not reach 2025-12-29, so it is unknown whether a turn of lead begins then; extend the list; the nearest hand-over is 2026-01-01",
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
