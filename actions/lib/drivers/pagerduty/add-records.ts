/**
 * Adds records to one schedule and reads them back. A response may be late or lost, and a record may be listed late, so
 * only records that PagerDuty has neither confirmed nor listed are sent again.
 */
import type { Instant, Interval } from '../../timeline.ts';
import type { ExistingRecord } from './actual.ts';
import { type ApplyContext, ApplyStopped, MARGIN_MS } from './apply-context.ts';
import { MAX_BATCH, type PagerDuty } from './client.ts';
import { PagerDutyFault } from './fault.ts';
import type { SchedulePlan } from './plan.ts';
import { nounOf, type Trouble } from './trouble.ts';

/** A record as it is sent. */
export type SentRecord = Omit<ExistingRecord, 'id'>;

/** A record as PagerDuty lists it, and the times that it was sent with: PagerDuty may move or round them. */
export interface AddedRecord extends ExistingRecord {
  readonly sent: Interval;
}

/** How often records are read back before the run stops. */
const MAX_ATTEMPTS = 4;

/** The schedule that records are added to. */
type Target = Pick<SchedulePlan, 'role' | 'schedule' | 'kind'>;

/**
 * Adds to one schedule and reads back until everything is listed; fills `added`, and returns what PagerDuty refused.
 */
export async function addRecords(
  target: Target,
  records: readonly SentRecord[],
  horizon: Instant,
  { client, clock, wait }: Omit<ApplyContext, 'progress'>,
  added: Map<string, readonly AddedRecord[]>,
): Promise<readonly Trouble[]> {
  const { role, schedule } = target;
  const before = added.get(schedule) ?? [];
  const ids = new Map<SentRecord, string>();
  const endAt = Math.max(horizon, ...records.map((it) => it.endAt)) + 1000;
  let unsent = records;
  for (let attempt = 1; ; attempt++) {
    const { refused, fault } = await send(client, target, unsent, ids);
    const listed = await readBack(client, target, { startAt: clock(), endAt });
    const found = (it: SentRecord) =>
      listed?.find(({ id }) => id === ids.get(it)) ?? listed?.find((own) => isSame(own, it, clock()));
    added.set(schedule, [...before, ...records.flatMap((it) => asAdded(it, found(it)))]);
    const open = records.filter((it) => found(it) === undefined);
    const denied = refused.filter(([it]) => open.includes(it));
    if (denied.length > 0 || open.length === 0) return denied.map((it) => refusal(target, ...it));
    if (attempt >= MAX_ATTEMPTS)
      throw (
        fault ??
        new ApplyStopped({ kind: 'records-lost', role, noun: nounOf(target, open[0]), count: open.length })
      );
    await wait(1000 * attempt);
    // Without a list it is unknown what is missing.
    unsent = listed === undefined ? [] : open.filter((it) => !ids.has(it));
  }
}

const asAdded = (
  { startAt, endAt }: SentRecord,
  listed: ExistingRecord | undefined,
): readonly AddedRecord[] => (listed === undefined ? [] : [{ ...listed, sent: { startAt, endAt } }]);

const refusal = (target: Target, record: SentRecord, why: string): Trouble => ({
  kind: 'record-refused',
  role: target.role,
  noun: nounOf(target, record),
  user: record.user,
  startAt: record.startAt,
  why,
});

/** The records of a schedule; undefined while PagerDuty does not find what it has just changed. */
async function readBack(
  client: PagerDuty,
  { schedule, kind }: Target,
  span: Interval,
): Promise<readonly ExistingRecord[] | undefined> {
  if (kind === 'layers') return client.overrides(schedule, span);
  try {
    return await client.shiftRecords(schedule, span);
  } catch (fault) {
    if (fault instanceof PagerDutyFault && fault.status === 404) return undefined;
    throw fault;
  }
}

/** What became of the records that were sent: those that PagerDuty refused, and why no more were sent. */
interface Sent {
  readonly refused: readonly (readonly [SentRecord, string])[];
  readonly fault?: PagerDutyFault;
}

/** Sends records in batches until it is unknown whether a request was carried out; fills `ids`. */
async function send(
  client: PagerDuty,
  { schedule, kind }: Target,
  records: readonly SentRecord[],
  ids: Map<SentRecord, string>,
): Promise<Sent> {
  const refused: (readonly [SentRecord, string])[] = [];
  for (const batch of batches(records)) {
    try {
      const work = kind === 'layers' ? sendOverrides : sendShiftRecords;
      refused.push(...(await work(client, schedule, batch, ids)));
    } catch (fault) {
      if (!(fault instanceof PagerDutyFault)) throw fault;
      if (fault.mayHaveHappened) return { refused, fault };
      // One wrong shift refuses its whole batch, and only reading back shows that none of it was added.
      if (kind === 'layers' || fault.status !== 400 || fault.isOtherKind) throw fault;
      const why = (fault.data.kind === 'answered' && fault.data.reason) || 'no reason given';
      refused.push(...batch.map((it) => [it, why] as const));
    }
  }
  return { refused };
}

/** Sends overrides over layers, each of which PagerDuty accepts or refuses by itself. */
async function sendOverrides(
  client: PagerDuty,
  schedule: string,
  batch: readonly SentRecord[],
  ids: Map<SentRecord, string>,
): Promise<Sent['refused']> {
  const results = await client.addOverrides(schedule, batch);
  return batch.flatMap((override, i) => {
    const result = results[i];
    if (result === undefined || !('id' in result))
      return [[override, result?.refusal ?? 'no reason given'] as const];
    ids.set(override, result.id);
    return [];
  });
}

/** Sends custom shifts or overrides of members; where fewer were made than sent, reading back shows which. */
async function sendShiftRecords(
  client: PagerDuty,
  schedule: string,
  batch: readonly SentRecord[],
  ids: Map<SentRecord, string>,
): Promise<Sent['refused']> {
  const made = await client.addShiftRecords(schedule, batch);
  if (made.length < batch.length) return batch.map((it) => [it, 'no reason given'] as const);
  for (const [i, record] of batch.entries()) {
    const id = made[i];
    if (id !== undefined) ids.set(record, id);
  }
  return [];
}

/** Custom shifts and overrides are sent to different addresses. */
const batches = (records: readonly SentRecord[]): readonly (readonly SentRecord[])[] =>
  [
    records.filter(({ over }) => over === undefined),
    records.filter(({ over }) => over !== undefined),
  ].flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / MAX_BATCH) }, (_, i) =>
      all.slice(i * MAX_BATCH, (i + 1) * MAX_BATCH),
    ),
  );

/**
 * Whether a listed record is the one that was sent; PagerDuty may have moved a start that had passed on its clock.
 */
const isSame = (listed: ExistingRecord, sent: SentRecord, now: Instant): boolean =>
  listed.user === sent.user &&
  listed.endAt === sent.endAt &&
  listed.over?.id === sent.over?.id &&
  (listed.startAt === sent.startAt || Math.max(listed.startAt, sent.startAt) <= now + MARGIN_MS);
