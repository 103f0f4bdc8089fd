/**
 * Applies a plan so that no role is ever without cover: adds records, reads them back, gives future shifts to other
 * people, changes policies, gives them to services, and only then removes records; at the end compares PagerDuty's
 * rendering with the plan. A run that was killed after any request can be repeated and comes to the same end.
 *
 * PagerDuty moves a start that has passed, so a record that should start immediately starts some seconds later. Until
 * it has started, no policy is changed and nothing that it replaces is removed.
 */

import { plural } from '../../text/plural.ts';
import type { Instant } from '../../timeline.ts';
import type { ExistingRecord } from './actual.ts';
import { type AddedRecord, addRecords, type SentRecord } from './add-records.ts';
import { type ApplyContext, ApplyStopped, MARGIN_MS, MAX_SKEW_MS } from './apply-context.ts';
import { type Addition, type RecordEdit, writesOf } from './changes.ts';
import type { ClockSkew } from './client.ts';
import type { DesiredState } from './desired.ts';
import { PagerDutyFault } from './fault.ts';
import type { Plan, SchedulePlan } from './plan.ts';
import { readActual } from './read.ts';
import { type SwitchedService, switchServices } from './switch-services.ts';
import { deviations, nounOf, type Trouble } from './trouble.ts';

/** The result of an apply, including why it stopped early; `auditEntry` converts it to an audit. */
export interface ApplyResult {
  readonly plan: Plan;
  readonly beganAt: Instant;
  readonly endedAt: Instant;
  readonly trouble: readonly Trouble[];
  /** By schedule id. */
  readonly added: ReadonlyMap<string, readonly AddedRecord[]>;
  /** With the person that they have now. */
  readonly edited: ReadonlyMap<string, readonly ExistingRecord[]>;
  readonly removed: ReadonlyMap<string, readonly ExistingRecord[]>;
  readonly policies: readonly { readonly chain: string; readonly policy: string }[];
  readonly services: readonly SwitchedService[];
  readonly requests: { readonly reads: number; readonly writes: number };
}

/** Lead time for a record that should start immediately. */
const LEAD_MS = 5_000;

/** What the run has done so far. */
interface RunRecord {
  readonly added: Map<string, readonly AddedRecord[]>;
  readonly edited: Map<string, readonly ExistingRecord[]>;
  readonly removed: Map<string, readonly ExistingRecord[]>;
  /** When the records of a schedule that should start immediately start. */
  readonly startsAt: Map<string, Instant>;
  readonly policies: { readonly chain: string; readonly policy: string }[];
  readonly services: SwitchedService[];
}

/** Applies a plan that the guard accepted; returns what was done, even if it stopped before the end. */
export async function apply(plan: Plan, desired: DesiredState, context: ApplyContext): Promise<ApplyResult> {
  const beganAt = context.clock();
  const maps = { added: new Map(), edited: new Map(), removed: new Map(), startsAt: new Map() };
  const done: RunRecord = { ...maps, policies: [], services: [] };
  let trouble: readonly Trouble[] = [];
  try {
    if (plan.writes > 0) await carryOut(plan, desired, context, done);
  } catch (error) {
    if (error instanceof ApplyStopped) trouble = error.trouble;
    else if (error instanceof Error) trouble = [{ kind: 'error', message: error.message }];
    else throw error;
  }
  const { startsAt: _, ...rest } = done;
  return { plan, beganAt, endedAt: context.clock(), trouble, ...rest, requests: context.client.counts };
}

async function carryOut(
  plan: Plan,
  desired: DesiredState,
  context: ApplyContext,
  done: RunRecord,
): Promise<void> {
  const { client, clock, wait, progress } = context;
  const skew = skewTrouble(client.skew);
  if (skew !== undefined) throw new ApplyStopped(skew);
  const schedules = plan.schedules.map((it) => withoutLateEdits(it, clock()));
  await addAll(schedules, plan.horizon, context, done);
  const ahead = Math.max(...done.startsAt.values()) + MARGIN_MS - clock();
  if (ahead > 0) {
    progress('waiting until what was added has started');
    await wait(ahead);
  }
  await editAll(schedules, context, done);
  for (const { chain, policy, body } of plan.policies) {
    progress(`changing escalation policy ${chain}`);
    await client.change(policy, body);
    done.policies.push({ chain, policy });
  }
  await switchServices(plan.services, context, done.services);
  await removeAll(schedules, context, done);
  await verify(plan, desired, context);
}

/** Stops if the plan was made for another time than PagerDuty's: all its times could be wrong. */
function skewTrouble({ least, most }: ClockSkew): Trouble | undefined {
  if (least > MAX_SKEW_MS) return { kind: 'clock-skew', ms: least };
  return most < -MAX_SKEW_MS ? { kind: 'clock-skew', ms: most } : undefined;
}

/** A shift that is edited has to begin later than this after the start of the run, or it is replaced. */
const EDIT_MARGIN_MS = 60_000;

