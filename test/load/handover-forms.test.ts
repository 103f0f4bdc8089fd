/** Hand-overs, names of turns and followers that are out of bounds, of the wrong type, or contradict themselves. */
import { describe, expect, test } from 'vitest';
import { but, checked, everything, loaded } from '../handbook.ts';

const NIGHTS = 'rotas/paas/nights.yaml';
const HANDOVER = 'handover: {day: wednesday, time: "10:00"}';

/** The findings at the line of the hand-over. */
const at = (handover: string): string[] =>
  checked(but(everything, HANDOVER, `handover: ${handover}`))
    .filter((line) => line.startsWith(`${NIGHTS}:5:`))
    .map((line) => line.slice(`${NIGHTS}:5:`.length));

describe('a hand-over is answered with the text to write', () => {
  test.each([
    ['{every: 2 weeks, day: friday, time: "08:30"}', '{day: friday, time: "08:30", weeks: 2}'],
    ['{every: fortnight, time: "08:30"}', '{day: monday, time: "08:30", weeks: 2}'],
    ['{every: 99 weeks, time: "08:30"}', '{day: monday, time: "08:30", weeks: 2}'],
    ['{every: week, time: "9"}', '{day: monday, time: "09:00"}'],
    ['{every: month, time: "08:30"}', '{date: 1, time: "08:30"}'],
    ['{every: month, date: 31, time: "08:30"}', '{date: last, time: "08:30"}'],
    ['{date: 29, time: "08:30"}', '{date: last, time: "08:30"}'],
    ['{date: end, time: "08:30"}', '{date: last, time: "08:30"}'],
    ['{date: 0, time: "08:30"}', '{date: 1, time: "08:30"}'],
    ['{date: 1.5, time: "08:30"}', '{date: 1, time: "08:30"}'],
    ['{date: [1], time: {}}', '{date: 1, time: "09:00"}'],
    [
      '{day: friday, date: 1, time: "08:30", weeks: 3}',
      '{day: friday, time: "08:30", weeks: 3} or {date: 1, time: "08:30"}',
    ],
    ['{every: working_day, times: ["06:00", "18:00"]}', '{every: day, times: ["06:00", "18:00"]}'],
    ['{day: friday, times: 6}', '{every: day, times: ["06:00", "18:00"]}'],
    ['friday', '{day: friday, time: "09:00"}'],
    ['fortnightly', '{day: monday, time: "09:00", weeks: 2}'],
    ['monthly', '{date: 1, time: "09:00"}'],
    ['at noon', '{day: monday, time: "09:00"}'],
    ['{every: fri, time: "08:30"}', '{day: friday, time: "08:30"}'],
    ['{every: workday, time: "08:30"}', '{every: working_day, time: "08:30"}'],
    ['{every: daily, time: "08:30"}', '{every: day, time: "08:30"}'],
    ['{every: [monday, fri], time: "08:30"}', '[{day: monday, time: "08:30"}, {day: friday, time: "08:30"}]'],
    ['[{day: friday, time: "10:00", weeks: 2}]', '{day: friday, time: "10:00", weeks: 2}'],
    [
      '[{day: monday, time: "09:00", weeks: 2}, {day: friday, time: "17:00"}]',
      '{day: monday, time: "09:00", weeks: 2} or [{day: monday, time: "09:00"}, {day: friday, time: "17:00"}]',
    ],
    ['[{day: monday, time: "09:00"}, {date: 31, time: "17:00"}]', '{date: last, time: "17:00"}'],
    ['{date: 1, day: friday, time: "10:00"}', '{day: friday, time: "10:00"} or {date: 1, time: "10:00"}'],
    [
      '{day: friday, every: weekday, time: "10:00"}',
      '{day: friday, time: "10:00"} or {every: weekday, time: "10:00"}',
    ],
    [
      '{every: day, time: "07:00", times: ["06:00", "18:00"]}',
      '{every: day, times: ["06:00", "18:00"]} or {every: day, time: "07:00"}',
    ],
    ['{every: day, times: ["06:00"]}', '{every: day, time: "06:00"}'],
    ['{every: day, times: "06:00"}', '{every: day, time: "06:00"}'],
  ])('%s', (written, meant) => {
    expect(at(written)).toEqual([`11 no hand-over is written like this; write ${meant} [schema]`]);
  });

  test('in an amendment too, at its own line', () => {
    const amended = but(
      everything,
      'covers: [waking, overnight]\n',
      'handover: {every: month, time: "10:00"}\n',
    );
    expect(checked(amended)).toContain(
      `${NIGHTS}:28:15 no hand-over is written like this; write {date: 1, time: "10:00"} [schema]`,
    );
  });
});

