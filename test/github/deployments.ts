/** GitHub's responses about deployments of an environment: a commit and its statuses, newest first. */
import { runIdOf, type WorkflowRun } from './runs.ts';

/** A deployment in a test's state; its states are oldest first. Without `creator`, the workflow made it. */
export interface Deployment {
  readonly id: number;
  readonly environment: string;
  readonly sha: string;
  readonly states: readonly ('queued' | 'in_progress' | 'failure' | 'error' | 'success' | 'inactive')[];
  readonly creator?: string;
  /** The branch, tag or commit that was named; the default branch unless the test says otherwise. */
  readonly ref?: string;
  readonly production?: boolean;
  /** The id of the run whose job it is, or that it claims to be of; by default one of its own. */
  readonly run?: number;
  /** What GitHub says about that run, where it is not of our workflow and ended as the states say; null: nothing. */
  readonly ran?: Partial<WorkflowRun> | null;
}

const AT = '2026-11-20T12:00:00Z';

/** What the bodies are made of: the API address of the repository, and how an account is described. */
interface Bodies {
  readonly api: string;
  readonly user: (login: string) => object;
}

/** The app behind an account that ends in `[bot]`. */
const appOf = ({ user }: Bodies, login: string) =>
  login.endsWith('[bot]')
    ? {
        ...{ id: 15_368, slug: login.replace('[bot]', ''), node_id: 'A_15368', owner: user('github') },
        ...{ name: 'GitHub Actions', description: 'Automate your workflow from idea to production' },
        ...{
          external_url: 'https://help.github.com/en/actions',
          html_url: 'https://github.com/apps/actions',
        },
        ...{ created_at: AT, updated_at: AT, permissions: { deployments: 'write' }, events: [] },
      }
    : null;

/** A deployment as in a response; `self` made it unless it says otherwise. */
export const deploymentBody = (bodies: Bodies, self: string, deployment: Deployment) => {
  const { api, user } = bodies;
  const { id, environment, sha, creator = self, ref = 'main', production = false } = deployment;
  return {
    url: `${api}/deployments/${id}`,
    id,
    node_id: `DE_${id}`,
    sha,
    ref,
    task: 'deploy',
    payload: {},
    original_environment: environment,
    environment,
    description: null,
    creator: user(creator),
    created_at: AT,
    updated_at: AT,
    statuses_url: `${api}/deployments/${id}/statuses`,
    repository_url: api,
    transient_environment: false,
    production_environment: production,
    performed_via_github_app: appOf(bodies, creator),
  };
};

/** The statuses of a deployment, newest first. */
export const deploymentStatuses = (bodies: Bodies, self: string, deployment: Deployment) => {
  const { id, environment, states, creator = self } = deployment;
  const run = runIdOf(deployment);
  const job = `https://github.com/example/handbook/actions/runs/${run}/job/${run}${id}`;
  return states
    .map((state, i) => ({
      url: `${bodies.api}/deployments/${id}/statuses/${i + 1}`,
      id: id * 100 + i,
      node_id: `DES_${id}_${i}`,
      state,
      creator: bodies.user(creator),
      description: '',
      environment,
      target_url: job,
      created_at: AT,
      updated_at: AT,
      deployment_url: `${bodies.api}/deployments/${id}`,
      repository_url: bodies.api,
      environment_url: 'https://example.org',
      log_url: job,
      performed_via_github_app: appOf(bodies, creator),
    }))
    .reverse();
};
