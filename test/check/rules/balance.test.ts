/** Weekends and holidays that some people always have, and those that are shared. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balance as balanceRule } from '../../../actions/lib/check/rules/balance.ts';
import { day, foundBy, wordsOf } from '../../found.ts';
import { but, folk } from '../../handbook.ts';

/** Two turns a week, Monday to Friday and Friday to Monday, from Monday 28 September 2026 on. */
const rota = (people: string, more = '') => `== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: [{day: monday, time: "09:00"}, {day: friday, time: "18:00"}]
roles:
  lead:
    rotation:
      - {first_turn: 2026-09-28, people: [${people}]}
${more}`;
const everyone = folk('amara', 'ben', 'chi', 'dee', 'eli');
const SPAN = 'fromOn: 2026-10-01, untilOn: 2027-05-31';
const same = (people: string, none: string, total = 35) =>
  `rotas/team/rota.yaml:5:3 always-the-same {role: team/rota/lead, what: weekends, total: ${total}, ${SPAN}, people: [${people}], none: [${none}]}`;
const balance = (text: string) => foundBy('balance', text);

describe('weekends', () => {
  test.each<[people: string, ...found: string[]]>([
    ['amara, ben', same('ben', 'amara')],
    ['amara, ben, chi'],
    ['amara, ben, chi, dee', same('ben, dee', 'amara, chi')],
    ['amara, ben, chi, dee, eli'],
    ['amara'],
    ['amara, amara'],
  ])('of turns on weekdays and at weekends by turns, among %s', (people, ...found) => {
    expect(balance(everyone + rota(people))).toEqual(found);
  });

  test('are fair where each has the share of one list, whoever is in it when', () => {
    // Eli joins in January: everybody has the share of the time in which they are there.
    const joined = `      - {first_turn: 2027-01-04, people: [amara, ben, chi, dee, eli]}\n`;
    expect(balance(everyone + rota('amara, ben, chi', joined))).toEqual([]);
    // Until January the same two have them; afterwards they are shared.
    expect(balance(everyone + rota('amara, ben, chi, dee', joined))).toEqual([]);
    // A list that does not come round twice is not judged.
    const late = `      - {first_turn: 2027-05-10, people: [amara, ben, chi, dee]}\n`;
    expect(balance(everyone + rota('amara, ben, chi', late))).toEqual([]);
  });

  test('are fair in any list in which each person is once, with one hand-over a week', () => {
    const people = ['amara', 'ben', 'chi', 'dee', 'eli'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(people, { minLength: 1 }),
        fc.constantFrom('monday', 'wednesday', 'saturday', 'sunday'),
        fc.constantFrom('00:00', '09:00', '18:00'),
        (list, weekday, time) => {
          const first = { monday: 28, wednesday: 30, saturday: 26, sunday: 27 }[weekday];
          const text = rota(list.join(', '))
            .replace(/handover: .*/, `handover: {day: ${weekday}, time: "${time}"}`)
            .replace('2026-09-28', `2026-09-${first}`);
          expect(balance(everyone + text)).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('are not asked of somebody who is not there', () => {
    const text = everyone + rota('amara, ben');
    const away = (key: string) => balance(but(text, 'amara: {name: amara,', `amara: {name: amara, ${key},`));
    expect(away('away: [{first_day: 2026-09-01}]')).toEqual([]);
    expect(away('first_day: 2027-05-20')).toEqual([]);
    expect(away('last_day: 2026-10-12')).toEqual([]);
    expect(away('works: [{days: [monday, tuesday, wednesday, thursday, friday]}]')).toEqual([]);
    expect(away('away: [{first_day: 2026-12-21, last_day: 2027-01-03}]')).toEqual([same('ben', 'amara')]);
  });

  test('that an override gives to somebody else are theirs', () => {
    const turns = Array.from({ length: 35 }, (_, i) =>
      new Date(Date.UTC(2026, 9, 2 + 7 * i)).toISOString().slice(0, 10),
    );
    const swapped = turns
      .filter((_, i) => i % 2 === 0)
      .map((turn) => `  - {role: lead, turn: ${turn}, person: amara}\n`)
      .join('');
    expect(balance(everyone + rota('amara, ben', `overrides:\n${swapped}`))).toEqual([]);
  });

  test('of more than twice the share and one more are reported', () => {
    const weekly = (people: string) =>
      balance(
        everyone +
          but(
            rota(people),
            '[{day: monday, time: "09:00"}, {day: friday, time: "18:00"}]',
            '{day: monday, time: "09:00"}',
          ),
      );
    expect(weekly('amara, ben, amara, chi, amara, dee')).toEqual([]);
    expect(weekly('amara, ben, amara, chi, amara, dee, amara, eli')).toEqual([
      `rotas/team/rota.yaml:5:3 too-many {role: team/rota/lead, what: weekends, total: 35, ${SPAN}, person: amara, count: 18, fair: 7}`,
    ]);
  });

  test('of several seats are those of their one list', () => {
    const seats = (people: string) => balance(everyone + but(rota(people), 'lead:', 'lead:\n    seats: 2'));
    expect(seats('amara, ben, chi, dee')).toEqual([
      `rotas/team/rota.yaml:5:3 always-the-same {role: team/rota/lead, what: weekends, total: 35, ${SPAN}, people: [chi, dee], none: [amara, ben]}`,
    ]);
    expect(seats('amara, ben, chi, dee, eli')).toEqual([]);
  });

  test('of a role that gives no cover, or that follows another, are not counted', () => {
    expect(balance(everyone + but(rota('amara, ben'), 'lead:', 'lead:\n    counts: false'))).toEqual([]);
    const follower = '  second: {follows: {role: lead, by: 1}}\n';
    expect(balance(everyone + rota('amara, ben', follower))).toEqual([same('ben', 'amara')]);
  });
});

describe('holidays', () => {
  /** A holiday in the middle of every second week: with two people by turns, all of them are one person's. */
  const list = (every: number) => {
    const days = Array.from({ length: 16 }, (_, i) =>
      new Date(Date.UTC(2026, 9, 7 + 7 * every * i)).toISOString().slice(0, 10),
    ).filter((on) => on < '2027-06-01');
    return `== policies/holidays/list.yaml
name: List
complete_from: 2026-01-01
complete_until: 2027-12-31
holidays: {${days.map((on) => `${on}: A day`).join(', ')}}
== policies/support-hours/h.yaml
name: Hours
timezone: Europe/London
holidays: list
windows: {all: [{days: every, from: "00:00", to: "00:00"}]}
`;
  };
  const weekly =
    everyone +
    but(
      rota('amara, ben'),
      '[{day: monday, time: "09:00"}, {day: friday, time: "18:00"}]',
      '{day: monday, time: "09:00"}\nhours: h',
    );

  test('are judged like weekends', () => {
    expect(balance(weekly + list(2))).toEqual([
      `rotas/team/rota.yaml:6:3 always-the-same {role: team/rota/lead, what: holidays, total: 16, ${SPAN}, people: [ben], none: [amara]}`,
    ]);
    expect(balance(weekly + list(1))).toEqual([]);
  });
});

const format = wordsOf(balanceRule);
const shared = { role: 'team/rota/lead', total: 26, fromOn: day('2026-10-01'), untilOn: day('2027-05-31') };
test.each([
  [
    format({
      code: 'always-the-same',
      args: { ...shared, what: 'weekends', people: ['ben', 'dee'], none: ['amara', 'chi'] },
    }),
    'ben and dee have the 26 weekends of team/rota/lead from Thu 1 Oct 2026 to Mon 31 May 2027, and amara and chi none; another order or number of people, or a rota of its own, would share them',
  ],
  [
    format({ code: 'too-many', args: { ...shared, what: 'holidays', person: 'ben', count: 9, fair: 3.5 } }),
    'ben has 9 of the 26 holidays of team/rota/lead from Thu 1 Oct 2026 to Mon 31 May 2027; a fair share would be about 3.5',
  ],
])('its message: %s', (text, words) => expect(text).toBe(words));
