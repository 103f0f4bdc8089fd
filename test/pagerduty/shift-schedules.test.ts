/** Shift-based schedules of the stand-in over real HTTP: every rule of PagerDuty's for them, one by one. */
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../actions/lib/time/date.ts';
import { at, between, lines, sound } from '../handbook.ts';
import { accountFor } from './account.ts';
import { type Called, standIn } from './calls.ts';
import { DOCUMENT, pagerDutyContract } from './contract.ts';
import type { Settings } from './fake-pagerduty.ts';
import { PAAS } from './kit.ts';
import { coverOf } from './rendering.ts';
import { type Written, withSchedule } from './state.ts';

/** The time is 2026-11-21T12:00:00Z, a Saturday. */
const PAST = { id: 'APAST', start: '2026-11-18T10:00:00Z', end: '2026-11-19T10:00:00Z', user: 'PAMARA1' };
const RUNNING = {
  id: 'ARUNNING',
  start: '2026-11-21T09:00:00Z',
  end: '2026-11-21T17:00:00Z',
  user: 'PAMARA1',
};
const FUTURE = { id: 'AFUTURE', start: '2026-11-25T10:00:00Z', end: '2026-12-02T10:00:00Z', user: 'PBENA01' };

const WRITTEN = {
  users: [
    { id: 'PAMARA1', name: 'Amara Osei' },
    { id: 'PBENA01', name: 'Ben Adeyemi' },
    { id: 'PCHI001', name: 'Chi Wong' },
    { id: 'PGONE01', deletedAt: at('2026-11-01T00:00:00Z') },
  ],
  schedules: [
    { id: 'PSHIFTS', name: 'By shifts', kind: 'v3', customShifts: [PAST, RUNNING, FUTURE] },
    {
      id: 'PTURNED',
      name: 'Turned [night]',
      kind: 'v3',
      teams: [{ id: 'PTEAM01', name: 'PaaS' }],
      rotations: [
        {
          id: 'AROTATION',
          events: [
            {
              id: 'AEVENT',
              start: '2026-11-04T10:00',
              end: '2026-11-11T10:00',
              rule: 'FREQ=WEEKLY',
              users: ['PAMARA1', 'PBENA01'],
            },
          ],
        },
      ],
      shiftOverrides: [
        {
          id: 'AOVERPAST',
          rotationId: 'AROTATION',
          start: '2026-11-18T18:00:00Z',
          end: '2026-11-19T18:00:00Z',
          overridden: 'PAMARA1',
          overriding: 'PCHI001',
        },
        {
          id: 'AOVERRUN',
          rotationId: 'AROTATION',
          start: '2026-11-21T09:00:00Z',
          end: '2026-11-21T17:00:00Z',
          overridden: 'PAMARA1',
          overriding: 'PCHI001',
        },
        {
          id: 'AOVERNEXT',
          rotationId: 'AROTATION',
          start: '2026-11-24T10:00:00Z',
          end: '2026-11-26T10:00:00Z',
          overridden: 'PAMARA1',
          overriding: 'PCHI001',
        },
      ],
    },
    { id: 'PLAYERS', name: 'By layers' },
  ],
  policies: [
    {
      id: 'PPOLICY',
      name: 'Out of hours',
      rules: [{ targets: [{ id: 'PSHIFTS', type: 'schedule_v3_reference' }] }],
      services: [{ id: 'PSERVIC', name: 'Router' }],
    },
    { id: 'PINHOUR', name: 'In hours', rules: [{ targets: [{ id: 'PAMARA1', type: 'user_reference' }] }] },
  ],
} as const satisfies Written;

const pagerDuty = (given: Partial<Omit<Settings, 'now'>> = {}): Promise<Called> =>
  standIn({ remembers: WRITTEN, ...given });

const SHIFTS = '/v3/schedules/PSHIFTS/custom_shifts';
const OVERRIDES = '/v3/schedules/PTURNED/overrides';
const RANGE = '?since=2026-11-01T00:00:00Z&until=2027-01-01T00:00:00Z';
const member = (id: string | undefined) =>
  id === undefined ? { type: 'empty_member' } : { type: 'user_member', user_id: id };
