/** The statuses that a commit had before it was judged, read only where a review asks, and once. */
import type { CommitStatuses, SetStatus } from '../github/commit-statuses.ts';
import { CONSENT, DRAFT, outdatedStatuses } from '../review/statuses.ts';

/**
 * Whether a description stands in place of a success, of an outdated merge or a draft; the number of another pull
 * request may come before it.
 */
const isVerdict = (text: string): boolean =>
  [...outdatedStatuses().map(({ description }) => description), DRAFT].some((it) => text.endsWith(it));

export class EarlierStatuses {
  readonly #statuses: CommitStatuses;
  readonly #commit: string;
  #read: readonly SetStatus[] | undefined;

  constructor(statuses: CommitStatuses, commit: string) {
    this.#statuses = statuses;
    this.#commit = commit;
  }

  /** Undefined where nothing has asked for them. */
  get read(): readonly SetStatus[] | undefined {
    return this.#read;
  }

  /**
   * Whether the commit has had a verdict that nothing is to be agreed to, of which there is no comment: an approval
   * since then is of that, also where the base had moved on, or it was a draft. What was taken back is in the list all
   * the same.
   */
  async hasPassed(): Promise<boolean> {
    return (await this.#all()).some(
      ({ context, state, description, isOurs }) =>
        isOurs && context === CONSENT && (state === 'success' || isVerdict(description)),
    );
  }

  /** Whether a run has judged the commit, or tried to. */
  async hasAny(): Promise<boolean> {
    return (await this.#all()).some(({ isOurs }) => isOurs);
  }

  async #all(): Promise<readonly SetStatus[]> {
    this.#read ??= await this.#statuses.of(this.#commit);
    return this.#read;
  }
}
