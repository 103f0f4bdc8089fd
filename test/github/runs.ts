/** GitHub's responses about runs of workflows and their jobs, which are those that the deployments of a test name. */
import type { Deployment } from './deployments.ts';

/** What only GitHub writes about a run: what it was of, and how its job ended, in each attempt. */
export interface WorkflowRun {
  readonly path: string;
  readonly event: string;
  readonly branch: string;
  readonly sha: string;
  readonly job: string;
  readonly conclusions: readonly ('success' | 'failure' | 'skipped' | null)[];
  readonly completedAt: string;
}

/** What the bodies are made of. */
interface Bodies {
  readonly api: string;
  readonly html: string;
  readonly user: (login: string) => object;
  readonly repository: (full: string) => object;
  readonly slug: string;
}

const AT = '2026-11-20T12:00:00Z';

/** The id of the run whose job a deployment is; each has its own unless the test says otherwise. */
export const runIdOf = ({ id, run }: Pick<Deployment, 'id' | 'run'>): number => run ?? 900 + id;

/** The run of an id, as the first deployment that names it was made by it; undefined if there is none. */
export function runOf(deployments: readonly Deployment[], id: number): WorkflowRun | undefined {
  const first = deployments.find((it) => runIdOf(it) === id);
  if (first === undefined || first.ran === null) return undefined;
  const last = first.states.findLast((it) => it !== 'inactive');
  const conclusion = last === 'success' ? 'success' : last === 'in_progress' ? null : 'failure';
  return {
    ...{ path: '.github/workflows/pagerduty.yml', event: 'push', branch: 'main', sha: first.sha },
    ...{ job: 'apply', conclusions: [conclusion], completedAt: '2026-11-20T12:05:00Z' },
    ...first.ran,
  };
}

export function runBody({ api, html, user, repository, slug }: Bodies, id: number, run: WorkflowRun) {
  const at = `${api}/actions/runs/${id}`;
  const conclusion = run.conclusions.at(-1) ?? null;
  const linked = ['jobs', 'logs', 'artifacts', 'cancel', 'rerun'].map((it) => [`${it}_url`, `${at}/${it}`]);
  return {
    ...Object.fromEntries(linked),
    ...{ id, node_id: `WFR_${id}`, name: 'pagerduty', display_title: 'a change', path: run.path },
    ...{ head_branch: run.branch, head_sha: run.sha, event: run.event },
    ...{ run_number: id, run_attempt: run.conclusions.length, workflow_id: 1, check_suite_id: id },
    ...{ status: conclusion === null ? 'in_progress' : 'completed', conclusion },
    ...{ created_at: AT, updated_at: run.completedAt, run_started_at: AT },
    ...{ url: at, html_url: `${html}/actions/runs/${id}`, previous_attempt_url: null },
    ...{ check_suite_url: `${api}/check-suites/${id}`, workflow_url: `${api}/actions/workflows/1` },
    ...{ actor: user('nia-rhys'), triggering_actor: user('nia-rhys'), pull_requests: [] },
    ...{ repository: repository(slug), head_repository: repository(slug), head_commit: null },
  };
}

/** The jobs of a run in all its attempts, or in the latest. */
export function jobsBody({ api, html }: Bodies, id: number, run: WorkflowRun, filter: unknown) {
  const all = run.conclusions.map((conclusion, i) => {
    const job = id * 100 + i;
    const isOver = conclusion !== null;
    return {
      ...{ id: job, node_id: `CR_${job}`, run_id: id, run_attempt: i + 1, name: run.job },
      ...{ run_url: `${api}/actions/runs/${id}`, url: `${api}/actions/jobs/${job}` },
      ...{ html_url: `${html}/actions/runs/${id}/job/${job}`, check_run_url: `${api}/check-runs/${job}` },
      ...{ head_sha: run.sha, head_branch: run.branch, workflow_name: 'pagerduty' },
      ...{ status: isOver ? 'completed' : 'in_progress', conclusion, steps: [], labels: ['ubuntu-24.04'] },
      ...{ created_at: AT, started_at: AT, completed_at: isOver ? run.completedAt : null },
      ...{ runner_id: 1, runner_name: 'GitHub Actions 1', runner_group_id: 0, runner_group_name: 'x' },
    };
  });
  const jobs = filter === 'all' ? all : all.slice(-1);
  return { total_count: jobs.length, jobs };
}
