/** When people are away from a role, compared minute by minute with luxon's calendar, at both changes of the clocks. */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import type { Person } from '../../actions/lib/model.ts';
import { awayFrom, isAvailable } from '../../actions/lib/resolve/availability.ts';
import { resolve } from '../../actions/lib/resolve/resolve.ts';
import { DAY, HOUR, MINUTE, WEEKDAYS } from '../../actions/lib/time/date.ts';
import { isZoneName, zoneNames } from '../../actions/lib/time/zone.ts';
import { at, sound } from '../handbook.ts';

const LIST = `== policies/holidays/list.yaml
name: List
complete_from: 2026-01-01
complete_until: 2027-12-31
holidays: {2026-12-25: A day, 2027-03-28: Another}
`;

/** Somebody with these keys in a role of a rota in London, and what the handbook says of both. */
function seated(keys: string, needs = '{}') {
  const handbook = sound(`== rotas/people.yaml
people: {amara: {name: Amara, on_call_since: 2020-01-01, ${keys}}}
${LIST}== rotas/team/rota.yaml
name: Rota
timezone: Europe/London
handover: {day: monday, time: "10:00"}
roles: {lead: {needs: ${needs}, rotation: [{first_turn: 2026-11-02, people: [amara]}]}}
`);
  const person = handbook.people.get('amara') as Person;
  const span = { startAt: at('2026-11-01T00:00Z'), endAt: at('2027-11-30T00:00Z') };
  const cover = resolve(handbook, span).roles.get('team/rota/lead');
  if (cover === undefined) throw new Error('no role');
  const isAway = (instant: number) =>
    !isAvailable(handbook, person, cover, { startAt: instant, endAt: instant + MINUTE });
  return { handbook, person, cover, span, isAway };
}

const zone = fc.constantFrom(...zoneNames.filter(isZoneName));
const minute = fc
  .integer({ min: at('2026-11-01T00:00Z') / MINUTE, max: at('2027-11-29T00:00Z') / MINUTE })
  .map((minutes) => minutes * MINUTE);
/** Minutes around the changes of the clocks in London, at a leap day and at a month's end. */
const nearChange = fc
  .tuple(
    fc.constantFrom(at('2027-03-28T01:00Z'), at('2027-10-31T01:00Z'), at('2027-02-28T23:00Z')),
    fc.integer({ min: -48 * 60, max: 48 * 60 }),
  )
  .map(([base, minutes]) => base + minutes * MINUTE);

test('somebody is away on the weekdays on which they do not work, in their own zone', () => {
  fc.assert(
    fc.property(
      zone,
      fc.subarray([...WEEKDAYS], { minLength: 1 }),
      fc.oneof(minute, nearChange),
      (name, days, instant) => {
        const { isAway } = seated(`zone: ${name}, works: [{days: [${days.join(', ')}], since: 2026-12-01}]`);
        const local = DateTime.fromMillis(instant, { zone: name });
        const works = days.includes(WEEKDAYS[local.weekday - 1] as (typeof WEEKDAYS)[number]);
        expect(isAway(instant)).toBe((local.toISODate() as string) >= '2026-12-01' && !works);
      },
    ),
  );
});

/**
 * The first minute of a day of luxon's calendar. `startOf` keeps the offset of the given moment, and so gives the second
 * of two midnights, where clocks go back across it (the Azores in October).
 */
function firstMinuteOf(day: DateTime): DateTime {
  const start = day.startOf('day');
  const earlier = start.minus({ hours: 1 });
  return earlier.toISODate() === start.toISODate() ? earlier : start;
}

test('an absence of days is from midnight to midnight of their zone, and one of hours from clock to clock', () => {
  fc.assert(
    fc.property(
      zone,
      fc.oneof(minute, nearChange),
      fc.integer({ min: 0, max: 20 }),
      (name, instant, days) => {
        const first = firstMinuteOf(DateTime.fromMillis(instant, { zone: name }));
        const last = first.plus({ days });
        const { isAway } = seated(
          `zone: ${name}, away: [{first_day: ${first.toISODate()}, last_day: ${last.toISODate()}}]`,
        );
        expect([isAway(first.toMillis()), isAway(first.toMillis() - MINUTE)]).toEqual([true, false]);
        const end = firstMinuteOf(last.plus({ days: 1 })).toMillis();
        expect([isAway(end - MINUTE), isAway(end)]).toEqual([true, false]);
      },
    ),
    {
      examples: [
        ['Europe/London', at('2027-03-28T00:30Z'), 0],
        ['America/New_York', at('2027-11-07T05:30Z'), 0],
        ['Atlantic/Azores', at('2027-10-31T01:00Z'), 0],
        ['Atlantic/Azores', at('2027-10-30T12:00Z'), 0],
      ],
    },
  );
  const { isAway } = seated('zone: Europe/London, away: [{from: 2027-10-31T00:30, to: 2027-10-31T03:00}]');
  // The hour from 01:00 happens twice: away for three hours and a half.
  const from = at('2027-10-31T00:30+01:00');
  expect([from - MINUTE, from, from + 3.5 * HOUR - MINUTE, from + 3.5 * HOUR].map(isAway)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('without a zone of their own, the zone is that of the rota; an absence without an end has none', () => {
  const { isAway } = seated('away: [{first_day: 2027-06-01}]');
  expect([at('2027-05-31T22:59Z'), at('2027-05-31T23:00Z'), at('2027-11-01T00:00Z')].map(isAway)).toEqual([
    false,
    true,
    true,
  ]);
});

test('their own holidays are days of their zone, for roles in working hours', () => {
  const { isAway } = seated('zone: America/New_York, holidays: list');
  const start = at('2026-12-25T00:00-05:00');
  expect([start - MINUTE, start, start + DAY - MINUTE, start + DAY].map(isAway)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(seated('zone: America/New_York, holidays: list', '{on_call: true}').isAway(start)).toBe(false);
});

test('spans are in order, apart from each other, and cover only what they say', () => {
  const { handbook, person, cover, span } = seated('works: [{days: [monday, tuesday]}]');
  const [all] = [...awayFrom(handbook, person, cover, span)];
  const spans = all?.spans ?? [];
  expect(spans.length).toBe(57);
  // The span begins on a Sunday, which is a span of its own.
  for (const [i, it] of spans.entries()) {
    expect(it.startAt).toBeGreaterThan(spans[i - 1]?.endAt ?? 0);
    expect([5 * DAY, 5 * DAY - HOUR, 5 * DAY + HOUR, DAY]).toContain(it.endAt - it.startAt);
  }
});
