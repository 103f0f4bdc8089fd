/**
 * Our one comment on an issue or a pull request: created once, then edited.
 *
 * When the response to creating a comment is lost, the comments are read again before the request is repeated, because
 * a plain retry could create a second comment.
 */
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

interface Found {
  readonly id: number;
  readonly body: string;
}

/** Creates or edits our comment; sends nothing if the body is already as desired. */
export async function upsertComment(
  connection: Connection,
  number: number,
  { marks, bodyAfter, createsComment, passedOver = new Set() }: CommentUpdate,
): Promise<void> {
  const { octokit, at } = connection;
  const old = await ourComment(connection, number, marks, passedOver);
  const body = bodyAfter(old?.body);
  if (old?.body === body) return;
  if (old !== undefined) {
    await octokit.rest.issues.updateComment({ ...at, comment_id: old.id, body });
  } else if (createsComment) {
    const create = () =>
      octokit.rest.issues.createComment({ ...at, issue_number: number, body, request: { retries: 0 } });
    await create().catch(async (error: unknown) => {
      if (!isLost(error)) throw error;
      if ((await ourComment(connection, number, marks, passedOver)) === undefined) await create();
    });
  }
}

/** Our first comment with one of the marks. */
async function ourComment(
  { octokit, at, self }: Connection,
  number: number,
  marks: readonly string[],
  passedOver: ReadonlySet<number>,
): Promise<Found | undefined> {
  const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, {
    ...at,
    issue_number: number,
    per_page: 100,
  });
  for await (const { data } of pages) {
    const ours = data.find(
      ({ id, user, body }) =>
        user?.login === self && !passedOver.has(id) && marks.some((mark) => body?.startsWith(mark) === true),
    );
    if (ours !== undefined) return { id: ours.id, body: ours.body ?? '' };
  }
  return undefined;
}
