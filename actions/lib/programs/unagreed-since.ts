/** Looks for changes of the default branch that nobody agreed to and that PagerDuty has not been given yet. */
import { voicesIn } from '../compare/voices.ts';
import { commitOf } from '../git/git.ts';
import type { ActionContext } from '../github/context.ts';
import { load } from '../load/load.ts';
import type { Handbook } from '../model.ts';
import { DAY } from '../time/date.ts';
import { readApplied } from './applied-revisions.ts';
import type { AppliedRevisions } from './converge-pagerduty.ts';
import { judgeChangeOf, NOBODY, textsAt, UnreadableCommit } from './judge.ts';
import {
  type BranchPush,
  hasSameFiles,
  type JudgedMerge,
  judgeMerges,
  notTakenBack,
  notUndone,
} from './judge-merges.ts';
import type { ReviewAccess } from './review-access.ts';
import { heldIn, loginsOf, type UnagreedMerge } from './unagreed.ts';

/**
 * The changes of the default branch, up to the checkout, since the last success, to which somebody whose word they
 * need has not agreed, or which came with too little notice. Each push is judged at the time at which GitHub says that
 * it happened. Where nothing is known to be applied, be it that somebody deleted the deployments, or where that, or
 * what was merged since, cannot be read, it is all that a lead has to allow.
 */
export async function unagreedSince(
  context: ActionContext,
  access: ReviewAccess,
  applied: AppliedRevisions['last'],
): Promise<readonly UnagreedMerge[]> {
  const { root } = context;
  if (applied === undefined) return [await wholeHandbook(context, access)];
  const [before, after] = [commitOf(root, applied) ?? applied, commitOf(root, 'HEAD')];
  if (after === undefined || before === after) return [];
  try {
    textsAt(root, before);
    const left: JudgedMerge[] = [];
    for (const push of await pushesBetween(context, access, before, after)) {
      const merges = await judgeMerges(access, root, push);
      left.push(...notUndone(merges, isHeld));
    }
    return heldIn(notTakenBack(left, isHeld));
  } catch (error) {
    if (error instanceof UnreadableCommit) return [await wholeHandbook(context, access)];
    throw error;
  }
}

const isHeld = (merge: JudgedMerge): boolean => heldIn([merge]).length > 0;

/** Of a checkout that is further behind the tip, a lead allows the whole handbook. */
const MOST_STATES = 20;

/**
 * What going back changes for people, where the checkout is not the tip of the default branch: nobody's word is for
 * that. Each state that the branch has had since may have been applied, by a run that failed or was deleted.
 */
export async function unagreedReturn(
  context: ActionContext,
  access: ReviewAccess,
): Promise<readonly UnagreedMerge[]> {
  const { root, now } = context;
  const [tip, head] = [await access.pulls.tipOf(access.defaultBranch), commitOf(root, 'HEAD')];
  if (head === undefined || head === tip) return [];
  const after = textsAt(root, head);
  const states = [after];
  for (const push of [...(await pushesBetween(context, access, head, tip)), { after: tip }]) {
    const before = textsAt(root, push.after);
    if (!states.some((it) => hasSameFiles(it, before))) states.push(before);
    if (states.length > MOST_STATES) return [await wholeHandbook(context, access)];
  }
  const name = `going back to ${head.slice(0, 10)}`;
  const merges = states
    .slice(1)
    .map((before) => ({ name, judged: judgeChangeOf({ before, after, commit: head }, now, NOBODY) }));
  const held = new Map(heldIn(merges).map((it) => [JSON.stringify([it.missing, it.leads]), it]));
  return [...held.values()].map((it) => ({ ...it, isReturn: true }));
}

/**
 * The commits at which the default branch was between the last success and the checkout, newest first. An apply may
 * have tried each of them, even if there is no deployment of it: anybody who may write can delete deployments.
 */
export async function triedSince(
  context: ActionContext,
  access: ReviewAccess,
  applied: string,
): Promise<readonly string[]> {
  const { root } = context;
  const [before, after] = [commitOf(root, applied) ?? applied, commitOf(root, 'HEAD')];
  if (after === undefined || before === after) return [];
  const pushes = await pushesBetween(context, access, before, after);
  return pushes
    .slice(0, -1)
    .map((push) => push.after)
    .toReversed();
}

/** For how long an apply may have left something that no deployment tells of any more. */
const TRIED_FOR = 30 * DAY;

/**
 * The commits at which the default branch was lately, oldest first, as far as they can be read: where no success is
 * known, any of them may have been applied, and what they asked for is no work by hand.
 */
export async function triedLately(
  { root, now }: ActionContext,
  { activity, defaultBranch }: ReviewAccess,
): Promise<readonly string[]> {
  const { movements } = await activity.movementsSince(defaultBranch, now - TRIED_FOR);
  const head = commitOf(root, 'HEAD');
  const commits = new Set(movements.flatMap(({ before, after }) => [after, before]));
  return (
    [...commits]
      .filter((it) => it !== head)
      .slice(0, MOST_STATES)
      // What cannot be read as a whole was never applied.
      .filter((it) => readApplied(root, it).kind === 'read')
      .toReversed()
  );
}

/** For so long, the run on the default branch has said that nobody agreed to a change of leads. */
const KNOWN_FOR = 28 * DAY;

/**
 * What a lead allows as a whole: one whom the default branch named four weeks ago, by the login that it had, and still
 * names, so that nobody makes themselves a lead by the push that they then allow. A younger handbook has its own word.
 */
async function wholeHandbook(
  { root, now }: ActionContext,
  { activity, defaultBranch }: ReviewAccess,
): Promise<UnagreedMerge> {
  const head = load(textsAt(root, 'HEAD')).handbook;
  const voicesOf = (handbook: Handbook) => voicesIn({ handbook, head, unreadBefore: [], beganAt: now });
  const present = voicesOf(head);
  const commit = await activity.stateAt(defaultBranch, now - KNOWN_FOR);
  const earlier =
    commit === undefined ? undefined : readable(() => voicesOf(load(textsAt(root, commit)).handbook));
  // It names nobody that is known: only an administrator can.
  if (earlier === 'unreadable') return { name: undefined, missing: [], leads: [], leadLogins: [] };
  const known = earlier?.leadsOf([]) ?? [];
  const [voices, leads] =
    known.length > 0 && earlier !== undefined ? [earlier, known] : [present, present.leadsOf([])];
  const still = leads.filter((id) => present.leadsOf([]).includes(id));
  const able = still.length > 0 ? still : leads;
  return { name: undefined, missing: [], leads: able, leadLogins: loginsOf(able, voices) };
}

function readable<T>(read: () => T): T | 'unreadable' {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableCommit) return 'unreadable';
    throw error;
  }
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
