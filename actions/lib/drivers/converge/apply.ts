/**
 * Applies a plan of states: one target after the other, each on its own, so that a fault stops one of them only; then
 * reads back what was written. A run that was killed after any request can be repeated and comes to the same end.
 */
import type { Handbook } from '../../model.ts';
import type { Instant } from '../../timeline.ts';
import type { StateDriver } from './driver.ts';
import type { StatePlan } from './plan.ts';
import { keyOfTarget, type StateTarget } from './target.ts';

/** What an apply needs beside the driver. */
export interface StateContext {
  /** The handbook that the plan was made for. */
  readonly handbook: Handbook;
  readonly clock: () => Instant;
  readonly progress: (doing: string) => void;
}

/** Why a target, or the whole, is not as planned; `stateTroubleText` describes it. */
export type StateTrouble =
  | { readonly kind: 'fault'; readonly target: StateTarget; readonly message: string }
  /** An earlier fault ended the run. */
  | { readonly kind: 'not-reached'; readonly target: StateTarget }
  | { readonly kind: 'differs'; readonly target: StateTarget }
  | { readonly kind: 'not-read-back'; readonly message: string };

/** The result of an apply; `stateAudit` converts it to an audit. */
export interface StateResult {
  readonly plan: StatePlan;
  readonly beganAt: Instant;
  readonly endedAt: Instant;
  /** The targets that were written to and are as planned. */
  readonly done: readonly StateTarget[];
  readonly trouble: readonly StateTrouble[];
  readonly requests: { readonly reads: number; readonly writes: number };
}

/** Applies a plan that the guard accepted; returns what was done, whatever stopped. */
export async function applyStates<T extends StateTarget>(
  plan: StatePlan<T>,
  driver: StateDriver<T>,
  { handbook, clock, progress }: StateContext,
): Promise<StateResult> {
  const beganAt = clock();
  const written: T[] = [];
  const trouble: StateTrouble[] = [];
  let isOver = false;
  for (const target of plan.targets) {
    if (target.change === undefined) continue;
    if (isOver) {
      trouble.push({ kind: 'not-reached', target });
      continue;
    }
    progress(`changing ${target.team} ${target.kind}`);
    try {
      await driver.carryOut(target);
      written.push(target);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      trouble.push({ kind: 'fault', target, message: error.message });
      isOver = driver.endsRun(error);
    }
  }
  const differing = await compared(written, (keys) => {
    progress('reading back what was written');
    return driver.targets(handbook, plan.now, progress, keys);
  });
  const wrong = new Set(differing.flatMap((it) => ('target' in it ? [keyOfTarget(it.target)] : [])));
  const isRead = differing.every(({ kind }) => kind !== 'not-read-back');
  return {
    plan,
    beganAt,
    endedAt: clock(),
    done: isRead ? written.filter((it) => !wrong.has(keyOfTarget(it))) : [],
    trouble: [...trouble, ...differing],
    requests: driver.counts(),
  };
}

/** Reads back what was written: what still differs. */
async function compared<T extends StateTarget>(
  written: readonly T[],
  readBack: (keys: ReadonlySet<string>) => Promise<readonly T[]>,
): Promise<readonly StateTrouble[]> {
  if (written.length === 0) return [];
  try {
    const left = await readBack(new Set(written.map(keyOfTarget)));
    const now = new Map(left.map((it) => [keyOfTarget(it), it]));
    return written.flatMap((target) =>
      isSettled(target, now.get(keyOfTarget(target))) ? [] : [{ kind: 'differs', target } as const],
    );
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [{ kind: 'not-read-back', message: error.message }];
  }
}

/** What prevented a part of the change is in the plan already, and still does. */
const isSettled = ({ obstacles }: StateTarget, now: StateTarget | undefined): boolean =>
  now !== undefined &&
  now.change === undefined &&
  now.obstacles.every(({ message }) => obstacles.some((known) => known.message === message));
