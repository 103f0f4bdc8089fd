/** One person in two roles at once, and one who moves from one to the other, or only shadows in the other. */
import { describe, expect, test } from 'vitest';
import { doubleBooked as doubleBookedRule } from '../../../actions/lib/check/rules/double-booked.ts';
import { found, wordsOf } from '../../found.ts';
import { at, but, folk } from '../../handbook.ts';

/** Lead: amara until Monday 14 December 10:00, then ben. Second: ben until then, then amara; nobody in 2027. */
const sound = `${folk('amara', 'ben', 'chi')}== policies/notice.yaml
published_ahead: 1 week
== rotas/team/lead.yaml
name: Lead
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles:
  first:
    rotation:
      - {first_turn: 2026-11-02, people: [amara]}
      - {first_turn: 2026-12-14, people: [ben]}
      - {first_turn: 2027-01-04, people: []}
overrides: []
== rotas/team/second.yaml
name: Second
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles:
  second:
    counts: true
    rotation:
      - {first_turn: 2026-11-02, people: [ben]}
      - {first_turn: 2026-12-14, people: [amara]}
      - {first_turn: 2027-01-04, people: []}
`;
const lead = 'rotas/team/lead.yaml';
const second = 'rotas/team/second.yaml';
const both = (person: string, when: string) =>
  `double-booked/two-roles {person: ${person}, one: team/lead/first, other: team/second/second, ${when}}`;

test('two people who exchange their roles at a hand-over are fine', () => {
  expect(found(sound)).toEqual([]);
});

describe('a person in two seats of a role', () => {
  const seats = (more: string) => `${folk('amara', 'ben', 'chi')}== rotas/team/desk.yaml
name: Desk
timezone: UTC
handover: {day: monday, time: "10:00"}
roles:
  helper:
    seats: 2
    ${more}
`;
  const twice = (when: string) =>
    `double-booked/two-roles {person: amara, one: team/desk/helper-1, other: team/desk/helper-2, ${when}}`;
  const list = (people: string) => `rotation: [{first_turn: 2026-11-16, people: [${people}]}]`;

  test('by a list in which they come twice in one turn', () => {
    expect(found(seats(list('amara, ben, chi')))).toEqual([]);
    expect(found(seats(list('amara, ben, amara, chi')))).toEqual([]);
    expect(found(seats(list('amara, ben, amara')))).toEqual([
      `rotas/team/desk.yaml:7:50 ${twice('startAt: 2026-11-23T10:00+00:00, endAt: 2026-11-30T10:00+00:00, more: 9')}`,
    ]);
  });

  test('by an override, whether the role counts or not', () => {
    const override = `\noverrides:\n  - {role: helper-2, turn: 2026-11-23, person: amara, instead_of: ben}`;
    for (const counts of ['', 'counts: false\n    '])
      expect(found(seats(`${counts}${list('chi, amara, amara, ben')}${override}`))).toEqual([
        `rotas/team/desk.yaml:${counts === '' ? 9 : 10}:5 ${twice('startAt: 2026-11-23T10:00+00:00, endAt: 2026-11-30T10:00+00:00')}`,
      ]);
  });
});

