/** A plan of states and an audit as JSON. The keys are a file format that other programs read. Pure. */
import { instantText } from '../../time/format.ts';
import type { StateResult } from './apply.ts';
import type { StatePlan } from './plan.ts';
import { stateRefusalText, stateTroubleText } from './refusal-text.ts';
import { type Item, isReported, type StateTarget } from './target.ts';

/** A plan: `before` and `after` of a text, `add` and `remove` of a list; items by the service's id and in words. */
export const statePlanEntry = (plan: StatePlan): unknown => ({
  service: plan.service,
  now: instantText(plan.now),
  revision: plan.revision ?? null,
  digest: plan.digest,
  writes: plan.writes,
  targets: plan.targets.filter(isReported).map(targetEntry),
  refusals: plan.refusals.map((refusal) => ({
    reason: refusal.reason,
    message: stateRefusalText(refusal),
  })),
});

function targetEntry({ team, kind, id, change, kept, notes, obstacles }: StateTarget) {
  const items = (all: readonly Item[]) => all.map((it) => ({ id: it.id, text: it.text }));
  return {
    team,
    kind,
    id,
    ...(change?.kind === 'text' ? { before: change.before, after: change.after } : {}),
    ...(change?.kind === 'list' ? { add: items(change.add), remove: items(change.remove) } : {}),
    by_hand: items(kept),
    notes: notes.map(({ code, message }) => ({ code, message })),
    obstacles: obstacles.map(({ code, message }) => ({ code, message })),
  };
}

/** The record of an apply, to be kept: ids and instants, and nothing personal but in `trouble`. */
export interface StateAudit {
  readonly service: string;
  readonly revision: string | null;
  readonly digest: string;
  readonly began: string;
  readonly ended: string;
  /** `failed` where anything that was to change is not as planned. */
  readonly outcome: 'verified' | 'failed';
  readonly trouble: readonly string[];
  readonly targets: readonly {
    readonly team: string;
    readonly kind: string;
    readonly id: string;
    /** The service's ids. */
    readonly added: readonly string[];
    readonly removed: readonly string[];
  }[];
  readonly requests: { readonly reads: number; readonly writes: number };
}

/** The audit of an apply. */
export const stateAudit = ({ plan, beganAt, endedAt, trouble, done, requests }: StateResult): StateAudit => ({
  service: plan.service,
  revision: plan.revision ?? null,
  digest: plan.digest,
  began: instantText(beganAt),
  ended: instantText(endedAt),
  outcome: trouble.length === 0 ? 'verified' : 'failed',
  trouble: trouble.map((it) => stateTroubleText(it, plan.service)),
  targets: done.map(({ team, kind, id, change }) => {
    const { add, remove } = change?.kind === 'list' ? change : { add: [], remove: [] };
    return { team, kind, id, added: add.map((it) => it.id), removed: remove.map((it) => it.id) };
  }),
  requests,
});
