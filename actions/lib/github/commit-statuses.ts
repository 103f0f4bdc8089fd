/** Reads, sets and takes back the statuses of commits. */
import type { Connection } from './connection.ts';
import { lackingStatus, maybeGreen } from './green-commits.ts';

/** A status of a commit that a ruleset can require. */
export interface CommitStatus {
  readonly context: string;
  readonly state: 'success' | 'pending' | 'failure';
  readonly description: string;
}

/** A status that a commit has. */
export interface SetStatus {
  readonly context: string;
  readonly state: string;
  readonly description: string;
  /** Whether our account set it; anybody who may push can set statuses. */
  readonly isOurs: boolean;
}

/** GitHub's limit, in characters. */
const LONGEST_DESCRIPTION = 140;

/** GitHub takes no more of one context on a commit. */
const MOST_STATUSES = 1000;

/** With more of one context, anybody who may push could keep a success from being taken back. */
const MOST_OF_GREEN = 500;

const CROWDED =
  `this commit has more than ${MOST_OF_GREEN} statuses, so that a success might not be taken back; ` +
  'push a new commit, which may be empty';

/** A run may end between two statuses. */
const orderOf = ({ state }: CommitStatus): number => ['failure', 'pending', 'success'].indexOf(state);

/** Whether a status is of a context, whose case GitHub ignores. */
const isOf =
  (context: string) =>
  (it: SetStatus): boolean =>
    it.context.toLowerCase() === context.toLowerCase();

/** Whether the newest of these statuses of a context is ours, with the state and description of another one. */
export function isSet(known: readonly SetStatus[], { context, state, description }: CommitStatus): boolean {
  const last = known.find(isOf(context));
  const isSame = last?.state === state && last.description === description.slice(0, LONGEST_DESCRIPTION);
  return isSame && last.isOurs;
}

/** The statuses of the commits of one repository. */
export class CommitStatuses {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The statuses of a commit, newest first; at most a thousand, so that nobody hides ours behind their own. */
  async of(sha: string): Promise<readonly SetStatus[]> {
    const { octokit, at, self } = this.#connection;
    const all: SetStatus[] = [];
    const query = { ...at, ref: sha, per_page: 100 };
    for await (const { data } of octokit.paginate.iterator(
      octokit.rest.repos.listCommitStatusesForRef,
      query,
    )) {
      for (const { context, state, description, creator } of data)
        all.push({ context, state, description: description ?? '', isOurs: creator?.login === self });
      if (all.length >= MOST_STATUSES) break;
    }
    return all;
  }

  /**
   * Sets commit statuses, except those that already have the same state and description. Instead of a success on a
   * commit that has so many that GitHub might soon take no more, there is a failure. What blocks comes first, and each
   * is tried, whatever becomes of the others. Where GitHub does not list those that there are, what blocks is set all
   * the same; so it is where those that are known are of earlier, as another run may have set a success since.
   */
  async set(
    sha: string,
    statuses: readonly CommitStatus[],
    known?: readonly SetStatus[],
    { isEarlier = false }: { readonly isEarlier?: boolean } = {},
  ): Promise<void> {
    const { octokit, at } = this.#connection;
    const errors: unknown[] = [];
    const listed =
      known ?? (await this.of(sha).catch((error: unknown) => void errors.push(error))) ?? undefined;
    const existing = listed ?? [];
    const settable = listed === undefined ? statuses.filter(({ state }) => state !== 'success') : statuses;
    for (const status of settable.toSorted((one, other) => orderOf(one) - orderOf(other))) {
      const { context } = status;
      const own = existing.filter(isOf(context));
      const isCrowded = own.length > MOST_OF_GREEN || existing.length >= MOST_STATUSES;
      const { state, description: whole } =
        isCrowded && status.state === 'success'
          ? ({ state: 'failure', description: CROWDED } as const)
          : status;
      const description = whole.slice(0, LONGEST_DESCRIPTION);
      if (isSet(own, { context, state, description }) && (state === 'success' || !isEarlier)) continue;
      await octokit.rest.repos
        .createCommitStatus({ ...at, sha, context, state, description })
        .catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) throw errors[0];
  }

  /**
   * Takes back what a commit has of these statuses and is a success, where one is asked for; others stay. Where GitHub
   * does not list them, each may be one.
   */
  async takeBackSuccess(
    sha: string,
    statuses: readonly CommitStatus[],
    isAsked: () => Promise<boolean> = async () => true,
  ): Promise<void> {
    const existing = await this.of(sha).catch(async (error: unknown) => {
      if (await isAsked()) await this.set(sha, statuses, []);
      throw error;
    });
    // A status of somebody else's on top does not count for a ruleset that asks for one of ours.
    const own = existing.filter(({ isOurs }) => isOurs);
    // As many statuses as GitHub shows can hide one of ours.
    const isFull = existing.length >= MOST_STATUSES;
    const isGreen = (context: string) => isFull || own.find(isOf(context))?.state === 'success';
    const green = statuses.filter(({ context }) => isGreen(context));
    if (green.length > 0 && (await isAsked())) await this.set(sha, green, existing);
  }

  /** Those commits of which `takeBackSuccess` may take back one of these statuses. */
  maybeGreen(
    commits: readonly string[],
    statuses: readonly Pick<CommitStatus, 'context'>[],
  ): Promise<readonly string[]> {
    const contexts = statuses.map(({ context }) => context);
    return maybeGreen(this.#connection, commits, contexts);
  }

  /** Those commits for which `setMissing` sets one of these statuses. */
  lacking(
    commits: readonly string[],
    statuses: readonly Pick<CommitStatus, 'context'>[],
  ): Promise<readonly string[]> {
    const contexts = statuses.map(({ context }) => context);
    return lackingStatus(this.#connection, commits, contexts);
  }

  /** Sets those statuses of which the commit has none yet. */
  async setMissing(sha: string, statuses: readonly CommitStatus[]): Promise<void> {
    const existing = await this.of(sha);
    const missing = statuses.filter(({ context }) => !existing.some(isOf(context)));
    await this.set(sha, missing, existing);
  }
}
