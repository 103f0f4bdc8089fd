import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Service } from '../../actions/lib/model.ts';
import type { ClockVerdict } from '../../actions/lib/tickets/clock-state.ts';
import { clocksOf } from '../../actions/lib/tickets/clocks.ts';
import { Counter } from '../../actions/lib/tickets/counted-time.ts';
import { dueAt } from '../../actions/lib/tickets/due.ts';
import { MINUTE } from '../../actions/lib/time/date.ts';
import { at } from '../handbook.ts';
import { runs } from '../sampled.ts';
import { handbookOf, LEVELS } from './levels.ts';
import { AMOUNTS, type MinuteTicket, ORACLE_LEVELS, serviceIn, TICK, walked, ZONES } from './minutes.ts';

const handbook = handbookOf(ORACLE_LEVELS);
const counter = new Counter(handbook);

/** Around both clock changes of each zone, Easter and Christmas. */
const STARTS = [
  '2026-03-06',
  '2026-03-27',
  '2026-04-02',
  '2026-10-02',
  '2026-10-24',
  '2026-11-01',
  '2026-12-24',
];

/** Whole minutes, in ticks. */
const whole = (max: number) => fc.integer({ min: 0, max }).map((minutes) => 2 * minutes);

const ticket = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    start: fc.constantFrom(...STARTS).map((day) => at(`${day}T00:00Z`) / TICK),
    opened: whole(3 * 1440),
    priorities: fc.array(
      fc.record({
        after: whole(900),
        priority: fc.constantFrom(...Object.keys(AMOUNTS)),
      }),
      { maxLength: 4 },
    ),
    statuses: fc.array(fc.record({ after: whole(900), status: fc.constantFrom('open', 'pending') }), {
      maxLength: 6,
    }),
  })
  .map(({ zone, start, opened, priorities, statuses }): MinuteTicket => {
    const openedAt = start + opened;
    const inOrder = <T>(events: readonly ({ readonly after: number } & T)[]) =>
      events
        .map(({ after, ...it }) => ({ ...it, at: openedAt + after }))
        .toSorted((one, other) => one.at - other.at);
    return {
      zone,
      openedAt,
      priorities: inOrder(priorities),
      statuses: [{ at: openedAt, status: 'new' }, ...inOrder(statuses)],
    };
  });

const judgedBy = (it: MinuteTicket, until: number, isCut = false) =>
  clocksOf(
    counter,
    {
      service: handbook.services.get(serviceIn(it.zone, isCut)) as Service,
      openedAt: it.openedAt * TICK,
      priorities: it.priorities.map((own) => ({ ...own, at: own.at * TICK })),
      statuses: it.statuses.map((own) => ({ ...own, at: own.at * TICK })),
      solved: [],
      replies: [],
    },
    until * TICK,
  ).open[0];

const ticks = (it: MinuteTicket, until: number, isCut = false) => {
  const found = judgedBy(it, until, isCut);
  const inTicks = (value: number | undefined) => (value === undefined ? undefined : value / TICK);
  return {
    state: found?.state ?? 'none',
    dueAt: inTicks(found?.dueAt),
    breachedAt: inTicks(found?.breachedAt),
    byRetriage: found?.byRetriage ?? false,
    left: inTicks(found?.left),
  };
};

test('a clock says what somebody finds who walks by half minutes', () => {
  fc.assert(
    fc.property(ticket, whole(1500), (it, later) => {
      const until = it.openedAt + later;
      expect(ticks(it, until)).toStrictEqual(walked(it, until));
    }),
    { numRuns: runs(600) },
  );
});

test('cutting a window in two changes nothing', () => {
  fc.assert(
    fc.property(ticket, whole(1500), (it, later) => {
      const until = it.openedAt + later;
      expect(ticks(it, until, true)).toStrictEqual(ticks(it, until));
    }),
  );
});

test('what is opened later is not due earlier', () => {
  fc.assert(
    fc.property(
      ticket,
      fc.integer({ min: 0, max: 3000 }),
      fc.constantFrom('P1', 'P2', 'P3', 'P4'),
      (it, later, priority) => {
        const due = (openedAt: number) =>
          ticks({ zone: it.zone, openedAt, priorities: [{ at: openedAt, priority }], statuses: [] }, openedAt)
            .dueAt;
        expect(due(it.openedAt + later) ?? 0).toBeGreaterThanOrEqual(due(it.openedAt) ?? 0);
      },
    ),
  );
});

test('what is opened later is not due earlier, in days and working days, too', () => {
  const days = handbookOf(LEVELS);
  const own = new Counter(days);
  const minutes = fc.integer({ min: 0, max: 12 * 1440 });
  fc.assert(
    fc.property(
      fc.constantFrom('paas P4', 'paas P5', 'dxw LOW', 'dxw SLOW', 'lunch P2'),
      fc.constantFrom(...STARTS),
      minutes,
      minutes,
      (promised, start, first, second) => {
        const [service = '', priority = ''] = promised.split(' ');
        const dues = [first, second]
          .toSorted((one, other) => one - other)
          .map((after) => {
            const openedAt = at(`${start}T00:00Z`) + after * MINUTE;
            const input = {
              ...{ service: days.services.get(service) as Service, openedAt, solved: [], replies: [] },
              priorities: [{ at: openedAt, priority }],
              statuses: [{ at: openedAt, status: 'new' }],
            };
            return clocksOf(own, input, openedAt).open[0]?.dueAt as number;
          }) as [number, number];
        expect(dues[1]).toBeGreaterThanOrEqual(dues[0]);
      },
    ),
    { numRuns: runs(900) },
  );
});

