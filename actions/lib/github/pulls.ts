/** Reads pull requests and their reviews, updates our comment on them, and sets commit statuses. */
import type { Pull } from '../compare/against.ts';
import { type CommentUpdate, upsertComment } from './comments.ts';
import type { Connection } from './connection.ts';

/** The parts of a pull request that the checks use. */
export interface PullRequest extends Pull {
  readonly number: number;
  readonly headSha: string;
  /** Whether it comes from another repository; the token of such a run is read-only. */
  readonly isFork: boolean;
}

/** A status of a commit that a ruleset can require. */
export interface CommitStatus {
  readonly context: string;
  readonly state: 'success' | 'pending' | 'failure';
  readonly description: string;
}

/** GitHub's limit, in characters. */
const LONGEST_DESCRIPTION = 140;

/** The pull requests of one repository. */
export class PullRequests {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** A pull request with its approvals: everyone whose latest review approves `commit`, by default the head. */
  async get(number: number, commit?: string): Promise<PullRequest> {
    const { octokit, at } = this.#connection;
    const { data } = await octokit.rest.pulls.get({ ...at, pull_number: number });
    const reviews = await octokit.paginate(octokit.rest.pulls.listReviews, {
      ...at,
      pull_number: number,
      per_page: 100,
    });
    const headSha = commit ?? data.head.sha;
    const latest = new Map<string, boolean>();
    for (const { user, state, commit_id: reviewed } of reviews) {
      // A comment neither adds nor withdraws an approval.
      if (user !== null && state !== 'COMMENTED' && state !== 'PENDING')
        latest.set(user.login, state === 'APPROVED' && reviewed === headSha);
    }
    return {
      number,
      headSha,
      isFork: data.head.repo?.full_name !== data.base.repo.full_name,
      author: data.user.login,
      labels: data.labels.map(({ name }) => name),
      approvals: [...latest].flatMap(([login, approves]) => (approves ? [login] : [])),
    };
  }

  /** The numbers of all open pull requests, oldest first. */
  async openNumbers(): Promise<readonly number[]> {
    const { octokit, at } = this.#connection;
    const pulls = await octokit.paginate(octokit.rest.pulls.list, {
      ...at,
      state: 'open',
      direction: 'asc',
      per_page: 100,
    });
    return pulls.map(({ number }) => number);
  }

  /** Creates or edits our one comment on a pull request. */
  upsertComment(number: number, update: CommentUpdate): Promise<void> {
    return upsertComment(this.#connection, number, update);
  }

  /** Sets a commit status, unless it is already set to the same state and description. */
  async setStatus(sha: string, { context, state, description: whole }: CommitStatus): Promise<void> {
    const { octokit, at, self } = this.#connection;
    const description = whole.slice(0, LONGEST_DESCRIPTION);
    const { data: statuses } = await octokit.rest.repos.listCommitStatusesForRef({
      ...at,
      ref: sha,
      per_page: 100,
    });
    // The list is newest first.
    const last = statuses.find((it) => it.context === context);
    const isSet = last?.state === state && last.description === description && last.creator?.login === self;
    if (!isSet) await octokit.rest.repos.createCommitStatus({ ...at, sha, context, state, description });
  }
}
