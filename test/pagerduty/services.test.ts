/** Services and their policy, policies that call schedules of both kinds, and who is on call by them. */
import { describe, expect, test } from 'vitest';
import { type Called, standIn } from './calls.ts';
import type { Settings } from './fake-pagerduty.ts';
import type { Written } from './state.ts';

const shift = (user: string, start: string, end: string) => ({ start, end, user });

/** The time is 2026-11-21T12:00:00Z. */
const WRITTEN = {
  users: [{ id: 'PAMARA1' }, { id: 'PBENA01' }, { id: 'PINBOX1' }],
  schedules: [
    {
      id: 'PSHIFTS',
      name: 'By shifts',
      kind: 'v3',
      customShifts: [
        shift('PAMARA1', '2026-11-21T09:00:00Z', '2026-11-21T17:00:00Z'),
        shift('PBENA01', '2026-11-21T11:00:00Z', '2026-11-21T13:00:00Z'),
        shift('PBENA01', '2026-11-21T13:00:00Z', '2026-11-21T20:00:00Z'),
      ],
    },
    {
      id: 'PLAYERS',
      name: 'By layers',
      layers: [{ virtualStart: '2026-11-04T10:00:00Z', turnSeconds: 604_800, users: ['PINBOX1'] }],
    },
  ],
  policies: [
    {
      id: 'PNIGHTP',
      name: 'Out of hours',
      rules: [
        {
          targets: [
            { id: 'PSHIFTS', type: 'schedule_v3_reference' },
            { id: 'PLAYERS', type: 'schedule_reference' },
          ],
        },
      ],
      services: [{ id: 'PROUTER', name: 'Router' }],
    },
    { id: 'PDAYSPO', name: 'In hours', rules: [{ targets: [{ id: 'PAMARA1', type: 'user_reference' }] }] },
  ],
  services: [{ id: 'PQUEUES', name: 'Queues', policy: 'PDAYSPO', description: 'Of letters' }],
} as const satisfies Written;

const pagerDuty = (given: Partial<Omit<Settings, 'now'>> = {}): Promise<Called> =>
  standIn({ remembers: WRITTEN, ...given });

const policy = (id: string) => ({ id, type: 'escalation_policy_reference' });

describe('a service', () => {
  test('has one policy, which lists its services', async () => {
    const to = await pagerDuty();
    const { service } = (await to.send('GET', '/services/PROUTER')).body;
    expect(service).toMatchObject({
      id: 'PROUTER',
      type: 'service',
      name: 'Router',
      status: 'active',
      escalation_policy: { ...policy('PNIGHTP'), summary: 'Out of hours' },
    });
    expect((await to.send('GET', '/services/PQUEUES')).body.service.description).toBe('Of letters');
    expect((await to.send('GET', '/services/PNOTHIN')).status).toBe(404);
    expect(to.violations).toEqual([]);
  });

  test('is given another policy, and keeps all else', async () => {
    const to = await pagerDuty();
    const before = (await to.send('GET', '/services/PROUTER')).body.service;
    const sent = { service: { type: 'service', escalation_policy: policy('PDAYSPO') } };
    const { status, body } = await to.send('PUT', '/services/PROUTER', sent);
    expect([status, body.service]).toMatchObject([
      200,
      { ...before, escalation_policy: { ...policy('PDAYSPO'), summary: 'In hours' } },
    ]);
    const services = async (id: string) =>
      (await to.send('GET', `/escalation_policies/${id}`)).body.escalation_policy.services.map(
        (each: { id: string }) => each.id,
      );
    expect([await services('PNIGHTP'), await services('PDAYSPO')]).toEqual([[], ['PROUTER', 'PQUEUES']]);
    expect((await to.send('PUT', '/services/PROUTER', { service: before })).body.service).toEqual(before);
    expect(to.violations).toEqual([]);
  });

  test.each<[what: string, service: object | undefined, error: string]>([
    ['an unknown policy', { escalation_policy: policy('PNOBODY') }, 'Escalation policy was not found'],
    [
      'a policy that is a schedule',
      { escalation_policy: { id: 'PSHIFTS', type: 'schedule_v3_reference' } },
      'Escalation policy is not a reference of an escalation policy',
    ],
    ['no name', { name: '', escalation_policy: policy('PDAYSPO') }, "Name can't be blank"],
    ['nothing', undefined, 'Service is missing'],
  ])('is never given %s', async (_, service, error) => {
    const to = await pagerDuty({ mode: 'faithful' });
    const { status, body } = await to.send('PUT', '/services/PROUTER', { service });
    expect([status, body.error.errors]).toEqual([400, [error]]);
    expect(to.history).toHaveLength(1);
  });
});

describe('a policy names a schedule by its kind', () => {
  test.each<[id: string, type: string, status: number]>([
    ['PSHIFTS', 'schedule_v3_reference', 200],
    ['PSHIFTS', 'schedule_reference', 400],
    ['PLAYERS', 'schedule_reference', 200],
    ['PLAYERS', 'schedule_v3_reference', 400],
  ])('%s as %s', async (id, type, status) => {
    const to = await pagerDuty();
    const escalation_rules = [{ escalation_delay_in_minutes: 15, targets: [{ id, type }] }];
    const answer = await to.send('PUT', '/escalation_policies/PDAYSPO', {
      escalation_policy: { type: 'escalation_policy', name: 'In hours', escalation_rules },
    });
    expect(answer.status).toBe(status);
    if (status === 400)
      expect(answer.body.error.errors).toEqual([`Escalation target ${type} ${id} was not found`]);
    else expect(answer.body.escalation_policy.escalation_rules[0].targets[0]).toMatchObject({ id, type });
    expect(to.violations).toEqual([]);
  });
});

test('everybody is on call whom a schedule of either kind has on, several at once', async () => {
  const to = await pagerDuty();
  const { body } = await to.send('GET', '/oncalls?escalation_policy_ids[]=PNIGHTP');
  interface OnCall {
    readonly user: { readonly id: string };
    readonly schedule: { readonly id: string; readonly type: string };
    readonly start: string;
    readonly end: string | null;
  }
  const shown = body.oncalls.map(
    ({ user, schedule, start, end }: OnCall) => `${user.id} ${schedule.id} ${schedule.type} ${start} ${end}`,
  );
  expect(shown).toEqual([
    'PAMARA1 PSHIFTS schedule_v3_reference 2026-11-21T09:00:00+00:00 2026-11-21T17:00:00+00:00',
    'PBENA01 PSHIFTS schedule_v3_reference 2026-11-21T11:00:00+00:00 2026-11-21T20:00:00+00:00',
    'PINBOX1 PLAYERS schedule_reference 2026-11-04T10:00:00+00:00 null',
  ]);
  expect(to.violations).toEqual([]);
});
