/** Reads pull requests and their reviews, and updates our comment on them. */

import type { Instant } from '../timeline.ts';
import { WITH_ACCESS, withAccess } from './access.ts';
import { boundedList, MOST_ENTRIES } from './bounded-list.ts';
import { type CommentUpdate, type OwnComment, ownComment, upsertComment, writeComment } from './comments.ts';
import type { Connection } from './connection.ts';
import { historyAndTip, isEditedOnlyBy } from './edits.ts';
import { type PresentPull, type PullHead, presentState } from './present-pulls.ts';

type WholePresent = PresentPull & { readonly [K in 'approvals' | 'sharing']: NonNullable<PresentPull[K]> };

interface Reviews {
  readonly approvals: readonly Approval[];
  readonly notedAt: Instant | undefined;
}

/** The parts of a pull request that the checks use. */
export interface PullRequest {
  readonly number: number;
  readonly author: string;
  readonly labels: readonly string[];
  readonly openedAt: Instant;
  readonly isOpen: boolean;
  /** Whether it is not ready for review: GitHub merges none of these. */
  readonly isDraft: boolean;
  /** Undefined unless it has been merged. */
  readonly mergedAt: Instant | undefined;
  readonly headSha: string;
  /** The branch, in the repository of the head. */
  readonly headRef: string;
  /** The branch that it is merged into. */
  readonly baseRef: string;
  /** The commit of that branch at which the pull request began, by GitHub's word. */
  readonly baseSha: string;
  /** Whether it comes from another repository; the token of such a run is read-only. */
  readonly isFork: boolean;
  /** Whether its conversation is locked, so that GitHub may take no comment of ours. */
  readonly isLocked: boolean;
}

/** An approval of a commit. */
export interface Approval {
  readonly login: string;
  readonly at: Instant;
  /** Whether GitHub says that the account is an owner, member or collaborator of the repository. */
  readonly hasAccess: boolean;
}

/** What `comment` finds. */
interface FoundComment {
  readonly comment: OwnComment | undefined;
  /** Whether there is one of ours that somebody else edited. */
  readonly isPassedOver: boolean;
  /** The commit that the branch is at; undefined if GitHub was not asked, because there is no comment of ours. */
  readonly tip: string | undefined;
}

/** GitHub lists no more files of a pull request. */
const MOST_FILES = 3000;

interface PullData {
  readonly number: number;
  readonly user: { readonly login: string } | null;
  readonly labels: readonly { readonly name: string }[];
  readonly created_at: string;
  readonly state: string;
  readonly draft?: boolean;
  readonly merged_at: string | null;
  readonly locked: boolean;
  readonly head: {
    readonly sha: string;
    readonly ref: string;
    readonly repo: { readonly full_name: string } | null;
  };
  readonly base: {
    readonly ref: string;
    readonly sha: string;
    readonly repo: { readonly full_name: string };
  };
}

const pullOf = ({
  number,
  user,
  labels,
  created_at,
  locked,
  head,
  base,
  ...pull
}: PullData): PullRequest => ({
  number,
  author: user?.login ?? '',
  labels: labels.map(({ name }) => name),
  openedAt: Date.parse(created_at),
  isOpen: pull.state === 'open',
  isDraft: pull.draft === true,
  mergedAt: pull.merged_at === null ? undefined : Date.parse(pull.merged_at),
  headSha: head.sha,
  headRef: head.ref,
  baseRef: base.ref,
  baseSha: base.sha,
  isFork: head.repo?.full_name !== base.repo.full_name,
  isLocked: locked,
});

/** As many as GitHub lists at once. */
const PAGE = 100;

/**
 * Reads a list of several pages twice: if a pull request is closed, or commented on, between two pages, another one can
 * move from a page that is not read yet to one that is. Of those that are in both, the later answer is used.
 */
async function readTwice(read: () => Promise<readonly PullRequest[]>): Promise<readonly PullRequest[]> {
  const first = await read();
  if (first.length < PAGE) return first;
  return [...new Map([...first, ...(await read())].map((it) => [it.number, it])).values()];
}

/** The pull requests of one repository. */
export class PullRequests {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async get(number: number): Promise<PullRequest> {
    const { octokit, at } = this.#connection;
    const { data } = await octokit.rest.pulls.get({ ...at, pull_number: number });
    return pullOf(data);
  }