describe('a person in two roles at once', () => {
  test.each<[what: string, passage: string, other: string, ...lines: string[]]>([
    [
      'by rotation, from one hand-over to the next',
      'first_turn: 2026-12-14, people: [amara]',
      'first_turn: 2026-12-07, people: [amara]',
      `${second}:9:43 ${both('amara', 'startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-14T10:00+00:00')}`,
    ],
    [
      'by rotation, for an hour',
      'handover: {day: monday, time: "10:00"}\nroles:\n  second',
      'handover: {day: monday, time: "09:00"}\nroles:\n  second',
      `${second}:9:43 ${both('amara', 'startAt: 2026-12-14T09:00+00:00, endAt: 2026-12-14T10:00+00:00')}`,
    ],
    [
      'by rotation, from a hand-over that both have',
      'first_turn: 2026-12-14, people: [amara]',
      'first_turn: 2026-12-14, people: [ben]',
      `${second}:9:43 ${both('ben', 'startAt: 2026-12-14T10:00+00:00, endAt: 2027-01-04T10:00+00:00')}`,
    ],
    [
      'by an override of the first',
      'overrides: []',
      'overrides:\n  - {role: first, person: ben, instead_of: amara, from: 2026-12-08T10:00, to: 2026-12-08T12:00}',
      `${lead}:11:5 ${both('ben', 'startAt: 2026-12-08T10:00+00:00, endAt: 2026-12-08T12:00+00:00')}`,
    ],
    [
      'by an override of the first, until the hand-over',
      'overrides: []',
      'overrides:\n  - {role: first, person: amara, instead_of: ben, from: 2026-12-14T10:00, to: 2026-12-14T10:01}',
      `${lead}:11:5 ${both('amara', 'startAt: 2026-12-14T10:00+00:00, endAt: 2026-12-14T10:01+00:00')}`,
    ],
    [
      'by an agreed turn of the second',
      '    counts: true',
      '    counts: true\n    turns: {2026-12-07: amara, 2026-12-21: ben}',
      `${second}:7:25 ${both('amara', 'startAt: 2026-12-07T10:00+00:00, endAt: 2026-12-14T10:00+00:00')}`,
      `${second}:7:44 ${both('ben', 'startAt: 2026-12-21T10:00+00:00, endAt: 2026-12-28T10:00+00:00')}`,
    ],
    [
      'never: an override by somebody else',
      'overrides: []',
      'overrides:\n  - {role: first, person: chi, instead_of: amara, from: 2026-12-08T10:00, to: 2026-12-08T12:00}',
    ],
    [
      'never: hours that are over',
      'overrides: []',
      'overrides:\n  - {role: first, person: ben, instead_of: amara, from: 2026-11-20T10:00, to: 2026-11-21T12:00}',
    ],
  ])('%s', (_, passage, other, ...lines) => {
    const text = but(sound, passage, other);
    expect(found(text)).toEqual(lines);
    expect(found(but(text, 'counts: true', 'counts: false'))).toEqual([]);
  });
});

test('a role that follows another by as many turns as there are people calls one person twice', () => {
  const follower = (by: number) =>
    found(`${folk('amara', 'ben')}== rotas/team/rota.yaml
name: Rota
timezone: UTC
handover: {day: monday, time: "10:00"}
roles:
  first: {rotation: [{first_turn: 2026-11-02, people: [amara, ben]}, {first_turn: 2026-12-14, people: []}]}
  second: {follows: {role: first, by: ${by}}}
`);
  expect(follower(1)).toEqual([]);
  expect(follower(2).map((line) => line.replace(/, startAt.*/, ''))).toEqual([
    'rotas/team/rota.yaml:6:21 double-booked/two-roles {person: amara, one: team/rota/first, other: team/rota/second',
    'rotas/team/rota.yaml:6:21 double-booked/two-roles {person: ben, one: team/rota/first, other: team/rota/second',
  ]);
});

test('what is over is not reported, and of what continues only the rest', () => {
  const text = but(
    sound,
    'first_turn: 2026-12-14, people: [amara]',
    'first_turn: 2026-12-07, people: [amara]',
  );
  expect(found(text, '2026-12-14T09:59:00Z')).toEqual([
    `${second}:9:43 ${both('amara', 'startAt: 2026-12-14T09:59+00:00, endAt: 2026-12-14T10:00+00:00')}`,
  ]);
  expect(found(text, '2026-12-14T10:00:00Z')).toEqual([]);
});

const format = wordsOf(doubleBookedRule);
test.each([
  [
    format({
      code: 'two-roles',
      args: {
        person: 'amara',
        one: 'team/lead/first',
        other: 'team/second/second',
        zone: 'Europe/London',
        startAt: at('2026-12-07T10:00Z'),
        endAt: at('2026-12-14T10:00Z'),
        more: 0,
      },
    }),
    'amara is team/lead/first and team/second/second at once, Mon 7 Dec 10:00 – Mon 14 Dec 10:00; give one of them to somebody else',
  ],
  [
    format({
      code: 'two-roles',
      args: {
        person: 'amara',
        one: 'team/lead/first',
        other: 'team/second/second',
        zone: 'Europe/London',
        startAt: at('2026-12-07T10:00Z'),
        endAt: at('2026-12-14T10:00Z'),
        more: 3,
      },
    }),
    'amara is team/lead/first and team/second/second at once, Mon 7 Dec 10:00 – Mon 14 Dec 10:00 and 3 more times; give one of them to somebody else',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
