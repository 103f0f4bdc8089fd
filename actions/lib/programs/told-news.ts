/** What was told before, by our comments; and since when there is something to tell where there is none. */
import type { Connection } from '../github/connection.ts';
import { firstMergeCommit } from '../github/merge-commits.ts';
import type { NewsComments, PlacedComment } from '../github/news-comments.ts';
import { type ReceiverName, withLedger } from '../messages/news-comment.ts';
import { type NewsLedger, newsMark, readLedger, withState } from '../messages/news-ledger.ts';
import { plural } from '../text/plural.ts';
import { DAY } from '../time/date.ts';
import type { Instant } from '../timeline.ts';
import { commitBefore, isCommit, olderOf } from './news-range.ts';

/** How far back comments are looked at for what waits. */
const LOOKED_BACK = 3 * DAY;

/** How far back what nobody recorded is told. */
const FIRST_TOLD = 2 * DAY;

/** A comment with its record; undefined where that is not ours any more, as somebody edited the comment. */
export interface ToldNews extends PlacedComment {
  readonly ledger: NewsLedger | undefined;
}

/** A comment that nobody else edited. */
export interface SoundNews extends PlacedComment {
  readonly ledger: NewsLedger;
}

export const isSound = (told: ToldNews): told is SoundNews => told.ledger !== undefined;

/** What was told, newest first: the last, and what may still wait. */
export async function toldNews(
  comments: NewsComments,
  handbook: string,
  now: Instant,
): Promise<readonly ToldNews[]> {
  const found = await comments.since(newsMark(handbook), now - LOOKED_BACK);
  return found.map((it) => ({
    ...it,
    ledger: it.editedAfter === undefined ? readLedger(it.body) : undefined,
  }));
}

/** Where the history is read. */
export interface NewsHistory {
  readonly connection: Connection;
  readonly root: string;
  readonly defaultBranch: string;
  readonly now: Instant;
  /** The commit before a push, if one started the run. */
  readonly before: string | undefined;
}

/**
 * The commit since which there may be something to tell, by the newest comment; undefined if nothing says so. A comment
 * that somebody edited, and that was written after the merge, still proves that what its pull request brought was told.
 * Without any, what was merged lately is told, in case an earlier run failed.
 */
export async function untoldSince(
  { connection, root, defaultBranch, now, before }: NewsHistory,
  told: ToldNews | undefined,
  tip: string,
): Promise<string | undefined> {
  const toldTo = told?.ledger?.to ?? told?.editedAfter?.commit;
  if (isCommit(root, toldTo)) return toldTo;
  const merged = await firstMergeCommit(connection, defaultBranch, now - FIRST_TOLD);
  const start = isCommit(root, merged) ? commitBefore(root, merged) : undefined;
  if (!isCommit(root, before)) return start;
  return start === undefined ? before : olderOf(root, tip, start, before);
}

/** Says once which messages wait in comments that somebody edited, as such a record is not to be relied on. */
export async function giveUpEdited(
  comments: NewsComments,
  told: readonly ToldNews[],
  { nameOf, trouble }: { readonly nameOf: ReceiverName; readonly trouble: (line: string) => void },
): Promise<void> {
  for (const { id, pull, body } of told.filter((it) => !isSound(it))) {
    const claimed = readLedger(body);
    const open = (claimed?.deliveries ?? []).filter(
      ({ state }) => state === 'waiting' || state === 'sending',
    );
    if (claimed === undefined || open.length === 0) continue;
    await comments.update(id, withLedger(body, withState(claimed, open, 'unsure'), nameOf));
    trouble(
      `somebody edited our comment on pull request ${pull}: ${plural(open.length, 'message')} that it has as waiting ` +
        'are not sent any more; those whom it names there may have to be told by hand',
    );
  }
}
