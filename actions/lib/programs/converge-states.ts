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
import type { Handbook, LocatedFinding } from '../model.ts';
import { evaluate } from '../pipeline.ts';
import type { Instant } from '../timeline.ts';
import { standing } from './applied-revisions.ts';

/** `plan` shows what would change; `apply` changes it; `drift` shows what differs, and fails where anything does. */
export type StateMode = 'plan' | 'apply' | 'drift';

/** What is to be done with a handbook. */
export interface HandbookRequest {
  readonly mode: StateMode;
  /** The folder of the handbook. */
  readonly root: string;
  /** The commit that the handbook is of; undefined where it is that of the folder. */
  readonly commit?: string | undefined;
  readonly now: Instant;
  /** The reasons that the guard is to allow, beside those that the mode allows. */
  readonly allow: readonly string[];
  readonly mostWrites: number;
  /** The digest of the approved plan; undefined where no approval is required. */
  readonly approved: string | undefined;
}

/** What is to be done with the files of a handbook. */
interface StatesRequest extends HandbookRequest {
  readonly texts: Texts;
}

/** What the program needs of its caller. */
interface StatesContext {
  /** Called only once the handbook has no errors. */
  readonly connect: () => StateDriver | Promise<StateDriver>;
  readonly clock: () => Instant;
}

/** What the caller shows while the program runs. */
export interface HandbookReporter {
  readonly progress: (doing: string) => void;
  /** The plan, before any of it is applied. */
  readonly plan: (plan: StatePlan, purpose: StatePurpose) => void;
}

/** How the program ended. What prevents a part of a plan, such as a locked group, is in the plan. */
export type HandbookOutcome =
  | { readonly kind: 'planned' | 'drifted' | 'refused'; readonly plan: StatePlan }
  | { readonly kind: 'applied'; readonly result: StateResult };

/** The same, where the handbook may have errors, so that the service was not read. */
type StatesOutcome =
  | HandbookOutcome
  | { readonly kind: 'handbook-errors'; readonly findings: readonly LocatedFinding[] };

/** What only an apply is refused for: a branch is never the tip, and drift is reported however much it is. */
const ALLOWED: Readonly<Record<StateMode, readonly StateReason[]>> = {
  plan: ['not-the-tip'],
  apply: [],
  drift: ['not-the-tip', 'many-writes'],
};

/** Converges the states of the handbook in some files, unless it has errors. */
export async function convergeStates(
  request: StatesRequest,
  context: StatesContext,
  report: HandbookReporter,
): Promise<StatesOutcome> {
  const { handbook, findings } = evaluate(request.texts, request.now, report.progress);
  if (findings.some(({ severity }) => severity === 'error')) return { kind: 'handbook-errors', findings };
  return convergeHandbook(handbook, request, context, report);
}

/** Converges the states of a handbook without errors. */
export async function convergeHandbook(
  handbook: Handbook,
  request: HandbookRequest,
  { connect, clock }: StatesContext,
  { progress, plan: show }: HandbookReporter,
): Promise<HandbookOutcome> {
  const { mode, now } = request;
  const driver = await connect();
  const targets = await driver.targets(handbook, now, progress);
  const plan = planStates(driver.service, now, targets, guardOptions(request));
  show(plan, mode === 'drift' ? 'drift' : 'plan');
  if (mode === 'drift' && statesDiffer(plan)) return { kind: 'drifted', plan };
  if (plan.refusals.length > 0) return { kind: 'refused', plan };
  if (mode !== 'apply') return { kind: 'planned', plan };
  return { kind: 'applied', result: await applyStates(plan, driver, { handbook, clock, progress }) };
}

const guardOptions = ({
  mode,
  root,
  commit,
  allow,
  mostWrites,
  approved,
}: HandbookRequest): StateGuardOptions => ({
  ...standing(root, commit),
  allow: [...allow, ...ALLOWED[mode]],
  mostWrites,
  approved,
});
