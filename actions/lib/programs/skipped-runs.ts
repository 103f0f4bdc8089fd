/** Commits whose own message tells GitHub to start no run for them. */
import { commitMessage } from '../git/revision.ts';

/** What GitHub reads so: <https://docs.github.com/actions/how-tos/manage-workflow-runs/skip-workflow-runs>. */
const SKIPS = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]|^skip-checks:[ \t]*true/im;

/**
 * Whether GitHub starts no run for a commit because of its message: nothing would judge it again when its pull request
 * changes, so it never turns green. A commit that git does not have here is one that our account has just made.
 */
export const skipsRuns = (root: string, commit: string): boolean => SKIPS.test(commitMessage(root, commit));