describe('a value out of bounds, or a key that another excludes', () => {
  test.each([
    ['{day: friday, time: "10:00", weeks: 0}', '47 0 is out of bounds; "weeks" is at least 1 [schema]'],
    ['{day: friday, time: "10:00", weeks: 53}', '47 53 is out of bounds; "weeks" is at most 52 [schema]'],
    [
      '{day: friday, time: "10:00", weeks: 1.5}',
      '47 this is a number, and "weeks" is a whole number [schema]',
    ],
    [
      '{day: friday, time: "10:00", weeks: two}',
      '47 this is text, and "weeks" is a whole number; write 2 [schema]',
    ],
    ['{every: day, times: []}', '31 this has too few entries; "times" needs at least 2 entries [schema]'],
    [
      '{every: day, times: ["06:00", "06:00"]}',
      '31 the same entry appears twice, as numbers 1 and 2; keep one of them [schema]',
    ],
    [
      '{every: day, times: ["6:00", "18:00"]}',
      '32 "6:00" is not a time such as "06:00"; write "06:00" [schema]',
    ],
    [
      '{every: working-day, time: "06:00"}',
      '19 "working-day" is not one of day, working_day and weekday; did you mean "working_day"? [schema]',
    ],
  ])('%s', (written, ...expected) => {
    expect(at(written)).toEqual(expected);
  });

  test.each([
    ['by: 1', 'by: 0', '14:35 "by" cannot be 0; write 1'],
    ['by: 1', 'by: -53', '14:35 -53 is out of bounds; "by" is at least -52'],
    ['by: 1', 'by: -0.5', '14:35 this is a number, and "by" is a whole number'],
    ['{2027-01-06: ', '{2027-02-30T10:00: ', '12:13 there is no 2027-02-30 in the calendar'],
    ['{2027-01-06: ', '{"2027-01-06 10:00": ', '12:13 "2027-01-06 10:00" is not a date such as "2026-12-02"'],
    ['turn: 2027-02-03', 'turn: 2027-02-30', '19:28 there is no 2027-02-30 in the calendar'],
    [
      'turn: 2027-02-03',
      'turn: 2027-02-03T24:00',
      '19:28 "2027-02-03T24:00" is not a date such as "2026-12-02"',
    ],
    [
      'first_turn: 2026-09-30',
      'first_turn: 2026-09-31T10:00',
      '10:22 there is no 2026-09-31 in the calendar',
    ],
  ])('%s, then %s', (passage, other, expected) => {
    const found = checked(but(everything, passage, other));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(`${NIGHTS}:${expected}`);
  });

  test('entries are in order of first turn, those of one day by time', () => {
    const entries = (one: string, other: string) =>
      checked(`== rotas/people.yaml
people: {amara: {name: Amara}}
== rotas/paas/desk.yaml
name: Desk
timezone: UTC
handover: {every: day, times: ["06:00", "18:00"]}
roles:
  clerk: {rotation: [{first_turn: ${one}, people: [amara]}, {first_turn: ${other}, people: [amara]}]}
`);
    expect(entries('2026-12-01T06:00', '2026-12-01T18:00')).toEqual([]);
    expect(entries('2026-12-01T18:00', '2026-12-01T06:00')).toEqual([
      'rotas/paas/desk.yaml:5:84 this begins on 2026-12-01T06:00, not after the entry above (2026-12-01T18:00); order entries by their first turn [times]',
    ]);
  });
});

describe('working days need support hours', () => {
  const rota = (keys: string) => `== rotas/people.yaml
people: {amara: {name: Amara}}
== policies/support-hours/office.yaml
name: Office
timezone: UTC
windows: {office: [{days: working, from: "09:00", to: "17:00"}]}
== rotas/paas/desk.yaml
name: Desk
timezone: UTC
roles: {clerk: {rotation: [{first_turn: 2026-11-30, people: [amara]}, {first_turn: 2027-03-01, people: [amara]}]}}
${keys}
`;
  const NONE =
    'this rota has no support hours, which say what working days are; add "hours", or write "every: weekday" [times]';
  const working = '{every: working_day, time: "09:00"}';

  test.each([
    ['with them', `hours: office\nhandover: ${working}`],
    ['without, on weekdays', 'handover: {every: weekday, time: "09:00"}'],
    ['without', `handover: ${working}`, `rotas/paas/desk.yaml:4:19 ${NONE}`],
    [
      'from the amendment on that brings them',
      `handover: {day: monday, time: "09:00"}\namendments: [{first_day: 2027-03-01, hours: office, handover: ${working}}]`,
    ],
    [
      'by an amendment that comes too early',
      `handover: {day: monday, time: "09:00"}\namendments: [{first_day: 2027-04-01, hours: office}, {first_day: 2027-03-01, handover: ${working}}]`,
      `rotas/paas/desk.yaml:5:96 ${NONE}`,
    ],
  ])('%s', (_, keys, ...expected) => {
    expect(checked(rota(keys))).toEqual(expected);
  });
});

test('the names of turns keep their order, and a date differs from its midnight', () => {
  const { handbook } = loaded(
    but(everything, '{2027-01-06: chi-wong}', '{2027-01-06: chi-wong, 2027-01-06T00:00: ben-adeyemi}'),
  );
  expect([...(handbook.rotas.get('paas/nights')?.roles.get('engineer')?.turns.keys() ?? [])]).toHaveLength(2);
});
