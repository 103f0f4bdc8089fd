/** Our comments with news on the pull requests of a repository: found among all, written once, edited. */
import type { Instant } from '../timeline.ts';
import { type OwnComment, writeComment } from './comments.ts';
import type { Connection } from './connection.ts';
import { editHistories, isEditedOnlyBy } from './edits.ts';

/** A comment, and the pull request that it is on. */
export interface PlacedComment extends OwnComment {
  readonly pull: number;
  readonly createdAt: Instant;
}

/** In a repository with more comments since the last news, it counts as if there were none. */
const MOST_COMMENTS_PAGES = 10;

export class NewsComments {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Our comments that begin with a mark, newest first: the newest, and all others since an instant. One that somebody
   * else edited is passed over.
   */
  async since(mark: string, instant: Instant): Promise<readonly PlacedComment[]> {
    const { octokit, at, self } = this.#connection;
    const found: PlacedComment[] = [];
    const query = { ...at, sort: 'created', direction: 'desc', per_page: 100 } as const;
    let pages = 0;
    for await (const { data } of octokit.paginate.iterator(octokit.rest.issues.listCommentsForRepo, query)) {
      const own = data.filter(({ user, body }) => user?.login === self && body?.startsWith(mark) === true);
      found.push(...(await this.#unedited(own.map(placed))));
      const oldest = Date.parse(data.at(-1)?.created_at ?? '');
      pages++;
      if ((found.length > 0 && !(oldest >= instant)) || pages >= MOST_COMMENTS_PAGES) break;
    }
    return found.filter(({ createdAt }, i) => i === 0 || createdAt >= instant);
  }

  async #unedited(comments: readonly PlacedComment[]): Promise<readonly PlacedComment[]> {
    if (comments.length === 0) return [];
    const histories = await editHistories(
      this.#connection,
      comments.map(({ nodeId }) => nodeId),
    );
    return comments.filter(({ nodeId }) => {
      const history = histories.get(nodeId);
      return history !== undefined && isEditedOnlyBy(history, this.#connection.self);
    });
  }

  /** Writes the comment that begins with a mark on a pull request, once also where the answer is lost. */
  async create(pull: number, mark: string, body: string): Promise<Pick<OwnComment, 'id' | 'body'>> {
    const update = { marks: [mark], bodyAfter: () => body, createsComment: true };
    const written = await writeComment(this.#connection, pull, update, undefined);
    if (written === undefined) throw new Error(`there is no comment on pull request ${pull}`);
    return written;
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
});
