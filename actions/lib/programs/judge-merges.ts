/**
 * Judges what has reached the default branch once more, with the word of the pull request that it came from: a green
 * pull request can be merged into another state than the one it was judged against, and statuses can be set by anybody
 * who may push.
 */
import type { Pull } from '../compare/against.ts';
import { haveSameHandbook } from '../git/merge-refs.ts';
import { parentsOf } from '../git/revision.ts';
import { isPullMerge, type Movement } from '../github/activity.ts';
import { TooLong } from '../github/bounded-list.ts';
import { logWarning } from '../github/log.ts';
import type { PullRequest } from '../github/pulls.ts';
import type { Texts } from '../load/load.ts';
import type { Judgement } from '../review/judgement.ts';
import type { Instant } from '../timeline.ts';
import { judgeChangeOf, NOBODY, textsAt } from './judge.ts';
import type { JudgedCommit } from './pull-facts.ts';
import type { ReviewAccess } from './review-access.ts';
import { type Judge, judgeWithWord } from './review-pull.ts';

/** A movement of the default branch. */
export interface BranchPush {
  readonly before: string;
  readonly after: string;
  /** Who moved the branch; undefined if GitHub does not say. */
  readonly by: string | undefined;
  readonly at: Instant;
  /** What GitHub's record says it was; not set where that was not read. */
  readonly kind?: Movement['kind'] | undefined;
}

/** A judged part of a push: what one pull request brought, or commits that came from none. */
export interface JudgedMerge {
  /** `#7`, or `0123456789, pushed by mallory-muir`. */
  readonly name: string;
  readonly judged: Judgement;
  readonly before: Texts;
  readonly after: Texts;
}

/** Judges every part of a push that changes the handbook. Throws if a commit cannot be read. */
export async function judgeMerges(
  access: ReviewAccess,
  root: string,
  push: BranchPush,
): Promise<readonly JudgedMerge[]> {
  const merges: JudgedMerge[] = [];
  for (const { before, after, pull } of await partsOf(access, root, push)) {
    const change = { before: textsAt(root, before), after: textsAt(root, after), commit: after };
    if (hasSameFiles(change.before, change.after)) continue;
    const judge: Judge = (word) => judgeChangeOf(change, push.at, word);
    const merged = { commit: pull?.headSha ?? after, into: before, mergedAt: push.at };
    const name =
      pull === undefined
        ? `${after.slice(0, 10)}, pushed by ${push.by ?? 'nobody known'}`
        : `#${pull.number}`;
    const judged =
      pull === undefined ? judge(await wordOf(access, push)) : await judgedMerge(access, pull, merged, judge);
    merges.push({ name, judged, before: change.before, after: change.after });
  }
  return merges;
}

/** Judges what one pull request brought; with nobody's word if GitHub lists more of it than is read. */
async function judgedMerge(
  access: ReviewAccess,
  pull: PullRequest,
  merged: JudgedCommit,
  judge: Judge,
): Promise<Judgement> {
  try {
    return (await judgeWithWord(access, pull, merged, judge)).judged;
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    // Another run would read no more, and a lead can allow what has nobody's word.
    logWarning(`${error.message}, so that nobody's word counts for it`);
    return judge({ ...NOBODY, author: pull.author });
  }
}

/**
 * The parts of one push without those that it undoes itself: everything from one that is `open` to the one that brings
 * the handbook back to what it was before. All but that last one have to be open, because what undoes something that
 * was agreed to needs a word itself; so does what undoes an earlier push, which may have been applied.
 */
export function notUndone(
  merges: readonly JudgedMerge[],
  isOpen: (merge: JudgedMerge) => boolean,
): readonly JudgedMerge[] {
  const left: JudgedMerge[] = [];
  for (let i = 0; i < merges.length; ) {
    const end = undoneAt(merges.slice(i), isOpen);
    if (end === undefined) left.push(merges[i] as JudgedMerge);
    i += end ?? 1;
  }
  return left;
}

