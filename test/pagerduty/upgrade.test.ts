/** A schedule of layers that is turned into a shift-based one: the same people are on call, minute by minute. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../actions/lib/time/date.ts';
import { at, between, lines } from '../handbook.ts';
import { runs } from '../sampled.ts';
import { override, standIn } from './calls.ts';
import { idsFrom } from './ids.ts';
import { coverOf } from './rendering.ts';
import { samples } from './sampling.ts';
import {
  present,
  type Restriction,
  remembered,
  type Schedule,
  type Written,
  type WrittenLayer,
} from './state.ts';
import { upgraded } from './upgrade.ts';

const NOW = '2026-11-21T12:00:00Z';
const DAYS = 86_400;
const NAMES = ['PAMARA1', 'PBENA01', 'PCHI001', 'PINBOX1'];
const users = NAMES.map((id) => ({ id }));
const office: readonly Restriction[] = [1, 2, 3, 4, 5].map((day) => ({
  type: 'weekly_restriction',
  start_time_of_day: '09:00:00',
  duration_seconds: 8 * 3600,
  start_day_of_week: day,
}));
const weekly: WrittenLayer = {
  virtualStart: '2026-11-04T10:00:00Z',
  turnSeconds: 7 * DAYS,
  users: ['PAMARA1', 'PBENA01', 'PCHI001'],
};
const inbox: WrittenLayer = { ...weekly, name: 'Inbox', users: ['PINBOX1'] };

const written = (layers: readonly WrittenLayer[]): Written => ({
  users,
  schedules: [{ id: 'PROTA01', name: 'On call', layers }],
  policies: [{ id: 'PPOLICY', rules: [{ targets: [{ id: 'PROTA01', type: 'schedule_reference' }] }] }],
});
const ofLayers = (...layers: readonly WrittenLayer[]): Schedule => {
  const [schedule] = upgraded(remembered(written(layers), idsFrom('')), 'PROTA01', at(NOW)).schedules;
  return schedule as Schedule;
};

describe('a layer becomes rotations', () => {
  test.each<[what: string, layers: WrittenLayer[], rotations: string[]]>([
    [
      'one for whole weeks',
      [weekly],
      ['2026-11-04T10:00 168h RRULE:FREQ=WEEKLY;INTERVAL=1 ×1 PAMARA1 PBENA01 PCHI001'],
    ],
    [
      'one for turns of some days',
      [{ ...weekly, turnSeconds: 3 * DAYS }],
      ['2026-11-04T10:00 72h RRULE:FREQ=DAILY;INTERVAL=3 ×1 PAMARA1 PBENA01 PCHI001'],
    ],
    [
      'one for the days between two hand-overs, and one for each part of a day with a hand-over',
      [{ ...weekly, restrictions: office }],
      [
        '2026-11-04T10:00 7h RRULE:FREQ=WEEKLY;INTERVAL=1 ×1 PAMARA1 PBENA01 PCHI001',
        '2026-11-05T09:00 8h RRULE:FREQ=WEEKLY;BYDAY=TH,FR,MO,TU ×4 PAMARA1 PBENA01 PCHI001',
        '2026-11-11T09:00 1h RRULE:FREQ=WEEKLY;INTERVAL=1 ×1 PAMARA1 PBENA01 PCHI001',
      ],
    ],
    [
      'one for each part where the weeks of a turn differ',
      [{ ...weekly, turnSeconds: 14 * DAYS, restrictions: office.slice(2, 4) }],
      [
        '2026-11-04T10:00 7h RRULE:FREQ=WEEKLY;INTERVAL=2 ×1 PAMARA1 PBENA01 PCHI001',
        '2026-11-05T09:00 8h RRULE:FREQ=WEEKLY;INTERVAL=2 ×1 PAMARA1 PBENA01 PCHI001',
        '2026-11-11T09:00 8h RRULE:FREQ=WEEKLY;INTERVAL=2 ×1 PAMARA1 PBENA01 PCHI001',
        '2026-11-12T09:00 8h RRULE:FREQ=WEEKLY;INTERVAL=2 ×1 PAMARA1 PBENA01 PCHI001',
        '2026-11-18T09:00 1h RRULE:FREQ=WEEKLY;INTERVAL=2 ×1 PAMARA1 PBENA01 PCHI001',
      ],
    ],
    [
      'none where a higher one hides it, and begins a round earlier where the layer does',
      [inbox, { ...weekly, start: '2026-10-20T10:00:00Z' }],
      ['2026-10-14T10:00 168h RRULE:FREQ=WEEKLY;INTERVAL=1 ×1 PAMARA1 PBENA01 PCHI001'],
    ],
    ['none when it has ended', [{ ...weekly, end: '2026-11-20T10:00:00Z' }], []],
  ])('%s', (_, layers, rotations) => {
    const shown = ofLayers(...layers).rotations.flatMap(({ events }) =>
      events.map(({ startWall, endWall, recurrence, shiftsPerMember, members }) =>
        [
          new Date(startWall).toISOString().slice(0, 16),
          `${(endWall - startWall) / HOUR}h`,
          recurrence.join(),
          `×${shiftsPerMember}`,
          ...members,
        ].join(' '),
      ),
    );
    expect(shown).toEqual(rotations);
  });

  test.each<[what: string, layers: WrittenLayer[], why: string]>([
    ['of hours', [{ ...weekly, turnSeconds: 12 * 3600 }], 'no layer with turns of 43200 seconds'],
    [
      'that end below others',
      [{ ...weekly, end: '2027-01-01T00:00:00Z' }, inbox],
      'no layers that begin or end',
    ],
    [
      'of more parts than there can be rotations',
      [{ ...weekly, turnSeconds: 5 * DAYS, restrictions: office }],
      '30 rotations, but PagerDuty has at most 10',
    ],
  ])('but the stand-in refuses turns %s', (_, layers, why) => {
    expect(() => ofLayers(...layers)).toThrow(why);
  });
});

test('the same people are on call before and after, also across both clock changes', () => {
  const hour = (from: number, to: number) => fc.integer({ min: from, max: to });
  const restriction = fc
    .tuple(hour(0, 23), hour(1, 23), hour(0, 7), hour(1, 60))
    .map(([opens, daily, day, long]): Restriction => {
      const start_time_of_day = `${`${opens}`.padStart(2, '0')}:00:00`;
      return day === 0
        ? { type: 'daily_restriction', start_time_of_day, duration_seconds: daily * 3600 }
        : {
            type: 'weekly_restriction',
            start_time_of_day,
            duration_seconds: long * 3600,
            start_day_of_week: day,
          };
    });
  const layer = fc.record({
    virtualStart: hour(0, 24 * 30).map((h) => new Date(at('2026-09-20T00:00:00Z') + h * HOUR).toISOString()),
    start: fc.constantFrom('2026-09-01T00:00:00Z', '2026-10-01T00:00:00Z'),
    turnSeconds: fc.constantFrom(1, 2, 3, 7, 7, 7, 14).map((days) => days * DAYS),
    users: fc.subarray(NAMES, { minLength: 1 }),
    restrictions: fc.array(restriction, { maxLength: 2 }),
  });
  const item = fc.tuple(hour(-48, 24 * 40), hour(1, 24 * 9), fc.constantFrom(...NAMES));
  fc.assert(
    fc.property(
      fc.array(layer, { minLength: 1, maxLength: 2 }),
      fc.array(item, { maxLength: 5 }),
      fc.constantFrom(at('2026-10-20T12:00:00Z'), at('2027-03-20T12:00:00Z')),
      (layers, heap, now) => {
        const text = (hours: number) => new Date(now + hours * HOUR).toISOString();
        const overrides = heap.map(([from, length, user]) => ({
          start: text(from),
          end: text(from + length),
          user,
        }));
        const before = remembered({ users, schedules: [{ id: 'PROTA01', layers, overrides }] }, idsFrom(''));
        const after = unlessTooMany(() => upgraded(before, 'PROTA01', now));
        if (after === undefined) return;
        const range = { startAt: now, endAt: now + 60 * DAY };
        expect(lines(coverOf(after, 'PROTA01', range), 'UTC')).toEqual(
          lines(coverOf(before, 'PROTA01', range), 'UTC'),
        );
      },
    ),
    { numRuns: runs(300) },
  );
});

function unlessTooMany<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (String(error).includes('at most 10')) return undefined;
    throw error;
  }
}

test('in mid-plan: the id stays, the kind, the paths and the type of reference change', async () => {
  const to = await standIn({ remembers: written([inbox]), now: NOW });
  const made = { overrides: [override('2026-11-24T09:00:00Z', '2026-11-26T17:00:00Z', 'PAMARA1')] };
  expect((await to.send('POST', '/schedules/PROTA01/overrides', made)).status).toBe(201);
  const range = between('2026-11-21T12:00:00Z', '2026-12-21T12:00:00Z');
  const before = coverOf(to.state, 'PROTA01', range);
  to.change('upgraded', (state) => upgraded(state, 'PROTA01', to.clock.now));
  expect(coverOf(to.state, 'PROTA01', range)).toEqual(before);
  expect(present(to.state.schedules[0] as Schedule).timeZone).toBe('Europe/London');

  expect((await to.send('POST', '/schedules/PROTA01/overrides', made)).body.error.message).toBe(
    'This is a shift-based schedule. Use the v3 Schedules API to access it.',
  );
  const list = '/v3/schedules/PROTA01/overrides?since=2026-11-21T12:00:00Z&until=2026-12-21T12:00:00Z';
  const { overrides } = (await to.send('GET', list)).body;
  const rotation = (await to.send('GET', '/v3/schedules/PROTA01')).body.schedule.rotations[0].id;
  const member = (user_id: string) => ({ type: 'user_member', user_id });
  const replaced = {
    rotation_id: rotation,
    overridden_member: member('PINBOX1'),
    overriding_member: member('PAMARA1'),
  };
  // Cut at the hand-over, although the same member follows.
  expect(overrides).toMatchObject([
    { ...replaced, start_time: '2026-11-24T09:00:00Z', end_time: '2026-11-25T10:00:00Z' },
    { ...replaced, start_time: '2026-11-25T10:00:00Z', end_time: '2026-11-26T17:00:00Z' },
  ]);
  const policy = (await to.send('GET', '/escalation_policies/PPOLICY')).body.escalation_policy;
  expect(policy.escalation_rules[0].targets[0]).toMatchObject({
    id: 'PROTA01',
    type: 'schedule_v3_reference',
    summary: 'On call',
  });
  expect(to.violations).toEqual([]);
});

test('every minute of every state can be looked at, of both kinds', async () => {
  const to = await standIn({ remembers: written([inbox]), now: NOW });
  to.change('upgraded', (state) => upgraded(state, 'PROTA01', to.clock.now));
  const held = (user_id: string) => [{ type: 'shift_assignment', member: { type: 'user_member', user_id } }];
  const times = { start_time: '2026-11-21T12:30:00Z', end_time: '2026-11-21T13:00:00Z' };
  const { body } = await to.send('POST', '/v3/schedules/PROTA01/custom_shifts', {
    custom_shifts: [{ type: 'custom_shift', ...times, assignments: held('PAMARA1') }],
  });
  to.clock.now = at('2026-11-21T12:40:00Z');
  await to.send('DELETE', `/v3/schedules/PROTA01/custom_shifts/${body.custom_shifts[0].id}`);
  const all = [...samples(to.history, 'PROTA01', at('2026-11-21T13:10:00Z'))];
  const count = Map.groupBy(all, ({ by, users }) => `${by.split(' ')[0]}: ${users.join(' + ')}`);
  expect([...count].map(([what, { length }]) => `${what} ${length}`)).toEqual([
    'the: PINBOX1 70',
    'upgraded: PINBOX1 70',
    'POST: PINBOX1 40',
    'POST: PAMARA1 + PINBOX1 30',
    'DELETE: PINBOX1 30',
  ]);
});
