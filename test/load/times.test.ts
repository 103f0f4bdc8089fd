/** Dates and times that do not exist, and spans that run backwards; each with the nearest one that is fine. */
import { describe, expect, test } from 'vitest';
import { but, checked, everything, folk } from '../handbook.ts';

const NIGHTS = 'rotas/paas/nights.yaml';
const PEOPLE = 'rotas/people.yaml';
const HOURS = 'policies/support-hours/paas.yaml';
const HOLIDAYS = 'policies/holidays/england.yaml';

const timesFindings = (found: readonly string[]) => found.map((line) => `${line} [times]`);

test.each([
  ['back: 520 weeks\nahead: 3640 days'],
  ['back: 521 weeks', '1:7 "521 weeks" is more than 520 weeks, which is the most; take a shorter time'],
  ['ahead: 3641 days', '1:8 "3641 days" is more than 520 weeks, which is the most; take a shorter time'],
  ['back: 119 months\nahead: 6 months'],
  ['ahead: 120 months', '1:8 "120 months" is more than 520 weeks, which is the most; take a shorter time'],
  ['ahead: 9999 weeks', '1:8 "9999 weeks" is more than 520 weeks, which is the most; take a shorter time'],
])('at most ten years are published: %s', (policy, ...found) => {
  expect(checked(`== policies/publishing.yaml\n${policy}\n`)).toEqual(
    found.map((line) => `policies/publishing.yaml:${line} [schema]`),
  );
});

describe('a local time that the clocks skip', () => {
  const cover = (zone: string, from: string, to: string) => `${folk('amara', 'ben')}== rotas/team/rota.yaml
name: Rota
timezone: ${zone}
handover: {day: monday, time: "10:00"}
roles: {lead: {rotation: [{first_turn: 2000-01-03, people: [amara]}]}}
overrides:
  - role: lead
    person: ben
    instead_of: amara
    from: ${from}
    to: ${to}
`;
  const skipped = (time: string, zone: string) =>
    `${time} does not exist in ${zone}, where the clocks go forward over it; choose a time after the gap`;

  test.each<[zone: string, from: string, to: string, ...found: string[]]>([
    ['Europe/London', '2027-03-28T00:59', '2027-03-28T02:00'],
    [
      'Europe/London',
      '2027-03-28T01:00',
      '2027-03-28T02:00',
      `9:11 ${skipped('2027-03-28T01:00', 'Europe/London')}`,
    ],
    [
      'Europe/London',
      '2027-03-28T00:59',
      '2027-03-28T01:59',
      `10:9 ${skipped('2027-03-28T01:59', 'Europe/London')}`,
    ],
    [
      'Europe/London',
      '2027-03-28T01:15',
      '2027-03-28T01:45',
      `9:11 ${skipped('2027-03-28T01:15', 'Europe/London')}`,
      `10:9 ${skipped('2027-03-28T01:45', 'Europe/London')}`,
    ],
    ['Europe/London', '2027-10-31T00:59', '2027-10-31T01:30'],
    ['Europe/London', '2027-10-31T01:30', '2027-10-31T02:00'],
    ['UTC', '2027-03-28T01:00', '2027-03-28T01:59'],
    [
      'America/New_York',
      '2027-03-14T02:30',
      '2027-03-14T04:00',
      `9:11 ${skipped('2027-03-14T02:30', 'America/New_York')}`,
    ],
    ['America/New_York', '2027-03-28T01:30', '2027-03-28T04:00'],
    [
      'Australia/Lord_Howe',
      '2027-10-03T02:29',
      '2027-10-03T04:00',
      `9:11 ${skipped('2027-10-03T02:29', 'Australia/Lord_Howe')}`,
    ],
    ['Australia/Lord_Howe', '2027-10-03T02:30', '2027-10-03T04:00'],
    [
      'Pacific/Apia',
      '2011-12-29T23:59',
      '2011-12-30T12:00',
      `10:9 ${skipped('2011-12-30T12:00', 'Pacific/Apia')}`,
    ],
    ['Pacific/Apia', '2011-12-29T23:59', '2011-12-31T00:00'],
    ['UTC', '2027-02-28T10:00', '2027-02-29T10:00', '10:9 there is no 2027-02-29 in the calendar'],
    ['UTC', '2028-02-28T10:00', '2028-02-29T10:00'],
    ['UTC', '2027-06-31T10:00', '2027-07-01T10:00', '9:11 there is no 2027-06-31 in the calendar'],
    ['UTC', '2027-06-30T10:00', '2027-06-30T10:01'],
    [
      'UTC',
      '2027-06-30T10:00',
      '2027-06-30T10:00',
      '10:9 this ends at 2027-06-30T10:00, not after it begins (2027-06-30T10:00); give it a later end',
    ],
    [
      'UTC',
      '2027-06-30T10:00',
      '2027-06-29T11:00',
      '10:9 this ends at 2027-06-29T11:00, not after it begins (2027-06-30T10:00); give it a later end',
    ],
    [
      'Europe/London',
      '2027-10-31T01:45',
      '2027-10-31T01:15',
      '10:9 this ends at 2027-10-31T01:15, not after it begins (2027-10-31T01:45); give it a later end',
    ],
  ])('%s: %s to %s', (zone, from, to, ...found) => {
    expect(checked(cover(zone, from, to))).toEqual(
      timesFindings(found.map((line) => `rotas/team/rota.yaml:${line}`)),
    );
  });
});

