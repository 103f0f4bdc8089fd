/** Our one comment on a pull request is made of parts, one of each action, so that none overwrites what another wrote. Pure. */

/** The first lines of the parts, in order; by them the comment is found again. */
export const PARTS = ['<!-- rota-as-code: check -->', '<!-- rota-as-code: pagerduty -->'] as const;

/** GitHub takes 65,536 characters of a comment, so much of this part. */
const MOST_OF_PLAN = 20_000;

/** A comment with one of its parts put in or replaced; no text of ours can hold the first line of a part, which is escaped. */
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
    : `${text.slice(0, MOST_OF_PLAN)}\n\n… and more: the job summary has all of it.`;
}

/** How a part gets into the comment; a part without news is not worth a comment of its own. */
export const partUpdate = (part: string, { isNews }: { readonly isNews: boolean }) => ({
  marks: PARTS,
  bodyAfter: (old: string | undefined) => withPart(old, part),
  createsComment: isNews,
});
