/** Overrides of rotations and of custom shifts, who is on call with them, and calls about them that fail. */
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../actions/lib/time/date.ts';
import { at, between, lines } from '../handbook.ts';
import { type Called, standIn } from './calls.ts';
import type { Settings } from './fake-pagerduty.ts';
import type { Fault } from './faults.ts';
import { coverAt, coverOf, peopleOf } from './rendering.ts';
import type { Mode } from './request.ts';
import { type Schedule, type Written, withSchedule } from './state.ts';

/** Whole weeks from Wednesday at 10:00; Amara's begins on 2026-11-18. The time is 2026-11-21T12:00:00Z. */
const turns = {
  id: 'AEVENT',
  start: '2026-11-04T10:00',
  end: '2026-11-11T10:00',
  rule: 'FREQ=WEEKLY',
  users: ['PAMARA1', 'PBENA01'],
};
const replaced = { rotationId: 'AROTATION', overridden: 'PAMARA1', overriding: 'PCHI001' };
const PAST = { id: 'APAST', ...replaced, start: '2026-11-18T18:00:00Z', end: '2026-11-19T18:00:00Z' };
const RUNNING = { id: 'ARUNNING', ...replaced, start: '2026-11-21T09:00:00Z', end: '2026-11-21T17:00:00Z' };
const FUTURE = { id: 'AFUTURE', ...replaced, start: '2026-11-24T10:00:00Z', end: '2026-11-26T10:00:00Z' };

const WRITTEN = {
  users: ['PAMARA1', 'PBENA01', 'PCHI001'].map((id) => ({ id })),
  schedules: [
    {
      id: 'PTURNED',
      kind: 'v3',
      customShifts: [
        { id: 'ASHIFT', start: '2026-12-01T10:00:00Z', end: '2026-12-01T18:00:00Z', user: 'PBENA01' },
      ],
      rotations: [{ id: 'AROTATION', events: [turns] }],
      shiftOverrides: [PAST, RUNNING, FUTURE],
    },
  ],
} as const satisfies Written;

const pagerDuty = (given: Partial<Omit<Settings, 'now'>> = {}): Promise<Called> =>
  standIn({ remembers: WRITTEN, ...given });

const OVERRIDES = '/v3/schedules/PTURNED/overrides';
const member = (id: string) => ({ type: 'user_member', user_id: id });
const item = (given: object = {}) => ({
  type: 'override_shift',
  rotation_id: 'AROTATION',
  start_time: '2026-11-30T10:00:00Z',
  end_time: '2026-12-03T10:00:00Z',
  overridden_member: member('PBENA01'),
  overriding_member: member('PCHI001'),
  ...given,
});
const post = (to: Called, ...overrides: object[]) => to.send('POST', OVERRIDES, { overrides });
const scheduleOf = (to: Called) => to.state.schedules[0] as Schedule;
const cover = (to: Called, from: string, until: string): string[] =>
  lines(coverOf(to.state, 'PTURNED', between(from, until)), 'UTC');