const counted = counter.termsOf(handbook.serviceLevels.get(serviceIn('Europe/London')) as never)?.[0];
const weights = { in_hours: 2, out_of_hours: 1 };

test('what is used over any partition adds up to the whole, and is found again', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...STARTS),
      fc.array(fc.integer({ min: 0, max: 20_000 * MINUTE }), { minLength: 2, maxLength: 8 }),
      (start, offsets) => {
        const cuts = offsets.toSorted((one, other) => one - other).map((it) => at(`${start}T00:00Z`) + it);
        const [first, last] = [cuts[0], cuts.at(-1)] as [number, number];
        const parts = cuts.slice(1).map((cut, i) => counted?.measure(weights, cuts[i] as number, cut) ?? 0);
        const whole = counted?.measure(weights, first, last) ?? 0;
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole);
        expect(counted?.measure(weights, first, counted.reach(weights, first, whole) as number)).toBe(whole);
      },
    ),
  );
});

test('a pause in which nothing counts changes nothing', () => {
  const office = { in_hours: 1, out_of_hours: 0 };
  const promised = { kind: 'amount', weights: office, total: 600 * MINUTE, counted: office } as const;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 840 }), (opened, length) => {
      if (counted === undefined) throw new Error('the level is there');
      const from = at('2026-11-23T00:00Z') + opened * MINUTE;
      // Between 17:00 and 09:00.
      const startAt = at('2026-11-24T17:30Z');
      const night = { startAt, endAt: startAt + length * MINUTE };
      expect(dueAt(counted, promised, from, length === 0 ? [] : [night])).toBe(
        dueAt(counted, promised, from, []),
      );
    }),
  );
});

const levels = handbookOf(LEVELS);

/** A ticket that is answered, put on hold, re-triaged, solved and re-opened, as the minutes of each after the opening. */
const course = fc.record({
  service: fc.constantFrom('paas', 'dxw', 'lunch'),
  start: fc.constantFrom(...STARTS, '2027-02-25'),
  opened: fc.integer({ min: 0, max: 3 * 1440 }),
  events: fc.array(
    fc.record({
      after: fc.integer({ min: 0, max: 240 }).map((it) => 30 * it),
      kind: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 12 },
  ),
});

const NAMES: Readonly<Record<string, readonly string[]>> = {
  paas: ['P1', 'P2', 'P3', 'P4', 'P5'],
  dxw: ['NORMAL', 'LOW', 'SLOW'],
  lunch: ['P1', 'P2'],
};

test('what was once met or breached stays so, whatever happens later', () => {
  fc.assert(
    fc.property(course, fc.integer({ min: 0, max: 9000 }), (it, cut) => {
      const openedAt = at(`${it.start}T00:00Z`) + it.opened * MINUTE;
      const of = (kind: number) =>
        it.events
          .flatMap((own) => (own.kind === kind ? [openedAt + own.after * MINUTE] : []))
          .toSorted((one, other) => one - other);
      const names = NAMES[it.service] as readonly string[];
      const turns = [...new Set(of(3))];
      const input = {
        service: levels.services.get(it.service) as Service,
        openedAt,
        replies: of(0),
        priorities: of(1).map((when, i) => ({ at: when, priority: names[i % names.length] as string })),
        statuses: [openedAt, ...of(2)].map((when, i) => ({
          at: when,
          status: i % 2 === 0 ? 'open' : 'pending',
        })),
        solved: turns.flatMap((startAt, i) =>
          i % 2 === 0 ? [{ startAt, endAt: turns[i + 1] ?? Number.POSITIVE_INFINITY }] : [],
        ),
      };
      const byEnd = [openedAt + cut * MINUTE, at('2027-06-01T00:00Z')].map(
        (when) => clocksOf(new Counter(levels), input, when).verdicts,
      ) as [readonly ClockVerdict[], readonly ClockVerdict[]];
      expect(byEnd[1].slice(0, byEnd[0].length)).toStrictEqual(byEnd[0]);
      // A clock that was breached when it was solved says the same after it was re-opened.
      const breached = new Map<string, unknown>();
      for (const { target, startedAt, breachedAt, dueAt } of byEnd[1]) {
        const known = breached.get(`${target} ${startedAt}`);
        if (known !== undefined) expect([breachedAt, dueAt]).toStrictEqual(known);
        if (breachedAt !== undefined) breached.set(`${target} ${startedAt}`, [breachedAt, dueAt]);
      }
    }),
    { numRuns: runs(900) },
  );
});
