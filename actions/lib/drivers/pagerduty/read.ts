/** Reads from PagerDuty what a plan needs and no more: overrides, policies and users, and renderings where something changes. */

import { plural } from '../../text/plural.ts';
import type { ActualState, Rendered } from './actual.ts';
import type { PagerDuty } from './client.ts';
import { BEYOND, type DesiredState } from './desired.ts';
import { unsettled } from './plan.ts';

/** What is there of everything wanted; renderings of the schedules on which something is to change or `always`. */
export async function readThere(
  client: PagerDuty,
  wanted: DesiredState,
  progress: (doing: string) => void,
  rendering: 'where-needed' | 'always' = 'where-needed',
): Promise<ActualState> {
  const { now, horizon } = wanted;
  const schedules = new Map<string, Awaited<ReturnType<PagerDuty['schedule']>>>();
  for (const [i, { schedule }] of wanted.seats.entries()) {
    progress(`reading schedule ${i + 1} of ${wanted.seats.length}`);
    schedules.set(schedule, await client.schedule(schedule, { startAt: now, endAt: horizon + BEYOND }));
  }
  const policies = new Map<string, Awaited<ReturnType<PagerDuty['policy']>>>();
  for (const [i, { policy }] of wanted.chains.entries()) {
    progress(`reading escalation policy ${i + 1} of ${wanted.chains.length}`);
    policies.set(policy, await client.policy(policy));
  }
  progress('reading users');
  const users = wanted.people.size === 0 ? new Set<string>() : await client.users();
  const open =
    rendering === 'always'
      ? new Set(wanted.seats.map(({ schedule }) => schedule))
      : unsettled(wanted, { schedules, policies });
  const rendered = new Map<string, Rendered>();
  for (const schedule of open) {
    progress(`reading who is on in ${plural(open.size, 'schedule')}`);
    // One that is not ours may be of any kind.
    const found =
      schedules.get(schedule) ?? (await client.schedule(schedule, { startAt: now, endAt: horizon }));
    schedules.set(schedule, found);
    if (found.kind !== 'layers') continue;
    rendered.set(schedule, await client.rendered(schedule, { startAt: now, endAt: horizon }));
  }
  return { users, schedules, rendered, policies };
}
