/** Roles of agreed turns, decided to the day that the policy asks, beside a day less. */
import { describe, expect, test } from 'vitest';
import { but, checked, folk } from '../../handbook.ts';

/** The last turn ends at the midnight that begins Monday 15 February 2027, 13 weeks after 16 November. */
const sound = `${folk('amara', 'ben')}== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {day: monday, time: "00:00"}
roles:
  lead:
    counts: true
    turns:
${[...Array(13).keys()].map((week) => `      ${new Date(Date.UTC(2026, 10, 16 + 7 * week)).toISOString().slice(0, 10)}: amara\n`).join('')}`;
const open = (from: string, until: string, asked = '13 weeks') =>
  `rotas/team/rota.yaml:5:3 nobody is decided for team/rota/lead from ${from} on, and the policy asks ${asked} (until ${until}); add turns or a rotation entry [decided-ahead]`;

test('a role that is decided for thirteen weeks to the day is fine, a day later it is not', () => {
  expect(checked(sound, '2026-11-16T23:59:00Z')).toEqual([]);
  expect(checked(sound, '2026-11-17T00:00:00Z')).toEqual([open('Mon 15 Feb 00:00', 'Tue 16 Feb')]);
});

describe('on 17 November', () => {
  const now = '2026-11-17T12:00:00Z';

  test.each<[what: string, passage: string, other: string, ...found: string[]]>([
    ['a turn is missing in between', '      2026-12-07: amara\n', '', open('Mon 7 Dec 00:00', 'Tue 16 Feb')],
    ['one more turn is agreed', '    turns:\n', '    turns:\n      2027-02-15: ben\n'],
    ['the role does not count', 'counts: true', 'counts: false'],
    [
      'a rotation goes on for ever',
      'counts: true',
      'counts: true\n    rotation: [{first_turn: 2027-02-15, people: [ben]}]',
    ],
    [
      'an entry says that nobody is there',
      'counts: true',
      'counts: true\n    rotation: [{first_turn: 2027-02-15, people: []}]',
    ],
    [
      'an entry begins a week late',
      'counts: true',
      'counts: true\n    rotation: [{first_turn: 2027-02-22, people: [ben]}]',
      open('Mon 15 Feb 00:00', 'Tue 16 Feb'),
    ],
  ])('%s', (_, passage, other, ...found) => {
    expect(checked(but(sound, passage, other), now)).toEqual(found);
  });

  test('the turn is given by an override', () => {
    expect(checked(`${sound}overrides: [{role: lead, turn: 2027-02-15, person: ben}]\n`, now)).toEqual([]);
  });

  test.each<[policy: string, ...found: string[]]>([
    ['12 weeks'],
    ['90 days'],
    ['92 days', open('Mon 15 Feb 00:00', 'Wed 17 Feb', '92 days')],
    ['1 week'],
  ])('the policy asks %s', (policy, ...found) => {
    expect(checked(`${sound}== policies/notice.yaml\npublished_ahead: ${policy}\n`, now)).toEqual(found);
  });
});

test('a role is asked from its first turn on; one without any, from now on', () => {
  const only = (turns: string) =>
    checked(
      `${folk('amara')}== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {day: monday, time: "00:00"}
roles:
  lead: ${turns}
`,
      '2026-11-17T12:00:00Z',
    );
  expect(only('{turns: {2027-02-15: amara}}')).toEqual([]);
  expect(only('{turns: {2027-02-08: amara}}')).toEqual([open('Mon 15 Feb 00:00', 'Tue 16 Feb')]);
  expect(only('{}')).toEqual([open('Tue 17 Nov 12:00', 'Tue 16 Feb')]);
  expect(only('{counts: false}')).toEqual([]);
});

test('a role is decided where its rota has no duty', () => {
  const hours = (
    days: string,
  ) => `${but(sound, 'timezone: Europe/London', 'timezone: Europe/London\nhours: hours')}== policies/support-hours/hours.yaml
name: Hours
timezone: Europe/London
windows: {day: [{days: [${days}], from: "09:00", to: "17:00"}]}
`;
  expect(checked(hours('tuesday'), '2026-11-17T12:00:00Z')).toEqual([]);
  expect(checked(hours('monday'), '2026-11-17T12:00:00Z')).toEqual([
    open('Mon 15 Feb 09:00', 'Tue 16 Feb').replace(':5:3', ':6:3'),
  ]);
});
