/** Windows that share a minute, beside windows that only touch. */
import { describe, expect, test } from 'vitest';
import { checked } from '../../handbook.ts';

const HOURS = 'policies/support-hours/hours.yaml';
const hours = (windows: string, zone = 'Europe/London', now?: string): string[] =>
  checked(
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
const overlap = (place: string, words: string) => [
  `${HOURS}:${place} ${words}; a minute belongs to one window [overlapping-windows]`,
];

describe('two windows', () => {
  test.each<[what: string, first: string, second: string, found: string | undefined]>([
    ['touch', 'every, from: "09:00", to: "17:00"', 'every, from: "17:00", to: "09:00"', undefined],
    [
      'share a minute in the evening',
      'every, from: "09:00", to: "17:01"',
      'every, from: "17:00", to: "09:00"',
      'Sat 21 Nov 17:00 – 17:01 and 191 more times',
    ],
    [
      'share a minute in the morning',
      'every, from: "08:59", to: "17:00"',
      'every, from: "17:00", to: "09:00"',
      'Sun 22 Nov 08:59 – 09:00 and 190 more times',
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
      'Sat 28 Nov 09:00 – 10:00 and 26 more times',
    ],
    [
      'share the night into Saturday',
      '[friday], from: "22:00", to: "06:00"',
      '[saturday], from: "05:00", to: "10:00"',
      'Sat 28 Nov 05:00 – 06:00 and 26 more times',
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
      'Fri 27 Nov 16:00 – 17:00 and 25 more times',
    ],
    [
      'meet on a holiday alone',
      'holidays, from: "09:00", to: "17:00"',
      'non-working, from: "16:00", to: "18:00"',
      'Fri 25 Dec 16:00 – 17:00',
    ],
    [
      'touch in the night when the clocks go forward',
      '[sunday], from: "00:30", to: "01:30"',
      '[sunday], from: "01:30", to: "02:30"',
      undefined,
    ],
  ])('%s', (_, first, second, found) => {
    expect(hours(`  one: [{days: ${first}}]\n  two: [{days: ${second}}]\n`)).toEqual(
      found === undefined ? [] : overlap('6:3', `"two" and "one" overlap, ${found}`),
    );
  });

  test('of which one is outside the other never do', () => {
    expect(hours('  one: [{days: working, from: "09:00", to: "17:00"}]\n  two: {outside: [one]}\n')).toEqual(
      [],
    );
  });
});

test('each pair of three windows is told at the later of the two', () => {
  const three = (to: string) =>
    hours(`  one: [{days: [friday], from: "09:00", to: "${to}"}]
  two: [{days: [friday], from: "10:00", to: "11:00"}]
  three: [{days: [friday], from: "11:00", to: "12:00"}]
`);
  expect(three('10:00')).toEqual([]);
  expect(three('11:30')).toEqual([
    ...overlap('6:3', '"two" and "one" overlap, Fri 27 Nov 10:00 – 11:00 and 26 more times'),
    ...overlap('7:3', '"three" and "one" overlap, Fri 27 Nov 11:00 – 11:30 and 26 more times'),
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

  test('so that they overlap are told in the amendment', () => {
    expect(hours(amended('17:00', '2027-01-01', '16:00'))).toEqual(
      overlap('11:7', '"two" and "one" overlap, Fri 1 Jan 16:00 – 17:00 and 150 more times'),
    );
  });

  test('so that they overlap no more are fine from then on: what lies wholly in the past is not told', () => {
    expect(hours(amended('16:00', '2026-11-01', '17:00'))).toEqual([]);
  });
});
