/** Holiday lists: their days, that they load without a finding, and the error for an unknown region. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { load } from '../../actions/lib/load/load.ts';
import { parse } from '../../actions/lib/load/source.ts';
import { dateText } from '../../actions/lib/time/date.ts';
import { holidayList, holidayYaml } from '../../scripts/holiday-list.ts';
import { SAMPLE } from '../handbook.ts';

test('England has eight a year, and a substitute day for each that falls on a weekend', () => {
  expect(holidayList('GB-ENG', [2026, 2027])).toStrictEqual({
    name: 'United Kingdom, England',
    region: 'GB-ENG',
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
      '2026-12-26': 'Boxing Day',
      '2026-12-28': 'Boxing Day (substitute day)',
      '2027-01-01': "New Year's Day",
      '2027-03-26': 'Good Friday',
      '2027-03-29': 'Easter Monday',
      '2027-05-03': 'Early May bank holiday',
      '2027-05-31': 'Spring bank holiday',
      '2027-08-30': 'Summer bank holiday',
      '2027-12-25': 'Christmas Day',
      '2027-12-26': 'Boxing Day',
      '2027-12-27': 'Christmas Day (substitute day)',
      '2027-12-28': 'Boxing Day (substitute day)',
    },
  });
});

test('the list of the sample is that of the library', () => {
  const text = readFileSync(join(SAMPLE, 'policies/holidays/england-and-wales.yaml'), 'utf8');
  expect(parse(text).data).toStrictEqual({
    ...holidayList('GB-ENG', [2025, 2035]),
    name: 'England and Wales',
  });
});

test('as a file it names its source and has no findings', () => {
  expect(
    holidayYaml(holidayList('GB-SCT', [2027, 2027])),
  ).toBe(`# yaml-language-server: $schema=../../schemas/holidays.schema.json
# Made by "rota holidays GB-SCT"; look it over before you merge it.
name: "United Kingdom, Scotland"
region: GB-SCT
complete_from: 2027-01-01
complete_until: 2027-12-31
holidays:
  2027-01-01: "New Year's Day"
  2027-01-02: "January 2nd"
  2027-01-04: "January 2nd (substitute day)"
  2027-03-26: "Good Friday"
  2027-05-03: "Early May bank holiday"
  2027-05-31: "Spring bank holiday"
  2027-08-02: "Summer bank holiday"
  2027-11-30: "St Andrew’s Day"
  2027-12-25: "Christmas Day"
  2027-12-26: "Boxing Day"
  2027-12-27: "Christmas Day (substitute day)"
  2027-12-28: "Boxing Day (substitute day)"
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
  ])('of %s is in order, lies in its years, and loads without a finding', (region) => {
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
