/** The stand-in of PagerDuty over real HTTP: it behaves like PagerDuty, and each fault and check can occur. */
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../actions/lib/time/date.ts';
import { at, between, lines } from '../handbook.ts';
import { type Called, HEADERS, NOW, override, person, standIn } from './calls.ts';
import { DOCUMENT, pagerDutyContract } from './contract.ts';
import type { Moment, Settings } from './fake-pagerduty.ts';
import type { Fault } from './faults.ts';
import type { Mode } from './operation-call.ts';
import { coverOf } from './rendering.ts';
import { READ, type Written, withPolicy, withSchedule, withUser } from './state.ts';

const WEEK = 604_800;
const layers = [
  { id: 'PLAYER1', virtualStart: '2026-11-04T10:00:00Z', turnSeconds: WEEK, users: ['PINBOX1'] },
];
const UNDER_WAY = {
  id: 'QUNDERWAY00000',
  start: '2026-11-21T09:00:00Z',
  end: '2026-11-21T17:00:00Z',
  user: 'PAMARA1',
};
const TO_COME = {
  id: 'QTOCOME0000000',
  start: '2026-11-25T10:00:00Z',
  end: '2026-12-02T10:00:00Z',
  user: 'PBENA01',
};
const PAST = {
  id: 'QPAST000000000',
  start: '2026-11-18T10:00:00Z',
  end: '2026-11-19T10:00:00Z',
  user: 'PBENA01',
};

const WRITTEN = {
  users: [
    { id: 'PAMARA1', name: 'Amara Osei', email: 'amara@example.org' },
    { id: 'PBENA01', name: 'Ben Adeyemi' },
    { id: 'PGONE01', deletedAt: at('2026-11-01T00:00:00Z') },
    { id: 'PINBOX1', name: 'Team inbox' },
  ],
  schedules: [
    {
      id: 'PROTA01',
      name: 'On call',
      layers,
      overrides: [TO_COME, UNDER_WAY, PAST],
      teams: [{ id: 'PTEAM01', name: 'PaaS' }],
    },
    { id: 'PEMPTY1', name: 'Nobody [night]' },
    { id: 'PSHIFTS', name: 'By shifts', kind: 'v3' },
  ],
  policies: [
    {
      id: 'PPOLICY',
      name: 'Out of hours',
      description: 'Wakes people',
      loops: 2,
      handoffNotifications: 'always',
      rules: [
        {
          id: 'PRULE01',
          delayMinutes: 15,
          targets: [{ id: 'PROTA01', type: 'schedule_reference' }],
          strategy: 'round_robin',
        },
        { id: 'PRULE02', targets: [{ id: 'PAMARA1', type: 'user_reference' }] },
      ],
      services: [{ id: 'PSERVIC', name: 'Router' }],
      teams: [{ id: 'PTEAM01', name: 'PaaS' }],
    },
    {
      id: 'POTHER1',
      name: 'Another',
      rules: [{ targets: [{ id: 'PSHIFTS', type: 'schedule_v3_reference' }] }],
    },
  ],
} as const satisfies Written;

const pagerDuty = (given: Partial<Omit<Settings, 'now'>> = {}): Promise<Called> =>
  standIn({ remembers: WRITTEN, ...given });

const OVERRIDES = '/schedules/PROTA01/overrides';
const RANGE = '?since=2026-11-01T00:00:00Z&until=2027-01-01T00:00:00Z';
const overridesOf = (to: Called): string[] => to.state.schedules[0]?.overrides.map(({ id }) => id) ?? [];
const cover = (to: Called, from: string, until: string): string[] =>
  lines(coverOf(to.state, 'PROTA01', between(from, until)), 'Europe/London');
const next = override('2026-12-02T10:00:00Z', '2026-12-09T10:00:00Z', 'PAMARA1');

