/** The complete report of a run, as Markdown for its job summary. Pure. */
import type { LocatedFinding } from '../model.ts';
import { countOf } from '../text/findings.ts';
import { wholeLines } from './budget.ts';
import { reviewText } from './comment.ts';
import { findingLine, type Judgement } from './judgement.ts';

/** GitHub drops a summary over a megabyte; a character can take four bytes. */
const MOST = 250_000;

/** The review, if there was a base to compare with, and every finding. */
export function summary(findings: readonly LocatedFinding[], judgement: Judgement | undefined): string {
  const lines = [
    ...(judgement === undefined ? [] : [reviewText(judgement)]),
    `### The check: ${countOf(findings)}`,
    ...findings.map((it) => findingLine(it)),
  ];
  const text = lines.join('\n\n').replaceAll('\n\n- ', '\n- ');
  return text.length <= MOST
    ? text
    : `${wholeLines(text, MOST)}\n\n… and more; run "rota check" to see all of it.`;
}
