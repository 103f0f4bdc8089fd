/**
 * Who moved a branch, by GitHub's own record of it. Author and committer of a commit are text that anybody can write;
 * the account that pushed is GitHub's word.
 */
import type { Instant } from '../timeline.ts';
import type { Connection } from './connection.ts';

/** One movement of a branch. */
export interface Movement {
  /** The commits that the branch was at before and after; forty zeros where there was no branch. */
  readonly before: string;
  readonly after: string;
  /** The login; undefined where GitHub does not know the account any more. */
  readonly by: string | undefined;
  readonly at: Instant;
  readonly kind:
    | 'push'
    | 'force_push'
    | 'branch_creation'
    | 'branch_deletion'
    | 'pr_merge'
    | 'merge_queue_merge';
}

/** The last movement of a branch. */
export interface LastPush extends Pick<Movement, 'by' | 'at'>, PushedBefore {}

/** What somebody else had pushed to a branch before its last movement. */
interface PushedBefore {
  /** Whether the branch has nothing but that: see `pushedBefore`. */
  readonly isOfOthers: boolean;
  /** What others had pushed before the last commit of the person who moved it; undefined if nobody had. */
  readonly below?: PushedBelow | undefined;
}

/** What a branch was at from the movement of somebody else until a push on top of it. */
interface PushedBelow {
  /** Newest first; the last one is that of somebody else. */
  readonly movements: readonly Pick<Movement, 'after' | 'at'>[];
  /** When the push on top of them was. */
  readonly at: Instant;
}

/** The newest movements of a branch, newest first, without deletions; not all of them if it moved very often. */
interface BranchHistory {
  readonly movements: readonly Movement[];
  readonly isComplete: boolean;
}

/** Whether a commit only merges something, once or more often, into another; true, too, where git does not have it. */
export type IsMergeOnto = (commit: string, onto: string) => boolean;

/** The movements of a branch since it was last at a commit, or since an instant. */
export interface MovementsSince {
  /** Newest first. */
  readonly movements: readonly Movement[];
  /** Whether these are all: otherwise the branch never was at the commit, or more happened since than is read. */
  readonly isComplete: boolean;
}

/** No branch that we ask about moves more often between two runs. */
const MOST_MOVEMENTS = 500;

/** Of all branches together, or of the default one, which a repository of many projects moves often. */
export const MOST_OF_ALL = 3000;

/** GitHub writes zeros where there was no branch. */
const isCommit = (sha: string): boolean => !/^0*$/.test(sha);

/** Whether a movement merges a pull request into the branch: what that has is its author's. */
export const isPullMerge = ({ kind }: { readonly kind?: Movement['kind'] | undefined }): boolean =>
  kind === 'pr_merge' || kind === 'merge_queue_merge';

/**
 * What others had pushed before the last of these movements. It may have nothing else than that: it merges a pull
 * request into the branch, restores a commit to which somebody else had moved it, or updates what somebody else had
 * pushed, by a merge or with force. GitHub has buttons for all of these, and for a commit on top of a push by somebody
 * else, and the person who presses one may not have looked.
 */
function pushedBefore({ movements, isComplete }: BranchHistory, isMergeOnto: IsMergeOnto): PushedBefore {
  const [last, ...earlier] = movements;
  if (last === undefined) return { isOfOthers: false };
  if (isPullMerge(last)) return { isOfOthers: true };
  if (earlier.every((it) => isOwn(it, last))) return { isOfOthers: false };
  const same = earlier.findIndex(({ after }) => after === last.after);
  // Of a branch that was deleted and created again: the commit that it was at before.
  const before = isCommit(last.before) ? last.before : earlier[0]?.after;
  const isUpdate = () => last.kind === 'force_push' || isMergeOnto(last.after, before ?? '');
  // Whoever creates it may restore what it was at before everything that is known.
  if (same < 0 && last.kind === 'branch_creation' && !isComplete) return { isOfOthers: true };
  if (same < 0 && (before === undefined || !isUpdate()))
    return { isOfOthers: false, below: pushedBelow(last, { movements: earlier, isComplete }) };
  const below = same < 0 ? earlier.findIndex(({ after }) => after === before) : same;
  // Where GitHub does not say who brought it, it may be anybody.
  if (below < 0 || earlier[below]?.by !== last.by) return { isOfOthers: true };
  return pushedBefore({ movements: earlier.slice(below), isComplete }, isMergeOnto);
}