  /** The tip of a branch, and a few pull requests as they are at present. */
  async present(branch: string, heads: readonly PullHead[]) {
    const { tip, pulls } = await presentState(this.#connection, branch, heads);
    const whole = new Map<number, WholePresent>();
    for (const [number, pull] of pulls) {
      const headSha = heads.find((it) => it.number === number)?.headSha ?? pull.headSha;
      whole.set(number, {
        ...pull,
        approvals: pull.approvals ?? (await this.reviews(number, pull.headSha)).approvals,
        sharing: pull.sharing ?? (await this.#sharing(number, headSha, branch)),
      });
    }
    return { tip, pulls: whole };
  }

  /** The commit that a branch is at. */
  async tipOf(branch: string): Promise<string> {
    const { octokit, at } = this.#connection;
    const { data } = await octokit.rest.git.getRef({ ...at, ref: `heads/${branch}` });
    return data.object.sha;
  }

  /** All open pull requests, oldest first. */
  async open(): Promise<readonly PullRequest[]> {
    const { octokit, at } = this.#connection;
    const query = { ...at, state: 'open', direction: 'asc', per_page: PAGE } as const;
    const pulls = await readTwice(async () =>
      (await octokit.paginate(octokit.rest.pulls.list, query)).map(pullOf),
    );
    return pulls.toSorted((one, other) => one.number - other.number);
  }

  /**
   * The pull requests that were closed without a merge into a branch, or merged into another one, and that something
   * has happened to since an instant.
   */
  async closedSince(instant: Instant, branch: string): Promise<readonly PullRequest[]> {
    const { octokit, at } = this.#connection;
    const query = { ...at, state: 'closed', sort: 'updated', direction: 'desc', per_page: PAGE } as const;
    const all = await readTwice(async () => {
      const closed: PullRequest[] = [];
      for await (const { data } of octokit.paginate.iterator(octokit.rest.pulls.list, query))
        for (const pull of data) {
          if (Date.parse(pull.updated_at) < instant) return closed;
          closed.push(pullOf(pull));
        }
      return closed;
    });
    return all.filter(({ mergedAt, baseRef }) => mergedAt === undefined || baseRef !== branch);
  }

  async #sharing(number: number, commit: string, branch: string): Promise<readonly number[]> {
    const open = await this.withHead(commit);
    return open.flatMap((it) =>
      it.number !== number && it.baseRef === branch && !it.isFork ? it.number : [],
    );
  }

  /** The open pull requests of which a commit is the head. */
  async withHead(commit: string): Promise<readonly PullRequest[]> {
    const pulls = await this.#withCommit(commit);
    return pulls.filter(({ state, head }) => state === 'open' && head.sha === commit).map(pullOf);
  }

  /**
   * The merged pull request that brought a commit to a branch. GitHub may give two the same merge commit if one
   * contains the other; the commit came from the one whose head is `mergedHead`, its second parent.
   */
  async mergedWith(commit: string, branch: string, mergedHead?: string): Promise<PullRequest | undefined> {
    const pulls = await this.#withCommit(commit);
    const merged = pulls.filter((it) => it.merged_at !== null && it.base.ref === branch);
    // Another one brought the commits of a draft, and may have brought those of a fork, which anybody can open.
    const isOther = ({ draft, head, base }: (typeof pulls)[number]) =>
      Number(draft === true || head.repo?.full_name !== base.repo.full_name);
    const named = merged
      .filter((it) => it.merge_commit_sha === commit)
      .toSorted((one, other) => isOther(one) - isOther(other));
    const own = named.find((it) => it.head.sha === mergedHead) ?? named[0] ?? merged[0];
    return own === undefined ? undefined : pullOf(own);
  }

  /** Those of this repository only: GitHub may also list those of its forks, or of its parent. */
  async #withCommit(commit: string) {
    const { octokit, at } = this.#connection;
    const pulls = await octokit.paginate(octokit.rest.repos.listPullRequestsAssociatedWithCommit, {
      ...at,
      commit_sha: commit,
      per_page: 100,
    });
    const own = `${at.owner}/${at.repo}`.toLowerCase();
    return pulls.filter(({ base }) => base.repo.full_name.toLowerCase() === own);
  }

