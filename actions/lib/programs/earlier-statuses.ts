/** The statuses that a commit had before it was judged, read only where a review asks, and once. */
import type { CommitStatuses, SetStatus } from '../github/commit-statuses.ts';
import { CONSENT, outdatedStatuses } from '../review/statuses.ts';

/** Whether a description is that of an outdated merge; the number of another pull request may stand before it. */
const isOutdated = (text: string): boolean =>
  outdatedStatuses().some(({ description }) => text.endsWith(description));

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
   * since then is of that, also where the base had moved on. What was taken back is in the list all the same.
   */
  async hasPassed(): Promise<boolean> {
    this.#read ??= await this.#statuses.of(this.#commit);
    return this.#read.some(
      ({ context, state, description, isOurs }) =>
        isOurs && context === CONSENT && (state === 'success' || isOutdated(description)),
    );
  }
}
