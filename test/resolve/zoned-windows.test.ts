/** Windows whose edges are in two zones: the local time of each, on the date, over the clock changes of both. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolve, windowAt } from '../../actions/lib/resolve/resolve.ts';
import { dateText, dayOf } from '../../actions/lib/time/date.ts';
import { clip, merge } from '../../actions/lib/timeline.ts';
import { firstShowing } from '../clock-changes.ts';
import { between, checked, lines, loaded, sound } from '../handbook.ts';
import { runs } from '../sampled.ts';

const hours = (windows: string, more = '', zone = 'Europe/London') =>
  `== policies/support-hours/desk.yaml\nname: Desk\ntimezone: ${zone}\n${more}windows:\n${windows}`;

const spans = (windows: string, from: string, to: string, zone = 'Europe/London') => {
  const resolved = resolve(sound(hours(windows, '', zone)), between(from, to));
  return lines(windowAt(resolved, 'desk') ?? [], zone);
};

const OFFICE = '  office: [{days: working, from: "09:00", to: "17:00 America/New_York"}]\n';

describe('an office day that ends in New York', () => {
  test('ends at 22:00 in London, and an hour earlier while only one of the clocks has changed', () => {
    expect(spans(OFFICE, '2026-03-06T00:00Z', '2026-03-10T00:00Z')).toEqual([
      '2026-03-06T09:00+00:00 2026-03-06T22:00+00:00 office',
      '2026-03-09T09:00+00:00 2026-03-09T21:00+00:00 office',
    ]);
    expect(spans(OFFICE, '2026-03-27T00:00Z', '2026-03-31T00:00Z')).toEqual([
      '2026-03-27T09:00+00:00 2026-03-27T21:00+00:00 office',
      '2026-03-30T09:00+01:00 2026-03-30T22:00+01:00 office',
    ]);
    expect(spans(OFFICE, '2026-10-23T00:00Z', '2026-11-03T00:00Z').map((line) => line.slice(11, 47))).toEqual(
      [
        '09:00+01:00 2026-10-23T22:00+01:00 o',
        '09:00+00:00 2026-10-26T21:00+00:00 o',
        '09:00+00:00 2026-10-27T21:00+00:00 o',
        '09:00+00:00 2026-10-28T21:00+00:00 o',
        '09:00+00:00 2026-10-29T21:00+00:00 o',
        '09:00+00:00 2026-10-30T21:00+00:00 o',
        '09:00+00:00 2026-11-02T22:00+00:00 o',
      ],
    );
  });

  test('is cut where the span begins and ends, also far from its own date', () => {
    expect(spans(OFFICE, '2026-03-06T21:30Z', '2026-03-06T21:45Z')).toEqual([
      '2026-03-06T21:30+00:00 2026-03-06T21:45+00:00 office',
    ]);
    const tokyo =
      '  tokyo: [{days: working, from: "09:00 Pacific/Kiritimati", to: "17:00 Pacific/Kiritimati"}]\n';
    expect(spans(tokyo, '2026-03-01T20:00Z', '2026-03-01T21:00Z')).toEqual([
      '2026-03-01T20:00+00:00 2026-03-01T21:00+00:00 tokyo',
    ]);
  });
});

test('days are those of the hours, and a time in another zone is the time there on that date', () => {
  const tokyo = '  tokyo: [{days: [monday], from: "09:00 Asia/Tokyo", to: "17:00 Asia/Tokyo"}]\n';
  expect(spans(tokyo, '2026-11-28T00:00Z', '2026-12-03T00:00Z')).toEqual([
    '2026-11-30T00:00+00:00 2026-11-30T08:00+00:00 tokyo',
  ]);
});

test('an edge at or before the other, as written, is on the next day', () => {
  const night = '  night: [{days: every, from: "17:00 America/New_York", to: "09:00"}]\n';
  expect(spans(night, '2026-11-30T12:00Z', '2026-12-01T12:00Z')).toEqual([
    '2026-11-30T22:00+00:00 2026-12-01T09:00+00:00 night',
  ]);
});

test('windows that touch at an edge touch in time, in every pair of zones, whatever the clocks do', () => {
  const zones = [
    'Europe/London',
    'America/New_York',
    'America/Los_Angeles',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'America/Nuuk',
    'UTC',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 3 * 365 }),
      (zone, other, from, to, days) => {
        const text = (minutes: number) =>
          `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
        const [a, b] = [text(from), text(to)];
        const first = (dayOf('2025-01-01') as number) + days;
        const startOn = (day: number) => firstShowing(`${dateText(day)}T${a}`, zone);
        const endOn = (day: number) => firstShowing(`${dateText(b <= a ? day + 1 : day)}T${b}`, other);
        // Only windows that are neither empty nor longer than the time to the next are a division of the day.
        const range = Array.from({ length: 12 }, (_, i) => first - 4 + i);
        fc.pre(range.every((day) => startOn(day) < endOn(day) && endOn(day) <= startOn(day + 1)));
        const far = `${b}${zone === other ? '' : ` ${other}`}`;
        const day = `  day: [{days: every, from: "${a}", to: "${far}"}]\n`;
        const span = { startAt: startOn(first), endAt: startOn(first + 3) };
        const windows = resolve(sound(hours(`${day}  rest: {outside: [day]}\n`, '', zone)), span).windows.get(
          'desk',
        );
        const due = [0, 1, 2].map((i) => ({
          startAt: startOn(first + i),
          endAt: endOn(first + i),
          value: 'day',
        }));
        expect(windows?.get('day')).toEqual(merge(due));
        const inverse = merge(
          [...(windows?.get('day') ?? []), ...(windows?.get('rest') ?? [])]
            .map((it) => ({ ...it, value: 1 }))
            .toSorted((x, y) => x.startAt - y.startAt),
        );
        expect(clip(inverse, span)).toEqual([{ ...span, value: 1 }]);
      },
    ),
    { numRuns: runs(150) },
  );
});

const FILE = 'policies/support-hours/desk.yaml';

describe('a window that is not between its edges is an error, with the first date', () => {
  const found = (times: string) => checked(hours(`  day: [{${times}}]\n`));

  test.each<[times: string, ...found: string[]]>([
    ['days: every, from: "09:30", to: "04:00 America/New_York"'],
    [
      'days: working, from: "08:00 UTC", to: "08:30"',
      `${FILE}:4:9 this begins Mon 29 Mar 09:00 and ends Mon 29 Mar 08:30 (Europe/London), so it would be empty; move one of its edges [times]`,
    ],
    [
      'days: every, from: "08:00", to: "07:30 UTC"',
      `${FILE}:4:9 this begins Sat 27 Mar 08:00 and ends Sun 28 Mar 08:30 (Europe/London), which is more than a day; move one of its edges [times]`,
    ],
    [
      'days: [monday], from: "09:00", to: "17:00 Asia/Tokyo"',
      `${FILE}:4:9 this begins Mon 23 Nov 09:00 and ends Mon 23 Nov 08:00 (Europe/London), so it would be empty; move one of its edges [times]`,
    ],
    [
      'days: [monday], from: "08:00 UTC", to: "09:00"',
      `${FILE}:4:9 this begins Mon 29 Mar 09:00 and ends Mon 29 Mar 09:00 (Europe/London), so it would be empty; move one of its edges [times]`,
    ],
    ['days: every, from: "08:00", to: "08:00 Europe/London"'],
    ['days: [sunday], from: "00:30 UTC", to: "01:31"'],
  ])('%s', (times, ...expected) => {
    expect(found(times)).toEqual(expected);
  });

  test('and has no time on that date', () => {
    const text = hours('  day: [{days: every, from: "08:00 UTC", to: "08:30"}]\n');
    const { handbook } = loaded(text);
    const resolved = resolve(handbook, between('2027-03-26T00:00Z', '2027-03-30T00:00Z'));
    expect(lines(windowAt(resolved, 'desk') ?? [], 'UTC').map((line) => line.slice(0, 16))).toEqual([
      '2027-03-26T08:00',
      '2027-03-27T08:00',
    ]);
  });

  test.each<[edge: string, ...found: string[]]>([
    ['"17:00 America/NewYork"', `${FILE}:4:42 there is no time zone "America/NewYork"`],
    ['"17:00 "', `${FILE}:4:42 "17:00 " is not a local time such as "09:00"`],
    [
      '"24:00 America/New_York"',
      `${FILE}:4:42 "24:00 America/New_York" is not a local time in a zone such as "17:00 America/New_York"`,
    ],
    [
      '"America/New_York 17:00"',
      `${FILE}:4:42 "America/New_York 17:00" is not a local time in a zone such as "17:00 America/New_York"`,
    ],
    ['"17:00 +05:00"', `${FILE}:4:42 "17:00 +05:00" is not a local time such as "09:00"`],
    ['"5 PM"', `${FILE}:4:42 "5 PM" is not a local time such as "09:00"`],
    ['"17:00 UTC+1"', `${FILE}:4:42 there is no time zone "UTC+1"`],
    ['17', `${FILE}:4:42 this is a number, and a local time is text`],
    ['[]', `${FILE}:4:42 this is a list, and a local time is text [schema]`],
  ])('to: %s', (edge, ...expected) => {
    const answer = checked(hours(`  day: [{days: every, from: "09:00", to: ${edge}}]\n`));
    // What to write instead is tested with the schema.
    expect(answer.map((line, i) => line.slice(0, expected[i]?.length))).toEqual(expected);
  });
});

describe('continuous hours', () => {
  const always = 'continuous: true\n';
  const found = (windows: string, more = always) => checked(hours(windows, more));
  const day = (to: string) => `  day: [{days: every, from: "09:00", to: "${to}"}]\n`;

  test('have a window for every minute', () => {
    expect(found(`${day('17:00')}  night: [{days: every, from: "17:00", to: "09:00"}]\n`)).toEqual([]);
    expect(found(`${day('17:00')}  night: {outside: [day]}\n`)).toEqual([]);
    expect(
      found(
        `${day('17:00 America/New_York')}  night: [{days: every, from: "17:00 America/New_York", to: "09:00"}]\n`,
      ),
    ).toEqual([]);
  });

  test('name the first hole, at the key', () => {
    expect(found(`${day('17:00')}  night: [{days: working, from: "17:00", to: "09:00"}]\n`)).toEqual([
      `${FILE}:3:13 no window has Sat 21 Nov 17:00 – Sun 22 Nov 09:00 and 55 more times, and these hours are continuous; widen a window, or add one that is {outside: [...]} the others [overlapping-windows]`,
    ]);
    expect(found(day('17:00'), 'continuous: false\n')).toEqual([]);
  });

  test('begin and end with an amendment', () => {
    const night = (first: string, it: boolean) =>
      `${day('17:00')}amendments: [{first_day: ${first}, continuous: ${it}}]\n`;
    expect(found(night('2027-05-31', true), '')).toEqual([
      `${FILE}:5:50 no window has Mon 31 May 00:00 – 09:00 and 1 more time, and these hours are continuous; widen a window, or add one that is {outside: [...]} the others [overlapping-windows]`,
    ]);
    expect(found(night('2026-11-21', false))).toEqual([]);
  });

  test('ask nothing of days that no holiday list tells', () => {
    const text = `${hours(`${day('17:00')}  night: {outside: [day]}\n`, `${always}holidays: short\n`)}== policies/holidays/short.yaml
name: Short
complete_from: 2026-11-01
complete_until: 2027-01-31
holidays: {}
`;
    expect(checked(text).filter((line) => line.includes('overlapping'))).toEqual([]);
  });

  test.each([
    ['continuous: "yes"', 'this is text, and "continuous" is true or false'],
    ['continuous:', 'nothing is here; write true or false'],
  ])('%s is an error', (more, message) => {
    expect(found(day('17:00'), `${more}\n`)[0]).toContain(message);
  });
});