const isOwn = (it: Movement, { by }: Movement): boolean => it.by === by && !isPullMerge(it);

/** What others pushed before a movement, since the person who made the movement created the branch. */
function pushedBelow(
  last: Movement,
  { movements: earlier, isComplete }: BranchHistory,
): PushedBelow | undefined {
  const isNew = ({ kind, after }: Movement, before: readonly Movement[]) =>
    kind === 'branch_creation' && isComplete && before.every((it) => it.after !== after);
  if (isNew(last, earlier)) return undefined;
  for (const [i, movement] of earlier.entries()) {
    const older = earlier.slice(i + 1);
    const isRestored = older.some((it) => it.after === movement.after && !isOwn(it, last));
    if (isRestored || !isOwn(movement, last)) return { movements: earlier.slice(0, i + 1), at: last.at };
    if (isNew(movement, older)) return undefined;
  }
  return undefined;
}

/** Which movements of a branch are read, and how many at most. */
interface WhichMovements {
  readonly kind?: Movement['kind'];
  readonly most?: number;
  readonly isLastMonth?: boolean;
}

/** The record of the branches of one repository. */
export class BranchActivity {
  readonly #octokit: Connection['octokit'];
  readonly #at: Connection['at'];

  constructor({ octokit, at }: Connection) {
    this.#octokit = octokit;
    this.#at = at;
  }

  /**
   * Who moved a branch to a commit, and when, if that was its last movement, or the last until an instant: after its
   * merge, another branch can have the same name. Undefined where GitHub has no record.
   */
  async lastPush(
    branch: string,
    sha: string,
    isMergeOnto: IsMergeOnto,
    until: Instant = Number.POSITIVE_INFINITY,
  ): Promise<LastPush | undefined> {
    const movements: Movement[] = [];
    let count = 0;
    for await (const movement of this.movements(branch)) {
      count += 1;
      if (movement.kind === 'branch_deletion' || movement.at > until) continue;
      movements.push(movement);
      // The record may lag behind: an earlier movement to the same commit may be somebody else's.
      if (movements[0]?.after !== sha) return undefined;
    }
    const [last] = movements;
    return (
      last && {
        by: last.by,
        at: last.at,
        ...pushedBefore({ movements, isComplete: count < MOST_MOVEMENTS }, isMergeOnto),
      }
    );
  }

  /** Who last created a branch of this name, and when; undefined where GitHub has no record of it. */
  async creatorOf(branch: string): Promise<Pick<Movement, 'by' | 'at'> | undefined> {
    for await (const { by, at } of this.movements(branch, { kind: 'branch_creation' })) return { by, at };
    return undefined;
  }

  /** What last brought a branch to a commit; undefined while GitHub's record has none. */
  async kindOf(branch: string, commit: string): Promise<Movement['kind'] | undefined> {
    for await (const { after, kind } of this.movements(branch, { most: MOST_OF_ALL }))
      if (after === commit) return kind;
    return undefined;
  }

  /** Every movement of a branch since it was last at a commit. */
  async pushesTo(branch: string, since: string): Promise<MovementsSince> {
    const movements: Movement[] = [];
    for await (const movement of this.movements(branch, { most: MOST_OF_ALL })) {
      if (movement.after === since) return { movements, isComplete: true };
      movements.push(movement);
      if (movement.before === since) return { movements, isComplete: true };
    }
    return { movements, isComplete: false };
  }

  /**
   * The commit that a branch was at, at an instant of the last thirty days; undefined if it did not exist or GitHub has
   * no record of it. However often it has moved since, this takes a few requests.
   */
  async stateAt(branch: string, instant: Instant): Promise<string | undefined> {
    const state = (sha: string) => (isCommit(sha) ? sha : undefined);
    for await (const { after, at } of this.movements(branch)) {
      if (at <= instant) return state(after);
      break;
    }
    let last: string | undefined;
    for await (const { before, after, at } of this.movements(branch, {
      most: MOST_OF_ALL,
      isLastMonth: true,
    })) {
      if (at > instant) return state(last ?? before);
      last = after;
    }
    return undefined;
  }

