/** Holiday lists: their days, that they load without a finding, and the error for an unknown region. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { load } from '../../actions/lib/load/load.ts';
import { parse } from '../../actions/lib/load/source.ts';
import { dateText } from '../../actions/lib/time/date.ts';
import { holidayList, holidayYaml } from '../../scripts/holiday-list.ts';
import { SAMPLE } from '../handbook.ts';

test('England has eight a year, a substitute day in place of each that falls on a weekend', () => {
  expect(holidayList('GB-ENG', [2026, 2027])).toStrictEqual({
    name: 'United Kingdom, England',
    region: 'GB-ENG',
    source: 'date-holidays 3.37.0',
    complete_from: '2026-01-01',
    complete_until: '2027-12-31',
    holidays: {
      '2026-01-01': "New Year's Day",
      '2026-04-03': 'Good Friday',
      '2026-04-06': 'Easter Monday',
      '2026-05-04': 'Early May bank holiday',
      '2026-05-25': 'Spring bank holiday',
      '2026-08-31': 'Summer bank holiday',
      '2026-12-25': 'Christmas Day',
      '2026-12-28': 'Boxing Day (substitute day)',
      '2027-01-01': "New Year's Day",
      '2027-03-26': 'Good Friday',
      '2027-03-29': 'Easter Monday',
      '2027-05-03': 'Early May bank holiday',
      '2027-05-31': 'Spring bank holiday',
      '2027-08-30': 'Summer bank holiday',
      '2027-12-27': 'Christmas Day (substitute day)',
      '2027-12-28': 'Boxing Day (substitute day)',
    },
    observed: { '2026-12-26': '2026-12-28', '2027-12-25': '2027-12-27', '2027-12-26': '2027-12-28' },
  });
});

test.each([
  ['GB-ENG', 2028, { '2028-01-01': '2028-01-03' }],
  ['GB-SCT', 2028, { '2028-01-01': '2028-01-04', '2028-01-02': '2028-01-03' }],
  ['US', 2027, { '2027-06-19': '2027-06-18', '2027-07-04': '2027-07-05', '2027-12-25': '2027-12-24' }],
  ['DE', 2027, {}],
])('of %s in %s, each weekend holiday with a substitute is on one day only', (region, year, observed) => {
  const list = holidayList(region, [year, year]);
  expect(list.observed).toStrictEqual(observed);
  for (const [day, on] of Object.entries(observed))
    expect([list.holidays[day], list.holidays[on]]).toStrictEqual([
      undefined,
      expect.stringContaining('(substitute day)'),
    ]);
});

test('a day proclaimed for Scotland alone is in its list, which says so', () => {
  const list = holidayList('gb-sct', [2026, 2026]);
  expect([list.holidays['2026-06-15'], list.source]).toStrictEqual([
    'World Cup bank holiday',
    'date-holidays 3.37.0, and days proclaimed by gov.uk',
  ]);
  expect(holidayList('GB-SCT', [2027, 2027]).source).toBe('date-holidays 3.37.0');
  expect(holidayList('GB-ENG', [2026, 2026]).holidays['2026-06-15']).toBe(undefined);
});

test('the list of the sample is that of the library', () => {
  const text = readFileSync(join(SAMPLE, 'policies/holidays/england-and-wales.yaml'), 'utf8');
  const { observed: _, ...file } = holidayList('GB-ENG', [2025, 2035]);
  expect(parse(text).data).toStrictEqual({ ...file, name: 'England and Wales' });
});

test('as a file it names its source and has no findings', () => {
  expect(
    holidayYaml(holidayList('GB-SCT', [2027, 2027])),
  ).toBe(`# yaml-language-server: $schema=../../schemas/holidays.schema.json
# Made by "rota holidays GB-SCT"; look it over before you merge it.
# A holiday at a weekend that is observed on another day is listed on that day only.
name: "United Kingdom, Scotland"
region: GB-SCT
source: date-holidays 3.37.0
complete_from: 2027-01-01
complete_until: 2027-12-31
holidays:
  2027-01-01: "New Year's Day"
  2027-01-04: "January 2nd (substitute day)" # for Sat 2 Jan
  2027-03-26: "Good Friday"
  2027-05-03: "Early May bank holiday"
  2027-05-31: "Spring bank holiday"
  2027-08-02: "Summer bank holiday"
  2027-11-30: "St Andrew’s Day"
  2027-12-27: "Christmas Day (substitute day)" # for Sat 25 Dec
  2027-12-28: "Boxing Day (substitute day)" # for Sun 26 Dec
`);
});

describe('a list', () => {
  test.each([
    'GB-NIR',
    'DE-BY',
    'NZ',
    'US-CA',
    'JP',
    'FR',
    'ES-CT',
    'CN',
    'TR',
    'IN',
    'CH-ZH',
    'AU-NSW',
    'IE',
  ])('of %s is sorted, stays within its years, and loads without a finding', (region) => {
    const list = holidayList(region, [2026, 2028]);
    const days = Object.keys(list.holidays);
    expect(days.length).toBeGreaterThan(15);
    expect(days).toStrictEqual(days.toSorted());
    const { handbook, findings } = load({
      texts: new Map([['policies/holidays/x.yaml', holidayYaml(list)]]),
      findings: [],
    });
    expect(findings).toStrictEqual([]);
    const read = [...(handbook.holidays.get('x')?.days ?? [])].map(([day, name]) => [dateText(day), name]);
    expect(Object.fromEntries(read)).toStrictEqual(list.holidays);
  });

  test('has every day of a holiday of several days', () => {
    const days = Object.keys(holidayList('TR', [2027, 2027]).holidays);
    // Eid al-Adha is four days in Turkey, and begins on 16 May in 2027.
    expect(days).toEqual(expect.arrayContaining(['2027-05-16', '2027-05-17', '2027-05-18', '2027-05-19']));
  });

  test.each([
    ['SZ', 2026, 2027],
    ['US', 2026, 2027],
    ['TR', 2026, 2026],
  ])('of %s holds the days of its years and no others', (region, first, last) => {
    const wide = Object.entries(holidayList(region, [first - 2, last + 2]).holidays);
    const own = wide.filter(([day]) => `${first}` <= day && day < `${last + 1}`);
    expect(Object.entries(holidayList(region, [first, last]).holidays)).toStrictEqual(own);
  });

  test('has the day in lieu of a New Year that follows it', () => {
    expect(holidayList('US', [2027, 2027]).holidays['2027-12-31']).toBe("New Year's Day (substitute day)");
  });

  test('of a region is found in upper or lower case, and has the spelling of the library', () => {
    expect(holidayList('nz-can-timaru', [2027, 2027])).toMatchObject({
      name: 'New Zealand, Canterbury, Timaru District',
      region: 'NZ-CAN-Timaru',
    });
    const text = holidayYaml(holidayList('NZ-CAN-TIMARU', [2027, 2027]));
    expect(load({ texts: new Map([['policies/holidays/x.yaml', text]]), findings: [] }).findings).toEqual([]);
  });

  test('is the same in every time zone of the machine', () => {
    const before = process.env.TZ;
    const [one, other] = ['Pacific/Auckland', 'America/Los_Angeles'].map((zone) => {
      process.env.TZ = zone;
      return holidayList('GB-ENG', [2026, 2027]);
    });
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
    expect(one).toStrictEqual(other);
  });
});

describe('an unknown region', () => {
  test.each([
    ['XX', 'there is no country XX; did you mean "XK"?; use an ISO code such as GB or GB-ENG'],
    ['', 'there is no country ; use an ISO code such as GB or GB-ENG'],
    ['uk', 'there is no country uk; did you mean "GB"?; use an ISO code such as GB or GB-ENG'],
    ['UK-ENG', 'there is no country UK-ENG; did you mean "GB"?; use an ISO code such as GB or GB-ENG'],
    ['GB-EGN', 'there is no region GB-EGN; did you mean "ENG"?; GB has ALD, ENG, NIR, SCT, WLS'],
    ['SJ-X', 'there is no region SJ-X; SJ has none'],
    ['NZ-CAN-Timara', 'there is no region NZ-CAN-Timara; did you mean "Timaru"?; NZ-CAN has Timaru'],
    ['GB-ENG-', 'there is no region GB-ENG-; GB-ENG has none'],
    ['__proto__', 'there is no country __proto__; use an ISO code such as GB or GB-ENG'],
  ])('such as "%s" is a usage error: %s', (region, why) => {
    expect(() => holidayList(region, [2026, 2026])).toThrow(why);
  });
});
