/** Dates and times that do not exist; all kinds are in `load/times.test.ts`. */
import { expect, test } from 'vitest';
import { type TimesCodes, times } from '../../../actions/lib/check/rules/times.ts';
import { type Day, dayOf } from '../../../actions/lib/time/date.ts';
import { at, checked } from '../../handbook.ts';
import { type WordTable, worded } from '../word-table.ts';

const away = (first: string, last: string) =>
  checked(`== rotas/people.yaml
people:
  amara:
    name: Amara
    away:
      - first_day: ${first}
        last_day: ${last}
`);

test('an absence on days that exist, in their order, is fine', () => {
  expect(away('2027-02-27', '2027-02-28')).toEqual([]);
  expect(away('2028-02-28', '2028-02-29')).toEqual([]);
});

test('a day that is not in the calendar is reported at the day', () => {
  expect(away('2027-02-28', '2027-02-29')).toEqual([
    'rotas/people.yaml:6:19 there is no 2027-02-29 in the calendar [times]',
  ]);
});

test('an absence that ends before it begins is reported at its end', () => {
  expect(away('2027-02-28', '2027-02-27')).toEqual([
    'rotas/people.yaml:6:19 this ends on 2027-02-27, before it begins on 2027-02-28; exchange the two [times]',
  ]);
});

/** A rota with a hand-over every hour, or every week, and one line of years ahead. */
const far = (handover: string, lines: string) =>
  checked(`== rotas/people.yaml
people: {amara: {name: Amara}}
== rotas/paas/hourly.yaml
name: Hourly
timezone: Europe/London
handover: ${handover}
roles:
  engineer: {counts: false}
${lines}`);
const HOURLY = `{every: day, times: [${Array.from({ length: 24 }, (_, i) => `"${`${i}`.padStart(2, '0')}:00"`).join(', ')}]}`;
const WEEKLY = '{day: wednesday, time: "10:00"}';
const UNTIL = (day: string) =>
  `overrides: [{role: engineer, from: 2026-12-30T10:00, to: ${day}T10:00, person: amara}]\n`;
const NONE_OF_TIMES = expect.not.arrayContaining([expect.stringContaining('[times]')]);

test('a line with years of so many shifts before it that they cannot be compared is reported there', () => {
  expect(far(HOURLY, UNTIL('2062-01-06'))).toEqual([
    'rotas/paas/hourly.yaml:6:13 this rota has too many shifts up to Fri 6 Jan 2062 to compare them; ' +
      'correct the year, or leave out what is years away [times]',
  ]);
  expect(far(HOURLY, UNTIL('2036-01-06'))).toEqual(NONE_OF_TIMES);
  expect(far(WEEKLY, UNTIL('2099-01-06'))).toEqual(NONE_OF_TIMES);
});

