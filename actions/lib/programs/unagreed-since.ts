/** Looks for changes of the default branch that nobody agreed to and that PagerDuty has not been given yet. */
import { commitOf } from '../git/git.ts';
import { readRevision } from '../git/revision.ts';
import type { ActionContext } from '../github/context.ts';
import { textsAt } from './judge.ts';
import { type BranchPush, hasSameFiles, judgeMerges } from './judge-merges.ts';
import type { ReviewAccess } from './review-pull.ts';
import { type UnagreedMerge, unagreedIn } from './unagreed.ts';

/**
 * The changes of the default branch, up to the checkout, since `applied` was applied, to which somebody whose word they
 * need has not agreed. Each push is judged at the time at which GitHub says that it happened. Before the first
 * apply, that is the push that the run is about.
 */
export async function unagreedSince(
  context: ActionContext,
  access: ReviewAccess,
  applied: string | undefined,
): Promise<readonly UnagreedMerge[]> {
  const { root } = context;
  // Where nothing is known to be applied, the push that the run is about is judged at least.
  const since = applied ?? (context.eventName === 'push' ? context.payload.before : undefined);
  const [before, after] = [commitOf(root, since ?? '') ?? since, commitOf(root, 'HEAD')];
  // The guard refuses what comes after a revision that cannot be read.
  if (before === undefined || after === undefined || isUnchanged(root, before, after)) return [];
  const unagreed: UnagreedMerge[] = [];
  for (const push of await pushesBetween(context, access, before, after))
    unagreed.push(...unagreedIn(await judgeMerges(access, root, push)));
  return unagreed;
}

function isUnchanged(root: string, before: string, after: string): boolean {
  const was = readRevision(root, before);
  return 'trouble' in was || hasSameFiles(was, textsAt(root, after));
}

/** The pushes from one commit of the default branch to another, oldest first; one by nobody known if they have gaps. */
async function pushesBetween(
  { payload, now }: ActionContext,
  { activity, defaultBranch }: ReviewAccess,
  before: string,
  after: string,
): Promise<readonly BranchPush[]> {
  const { movements } = await activity.pushesTo(defaultBranch, before);
  const recorded = movements.filter(({ kind }) => kind !== 'branch_deletion').toReversed();
  // GitHub sends the event of a push before its record of activity has it.
  const isLate = payload.after === after && !recorded.some((it) => it.after === after);
  const own = { before: payload.before ?? '', after, by: payload.sender?.login, at: now };
  const pushes: readonly BranchPush[] = isLate ? [...recorded, own] : recorded;
  const last = pushes.findLastIndex((it) => it.after === after);
  const chain = pushes.slice(0, last + 1);
  const isWhole = chain.length > 0 && chain.every((it, i) => it.before === (chain[i - 1]?.after ?? before));
  return isWhole ? chain : [{ before, after, by: undefined, at: now }];
}
