/**
 * The commits that were deployed to an environment. Anyone who may write can record a deployment of any commit by the
 * API, so that only those count which the workflow made, for the default branch, of a commit in its history.
 */
import type { Connection } from './connection.ts';
import { hasStatus } from './failures.ts';

/** A deployment that does not count, and why. */
export interface PassedOver {
  readonly id: number;
  readonly commit: string;
  /** The login; undefined for an account that was deleted. */
  readonly by: string | undefined;
  readonly why: 'made-by-other' | 'other-branch' | 'not-in-history';
}

/** What was deployed, as far as it counts. */
export interface Deployed {
  /** The commit of the last successful deployment and of every attempt since, newest first. */
  readonly commits: readonly string[];
  /**
   * The commit of the last successful deployment. An attempt is not known to have been applied, and GitHub records
   * that of a run, of the newest commit, when its job starts.
   */
  readonly succeeded: string | undefined;
  /** Newest first. */
  readonly passedOver: readonly PassedOver[];
}

/** The account of every workflow, which records the deployments of a job with an environment, whatever its token. */
const WORKFLOW_LOGIN = 'github-actions[bot]';

/** Of an environment with more deployments since its last success, somebody has to name what was applied. */
const MOST_DEPLOYMENTS = 1000;

/** The deployments of one repository. */
export class Deployments {
  readonly #connection: Connection;
  readonly #branch: string;
  readonly #ownRun: number;

  /** The deployments that count are those for `branch`, the default one; that of `ownRun` never is a success. */
  constructor(connection: Connection, branch: string, ownRun: number) {
    this.#connection = connection;
    this.#branch = branch;
    this.#ownRun = ownRun;
  }

  /**
   * The commit of an environment's last successful deployment and of every attempt since. A failed attempt may have
   * made some of its changes.
   */
  async sinceSuccess(environment: string): Promise<Deployed> {
    const { octokit, at } = this.#connection;
    const commits: string[] = [];
    const passedOver: PassedOver[] = [];
    let count = 0;
    const pages = octokit.paginate.iterator(octokit.rest.repos.listDeployments, {
      ...at,
      environment,
      per_page: 100,
    });
    for await (const { data } of pages)
      for (const { id, sha, ref, creator } of data) {
        count += 1;
        if (count > MOST_DEPLOYMENTS)
          throw new Error(
            `${environment} has over ${MOST_DEPLOYMENTS} deployments since its last success; name what was applied`,
          );
        const why = await this.#doubtOf({ sha, ref, by: creator?.login }, commits);
        if (why !== undefined) {
          passedOver.push({ id, commit: sha, by: creator?.login, why });
          continue;
        }
        if (!commits.includes(sha)) commits.push(sha);
        if (await this.#hasSucceeded(id)) return { commits, succeeded: sha, passedOver };
      }
    return { commits, succeeded: undefined, passedOver };
  }

  /** Why a deployment does not count; the `known` commits are in the history. */
  async #doubtOf(
    { sha, ref, by }: { readonly sha: string; readonly ref: string; readonly by: string | undefined },
    known: readonly string[],
  ): Promise<PassedOver['why'] | undefined> {
    if (!this.#isOurs(by)) return 'made-by-other';
    if (ref.replace(/^refs\/heads\//, '') !== this.#branch) return 'other-branch';
    return known.includes(sha) || (await this.#isInHistory(sha)) ? undefined : 'not-in-history';
  }

  #isOurs(login: string | undefined): boolean {
    return login === WORKFLOW_LOGIN || login === this.#connection.self;
  }

  async #isInHistory(commit: string): Promise<boolean> {
    const { octokit, at } = this.#connection;
    try {
      const range = { base: commit, head: this.#branch };
      const { data } = await octokit.rest.repos.compareCommits({ ...at, ...range, per_page: 1 });
      return data.status === 'ahead' || data.status === 'identical';
    } catch (error) {
      if (hasStatus(error, 404)) return false;
      throw error;
    }
  }

  /** Whether an earlier run reported a success; others can add statuses to a deployment of the workflow. */
  async #hasSucceeded(id: number): Promise<boolean> {
    const { octokit, at } = this.#connection;
    const { data } = await octokit.rest.repos.listDeploymentStatuses({
      ...at,
      deployment_id: id,
      per_page: 100,
    });
    const own = `/actions/runs/${this.#ownRun}/`;
    if (data.some(({ log_url: url = '' }) => url.includes(own))) return false;
    return data.some(({ state, creator }) => state === 'success' && this.#isOurs(creator?.login));
  }
}
