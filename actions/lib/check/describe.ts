/** Findings in words, each by the table of its rule; and which findings are the same one. Pure. */
import type { Finding, LocatedFinding } from '../model.ts';
import type { DescribedFinding } from '../text/findings.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules.ts';

const byName: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.name, rule]));

function ruleOf({ rule }: Pick<Finding, 'rule'>): Rule {
  const own = byName.get(rule);
  if (own === undefined) throw new Error(`there is no rule ${rule}`);
  return own;
}

/** A finding in one sentence without a full stop. */
export const describe = (finding: Pick<Finding, 'rule' | 'code' | 'args'>): string =>
  ruleOf(finding).describe(finding);

/** Located findings as they are printed: with their words in place of their data. */
export const described = (findings: readonly LocatedFinding[]): readonly DescribedFinding[] =>
  findings.map((finding) => {
    const { rule, severity, file, line, column } = finding;
    return { rule, severity, message: describe(finding), file, line, column };
  });

/** Equal for findings of one fault in one file, wherever in it and whatever is advised. */
export function identityOf(finding: Finding): string {
  const { rule, code, args, location } = finding;
  const { advice } = ruleOf(finding);
  const own = Object.entries(args).filter(([name]) => !advice.includes(name));
  return JSON.stringify([rule, code, location.file, own]);
}
