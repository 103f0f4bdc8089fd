/** Runs every rule over a loaded and resolved handbook. Pure. Findings have locations; `locate` adds line numbers. */
import type { Against } from '../compare/against.ts';
import type { Loaded } from '../load/load.ts';
import type { Finding } from '../model.ts';
import type { Resolved } from '../resolve/cover.ts';
import type { Instant } from '../timeline.ts';
import type { Context, RuleInfo } from './rule.ts';
import { rules } from './rules.ts';

/** What a list of rules shows, in reading order. */
export const ruleInfos: readonly RuleInfo[] = rules;

/** Runs every rule, whatever the others found. `resolved` is the published span, which contains `now`. */
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
