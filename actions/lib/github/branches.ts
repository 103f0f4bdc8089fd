/**
 * Writes through GitHub's git API: a branch with one commit that changes files, and its pull request. A second run
 * finds the results of the first by the name of the branch, and changes only what differs.
 *
 * Anyone with write access can make a branch of that name, open a pull request from it, or choose another base for
 * ours. A pull request is ours if our account opened it and it goes into the default branch; a branch is ours if our
 * account created it and no other pull request comes from it. Where the name is another's, a number is added to it.
 *
 * When the response to creating a branch or a pull request is lost, the current state is read before the request is
 * sent again. Trees and commits may be created twice: nothing refers to the first one.
 */
import { blobOf } from '../text/digest.ts';
import { BranchActivity } from './activity.ts';
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
  /** The head that the branch had before, where it has another now. */
  readonly left: string | undefined;
}

/** A pull request of ours. */
export interface OwnPull {
  readonly number: number;
  readonly state: 'open' | 'merged' | 'closed';
  readonly body: string;
  /** The commit that merged it. */
  readonly mergedAs: string | undefined;
}

/** What is ours among the branches that a name and numbers after it make. */
export interface OwnBranches {
  /** The latest pull request; an open one takes precedence over newer ones. */
  readonly pull: OwnPull | undefined;
  /** The branch of that pull request, if it is open. */
  readonly open: string | undefined;
  /** The names from which no pull request of others comes, and whether a branch has the name. */
  readonly free: readonly { readonly name: string; readonly exists: boolean }[];
  readonly name: string;
}

/** A pull request as GitHub lists it. */
interface ListedPull {
  readonly number: number;
  readonly state: string;
  readonly body: string | null;
  readonly merged_at: string | null;
  readonly merge_commit_sha: string | null;
  readonly user: { readonly login: string } | null;
  readonly base: { readonly ref: string };
}

/** After so many names that are others', somebody has to clear up. */
const MOST_NAMES = 20;

