/**
 * The edge that talks to GitHub about pull requests: reads them and their reviews, keeps one comment up to date, sets
 * statuses. Every call goes through Octokit with retry, throttling and a fixed API version.
 *
 * The one surprise: an answer that is lost after a comment was made must not make a second one, so making a comment is
 * never simply retried; the comments are read again first.
 */
import { Octokit, retry, throttling } from '#github';
import type { Pull } from '../compare/against.ts';
import { PARTS, withPart } from '../review/comment.ts';

/** A pull request as far as it is judged. */
export interface PullRequest extends Pull {
  readonly number: number;
  readonly headSha: string;
  /** Whether it comes from another repository, where our token may write nothing. */
  readonly isFork: boolean;
}

/** Where and as whom to talk. */
export interface Access {
  readonly url: string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
  /** The login that our comments have. */
  readonly self: string;
}

const Client = Octokit.plugin(retry, throttling);

/**
 * The plugin lets one and three seconds pass between writes. A run makes ten, one after the other, for somebody who waits for
 * the answer; when that is too many, GitHub says so, and then we wait as long as it asks.
 */
const unspaced = { key: () => ({ schedule: async () => {} }) } as never;

/** More than this is not waited for within one run. */
const LONGEST_WAIT = 60;

/** A repository that can be talked to. */
export interface Connection {
  readonly octokit: InstanceType<typeof Client>;
  readonly at: { readonly owner: string; readonly repo: string };
  readonly self: string;
}

/** Opens the way to a repository; nothing is asked yet. */
export function connect({ url, token, repository, self }: Access): Connection {
  const wait = (seconds: number, _options: object, _octokit: object, tries: number) =>
    seconds <= LONGEST_WAIT && tries < 2;
  const octokit = new Client({
    auth: token,
    baseUrl: url,
    userAgent: 'rota-as-code',
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    throttle: { onRateLimit: wait, onSecondaryRateLimit: wait, write: unspaced, notifications: unspaced },
    request: { timeout: 30_000 },
  });
  octokit.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = '2022-11-28';
  });
  const [owner = '', repo = ''] = repository.split('/');
  return { octokit, at: { owner, repo }, self };
}

/** The pull requests of one repository. */
export class GitHub {
  readonly #octokit: Connection['octokit'];
  readonly #at: Connection['at'];
  readonly #self: string;

  constructor({ octokit, at, self }: Connection) {
    this.#octokit = octokit;
    this.#at = at;
    this.#self = self;
  }

  /** A pull request with its approvals: whose latest word on a commit is yes, which is the head where none is named. */
  async pull(number: number, named?: string): Promise<PullRequest> {
    const { data } = await this.#octokit.rest.pulls.get({ ...this.#at, pull_number: number });
    const reviews = await this.#octokit.paginate(this.#octokit.rest.pulls.listReviews, {
      ...this.#at,
      pull_number: number,
      per_page: 100,
    });
    const headSha = named ?? data.head.sha;
    const latest = new Map<string, boolean>();
    for (const { user, state, commit_id: commit } of reviews) {
      // A comment neither gives nor takes back an approval.
      if (user !== null && state !== 'COMMENTED' && state !== 'PENDING')
        latest.set(user.login, state === 'APPROVED' && commit === headSha);
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
  async openPulls(): Promise<readonly number[]> {
    const pulls = await this.#octokit.paginate(this.#octokit.rest.pulls.list, {
      ...this.#at,
      state: 'open',
      direction: 'asc',
      per_page: 100,
    });
    return pulls.map(({ number }) => number);
  }

  /** Puts a part into our one comment on a pull request; with nothing to say, only an old one is edited. */
  async say(number: number, part: string, isNews: boolean): Promise<void> {
    const old = await this.#ours(number, PARTS);
    await this.#keep(number, PARTS, old, withPart(old?.body, part), isNews);
  }

  /** Makes or edits our one comment that begins with a mark, on an issue. */
  async note(number: number, mark: string, body: string): Promise<void> {
    await this.#keep(number, [mark], await this.#ours(number, [mark]), body, true);
  }

  async #keep(
    number: number,
    marks: readonly string[],
    old: { readonly id: number; readonly body: string } | undefined,
    body: string,
    isNews: boolean,
  ): Promise<void> {
    if (old?.body === body) return;
    if (old !== undefined) {
      await this.#octokit.rest.issues.updateComment({ ...this.#at, comment_id: old.id, body });
    } else if (isNews) {
      const make = () =>
        this.#octokit.rest.issues.createComment({
          ...this.#at,
          issue_number: number,
          body,
          request: { retries: 0 },
        });
      await make().catch(async (error: unknown) => {
        if ((await this.#ours(number, marks)) === undefined && isLost(error)) await make();
        else if (!isLost(error)) throw error;
      });
    }
  }

  /** The first comment with our mark that is ours: anybody can write the mark. */
  async #ours(
    number: number,
    marks: readonly string[],
  ): Promise<{ readonly id: number; readonly body: string } | undefined> {
    const pages = this.#octokit.paginate.iterator(this.#octokit.rest.issues.listComments, {
      ...this.#at,
      issue_number: number,
      per_page: 100,
    });
    for await (const { data } of pages) {
      const own = data.find(
        ({ user, body }) =>
          user?.login === this.#self && marks.some((mark) => body?.startsWith(mark) === true),
      );
      if (own !== undefined) return { id: own.id, body: own.body ?? '' };
    }
    return undefined;
  }

  /**
   * The commits that an environment was brought to: that of its last successful deployment, and of every attempt since,
   * newest first. An attempt that failed may have done half of its work.
   */
  async deployed(environment: string): Promise<readonly string[]> {
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

  /** Sets a status of a commit that a ruleset can require, unless it says so already. */
  async status(
    sha: string,
    context: string,
    state: 'success' | 'pending' | 'failure',
    description: string,
  ): Promise<void> {
    const wanted = { context, state, description: description.slice(0, 140) };
    const { data: statuses } = await this.#octokit.rest.repos.listCommitStatusesForRef({
      ...this.#at,
      ref: sha,
      per_page: 100,
    });
    // Newest first.
    const last = statuses.find((it) => it.context === context);
    const isSaid = last?.state === state && last.description === wanted.description;
    if (!isSaid || last.creator?.login !== this.#self)
      await this.#octokit.rest.repos.createCommitStatus({ ...this.#at, sha, ...wanted });
  }
}

/** Whether GitHub may have done what was asked although no good answer came: a dropped connection, a fault of its own. */
export const isLost = (error: unknown): boolean =>
  !(typeof error === 'object' && error !== null && 'status' in error && Number(error.status) < 500);

/** Whether GitHub answered with this status. */
export const hasStatus = (error: unknown, status: number): boolean =>
  typeof error === 'object' && error !== null && 'status' in error && error.status === status;

/** Whether the token may not do what was asked, as GitHub says of a token that only reads. */
export const isForbidden = (error: unknown): boolean =>
  hasStatus(error, 403) && String(error).includes('not accessible');