describe('authentication', () => {
  test.each<[what: string, headers: object, method: string, status: number, code: number]>([
    ['without a key', { authorization: undefined }, 'GET', 401, 2006],
    ['with a key written otherwise', { authorization: 'Bearer full-access-key' }, 'GET', 401, 2006],
    ['with a key that is not known', { authorization: 'Token token=guess' }, 'GET', 401, 2006],
    ['with a key to read, to write', { authorization: `Token token=${READ}` }, 'POST', 403, 2010],
  ])('%s is refused', async (_, { ...changed }, method, status, code) => {
    const to = await pagerDuty();
    const given = Object.entries({ ...HEADERS, ...changed }).filter(([, value]) => value !== undefined);
    const body = method === 'GET' ? undefined : { overrides: [next] };
    const answer = await to.send(
      method,
      `${OVERRIDES}${method === 'GET' ? RANGE : ''}`,
      body,
      Object.fromEntries(given),
    );
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(to.history).toHaveLength(1);
  });

  test('with a read-only key can read', async () => {
    const to = await pagerDuty();
    const headers = { ...HEADERS, authorization: `Token token=${READ}` };
    expect((await to.send('GET', '/schedules', undefined, headers)).status).toBe(200);
  });

  test.each<[mode: Mode, status: number, violations: number]>([
    ['strict', 400, 2],
    ['faithful', 200, 0],
  ])('without the required headers is reported in %s mode', async (mode, status, violations) => {
    const to = await pagerDuty({ mode });
    const { authorization } = HEADERS;
    expect((await to.send('GET', '/users', undefined, { authorization })).status).toBe(status);
    expect(to.violations).toHaveLength(violations);
  });
});

describe('the rate limit', () => {
  const shown = ({ status, headers }: { status: number; headers: Headers }) =>
    [status, ...['limit', 'remaining', 'reset'].map((name) => headers.get(`ratelimit-${name}`))].join(' ');

  test('is in every response, and a request above it has no effect until the window is over', async () => {
    const to = await pagerDuty({ limit: { requests: 2, windowMs: MINUTE } });
    const write = () => to.send('POST', OVERRIDES, { overrides: [next] });
    expect(shown(await to.send('GET', '/users'))).toBe('200 2 1 60');
    to.clock.now += 20_500;
    expect(shown(await write())).toBe('201 2 0 40');
    const refused = await write();
    expect(shown(refused)).toBe('429 2 0 40');
    expect(refused.body).toEqual({ error: { message: 'Rate Limit Exceeded', code: 2020 } });
    expect(overridesOf(to)).toHaveLength(4);
    const other = { ...HEADERS, authorization: `Token token=${READ}` };
    expect(shown(await to.send('GET', '/users', undefined, other))).toBe('200 2 1 60');
    to.clock.now += 39_500;
    expect(shown(await write())).toBe('201 2 1 60');
  });

  test('is 960 in a minute', async () => {
    expect((await (await pagerDuty()).send('GET', '/users')).headers.get('ratelimit-limit')).toBe('960');
  });
});

describe('a list', () => {
  const names = async (path: string, name = 'schedules'): Promise<string[]> =>
    (await (await pagerDuty()).send('GET', path)).body[name].map((each: { name: string }) => each.name);

  test.each<[what: string, path: string, name: string, names: string[]]>([
    ['of schedules, the layer-based ones by name', '/schedules', 'schedules', ['Nobody [night]', 'On call']],
    ['of those of a team', '/schedules?team_ids[]=PTEAM01', 'schedules', ['On call']],
    ['of those with a text in their name', '/schedules?query=ON', 'schedules', ['On call']],
    ['of none where the text has brackets', '/schedules?query=[night]', 'schedules', []],
    ['of policies by name', '/escalation_policies', 'escalation_policies', ['Another', 'Out of hours']],
    [
      'of policies that call a person',
      '/escalation_policies?user_ids[]=PAMARA1',
      'escalation_policies',
      ['Out of hours'],
    ],
    ['of people who are there', '/users', 'users', ['Amara Osei', 'Ben Adeyemi', 'Team inbox']],
    ['of people by their address', '/users?query=amara@', 'users', ['Amara Osei']],
  ])('%s', async (_, path, name, expected) => {
    expect(await names(path, name)).toEqual(expected);
  });

  test.each<[query: string, page: object, count: number]>([
    ['', { limit: 25, offset: 0, more: true, total: null }, 25],
    ['?limit=100&offset=100&total=true', { limit: 100, offset: 100, more: true, total: 230 }, 100],
    ['?limit=500&offset=200', { limit: 100, offset: 200, more: false, total: null }, 30],
  ])('is paginated: %s', async (query, page, count) => {
    const users = Array.from({ length: 230 }, (_, i) => ({ id: `P${i}` }));
    const { body } = await (await standIn({ remembers: { users } })).send('GET', `/users${query}`);
    expect(body).toMatchObject(page);
    expect(body.users).toHaveLength(count);
  });

  test.each(['?limit=0', '?offset=-1', '?limit=100&offset=9901'])('is refused with %s', async (query) => {
    const { status, body } = await (await pagerDuty()).send('GET', `/users${query}`);
    expect([status, body.error.code]).toEqual([400, 2001]);
  });
});

