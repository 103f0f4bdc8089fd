/** Time zones, dates and the conversion from local time to instants, with luxon as the oracle for every zone. */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import {
  DAY,
  dateText,
  dayOf,
  HOUR,
  MINUTE,
  type Wall,
  WEEKDAYS,
  wallOfText,
  wallText,
  weekdayOf,
  weekOf,
} from '../../actions/lib/time/date.ts';
import {
  after,
  dayAfter,
  dayBefore,
  durationOf,
  durationText,
  elapsedOf,
} from '../../actions/lib/time/duration.ts';
import {
  formatDay,
  formatExactly,
  formatInstant,
  formatSpan,
  formatSpanExactly,
  instantText,
} from '../../actions/lib/time/format.ts';
import { instantOfText, isZoneName, Zone, zoneNames, zoneOf } from '../../actions/lib/time/zone.ts';
import type { Instant } from '../../actions/lib/timeline.ts';
import { clockChanges, firstShowing } from '../clock-changes.ts';
import { at, between, local } from '../handbook.ts';
import { isNightly, runs, sampled } from '../sampled.ts';

const known = zoneNames.filter(isZoneName);
const years = between('2020-01-01T00:00Z', '2033-01-01T00:00Z');
// Zones with half-hour offsets, the negative offset of Dublin or changes at midnight, and more by the seed; nightly,
// all.
const odd = ['Europe/London', 'Europe/Dublin', 'Australia/Lord_Howe', 'America/Havana', 'Asia/Kathmandu'];
const zones = isNightly ? known : [...new Set([...odd, ...sampled(known, 60)])];
const changes = zones.flatMap((zone) => clockChanges(zone, years).map((changedAt) => ({ zone, changedAt })));

const offsetAt = (zone: string, instant: Instant): number =>
  DateTime.fromMillis(instant, { zone }).offset * MINUTE;
const luxonsFirst = (instant: Instant, zone: string): Instant =>
  Math.min(
    ...DateTime.fromMillis(instant, { zone })
      .getPossibleOffsets()
      .map((it) => it.toMillis()),
  );
const wall = (text: string): Wall => wallOfText(text) as Wall;

/** A zone and an instant near one of its changes, or anywhere. */
const moment = fc.oneof(
  fc
    .record({ change: fc.constantFrom(...changes), off: fc.integer({ min: -4 * HOUR, max: 4 * HOUR }) })
    .map(({ change: { zone, changedAt }, off }) => ({ zone: zoneOf(zone), instant: changedAt + off })),
  fc.record({
    zone: fc.constantFrom(...zones).map(zoneOf),
    instant: fc.integer({ min: years.startAt, max: years.endAt }),
  }),
);

