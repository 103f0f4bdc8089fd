/** GitHub's responses about deployments of an environment: a commit and its statuses, newest first. */

/** A deployment in a test's state; its states are oldest first. */
export interface Deployment {
  readonly id: number;
  readonly environment: string;
  readonly sha: string;
  readonly states: readonly ('queued' | 'in_progress' | 'failure' | 'error' | 'success' | 'inactive')[];
}

const AT = '2026-11-20T12:00:00Z';

/** A deployment as in a response; `api` is the API address of the repository. */
export const deploymentBody = (api: string, creator: object, { id, environment, sha }: Deployment) => ({
  url: `${api}/deployments/${id}`,
  id,
  node_id: `DE_${id}`,
  sha,
  ref: 'main',
  task: 'deploy',
  payload: {},
  original_environment: environment,
  environment,
  description: null,
  creator,
  created_at: AT,
  updated_at: AT,
  statuses_url: `${api}/deployments/${id}/statuses`,
  repository_url: api,
  transient_environment: false,
  production_environment: false,
  performed_via_github_app: null,
});

/** The statuses of a deployment, newest first. */
export const deploymentStatuses = (api: string, creator: object, { id, environment, states }: Deployment) =>
  states
    .map((state, i) => ({
      url: `${api}/deployments/${id}/statuses/${i + 1}`,
      id: id * 100 + i,
      node_id: `DES_${id}_${i}`,
      state,
      creator,
      description: '',
      environment,
      target_url: 'https://github.com/example/handbook/actions/runs/1001',
      created_at: AT,
      updated_at: AT,
      deployment_url: `${api}/deployments/${id}`,
      repository_url: api,
      environment_url: 'https://example.org',
      log_url: 'https://github.com/example/handbook/actions/runs/1001',
      performed_via_github_app: null,
    }))
    .reverse();