describe('a missing resource', () => {
  const SHIFTS = 'This is a shift-based schedule. Use the v3 Schedules API to access it.';
  test.each<[method: string, path: string, status: number, code: number, message: string]>([
    ['GET', '/schedules/PNOBODY', 404, 2100, 'Not Found'],
    ['GET', '/escalation_policies/PNOBODY', 404, 2100, 'Not Found'],
    ['GET', '/users/PNOBODY', 404, 2100, 'Not Found'],
    ['GET', '/nowhere', 404, 2100, 'Not Found'],
    ['DELETE', `${OVERRIDES}/QNOTHING`, 404, 4004, 'Override Not Found'],
    ['GET', '/schedules/PSHIFTS', 400, 2001, SHIFTS],
    ['GET', `/schedules/PSHIFTS/overrides${RANGE}`, 400, 2001, SHIFTS],
    ['POST', '/schedules/PSHIFTS/overrides', 400, 2001, SHIFTS],
    ['DELETE', '/schedules/PSHIFTS/overrides/QNOTHING', 400, 2001, SHIFTS],
  ])('%s %s', async (method, path, status, code, message) => {
    const to = await pagerDuty();
    const answer = await to.send(method, path, method === 'POST' ? { overrides: [next] } : undefined);
    expect([answer.status, answer.body.error.code, answer.body.error.message]).toEqual([
      status,
      code,
      message,
    ]);
    expect(to.violations).toEqual([]);
  });

  test('a schedule may become shift-based between two calls', async () => {
    const to = await pagerDuty();
    expect((await to.send('GET', '/schedules/PROTA01')).status).toBe(200);
    to.change('upgraded', (state) => withSchedule(state, 'PROTA01', (one) => ({ ...one, kind: 'v3' })));
    expect((await to.send('GET', '/schedules/PROTA01')).body.error.message).toBe(SHIFTS);
  });
});

describe('overrides are listed', () => {
  const list = async (query: string): Promise<string[]> => {
    const { body } = await (await pagerDuty()).send('GET', `${OVERRIDES}${query}`);
    return body.overrides.map(
      (each: { id: string; start: string; end: string }) =>
        `${each.id.slice(0, 5)} ${each.start} ${each.end}`,
    );
  };
  const from = '?since=2026-11-21T12:00:00Z&until=2026-11-30T10:00:00Z';

  test.each<[what: string, query: string, overrides: string[]]>([
    [
      'by start, cut at the range',
      from,
      [
        'QUNDE 2026-11-21T12:00:00+00:00 2026-11-21T17:00:00+00:00',
        'QTOCO 2026-11-25T10:00:00+00:00 2026-11-30T10:00:00+00:00',
      ],
    ],
    [
      'whole with overflow',
      `${from}&overflow=true`,
      [
        'QUNDE 2026-11-21T09:00:00+00:00 2026-11-21T17:00:00+00:00',
        'QTOCO 2026-11-25T10:00:00+00:00 2026-12-02T10:00:00+00:00',
      ],
    ],
    [
      'only those to come when they are to be edited',
      `${from}&editable=true`,
      ['QTOCO 2026-11-25T10:00:00+00:00 2026-11-30T10:00:00+00:00'],
    ],
    ['not at the instant at which one ends', '?since=2026-11-21T17:00:00Z&until=2026-11-25T10:00:00Z', []],
  ])('%s', async (_, query, overrides) => {
    expect(await list(query)).toEqual(overrides);
  });

  test.each([
    '?since=2026-11-21T12:00:00Z',
    '?until=2026-11-21T12:00:00Z',
    '',
    '?until=2026-11-21T12:00:00Z&since=2026-11-22T12:00:00Z',
  ])('not for the range "%s"', async (query) => {
    const { status, body } = await (await pagerDuty({ mode: 'faithful' })).send(
      'GET',
      `${OVERRIDES}${query}`,
    );
    expect([status, body.error.code]).toEqual([400, 2004]);
  });
});