  /**
   * The approvals of a commit, of everyone whose latest review approves it; and when our account first wrote a note
   * with a mark, if it did. Throws `TooLong` where there are more reviews than are read.
   */
  async reviews(number: number, commit: string, mark?: string): Promise<Reviews> {
    const { octokit, at, self } = this.#connection;
    const query = { ...at, pull_number: number, per_page: 100 };
    const pages = octokit.paginate.iterator(octokit.rest.pulls.listReviews, query);
    const reviews = await boundedList(pages, { what: 'reviews', number });
    const latest = new Map<string, Approval | undefined>();
    for (const { user, state, commit_id: reviewed, submitted_at: submitted, author_association } of reviews) {
      // A comment neither adds nor withdraws an approval.
      if (user === null || state === 'COMMENTED' || state === 'PENDING') continue;
      const { login } = user;
      const at = Date.parse(submitted ?? '');
      const approval = { login, at, hasAccess: WITH_ACCESS.includes(author_association) };
      latest.set(login.toLowerCase(), state === 'APPROVED' && reviewed === commit ? approval : undefined);
    }
    const approvals = [...latest.values()].filter((it) => it !== undefined);
    const isNote = ({ user, body }: (typeof reviews)[number]) =>
      mark !== undefined && user?.login === self && body.startsWith(mark);
    const notedAt = reviews.find(isNote)?.submitted_at;
    return { approvals, notedAt: notedAt === undefined ? undefined : Date.parse(notedAt) };
  }

  /** Writes a note of our account as a review, which nobody can delete. */
  async writeNote(number: number, body: string): Promise<void> {
    const { octokit, at } = this.#connection;
    await octokit.rest.pulls.createReview({ ...at, pull_number: number, event: 'COMMENT', body });
  }

  /** Approvals, also of those of some logins who only have access if GitHub is asked for their permission. */
  withAccess(
    approvals: readonly Approval[],
    isKnown: (login: string) => boolean,
  ): Promise<readonly Approval[]> {
    return withAccess(this.#connection, approvals, isKnown);
  }

  /**
   * Our comment that starts with one of the marks, and the commit that a branch is at where there is one. One that
   * somebody else edited is passed over, as if it were theirs. Throws `TooLong` where there are more before it than are
   * read.
   */
  async comment(number: number, marks: readonly string[], branch: string): Promise<FoundComment> {
    const passedOver = new Set<number>();
    let tip: string | undefined;
    for (;;) {
      const own = await ownComment(this.#connection, number, marks, passedOver, MOST_ENTRIES);
      const isPassedOver = passedOver.size > 0;
      if (own === undefined) return { comment: undefined, isPassedOver, tip };
      const found = await historyAndTip(this.#connection, own.nodeId, branch);
      tip = found.tip;
      if (found.history !== undefined && isEditedOnlyBy(found.history, this.#connection.self))
        return { comment: own, isPassedOver, tip };
      passedOver.add(own.id);
    }
  }

  /** Creates or edits our comment, of which `old` was read before; returns it as it is then. */
  writeComment(
    number: number,
    update: CommentUpdate,
    old: OwnComment | undefined,
  ): Promise<OwnComment | undefined> {
    return writeComment(this.#connection, number, update, old);
  }

  /** Creates or edits our one comment on a pull request. */
  upsertComment(number: number, update: CommentUpdate): Promise<void> {
    return upsertComment(this.#connection, number, update);
  }

  /**
   * Whether a pull request changes, adds, removes or moves a file below one of the folders, as far as GitHub tells.
   */
  async changesAny(number: number, folders: readonly string[]): Promise<boolean> {
    const { octokit, at } = this.#connection;
    const isBelow = (file = '') => folders.some((folder) => file === folder || file.startsWith(`${folder}/`));
    let count = 0;
    const query = { ...at, pull_number: number, per_page: 100 };
    for await (const { data } of octokit.paginate.iterator(octokit.rest.pulls.listFiles, query)) {
      if (data.some((it) => isBelow(it.filename) || isBelow(it.previous_filename))) return true;
      count += data.length;
    }
    return count === 0 || count >= MOST_FILES;
  }
}
