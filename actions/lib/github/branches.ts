/**
 * Writes through GitHub's git API: a branch with one commit that changes files, and its pull request. A second run
 * finds the results of the first by the name of the branch, and changes only what differs.
 *
 * When the response to creating a branch or a pull request is lost, the current state is read before the request is
 * sent again. Trees and commits may be created twice: nothing refers to the first one.
 */
import { blobOf } from '../text/digest.ts';
import type { Connection } from './connection.ts';
import { hasStatus, isLost } from './failures.ts';

/** The desired content of files, on a separate branch. */
export interface Proposal {
  readonly branch: string;
  /** The target branch, and the commit of that branch that the proposal is based on. */
  readonly base: string;
  readonly commit: string;
  readonly files: readonly { readonly file: string; readonly text: string }[];
  readonly title: string;
  readonly body: string;
}

/** The branch of a proposal: its open pull request, and its head commit, which contains the proposal. */
interface ProposedBranch {
  readonly number: number;
  readonly sha: string;
}

/** The latest pull request of a branch. */
export interface BranchPull {
  readonly number: number;
  readonly state: 'open' | 'merged' | 'closed';
  readonly body: string;
}

/** The branches of one repository. */
export class Branches {
  readonly #octokit: Connection['octokit'];
  readonly #at: Connection['at'];

  constructor({ octokit, at }: Connection) {
    this.#octokit = octokit;
    this.#at = at;
  }

