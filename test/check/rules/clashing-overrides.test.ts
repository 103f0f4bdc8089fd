/** Two overrides for one time in one role, and pairs that only touch, or are of two kinds. */
import { describe, expect, test } from 'vitest';
import { clashingOverrides as clashingOverridesRule } from '../../../actions/lib/check/rules/clashing-overrides.ts';
import { day, foundBy, wordsOf } from '../../found.ts';
import { at, folk } from '../../handbook.ts';

/** Amara has every turn, round the clock. */
const overriding = (overrides: readonly string[], now?: string): string[] =>
  foundBy(
    'clashing-overrides',
    `${folk('amara', 'ben', 'chi', 'dee')}== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles:
  lead: {rotation: [{first_turn: 2020-01-06, people: [amara]}]}
  second: {rotation: [{first_turn: 2020-01-06, people: [chi]}], counts: false}
overrides:
${overrides.map((line) => `  - {${line}}\n`).join('')}`,
    now,
  ).map((line) => line.replace('rotas/team/rota.yaml:', ''));

const turn = (person: string, day: string, role = 'lead') => `role: ${role}, person: ${person}, turn: ${day}`;
const time = (person: string, from: string, to: string, role = 'lead') =>
  `role: ${role}, person: ${person}, from: 2026-12-${from}, to: 2026-12-${to}`;

describe('two overrides', () => {
  test.each<[what: string, first: string, second: string, ...found: string[]]>([
    ['of two turns', turn('ben', '2026-12-07'), turn('dee', '2026-12-14')],
    [
      'of one turn',
      turn('ben', '2026-12-07'),
      turn('dee', '2026-12-07'),
      '9:5 same-turn {person: ben, turnOn: 2026-12-07}',
    ],
    ['of one turn in two roles', turn('ben', '2026-12-07'), turn('dee', '2026-12-07', 'second')],
    ['of a turn and hours of it', turn('ben', '2026-12-07'), time('dee', '08T10:00', '08T12:00')],
    ['that touch', time('ben', '08T10:00', '08T12:00'), time('dee', '08T12:00', '08T14:00')],
    ['that touch, the later first', time('dee', '08T12:00', '08T14:00'), time('ben', '08T10:00', '08T12:00')],
    [
      'that share a minute',
      time('ben', '08T10:00', '08T12:01'),
      time('dee', '08T12:00', '08T14:00'),
      '9:5 same-hours {person: ben, earlier: override, later: override, startAt: 2026-12-08T12:00+00:00, endAt: 2026-12-08T12:01+00:00}',
    ],
    [
      'that share a minute, the later first',
      time('dee', '08T12:00', '08T14:00'),
      time('ben', '08T10:00', '08T12:01'),
      '8:5 same-hours {person: ben, earlier: override, later: override, startAt: 2026-12-08T12:00+00:00, endAt: 2026-12-08T12:01+00:00}',
    ],
    [
      'of which one holds the other',
      time('ben', '08T10:00', '09T12:00'),
      time('dee', '08T12:00', '08T14:00'),
      '9:5 same-hours {person: ben, earlier: override, later: override, startAt: 2026-12-08T12:00+00:00, endAt: 2026-12-08T14:00+00:00}',
    ],
    [
      'of one time, even by one person',
      time('ben', '08T10:00', '08T12:00'),
      time('ben', '08T10:00', '08T12:00'),
      '9:5 same-hours {person: ben, earlier: override, later: override, startAt: 2026-12-08T10:00+00:00, endAt: 2026-12-08T12:00+00:00}',
    ],
    [
      'of one time in two roles',
      time('ben', '08T10:00', '08T12:00'),
      time('dee', '08T10:00', '08T12:00', 'second'),
    ],
  ])('%s', (_, first, second, ...found) => {
    expect(overriding([first, second])).toEqual(found);
  });
});

test('each of several that the first one overlaps is reported', () => {
  const long = (to: string) =>
    overriding([
      time('ben', '08T10:00', to),
      time('dee', '08T11:00', '08T12:00'),
      time('dee', '08T13:00', '08T14:00'),
    ]);
  expect(long('08T11:00')).toEqual([]);
  expect(long('08T20:00')).toEqual([
    '9:5 same-hours {person: ben, earlier: override, later: override, startAt: 2026-12-08T11:00+00:00, endAt: 2026-12-08T12:00+00:00}',
    '10:5 same-hours {person: ben, earlier: override, later: override, startAt: 2026-12-08T13:00+00:00, endAt: 2026-12-08T14:00+00:00}',
  ]);
});

test('three for one turn are two findings', () => {
  expect(
    overriding([turn('ben', '2026-12-07'), turn('dee', '2026-12-07'), turn('chi', '2026-12-07')]),
  ).toEqual([
    '9:5 same-turn {person: ben, turnOn: 2026-12-07}',
    expect.stringMatching(/^10:5 same-turn \{person: (ben|dee), turnOn: 2026-12-07\}$/),
  ]);
});

describe('what is entirely in the past is not reported', () => {
  test.each<[what: string, one: string, other: string, before: string, after: string]>([
    [
      'hours',
      time('ben', '08T10:00', '08T12:00'),
      time('dee', '08T11:00', '08T12:00'),
      '2026-12-08T11:59:00Z',
      '2026-12-08T12:00:00Z',
    ],
    [
      'a turn',
      turn('ben', '2026-12-07'),
      turn('dee', '2026-12-07'),
      '2026-12-14T09:59:00Z',
      '2026-12-14T10:00:00Z',
    ],
    [
      'a turn of long ago',
      turn('ben', '2026-12-07'),
      turn('dee', '2026-12-07'),
      '2026-12-07T00:00:00Z',
      '2028-01-01T00:00:00Z',
    ],
  ])('%s', (_, one, other, before, after) => {
    expect(overriding([one, other], before)).toHaveLength(1);
    expect(overriding([one, other], after)).toEqual([]);
  });
});

const format = wordsOf(clashingOverridesRule);
test.each([
  [
    format({ code: 'same-turn', args: { person: 'ben', turnOn: day('2026-12-07') } }),
    'another override already gives the turn of 2026-12-07 to ben; keep one of them',
  ],
  [
    format({
      code: 'same-hours',
      args: {
        person: 'ben',
        earlier: 'override',
        later: 'override',
        zone: 'Europe/London',
        startAt: at('2026-12-08T12:00Z'),
        endAt: at('2026-12-08T12:01Z'),
      },
    }),
    'another override already assigns ben Tue 8 Dec 12:00 – 12:01; shorten one of them',
  ],
  [
    format({
      code: 'same-hours',
      args: {
        person: 'ben',
        earlier: 'planned change',
        later: 'override',
        zone: 'Europe/London',
        startAt: at('2026-12-11T12:00Z'),
        endAt: at('2026-12-11T13:00Z'),
      },
    }),
    'another planned change already assigns ben Fri 11 Dec 12:00 – 13:00; shorten one of them',
  ],
  [
    format({
      code: 'same-hours',
      args: {
        person: 'ben',
        earlier: 'override',
        later: 'planned change',
        zone: 'Europe/London',
        startAt: at('2026-12-11T12:00Z'),
        endAt: at('2026-12-11T13:00Z'),
      },
    }),
    'another override already assigns ben Fri 11 Dec 12:00 – 13:00; assign ben in both',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
