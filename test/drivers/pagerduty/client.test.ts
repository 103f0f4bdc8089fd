/** The client over real HTTP with bad connections, rate limits and responses: what is retried, and what is reported. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PagerDuty } from '../../../actions/lib/drivers/pagerduty/client.ts';
import { PagerDutyFault } from '../../../actions/lib/drivers/pagerduty/fault.ts';
import { at, between } from '../../handbook.ts';
import { hostileHost } from '../../hostile-host.ts';
import { type Called, standIn } from '../../pagerduty/calls.ts';
import type { Fault } from '../../pagerduty/faults.ts';
import { organisation, PAAS } from '../../pagerduty/kit.ts';
import { FULL, READ } from '../../pagerduty/state.ts';

const SPAN = between('2026-11-21T12:00Z', '2026-12-21T12:00Z');
const AMARA = { startAt: at('2026-12-01T10:00Z'), endAt: at('2026-12-08T10:00Z'), user: 'PAMARA1' };
const QONE = { ...AMARA, id: 'QONE' };
const HERE = at('2026-11-21T12:00:00Z');
const KEY = 'a-key-that-nobody-may-see';

const REMEMBERS = {
  users: [{ id: 'PAMARA1' }],
  schedules: [
    {
      id: 'PROTA01',
      layers: [{ virtualStart: '2026-01-07T10:00:00Z', turnSeconds: 604_800, users: ['PAMARA1'] }],
      overrides: [
        { id: 'QONE', start: '2026-12-01T10:00:00Z', end: '2026-12-02T10:00:00Z', user: 'PAMARA1' },
      ],
    },
  ],
  policies: [
    {
      id: 'PPOLICY',
      rules: [{ id: 'PRULE01', targets: [{ id: 'PAMARA1', type: 'user_reference' as const }] }],
    },
  ],
  keys: { [FULL]: 'full', [READ]: 'read-only', [KEY]: 'full' } as const,
};

async function account(given: Parameters<typeof standIn>[0] = {}): Promise<Called & { client: PagerDuty }> {
  const to = await standIn({ remembers: REMEMBERS, ...given });
  onTestFinished(() => expect(to.violations).toEqual([]));
  return Object.assign(to, {
    client: new PagerDuty({ url: to.url, key: FULL, patienceMs: 1, clock: () => to.clock.now }),
  });
}

/** A server with arbitrary responses, and the requests it received. */
async function answering(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => answer(request, response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(
    () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, seen, client: new PagerDuty({ url, key: KEY, patienceMs: 1, clock: () => HERE }) };
}

const json = (status: number, body: unknown) => (_: IncomingMessage, response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const failed = async (work: Promise<unknown>): Promise<PagerDutyFault> => {
  const error = await work.then(
    () => new Error('nothing failed'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PagerDutyFault)) throw error;
  return error;
};

describe('idempotent requests are retried', () => {
  const reading = (client: PagerDuty) => client.overrides('PROTA01', SPAN);
  const changing = async (client: PagerDuty) => {
    const policy = await client.policy('PPOLICY');
    await client.change('PPOLICY', {
      ...policy?.raw,
      num_loops: 4,
      escalation_rules: [
        { escalation_delay_in_minutes: 5, targets: [{ id: 'PAMARA1', type: 'user_reference' }] },
      ],
    });
  };
  const removing = (client: PagerDuty) => client.remove('PROTA01', 'layers', QONE);

  const FAULTS: readonly (readonly [string, Fault])[] = [
    ['an error before it was done', { kind: 'outage', effect: 'before' }],
    ['an error after it was done', { kind: 'outage', effect: 'after' }],
    ['a connection lost before', { kind: 'drop', effect: 'before' }],
    ['a connection lost after', { kind: 'drop', effect: 'after' }],
    ['a 429 that says nothing', { kind: 'bare 429' }],
    ['a timeout', { kind: 'timeout' }],
  ];
  const WORK = [
    ['GET', reading],
    ['PUT', changing],
    ['DELETE', removing],
  ] as const;

  test.each(
    WORK.flatMap(([method, work]) => FAULTS.map(([what, fault]) => [method, what, fault, work] as const)),
  )('%s after %s', async (method, _, fault, work) => {
    const to = await account();
    to.fault(fault, { method, times: 2 });
    await work(to.client);
    expect(to.requests.filter((call) => call.method === method).length).toBeGreaterThanOrEqual(2);
    if (method === 'PUT') expect(to.state.policies[0]?.loops).toBe(4);
    if (method === 'DELETE') expect(to.state.schedules[0]?.overrides).toEqual([]);
  });

  test('at most five times; the error is reported with the remedy', async () => {
    const to = await account();
    to.fault({ kind: 'outage', effect: 'before' }, { times: 100 });
    const { message, status, mayHaveHappened } = await failed(reading(to.client));
    expect([message, status, mayHaveHappened]).toEqual([
      'PagerDuty responded to GET schedules/PROTA01/overrides with 500: Internal Server Error; run it again when it is back',
      500,
      true,
    ]);
    expect(to.requests).toHaveLength(6);
  });

  test('a failed connection is reported too', async () => {
    const to = await account();
    await to.stop();
    const { message, mayHaveHappened } = await failed(reading(to.client));
    expect([message, mayHaveHappened]).toEqual([
      `PagerDuty did not respond to GET schedules/PROTA01/overrides (ECONNREFUSED at ${new URL(to.url).host}); check the address, or run it again when it is back`,
      true,
    ]);
  });
});

describe('a POST is sent once', () => {
  test.each<readonly [string, Fault]>([
    ['an error before it was done', { kind: 'outage', effect: 'before' }],
    ['an error after it was done', { kind: 'outage', effect: 'after' }],
    ['a connection lost before', { kind: 'drop', effect: 'before' }],
    ['a connection lost after', { kind: 'drop', effect: 'after' }],
    ['a timeout', { kind: 'timeout' }],
  ])('even after %s: it is unknown whether it was carried out', async (_, fault) => {
    const to = await account();
    to.fault(fault, { method: 'POST' });
    expect((await failed(to.client.addOverrides('PROTA01', [AMARA]))).mayHaveHappened).toBe(true);
    expect(to.requests).toHaveLength(1);
  });

  test('but again after a 429, which means that it was not carried out', async () => {
    const to = await account();
    to.fault({ kind: 'bare 429' }, { method: 'POST', times: 3 });
    expect(await to.client.addOverrides('PROTA01', [AMARA])).toEqual([{ id: expect.stringMatching(/^Q/) }]);
    expect(to.requests).toHaveLength(4);
    expect(to.state.schedules[0]?.overrides).toHaveLength(2);
  });

  test('a 4xx means that it was not carried out', async () => {
    const to = await account();
    expect((await failed(to.client.addOverrides('PNOTTHERE', [AMARA]))).mayHaveHappened).toBe(false);
  });
});

describe("PagerDuty's rate limit", () => {
  /** A stand-in with the real clock. */
  const limited = (requests: number): Parameters<typeof standIn>[0] => ({
    limit: { requests, windowMs: 1000 },
  });
  const ticking = (to: { clock: { now: number } }) => {
    const [began, startedAt] = [performance.now(), to.clock.now];
    const timer = setInterval(() => {
      to.clock.now = startedAt + performance.now() - began;
    }, 5);
    onTestFinished(() => clearInterval(timer));
  };

  test('of five requests in a window is respected during an apply: no request is refused', async () => {
    const org = await organisation(PAAS, { ...limited(5), pace: 0 });
    ticking(org);
    const { audit } = await org.apply(PAAS);
    expect(audit.trouble).toEqual([]);
    expect(org.requests.length).toBeGreaterThan(10);
    expect(org.requests.map(({ status }) => status)).not.toContain(429);
  });

  test.each([
    ['GET', (client: PagerDuty) => client.users()],
    ['POST', (client: PagerDuty) => client.addOverrides('PROTA01', [AMARA])],
    ['DELETE', (client: PagerDuty) => client.remove('PROTA01', 'layers', QONE)],
  ])('used up by others is waited for as long as required, by a %s', async (_, work) => {
    const to = await account(limited(1));
    ticking(to);
    await to.send('GET', '/abilities');
    // With this limit, the client's own backoff would not end.
    await work(new PagerDuty({ url: to.url, key: FULL, patienceMs: 1e9, clock: () => to.clock.now }));
    expect(to.requests.map(({ status }) => status)).toContain(429);
  });

  test('that is never reset is reported', async () => {
    const to = await account();
    to.fault({ kind: 'bare 429' }, { times: 100 });
    const { message } = await failed(to.client.users());
    expect(message).toBe(
      'PagerDuty responded to GET users with 429; its rate limit was not reset in time; run it again',
    );
  });
});

describe('users', () => {
  test.each([
    [0, 1],
    [99, 1],
    [100, 1],
    [101, 2],
    [250, 3],
  ])('%i are read in %i requests', async (count, requests) => {
    const users = Array.from({ length: count }, (_, i) => ({ id: `P${String(i).padStart(6, '0')}` }));
    const to = await account({ remembers: { users } });
    expect((await to.client.users()).size).toBe(count);
    expect(to.requests).toHaveLength(requests);
  });
});

describe('the kinds of schedules', () => {
  const listing = (v2: unknown, v3: unknown, status = 200) =>
    answering((request, response) => {
      const isV3 = request.url?.startsWith('/v3/') === true;
      json(isV3 ? status : 200, isV3 ? v3 : v2)(request, response);
    });

  test.each([
    [0, 0, 2],
    [100, 1, 2],
    [101, 100, 3],
    [250, 101, 5],
  ])('%i of layers and %i of shifts are read in %i requests', async (layers, shifts, requests) => {
    const of = (kind: 'v2' | 'v3', count: number) =>
      Array.from({ length: count }, (_, i) => ({ id: `P${kind}${i}`.toUpperCase(), kind }));
    const to = await account({ remembers: { schedules: [...of('v2', layers), ...of('v3', shifts)] } });
    const kinds = await to.client.kinds();
    expect(Map.groupBy(kinds.values(), (kind) => kind).get('layers') ?? []).toHaveLength(layers);
    expect(Map.groupBy(kinds.values(), (kind) => kind).get('shifts') ?? []).toHaveLength(shifts);
    expect(to.requests).toHaveLength(requests);
  });

  test('are known by their type, wherever they are listed; another type is kept', async () => {
    const { client } = await listing(
      {
        schedules: [
          { id: 'PONE', type: 'schedule' },
          { id: 'PTWO', type: 'schedule_v3' },
        ],
      },
      {
        schedules: [
          { id: 'PTHREE', type: 'schedule_v3_reference' },
          { id: 'PFOUR', type: 'schedule_v4_reference' },
        ],
      },
    );
    expect([...(await client.kinds())]).toEqual([
      ['PONE', 'layers'],
      ['PTWO', 'shifts'],
      ['PTHREE', 'shifts'],
      ['PFOUR', { unknownType: 'schedule_v4_reference' }],
    ]);
  });

  test.each([402, 404])(
    'an account without shift-based schedules answers %i: it has none',
    async (status) => {
      const { client } = await listing({ schedules: [{ id: 'PONE', type: 'schedule' }] }, {}, status);
      expect([...(await client.kinds())]).toEqual([['PONE', 'layers']]);
    },
  );

  test.each([401, 403])('an answer of %i is no such account', async (status) => {
    const { client } = await listing({ schedules: [] }, {}, status);
    expect((await failed(client.kinds())).status).toBe(status);
  });

  test.each<[what: string, body: unknown, message: RegExp]>([
    ['no list', {}, /no schedules/],
    ['a schedule without a type', { schedules: [{ id: 'PONE' }] }, /a schedule without a type/],
    ['a schedule without an id', { schedules: [{ type: 'schedule' }] }, /a schedule without an id/],
  ])('%s is not ignored', async (_, body, message) => {
    const { client } = await answering(json(200, body));
    await expect(client.kinds()).rejects.toThrow(message);
  });
});

describe('a schedule of shifts', () => {
  const TIMES = { start_time: '2026-12-01T10:00:00Z', end_time: '2026-12-01T11:00:00Z' };
  const AMARAS = { type: 'user_member', user_id: 'PAMARA1' };
  const rendering = (...assignments: readonly unknown[]) => ({
    schedule: { rotations: [{ id: 'R1' }], final_schedule: { computed_shift_assignments: assignments } },
  });
  const SHIFT = { startAt: at('2026-12-01T10:00Z'), endAt: at('2026-12-01T11:00Z') };

  test('is read with everybody who is on and by what; time of nobody is left out', async () => {
    const { client } = await answering(
      json(
        200,
        rendering(
          { ...TIMES, member: AMARAS, source: { type: 'custom_shift', shift_id: 'S1' } },
          {
            ...TIMES,
            member: { type: 'empty_member' },
            source: { type: 'schedule_rotation', rotation_id: 'R1' },
          },
          { ...TIMES, member: { type: 'empty_member' }, source: { type: 'schedule_rotation' } },
          {
            ...{ ...TIMES, member: AMARAS },
            source: { type: 'schedule_rotation_override', rotation_id: 'R1', override_id: 'O1' },
          },
        ),
      ),
    );
    const { assignments, rotations } = await client.finalSchedule('PROTA01', SPAN);
    expect(rotations).toEqual(new Set(['R1']));
    expect(assignments).toEqual([
      { ...SHIFT, user: 'PAMARA1', source: { source: 'shift', id: 'S1' }, override: undefined },
      { ...SHIFT, user: '', source: { source: 'rotation', id: 'R1' }, override: undefined },
      { ...SHIFT, user: 'PAMARA1', source: { source: 'rotation', id: 'R1' }, override: 'O1' },
    ]);
  });

  test.each<[what: string, body: unknown, message: RegExp]>([
    ['no rendering', { schedule: { rotations: [] } }, /no rendering of a schedule/],
    [
      'another source',
      rendering({ ...TIMES, member: AMARAS, source: { type: 'phone_tree', id: 'X' } }),
      /a shift from a "phone_tree"/,
    ],
    [
      'a source without an id',
      rendering({ ...TIMES, member: AMARAS, source: { type: 'custom_shift' } }),
      /a shift without a source/,
    ],
    [
      'an override without an id',
      rendering({ ...TIMES, member: AMARAS, source: { type: 'custom_shift_override', shift_id: 'S1' } }),
      /an override without an id/,
    ],
    [
      'a member without a user',
      rendering({ ...TIMES, member: {}, source: { type: 'custom_shift', shift_id: 'S1' } }),
      /a member without a user/,
    ],
  ])('%s is not ignored', async (_, body, message) => {
    const { client } = await answering(json(200, body));
    await expect(client.finalSchedule('PROTA01', SPAN)).rejects.toThrow(message);
  });

  test('has its custom shifts and its overrides read page by page, whole', async () => {
    const shift = (i: number) => ({ id: `S${i}`, ...TIMES, assignments: [{ member: AMARAS }] });
    const { client, seen } = await answering((request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      const offset = Number(url.searchParams.get('offset'));
      const ids = Array.from({ length: offset === 0 ? 100 : 3 }, (_, i) => offset + i);
      const body = url.pathname.endsWith('custom_shifts')
        ? { custom_shifts: ids.map(shift), more: offset === 0 }
        : {
            overrides: [
              {
                ...{ id: 'O1', ...TIMES, custom_shift_id: 'S1' },
                ...{ overridden_member: AMARAS, overriding_member: { type: 'empty_member' } },
              },
            ],
          };
      json(200, body)(request, response);
    });
    const records = await client.shiftRecords('PROTA01', SPAN);
    expect(records).toHaveLength(104);
    expect(records.at(-1)).toEqual({
      ...{ id: 'O1', ...SHIFT, user: '' },
      over: { source: 'shift', id: 'S1', member: 'PAMARA1' },
    });
    expect(seen).toHaveLength(3);
    expect(
      seen.every((it) => it.includes('overflow=true') && it.includes('since=') && it.includes('until=')),
    ).toBe(true);
  });

  test.each([
    [{ kind: 'outage', effect: 'before' }],
    [{ kind: 'drop', effect: 'after' }],
    [{ kind: 'bare 429' }],
  ] as const)('gets an edit again after %o, and a removal too', async (fault) => {
    const to = await account({
      remembers: {
        users: [{ id: 'PAMARA1' }, { id: 'PBEN001' }],
        schedules: [
          {
            ...{ id: 'PROTA01', kind: 'v3' as const },
            customShifts: [
              { id: 'S1', start: '2026-12-01T10:00:00Z', end: '2026-12-01T11:00:00Z', user: 'PAMARA1' },
            ],
          },
        ],
      },
    });
    const record = { id: 'S1', ...SHIFT, user: 'PAMARA1' };
    to.fault(fault, { method: 'PUT' });
    to.fault(fault, { method: 'DELETE' });
    await to.client.edit('PROTA01', record, 'PBEN001');
    expect(to.state.schedules[0]?.customShifts[0]?.member).toBe('PBEN001');
    await to.client.remove('PROTA01', 'shifts', record);
    expect(to.state.schedules[0]?.customShifts).toEqual([]);
    expect(to.requests).toHaveLength(4);
  });

  test('that was made of layers does not count as one whose override is gone', async () => {
    const to = await account({ remembers: { schedules: [{ id: 'PROTA01', kind: 'v3' }] } });
    const fault = await failed(to.client.remove('PROTA01', 'layers', QONE));
    expect([fault.status, fault.isOtherKind]).toEqual([400, true]);
  });
});

describe('the key', () => {
  const LEAKING: readonly (readonly [string, (response: ServerResponse) => void])[] = [
    [
      '401',
      (response) =>
        void json(401, { error: { message: 'Authentication failed', code: 2006 } })(
          undefined as never,
          response,
        ),
    ],
    [
      '403',
      (response) =>
        void json(403, { error: { message: 'Access Denied', code: 2010 } })(undefined as never, response),
    ],
    ['500', (response) => void json(500, {})(undefined as never, response)],
    ['a lost connection', (response) => void response.destroy()],
    ['no JSON', (response) => void response.end('<html>')],
    [
      'another address',
      (response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
    ],
  ];

  test.each(LEAKING)('is in no error: %s', async (_, answer) => {
    const to = await answering((_request, response) => answer(response));
    for (const work of [
      () => to.client.users(),
      () => to.client.addOverrides('PROTA01', [AMARA]),
      () => to.client.remove('PROTA01', 'layers', QONE),
      () => to.client.overrides('PROTA01', SPAN),
    ]) {
      const error = await failed(work());
      const texts = [
        error.message,
        error.stack,
        inspect(error, { depth: 20, showHidden: true }),
        JSON.stringify(error),
      ];
      expect(texts.join('\n')).not.toContain(KEY);
    }
    expect(inspect(to.client, { depth: 20, showHidden: true })).not.toContain(KEY);
  });

  test('that is wrong or read-only is reported with the remedy', async () => {
    const to = await account();
    const using = (key: string) =>
      new PagerDuty({ url: to.url, key, patienceMs: 1, clock: () => to.clock.now });
    expect((await failed(using('wrong').users())).message).toBe(
      'PagerDuty responded to GET users with 401: Authentication failed; check the key in PAGERDUTY_API_KEY, and at the service region',
    );
    expect((await failed(using(READ).addOverrides('PROTA01', [AMARA]))).message).toBe(
      'PagerDuty responded to POST schedules/PROTA01/overrides with 403: Access Denied; the key may not do this; a plan needs a key that reads, and apply one that writes',
    );
    expect(to.requests).toHaveLength(2);
  });

  test('is not sent to another address', async () => {
    const other = await answering(json(200, { users: [] }));
    const to = await answering((_, response) => void response.writeHead(302, { location: other.url }).end());
    expect((await failed(to.client.users())).message).toBe('PagerDuty responded to GET users with 302');
    expect([other.seen, to.seen.length]).toEqual([[], 1]);
  });
});

describe('responses that differ from their description', () => {
  const MADE = {
    id: 'QNEW',
    start: '2026-12-01T10:00:00Z',
    end: '2026-12-08T10:00:00Z',
    user: { id: 'PAMARA1' },
  };
  test.each<[what: string, status: number, body: unknown, read: readonly unknown[]]>([
    ['a list, as described', 201, [{ status: 201, override: MADE }], [{ id: 'QNEW' }]],
    ['a single override', 201, { override: MADE }, [{ id: 'QNEW' }]],
    ['a list by name', 200, { overrides: [MADE] }, [{ id: 'QNEW' }]],
    [
      'a list by name, each with its status',
      201,
      { overrides: [{ status: 201, override: MADE }] },
      [{ id: 'QNEW' }],
    ],
    [
      'a refusal in the list',
      201,
      [{ status: 400, errors: ['Override must end after its start'] }],
      [{ refusal: 'Override must end after its start' }],
    ],
    ['a refusal without a reason', 201, [{ status: 400 }], [{ refusal: 'no reason given' }]],
    ['nothing', 201, {}, [{ refusal: 'no reason given' }]],
  ])('of adding an override: %s', async (_, status, body, read) => {
    const { client } = await answering(json(status, body));
    expect(await client.addOverrides('PROTA01', [AMARA])).toEqual(read);
  });

  test.each<[what: string, body: unknown, message: string]>([
    [
      'a list of texts',
      { error: { message: 'Invalid Input Provided', errors: ['One.', 'Two.'] } },
      ': Invalid Input Provided (One., Two.)',
    ],
    [
      'texts by field',
      {
        error: {
          message: 'Invalid Schedule',
          code: 3001,
          errors: { 'layers.end': ['Too early.', 'Too late.'] },
        },
      },
      ': Invalid Schedule (layers.end: Too early., Too late.)',
    ],
    ['a text', { error: { message: 'Invalid', errors: 'Once.' } }, ': Invalid (Once.)'],
    ['an error that is a list', { error: ['One.', 'Two.'] }, ': One., Two.'],
    ['an error that is a text', { error: 'No.' }, ': No.'],
    ['no error', {}, ''],
    ['a list', [], ''],
    ['a text of 10,000 letters', { error: { message: 'x'.repeat(10_000) } }, `: ${'x'.repeat(200)}`],
  ])('an error as %s', async (_, body, message) => {
    const { client } = await answering(json(400, body));
    expect((await failed(client.users())).message).toBe(
      `PagerDuty responded to GET users with 400${message}`,
    );
  });

  test('an error as the page of a proxy', async () => {
    const { client } = await answering((_, response) => void response.writeHead(400).end('<html>Bad</html>'));
    expect((await failed(client.users())).message).toBe('PagerDuty responded to GET users with 400');
  });

  test.each<[what: string, body: unknown, message: RegExp]>([
    [
      'an override without a user',
      { overrides: [{ id: 'QONE', start: '2026-12-01T10:00:00Z', end: '2026-12-01T11:00:00Z' }] },
      /a user/,
    ],
    [
      'an override without an id',
      { overrides: [{ start: '2026-12-01T10:00:00Z', end: '2026-12-01T11:00:00Z', user: { id: 'P' } }] },
      /an override without an id/,
    ],
    [
      'an override whose start is no time',
      { overrides: [{ id: 'Q', start: 'soon', end: '2026-12-01T11:00:00Z', user: { id: 'P' } }] },
      /a start/,
    ],
    ['no list at all', { overrides: null }, /no overrides/],
  ])('%s is not ignored', async (_, body, message) => {
    const { client } = await answering(json(200, body));
    await expect(client.overrides('PROTA01', SPAN)).rejects.toThrow(message);
  });

  test('a missing list of users is not an empty one', async () => {
    const { client } = await answering(json(200, {}));
    await expect(client.users()).rejects.toThrow(/no users/);
  });

  test('a missing policy in the response is not an empty one', async () => {
    const { client } = await answering(json(200, {}));
    await expect(client.policy('PPOLICY')).rejects.toThrow(/no escalation policy/);
  });

  test('a missing rendering in the response is not an empty one', async () => {
    const { client } = await answering(json(200, { schedule: { schedule_layers: [] } }));
    await expect(client.rendered('PROTA01', SPAN)).rejects.toThrow(/no rendering/);
  });
});

describe('PagerDuty’s clock', () => {
  const reading = (client: PagerDuty) => client.overrides('PROTA01', SPAN);

  test('is estimated from all responses, as closely as whole seconds and response times allow', async () => {
    let takes = 4_000;
    const to: Called = await standIn({
      remembers: REMEMBERS,
      onRequest: () => {
        to.clock.now += takes;
      },
    });
    const clock = () => to.clock.now + 2_000;
    const client = new PagerDuty({ url: to.url, key: FULL, patienceMs: 1, clock });
    expect(client.skew).toEqual({ least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY });
    await reading(client);
    expect(client.skew).toEqual({ least: -3_000, most: 2_000 });
    takes = 300;
    await reading(client);
    expect(client.skew).toEqual({ least: 1_000, most: 2_000 });
    takes = 9_000;
    await reading(client);
    expect(client.skew).toEqual({ least: 1_000, most: 2_000 });
  });

  test.each<[what: string, headers: Readonly<Record<string, string>>, status: number]>([
    ['a date', {}, 200],
    ['a date that can be read', { date: 'yesterday' }, 200],
    ['carrying out the request', { date: 'Mon, 01 Jan 2024 00:00:00 GMT' }, 404],
  ])('is not estimated from a response without %s', async (_, headers, status) => {
    const { client } = await answering((_, response) => {
      response.sendDate = false;
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{"overrides": []}');
    });
    await reading(client).catch(() => {});
    expect(client.skew).toEqual({ least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY });
  });
});

describe('a response', () => {
  const usersAt = async (kind: string) => {
    const { url, requests } = await hostileHost();
    const client = new PagerDuty({ url: `${url}/${kind}`, key: KEY, patienceMs: 1, clock: () => HERE });
    const error = await client.users().catch((it: unknown) => it);
    return { text: String(error).replaceAll(new URL(url).host, 'host'), requests };
  };

  test.each(['endless', 'bomb'])('of more than 8 MiB is refused at once: %s', async (kind) => {
    const { text, requests } = await usersAt(kind);
    expect(text).toBe(
      'PagerDutyFault: The response to GET users is refused: ' +
        'host sends more than 8 MiB, which is not read; check the address, or run it again',
    );
    expect(requests).toHaveLength(1);
  });

  test('that redirects is not followed, so that the key reaches nobody else', async () => {
    const other = await hostileHost();
    const { text } = await usersAt(`to/${other.host}`);
    expect(text).toMatch(/^PagerDutyFault: PagerDuty responded to GET users with 302/);
    expect(other.requests).toEqual([]);
  });
});