describe.each<[what: string, cases: [passage: string, other: string, ...found: string[]][]]>([
  [
    'a date that does not exist',
    [
      [
        'first_turn: 2026-09-30',
        'first_turn: 2026-09-31',
        `${NIGHTS}:10:22 there is no 2026-09-31 in the calendar`,
      ],
      ['turns: {2027-01-06', 'turns: {2027-02-30', `${NIGHTS}:12:13 there is no 2027-02-30 in the calendar`],
      ['turn: 2027-02-03', 'turn: 2027-13-03', `${NIGHTS}:19:28 there is no 2027-13-03 in the calendar`],
      [
        'first_day: 2027-03-01\n    covers',
        'first_day: 2027-02-29\n    covers',
        `${NIGHTS}:27:16 there is no 2027-02-29 in the calendar`,
      ],
      [
        'last_day: 2029-03-31',
        'last_day: 2029-03-32',
        `${PEOPLE}:10:15 there is no 2029-03-32 in the calendar`,
      ],
      [
        'last_day: 2026-12-20',
        'last_day: 2026-12-00',
        `${PEOPLE}:17:43 there is no 2026-12-00 in the calendar`,
        `${PEOPLE}:17:43 this ends on 2026-12-00, before it begins on 2026-12-17; exchange the two`,
      ],
      ['2026-12-28: Boxing', '2026-11-31: Boxing', `${HOLIDAYS}:6:3 there is no 2026-11-31 in the calendar`],
      [
        'complete_until: 2030-12-31',
        'complete_until: 2030-02-30',
        `${HOLIDAYS}:3:17 there is no 2030-02-30 in the calendar`,
      ],
    ],
  ],
  [
    'a leap day that exists, and other edge cases',
    [
      ['last_day: 2029-03-31', 'last_day: 2028-02-29'],
      ['complete_until: 2030-12-31', 'complete_until: 2099-12-31'],
      ['complete_from: 2026-01-01', 'complete_from: 2000-02-29'],
      ['first_day: 2026-12-17, last_day: 2026-12-20', 'first_day: 2026-12-17, last_day: 2026-12-17'],
      [
        'complete_from: 2026-01-01\ncomplete_until: 2030-12-31',
        'complete_from: 2026-01-01\ncomplete_until: 2030-12-30',
      ],
    ],
  ],
  [
    'what runs backwards, or occurs twice',
    [
      [
        'last_day: 2026-12-20',
        'last_day: 2026-12-16',
        `${PEOPLE}:17:43 this ends on 2026-12-16, before it begins on 2026-12-17; exchange the two`,
      ],
      [
        'first_turn: 2027-04-07',
        'first_turn: 2026-09-23',
        `${NIGHTS}:11:22 this begins on 2026-09-23, not after the entry above (2026-09-30); order entries by their first turn`,
      ],
      [
        'first_turn: 2027-04-07',
        'first_turn: 2026-09-30',
        `${NIGHTS}:11:22 this begins on 2026-09-30, not after the entry above (2026-09-30); order entries by their first turn`,
      ],
      [
        '    covers: [waking, overnight]\n',
        '    covers: [waking, overnight]\n  - {first_day: 2027-03-01, hours: paas}\n',
        `${NIGHTS}:29:17 two amendments begin on 2027-03-01; write them as one`,
      ],
      [
        '    covered_by: {waking: [paas/nights/engineer]}\n',
        '    covered_by: {waking: [paas/nights/engineer]}\n  - {first_day: 2027-03-01, holidays: england}\n',
        `${HOURS}:14:17 two amendments begin on 2027-03-01; write them as one`,
      ],
      [
        'handover: {day: wednesday, time: "10:00"}',
        'handover: [{day: wednesday, time: "10:00"}, {day: wednesday, time: "22:00"}]',
        `${NIGHTS}:5:51 wednesday appears twice; a day has one hand-over`,
      ],
      [
        '    covers: [waking',
        '    handover: [{day: monday, time: "10:00"}, {day: monday, time: "11:00"}]\n    covers: [waking',
        `${NIGHTS}:28:52 monday appears twice; a day has one hand-over`,
      ],
      [
        'in-hours: [{days: working, from: "09:00", to: "17:00"}]',
        'in-hours: {outside: [waking, overnight]}',
        `${HOURS}:6:32 "overnight" is itself defined as outside other windows; name windows with days and times`,
        `${HOURS}:8:25 "in-hours" is itself defined as outside other windows; name windows with days and times`,
      ],
      [
        'outside: [in-hours, waking]',
        'outside: [overnight]',
        `${HOURS}:8:25 "overnight" is itself defined as outside other windows; name windows with days and times`,
      ],
      [
        '  2026-12-28: Boxing Day',
        '  2025-12-31: Too early\n  2026-01-01: First\n  2030-12-31: Last\n  2031-01-01: Too late',
        `${HOLIDAYS}:6:3 2025-12-31 is before complete_from (2026-01-01); give the list an earlier start or remove the day`,
        `${HOLIDAYS}:9:3 2031-01-01 is after complete_until (2030-12-31); give the list a later end or remove the day`,
      ],
      [
        'complete_until: 2030-12-31',
        'complete_until: 2026-12-26',
        `${HOLIDAYS}:6:3 2026-12-28 is after complete_until (2026-12-26); give the list a later end or remove the day`,
      ],
      [
        'complete_until: 2030-12-31',
        'complete_until: 2026-12-24',
        `${HOLIDAYS}:5:3 2026-12-25 and another day are after complete_until (2026-12-24); give the list a later end or remove them`,
      ],
      [
        '  2026-12-28: Boxing Day',
        '  2031-01-01: One\n  2031-04-11: Two\n  2031-12-25: Three\n  2031-12-26: Four',
        `${HOLIDAYS}:6:3 2031-01-01 and 3 more days are after complete_until (2030-12-31); give the list a later end or remove them`,
      ],
      [
        'complete_from: 2026-01-01',
        'complete_from: 2027-01-01',
        `${HOLIDAYS}:5:3 2026-12-25 and another day are before complete_from (2027-01-01); give the list an earlier start or remove them`,
      ],
      [
        'complete_until: 2030-12-31',
        'complete_until: 2025-12-31',
        `${HOLIDAYS}:3:17 the list ends on 2025-12-31, before it begins on 2026-01-01; exchange the two`,
      ],
      [
        '2026-12-28: Boxing Day',
        '2026-12-28: Boxing Day\nadded: {2031-06-16: A day off}',
        `${HOLIDAYS}:7:9 2031-06-16 is after complete_until (2030-12-31); give the list a later end or remove the day`,
      ],
      [
        'last_day: 2029-03-31',
        'first_day: 2029-04-01\n    last_day: 2029-03-31',
        `${PEOPLE}:11:15 the last day is 2029-03-31, before the first (2029-04-01); correct one of the two`,
      ],
      [
        'first_day: 2026-12-17, last_day: 2026-12-20',
        'from: 2026-12-17T09:00, to: 2026-12-17T09:00',
        `${PEOPLE}:17:38 this ends at 2026-12-17T09:00, not after it begins (2026-12-17T09:00); give it a later end`,
      ],
      [
        'last_day: 2029-03-31',
        'last_day: 2029-03-31\n    works: [{days: [monday], since: 2027-02-01}, {days: [friday], since: 2027-02-01}]',
        `${PEOPLE}:11:74 this begins on 2027-02-01, not after the pattern above (2027-02-01); order patterns by their since`,
      ],
      [
        'last_day: 2029-03-31',
        'last_day: 2029-03-31\n    works: [{days: [monday]}, {days: [friday]}]',
        `${PEOPLE}:11:31 only the first pattern can be without since; write the day from which this one applies`,
      ],
    ],
  ],
  [
    'what the zone of a person decides',
    [
      [
        'first_day: 2026-12-17, last_day: 2026-12-20, reason: leave}',
        'from: 2028-03-26T01:30, to: 2028-03-26T03:00}',
      ],
      [
        'first_day: 2026-12-17, last_day: 2026-12-20, reason: leave}',
        'from: 2028-03-26T01:30, to: 2028-03-26T03:00}\n    zone: Europe/Dublin',
        `${PEOPLE}:17:16 2028-03-26T01:30 does not exist in Europe/Dublin, where the clocks go forward over it; choose a time after the gap`,
      ],
    ],
  ],
  [
    'a recommendation of less than the minimum',
    [
      ['minimum: 7 days, recommended: 14 days', 'minimum: 2 weeks, recommended: 14 days'],
      ['minimum: 7 days, recommended: 14 days', 'minimum: 1 month, recommended: 30 days'],
      [
        'minimum: 7 days, recommended: 14 days',
        'minimum: 14 days, recommended: 1 week',
        'policies/notice.yaml:1:46 the recommendation, 1 week, is less than the minimum, 14 days; recommend more, or leave "recommended" out',
      ],
      [
        'published_ahead: 13 weeks',
        'teams: {paas: {rota_change: {minimum: 2 months, recommended: 1 month}}}\npublished_ahead: 13 weeks',
        'policies/notice.yaml:2:62 the recommendation, 1 month, is less than the minimum, 2 months; recommend more, or leave "recommended" out',
      ],
    ],
  ],
  [
    'a holiday that is observed on another day',
    [
      [
        '2026-12-25: Christmas Day',
        '2026-12-25: Christmas Day\n  2026-12-26: {name: Boxing Day, observed_on: 2026-12-28}',
      ],
      [
        '2026-12-25: Christmas Day',
        '2026-12-25: Christmas Day\n  2026-12-26: {name: Boxing Day, observed_on: 2026-12-29}',
        `${HOLIDAYS}:6:47 2026-12-29 is not a holiday of this list; add it under holidays, or name the day on which this one is observed`,
      ],
      [
        '2026-12-25: Christmas Day',
        '2026-12-25: Christmas Day\n  2026-12-26: {name: Boxing Day, observed_on: 2026-12-26}',
        `${HOLIDAYS}:6:47 2026-12-26 is not a holiday of this list; add it under holidays, or name the day on which this one is observed`,
      ],
    ],
  ],
])('%s', (_, cases) => {
  test.each(cases)('%j, now %j', (passage, other, ...found) => {
    expect(checked(but(everything, passage, other))).toEqual(timesFindings(found));
  });
});
