/**
 * Reads from PagerDuty what a plan needs and no more: overrides, policies, services and users, and renderings where
 * something changes or is wanted off duty.
 */
import { plural } from '../../text/plural.ts';
import type { ActualPolicy, ActualSchedule, ActualService, ActualState, Rendered } from './actual.ts';
import type { PagerDuty } from './client.ts';
import { BEYOND, type DesiredState } from './desired.ts';
import { schedulesToRender } from './plan.ts';

/** The actual state of everything desired; renderings where a plan needs them, or of every schedule. */
export async function readActual(
  client: PagerDuty,
  desired: DesiredState,
  progress: (doing: string) => void,
  rendering: 'where-needed' | 'always' = 'where-needed',
): Promise<ActualState> {
  const { now, horizon } = desired;
  const schedules = new Map<string, ActualSchedule>();
  for (const [i, { schedule }] of desired.seats.entries()) {
    progress(`reading schedule ${i + 1} of ${desired.seats.length}`);
    schedules.set(schedule, await client.schedule(schedule, { startAt: now, endAt: horizon + BEYOND }));
  }
  const policies = new Map<string, ActualPolicy | undefined>();
  for (const [i, { policy }] of desired.chains.entries()) {
    progress(`reading escalation policy ${i + 1} of ${desired.chains.length}`);
    policies.set(policy, await client.policy(policy));
  }
  const services = new Map<string, ActualService | undefined>();
  for (const [i, { counterpart }] of desired.services.entries()) {
    progress(`reading service ${i + 1} of ${desired.services.length}`);
    services.set(counterpart, await client.service(counterpart));
  }
  progress('reading users');
  const users = desired.people.size === 0 ? new Set<string>() : await client.users();
  const needed =
    rendering === 'always'
      ? new Set(desired.seats.map(({ schedule }) => schedule))
      : schedulesToRender(desired, { schedules, policies, services });
  const rendered = new Map<string, Rendered>();
  for (const schedule of needed) {
    progress(`reading who is on in ${plural(needed.size, 'schedule')}`);
    // A policy may name a schedule that is not in the handbook, of any kind.
    const found =
      schedules.get(schedule) ?? (await client.schedule(schedule, { startAt: now, endAt: horizon }));
    schedules.set(schedule, found);
    if (found.kind !== 'layers') continue;
    rendered.set(schedule, await client.rendered(schedule, { startAt: now, endAt: horizon }));
  }
  return { users, schedules, rendered, policies, services };
}
