/** How much there is up to what is written out for years ahead, for each kind of hand-over and of hours. */
import { expect, test } from 'vitest';
import { farEntry, tooFarAhead } from '../../actions/lib/compare/far-entries.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { aHandbook, at, sound } from '../handbook.ts';

const NOW = at('2026-11-21T12:00:00Z');

const handbook = (handover: string, more: string, lines: string, roles = '  engineer: {ROTATION}\n') =>
  sound(
    aHandbook({
      people: { amara: 'name: Amara', ben: 'name: Ben' },
      policies: {
        'support-hours/days': `name: Days
timezone: Europe/London
windows:
  mornings: [{days: [monday, tuesday], from: "08:00", to: "12:00"}]
  evenings: [{days: every, from: "17:00", to: "18:00"}, {days: every, from: "19:00", to: "20:00"}]
  rest: {outside: [mornings, evenings]}`,
      },
      rotas: {
        'paas/nights': `name: Nights
timezone: Europe/London
${more}handover: ${handover}
roles:
${roles.replaceAll('ROTATION', `rotation: [{first_turn: ${FIRST[handover] ?? '2026-11-25'}, people: [amara, ben]}]`)}${lines}`,
      },
    }),
  );

const TIMES = '{every: day, times: ["06:00", "14:00", "22:00"]}';
const FIRST: Readonly<Record<string, string>> = {
  [TIMES]: '2026-11-25T06:00',
  '{date: 1, time: "10:00"}': '2026-12-01',
};
const TEN_YEARS =
  'overrides: [{role: engineer, from: 2036-11-21T12:00, to: 2036-11-22T12:00, person: amara}]\n';

test.each([
  ['{day: wednesday, time: "10:00"}', ''],
  ['{day: wednesday, time: "10:00", weeks: 2}', ''],
  ['{date: 1, time: "10:00"}', ''],
  ['{every: weekday, time: "10:00"}', ''],
  ['{every: day, time: "10:00"}', ''],
  [TIMES, ''],
  ['{day: wednesday, time: "10:00"}', 'hours: days\ncovers: [evenings]\n'],
  ['{day: wednesday, time: "10:00"}', 'hours: days\ncovers: [mornings]\n'],
  ['{day: wednesday, time: "10:00"}', 'hours: days\ncovers: [mornings, rest]\n'],
])(
  'what ten years of %s %sare is not less than what they have, and not five times as much',
  (handover, more) => {
    const own = handbook(handover, more, TEN_YEARS);
    const { roles, windows } = resolve(own, { startAt: NOW, endAt: at('2036-11-22T12:00:00Z') });
    const [cover] = [...roles.values()];
    const shifts = cover?.cover().length ?? 0;
    // All windows are resolved, whichever of them the rota covers.
    const all = [...windows.values()]
      .flatMap((it) => [...it.values()])
      .reduce((sum, it) => sum + it.length, 0);
    const found = farEntry(own, [...own.rotas.values()][0] ?? expect.unreachable(), NOW)?.shifts;
    expect(found).toBeGreaterThanOrEqual(shifts * 0.95);
    expect(found).toBeLessThan(5 * (shifts + all));
  },
);

test('every role counts, and of all lines only the last', () => {
  const two = '  engineer: {ROTATION}\n  lead: {ROTATION, turns: {2030-11-27: amara}}\n';
  const weekly = '{day: wednesday, time: "10:00"}';
  const shiftsOf = (lines: string, roles?: string) => {
    const own = handbook(weekly, '', lines, roles);
    return farEntry(own, [...own.rotas.values()][0] ?? expect.unreachable(), NOW)?.shifts;
  };
  expect(shiftsOf('')).toBeUndefined();
  const one = shiftsOf(TEN_YEARS) ?? 0;
  expect(shiftsOf(TEN_YEARS, two)).toBeCloseTo(2 * one, -1);
  expect(shiftsOf('', two)).toBeLessThan(one);
});

test('an agreed turn reaches as far as those who follow it so many turns later', () => {
  const endOf = (by: number) => {
    const roles = `  engineer: {ROTATION, turns: {2026-12-02: amara}}\n  second: {follows: {role: engineer, by: ${by}}}\n`;
    const own = handbook('{day: wednesday, time: "10:00"}', '', '', roles);
    return farEntry(own, [...own.rotas.values()][0] ?? expect.unreachable(), NOW)?.endAt ?? 0;
  };
  expect(endOf(1)).toBe(at('2026-12-03T00:00Z'));
  expect(endOf(-10)).toBe(at('2027-02-11T00:00Z'));
});

test('what ends before an instant is not ahead of it', () => {
  const own = handbook(TIMES, '', TEN_YEARS.replaceAll('2036', '2062'));
  expect([...tooFarAhead(own, NOW).keys()]).toEqual([]);
  const two = '  engineer: {ROTATION}\n  lead: {ROTATION}\n';
  const hourly = handbook(TIMES, 'hours: days\n', TEN_YEARS.replaceAll('2036', '2098'), two);
  expect([...tooFarAhead(hourly, NOW).keys()]).toEqual(['paas/nights']);
  expect([...tooFarAhead(hourly, at('2098-12-01T00:00:00Z')).keys()]).toEqual([]);
});
