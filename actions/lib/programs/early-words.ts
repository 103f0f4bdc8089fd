/**
 * Words that were given before the first verdict about a commit, when no comment showed what it changes. They count
 * only about the very merge that is judged: into another commit of the default branch, the same commit can change half
 * of an exchange, although no file of the handbook differs, because the history decides what Git merges.
 */
import type { BranchRecord, Movement } from '../github/activity.ts';
import type { Instant } from '../timeline.ts';

/** The default branch, and the commit of it that a pull request is merged into. */
export interface MergedInto {
  readonly record: BranchRecord;
  readonly into: string;
  /** The commit at which the pull request began, by GitHub's word. */
  readonly baseSha: string;
}

/**
 * Tells whether the default branch was at the commit that the pull request is merged into at an instant, by GitHub's
 * record of who moved it; about these instants only. A record without anything is no word that nothing
 * happened: then the commit has to be the one at which the pull request began.
 */
export async function sameStateSince(
  { record, into, baseSha }: MergedInto,
  instants: readonly Instant[],
): Promise<(at: Instant) => boolean> {
  const { movements, isComplete } = await record.since(Math.min(...instants), Math.max(...instants));
  return (at) => isComplete && (commitAt(movements, at) ?? baseSha) === into;
}

/** The commit that a branch was at; in the very second of a movement, the one before, which people had seen. */
const commitAt = (movements: readonly Movement[], at: Instant): string | undefined =>
  movements.find((it) => it.at < at)?.after ?? movements.at(-1)?.before;
