/**
 * Words that were given before the first verdict about a commit, when no comment showed what it changes. They are of
 * the change of the default branch as that was then: it may have taken half of an exchange since.
 */
import { haveSameHandbook } from '../git/merge-refs.ts';
import { isAtHand } from '../git/revision.ts';
import type { BranchActivity, Movement } from '../github/activity.ts';
import type { Instant } from '../timeline.ts';

/** Where the state of the default branch is looked up: the commit that a pull request is merged into, among others. */
export interface EarlierBase {
  readonly activity: BranchActivity;
  readonly defaultBranch: string;
  readonly root: string;
  readonly into: string;
}

/** Of a branch that had more states than these in the meantime, the others are not fetched. */
const MOST_STATES = 20;

/**
 * Tells whether the default branch had the same handbook at an instant, by GitHub's record of who moved it, as the
 * commit that the pull request is merged into; about instants from `earliest` on.
 */
export async function sameBaseSince(
  { activity, defaultBranch, root, into }: EarlierBase,
  earliest: Instant,
): Promise<(at: Instant) => boolean> {
  const { movements, isComplete } = await activity.movementsSince(defaultBranch, earliest);
  const known = new Map<string, boolean>([[into, true]]);
  const isSame = (commit: string): boolean => {
    const found = known.get(commit);
    if (found !== undefined) return found;
    const same = known.size <= MOST_STATES && isAtHand(root, commit) && haveSameHandbook(root, into, commit);
    known.set(commit, same);
    return same;
  };
  return (at) => {
    const commit = commitAt(movements, at);
    // Of a branch that nobody has moved as far as GitHub's record goes, this is the only state.
    return commit === undefined ? isComplete && movements.length === 0 : isComplete && isSame(commit);
  };
}

/** The commit that a branch was at; in the very second of a movement, the one before, which people had seen. */
const commitAt = (movements: readonly Movement[], at: Instant): string | undefined =>
  movements.find((it) => it.at < at)?.after ?? movements.at(-1)?.before;
