/** Seats, and roles that share a schedule, applied to PagerDuty over real HTTP. */
import { expect, test } from 'vitest';
import { but } from '../../handbook.ts';
import { organisation, PAAS } from '../../pagerduty/kit.ts';

test('the seats of a role are written to a schedule each, once', async () => {
  const seats = but(PAAS, '{schedule: PNIGHTS}', '{schedules: [PNIGHTS, PNIGHT2]}\n    seats: 2');
  const org = await organisation(seats);
  const { plan } = await org.apply(seats);
  expect(plan.schedules.map(({ role, schedule }) => `${role} ${schedule}`)).toEqual([
    'paas/days/engineer PDAYS01',
    'paas/nights/engineer-1 PNIGHTS',
    'paas/nights/engineer-2 PNIGHT2',
  ]);
  expect(org.cover('PNIGHTS', '2026-11-23T17:00Z', '2026-11-24T09:00Z')).toEqual([
    '2026-11-23T17:00+00:00 2026-11-24T09:00+00:00 PAMARA1',
  ]);
  expect(org.cover('PNIGHT2', '2026-11-23T17:00Z', '2026-11-24T09:00Z')).toEqual([
    '2026-11-23T17:00+00:00 2026-11-24T09:00+00:00 PBEN001',
  ]);
  const again = await org.plan(seats);
  expect(again.schedules.flatMap(({ add, remove }) => [...add, ...remove])).toEqual([]);
});

test('roles that share a schedule are written to it one after the other, once', async () => {
  const shared = but(PAAS, 'PNIGHTS', 'PDAYS01');
  const org = await organisation(shared);
  const { audit } = await org.apply(shared);
  expect(JSON.stringify(audit)).toContain('paas/days/engineer and paas/nights/engineer');
  expect(org.cover('PDAYS01', '2026-11-23T09:00Z', '2026-11-24T12:00Z')).toEqual([
    '2026-11-23T09:00+00:00 2026-11-23T17:00+00:00 PDEE001',
    '2026-11-23T17:00+00:00 2026-11-24T09:00+00:00 PBEN001',
    '2026-11-24T09:00+00:00 2026-11-24T12:00+00:00 PDEE001',
  ]);
  const again = await org.plan(shared);
  expect(again.schedules.flatMap(({ add, remove }) => [...add, ...remove])).toEqual([]);
});