describe('overrides are created', () => {
  test('in bulk, each with a separate status', async () => {
    const to = await pagerDuty();
    const overrides = [
      next,
      override('2026-12-02T10:00:00Z', '2026-12-02T10:00:00Z', 'PAMARA1'),
      override('2026-11-20T10:00:00Z', '2026-11-21T12:00:00Z', 'PAMARA1'),
      override('2026-12-09T10:00:00Z', '2026-12-16T10:00:00Z', 'PGONE01'),
      override('2026-12-09T10:00:00Z', '2026-12-16T10:00:00Z', 'PBENA01'),
    ];
    const { status, body } = await to.send('POST', OVERRIDES, { overrides });
    expect(status).toBe(201);
    expect(
      body.map((each: { status: number; errors?: string[] }) => [each.status, each.errors?.join()]),
    ).toEqual([
      [201, undefined],
      [400, 'Override must end after its start'],
      [400, "Override can't be in the past"],
      [400, 'User not found'],
      [201, undefined],
    ]);
    const made = [body[0], body[4]].map((each) => each.override.id);
    expect(overridesOf(to).slice(3)).toEqual(made);
    for (const id of made) expect(id).toMatch(/^Q[A-Z0-9]{13}$/);
    expect(to.violations).toEqual([]);
  });

  test('but none if every one is refused', async () => {
    const to = await pagerDuty();
    const wrong = override('2026-12-02T10:00:00Z', '2026-12-01T10:00:00Z', 'PAMARA1');
    const { status, body } = await to.send('POST', OVERRIDES, { overrides: [wrong, wrong] });
    expect([status, body.map((each: { status: number }) => each.status)]).toEqual([201, [400, 400]]);
    expect(to.history).toHaveLength(1);
    expect(to.violations).toEqual([]);
  });

  test('with the same ids on every run', async () => {
    const made = async () =>
      (await (await pagerDuty()).send('POST', OVERRIDES, { overrides: [next] })).body[0].override.id;
    expect(await made()).toBe(await made());
  });

  test.each<[mode: Mode, start: string, made: string]>([
    ['faithful', '2026-11-21T09:00:00Z', '2026-11-21T12:00:00+00:00'],
    ['strict', '2026-11-21T11:59:30Z', '2026-11-21T12:00:00+00:00'],
    ['strict', '2026-11-21T09:00:00Z', "Override can't start in the past"],
  ])('in %s mode from %s', async (mode, start, made) => {
    const to = await pagerDuty({ mode });
    const late = override(start, '2026-11-21T20:00:00Z', 'PAMARA1');
    const [item] = (await to.send('POST', OVERRIDES, { overrides: [late] })).body;
    expect(item.errors?.[0] ?? item.override.start).toBe(made);
  });

  test('as a single one, which PagerDuty still accepts', async () => {
    const faithful = await pagerDuty({ mode: 'faithful' });
    const made = await faithful.send('POST', OVERRIDES, { override: next });
    expect([made.status, made.body.override.user.summary]).toEqual([201, 'Amara Osei']);
    const refused = await faithful.send('POST', OVERRIDES, {
      override: { ...next, user: person('PGONE01') },
    });
    expect([refused.status, refused.body.error]).toEqual([
      400,
      { message: 'Invalid Override', code: 4004, errors: ['User not found'] },
    ]);
    expect(faithful.violations).toEqual([]);
    const strict = await (await pagerDuty()).send('POST', OVERRIDES, { override: next });
    expect([strict.status, strict.body.error.code]).toEqual([400, 2001]);
  });

  test.each([{}, { overrides: [] }])('not from %j', async (body) => {
    const { status, body: shown } = await (await pagerDuty({ mode: 'faithful' })).send(
      'POST',
      OVERRIDES,
      body,
    );
    expect([status, shown.error.code]).toEqual([400, 2001]);
  });
});

