/**
 * One comment of ours on an issue or a pull request, made once and edited from then on.
 *
 * The one surprise: an answer that is lost after a comment was made must not make a second one, so making a comment is
 * never simply retried; the comments are read again first.
 */
import type { Connection } from './connection.ts';
import { isLost } from './failures.ts';

/** What a comment should become. */
export interface CommentUpdate {
  /** It is found again by beginning with one of these; anybody can write them, so only ours counts. */
  readonly marks: readonly string[];
  /** Its body, from the one that it has. */
  readonly bodyAfter: (old: string | undefined) => string;
  /** Whether it is made where there is none. */
  readonly createsComment: boolean;
}

interface Found {
  readonly id: number;
  readonly body: string;
}

/** Makes or edits our comment, or leaves it as it is where it reads so already. */
export async function upsertComment(
  connection: Connection,
  number: number,
  { marks, bodyAfter, createsComment }: CommentUpdate,
): Promise<void> {
  const { octokit, at } = connection;
  const old = await ours(connection, number, marks);
  const body = bodyAfter(old?.body);
  if (old?.body === body) return;
  if (old !== undefined) {
    await octokit.rest.issues.updateComment({ ...at, comment_id: old.id, body });
  } else if (createsComment) {
    const create = () =>
      octokit.rest.issues.createComment({ ...at, issue_number: number, body, request: { retries: 0 } });
    await create().catch(async (error: unknown) => {
      if (!isLost(error)) throw error;
      if ((await ours(connection, number, marks)) === undefined) await create();
    });
  }
}

/** The first comment of ours with one of the marks. */
async function ours(
  { octokit, at, self }: Connection,
  number: number,
  marks: readonly string[],
): Promise<Found | undefined> {
  const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, {
    ...at,
    issue_number: number,
    per_page: 100,
  });
  for await (const { data } of pages) {
    const own = data.find(
      ({ user, body }) => user?.login === self && marks.some((mark) => body?.startsWith(mark) === true),
    );
    if (own !== undefined) return { id: own.id, body: own.body ?? '' };
  }
  return undefined;
}
