/** Checks what was pushed to the default branch, with the word of the pull requests that it came from. */
import { ruleInfos } from '../check/check.ts';
import { described } from '../check/describe.ts';
import type { ActionContext } from '../github/context.ts';
import { annotate, logError, writeSummary } from '../github/log.ts';
import type { LocatedFinding } from '../model.ts';
import { evaluate } from '../pipeline.ts';
import { summary } from '../review/summary.ts';
import { textsAt } from './judge.ts';
import { type JudgedMerge, judgeMerges, notUndone } from './judge-merges.ts';
import { postGroupStatus, postUnanswered } from './post-review.ts';
import type { ReviewAccess } from './review-access.ts';
import { unagreedIn, unagreedText } from './unagreed.ts';

/** Checks the push that the event is about; the job fails if there are errors, or if somebody has not agreed. */
export async function checkPush(context: ActionContext, access: ReviewAccess): Promise<0 | 1> {
  const { root, now, payload, folder, sha } = context;
  const { before = '', after = sha, sender } = payload;
  const handbook = evaluate(textsAt(root, 'HEAD'), now, () => {});
  // The first push to a branch has zeros before.
  // A run that is started again, days later, is of the same push.
  const at = Math.min(now, (payload.repository?.pushed_at ?? Number.POSITIVE_INFINITY) * 1000);
  const push = { before, after, by: sender?.login, at };
  const answered = /^0*$/.test(before)
    ? []
    : await judgeMerges(access, root, push).catch((error: unknown) => ({ error }));
  const merges = 'error' in answered ? [] : answered;
  const findings = [...handbook.findings, ...merges.flatMap(comparedFindings)];
  const errors = annotate(described(findings), folder);
  const only = merges.length === 1 ? merges[0]?.judged : undefined;
  await writeSummary(summary(findings, only));
  if ('error' in answered) {
    await postUnanswered(access.statuses, after, answered.error);
    throw answered.error;
  }
  const unagreed = unagreedIn(notUndone(merges, (it) => unagreedIn([it]).length > 0));
  for (const it of unagreed) logError(unagreedText(it));
  for (const { judged } of merges) await postGroupStatus(access.statuses, judged.commit, judged.against);
  return errors + unagreed.length > 0 ? 1 : 0;
}

const COMPARED = new Set(ruleInfos.flatMap(({ name, needs }) => (needs === undefined ? [] : [name])));

/** The findings of the rules that compare with a base. */
const comparedFindings = ({ judged }: JudgedMerge): readonly LocatedFinding[] =>
  judged.findings.filter(({ rule }) => COMPARED.has(rule));