describe('overrides are removed', () => {
  test('a future one is deleted', async () => {
    const to = await pagerDuty();
    const { status, body } = await to.send('DELETE', `${OVERRIDES}/${TO_COME.id}`);
    expect([status, body]).toEqual([204, undefined]);
    expect(overridesOf(to)).toEqual([UNDER_WAY.id, PAST.id]);
    expect((await to.send('DELETE', `${OVERRIDES}/${TO_COME.id}`)).status).toBe(404);
  });

  test('one in progress ends now, and its past is kept', async () => {
    const to = await pagerDuty();
    const { status, body } = await to.send('DELETE', `${OVERRIDES}/${UNDER_WAY.id}`);
    expect([status, body]).toEqual([200, undefined]);
    expect(cover(to, '2026-11-21T08:00:00Z', '2026-11-21T18:00:00Z')).toEqual([
      '2026-11-21T08:00+00:00 2026-11-21T09:00+00:00 PINBOX1',
      '2026-11-21T09:00+00:00 2026-11-21T12:00+00:00 PAMARA1',
      '2026-11-21T12:00+00:00 2026-11-21T18:00+00:00 PINBOX1',
    ]);
    const again = await to.send('DELETE', `${OVERRIDES}/${UNDER_WAY.id}`);
    expect([again.status, again.body.error.errors]).toEqual([400, ['You cannot remove a past override']]);
    expect(to.violations).toEqual([]);
  });

  test('a past one is refused', async () => {
    const { status, body } = await (await pagerDuty()).send('DELETE', `${OVERRIDES}/${PAST.id}`);
    expect([status, body.error.code]).toEqual([400, 4004]);
  });

  test('which of these applies depends on the clock', async () => {
    const to = await pagerDuty();
    to.clock.now = at('2026-11-26T00:00:00Z');
    expect((await to.send('DELETE', `${OVERRIDES}/${TO_COME.id}`)).status).toBe(200);
    expect((await to.send('DELETE', `${OVERRIDES}/${UNDER_WAY.id}`)).status).toBe(400);
  });
});

describe('an escalation policy', () => {
  const PATH = '/escalation_policies/PPOLICY';
  const WITH = `${PATH}?include[]=escalation_rule_assignment_strategies`;
  const policy = async (to: Called, path = WITH) => (await to.send('GET', path)).body.escalation_policy;

  test('includes its strategies only on request', async () => {
    const to = await pagerDuty();
    const strategies = async (path: string) =>
      (await policy(to, path)).escalation_rules.map(
        (rule: { escalation_rule_assignment_strategy?: object }) => rule.escalation_rule_assignment_strategy,
      );
    expect(await strategies(PATH)).toEqual([undefined, undefined]);
    expect(await strategies(WITH)).toEqual([{ type: 'round_robin' }, { type: 'assign_to_everyone' }]);
  });

  test('is unchanged after a GET followed by a PUT', async () => {
    const to = await pagerDuty();
    const before = await policy(to);
    expect((await to.send('PUT', PATH, { escalation_policy: before })).status).toBe(200);
    expect(await policy(to)).toEqual(before);
    expect(to.violations).toEqual([]);
  });

  test('ignores read-only and unknown fields', async () => {
    const to = await pagerDuty();
    const before = await policy(to);
    const sent = { ...before, summary: 5, services: 'none', colour: 'red' };
    expect((await to.send('PUT', PATH, { escalation_policy: sent })).status).toBe(200);
    expect(await policy(to)).toEqual(before);
  });

  test('keeps fields that are not sent, but loses strategies that are not sent with its rules', async () => {
    const to = await pagerDuty();
    const before = await policy(to);
    const rules = (await policy(to, PATH)).escalation_rules;
    const sent = { type: 'escalation_policy', name: before.name, escalation_rules: rules, services: [] };
    await to.send('PUT', PATH, { escalation_policy: sent });
    const strategy = { escalation_rule_assignment_strategy: { type: 'assign_to_everyone' } };
    expect(await policy(to)).toEqual({
      ...before,
      escalation_rules: rules.map((rule: object) => ({ ...rule, ...strategy })),
    });
  });

  test('has its rules replaced: rules with an id keep it, others get one', async () => {
    const to = await pagerDuty();
    const targets = [person('PBENA01')];
    const escalation_rules = [
      { escalation_delay_in_minutes: 5, targets },
      { id: 'PRULE02', escalation_delay_in_minutes: 10, targets },
    ];
    const sent = { type: 'escalation_policy', name: 'Out of hours', num_loops: 9, escalation_rules };
    const { body } = await to.send('PUT', PATH, { escalation_policy: sent });
    const [first, second] = body.escalation_policy.escalation_rules;
    expect([first.escalation_delay_in_minutes, second.id, body.escalation_policy.num_loops]).toEqual([
      5,
      'PRULE02',
      9,
    ]);
    expect(first.id).toMatch(/^P[A-Z0-9]{6}$/);
  });

  const rule = (given: object = {}) => ({
    escalation_delay_in_minutes: 30,
    targets: [person('PAMARA1')],
    ...given,
  });
  test.each<[what: string, sent: object, error: string]>([
    ['a name that is taken', { name: 'Another' }, 'Name has already been taken'],
    ['no rules', { escalation_rules: [] }, 'Escalation policy has no rules'],
    ['ten loops', { num_loops: 10 }, 'Num loops is a whole number from 0 to 9'],
    [
      'no delay',
      { escalation_rules: [rule({ escalation_delay_in_minutes: 0 })] },
      'Escalation delay in minutes is a whole number from 1',
    ],
    ['nobody to call', { escalation_rules: [rule({ targets: [] })] }, 'Escalation rule has no targets'],
    [
      'eleven to call',
      { escalation_rules: [rule({ targets: Array(11).fill(person('PAMARA1')) })] },
      'May have at most 10 escalation targets',
    ],
    [
      'somebody who is gone',
      { escalation_rules: [rule({ targets: [person('PGONE01')] })] },
      'Escalation target user_reference PGONE01 was not found',
    ],
    [
      'a shift-based schedule as one of layers',
      { escalation_rules: [rule({ targets: [{ id: 'PSHIFTS', type: 'schedule_reference' }] })] },
      'Escalation target schedule_reference PSHIFTS was not found',
    ],
    [
      'two teams',
      { teams: Array(2).fill({ id: 'PTEAM01', type: 'team_reference' }) },
      'May have at most 1 team',
    ],
  ])('is not written with %s', async (_, sent, error) => {
    const to = await pagerDuty({ mode: 'faithful' });
    const whole = { type: 'escalation_policy', name: 'Out of hours', escalation_rules: [rule()], ...sent };
    const { status, body } = await to.send('PUT', PATH, { escalation_policy: whole });
    expect([status, body.error.errors]).toEqual([400, [error]]);
    expect(to.history).toHaveLength(1);
  });
});

