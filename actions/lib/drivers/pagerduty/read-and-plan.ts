/** Reads PagerDuty and plans what would make it agree with the handbook; what it does not have is found before that. */
import type { Finding } from '../../model.ts';
import type { PagerDuty } from './client.ts';
import type { DesiredState } from './desired.ts';
import type { GuardOptions } from './guard.ts';
import { missing, type Plan, plan } from './plan.ts';
import { readThere } from './read.ts';

/** A plan, or what has to be mended in the handbook before there can be one. */
export type Agreement =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'missing'; readonly findings: readonly Finding[] };

/** What would have to change in PagerDuty for what is wanted. Writes nothing. */
export async function readAndPlan(
  client: PagerDuty,
  wanted: DesiredState,
  terms: GuardOptions,
  progress: (doing: string) => void,
): Promise<Agreement> {
  const there = await readThere(client, wanted, progress);
  const findings = missing(wanted, there);
  return findings.length > 0
    ? { kind: 'missing', findings }
    : { kind: 'planned', plan: plan(wanted, there, terms) };
}
