/**
 * Checks a plan of states before it is applied: returns refusals, each of which a reviewer can allow by its reason, but
 * for a list that would lose its last member and for another plan than was approved. Pure.
 */
import { type StateTarget, stateName } from './target.ts';

/** Every reason that can be allowed, by the name that it has for PagerDuty, too. */
export const STATE_REASONS = ['many-writes', 'not-the-tip'] as const;

export type StateReason = (typeof STATE_REASONS)[number];

/** A reason why a plan for any service is not applied, whatever it changes. */
export type CommonRefusal =
  | {
      readonly kind: 'many-writes';
      readonly reason: 'many-writes';
      readonly writes: number;
      readonly mostWrites: number;
    }
  | {
      readonly kind: 'not-the-tip';
      readonly reason: 'not-the-tip';
      readonly revision: string;
      readonly tip: string;
    }
  | { readonly kind: 'unknown-tip'; readonly reason: 'not-the-tip' }
  /** Cannot be allowed: approve this plan, or pass no digest. */
  | {
      readonly kind: 'another-plan';
      readonly reason: 'another-plan';
      readonly approved: string;
      readonly digest: string;
    };

/** A reason why a plan of states is not applied; `stateRefusalText` describes it. */
export type StateRefusal =
  | CommonRefusal
  /** Cannot be allowed: nobody of a group would be left to be mentioned, or to get tickets. */
  | { readonly kind: 'emptied'; readonly reason: 'emptied'; readonly target: string };

/** The allowed reasons, and the values that the guard compares a plan with. */
export interface StateGuardOptions {
  readonly allow: readonly string[];
  readonly mostWrites: number;
  /** The commit of the handbook, and the newest commit of the main branch; undefined if unknown. */
  readonly revision: string | undefined;
  readonly tip: string | undefined;
  /** The digest of the approved plan; undefined where no approval is required. */
  readonly approved: string | undefined;
}

/** The parts of a plan that the guard checks. */
interface GuardedStates {
  readonly targets: readonly StateTarget[];
  readonly writes: number;
  readonly digest: string;
}

/** The refusals of a plan that were not allowed. */
export function guardStates(
  { targets, writes, digest }: GuardedStates,
  options: StateGuardOptions,
): readonly StateRefusal[] {
  const refusals = [
    ...targets.flatMap(emptied),
    ...manyWrites(writes, options),
    ...(writes === 0 ? [] : notTheTip(options)),
    ...anotherPlan(digest, options),
  ];
  return refusals.filter(
    ({ reason }) => reason === 'emptied' || reason === 'another-plan' || !options.allow.includes(reason),
  );
}

/** Drivers never plan this; a fault in one of them ends here. */
const emptied = (target: StateTarget): readonly StateRefusal[] =>
  target.change?.kind === 'list' && target.change.left === 0
    ? [{ kind: 'emptied', reason: 'emptied', target: stateName(target) }]
    : [];

/** More changes than are allowed at once. */
export function manyWrites(
  writes: number,
  { mostWrites }: Pick<StateGuardOptions, 'mostWrites'>,
): readonly CommonRefusal[] {
  return writes <= mostWrites ? [] : [{ kind: 'many-writes', reason: 'many-writes', writes, mostWrites }];
}

/** A handbook that is not the newest of the main branch, or may not be. */
export function notTheTip({
  revision,
  tip,
}: Pick<StateGuardOptions, 'revision' | 'tip'>): readonly CommonRefusal[] {
  if (revision === undefined || tip === undefined) return [{ kind: 'unknown-tip', reason: 'not-the-tip' }];
  return revision === tip ? [] : [{ kind: 'not-the-tip', reason: 'not-the-tip', revision, tip }];
}

/** Another plan than the one that was approved. */
export function anotherPlan(
  digest: string,
  { approved }: Pick<StateGuardOptions, 'approved'>,
): readonly CommonRefusal[] {
  if (approved === undefined || approved === digest) return [];
  return [{ kind: 'another-plan', reason: 'another-plan', approved, digest }];
}