describe('who is on call', () => {
  test('by a schedule, now and in a range', async () => {
    const to = await pagerDuty();
    const ids = async (query = '') =>
      (await to.send('GET', `/schedules/PROTA01/users${query}`)).body.users.map(
        ({ id }: { id: string }) => id,
      );
    expect(await ids()).toEqual(['PAMARA1']);
    expect(await ids('?since=2026-11-21T16:00:00Z&until=2026-11-26T00:00:00Z')).toEqual([
      'PAMARA1',
      'PBENA01',
      'PINBOX1',
    ]);
    expect((await to.send('GET', '/schedules/PEMPTY1/users')).body.users).toEqual([]);
  });

  interface OnCall {
    readonly escalation_level: number;
    readonly user: { readonly id: string };
    readonly start: string | null;
    readonly end: string | null;
  }
  test.each<[what: string, query: string, oncalls: string[]]>([
    ['now', '', ['1 PAMARA1 2026-11-21T09:00:00+00:00 2026-11-21T17:00:00+00:00', '2 PAMARA1 null null']],
    [
      'of one person in a range, the first for each level',
      '?user_ids[]=PINBOX1&earliest=true&since=2026-11-21T00:00:00Z&until=2026-11-30T00:00:00Z',
      ['1 PINBOX1 2026-11-19T10:00:00+00:00 2026-11-21T09:00:00+00:00'],
    ],
    [
      'without an end where nobody else comes',
      '?since=2026-12-03T00:00:00Z&until=2026-12-04T00:00:00Z&user_ids[]=PINBOX1',
      ['1 PINBOX1 2026-12-02T10:00:00+00:00 null'],
    ],
    ['of one schedule that no policy has', '?schedule_ids[]=PEMPTY1', []],
    [
      'further ahead than 90 days',
      '?schedule_ids[]=PROTA01&since=2027-03-01T00:00:00Z&until=2027-03-02T00:00:00Z',
      [],
    ],
  ])('by the policies, %s', async (_, query, oncalls) => {
    const to = await pagerDuty();
    const { body } = await to.send('GET', `/oncalls${query}`);
    expect(
      body.oncalls.map(
        (each: OnCall) => `${each.escalation_level} ${each.user.id} ${each.start} ${each.end}`,
      ),
    ).toEqual(oncalls);
    expect(to.violations).toEqual([]);
  });
});

