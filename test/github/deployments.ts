/** Deployments of an environment as GitHub tells of them: a commit each, and what became of it, newest first. */

/** What a test remembers of one; its states oldest first, as they came. */
export interface Deployment {
  readonly id: number;
  readonly environment: string;
  readonly sha: string;
  readonly states: readonly ('queued' | 'in_progress' | 'failure' | 'error' | 'success' | 'inactive')[];
}

const AT = '2026-11-20T12:00:00Z';

/** One of them as an answer has it; `api` is the repository's own address. */
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

/** What became of one, newest first. */
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
