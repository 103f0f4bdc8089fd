/**
 * The room's front door: a loaded and resolved handbook to everything that every rule objects to. Pure. Rules speak of
 * places; their lines are found afterwards, once, by `placed` of the loading room.
 */
import type { Against } from '../compare/against.ts';
import type { Loaded } from '../load/load.ts';
import type { Finding } from '../model.ts';
import type { Resolved } from '../resolve/cover.ts';
import type { Instant } from '../timeline.ts';
import type { Context, Rule } from './rule.ts';
import { rules } from './rules.ts';

/** What a rule asks, and of which playbook it is. */
export type RuleInfo = Omit<Rule, 'check'>;

/** Every rule in reading order, to be told. */
export const ruleInfos: readonly RuleInfo[] = rules;

/** Asks every rule, whatever the others found. `resolved` is the published span, and `now` lies within it. */
export function check(
  { handbook, findings }: Loaded,
  resolved: Resolved,
  now: Instant,
  against?: Against,
): readonly Finding[] {
  const ahead = { startAt: now, endAt: resolved.span.endAt };
  const context: Context = { handbook, loading: findings, resolved, ahead, against };
  return rules.flatMap(({ name, severity, check: ask }) =>
    [...ask(context)].map(({ message, location, severity: own = severity }) => ({
      rule: name,
      code: 'message',
      severity: own,
      args: { message },
      location,
    })),
  );
}
