/** A plan and an audit as JSON. The keys are a file format that other programs read. Pure. */
import { instantText } from '../../time/format.ts';
import type { Interval } from '../../timeline.ts';
import { type ExistingRecord, NO_USER, type Overridden } from './actual.ts';
import type { AddedRecord } from './add-records.ts';
import type { ApplyResult } from './apply.ts';
import { usersIn } from './on-call.ts';
import { hasChanges, type Plan, type SchedulePlan } from './plan.ts';
import type { PolicyLevels } from './policy-plan.ts';
import { refusalText } from './refusal-text.ts';
import type { PolicySwitch, ServicePlan } from './service-plan.ts';
import { troubleLines } from './trouble-text.ts';

/** A plan: instants as `2026-12-02T17:00:00Z`, people by id where the handbook has them; an immediate start is null. */
export function planEntry(plan: Plan): unknown {
  return {
    now: instantText(plan.now),
    horizon: instantText(plan.horizon),
    revision: plan.revision ?? null,
    digest: plan.digest,
    writes: plan.writes,
    schedules: plan.schedules.filter(hasChanges).map((it) => scheduleEntry(it, plan)),
    policies: plan.policies.map(({ chain, policy, before, after }) => ({
      chain,
      policy,
      before: levelsEntry(before),
      after: levelsEntry(after),
    })),
    services: plan.services.map(serviceEntry),
    not_compared: plan.notCompared,
    unwritten: plan.unwritten.map(({ chain, level, kind, priorities }) => ({
      chain,
      level,
      kind,
      priorities,
    })),
    refusals: plan.refusals.map((refusal) => ({
      reason: refusal.reason,
      message: refusalText(refusal),
      ...('lost' in refusal && refusal.lost.more > 0 ? { times: refusal.lost.all.map(timesEntry) } : {}),
    })),
  };
}

function scheduleEntry(
  { role, schedule, kind, add, edit, remove, manual, orphans, cover, crowded, strangers }: SchedulePlan,
  { names }: Plan,
) {
  const person = (user: string) => names.get(user) ?? null;
  // Several people at once are joined by a space, as ids have none.
  const people = (value: string | undefined) =>
    value === undefined
      ? null
      : usersIn(value)
          .map((user) => names.get(user) ?? user)
          .join(' ');
  const over = (it: Overridden | undefined) =>
    it === undefined ? {} : { over: { [it.source]: it.id, user: it.member || null } };
  const existing = ({ id, user, over: of, ...times }: ExistingRecord) => ({
    id,
    user: user === NO_USER ? null : user,
    person: person(user),
    ...over(of),
    ...timesEntry(times),
  });
  return {
    role,
    schedule,
    kind,
    add: add.map(({ user, startAt, endAt, over: of }) => ({
      user,
      person: person(user),
      ...over(of),
      start: startAt === undefined ? null : instantText(startAt),
      end: instantText(endAt),
    })),
    edit: edit.map(({ record, user }) => ({
      ...existing({ ...record, user }),
      before_user: record.user,
    })),
    remove: remove.map(existing),
    by_hand: manual.map(existing),
    orphaned: orphans.map(existing),
    cover: cover.map(({ before, after, ...times }) => ({
      ...timesEntry(times),
      before: people(before),
      after: people(after),
    })),
    off_duty: strangers.map(({ value, ...times }) => ({ ...timesEntry(times), people: people(value) })),
    together: crowded.map(({ value, ...times }) => ({ ...timesEntry(times), people: people(value) })),
  };
}

function serviceEntry({ service, counterpart, before, change, switches, missed }: ServicePlan) {
  const switchEntry = ({ at, chain, policy }: PolicySwitch) => ({ at: instantText(at), chain, policy });
  return {
    service,
    pagerduty: counterpart,
    before,
    after: change?.policy ?? before,
    switches: switches.map(switchEntry),
    without_run: missed === undefined ? null : missed.map(({ at }) => instantText(at)),
  };
}

const timesEntry = ({ startAt, endAt }: Interval) => ({
  start: instantText(startAt),
  end: instantText(endAt),
});

const levelsEntry = ({ levels, repeats }: PolicyLevels) => ({
  levels: levels.map(({ delayMinutes, targets }) => ({
    delay_minutes: delayMinutes,
    targets: targets.map(({ type, id }) => ({ type, id })),
  })),
  repeats,
});

/** A record in an audit. */
interface AuditRecord {
  readonly id: string;
  readonly user: string;
  readonly start: string;
  readonly end: string;
  /** The times that it was sent with, where PagerDuty has moved or rounded them. */
  readonly asked?: { readonly start: string; readonly end: string };
}

/** The record of an apply, to be kept: ids and instants, and nothing personal but in `trouble`. */
export interface Audit {
  readonly revision: string | null;
  readonly digest: string;
  readonly horizon: string;
  readonly began: string;
  readonly ended: string;
  readonly outcome: 'verified' | 'failed';
  readonly trouble: readonly string[];
  readonly schedules: readonly {
    readonly role: string;
    readonly schedule: string;
    readonly kind: 'layers' | 'shifts';
    readonly added: readonly AuditRecord[];
    readonly edited: readonly AuditRecord[];
    readonly removed: readonly AuditRecord[];
    readonly by_hand: readonly AuditRecord[];
  }[];
  readonly policies: readonly { readonly chain: string; readonly policy: string }[];
  readonly services: readonly {
    readonly service: string;
    readonly pagerduty: string;
    readonly policy: string;
  }[];
  readonly requests: { readonly reads: number; readonly writes: number };
}

/** The audit of an apply. */
export const auditEntry = ({ plan, beganAt, endedAt, trouble, ...done }: ApplyResult): Audit => ({
  revision: plan.revision ?? null,
  digest: plan.digest,
  horizon: instantText(plan.horizon),
  began: instantText(beganAt),
  ended: instantText(endedAt),
  outcome: trouble.length === 0 ? 'verified' : 'failed',
  trouble: troubleLines(trouble, plan.names),
  schedules: plan.schedules.flatMap(({ role, schedule, kind, manual }) => {
    const listed = (all: readonly ExistingRecord[] = []) => all.map(auditRecord);
    const entry = {
      added: (done.added.get(schedule) ?? []).map(addedRecord),
      edited: listed(done.edited.get(schedule)),
      removed: listed(done.removed.get(schedule)),
      by_hand: listed(manual),
    };
    return Object.values(entry).every((all) => all.length === 0) ? [] : [{ role, schedule, kind, ...entry }];
  }),
  policies: done.policies,
  services: done.services.map(({ service, counterpart, policy }) => ({
    ...{ service, pagerduty: counterpart, policy },
  })),
  requests: done.requests,
});

const addedRecord = ({ sent, ...record }: AddedRecord): AuditRecord =>
  sent.startAt === record.startAt && sent.endAt === record.endAt
    ? auditRecord(record)
    : { ...auditRecord(record), asked: timesEntry(sent) };

const auditRecord = ({ id, user, startAt, endAt }: ExistingRecord): AuditRecord => ({
  id,
  user,
  start: instantText(startAt),
  end: instantText(endAt),
});
