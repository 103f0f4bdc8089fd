/** Our comments with news on the pull requests of a repository: found among all, written once, edited. */
import type { Instant } from '../timeline.ts';
import { type OwnComment, ownComment, writeComment } from './comments.ts';
import type { Connection } from './connection.ts';
import { editHistories, isEditedOnlyBy } from './edits.ts';
import { mergeOf, type PullMerge } from './merge-commits.ts';

/** A comment, and the pull request that it is on. */
export interface PlacedComment extends OwnComment {
  readonly pull: number;
  readonly createdAt: Instant;
  /**
   * Of one that somebody else changed, or GitHub does not say: the merge of its pull request, before it was written. It
   * is ours, but its text may not be.
   */
  readonly editedAfter: PullMerge | undefined;
}

/** In a repository with more comments since the last news, it counts as if there were none. */
const MOST_COMMENTS_PAGES = 10;

/** More than anybody writes in the days in which something is still to be sent. */
const MOST_RECENT_PAGES = 100;

export class NewsComments {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Our comments that begin with a mark, newest first: the newest, and all others since an instant. One that somebody
   * edited is among them only where our account wrote it after the merge of its pull request, which nobody can change:
   * anybody who may write can put the mark into another comment of ours.
   */
  async since(mark: string, instant: Instant): Promise<readonly PlacedComment[]> {
    const { octokit, at, self } = this.#connection;
    const found: PlacedComment[] = [];
    const query = { ...at, sort: 'created', direction: 'desc', per_page: 100 } as const;
    let pages = 0;
    for await (const { data } of octokit.paginate.iterator(octokit.rest.issues.listCommentsForRepo, query)) {
      // Somebody may have written above the mark.
      const own = data.filter(({ user, body }) => user?.login === self && body?.includes(mark) === true);
      found.push(...(await this.#placed(own, mark)));
      const isRecent = Date.parse(data.at(-1)?.created_at ?? '') >= instant;
      pages++;
      if (isRecent ? pages >= MOST_RECENT_PAGES : found.length > 0 || pages >= MOST_COMMENTS_PAGES) break;
    }
    return found.filter(({ createdAt }, i) => i === 0 || createdAt >= instant);
  }

  async #placed(comments: readonly ListedComment[], mark: string): Promise<readonly PlacedComment[]> {
    if (comments.length === 0) return [];
    const histories = await editHistories(
      this.#connection,
      comments.map(({ node_id }) => node_id),
    );
    const found: PlacedComment[] = [];
    for (const it of comments) {
      const history = histories.get(it.node_id);
      const isOurs =
        history !== undefined &&
        isEditedOnlyBy(history, this.#connection.self) &&
        it.body?.startsWith(mark) === true;
      const comment = placed(it);
      if (isOurs) found.push(comment);
      else {
        const merge = await mergeOf(this.#connection, comment.pull);
        if (merge !== undefined && merge.at <= comment.createdAt)
          found.push({ ...comment, editedAfter: merge });
      }
    }
    return found;
  }

  /**
   * Writes the comment that begins with a mark on a pull request, once also where the answer is lost; undefined where
   * another run wrote it at the same time. Comments that are passed over are none of them.
   */
  async create(
    pull: number,
    { mark, body }: { readonly mark: string; readonly body: string },
    passedOver: ReadonlySet<number>,
  ): Promise<Pick<OwnComment, 'id' | 'body'> | undefined> {
    const { octokit, at } = this.#connection;
    const update = { marks: [mark], bodyAfter: () => body, createsComment: true, passedOver };
    const written = await writeComment(this.#connection, pull, update, undefined);
    if (written === undefined) throw new Error(`there is no comment on pull request ${pull}`);
    const first = await ownComment(this.#connection, pull, [mark], passedOver);
    if (first === undefined || first.id >= written.id) return written;
    await octokit.rest.issues.deleteComment({ ...at, comment_id: written.id });
    return undefined;
  }

  /** Writes another text of a comment. */
  async update(id: number, body: string): Promise<void> {
    const { octokit, at } = this.#connection;
    await octokit.rest.issues.updateComment({ ...at, comment_id: id, body });
  }
}

interface ListedComment {
  readonly id: number;
  readonly node_id: string;
  readonly body?: string | undefined;
  readonly created_at: string;
  readonly updated_at: string;
  readonly issue_url: string;
}

const placed = ({ id, node_id, body, created_at, updated_at, issue_url }: ListedComment): PlacedComment => ({
  id,
  nodeId: node_id,
  body: body ?? '',
  editedAt: Date.parse(updated_at),
  createdAt: Date.parse(created_at),
  pull: Number(issue_url.split('/').at(-1)),
  editedAfter: undefined,
});
