/** One person in two roles at once, beside one who goes from the one to the other, or only learns in the other. */
import { describe, expect, test } from 'vitest';
import { but, checked, folk } from '../../handbook.ts';

/** Lead: amara until Monday 14 December 10:00, then ben. Second: ben until then, then amara; 2027 is nobody's. */
const sound = `${folk('amara', 'ben', 'chi')}== rotas/team/lead.yaml
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
  `${person} is team/lead/first and team/second/second at once, ${when}; give one of them to somebody else [double-booked]`;

test('two people who exchange their roles at a hand-over are fine', () => {
  expect(checked(sound)).toEqual([]);
});

describe('a person in two roles at once', () => {
  test.each<[what: string, passage: string, other: string, ...found: string[]]>([
    [
      'by rotation, from one hand-over to the next',
      'first_turn: 2026-12-14, people: [amara]',
      'first_turn: 2026-12-07, people: [amara]',
      `${second}:9:43 ${both('amara', 'Mon 7 Dec 10:00 – Mon 14 Dec 10:00')}`,
    ],
    [
      'by rotation, for an hour',
      'handover: {day: monday, time: "10:00"}\nroles:\n  second',
      'handover: {day: monday, time: "09:00"}\nroles:\n  second',
      `${second}:9:43 ${both('amara', 'Mon 14 Dec 09:00 – 10:00')}`,
    ],
    [
      'by rotation, from a hand-over that both have',
      'first_turn: 2026-12-14, people: [amara]',
      'first_turn: 2026-12-14, people: [ben]',
      `${second}:9:43 ${both('ben', 'Mon 14 Dec 10:00 – Mon 4 Jan 10:00')}`,
    ],
    [
      'by an override of the first',
      'overrides: []',
      'overrides:\n  - {role: first, person: ben, instead_of: amara, from: 2026-12-08T10:00, to: 2026-12-08T12:00}',
      `${lead}:11:5 ${both('ben', 'Tue 8 Dec 10:00 – 12:00')}`,
    ],
    [
      'by an override of the first, until the hand-over',
      'overrides: []',
      'overrides:\n  - {role: first, person: amara, instead_of: ben, from: 2026-12-14T10:00, to: 2026-12-14T10:01}',
      `${lead}:11:5 ${both('amara', 'Mon 14 Dec 10:00 – 10:01')}`,
    ],
    [
      'by an agreed turn of the second',
      '    counts: true',
      '    counts: true\n    turns: {2026-12-07: amara, 2026-12-21: ben}',
      `${second}:7:25 ${both('amara', 'Mon 7 Dec 10:00 – Mon 14 Dec 10:00')}`,
      `${second}:7:44 ${both('ben', 'Mon 21 Dec 10:00 – Mon 28 Dec 10:00')}`,
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
  ])('%s', (_, passage, other, ...found) => {
    const text = but(sound, passage, other);
    expect(checked(text)).toEqual(found);
    expect(checked(but(text, 'counts: true', 'counts: false'))).toEqual([]);
  });
});

test('a role that follows another by as many turns as there are people calls one person twice', () => {
  const follower = (by: number) =>
    checked(`${folk('amara', 'ben')}== rotas/team/rota.yaml
name: Rota
timezone: UTC
handover: {day: monday, time: "10:00"}
roles:
  first: {rotation: [{first_turn: 2026-11-02, people: [amara, ben]}, {first_turn: 2026-12-14, people: []}]}
  second: {follows: {role: first, by: ${by}}}
`);
  expect(follower(1)).toEqual([]);
  expect(follower(2).map((line) => line.split(', ')[0])).toEqual([
    'rotas/team/rota.yaml:6:21 amara is team/rota/first and team/rota/second at once',
    'rotas/team/rota.yaml:6:21 ben is team/rota/first and team/rota/second at once',
  ]);
});

test('what is over is not told, and of what goes on only the rest', () => {
  const text = but(
    sound,
    'first_turn: 2026-12-14, people: [amara]',
    'first_turn: 2026-12-07, people: [amara]',
  );
  expect(checked(text, '2026-12-14T09:59:00Z')).toEqual([
    `${second}:9:43 ${both('amara', 'Mon 14 Dec 09:59 – 10:00')}`,
  ]);
  expect(checked(text, '2026-12-14T10:00:00Z')).toEqual([]);
});
