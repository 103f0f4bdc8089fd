/** Findings in words, each by the table of its rule. Pure. */
import type { Finding, LocatedFinding } from '../model.ts';
import type { DescribedFinding } from '../text/findings.ts';

/** A finding in one sentence without a full stop. */
export function describe({ args }: Pick<Finding, 'rule' | 'code' | 'args'>): string {
  return String(args.message);
}

/** Located findings as they are printed: with their words in place of their data. */
export const described = (findings: readonly LocatedFinding[]): readonly DescribedFinding[] =>
  findings.map((finding) => {
    const { rule, severity, file, line, column } = finding;
    return { rule, severity, message: describe(finding), file, line, column };
  });
