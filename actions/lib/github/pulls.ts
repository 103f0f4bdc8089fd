/** Pull requests: reads them and their reviews, keeps our comment on them up to date, sets the statuses of commits. */
import type { Pull } from '../compare/against.ts';
import { type CommentUpdate, upsertComment } from './comments.ts';
import type { Connection } from './connection.ts';

/** A pull request as far as it is judged. */
export interface PullRequest extends Pull {
  readonly number: number;
  readonly headSha: string;
  /** Whether it comes from another repository, where our token may write nothing. */
  readonly isFork: boolean;
}

/** A status of a commit that a ruleset can require. */
export interface CommitStatus {
  readonly context: string;
  readonly state: 'success' | 'pending' | 'failure';
  readonly description: string;
}

/** So many characters of a description GitHub takes. */
const LONGEST_DESCRIPTION = 140;

/** The pull requests of one repository. */
export class PullRequests {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** A pull request with its approvals: whose latest review of a commit approves, which is the head where none is named. */
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
      // A comment neither gives nor takes back an approval.
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

  /** Makes or edits our one comment on a pull request. */
  upsertComment(number: number, update: CommentUpdate): Promise<void> {
    return upsertComment(this.#connection, number, update);
  }

  /** Sets a status of a commit, unless it is so already. */
  async setStatus(sha: string, { context, state, description: whole }: CommitStatus): Promise<void> {
    const { octokit, at, self } = this.#connection;
    const description = whole.slice(0, LONGEST_DESCRIPTION);
    const { data: statuses } = await octokit.rest.repos.listCommitStatusesForRef({
      ...at,
      ref: sha,
      per_page: 100,
    });
    // Newest first.
    const last = statuses.find((it) => it.context === context);
    const isSet = last?.state === state && last.description === description && last.creator?.login === self;
    if (!isSet) await octokit.rest.repos.createCommitStatus({ ...at, sha, context, state, description });
  }
}
