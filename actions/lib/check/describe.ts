/** Formats findings as text, each with its rule's messages, and identifies findings of the same fault. Pure. */
import type { Finding, LocatedFinding } from '../model.ts';
import { visible } from '../text/escape.ts';
import type { DescribedFinding } from '../text/findings.ts';
import { instantText } from '../time/format.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules.ts';

const byName: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.name, rule]));

function ruleOf({ rule }: Pick<Finding, 'rule'>): Rule {
  const found = byName.get(rule);
  if (found === undefined) throw new Error(`there is no rule ${rule}`);
  return found;
}

/** A finding in one sentence without a full stop. */
export const describe = (finding: Pick<Finding, 'rule' | 'code' | 'args'>): string =>
  ruleOf(finding).describe(finding);

/** Located findings as they are printed: with a message in place of code and arguments. */
export const described = (findings: readonly LocatedFinding[]): readonly DescribedFinding[] =>
  findings.map((finding) => {
    const { rule, severity, file, line, column, spans } = finding;
    const all = spans?.map(({ startAt, endAt }) => ({
      start: instantText(startAt),
      end: instantText(endAt),
    }));
    const times = all === undefined ? {} : { times: all };
    return { rule, severity, message: visible(describe(finding)), file, line, column, ...times };
  });

/** Equal for findings of one fault in one file, whatever their line and their advice. */
export function identityOf(finding: Finding): string {
  const { rule, code, args, location } = finding;
  const { advice } = ruleOf(finding);
  const identifying = Object.entries(args).filter(([name]) => !advice.includes(name));
  return JSON.stringify([rule, code, location.file, identifying]);
}
