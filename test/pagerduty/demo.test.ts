/** The demo runs in a process of its own, as in a new clone, and shows what README says of PagerDuty. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';

test('the demo shows both kinds of schedule, and calls drift by its name', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'demo.ts')], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  expect([status, stderr]).toEqual([0, '']);
  const [, ...steps] = stripVTControlCharacters(stdout).split(/^# /m);
  const [plan, apply, nothing, swap, upgrade, byHand, eve, day] = steps;
  expect(plan).toContain('(status 1; writes to PagerDuty: none)');
  expect(apply).toMatch(/^5 schedules have \d{3} overrides now,\n4 have \d{3} custom shifts\.$/m);
  expect(nothing).toContain('PagerDuty matches the handbook');
  expect(swap).toContain('(PSPINEN, Europe/London): 10 custom shifts to change');
  expect(swap).toContain('(status 0; writes to PagerDuty: 10 PUT)');
  expect(upgrade).toMatch(/^PSPOUCO has \d+ shifts up to the horizon, the same as before the upgrade$/m);
  expect(upgrade).toContain('(status 0; writes to PagerDuty: none)');
  expect(byHand).toContain('Drift: PagerDuty differs from the handbook by 1 change to make');
  expect(byHand).toContain('Fri 25 Dec 00:00 – Sat 26 Dec 00:00: paas-inbox instead of duncan-reid');
  expect(eve).toContain('PSVPAAS has PEPAOUT since 2026-12-24T17:00:00Z');
  expect(day).toContain(`GOV.UK PaaS platform, by paas-out-of-hours (PEPAOUT):
  1. Eli Shah all day (PSPOUEN), for 15 minutes
  2. Yasmin Haddad all day (PSPOUCO)
`);
  expect(day).toContain('paas/in-hours engineer: PaaS team inbox all day (PSPINEN)');
  expect(day).toContain('PagerDuty matches the handbook');
});