describe('overrides are created', () => {
  test('and replace one member in the shifts of one source, and nobody else', async () => {
    const to = await pagerDuty();
    const { status, body } = await post(to, item());
    expect([status, body.overrides[0]]).toMatchObject([201, { ...item(), id: expect.any(String) }]);
    expect(cover(to, '2026-11-29T10:00:00Z', '2026-12-04T10:00:00Z')).toEqual([
      '2026-11-29T10:00+00:00 2026-11-30T10:00+00:00 PBENA01',
      '2026-11-30T10:00+00:00 2026-12-01T10:00+00:00 PCHI001',
      // The custom shift of the replaced person is another source.
      '2026-12-01T10:00+00:00 2026-12-01T18:00+00:00 PBENA01 + PCHI001',
      '2026-12-01T18:00+00:00 2026-12-02T10:00+00:00 PCHI001',
      '2026-12-02T10:00+00:00 2026-12-04T10:00+00:00 PAMARA1',
    ]);
    expect(to.violations).toEqual([]);
  });

  test('and do nothing outside the shifts of their source', async () => {
    const to = await pagerDuty();
    const { rotation_id: _, ...rest } = item();
    await post(to, { ...rest, custom_shift_id: 'ASHIFT' });
    expect(cover(to, '2026-12-01T09:00:00Z', '2026-12-01T19:00:00Z')).toEqual([
      '2026-12-01T09:00+00:00 2026-12-01T10:00+00:00 PBENA01',
      '2026-12-01T10:00+00:00 2026-12-01T18:00+00:00 PBENA01 + PCHI001',
      '2026-12-01T18:00+00:00 2026-12-01T19:00+00:00 PBENA01',
    ]);
  });

  test('and the newest counts', async () => {
    const to = await pagerDuty();
    await post(to, item());
    await post(to, item({ overriding_member: member('PAMARA1') }));
    expect(coverAt(to.state, 'PTURNED', at('2026-11-30T12:00:00Z'))).toBe('PAMARA1');
  });

  test.each<[what: string, given: object, errors: object]>([
    [
      'of two sources',
      { custom_shift_id: 'ASHIFT' },
      { 'overrides.0.rotation_id': ['or custom_shift_id is required, and not both'] },
    ],
    [
      'of no source',
      { rotation_id: undefined },
      { 'overrides.0.rotation_id': ['or custom_shift_id is required, and not both'] },
    ],
    ['of an unknown source', { rotation_id: 'ANO' }, { 'overrides.0.rotation_id': ['was not found'] }],
    [
      'of somebody whom the source does not have then',
      { end_time: '2026-12-01T10:00:00Z', overridden_member: member('PAMARA1') },
      { 'overrides.0.overridden_member': ['has no shift of that source in this time'] },
    ],
    [
      // Chi replaces Amara there already; the member to replace is still Amara.
      'of somebody who is there by another override',
      {
        start_time: '2026-11-24T10:00:00Z',
        end_time: '2026-11-25T10:00:00Z',
        overridden_member: member('PCHI001'),
      },
      { 'overrides.0.overridden_member': ['has no shift of that source in this time'] },
    ],
    [
      'by an unknown person',
      { overriding_member: member('PNOBODY') },
      { 'overrides.0.overriding_member': ['User not found'] },
    ],
    [
      'that end before they start',
      { end_time: '2026-11-30T09:00:00Z' },
      { 'overrides.0.end_time': ['must be after start_time'] },
    ],
    [
      'that start long ago',
      { start_time: '2026-11-20T09:00:00Z' },
      { 'overrides.0.start_time': ["can't be in the past"] },
    ],
  ])('never such %s', async (_, given, errors) => {
    const to = await pagerDuty();
    const { status, body } = await post(to, item(given));
    expect([status, body.error.errors]).toEqual([400, errors]);
    expect(to.history).toHaveLength(1);
    expect(to.violations).toEqual([]);
  });

  test.each<[mode: Mode, status: number, overridden: string | undefined]>([
    ['strict', 400, undefined],
    ['faithful', 201, 'PBENA01'],
  ])('without naming the replaced member, in %s mode', async (mode, status, overridden) => {
    const to = await pagerDuty({ mode });
    const answer = await post(to, item({ overridden_member: undefined }));
    expect([answer.status, answer.body.overrides?.[0].overridden_member.user_id]).toEqual([
      status,
      overridden,
    ]);
  });

  test('and are not found by their id for a moment', async () => {
    const to = await pagerDuty({ shifts: { settleMs: 2000 } });
    const { id } = (await post(to, item())).body.overrides[0];
    expect((await to.send('DELETE', `${OVERRIDES}/${id}`)).status).toBe(404);
    to.clock.now += 2000;
    expect((await to.send('DELETE', `${OVERRIDES}/${id}`)).status).toBe(204);
  });
});