/** The branches of one repository. */
export class Branches {
  readonly #connection: Connection;
  readonly #octokit: Connection['octokit'];
  readonly #at: Connection['at'];

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#octokit = connection.octokit;
    this.#at = connection.at;
  }

  /** Finds our branches of a name, and our latest pull request from one of them into the default branch, `base`. */
  async find(name: string, base: string): Promise<OwnBranches> {
    const free: { readonly name: string; readonly exists: boolean }[] = [];
    const ours: ListedPull[] = [];
    let taken: readonly string[] | undefined;
    for (let i = 1; i <= MOST_NAMES; i++) {
      const branch = i === 1 ? name : `${name}-${i}`;
      const pulls = await this.#pullsFrom(branch);
      const own = pulls.filter((pull) => this.#isOurs(pull, base));
      const open = own.find(({ state }) => state === 'open');
      if (open !== undefined) return { name, pull: ownPull(open), open: branch, free };
      ours.push(...own);
      taken ??= await this.#namesLike(name);
      if (own.length === pulls.length) free.push({ name: branch, exists: taken.includes(branch) });
      if (pulls.length === 0 && !taken.some((it) => numberOf(it, name) >= i)) break;
    }
    const latest = ours.toSorted((one, other) => other.number - one.number)[0];
    return { name, pull: latest && ownPull(latest), open: undefined, free };
  }

  /** The branch to write to: that of our open pull request, or the first that is free or that our account created. */
  async branchFor({ name, open, free }: OwnBranches): Promise<string> {
    if (open !== undefined) return open;
    const activity = new BranchActivity(this.#connection);
    for (const it of free)
      if (!it.exists || (await activity.creatorOf(it.name))?.by === this.#connection.self) return it.name;
    throw new Error(`${name} and every name after it up to ${name}-${MOST_NAMES} is another's; remove one`);
  }

  #isOurs({ user, base }: Pick<ListedPull, 'user' | 'base'>, branch: string): boolean {
    return user?.login === this.#connection.self && base.ref === branch;
  }

  /** The pull requests from a branch of this repository, newest first. */
  async #pullsFrom(branch: string): Promise<readonly ListedPull[]> {
    return this.#octokit.paginate(this.#octokit.rest.pulls.list, {
      ...this.#at,
      head: `${this.#at.owner}:${branch}`,
      state: 'all',
      sort: 'created',
      direction: 'desc',
      per_page: 100,
    });
  }

  /** The existing branches that a name and a number make. */
  async #namesLike(name: string): Promise<readonly string[]> {
    const { data } = await this.#octokit.rest.git.listMatchingRefs({ ...this.#at, ref: `heads/${name}` });
    return data.map(({ ref }) => ref.replace('refs/heads/', '')).filter((it) => numberOf(it, name) > 0);
  }

  /** A file before and after a commit that merged a pull request; undefined where there is none. */
  async mergedFile(
    commit: string,
    path: string,
  ): Promise<readonly [before: string | undefined, after: string | undefined]> {
    const { data } = await this.#octokit.rest.git.getCommit({ ...this.#at, commit_sha: commit });
    const [parent] = data.parents;
    const after = await this.#text(commit, path);
    return [parent === undefined ? undefined : await this.#text(parent.sha, path), after];
  }

  async #text(ref: string, path: string): Promise<string | undefined> {
    const found = await this.#found(ref, path);
    return found !== undefined && 'content' in found && found.type === 'file'
      ? Buffer.from(found.content, 'base64').toString('utf8')
      : undefined;
  }

  /** What is at a path of a commit; undefined where there is nothing. */
  async #found(ref: string, path: string) {
    try {
      return (await this.#octokit.rest.repos.getContent({ ...this.#at, path, ref })).data;
    } catch (error) {
      if (hasStatus(error, 404)) return undefined;
      throw error;
    }
  }

  /**
   * Makes the branch contain exactly the proposal, and returns its open pull request. Where that was `known` to be
   * open, and is not any more, throws and makes no other: somebody may have closed it to end what it brings.
   */
  async propose(proposal: Proposal, known?: number): Promise<ProposedBranch> {
    const head = await this.#branch(proposal);
    return { number: await this.#pull(proposal, known), ...head };
  }

  async #pull({ branch, base, title, body }: Proposal, known: number | undefined): Promise<number> {
    const ours = async () =>
      (await this.#pullsFrom(branch)).find((it) => it.state === 'open' && this.#isOurs(it, base));
    const open = await ours();
    if (open !== undefined) {
      if (open.body !== body)
        await this.#octokit.rest.pulls.update({ ...this.#at, pull_number: open.number, title, body });
      return open.number;
    }
    if (known !== undefined)
      throw new Error(`pull request ${known} was closed meanwhile; the next run goes on`);
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
      return (await ours())?.number ?? make({});
    });
  }

  /** Returns the head commit of the branch, which stays as it is if it equals the proposal and we moved it there. */
  async #branch(proposal: Proposal): Promise<Pick<ProposedBranch, 'sha' | 'left'>> {
    const { branch, commit, files, title } = proposal;
    const head = await this.#head(branch);
    if (
      head !== undefined &&
      (await this.#isAsProposed(head, proposal)) &&
      !(await this.#isOthers(branch, head))
    )
      return { sha: head, left: undefined };
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
    return { sha: made.sha, left: head };
  }

  /**
   * Whether a commit adds exactly the proposed files to the base, and says so. Anyone with write access can push to our
   * branch, and such a push has not been checked; its message could keep GitHub from starting runs. If the base has
   * moved on, it must not have changed these files since: otherwise a merge would bring something else.
   */
  async #isAsProposed(head: string, { commit, files, title }: Proposal): Promise<boolean> {
    const { data } = await this.#octokit.rest.repos.compareCommits({ ...this.#at, base: commit, head });
    const { ahead_by: ahead, commits, files: changed = [] } = data;
    const [own] = commits;
    if (ahead !== 1 || own?.parents.length !== 1 || changed.length !== files.length) return false;
    if (own.commit.message !== title) return false;
    const [parent] = own.parents;
    for (const { file, text } of files) {
      const status = changed.find(({ filename }) => filename === file)?.status;
      // A rename also removes a file elsewhere.
      if (status !== 'added' && status !== 'modified') return false;
      if ((await this.#blob(head, file)) !== blobOf(text)) return false;
      if (parent !== undefined && parent.sha !== commit && (await this.#isOther(parent.sha, commit, file)))
        return false;
    }
    return true;
  }

  /** Whether somebody else moved a branch to its head, who then counts as its author, be it the same commit as ours. */
  async #isOthers(branch: string, head: string): Promise<boolean> {
    const last = await new BranchActivity(this.#connection).lastPush(branch, head, () => false);
    return last?.by !== undefined && last.by !== this.#connection.self;
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
      // Somebody was faster: the next run takes another name.
      if (existing !== undefined || !isLost(error)) throw error;
      await this.#octokit.rest.git.createRef({ ...this.#at, ref: `refs/heads/${branch}`, sha });
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

  async #isOther(one: string, other: string, file: string): Promise<boolean> {
    return (await this.#blob(one, file)) !== (await this.#blob(other, file));
  }

  /** The blob id of a file; undefined where there is none, and for a symbolic link. */
  async #blob(ref: string, path: string): Promise<string | undefined> {
    const found = await this.#found(ref, path);
    return found !== undefined && 'type' in found && found.type === 'file' ? found.sha : undefined;
  }

  /** Closes a pull request. */
  async closePull(number: number): Promise<void> {
    await this.#octokit.rest.pulls.update({ ...this.#at, pull_number: number, state: 'closed' });
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

/** Whether a branch has a name that we give to those of a request, which is another where that is taken. */
export const isNameOf = (branch: string, name: string): boolean => numberOf(branch, name) > 0;

/** The number that a branch has after a name, 1 for the name itself, 0 for another branch. */
function numberOf(branch: string, name: string): number {
  if (branch === name) return 1;
  const rest = branch.startsWith(`${name}-`) ? branch.slice(name.length + 1) : '';
  return /^[1-9]\d?$/.test(rest) && Number(rest) > 1 ? Number(rest) : 0;
}

function ownPull({ number, state, body, merged_at: mergedAt, merge_commit_sha: sha }: ListedPull): OwnPull {
  const isMerged = state !== 'open' && mergedAt !== null;
  return {
    number,
    state: isMerged ? 'merged' : state === 'open' ? 'open' : 'closed',
    body: body ?? '',
    mergedAs: isMerged ? (sha ?? undefined) : undefined,
  };
}
