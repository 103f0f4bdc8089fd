/** Holiday lists that extend from the first published day to the last, and lists that are a day short. */
import { describe, expect, test } from 'vitest';
import { holidaysRunOut as holidaysRunOutRule } from '../../../actions/lib/check/rules/holidays-run-out.ts';
import { day, found as findingsIn, wordsOf } from '../../found.ts';
import { but } from '../../handbook.ts';

/**
 * On 21 November 2026 the published span is 1 October 2026 to 31 May 2027, in UTC; in London it runs an hour longer.
 */
const hours = (id: string, zone: string, more = '') => `== policies/support-hours/${id}.yaml
name: Hours
timezone: ${zone}
windows: {day: [{days: working, from: "09:00", to: "17:00"}]}
holidays: list
${more}`;
const list = (from: string, until: string, id = 'list') => `== policies/holidays/${id}.yaml
name: List
complete_from: ${from}
complete_until: ${until}
holidays: {}
`;
const short = (until: string, to: string, id = 'list') =>
  `policies/holidays/${id}.yaml:3:17 holidays-run-out/ends-early {untilOn: ${until}, neededOn: ${to}}`;
const late = (from: string, since: string) =>
  `policies/holidays/list.yaml:2:16 holidays-run-out/begins-late {fromOn: ${from}, neededOn: ${since}}`;

