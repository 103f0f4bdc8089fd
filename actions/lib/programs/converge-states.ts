/**
 * Makes the states of a service (topics, members of groups) match the handbook, or shows what would: evaluates the
 * handbook, reads the service, plans, and applies the plan where it is not refused. An action and the command line are
 * both this program; they differ in where their inputs come from and in how they report.
 */
import { applyStates, type StateResult } from '../drivers/converge/apply.ts';
import type { StateDriver } from '../drivers/converge/driver.ts';
import type { StateGuardOptions, StateReason } from '../drivers/converge/guard.ts';
import { planStates, type StatePlan, statesDiffer } from '../drivers/converge/plan.ts';
import type { StatePurpose } from '../drivers/converge/report.ts';
import type { Texts } from '../load/load.ts';
import type { LocatedFinding } from '../model.ts';
import { evaluate } from '../pipeline.ts';
import type { Instant } from '../timeline.ts';
import { standing } from './applied-revisions.ts';

/** `plan` shows what would change; `apply` changes it; `drift` shows what differs, and fails where anything does. */
export type StateMode = 'plan' | 'apply' | 'drift';

/** What is to be done. */
export interface StatesRequest {
  readonly mode: StateMode;
  /** The folder of the handbook. */
  readonly root: string;
  readonly texts: Texts;
  readonly now: Instant;
  /** The reasons that the guard is to allow, beside those that the mode allows. */
  readonly allow: readonly string[];
  readonly mostWrites: number;
  /** The digest of the approved plan; undefined where no approval is required. */
  readonly approved: string | undefined;
}

/** What the program needs of its caller. */
export interface StatesContext {
  /** Called only once the handbook has no errors. */
  readonly connect: () => StateDriver | Promise<StateDriver>;
  readonly clock: () => Instant;
}

/** What the caller shows while the program runs. */
export interface StatesReporter {
  readonly progress: (doing: string) => void;
  /** The findings of the handbook, warnings included. */
  readonly findings: (found: readonly LocatedFinding[]) => void;
  /** The plan, before any of it is applied. */
  readonly plan: (plan: StatePlan, purpose: StatePurpose) => void;
}

/** How the program ended. What prevents a part of a plan, such as a locked group, is in the plan. */
export type StatesOutcome =
  /** The handbook has errors, so the service was not read. */
  | { readonly kind: 'handbook-errors'; readonly findings: readonly LocatedFinding[] }
  | { readonly kind: 'planned' | 'drifted' | 'refused'; readonly plan: StatePlan }
  | { readonly kind: 'applied'; readonly result: StateResult };

/** What only an apply is refused for: a branch is never the tip, and drift is reported however much it is. */
const ALLOWED: Readonly<Record<StateMode, readonly StateReason[]>> = {
  plan: ['not-the-tip'],
  apply: [],
  drift: ['not-the-tip', 'many-writes'],
};

export async function convergeStates(
  request: StatesRequest,
  { connect, clock }: StatesContext,
  { progress, ...report }: StatesReporter,
): Promise<StatesOutcome> {
  const { mode, texts, now } = request;
  const { handbook, findings } = evaluate(texts, now, progress);
  report.findings(findings);
  if (findings.some(({ severity }) => severity === 'error')) return { kind: 'handbook-errors', findings };
  const driver = await connect();
  const targets = await driver.targets(handbook, now, progress);
  const plan = planStates(driver.service, now, targets, guardOptions(request));
  report.plan(plan, mode === 'drift' ? 'drift' : 'plan');
  if (mode === 'drift' && statesDiffer(plan)) return { kind: 'drifted', plan };
  if (plan.refusals.length > 0) return { kind: 'refused', plan };
  if (mode !== 'apply') return { kind: 'planned', plan };
  return { kind: 'applied', result: await applyStates(plan, driver, { handbook, clock, progress }) };
}

const guardOptions = ({ mode, root, allow, mostWrites, approved }: StatesRequest): StateGuardOptions => ({
  ...standing(root),
  allow: [...allow, ...ALLOWED[mode]],
  mostWrites,
  approved,
});
