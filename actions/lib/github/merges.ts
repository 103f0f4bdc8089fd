/** Which pull request a commit came from: what was merged is judged with the word of that pull request. */
import type { Instant } from '../timeline.ts';
import type { Connection } from './connection.ts';

/** A pull request that a commit belongs to. */
export interface PullOfCommit {
  readonly number: number;
  readonly headSha: string;
  readonly baseRef: string;
  /** Undefined while it is open. */
  readonly mergedAt: Instant | undefined;
  /** The commit that merged it into its base, whichever way it was merged. */
  readonly mergeCommitSha: string | undefined;
  readonly isFork: boolean;
  /** Undefined for an account that was deleted. */
  readonly author: string | undefined;
}

/**
 * The pull requests of a commit: of a commit of the default branch, what brought it there; of any other, every open or
 * merged one whose branch has it.
 */
export async function pullsOfCommit(
  { octokit, at }: Connection,
  sha: string,
): Promise<readonly PullOfCommit[]> {
  const pulls = await octokit.paginate(octokit.rest.repos.listPullRequestsAssociatedWithCommit, {
    ...at,
    commit_sha: sha,
    per_page: 100,
  });
  return pulls.map(({ number, head, base, merged_at: mergedAt, merge_commit_sha: merge, user }) => ({
    number,
    headSha: head.sha,
    baseRef: base.ref,
    mergedAt: mergedAt === null ? undefined : Date.parse(mergedAt),
    mergeCommitSha: merge ?? undefined,
    isFork: head.repo?.full_name !== base.repo.full_name,
    author: user?.login,
  }));
}