describe('zones of this machine, from 2020 to 2032', () => {
  test('there are many zones and many changes', () => {
    expect(known.length).toBeGreaterThan(400);
    expect(changes.length).toBeGreaterThan(isNightly ? 4000 : 75);
  });

  test('shows what luxon shows, around every change', () => {
    const wrong: string[] = [];
    for (const { zone, changedAt } of changes) {
      for (const off of [-DAY, -HOUR, -MINUTE, -1, 0, 1, MINUTE, HOUR, DAY]) {
        const instant = changedAt + off;
        const shown = zoneOf(zone).wallOf(instant);
        if (shown !== instant + offsetAt(zone, instant))
          wrong.push(`${zone} ${local(instant, zone)} is not ${wallText(shown)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('takes the first occurrence of a repeated time, and the end of the gap for a skipped one', () => {
    const wrong: string[] = [];
    const kinds = { once: 0, twice: 0, never: 0 };
    for (const { zone, changedAt } of changes) {
      const [before, since] = [offsetAt(zone, changedAt - 1), offsetAt(zone, changedAt)];
      const [low, high] = [changedAt + Math.min(before, since), changedAt + Math.max(before, since)];
      for (const shown of [low - MINUTE, low, (low + high) / 2, high - MINUTE, high, high + MINUTE]) {
        const inside = low <= shown && shown < high;
        kinds[!inside ? 'once' : since < before ? 'twice' : 'never']++;
        const expected = firstShowing(wallText(shown), zone);
        const got = zoneOf(zone).instantOf(shown);
        if (got !== expected)
          wrong.push(`${zone} ${wallText(shown)}: ${local(got, zone)}, not ${local(expected, zone)}`);
        if (zoneOf(zone).shows(shown) !== (!inside || since < before))
          wrong.push(`${zone} ${wallText(shown)} is shown, or is not`);
        if (inside && since < before && luxonsFirst(expected, zone) !== got)
          wrong.push(`${zone} ${wallText(shown)}: luxon knows it sooner`);
      }
    }
    expect(wrong).toEqual([]);
    expect(Math.min(...Object.values(kinds))).toBeGreaterThan(isNightly ? 4000 : 75);
  });

  test('has the same table whichever years are used first', () => {
    fc.assert(
      fc.property(moment, fc.array(fc.integer({ min: 1990, max: 2090 }), { maxLength: 5 }), (it, first) => {
        const fresh = new Zone(it.zone.name);
        for (const year of first) fresh.wallOf(Date.UTC(year, 5));
        expect(fresh.wallOf(it.instant)).toBe(it.instant + offsetAt(it.zone.name, it.instant));
      }),
      { numRuns: runs(50) },
    );
  });
});

describe('the conversion from local time to instants', () => {
  test.each([
    ['Europe/London', '2026-03-29T00:59', '2026-03-29T00:59+00:00'],
    ['Europe/London', '2026-03-29T01:00', '2026-03-29T02:00+01:00'],
    ['Europe/London', '2026-03-29T01:59', '2026-03-29T02:00+01:00'],
    ['Europe/London', '2026-03-29T02:00', '2026-03-29T02:00+01:00'],
    ['Europe/London', '2026-10-25T01:30', '2026-10-25T01:30+01:00'],
    ['Europe/London', '2026-10-25T02:00', '2026-10-25T02:00+00:00'],
    ['Europe/Dublin', '2026-10-25T01:30', '2026-10-25T01:30+01:00'],
    ['Pacific/Auckland', '2026-04-05T02:30', '2026-04-05T02:30+13:00'],
    ['Pacific/Auckland', '2026-09-27T02:30', '2026-09-27T03:00+13:00'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-05T01:45+11:00'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-04T02:30+11:00'],
    ['America/Havana', '2026-03-08T00:00', '2026-03-08T01:00-04:00'],
    ['America/Havana', '2026-11-01T00:00', '2026-11-01T00:00-04:00'],
    ['Asia/Kathmandu', '2026-06-01T00:00', '2026-06-01T00:00+05:45'],
    // The day that Samoa skipped.
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-31T00:00+14:00'],
    ['UTC', '2028-02-29T12:00', '2028-02-29T12:00+00:00'],
  ])('%s %s is %s', (zone, shown, expected) => {
    expect(local(zoneOf(zone).instantOf(wall(shown)), zone)).toBe(expected);
  });

  test('knows which local times occur twice', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -3 * HOUR, max: 3 * HOUR }), ({ zone, instant }, off) => {
        const shown = zone.wallOf(instant) + off;
        const first = zone.instantOf(shown);
        // No zone is put back by less than a minute or by more than a day.
        const later = Array.from({ length: 4 * 24 }, (_, i) => first + (i + 1) * 15 * MINUTE);
        const isTwice = zone.shows(shown) && later.some((it) => zone.wallOf(it) === shown);
        expect(zone.repeats(shown)).toBe(isTwice);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('is the first instant at which the clock shows that time or later', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -4 * HOUR, max: 4 * HOUR }), ({ zone, instant }, off) => {
        const shown = zone.wallOf(instant) + off;
        const first = zone.instantOf(shown);
        expect(zone.wallOf(first)).toBeGreaterThanOrEqual(shown);
        expect(zone.wallOf(first - 1)).toBeLessThan(shown);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('gives back the time of every instant, and no later instant', () => {
    fc.assert(
      fc.property(moment, ({ zone, instant }) => {
        const shown = zone.wallOf(instant);
        expect(zone.shows(shown)).toBe(true);
        expect(zone.wallOf(zone.instantOf(shown))).toBe(shown);
        expect(zone.instantOf(shown)).toBeLessThanOrEqual(instant);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('never runs backwards, and so keeps every partition of local time', () => {
    const offs = fc.array(fc.integer({ min: -8 * 24 * 60, max: 8 * 24 * 60 }), {
      minLength: 2,
      maxLength: 20,
    });
    fc.assert(
      fc.property(moment, offs, ({ zone, instant }, minutes) => {
        const cuts = minutes
          .toSorted((one, other) => one - other)
          .map((off) => Math.floor(zone.wallOf(instant) / MINUTE) * MINUTE + off * MINUTE);
        const instants = cuts.map((cut) => zone.instantOf(cut));
        expect(instants).toEqual(instants.toSorted((one, other) => one - other));
        // No time outside the windows is shown, so the span between two cuts contains all local times between them.
        for (const [i, startAt] of instants.entries()) {
          const endAt = instants[i + 1];
          if (endAt === undefined || endAt === startAt) continue;
          expect(zone.wallOf(startAt)).toBeGreaterThanOrEqual(cuts[i] as Wall);
          expect(zone.wallOf(endAt - 1)).toBeLessThan(cuts[i + 1] as Wall);
        }
      }),
      { numRuns: runs(1000) },
    );
  });

  test('begins each day where the one before it ends', () => {
    fc.assert(
      fc.property(moment, ({ zone, instant }) => {
        const day = zone.dayOf(instant);
        expect(zone.startOf(day)).toBeLessThanOrEqual(instant);
        expect(zone.startOf(day + 1)).toBeGreaterThan(instant - 2 * HOUR);
        expect(zone.dayOf(zone.startOf(day))).toBe(day);
        expect(dateText(day)).toBe(local(instant, zone.name).slice(0, 10));
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe('days', () => {
  test('every date of the century is a day, one after another, and converts back', () => {
    let date = DateTime.utc(2000, 1, 1);
    for (let day = dayOf('2000-01-01') as number; date.year < 2100; day++, date = date.plus({ days: 1 })) {
      if (dateText(day) !== date.toISODate() || dayOf(dateText(day)) !== day) throw new Error(dateText(day));
      if (weekdayOf(day) !== date.weekday - 1) throw new Error(`${dateText(day)}: ${weekdayOf(day)}`);
    }
    expect(date.toISODate()).toBe('2100-01-01');
  });

  test.each([
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1-1',
    '2026-12-2',
    '20261202',
    '+002026-12-02',
    ' 2026-12-02',
    '2026-12-02T00:00',
    'tomorrow',
    '',
  ])('"%s" is no date', (text) => {
    expect(dayOf(text)).toBeUndefined();
  });

  test('the leap day is one', () => {
    expect(dateText(dayOf('2028-02-29') as number)).toBe('2028-02-29');
  });

  test.each([
    ['2026-12-07', 'monday'],
    ['2026-12-13', 'sunday'],
    ['1970-01-01', 'thursday'],
    ['1969-12-31', 'wednesday'],
    ['1969-12-29', 'monday'],
    ['2028-02-29', 'tuesday'],
  ])('%s is a %s', (date, weekday) => {
    expect(WEEKDAYS[weekdayOf(dayOf(date) as number)]).toBe(weekday);
  });

  test('a week runs from Monday to Sunday, before 1970 too', () => {
    const weeks = [-11, -5, -4, 0, 3, 4, 10, 11].map(weekOf);
    expect(weeks).toEqual([-2, -1, -1, 0, 0, 1, 1, 2]);
  });

  test('a local date-time converts back, and has a day that exists', () => {
    expect(wallText(wall('2026-12-03T18:05'))).toBe('2026-12-03T18:05');
    expect(wallOfText('2026-02-30T10:00')).toBeUndefined();
  });
});

describe('durations', () => {
  test.each([
    ['20 minutes', 20, 'minute'],
    ['1 hour', 1, 'hour'],
    ['48 hours', 48, 'hour'],
    ['1 day', 1, 'day'],
    ['13 weeks', 13, 'week'],
    ['1 month', 1, 'month'],
    ['3 months', 3, 'month'],
    ['2 working days', 2, 'working day'],
    ['1 working hour', 1, 'working hour'],
  ])('%s', (text, count, unit) => {
    expect(durationOf(text)).toEqual({ count, unit });
    expect(durationText(durationOf(text))).toBe(text);
  });

  test('working time has no length without hours, nor have months', () => {
    expect(
      ['90 minutes', '2 days', '2 weeks', '2 months', '2 working days'].map((it) =>
        elapsedOf(durationOf(it)),
      ),
    ).toEqual([1.5 * HOUR, 2 * DAY, 14 * DAY, undefined, undefined]);
  });

  test.each([
    ['2026-03-25T10:00+00:00', '7 days', '2026-04-01T10:00+01:00'],
    ['2026-03-25T10:00+00:00', '168 hours', '2026-04-01T11:00+01:00'],
    ['2026-10-21T10:00+01:00', '7 days', '2026-10-28T10:00+00:00'],
    ['2026-10-21T10:00+01:00', '1 week', '2026-10-28T10:00+00:00'],
    ['2026-03-28T10:00+00:00', '48 hours', '2026-03-30T11:00+01:00'],
    ['2026-03-28T10:00+00:00', '2 days', '2026-03-30T10:00+01:00'],
    ['2026-03-28T01:30+00:00', '1 day', '2026-03-29T02:00+01:00'],
    ['2026-10-24T01:30+01:00', '1 day', '2026-10-25T01:30+01:00'],
    ['2026-10-25T00:30+01:00', '90 minutes', '2026-10-25T01:00+00:00'],
    ['2028-02-28T09:00+00:00', '2 days', '2028-03-01T09:00+00:00'],
    ['2026-12-02T10:00+00:00', '0 days', '2026-12-02T10:00+00:00'],
    ['2026-12-02T10:00+00:00', '3 months', '2027-03-02T10:00+00:00'],
    ['2026-11-30T10:00+00:00', '3 months', '2027-02-28T10:00+00:00'],
    ['2027-11-30T10:00+00:00', '3 months', '2028-02-29T10:00+00:00'],
    ['2027-01-31T10:00+00:00', '1 month', '2027-02-28T10:00+00:00'],
    ['2027-01-31T10:00+00:00', '3 months', '2027-04-30T10:00+01:00'],
    ['2027-02-28T01:30+00:00', '1 month', '2027-03-28T02:00+01:00'],
    ['2027-09-30T01:30+01:00', '13 months', '2028-10-30T01:30+00:00'],
  ])('in London %s and %s make %s', (from, duration, expected) => {
    expect(local(after(zoneOf('Europe/London'), at(from), durationOf(duration)), 'Europe/London')).toBe(
      expected,
    );
  });
});

test('a day so many months later is the one that luxon finds, and so is one before', () => {
  const days = fc.integer({ min: dayOf('2000-01-01') as number, max: dayOf('2099-12-31') as number });
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 130 }), (day, count) => {
      const date = DateTime.fromISO(dateText(day), { zone: 'utc' });
      const later = dayAfter(day, { count, unit: 'month' });
      expect(dateText(later)).toBe(date.plus({ months: count }).toISODate());
      expect(dateText(dayBefore(day, { count, unit: 'month' }))).toBe(
        date.minus({ months: count }).toISODate(),
      );
      expect(dayAfter(day, { count, unit: 'week' }) - day).toBe(7 * count);
      expect(day - dayBefore(day, { count, unit: 'day' })).toBe(count);
    }),
  );
});

describe('instants as text', () => {
  test.each([
    ['2026-12-02T10:00Z', '2026-12-02T10:00:00Z'],
    ['2026-12-02T10:00:59Z', '2026-12-02T10:00:59Z'],
    ['2026-12-02T10:00:00.999Z', '2026-12-02T10:00:00Z'],
    ['2026-12-02T10:00+01:00', '2026-12-02T09:00:00Z'],
    ['2026-12-02T10:00:00-03:30', '2026-12-02T13:30:00Z'],
    ['2026-12-02T10:00+14:00', '2026-12-01T20:00:00Z'],
    ['2028-02-29T00:00Z', '2028-02-29T00:00:00Z'],
    ['2000-01-01T00:00Z', '2000-01-01T00:00:00Z'],
    ['2099-12-31T23:59:59Z', '2099-12-31T23:59:59Z'],
  ])('%s is %s', (text, expected) => {
    expect(instantText(instantOfText(text) as Instant)).toBe(expected);
  });

  test.each([
    '20261121',
    '20261121T100000Z',
    '2026-W47',
    '2026-W47-1T10:00Z',
    '2026-325T10:00Z',
    '2026-12-02',
    '2026-12-02T10Z',
    '2026-12-02T10:00',
    '2026-12-02 10:00Z',
    '2026-12-02T10:00z',
    '2026-12-02T10:00+01',
    '2026-12-02T10:00+0100',
    '2026-12-02T10:00+99:00',
    '2026-12-02T10:00+01:60',
    '2026-12-02T10:00[Europe/London]',
    '2026-12-02T10:00Europe/London',
    '2026-12-02T10:60Z',
    '2026-12-02T25:00Z',
    '2026-12-02T24:00Z',
    '2026-12-02T23:59:60Z',
    '2026-02-29T10:00Z',
    '2026-02-30T10:00Z',
    '2026-13-01T10:00Z',
    '0000-01-01T00:00Z',
    '0026-12-02T10:00Z',
    '1999-12-31T23:59:59Z',
    '2100-01-01T00:00Z',
    '+002026-12-02T10:00Z',
    '1764669600000',
    'now',
    '',
  ])('"%s" is no instant', (text) => {
    expect(instantOfText(text)).toBeUndefined();
  });

  test('a text of an instant is read as that instant', () => {
    fc.assert(
      fc.property(moment, ({ zone, instant }) => {
        const whole = Math.floor(instant / 1000) * 1000;
        const written = DateTime.fromMillis(whole, { zone: zone.name }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
        expect(instantOfText(instantText(whole))).toBe(whole);
        expect(instantOfText(written)).toBe(whole);
      }),
    );
  });
});

describe('names of zones', () => {
  test.each([
    'Europe/London',
    'Asia/Kolkata',
    'Asia/Calcutta',
    'America/Argentina/Ushuaia',
    'UTC',
    'Etc/UTC',
    'Etc/GMT+5',
  ])('%s is one', (name) => {
    expect(isZoneName(name)).toBe(true);
  });

  test.each([
    'europe/london',
    'EUROPE/LONDON',
    'Europe/Londn',
    'Europe/London ',
    'London',
    'BST',
    'EST',
    'EST5EDT',
    'GMT',
    'Zulu',
    'utc',
    'UTC+1',
    '+05:30',
    'Etc/GMT+15',
    'Factory',
    'local',
    'system',
    '__proto__',
    'constructor',
    '',
  ])('"%s" is none', (name) => {
    expect(isZoneName(name)).toBe(false);
  });
});

describe('times as people read them', () => {
  const london = zoneOf('Europe/London');

  test.each([
    ['2026-12-02', 'Wed 2 Dec'],
    ['2028-02-29', 'Tue 29 Feb'],
    ['2027-01-31', 'Sun 31 Jan'],
  ])('%s is %s', (date, expected) => {
    expect(formatDay(dayOf(date) as number)).toBe(expected);
  });

  test.each([
    ['2026-12-02T17:00Z', 'Wed 2 Dec 17:00'],
    ['2026-07-01T23:30Z', 'Thu 2 Jul 00:30'],
    ['2026-10-25T00:30Z', 'Sun 25 Oct 01:30'],
    ['2026-10-25T01:30Z', 'Sun 25 Oct 01:30'],
  ])('%s is %s in London', (instant, expected) => {
    expect(formatInstant(london, at(instant))).toBe(expected);
  });

  test.each([
    ['2026-11-21T12:00Z', 'Wed 2 Dec 17:00 – 19:00'],
    ['2026-02-06T12:00Z', 'Wed 2 Dec 17:00 – 19:00'],
    ['2026-02-05T17:01Z', 'Wed 2 Dec 17:00 – 19:00'],
    ['2026-02-05T17:00Z', 'Wed 2 Dec 2026 17:00 – 19:00'],
    ['2028-01-01T12:00Z', 'Wed 2 Dec 2026 17:00 – 19:00'],
  ])('seen from %s, with its year where that is nearly a year away', (now, expected) => {
    const [startAt, endAt] = [at('2026-12-02T17:00Z'), at('2026-12-02T19:00Z')];
    expect(formatSpan(london, startAt, endAt, at(now))).toBe(expected);
  });

  test.each([
    ['2026-12-02T17:00Z', '2026-12-02T19:00Z', 'Wed 2 Dec 17:00 – 19:00'],
    ['2026-12-02T17:00Z', '2026-12-03T09:00Z', 'Wed 2 Dec 17:00 – Thu 3 Dec 09:00'],
    ['2026-12-02T17:00Z', '2026-12-03T00:00Z', 'Wed 2 Dec 17:00 – Thu 3 Dec 00:00'],
    ['2026-03-29T00:00Z', '2026-03-29T01:00Z', 'Sun 29 Mar 00:00 – 02:00'],
  ])('%s to %s is %s in London', (from, to, expected) => {
    expect(formatSpan(london, at(from), at(to))).toBe(expected);
  });
});

describe('a time with its offset where the clock shows it twice', () => {
  test.each([
    ['Europe/London', '2026-10-25T00:59+01:00', 'Sun 25 Oct 00:59'],
    ['Europe/London', '2026-10-25T01:00+01:00', 'Sun 25 Oct 01:00 (UTC+1)'],
    ['Europe/London', '2026-10-25T01:59+01:00', 'Sun 25 Oct 01:59 (UTC+1)'],
    ['Europe/London', '2026-10-25T01:00+00:00', 'Sun 25 Oct 01:00 (UTC+0)'],
    ['Europe/London', '2026-10-25T02:00+00:00', 'Sun 25 Oct 02:00'],
    ['Europe/London', '2026-03-29T02:00+01:00', 'Sun 29 Mar 02:00'],
    ['America/New_York', '2026-11-01T01:30-05:00', 'Sun 1 Nov 01:30 (UTC-5)'],
    ['Australia/Lord_Howe', '2026-04-05T01:45+10:30', 'Sun 5 Apr 01:45 (UTC+10:30)'],
    ['UTC', '2026-10-25T01:00+00:00', 'Sun 25 Oct 01:00'],
  ])('%s at %s', (zone, instant, expected) => {
    expect(formatExactly(zoneOf(zone), at(instant))).toBe(expected);
  });

  test.each([
    ['2026-10-25T00:30Z', '2026-10-25T01:10Z', 'Sun 25 Oct 01:30 (UTC+1) – 01:10 (UTC+0)'],
    ['2026-10-24T23:30Z', '2026-10-25T00:10Z', 'Sun 25 Oct 00:30 – 01:10 (UTC+1)'],
    ['2026-10-25T01:30Z', '2026-10-26T01:30Z', 'Sun 25 Oct 01:30 (UTC+0) – Mon 26 Oct 01:30'],
    ['2026-12-02T17:00Z', '2026-12-02T19:00Z', 'Wed 2 Dec 17:00 – 19:00'],
  ])('%s to %s is %s in London', (from, to, expected) => {
    expect(formatSpanExactly(zoneOf('Europe/London'), at(from), at(to))).toBe(expected);
  });
});

test('an infinite time cannot be converted, and trying to does not hang', () => {
  expect(() => zoneOf('Europe/London').wallOf(Number.POSITIVE_INFINITY)).toThrow('infinite time');
  expect(() => zoneOf('Europe/London').instantOf(Number.NEGATIVE_INFINITY)).toThrow('infinite time');
});

test.each(['Europe/London', 'Australia/Lord_Howe'])(
  'centuries from now, the clock of %s goes on as it does',
  (name) => {
    const zone = zoneOf(name);
    for (const year of [-1000, 1066, 1899, 2201, 5000]) {
      const wall = Date.UTC(year, 5, 1, 10);
      expect(zone.wallOf(zone.instantOf(wall))).toBe(wall);
      expect(zone.instantOf(wall + DAY) - zone.instantOf(wall)).toBe(DAY);
    }
  },
);