/** A schedule whose edits can still be made; a shift that has begun by now is replaced. */
function withoutLateEdits(schedule: SchedulePlan, now: Instant): SchedulePlan {
  const isLate = ({ record }: RecordEdit) => record.startAt <= now + EDIT_MARGIN_MS;
  const late = schedule.edit.filter(isLate);
  if (late.length === 0) return schedule;
  return {
    ...schedule,
    add: [...schedule.add, ...late.map(({ record: { id: _, ...record }, user }) => ({ ...record, user }))],
    edit: schedule.edit.filter((it) => !isLate(it)),
    remove: [...schedule.remove, ...late.map(({ record }) => record)],
  };
}

/** Stops where a schedule is not of the kind that the plan was made for: somebody has upgraded it. */
async function onKind<T>({ role, schedule }: SchedulePlan, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (fault) {
    if (fault instanceof PagerDutyFault && fault.isOtherKind)
      throw new ApplyStopped({ kind: 'kind-changed', role, schedule });
    throw fault;
  }
}

async function addAll(
  schedules: readonly SchedulePlan[],
  horizon: Instant,
  context: ApplyContext,
  done: RunRecord,
): Promise<void> {
  const refused: Trouble[] = [];
  for (const schedule of schedules) {
    if (schedule.add.length === 0) continue;
    await context.client.ready();
    const sentAt = context.clock();
    const immediatelyAt = Math.ceil(sentAt / 1000) * 1000 + LEAD_MS;
    // A start that was in the future when the plan was made may have passed since.
    const startOf = ({ startAt = sentAt }: Addition) => (startAt <= sentAt ? immediatelyAt : startAt);
    if (schedule.add.some((it) => startOf(it) === immediatelyAt))
      done.startsAt.set(schedule.schedule, immediatelyAt);
    const records = schedule.add
      .map((it): SentRecord => ({ ...it, startAt: startOf(it) }))
      .filter(({ startAt, endAt }) => startAt < endAt);
    if (records.length === 0) continue;
    context.progress(`adding ${recordCount(schedule, records)} to ${schedule.role}`);
    refused.push(...(await onKind(schedule, addRecords(schedule, records, horizon, context, done.added))));
  }
  if (refused.length > 0) throw new ApplyStopped(...refused);
}

/** "3 overrides and 1 custom shift". */
const recordCount = (schedule: SchedulePlan, records: readonly Pick<ExistingRecord, 'over'>[]): string =>
  [...Map.groupBy(records, (it) => nounOf(schedule, it))]
    .map(([noun, own]) => plural(own.length, noun))
    .join(' and ');

async function editAll(
  schedules: readonly SchedulePlan[],
  { client, clock, progress }: ApplyContext,
  done: RunRecord,
): Promise<void> {
  for (const schedule of schedules)
    for (const { record, user } of schedule.edit) {
      progress(`giving shifts of ${schedule.role} to other people`);
      await client.ready();
      // By PagerDuty's clock it may have begun, and then only its end can be changed.
      if (record.startAt <= clock() + MARGIN_MS)
        throw new ApplyStopped({ kind: 'shift-begun', role: schedule.role, startAt: record.startAt });
      await onKind(schedule, client.edit(schedule.schedule, record, user));
      remember(done.edited, schedule.schedule, { ...record, user });
    }
}

async function removeAll(
  schedules: readonly SchedulePlan[],
  { client, clock, progress }: ApplyContext,
  done: RunRecord,
): Promise<void> {
  for (const plan of schedules) {
    const { role, schedule, kind, remove } = plan;
    // A record that ends before its replacement starts ends by itself; removing it would leave a gap.
    const endedBy = done.startsAt.get(schedule) ?? clock();
    for (const record of remove.filter(({ endAt }) => endAt > endedBy)) {
      progress(`removing ${nounOf(plan, record)}s from ${role}`);
      await onKind(plan, client.remove(schedule, kind, record));
      remember(done.removed, schedule, record);
    }
  }
}

const remember = (
  records: Map<string, readonly ExistingRecord[]>,
  schedule: string,
  record: ExistingRecord,
): void => void records.set(schedule, [...(records.get(schedule) ?? []), record]);

/** Reads everything that was changed again; stops if anything deviates from the plan. */
async function verify(
  plan: Plan,
  desired: DesiredState,
  { client, clock, progress }: ApplyContext,
): Promise<void> {
  const touched = new Set(plan.schedules.flatMap((it) => (writesOf(it) > 0 ? [it.schedule] : [])));
  const changed = new Set(plan.policies.map(({ policy }) => policy));
  // By then a record that has just ended on our clock has ended on PagerDuty's clock too.
  const now = clock() + MARGIN_MS;
  const part: DesiredState = {
    ...desired,
    now,
    people: new Map(),
    seats: desired.seats.filter(({ schedule }) => touched.has(schedule)),
    chains: desired.chains.filter(({ policy }) => changed.has(policy)),
    // Read back as they were switched; by now another window may be in force.
    services: [],
  };
  progress('reading back who is on');
  const left = deviations(part, await readActual(client, part, progress, 'always'));
  if (left.length > 0) throw new ApplyStopped(...left);
}
