/** The commits by which pull requests reached a branch, by GitHub's record of it. */
import type { Instant } from '../timeline.ts';
import type { Connection } from './connection.ts';
import { hasStatus } from './failures.ts';

/** A merge of a pull request. */
export interface PullMerge {
  readonly commit: string | undefined;
  readonly at: Instant;
}

/** How and when a pull request was merged; undefined if it was not, or is an issue. */
export async function mergeOf({ octokit, at }: Connection, pull: number): Promise<PullMerge | undefined> {
  const response = await octokit.rest.pulls.get({ ...at, pull_number: pull }).catch((error: unknown) => {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  });
  if (response === undefined) return undefined;
  const { data } = response;
  if (data.merged_at === null) return undefined;
  return { commit: data.merge_commit_sha ?? undefined, at: Date.parse(data.merged_at) };
}

/** The commit of the first pull request that was merged into a branch after an instant. */
export async function firstMergeCommit(
  { octokit, at }: Connection,
  branch: string,
  after: Instant,
): Promise<string | undefined> {
  const query = { ...at, state: 'closed', sort: 'updated', direction: 'desc', per_page: 100 } as const;
  const merged: { readonly at: Instant; readonly commit: string }[] = [];
  for await (const { data } of octokit.paginate.iterator(octokit.rest.pulls.list, query)) {
    for (const { merged_at, merge_commit_sha: commit, base } of data)
      if (merged_at !== null && commit !== null && base.ref === branch && Date.parse(merged_at) > after)
        merged.push({ at: Date.parse(merged_at), commit });
    if (!(Date.parse(data.at(-1)?.updated_at ?? '') > after)) break;
  }
  return merged.toSorted((one, other) => one.at - other.at)[0]?.commit;
}
