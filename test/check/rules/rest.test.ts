/** Out-of-hours turns of one person with as many turns of others between them as the policy requires, and one fewer. */
import { describe, expect, test } from 'vitest';
import { rest as restRule } from '../../../actions/lib/check/rules/rest.ts';
import { turnOnOfText } from '../../../actions/lib/time/turn-name.ts';
import { day, found as findingsIn, foundBy, wordsOf } from '../../found.ts';
import { but, folk } from '../../handbook.ts';

/** Weekly turns from Monday; on 21 November the turn of the 16th, the first in the list, is in progress. */
const rota = (people: string, more = '') => `== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles:
  lead:
    needs: {on_call: true}
    rotation:
      - {first_turn: 2026-11-16, people: [${people}]}
      - {first_turn: 2027-01-04, people: []}
${more}`;
const asking = (turns: number) => `== policies/on-call.yaml\nrest: {turns_between: ${turns}}\n`;
const everyone = folk('amara', 'ben', 'chi', 'dee', 'eli');

const args = (person: string, one: string, other: string, turnsBetween = 1, earlier = 'team/rota/lead') =>
  `rest/too-close {person: ${person}, earlier: ${earlier}, earlierOn: ${one}, later: team/rota/lead, laterOn: ${other}, turnsBetween: ${turnsBetween}}`;
const reported = (place: string, ...given: Parameters<typeof args>) =>
  `rotas/team/rota.yaml:${place} ${args(...given)}`;

describe('turns between two of one person', () => {
  test.each<[people: string, asked: number | undefined, ...found: string[]]>([
    ['amara, ben', undefined],
    ['amara', undefined, reported('8:43', 'amara', '2026-11-16', '2026-11-23')],
    ['amara', 0],
    ['amara, ben', 1],
    [
      'amara, ben',
      2,
      reported('8:43', 'amara', '2026-11-16', '2026-11-30', 2),
      reported('8:50', 'ben', '2026-11-23', '2026-12-07', 2),
    ],
    ['amara, ben, chi', 2],
    ['amara, ben, chi, dee', 3],
    ['amara, amara, ben, chi, dee, eli', undefined, reported('8:50', 'amara', '2026-11-16', '2026-11-23')],
    ['ben, amara, chi, amara, dee', 2, reported('8:60', 'amara', '2026-11-23', '2026-12-07', 2)],
  ])('of %s, where the policy asks %s', (people, asked, ...found) => {
    const policy = asked === undefined ? '' : asking(asked);
    expect(findingsIn(everyone + rota(people) + policy)).toEqual(found);
  });
});

