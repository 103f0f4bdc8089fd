/**
 * Adds overrides to one schedule and reads them back. A response may be late or lost, and an override may be listed
 * late, so only overrides that PagerDuty has neither confirmed nor listed are sent again.
 */
import type { Instant } from '../../timeline.ts';
import type { ExistingOverride } from './actual.ts';
import { type ApplyContext, ApplyStopped, MARGIN_MS } from './apply-context.ts';
import { MAX_BATCH, type PagerDuty } from './client.ts';
import { PagerDutyFault } from './fault.ts';
import type { SchedulePlan } from './plan.ts';
import type { Trouble } from './trouble.ts';

/** An override as it is sent. */
export type SentOverride = Omit<ExistingOverride, 'id'>;

/** How often overrides are read back before the run stops. */
const MAX_ATTEMPTS = 4;

/**
 * Adds to one schedule and reads back until everything is listed; fills `added`, and returns what PagerDuty refused.
 */
export async function addOverrides(
  { role, schedule }: SchedulePlan,
  overrides: readonly SentOverride[],
  horizon: Instant,
  { client, clock, wait }: Omit<ApplyContext, 'progress'>,
  added: Map<string, readonly ExistingOverride[]>,
): Promise<readonly Trouble[]> {
  const ids = new Map<SentOverride, string>();
  const endAt = Math.max(horizon, ...overrides.map((it) => it.endAt)) + 1000;
  let unsent = overrides;
  for (let attempt = 1; ; attempt++) {
    const { refused, fault } = await send(client, schedule, unsent, ids);
    const actual = await client.schedule(schedule, { startAt: clock(), endAt });
    const listed = actual.kind === 'layers' ? actual.overrides : [];
    const found = (it: SentOverride) =>
      listed.find(({ id }) => id === ids.get(it)) ?? listed.find((own) => isSame(own, it, clock()));
    added.set(
      schedule,
      overrides.flatMap((it) => found(it) ?? []),
    );
    const open = overrides.filter((it) => found(it) === undefined);
    if (refused.length > 0 || open.length === 0)
      return refused.map(([{ user, startAt }, why]) => ({
        kind: 'override-refused',
        ...{ role, user, startAt, why },
      }));
    if (attempt >= MAX_ATTEMPTS)
      throw fault ?? new ApplyStopped({ kind: 'overrides-lost', role, count: open.length });
    await wait(1000 * attempt);
    unsent = open.filter((it) => !ids.has(it));
  }
}

/** Sends overrides in batches until it is unknown whether a request was carried out; fills `ids`. */
async function send(
  client: PagerDuty,
  schedule: string,
  overrides: readonly SentOverride[],
  ids: Map<SentOverride, string>,
): Promise<{
  readonly refused: readonly (readonly [SentOverride, string])[];
  readonly fault?: PagerDutyFault;
}> {
  const refused: (readonly [SentOverride, string])[] = [];
  for (let from = 0; from < overrides.length; from += MAX_BATCH) {
    const batch = overrides.slice(from, from + MAX_BATCH);
    try {
      const results = await client.add(schedule, batch);
      for (const [i, override] of batch.entries()) {
        const result = results[i];
        if (result !== undefined && 'id' in result) ids.set(override, result.id);
        else refused.push([override, result?.refusal ?? 'no reason given']);
      }
    } catch (fault) {
      if (fault instanceof PagerDutyFault && fault.mayHaveHappened) return { refused, fault };
      throw fault;
    }
  }
  return { refused };
}

/**
 * Whether a listed override is the one that was sent; PagerDuty may have moved a start that had passed on its clock.
 */
const isSame = (listed: ExistingOverride, sent: SentOverride, now: Instant): boolean =>
  listed.user === sent.user &&
  listed.endAt === sent.endAt &&
  (listed.startAt === sent.startAt || Math.max(listed.startAt, sent.startAt) <= now + MARGIN_MS);