describe('an override', () => {
  const put = (to: Called, id: string, override: object) =>
    to.send('PUT', `${OVERRIDES}/${id}`, { override });
  const toBen = { overriding_member: member('PBENA01') };

  test.each<[what: string, id: string, sent: object, errors: object | undefined]>([
    ['its person and its times', 'AFUTURE', { ...toBen, start_time: '2026-11-24T12:00:00Z' }, undefined],
    ['its end', 'ARUNNING', { end_time: '2026-11-21T20:00:00Z' }, undefined],
    ['its person', 'ARUNNING', toBen, { overriding_member: ["can't be changed after the start"] }],
    [
      'its start',
      'ARUNNING',
      { start_time: '2026-11-21T10:00:00Z' },
      { start_time: ["can't be changed after the start"] },
    ],
    ['anything', 'APAST', toBen, { end_time: ['has passed, so nothing can be changed'] }],
  ])('has %s changed: %s', async (_, id, sent, errors) => {
    const to = await pagerDuty();
    const { status, body } = await put(to, id, sent);
    expect([status, body.error?.errors]).toEqual([errors === undefined ? 200 : 400, errors]);
    if (errors === undefined) expect(body.override).toMatchObject(sent);
    expect((await to.send('GET', `${OVERRIDES}/${id}`)).status).toBe(200);
    expect(to.violations).toEqual([]);
  });

  test.each<[what: string, id: string, status: number, left: string[]]>([
    ['entirely before it starts', 'AFUTURE', 204, ['APAST 18:00', 'ARUNNING 17:00']],
    ['from now on', 'ARUNNING', 204, ['APAST 18:00', 'ARUNNING 12:00', 'AFUTURE 10:00']],
    ['never after its end', 'APAST', 400, ['APAST 18:00', 'ARUNNING 17:00', 'AFUTURE 10:00']],
  ])('is deleted %s', async (_, id, status, left) => {
    const to = await pagerDuty();
    expect((await to.send('DELETE', `${OVERRIDES}/${id}`)).status).toBe(status);
    expect(
      scheduleOf(to).shiftOverrides.map((it) => `${it.id} ${new Date(it.endAt).toISOString().slice(11, 16)}`),
    ).toEqual(left);
    expect(to.violations).toEqual([]);
  });

  test('is listed but cannot be deleted any more when its source is gone', async () => {
    const to = await pagerDuty();
    to.change('by hand', (state) => withSchedule(state, 'PTURNED', (one) => ({ ...one, rotations: [] })));
    const range = '?since=2026-11-01T00:00:00Z&until=2027-01-01T00:00:00Z';
    expect((await to.send('GET', `${OVERRIDES}${range}`)).body.overrides).toHaveLength(3);
    expect((await to.send('DELETE', `${OVERRIDES}/AFUTURE`)).status).toBe(404);
    expect(cover(to, '2026-11-24T00:00:00Z', '2026-11-27T00:00:00Z')).toEqual([]);
  });
});