const WORDS: WordTable<TimesCodes> = {
  'absence-order': [
    [
      { first: '2026-12-17', last: '2026-12-00' },
      'this ends on 2026-12-00, before it begins on 2026-12-17; exchange the two',
    ],
  ],
  'curly-quotes': [[{ meant: 'monday' }, 'these are curly quotes; use plain ones: "monday"']],
  'too-far-ahead': [
    [
      { lastOn: dayOf('2098-12-31') as Day },
      'this rota has too many shifts up to Wed 31 Dec 2098 to compare them; correct the year, or leave out what is years away',
    ],
  ],
  'window-empty': [
    [
      { zone: 'Europe/London', startAt: at('2027-03-15T09:00Z'), endAt: at('2027-03-15T08:00Z') },
      'this begins Mon 15 Mar 09:00 and ends Mon 15 Mar 08:00 (Europe/London), so it would be empty; move one of its edges',
    ],
  ],
  'window-too-long': [
    [
      { zone: 'UTC', startAt: at('2026-12-07T09:00Z'), endAt: at('2026-12-08T13:00Z') },
      'this begins Mon 7 Dec 09:00 and ends Tue 8 Dec 13:00 (UTC), which is more than a day; move one of its edges',
    ],
  ],
  'double-amendment': [[{ day: '2027-03-01' }, 'two amendments begin on 2027-03-01; write them as one']],
  'double-handover': [[{ day: 'wednesday' }, 'wednesday appears twice; a day has one hand-over']],
  'ends-before': [
    [
      { from: '2027-06-30T10:00', to: '2027-06-30T10:00' },
      'this ends at 2027-06-30T10:00, not after it begins (2027-06-30T10:00); give it a later end',
    ],
  ],
  'mail-without-sender': [
    [{}, 'mails need a sender; add "email: {from: rota@example.org}" with your address'],
  ],
  'quiet-all-day': [
    [
      { time: '20:00' },
      'quiet hours from 20:00 to 20:00 never end, and no message would be sent; move one of the two',
    ],
  ],
  'list-order': [
    [
      { from: '2026-01-01', until: '2025-12-31' },
      'the list ends on 2025-12-31, before it begins on 2026-01-01; exchange the two',
    ],
  ],
  'less-than-minimum': [
    [
      { minimum: '14 days', recommended: '7 days' },
      'the recommendation, 7 days, is less than the minimum, 14 days; recommend more, or leave "recommended" out',
    ],
  ],
  'leaves-first': [
    [
      { first: '2027-02-01', last: '2027-01-31' },
      'the last day is 2027-01-31, before the first (2027-02-01); correct one of the two',
    ],
  ],
  'observed-nowhere': [
    [
      { day: '2026-12-29' },
      '2026-12-29 is not a holiday of this list; add it under holidays, or name the day on which this one is observed',
    ],
  ],
  'pattern-order': [
    [
      { since: '2027-01-01', above: '2027-02-01' },
      'this begins on 2027-01-01, not after the pattern above (2027-02-01); order patterns by their since',
    ],
  ],
  'pattern-without-since': [
    [{}, 'only the first pattern can be without since; write the day from which this one applies'],
  ],
  'no-such-date': [[{ date: '2026-11-31' }, 'there is no 2026-11-31 in the calendar']],
  'outside-an-outside': [
    [
      { window: 'in-hours' },
      '"in-hours" is itself defined as outside other windows; name windows with days and times',
    ],
  ],
  'outside-list': [
    [
      { day: '2025-12-31', more: 0, end: 'complete_from', limit: '2026-01-01' },
      '2025-12-31 is before complete_from (2026-01-01); give the list an earlier start or remove the day',
    ],
    [
      { day: '2031-01-01', more: 0, end: 'complete_until', limit: '2030-12-31' },
      '2031-01-01 is after complete_until (2030-12-31); give the list a later end or remove the day',
    ],
    [
      { day: '2026-12-25', more: 1, end: 'complete_until', limit: '2026-12-24' },
      '2026-12-25 and another day are after complete_until (2026-12-24); give the list a later end or remove them',
    ],
    [
      { day: '2031-01-01', more: 3, end: 'complete_until', limit: '2030-12-31' },
      '2031-01-01 and 3 more days are after complete_until (2030-12-31); give the list a later end or remove them',
    ],
  ],
  'requested-late': [
    [
      { requested: '2026-12-11T11:00:00Z', start: '2026-12-11T11:00:00Z' },
      'this was requested at 2026-12-11T11:00:00Z, not before it begins (2026-12-11T11:00:00Z); write when it was requested',
    ],
  ],
  'rotation-order': [
    [
      { firstTurn: '2026-09-23', above: '2026-09-30' },
      'this begins on 2026-09-23, not after the entry above (2026-09-30); order entries by their first turn',
    ],
  ],
  'skipped-time': [
    [
      { time: '2011-12-30T12:00', zone: 'Pacific/Apia' },
      '2011-12-30T12:00 does not exist in Pacific/Apia, where the clocks go forward over it; choose a time after the gap',
    ],
  ],
  'working-days-of-no-hours': [
    [
      {},
      'this rota has no support hours, which say what working days are; add "hours", or write "every: weekday"',
    ],
  ],
};

test.each(worded(times, WORDS))('%s: %s', (_, expected, made) => expect(made).toBe(expected));
