/** The windows of support hours: days, hours, midnights, clock changes, holidays and amendments. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolve, windowAt } from '../../actions/lib/resolve/resolve.ts';
import { DAY, MINUTE } from '../../actions/lib/time/date.ts';
import { clockText } from '../../actions/lib/time/format.ts';
import { isZoneName, zoneNames } from '../../actions/lib/time/zone.ts';
import { merge } from '../../actions/lib/timeline.ts';
import { clockChanges } from '../clock-changes.ts';
import { between, lines, loaded, sound } from '../handbook.ts';

const HOLIDAYS = `
== policies/holidays/england-and-wales.yaml
name: England and Wales
complete_from: 2026-01-01
complete_until: 2027-12-31
holidays:
  2026-01-01: New Year's Day
  2026-04-03: Good Friday
  2026-12-25: Christmas Day
  2026-12-28: Boxing Day (substitute day)
`;

const hours = (policy: string, zone = 'Europe/London') =>
  `== policies/support-hours/paas.yaml\nname: PaaS\ntimezone: ${zone}\n${policy}\n${HOLIDAYS}`;

function windows(policy: string, from: string, to: string, zone = 'Europe/London'): string[] {
  const resolved = resolve(sound(hours(policy, zone)), between(from, to));
  return lines(windowAt(resolved, 'paas') ?? [], zone);
}

const PAAS = `
holidays: england-and-wales
windows:
  in-hours: [{days: working, from: "09:00", to: "17:00"}]
  waking: [{days: non-working, from: "09:00", to: "17:00"}]
  overnight: [{days: every, from: "17:00", to: "09:00"}]
`;

const window = (line: string) => `windows: {support: [${line}]}`;

describe('which days', () => {
  test('a weekend is non-working', () => {
    expect(windows(PAAS, '2026-12-04T00:00Z', '2026-12-07T12:00Z')).toEqual([
      '2026-12-04T00:00+00:00 2026-12-04T09:00+00:00 overnight',
      '2026-12-04T09:00+00:00 2026-12-04T17:00+00:00 in-hours',
      '2026-12-04T17:00+00:00 2026-12-05T09:00+00:00 overnight',
      '2026-12-05T09:00+00:00 2026-12-05T17:00+00:00 waking',
      '2026-12-05T17:00+00:00 2026-12-06T09:00+00:00 overnight',
      '2026-12-06T09:00+00:00 2026-12-06T17:00+00:00 waking',
      '2026-12-06T17:00+00:00 2026-12-07T09:00+00:00 overnight',
      '2026-12-07T09:00+00:00 2026-12-07T12:00+00:00 in-hours',
    ]);
  });

  test('a bank holiday has the non-working window instead of the in-hours one', () => {
    expect(windows(PAAS, '2026-04-02T12:00+01:00', '2026-04-03T18:00+01:00')).toEqual([
      '2026-04-02T12:00+01:00 2026-04-02T17:00+01:00 in-hours',
      '2026-04-02T17:00+01:00 2026-04-03T09:00+01:00 overnight',
      '2026-04-03T09:00+01:00 2026-04-03T17:00+01:00 waking',
      '2026-04-03T17:00+01:00 2026-04-03T18:00+01:00 overnight',
    ]);
  });

  test('working days follow the policy, and without a list there are no holidays', () => {
    const policy = `working_days: [sunday, thursday, friday]\n${window('{days: working, from: "09:00", to: "17:00"}')}`;
    expect(windows(policy, '2026-12-24T00:00+04:00', '2026-12-29T00:00+04:00', 'Asia/Dubai')).toEqual([
      '2026-12-24T09:00+04:00 2026-12-24T17:00+04:00 support',
      '2026-12-25T09:00+04:00 2026-12-25T17:00+04:00 support',
      '2026-12-27T09:00+04:00 2026-12-27T17:00+04:00 support',
    ]);
  });

  test('a list of weekdays ignores holidays, and "holidays" means only them', () => {
    const policy = (days: string) =>
      `holidays: england-and-wales\n${window(`{days: ${days}, from: "10:00", to: "12:00"}`)}`;
    expect(windows(policy('[friday, monday]'), '2026-12-22T00:00Z', '2026-12-30T00:00Z')).toEqual([
      '2026-12-25T10:00+00:00 2026-12-25T12:00+00:00 support',
      '2026-12-28T10:00+00:00 2026-12-28T12:00+00:00 support',
    ]);
    expect(windows(policy('holidays'), '2026-12-01T00:00Z', '2027-02-01T00:00Z')).toEqual([
      '2026-12-25T10:00+00:00 2026-12-25T12:00+00:00 support',
      '2026-12-28T10:00+00:00 2026-12-28T12:00+00:00 support',
    ]);
    expect(windows(policy('every'), '2026-12-24T11:00Z', '2026-12-26T11:00Z')).toEqual([
      '2026-12-24T11:00+00:00 2026-12-24T12:00+00:00 support',
      '2026-12-25T10:00+00:00 2026-12-25T12:00+00:00 support',
      '2026-12-26T10:00+00:00 2026-12-26T11:00+00:00 support',
    ]);
  });

  test('the leap day is a day like any other', () => {
    expect(
      windows(
        window('{days: [tuesday], from: "09:00", to: "17:00"}'),
        '2028-02-28T00:00Z',
        '2028-03-02T00:00Z',
      ),
    ).toEqual(['2028-02-29T09:00+00:00 2028-02-29T17:00+00:00 support']);
  });

  test('several lines of one window are combined, and merged where they touch', () => {
    const policy = window(
      '{days: every, from: "07:00", to: "09:00"}, {days: [monday], from: "08:00", to: "12:00"}, {days: [monday], from: "12:00", to: "13:00"}',
    );
    expect(windows(policy, '2026-12-06T00:00Z', '2026-12-08T00:00Z')).toEqual([
      '2026-12-06T07:00+00:00 2026-12-06T09:00+00:00 support',
      '2026-12-07T07:00+00:00 2026-12-07T13:00+00:00 support',
    ]);
  });
});

describe('which hours', () => {
  test('a window past midnight belongs to the day on which it starts', () => {
    const night = window('{days: [friday], from: "22:00", to: "02:00"}');
    expect(windows(night, '2026-12-01T00:00Z', '2026-12-08T00:00Z')).toEqual([
      '2026-12-04T22:00+00:00 2026-12-05T02:00+00:00 support',
    ]);
    const working = `holidays: england-and-wales\n${window('{days: working, from: "22:00", to: "02:00"}')}`;
    expect(windows(working, '2026-12-24T12:00Z', '2026-12-29T00:00Z')).toEqual([
      '2026-12-24T22:00+00:00 2026-12-25T02:00+00:00 support',
    ]);
  });

  test('a window to midnight ends there', () => {
    const evening = window('{days: [friday], from: "22:00", to: "00:00"}');
    expect(windows(evening, '2026-12-01T00:00Z', '2026-12-08T00:00Z')).toEqual([
      '2026-12-04T22:00+00:00 2026-12-05T00:00+00:00 support',
    ]);
  });

  test('a window from a time to the same time is round the clock', () => {
    const weekend = window('{days: [saturday, sunday], from: "08:00", to: "08:00"}');
    expect(windows(weekend, '2026-12-01T00:00Z', '2026-12-12T12:00Z')).toEqual([
      '2026-12-05T08:00+00:00 2026-12-07T08:00+00:00 support',
      '2026-12-12T08:00+00:00 2026-12-12T12:00+00:00 support',
    ]);
    const always = window('{days: every, from: "00:00", to: "00:00"}');
    expect(windows(always, '2026-12-01T05:00Z', '2027-02-01T06:00Z')).toEqual([
      '2026-12-01T05:00+00:00 2027-02-01T06:00+00:00 support',
    ]);
  });

  test('the time outside other windows is one span over a long weekend', () => {
    const dxw = `
holidays: england-and-wales
windows:
  out-of-hours: {outside: [in-hours]}
  in-hours: [{days: working, from: "10:00", to: "18:00"}]
`;
    expect(windows(dxw, '2026-12-24T12:00Z', '2026-12-29T12:00Z')).toEqual([
      '2026-12-24T12:00+00:00 2026-12-24T18:00+00:00 in-hours',
      '2026-12-24T18:00+00:00 2026-12-29T10:00+00:00 out-of-hours',
      '2026-12-29T10:00+00:00 2026-12-29T12:00+00:00 in-hours',
    ]);
  });

  test('the time outside two windows is in neither of them', () => {
    const policy = `
windows:
  morning: [{days: every, from: "07:00", to: "12:00"}]
  evening: [{days: every, from: "16:00", to: "22:00"}]
  rest: {outside: [morning, evening]}
`;
    expect(windows(policy, '2026-12-01T10:00Z', '2026-12-02T08:00Z')).toEqual([
      '2026-12-01T10:00+00:00 2026-12-01T12:00+00:00 morning',
      '2026-12-01T12:00+00:00 2026-12-01T16:00+00:00 rest',
      '2026-12-01T16:00+00:00 2026-12-01T22:00+00:00 evening',
      '2026-12-01T22:00+00:00 2026-12-02T07:00+00:00 rest',
      '2026-12-02T07:00+00:00 2026-12-02T08:00+00:00 morning',
    ]);
  });

  test('where two windows overlap, the later in the file is in force, and each keeps its own time', () => {
    const policy = `
windows:
  long: [{days: every, from: "09:00", to: "17:00"}]
  lunch: [{days: every, from: "12:00", to: "13:00"}]
`;
    const span = between('2026-12-01T00:00Z', '2026-12-02T00:00Z');
    const resolved = resolve(sound(hours(policy)), span);
    expect(lines(windowAt(resolved, 'paas') ?? [], 'Europe/London')).toEqual([
      '2026-12-01T09:00+00:00 2026-12-01T12:00+00:00 long',
      '2026-12-01T12:00+00:00 2026-12-01T13:00+00:00 lunch',
      '2026-12-01T13:00+00:00 2026-12-01T17:00+00:00 long',
    ]);
    expect(lines(resolved.windows.get('paas')?.get('long') ?? [], 'Europe/London')).toEqual([
      '2026-12-01T09:00+00:00 2026-12-01T17:00+00:00 long',
    ]);
  });
});

describe('across a change of the clocks', () => {
  const night = window('{days: [saturday], from: "17:00", to: "09:00"}');
  const halves = `
windows:
  early: [{days: every, from: "00:00", to: "01:30"}]
  late: [{days: every, from: "01:30", to: "00:00"}]
`;
  const short = window('{days: every, from: "01:10", to: "01:50"}');
  const day = window('{days: [sunday], from: "00:00", to: "00:00"}');

  test.each([
    [
      'the night is an hour shorter',
      night,
      'Europe/London',
      '2026-03-28T12:00Z',
      '2026-03-29T12:00Z',
      ['2026-03-28T17:00+00:00 2026-03-29T09:00+01:00 support'],
    ],
    [
      'the night is an hour longer',
      night,
      'Europe/London',
      '2026-10-24T12:00Z',
      '2026-10-25T12:00Z',
      ['2026-10-24T17:00+01:00 2026-10-25T09:00+00:00 support'],
    ],
    [
      'windows touch at the end of the gap',
      halves,
      'Europe/London',
      '2026-03-29T00:00Z',
      '2026-03-29T22:00Z',
      [
        '2026-03-29T00:00+00:00 2026-03-29T02:00+01:00 early',
        '2026-03-29T02:00+01:00 2026-03-29T23:00+01:00 late',
      ],
    ],
    [
      'windows touch at the first of two',
      halves,
      'Europe/London',
      '2026-10-24T23:00Z',
      '2026-10-25T22:00Z',
      [
        '2026-10-25T00:00+01:00 2026-10-25T01:30+01:00 early',
        '2026-10-25T01:30+01:00 2026-10-25T22:00+00:00 late',
      ],
    ],
    [
      'a window within the gap does not exist',
      short,
      'Europe/London',
      '2026-03-28T00:00Z',
      '2026-03-31T00:00Z',
      [
        '2026-03-28T01:10+00:00 2026-03-28T01:50+00:00 support',
        '2026-03-30T01:10+01:00 2026-03-30T01:50+01:00 support',
      ],
    ],
    [
      'a window within the repeated hour occurs once',
      short,
      'Europe/London',
      '2027-10-31T00:00+01:00',
      '2027-11-01T00:00Z',
      ['2027-10-31T01:10+01:00 2027-10-31T01:50+01:00 support'],
    ],
    [
      'in Auckland',
      night,
      'Pacific/Auckland',
      '2026-09-26T12:00+12:00',
      '2026-09-27T12:00+13:00',
      ['2026-09-26T17:00+12:00 2026-09-27T09:00+13:00 support'],
    ],
    [
      'on Lord Howe, by half an hour',
      halves,
      'Australia/Lord_Howe',
      '2026-04-05T00:00+11:00',
      '2026-04-05T04:00+10:30',
      [
        '2026-04-05T00:00+11:00 2026-04-05T01:30+11:00 early',
        '2026-04-05T01:30+11:00 2026-04-05T04:00+10:30 late',
      ],
    ],
    [
      'in Havana, where midnight is skipped',
      day,
      'America/Havana',
      '2026-03-07T00:00-05:00',
      '2026-03-10T00:00-04:00',
      ['2026-03-08T01:00-04:00 2026-03-09T00:00-04:00 support'],
    ],
    [
      'in Havana, where midnight is repeated',
      day,
      'America/Havana',
      '2026-10-31T00:00-04:00',
      '2026-11-03T00:00-05:00',
      ['2026-11-01T00:00-04:00 2026-11-02T00:00-05:00 support'],
    ],
  ])('%s', (_, policy, zone, from, to, expected) => {
    expect(windows(policy, from, to, zone)).toEqual(expected);
  });

  test('windows that divide the local day divide time, in every zone', () => {
    const cut = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(
        fc.constantFrom(...zoneNames.filter(isZoneName)),
        fc.integer({ min: 2020, max: 2036 }),
        fc.nat(3),
        fc.uniqueArray(cut, { minLength: 1, maxLength: 6 }),
        (zone, year, which, cuts) => {
          const changes = clockChanges(zone, { startAt: Date.UTC(year, 0), endAt: Date.UTC(year + 1, 0) });
          const near = changes[which % Math.max(1, changes.length)] ?? Date.UTC(year, 6);
          const span = { startAt: near - 3 * DAY, endAt: near + 3 * DAY };
          const times = cuts.toSorted((one, other) => one - other).map((it) => clockText(it * MINUTE));
          const named = times.map(
            (from, i) => `  w${i}: [{days: every, from: "${from}", to: "${times[i + 1] ?? times[0]}"}]`,
          );
          const resolved = resolve(sound(hours(`windows:\n${named.join('\n')}`, zone)), span);
          const whole = merge(windowAt(resolved, 'paas') ?? [], () => true);
          expect(whole.map(({ startAt, endAt }) => ({ startAt, endAt }))).toEqual([span]);
          const lengths = [...(resolved.windows.get('paas')?.values() ?? [])]
            .flat()
            .map(({ startAt, endAt }) => endAt - startAt);
          expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(6 * DAY);
        },
      ),
    );
  });
});

describe('holidays', () => {
  test('there is no window after the end of the list, not even one of every day', () => {
    expect(windows(PAAS, '2027-12-31T12:00Z', '2028-03-01T00:00Z')).toEqual([
      '2027-12-31T12:00+00:00 2027-12-31T17:00+00:00 in-hours',
      '2027-12-31T17:00+00:00 2028-01-01T00:00+00:00 overnight',
    ]);
  });

  test('there is no window before the beginning of the list', () => {
    expect(windows(PAAS, '2025-12-01T00:00Z', '2026-01-01T12:00Z').at(-1)).toBe(
      '2026-01-01T09:00+00:00 2026-01-01T12:00+00:00 waking',
    );
    expect(windows(PAAS, '2025-11-01T00:00Z', '2026-01-01T00:00Z')).toEqual([]);
  });

  test('whether the day before the list was a working day is unknown', () => {
    const night = `holidays: england-and-wales\n${window('{days: working, from: "22:00", to: "06:00"}')}`;
    expect(windows(night, '2025-12-30T00:00Z', '2026-01-03T00:00Z')).toEqual([
      '2026-01-02T22:00+00:00 2026-01-03T00:00+00:00 support',
    ]);
  });

  test('hours without a list have no end', () => {
    const policy = window('{days: working, from: "09:00", to: "17:00"}');
    expect(windows(policy, '2088-12-31T00:00Z', '2089-01-01T00:00Z')).toEqual([
      '2088-12-31T09:00+00:00 2088-12-31T17:00+00:00 support',
    ]);
  });

  test('hours whose list cannot be read have no windows', () => {
    const text = hours(PAAS).replace('name: England and Wales', 'nam: England and Wales');
    const { windows: all } = resolve(
      loaded(text).handbook,
      between('2026-12-01T00:00Z', '2026-12-02T00:00Z'),
    );
    expect(all.has('paas')).toBe(false);
  });
});

describe('amendments', () => {
  test('a window that crosses the midnight of an amendment is cut there', () => {
    const policy = `
windows:
  night: [{days: every, from: "17:00", to: "09:00"}]
amendments:
  - first_day: 2027-02-03
    windows:
      evening: [{days: every, from: "18:00", to: "22:00"}]
`;
    expect(windows(policy, '2027-02-02T00:00Z', '2027-02-04T00:00Z')).toEqual([
      '2027-02-02T00:00+00:00 2027-02-02T09:00+00:00 night',
      '2027-02-02T17:00+00:00 2027-02-03T00:00+00:00 night',
      '2027-02-03T18:00+00:00 2027-02-03T22:00+00:00 evening',
    ]);
  });

  test('from its midnight on, an amendment applies as if it always had', () => {
    const policy = `
windows:
  night: [{days: every, from: "17:00", to: "09:00"}]
amendments:
  - first_day: 2027-02-03
    windows:
      night: [{days: every, from: "19:00", to: "07:00"}]
`;
    expect(windows(policy, '2027-02-02T12:00Z', '2027-02-04T00:00Z')).toEqual([
      '2027-02-02T17:00+00:00 2027-02-03T07:00+00:00 night',
      '2027-02-03T19:00+00:00 2027-02-04T00:00+00:00 night',
    ]);
  });

  test('other working days apply from their day on, and do not affect other windows', () => {
    const policy = `${PAAS}
amendments:
  - first_day: 2027-02-04
    working_days: [monday, tuesday, wednesday]
`;
    expect(windows(policy, '2027-02-03T09:00Z', '2027-02-04T17:00Z')).toEqual([
      '2027-02-03T09:00+00:00 2027-02-03T17:00+00:00 in-hours',
      '2027-02-03T17:00+00:00 2027-02-04T09:00+00:00 overnight',
      '2027-02-04T09:00+00:00 2027-02-04T17:00+00:00 waking',
    ]);
  });

  test('several apply in order of day, whatever their order in the file', () => {
    const policy = `
windows: {support: [{days: working, from: "09:00", to: "17:00"}]}
amendments:
  - first_day: 2027-02-05
    windows: {support: [{days: working, from: "10:00", to: "12:00"}]}
  - first_day: 2027-02-03
    working_days: [wednesday, saturday]
`;
    expect(windows(policy, '2027-02-01T00:00Z', '2027-02-08T00:00Z')).toEqual([
      '2027-02-01T09:00+00:00 2027-02-01T17:00+00:00 support',
      '2027-02-02T09:00+00:00 2027-02-02T17:00+00:00 support',
      '2027-02-03T09:00+00:00 2027-02-03T17:00+00:00 support',
      '2027-02-06T10:00+00:00 2027-02-06T12:00+00:00 support',
    ]);
  });

  test('where midnight is skipped, an amendment begins at the end of the gap', () => {
    const policy = `
windows: {before: [{days: every, from: "00:00", to: "00:00"}]}
amendments:
  - first_day: 2026-03-08
    windows: {since: [{days: every, from: "00:00", to: "00:00"}]}
`;
    expect(windows(policy, '2026-03-07T12:00-05:00', '2026-03-08T12:00-04:00', 'America/Havana')).toEqual([
      '2026-03-07T12:00-05:00 2026-03-08T01:00-04:00 before',
      '2026-03-08T01:00-04:00 2026-03-08T12:00-04:00 since',
    ]);
  });
});

describe('several lists, and lists of another zone', () => {
  const list = (id: string, days: string, more = '') =>
    `== policies/holidays/${id}.yaml\nname: ${id}\n${more}complete_from: 2026-01-01\ncomplete_until: 2026-12-31\nholidays: {${days}}\n`;
  const inHours = (lists: string, zone: string, files: string, from: string, to: string) => {
    const policy = `== policies/support-hours/paas.yaml\nname: PaaS\ntimezone: ${zone}\nholidays: ${lists}
windows:
  work: [{days: working, from: "09:00", to: "17:00"}]
  rest: [{days: non-working, from: "09:00", to: "17:00"}]
  night: [{days: every, from: "17:00", to: "09:00"}]
`;
    const resolved = resolve(sound(policy + files), between(from, to));
    return lines(
      (windowAt(resolved, 'paas') ?? []).filter(({ value }) => value === 'rest'),
      zone,
    ).map((line) => line.slice(0, 10));
  };

  test('a day in any of the lists is a holiday; observed elsewhere it is none; an added one is', () => {
    const files =
      list('a', '2026-12-01: A') + list('b', '2026-12-02: {name: B, observed_on: 2026-12-03}, 2026-12-03: B');
    const week = ['2026-11-30T00:00Z', '2026-12-05T00:00Z'] as const;
    expect(inHours('a', 'UTC', files, ...week)).toEqual(['2026-12-01']);
    expect(inHours('[a, b]', 'UTC', files, ...week)).toEqual(['2026-12-01', '2026-12-03']);
    const added = `${files}added: {2026-12-04: Once}\n`;
    expect(inHours('[a, b]', 'UTC', added, ...week)).toEqual(['2026-12-01', '2026-12-03', '2026-12-04']);
  });

  test('only days within all lists are known', () => {
    const files =
      list('a', '') + list('b', '').replace('complete_until: 2026-12-31', 'complete_until: 2026-12-05');
    const weekend = ['2026-12-04T00:00Z', '2026-12-08T00:00Z'] as const;
    expect(inHours('a', 'UTC', files, ...weekend)).toEqual(['2026-12-05', '2026-12-06']);
    expect(inHours('[a, b]', 'UTC', files, ...weekend)).toEqual(['2026-12-05']);
  });

  test.each([
    ['Europe/London', '2026-12-02'],
    ['America/New_York', '2026-12-02'],
    ['Asia/Singapore', '2026-12-02'],
    ['Pacific/Auckland', '2026-12-03'],
    ['Pacific/Kiritimati', '2026-12-03'],
    ['Pacific/Pago_Pago', '2026-12-02'],
  ])('a holiday in London is the local day of %s that shares most of it', (zone, day) => {
    const files = list('a', '2026-12-02: A', 'timezone: Europe/London\n');
    expect(inHours('a', zone, files, '2026-12-01T00:00Z', '2026-12-04T00:00Z')).toEqual([day]);
    expect(inHours('a', zone, list('a', '2026-12-02: A'), '2026-12-01T00:00Z', '2026-12-04T00:00Z')).toEqual([
      '2026-12-02',
    ]);
  });

  test('whatever the zones, every minute has one window, and a holiday is one day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zoneNames.filter(isZoneName)),
        fc.constantFrom('Europe/London', 'Pacific/Auckland', 'Pacific/Pago_Pago', 'Asia/Kolkata'),
        fc.integer({ min: 40, max: 320 }),
        (zone, own, n) => {
          const on = new Date(Date.UTC(2026, 0, 1) + n * DAY).toISOString().slice(0, 10);
          const files = list('a', `${on}: A`, `timezone: ${own}\n`);
          const policy = `== policies/support-hours/paas.yaml\nname: PaaS\ntimezone: ${zone}\nholidays: a
working_days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]
windows:
  work: [{days: working, from: "09:00", to: "17:00"}]
  rest: [{days: non-working, from: "07:00", to: "17:00"}]
  early: [{days: working, from: "07:00", to: "09:00"}]
  night: [{days: every, from: "17:00", to: "07:00"}]
`;
          const noon = Date.UTC(2026, 0, 1) + n * DAY + DAY / 2;
          const span = { startAt: noon - 5 * DAY, endAt: noon + 5 * DAY };
          const timeline = windowAt(resolve(sound(policy + files), span), 'paas') ?? [];
          expect(merge(timeline, () => true)).toHaveLength(1);
          expect(timeline.filter(({ value }) => value === 'rest')).toHaveLength(1);
        },
      ),
    );
  });
});