describe('a fault', () => {
  /** The status of the response, or that there was none. */
  const post = (to: Called) =>
    to.send('POST', OVERRIDES, { overrides: [next] }).then(
      ({ status }) => status,
      () => 'dropped',
    );

  test.each<[fault: Fault, shown: number | string, effects: number]>([
    [{ kind: 'outage', effect: 'before' }, 500, 0],
    [{ kind: 'outage', effect: 'after' }, 500, 1],
    [{ kind: 'timeout' }, 408, 0],
    [{ kind: 'drop', effect: 'before' }, 'dropped', 0],
    [{ kind: 'drop', effect: 'after' }, 'dropped', 1],
    [{ kind: 'bare 429' }, 429, 0],
  ])('%j happens once', async (fault, shown, effects) => {
    const to = await pagerDuty();
    to.fault(fault);
    expect(await post(to)).toBe(shown);
    expect(to.history).toHaveLength(1 + effects);
    expect(await post(to)).toBe(201);
    expect(to.history).toHaveLength(2 + effects);
    expect(to.violations).toEqual([]);
  });

  test('of the rate limit can have no headers', async () => {
    const to = await pagerDuty();
    to.fault({ kind: 'bare 429' });
    const answer = await fetch(`${to.url}/users`, { headers: HEADERS });
    expect([answer.status, await answer.text(), answer.headers.get('ratelimit-reset')]).toEqual([
      429,
      '',
      null,
    ]);
  });

  test('refuses one item and accepts the others', async () => {
    const to = await pagerDuty();
    to.fault({ kind: 'refused item', item: 1 }, { method: 'POST' });
    const later = override('2026-12-16T10:00:00Z', '2026-12-23T10:00:00Z', 'PBENA01');
    const { status, body } = await to.send('POST', OVERRIDES, { overrides: [next, later, next] });
    expect([status, body.map((each: { status: number }) => each.status)]).toEqual([201, [201, 400, 201]]);
    expect(overridesOf(to)).toHaveLength(5);
  });

  test('applies to the selected request, as often as configured', async () => {
    const to = await pagerDuty();
    to.fault({ kind: 'timeout' }, { method: 'GET', path: /users$/, nth: 2, times: 2 });
    const statuses: number[] = [];
    for (const path of ['/users', '/schedules', '/users', '/users', '/users'])
      statuses.push((await to.send('GET', path)).status);
    expect(statuses).toEqual([200, 200, 408, 408, 200]);
  });

  test.each<[effect: 'before' | 'after', overrides: number]>([
    ['before', 4],
    ['after', 5],
  ])('drops every request from a given one on, that one %s its effect', async (effect, overrides) => {
    const to = await pagerDuty();
    to.stopServing({ from: 2, effect });
    expect([await post(to), await post(to), await post(to)]).toEqual([201, 'dropped', 'dropped']);
    expect(overridesOf(to)).toHaveLength(overrides);
    to.serveAgain();
    expect(await post(to)).toBe(201);
    expect(to.requests.map(({ status }) => status)).toEqual([201, undefined, undefined, 201]);
  });
});

describe('the record of the stand-in', () => {
  test('has every state with the instant from which it was in force', async () => {
    const seen: string[] = [];
    const to = await pagerDuty({
      onRequest: ({ method, path }) => seen.push(`${method} ${path}`),
      onState: ({ by, state }: Moment) => seen.push(`${by}: ${state.schedules[0]?.overrides.length}`),
    });
    await to.send('DELETE', `${OVERRIDES}/${TO_COME.id}`);
    to.clock.now += HOUR;
    to.change('by hand', (state) =>
      withUser(state, 'PBENA01', (user) => ({ ...user, deletedAt: to.clock.now })),
    );
    await to.send('GET', '/users');
    expect(
      to.history.map(({ at, by, state }) => [
        new Date(at).toISOString(),
        by,
        state.schedules[0]?.overrides.length,
      ]),
    ).toEqual([
      ['2026-11-21T12:00:00.000Z', 'the start', 3],
      ['2026-11-21T12:00:00.000Z', `DELETE ${OVERRIDES}/${TO_COME.id}`, 2],
      ['2026-11-21T13:00:00.000Z', 'by hand', 2],
    ]);
    expect(seen).toEqual([
      `DELETE ${OVERRIDES}/${TO_COME.id}`,
      `DELETE ${OVERRIDES}/${TO_COME.id}: 2`,
      'by hand: 2',
      'GET /users',
    ]);
    expect([to.requests.length, to.writes.length, to.mostAtOnce]).toEqual([2, 1, 1]);
    expect(to.history[0]?.state.users[1]?.deletedAt).toBeUndefined();
  });

  test('has the number of concurrent requests', async () => {
    const to = await pagerDuty();
    // The body of the first is incomplete while the second is handled.
    let send: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        send = controller;
      },
    });
    send?.enqueue(new TextEncoder().encode('{"overrides"'));
    const slow = fetch(`${to.url}${OVERRIDES}`, {
      method: 'POST',
      headers: HEADERS,
      body,
      duplex: 'half',
    } as RequestInit);
    for (let i = 0; i < 50 && to.mostAtOnce < 2; i++) await to.send('GET', '/users');
    send?.enqueue(new TextEncoder().encode(': []}'));
    send?.close();
    expect((await slow).status).toBe(400);
    expect(to.mostAtOnce).toBe(2);
  });
});

