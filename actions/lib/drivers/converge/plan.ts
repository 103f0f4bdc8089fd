/**
 * A plan of states: what would change in a service, what prevents some of it, and what the guard refuses. Plain data
 * that can be printed, counted and stored; making it changes nothing. Pure.
 */
import { digestOf } from '../../text/digest.ts';
import type { Instant } from '../../timeline.ts';
import { guardStates, type StateGuardOptions, type StateRefusal } from './guard.ts';
import { type StateTarget, writesOfTarget } from './target.ts';

/** The changes in a service, and the refusals that were not allowed. */
export interface StatePlan<T extends StateTarget = StateTarget> {
  /** The name of the service. */
  readonly service: string;
  /** What the handbook describes is that of this instant. */
  readonly now: Instant;
  readonly revision: string | undefined;
  readonly targets: readonly T[];
  /** The number of texts to replace, and of things to add and to remove. */
  readonly writes: number;
  /** Equal for equal changes, whenever the plan is made. */
  readonly digest: string;
  readonly refusals: readonly StateRefusal[];
}

/** Plans the changes that make the targets of a service match the handbook. */
export function planStates<T extends StateTarget>(
  service: string,
  now: Instant,
  targets: readonly T[],
  options: StateGuardOptions,
): StatePlan<T> {
  const writes = targets.reduce((sum, it) => sum + writesOfTarget(it), 0);
  const digest = digestOf(targets.filter(({ change }) => change !== undefined).map(digested));
  const refusals = guardStates({ targets, writes, digest }, options);
  return { service, now, revision: options.revision, targets, writes, digest, refusals };
}

/** Covers only the changes, so that an approval stays valid when other data changes. */
function digested({ kind, id, change }: StateTarget): unknown {
  if (change?.kind !== 'list') return [kind, id, change?.after];
  const [add, remove] = [change.add, change.remove].map((items) => items.map((it) => it.id).toSorted());
  return [kind, id, add, remove];
}

/** Whether a service differs from the handbook: something is to change, or cannot. What is kept is no difference. */
export const statesDiffer = ({ writes, targets }: StatePlan): boolean =>
  writes > 0 || targets.some(({ obstacles }) => obstacles.length > 0);

/** What prevents changes. */
export const obstacleCount = ({ targets }: Pick<StatePlan, 'targets'>): number =>
  targets.reduce((sum, { obstacles }) => sum + obstacles.length, 0);
