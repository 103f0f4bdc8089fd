/** Roles of agreed turns, decided exactly as far ahead as the policy requires, and a day less. */
import { describe, expect, test } from 'vitest';
import { decidedAhead as decidedAheadRule } from '../../../actions/lib/check/rules/decided-ahead.ts';
import { day, found, wordsOf } from '../../found.ts';
import { at, but, folk } from '../../handbook.ts';

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
const open = (from: string, until: string, ahead = '13 weeks') =>
  `rotas/team/rota.yaml:5:3 decided-ahead/undecided {role: team/rota/lead, startAt: ${from}, publishedAhead: ${ahead}, untilOn: ${until}}`;

test('a role that is decided for thirteen weeks to the day is fine, a day later it is not', () => {
  expect(found(sound, '2026-11-16T23:59:00Z')).toEqual([]);
  expect(found(sound, '2026-11-17T00:00:00Z')).toEqual([open('2027-02-15T00:00+00:00', '2027-02-16')]);
});

describe('on 17 November', () => {
  const now = '2026-11-17T12:00:00Z';

  test.each<[what: string, passage: string, other: string, ...lines: string[]]>([
    [
      'a turn is missing in between',
      '      2026-12-07: amara\n',
      '',
      open('2026-12-07T00:00+00:00', '2027-02-16'),
    ],
    ['one more turn is agreed', '    turns:\n', '    turns:\n      2027-02-15: ben\n'],
    ['the role does not count', 'counts: true', 'counts: false'],
    [
      'a rotation has no end',
      'counts: true',
      'counts: true\n    rotation: [{first_turn: 2027-02-15, people: [ben]}]',
    ],
    [
      'an entry assigns nobody',
      'counts: true',
      'counts: true\n    rotation: [{first_turn: 2027-02-15, people: []}]',
    ],
    [
      'an entry begins a week late',
      'counts: true',
      'counts: true\n    rotation: [{first_turn: 2027-02-22, people: [ben]}]',
      open('2027-02-15T00:00+00:00', '2027-02-16'),
    ],
  ])('%s', (_, passage, other, ...lines) => {
    expect(found(but(sound, passage, other), now)).toEqual(lines);
  });

  test('the turn is given by an override', () => {
    expect(found(`${sound}overrides: [{role: lead, turn: 2027-02-15, person: ben}]\n`, now)).toEqual([]);
  });

  test.each<[policy: string, ...lines: string[]]>([
    ['12 weeks'],
    ['90 days'],
    ['92 days', open('2027-02-15T00:00+00:00', '2027-02-17', '92 days')],
    ['1 week'],
    ['3 months', open('2027-02-15T00:00+00:00', '2027-02-17', '3 months')],
    ['2 months'],
  ])('the policy asks %s', (policy, ...lines) => {
    expect(found(`${sound}== policies/notice.yaml\npublished_ahead: ${policy}\n`, now)).toEqual(lines);
  });
});

describe('an entry without people that comes last', () => {
  const list = (rotation: string, turns = '{}') =>
    found(
      `${folk('amara', 'ben')}== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {every: day, time: "00:00"}
roles:
  lead: {rotation: [${rotation}], turns: ${turns}}
`,
      '2026-11-17T12:00:00Z',
    );
  const [AMARA, BEN, NOBODY] = ['amara', 'ben', ''].map(
    (person, i) => `{first_turn: 2026-12-${i + 1}0, people: [${person}]}`,
  );
  const ended = open('2026-12-30T00:00+00:00', '2027-02-16');

  test('says that nobody is there from then on, after a rotation or one person', () => {
    expect(list(`{first_turn: 2026-12-10, people: [amara, ben]}, ${NOBODY}`)).toEqual([]);
    expect(list(`${AMARA}, ${NOBODY}`)).toEqual([]);
    expect(list(`${NOBODY}`)).toEqual([]);
  });

  test('marks the end of a list of entries with one person each', () => {
    expect(list(`${AMARA}, ${BEN}, ${NOBODY}`)).toEqual([ended]);
    expect(list(`${AMARA}, ${BEN}`)).toEqual([]);
  });

  test('decides nothing after agreed turns that follow it', () => {
    const rotation = `{first_turn: 2026-12-10, people: [amara, ben]}, ${NOBODY}`;
    expect(list(rotation, '{2026-12-31: ben, 2027-01-04: amara}')).toEqual([
      open('2027-01-05T00:00+00:00', '2027-02-16'),
    ]);
    expect(list(rotation, '{2026-12-29: ben}')).toEqual([]);
  });

  test('is none for a seat that a role no longer has', () => {
    const seats = `seats: 2, rotation: [{first_turn: 2026-12-10, people: [amara, ben]}, {first_turn: 2026-12-20, people: [ben, amara]}, {first_turn: 2026-12-30, seats: 1, people: [amara]}]`;
    expect(
      found(
        `${folk('amara', 'ben')}== rotas/team/rota.yaml
{name: Rota, timezone: Europe/London, handover: {every: day, time: "00:00"}, roles: {lead: {${seats}}}}
`,
        '2026-11-17T12:00:00Z',
      ),
    ).toEqual([]);
  });

  test('decides nobody in the middle of a list', () => {
    const later = '{first_turn: 2027-01-10, people: [amara]}';
    expect(list(`${AMARA}, ${BEN}, ${NOBODY}, ${later}`)).toEqual([]);
  });
});

test('a role is checked from its first turn on; one without any, from now on', () => {
  const only = (turns: string) =>
    found(
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
  expect(only('{turns: {2027-02-08: amara}}')).toEqual([open('2027-02-15T00:00+00:00', '2027-02-16')]);
  expect(only('{}')).toEqual([open('2026-11-17T12:00+00:00', '2027-02-16')]);
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
  expect(found(hours('tuesday'), '2026-11-17T12:00:00Z')).toEqual([]);
  expect(found(hours('monday'), '2026-11-17T12:00:00Z')).toEqual([
    open('2027-02-15T09:00+00:00', '2027-02-16').replace(':5:3', ':6:3'),
  ]);
});

const format = wordsOf(decidedAheadRule);
test.each([
  [
    format({
      code: 'undecided',
      args: {
        role: 'team/rota/lead',
        zone: 'Europe/London',
        startAt: at('2027-02-15T00:00Z'),
        publishedAhead: { count: 13, unit: 'week' },
        untilOn: day('2027-02-16'),
      },
    }),
    'nobody is assigned to team/rota/lead from Mon 15 Feb 00:00 on, and the policy requires 13 weeks (until Tue 16 Feb); add turns or a rotation entry',
  ],
  [
    format({
      code: 'undecided',
      args: {
        role: 'team/rota/lead',
        zone: 'Europe/London',
        startAt: at('2027-02-15T00:00Z'),
        publishedAhead: { count: 92, unit: 'day' },
        untilOn: day('2027-02-17'),
      },
    }),
    'nobody is assigned to team/rota/lead from Mon 15 Feb 00:00 on, and the policy requires 92 days (until Wed 17 Feb); add turns or a rotation entry',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
