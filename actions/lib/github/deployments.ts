/**
 * The commits that were deployed to an environment. Anyone who may write can record a deployment of any commit by the
 * API, and from a workflow of their own as its account, so that only those count which that account made, for the
 * default branch, of a commit in its history at which it was, by GitHub's record; and as a success only those whose run
 * GitHub knows to have applied it. What is only within a merge, the branch has never been at.
 */
import { BranchActivity, MOST_OF_ALL, type Movement } from './activity.ts';
import { hasApplied } from './apply-runs.ts';
import type { Connection } from './connection.ts';
import { hasStatus } from './failures.ts';

/** A deployment that does not count, and why; an unconfirmed success counts as an attempt. */
export interface PassedOver {
  readonly id: number;
  readonly commit: string;
  /** The login; undefined for an account that was deleted. */
  readonly by: string | undefined;
  readonly why: 'made-by-other' | 'other-branch' | 'not-in-history' | 'never-at' | 'unconfirmed';
}

/** What was deployed, as far as it counts. */
export interface Deployed {
  /** The commit of the last successful deployment and of every attempt since, newest first. */
  readonly commits: readonly string[];
  /**
   * The commit of the last successful deployment. An attempt is not known to have been applied, such as that of the
   * present run, which GitHub records when its job starts.
   */
  readonly succeeded: string | undefined;
  /** Newest first. */
  readonly passedOver: readonly PassedOver[];
}

/** The account of every workflow, which records the deployments of a job with an environment, whatever its token. */
const WORKFLOW_LOGIN = 'github-actions[bot]';

/** Of an environment with more deployments since its last success, somebody has to name what was applied. */
const MOST_DEPLOYMENTS = 1000;

/** Of an environment with more runs that confirm nothing, no success is known. */
const MOST_RUNS = 100;

/** The deployments of one repository. */
export class Deployments {
  readonly #connection: Connection;
  readonly #branch: string;
  #runsAsked = 0;
  #read: Promise<string> | undefined;
  readonly #movements: AsyncGenerator<Movement>;
  readonly #visited = new Set<string>();

  /** The deployments that count are those for `branch`, the default one. */
  constructor(connection: Connection, branch: string) {
    this.#connection = connection;
    this.#branch = branch;
    this.#movements = new BranchActivity(connection).movements(branch, { most: MOST_OF_ALL });
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
      for (const { id, sha, ref, creator, created_at } of data) {
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
        const success = await this.#successOf(id, sha, created_at);
        if (success === 'confirmed') return { commits, succeeded: sha, passedOver };
        if (success === 'claimed')
          passedOver.push({ id, commit: sha, by: creator?.login, why: 'unconfirmed' });
      }
    return { commits, succeeded: undefined, passedOver };
  }

  /** Why a deployment does not count; the `known` commits are some of which one does. */
  async #doubtOf(
    { sha, ref, by }: { readonly sha: string; readonly ref: string; readonly by: string | undefined },
    known: readonly string[],
  ): Promise<PassedOver['why'] | undefined> {
    if (!this.#isOurs(by)) return 'made-by-other';
    if (ref.replace(/^refs\/heads\//, '') !== this.#branch) return 'other-branch';
    if (known.includes(sha)) return undefined;
    if (!(await this.#isInHistory(sha))) return 'not-in-history';
    return (await this.#wasAt(sha)) ? undefined : 'never-at';
  }

  #isOurs(login: string | undefined): boolean {
    return login === WORKFLOW_LOGIN || login === this.#connection.self;
  }

  /** The tip of the branch: by its name alone, GitHub would also find a tag. */
  #tip(): Promise<string> {
    const { octokit, at } = this.#connection;
    const read = async () => {
      const { data } = await octokit.rest.git.getRef({ ...at, ref: `heads/${this.#branch}` });
      return data.object.sha;
    };
    this.#read ??= read();
    return this.#read;
  }

  /** Whether the branch is or was at a commit, as far back as the record is read, and that only as far as is asked. */
  async #wasAt(commit: string): Promise<boolean> {
    if (commit === (await this.#tip())) return true;
    while (!this.#visited.has(commit)) {
      const { done, value } = await this.#movements.next();
      if (done === true) return false;
      this.#visited.add(value.before).add(value.after);
    }
    return true;
  }

  async #isInHistory(commit: string): Promise<boolean> {
    const { octokit, at } = this.#connection;
    const head = await this.#tip();
    try {
      const range = { base: commit, head };
      const { data } = await octokit.rest.repos.compareCommits({ ...at, ...range, per_page: 1 });
      return data.status === 'ahead' || data.status === 'identical';
    } catch (error) {
      if (hasStatus(error, 404)) return false;
      throw error;
    }
  }

  /** Whether a success is reported of a deployment, and by a run that GitHub says applied the commit. */
  async #successOf(id: number, commit: string, recorded: string): Promise<'confirmed' | 'claimed' | 'none'> {
    if (this.#runsAsked >= MOST_RUNS) return 'claimed';
    const { octokit, at } = this.#connection;
    const { data } = await octokit.rest.repos.listDeploymentStatuses({
      ...at,
      deployment_id: id,
      per_page: 100,
    });
    const claims = data.filter(({ state, creator }) => state === 'success' && this.#isOurs(creator?.login));
    const claim = { commit, branch: this.#branch, recordedAt: Date.parse(recorded) };
    for (const run of new Set(claims.flatMap(runIn))) {
      this.#runsAsked += 1;
      if (await hasApplied(this.#connection, run, claim)) return 'confirmed';
      if (this.#runsAsked >= MOST_RUNS) break;
    }
    return claims.length > 0 ? 'claimed' : 'none';
  }
}

/** The run that a status of a deployment names; GitHub writes `https://…/actions/runs/1/job/2` for a job. */
function runIn({
  log_url,
  target_url,
}: {
  readonly log_url?: string | undefined;
  readonly target_url: string;
}): readonly number[] {
  const [, run] = /\/actions\/runs\/(\d{1,15})(?![0-9])/.exec(log_url || target_url) ?? [];
  return run === undefined ? [] : [Number(run)];
}
