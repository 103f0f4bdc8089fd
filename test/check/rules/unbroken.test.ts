/** Hours in a row and between duties, to the minute, over all rotas of a person. */
import { describe, expect, test } from 'vitest';
import { unbroken as unbrokenRule } from '../../../actions/lib/check/rules/unbroken.ts';
import { foundBy, wordsOf } from '../../found.ts';
import { at, folk } from '../../handbook.ts';

/** Two rotas of a ward with a turn a day; late ends when night begins. */
const ward = (
  policy: string,
  late = 'amara, ben, chi',
  night = 'amara, ben, chi',
  more = '',
) => `${folk('amara', 'ben', 'chi', 'dee')}
== policies/support-hours/ward.yaml
name: Ward
timezone: Europe/London
windows:
  late: [{days: every, from: "14:00", to: "22:00"}]
  night: [{days: every, from: "22:00", to: "06:00"}]
== rotas/ward/late.yaml
name: Late
timezone: Europe/London
hours: ward
covers: [late]
handover: {every: day, time: "06:00"}
roles: {nurse: {rotation: [{first_turn: 2026-11-23, people: [${late}]}, {first_turn: 2026-11-26, people: []}]}}
== rotas/other/night.yaml
name: Night
timezone: Europe/London
hours: ward
covers: [night]
handover: {every: day, time: "06:00"}
roles: {nurse: {rotation: [{first_turn: 2026-11-23, people: [${night}]}, {first_turn: 2026-11-26, people: []}]}}
${more}== policies/on-call.yaml
${policy}
`;
const unbroken = (...given: Parameters<typeof ward>) => foundBy('unbroken', ward(...given));
const BOTH = 'roles: [ward/late/nurse, other/night/nurse]';
const run = (person: string, column: number, day: number, longest: string) =>
  `rotas/other/night.yaml:6:${column} too-long {person: ${person}, ${BOTH}, longest: ${longest}, startAt: 2026-11-${day}T14:00+00:00, endAt: 2026-11-${day + 1}T06:00+00:00}`;

describe('hours in a row', () => {
  test('are those of all rotas together; without a policy there is no limit', () => {
    expect(unbroken('rest: {turns_between: 0}')).toEqual([]);
    expect(unbroken('rest: {longest_unbroken: 16 hours}')).toEqual([]);
    expect(unbroken('rest: {longest_unbroken: 15 hours}')).toEqual([
      run('amara', 62, 23, '15 hours'),
      run('ben', 69, 24, '15 hours'),
      run('chi', 74, 25, '15 hours'),
    ]);
    expect(unbroken('rest: {longest_unbroken: 15 hours}', 'amara, ben, chi', 'ben, chi, amara')).toEqual([]);
  });

  test('of a shadow do not count', () => {
    const text = ward('rest: {longest_unbroken: 15 hours}').replaceAll(
      '{nurse: {',
      '{nurse: {counts: false, ',
    );
    expect(foundBy('unbroken', text)).toEqual([]);
  });

  test('are as long as the strictest of the teams allows', () => {
    const policy = (ward: number, other: number) =>
      `rest: {longest_unbroken: 1 day}\nteams: {ward: {rest: {longest_unbroken: ${ward} hours}}, other: {rest: {longest_unbroken: ${other} hours}}}`;
    expect(unbroken(policy(16, 20))).toEqual([]);
    expect(unbroken(policy(15, 20))).toHaveLength(3);
    expect(unbroken(policy(20, 15))).toHaveLength(3);
  });

  test('are days of the local calendar across a change of clocks', () => {
    const rota = (until: string, longest: string) =>
      foundBy(
        'unbroken',
        `${folk('amara')}== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles: {lead: {rotation: [{first_turn: 2027-01-04, people: []}]}}
overrides: [{role: lead, person: amara, from: 2027-03-26T10:00, to: ${until}}]
== policies/on-call.yaml
rest: {longest_unbroken: ${longest}}
`,
      );
    expect(rota('2027-03-29T10:00', '3 days')).toEqual([]);
    expect(rota('2027-03-29T10:01', '3 days')).toHaveLength(1);
    expect(rota('2027-03-29T10:00', '71 hours')).toEqual([]);
    expect(rota('2027-03-29T10:00', '70 hours')).toHaveLength(1);
  });
});

