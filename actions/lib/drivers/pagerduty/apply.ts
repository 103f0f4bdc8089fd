/**
 * Applies a plan so that no role is ever without cover: adds overrides, reads them back, changes policies, gives them to
 * services, and only then removes overrides; at the end compares PagerDuty's rendering with the plan. A run that was killed after any
 * request can be repeated and comes to the same end.
 *
 * PagerDuty moves a start that has passed, so an override that should start immediately starts some seconds later.
 * Until it has started, no policy is changed and nothing that it replaces is removed.
 */

import { plural } from '../../text/plural.ts';
import type { Instant } from '../../timeline.ts';
import type { ExistingOverride } from './actual.ts';
import { addOverrides, type SentOverride } from './add-overrides.ts';
import { type ApplyContext, ApplyStopped, MARGIN_MS, MAX_SKEW_MS } from './apply-context.ts';
import type { ClockSkew } from './client.ts';
import type { DesiredState } from './desired.ts';
import type { Addition } from './override-plan.ts';
import type { Plan } from './plan.ts';
import { readActual } from './read.ts';
import { type SwitchedService, switchServices } from './switch-services.ts';
import { deviations, type Trouble } from './trouble.ts';

/** The result of an apply, including why it stopped early; `auditEntry` converts it to an audit. */
export interface ApplyResult {
  readonly plan: Plan;
  readonly beganAt: Instant;
  readonly endedAt: Instant;
  readonly trouble: readonly Trouble[];
  /** By schedule id. */
  readonly added: ReadonlyMap<string, readonly ExistingOverride[]>;
  readonly removed: ReadonlyMap<string, readonly ExistingOverride[]>;
  readonly policies: readonly { readonly chain: string; readonly policy: string }[];
  readonly services: readonly SwitchedService[];
  readonly requests: { readonly reads: number; readonly writes: number };
}

/** Lead time for an override that should start immediately. */
const LEAD_MS = 5_000;

/** What the run has done so far. */
interface RunRecord {
  readonly added: Map<string, readonly ExistingOverride[]>;
  readonly removed: Map<string, readonly ExistingOverride[]>;
  /** When the overrides of a schedule that should start immediately start. */
  readonly startsAt: Map<string, Instant>;
  readonly policies: { readonly chain: string; readonly policy: string }[];
  readonly services: SwitchedService[];
}

/** Applies a plan that the guard accepted; returns what was done, even if it stopped before the end. */
export async function apply(plan: Plan, desired: DesiredState, context: ApplyContext): Promise<ApplyResult> {
  const beganAt = context.clock();
  const done: RunRecord = {
    added: new Map(),
    removed: new Map(),
    startsAt: new Map(),
    policies: [],
    services: [],
  };
  let trouble: readonly Trouble[] = [];
  try {
    if (plan.writes > 0) await carryOut(plan, desired, context, done);
  } catch (error) {
    if (error instanceof ApplyStopped) trouble = error.trouble;
    else if (error instanceof Error) trouble = [{ kind: 'error', message: error.message }];
    else throw error;
  }
  const { added, removed, policies, services } = done;
  const endedAt = context.clock();
  return {
    plan,
    beganAt,
    endedAt,
    trouble,
    added,
    removed,
    policies,
    services,
    requests: context.client.counts,
  };
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
  await addAll(plan, context, done);
  const ahead = Math.max(...done.startsAt.values()) + MARGIN_MS - clock();
  if (ahead > 0) {
    progress('waiting until the new overrides have started');
    await wait(ahead);
  }
  for (const { chain, policy, body } of plan.policies) {
    progress(`changing escalation policy ${chain}`);
    await client.change(policy, body);
    done.policies.push({ chain, policy });
  }
  await switchServices(plan.services, context, done.services);
  await removeAll(plan, context, done);
  await verify(plan, desired, context);
}

/** Stops if the plan was made for another time than PagerDuty's: all its times could be wrong. */
function skewTrouble({ least, most }: ClockSkew): Trouble | undefined {
  if (least > MAX_SKEW_MS) return { kind: 'clock-skew', ms: least };
  return most < -MAX_SKEW_MS ? { kind: 'clock-skew', ms: most } : undefined;
}

async function addAll(plan: Plan, context: ApplyContext, done: RunRecord): Promise<void> {
  const refused: Trouble[] = [];
  for (const schedule of plan.schedules) {
    if (schedule.add.length === 0) continue;
    await context.client.ready();
    const sentAt = context.clock();
    const immediatelyAt = Math.ceil(sentAt / 1000) * 1000 + LEAD_MS;
    // A start that was in the future when the plan was made may have passed since.
    const startOf = ({ startAt = sentAt }: Addition) => (startAt <= sentAt ? immediatelyAt : startAt);
    if (schedule.add.some((it) => startOf(it) === immediatelyAt))
      done.startsAt.set(schedule.schedule, immediatelyAt);
    const overrides = schedule.add
      .map((it): SentOverride => ({ ...it, startAt: startOf(it) }))
      .filter(({ startAt, endAt }) => startAt < endAt);
    if (overrides.length === 0) continue;
    context.progress(`adding ${plural(overrides.length, 'override')} to ${schedule.role}`);
    refused.push(...(await addOverrides(schedule, overrides, plan.horizon, context, done.added)));
  }
  if (refused.length > 0) throw new ApplyStopped(...refused);
}

async function removeAll(
  { schedules }: Plan,
  { client, clock, progress }: ApplyContext,
  done: RunRecord,
): Promise<void> {
  for (const { role, schedule, remove } of schedules) {
    // An override that ends before its replacement starts ends by itself; removing it would leave a gap.
    const endedBy = done.startsAt.get(schedule) ?? clock();
    for (const override of remove.filter(({ endAt }) => endAt > endedBy)) {
      progress(`removing overrides from ${role}`);
      await client.remove(schedule, override.id);
      done.removed.set(schedule, [...(done.removed.get(schedule) ?? []), override]);
    }
  }
}

/** Reads everything that was changed again; stops if anything deviates from the plan. */
async function verify(
  plan: Plan,
  desired: DesiredState,
  { client, clock, progress }: ApplyContext,
): Promise<void> {
  const touched = new Set(
    plan.schedules.flatMap(({ schedule, add, remove }) => (add.length + remove.length > 0 ? [schedule] : [])),
  );
  const changed = new Set(plan.policies.map(({ policy }) => policy));
  // By then an override that has just ended on our clock has ended on PagerDuty's clock too.
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
