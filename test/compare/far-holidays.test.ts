/** Who is asked about lines beyond the published span that give time only if certain days are, or are not, holidays. */
import { describe, expect, test } from 'vitest';
import { foundInPull } from '../found.ts';
import { aHandbook, compared, local } from '../handbook.ts';

const NOW = '2026-11-25T12:00:00Z';
const list = (until: string, more = '') => `name: Days
complete_from: 2026-01-01
complete_until: ${until}
holidays: {2026-12-25: Christmas Day${more}}`;
const UNKNOWN = list('2026-12-31');
const NONE = list('2028-12-31');
const KNOWN = list('2028-12-31', ', 2027-01-01: New Year, 2027-12-25: Christmas Day');

/** A rota of bank holidays, published for four weeks: up to the end of 2026. */
const handbook = (days: string, { year = 'ben', later = 'amara, mallory, ben', more = '' } = {}) =>
  aHandbook({
    people: {
      amara: 'name: Amara, github: amara-o',
      ben: 'name: Ben, github: ben-a',
      mallory: 'name: Mallory, github: mallory-m',
      nia: 'name: Nia, github: nia-r',
    },
    policies: {
      notice: 'consent: [both-people]',
      publishing: 'ahead: 4 weeks',
      'holidays/days': days,
      'support-hours/day': `name: Day
timezone: Europe/London
holidays: days
windows:
  holiday: [{days: holidays, from: "09:00", to: "17:00"}]`,
    },
    rotas: {
      'paas/team': 'name: PaaS\nleads: [nia]',
      'paas/days': `name: Days
timezone: Europe/London
hours: day
handover: {day: wednesday, time: "00:00"}
roles:
  engineer:
    rotation:
      - {first_turn: 2026-09-02, people: [mallory, amara, ben]}
      - {first_turn: 2026-12-30, people: [${year}]}
      - {first_turn: 2027-01-06, people: [${later}]}
${more}`,
    },
  });
const turn = (person: string) => ({ more: `    turns: {2027-12-22: ${person}}\n` });

/** Who is asked, although Mallory wrote it. */
const asked = (was: string, is: string) =>
  foundInPull('consent', was, is, NOW, { author: 'mallory-m' }).map(
    (line) => /person: (\w+)|anyOf: \[(\w+)\]/.exec(line)?.slice(1).join('') ?? line,
  );

describe.each([
  ['does not know its days yet', UNKNOWN],
  ['has holidays in it', KNOWN],
  ['knows its days, and has no holiday in it', NONE],
])('of a turn, where the list %s,', (_, days) => {
  test('the person who has it by a written-out line is asked', () => {
    expect(asked(handbook(days, turn('amara')), handbook(days, turn('mallory')))).toEqual(['amara']);
  });

  test('the person who has it when the published span ends is asked, and so is the one who gets it', () => {
    const year = (person: string) => handbook(days, { year: person });
    expect(asked(year('ben'), year('mallory'))).toEqual(['ben']);
    expect(asked(year('mallory'), year('amara'))).toEqual(['amara']);
  });

  test('the person who keeps it only by the rotation, which may change later, is asked', () => {
    expect(asked(handbook(days, turn('ben')), handbook(days))).toEqual(['ben']);
    expect(asked(handbook(days), handbook(days, { later: 'ben, amara, mallory' }))).toEqual([]);
  });
});

test('the person with a written-out turn on a holiday is asked, in a rota of working days', () => {
  const days = (person: string) =>
    handbook(list('2028-12-31', ', 2027-12-27: Christmas Day'))
      .replace('{days: holidays,', '{days: working,')
      .replace('{day: wednesday, time: "00:00"}', '{every: weekday, time: "00:00"}')
      .concat(`    turns: {2027-12-27: ${person}}\n`);
  expect(asked(days('amara'), days('mallory'))).toEqual(['amara']);
});

test('the person whose turn of working days goes on beyond the span is the one that earlier holidays make it', () => {
  // Christmas Day takes nobody's turn, so that 31 December is Ben's.
  const days = handbook(NONE, { year: 'amara, ben, mallory' })
    .replace('{day: wednesday, time: "00:00"}', '{every: working_day, time: "00:00"}')
    .replace('first_turn: 2026-12-30', 'first_turn: 2026-12-21');
  expect(asked(days, `${days.trimEnd()}\n    turns: {2026-12-31: mallory}\n`)).toEqual(['ben']);
});

test('a turn of nights changes the nights, and not also the days that would be holidays', () => {
  const nights = (person: string) =>
    handbook(NONE, turn(person))
      .replace('hours: day', 'hours: day\ncovers: [night]')
      .replace('holiday: [{days: holidays,', 'night: {outside: [day]}\n  day: [{days: working,');
  const { against } = compared(nights('amara'), nights('mallory'), NOW, { author: 'mallory-m' });
  const starts = against?.changes.map(({ startAt }) => local(startAt, 'Europe/London').slice(0, 13));
  expect(starts).toEqual([
    '2027-12-22T00',
    ...['22', '23', '24', '27', '28'].map((day) => `2027-12-${day}T17`),
  ]);
});

test('nobody is asked where the list gets further days without a holiday', () => {
  expect(asked(handbook(UNKNOWN, turn('amara')), handbook(NONE, turn('amara')))).toEqual([]);
});
