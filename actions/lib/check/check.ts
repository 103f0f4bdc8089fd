/**
 * A loaded and resolved handbook to the findings of every rule. Pure. Findings have locations; `locate` adds their
 * lines.
 */
import type { Against } from '../compare/against.ts';
import type { Loaded } from '../load/load.ts';
import type { Finding } from '../model.ts';
import type { Resolved } from '../resolve/cover.ts';
import type { Instant } from '../timeline.ts';
import type { Context, RuleInfo } from './rule.ts';
import { rules } from './rules.ts';

/** Every rule in reading order, for lists of them. */
export const ruleInfos: readonly RuleInfo[] = rules;

/** Runs every rule, whatever the others found. `resolved` is the published span, and `now` lies within it. */
export function check(
  { handbook, findings }: Loaded,
  resolved: Resolved,
  now: Instant,
  against?: Against,
): readonly Finding[] {
  const ahead = { startAt: now, endAt: resolved.span.endAt };
  const context: Context = { handbook, loading: findings, resolved, ahead, against };
  return rules.flatMap((rule) => rule.check(context));
}