describe('hours between two duties', () => {
  const soon = (person: string, column: number, day: number, hours: string) =>
    `rotas/other/night.yaml:6:${column} too-soon {person: ${person}, earlier: ward/late/nurse, later: other/night/nurse, hoursBetween: ${hours}, startAt: 2026-11-${day}T22:00+00:00, endAt: 2026-11-${day}T22:00+00:00}`;

  test('are counted between rotas, and exactly as many are enough', () => {
    const hours = (n: number, night: string) =>
      unbroken(`rest: {hours_between: ${n} hours}`, 'amara, ben, chi', night);
    expect(hours(1, 'amara, ben, chi')).toEqual([
      soon('amara', 62, 23, '1 hour'),
      soon('ben', 69, 24, '1 hour'),
      soon('chi', 74, 25, '1 hour'),
    ]);
    // The night ends at 06:00, and the late shift of the next day but one begins at 14:00.
    expect(hours(8, 'ben, chi, amara')).toEqual([]);
    expect(hours(9, 'ben, chi, amara').map((line) => line.slice(0, 60))).toEqual([
      'rotas/ward/late.yaml:6:69 too-soon {person: ben, earlier: ot',
      'rotas/ward/late.yaml:6:74 too-soon {person: chi, earlier: ot',
    ]);
  });

  test('of one role are counted only where turns of others lie between', () => {
    const rota = (people: string, hours: number) =>
      foundBy(
        'unbroken',
        `${folk('amara', 'ben')}== policies/support-hours/h.yaml
name: Hours
timezone: Europe/London
windows: {night: [{days: every, from: "17:00", to: "09:00"}]}
== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
hours: h
handover: [{day: monday, time: "10:00"}, {day: tuesday, time: "10:00"}, {day: wednesday, time: "10:00"}]
roles: {lead: {rotation: [{first_turn: 2026-11-23, people: [${people}]}, {first_turn: 2026-11-30, people: []}]}}
== policies/on-call.yaml
rest: {turns_between: 0, hours_between: ${hours} hours}
`,
      );
    expect(rota('amara', 100)).toEqual([]);
    expect(rota('amara, ben, amara', 32)).toEqual([]);
    expect(rota('amara, ben, amara', 33)).toHaveLength(1);
  });
});

test('of the seats of one role are counted only where turns of others lie between', () => {
  const rota = (hours: number) =>
    foundBy(
      'unbroken',
      `${folk('amara', 'ben', 'chi')}== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {every: day, time: "09:00"}
roles: {nurse: {seats: 2, rotation: [{first_turn: 2026-11-23, people: [amara, ben, chi]}, {first_turn: 2026-12-02, people: []}]}}
== policies/on-call.yaml
rest: {turns_between: 0, hours_between: ${hours} hours}
`,
    ).map((line) => line.replace(/, hoursBetween.*/, ''));
  // Each turn moves somebody from the first seat to the second without a break, and gives somebody a day off.
  expect(rota(24)).toEqual([]);
  expect(rota(25)).toEqual([
    'rotas/team/rota.yaml:4:72 too-soon {person: amara, earlier: team/rota/nurse-2, later: team/rota/nurse-1',
    'rotas/team/rota.yaml:4:79 too-soon {person: ben, earlier: team/rota/nurse-2, later: team/rota/nurse-1',
    'rotas/team/rota.yaml:4:84 too-soon {person: chi, earlier: team/rota/nurse-2, later: team/rota/nurse-1',
  ]);
});

test('times are in the zone of the person, where they have one of their own', () => {
  const abroad = (policy: string) =>
    foundBy('unbroken', ward(policy).replace('{name: amara,', '{name: amara, zone: America/New_York,'))[0];
  expect(abroad('rest: {longest_unbroken: 15 hours}')).toBe(
    `rotas/other/night.yaml:6:62 too-long {person: amara, ${BOTH}, longest: 15 hours, startAt: 2026-11-23T09:00-05:00, endAt: 2026-11-24T01:00-05:00, isTheirZone: true}`,
  );
  expect(abroad('rest: {hours_between: 1 hour}')).toContain('startAt: 2026-11-23T17:00-05:00');
});

const format = wordsOf(unbrokenRule);
test.each([
  [
    format({
      code: 'too-long',
      args: {
        person: 'amara',
        roles: ['ward/late/nurse', 'ward/night/nurse'],
        longest: { count: 15, unit: 'hour' },
        zone: 'Europe/London',
        startAt: at('2026-12-01T14:00Z'),
        endAt: at('2026-12-02T06:00Z'),
        more: 2,
      },
    }),
    'amara is on without a break Tue 1 Dec 14:00 – Wed 2 Dec 06:00 and 2 more times (ward/late/nurse, ward/night/nurse); the policy allows 15 hours, so give a part of it to somebody else',
  ],
  [
    format({
      code: 'too-soon',
      args: {
        person: 'amara',
        earlier: 'ward/late/nurse',
        later: 'ward/night/nurse',
        hoursBetween: { count: 11, unit: 'hour' },
        zone: 'Europe/London',
        startAt: at('2026-12-01T22:00Z'),
        endAt: at('2026-12-01T22:00Z'),
        more: 1,
      },
    }),
    'amara is ward/late/nurse until Tue 1 Dec 22:00 and ward/night/nurse from Tue 1 Dec 22:00 (and 1 more time); the policy asks 11 hours between them',
  ],
  [
    format({
      code: 'too-soon',
      args: {
        person: 'amara',
        earlier: 'ward/late/nurse',
        later: 'ward/night/nurse',
        hoursBetween: { count: 11, unit: 'hour' },
        zone: 'America/New_York',
        isTheirZone: true,
        startAt: at('2026-12-01T22:00Z'),
        endAt: at('2026-12-01T23:00Z'),
        more: 0,
      },
    }),
    'amara is ward/late/nurse until Tue 1 Dec 17:00 and ward/night/nurse from Tue 1 Dec 18:00 (America/New_York); the policy asks 11 hours between them',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
