/** Windows that share a minute, and windows that only touch. */
import { describe, expect, test } from 'vitest';
import { overlappingWindows as overlappingWindowsRule } from '../../../actions/lib/check/rules/overlapping-windows.ts';
import { found as findingsIn, wordsOf } from '../../found.ts';
import { at } from '../../handbook.ts';

const HOURS = 'policies/support-hours/hours.yaml';
const hours = (windows: string, zone = 'Europe/London', now?: string): string[] =>
  findingsIn(
    `== ${HOURS}
name: Hours
timezone: ${zone}
holidays: england
windows:
${windows}== policies/holidays/england.yaml
name: England
complete_from: 2026-01-01
complete_until: 2029-12-31
holidays: {2026-12-25: Christmas Day}
`,
    now,
  );
const overlap = (place: string, args: string) => [`${HOURS}:${place} overlapping-windows/overlap {${args}}`];

describe('two windows', () => {
  test.each<[what: string, first: string, second: string, found: string | undefined]>([
    ['touch', 'every, from: "09:00", to: "17:00"', 'every, from: "17:00", to: "09:00"', undefined],
    [
      'share a minute in the evening',
      'every, from: "09:00", to: "17:01"',
      'every, from: "17:00", to: "09:00"',
      'startAt: 2026-11-21T17:00+00:00, endAt: 2026-11-21T17:01+00:00, more: 191',
    ],
    [
      'share a minute in the morning',
      'every, from: "08:59", to: "17:00"',
      'every, from: "17:00", to: "09:00"',
      'startAt: 2026-11-22T08:59+00:00, endAt: 2026-11-22T09:00+00:00, more: 190',
    ],
    [
      'touch on the days of the week',
      '[friday], from: "09:00", to: "00:00"',
      '[saturday], from: "00:00", to: "09:00"',
      undefined,
    ],
    [
      'share a day of the week',
      '[friday, saturday], from: "09:00", to: "10:00"',
      '[saturday, sunday], from: "09:00", to: "10:00"',
      'startAt: 2026-11-28T09:00+00:00, endAt: 2026-11-28T10:00+00:00, more: 26',
    ],
    [
      'share the night into Saturday',
      '[friday], from: "22:00", to: "06:00"',
      '[saturday], from: "05:00", to: "10:00"',
      'startAt: 2026-11-28T05:00+00:00, endAt: 2026-11-28T06:00+00:00, more: 26',
    ],
    [
      'share out working days and the others',
      'working, from: "09:00", to: "09:00"',
      'non-working, from: "09:00", to: "09:00"',
      undefined,
    ],
    [
      'share the one holiday',
      'working, from: "09:00", to: "17:00"',
      '[friday], from: "16:00", to: "17:00"',
      'startAt: 2026-11-27T16:00+00:00, endAt: 2026-11-27T17:00+00:00, more: 25',
    ],
    [
      'meet on a holiday alone',
      'holidays, from: "09:00", to: "17:00"',
      'non-working, from: "16:00", to: "18:00"',
      'startAt: 2026-12-25T16:00+00:00, endAt: 2026-12-25T17:00+00:00',
    ],
    [
      'touch in the night when the clocks go forward',
      '[sunday], from: "00:30", to: "01:30"',
      '[sunday], from: "01:30", to: "02:30"',
      undefined,
    ],
  ])('%s', (_, first, second, found) => {
    expect(hours(`  one: [{days: ${first}}]\n  two: [{days: ${second}}]\n`)).toEqual(
      found === undefined ? [] : overlap('6:3', `window: two, other: one, ${found}`),
    );
  });

  test('of which one is outside the other never do', () => {
    expect(hours('  one: [{days: working, from: "09:00", to: "17:00"}]\n  two: {outside: [one]}\n')).toEqual(
      [],
    );
  });
});

test('each pair of three windows is reported at the later of the two', () => {
  const three = (to: string) =>
    hours(`  one: [{days: [friday], from: "09:00", to: "${to}"}]
  two: [{days: [friday], from: "10:00", to: "11:00"}]
  three: [{days: [friday], from: "11:00", to: "12:00"}]
`);
  expect(three('10:00')).toEqual([]);
  expect(three('11:30')).toEqual([
    ...overlap(
      '6:3',
      'window: two, other: one, startAt: 2026-11-27T10:00+00:00, endAt: 2026-11-27T11:00+00:00, more: 26',
    ),
    ...overlap(
      '7:3',
      'window: three, other: one, startAt: 2026-11-27T11:00+00:00, endAt: 2026-11-27T11:30+00:00, more: 26',
    ),
  ]);
});

describe('windows that are amended', () => {
  const amended = (
    first: string,
    from: string,
    second: string,
  ) => `  one: [{days: every, from: "09:00", to: "17:00"}]
  two: [{days: every, from: "${first}", to: "09:00"}]
amendments:
  - first_day: ${from}
    windows:
      one: [{days: every, from: "09:00", to: "17:00"}]
      two: [{days: every, from: "${second}", to: "09:00"}]
`;

  test('and touch before and after are fine', () => {
    expect(hours(amended('17:00', '2027-01-01', '17:00'))).toEqual([]);
  });

  test('so that they overlap are reported in the amendment', () => {
    expect(hours(amended('17:00', '2027-01-01', '16:00'))).toEqual(
      overlap(
        '11:7',
        'window: two, other: one, startAt: 2027-01-01T16:00+00:00, endAt: 2027-01-01T17:00+00:00, more: 150',
      ),
    );
  });

  test('so that they no longer overlap are fine from then on: what is entirely in the past is not reported', () => {
    expect(hours(amended('16:00', '2026-11-01', '17:00'))).toEqual([]);
  });
});

const format = wordsOf(overlappingWindowsRule);
test.each([
  [
    format({
      code: 'overlap',
      args: {
        window: 'two',
        other: 'one',
        zone: 'Europe/London',
        startAt: at('2026-11-21T17:00Z'),
        endAt: at('2026-11-21T17:01Z'),
        more: 191,
      },
    }),
    '"two" and "one" overlap, Sat 21 Nov 17:00 – 17:01 and 191 more times; a minute belongs to one window',
  ],
  [
    format({
      code: 'overlap',
      args: {
        window: 'two',
        other: 'one',
        zone: 'Europe/London',
        startAt: at('2026-12-25T16:00Z'),
        endAt: at('2026-12-25T17:00Z'),
        more: 0,
      },
    }),
    '"two" and "one" overlap, Fri 25 Dec 16:00 – 17:00; a minute belongs to one window',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
