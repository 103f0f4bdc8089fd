/** A plan and an audit as JSON. The keys are a file format that other programs read. Pure. */
import { instantText } from '../../time/format.ts';
import type { Interval } from '../../timeline.ts';
import type { ExistingOverride } from './actual.ts';
import type { ApplyResult } from './apply.ts';
import { hasChanges, type Plan } from './plan.ts';
import type { PolicyLevels } from './policy-plan.ts';
import { refusalText } from './refusal-text.ts';
import type { PolicySwitch, ServicePlan } from './service-plan.ts';
import { troubleLines } from './trouble-text.ts';

/** A plan: instants as `2026-12-02T17:00:00Z`, people by id where the handbook has them; an immediate start is null. */
export function planEntry(plan: Plan): unknown {
  const person = (user: string | undefined) => (user === undefined ? null : (plan.names.get(user) ?? null));
  const existing = ({ id, user, startAt, endAt }: ExistingOverride) => ({
    id,
    user,
    person: person(user),
    start: instantText(startAt),
    end: instantText(endAt),
  });
  return {
    now: instantText(plan.now),
    horizon: instantText(plan.horizon),
    revision: plan.revision ?? null,
    digest: plan.digest,
    writes: plan.writes,
    schedules: plan.schedules
      .filter(hasChanges)
      .map(({ role, schedule, add, remove, manual, strangers, cover }) => ({
        role,
        schedule,
        add: add.map(({ user, startAt, endAt }) => ({
          user,
          person: person(user),
          start: startAt === undefined ? null : instantText(startAt),
          end: instantText(endAt),
        })),
        remove: remove.map(existing),
        by_hand: manual.map(existing),
        off_duty: strangers.map(({ startAt, endAt, value }) => ({
          user: value,
          person: person(value),
          start: instantText(startAt),
          end: instantText(endAt),
        })),
        cover: cover.map(({ startAt, endAt, before, after }) => ({
          start: instantText(startAt),
          end: instantText(endAt),
          before: person(before) ?? before ?? null,
          after: person(after) ?? after ?? null,
        })),
      })),
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

const serviceEntry = ({ service, counterpart, before, change, switches, missed }: ServicePlan) => {
  const switchEntry = ({ at, chain, policy }: PolicySwitch) => ({ at: instantText(at), chain, policy });
  return {
    service,
    pagerduty: counterpart,
    before,
    after: change?.policy ?? before,
    switches: switches.map(switchEntry),
    without_run: missed === undefined ? null : missed.map(({ at }) => instantText(at)),
  };
};

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

/** An override in an audit. */
interface AuditOverride {
  readonly id: string;
  readonly user: string;
  readonly start: string;
  readonly end: string;
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
    readonly added: readonly AuditOverride[];
    readonly removed: readonly AuditOverride[];
    readonly by_hand: readonly AuditOverride[];
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
  schedules: plan.schedules.flatMap(({ role, schedule, manual }) => {
    const added = done.added.get(schedule) ?? [];
    const removed = done.removed.get(schedule) ?? [];
    if (added.length + removed.length + manual.length === 0) return [];
    const listed = (all: readonly ExistingOverride[]) => all.map(auditOverride);
    return [{ role, schedule, added: listed(added), removed: listed(removed), by_hand: listed(manual) }];
  }),
  policies: done.policies,
  services: done.services.map(({ service, counterpart, policy }) => ({
    service,
    pagerduty: counterpart,
    policy,
  })),
  requests: done.requests,
});

const auditOverride = ({ id, user, startAt, endAt }: ExistingOverride): AuditOverride => ({
  id,
  user,
  start: instantText(startAt),
  end: instantText(endAt),
});
