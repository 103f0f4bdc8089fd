/** Windows with uncovered minutes, and windows that are covered to the last minute. */
import { describe, expect, test } from 'vitest';
import { uncovered as uncoveredRule } from '../../../actions/lib/check/rules/uncovered.ts';
import { found as findingsIn, wordsOf } from '../../found.ts';
import { at, but, folk } from '../../handbook.ts';

const sound = `${folk('amara', 'ben')}== rotas/team/rota.yaml
name: Rota
timezone: UTC
hours: hours
covers: [day]
handover: {day: monday, time: "10:00"}
roles:
  lead:
    counts: true
    rotation:
      - {first_turn: 2026-11-16, people: [amara]}
overrides: []
== policies/support-hours/hours.yaml
name: Hours
timezone: UTC
windows:
  day: [{days: working, from: "09:00", to: "17:00"}]
  evening: [{days: working, from: "17:00", to: "20:00"}]
covered_by:
  day: [team/rota/lead]
`;
const nobody = (when: string, window = 'day', code = 'gap', place = '7:9') =>
  `policies/support-hours/hours.yaml:${place} uncovered/${code} {role: team/rota/lead, window: ${window}, ${when}}`;

test('a window whose role is held from now to the horizon is covered', () => {
  expect(findingsIn(sound)).toEqual([]);
});

describe('a window is not covered', () => {
  test.each<[what: string, passage: string, other: string, ...found: string[]]>([
    [
      'by a role that begins later',
      'first_turn: 2026-11-16',
      'first_turn: 2026-11-23',
      nobody('startAt: 2026-11-23T09:00+00:00, endAt: 2026-11-23T10:00+00:00'),
    ],
    [
      'by an entry of nobody',
      'people: [amara]}',
      'people: [amara]}\n      - {first_turn: 2027-01-04, people: []}\n      - {first_turn: 2027-01-11, people: [ben]}',
      nobody('startAt: 2027-01-04T10:00+00:00, endAt: 2027-01-04T17:00+00:00, more: 5'),
    ],
    [
      'by an entry of nobody on the last day before the horizon',
      'people: [amara]}',
      'people: [amara]}\n      - {first_turn: 2027-05-31, people: []}',
      nobody('startAt: 2027-05-31T10:00+00:00, endAt: 2027-05-31T17:00+00:00'),
    ],
    [
      'not by an entry of nobody past the horizon',
      'people: [amara]}',
      'people: [amara]}\n      - {first_turn: 2027-06-07, people: []}',
    ],
    [
      'by a window that the rota leaves out',
      '  day: [team/rota/lead]',
      '  evening: [team/rota/lead]',
      nobody(
        'startAt: 2026-11-23T17:00+00:00, endAt: 2026-11-23T20:00+00:00, more: 135',
        'evening',
        'gap',
        '7:13',
      ),
    ],
    ['not by a window that the rota covers', 'covers: [day]', 'covers: [day, evening]'],
    [
      'by a role that does not count',
      'counts: true',
      'counts: false',
      nobody(
        'startAt: 2026-11-23T09:00+00:00, endAt: 2026-11-23T17:00+00:00, more: 135',
        'day',
        'gives-no-cover',
      ),
    ],
    [
      'by a rota that is amended to cover another window',
      'overrides: []',
      'amendments: [{first_day: 2027-05-31, covers: [evening]}]',
      nobody('startAt: 2027-05-31T09:00+00:00, endAt: 2027-05-31T17:00+00:00'),
    ],
    [
      'not by a window that is amended to be longer, for the rota covers it all',
      '  day: [team/rota/lead]',
      '  day: [team/rota/lead]\namendments:\n  - first_day: 2027-05-31\n    windows: {day: [{days: working, from: "08:00", to: "17:00"}]}',
    ],
    [
      'by a promise that is amended',
      '  day: [team/rota/lead]',
      '  day: [team/rota/lead]\namendments:\n  - first_day: 2027-05-28\n    covered_by: {evening: [team/rota/lead]}',
      nobody(
        'startAt: 2027-05-28T17:00+00:00, endAt: 2027-05-28T20:00+00:00, more: 1',
        'evening',
        'gap',
        '10:28',
      ),
    ],
    [
      'not by a promise that is amended away before the role ends',
      '  day: [team/rota/lead]',
      '  day: [team/rota/lead]\namendments: [{first_day: 2027-06-01, covered_by: {}}]',
    ],
  ])('%s', (_, passage, other, ...found) => {
    expect(findingsIn(but(sound, passage, other))).toEqual(found);
  });
});

