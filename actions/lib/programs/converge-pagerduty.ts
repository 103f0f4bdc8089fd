/**
 * Makes PagerDuty match the handbook, or shows what would: evaluates the handbook, reads PagerDuty, plans, and
 * applies the plan where it is not refused. The action and the command line are both this program; they differ in
 * where their inputs come from and in how they report.
 */
import { locate } from '../check/locate.ts';
import { type ApplyResult, apply } from '../drivers/pagerduty/apply.ts';
import type { PagerDuty } from '../drivers/pagerduty/client.ts';
import { desiredAtLastApply, desiredState } from '../drivers/pagerduty/desired.ts';
import type { GuardOptions, Reason, UnagreedChange, UnreadableRevision } from '../drivers/pagerduty/guard.ts';
import { hasDrift, type Plan } from '../drivers/pagerduty/plan.ts';
import { readAndPlan } from '../drivers/pagerduty/read-and-plan.ts';
import type { Purpose } from '../drivers/pagerduty/report.ts';
import type { Texts } from '../load/load.ts';
import type { Handbook, LocatedFinding } from '../model.ts';
import { evaluate } from '../pipeline.ts';
import type { Instant } from '../timeline.ts';
import { readApplied, standing } from './applied-revisions.ts';
import { applyRuns } from './workflow-runs.ts';

/** `plan` shows what would change; `apply` changes it; `drift` shows what differs from what was last applied. */
export const MODES = ['plan', 'apply', 'drift'] as const;
export type Mode = (typeof MODES)[number];

/** What is to be done. */
export interface ConvergeRequest {
  readonly mode: Mode;
  /** The folder of the handbook, in a git repository where applied revisions are given. */
  readonly root: string;
  readonly texts: Texts;
  /** The commit that the texts are of; undefined where they are those of the folder. */
  readonly commit?: string | undefined;
  readonly now: Instant;
  /** The reasons that the guard is to allow, beside those that the mode allows. */
  readonly allow: readonly string[];
  readonly mostWrites: number;
  /** The digest of the approved plan; undefined where no approval is required. */
  readonly approved: string | undefined;
}

/** The revisions that were applied before; a recorded one may be gone from git, a given one may not. */
export interface AppliedRevisions {
  readonly origin: 'given' | 'recorded';
  readonly revisions: readonly string[];
  /** The last one that is known to have been applied as a whole; undefined if none is. */
  readonly last: string | undefined;
}

/** What the program needs of its caller. The first three are called only once the handbook has no errors. */
export interface ConvergeContext {
  readonly appliedRevisions: () => AppliedRevisions | Promise<AppliedRevisions>;
  /** The changes since what was applied to which somebody has not agreed, where that can be known. */
  readonly unagreedSince: (applied: AppliedRevisions) => Promise<readonly UnagreedChange[]>;
  readonly connect: () => PagerDuty;
  readonly clock: () => Instant;
  readonly wait: (ms: number) => Promise<void>;
}

/** What the caller shows while the program runs. */
export interface ConvergeReporter {
  readonly progress: (doing: string) => void;
  /** The findings of the handbook, warnings included, or what prevents a plan of PagerDuty. */
  readonly findings: (found: readonly LocatedFinding[]) => void;
  /** A revision that was applied and cannot be read, where the run continues without it. */
  readonly unreadableRevision: (unreadable: UnreadableRevision) => void;
  /** The plan, before any of it is applied. */
  readonly plan: (plan: Plan, purpose: Purpose) => void;
}

/** How the program ended. */
export type ConvergeOutcome =
  /** The handbook has errors, so PagerDuty was not read. */
  | { readonly kind: 'handbook-errors'; readonly findings: readonly LocatedFinding[] }
  | { readonly kind: 'unknown-revision'; readonly trouble: string }
  /** PagerDuty does not have everything that the handbook names, or has a schedule that cannot be planned. */
  | { readonly kind: 'blocked'; readonly findings: readonly LocatedFinding[] }
  | { readonly kind: 'planned' | 'drifted' | 'refused'; readonly plan: Plan }
  | { readonly kind: 'applied'; readonly result: ApplyResult };

/**
 * The reasons that only an apply is refused for: a branch is never the tip of the main branch, and without writes no
 * record of an unreadable revision is left behind. Drift is reported however many changes it takes.
 */
const ALLOWED: Readonly<Record<Mode, readonly Reason[]>> = {
  plan: ['not-the-tip', 'forgotten'],
  apply: [],
  drift: ['not-the-tip', 'forgotten', 'many-writes'],
};

export async function convergePagerDuty(
  request: ConvergeRequest,
  { appliedRevisions, unagreedSince, connect, clock, wait }: ConvergeContext,
  report: ConvergeReporter,
): Promise<ConvergeOutcome> {
  const { mode, root, texts, now } = request;
  const { progress } = report;
  const { handbook, findings } = evaluate(texts, now, progress);
  report.findings(findings);
  if (findings.some(({ severity }) => severity === 'error')) return { kind: 'handbook-errors', findings };
  const applied = await appliedRevisions();
  const before = readAppliedHandbooks(root, applied);
  if ('trouble' in before) return { kind: 'unknown-revision', trouble: before.trouble };
  const unagreed = mode === 'apply' ? await unagreedSince(applied) : [];
  const client = connect();
  const options = guardOptions(request, before.unreadable, unagreed);
  if (options.allow.includes('forgotten')) for (const it of before.unreadable) report.unreadableRevision(it);
  const desired = (mode === 'drift' ? desiredAtLastApply : desiredState)(handbook, before.handbooks, now);
  const read = await readAndPlan(client, desired, options, progress);
  if (read.kind === 'blocked') {
    const obstacles = locate(read.findings, texts);
    report.findings(obstacles);
    return { kind: 'blocked', findings: obstacles };
  }
  const { plan } = read;
  report.plan(plan, mode === 'drift' ? 'drift' : 'plan');
  if (mode === 'drift' && hasDrift(plan)) return { kind: 'drifted', plan };
  if (plan.refusals.length > 0) return { kind: 'refused', plan };
  if (mode !== 'apply') return { kind: 'planned', plan };
  return { kind: 'applied', result: await apply(plan, desired, { client, clock, wait, progress }) };
}

const guardOptions = (
  { mode, root, commit, allow, mostWrites, approved }: ConvergeRequest,
  unreadable: readonly UnreadableRevision[],
  unagreed: readonly UnagreedChange[],
): GuardOptions => ({
  ...standing(root, commit),
  allow: [...allow, ...ALLOWED[mode]],
  mostWrites,
  approved,
  unreadable,
  unagreed,
  runs: applyRuns(root),
});

/** The handbooks that were applied before, as far as they can be read, and the revisions that cannot. */
interface AppliedHandbooks {
  readonly handbooks: readonly Handbook[];
  readonly unreadable: readonly UnreadableRevision[];
}

function readAppliedHandbooks(
  root: string,
  { origin, revisions }: AppliedRevisions,
): AppliedHandbooks | { readonly trouble: string } {
  const handbooks: Handbook[] = [];
  const unreadable: UnreadableRevision[] = [];
  for (const revision of revisions) {
    const applied = readApplied(root, revision);
    if (applied.kind === 'unknown' && origin === 'given') return { trouble: applied.trouble };
    if (applied.kind === 'unknown') unreadable.push({ revision, why: applied.trouble, extent: 'wholly' });
    else handbooks.push(applied.handbook);
    if (applied.kind === 'unread') unreadable.push({ revision, why: applied.trouble, extent: 'partly' });
  }
  return { handbooks, unreadable };
}