describe('who is on call by rotations', () => {
  const withEvents = (...events: readonly object[]) =>
    standIn({
      remembers: {
        users: WRITTEN.users,
        schedules: [
          {
            id: 'PTURNED',
            kind: 'v3',
            rotations: events.map((event, i) => ({ id: `A${i}`, events: [{ ...turns, ...event }] })),
          },
        ],
      },
    });

  test.each<[what: string, events: object[], from: string, until: string, cover: string[]]>([
    [
      'at local times, also when the clocks change',
      [{ start: '2026-10-21T10:00', end: '2026-10-28T10:00' }],
      '2026-10-27T00:00:00Z',
      '2026-11-05T00:00:00Z',
      [
        '2026-10-27T00:00+00:00 2026-10-28T10:00+00:00 PAMARA1',
        '2026-10-28T10:00+00:00 2026-11-04T10:00+00:00 PBENA01',
        '2026-11-04T10:00+00:00 2026-11-05T00:00+00:00 PAMARA1',
      ],
    ],
    [
      'on weekdays, with several shifts each',
      [
        {
          start: '2026-11-19T09:00',
          end: '2026-11-19T17:00',
          rule: 'FREQ=WEEKLY;BYDAY=MO,TH',
          shiftsPerMember: 2,
        },
      ],
      '2026-11-18T00:00:00Z',
      '2026-11-29T00:00:00Z',
      [
        '2026-11-19T09:00+00:00 2026-11-19T17:00+00:00 PAMARA1',
        '2026-11-23T09:00+00:00 2026-11-23T17:00+00:00 PAMARA1',
        '2026-11-26T09:00+00:00 2026-11-26T17:00+00:00 PBENA01',
      ],
    ],
    [
      'with the phase of the start, from when the event takes effect until it ends',
      [
        {
          end: '2026-11-05T10:00',
          rule: 'FREQ=DAILY;INTERVAL=2',
          effective: '2026-11-22T16:00:00Z',
          until: '2026-11-26T16:00:00Z',
        },
      ],
      '2026-11-20T00:00:00Z',
      '2026-11-30T00:00:00Z',
      [
        '2026-11-22T16:00+00:00 2026-11-23T10:00+00:00 PBENA01',
        '2026-11-24T10:00+00:00 2026-11-25T10:00+00:00 PAMARA1',
        '2026-11-26T10:00+00:00 2026-11-26T16:00+00:00 PBENA01',
      ],
    ],
    [
      'everybody where everybody is, and nobody for an empty member',
      [
        { rule: 'FREQ=DAILY', end: '2026-11-04T12:00', strategy: 'every' },
        {
          rule: 'FREQ=DAILY',
          start: '2026-11-04T11:00',
          end: '2026-11-04T13:00',
          users: [undefined, 'PCHI001'],
        },
      ],
      '2026-11-24T00:00:00Z',
      '2026-11-26T00:00:00Z',
      [
        '2026-11-24T10:00+00:00 2026-11-24T12:00+00:00 PAMARA1 + PBENA01',
        '2026-11-25T10:00+00:00 2026-11-25T11:00+00:00 PAMARA1 + PBENA01',
        '2026-11-25T11:00+00:00 2026-11-25T12:00+00:00 PAMARA1 + PBENA01 + PCHI001',
        '2026-11-25T12:00+00:00 2026-11-25T13:00+00:00 PCHI001',
      ],
    ],
  ])('%s', async (_, events, from, until, expected) => {
    const to = await withEvents(...events);
    expect(cover(to, from, until)).toEqual(expected);
    expect(peopleOf(to.state, 'PTURNED', between(from, until)).map(({ value }) => value.join(' + '))).toEqual(
      expected.map((line) => line.split(' ').slice(2).join(' ')),
    );
  });

  test.each([
    'FREQ=HOURLY',
    'FREQ=MONTHLY',
    'FREQ=WEEKLY;COUNT=3',
    'FREQ=WEEKLY;BYDAY=TH',
    'FREQ=WEEKLY;BYDAY=2WE',
    'FREQ=DAILY;BYDAY=WE',
    'FREQ=DAILY;INTERVAL=0',
  ])('is not known for %s, which is said instead of rendered wrongly', async (rule) => {
    const to = await withEvents({ rule });
    expect(() => cover(to, '2026-11-20T00:00:00Z', '2026-11-30T00:00:00Z')).toThrow(
      `The stand-in knows no recurrence RRULE:${rule}: `,
    );
  });
});

describe('a fault', () => {
  const status = (to: Called) =>
    post(to, item()).then(
      (answer) => answer.status,
      () => 'dropped',
    );

  test.each<[fault: Fault, expected: number | string, effects: number]>([
    [{ kind: 'outage', effect: 'before' }, 500, 0],
    [{ kind: 'outage', effect: 'after' }, 500, 1],
    [{ kind: 'timeout' }, 408, 0],
    [{ kind: 'drop', effect: 'before' }, 'dropped', 0],
    [{ kind: 'drop', effect: 'after' }, 'dropped', 1],
    [{ kind: 'refused item', item: 0 }, 400, 0],
  ])('%j happens once', async (fault, expected, effects) => {
    const to = await pagerDuty();
    to.fault(fault);
    expect(await status(to)).toBe(expected);
    expect(to.history).toHaveLength(1 + effects);
    expect(await status(to)).toBe(201);
    expect(to.violations).toEqual([]);
  });

  test('of a replica that lags behind shows the list before the last change', async () => {
    const to = await pagerDuty();
    await post(to, item());
    to.fault({ kind: 'lag' }, { method: 'GET' });
    const list = `${OVERRIDES}?since=2026-11-01T00:00:00Z&until=2027-01-01T00:00:00Z`;
    expect((await to.send('GET', list)).body.overrides).toHaveLength(3);
    expect((await to.send('GET', list)).body.overrides).toHaveLength(4);
  });

  test('of the rate limit applies to both kinds together', async () => {
    const to = await pagerDuty({ limit: { requests: 1, windowMs: MINUTE } });
    expect((await to.send('GET', '/v3/schedules')).headers.get('ratelimit-remaining')).toBe('0');
    expect(await status(to)).toBe(429);
    expect(to.history).toHaveLength(1);
    to.clock.now += MINUTE;
    expect(await status(to)).toBe(201);
  });
});
