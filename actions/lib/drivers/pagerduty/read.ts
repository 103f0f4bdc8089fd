/**
 * Reads from PagerDuty what a plan needs and no more: the kinds of all schedules, overrides or who is on, policies,
 * services and users; renderings of layers, and records of shifts, where something changes, and renderings of layers
 * also where something is wanted off duty.
 */
import { plural } from '../../text/plural.ts';
import type { Interval } from '../../timeline.ts';
import type {
  ActualPolicy,
  ActualSchedule,
  ActualService,
  ActualState,
  ExistingRecord,
  Rendered,
  ScheduleKinds,
  ShiftSchedule,
} from './actual.ts';
import type { PagerDuty } from './client.ts';
import { BEYOND, type DesiredSchedule, type DesiredState } from './desired.ts';
import { withContact } from './off-duty-plan.ts';
import { schedulesToRender } from './plan.ts';
import { isSettled } from './shift-plan.ts';

/** The actual state of everything desired; renderings where a plan needs them, or of every schedule. */
export async function readActual(
  client: PagerDuty,
  desired: DesiredState,
  progress: (doing: string) => void,
  rendering: 'where-needed' | 'always' = 'where-needed',
): Promise<ActualState> {
  const { now, horizon } = desired;
  progress('reading which schedules there are');
  const kinds = desired.seats.length + desired.chains.length === 0 ? new Map() : await client.kinds();
  const schedules = new Map<string, ActualSchedule>();
  const far = { startAt: now, endAt: horizon + BEYOND };
  for (const [i, seat] of desired.seats.entries()) {
    progress(`reading schedule ${i + 1} of ${desired.seats.length}`);
    schedules.set(seat.schedule, await readSchedule(client, kinds, seat.schedule, far, seat));
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
      : schedulesToRender(desired, { kinds, schedules, policies, services });
  const rendered = new Map<string, Rendered>();
  for (const schedule of needed) {
    progress(`reading who is on in ${plural(needed.size, 'schedule')}`);
    const span = { startAt: now, endAt: horizon };
    // A policy may name a schedule that is not in the handbook, of any kind.
    if (!schedules.has(schedule)) schedules.set(schedule, await readSchedule(client, kinds, schedule, span));
    if (schedules.get(schedule)?.kind === 'layers')
      rendered.set(schedule, await client.rendered(schedule, span));
  }
  return { users, kinds, schedules, rendered, policies, services };
}

/** One schedule; with a desired cover, the overrides of layers, and the records of shifts if something is to change. */
async function readSchedule(
  client: PagerDuty,
  kinds: ScheduleKinds,
  schedule: string,
  span: Interval,
  desired?: DesiredSchedule,
): Promise<ActualSchedule> {
  const kind = kinds.get(schedule);
  if (kind === undefined) return { kind: 'missing' };
  if (typeof kind !== 'string') return { kind: 'unknown', type: kind.unknownType };
  if (kind === 'layers')
    return { kind, overrides: desired === undefined ? [] : await client.overrides(schedule, span) };
  const found = await client.finalSchedule(schedule, span);
  if (desired === undefined || isSettled(withContact(desired), found, span.startAt))
    return { kind, ...found, records: undefined };
  const records = await client.shiftRecords(schedule, span);
  // Somebody changes it, or one of the answers is late: a plan would take an override for a member of the rotation.
  if (!isConsistent(found, records))
    throw new Error(`PagerDuty lists other shifts of ${schedule} than it has on call; run it again`);
  return { kind, ...found, records };
}

/** Whether everything that is rendered is also listed. */
function isConsistent({ assignments }: ShiftSchedule, records: readonly ExistingRecord[]): boolean {
  const listed = new Set(records.map(({ id }) => id));
  return assignments.every(
    ({ source, override }) =>
      (override === undefined || listed.has(override)) &&
      (source.source === 'rotation' || listed.has(source.id)),
  );
}