/**
 * The parts of several pushes without those that are open and that a later part has taken back with everyone's word: it
 * brings the handbook to what it was before. No other one in between may be open: a lead may have had this one applied,
 * and what that one takes back of it has nobody's word.
 */
export function notTakenBack(
  merges: readonly JudgedMerge[],
  isOpen: (merge: JudgedMerge) => boolean,
): readonly JudgedMerge[] {
  const left: JudgedMerge[] = [];
  for (let i = 0; i < merges.length; i++) {
    const merge = merges[i] as JudgedMerge;
    const next = merges.findIndex((it, at) => at > i && isOpen(it));
    const closed = merges.slice(i + 1, next < 0 ? undefined : next);
    const end = isOpen(merge) ? closed.findIndex((it) => hasSameFiles(merge.before, it.after)) : -1;
    if (end < 0) left.push(merge);
    else i += end + 1;
  }
  return left;
}

/** How many parts there are up to the one that undoes all before it; undefined if none does. */
function undoneAt(
  merges: readonly JudgedMerge[],
  isOpen: (merge: JudgedMerge) => boolean,
): number | undefined {
  for (const [i, merge] of merges.entries()) {
    if (i > 0 && hasSameFiles((merges[0] as JudgedMerge).before, merge.after)) return i + 1;
    if (!isOpen(merge)) return undefined;
  }
  return undefined;
}

/** Whether two handbooks have the same files; what cannot be read may differ. */
export const hasSameFiles = (one: Texts, other: Texts): boolean =>
  one.findings.length + other.findings.length === 0 &&
  one.texts.size === other.texts.size &&
  [...one.texts].every(([file, text]) => other.texts.get(file) === text);

/**
 * Whoever pushes a commit that came from no pull request agrees to it, and nobody else does. Merging a pull request is
 * no agreement, even while GitHub does not say yet which one was merged.
 */
async function wordOf({ activity, defaultBranch }: ReviewAccess, push: BranchPush): Promise<Pull> {
  if (push.by === undefined) return NOBODY;
  const kind = push.kind ?? (await activity.kindOf(defaultBranch, push.after));
  return isPullMerge({ kind }) ? NOBODY : { author: push.by, labels: [], approvals: [] };
}

/** Part of a push. */
interface PushPart {
  readonly before: string;
  readonly after: string;
  readonly pull: PullRequest | undefined;
}

/**
 * With more commits than this in one push, none of them has the word of a pull request. A merge queue merges a hundred
 * entries at once, and no more.
 */
const MOST_COMMITS = 100;

/**
 * The parts of a push, oldest first: its commits by first parent, neighbours of one pull request together. A push that
 * does not contain the commit before it, and a longer one, is one part that carries only the word of who pushed it.
 */
async function partsOf(
  { pulls, defaultBranch }: ReviewAccess,
  root: string,
  { before, after }: BranchPush,
): Promise<readonly PushPart[]> {
  const parts: PushPart[] = [];
  let at = after;
  for (let count = 0; at !== before; count++) {
    const [parent, mergedHead] = count < MOST_COMMITS ? parentsOf(root, at) : [];
    if (parent === undefined) return [{ before, after, pull: undefined }];
    // A shallow checkout fetches the parent, whose own parents are needed next.
    textsAt(root, parent);
    const newer = parts.at(-1);
    if (haveSameHandbook(root, parent, at)) {
      // Whatever it came from, it belongs to what it lies within.
      if (newer !== undefined) parts[parts.length - 1] = { ...newer, before: parent };
      at = parent;
      continue;
    }
    const pull = await pulls.mergedWith(at, defaultBranch, mergedHead);
    if (newer !== undefined && newer.pull?.number === pull?.number)
      parts[parts.length - 1] = { ...newer, before: parent };
    else parts.push({ before: parent, after: at, pull });
    at = parent;
  }
  return parts.toReversed();
}
