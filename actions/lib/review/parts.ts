/** Our comment on a pull request has one part per action, so that no action overwrites the part of another. Pure. */

import { wholeLines } from './budget.ts';

/** The first lines of the parts, in order; they identify the comment. */
export const PARTS = ['<!-- rota-as-code: check -->', '<!-- rota-as-code: pagerduty -->'] as const;

/** The limit for this part, of the 65,536 characters that GitHub allows in a comment. */
const MOST_OF_PLAN = 20_000;

/**
 * A comment with one of its parts added or replaced. Our texts are escaped, so none contains the first line of a
 * part.
 */
export function withPart(comment: string | undefined, part: string): string {
  const parts = [comment ?? '', part].flatMap((text) =>
    text.split(/(?=^<!-- rota-as-code: (?:check|pagerduty) -->$)/m).map((it) => it.trim()),
  );
  const latest = PARTS.flatMap((mark) => parts.findLast((it) => it.startsWith(mark)) ?? []);
  return latest.join('\n\n');
}

/** The part of the comment that shows the plan for PagerDuty. */
export function planPart(plan: string): string {
  const text = `${PARTS[1]}\n\n${plan}`;
  return text.length <= MOST_OF_PLAN
    ? text
    : `${wholeLines(text, MOST_OF_PLAN)}\n\n… and more: the job summary has all of it.`;
}

/** How a part is written to the comment; a part without news does not create a comment. */
export const partUpdate = (part: string, { isNews }: { readonly isNews: boolean }) => ({
  marks: PARTS,
  bodyAfter: (old: string | undefined) => withPart(old, part),
  createsComment: isNews,
});
