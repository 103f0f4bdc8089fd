// What holds for any alerts: their order does not matter, work may be split, and no minute counts twice. An oracle walks
// the minutes of one person one by one, with luxon's local times instead of our own.
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import type { Alert } from '../../actions/lib/time-off/alert.ts';
import { countTimeOff } from '../../actions/lib/time-off/count.ts';
import { timeOffEntry } from '../../actions/lib/time-off/entries.ts';
import { at, sound } from '../handbook.ts';
import { runs } from '../sampled.ts';
import { opsText } from './alerts.ts';

const MINUTE = 60_000;
const SPAN = { startAt: 0, endAt: at('2029-01-01T00:00Z') };

/** Amara is on call at all times out of hours, across both clock changes. */
const ALONE = sound(opsText().replace('people: [ben, amara]', 'people: [amara]'));

/** Around both clock changes, a weekend and Christmas. */
const STARTS = ['2026-10-24', '2027-03-27', '2026-12-04', '2026-12-24'];

const alerts = fc
  .record({
    start: fc.constantFrom(...STARTS).map((day) => at(`${day}T16:00Z`)),
    given: fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 3 * 1440 }),
        worked: fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined }),
        woken: fc.constantFrom(true, false, undefined),
        id: fc.constantFrom('a', 'b', undefined, undefined, undefined),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ start, given }) =>
    given.map(
      ({ after, worked, woken, id }): Alert => ({
        person: 'amara',
        alertedAt: start + after * MINUTE,
        acknowledgedAt: undefined,
        workedUntil: worked === undefined ? undefined : start + (after + worked) * MINUTE,
        woken,
        service: undefined,
        id,
      }),
    ),
  );

const counted = (given: readonly Alert[]) => timeOffEntry(countTimeOff(ALONE, given, SPAN));

test('the order of alerts does not matter', () => {
  fc.assert(
    fc.property(
      alerts.chain((given) =>
        fc.tuple(
          fc.constant(given),
          fc.shuffledSubarray(given, { minLength: given.length, maxLength: given.length }),
        ),
      ),
      ([given, shuffled]) => {
        expect(counted(shuffled)).toEqual(counted(given));
      },
    ),
    { numRuns: runs(300) },
  );
});

test('a span lists what a longer one lists within it, however far alerts lie apart', () => {
  fc.assert(
    fc.property(alerts, alerts, fc.nat(4000), fc.nat(4000), (given, others, from, length) => {
      const all = [...given, ...others];
      const startAt = Math.min(...all.map((it) => it.alertedAt)) + from * MINUTE;
      const span = { startAt, endAt: startAt + length * MINUTE };
      const isListed = ({ at: when }: { readonly at: string }) =>
        span.startAt <= at(when) && at(when) < span.endAt;
      const { claims, questions, rest } = counted(all);
      expect(timeOffEntry(countTimeOff(ALONE, all, span))).toMatchObject({
        claims: claims.filter(isListed),
        questions: questions.filter(isListed),
        rest: rest.filter(isListed),
      });
    }),
    { numRuns: runs(300) },
  );
});

test('work that is split within its claim earns the same', () => {
  fc.assert(
    fc.property(alerts, fc.nat(), fc.nat(59), (given, chosen, part) => {
      const noted = given.map((it) => ({ ...it, id: undefined, woken: it.woken ?? false }));
      const split = noted[chosen % noted.length] as Alert & { woken: boolean };
      const atOnce = counted(noted);
      // The second part begins within the window of every claim that the first can be in.
      const opened = atOnce.claims.findLast((it) => at(it.at) <= split.alertedAt);
      const middle = split.alertedAt + part * MINUTE;
      if (opened === undefined || split.workedUntil === undefined) return;
      if (middle >= at(opened.at) + 60 * MINUTE || middle >= split.workedUntil) return;
      const parts = [
        { ...split, workedUntil: middle },
        { ...split, alertedAt: middle },
      ];
      const inParts = counted([...noted.filter((it) => it !== split), ...parts]);
      const amounts = ({ claims, people }: typeof atOnce) => [
        people,
        claims.map(({ alerts: _, why: __, until: ___, ...it }) => it),
      ];
      if (inParts.questions.length === atOnce.questions.length)
        expect(amounts(inParts)).toEqual(amounts(atOnce));
    }),
    { numRuns: runs(300) },
  );
});

/** Whether it is out of hours in London by luxon: not from 10:00 to 18:00 of a working day. */
function isOut(instant: number): boolean {
  const local = DateTime.fromMillis(instant, { zone: 'Europe/London' });
  const isWorkingDay = local.weekday <= 5 && local.toISODate() !== '2026-12-25';
  return !(isWorkingDay && local.hour >= 10 && local.hour < 18);
}

/** The claims of one person, walked minute by minute. */
function walked(given: readonly Alert[]): readonly string[] {
  const seen = new Set<string>();
  const sorted = given
    .toSorted((one, other) => one.alertedAt - other.alertedAt)
    .filter(({ id }) => id === undefined || !(seen.has(id) || !seen.add(id)));
  const claims: { at: number; minutes: number; isWoken: boolean; alerts: Alert[] }[] = [];
  for (const alert of sorted) {
    if (!isOut(alert.alertedAt)) continue;
    const last = claims.at(-1);
    if (last !== undefined && alert.alertedAt < last.at + 60 * MINUTE) last.alerts.push(alert);
    else claims.push({ at: alert.alertedAt, minutes: 0, isWoken: false, alerts: [alert] });
  }
  const done = new Set<number>();
  for (const claim of claims)
    for (const { alertedAt, workedUntil = alertedAt, woken } of claim.alerts) {
      const { hour } = DateTime.fromMillis(alertedAt, { zone: 'Europe/London' });
      claim.isWoken ||= woken ?? (hour >= 22 || hour < 8);
      for (let minute = alertedAt; minute < workedUntil; minute += MINUTE) {
        if (!done.has(minute) && isOut(minute)) claim.minutes++;
        done.add(minute);
      }
    }
  return claims.map(({ at: opened, minutes, isWoken }) => {
    const extra = Math.ceil(Math.max(0, minutes - 60) / 60) * 0.25;
    return `${new Date(opened).toISOString()} ${isWoken ? 0.5 : 0.25} + ${extra}, ${minutes} min`;
  });
}

test('every claim is what a walk through its minutes gives, so no minute counts twice', () => {
  fc.assert(
    fc.property(alerts, (given) => {
      // Of alerts of one instant with one id, it is not defined which one counts.
      const ids = given.map(({ alertedAt, id }) => `${alertedAt} ${id}`);
      fc.pre(given.every(({ id }, i) => id === undefined || ids.indexOf(ids[i] ?? '') === i));
      const found = counted(given).claims.map(
        ({ at: opened, days, extra_days: extra, worked_minutes: minutes }) =>
          `${opened.replace('Z', '.000Z')} ${days} + ${extra}, ${minutes} min`,
      );
      expect(found).toEqual(walked(given));
    }),
    { numRuns: runs(600) },
  );
});