test('a gap is filled by an override of the hours, to the minute, and by extra time', () => {
  const hole = but(sound, 'first_turn: 2026-11-16', 'first_turn: 2026-11-23');
  const filled = (text: string, line: string) =>
    findingsIn(but(text, 'overrides: []', `overrides:\n  - {role: lead, person: ben, ${line}}`));
  expect(filled(hole, 'from: 2026-11-23T09:00, to: 2026-11-23T10:00')).toEqual([]);
  expect(filled(hole, 'from: 2026-11-23T09:00, to: 2026-11-23T09:59')).toEqual([
    nobody('startAt: 2026-11-23T09:59+00:00, endAt: 2026-11-23T10:00+00:00'),
  ]);
  expect(filled(hole, 'from: 2026-11-23T09:01, to: 2026-11-23T10:00')).toEqual([
    nobody('startAt: 2026-11-23T09:00+00:00, endAt: 2026-11-23T09:01+00:00'),
  ]);
  const evening = but(sound, '  day: [team/rota/lead]', '  evening: [team/rota/lead]');
  expect(
    filled(
      but(
        evening,
        '[{days: working, from: "17:00", to: "20:00"}]',
        '[{days: holidays, from: "17:00", to: "20:00"}]',
      ),
      'from: 2026-11-23T17:00, to: 2026-11-23T20:00, extra: true',
    ),
  ).toEqual([]);
});

test('a gap that is over is not reported, and of one that continues only the rest', () => {
  const hole = but(sound, 'first_turn: 2026-11-16', 'first_turn: 2026-11-23');
  expect(findingsIn(hole, '2026-11-23T09:59:00Z')).toEqual([
    nobody('startAt: 2026-11-23T09:59+00:00, endAt: 2026-11-23T10:00+00:00'),
  ]);
  expect(findingsIn(hole, '2026-11-23T10:00:00Z')).toEqual([]);
});

const format = wordsOf(uncoveredRule);
test.each([
  [
    format({
      code: 'gap',
      args: {
        role: 'team/rota/lead',
        window: 'day',
        zone: 'UTC',
        startAt: at('2026-11-23T09:00Z'),
        endAt: at('2026-11-23T10:00Z'),
        more: 0,
      },
    }),
    'nobody is team/rota/lead Mon 23 Nov 09:00 – 10:00 (day); assign somebody',
  ],
  [
    format({
      code: 'gap',
      args: {
        role: 'team/rota/lead',
        window: 'day',
        zone: 'UTC',
        startAt: at('2027-01-04T10:00Z'),
        endAt: at('2027-01-04T17:00Z'),
        more: 5,
      },
    }),
    'nobody is team/rota/lead Mon 4 Jan 10:00 – 17:00 and 5 more times (day); assign somebody',
  ],
  [
    format({
      code: 'gap',
      args: {
        role: 'team/rota/lead',
        window: 'evening',
        zone: 'UTC',
        startAt: at('2027-05-28T17:00Z'),
        endAt: at('2027-05-28T20:00Z'),
        more: 1,
      },
    }),
    'nobody is team/rota/lead Fri 28 May 17:00 – 20:00 and 1 more time (evening); assign somebody',
  ],
  [
    format({
      code: 'gives-no-cover',
      args: {
        role: 'team/rota/lead',
        window: 'day',
        zone: 'UTC',
        startAt: at('2026-11-23T09:00Z'),
        endAt: at('2026-11-23T17:00Z'),
        more: 135,
      },
    }),
    'nobody is team/rota/lead Mon 23 Nov 09:00 – 17:00 and 135 more times (day); that role gives no cover (counts: false), so name another',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