const contract = pagerDutyContract();
const where =
  contract === undefined ? ` (left out: it is not at ${DOCUMENT}; name its file in PAGERDUTY_OPENAPI)` : '';

describe.skipIf(contract === undefined)(`PagerDuty's own document${where}`, () => {
  test('a response that it does not allow is an error, and reported', async () => {
    const to = await pagerDuty();
    to.change('broken', (state) => withPolicy(state, 'PPOLICY', (policy) => ({ ...policy, loops: -1 })));
    const { status, body } = await to.send('GET', '/escalation_policies/PPOLICY');
    expect([status, body.error.code]).toEqual([500, 2000]);
    expect(to.violations[0]).toBe(
      'GET /escalation_policies/PPOLICY: answer 200/escalation_policy/num_loops must be >= 0',
    );
  });

  test.each<[what: string, method: string, path: string, body: unknown, violation: string]>([
    [
      'a query too many',
      'GET',
      '/users?page=2',
      undefined,
      'query must NOT have additional properties (page)',
    ],
    ['a query of no number', 'GET', '/users?limit=many', undefined, 'query/limit must be integer'],
    [
      'a query that is missing',
      'GET',
      `${OVERRIDES}?since=2026-11-21T12:00:00Z`,
      undefined,
      "query must have required property 'until'",
    ],
    [
      'an unknown thing to include',
      'GET',
      '/escalation_policies?include[]=users',
      undefined,
      'query/include[]/0 must be equal to one of the allowed values',
    ],
    [
      'an item without its user',
      'POST',
      OVERRIDES,
      { overrides: [{ start: next.start, end: next.end }] },
      "body/overrides/0 must have required property 'user'",
    ],
    [
      'a start of another form',
      'POST',
      OVERRIDES,
      { overrides: [{ ...next, start: 'tomorrow' }] },
      'body/overrides/0/start must match format "date-time"',
    ],
    ['a body that is not expected', 'DELETE', `${OVERRIDES}/${TO_COME.id}`, {}, 'body is not expected'],
    [
      'rules without a delay',
      'PUT',
      '/escalation_policies/PPOLICY',
      { escalation_policy: { type: 'escalation_policy', name: 'A', escalation_rules: [{ targets: [] }] } },
      "body/escalation_policy/escalation_rules/0 must have required property 'escalation_delay_in_minutes'",
    ],
  ])('%s in a request is reported, and refused', async (_, method, path, body, violation) => {
    const to = await pagerDuty();
    const { status } = await to.send(method, path, body);
    expect(status).toBe(400);
    expect(to.violations[0]).toBe(`${method} ${path.split('?')[0]}: ${violation}`);
    expect(to.history).toHaveLength(1);
  });

  const GET = { method: 'GET', path: '/schedules/{id}/overrides' };
  test.each<
    [
      what: string,
      operation: { method: string; path: string },
      status: number,
      body: unknown,
      faults: string[],
    ]
  >([
    ['no text of an error', GET, 404, { error: { message: 5 } }, ['answer 404/error/message must be string']],
    ['errors by field', GET, 400, { error: { message: 'a', code: 1, errors: { a: ['b'] } } }, []],
    [
      'null where nothing is required',
      GET,
      200,
      {
        overrides: [
          {
            id: 'Q',
            summary: null,
            start: NOW,
            end: NOW,
            user: { id: 'P', type: 'user_reference', self: null },
          },
        ],
      },
      [],
    ],
    ['a status of no operation', GET, 418, {}, ['answer 418 is not described']],
    [
      'a body where there is none',
      { ...GET, method: 'DELETE', path: '/schedules/{id}/overrides/{override_id}' },
      204,
      {},
      ['answer 204 has a body'],
    ],
    [
      'an item without its override',
      { ...GET, method: 'POST' },
      201,
      [{ status: 201 }],
      ["answer 201/0 must have required property 'override'"],
    ],
  ])('%s', (_, operation, status, body, faults) => {
    // Later faults only report that no alternative matches either.
    expect(contract?.answerFaults(operation, status, body).slice(0, 1)).toEqual(faults);
  });
});
