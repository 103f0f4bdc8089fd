/** The commits that were deployed to an environment. */
import type { Connection } from './connection.ts';

/** The deployments of one repository. */
export class Deployments {
  readonly #octokit: Connection['octokit'];
  readonly #at: Connection['at'];

  constructor({ octokit, at }: Connection) {
    this.#octokit = octokit;
    this.#at = at;
  }

  /**
   * The commit of an environment's last successful deployment and of every attempt since, newest first. A failed
   * attempt may have made some of its changes.
   */
  async commitsSinceSuccess(environment: string): Promise<readonly string[]> {
    const commits: string[] = [];
    const pages = this.#octokit.paginate.iterator(this.#octokit.rest.repos.listDeployments, {
      ...this.#at,
      environment,
      per_page: 30,
    });
    for await (const { data } of pages) {
      for (const { id, sha } of data) {
        if (!commits.includes(sha)) commits.push(sha);
        const { data: statuses } = await this.#octokit.rest.repos.listDeploymentStatuses({
          ...this.#at,
          deployment_id: id,
          per_page: 100,
        });
        if (statuses.some(({ state }) => state === 'success')) return commits;
      }
    }
    return commits;
  }
}