const held = (id: string | undefined) => [{ type: 'shift_assignment', member: member(id) }];
const shift = (start: string, end: string, user: string | undefined) => ({
  type: 'custom_shift',
  start_time: start,
  end_time: end,
  assignments: held(user),
});
const NEXT = shift('2026-12-02T10:00:00Z', '2026-12-09T10:00:00Z', 'PAMARA1');
const cover = (to: Called, id: string, from: string, until: string): string[] =>
  lines(coverOf(to.state, id, between(from, until)), 'Europe/London');
const stateOf = (to: Called, id = 'PSHIFTS') => {
  const schedule = to.state.schedules.find((each) => each.id === id);
  if (schedule === undefined) throw new Error(id);
  return schedule;
};

describe('the kind of a schedule', () => {
  test.each<[path: string, ids: string[]]>([
    ['/schedules', ['PLAYERS']],
    ['/v3/schedules', ['PSHIFTS', 'PTURNED']],
    ['/v3/schedules?limit=1000', ['PSHIFTS', 'PTURNED']],
    ['/v3/schedules?limit=1&offset=1', ['PTURNED']],
    ['/v3/schedules?team_ids[]=PTEAM01', ['PTURNED']],
    ['/v3/schedules?query=shifts', ['PSHIFTS']],
    ['/v3/schedules?query=[night]', []],
  ])('%s lists %j', async (path, ids) => {
    const to = await pagerDuty();
    const { body } = await to.send('GET', path);
    expect(body.schedules.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(to.violations).toEqual([]);
  });

  test('is listed as a reference, a thousand at once and a hundred by default', async () => {
    const schedules = Array.from({ length: 1001 }, (_, i) => ({ id: `P${i}`, kind: 'v3' as const }));
    const to = await standIn({ remembers: { schedules } });
    const { body } = await to.send('GET', '/v3/schedules?limit=1000');
    expect([body.schedules.length, body.more]).toEqual([1000, true]);
    expect(body.schedules[0]).toEqual({
      id: 'P0',
      type: 'schedule_v3_reference',
      summary: 'P0',
      self: 'https://api.pagerduty.com/v3/schedules/P0',
      html_url: 'https://example.pagerduty.com/schedules/P0',
    });
    expect((await to.send('GET', '/v3/schedules')).body).toMatchObject({ limit: 100, more: true });
  });

  const LAYERS = 'This is a layer-based schedule. Use the v2 Schedules API to access it.';
  const BY_SHIFTS = 'This is a shift-based schedule. Use the v3 Schedules API to access it.';
  const OVER = {
    type: 'override_shift',
    rotation_id: 'A',
    start_time: '2026-12-02T10:00:00Z',
    end_time: '2026-12-03T10:00:00Z',
    overridden_member: member('PAMARA1'),
    overriding_member: member('PBENA01'),
  };
  test.each<[method: string, path: string, body: unknown, status: number, message: string]>([
    ['GET', '/v3/schedules/PLAYERS', undefined, 400, LAYERS],
    ['PUT', '/v3/schedules/PLAYERS', { schedule: { time_zone: 'Europe/London' } }, 400, LAYERS],
    ['GET', '/v3/schedules/PLAYERS/rotations', undefined, 400, LAYERS],
    ['GET', `/v3/schedules/PLAYERS/custom_shifts${RANGE}`, undefined, 400, LAYERS],
    ['POST', '/v3/schedules/PLAYERS/custom_shifts', { custom_shifts: [NEXT] }, 400, LAYERS],
    ['PUT', '/v3/schedules/PLAYERS/custom_shifts/A', { custom_shift: {} }, 400, LAYERS],
    ['DELETE', '/v3/schedules/PLAYERS/custom_shifts/A', undefined, 400, LAYERS],
    ['GET', `/v3/schedules/PLAYERS/overrides${RANGE}`, undefined, 400, LAYERS],
    ['POST', '/v3/schedules/PLAYERS/overrides', { overrides: [OVER] }, 400, LAYERS],
    ['DELETE', '/v3/schedules/PLAYERS/overrides/A', undefined, 400, LAYERS],
    ['GET', '/schedules/PSHIFTS', undefined, 400, BY_SHIFTS],
    ['GET', `/schedules/PSHIFTS/overrides${RANGE}`, undefined, 400, BY_SHIFTS],
    ['GET', '/v3/schedules/PNOBODY', undefined, 404, 'Schedule Not Found'],
    ['GET', `${SHIFTS}/ANOTHING`, undefined, 404, 'Custom Shift Not Found'],
    ['PUT', `${SHIFTS}/ANOTHING`, { custom_shift: {} }, 404, 'Custom Shift Not Found'],
    ['GET', `${OVERRIDES}/ANOTHING`, undefined, 404, 'Override Not Found'],
    ['GET', '/v3/schedules/PTURNED/rotations/ANOTHING', undefined, 404, 'Rotation Not Found'],
  ])('%s %s', async (method, path, body, status, message) => {
    const to = await pagerDuty();
    const answer = await to.send(method, path, body);
    expect([answer.status, answer.body.error.message]).toEqual([status, message]);
    expect(to.violations).toEqual([]);
    expect(to.history).toHaveLength(1);
  });
});

test('an account for a handbook can have schedules of both kinds', () => {
  const { schedules } = accountFor(sound(PAAS), ['PNIGHTS']);
  expect(schedules?.map(({ id, kind, layers }) => [id, kind, layers?.length])).toEqual([
    ['PDAYS01', undefined, 1],
    ['PNIGHTS', 'v3', undefined],
  ]);
});

describe('a shift-based schedule', () => {
  const final = async (query: string, given: Partial<Omit<Settings, 'now'>> = {}, id = 'PSHIFTS') => {
    const to = await pagerDuty(given);
    const { body } = await to.send('GET', `/v3/schedules/${id}?include[]=final_schedule${query}`);
    expect(to.violations).toEqual([]);
    return body.schedule.final_schedule;
  };
  interface Entry {
    readonly start_time: string;
    readonly end_time: string;
    readonly member: { readonly user_id?: string };
    readonly source: { readonly type: string; readonly [id: string]: string };
  }
  const entries = async (...given: Parameters<typeof final>): Promise<string[]> =>
    (await final(...given)).computed_shift_assignments.map(
      ({ start_time, end_time, member: { user_id }, source: { type, ...ids } }: Entry) =>
        `${start_time} ${end_time} ${user_id ?? 'nobody'} ${type} ${Object.values(ids).join()}`.trim(),
    );
  const WEEK = '&since=2026-11-21T12:00:00Z&until=2026-11-28T12:00:00Z';

  test('has its data and rotations, and the final schedule only if that and a range are requested', async () => {
    const to = await pagerDuty();
    const { body } = await to.send('GET', '/v3/schedules/PTURNED');
    expect(body.schedule).toMatchObject({
      id: 'PTURNED',
      type: 'schedule_v3',
      name: 'Turned [night]',
      time_zone: 'Europe/London',
      self: 'https://api.pagerduty.com/v3/schedules/PTURNED',
      rotations: [{ id: 'AROTATION', events: [{ id: 'AEVENT' }] }],
    });
    expect('final_schedule' in body.schedule).toBe(false);
    const without = await to.send('GET', '/v3/schedules/PTURNED?include[]=final_schedule');
    expect('final_schedule' in without.body.schedule).toBe(false);
    expect(to.violations).toEqual([]);
  });

  test.each<[what: string, query: string, given: Partial<Settings>, id: string, entries: string[]]>([
    [
      'cut at the range',
      WEEK,
      {},
      'PSHIFTS',
      [
        '2026-11-21T12:00:00Z 2026-11-21T17:00:00Z PAMARA1 custom_shift ARUNNING',
        '2026-11-25T10:00:00Z 2026-11-28T12:00:00Z PBENA01 custom_shift AFUTURE',
      ],
    ],
    [
      'whole with overflow, in a zone',
      `${WEEK}&overflow=true&time_zone=Europe/Paris`,
      {},
      'PSHIFTS',
      [
        '2026-11-21T10:00:00+01:00 2026-11-21T18:00:00+01:00 PAMARA1 custom_shift ARUNNING',
        '2026-11-25T11:00:00+01:00 2026-12-02T11:00:00+01:00 PBENA01 custom_shift AFUTURE',
      ],
    ],
    [
      'with holes where PagerDuty shows them',
      WEEK,
      { shifts: { holes: 'shown' } },
      'PSHIFTS',
      [
        '2026-11-21T12:00:00Z 2026-11-21T17:00:00Z PAMARA1 custom_shift ARUNNING',
        '2026-11-25T10:00:00Z 2026-11-28T12:00:00Z PBENA01 custom_shift AFUTURE',
        '2026-11-21T17:00:00Z 2026-11-25T10:00:00Z nobody schedule_rotation',
      ],
    ],
    [
      'with what overrides replace',
      WEEK,
      {},
      'PTURNED',
      [
        '2026-11-21T12:00:00Z 2026-11-21T17:00:00Z PCHI001 schedule_rotation_override AROTATION,AOVERRUN',
        '2026-11-21T17:00:00Z 2026-11-24T10:00:00Z PAMARA1 schedule_rotation AROTATION',
        '2026-11-24T10:00:00Z 2026-11-25T10:00:00Z PCHI001 schedule_rotation_override AROTATION,AOVERNEXT',
        '2026-11-25T10:00:00Z 2026-11-28T12:00:00Z PBENA01 schedule_rotation AROTATION',
      ],
    ],
    [
      'and nothing at an instant at which nobody is on',
      '&since=2026-11-23T00:00:00Z&until=2026-11-23T00:00:01Z',
      {},
      'PSHIFTS',
      [],
    ],
  ])('is rendered %s', async (_, query, given, id, expected) => {
    expect(await entries(query, given, id)).toEqual(expected);
  });

  test('tells how much of the range somebody is on call', async () => {
    const half = '&since=2026-11-21T15:00:00Z&until=2026-11-21T19:00:00Z';
    expect((await final(half)).rendered_coverage_percentage).toBe(50);
  });

  test('is changed only by a request that names its zone', async () => {
    const to = await pagerDuty();
    const put = (schedule: object) => to.send('PUT', '/v3/schedules/PSHIFTS', { schedule });
    expect((await put({ name: 'Other' })).body.error.errors).toEqual(['Time zone cannot be empty.']);
    expect((await put({ time_zone: 'Europe/London', rotations: [] })).status).toBe(400);
    expect((await put({ name: 'Other', time_zone: 'Europe/London' })).body.schedule.name).toBe('Other');
    expect(to.violations).toEqual([]);
  });

  test('returns its rotations and their events', async () => {
    const to = await pagerDuty();
    const ROTATIONS = '/v3/schedules/PTURNED/rotations';
    const { body } = await to.send('GET', ROTATIONS);
    expect((await to.send('GET', `${ROTATIONS}/AROTATION`)).body.rotation).toEqual(body.rotations[0]);
    expect((await to.send('GET', `${ROTATIONS}/AROTATION/events`)).body.events).toMatchObject([
      {
        id: 'AEVENT',
        start_time: { date_time: '2026-11-04T10:00:00+00:00', time_zone: 'Europe/London' },
        effective_since: '2026-01-01T00:00:00Z',
        effective_until: null,
        recurrence: ['RRULE:FREQ=WEEKLY'],
        assignment_strategy: {
          type: 'rotating_member_assignment_strategy',
          shifts_per_member: 1,
          members: [member('PAMARA1'), member('PBENA01')],
        },
      },
    ]);
    expect(to.violations).toEqual([]);
  });
});

describe('custom shifts are listed', () => {
  const from = '?since=2026-11-21T12:00:00Z&until=2026-11-30T10:00:00Z';
  interface Listed {
    readonly id: string;
    readonly start_time: string;
    readonly end_time: string;
  }
  test.each<[what: string, query: string, shifts: string[]]>([
    [
      'by start, cut at the range',
      from,
      [
        'ARUNNING 2026-11-21T12:00:00Z 2026-11-21T17:00:00Z',
        'AFUTURE 2026-11-25T10:00:00Z 2026-11-30T10:00:00Z',
      ],
    ],
    [
      'whole with overflow',
      `${from}&overflow=true`,
      [
        'ARUNNING 2026-11-21T09:00:00Z 2026-11-21T17:00:00Z',
        'AFUTURE 2026-11-25T10:00:00Z 2026-12-02T10:00:00Z',
      ],
    ],
    [
      'in pages',
      `${from}&overflow=true&limit=1&offset=1`,
      ['AFUTURE 2026-11-25T10:00:00Z 2026-12-02T10:00:00Z'],
    ],
    ['not at the instant at which one ends', '?since=2026-11-21T17:00:00Z&until=2026-11-25T10:00:00Z', []],
  ])('%s', async (_, query, shifts) => {
    const to = await pagerDuty();
    const { body } = await to.send('GET', `${SHIFTS}${query}`);
    expect(
      body.custom_shifts.map((each: Listed) => `${each.id} ${each.start_time} ${each.end_time}`),
    ).toEqual(shifts);
    expect(to.violations).toEqual([]);
  });

  test.each<[path: string, query: string, errors: object]>([
    [SHIFTS, '?since=2026-11-21T12:00:00Z', { until: ['is required'] }],
    [SHIFTS, '', { since: ['is required'], until: ['is required'] }],
    [OVERRIDES, '?until=2026-11-21T12:00:00Z', { since: ['is required'] }],
    [SHIFTS, '?until=2026-11-21T12:00:00Z&since=2026-11-22T12:00:00Z', ['until is before since']],
  ])('never at %s for the range "%s"', async (path, query, errors) => {
    const { status, body } = await (await pagerDuty({ mode: 'faithful' })).send('GET', `${path}${query}`);
    expect([status, body.error.errors]).toEqual([400, errors]);
  });

  test('25 at a time, and at most a hundred', async () => {
    const customShifts = Array.from({ length: 130 }, () => FUTURE).map((it, i) => ({ ...it, id: `A${i}` }));
    const to = await standIn({ remembers: { schedules: [{ id: 'PSHIFTS', kind: 'v3', customShifts }] } });
    const { body } = await to.send('GET', `${SHIFTS}${RANGE}`);
    expect([body.custom_shifts.length, body.limit, body.more]).toEqual([25, 25, true]);
    const last = await to.send('GET', `${SHIFTS}${RANGE}&limit=100&offset=100`);
    expect([last.body.custom_shifts.length, last.body.more]).toEqual([30, false]);
    expect(to.violations).toEqual([]);
  });
});

describe('custom shifts are created', () => {
  test('several at once, also over the same time, and for nobody', async () => {
    const to = await pagerDuty();
    const beside = shift('2026-12-02T10:00:00Z', '2026-12-03T10:00:00Z', 'PBENA01');
    const empty = shift('2026-12-09T10:00:00Z', '2026-12-10T10:00:00Z', undefined);
    const { status, body } = await to.send('POST', SHIFTS, { custom_shifts: [NEXT, beside, empty] });
    expect([status, body.custom_shifts.length]).toEqual([201, 3]);
    expect(body.custom_shifts[0]).toMatchObject({ ...NEXT, assignments: held('PAMARA1') });
    expect(body.custom_shifts[0].id).toMatch(/^[A-Z2-7]{26}$/);
    expect(cover(to, 'PSHIFTS', '2026-12-02T09:00:00Z', '2026-12-12T00:00:00Z')).toEqual([
      '2026-12-02T09:00+00:00 2026-12-02T10:00+00:00 PBENA01',
      '2026-12-02T10:00+00:00 2026-12-03T10:00+00:00 PAMARA1 + PBENA01',
      '2026-12-03T10:00+00:00 2026-12-09T10:00+00:00 PAMARA1',
    ]);
    expect(to.violations).toEqual([]);
  });

  test.each<[what: string, item: object, error: object]>([
    [
      'that end before they start',
      shift('2026-12-02T10:00:00Z', '2026-12-02T10:00:00Z', 'PAMARA1'),
      { 'custom_shifts.0.end_time': ['must be after start_time'] },
    ],
    [
      'that are over',
      shift('2026-11-20T10:00:00Z', '2026-11-21T12:00:00Z', 'PAMARA1'),
      { 'custom_shifts.0.end_time': ["can't be in the past"] },
    ],
    [
      'that start long ago',
      shift('2026-11-21T11:00:00Z', '2026-11-22T12:00:00Z', 'PAMARA1'),
      { 'custom_shifts.0.start_time': ["can't be in the past"] },
    ],
    [
      'that start in more than a year',
      shift('2027-11-24T11:00:00Z', '2027-11-25T12:00:00Z', 'PAMARA1'),
      { 'custom_shifts.0.start_time': ['Date cannot be more than 12 months in the future'] },
    ],
    [
      'of somebody who is gone',
      shift('2026-12-02T10:00:00Z', '2026-12-03T10:00:00Z', 'PGONE01'),
      { 'custom_shifts.0.assignments': ['User not found'] },
    ],
  ])('never such %s', async (_, item, errors) => {
    const to = await pagerDuty();
    const { status, body } = await to.send('POST', SHIFTS, { custom_shifts: [item] });
    expect([status, body.error]).toEqual([400, { message: 'Invalid Input Provided', code: 2001, errors }]);
    expect(to.history).toHaveLength(1);
    expect(to.violations).toEqual([]);
  });

  test('from now on if their start has just passed', async () => {
    const to = await pagerDuty();
    const late = shift('2026-11-21T11:59:30Z', '2026-11-22T12:00:00Z', 'PAMARA1');
    const { body } = await to.send('POST', SHIFTS, { custom_shifts: [late] });
    expect(body.custom_shifts[0].start_time).toBe('2026-11-21T12:00:00Z');
  });

  test('with their times rounded, where PagerDuty does that', async () => {
    const to = await pagerDuty({ shifts: { roundMs: MINUTE } });
    const odd = shift('2026-12-02T10:00:59Z', '2026-12-02T11:01:01Z', 'PAMARA1');
    const { body } = await to.send('POST', SHIFTS, { custom_shifts: [odd] });
    const rounded = { start_time: '2026-12-02T10:00:00Z', end_time: '2026-12-02T11:01:00Z' };
    expect(body.custom_shifts[0]).toMatchObject(rounded);
    const path = `${SHIFTS}/${body.custom_shifts[0].id}`;
    await to.send('PUT', path, { custom_shift: { end_time: '2026-12-02T12:00:30Z' } });
    expect((await to.send('GET', path)).body.custom_shift.end_time).toBe('2026-12-02T12:00:00Z');
  });

  const LATER = shift('2026-12-09T10:00:00Z', '2026-12-16T10:00:00Z', 'PBENA01');
  test.each<[bulk: 'nothing' | 'those before' | 'the others', status: number, made: string[]]>([
    ['nothing', 400, []],
    ['those before', 400, ['2026-12-02']],
    ['the others', 201, ['2026-12-02', '2026-12-09']],
  ])('%s of them if one is refused', async (bulk, status, made) => {
    const to = await pagerDuty({ shifts: { bulk } });
    to.fault({ kind: 'refused item', item: 1 });
    const answer = await to.send('POST', SHIFTS, { custom_shifts: [NEXT, NEXT, LATER] });
    expect(answer.status).toBe(status);
    expect(
      stateOf(to)
        .customShifts.slice(3)
        .map(({ startAt }) => new Date(startAt).toISOString().slice(0, 10)),
    ).toEqual(made);
    expect(to.violations).toEqual([]);
  });

  test.each<[errors: 'by field' | 'as list', expected: unknown]>([
    ['by field', { 'custom_shifts.0.start_time': ['Refused by the test'] }],
    ['as list', ['custom_shifts.0.start_time Refused by the test']],
  ])('or refused with errors %s', async (errors, expected) => {
    const to = await pagerDuty({ shifts: { errors } });
    to.fault({ kind: 'refused item', item: 0 });
    const { body } = await to.send('POST', SHIFTS, { custom_shifts: [NEXT] });
    expect(body.error.errors).toEqual(expected);
    expect(to.violations).toEqual([]);
  });

  test('and are not found by their id for a moment, although they are in effect', async () => {
    const to = await pagerDuty({ shifts: { settleMs: 2000 } });
    const { body } = await to.send('POST', SHIFTS, { custom_shifts: [NEXT] });
    const path = `${SHIFTS}/${body.custom_shifts[0].id}`;
    const statuses = async () => [
      (await to.send('GET', path)).status,
      (await to.send('PUT', path, { custom_shift: { assignments: held('PBENA01') } })).status,
    ];
    expect(await statuses()).toEqual([404, 404]);
    to.clock.now += 1999;
    expect(await statuses()).toEqual([404, 404]);
    to.clock.now += 1;
    expect(await statuses()).toEqual([200, 200]);
    expect((await to.send('GET', `${SHIFTS}/AFUTURE`)).status).toBe(200);
  });
});

describe('a custom shift is changed', () => {
  const put = (to: Called, id: string, custom_shift: object) =>
    to.send('PUT', `${SHIFTS}/${id}`, { custom_shift });

  test('in place before it starts: its person, and its times', async () => {
    const to = await pagerDuty();
    const { status, body } = await put(to, 'AFUTURE', { assignments: held('PCHI001') });
    expect([status, body.custom_shift.id, body.custom_shift.start_time]).toEqual([
      200,
      'AFUTURE',
      '2026-11-25T10:00:00Z',
    ]);
    await put(to, 'AFUTURE', { start_time: '2026-11-26T10:00:00Z', end_time: '2026-11-27T10:00:00Z' });
    expect(cover(to, 'PSHIFTS', '2026-11-22T00:00:00Z', '2026-12-12T00:00:00Z')).toEqual([
      '2026-11-26T10:00+00:00 2026-11-27T10:00+00:00 PCHI001',
    ]);
    expect(to.violations).toEqual([]);
  });

  test.each<[what: string, id: string, sent: object, errors: object | undefined]>([
    ['its end', 'ARUNNING', { end_time: '2026-11-21T20:00:00Z' }, undefined],
    [
      'its end, and the rest as it is',
      'ARUNNING',
      shift(RUNNING.start, '2026-11-21T20:00:00Z', 'PAMARA1'),
      undefined,
    ],
    ['its end to now', 'ARUNNING', { end_time: '2026-11-21T11:59:59Z' }, undefined],
    [
      'its end to long ago',
      'ARUNNING',
      { end_time: '2026-11-21T10:00:00Z' },
      { end_time: ["can't be in the past"] },
    ],
    [
      'its start',
      'ARUNNING',
      { start_time: '2026-11-21T10:00:00Z' },
      { start_time: ["can't be changed after the start"] },
    ],
    [
      'its person',
      'ARUNNING',
      { assignments: held('PBENA01') },
      { assignments: ["can't be changed after the start"] },
    ],
    [
      'anything, after its end',
      'APAST',
      { end_time: '2026-11-22T10:00:00Z' },
      { end_time: ['has passed, so nothing can be changed'] },
    ],
    [
      'to two people',
      'AFUTURE',
      { assignments: [...held('PBENA01'), ...held('PCHI001')] },
      { assignments: ['must be exactly one'] },
    ],
    [
      'to end in the past',
      'AFUTURE',
      { start_time: '2026-11-20T10:00:00Z', end_time: '2026-11-21T10:00:00Z' },
      { end_time: ["can't be in the past"] },
    ],
  ])('%s, %s', async (what, id, sent, errors) => {
    const to = await pagerDuty({ mode: what === 'to two people' ? 'faithful' : 'strict' });
    const { status, body } = await put(to, id, sent);
    expect([status, body.error?.errors]).toEqual([errors === undefined ? 200 : 400, errors]);
    expect(to.history).toHaveLength(errors === undefined ? 2 : 1);
  });

  test('to end now at the earliest, so that its past stays', async () => {
    const to = await pagerDuty();
    to.clock.now += 20_000;
    await put(to, 'ARUNNING', { end_time: '2026-11-21T12:00:00Z' });
    expect(stateOf(to).customShifts[1]?.endAt).toBe(at('2026-11-21T12:00:20Z'));
  });

  test('no longer in its person from the instant on at which it starts', async () => {
    const to = await pagerDuty();
    to.clock.now = at(FUTURE.start);
    expect((await put(to, 'AFUTURE', { assignments: held('PCHI001') })).status).toBe(400);
    expect((await to.send('DELETE', `${SHIFTS}/AFUTURE`)).status).toBe(204);
    expect(cover(to, 'PSHIFTS', FUTURE.start, FUTURE.end)).toEqual([]);
  });
});

describe('a custom shift is deleted', () => {
  test.each<[what: string, id: string, status: number, left: string[]]>([
    ['entirely before it starts', 'AFUTURE', 204, ['APAST 10:00', 'ARUNNING 17:00']],
    [
      'from now on while it is in progress',
      'ARUNNING',
      204,
      ['APAST 10:00', 'ARUNNING 12:00', 'AFUTURE 10:00'],
    ],
    ['never after its end', 'APAST', 400, ['APAST 10:00', 'ARUNNING 17:00', 'AFUTURE 10:00']],
  ])('%s', async (_, id, status, left) => {
    const to = await pagerDuty();
    expect((await to.send('DELETE', `${SHIFTS}/${id}`)).status).toBe(status);
    expect(
      stateOf(to).customShifts.map((it) => `${it.id} ${new Date(it.endAt).toISOString().slice(11, 16)}`),
    ).toEqual(left);
    expect((await to.send('DELETE', `${SHIFTS}/${id}`)).status).toBe(id === 'AFUTURE' ? 404 : 400);
    expect(to.violations).toEqual([]);
  });
});

const contract = pagerDutyContract();
const where =
  contract === undefined ? ` (left out: it is not at ${DOCUMENT}; name its file in PAGERDUTY_OPENAPI)` : '';

describe.skipIf(contract === undefined)(`PagerDuty's own document${where}`, () => {
  test.each<[what: string, method: string, path: string, body: unknown, violation: string]>([
    ['no range', 'GET', SHIFTS, undefined, "query must have required property 'since'"],
    ['too long a page', 'GET', `${SHIFTS}${RANGE}&limit=101`, undefined, 'query/limit must be <= 100'],
    ['too long a list', 'GET', '/v3/schedules?limit=1001', undefined, 'query/limit must be <= 1000'],
    [
      'an unknown thing to include',
      'GET',
      '/v3/schedules/PSHIFTS?include[]=users',
      undefined,
      'query/include[]/0 must be equal to one of the allowed values',
    ],
    [
      'two assignments',
      'POST',
      SHIFTS,
      { custom_shifts: [{ ...NEXT, assignments: [...NEXT.assignments, ...NEXT.assignments] }] },
      'body/custom_shifts/0/assignments must NOT have more than 1 items',
    ],
    [
      'no member to replace',
      'POST',
      OVERRIDES,
      { overrides: [{ type: 'override_shift', start_time: NEXT.start_time, end_time: NEXT.end_time }] },
      "body/overrides/0 must have required property 'overridden_member'",
    ],
    [
      'no policy',
      'PUT',
      '/services/PSERVIC',
      { service: { type: 'service' } },
      "body/service must have required property 'escalation_policy'",
    ],
  ])('%s in a request is reported and refused', async (_, method, path, body, violation) => {
    const to = await pagerDuty();
    expect((await to.send(method, path, body)).status).toBe(400);
    expect(to.violations[0]).toBe(`${method} ${path.split('?')[0]}: ${violation}`);
    expect(to.history).toHaveLength(1);
  });

  test('makes a response that it does not allow an error', async () => {
    const to = await pagerDuty();
    to.change('broken', (state) =>
      withSchedule(state, 'PTURNED', (one) => ({
        ...one,
        rotations: one.rotations.map((each) => ({
          ...each,
          events: each.events.map((event) => ({ ...event, members: [] })),
        })),
      })),
    );
    expect((await to.send('GET', '/v3/schedules/PTURNED')).status).toBe(500);
    expect(to.violations[0]).toContain('members must NOT have fewer than 1 items');
  });
});