  /**
   * The movements of a branch since an instant, and the one before them; complete unless more happened since than is
   * read.
   */
  async movementsSince(branch: string, instant: Instant): Promise<MovementsSince> {
    const movements: Movement[] = [];
    for await (const movement of this.movements(branch)) {
      movements.push(movement);
      if (movement.at < instant) return { movements, isComplete: true };
    }
    return { movements, isComplete: movements.length < MOST_MOVEMENTS };
  }

  /**
   * The commits that branches other than this one left in the last seven days, by a push, newest first; not all if they
   * moved very often. Those of merge groups are only created and deleted.
   */
  async leftLately(otherThan: string): Promise<{
    readonly commits: readonly string[];
    readonly isComplete: boolean;
  }> {
    const { rest, paginate } = this.#octokit;
    const query = { ...this.#at, time_period: 'week', per_page: 100 } as const;
    const commits = new Set<string>();
    let count = 0;
    for await (const { data } of paginate.iterator(rest.repos.listActivities, query)) {
      for (const { before, ref, activity_type: kind } of data)
        if (kind !== 'branch_deletion' && isCommit(before) && ref !== `refs/heads/${otherThan}`)
          commits.add(before);
      count += data.length;
      if (count >= MOST_OF_ALL) return { commits: [...commits], isComplete: false };
    }
    return { commits: [...commits], isComplete: true };
  }

  /** The record of a branch, read once for all questions about the time before a run began. */
  recordOf(branch: string, startedAt: Instant): BranchRecord {
    return new BranchRecord(this, branch, startedAt);
  }

  /**
   * Newest first, or those of the last month, oldest first; page by page, so that a question which the first page
   * answers costs one request.
   */
  async *movements(
    branch: string,
    { kind, most = MOST_MOVEMENTS, isLastMonth = false }: WhichMovements = {},
  ): AsyncGenerator<Movement> {
    const pages = this.#octokit.paginate.iterator(this.#octokit.rest.repos.listActivities, {
      ...this.#at,
      ref: `refs/heads/${branch}`,
      ...(kind === undefined ? {} : { activity_type: kind }),
      ...(isLastMonth ? ({ time_period: 'month', direction: 'asc' } as const) : {}),
      per_page: 100,
    });
    let count = 0;
    for await (const { data } of pages)
      for (const { before, after, actor, timestamp, activity_type } of data) {
        if (count === most) return;
        count += 1;
        const at = Date.parse(timestamp);
        yield { before, after, by: actor?.login, at, kind: activity_type };
      }
  }
}

/** GitHub's clock may differ from the runner's, and its record lag behind. */
const MARGIN = 60_000;

/**
 * The record of one branch, read as far as questions need it, and once for all of them in a run. What happened since
 * the run began may not be in it, so a question about that reads it anew.
 */
export class BranchRecord {
  readonly #activity: BranchActivity;
  readonly #branch: string;
  readonly #startedAt: Instant;
  #read: Movement[] = [];
  #rest: AsyncGenerator<Movement> | undefined;

  constructor(activity: BranchActivity, branch: string, startedAt: Instant) {
    this.#activity = activity;
    this.#branch = branch;
    this.#startedAt = startedAt;
  }

  /** As `movementsSince`, or with older ones as well; for questions about instants until `latest`. */
  async since(earliest: Instant, latest: Instant): Promise<MovementsSince> {
    if (latest > this.#startedAt - MARGIN) return this.#activity.movementsSince(this.#branch, earliest);
    const isEnough = () => (this.#read.at(-1)?.at ?? Number.POSITIVE_INFINITY) < earliest;
    await this.#readUntil(isEnough);
    const movements = [...this.#read];
    return { movements, isComplete: isEnough() || movements.length < MOST_MOVEMENTS };
  }

  /** Whether the branch was at a commit before the run began, as far as the record says. */
  async has(commit: string): Promise<boolean> {
    const isThere = () => this.#read.some(({ before, after }) => before === commit || after === commit);
    await this.#readUntil(isThere);
    return isThere();
  }

  async #readUntil(isEnough: () => boolean): Promise<void> {
    try {
      this.#rest ??= this.#activity.movements(this.#branch);
      while (!isEnough()) {
        const { done, value } = await this.#rest.next();
        if (done === true) break;
        this.#read.push(value);
      }
    } catch (error) {
      // After a failure, what is there would look as if it were all.
      this.#read = [];
      this.#rest = undefined;
      throw error;
    }
  }
}
