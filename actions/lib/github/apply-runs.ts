/**
 * The runs of the workflow that applies the handbook, by GitHub's own record. Whoever may push can record a deployment
 * of any commit, and write of any run that it succeeded; what a run was of, and how its jobs ended, only GitHub writes.
 */
import type { Instant } from '../timeline.ts';
import type { Connection } from './connection.ts';
import { hasStatus } from './failures.ts';

/** The workflow and its job that apply, by the names that GitHub shows: the file's, and the job's key. */
export const APPLYING = { workflow: '.github/workflows/pagerduty.yml', job: 'apply' } as const;

/** The events that start the job. Runs for a pull request are of its own code, and of a fork's branches. */
const EVENTS: readonly string[] = ['push', 'workflow_dispatch', 'schedule'];

/** What is claimed of a run. */
export interface AppliedClaim {
  readonly commit: string;
  readonly branch: string;
  /** When the deployment was recorded, which GitHub does before the job ends. */
  readonly recordedAt: Instant;
}

/**
 * Whether a run of this repository applied a commit: the job succeeded in it, in any attempt, after the deployment was
 * recorded. Of a run that GitHub has deleted, which it does after some months, nothing is known.
 */
export async function hasApplied(connection: Connection, run: number, claim: AppliedClaim): Promise<boolean> {
  const { octokit, at } = connection;
  const about = { ...at, run_id: run };
  if (!(await isRunOf(connection, run, claim))) return false;
  const query = { ...about, filter: 'all', per_page: 100 } as const;
  for await (const { data } of octokit.paginate.iterator(
    octokit.rest.actions.listJobsForWorkflowRun,
    query,
  )) {
    const isApplied = data.some(
      ({ name, conclusion, completed_at: completed }) =>
        name === APPLYING.job && conclusion === 'success' && claim.recordedAt <= Date.parse(completed ?? ''),
    );
    if (isApplied) return true;
  }
  return false;
}

/** Whether a run is of the workflow, on the branch, of the commit. */
async function isRunOf(
  { octokit, at }: Connection,
  run: number,
  { commit, branch }: AppliedClaim,
): Promise<boolean> {
  try {
    const query = { ...at, run_id: run, exclude_pull_requests: true };
    const { path, event, head_branch, head_sha } = (await octokit.rest.actions.getWorkflowRun(query)).data;
    return (
      // GitHub may add where the file was taken from: `….yml@main`.
      path.replace(/@.*$/, '') === APPLYING.workflow &&
      EVENTS.includes(event) &&
      head_branch === branch &&
      head_sha === commit
    );
  } catch (error) {
    if (hasStatus(error, 404)) return false;
    throw error;
  }
}