  /** The latest pull request of a branch of this repository; an open one takes precedence over newer ones. */
  async latestPull(branch: string): Promise<BranchPull | undefined> {
    const { data } = await this.#octokit.rest.pulls.list({
      ...this.#at,
      head: `${this.#at.owner}:${branch}`,
      state: 'all',
      sort: 'created',
      direction: 'desc',
      per_page: 10,
    });
    const pull = data.find(({ state }) => state === 'open') ?? data[0];
    if (pull === undefined) return undefined;
    const state = pull.state === 'open' ? 'open' : pull.merged_at === null ? 'closed' : 'merged';
    return { number: pull.number, state, body: pull.body ?? '' };
  }

  /** Makes the branch contain exactly the proposal, and returns its open pull request. */
  async propose(proposal: Proposal): Promise<ProposedBranch> {
    const sha = await this.#branch(proposal);
    return { number: await this.#pull(proposal), sha };
  }

  async #pull({ branch, base, title, body }: Proposal): Promise<number> {
    const open = await this.latestPull(branch);
    if (open?.state === 'open') {
      if (open.body !== body)
        await this.#octokit.rest.pulls.update({ ...this.#at, pull_number: open.number, title, body });
      return open.number;
    }
    const make = async (once: { readonly request?: { readonly retries: number } }) => {
      const { data } = await this.#octokit.rest.pulls.create({
        ...this.#at,
        head: branch,
        base,
        title,
        body,
        ...once,
      });
      return data.number;
    };
    return make({ request: { retries: 0 } }).catch(async (error: unknown) => {
      if (!isLost(error)) throw error;
      const made = await this.latestPull(branch);
      return made?.state === 'open' ? made.number : make({});
    });
  }

  /** Returns the head commit of the branch; the branch is not changed if it already equals the proposal. */
  async #branch(proposal: Proposal): Promise<string> {
    const { branch, commit, files, title } = proposal;
    const head = await this.#head(branch);
    if (head !== undefined && (await this.#isAsProposed(head, proposal))) return head;
    const { data: parent } = await this.#octokit.rest.git.getCommit({ ...this.#at, commit_sha: commit });
    const { data: tree } = await this.#octokit.rest.git.createTree({
      ...this.#at,
      base_tree: parent.tree.sha,
      tree: files.map(({ file, text }) => ({ path: file, mode: '100644', type: 'blob', content: text })),
    });
    const { data: made } = await this.#octokit.rest.git.createCommit({
      ...this.#at,
      message: title,
      tree: tree.sha,
      parents: [commit],
    });
    if (head === undefined) await this.#create(branch, made.sha);
    else await this.#move(branch, made.sha);
    return made.sha;
  }

  /**
   * Whether a commit adds exactly the proposed files to the base. Anyone with write access can push to our branch, and
   * such a push has not been checked.
   */
  async #isAsProposed(head: string, { commit, files }: Proposal): Promise<boolean> {
    const { data } = await this.#octokit.rest.repos.compareCommits({ ...this.#at, base: commit, head });
    const { ahead_by: ahead, commits, files: changed = [] } = data;
    if (ahead !== 1 || commits[0]?.parents.length !== 1 || changed.length !== files.length) return false;
    for (const { file, text } of files) {
      const status = changed.find(({ filename }) => filename === file)?.status;
      // A rename also removes a file elsewhere.
      if (status !== 'added' && status !== 'modified') return false;
      if ((await this.#blob(head, file)) !== blobOf(text)) return false;
    }
    return true;
  }

  async #create(branch: string, sha: string): Promise<void> {
    try {
      await this.#octokit.rest.git.createRef({
        ...this.#at,
        ref: `refs/heads/${branch}`,
        sha,
        request: { retries: 0 },
      });
    } catch (error) {
      const existing = await this.#head(branch);
      if (existing === sha) return;
      if (existing !== undefined) await this.#move(branch, sha);
      else if (isLost(error))
        await this.#octokit.rest.git.createRef({ ...this.#at, ref: `refs/heads/${branch}`, sha });
      else throw error;
    }
  }

  async #move(branch: string, sha: string): Promise<void> {
    await this.#octokit.rest.git.updateRef({ ...this.#at, ref: `heads/${branch}`, sha, force: true });
  }

  async #head(branch: string): Promise<string | undefined> {
    try {
      const { data } = await this.#octokit.rest.git.getRef({ ...this.#at, ref: `heads/${branch}` });
      return data.object.sha;
    } catch (error) {
      if (hasStatus(error, 404)) return undefined;
      throw error;
    }
  }

  /** The blob id of a file; undefined for a symbolic link. */
  async #blob(ref: string, path: string): Promise<string | undefined> {
    const { data } = await this.#octokit.rest.repos.getContent({ ...this.#at, path, ref });
    return 'type' in data && data.type === 'file' ? data.sha : undefined;
  }

  /** Closes a pull request and sets its final body. */
  async closePull(number: number, body: string): Promise<void> {
    await this.#octokit.rest.pulls.update({ ...this.#at, pull_number: number, state: 'closed', body });
  }

  /** Adds a label to a pull request. */
  async addLabel(number: number, label: string): Promise<void> {
    await this.#octokit.rest.issues.addLabels({ ...this.#at, issue_number: number, labels: [label] });
  }

  /** Requests a review of a commit from each person once; returns the logins that GitHub rejects as reviewers. */
  async requestReviews(
    { number, sha }: ProposedBranch,
    logins: readonly string[],
  ): Promise<readonly string[]> {
    const { data: pull } = await this.#octokit.rest.pulls.get({ ...this.#at, pull_number: number });
    const reviews = await this.#octokit.paginate(this.#octokit.rest.pulls.listReviews, {
      ...this.#at,
      pull_number: number,
      per_page: 100,
    });
    // A review of an earlier commit does not count.
    const current = reviews.filter(({ commit_id: commit }) => commit === sha);
    const known = [pull.user, ...(pull.requested_reviewers ?? []), ...current.map(({ user }) => user)];
    const requested = new Set(known.map((user) => user?.login.toLowerCase()));
    const refused: string[] = [];
    for (const login of logins.filter((it) => !requested.has(it.toLowerCase()))) {
      try {
        await this.#octokit.rest.pulls.requestReviewers({
          ...this.#at,
          pull_number: number,
          reviewers: [login],
        });
      } catch (error) {
        if (!hasStatus(error, 422)) throw error;
        refused.push(login);
      }
    }
    return refused;
  }
}