describe('a list', () => {
  test.each<[zone: string, from: string, until: string, ...found: string[]]>([
    ['UTC', '2026-10-01', '2027-05-31'],
    ['UTC', '2026-10-01', '2027-05-30', short('2027-05-30', '2027-05-31')],
    ['UTC', '2026-10-02', '2027-05-31', late('2026-10-02', '2026-10-01')],
    ['UTC', '2026-10-02', '2027-05-30', late('2026-10-02', '2026-10-01'), short('2027-05-30', '2027-05-31')],
    ['Europe/London', '2026-10-01', '2027-06-01'],
    ['Europe/London', '2026-10-01', '2027-05-31', short('2027-05-31', '2027-06-01')],
    ['America/New_York', '2026-09-30', '2027-05-31'],
    ['America/New_York', '2026-10-01', '2027-05-31', late('2026-10-01', '2026-09-30')],
  ])('in %s from %s to %s', (zone, from, until, ...found) => {
    expect(findingsIn(hours('paas', zone) + list(from, until))).toEqual(found);
  });

  // A day of the list is the local day that has its noon. In Auckland, noon of 30 September in London is the start of
  // 1 October; in Tokyo, noon of 31 May in UTC is 21:00, and the span ends at 09:00 on the day after.
  test.each<[own: string, zone: string, from: string, until: string, ...found: string[]]>([
    ['Europe/London', 'Pacific/Auckland', '2026-09-30', '2027-06-01'],
    ['Europe/London', 'Pacific/Auckland', '2026-10-01', '2027-06-01', late('2026-10-01', '2026-09-30')],
    ['UTC', 'Asia/Tokyo', '2026-10-01', '2027-06-01'],
    ['UTC', 'Asia/Tokyo', '2026-10-01', '2027-05-31', short('2027-05-31', '2027-06-01')],
    ['Pacific/Auckland', 'America/New_York', '2026-10-01', '2027-06-01'],
    ['Pacific/Auckland', 'America/New_York', '2026-10-01', '2027-05-31', short('2027-05-31', '2027-06-01')],
    ['Pacific/Auckland', 'America/New_York', '2026-10-02', '2027-06-01', late('2026-10-02', '2026-10-01')],
  ])('with the days of %s under hours in %s from %s to %s', (own, zone, from, until, ...found) => {
    const days = `${list(from, until)}timezone: ${own}\n`;
    expect(findingsIn(hours('paas', zone) + days)).toEqual(found);
  });

  test('of somebody who is on a rota extends from now to the horizon, or to their last day', () => {
    const rota = `== rotas/team/rota.yaml
name: Rota
timezone: UTC
handover: {day: monday, time: "10:00"}
roles: {lead: {rotation: [{first_turn: 2026-10-05, people: [amara]}]}}
`;
    const own = (until: string, more = '', from = '2026-11-21') =>
      findingsIn(
        `== rotas/people.yaml\npeople: {amara: {name: Amara, holidays: list${more}}}\n${rota}${list(from, until)}`,
      ).filter((line) => line.includes('holidays-run-out'));
    expect(own('2027-05-31')).toEqual([]);
    expect(own('2027-05-30')).toEqual([short('2027-05-30', '2027-05-31')]);
    expect(own('2027-05-30', ', last_day: 2027-05-30')).toEqual([]);
    expect(own('2027-05-31', '', '2026-11-22')).toEqual([late('2026-11-22', '2026-11-21')]);
  });

  test('that nobody uses may end at any time', () => {
    const unused = but(hours('paas', 'UTC'), 'holidays: list\n', '');
    expect(findingsIn(unused + list('2026-10-01', '2026-10-02'))).toEqual([]);
  });

  test('that an amendment starts to use is checked too', () => {
    const amended = hours('paas', 'UTC', 'amendments: [{first_day: 2027-01-01, holidays: other}]\n');
    const both = (until: string, from = '2026-10-01') =>
      findingsIn(amended + list('2026-10-01', '2027-05-31') + list(from, until, 'other'));
    expect(both('2027-05-31')).toEqual([]);
    expect(both('2027-05-31', '2027-01-01')).toEqual([]);
    expect(both('2027-05-31', '2027-01-02')).toEqual([
      'policies/holidays/other.yaml:2:16 holidays-run-out/begins-late {fromOn: 2027-01-02, neededOn: 2027-01-01}',
    ]);
    expect(both('2027-05-30')).toEqual([short('2027-05-30', '2027-05-31', 'other')]);
  });

  test('that an amendment stops using extends to its day', () => {
    const amended = hours('paas', 'UTC', 'amendments: [{first_day: 2027-01-01, holidays: other}]\n');
    const both = (until: string) =>
      findingsIn(amended + list('2026-10-01', until) + list('2027-01-01', '2027-05-31', 'other'));
    expect(both('2026-12-31')).toEqual([]);
    expect(both('2026-12-30')).toEqual([short('2026-12-30', '2026-12-31')]);
  });

  test('that two zones use extends to the later horizon', () => {
    const both = (until: string) =>
      findingsIn(hours('a', 'UTC') + hours('b', 'Europe/London') + list('2026-10-01', until));
    expect(both('2027-06-01')).toEqual([]);
    expect(both('2027-05-31')).toEqual([short('2027-05-31', '2027-06-01')]);
  });

  test('extends as far as the policy publishes', () => {
    const ahead = (weeks: number, now: string) =>
      findingsIn(
        `${hours('paas', 'UTC')}${list('2026-10-01', '2027-05-31')}== policies/publishing.yaml\nahead: ${weeks} weeks\n`,
        now,
      );
    expect(ahead(26, '2026-11-30T23:59:00Z')).toEqual([]);
    expect(ahead(26, '2026-12-01T00:00:00Z')).toEqual([short('2027-05-31', '2027-06-30')]);
    expect(ahead(25, '2026-12-01T00:00:00Z')).toEqual([]);
  });
});

const format = wordsOf(holidaysRunOutRule);
test.each([
  [
    format({ code: 'ends-early', args: { untilOn: day('2026-12-31'), neededOn: day('2027-06-01') } }),
    'this list ends on 2026-12-31, and published rotas use it up to 2027-06-01; extend it with "rota holidays"',
  ],
  [
    format({ code: 'begins-late', args: { fromOn: day('2026-10-02'), neededOn: day('2026-10-01') } }),
    'this list begins on 2026-10-02, and published rotas use it from 2026-10-01; extend it with "rota holidays"',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
