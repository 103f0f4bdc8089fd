/** Reads PagerDuty and plans the changes that make it match the handbook. Writes nothing. */
import type { Finding } from '../../model.ts';
import type { PagerDuty } from './client.ts';
import type { DesiredState } from './desired.ts';
import type { GuardOptions } from './guard.ts';
import { obstacles } from './obstacles.ts';
import { type Plan, plan } from './plan.ts';
import { readActual } from './read.ts';

/** A plan, or what prevents one: mostly names in the handbook that PagerDuty does not have. */
export type PlanResult =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'blocked'; readonly findings: readonly Finding[] };

export async function readAndPlan(
  client: PagerDuty,
  desired: DesiredState,
  options: GuardOptions,
  progress: (doing: string) => void,
): Promise<PlanResult> {
  const actual = await readActual(client, desired, progress);
  const findings = obstacles(desired, actual);
  return findings.length > 0
    ? { kind: 'blocked', findings }
    : { kind: 'planned', plan: plan(desired, actual, options) };
}
