/**
 * Who is on call by a schedule of the stand-in: turns across both clock changes, restrictions, precedence, responses.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR } from '../../actions/lib/time/date.ts';
import { clip } from '../../actions/lib/timeline.ts';
import { at, between, lines } from '../handbook.ts';
import { type Called, NOW, override, standIn } from './calls.ts';
import { idsFrom } from './ids.ts';
import { coverAt, coverOf } from './rendering.ts';
import { remembered, type WrittenLayer } from './state.ts';

const users = ['PAMARA1', 'PBENA01', 'PCHI001', 'PINBOX1'].map((id) => ({ id }));
const WEEK = 604_800;
const DAYS = 86_400;

/** A schedule of these layers, the lowest precedence first. */
const withLayers = (layers: readonly WrittenLayer[], now?: string): Promise<Called> =>
  standIn({ remembers: { users, schedules: [{ id: 'PROTA01', layers }] }, ...(now ? { now } : {}) });

interface Entry {
  readonly start: string;
  readonly end: string;
  readonly user: { readonly id: string };
}
const spansOf = (entries: readonly Entry[]): string[] =>
  entries.map(({ start, end, user }) => `${start} ${end} ${user.id}`);

const query = (since: string, until: string, more = ''): string =>
  `/schedules/PROTA01?since=${encodeURIComponent(since)}&until=${encodeURIComponent(until)}${more}`;

async function final(to: Called, since: string, until: string, more = ''): Promise<string[]> {
  const { body } = await to.send('GET', query(since, until, more));
  expect(to.violations).toEqual([]);
  return spansOf(body.schedule.final_schedule.rendered_schedule_entries);
}

describe('turns', () => {
  const two = ['PAMARA1', 'PBENA01'];
  test.each<[what: string, layer: WrittenLayer, since: string, until: string, entries: string[]]>([
    [
      'of a week keep their hour when the clocks go forward',
      { virtualStart: '2027-03-17T10:00:00Z', turnSeconds: WEEK, users: two },
      '2027-03-24T00:00:00Z',
      '2027-04-08T00:00:00Z',
      [
        '2027-03-24T00:00:00+00:00 2027-03-24T10:00:00+00:00 PAMARA1',
        '2027-03-24T10:00:00+00:00 2027-03-31T10:00:00+01:00 PBENA01',
        '2027-03-31T10:00:00+01:00 2027-04-07T10:00:00+01:00 PAMARA1',
        '2027-04-07T10:00:00+01:00 2027-04-08T01:00:00+01:00 PBENA01',
      ],
    ],
    [
      'of a week keep their hour when the clocks go back',
      { virtualStart: '2026-10-14T10:00:00+01:00', turnSeconds: WEEK, users: two },
      '2026-10-21T10:00:00+01:00',
      '2026-11-04T10:00:00Z',
      [
        '2026-10-21T10:00:00+01:00 2026-10-28T10:00:00+00:00 PBENA01',
        '2026-10-28T10:00:00+00:00 2026-11-04T10:00:00+00:00 PAMARA1',
      ],
    ],
    [
      'of a day begin after the gap where their hour is skipped',
      { virtualStart: '2027-03-26T01:30:00Z', turnSeconds: DAYS, users: two },
      '2027-03-27T01:30:00Z',
      '2027-03-29T01:30:00+01:00',
      [
        '2027-03-27T01:30:00+00:00 2027-03-28T02:00:00+01:00 PBENA01',
        '2027-03-28T02:00:00+01:00 2027-03-29T01:30:00+01:00 PAMARA1',
      ],
    ],
    [
      'of a day begin at the first of two equal hours',
      { virtualStart: '2026-10-23T01:30:00+01:00', turnSeconds: DAYS, users: two },
      '2026-10-24T01:30:00+01:00',
      '2026-10-26T01:30:00Z',
      [
        '2026-10-24T01:30:00+01:00 2026-10-25T01:30:00+01:00 PBENA01',
        '2026-10-25T01:30:00+01:00 2026-10-26T01:30:00+00:00 PAMARA1',
      ],
    ],
    [
      'of half a day are elapsed time, and so change their hour with the clocks',
      { virtualStart: '2026-10-24T08:00:00+01:00', turnSeconds: DAYS / 2, users: two },
      '2026-10-24T20:00:00+01:00',
      '2026-10-25T19:00:00Z',
      [
        '2026-10-24T20:00:00+01:00 2026-10-25T07:00:00+00:00 PBENA01',
        '2026-10-25T07:00:00+00:00 2026-10-25T19:00:00+00:00 PAMARA1',
      ],
    ],
    [
      'are counted back from their virtual start, within the time of the layer',
      {
        start: '2026-11-16T10:00:00Z',
        end: '2026-11-18T12:00:00Z',
        virtualStart: '2026-12-01T10:00:00Z',
        turnSeconds: DAYS,
        users: ['PAMARA1', 'PBENA01', 'PCHI001'],
      },
      '2026-11-01T00:00:00Z',
      '2026-12-01T00:00:00Z',
      [
        '2026-11-16T10:00:00+00:00 2026-11-17T10:00:00+00:00 PAMARA1',
        '2026-11-17T10:00:00+00:00 2026-11-18T10:00:00+00:00 PBENA01',
        '2026-11-18T10:00:00+00:00 2026-11-18T12:00:00+00:00 PCHI001',
      ],
    ],
    [
      'are inside daily restrictions, whose night is an hour shorter when the clocks go forward',
      {
        virtualStart: '2027-03-01T00:00:00Z',
        turnSeconds: WEEK,
        users: ['PAMARA1'],
        restrictions: [
          { type: 'daily_restriction', start_time_of_day: '17:30:00', duration_seconds: 15.5 * 3600 },
        ],
      },
      '2027-03-27T12:00:00Z',
      '2027-03-29T12:00:00+01:00',
      [
        '2027-03-27T17:30:00+00:00 2027-03-28T09:00:00+01:00 PAMARA1',
        '2027-03-28T17:30:00+01:00 2027-03-29T00:00:00+01:00 PAMARA1',
        // A turn begins at midnight, and so does an entry.
        '2027-03-29T00:00:00+01:00 2027-03-29T09:00:00+01:00 PAMARA1',
      ],
    ],
    [
      'are inside weekly restrictions, which join where they overlap',
      {
        virtualStart: '2026-10-01T00:00:00+01:00',
        turnSeconds: 30 * DAYS,
        users: ['PAMARA1'],
        restrictions: [
          {
            type: 'weekly_restriction',
            start_time_of_day: '17:00:00',
            duration_seconds: 2 * DAYS,
            start_day_of_week: 5,
          },
          {
            type: 'weekly_restriction',
            start_time_of_day: '12:00:00',
            duration_seconds: 45 * 3600,
            start_day_of_week: 7,
          },
        ],
      },
      '2026-10-20T00:00:00+01:00',
      '2026-10-28T00:00:00Z',
      [
        '2026-10-20T00:00:00+01:00 2026-10-20T09:00:00+01:00 PAMARA1',
        '2026-10-23T17:00:00+01:00 2026-10-27T09:00:00+00:00 PAMARA1',
      ],
    ],
  ])('%s', async (_, layer, since, until, entries) => {
    expect(await final(await withLayers([layer]), since, until)).toEqual(entries);
  });
});

