/**
 * Our one comment on an issue or a pull request: created once, then edited.
 *
 * When the response to creating a comment is lost, the comments are read again before the request is repeated, because
 * a plain retry could create a second comment.
 */
import type { Instant } from '../timeline.ts';
import { boundedPages } from './bounded-list.ts';
import type { Connection } from './connection.ts';
import { isLost } from './failures.ts';

/** The desired state of our comment. */
export interface CommentUpdate {
  /** Our comment starts with one of these; a comment by another author does not count, as anyone can write them. */
  readonly marks: readonly string[];
  /** The new body, given the current one. */
  readonly bodyAfter: (old: string | undefined) => string;
  /** Whether to create the comment if it does not exist. */
  readonly createsComment: boolean;
  /** The ids of comments of ours that others edited; they are left as they are. */
  readonly passedOver?: ReadonlySet<number>;
}

/** Our comment as it is. */
export interface OwnComment {
  readonly id: number;
  /** Its id in GraphQL. */
  readonly nodeId: string;
  readonly body: string;
  /** When it was last edited, by GitHub's clock. */
  readonly editedAt: Instant;
}

/** Creates or edits our comment; sends nothing if the body is already as desired. */
export async function upsertComment(
  connection: Connection,
  number: number,
  update: CommentUpdate,
): Promise<void> {
  await writeComment(
    connection,
    number,
    update,
    await ownComment(connection, number, update.marks, update.passedOver),
  );
}

/**
 * Creates or edits our comment, of which `old` was read before; returns it as it is then, undefined if there is none.
 */
export async function writeComment<Old extends Pick<OwnComment, 'id' | 'body'>>(
  connection: Connection,
  number: number,
  { marks, bodyAfter, createsComment, passedOver }: CommentUpdate,
  old: Old | undefined,
): Promise<OwnComment | Old | undefined> {
  const { octokit, at } = connection;
  const body = bodyAfter(old?.body);
  if (old?.body === body) return old;
  if (old !== undefined)
    return found((await octokit.rest.issues.updateComment({ ...at, comment_id: old.id, body })).data);
  if (!createsComment) return undefined;
  const create = async () => {
    const request = { retries: 0 };
    return found(
      (await octokit.rest.issues.createComment({ ...at, issue_number: number, body, request })).data,
    );
  };
  return create().catch(async (error: unknown) => {
    if (!isLost(error)) throw error;
    return (await ownComment(connection, number, marks, passedOver)) ?? create();
  });
}

interface CommentData {
  readonly id: number;
  readonly node_id: string;
  readonly body?: string | undefined;
  readonly updated_at: string;
}

const found = ({ id, node_id: nodeId, body, updated_at }: CommentData): OwnComment => ({
  id,
  nodeId,
  body: body ?? '',
  editedAt: Date.parse(updated_at),
});

/**
 * Edits our comment `old`, or creates the one that starts with a mark and makes sure that it is the only one: of two
 * runs that create it at the same time, the second one finds the other's and deletes its own.
 */
export async function writeOnlyComment(
  connection: Connection,
  number: number,
  { mark, body }: { readonly mark: string; readonly body: string },
  old: Pick<OwnComment, 'id' | 'body'> | undefined,
): Promise<void> {
  const { octokit, at } = connection;
  const update: CommentUpdate = { marks: [mark], bodyAfter: () => body, createsComment: true };
  const written = await writeComment(connection, number, update, old);
  if (old !== undefined || written === undefined) return;
  const first = await ownComment(connection, number, [mark]);
  if (first !== undefined && first.id < written.id)
    await octokit.rest.issues.deleteComment({ ...at, comment_id: written.id });
}

/** Our first comment with one of the marks; throws `TooLong` where it is not among so many. */
export async function ownComment(
  { octokit, at, self }: Connection,
  number: number,
  marks: readonly string[],
  passedOver: ReadonlySet<number> = new Set(),
  most = Number.POSITIVE_INFINITY,
): Promise<OwnComment | undefined> {
  const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, {
    ...at,
    issue_number: number,
    per_page: 100,
  });
  for await (const data of boundedPages(pages, { what: 'comments', number }, most)) {
    const ours = data.find(
      ({ id, user, body }) =>
        user?.login === self && !passedOver.has(id) && marks.some((mark) => body?.startsWith(mark) === true),
    );
    if (ours !== undefined) return found(ours);
  }
  return undefined;
}