describe('turns of any length', () => {
  test.each<[handover: string, first: string, people: string, asked: number, ...found: string[]]>([
    ['{day: monday, time: "10:00", weeks: 2}', '2026-11-16', 'amara, ben', 1],
    ['{date: 1, time: "10:00"}', '2026-11-01', 'amara, ben', 1],
    ['{date: last, time: "10:00"}', '2026-11-30', 'amara, ben, chi', 2],
    ['{every: day, times: ["06:00", "18:00"]}', '2026-11-16T06:00', 'amara, ben', 1],
    ['[{day: monday, time: "10:00"}, {day: friday, time: "17:00"}]', '2026-11-16', 'amara, ben', 1],
    ['{every: day, time: "10:00"}', '2026-11-16', 'amara, ben, chi', 2],
  ])('%s from %s on, for %s', (handover, first, people, asked) => {
    const text = (list: string) =>
      everyone +
      rota(list)
        .replace('{day: monday, time: "10:00"}', handover)
        .replace('first_turn: 2026-11-16', `first_turn: ${first}`)
        .replace(/ *- {first_turn: 2027-01-04.*\n/, '') +
      asking(asked);
    expect(foundBy('rest', text(people))).toEqual([]);
    expect(foundBy('rest', text(people.replace('amara, ', 'amara, amara, ')))).not.toEqual([]);
  });
});

const sound = everyone + rota('amara, ben, chi', 'overrides: []\n');

test('a whole turn taken over counts, and is reported at the override; some hours are not a turn', () => {
  const taking = (line: string) =>
    findingsIn(but(sound, 'overrides: []', `overrides:\n  - {role: lead, person: dee, ${line}}`));
  expect(taking('turn: 2026-12-07')).toEqual([]);
  const ben = (line: string) =>
    findingsIn(but(sound, 'overrides: []', `overrides:\n  - {role: lead, person: ben, ${line}}`));
  expect(ben('turn: 2026-12-28')).toEqual([]);
  expect(ben('turn: 2026-12-07')).toEqual([reported('11:5', 'ben', '2026-12-07', '2026-12-14')]);
  expect(ben('turn: 2026-11-30')).toEqual([reported('11:5', 'ben', '2026-11-23', '2026-11-30')]);
  expect(ben('from: 2026-12-08T10:00, to: 2026-12-13T10:00')).toEqual([]);
});

test('an agreed turn counts, and is reported at the turn', () => {
  const agreed = (person: string) =>
    findingsIn(but(sound, '    rotation:', `    turns: {2026-12-07: ${person}}\n    rotation:`));
  expect(agreed('dee')).toEqual([]);
  expect(agreed('ben')).toEqual([reported('7:25', 'ben', '2026-12-07', '2026-12-14')]);
});

describe('a turn in another role counts', () => {
  const other = (id: string, needs: string, more = '') => `== rotas/team/${id}.yaml
name: Other
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles:
  second: {needs: {${needs}}, ${more}rotation: [{first_turn: 2026-11-23, people: [eli, amara]}, {first_turn: 2026-12-07, people: []}]}
`;

  test('when that is an out-of-hours role', () => {
    expect(findingsIn(sound + other('second', 'on_call: false'))).toEqual([]);
    expect(findingsIn(sound + other('second', 'vetted: true'))).toEqual([]);
    expect(findingsIn(sound + other('second', 'on_call: true', 'counts: false, '))).toEqual([]);
    expect(findingsIn(sound + other('second', 'on_call: true'))).toEqual([
      reported('8:43', 'amara', '2026-11-30', '2026-12-07', 1, 'team/second/second'),
    ]);
  });
});

test('two turns at once are not reported as too little rest', () => {
  const both = (people: string) =>
    foundBy(
      'rest',
      everyone +
        rota(
          'amara, ben',
          `  second: {needs: {on_call: true}, rotation: [{first_turn: 2026-11-16, people: [${people}]}, {first_turn: 2027-01-04, people: []}]}\n`,
        ),
    );
  expect(both('chi, dee')).toEqual([]);
  expect(both('amara, dee')).toEqual([]);
});

test('turns of one day in two roles that are on at different hours have none between them', () => {
  const ward = (night: string, hours = 'night', turns = 1) =>
    foundBy(
      'rest',
      `${everyone}${asking(turns)}== policies/support-hours/ward.yaml
name: Ward
timezone: Europe/London
windows:
  late: [{days: every, from: "14:00", to: "22:00"}]
  night: [{days: every, from: "22:00", to: "06:00"}]
${['late', 'night']
  .map(
    (id) => `== rotas/ward/${id}.yaml
name: Rota
timezone: Europe/London
hours: ward
covers: [${id === 'late' ? id : hours}]
handover: {every: day, time: "06:00"}
roles:
  nurse:
    needs: {on_call: true}
    rotation: [{first_turn: 2026-11-23, people: [${id === 'late' ? 'amara, ben, chi' : night}]}, {first_turn: 2026-11-26, people: []}]
`,
  )
  .join('')}`,
    );
  expect(ward('amara, dee, eli')).toEqual([
    'rotas/ward/night.yaml:9:50 too-close {person: amara, earlier: ward/late/nurse, earlierOn: 2026-11-23, later: ward/night/nurse, laterOn: 2026-11-23, turnsBetween: 1}',
  ]);
  expect(ward('amara, dee, eli', 'night', 0)).toEqual([]);
  expect(ward('dee, eli, dee')).toEqual([]);
  // On at the same hours, they are double-booked.
  expect(ward('amara, dee, eli', 'late')).toEqual([]);
});

test('of teams with their own policies, the stricter one counts', () => {
  const policy = (team: number, common: number) =>
    `== policies/on-call.yaml\nrest: {turns_between: ${common}}\nteams: {team: {rest: {turns_between: ${team}}}}\n`;
  const two = everyone + rota('amara, ben');
  expect(findingsIn(two + policy(1, 2))).toEqual([]);
  expect(findingsIn(two + policy(2, 1))).toHaveLength(2);
});

test('the hour more or less when the clocks change makes no turn longer', () => {
  const spring = (people: string) =>
    findingsIn(but(everyone + rota(people), '2027-01-04', '2027-04-19').replace('2026-11-16', '2027-03-15'));
  expect(spring('amara, ben')).toEqual([]);
  expect(spring('amara, ben, ben, chi')).toEqual([reported('8:55', 'ben', '2027-03-22', '2027-03-29')]);
});

test('what is over is not reported, to the minute of the hand-over', () => {
  const once = everyone + rota('ben, ben, amara, chi, dee, eli, chi');
  expect(findingsIn(once, '2026-11-30T09:59:00Z')).toEqual([
    reported('8:48', 'ben', '2026-11-16', '2026-11-23'),
  ]);
  expect(findingsIn(once, '2026-11-30T10:00:00Z')).toEqual([]);
});

const format = wordsOf(restRule);
test.each([
  [
    format({
      code: 'too-close',
      args: {
        person: 'amara',
        earlier: 'team/rota/lead',
        earlierOn: day('2026-11-16'),
        later: 'team/rota/lead',
        laterOn: day('2026-11-23'),
        turnsBetween: 1,
      },
    }),
    'amara has the turn of team/rota/lead from Mon 16 Nov and of team/rota/lead from Mon 23 Nov; the policy requires 1 turn of others between them',
  ],
  [
    format({
      code: 'too-close',
      args: {
        person: 'amara',
        earlier: 'team/rota/lead',
        earlierOn: day('2026-11-16'),
        later: 'team/rota/lead',
        laterOn: day('2026-11-30'),
        turnsBetween: 2,
      },
    }),
    'amara has the turn of team/rota/lead from Mon 16 Nov and of team/rota/lead from Mon 30 Nov; the policy requires 2 turns of others between them',
  ],
  [
    format({
      code: 'too-close',
      args: {
        person: 'amara',
        earlier: 'team/rota/lead',
        earlierOn: turnOnOfText('2026-11-16T06:00') as number,
        later: 'team/rota/lead',
        laterOn: turnOnOfText('2026-11-16T18:00') as number,
        turnsBetween: 1,
      },
    }),
    'amara has the turn of team/rota/lead from Mon 16 Nov 06:00 and of team/rota/lead from Mon 16 Nov 18:00; the policy requires 1 turn of others between them',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