describe('precedence', () => {
  const below = {
    id: 'PBELOW1',
    virtualStart: '2026-11-02T00:00:00Z',
    turnSeconds: WEEK,
    users: ['PINBOX1'],
  };
  const above = {
    id: 'PABOVE1',
    virtualStart: '2026-11-02T00:00:00Z',
    turnSeconds: WEEK,
    users: ['PAMARA1'],
    restrictions: [
      { type: 'daily_restriction', start_time_of_day: '09:00:00', duration_seconds: 28_800 },
    ] as const,
  };

  test('a higher layer takes precedence over a lower one, and GET returns the highest first', async () => {
    const to = await withLayers([below, above]);
    const { body } = await to.send('GET', query('2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z'));
    const { schedule_layers: layers, final_schedule } = body.schedule;
    expect(layers.map(({ id }: { id: string }) => id)).toEqual(['PABOVE1', 'PBELOW1']);
    expect(spansOf(layers[1].rendered_schedule_entries)).toEqual([
      '2026-11-24T00:00:00+00:00 2026-11-25T00:00:00+00:00 PINBOX1',
    ]);
    expect(spansOf(final_schedule.rendered_schedule_entries)).toEqual([
      '2026-11-24T00:00:00+00:00 2026-11-24T09:00:00+00:00 PINBOX1',
      '2026-11-24T09:00:00+00:00 2026-11-24T17:00:00+00:00 PAMARA1',
      '2026-11-24T17:00:00+00:00 2026-11-25T00:00:00+00:00 PINBOX1',
    ]);
    expect([layers[0].rendered_coverage_percentage, final_schedule.rendered_coverage_percentage]).toEqual([
      33.3, 100,
    ]);
  });

  test('an override takes precedence over every layer, and the newest over the others', async () => {
    const to = await withLayers([below, above]);
    const long = override('2026-11-24T08:00:00Z', '2026-11-24T20:00:00Z', 'PBENA01');
    const short = override('2026-11-24T10:00:00Z', '2026-11-24T12:00:00Z', 'PCHI001');
    const path = '/schedules/PROTA01/overrides';
    await to.send('POST', path, { overrides: [short] });
    await to.send('POST', path, { overrides: [long] });
    const day = ['2026-11-24T07:00:00Z', '2026-11-24T21:00:00Z'] as const;
    const hidden = [
      '2026-11-24T07:00:00+00:00 2026-11-24T08:00:00+00:00 PINBOX1',
      '2026-11-24T08:00:00+00:00 2026-11-24T20:00:00+00:00 PBENA01',
      '2026-11-24T20:00:00+00:00 2026-11-24T21:00:00+00:00 PINBOX1',
    ];
    expect(await final(to, ...day)).toEqual(hidden);
    await to.send('POST', path, { overrides: [short] });
    expect(await final(to, ...day)).toEqual([
      hidden[0],
      '2026-11-24T08:00:00+00:00 2026-11-24T10:00:00+00:00 PBENA01',
      '2026-11-24T10:00:00+00:00 2026-11-24T12:00:00+00:00 PCHI001',
      '2026-11-24T12:00:00+00:00 2026-11-24T20:00:00+00:00 PBENA01',
      hidden[2],
    ]);
  });

  test('at each instant the newest of the overrides that include it applies', () => {
    const hour = fc.integer({ min: 0, max: 48 });
    const user = fc.constantFrom('PAMARA1', 'PBENA01', 'PCHI001');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(hour, fc.integer({ min: 1, max: 12 }), user), { maxLength: 12 }),
        (heap) => {
          const first = at('2026-11-24T00:00:00Z');
          const spans = heap.map(([from, length, user]) => ({
            startAt: first + from * HOUR,
            endAt: first + (from + length) * HOUR,
            user,
          }));
          const overrides = spans.map(({ startAt, endAt, user }) => ({
            start: new Date(startAt).toISOString(),
            end: new Date(endAt).toISOString(),
            user,
          }));
          const written = { users, schedules: [{ id: 'PROTA01', layers: [below], overrides }] };
          const state = remembered(written, idsFrom(''));
          for (let i = 0; i < 60; i++) {
            const instant = first + i * HOUR;
            const last = spans.findLast(({ startAt, endAt }) => startAt <= instant && instant < endAt);
            expect(coverAt(state, 'PROTA01', instant)).toBe(last?.user ?? 'PINBOX1');
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

test('a schedule is the same in every range that is requested, across both clock changes', () => {
  const weekend = [
    {
      type: 'weekly_restriction',
      start_time_of_day: '17:00:00',
      duration_seconds: 3.5 * DAYS,
      start_day_of_week: 5,
    },
    { type: 'daily_restriction', start_time_of_day: '22:00:00', duration_seconds: 36_000 },
  ] as const;
  const layers = [
    { virtualStart: '2026-07-01T10:00:00+01:00', turnSeconds: WEEK, users: ['PINBOX1', 'PCHI001'] },
    {
      virtualStart: '2026-07-01T10:00:00+01:00',
      turnSeconds: DAYS,
      users: ['PAMARA1', 'PBENA01'],
      restrictions: weekend,
    },
  ];
  const state = remembered({ users, schedules: [{ id: 'PROTA01', layers }] }, idsFrom(''));
  const whole = coverOf(state, 'PROTA01', between('2026-10-01T00:00:00Z', '2027-05-01T00:00:00Z'));
  const halfHours = fc.integer({ min: 0, max: 48 * 20 });
  const from = fc.constantFrom(at('2026-10-18T00:00:00Z'), at('2027-03-20T00:00:00Z'));
  fc.assert(
    fc.property(from, halfHours, fc.integer({ min: 1, max: 96 }), (firstAt, begins, length) => {
      const startAt = firstAt + (begins * HOUR) / 2;
      const range = { startAt, endAt: startAt + (length * HOUR) / 2 };
      expect(coverOf(state, 'PROTA01', range)).toEqual(clip(whole, range));
    }),
    { numRuns: 500 },
  );
});

describe('the response of GET', () => {
  const daily = {
    id: 'PDAILY1',
    virtualStart: '2026-11-02T10:00:00Z',
    turnSeconds: DAYS,
    users: ['PAMARA1'],
  };
  const from = '2026-11-24T12:00:00Z';
  const to = '2026-11-25T12:00:00Z';

  test('has no entries and no coverage without a range', async () => {
    const { body } = await (await withLayers([daily])).send('GET', '/schedules/PROTA01');
    expect(body.schedule.final_schedule).toEqual({
      name: 'Final Schedule',
      rendered_schedule_entries: [],
      rendered_coverage_percentage: null,
    });
    expect(body.schedule.schedule_layers[0].end).toBeNull();
  });

  test('has entries cut at the range, and whole ones with overflow', async () => {
    const rota = await withLayers([daily]);
    expect(await final(rota, from, to)).toEqual([
      '2026-11-24T12:00:00+00:00 2026-11-25T10:00:00+00:00 PAMARA1',
      '2026-11-25T10:00:00+00:00 2026-11-25T12:00:00+00:00 PAMARA1',
    ]);
    expect(await final(rota, from, to, '&overflow=true')).toEqual([
      '2026-11-24T10:00:00+00:00 2026-11-25T10:00:00+00:00 PAMARA1',
      '2026-11-25T10:00:00+00:00 2026-11-26T10:00:00+00:00 PAMARA1',
    ]);
  });

  test('has joined entries of one person if the test sets that', async () => {
    const schedules = [{ id: 'PROTA01', layers: [daily] }];
    const joined = await standIn({ entries: 'by person', remembers: { users, schedules } });
    expect(await final(joined, from, to)).toEqual([
      '2026-11-24T12:00:00+00:00 2026-11-25T12:00:00+00:00 PAMARA1',
    ]);
  });

  test.each<[what: string, path: string, entries: string[]]>([
    [
      'two weeks after since',
      '?since=2026-11-24T12:00:00Z',
      ['2026-11-24T12:00:00+00:00', '2026-12-08T12:00:00+00:00'],
    ],
    [
      'two weeks before until',
      '?until=2026-11-24T12:00:00Z',
      ['2026-11-10T12:00:00+00:00', '2026-11-24T12:00:00+00:00'],
    ],
  ])('%s', async (_, path, ends) => {
    const { body } = await (await withLayers([daily])).send('GET', `/schedules/PROTA01${path}`);
    const entries = body.schedule.final_schedule.rendered_schedule_entries;
    expect([entries[0].start, entries.at(-1).end]).toEqual(ends);
  });

  test('has times and restrictions in the requested zone', async () => {
    const night = {
      ...daily,
      restrictions: [
        {
          type: 'weekly_restriction',
          start_time_of_day: '01:30:00',
          duration_seconds: 3600,
          start_day_of_week: 1,
        },
      ] as const,
    };
    const rota = await withLayers([night]);
    const { body } = await rota.send('GET', '/schedules/PROTA01?time_zone=America/New_York');
    const [layer] = body.schedule.schedule_layers;
    expect(body.schedule.time_zone).toBe('Europe/London');
    expect(layer.rotation_virtual_start).toBe('2026-11-02T05:00:00-05:00');
    expect(layer.restrictions).toEqual([
      { ...night.restrictions[0], start_time_of_day: '20:30:00', start_day_of_week: 7 },
    ]);
    const utc = await rota.send('GET', '/schedules/PROTA01?time_zone=Etc/UTC');
    expect(utc.body.schedule.schedule_layers[0].start).toBe('2026-11-02T10:00:00Z');
  });

  test('still has a deleted user on call, marked as deleted', async () => {
    const gone = [{ id: 'PAMARA1', name: 'Amara', deletedAt: at(NOW) }];
    const rota = await standIn({
      remembers: { users: gone, schedules: [{ id: 'PROTA01', layers: [daily] }] },
    });
    const { body } = await rota.send('GET', query(from, to));
    expect(body.schedule.final_schedule.rendered_schedule_entries[0].user).toEqual({
      id: 'PAMARA1',
      type: 'user_reference',
      summary: 'Amara',
      self: null,
      html_url: null,
      deleted_at: '2026-11-21T12:00:00Z',
    });
    expect((await rota.send('GET', '/users')).body.users).toEqual([]);
    expect((await rota.send('GET', '/users/PAMARA1')).status).toBe(404);
    expect(rota.violations).toEqual([]);
  });
});

describe('layers changed by hand', () => {
  const first = {
    id: 'PFIRST1',
    virtualStart: '2026-11-02T00:00:00Z',
    turnSeconds: WEEK,
    users: ['PAMARA1'],
  };
  const second = { ...first, id: 'PSECON1', users: ['PBENA01'] };

  test('GET and PUT reverse their precedence, from now on and not before', async () => {
    const schedules = [{ id: 'PROTA01', layers: [first, second] }];
    const rota = await standIn({ mode: 'faithful', remembers: { users, schedules } });
    const { body } = await rota.send('GET', '/schedules/PROTA01');
    expect((await rota.send('PUT', '/schedules/PROTA01', body)).status).toBe(200);
    expect(await final(rota, '2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z')).toEqual([
      '2026-11-21T00:00:00+00:00 2026-11-21T12:00:00+00:00 PBENA01',
      '2026-11-21T12:00:00+00:00 2026-11-22T00:00:00+00:00 PAMARA1',
    ]);
  });

  const layer = (id: string | undefined, given: object = {}) => ({
    ...(id === undefined ? {} : { id }),
    start: '2026-11-02T00:00:00Z',
    rotation_virtual_start: '2026-11-02T00:00:00Z',
    rotation_turn_length_seconds: WEEK,
    users: [{ user: { id: 'PCHI001', type: 'user_reference' } }],
    ...given,
  });
  const put = (rota: Called, layers: readonly unknown[]) =>
    rota.send('PUT', '/schedules/PROTA01', {
      schedule: { type: 'schedule', time_zone: 'Europe/London', schedule_layers: layers },
    });

  test('a layer that is sent without its id is added, and one that is not sent stays', async () => {
    const schedules = [{ id: 'PROTA01', layers: [first, second] }];
    const rota = await standIn({ mode: 'faithful', remembers: { users, schedules } });
    const { body } = await put(rota, [layer(undefined)]);
    expect(body.schedule.schedule_layers).toHaveLength(3);
    expect(body.schedule.schedule_layers[0].users[0].user.id).toBe('PCHI001');
    expect(body.schedule.schedule_layers[0].start).toBe('2026-11-21T12:00:00+00:00');
  });

  test('an end in the past is now', async () => {
    const rota = await withLayers([first]);
    const { body } = await put(rota, [layer('PFIRST1', { end: '2026-11-20T00:00:00Z' })]);
    expect(body.schedule.schedule_layers[0].end).toBe('2026-11-21T12:00:00+00:00');
    expect(
      lines(coverOf(rota.state, 'PROTA01', between('2026-11-21T00:00:00Z', '2026-12-01T00:00:00Z')), 'UTC'),
    ).toEqual(['2026-11-21T00:00+00:00 2026-11-21T12:00+00:00 PAMARA1']);
  });

  const weekly = (given: object) => ({
    restrictions: [
      { type: 'weekly_restriction', start_time_of_day: '09:00:00', duration_seconds: 3600, ...given },
    ],
  });
  test.each<[what: string, layers: readonly unknown[], code: number, errors: unknown]>([
    [
      'turned round',
      [layer('PSECON1'), layer('PFIRST1')],
      2001,
      ['Layers are in the order of GET, which reverses them'],
    ],
    ['one not sent', [layer('PSECON1')], 2001, ['Layer PFIRST1 is not sent; a layer can only be ended']],
    ['one without its id', [layer(undefined)], 2001, ['Layer has no id, which makes a new layer']],
    ['one that is not there', [layer('PTHIRD1')], 2001, ['Layer PTHIRD1 was not found']],
    ['nobody in it', [layer('PFIRST1', { users: [] })], 2001, ['Layer has no users']],
    [
      'turns of less than an hour',
      [layer('PFIRST1', { rotation_turn_length_seconds: 60 })],
      2001,
      ['Rotation turn length seconds is from 3600 to 31536000'],
    ],
    [
      'a virtual start between minutes',
      [layer('PFIRST1', { rotation_virtual_start: '2026-11-02T00:00:30Z' })],
      2001,
      ['Rotation virtual start is not on a whole minute'],
    ],
    [
      'a restriction of no weekday',
      [layer('PFIRST1', weekly({}))],
      2001,
      ['Start day of week must be in 1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, or 7.'],
    ],
    [
      'a restriction of a whole week',
      [layer('PFIRST1', weekly({ start_day_of_week: 1, duration_seconds: WEEK }))],
      3001,
      {
        'rotation_layers.weekly_restrictions.duration_seconds': [
          'Please use a shorter duration or just turn the recurrence off.',
        ],
      },
    ],
    [
      'an end before its start',
      [layer('PFIRST1', { start: '2026-12-02T00:00:00Z', end: '2026-12-01T00:00:00Z' })],
      3001,
      { 'rotation_layers.end': ['must be after start'] },
    ],
  ])('are refused with %s', async (_, layers, code, errors) => {
    const rota = await withLayers([first, second]);
    const { status, body } = await put(rota, layers);
    expect([status, body.error.code, body.error.errors]).toEqual([400, code, errors]);
    expect(rota.history).toHaveLength(1);
  });
});
